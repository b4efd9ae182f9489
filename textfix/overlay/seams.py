"""What is left of copies where the extractor itself drops most of them, but not where two runs of a line meet.

poppler leaves out a character that was drawn on top of its like. Where a run of one character follows (a mark, of
another font), it begins a new line with the run before it, and the mark comes twice: `女冠子 / 女冠子··云罗雾縠`,
`5.14 / 14..2.1. Out`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textfix.patterns import pattern

__all__ = ["Seam", "seams"]

_DOUBLED = ("··", "..", "--", "．．", "??", "？？")
# The lookahead keeps the run whole: it is not tried again with fewer characters.
_SEAM = pattern(r"\n(?=(\w{2,32}))\1([-.．·?？])\2(?!\2)")
_LEAST = 2


class Seam(NamedTuple):
    """A run that comes again on the next line with its mark doubled; offsets in the text."""

    start: int
    """Where the first line ends."""
    mark: int
    """Where the mark stands for the first time."""


def seams(text: str) -> list[Seam]:
    """Return the seams of a text, if there are two different ones that can be nothing else.

    A line that is only a word, and the next with the word and a doubled mark, may be a list (`card / card--large`,
    `10 / 10..20`): it takes letters other than Latin, or something before the word, to tell.

    >>> [text[seam.start : seam.mark] for text in ["女冠子\\n女冠子··云\\n柳枝\\n柳枝··吴\\n"] for seam in seams(text)]
    ['\\n女冠子', '\\n柳枝']
    >>> seams("card\\ncard--large\\nmenu\\nmenu--open\\n")
    []
    """
    if not any(mark in text for mark in _DOUBLED):
        return []
    found = list(_found(text))
    certain = {text[seam.start : seam.mark] for seam in found if _is_certain(text, seam)}
    return found if len(certain) >= _LEAST else []


def _found(text: str) -> Iterator[Seam]:
    for match in _SEAM.finditer(text):
        if text.endswith(match[1], 0, match.start()) and any(map(str.isalnum, match[1])):
            yield Seam(match.start(), match.end(1))


def _is_certain(text: str, seam: Seam) -> bool:
    run = text[seam.start + 1 : seam.mark]
    above = text[text.rfind("\n", 0, seam.start) + 1 : seam.start]
    return len(above.strip()) > len(run) or not (run.isascii() or run.isdigit())
