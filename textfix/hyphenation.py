"""Hyphens at the ends of lines: put there by the typesetter, or part of the word. The text's own words tell."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

__all__ = ["WORD", "vocabulary", "written_with_hyphen"]

#: A word, with the hyphens inside it.
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: A word that a line end, or what PDFium has for the hyphen there, cuts says nothing about how it is written.
_CUT: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:[-\u2010\u2011][ \t]*\n\s*|[\u00ad\ufffe]\n?)[^\W\d_]+")
#: First parts that English writes with a hyphen before a whole word (The Chicago Manual of Style, hyphenation guide).
_HYPHENATED_FIRST: Final = frozenset(
    (
        "all",
        "cross",
        "ex",
        "half",
        "high",
        "ill",
        "long",
        "low",
        "much",
        "near",
        "non",
        "part",
        "quasi",
        "self",
        "short",
        "so",
        "well",
    )
)


def vocabulary(text: str) -> Counter[str]:
    """Words of a text in lower case with their counts, the parts of those with hyphens too; words cut are left out.

    >>> vocabulary("A well-known exam-\\nple").most_common()
    [('a', 1), ('well-known', 1), ('well', 1), ('known', 1)]
    """
    counts = Counter(WORD.findall(_CUT.sub(" ", text).lower()))
    for word, count in list(counts.items()):
        if "-" in word:
            for part in word.split("-"):
                counts[part] += count
    return counts


def written_with_hyphen(head: str, tail: str, known: Counter[str]) -> bool:
    """Whether a word that was cut into *head* and *tail*, both in lower case, has a hyphen where it was cut.

    >>> written_with_hyphen("exam", "ple", Counter())
    False
    >>> written_with_hyphen("well", "known", Counter()), written_with_hyphen("e", "mail", Counter())
    (True, True)
    """
    whole, hyphened = known[head + tail], known[f"{head}-{tail}"]
    if whole or hyphened:
        return hyphened >= whole
    if min(len(head), len(tail)) == 1:  # no typesetter leaves a single letter
        return True
    return head in _HYPHENATED_FIRST or (known[head] > 0 and known[tail] > 1 and min(len(head), len(tail)) > 3)
