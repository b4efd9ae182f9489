"""Unified diff, built from the edits themselves: linear in the text, and exact about what changed in a line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textfix.edits import Edits

__all__ = ["line_starts", "unified_diff"]

_DELETED, _INSERTED, _HEADER, _MARK, _UNMARK, _RESET = (
    "\x1b[31m",
    "\x1b[32m",
    "\x1b[36m",
    "\x1b[7m",
    "\x1b[27m",
    "\x1b[0m",
)


class _Change(NamedTuple):
    """Lines `a0:a1` of the source became lines `b0:b1`; all counted from 0, ends exclusive."""

    a0: int
    a1: int
    b0: int
    b1: int


def line_starts(text: str) -> list[int]:
    """Return the offset at which each line of a text starts; only "\\n" ends a line."""
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def unified_diff(edits: Edits, *, name: str = "text", context: int = 3, color: bool = False) -> Iterator[str]:
    """Yield the lines of a unified diff, without line ends.

    With `color`, ANSI codes colour deleted and inserted lines, and mark the characters inside them that changed.

    >>> edits = Edits.of("城西\\n区\\n", [(2, 3, "", "unwrap/join")])
    >>> print("\\n".join(unified_diff(edits)))
    --- text
    +++ text
    @@ -1,2 +1 @@
    -城西
    -区
    +城西区
    """
    if not edits:
        return
    before, after = _Side(edits.source), _Side(edits.apply())
    offsets = edits.offsets
    changes = _merged(edits, before, after)
    before.mark(offsets.source_starts, offsets.source_ends)
    after.mark(offsets.target_starts, offsets.target_ends)
    paint = _painted if color else _plain
    yield from (paint(_HEADER, f"--- {name}"), paint(_HEADER, f"+++ {name}"))
    group: list[_Change] = []
    for change in changes:
        if group and change.a0 - group[-1].a1 > 2 * context:
            yield from _hunk(group, before, after, context, color)
            group = []
        group.append(change)
    yield from _hunk(group, before, after, context, color)


class _Side:
    """One of the two texts, by line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = line_starts(text)
        # A final newline ends the last line, it does not start another one.
        self.count = len(self.starts) - (self.starts[-1] == len(text))
        self._marks: tuple[Sequence[int], Sequence[int]] = ((), ())

    def line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def at_line_start(self, offset: int) -> bool:
        return offset == 0 or self.text[offset - 1] == "\n"

    def mark(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._marks = (starts, ends)

    def line(self, index: int) -> str:
        return self.text[self.starts[index] : self._end(index)]

    def marked_line(self, index: int) -> str:
        """Return the line with its changed characters marked."""
        begin, stop = self.starts[index], self._end(index)
        starts, ends = self._marks
        pieces, position = [], begin
        k = max(0, bisect_right(ends, begin) - 1)
        while k < len(starts) and starts[k] < stop:
            low, high = max(starts[k], position), min(ends[k], stop)
            if low < high:
                pieces += [self.text[position:low], _MARK, self.text[low:high], _UNMARK]
                position = high
            k += 1
        return "".join([*pieces, self.text[position:stop]])

    def unended(self, index: int) -> Iterator[str]:
        """Yield what a diff says after a last line that no newline ends."""
        if index == self.count - 1 and not self.text.endswith("\n"):
            yield "\\ No newline at end of file"

    def _end(self, index: int) -> int:
        if index + 1 < len(self.starts):
            return self.starts[index + 1] - 1
        return len(self.text)


def _merged(edits: Edits, before: _Side, after: _Side) -> list[_Change]:
    """Return the changed line ranges, those that touch made one."""
    offsets = edits.offsets
    changes: list[_Change] = []
    first = (0, 0)  # where the last change begins, in both texts
    columns = (offsets.source_starts, offsets.source_ends, offsets.target_starts, offsets.target_ends)
    for start, end, to_start, to_end in zip(*columns):
        if changes and before.line_of(start) <= changes[-1].a1:
            changes.pop()
        else:
            first = (start, to_start)
        changes.append(_change(before, after, (first[0], end), (first[1], to_end)))
    return changes


def _change(before: _Side, after: _Side, source: tuple[int, int], target: tuple[int, int]) -> _Change:
    """Return the lines that a replacement of `source` by `target` changes."""
    a0, a1 = map(before.line_of, source)
    b0, b1 = map(after.line_of, target)
    if not (all(map(before.at_line_start, source)) and all(map(after.at_line_start, target))):
        a1, b1 = a1 + 1, b1 + 1
    return _Change(a0, min(a1, before.count), b0, min(b1, after.count))


def _hunk(group: list[_Change], before: _Side, after: _Side, context: int, color: bool) -> Iterator[str]:
    paint = _painted if color else _plain
    lead = min(context, group[0].a0)
    trail = min(context, before.count - group[-1].a1)
    a0, b0 = group[0].a0 - lead, group[0].b0 - lead
    a1, b1 = group[-1].a1 + trail, group[-1].b1 + trail
    yield paint(_HEADER, f"@@ -{_range(a0, a1)} +{_range(b0, b1)} @@")
    position = a0
    for change in group:
        yield from (" " + before.line(i) for i in range(position, change.a0))
        for sign, colour, side, begin, stop in (
            ("-", _DELETED, before, change.a0, change.a1),
            ("+", _INSERTED, after, change.b0, change.b1),
        ):
            for i in range(begin, stop):
                yield paint(colour, sign + (side.marked_line(i) if color else side.line(i)))
                yield from side.unended(i)
        position = change.a1
    for i in range(position, a1):
        yield " " + before.line(i)
        yield from before.unended(i)


def _range(begin: int, stop: int) -> str:
    count = stop - begin
    if count == 1:
        return f"{begin + 1}"
    return f"{begin + 1 if count else begin},{count}"


def _painted(colour: str, line: str) -> str:
    return f"{colour}{line}{_RESET}"


def _plain(colour: str, line: str) -> str:
    return line
