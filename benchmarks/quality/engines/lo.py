# ruff: noqa: E501 the document's XML
"""LibreOffice: what a word processor makes, with its line breaking, hanging marks, notes, and shadows as faux bold."""

from __future__ import annotations

import dataclasses
import pathlib
import random
import tempfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..fonts import FACES
from ..model import Block
from .notes import with_notes
from .programs import run
from .wp import Sheet, furniture_of

__all__ = ["Sheet", "build", "prepare"]

_COUNTRIES = {
    "zh-Hans": ("zh", "CN"),
    "zh-Hant": ("zh", "TW"),
    "ja": ("ja", "JP"),
    "ko": ("ko", "KR"),
    "en": ("en", "GB"),
}
_SPACES = ("fo", "office", "style", "table", "text")
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def prepare(blocks: list[Block], sheet: Sheet, rng: random.Random) -> list[Block]:
    """Turn some paragraphs into footnotes, and copies into what a shadow makes: two, script by script."""
    if sheet.notes:
        blocks, sheet.marks = with_notes(blocks, rng, sheet.notes, "{}")
    return [dataclasses.replace(b, copies=2, mode="run") if b.copies > 1 else b for b in blocks]


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    sheet.number = sheet.number.replace("{total}", "")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, f"{path.stem}.fodt")
        source.write_text(_document(blocks, sheet, rng), encoding="utf-8")
        options = ["--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
        run(("soffice", "libreoffice"), [*options, "--outdir", str(path.parent), str(source)], folder)
    return furniture_of(sheet, path)


def _document(blocks: Sequence[Block], sheet: Sheet, rng: random.Random) -> str:
    face, head_face = FACES[sheet.face].family, FACES[sheet.head_face].family
    language, country = _COUNTRIES[sheet.lang]
    align = "justify" if sheet.justify else "start"
    size, em = f"{sheet.size}pt", sheet.size
    asian = "style:punctuation-wrap='{}' style:line-break='strict' style:text-autospace='{}'".format(
        rng.choice(("hanging", "simple")), rng.choice(("ideograph-alpha", "none"))
    )

    def style(name: str, paragraph: str, text: str = "", font: str = face, points: float = sheet.size) -> str:
        return (
            f"<style:style style:name='{name}' style:family='paragraph'><style:paragraph-properties {asian} fo:line-height='{sheet.leading * 100:.0f}%' {paragraph}/>"
            f"<style:text-properties style:font-name='{font}' style:font-name-asian='{font}' fo:font-size='{points:.1f}pt' style:font-size-asian='{points:.1f}pt' {text}/></style:style>"
        )

    names = " ".join(f"xmlns:{name}='{_NAMESPACE.format(name)}'" for name in _SPACES).replace(
        _NAMESPACE.format("fo"), _NAMESPACE.format("xsl-fo-compatible")
    )
    fonts = "".join(
        f"<style:font-face style:name='{name}' svg:font-family=\"'{name}'\"/>"
        for name in dict.fromkeys((face, head_face))
    )
    spaced = f"fo:letter-spacing='{sheet.spaced * sheet.size * sheet.grow:.1f}pt'" if sheet.spaced else ""
    head = f"fo:text-align='{'center' if sheet.centred else 'start'}' fo:margin-top='{em}pt' fo:margin-bottom='{em * 0.6}pt' fo:keep-with-next='always'"
    indent = f"fo:text-align='{align}' fo:text-indent='{sheet.indent * em}pt' fo:margin-bottom='{sheet.skip * em}pt' fo:hyphenation-ladder-count='no-limit'"
    hyphenate = f"fo:hyphenate='{str(sheet.hyphenate).lower()}' fo:hyphenation-remain-char-count='2' fo:hyphenation-push-char-count='2'"
    styles = (
        style("P", indent, hyphenate)
        + style("H", head, spaced, head_face, sheet.size * sheet.grow)
        + style("S", head, f"{spaced} fo:text-shadow='1pt 1pt'", head_face, sheet.size * sheet.grow)
        + style("B", "fo:text-align='center'")
        + style(
            "I",
            f"fo:text-align='{align}' fo:margin-left='{1.5 * em}pt' fo:text-indent='{-1.5 * em}pt' fo:margin-bottom='{sheet.skip * em}pt'",
        )
        + style("V", f"fo:margin-left='{2 * em}pt' fo:margin-top='{0.6 * em}pt' fo:margin-bottom='{0.6 * em}pt'")
        + style("C", f"fo:margin-top='{0.6 * em}pt' fo:margin-bottom='{0.6 * em}pt'", "", face, sheet.size * 0.8)
        + style("F", "fo:text-indent='0pt'", "", face, sheet.size * 0.8)
        + style("T", "fo:text-align='start'")
        + style("R", "fo:text-align='start'", "", face, sheet.size * 0.85)
        + style("N", "fo:text-align='center'", "", face, sheet.size * 0.85)
    )
    before, _, after = sheet.number.partition("{n}")
    number = f"{escape(before)}<text:page-number/>{escape(after)}" if sheet.number else ""
    running = [escape(s) for s in sheet.running] or ["", ""]
    odd, even = running[1 % len(running)], running[0]
    high = f"<text:p text:style-name='R'>{number}</text:p>" if sheet.number_at == "head" else ""
    low = f"<text:p text:style-name='N'>{number}</text:p>" if sheet.number_at != "head" else ""
    edge = f"<style:header-footer-properties fo:min-height='{1.5 * em}pt' fo:margin-{{}}='{0.5 * em}pt'/>"
    columns = (
        f"<style:columns fo:column-count='{sheet.columns}' fo:column-gap='{1.8 * em}pt'/>" if sheet.columns > 1 else ""
    )
    border = "fo:border='0.4pt solid #000000'" if sheet.ruled else ""
    body = "".join(_block(i, blocks, sheet) for i in range(len(blocks)))
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<office:document {names} xmlns:svg='{_NAMESPACE.format("svg-compatible")}' office:version='1.3' office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>{fonts}</office:font-face-decls>
<office:styles><style:default-style style:family='paragraph'><style:text-properties style:font-name='{face}' style:font-name-asian='{face}' fo:font-size='{size}' style:font-size-asian='{size}' fo:language='{"en" if language != "en" else language}' fo:country='GB' style:language-asian='{language if language != "en" else "zh"}' style:country-asian='{country if language != "en" else "CN"}'/></style:default-style>
<text:notes-configuration text:note-class='footnote' style:num-format='1' text:start-value='0' text:footnotes-position='page' text:start-numbering-at='document'/>
{styles}</office:styles>
<office:automatic-styles><style:style style:name='cell' style:family='table-cell'><style:table-cell-properties fo:padding='2pt' {border}/></style:style>
<style:page-layout style:name='page'><style:page-layout-properties fo:page-width='{sheet.width + 2 * sheet.margin}pt' fo:page-height='{sheet.height + 2 * sheet.margin}pt' fo:margin='{sheet.margin}pt'>{columns}</style:page-layout-properties>
<style:header-style>{edge.format("bottom")}</style:header-style><style:footer-style>{edge.format("top")}</style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name='Standard' style:page-layout-name='page'>
<style:header><text:p text:style-name='R'>{odd}</text:p>{high}</style:header><style:header-left><text:p text:style-name='R'>{even}</text:p>{high}</style:header-left>
<style:footer>{low}</style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def _text(text: str) -> str:
    """Text with its blanks and line ends, of which XML keeps none."""
    lines = text.split("\n")
    return "<text:line-break/>".join(
        escape(line).replace("  ", " <text:s/>").replace("\t", "<text:tab/>") for line in lines
    )


def _block(i: int, blocks: Sequence[Block], sheet: Sheet) -> str:
    b = blocks[i]
    if b.kind == "footnote":
        return ""
    if i in sheet.marks:
        number, at = str(list(sheet.marks).index(i) + 1), sheet.marks[i]
        note = blocks[i + 1].text.removeprefix(number)
        return (
            f"<text:p text:style-name='P'>{_text(b.text[:at])}<text:note text:id='n{i}' text:note-class='footnote'><text:note-citation>{number}</text:note-citation>"
            f"<text:note-body><text:p text:style-name='F'>{_text(note)}</text:p></text:note-body></text:note>{_text(b.text[at + len(number) :])}</text:p>"
        )
    if b.kind == "table":
        rows = [row.split("\t") for row in b.text.split("\n")]
        cells = "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell table:style-name='cell'><text:p text:style-name='T'>{_text(c)}</text:p></table:table-cell>"
                for c in row
            )
            + "</table:table-row>"
            for row in rows
        )
        return f"<table:table table:name='t{i}'><table:table-column table:number-columns-repeated='{len(rows[0])}'/>{cells}</table:table>"
    name = {"heading": "S" if b.copies > 1 else "H", "byline": "B", "item": "I", "verse": "V", "code": "C"}.get(
        b.kind, "P"
    )
    return f"<text:p text:style-name='{name}'>{_text(b.text)}</text:p>"
