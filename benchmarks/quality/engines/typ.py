# ruff: noqa: E501 the template
"""Typst: justified CJK with kinsoku and squeezed marks, hyphenation, columns, footnotes, tables, contents with leaders."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import random
import tempfile
from collections.abc import Sequence

from ..fonts import FACES, FALLBACK
from ..model import Block, share
from .notes import around_mark, with_notes
from .pieces import pieces_of


@dataclasses.dataclass
class Sheet:
    """A page look. Lengths in points; ``width`` is that of the text area."""

    face: str
    head_face: str
    lang: str
    width: float = 380
    height: float = 560
    margin: float = 60
    columns: int = 1
    gutter: float = 18
    size: float = 10.5
    leading: float = 0.7
    spacing: float = 0.7
    indent: float = 2
    justify: bool = True
    latin_spacing: bool = True
    hyphenate: bool = False
    centred: bool = False
    grow: float = 1.2
    numbered: bool = False
    running: Sequence[str] = ()
    number: str = ""
    number_at: str = "foot"
    first_page: int = 1
    notes: float = 0.0
    contents: bool = False
    ruled: bool = True
    marks: dict[int, int] = dataclasses.field(default_factory=dict)


_TEMPLATE = """
#let d = json("data.json")
#let label(n) = d.number.replace("{n}", str(n)).replace("{total}", str(d.total))
#let running(n) = if d.running.len() > 0 { d.running.at(calc.rem(n, d.running.len())) } else { "" }
#set page(
  width: (d.width + 2 * d.margin) * 1pt, height: (d.height + 2 * d.margin) * 1pt, margin: d.margin * 1pt, columns: d.columns,
  header: context {
    let n = counter(page).get().first()
    let parts = (running(n),)
    if d.number_at == "head" { parts.push(label(n)) }
    if calc.even(n) { parts = parts.rev() }
    parts.join(h(1fr))
  },
  footer: context { if d.number_at == "foot" { align(center, label(counter(page).get().first())) } },
)
#set columns(gutter: d.gutter * 1pt)
#set text(
  font: d.fonts, size: d.size * 1pt, lang: d.lang, region: d.region, hyphenate: d.hyphenate,
  cjk-latin-spacing: if d.latin_spacing { auto } else { none },
)
#set par(
  justify: d.justify, leading: d.leading * 1em, spacing: d.spacing * 1em,
  first-line-indent: (amount: d.indent * 1em, all: true),
)
#set footnote.entry(indent: 0em)
#counter(page).update(d.first_page)
#let many(pieces, copies) = {
  for piece in pieces {
    if copies == 1 { piece } else { box({ for i in range(1, copies) { place(dx: i * 0.03em, piece) }; piece }) }
  }
}
#for b in d.blocks {
  if b.kind == "heading" {
    let body = if b.mode == "block" {
      for i in range(1, b.copies) { place(dx: i * 0.03em, block(width: 100%, b.text)) }
      b.text
    } else { many(b.pieces, b.copies) }
    block(above: 1.4em, below: 1em, sticky: true, {
      set par(justify: false, first-line-indent: 0em)
      set text(font: d.head_fonts, size: d.size * d.grow * 1pt)
      if d.centred { align(center, body) } else { body }
    })
  } else if b.kind == "byline" {
    block(align(center, b.text))
  } else if b.kind == "paragraph" {
    if b.keys().contains("note") { par({ b.before; footnote(b.note); b.after }) } else { par(b.text) }
  } else if b.kind == "leader" {
    block(below: 0.6em, { b.title; " "; box(width: 1fr, repeat[.]); " "; b.number })
  } else if b.kind == "item" {
    block(par(hanging-indent: 1.5em, first-line-indent: 0em, b.text))
  } else if b.kind == "verse" {
    block(above: 1em, below: 1em, pad(left: 2em, b.lines.map(s => s).join(linebreak())))
  } else if b.kind == "code" {
    block(above: 1em, below: 1em, { set par(justify: false, first-line-indent: 0em); set text(font: ("Liberation Mono",) + d.fonts, size: 0.8em)
      raw(b.text, block: true) })
  } else if b.kind == "table" {
    block(above: 1em, below: 1em, { set par(justify: false, first-line-indent: 0em)
      table(columns: b.rows.at(0).len(), stroke: if d.ruled { 0.4pt } else { none }, ..b.rows.flatten()) })
  }
}
"""


def prepare(blocks: list[Block], sheet: Sheet, rng: random.Random) -> list[Block]:
    """Turn some paragraphs into footnotes, and put a table of contents in front."""
    if sheet.notes:
        blocks, sheet.marks = with_notes(blocks, rng, sheet.notes)
    heads = [b for b in blocks if b.kind == "heading" and len(b.text) < 24]
    if sheet.contents and len(heads) > 3:
        page, lines = 1, []
        for head in heads:
            page += rng.randint(0, 9)
            lines.append(Block("item", f"{head.text} {page}", mode="leader"))
        sheet.marks = {at + len(lines): where for at, where in sheet.marks.items()}
        blocks = lines + blocks
    return blocks


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    import typst

    data = _data(blocks, sheet)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "main.typ").write_text(_TEMPLATE, encoding="utf-8")
        for _ in range(2):  # the second time with the number of pages known
            (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            pdf = typst.compile(str(root / "main.typ"), font_paths=[str(share("fonts"))], ignore_system_fonts=True)
            path.write_bytes(pdf)
            pages = _pages(path)
            if "{total}" not in sheet.number or data["total"] == sheet.first_page + pages - 1:
                break
            data["total"] = sheet.first_page + pages - 1
    furniture = []
    for number in range(sheet.first_page, sheet.first_page + pages):
        label = sheet.number.format(n=number, total=data["total"])
        running = sheet.running[number % len(sheet.running)] if sheet.running else ""
        furniture.append([s for s in (running, label) if s])
    return furniture


def _pages(path: pathlib.Path) -> int:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(str(path))
    try:
        return len(pdf)
    finally:
        pdf.close()


def _data(blocks: Sequence[Block], sheet: Sheet) -> dict[str, object]:
    rows: list[dict[str, object]] = []
    skip = False
    for i, b in enumerate(blocks):
        if skip:
            skip = False
            continue
        row: dict[str, object] = {"kind": b.kind, "text": b.text, "copies": b.copies, "mode": b.mode}
        if b.kind == "heading":
            row["pieces"] = pieces_of(b)
        elif i in sheet.marks:
            row["before"], row["note"], row["after"] = around_mark(blocks, i, sheet.marks[i], " ")
            skip = True
        elif b.mode == "leader":
            title, _, number = b.text.rpartition(" ")
            row |= {"kind": "leader", "title": title, "number": number}
        elif b.kind == "verse":
            row["lines"] = b.text.split("\n")
        elif b.kind == "table":
            row["rows"] = [r.split("\t") for r in b.text.split("\n")]
        rows.append(row)
    language, _, script = sheet.lang.partition("-")
    fallback = [FACES[k].family for k in FALLBACK[sheet.lang]]
    plain = {f.name: getattr(sheet, f.name) for f in dataclasses.fields(sheet) if f.name != "marks"}
    return plain | {
        "blocks": rows,
        "lang": language,
        "region": {"Hans": "CN", "Hant": "TW"}.get(script),
        "fonts": [FACES[sheet.face].family, *fallback],
        "head_fonts": [FACES[sheet.head_face].family, *fallback],
        "running": list(sheet.running),
        "total": sheet.first_page,
    }
