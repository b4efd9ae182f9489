"""The lines of documents once they are cleaned: what a text has that is read again, without measuring it again."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from . import classes as c
from .groups import Places
from .lines import MOST_BLANKS, SIGNS, Bare, Bools, Bytes, Ints, Lines, Shorts, Spans, assembled

#: Deletions up to this length are made side by side, longer ones one after the other.
_SHORT = 8


def cleaned_lines(lines: Bare, at: Places, hyphens: Bools, spaces: Bools, gone: Spans, where: Bools) -> Lines:
    """The lines of the documents of *where* once they are cleaned.

    The line breaks of the lines *at* go, with some the hyphen before them; in the place of others stands a space. White
    space that is *gone* from the edges of the other lines goes too.
    """
    start = lines.last[at] - hyphens
    lost = np.zeros(len(lines), np.int32)  # characters that go between each line and the next
    lost[at] = lines.first[at + 1] - start - spaces
    base, shift = _moved(lines, lost, gone, where)
    codes, cls = _left(lines, at, start, spaces, gone, where)
    blanks = start[spaces] - shift[at[spaces]]
    codes[blanks] = 32
    cls[blanks] = c.BLANK

    mine = where[lines.doc]
    begins, stops = mine.copy(), mine.copy()
    begins[at + 1] = stops[at] = False
    heads, tails = np.flatnonzero(begins), np.flatnonzero(stops)
    apart = np.flatnonzero(begins | ~mine)  # lines of documents that are left out are no part of the line above
    sums, balance = _counted(lines, at, start, hyphens, spaces, apart)
    ours = mine[apart]
    bare, trimmed, blanks_before = _edges_gone(lines, gone)
    return assembled(
        codes,
        cls,
        base,
        (np.cumsum(where) - 1)[lines.doc[heads]],
        np.where(bare, lines.first, lines.start)[heads] - shift[heads],
        np.where(trimmed, lines.last, lines.end)[tails] - shift[tails],
        lines.first[heads] - shift[heads],
        lines.last[tails] - shift[tails],
        (sums[0][ours], sums[1][ours], sums[2][ours]),
        balance[ours],
        blanks_before[heads],
        lines.feed_before[heads],
        np.where(bare, np.int16(0), lines.indent)[heads],
    )


def _moved(lines: Bare, lost: Ints, gone: Spans, where: Bools) -> tuple[Ints, Ints]:
    """Where each document of *where* starts then, and how far each line moves to the left.

    It does so by what goes before it, and by the documents that are left out.
    """
    shift = np.zeros(len(lines), np.int32)
    np.cumsum(lost[:-1], out=shift[1:])
    if len(gone.start):
        before = np.append(0, np.cumsum(gone.end - gone.start)).astype(np.int32)
        shift += before[gone.start.searchsorted(lines.first)]
    skipped = np.zeros(len(where), np.int32)
    np.cumsum(np.where(where, 0, _sizes(lines))[:-1], dtype=np.int32, out=skipped[1:])
    shift += skipped[lines.doc]

    docs = len(where)
    out = np.bincount(lines.doc, lost, docs).astype(np.int32)
    out += np.bincount(lines.base.searchsorted(gone.start, "right") - 1, gone.end - gone.start, docs).astype(np.int32)
    base: Ints = (lines.base - skipped)[where]
    base[1:] -= np.cumsum(out[where], dtype=np.int32)[:-1]
    return base, shift


def _sizes(lines: Bare) -> Ints:
    """The characters of each document, with the line feed behind it."""
    sizes: Ints = np.diff(lines.base, append=np.int32(len(lines.codes) + 1))
    return sizes


def _left(lines: Bare, at: Places, start: Ints, spaces: Bools, gone: Spans, where: Bools) -> tuple[c.Codes, Bytes]:
    """The characters that are left, the first of what a space takes the place of among them, and their classes."""
    keep = np.repeat(where, _sizes(lines))[:-1]
    _strike(keep, start, lines.first[at + 1] - start)
    _strike(keep, gone.start, gone.end - gone.start)
    keep[start[spaces]] = True
    if not where[-1]:
        # The line feed before the documents that are left out at the end.
        keep[lines.base[len(where) - int(np.argmax(where[::-1]))] - 1] = False
    return lines.codes[keep], lines.cls[keep]


def _counted(
    lines: Bare, at: Places, start: Ints, hyphens: Bools, spaces: Bools, apart: Places
) -> tuple[list[npt.NDArray[np.uint64]], npt.NDArray[np.int32]]:
    """The counters of the lines that begin at *apart*, and the brackets and quotes that each leaves open."""
    before = start[hyphens]
    index = c.table_index(lines.codes[before])
    sums = []
    for table, own in zip(c.sum_tables(), lines.sums):
        if len(at):
            own = own.copy()
            own[at[hyphens]] -= table[index]
            own[at[spaces]] += table[32]
        sums.append(np.add.reduceat(own, apart))
    balance = lines.balance.astype(np.int32)
    balance[at[hyphens]] -= SIGNS[lines.cls[before]]
    return sums, np.add.reduceat(balance, apart)


def _strike(keep: Bools, start: npt.NDArray[Any], size: npt.NDArray[Any]) -> None:
    """Unmark stretches of characters."""
    if not len(size):
        return
    for k in range(min(int(size.max()), _SHORT)):
        keep[(start + k)[size > k]] = False
    for k in np.flatnonzero(size > _SHORT).tolist():
        keep[start[k] : start[k] + size[k]] = False


def _edges_gone(lines: Bare, gone: Spans) -> tuple[Bools, Bools, Shorts]:
    """Which lines lose their indent, which the blanks at their end, and how many blank lines are left above each."""
    bare, trimmed, blanks_before = np.zeros(len(lines), bool), np.zeros(len(lines), bool), lines.blanks_before
    if not len(gone.start):
        return bare, trimmed, blanks_before
    line = lines.first.searchsorted(gone.start)  # the line below
    some = np.minimum(line, len(lines) - 1)
    within = (line < len(lines)) & (lines.first[some] == gone.end) & (lines.start[some] <= gone.start)
    bare[line[within]] = True
    above = line[line > 0] - 1
    trimmed[above[lines.last[above] == gone.start[line > 0]]] = True
    feeds = np.flatnonzero(lines.cls[gone.end - 1] == c.NEWLINE)
    if len(feeds):
        blanks_before = blanks_before.copy()
        for k in feeds.tolist():
            gap = lines.cls[lines.last[line[k] - 1] : lines.first[line[k]]]
            left = int((gap == c.NEWLINE).sum() - (lines.cls[gone.start[k] : gone.end[k]] == c.NEWLINE).sum())
            blanks_before[line[k]] = min(left - 1, MOST_BLANKS)
    return bare, trimmed, blanks_before
