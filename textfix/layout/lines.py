"""The lines of a batch of documents as columns: one array element for every line that is not blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import classes as c

Ints = npt.NDArray[np.int32]
Shorts = npt.NDArray[np.int16]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

#: Lines longer than this hold no typesetting evidence; counters are clipped here so that they fit sixteen bits.
_LONG = 4000
#: How many classes are kept at the start and at the end of each line.
HEAD = 8
TAIL = 4


@dataclass(frozen=True, slots=True)
class Lines:
    """Columns over the non-blank lines of one or more documents laid end to end.

    Offsets are code points of the joined text: ``start``/``end`` of the line without its terminator, ``first``/``last``
    of what can be seen of it (``last`` exclusive). ``base`` is where each document starts in the joined text.
    """

    codes: c.Codes
    cls: Bytes
    base: Ints
    doc: Ints
    start: Ints
    end: Ints
    first: Ints
    last: Ints
    blanks_before: Shorts
    feed_before: Bools
    indent: Shorts
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

    def __len__(self) -> int:
        return len(self.start)


def _field(packed: npt.NDArray[np.uint64], at: int) -> Shorts:
    field: Shorts = np.minimum((packed >> np.uint64(16 * at)) & np.uint64(0xFFFF), np.uint64(16000)).astype(np.int16)
    return field


def lines_of(texts: Sequence[str]) -> Lines:
    """Measure the lines of some documents in one go.

    >>> two = lines_of(["一行\\n\\n  another line", "x"])
    >>> two.doc.tolist(), two.indent.tolist(), two.cells.tolist(), two.blanks_before.tolist()
    ([0, 0, 1], [0, 2, 0], [4, 11, 1], [0, 1, 0])
    """
    lengths = np.fromiter((len(t) for t in texts), np.int64, len(texts))
    base = np.zeros(len(texts), np.int64)
    np.cumsum(lengths[:-1] + 1, out=base[1:])
    return lines_from(c.codes_of("\n".join(texts)), base)


def lines_from(codes: c.Codes, base: npt.NDArray[np.int64]) -> Lines:
    """The same for documents that are already laid end to end, each parted from the next by a line feed."""
    index = c.table_index(codes)
    cls = c.class_table()[index]

    ends = np.flatnonzero(cls == c.NEWLINE)
    starts = np.concatenate(([0], ends + 1))
    ends = np.concatenate((ends, [len(codes)]))
    visible = (cls != c.BLANK) & (cls != c.NEWLINE)
    at = np.flatnonzero(visible)
    seen = np.zeros(len(codes) + 1, np.int32)
    np.cumsum(visible, dtype=np.int32, out=seen[1:])
    begin, finish = seen[starts], seen[ends]
    full = np.flatnonzero(finish > begin)
    start, end, begin, finish = starts[full], ends[full], begin[full], finish[full]
    first = at[begin] if len(full) else np.zeros(0, np.int64)
    last = at[finish - 1] + 1 if len(full) else np.zeros(0, np.int64)
    doc = np.searchsorted(base, start, "right") - 1
    newdoc = np.ones(len(full), bool)
    newdoc[1:] = doc[1:] != doc[:-1]
    gap = np.diff(full, prepend=-1) - 1
    # Blank lines at the top of a document say nothing of a boundary.
    blanks_before = np.where(newdoc, 0, np.minimum(gap, 100)).astype(np.int16)

    feed_before = np.zeros(len(full), bool)
    feeds = np.flatnonzero(codes == 12)
    if len(feeds) and len(full):
        after = np.searchsorted(first, feeds)
        feed_before[after[after < len(full)]] = True
        feed_before[newdoc] = False

    one, two, three = c.sum_tables()
    if len(full):
        bounds = np.empty(2 * len(full), np.int64)
        bounds[0::2], bounds[1::2] = first, last

        # reduceat needs every index below the length; one zero is appended for a line that ends the text.
        def totals(table: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
            values = np.empty(len(index) + 1, np.uint64)
            np.take(table, index, out=values[:-1], mode="clip")  # any other mode buffers
            values[-1] = 0
            out: npt.NDArray[np.uint64] = np.add.reduceat(values, bounds)[0::2]
            return out

        a, b, d = totals(one), totals(two), totals(three)
    else:
        a = b = d = np.zeros(0, np.uint64)
    long = (last - first) > _LONG
    cells = _field(a, 0)
    cells[long] = 2 * _LONG
    indent = np.minimum(first - start, 200).astype(np.int16)
    deep = np.flatnonzero(indent > 0)
    if len(deep):
        indent[deep] = _indent_cells(codes, start[deep], first[deep])

    padded = np.empty(len(cls) + HEAD + TAIL, np.uint8)
    padded[:TAIL] = c.NEWLINE
    padded[TAIL:-HEAD] = cls
    padded[-HEAD:] = c.NEWLINE
    width = last - first
    head = np.empty((HEAD, len(full)), np.uint8)
    for k in range(HEAD):
        head[k] = np.where(width > k, padded[TAIL + first + k], c.NEWLINE)
    tail = np.empty((TAIL, len(full)), np.uint8)
    for k in range(TAIL):
        tail[k] = np.where(width > k, padded[TAIL + last - 1 - k], c.NEWLINE)

    i32 = np.int32
    return Lines(
        codes=codes,
        cls=cls,
        base=base.astype(i32),
        doc=doc.astype(i32),
        start=start.astype(i32),
        end=end.astype(i32),
        first=first.astype(i32),
        last=last.astype(i32),
        blanks_before=blanks_before,
        feed_before=feed_before,
        indent=indent,
        cells=cells,
        pauses=_field(a, 1),
        stops=_field(a, 2),
        brackets=_field(a, 3),
        proportional=_field(b, 0),
        letters=_field(b, 1),
        digits=_field(b, 2),
        blanks=_field(b, 3),
        han=_field(d, 0),
        hangul=_field(d, 1),
        narrow=_field(d, 2),
        signs=_field(d, 3),
        head=head,
        tail=tail,
    )


def _indent_cells(codes: c.Codes, start: npt.NDArray[np.int64], first: npt.NDArray[np.int64]) -> Shorts:
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
