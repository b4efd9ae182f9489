"""Blanks that justification doubled: `support  programs  expecting  the`.

A justified line has room between its words, and an extractor that makes blanks of room adds one to the blank that is
there. So all gaps of such a line are doubled, or trebled, alike; those of a line that ends a paragraph are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice, pairwise
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from textfix.document import Document
from textfix.patterns import pattern
from textfix.signs import Sign

__all__ = ["SIGN", "gaps"]

#: The first of several blanks inside a line.
SIGN: Final = Sign.of("[ ]", left=r"[^\s]", right="[ ]")

#: Gaps that a line has for it to say something by itself, and blanks that a gap has at most.
_MANY, _WIDEST = 3, 4
#: So many lines must say so, and for every ten of them one that was not filled, with a blank in each gap.
_LINES: Final = 5
_UNFILLED = pattern(r"(?m)^[^ \n]*(?: [^ \n]+){3,} ?$")
#: Of the words of such lines, so many have letters; of their gaps, so many end where one of the next line does. In a
#: table nearly all do.
_WORDED: Final = 0.7
_ALIGNED: Final = 0.4
#: After these, two blanks may have been typed.
_STOPS: Final = frozenset(".!?:")


class _Line(NamedTuple):
    start: int
    text: str
    gaps: list[tuple[int, int]]

    @property
    def is_even(self) -> bool:
        """Whether all gaps are wide, and equally so."""
        widths = [end - start for start, end in self.gaps]
        return bool(widths) and min(widths) >= 2 and max(widths) <= min(min(widths) + 1, _WIDEST)

    @property
    def words(self) -> list[str]:
        return self.text.split()

    def columns(self) -> set[int]:
        """Where its words begin, in cells."""
        cells, passed = 0, 0
        found = set()
        for _, end in self.gaps:
            cells += sum(2 if east_asian_width(character) in "WF" else 1 for character in self.text[passed:end])
            passed = end
            found.add(cells)
        return found


def gaps(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the gaps that are one blank and what justification made of it."""
    places = SIGN.starts(document)
    if len(places) < _LINES * _MANY:
        return
    text = document.text
    lines = [_line(text, start) for start, _ in groupby(places, lambda at: text.rfind("\n", 0, at) + 1)]
    even = _justified(lines)
    if even and _has_unfilled(text, len(even) // 10):
        for line in lines:
            if line.is_even and any(line.text[start - 1] not in _STOPS for start, _ in line.gaps):
                yield from ((line.start + start, line.start + end) for start, end in line.gaps)


def _line(text: str, start: int) -> _Line:
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip(" ")
    found = []
    at = len(line) - len(line.lstrip(" "))
    while (at := line.find(" ", at)) >= 0:
        stop = at + 1
        while line[stop] == " ":
            stop += 1
        found.append((at, stop))
        at = stop
    # Beside a tab, or a code that some font gives a letter, it is no gap between words.
    beside = any(line[at - 1].isspace() or line[stop].isspace() for at, stop in found)
    return _Line(start, line, [] if beside else found)


def _justified(lines: list[_Line]) -> list[_Line]:
    """Those of some lines that say they were justified: none where gaps are uneven, or words stand in columns."""
    many = [line for line in lines if len(line.gaps) >= _MANY]
    even = [line for line in many if line.is_even]
    if len(even) < _LINES or 2 * len(even) <= len(many):
        return []
    words = [word for line in even for word in line.words]
    if sum(any(map(str.isalpha, word)) for word in words) < _WORDED * len(words):
        return []
    columns = [line.columns() for line in even]
    shared = [len(one & other) / min(len(one), len(other)) for one, other in pairwise(columns)]
    return even if sum(shared) < _ALIGNED * len(shared) else []


def _has_unfilled(text: str, least: int) -> bool:
    """Say whether so many lines have a blank in each gap."""
    return next(islice(_UNFILLED.finditer(text), least, None), None) is not None
