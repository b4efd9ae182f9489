"""Spans: sorted stretches of a text that do not touch, with quick answers to "is this inside one?"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

__all__ = ["Several", "Spans"]


class Spans:
    """Sorted, merged, half-open stretches `start:end` of a text, in code points.

    >>> spans = Spans([(7, 9), (0, 3), (2, 5), (4, 4)])
    >>> list(spans)
    [(0, 5), (7, 9)]
    >>> 4 in spans, 5 in spans
    (True, False)
    >>> spans.meets(5, 7), spans.meets(5, 8)
    (False, True)
    """

    __slots__ = ("ends", "starts")

    starts: list[int]
    ends: list[int]

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take spans in any order, overlapping or not; empty ones are dropped, those that touch become one."""
        self.starts, self.ends = [], []
        for start, end in sorted(spans):
            if start >= end:
                continue
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, self.ends)

    def __len__(self) -> int:
        return len(self.starts)

    def __contains__(self, offset: int) -> bool:
        """Say whether the character at `offset` lies inside a span."""
        return self.around(offset) is not None

    def meets(self, start: int, end: int) -> bool:
        """Say whether any character of `start:end` lies inside a span; for an empty stretch, whether a span is cut."""
        spans = self._near(start, end)
        index = bisect_left(spans.starts, end) - 1
        return index >= 0 and start < spans.ends[index]

    def around(self, offset: int) -> tuple[int, int] | None:
        """Return the span that holds the character at `offset`, if any."""
        spans = self._near(offset, offset)
        index = bisect_right(spans.starts, offset) - 1
        return (spans.starts[index], spans.ends[index]) if index >= 0 and offset < spans.ends[index] else None

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans that have a character in `start:end`."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return list(zip(self.starts[first:last], self.ends[first:last])) if first < last else []

    def may_have_any(self) -> bool:
        """Say, without looking for them where they are found on demand, whether there can be any."""
        return bool(self.starts)

    def _near(self, start: int, end: int) -> Spans:
        """Return spans that know about `start:end`; where they are found on demand, those of the lines around."""
        return self

    def __repr__(self) -> str:
        return f"<Spans: {len(self)}>"


class Several(Spans):
    """Spans of several kinds as one, each kind found where somebody asks.

    >>> spans = Several(Spans([(0, 3), (5, 7)]), Spans([(2, 5), (9, 10)]))
    >>> list(spans), spans.within(6, 8), spans.around(9)
    ([(0, 7), (9, 10)], [(0, 7)], (9, 10))
    """

    __slots__ = ("_far", "_kinds")

    def __init__(self, *kinds: Spans) -> None:
        super().__init__()
        self._kinds: list[Spans] = []
        self._far = Spans()
        for kind in kinds:
            self._kinds += kind._kinds if isinstance(kind, Several) else [kind] if kind.may_have_any() else []

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        if len(self._kinds) == 1:
            return self._kinds[0].within(start, end)
        # Two that meet at an empty stretch hold it together.
        found = self._found(start, end) if start < end else self._found(max(0, start - 1), end + 1)
        if not found:
            return []
        # What touches them belongs to them; those of one kind do not touch. One that reaches far is followed only once.
        spans = [span for _, span in found]
        kind, (low, _) = min(found, key=lambda row: row[1][0])
        if low <= start and (known := self._far.around(low)):
            spans.append(known)
        else:
            while 0 < low <= start and (more := self._found(low - 1, low, but=kind)):
                spans += [span for _, span in more]
                kind, (low, _) = min(more, key=lambda row: row[1][0])
        kind, (_, high) = max(found, key=lambda row: row[1][1])
        if high >= end and (known := self._far.around(high - 1)):
            spans.append(known)
        else:
            while high >= end and (more := self._found(high, high + 1, but=kind)):
                spans += [span for _, span in more]
                kind, (_, high) = max(more, key=lambda row: row[1][1])
        merged = Spans(spans).within(start, end)
        for span in merged[:1] + merged[1:][-1:]:
            if (span[0] < start or span[1] > end) and self._far.around(span[0]) is None:
                index = bisect_left(self._far.starts, span[0])
                self._far.starts.insert(index, span[0])
                self._far.ends.insert(index, span[1])
        return merged

    def _found(self, start: int, end: int, but: Spans | None = None) -> list[tuple[Spans, tuple[int, int]]]:
        return [(kind, span) for kind in self._kinds if kind is not but for span in kind.within(start, end)]

    def _near(self, start: int, end: int) -> Spans:
        return Spans(self.within(start, max(end, start + 1)))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(Spans(span for kind in self._kinds for span in kind))

    def __len__(self) -> int:
        return sum(1 for _ in self)
