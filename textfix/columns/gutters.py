"""Gutters: where blanks part every line of a region in two, at one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from textfix.patterns import pattern

__all__ = ["Half", "Region", "regions"]

_GAP = pattern(r"(?<=\S) {2,}(?=\S)")
# So many lines have text on both sides of a gutter, at least; once there is one, so many of each further region.
LEAST = 8
_MORE = 3
# How many columns a line may be pushed to the right where its left half is longer than the column.
_PUSHED = 12
# How many gutters are tried on a page.
_TRIED = 4


class Half(NamedTuple):
    """A line of a page, parted at a gutter: where it starts and ends, and where its right half starts."""

    start: int
    end: int
    #: Where the left half ends; `start` where there is none.
    left: int
    #: Where the right half starts; `end` where there is none.
    right: int
    #: How far the right half is indented in its column.
    indent: int


class Region(NamedTuple):
    """Lines that stand side by side: which ones, and their halves."""

    first: int
    rows: tuple[Half, ...]


def regions(lines: Sequence[tuple[int, str]]) -> list[Region]:
    """Return the regions of the likeliest gutter of lines, in order; none where no gutter parts enough of them.

    A line is given as where it starts and what it says, without blanks at its end.
    """
    votes = Counter(match.end() for _, line in lines if "  " in line for match in _GAP.finditer(line))
    best: list[Region] = []
    for gutter, count in votes.most_common(_TRIED):
        if count < LEAST // 2:
            break
        found = _regions(lines, gutter)
        if _sides(found) > _sides(best):
            best = found
    return best if max((_both(region.rows) for region in best), default=0) >= LEAST else []


def _sides(found: Sequence[Region]) -> int:
    return sum(_both(region.rows) for region in found)


def _both(rows: Sequence[Half]) -> int:
    return sum(row.start < row.left and row.right < row.end for row in rows)


def _regions(lines: Sequence[tuple[int, str]], gutter: int) -> list[Region]:
    out: list[Region] = []
    rows: list[Half] = []
    for at, (start, line) in enumerate([*lines, (0, "|" * (gutter + 2))]):
        row = _parted(start, line, gutter)
        if row is not None:
            rows.append(row)
            continue
        low, high = _trimmed(rows)
        if _both(rows[low:high]) >= _MORE:
            out.append(Region(at - len(rows) + low, tuple(rows[low:high])))
        rows = []
    return out


def _parted(start: int, line: str, gutter: int) -> Half | None:
    """Part a line at a gutter; None where text stands in it."""
    end = start + len(line)
    if "\t" in line:
        return None
    if len(line) <= gutter - 2:
        return Half(start, end, end, end, 0)
    if line[gutter - 2 : gutter].isspace():
        left = len(line[:gutter].rstrip())
        indent = len(line) - gutter - len(line[gutter:].lstrip())
        return Half(start, end, start + left, start + gutter + indent, indent)
    # Where the left half is longer than its column, the right one is pushed away.
    gaps = [match.span() for match in _GAP.finditer(line, max(0, gutter - 1))]
    if len(gaps) == 1 and gutter < gaps[0][1] <= gutter + _PUSHED and len(line) - gaps[0][1] >= 2:
        return Half(start, end, start + gaps[0][0], start + gaps[0][1], 0)
    return None


def _trimmed(rows: list[Half]) -> tuple[int, int]:
    """Leave out, at both ends, what stands apart from the lines with text on both sides: heads, feet, titles."""
    both = [at for at, row in enumerate(rows) if row.start < row.left and row.right < row.end]
    if not both:
        return 0, 0
    blank = _usual_gap(rows[both[0] : both[-1] + 1])
    first, last = both[0], both[-1] + 1
    at, gap = first - 1, 0
    while at >= 0 and gap <= blank:
        gap = gap + 1 if rows[at].start == rows[at].end else 0
        if not gap:
            first = at
        at -= 1
    at, gap = last, 0
    while at < len(rows) and gap <= blank:
        gap = gap + 1 if rows[at].start == rows[at].end else 0
        if not gap:
            last = at + 1
        at += 1
    return first, last


def _usual_gap(rows: list[Half]) -> int:
    """How many blank lines stand between most lines."""
    gaps: list[int] = []
    gap = 0
    for row in rows:
        if row.start == row.end:
            gap += 1
        else:
            gaps.append(gap)
            gap = 0
    return sorted(gaps)[len(gaps) // 2]
