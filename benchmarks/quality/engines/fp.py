"""fpdf2: what scripts print cell by cell. Its lines end at blanks alone, or at any character, without kinsoku."""

from __future__ import annotations

import dataclasses
import logging
import pathlib
import random
from collections.abc import Sequence
from typing import Any

from ..fonts import FACES, FALLBACK
from ..model import Block
from .wp import Sheet, furniture_of

__all__ = ["Sheet", "build", "prepare"]


def prepare(blocks: list[Block], sheet: Sheet, rng: random.Random) -> list[Block]:
    """Heads are drawn anew as a whole; in columns, which flow, once."""
    copies = {"copies": 1, "mode": ""} if sheet.columns > 1 else {"mode": "block"}
    return [dataclasses.replace(b, **copies) if b.copies > 1 else b for b in blocks]


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    for name in ("fpdf", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    sheet.number = sheet.number.replace("{total}", "")
    page = _page(sheet)
    wrap = "WORD" if sheet.lang == "en" else rng.choice(("CHAR", "WORD"))
    blank = (
        "" if rng.random() < 0.5 or not sheet.indent else "    " if sheet.lang == "en" else "\u3000" * int(sheet.indent)
    )
    (_columns if sheet.columns > 1 else _flow)(page, blocks, sheet, wrap, blank)
    page.output(str(path))
    return furniture_of(sheet, path)


def _page(sheet: Sheet) -> Any:
    import fpdf

    class Page(fpdf.FPDF):  # type: ignore[misc]
        def header(self) -> None:
            self.set_font(sheet.face, size=sheet.size * 0.85)
            self.set_y(sheet.margin / 2)
            n = self.page_no()
            if sheet.running:
                self.cell(0, 12, sheet.running[n % len(sheet.running)])
            if sheet.number and sheet.number_at == "head":
                self.set_x(sheet.margin)
                self.cell(0, 12, sheet.number.format(n=n), align="R")
            self.set_y(sheet.margin)

        def footer(self) -> None:
            if sheet.number and sheet.number_at != "head":
                self.set_y(-sheet.margin / 2)
                self.set_font(sheet.face, size=sheet.size * 0.85)
                self.cell(0, 12, sheet.number.format(n=self.page_no()), align="C")

    page = Page(unit="pt", format=(sheet.width + 2 * sheet.margin, sheet.height + 2 * sheet.margin))
    page.set_margins(sheet.margin, sheet.margin, sheet.margin)
    page.set_auto_page_break(True, sheet.margin)
    page.c_margin = 0
    for key in dict.fromkeys((sheet.face, sheet.head_face, *FALLBACK[sheet.lang])):
        page.add_font(key, fname=str(FACES[key].path))
    page.set_fallback_fonts(list(FALLBACK[sheet.lang]))
    page.add_page()
    return page


def _flow(page: Any, blocks: Sequence[Block], sheet: Sheet, wrap: str, blank: str) -> None:
    """One column, a cell of several lines for each block."""
    high, small = sheet.size * sheet.leading, sheet.size * 0.6

    def cell(text: str, align: str = "L", factor: float = 1.0) -> None:
        page.multi_cell(0, high * factor, text, align=align, wrapmode=wrap, new_x="LMARGIN", new_y="NEXT")

    for block in blocks:
        page.set_font(sheet.face, size=sheet.size)
        if block.kind == "heading":
            page.ln(sheet.size)
            page.set_font(sheet.head_face, size=sheet.size * sheet.grow)
            if page.will_page_break(2 * high * sheet.grow):
                page.add_page()
                page.set_font(sheet.head_face, size=sheet.size * sheet.grow)
            top = page.get_y()
            for copy in range(block.copies):
                page.set_xy(sheet.margin + 0.3 * copy, top)
                cell(block.text, "C" if sheet.centred else "L", sheet.grow)
            page.ln(small)
        elif block.kind == "byline":
            cell(block.text, "C")
        elif block.kind == "table":
            page.set_x(sheet.margin)
            borders = "ALL" if sheet.ruled else "NONE"
            with page.table(
                first_row_as_headings=False,
                text_align="LEFT",
                line_height=high,
                borders_layout=borders,
                width=sheet.width,
            ) as table:
                for line in block.text.split("\n"):
                    row = table.row()
                    for text in line.split("\t"):
                        row.cell(text)
            page.ln(small)
        elif block.kind in ("verse", "code"):
            page.ln(small)
            page.set_font(sheet.face, size=sheet.size * (0.8 if block.kind == "code" else 1))
            for line in block.text.split("\n"):
                page.set_x(sheet.margin + (2 * sheet.size if block.kind == "verse" else 0))
                cell(line)
            page.ln(small)
        else:
            if block.kind == "item":
                page.set_x(sheet.margin + 1.5 * sheet.size)
            cell((blank if block.kind == "paragraph" else "") + block.text, "J" if sheet.justify else "L")
            page.ln(sheet.skip * sheet.size)


def _columns(page: Any, blocks: Sequence[Block], sheet: Sheet, wrap: str, blank: str) -> None:
    """Columns of flowing text."""
    em = sheet.size
    columns = page.text_columns(
        ncols=sheet.columns,
        gutter=1.8 * em,
        line_height=sheet.leading,
        text_align="J" if sheet.justify else "L",
        wrapmode=wrap,
        skip_leading_spaces=not blank,
    )

    def paragraph(text: str, **options: Any) -> None:
        with columns.paragraph(**options) as lines:
            lines.write(text)

    with columns:
        for block in blocks:
            page.set_font(sheet.face, size=em)
            if block.kind == "heading":
                page.set_font(sheet.head_face, size=em * sheet.grow)
                align = "C" if sheet.centred else "L"
                paragraph(block.text, text_align=align, top_margin=em, bottom_margin=0.6 * em)
            elif block.kind == "byline":
                paragraph(block.text, text_align="C")
            elif block.kind in ("verse", "code", "table"):
                for line in block.text.split("\n"):
                    paragraph(line.replace("\t", "    "), text_align="L", indent=1.5 * em)
            elif block.kind == "item":
                paragraph(block.text, indent=1.5 * em, bottom_margin=sheet.skip * em)
            else:
                own = 0 if blank else sheet.indent * em
                paragraph(blank + block.text, first_line_indent=own, bottom_margin=sheet.skip * em)
