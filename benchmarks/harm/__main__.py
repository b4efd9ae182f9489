"""What the presets for clean text change in text that nobody damaged.

    python -m benchmarks.harm [docs|prose] [PATH…] [--examples N] [--preset NAME…] [--to FILE]

`docs` reads documentation packages (Markdown, reStructuredText, text, HTML as text; see setup.sh), `prose` newspaper, a
novel and manuals in five languages, as `benchmarks.quality` reads them; without a word, both. Every kind of change is
counted: the reason, and what became what, with runs of letters written as one (字 Han, か kana, 가 Hangul, a Latin, 0
digits). `docs/changes-on-clean-text.md` says of each kind why it is made.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from textfix import Edit, Pipeline

from .sources import Document, packages, prose

PRESETS = ("docs", "dump")
_SHAPES = (
    (re.compile("[\u3400-\u9fff\uf900-\ufaff]+"), "字"),
    (re.compile("[\u3041-\u30fa\u30fc-\u30ff\uff66-\uff9d]+"), "か"),
    (re.compile("[\uac00-\ud7a3]+"), "가"),
    (re.compile("[A-Za-z]+"), "a"),
    (re.compile("[0-9]+"), "0"),
    (re.compile("[ａ-ｚＡ-Ｚ]+"), "ａ"),
    (re.compile("[０-９]+"), "０"),
)


class Changes:
    """What was changed in the documents of one kind by one preset."""

    def __init__(self) -> None:
        self.characters = self.documents = self.touched = 0
        self.counts: Counter[tuple[str, str]] = Counter()
        self.places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, document: Document, preset: str, examples: int) -> None:
        """Run the preset over a document and count its edits."""
        result = Pipeline.preset(preset).explain(document.text, markup=document.markup)
        self.characters += len(document.text)
        self.documents += 1
        self.touched += result.changed
        for edit in result.edits:
            kind = (edit.reason, f"{shape(edit.before)} → {shape(edit.after)}")
            self.counts[kind] += 1
            if len(self.places[kind]) < examples:
                self.places[kind].append(f"{document.name}: {excerpt(document.text, edit)}")
        for refusal in result.refusals:
            self.counts[f"refused: {refusal.normalizer}", ""] += 1
            self.places[f"refused: {refusal.normalizer}", ""].append(f"{document.name}: {refusal}")

    def per_million(self, count: int) -> float:
        return 1e6 * count / max(1, self.characters)


def shape(text: str) -> str:
    """Return the text with its letters as kinds, and its white space seen."""
    for pattern, kind in _SHAPES:
        text = pattern.sub(kind, text)
    return (
        "`"
        + (text if len(text) <= 12 else text[:12] + "…").replace("\n", "⏎").replace(" ", "␣").replace("|", "¦")
        + "`"
    )


def excerpt(text: str, edit: Edit) -> str:
    """Return the edit with a little of what stands around it."""
    left, right = text[max(0, edit.start - 14) : edit.start], text[edit.end : edit.end + 14]
    return f"{left}⟦{edit.before}→{edit.after}⟧{right}".replace("\n", "⏎").replace("|", "¦")


def measured(documents: Iterable[Document], presets: Iterable[str], examples: int) -> dict[tuple[str, str], Changes]:
    """Count the changes by preset and group."""
    found: defaultdict[tuple[str, str], Changes] = defaultdict(Changes)
    for document in documents:
        for preset in presets:
            found[preset, document.group].add(document, preset, examples)
    return dict(found)


def report(title: str, found: dict[tuple[str, str], Changes], least: int) -> Iterator[str]:
    """Yield the lines of the tables: sizes by group, reasons by group, kinds of change."""
    yield f"## {title}"
    yield ""
    yield "| preset | text | documents | changed | characters | edits | edits per million |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for (preset, group), row in sorted(found.items()):
        count = sum(row.counts.values())
        yield (
            f"| {preset} | {group} | {row.documents:,} | {row.touched:,} | {row.characters:,} | {count:,} "
            f"| {row.per_million(count):.1f} |"
        )
    for preset in sorted({preset for preset, _ in found}):
        rows = [row for (name, _), row in found.items() if name == preset]
        size = max(1, sum(row.characters for row in rows))
        kinds: Counter[tuple[str, str]] = Counter()
        reasons: Counter[str] = Counter()
        for row in rows:
            kinds.update(row.counts)
            for (reason, _), count in row.counts.items():
                reasons[reason] += count
        yield ""
        yield f"### Preset {preset}, by reason"
        yield ""
        yield "| reason | edits | per million | commonest changes |"
        yield "| --- | ---: | ---: | --- |"
        for reason, count in reasons.most_common():
            common = [f"{what} {n:,}" for (name, what), n in kinds.most_common() if name == reason and n >= least]
            yield f"| {reason} | {count:,} | {1e6 * count / size:.1f} | {', '.join(common[:12])} |"
    yield ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("docs", "prose"))
    parser.add_argument("paths", nargs="*", type=Path, help="folders of documentation, for `docs`")
    parser.add_argument("--examples", type=int, default=0, help="print as many places of every kind of change")
    parser.add_argument("--preset", nargs="*", default=PRESETS)
    parser.add_argument("--to", type=Path, help="write the tables to this file")
    options = parser.parse_args()
    lines = ["# What changes in clean text", "", "Written by `python -m benchmarks.harm`.", ""]
    for what, title in (("docs", "Documentation packages"), ("prose", "Prose")):
        if options.what in (None, what):
            source = packages(options.paths) if what == "docs" else prose()
            found = measured(source, options.preset, options.examples)
            lines += report(title, found, least=2)
            for (preset, group), row in sorted(found.items()):
                for (reason, change), places in row.places.items():
                    for place in places:
                        print(f"{preset} | {group} | {reason} {change} ({row.counts[reason, change]}) | {place}")
    print("\n".join(lines))
    if options.to:
        options.to.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
