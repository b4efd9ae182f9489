"""Looks at many documents at once for what may have been drawn several times: most of the time goes into calling numpy.

Everything here only selects: what is missed stays as it is, what is found is judged by the parse. The text is taken in
pieces of whole lines, so that memory stays flat and the tables in the cache.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.document import Document
from textfix.overlay.seams import LONGEST_RUN, MARKS, Seam, seams
from textfix.overlay.squares import codes_of, line_breaks, small_copies, square_lines
from textfix.overlay.twins import Heads, heads_of, twins_of_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAX_LINE", "Lines", "Signs", "scan_together", "signs"]

MAX_LINE = 1024
"""Longer lines are not parsed (code points): an overlaid line is a heading or a printed line, and a printed line of the
widest page holds a few hundred characters, four times over."""

_PIECE = 1 << 17
_BATCH = 1 << 18


class Lines(NamedTuple):
    """Lines by where they start and end (without the newline or form feed), in order."""

    starts: list[int]
    ends: list[int]


class Signs(NamedTuple):
    """What can be seen of a document without reading its lines."""

    likely: Lines
    """Lines that may be overlaid for all that can be seen of them alone."""
    hints: Lines
    """Lines that are worth a look in an overlaid document: any small repetition will do."""
    twins: frozenset[str]
    """Lines, without blanks around them, with which the line below begins, or the same block of lines."""
    seams: list[Seam]


def signs(document: Document) -> Signs:
    """Return the signs of a document, which may have been found together with those of others."""
    return _signs([document])[0]


def scan_together(documents: Sequence[Document]) -> None:
    """Find the signs of many documents in one go."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        if size + len(document.text) > _BATCH and batch:
            _remember(batch)
            batch, size = [], 0
        batch.append(document)
        size += len(document.text) + 1
    if batch:
        _remember(batch)


def _remember(documents: list[Document]) -> None:
    for document, found in zip(documents, _signs(documents)):
        document.remember(signs, found)


class _Piece(NamedTuple):
    """Some lines of a text; only the first and the last may be part of a longer one."""

    start: int
    text: str
    first: bool
    """Whether the first line is whole."""
    last: bool
    codes: NDArray[Any]
    """The characters, with a margin."""
    breaks: NDArray[Any]
    """Where lines end, the first of the margin included."""


def _pieces(text: str) -> Iterator[_Piece]:
    start, length = 0, len(text)
    while not start or start < length:
        stop = start + _PIECE
        if stop < length:
            stop = text.rfind("\n", start, stop) + 1 or stop
        piece = text[start:stop] if start or stop < length else text
        codes = codes_of(piece)
        breaks = line_breaks(codes)
        breaks = breaks[breaks <= len(piece)]
        last = stop >= length or piece.endswith("\n")
        yield _Piece(start, piece, not start or text[start - 1] == "\n", last, codes, breaks)
        start = stop


def _add(lines: Lines, piece: _Piece, numbers: Iterable[int]) -> None:
    """Add lines of a piece, counted by the breaks before them, without those that are not whole or too long."""
    breaks = piece.breaks
    for number in numbers:
        first = int(breaks[number - 1]) + 1 if number else 0
        last = int(breaks[number])
        if (number or piece.first) and (last < len(piece.text) or piece.last) and last - first <= MAX_LINE:
            lines.starts.append(piece.start + first)
            lines.ends.append(piece.start + last)


def _signs(documents: Sequence[Document]) -> list[Signs]:
    """Look at documents as one text, and tell what was seen of each."""
    import numpy as np

    text = documents[0].text if len(documents) == 1 else "\n".join([document.text for document in documents])
    bounds = [0, *accumulate(len(document.text) + 1 for document in documents)]
    likely, hints = Lines([], []), Lines([], [])
    marks: list[int] = []
    heads: list[Heads] = []
    for piece in _pieces(text):
        codes, breaks = piece.codes, piece.breaks
        same = codes[1:] == codes[:-1]
        strong, weak = small_copies(codes, same)
        line_ends = breaks[codes[breaks] == 10]
        starts = np.concatenate((np.zeros(int(piece.first), np.int64), line_ends[:-1] + 1))
        small = set(np.searchsorted(breaks, strong).tolist())
        _add(likely, piece, sorted(small | square_lines(piece.text, codes, same, breaks, small, MAX_LINE)))
        # Lines that begin with a pair may be a single character drawn twice.
        single = starts[same[starts] & (codes[starts] > 47)]
        _add(hints, piece, sorted(set(np.searchsorted(breaks, np.concatenate((weak, single))).tolist())))
        marks += (piece.start + _doubled_marks(codes, same, starts)).tolist()
        heads.append(heads_of(codes, starts, piece.start))
    twins = twins_of_each(text, Heads.joined(heads), bounds[:-1])
    return [
        Signs(*of_document[1:4], seams(of_document[0].text, of_document[4]))
        for of_document in zip(
            documents, _of_each(likely, bounds), _of_each(hints, bounds), twins, _shares(marks, bounds)
        )
    ]


def _of_each(lines: Lines, bounds: list[int]) -> Iterator[Lines]:
    """Part lines by documents, given where those start and where the last one ends."""
    return map(Lines, _shares(lines.starts, bounds), _shares(lines.ends, bounds))


def _shares(places: list[int], bounds: list[int]) -> Iterator[list[int]]:
    at = 0
    for start, stop in pairwise(bounds):
        end = bisect_left(places, stop, at)
        yield [place - start for place in places[at:end]]
        at = end


@cache
def _marks() -> NDArray[Any]:
    import numpy as np

    table = np.zeros(1 << 16, bool)
    table[list(map(ord, MARKS))] = True
    return table


def _doubled_marks(codes: NDArray[Any], same: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    """Return where a mark stands twice, and no more, shortly behind the start of a line."""
    import numpy as np

    at: NDArray[Any] = (same[:-1] & ~same[1:]).nonzero()[0]
    at = at[_marks()[codes[at]]]
    if not at.size or not starts.size:
        return at[:0]
    before: NDArray[Any] = at - starts[np.searchsorted(starts, at, "right") - 1]
    found: NDArray[Any] = at[(before > 1) & (before <= LONGEST_RUN) & ~same[at - 1]]
    return found
