"""Stretches of a text, to be asked what lies in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

__all__ = ["Spans"]


class Spans:
    """Stretches of a text by where they start and end, which may touch and overlap.

    >>> spans = Spans([(5, 7), (1, 3)])
    >>> 2 in spans, 3 in spans, spans.meet(3, 5), spans.meet(3, 6)
    (True, False, False, True)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, place: object) -> bool:
        assert isinstance(place, int)
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]

    def meet(self, start: int, end: int) -> bool:
        """Say whether one of them and a stretch have a character in common."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and start < self._ends[at]
