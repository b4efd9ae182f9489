"""Takes side-by-side columns apart, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from textfix.columns.gutters import Half, regions
from textfix.columns.prose import Verdict, judge
from textfix.patterns import pattern

__all__ = ["Doubtful", "Page", "find", "may_have_columns"]

_GAP = pattern(r"\S {2,}\S")
_FAR = pattern(" {3,}")
_PAGE = pattern(r"[^\f]+")
_LEAST = 8


class Page(NamedTuple):
    """What a page becomes: the pieces of lines that go, and the lines that come instead, with where."""

    pieces: list[tuple[int, int]]
    lines: list[tuple[int, str]]


class Doubtful(NamedTuple):
    """Lines that may be columns or a table."""

    start: int
    end: int
    evidence: str


class _Line(NamedTuple):
    """A line as it is read: its bounds in the text, its line on the page, and whether it moves."""

    start: int
    end: int
    row: int
    moves: bool


def may_have_columns(text: str) -> bool:
    """Say, at the cost of a scan, whether enough lines have a gap inside."""
    if text.count("  ") < _LEAST:
        return False
    return sum(1 for _ in islice(_GAP.finditer(text), _LEAST)) == _LEAST


def find(text: str) -> Iterator[Page | Doubtful]:
    """Yield what becomes of each page with columns, and what may be columns or not."""
    for match in _PAGE.finditer(text):
        if may_have_columns(match[0]):
            yield from _of_page(text, match.start(), match[0])


def _of_page(text: str, start: int, page: str) -> Iterator[Page | Doubtful]:
    rows = []
    for number, line in enumerate(page.split("\n")):
        rows.append(_Line(start, start + len(line), number, False))
        start += len(line) + 1
    doubts: list[Doubtful] = []
    read = _in_order(text, rows, doubts)
    yield from doubts
    if any(line.moves for line in read):
        yield Page(_pieces(text, rows, read), list(_moved(text, rows, read)))


def _in_order(text: str, lines: list[_Line], doubts: list[Doubtful]) -> list[_Line]:
    """Return lines in the order in which they are read: columns one after the other, and each parted again."""
    found = regions([(line.start, text[line.start : line.end].rstrip()) for line in lines])
    if not found:
        return lines
    verdict, evidence = _judged(text, [row for region in found for row in region.rows])
    if verdict == Verdict.DOUBT:
        doubts.append(Doubtful(found[0].rows[0].start, found[-1].rows[-1].end, evidence))
    if verdict != Verdict.PROSE:
        return lines
    out: list[_Line] = []
    at = 0
    for region in found:
        out += lines[at : region.first]
        at = region.first + len(region.rows)
        left, right = [], []
        for row, line in zip(region.rows, lines[region.first : at]):
            blank = row.start == row.end
            if blank or row.start < row.left:
                left.append(_Line(row.start, row.left, line.row, line.moves))
            if blank or row.right < row.end:
                right.append(_Line(row.right - row.indent, row.end, line.row, True))
        out += _in_order(text, left, doubts)
        out += _in_order(text, _within(right), doubts)
    return out + lines[at:]


def _judged(text: str, rows: Sequence[Half]) -> tuple[int, str]:
    left, right, together = [], [], []
    for row in rows:
        if row.start < row.end:
            left.append(text[row.start : row.left])
            right.append(text[row.right : row.end])
            together.append(False)
        elif together:
            together[-1] = True
    verdict = judge(left, right, together)
    if verdict[0] == Verdict.PROSE:
        return verdict
    # There may be more columns on either side; then those beside the gutter are the ones to look at.
    nearest = [_FAR.split(half.rstrip())[-1] for half in left], [_FAR.split(half.lstrip())[0] for half in right]
    return max(verdict, judge(*nearest, together)) if nearest != (left, right) else verdict


def _within(lines: list[_Line]) -> list[_Line]:
    """Leave out blank lines at both ends."""
    seen = [at for at, line in enumerate(lines) if line.start < line.end]
    return lines[seen[0] : seen[-1] + 1] if seen else []


def _pieces(text: str, rows: list[_Line], read: list[_Line]) -> list[tuple[int, int]]:
    """What goes from each line of the page, with the blanks before it; a line of which nothing stays goes whole."""
    stays = {line.row: line.end for line in read if not line.moves}
    out = []
    moved = sorted(line for line in read if line.moves and line.start < line.end)
    for at, line in enumerate(moved):
        row = rows[line.row]
        previous = moved[at - 1] if at else None
        start = previous.end if previous and previous.row == line.row else stays.get(line.row, row.start)
        last = at + 1 == len(moved) or moved[at + 1].row != line.row
        end = line.end
        if last:
            whole = line.row not in stays and line.row + 1 < len(rows)
            end = rows[line.row + 1].start if whole else row.end
        out.append((start, end))
    return out


def _moved(text: str, rows: list[_Line], read: list[_Line]) -> Iterator[tuple[int, str]]:
    """The lines that come, behind the line that stays before them."""
    at = 0
    while at < len(read):
        stop = at
        while stop < len(read) and read[stop].moves:
            stop += 1
        if stop > at:
            lines = "\n".join(text[line.start : line.end] for line in read[at:stop])
            yield (rows[read[at - 1].row].end, "\n" + lines) if at else (rows[0].start, lines + "\n")
        at = stop + 1
