"""ReportLab: every run is placed by hand, so that faux bold, squeezed marks and object order are under control."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import pathlib
import random
import re
from collections.abc import Sequence
from typing import Any

from ..fonts import FACES, FALLBACK, coverage
from ..model import LINED, Block
from .breaking import OPENING, SQUEEZED, Style, break_lines
from .pieces import RUNS


@dataclasses.dataclass
class Page:
    """The look of a page. Lengths in points; ``measure`` is the column's width in ems."""

    face: str
    head_face: str
    lang: str
    measure: int = 16
    columns: int = 4
    lines: int = 46
    size: float = 9.5
    leading: float = 1.35
    gutter: float = 1.6
    style: Style = dataclasses.field(default_factory=lambda: Style())
    #: ``glyph`` (two ideographic spaces in the text), ``geometry`` or ``none``.
    indent: str = "glyph"
    justify: bool = True
    skip: float = 0.0
    #: Headings: centred, and drawn larger by this factor.
    centred: bool = True
    grow: float = 1.25
    #: The main head stands above all columns.
    banner: bool = True
    #: Objects: ``read`` (in reading order), ``shuffled`` (columns and boxes in any order), ``heads-last``.
    order: str = "read"
    running: Sequence[str] = ()
    number: str = ""
    number_at: str = "foot"
    #: Heads of few characters are letter-spaced: "" or ``glyph`` or ``space``.
    letterspace: str = ""
    vertical_heads: bool = False
    #: Share of the sub-heads that are collected in a box in the middle of the page.
    first_page: int = 1


@dataclasses.dataclass
class _Box:
    """A rectangle of the page with its drawing operations: (x, baseline, face, size, char space, text)."""

    rank: int
    ops: list[tuple[float, float, str, float, float, str]] = dataclasses.field(default_factory=list)


def build(blocks: Sequence[Block], page: Page, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    from reportlab.pdfgen import canvas

    setter = _Setter(page, rng)
    for block in blocks:
        setter.add(block)
    width, height = setter.paper
    pdf = canvas.Canvas(str(path), pagesize=(width, height), invariant=1)
    furniture = []
    for number, boxes in enumerate(setter.pages, page.first_page):
        strings, frame = setter.furniture(number)
        furniture.append(strings)
        order = sorted(boxes, key=lambda b: b.rank)
        if page.order == "shuffled":
            rng.shuffle(order)
        elif page.order == "heads-last":
            order.sort(key=lambda b: b.rank < 0)
        for box in [frame, *order] if number % 2 or page.order == "read" else [*order, frame]:
            _draw(pdf, box)
        pdf.showPage()
    pdf.save()
    return furniture


class _Setter:
    """Flows blocks down the columns of as many pages as they need."""

    def __init__(self, page: Page, rng: random.Random) -> None:
        self.page, self.rng = page, rng
        self.column = page.measure * page.size
        self.step = page.size * page.leading
        self.gap = page.gutter * page.size
        self.margin = 4 * page.size
        self.top = self.margin + (3.2 * self.step)
        self.paper = (
            2 * self.margin + page.columns * self.column + (page.columns - 1) * self.gap,
            self.top + page.lines * self.step + 3 * self.step + self.margin,
        )
        self.pages: list[list[_Box]] = []
        self.first = True
        self._new_page(0.0)

    # -- flow

    def _new_page(self, banner: float) -> None:
        self.pages.append([])
        self.banner = banner
        self.at = -1
        self._new_column()

    def _new_column(self) -> None:
        self.at += 1
        if self.at >= self.page.columns:
            self._new_page(0.0)
            return
        self.left = self.page.lines - self.banner
        self.box = _Box(self.at)
        self.pages[-1].append(self.box)

    def _origin(self, lines: float) -> tuple[float, float]:
        """Take ``lines`` from the column; the left end of the new baseline."""
        if self.left < lines - 1e-6:
            self._new_column()
        self.left -= lines
        x = self.margin + self.at * (self.column + self.gap)
        y = self.paper[1] - self.top - (self.page.lines - self.left) * self.step
        return x, y

    def add(self, block: Block) -> None:
        page = self.page
        if block.kind == "heading":
            if page.banner and self.first and self.at == 0 and self.left == page.lines:
                self._banner(block)
            elif page.vertical_heads and 3 <= len(block.text) <= 10 and not re.search(r"[A-Za-z0-9 ]", block.text):
                self._vertical(block)
            else:
                self._head(block)
            self.first = False
            return
        if block.kind == "byline":
            x, y = self._origin(1)
            text = block.text
            wide = self._wide(text, page.size)
            if wide > self.column:
                self._para(block)
            else:
                self._line(text, x + max(0, (self.column - wide) / 2), y, page.face, page.size)
            return
        if block.kind == "table":
            self._table(block)
        elif block.kind in LINED:
            for line in block.text.split("\n"):
                x, y = self._origin(1)
                pad = (len(line) - len(line.lstrip(" "))) * page.size / 2
                off = (
                    0.0
                    if block.kind == "code"
                    else (self.column - self._wide(line, page.size)) / 2
                    if page.centred
                    else 2 * page.size
                )
                self._line(line.strip(), x + pad + max(off, 0), y, page.face, page.size)
        else:
            self._para(block)
        self.left -= page.skip

    # -- pieces

    def _para(self, block: Block) -> None:
        page, em = self.page, self.page.size
        indented = page.indent != "none" and block.kind != "footnote" and page.lang != "en"
        first = self.column - (2 * em if indented else 0)
        lines = break_lines(block.text, first, self.column, page.style, lambda c: self._wide(c, em), em)
        bold = re.match(r".{2,24}?[，。：；、]", block.text).end() - 1 if block.copies > 1 else 0  # type: ignore[union-attr]
        for i, line in enumerate(lines):
            x, y = self._origin(1)
            measure = self.column
            if i == 0 and indented:
                if page.indent == "glyph":
                    line = "\u3000\u3000" + line
                else:
                    x, measure = x + 2 * em, first
            stretch = page.justify and i < len(lines) - 1
            if bold > 0:  # the lead-in is faux bold: drawn again and again, the rest of the line once
                lead = line[: bold + (len(line) - len(line.lstrip("\u3000")))]
                bold -= len(lead.lstrip("\u3000"))
                pieces = RUNS.findall(lead)
                self._overlay(pieces, x, y, page.face, em, block)
                self._line(line[len(lead) :], x + self._wide(lead, em), y, page.face, em)
            else:
                self._line(line, x, y, page.face, em, measure if stretch else None)

    def _head(self, block: Block) -> None:
        page = self.page
        size = page.size * page.grow
        text = block.text
        if page.letterspace and len(text) <= 6 and re.fullmatch(r"[\u4e00-\u9fff]+", text):
            text = ("\u3000" if page.letterspace == "glyph" else " ").join(text)
        lines = break_lines(text, self.column, self.column, Style("full", "push"), lambda c: self._wide(c, size), size)
        deep = page.grow + 0.25
        if self.left < deep * len(lines) + 1:
            self._new_column()
        placed = []
        for line in lines:
            x, y = self._origin(deep)
            if page.centred:
                x += max(0, (self.column - self._wide(line, size)) / 2)
            placed.append((x, y + 0.2 * self.step))
        self._heads(block, lines, placed, size)
        self.left -= page.skip

    def _heads(self, block: Block, lines: list[str], placed: list[tuple[float, float]], size: float) -> None:
        """Draw the lines of a head: every piece several times, or the whole block again and again."""
        if block.mode == "block":
            for k in range(block.copies):
                for line, (x, y) in zip(lines, placed):
                    self._line(line, x + 0.03 * size * k, y, self.page.head_face, size)
            return
        for copies, (x, y) in zip(_overlaid(block, lines), placed):
            self._overlay(copies, x, y, self.page.head_face, size, block)

    def _banner(self, block: Block) -> None:
        page = self.page
        size = page.size * (page.grow + 0.9)
        width = self.paper[0] - 2 * self.margin
        lines = break_lines(block.text, width, width, Style("full", "push"), lambda c: self._wide(c, size), size)
        deep = (page.grow + 0.9) * 1.25
        box = _Box(-1)
        self.pages[-1].insert(0, box)
        keep, self.box = self.box, box
        placed = [
            (
                self.margin + max(0, (width - self._wide(line, size)) / 2),
                self.paper[1] - self.top - i * deep * self.step,
            )
            for i, line in enumerate(lines, 1)
        ]
        self._heads(block, lines, placed, size)
        self.box = keep
        self.banner = deep * len(lines) + 1
        self.left -= self.banner

    def _vertical(self, block: Block) -> None:
        for ch in block.text:
            x, y = self._origin(1.2)
            for _ in range(block.copies):
                self._line(ch, x + self.column / 2, y, self.page.head_face, self.page.size * self.page.grow)

    def _table(self, block: Block) -> None:
        rows = [row.split("\t") for row in block.text.split("\n")]
        count = max(map(len, rows))
        width = self.column / count
        for row in rows:
            x, y = self._origin(1.1)
            for i, cell in enumerate(row):
                if cell:
                    self._line(
                        cell, x + i * width, y, self.page.face, min(self.page.size, width / (len(cell) + 1) * 1.2)
                    )

    # -- runs

    def _wide(self, text: str, size: float) -> float:
        return sum(_advance(self._face(ch, self.page.face), ch) for ch in text) * size

    def _face(self, ch: str, main: str) -> str:
        return _face_for(ch, main, self.page.lang)

    def _line(self, text: str, x: float, y: float, face: str, size: float, measure: float | None = None) -> None:
        """Draw one line; marks that the style squeezes begin a new run half an em early."""
        style = self.page.style
        extra = 0.0
        if measure is not None and len(text) > 1:
            natural = sum(style.width(c, self._wide(c, size)) for c in text)
            extra = (measure - natural) / (len(text) - 1)
            if abs(extra) > 0.5 * size:
                extra = 0.0
        run, at, pen = "", x, x
        run_face = ""
        for ch in text:
            used = self._face(ch, face)
            advance = _advance(used, ch) * size
            squeezed = style.width(ch, advance) < advance
            opening = squeezed and ch in OPENING
            if run and (used != run_face or opening):
                self.box.ops.append((at, y, run_face, size, extra, run))
                run = ""
            if not run:
                at, run_face = pen - (advance / 2 if opening else 0), used
            run += ch
            pen += style.width(ch, advance) + extra
            if squeezed and not opening and ch in SQUEEZED:
                self.box.ops.append((at, y, run_face, size, extra, run))
                run = ""
        if run:
            self.box.ops.append((at, y, run_face, size, extra, run))

    def _overlay(self, copies: list[str], x: float, y: float, face: str, size: float, block: Block) -> None:
        """Draw the pieces of a line, each as often as the block says, a hair's breadth apart."""
        shift = 0.03 * size
        for piece in copies:
            for k in range(block.copies):
                self._line(piece, x + k * shift, y, face, size)
            x += self._wide(piece, size)

    # -- furniture

    def furniture(self, number: int) -> tuple[list[str], _Box]:
        page = self.page
        strings, box = [], _Box(-2)
        keep, self.box = self.box, box
        right = self.paper[0] - self.margin
        head_y = self.paper[1] - self.margin
        foot_y = self.margin
        label = (
            page.number.format(n=number, zh=_han(number), total=page.first_page + len(self.pages) - 1)
            if page.number
            else ""
        )
        if page.running:
            text = page.running[number % len(page.running)]
            strings.append(text)
            x = self.margin if number % 2 == 0 else right - self._wide(text, page.size)
            self._line(text, x, head_y, page.face, page.size)
        if label:
            strings.append(label)
            wide = self._wide(label, page.size)
            if page.number_at == "foot":
                self._line(label, (self.paper[0] - wide) / 2, foot_y, page.face, page.size)
            else:
                self._line(label, right - wide if number % 2 == 0 else self.margin, head_y, page.face, page.size)
        self.box = keep
        return strings, box


def _overlaid(block: Block, lines: list[str]) -> list[list[str]]:
    """The pieces of each line that are drawn several times one after the other."""
    if block.copies < 2 or block.mode in ("line", ""):
        return [[line] for line in lines]
    if block.mode == "char":
        return [list(line) for line in lines]
    if block.mode == "phrase":
        return [[p for p in re.split(r"(?<=[，。、；：！？ ])", line) if p] for line in lines]
    return [RUNS.findall(line) for line in lines]


def _han(number: int) -> str:
    digits = "〇一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens] if tens < 10 else _han(tens)) + "十" + (digits[ones] if ones else "")


@functools.cache
def _face_for(ch: str, main: str, lang: str) -> str:
    for key in itertools.chain((main,), FALLBACK[lang]):
        if ord(ch) in coverage(key):
            return key
    return main


@functools.cache
def _font(key: str) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    face = FACES[key]
    font = TTFont(key, str(face.path), subfontIndex=face.index)
    pdfmetrics.registerFont(font)
    return font


@functools.cache
def _advance(key: str, ch: str) -> float:
    return float(_font(key).stringWidth(ch, 1.0))


def _draw(pdf: Any, box: _Box) -> None:
    text = pdf.beginText()
    for x, y, face, size, extra, run in box.ops:
        _font(face)
        text.setFont(face, size)
        text.setCharSpace(extra)
        text.setTextOrigin(x, y)
        text.textOut(run)
    pdf.drawText(text)
