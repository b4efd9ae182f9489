"""Edits: the one currency of textfix.

An edit replaces `source[start:end]` by `after` and says why. A list of edits is kept as columns (two integer arrays,
two lists of shared strings), because hard-wrapped text has an edit every 18 characters; an `Edit` object is made only
when somebody looks at it. All offsets are code points.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import sub
from typing import Any, Literal, NamedTuple, overload

from textfix import dense

__all__ = ["Edit", "Edits", "OffsetMap", "Role"]

Role = Literal["start", "end"]


class Edit(NamedTuple):
    """One replacement: `before`, at `start:end` of the source, becomes `after`, for `reason` (`normalizer/reason`)."""

    start: int
    end: int
    before: str
    after: str
    reason: str


class Edits(Sequence[Edit]):
    """Sorted, non-overlapping edits of one source text.

    >>> edits = Edits.of("城西\\n区", [(2, 3, "", "unwrap/join")])
    >>> edits.apply()
    '城西区'
    >>> edits[0]
    Edit(start=2, end=3, before='\\n', after='', reason='unwrap/join')
    >>> edits.invert().apply() == edits.source
    True
    """

    __slots__ = ("_afters", "_befores", "_ends", "_map", "_pairs", "_reasons", "_starts", "source")

    source: str

    def __init__(
        self, source: str, starts: Iterable[int], ends: Iterable[int], afters: Iterable[str], reasons: Iterable[str]
    ) -> None:
        """Take columns that are already sorted and do not overlap (`of` sorts and checks)."""
        self.source = source
        self._starts = _integers(starts)
        self._ends = _integers(ends)
        self._afters = afters if isinstance(afters, list) else list(afters)
        self._reasons = reasons if isinstance(reasons, list) else list(reasons)
        self._befores: list[str] | None = None
        self._pairs: set[tuple[str, str]] | None = None
        self._map: OffsetMap | None = None

    @classmethod
    def of(cls, source: str, rows: Iterable[tuple[int, int, str, str]]) -> Edits:
        """Build from `(start, end, after, reason)` rows in any order; rows that change nothing are dropped.

        Raises ValueError when a row lies outside the source or two rows overlap.
        """
        kept = sorted((row for row in rows if source[row[0] : row[1]] != row[2]), key=lambda row: row[:2])
        edits = cls(source, *([list(column) for column in zip(*kept)] or [[], [], [], []]))
        edits.validate()
        return edits

    def validate(self) -> None:
        """Raise ValueError at the first row that lies outside the source, or overlaps the one before it."""
        previous_start, previous_end = -1, 0
        for start, end in zip(self._starts, self._ends):
            if not 0 <= start <= end <= len(self.source):
                raise ValueError(f"edit {start}:{end} lies outside the text (0:{len(self.source)})")
            if start < previous_end or (start == end == previous_start):
                raise ValueError(f"edit {start}:{end} overlaps the one before it ({previous_start}:{previous_end})")
            previous_start, previous_end = start, end

    # The columns.

    @property
    def starts(self) -> Sequence[int]:
        """Where each edit starts in the source."""
        return self._starts

    @property
    def ends(self) -> Sequence[int]:
        """Where each edit ends in the source (exclusive)."""
        return self._ends

    @property
    def afters(self) -> Sequence[str]:
        """What each edit puts in place."""
        return self._afters

    @property
    def reasons(self) -> Sequence[str]:
        """Why, as `normalizer/reason`."""
        return self._reasons

    @property
    def befores(self) -> Sequence[str]:
        """What each edit takes away."""
        if self._befores is None:
            if dense.is_dense(len(self)):
                self._befores = dense.befores(self.source, self._starts, self._ends)
            else:
                self._befores = list(map(self.source.__getitem__, map(slice, self._starts, self._ends)))
        return self._befores

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """What is taken away and put in place, each pair once: a text with many edits has few of them."""
        if self._pairs is None:
            afters = self._afters
            if len(afters) == afters.count(afters[0] if afters else ""):
                self._pairs = {(before, afters[0]) for before in set(self.befores)}
            else:
                self._pairs = set(zip(self.befores, afters))
        return self._pairs

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Edit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Edit]: ...
    def __getitem__(self, index: int | slice) -> Edit | list[Edit]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, end = self._starts[index], self._ends[index]
        return Edit(start, end, self.source[start:end], self._afters[index], self._reasons[index])

    def __iter__(self) -> Iterator[Edit]:
        return map(Edit, self._starts, self._ends, self.befores, self._afters, self._reasons)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Edits):
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("source", "_starts", "_ends", "_afters", "_reasons")
        )

    __hash__ = None  # type: ignore[assignment]  # a list of rows, as unhashable as a list

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self._starts, self._ends, self._afters, self._reasons)

    def __repr__(self) -> str:
        return f"<Edits: {len(self)} on {len(self.source)} code points>"

    # What can be done with them.

    def apply(self) -> str:
        """Return the edited text; the very same `str` object when there is nothing to do."""
        if not self._starts:
            return self.source
        if dense.is_dense(len(self)):
            text = dense.applied(self.source, self._starts, self._ends, self._afters)
            if text is not None:
                return text
        kept = map(self.source.__getitem__, map(slice, [0, *self._ends], [*self._starts, len(self.source)]))
        if not any(self._afters):
            return "".join(kept)
        pieces = [""] * (2 * len(self) + 1)
        pieces[::2] = kept
        pieces[1::2] = self._afters
        return "".join(pieces)

    def invert(self) -> Edits:
        """Return the edits that lead from the edited text back to the source.

        Deletions that touched become insertions at one point, in order; `of` would not take those.
        """
        inner = self.offsets
        return Edits(self.apply(), inner.target_starts, inner.target_ends, self.befores, list(self._reasons))

    def moved(self, offsets: Iterable[int]) -> tuple[int, ...]:
        """Return where characters of the source stand once the edits are made, without those that are replaced.

        >>> Edits.of("城西\\n区\\n", [(2, 3, "", "unwrap/join")]).moved([2, 4])
        (3,)
        """
        grown = list(self._grown())
        found = []
        for offset in offsets:
            index = bisect_right(self._starts, offset)
            if not index or offset >= self._ends[index - 1]:
                found.append(offset + grown[index])
        return tuple(found)

    def keep(self, wanted: Iterable[bool]) -> Edits:
        """Return only the edits whose flag is true."""
        flags = list(wanted)
        if all(flags):
            return self
        columns = (self._starts, self._ends, self._afters, self._reasons)
        return Edits(self.source, *([value for value, flag in zip(column, flags) if flag] for column in columns))

    def compose(self, then: Edits) -> Edits:
        """Fuse these edits with `then`, which edits what these produce, into edits of this source.

        Edits that touch the same characters become one, whose reason names both (`a/x+b/y`); all others stay apart.

        >>> first = Edits.of("ab\\ncd", [(2, 3, "", "unwrap/join")])
        >>> first.compose(Edits.of("abcd", [(1, 3, "X", "spacing/x")]))[0]
        Edit(start=1, end=4, before='b\\nc', after='X', reason='unwrap/join+spacing/x')
        """
        if len(then.source) - len(self.source) != sum(map(len, self._afters)) - sum(map(sub, self._ends, self._starts)):
            raise ValueError("these edits do not lead to the text that the others edit")
        if not then:
            return self
        if not self:
            return Edits(self.source, then._starts, then._ends, then._afters, then._reasons)
        return Edits(self.source, *_composed(self, then))

    def _grown(self) -> Iterator[int]:
        """By how many characters the text has grown before each edit, and behind the last."""
        return accumulate(map(sub, map(len, self._afters), map(sub, self._ends, self._starts)), initial=0)

    @property
    def offsets(self) -> OffsetMap:
        """The map between source offsets and offsets of the edited text."""
        if self._map is None:
            if dense.is_dense(len(self)):
                self._map = OffsetMap(self._starts, self._ends, *dense.targets(self._starts, self._ends, self._afters))
                return self._map
            targets = array("q", map(int.__add__, self._starts, self._grown()))
            self._map = OffsetMap(
                self._starts, self._ends, targets, array("q", map(int.__add__, targets, map(len, self._afters)))
            )
        return self._map


class OffsetMap:
    """Maps offsets and spans of a source to its edited text and back.

    An offset between two characters that stayed maps exactly. Elsewhere it matters whether the offset is the start or
    the end of what the caller points at. As a `start` it belongs to the character behind it, as an `end` to the one
    before it: that tells the two sides of a deletion or an insertion apart; an offset inside a replaced stretch maps
    to the stretch's start or end, so that a span covers all that its characters came from. An empty span inside such a
    stretch covers it, too. All are monotone.

    >>> edits = Edits.of("城西\\n区", [(2, 3, "", "unwrap/join")])
    >>> edits.offsets.to_source(2, "end"), edits.offsets.to_source(2, "start")
    (2, 3)
    >>> edits.offsets.source_span(0, 3), edits.offsets.source_span(2, 3), edits.offsets.source_span(2, 2)
    ((0, 4), (3, 4), (2, 3))
    >>> edits.offsets.target_span(1, 4)
    (1, 3)
    """

    __slots__ = ("source_ends", "source_starts", "target_ends", "target_starts")

    def __init__(
        self,
        source_starts: Sequence[int],
        source_ends: Sequence[int],
        target_starts: Sequence[int],
        target_ends: Sequence[int],
    ) -> None:
        self.source_starts = source_starts
        self.source_ends = source_ends
        self.target_starts = target_starts
        self.target_ends = target_ends

    def to_target(self, offset: int, role: Role = "start") -> int:
        """Map a source offset to the edited text."""
        return _mapped(offset, role, self.source_starts, self.source_ends, self.target_starts, self.target_ends)

    def to_source(self, offset: int, role: Role = "start") -> int:
        """Map an offset of the edited text to the source."""
        return _mapped(offset, role, self.target_starts, self.target_ends, self.source_starts, self.source_ends)

    def target_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of edited text that the source span became (empty where all of it was deleted)."""
        return _span(start, end, self.source_starts, self.source_ends, self.target_starts, self.target_ends)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of source that the span of edited text came from.

        An empty span gives all that was deleted at that point.
        """
        return _span(start, end, self.target_starts, self.target_ends, self.source_starts, self.source_ends)


def matches(reason: str, prefix: str) -> bool:
    """Say whether a reason is `prefix` or lies below it; whole path elements only."""
    return reason == prefix or reason.startswith(prefix.rstrip("/") + "/")


def _integers(values: Iterable[int]) -> array[int]:
    return values if isinstance(values, array) else array("q", values)


def column(values: Iterable[int]) -> array[int]:
    """Return integers as a column; those of an array of 64 bits each are copied as they lie."""
    if getattr(values, "itemsize", 0) == 8 and hasattr(values, "tobytes"):
        return array("q", values.tobytes())
    return _integers(values)


def _mapped(
    offset: int,
    role: Role,
    starts: Sequence[int],
    ends: Sequence[int],
    other_starts: Sequence[int],
    other_ends: Sequence[int],
) -> int:
    """Map by the last edit before the offset; one that starts there is before a start, and not before an end."""
    if role == "end":
        index = bisect_left(starts, offset) - 1
        if index < 0:
            return offset
        return other_ends[index] + max(0, offset - ends[index])
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return offset
    if offset < ends[index]:
        return other_starts[index]
    return other_ends[index] + offset - ends[index]


def _span(
    start: int,
    end: int,
    starts: Sequence[int],
    ends: Sequence[int],
    other_starts: Sequence[int],
    other_ends: Sequence[int],
) -> tuple[int, int]:
    if start > end:
        raise ValueError(f"span {start}:{end} ends before it starts")
    columns = starts, ends, other_starts, other_ends
    if start < end:
        return _mapped(start, "start", *columns), _mapped(end, "end", *columns)
    # An empty span stands between two characters: it is the end of what comes before it and the start of what follows.
    # Inside a replaced stretch it is one with it, as the characters beside it are: so spans rise, empty or not.
    first, last = sorted((_mapped(start, "end", *columns), _mapped(start, "start", *columns)))
    return first, last


def _composed(first: Edits, then: Edits) -> tuple[array[int], array[int], list[str], list[str]]:
    """Walk both lists in the coordinates of the text between them, fusing what overlaps there."""
    middle = then.source
    low, high = first.offsets.target_starts, first.offsets.target_ends
    starts: array[int] = array("q")
    ends: array[int] = array("q")
    afters: list[str] = []
    reasons: list[str] = []
    shift = 0  # source offset minus middle offset, behind the edits of `first` that have been passed
    i = j = 0

    def take(edits: Edits, begin: int, end: int, by: int) -> None:
        """Take a stretch of edits that meet none of the others, moved by so much."""
        some = slice(begin, end)
        starts.extend(map(by.__add__, edits._starts[some]) if by else edits._starts[some])
        ends.extend(map(by.__add__, edits._ends[some]) if by else edits._ends[some])
        afters.extend(edits._afters[some])
        reasons.extend(edits._reasons[some])

    while i < len(first) and j < len(then):
        # What ends before the next of the other list begins meets nothing: mostly that is many at once.
        behind = bisect_left(high, then._starts[j], i)
        # `first` goes first at one point: its deletion stands before the character that `then` edits.
        if behind == i and low[i] <= then._starts[j] and not _meet(low[i], high[i], then._starts[j], then._ends[j]):
            behind += 1
        if behind > i:
            take(first, i, behind, 0)
            i = behind
            shift = first._ends[i - 1] - high[i - 1]
            continue
        behind = bisect_left(then._ends, low[i], j)
        if behind == j and low[i] > then._starts[j] and not _meet(low[i], high[i], then._starts[j], then._ends[j]):
            behind += 1
        if behind > j:
            take(then, j, behind, shift)
            j = behind
            continue
        begin = min(low[i], then._starts[j])
        stop = max(high[i], then._ends[j])
        source_begin = first._starts[i] if low[i] == begin else begin + shift
        from_i, from_j = i, j
        i, j = i + 1, j + 1
        while True:
            if i < len(first) and _meet(low[i], high[i], begin, stop):
                stop = max(stop, high[i])
                i += 1
            elif j < len(then) and _meet(begin, stop, then._starts[j], then._ends[j]):
                stop = max(stop, then._ends[j])
                j += 1
            else:
                break
        shift = first._ends[i - 1] - high[i - 1]
        after: list[str] = []
        position = begin
        for k in range(from_j, j):
            after += (middle[position : then._starts[k]], then._afters[k])
            position = then._ends[k]
        text = "".join([*after, middle[position:stop]])
        if text == first.source[source_begin : stop + shift]:
            continue  # the second undid the first
        starts.append(source_begin)
        ends.append(stop + shift)
        afters.append(text)
        names = [r for reason in (*first._reasons[from_i:i], *then._reasons[from_j:j]) for r in reason.split("+")]
        reasons.append("+".join(dict.fromkeys(names)))
    take(first, i, len(first), 0)
    take(then, j, len(then), shift)
    return starts, ends, afters, reasons


def _meet(low: int, high: int, start: int, end: int) -> bool:
    """Say whether an earlier edit's output `low:high` and a later edit's input `start:end` must become one edit.

    Overlapping ones must. An insertion must also where it only touches, because the order of the two at that point
    would be lost; a deletion (`low == high`) only when the later edit reaches over it.
    """
    if start == end:
        return low <= start <= high
    if low == high:
        return start < low < end
    return low < end and start < high
