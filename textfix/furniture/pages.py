"""Pages and the lines on them that can be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from textfix.furniture.numbers import Number, glued, whole
from textfix.furniture.said import Said
from textfix.patterns import pattern

__all__ = ["ENDED", "Cut", "Line", "Page", "cells", "pages_of", "segments"]

# How many lines from each edge are looked at.
_EDGE = 10
#: A line that ends a sentence or a part of one.
ENDED = pattern("[。！？!?：:；;”」』）)》】…—.]\\s*$")
_WIDE = pattern("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")


class Line:
    """A line with something on it: where it stands in the text, and a page number that it may carry beside a head.

    Pages are looked at again and again until nothing more is found on them; what was read on a line is kept with it.
    """

    __slots__ = ("_alone", "_beside", "_said", "end", "number", "outside", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.number: Number | None = None
        #: Stands between the page number and the edge of the page.
        self.outside = False
        self._alone: Number | Literal[False] | None = False
        self._beside: list[Number] | None = None
        self._said: dict[str, Said] | None = None

    @property
    def alone(self) -> Number | None:
        """The number that the line is."""
        if self._alone is False:
            self._alone = whole(self.text)
        return self._alone

    @property
    def beside(self) -> list[Number]:
        """The numbers that the line may have at its ends."""
        if self._beside is None:
            self._beside = glued(self.text)
        return self._beside

    def without(self, number: Number | None) -> Said:
        """What the line says without one of its numbers."""
        dress = number.dress if number else ""
        if self._said is None:
            self._said = {}
        said = self._said.get(dress)
        if said is None:
            said = Said(self.text[: number.start] + self.text[number.end :] if number else self.text)
            self._said[dress] = said
        return said

    @property
    def said(self) -> Said:
        """What the line says without the number that it carries."""
        return self.without(self.number)

    def shorten(self, start: int, end: int) -> None:
        """Keep of the line what stands from `start` to `end` in it."""
        self.text = self.text[start:end]
        self.end = self.start + end
        self.start += start
        self.number = None
        self._alone, self._beside, self._said = False, None, None


@dataclass(eq=False)
class Page:
    """A page: its bounds and its lines, from the top, without those far from both edges."""

    start: int
    end: int
    lines: list[Line] = field(default_factory=list)
    #: Where lines started that are taken from it.
    gone: set[int] = field(default_factory=set)
    #: The page number found on it.
    folio: int | None = None
    #: At which edges the page number stood.
    edges: set[str] = field(default_factory=set)
    #: At which edges page numbers were found before, and heads.
    numbered: set[str] = field(default_factory=set)
    headed: set[str] = field(default_factory=set)
    #: What its heads said, without blanks.
    heads: set[str] = field(default_factory=set)


@dataclass(frozen=True, order=True)
class Cut:
    """What goes: a line, or the part of one, without its line end."""

    start: int
    end: int
    reason: str


def pages_of(text: str) -> list[Page]:
    """Part a text at its form feeds; pages without a line are kept, for they count.

    >>> [[line.text for line in page.lines] for page in pages_of("一\\n\\n二\\f\\n三")]
    [['一', '二'], ['三']]
    """
    pages = []
    start = 0
    for part in text.split("\f"):
        pages.append(Page(start, start + len(part), _lines(text, start, start + len(part))))
        start += len(part) + 1
    return pages


def segments(text: str, cuts: list[Line]) -> list[Page]:
    """Part a text without form feeds at lines that hold page numbers."""
    pages = []
    start = 0
    for line in [*cuts, None]:
        end = line.start if line else len(text)
        pages.append(Page(start, end, _lines(text, start, end)))
        start = line.end if line else end
    return pages


def cells(line: str) -> int:
    """Display cells of a line."""
    return len(line) + (0 if line.isascii() else len(_WIDE.findall(line)))


def _lines(text: str, start: int, end: int) -> list[Line]:
    """The lines at both edges of a page; what lies between is body, whatever it looks like."""
    above: list[Line] = []
    at = start
    while at < end and len(above) < _EDGE:
        stop = text.find("\n", at, end)
        if stop < 0:
            stop = end
        if stop > at and not (row := text[at:stop]).isspace():
            above.append(Line(at, stop, row))
        at = stop + 1
    below: list[Line] = []
    stop = end
    while stop >= at and len(below) < _EDGE:
        begin = text.rfind("\n", at, stop) + 1 or at
        if stop > begin and not (row := text[begin:stop]).isspace():
            below.append(Line(begin, stop, row))
        stop = begin - 1
    return above + below[::-1]
