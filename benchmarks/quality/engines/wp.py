# ruff: noqa: E501 the style sheet
"""WeasyPrint: HTML and CSS as office software and web-to-print services set them, with Pango's line breaking."""

from __future__ import annotations

import dataclasses
import html
import logging
import pathlib
import random
from collections.abc import Callable, Sequence

from ..fonts import FACES, FALLBACK, Face
from ..model import Block
from .notes import around_mark, with_notes
from .pieces import pieces_of
from .typ import _pages


@dataclasses.dataclass
class Sheet:
    """A page look; lengths in points."""

    face: str
    head_face: str
    lang: str
    width: float = 400
    height: float = 580
    margin: float = 60
    columns: int = 1
    size: float = 10.5
    leading: float = 1.6
    skip: float = 0.0
    indent: float = 2
    justify: bool = True
    hyphenate: bool = False
    centred: bool = True
    grow: float = 1.3
    spaced: float = 0.0
    running: Sequence[str] = ()
    number: str = ""
    number_at: str = "foot"
    notes: float = 0.0
    ruled: bool = True
    marks: dict[int, int] = dataclasses.field(default_factory=dict)


def prepare(blocks: list[Block], sheet: Sheet, rng: random.Random) -> list[Block]:
    """Turn some paragraphs into footnotes."""
    if sheet.notes:
        blocks, sheet.marks = with_notes(blocks, rng, sheet.notes, "{}. ")
    return blocks


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    import weasyprint

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    sheet.number = sheet.number.replace("{total}", "")
    weasyprint.HTML(string=html_of(blocks, sheet, lambda face: f"url('{face.path.as_uri()}')")).write_pdf(str(path))
    return furniture_of(sheet, path)


def furniture_of(sheet: Sheet, path: pathlib.Path) -> list[list[str]]:
    """The running head and the number of each page of a PDF."""
    furniture = []
    for n in range(1, _pages(path) + 1):
        running = sheet.running[n % len(sheet.running)] if sheet.running else ""
        furniture.append([s for s in (running, sheet.number.format(n=n)) if s])
    return furniture


def html_of(blocks: Sequence[Block], sheet: Sheet, source: Callable[[Face], str]) -> str:
    """The page as HTML; ``source`` says in CSS where a face is to be had."""
    keys = list(dict.fromkeys((sheet.face, sheet.head_face, *FALLBACK[sheet.lang])))
    faces = "".join(f"@font-face{{font-family:'{k}';src:{source(FACES[k])}}}" for k in keys if FACES[k].truetype)
    before, _, after = sheet.number.partition("{n}")
    number = f"content:'{before}' counter(page) '{after}'" if sheet.number else ""
    running = [f"content:'{s}'" for s in sheet.running] or ["", ""]
    odd, even = running[1 % len(running)], running[0]
    at = "top-right" if sheet.number_at == "head" else "bottom-center"
    fallback = ",".join(f"'{k}'" for k in FALLBACK[sheet.lang])
    css = f"""
{faces}
@page {{ size:{sheet.width + 2 * sheet.margin}pt {sheet.height + 2 * sheet.margin}pt; margin:{sheet.margin}pt;
  @{at} {{ {number}; font:{sheet.size * 0.85}pt '{sheet.face}',{fallback} }} }}
@page :right {{ @top-left {{ {odd}; font:{sheet.size * 0.85}pt '{sheet.face}',{fallback} }} }}
@page :left {{ @top-left {{ {even}; font:{sheet.size * 0.85}pt '{sheet.face}',{fallback} }} }}
body {{ font:{sheet.size}pt/{sheet.leading} '{sheet.face}',{fallback}; column-count:{sheet.columns}; column-gap:1.8em;
  text-align:{"justify" if sheet.justify else "left"}; word-break:{"keep-all" if sheet.lang == "ko" else "normal"}; hyphens:{"auto" if sheet.hyphenate else "manual"};
  margin:0; column-fill:auto }}
p {{ margin:0 0 {sheet.skip}em; text-indent:{sheet.indent}em; overflow-wrap:anywhere }}
p.item {{ text-indent:-1.5em; margin-left:1.5em }}
p.byline {{ text-align:center; text-indent:0 }}
h2 {{ font:{sheet.size * sheet.grow}pt '{sheet.head_face}',{fallback}; text-align:{"center" if sheet.centred else "left"};
  letter-spacing:{sheet.spaced}em; margin:1em 0 .6em; position:relative; break-after:avoid }}
h2 .k {{ position:relative; white-space:nowrap }}
h2 .c {{ position:absolute; left:.03em; top:0 }}
pre {{ font-size:.8em; text-align:left; margin:.6em 0; white-space:pre-wrap }}
.verse {{ text-align:left; text-indent:0; margin:.6em 2em }}
table {{ border-collapse:collapse; margin:.6em 0; text-align:left }} td {{ padding:.1em .6em; {"border:.4pt solid" if sheet.ruled else ""} }}
.fn {{ float:footnote; text-indent:0; font-size:.8em }}
"""
    body = "\n".join(block_of(i, blocks, sheet) for i in range(len(blocks)))
    return f"<html lang='{sheet.lang}'><head><style>{css}</style></head><body>{body}</body></html>"


def block_of(i: int, blocks: Sequence[Block], sheet: Sheet) -> str:
    """A block as HTML."""
    b = blocks[i]
    text = html.escape(b.text)
    if b.kind == "heading":
        if b.copies == 1:
            return f"<h2>{text}</h2>"
        over = "".join(
            f"<span class=k>{html.escape(p)}{f'<span class=c>{html.escape(p)}</span>' * (b.copies - 1)}</span>"
            if p.strip()
            else " "
            for p in pieces_of(b)
        )
        return f"<h2>{over}</h2>"
    if i in sheet.marks:
        before, note, after = map(html.escape, around_mark(blocks, i, sheet.marks[i], ". "))
        return f"<p>{before}<span class=fn>{note}</span>{after}</p>"
    if b.kind == "footnote":
        return ""
    if b.kind == "verse":
        return f"<p class=verse>{text.replace(chr(10), '<br>')}</p>"
    if b.kind == "code":
        return f"<pre>{text}</pre>"
    if b.kind == "table":
        rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row.split("\t")) + "</tr>" for row in text.split("\n"))
        return f"<table>{rows}</table>"
    return f"<p class={b.kind}>{text}</p>"
