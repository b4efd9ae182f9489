"""unstructured's own test cases of cleaning, run through what of textfix repairs the same thing.

    python -m benchmarks.peers.unstructured CASES

CASES is a JSONL file with one case a line: `rule` (the function), `input`, `expected`. Most functions take
something out that an author wrote (bullets, dashes, punctuation, prefixes, all beyond ASCII): they repair nothing, and
are listed with that reason. Those that repair are compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from textfix import Pipeline
from textfix.normalizers import Compatibility, Invisible, Mojibake, Newlines, Unwrap

#: function -> the pipeline that repairs the same thing
MAPPING = {
    "bytes_string_to_string": Pipeline([Mojibake()]),
    "replace_unicode_quotes": Pipeline([Mojibake(), Invisible()]),
    "clean_ligatures": Pipeline([Compatibility()]),
    "group_broken_paragraphs": Pipeline([Newlines(), Unwrap()]),
}
_TASTE = "takes out what the author wrote; textfix only takes out what somebody else put in"
#: function -> why textfix has no counterpart
REASONS = {
    "clean_non_ascii_chars": "deletes every character beyond ASCII",
    "clean_bullets": _TASTE,
    "clean_ordered_bullets": _TASTE,
    "clean": "bundles bullets, dashes, trailing punctuation and lower case: " + _TASTE,
    "clean_dashes": _TASTE,
    "clean_trailing_punctuation": _TASTE,
    "clean_prefix": _TASTE,
    "clean_postfix": _TASTE,
    "remove_punctuation": _TASTE,
    "clean_extra_whitespace": "puts all into one line; blanks and breaks that an author set stay in textfix",
    "replace_mime_encodings": "decodes quoted-printable, which is a transfer encoding and no damage of characters",
    "group_bullet_paragraph": "returns a list of items; `Result.blocks` is the counterpart, with other names",
}
#: What a case of a function that is compared asks for beyond a repair: (character in the input, reason).
_BEYOND = (
    ("æÆœŒǆʦ", "spells letters of Danish, French, Croatian and the phonetic alphabet apart; no font put them in"),
    ("ﬅ", "takes U+FB05 for ft; it is a long s and t, says UnicodeData.txt"),
    ("\x91\x92\x93\x94", "reads single C1 codes as Windows-1252; one alone proves nothing, so textfix reports a doubt"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    options = parser.parse_args()
    total: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    unexplained = 0
    with options.cases.open(encoding="utf-8", newline="\n") as lines:
        for case in map(json.loads, lines):
            rule, text, expected = case["rule"], case["input"], case["expected"]
            total[rule] += 1
            if rule not in MAPPING:
                continue
            got = MAPPING[rule](text)
            passed[rule] += got == expected
            if got != expected:
                why = next((why for signs, why in _BEYOND if set(signs) & set(text)), "")
                unexplained += not why
                print(f"{rule}: {text[:100]!r} -> {got[:100]!r}, expected {expected[:100]!r}: {why or 'no excuse'}")
    for rule in sorted(total):
        if rule in MAPPING:
            print(f"{rule:28} {passed[rule]:3} of {total[rule]:3}")
        else:
            print(f"{rule:28}   - of {total[rule]:3}  {REASONS.get(rule, 'not mapped')}")
    return bool(unexplained)


if __name__ == "__main__":
    sys.exit(main())
