"""Finds the lines of a text that hold an adjacent repetition, without looking at each character in Python.

Everything here only selects: what is missed stays as it is, what is found is judged by the parse. The text is taken in
pieces of whole lines, so that memory stays flat and the tables in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import eq
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.document import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAX_LINE", "Lines", "hints", "likely_lines", "scan_together", "twins"]

MAX_LINE = 1024
"""Longer lines are not parsed (code points): an overlaid line is a heading or a printed line, and a printed line of the
widest page holds a few hundred characters, four times over."""

_PIECE = 1 << 15
_MAX_UNIT = 512
_LEAST = 2
_MARGIN = "\n" * 8  # so that the end of a text is looked at like any other place


class Lines(NamedTuple):
    """Lines by where they start and end (without the newline or form feed), in order."""

    starts: list[int]
    ends: list[int]


def likely_lines(document: Document) -> Lines:
    """Return the lines that may be overlaid for all that can be seen of them alone."""
    return _scan(document.text, _strong_hits)


def scan_together(documents: Sequence[Document]) -> None:
    """Compute the likely lines of many small documents in one go: most of the time goes into calling numpy."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        length = len(document.text) + 1
        if length > _PIECE // 2:
            continue  # soon enough when it is asked for
        if size + length > _PIECE:
            _scan_batch(batch)
            batch, size = [], 0
        batch.append(document)
        size += length
    _scan_batch(batch)


def _scan_batch(documents: list[Document]) -> None:
    if len(documents) < 2:
        return
    found = _scan("\f".join([document.text for document in documents]), _strong_hits)
    start = index = 0
    for document in documents:
        stop = start + len(document.text)
        lines = Lines([], [])
        while index < len(found.starts) and found.starts[index] <= stop:
            lines.starts.append(found.starts[index] - start)
            lines.ends.append(found.ends[index] - start)
            index += 1
        document.remember(likely_lines, lines)
        start = stop + 1


def hints(document: Document) -> Lines:
    """Return the lines that are not likely, but worth a look in an overlaid document: any small repetition will do."""
    return _scan(document.text, _weak_hits)


def twins(document: Document) -> frozenset[str]:
    """Return the lines, without blanks around them, with which the line below begins, or the same block of lines."""
    lines = list(filter(None, map(str.strip, document.text.split("\n"))))
    found = set(compress(lines, map(str.startswith, lines[1:], lines)))
    if len(set(lines)) < len(lines):
        for size in (2, 3, 4):
            for at in compress(range(len(lines)), map(eq, lines, lines[size:])):
                if lines[at : at + size] == lines[at + size : at + 2 * size]:
                    found.add(lines[at])
    return frozenset(line for line in found if any(map(str.isalpha, line[:40])))


def _scan(text: str, find: Callable[[str, NDArray[Any]], NDArray[Any]]) -> Lines:
    import numpy as np

    found = Lines([], [])
    start, length = 0, len(text)
    while start < length:
        stop = start + _PIECE
        if stop < length:
            stop = text.rfind("\n", start, stop) + 1 or stop  # a longer line is cut, and not looked at
        piece = text[start:stop] if start or stop < length else text
        if len(piece) >= _LEAST:
            codes = _codes(piece + _MARGIN)
            hits = find(piece, codes)
            if hits.size:
                breaks = ((codes == 10) | (codes == 12)).nonzero()[0]
                for line in np.unique(np.searchsorted(breaks, hits)).tolist():
                    first = start + int(breaks[line - 1]) + 1 if line else start
                    last = start + int(breaks[line])
                    if last < stop or stop >= length:
                        found.starts.append(first)
                        found.ends.append(min(last, length))
        start = stop
    return found


def _codes(piece: str) -> NDArray[Any]:
    """The characters as integers, in the narrowest type that holds them all."""
    import numpy as np

    if piece.isascii():
        codes: NDArray[Any] = np.frombuffer(piece.encode("ascii"), np.uint8)
        return codes
    units: NDArray[Any] = np.frombuffer(piece.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) > len(piece):
        units = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), np.uint32)
    return units


def _fours(codes: NDArray[Any]) -> NDArray[Any]:
    """Every four characters in a row as one integer: their bytes, read where they lie."""
    import numpy as np

    count, width = len(codes) - 3, codes.itemsize
    if width < 4:
        whole: NDArray[Any] = np.ndarray(count, f"<u{4 * width}", codes.data, strides=(width,))
        return whole.astype(np.uint64)
    halves: NDArray[Any] = np.ndarray(count + 2, "<u8", codes.data, strides=(width,))
    mixed: NDArray[Any] = halves[:-2] * np.uint64(0x9E3779B97F4A7C15) + halves[2:]
    return mixed


def _strong_hits(piece: str, codes: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    count = len(codes) - 7
    inside = codes > 31
    same1 = (codes[1:] == codes[:-1]) & inside[1:]
    same2 = (codes[2:] == codes[:-2]) & inside[2:]
    same3 = (codes[3:] == codes[:-3]) & inside[3:]
    # Three pairs or two triples, told apart by what must lie between them; two pairs are a reduplication (高高兴兴),
    # and rules, leaders and blanks are runs of one character, of any length.
    other = ~same1
    pairs = same1[:-2] & other[1:-1] & same1[2:]
    triples = same1[:-1] & same1[1:]
    hits = pairs[:count] & pairs[2 : count + 2]
    hits |= triples[:count] & other[2 : count + 2] & triples[3 : count + 3]
    # Three copies of two characters, two copies of three.
    same2 &= other[1:]
    twos = same2[:-1] & same2[1:]
    hits |= twos[:count] & twos[2 : count + 2]
    hits |= same3[:count] & same3[1 : count + 1] & same3[2 : count + 2] & ~triples[:count]
    found = hits.nonzero()[0]
    # No columns of figures, but the number of a heading: 11..22.., 333...111...
    dots = (codes[found] == 46) != (codes[found + 3] == 46)
    found = found[(codes[found] > 57) | (codes[found + 2] > 57) | dots]
    found = np.concatenate((found, _apart(codes, same1, count)))
    more = _repeats(piece, codes)
    return np.concatenate((found, more)) if more else found


def _apart(codes: NDArray[Any], same1: NDArray[Any], count: int) -> NDArray[Any]:
    """Letters set apart by a blank, each drawn on the spot: 总总总 则则则, 总总 则则 篇篇."""
    doubled = same1[: count + 6] & (codes[: count + 6] > 57)
    at: NDArray[Any] = (doubled[:count] & (codes[2 : count + 2] == 32)).nonzero()[0]  # a pair, and a blank
    pairs = doubled[at + 3] & (codes[at + 5] == 32) & doubled[at + 6]
    triples = doubled[at - 1] & doubled[at + 3] & doubled[at + 4]
    found: NDArray[Any] = at[pairs | triples]
    return found


def _weak_hits(piece: str, codes: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    same1 = codes[1:] == codes[:-1]
    visible = same1 & (codes[1:] > 47)
    same2 = (codes[2:] == codes[:-2]) & ~same1[1:]
    # Lines that begin with a pair may be a single character drawn twice.
    starts = np.concatenate(([0], (codes[:-1] == 10).nonzero()[0] + 1))
    starts = starts[starts < len(same1)]
    return np.concatenate(
        (
            starts[visible[starts]],
            (visible[:-2] & visible[2:]).nonzero()[0],
            (same2[:-1] & same2[1:]).nonzero()[0],
        )
    )


def _repeats(piece: str, codes: NDArray[Any]) -> list[int]:
    """Return where four or more characters stand twice in a row, or twice with one blank between them.

    Every stretch of four characters is looked up in a table of where (in its line) the like of it comes last; the
    distance is the only length a repeated unit starting there can have, and few of them survive comparing its ends.
    """
    import numpy as np

    count = len(codes) - 3
    hashes = _fours(codes)
    breaks = ((codes[:count] == 10) | (codes[:count] == 12)).nonzero()[0]
    if breaks.size:
        numbers = np.arange(breaks.size + 1, dtype=np.uint64)
        numbers *= np.uint64(0xD6E8FEB86659FD93)
        hashes ^= np.repeat(numbers, np.diff(breaks, prepend=0, append=count))
    hashes *= np.uint64(0xC2B2AE3D27D4EB4F)
    found, again = _last_of_its_like(hashes)
    step = again - found
    end = len(codes) - 1
    fits = (step >= 4) & (step <= _MAX_UNIT) & (again + step <= end + 2)
    fits &= codes[found + step - 2] == codes[np.minimum(again + step - 2, end)]
    found, again, step = found[fits], again[fits], step[fits]
    if not found.size:
        return []
    fits = codes[found + step // 2] == codes[np.minimum(again + step // 2, end)]
    fits &= (codes[found] != codes[found + 1]) | (codes[found] != codes[found + 2])
    return [
        first for first, second in zip(found[fits].tolist(), again[fits].tolist()) if _is_square(piece, first, second)
    ]


def _last_of_its_like(hashes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the positions whose hash comes again, and where it comes last.

    Different hashes that share a slot of the table lose against the one that comes last; they get a table of their own.
    """
    import numpy as np

    places: NDArray[Any] | None = None
    found, again = [], []
    while True:
        count = len(hashes)
        bits = count.bit_length() + 1
        slots = (hashes >> np.uint64(64 - bits)).view(np.int64)
        here = np.arange(count, dtype=np.int32)
        table = np.empty(1 << bits, np.int32)
        table[slots] = here
        last = table.take(slots)
        other = (last != here).nonzero()[0]
        rivals = last[other]
        same = hashes[other] == hashes[rivals]
        first, second = other[same], rivals[same].astype(np.int64)
        found.append(first if places is None else places[first])
        again.append(second if places is None else places[second])
        lost = other[~same]
        if lost.size < 2:
            return np.concatenate(found), np.concatenate(again)
        places = lost if places is None else places[lost]
        hashes = hashes[lost] * np.uint64(0x9E3779B97F4A7C15)


def _is_square(piece: str, first: int, second: int) -> bool:
    unit = piece[first:second].rstrip()
    return piece.startswith(unit, second) and "\n" not in unit and sum(map(str.isalpha, unit)) > 1
