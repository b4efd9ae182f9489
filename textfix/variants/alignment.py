"""Alignment of a text with what OpenCC made of it: which stretch became which.

OpenCC returns a text and no positions. Nearly all its conversions keep the length: there, character stands under
character. What is left are the regional words that differ in length (`内存` → `記憶體`). They are found in three
steps, each linear in the text: lines and clauses, which OpenCC never converts across; within a clause, anchors, where
both sides agree once every character is folded to one form; between two anchors, the smallest stretch that OpenCC,
given it alone, converts in the same way. Whatever is found, replacing stretch by stretch gives OpenCC's text exactly:
only how fine the stretches are depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textfix.patterns import pattern
from textfix.variants.configs import converter

__all__ = ["Stretch", "codes", "fold", "stretches", "text_of"]

Codes = NDArray[np.uint32]

# Both sides agree again where this many characters in a row do. Fewer meet by chance inside a word; more would join
# words that stand close together. Where three are not to be had, two must do, or one.
_ANCHORS = (3, 2, 1)
# How far apart two anchors may lie: the longest entry of OpenCC's dictionaries has 21 characters. Words of the same
# length come before words that are not, however long: few differ, and by little.
_REACH = 24
_STEPS = sorted(
    ((i, j) for i in range(_REACH) for j in range(_REACH) if i or j),
    key=lambda step: max(step) + 2 * abs(step[0] - step[1]),
)
# How many characters around a gap may belong to the word.
_MARGIN = 12
# What no word of OpenCC's dictionaries holds.
_MARK = pattern(r"[^\w·-]")
_NEWLINE = 10


class Stretch(NamedTuple):
    """`source[start:end]` became `target[after_start:after_end]`, of another length."""

    start: int
    end: int
    after_start: int
    after_end: int


def codes(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def text_of(points: Codes) -> str:
    """Return the text of code points."""
    return points.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def fold(points: Codes) -> Codes:
    """Return the code points with every form of a character made one: 體 and 体 agree, 體 and 件 do not."""
    table = _folding()
    return table[np.minimum(points, table.size - 1)]


@cache
def _folding() -> Codes:
    """Every character, led by way of each Traditional form to Simplified; all beyond the ideographs counts as one."""
    table = np.arange(0x33480, dtype=np.uint32)
    table[0xD800:0xE000] = table[0] = table[_NEWLINE] = ord(" ")
    points = text_of(np.insert(table, slice(1, None), _NEWLINE))
    for name in ("jp2t", "hk2t", "tw2t", "t2s"):
        points = converter(name)(points)
    folded = codes(points)[::2].copy()
    folded[_NEWLINE] = _NEWLINE
    return folded


def stretches(source: str, target: str, convert: Callable[[str], str], words: bool) -> list[Stretch]:
    """Return where the lengths differ, in order; between these stretches character stands under character.

    `convert` is what made the target; `words` says whether it converts more than the forms of characters.
    """
    before, after = codes(source), codes(target)
    lines, after_lines = _lines(before), _lines(after)
    if len(lines) != len(after_lines):  # not met; one long line is slower, and as exact
        lines, after_lines = np.array([0, before.size + 1]), np.array([0, after.size + 1])
    same = np.diff(lines) == np.diff(after_lines)
    doubtful = ~same
    if words:  # forms alone keep the length, character by character
        doubtful[same] = _shifts(before, after, lines, after_lines, same)
    if not doubtful.any():
        return []
    folded, folded_after = text_of(fold(before)), text_of(fold(after))
    asked = _Words(source, target, convert)
    found: list[Stretch] = []
    for line in np.flatnonzero(doubtful).tolist():
        start, end = int(lines[line]), int(lines[line + 1]) - 1
        after_start, after_end = int(after_lines[line]), int(after_lines[line + 1]) - 1
        gaps = [
            Stretch(start + a, start + b, after_start + c, after_start + d)
            for a, b, c, d in _line_gaps(folded[start:end], folded_after[after_start:after_end])
        ]
        found += asked.of(gaps, start, end)
    return found


def _lines(points: Codes) -> NDArray[np.intp]:
    """Where each line starts, and where one behind the last would."""
    return np.concatenate(([0], np.flatnonzero(points == _NEWLINE) + 1, [points.size + 1]))


def _shifts(
    before: Codes,
    after: Codes,
    lines: NDArray[np.intp],
    after_lines: NDArray[np.intp],
    same: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Of the lines of equal length, tell those in which one word may have grown and another shrunk.

    Where every difference beyond form is followed by an anchor, none can have.
    """
    before, after = _padded(before, lines, same), _padded(after, after_lines, same)
    at = np.flatnonzero(before != after)
    at = at[fold(before[at]) != fold(after[at])]
    owner = np.repeat(np.arange(int(same.sum())), np.diff(lines)[same])[at]
    steps = np.diff(at)
    close = (steps > 1) & (steps <= _ANCHORS[0]) & (owner[1:] == owner[:-1])
    flags = np.zeros(int(same.sum()), bool)
    flags[owner[1:][close]] = True
    return flags


def _padded(points: Codes, lines: NDArray[np.intp], wanted: NDArray[np.bool_]) -> Codes:
    """The wanted lines, each with its newline, the last one too."""
    points = np.append(points, np.uint32(_NEWLINE))
    return points if wanted.all() else points[np.repeat(wanted, np.diff(lines))]


def _line_gaps(one: str, other: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches that differ between two folded lines: clause by clause where both have the same marks."""
    marks, other_marks = list(_MARK.finditer(one)), list(_MARK.finditer(other))
    if [mark[0] for mark in marks] != [mark[0] for mark in other_marks]:
        yield from _gaps(one, other)
        return
    i = j = 0
    for end, other_end in zip(
        [*(mark.start() for mark in marks), len(one)], [*(mark.start() for mark in other_marks), len(other)]
    ):
        clause, other_clause = one[i:end], other[j:other_end]
        if clause != other_clause:
            for a, b, c, d in _gaps(clause, other_clause):
                yield i + a, i + b, j + c, j + d
        i, j = end + 1, other_end + 1


def _gaps(one: str, other: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches between the anchors of two folded clauses."""
    i = j = 0
    while True:
        step = _agreement(one, other, i, j)
        i, j = i + step, j + step
        if i == len(one) and j == len(other):
            return
        di, dj = _next_anchor(one, other, i, j)
        yield i, i + di, j, j + dj
        i, j = i + di, j + dj


def _agreement(one: str, other: str, i: int, j: int) -> int:
    """How many characters from `i` and `j` on are the same: by doubling, then halving, in slices."""
    limit = min(len(one) - i, len(other) - j)
    low, size = 0, 8
    while low < limit and one[i + low : i + low + size] == other[j + low : j + low + size]:
        low += size
        size *= 2
    if low >= limit:
        return limit
    high = min(low + size, limit + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle <= limit and one[i + low : i + middle] == other[j + low : j + middle]:
            low = middle
        else:
            high = middle
    return low


def _next_anchor(one: str, other: str, i: int, j: int) -> tuple[int, int]:
    """How far to go on either side until both agree again."""
    rest, other_rest = len(one) - i, len(other) - j
    for size in _ANCHORS:
        for di, dj in _STEPS:
            if di > rest or dj > other_rest:
                continue
            key = one[i + di : i + di + size]
            if other.startswith(key, j + dj) and (len(key) == size or rest - di == other_rest - dj == len(key)):
                return di, dj
    return rest, other_rest


class _Words:
    """Finds the words behind gaps by asking OpenCC; what it said once, it is not asked again."""

    def __init__(self, source: str, target: str, convert: Callable[[str], str]) -> None:
        self._source = source
        self._target = target
        self._convert = cache(convert)

    def of(self, gaps: list[Stretch], start: int, end: int) -> list[Stretch]:
        """Return the words of a line `start:end` that have another length in the target."""
        uneven = [gap for gap in gaps if gap.end - gap.start != gap.after_end - gap.after_start]
        found: list[Stretch] = []
        for index, gap in enumerate(uneven):
            low = found[-1].end if found else start
            high = uneven[index + 1].start if index + 1 < len(uneven) else end
            found += self._split(self._widened(gap, low, high))
        return found

    def _widened(self, gap: Stretch, low: int, high: int) -> Stretch:
        """The smallest stretch around the gap that OpenCC alone converts so; the gap itself where none does."""
        left, right = gap.start - low, high - gap.end
        for total in range(min(_MARGIN, left + right) + 1):
            for before in range(min(total, left), max(0, total - right) - 1, -1):
                wider = Stretch(
                    gap.start - before,
                    gap.end + total - before,
                    gap.after_start - before,
                    gap.after_end + total - before,
                )
                if wider.start < wider.end and self._gives(wider):
                    return wider
        return gap

    def _gives(self, stretch: Stretch) -> bool:
        start, end, after_start, after_end = stretch
        return self._convert(self._source[start:end]) == self._target[after_start:after_end]

    def _split(self, stretch: Stretch) -> Iterator[Stretch]:
        """Split where OpenCC gives the same for both parts apart; yield the parts that have another length."""
        start, end, after_start, after_end = stretch
        if 1 < end - start <= _REACH and self._gives(stretch):
            for cut in range(start + 1, end):
                head = self._convert(self._source[start:cut])
                middle = after_start + len(head)
                first, rest = Stretch(start, cut, after_start, middle), Stretch(cut, end, middle, after_end)
                if self._gives(first) and self._gives(rest):
                    yield from self._split(first)
                    yield from self._split(rest)
                    return
        if end - start != after_end - after_start:
            yield stretch
