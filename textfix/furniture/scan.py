"""Lines that are nothing but a page number, found for a whole text in one scan."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from textfix.document import Document
from textfix.furniture.numbers import LINE, Number, whole

__all__ = ["Row", "numbered"]


class Row(NamedTuple):
    """Such a line: where it stands, what it holds and how it reads."""

    start: int
    end: int
    text: str
    number: Number


def numbered(document: Document, start: int, end: int, *, certain: bool = False) -> list[Row]:
    """Return those of a page, but for its first line; on demand, only what nothing but a page number looks like."""
    rows, starts = document.view(_certain if certain else _all)
    return rows[bisect_right(starts, start) : bisect_right(starts, end)]


def _all(document: Document) -> tuple[list[Row], list[int]]:
    text = document.text
    rows = []
    for match in LINE.finditer(text):
        line = match[0][1:]
        if number := whole(line):
            rows.append(Row(match.start() + 1, match.end(), line, number))
    return rows, [row.start for row in rows]


def _certain(document: Document) -> tuple[list[Row], list[int]]:
    rows = [row for row in document.view(_all)[0] if row.number.certain]
    return rows, [row.start for row in rows]
