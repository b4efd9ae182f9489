"""Hard-wrapped plain text, as e-text archives, mail and manual readers write it: no PDF, the dump is the file."""

from __future__ import annotations

import dataclasses
import pathlib
import random
import unicodedata
from collections.abc import Sequence

from ..model import LINED, Block
from .breaking import Style, break_lines


@dataclasses.dataclass
class Sheet:
    """``cells`` is the measure in display cells; ``blank`` the blank lines between blocks and after every line."""

    cells: int = 70
    indent: str = "　　"
    hang: str = ""
    blank: int = 1
    double: bool = False
    newline: str = "\n"
    style: Style = dataclasses.field(default_factory=lambda: Style(kinsoku="none"))
    lines: int = 0
    running: str = ""
    number: str = ""


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Write the wrapped text; with ``lines`` it is cut into pages by form feeds, with furniture on each."""
    out: list[str] = []
    for block in blocks:
        out += _lines(block, sheet)
        out += [""] * (1 if block.kind == "heading" else sheet.blank)
    if sheet.double:
        out = [x for line in out for x in (line, "")]
    if not sheet.lines:
        path.write_bytes(sheet.newline.join(out).encode("utf-8"))
        return [[]]
    pages, furniture = [], []
    for number, start in enumerate(range(0, len(out), sheet.lines), 1):
        strings = [s for s in (sheet.running, sheet.number.format(n=number)) if s]
        head = [sheet.running, ""] if sheet.running else []
        foot = ["", " " * (sheet.cells // 2 - 3) + sheet.number.format(n=number)] if sheet.number else []
        pages.append(sheet.newline.join(head + out[start : start + sheet.lines] + foot))
        furniture.append(strings)
    path.write_bytes((sheet.newline + "\f").join(pages).encode("utf-8"))
    return furniture


def _cells(ch: str) -> float:
    return 2 if unicodedata.east_asian_width(ch) in "WFA" else 1


def _lines(block: Block, sheet: Sheet) -> list[str]:
    if block.kind == "table":
        rows = [row.split("\t") for row in block.text.split("\n")]
        widths = [
            max((sum(map(_cells, r[i])) for r in rows if i < len(r)), default=0) for i in range(max(map(len, rows)))
        ]
        return ["  ".join(c + " " * int(w - sum(map(_cells, c))) for c, w in zip(row, widths)).rstrip() for row in rows]
    if block.kind in LINED:
        return ["    " + line if block.kind == "code" else line for line in block.text.split("\n")]
    first = sheet.indent if block.kind == "paragraph" else ""
    room = sheet.cells - sum(map(_cells, first))
    rest = sheet.cells - sum(map(_cells, sheet.hang))
    lines = break_lines(block.text, room, rest, sheet.style, _cells, 2)
    return [(first if i == 0 else sheet.hang) + line for i, line in enumerate(lines)]
