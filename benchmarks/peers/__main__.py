"""The typographic cases of the peers' own tests, run through the matching normalizers.

    python -m benchmarks.peers CASES [--quiet]

CASES is a folder with `autocorrect.jsonl`, `zhlint.jsonl`, `pangu.jsonl`, `lint-md.jsonl` (one case a line: `rule`,
`input`, `expected`, and `options` where the peer had them). OpenCC, ftfy and unstructured have modules of their own.

How a case is read. pangu, autocorrect, zhlint and lint-md all *set* blanks between Chinese and Latin; textfix does so
only when asked, and each peer sets them a little differently. So a case is put in one class by what it changes:

keep    nothing: it must come back identical from the repairs textfix makes by default
width   the width of marks: they must come out as expected; the blanks that the peer sets as well are not compared
style   what no repair does: full width to half in Chinese, one shape of quotes or brackets to another, spelling
blanks  blanks alone: pangu's own are compared exactly under `Spacing("pangu")`; the others' are counted apart

Whole files of other formats (Go, HTML, LaTeX …) are left out: textfix reads plain text, Markdown and reStructuredText.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from textfix import Pipeline
from textfix.normalizers import Compatibility, Invisible, Punctuation, Spacing

REPAIRS = Pipeline([Invisible(), Compatibility(), Spacing(), Punctuation()])
#: autocorrect changes neither quotes nor brackets.
MARKS_ONLY = REPAIRS.with_options("punctuation", quotes="keep", brackets="keep")
PANGU = Pipeline([Spacing(style="pangu")])

#: peer -> the pipeline for cases of width and for those to keep
MAPPING = {"autocorrect": MARKS_ONLY, "zhlint": REPAIRS, "lint-md": REPAIRS, "pangu": PANGU}
_MARKDOWN = re.compile(r"^(?:md|lint|hexo|vuepress|uncategorized)::|\.md$")
_OTHER_FILES = re.compile(r"^file::.*\.(?!md$)\w+$")
_BLANKS = re.compile(r"[ \u00a0]")


class Outcome(NamedTuple):
    peer: str
    rule: str
    kind: str
    text: str
    expected: str
    got: str

    @property
    def passed(self) -> bool:
        if self.kind == "keep" or self.peer == "pangu":
            return self.got == self.expected
        return _BLANKS.sub("", self.got) == _BLANKS.sub("", self.expected)


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Run every case of the folder."""
    for peer, pipeline in MAPPING.items():
        path = folder / f"{peer}.jsonl"
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="\n") as lines:
            for case in map(json.loads, lines):
                if not _OTHER_FILES.search(case["rule"]):
                    yield _run(peer, pipeline, case)


def _run(peer: str, pipeline: Pipeline, case: dict[str, Any]) -> Outcome:
    text, expected = case["input"], case["expected"]
    markdown = peer == "lint-md" or (peer == "zhlint" and _MARKDOWN.search(case["rule"]))
    kind = "keep" if text == expected else "blanks"
    if _BLANKS.sub("", text) != _BLANKS.sub("", expected):
        kind = "style" if peer != "pangu" and _is_style(text, expected) else "width"
    return Outcome(peer, case["rule"], kind, text, expected, pipeline(text, markup="markdown" if markdown else "plain"))


_NARROW = str.maketrans("，。；：！？（）“”‘’", ",.;:!?()\"\"''")
_HAN = re.compile("[\u4e00-\u9fff]")


def _is_style(text: str, expected: str) -> bool:
    """Say whether a peer changes more than the width of marks, or narrows brackets in Chinese."""
    before, after = (
        _BLANKS.sub("", unicodedata.normalize("NFKC", side).translate(_NARROW)) for side in (text, expected)
    )
    return before != after or (expected.count("（") < text.count("（") and _HAN.search(text) is not None)


#: What a difference comes from, by what the peer did to the text: (pattern in the input, pattern in the output
#: expected, reason). The first that fits is given.
_REASONS: tuple[tuple[str, str, str], ...] = (
    (r"[·•‧]", "・", "rewrites a middle dot as the Japanese one; `·` is right in Chinese names (GB/T 15834)"),
    (r"[a-zA-Z]{3}", r"iOS", "corrects spelling"),
    (r"（", r"\(", "narrows full-width brackets in Chinese, which is a house style; textfix never does"),
    (r"[「【]", r"“|\[", "changes the shape of quotes or brackets, which is taste"),
    (r"[０-９]", r"[0-9]", "folds full-width digits, which `Compatibility` does"),
    (r"[\b]", "", "deletes control characters, which `Invisible` does"),
    (r"~", "", "deletes the last mark of a title, which is taste"),
    (r"\\-", r"-", "unescapes Markdown"),
    (r"`", "", "decides the width of a mark by the code beside it, which says nothing about the language"),
    (
        r"'[A-Za-z]+'",
        "‘[A-Za-z]+’",
        "takes a Latin word in straight quotes for a quotation; it may be a literal to type",
    ),
    (r"<\w+ [^>]*=", "", "sets blanks inside a tag"),
    (r":\(", r":\(", "leaves a colon half width before a bracket; it stands behind Chinese"),
    (r'" 或 "', "", "a mistake the peer's own test records as known"),
    (r"[,.] ", r"[,.] ", "keeps half-width marks between Chinese, to test one rule alone; textfix repairs them"),
)


def reason(outcome: Outcome) -> str:
    """Say why the answer is another one."""
    for before, after, why in _REASONS:
        if re.search(before, outcome.text) and re.search(after, outcome.expected):
            return why
    return "another house style of blanks" if outcome.kind == "blanks" else "a difference without an excuse"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--quiet", action="store_true", help="figures only")
    options = parser.parse_args()
    total: Counter[tuple[str, str]] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes(options.cases):
        key = (outcome.peer, outcome.kind)
        total[key] += 1
        passed[key] += outcome.passed
        if not outcome.passed and not options.quiet:
            print(f"{outcome.peer} {outcome.rule} ({outcome.kind}): {reason(outcome)}")
            for label, text in (("input", outcome.text), ("expected", outcome.expected), ("textfix", outcome.got)):
                print(f"    {label:8} {text[:300]!r}")
    for key in sorted(total):
        print(f"{key[0]:12} {key[1]:7} {passed[key]:4} of {total[key]:4}  {100 * passed[key] / total[key]:5.1f} %")
    for peer in ("autocorrect", "zhlint"):
        both = [(peer, "width"), (peer, "keep")]
        if count := sum(total[key] for key in both):
            good = sum(passed[key] for key in both)
            print(f"{peer:12} width and keep {good} of {count}  {100 * good / count:.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
