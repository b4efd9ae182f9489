"""Qt: rich text as desktop programs print it. Its PDFs give a tab's code to the blank of many fonts."""

from __future__ import annotations

import functools
import os
import pathlib
import random
from collections.abc import Sequence
from typing import Any

from ..fonts import FACES, FALLBACK
from ..model import Block
from .wp import Sheet, block_of, furniture_of

__all__ = ["Sheet", "build"]

_DPI = 300


@functools.cache
def _application() -> Any:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6 import QtGui

    return QtGui.QGuiApplication([])


@functools.cache
def _family(key: str) -> str:
    from PySide6 import QtGui

    face = FACES[key]
    families = QtGui.QFontDatabase.applicationFontFamilies(QtGui.QFontDatabase.addApplicationFont(str(face.path)))
    return families[min(face.index, len(families) - 1)] if families else face.family


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    from PySide6 import QtCore, QtGui

    _application()
    sheet.number = sheet.number.replace("{total}", "")
    dots = _DPI / 72
    page = QtCore.QSizeF(sheet.width + 2 * sheet.margin, sheet.height + 2 * sheet.margin)
    writer = QtGui.QPdfWriter(str(path))
    writer.setResolution(_DPI)
    writer.setPageSize(QtGui.QPageSize(page, QtGui.QPageSize.Unit.Point))
    writer.setPageMargins(QtCore.QMarginsF(0, 0, 0, 0))
    document = QtGui.QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultStyleSheet(_style(sheet))
    document.setDefaultFont(QtGui.QFont(_family(sheet.face), round(sheet.size)))
    document.setDocumentMargin(sheet.margin * 96 / 72)  # which the layout scales
    document.setPageSize(page * dots)
    body = "".join(block_of(i, blocks, sheet) for i in range(len(blocks)))
    document.setHtml(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>")

    painter = QtGui.QPainter(writer)
    small = QtGui.QFont(_family(sheet.face))
    small.setPointSizeF(sheet.size * 0.85)
    whole = QtCore.QRectF(QtCore.QPointF(0, 0), page * dots)
    head = QtCore.QRectF(sheet.margin * dots, 0, sheet.width * dots, sheet.margin * dots)
    foot = head.translated(0, (sheet.margin + sheet.height) * dots)
    for n in range(1, document.pageCount() + 1):
        if n > 1:
            writer.newPage()
        painter.save()
        painter.translate(0, -(n - 1) * whole.height())
        # What only touches the edge of the page is another page's.
        document.drawContents(painter, whole.translated(0, (n - 1) * whole.height()).adjusted(0, 9, 0, -9))
        painter.restore()
        painter.setFont(small)
        if sheet.running:
            painter.drawText(head, QtCore.Qt.AlignmentFlag.AlignVCenter, sheet.running[n % len(sheet.running)])
        if sheet.number:
            at = head if sheet.number_at == "head" else foot
            side = QtCore.Qt.AlignmentFlag.AlignRight if at is head else QtCore.Qt.AlignmentFlag.AlignHCenter
            painter.drawText(at, side | QtCore.Qt.AlignmentFlag.AlignVCenter, sheet.number.format(n=n))
    painter.end()
    return furniture_of(sheet, path)


def _style(sheet: Sheet) -> str:
    fallback = ",".join(f"'{_family(key)}'" for key in FALLBACK[sheet.lang])
    pixels = sheet.size * 96 / 72
    return f"""
body {{ font-family:'{_family(sheet.face)}',{fallback}; font-size:{sheet.size}pt }}
p {{ margin:0; margin-bottom:{sheet.skip * pixels:.0f}px; text-indent:{sheet.indent * pixels:.0f}px;
  text-align:{"justify" if sheet.justify else "left"}; line-height:{sheet.leading * 100:.0f}% }}
p.byline {{ text-align:center; text-indent:0 }}
p.item, p.verse {{ text-indent:0; margin-left:{1.5 * pixels:.0f}px }}
h2 {{ font-family:'{_family(sheet.head_face)}',{fallback}; font-size:{sheet.size * sheet.grow:.1f}pt;
  font-weight:normal; text-align:{"center" if sheet.centred else "left"} }}
"""
