"""Finds lines that come again: the next line begins with them, or a block of up to four lines stands twice in a row.

Of every line that says something, only a few characters are looked at, in all lines at once; the few lines of which the
next has the same there are compared as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.overlay.squares import members
from textfix.patterns import pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Heads", "Said", "heads_of", "twins_of_each", "without_marks"]

_SIZES = (2, 3, 4)
_LOOKS = (0, 2, 6, 13)  # lists and parallel sentences begin alike
_MARGIN = 64
_LEAST_TIE = 2  # characters in which two lines end alike
_MARKS = "?？!！。：:，、"
_MOST_MARKS = 4
_DOUBLED = pattern(rf"([{_MARKS}])\1+$")
_LETTERS = 40  # characters in which a line must have a letter


class Heads(NamedTuple):
    """How lines that say something begin, in order."""

    places: NDArray[Any]
    """Where they begin to say something (code points)."""
    ends: NDArray[Any]
    """Where they end to."""
    codes: NDArray[Any]
    """Four of their first characters, as one number."""
    words: NDArray[Any]
    """Which bits of that number are theirs, and not of the lines below."""
    ended: NDArray[Any]
    """Those that may end as the next line does, as far as the shorter one goes."""

    @classmethod
    def joined(cls, heads: Sequence[Heads]) -> Heads:
        """Put those of the pieces of a text one after the other."""
        import numpy as np

        if len(heads) == 1:
            return heads[0]
        counts = np.cumsum([0, *(len(part.places) for part in heads)])
        ended = [part.ended + count for part, count in zip(heads, counts)]
        # The last line of a piece and the first of the next were not compared.
        edges = counts[1:-1] - 1
        edges = edges[(edges >= 0) & (edges + 1 < counts[-1])]
        every = np.unique(np.concatenate((*ended, edges)))
        places, ends, codes, words = map(np.concatenate, list(zip(*heads))[:-1])
        return cls(places, ends, codes, words, every)

    def alike(self) -> NDArray[Any]:
        """Return the lines that begin with the same character as the next."""
        import numpy as np

        first = self.codes.view(np.uint16)[:: len(_LOOKS)]
        found: NDArray[Any] = (first[1:] == first[:-1]).nonzero()[0]
        return found


class Said:
    """Lines of many documents that say something, blanks around them left out."""

    def __init__(self, text: str, heads: Heads, starts: Sequence[int]) -> None:
        self._text, self._starts = text, starts
        self._places, self._ends = heads.places, heads.ends

    def __getitem__(self, index: int) -> str:
        """Return what a line says; nothing where there is no such line."""
        return self._text[self._places[index] : self._ends[index]] if 0 <= index < len(self._places) else ""

    def owner(self, index: int) -> int:
        """Return the number of the document a line is part of."""
        return bisect_right(self._starts, int(self._places[index])) - 1

    def beside(self, index: int, other: int) -> str:
        """Return what another line of the same document says; nothing where there is none."""
        return self[other] if self[other] and self.owner(other) == self.owner(index) else ""

    def offset(self, index: int) -> int:
        """Return where a line begins in its document."""
        return int(self._places[index]) - self._starts[self.owner(index)]


def heads_of(piece: str, codes: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any], offset: int) -> Heads:
    """Return how the lines begin that start and end at those places of a piece, blanks left out."""
    import numpy as np

    said = ends > starts
    places, ends = starts[said], ends[said]
    for edges, step, ahead in ((places, 1, 0), (ends, -1, -1)):
        edge = codes.take(edges + ahead)
        left = blank = _blanks().take(edge).nonzero()[0]
        for _ in range(_MARGIN):
            if not left.size:
                break
            edges[left] += step
            left = left[_blanks()[codes[edges[left] + ahead]]]
        for index in left.tolist():  # more blanks than a page is wide
            line = piece[places[index] : ends[index]]
            edges[index] += len(line) - len(line.lstrip()) if step > 0 else len(line.rstrip()) - len(line)
    edge[blank] = codes[ends[blank] - 1]
    said = places < ends
    if not said.all():
        places, ends, edge = places[said], ends[said], edge[said]
    first = np.empty((len(places), len(_LOOKS)), np.uint16)
    for column, ahead in enumerate(_LOOKS):
        first[:, column] = codes[ahead:].take(places)
    words = _words().take(ends - places, mode="clip")
    ended = _ended(codes, places, ends, edge)
    return Heads(places + offset, ends + offset, first.view(np.uint64)[:, 0], words, ended)


def _ended(codes: NDArray[Any], places: NDArray[Any], ends: NDArray[Any], last: NDArray[Any]) -> NDArray[Any]:
    """Return the lines of which four of the last characters are those of the next, as far as the shorter one goes.

    Where a mark stands there twice or more, it is left out: the copies of a line may have lost it.
    """
    import numpy as np

    marks = np.zeros(len(last), np.int8)
    marked = members(_MARKS).take(last).nonzero()[0]
    marked = marked[codes[np.maximum(ends[marked] - 2, 0)] == last[marked]]
    if marked.size:
        mark, last = last[marked], last.copy()
        for _ in range(_MOST_MARKS):
            marks[marked] += codes[np.maximum(ends[marked] - marks[marked] - 1, 0)] == mark
        last[marked] = codes[np.maximum(ends[marked] - marks[marked] - 1, 0)]
    above: NDArray[Any] = (last[1:] == last[:-1]).nonzero()[0]
    both = np.array((above, above + 1))
    stops = ends[both] - marks[both]
    size = (stops - places[both]).min(0)
    tails = codes.take(stops[..., None] - 1 - np.array(_LOOKS), mode="clip").view(np.uint64)[..., 0]
    common = _words().take(size, mode="clip")
    found: NDArray[Any] = above[(size >= _LEAST_TIE) & ((tails[0] & common) == (tails[1] & common))]
    return found


@cache
def _words() -> NDArray[Any]:
    """Which bits of the number are those of a line, by how many characters it has."""
    import numpy as np

    inside = np.array(_LOOKS) < np.arange(_LOOKS[-1] + 2)[:, None]
    return np.where(inside, np.uint16(0xFFFF), np.uint16(0)).view(np.uint64)[:, 0]


@cache
def _blanks() -> NDArray[Any]:
    """What `str.strip` takes for blank, but for the line feed."""
    import numpy as np

    return np.array([chr(code).isspace() and code != 10 for code in range(1 << 16)])


def twins_of_each(said: Said, heads: Heads) -> dict[int, frozenset[str]]:
    """Return the lines, without blanks around them, with which the next one begins, or the same block of lines.

    For every document that has any, by its number.
    """
    found: dict[int, set[str]] = {}
    places, _, codes, words, _ = heads
    own = codes & words
    at = heads.alike()
    for index in at[(codes[at + 1] & words[at]) == own[at]].tolist():
        line = said[index]
        if said[index + 1].startswith(line) and said.owner(index) == said.owner(index + 1):
            found.setdefault(said.owner(index), set()).add(line)
    for size in _SIZES:
        same = own[size:] == own[:-size]
        count = max(len(places) - 2 * size + 1, 0)
        whole = same[:count].copy()
        for ahead in range(1, size):
            whole &= same[ahead : ahead + count]
        for index in whole.nonzero()[0].tolist():
            if said.owner(index) == said.owner(index + 2 * size - 1) and all(
                said[index + ahead] == said[index + ahead + size] for ahead in range(size)
            ):
                found.setdefault(said.owner(index), set()).add(said[index])
    return {index: frozenset(filter(_has_letters, lines)) for index, lines in found.items()}


def _has_letters(said: str) -> bool:
    return any(map(str.isalpha, said[:_LETTERS]))


def without_marks(said: str) -> str:
    """Return what a line says without the mark that it ends with twice or more."""
    return _DOUBLED.sub("", said)
