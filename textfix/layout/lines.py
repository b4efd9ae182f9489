"""The lines of a batch of documents as columns: one array element for every line that is not blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import classes as c
from .groups import Groups, running

Ints = npt.NDArray[np.int32]
Shorts = npt.NDArray[np.int16]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]
_Offsets = npt.NDArray[np.signedinteger[Any]]
Sums = tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], npt.NDArray[np.uint64]]

#: Of each of some documents, the offsets of the line breaks that are known to be the author's; or of none.
Breaks = Sequence[Sequence[int]]

#: Lines longer than this hold no typesetting evidence; counters are clipped here so that they fit sixteen bits.
_LONG = 4000
#: How many classes are kept at the start and at the end of each line.
HEAD = 8
TAIL = 4


class Spans(NamedTuple):
    """Stretches of the joined text, in order and apart from each other."""

    start: _Offsets
    end: _Offsets


@dataclass(frozen=True, slots=True)
class Places:
    """Where the non-blank lines of one or more documents stand that are laid end to end, a column each.

    Offsets are code points of the joined text: ``start``/``end`` of the line without its terminator, ``first``/``last``
    of what can be seen of it (``last`` exclusive). ``base`` is where each document starts in the joined text.
    """

    codes: c.Codes
    base: Ints
    doc: Ints
    start: Ints
    end: Ints
    first: Ints
    last: Ints
    blanks_before: Shorts
    indent: Shorts

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Bare(Places):
    """The same with what the lines of a cleaned text are made from.

    ``sums`` are the counters of `classes.sum_tables`.
    """

    cls: Bytes
    sums: Sums
    feed_before: Bools
    balance: Shorts

    def places(self) -> Places:
        """Where the lines stand: a fourth of the memory of all that is measured."""
        return Places(**{field.name: getattr(self, field.name) for field in fields(Places)})


@dataclass(frozen=True, slots=True)
class Lines(Bare):
    """The same with all that is read from the counters, a column each, and the classes at the edges of the lines."""

    cells: Shorts
    pauses: Shorts
    stops: Shorts
    brackets: Shorts
    proportional: Shorts
    letters: Shorts
    digits: Shorts
    blanks: Shorts
    han: Shorts
    hangul: Shorts
    narrow: Shorts
    signs: Shorts
    head: Bytes
    tail: Bytes

    @property
    def newdoc(self) -> Bools:
        """Which lines are the first of their document."""
        new = np.ones(len(self), bool)
        np.not_equal(self.doc[1:], self.doc[:-1], out=new[1:])
        return new

    def documents(self) -> Groups:
        """The documents that have lines."""
        return Groups(self.newdoc)

    def groups(self) -> Groups:
        """Lines that no blank line, feed or document's edge parts."""
        return Groups(self.newdoc | (self.blanks_before > 0) | self.feed_before)

    def text(self, start: int, end: int) -> str:
        """What stands from one offset of the joined text to another."""
        return self.codes[start:end].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def beginning(self, line: int, most: int) -> str:
        """What a line begins with: so many of its visible characters at most."""
        start = int(self.first[line])
        return self.text(start, min(start + most, int(self.last[line])))

    def bare(self) -> Bare:
        """What the lines of a cleaned text are made from: two thirds of the memory."""
        return Bare(**{field.name: getattr(self, field.name) for field in fields(Bare)})

    def part(self, low: int, high: int, doc: Ints) -> Lines:
        """Some of the lines, in documents of their own, with the characters that they need and no others."""
        from_, to = int(self.start[low]), int(self.end[high - 1])
        some = slice(low, high)
        columns = {name: getattr(self, name)[some] for name in _PLAIN}
        moved = {name: getattr(self, name)[some] - from_ for name in ("start", "end", "first", "last")}
        return Lines(
            codes=self.codes[from_:to],
            cls=self.cls[from_:to],
            base=np.zeros(int(doc[-1]) + 1, self.base.dtype),
            doc=doc,
            sums=(self.sums[0][some], self.sums[1][some], self.sums[2][some]),
            head=self.head[:, some],
            tail=self.tail[:, some],
            **moved,
            **columns,
        )


_PLAIN = (
    "blanks_before", "feed_before", "indent", "cells", "pauses", "stops", "brackets", "proportional", "letters",
    "digits", "blanks", "han", "hangul", "narrow", "signs", "balance",
)  # fmt: skip
#: What each class adds to the brackets and quotes that are open.
SIGNS = np.zeros(c.N_CLASSES, np.int32)
SIGNS[[c.OPENER, c.LATIN_OPENER]] = 1
SIGNS[[c.CLOSER, c.LATIN_CLOSER]] = -1
#: Blank lines above a line are counted up to this many.
MOST_BLANKS = 100
#: Characters that are counted at a time, in whole lines.
_AT_ONCE = 1 << 18
#: Blanks at the edge of a line are passed one by one up to this many.
_STEPS = 32


def _fields(packed: npt.NDArray[np.uint64]) -> npt.NDArray[np.int16]:
    """The four counters of a word, a row each, clipped."""
    return np.minimum(packed.view(np.uint16).reshape(-1, 4).T, np.uint16(16000), order="C").view(np.int16)


def lines_of(texts: Sequence[str], breaks: Breaks = ()) -> Lines:
    """Measure the lines of some documents in one go.

    Where a line break of a document is known to be the author's, a paragraph separator takes its place.

    >>> two = lines_of(["一行\\n\\n  another line", "x"])
    >>> two.doc.tolist(), two.indent.tolist(), two.cells.tolist(), two.blanks_before.tolist()
    ([0, 0, 1], [0, 2, 0], [4, 11, 1], [0, 1, 0])
    """
    lengths = np.fromiter((len(t) for t in texts), np.int64, len(texts))
    base = np.zeros(len(texts), np.int64)
    np.cumsum(lengths[:-1] + 1, out=base[1:])
    codes = c.codes_of("\n".join(texts))
    if any(breaks):
        codes = codes.copy()
        for start, known in zip(base.tolist(), breaks):
            codes[start + np.array(known, np.int64)] = c.PARAGRAPH_SEPARATOR
    return lines_from(codes, base)


def lines_from(codes: c.Codes, base: Longs) -> Lines:
    """The same for documents that are already laid end to end, each parted from the next by a line feed."""
    cls = c.classes_of(codes)
    ends = np.append(np.flatnonzero(cls == c.NEWLINE), len(codes)).astype(np.int32)
    starts = np.zeros(len(ends), np.int32)
    starts[1:] = ends[:-1] + 1
    first, last = _edges(cls, starts, ends)
    sums, balance = _counted(codes, cls, starts, ends, first, last)
    full = np.flatnonzero(last > first)
    feeds = ends[:-1][codes[ends[:-1]] == 12]
    sums, balance = (sums[0][full], sums[1][full], sums[2][full]), balance[full]
    start, end, first, last = starts[full], ends[full], first[full], last[full]
    doc = np.searchsorted(base, start, "right") - 1
    newdoc = np.ones(len(full), bool)
    newdoc[1:] = doc[1:] != doc[:-1]
    gap = np.diff(full, prepend=-1) - 1
    # Blank lines at the top of a document say nothing of a boundary.
    blanks_before = np.where(newdoc, 0, np.minimum(gap, MOST_BLANKS)).astype(np.int16)

    feed_before = np.zeros(len(full), bool)
    if len(feeds) and len(full):
        after = np.searchsorted(first, feeds)
        feed_before[after[after < len(full)]] = True
        feed_before[newdoc] = False

    indent = np.minimum(first - start, 200).astype(np.int16)
    deep = np.flatnonzero(indent > 0)
    if len(deep):
        indent[deep] = _indent_cells(codes, start[deep], first[deep])
    return assembled(codes, cls, base, doc, start, end, first, last, sums, balance, blanks_before, feed_before, indent)


def _edges(cls: Bytes, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Where what can be seen of each line begins and ends; both are the same where nothing can."""
    first, last = starts.copy(), ends.copy()
    todo = np.flatnonzero(last > first)
    for _ in range(_STEPS):
        todo = todo[cls[first[todo]] == c.BLANK]
        if not len(todo):
            break
        first[todo] += 1
        todo = todo[first[todo] < last[todo]]
    if len(todo):
        seen = np.append(np.flatnonzero((cls != c.BLANK) & (cls != c.NEWLINE)), len(cls))
        first[todo] = np.minimum(seen[np.searchsorted(seen, first[todo])], last[todo])
    todo = np.flatnonzero(last > first)
    for _ in range(_STEPS):
        todo = todo[cls[last[todo] - 1] == c.BLANK]  # each line has a character that stops it
        if not len(todo):
            break
        last[todo] -= 1
    if len(todo):
        seen = np.flatnonzero((cls != c.BLANK) & (cls != c.NEWLINE))
        last[todo] = seen[np.searchsorted(seen, last[todo]) - 1] + 1
    return first, last


def _counted(
    codes: c.Codes, cls: Bytes, starts: Ints, ends: Ints, first: Ints, last: Ints
) -> tuple[Sums, npt.NDArray[np.int32]]:
    """The counters of each line, and the brackets and quotes that it leaves open; some lines at a time."""
    a, b, d = np.empty((3, len(starts)), np.uint64)
    balance = np.empty(len(starts), np.int32)
    kinds, (_, *tables) = c.kinds()
    han = kinds[ord("\u4e01")]
    pieces = starts.searchsorted(np.arange(0, len(codes) + _AT_ONCE + 1, _AT_ONCE))
    for low, high in zip(pieces[:-1].tolist(), pieces[1:].tolist()):
        if low == high:
            continue
        some = slice(low, high)
        begin, end = int(starts[low]), int(ends[high - 1])
        # Most of a text is Han, of which each counts the same: only what is not is looked at one by one.
        other = np.flatnonzero(cls[begin:end] != c.HAN)
        classes = cls[begin:end].take(other, mode="clip")
        breaks = np.flatnonzero(classes == c.NEWLINE)
        # Where those of each line lie among them, blanks at its edges left out.
        left = np.append(0, breaks + 1) + (first[some] - starts[some])
        right = np.append(breaks, len(other)) - (ends[some] - last[some])
        plain = (last[some] - first[some] - (right - left)).astype(np.uint64)
        own = kinds.take(c.table_index(codes[begin:end].take(other, mode="clip")), mode="clip")
        for out, table in zip((a, b, d), tables):
            out[some] = _summed(table.take(own, mode="clip"), left, right) + plain * table[han]
        balance[some] = _summed(SIGNS.take(classes, mode="clip"), left, right)
    return (a, b, d), balance


def _summed(values: npt.NDArray[Any], low: Longs, high: Longs) -> npt.NDArray[Any]:
    """The sum of the values of each stretch."""
    # Running sums may well run over; their differences are what they are.
    sums = running(values, values.dtype)
    found: npt.NDArray[Any] = sums.take(high) - sums.take(low)
    return found


def assembled(
    codes: c.Codes,
    cls: Bytes,
    base: _Offsets,
    doc: _Offsets,
    start: _Offsets,
    end: _Offsets,
    first: _Offsets,
    last: _Offsets,
    sums: Sums,
    balance: npt.NDArray[np.int32],
    blanks_before: Shorts,
    feed_before: Bools,
    indent: Shorts,
) -> Lines:
    (cells, pauses, stops, brackets), (proportional, letters, digits, blanks), rest = map(_fields, sums)
    han, hangul, narrow, signs = rest
    cells[(last - first) > _LONG] = 2 * _LONG
    head, tail = _edge(cls, first, 1, HEAD, last - first), _edge(cls, last - 1, -1, TAIL, last - first)
    i32 = np.int32
    return Lines(
        codes=codes,
        cls=cls,
        base=base.astype(i32, copy=False),
        doc=doc.astype(i32, copy=False),
        start=start.astype(i32, copy=False),
        end=end.astype(i32, copy=False),
        first=first.astype(i32, copy=False),
        last=last.astype(i32, copy=False),
        sums=sums,
        blanks_before=blanks_before,
        feed_before=feed_before,
        indent=indent,
        cells=cells,
        pauses=pauses,
        stops=stops,
        brackets=brackets,
        proportional=proportional,
        letters=letters,
        digits=digits,
        blanks=blanks,
        han=han,
        hangul=hangul,
        narrow=narrow,
        signs=signs,
        balance=np.minimum(np.maximum(balance, -_LONG), _LONG).astype(np.int16),
        head=head,
        tail=tail,
    )


def _edge(cls: Bytes, at: _Offsets, step: int, reach: int, size: _Offsets) -> Bytes:
    """The classes at the edge of each line, a row a character; behind those of a short line are line feeds."""
    found = np.empty((reach, len(at)), np.uint8)
    for k, row in enumerate(found):
        if len(at):
            cls.take(at + k * step, out=row, mode="clip")
    short = (size < reach).nonzero()[0]
    missing = size[short] <= np.arange(reach)[:, None]
    found[:, short] = np.where(missing, np.uint8(c.NEWLINE), found[:, short])
    return found


def _indent_cells(codes: c.Codes, start: Ints, first: Ints) -> Shorts:
    """Cells of leading white space: two for an ideographic space, a tab to the next multiple of eight."""
    out = np.zeros(len(start), np.int16)
    todo = np.arange(len(start))
    at = start.copy()
    for _ in range(64):
        todo = todo[at[todo] < first[todo]]
        if not len(todo):
            break
        code = codes[at[todo]]
        here = out[todo]
        out[todo] = np.where(
            code == 9, (here // 8 + 1) * 8, here + np.where(code == 0x3000, 2, np.where(code == 13, 0, 1))
        )
        at[todo] += 1
    return out
