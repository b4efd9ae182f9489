"""Pages and the lines on them that can be seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from textfix.furniture.numbers import Number
from textfix.patterns import pattern

__all__ = ["ENDED", "Cut", "Line", "Page", "cells", "pages_of", "segments"]

# How many lines from each edge are looked at.
_EDGE = 10
#: A line that ends a sentence or a part of one.
ENDED = pattern("[。！？!?：:；;”」』）)》】…—.]\\s*$")
_WIDE = pattern("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")


@dataclass(eq=False)
class Line:
    """A line with something on it: where it stands in the text, and a page number that it may carry beside a head."""

    start: int
    end: int
    text: str
    number: Number | None = None
    #: Stands between the page number and the edge of the page.
    outside: bool = False

    @property
    def head(self) -> str:
        """The line without the number that it carries."""
        if self.number is None:
            return self.text
        return self.text[: self.number.start] + self.text[self.number.end :]


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
        pages.append(Page(start, start + len(part), _lines(part, start)))
        start += len(part) + 1
    return pages


def segments(text: str, cuts: list[Line]) -> list[Page]:
    """Part a text without form feeds at lines that hold page numbers."""
    pages = []
    start = 0
    for line in [*cuts, None]:
        end = line.start if line else len(text)
        pages.append(Page(start, end, _lines(text[start:end], start)))
        start = line.end if line else end
    return pages


def cells(line: str) -> int:
    """Display cells of a line."""
    return len(line) + (0 if line.isascii() else len(_WIDE.findall(line)))


def _lines(part: str, start: int) -> list[Line]:
    """The lines at both edges of a page; what lies between is body, whatever it looks like."""
    rows = part.split("\n")
    out: list[Line] = []
    at = 0
    offset = start
    while at < len(rows) and len(out) < _EDGE:
        row = rows[at]
        if row and not row.isspace():
            out.append(Line(offset, offset + len(row), row))
        offset += len(row) + 1
        at += 1
    below: list[Line] = []
    offset = start + len(part)
    for row in reversed(rows[at:]):
        if row and not row.isspace():
            below.append(Line(offset - len(row), offset, row))
            if len(below) == _EDGE:
                break
        offset -= len(row) + 1
    return out + below[::-1]
