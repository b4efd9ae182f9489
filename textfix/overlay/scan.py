"""Looks at many documents at once for what may have been drawn several times: most of the time goes into calling numpy.

Everything here only selects: what is missed stays as it is, what is found is judged by the parse. The text is taken in
pieces of whole lines, so that memory stays flat; smaller ones would not stay in the cache any better, for what they
cost in calls.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.document import Document
from textfix.overlay.seams import LONGEST_RUN, MARKS, WIDEST_INDENT, Seam, seams
from textfix.overlay.squares import codes_of, line_breaks, members, short_lines, small_copies, square_lines
from textfix.overlay.ties import knots_of_each
from textfix.overlay.twins import Heads, Said, heads_of, twins_of_each

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAX_LINE", "Lines", "Signs", "scan_together", "signs"]

MAX_LINE = 1024
"""Longer lines are not parsed (code points): an overlaid line is a heading or a printed line, and a printed line of the
widest page holds a few hundred characters, four times over."""

_PIECE = 1 << 18
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
    knots: list[int]
    """Where lines begin that are tied to those around them, in order."""
    seams: list[Seam]


_NONE = Signs(Lines([], []), Lines([], []), frozenset(), [], [])


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
    starts: NDArray[Any]
    """Where those begin that start in the piece and come behind a line feed."""
    ends: NDArray[Any]
    """Where these end, at a line feed as well."""


def _pieces(text: str) -> Iterator[_Piece]:
    import numpy as np

    start, length = 0, len(text)
    while not start or start < length:
        stop = start + _PIECE
        if stop < length:
            stop = text.rfind("\n", start, stop) + 1 or stop
        piece = text[start:stop] if start or stop < length else text
        codes = codes_of(piece)
        feeds = "\f" in piece
        breaks = line_breaks(codes, feeds=feeds)
        breaks = breaks[: int(np.searchsorted(breaks, len(piece), "right"))]
        ends = breaks[codes[breaks] == 10] if feeds else breaks
        first, last = not start or text[start - 1] == "\n", stop >= length or piece.endswith("\n")
        starts = ends[:-1] + 1
        if first:
            starts = np.concatenate((np.zeros(1, np.int64), starts))
        yield _Piece(start, piece, first, last, codes, breaks, starts, ends if first else ends[1:])
        start = stop


def _add(lines: Lines, piece: _Piece, numbers: Collection[int]) -> None:
    """Add lines of a piece, counted by the breaks before them, without those that are not whole or too long."""
    import numpy as np

    if not numbers:
        return
    places = np.array(sorted(numbers))
    firsts, lasts = np.where(places, piece.breaks[places - 1] + 1, 0), piece.breaks[places]
    whole = ((places > 0) | piece.first) & ((lasts < len(piece.text)) | piece.last) & (lasts - firsts <= MAX_LINE)
    lines.starts.extend((firsts[whole] + piece.start).tolist())
    lines.ends.extend((lasts[whole] + piece.start).tolist())


def _signs(documents: Sequence[Document]) -> list[Signs]:
    """Look at documents as one text, and tell what was seen of each."""
    import numpy as np

    text = documents[0].text if len(documents) == 1 else "\n".join([document.text for document in documents])
    bounds = [0, *accumulate([len(document.text) + 1 for document in documents])]
    likely, hints = Lines([], []), Lines([], [])
    marks: list[int] = []
    heads: list[Heads] = []
    for piece in _pieces(text):
        codes, breaks, starts = piece.codes, piece.breaks, piece.starts
        same = codes[1:] == codes[:-1]
        doubled = same.nonzero()[0]
        strong, weak = small_copies(codes, same, doubled)
        small = set(np.searchsorted(breaks, strong).tolist())
        small.update(np.searchsorted(breaks, short_lines(piece.text, codes, starts, piece.ends)).tolist())
        _add(likely, piece, small | square_lines(piece.text, codes, same, doubled, breaks, small, MAX_LINE))
        # Lines that begin with a pair may be a single character drawn twice.
        single = starts[same[starts]]
        weak = np.concatenate((weak, single[codes[single] > 47]))
        _add(hints, piece, set(np.searchsorted(breaks, weak).tolist()))
        marks += (piece.start + _doubled_marks(codes, same, doubled, starts)).tolist()
        heads.append(heads_of(piece.text, codes, starts, piece.ends, piece.start))
    every = Heads.joined(heads)
    said = Said(text, every, bounds[:-1])
    twins, knots = twins_of_each(said, every), knots_of_each(said, every)
    found = [_NONE] * len(documents)
    shares = [_shares(places, bounds) for places in (*likely, *hints, marks)]
    for index in set().union(*shares, twins, knots):
        firsts, lasts, faint_firsts, faint_lasts, places = (share.get(index, []) for share in shares)
        torn = seams(documents[index].text, places) if places else []
        found[index] = Signs(
            Lines(firsts, lasts),
            Lines(faint_firsts, faint_lasts),
            twins.get(index, frozenset()),
            knots.get(index, []),
            torn,
        )
    return found


def _shares(places: list[int], bounds: list[int]) -> dict[int, list[int]]:
    """Part places by the documents in which they lie, given where those start and where the last one ends."""
    shares: dict[int, list[int]] = {}
    for place in places:
        index = bisect_right(bounds, place) - 1
        shares.setdefault(index, []).append(place - bounds[index])
    return shares


def _doubled_marks(
    codes: NDArray[Any], same: NDArray[Any], doubled: NDArray[Any], starts: NDArray[Any]
) -> NDArray[Any]:
    """Return where a mark stands twice, and no more, behind what may be the end of the line above, and only that."""
    import numpy as np

    at: NDArray[Any] = doubled[members(MARKS)[codes[doubled]]]
    at = at[: np.searchsorted(at, len(same) - 1)]
    at = at[~(same[at - 1] | same[at + 1])]
    if not at.size or not starts.size:
        return at[:0]
    start = starts[np.searchsorted(starts, at, "right") - 1]
    above = (start < 2) | (codes[at - 1] == codes[start - 2])
    found: NDArray[Any] = at[above & (at - start > 1) & (at - start <= LONGEST_RUN + WIDEST_INDENT)]
    return found
