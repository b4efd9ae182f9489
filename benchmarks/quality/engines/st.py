"""PyMuPDF's Story: HTML flowed into the columns of a page by MuPDF's own layout, as Python services print it.

No layout of training or development uses this engine, and none ever may: what it shows in the test split is how well
textfix does on pages of a program that nothing was learned from or mended for. Look at its totals, not at its errors.
"""

from __future__ import annotations

import html
import pathlib
import random
from collections.abc import Sequence
from typing import Any

from ..fonts import FACES, FALLBACK
from ..model import Block, share
from .wp import Sheet, block_of, furniture_of

__all__ = ["Sheet", "build"]

#: Between columns, in ems.
_GUTTER = 1.8


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    import pymupdf

    sheet.number = sheet.number.replace("{total}", "")
    whole = path.with_suffix(".whole.pdf")
    while not _flowed(blocks, sheet, whole):
        sheet.height -= sheet.size
    with pymupdf.open(whole) as pdf:
        pdf.subset_fonts()
        pdf.ez_save(str(path))
    whole.unlink()
    return furniture_of(sheet, path)


def _flowed(blocks: Sequence[Block], sheet: Sheet, path: pathlib.Path) -> bool:
    """Set all pages; says whether they hold everything: at times Story sets a column that runs on below its page."""
    import pymupdf

    fonts = pymupdf.Archive(str(share("fonts")))
    css = _style(sheet)
    body = "".join(block_of(i, blocks, sheet) for i in range(len(blocks)))
    story = pymupdf.Story(f"<html lang={sheet.lang}><body>{body}</body></html>", css, archive=fonts)
    gutter = _GUTTER * sheet.size
    wide = (sheet.width - (sheet.columns - 1) * gutter) / sheet.columns
    page = pymupdf.Rect(0, 0, sheet.width + 2 * sheet.margin, sheet.height + 2 * sheet.margin)
    half, right, low = sheet.margin / 2, sheet.margin + sheet.width, sheet.margin + sheet.height
    head = pymupdf.Rect(sheet.margin, half, right, sheet.margin)
    foot = pymupdf.Rect(sheet.margin, low, right, low + half)

    def draw(device: Any, kind: str, text: str, at: Any) -> None:
        line = pymupdf.Story(f"<p class={kind}>{html.escape(text)}</p>", css, archive=fonts)
        line.place(at)
        line.draw(device)

    writer = pymupdf.DocumentWriter(str(path))
    n, more, held = 0, 1, True
    while more and held:
        n += 1
        device = writer.begin_page(page)
        if sheet.running:
            draw(device, "running", sheet.running[n % len(sheet.running)], head)
        for column in range(sheet.columns):
            left = sheet.margin + column * (wide + gutter)
            more, filled = story.place(pymupdf.Rect(left, sheet.margin, left + wide, low))
            held = held and filled[3] < low + half
            story.draw(device)
            if not more:
                break
        if sheet.number:
            at_head = sheet.number_at == "head"
            draw(device, "outer" if at_head else "middle", sheet.number.format(n=n), head if at_head else foot)
        writer.end_page()
    writer.close()
    return held


def _style(sheet: Sheet) -> str:
    keys = dict.fromkeys((sheet.face, sheet.head_face, *FALLBACK[sheet.lang]))
    faces = "".join(f"@font-face {{ font-family:'{key}'; src:url({FACES[key].file}) }}" for key in keys)
    fallback = ",".join(f"'{key}'" for key in FALLBACK[sheet.lang])
    small = f"margin:0; text-indent:0; font-size:{sheet.size * 0.85}pt"
    return f"""{faces}
body {{ font-family:'{sheet.face}',{fallback}; font-size:{sheet.size}pt; line-height:{sheet.leading}; margin:0 }}
p {{ margin:0 0 {sheet.skip * sheet.size}pt 0; text-indent:{sheet.indent * sheet.size}pt;
  text-align:{"justify" if sheet.justify else "left"} }}
p.item {{ margin-left:{1.5 * sheet.size}pt; text-indent:{-1.5 * sheet.size}pt }}
p.byline {{ text-align:center; text-indent:0 }}
p.verse {{ text-align:left; text-indent:0; margin:{0.6 * sheet.size}pt 0 {0.6 * sheet.size}pt {2 * sheet.size}pt }}
p.running {{ {small}; text-align:left }}
p.outer {{ {small}; text-align:right }}
p.middle {{ {small}; text-align:center }}
h2 {{ font-family:'{sheet.head_face}',{fallback}; font-size:{sheet.size * sheet.grow}pt; font-weight:normal;
  text-align:{"center" if sheet.centred else "left"}; margin:{sheet.size}pt 0 {0.6 * sheet.size}pt 0 }}
pre {{ font-family:'{sheet.face}',{fallback}; font-size:{0.8 * sheet.size}pt; text-align:left;
  margin:{0.6 * sheet.size}pt 0 }}
td {{ text-indent:0; text-align:left; padding:{0.1 * sheet.size}pt {0.6 * sheet.size}pt }}
"""
