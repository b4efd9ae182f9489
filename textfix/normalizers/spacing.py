"""Spacing: blanks that typesetting left between Han and digits or beside full-width marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.normalizers.base import Editor, Normalizer
from textfix.punctuation.marks import BLANKS
from textfix.signs import Sign
from textfix.spacing import majority, pangu

__all__ = ["Spacing"]

Style = Literal["majority", "pangu", "none"]


def _only_blanks(before: str, after: str) -> bool:
    return (not after and BLANKS.issuperset(before)) or (not before and after == " ")


@dataclass(frozen=True)
class Spacing(Normalizer):
    """Spacing: blanks that typesetting left between Han and digits or letters, beside full-width marks, inside quotes.

    >>> Spacing()("城西区创建家园 56个，改造老旧小区7035套，开设5个慢病管理工作室。")
    '城西区创建家园56个，改造老旧小区7035套，开设5个慢病管理工作室。'
    >>> Spacing()("物理学 、哲学。 我们")
    '物理学、哲学。我们'
    >>> Spacing()("使用 Python 3 的第 3 章")
    '使用 Python 3 的第 3 章'
    >>> Spacing(style="pangu")("新版Python共有3个变化")
    '新版 Python 共有 3 个变化'

    Extractors write a blank wherever two glyphs stand far enough apart: at a change of font before a number, in
    justified lines, beside a mark set on half its width. Whether the author sets blanks between Han and digits, or Han
    and Latin words, the document tells: each kind of contact follows its own majority. Blanks go where contacts
    without one are three times as many, or as many and most blanks stand on one side of a number only, which nobody
    writes on purpose. A document that sets blanks throughout keeps them, and none is ever inserted.

    A blank before a full-width stop or comma, or just inside a bracket or a quote, always goes; one behind a mark or
    outside a bracket goes unless the document has the habit.

    Stays: blanks between two Han (`本报记者 张国静`, `勇争先 当表率`), and every other blank of a line that has such a
    one; two or more in a row, which align columns (but two beside a number inside sentences go); rows of numbers;
    blanks at the ends of a line; behind the number of a heading or a figure (`1 引言`, `图 3 结构`); the ideographic
    space; inside tokens; in Korean.

    Options
        style: `majority` as above; `none` deletes all blanks between Han and Latin or digits; `pangu` inserts one
        there, beside half-width brackets, quotes and operators, as pangu.js does, and deletes none.

    Reasons: `spacing/number`, `latin`, `mark`, `quote`; `spacing/pangu`.

    Sources: CLREQ 3.2.2 on space between Chinese and Western text; the cases of vinta/pangu.py for `pangu`.
    """

    name = "spacing"
    reasons = ("number", "latin", "mark", "quote", "pangu")
    contract = PairContract("delete blanks, or with the style pangu insert one", _only_blanks)

    style: Style = "majority"

    def __post_init__(self) -> None:
        if self.style not in get_args(Style):
            raise ValueError(f"style must be one of {', '.join(get_args(Style))}, not {self.style!r}")

    def gate(self, document: Document) -> bool:
        """Look for a blank against Han or a full-width mark; for pangu, for a contact without one."""
        text = document.text
        return not text.isascii() and (pangu.suspect(text) if self.style == "pangu" else majority.suspect(document))

    def signs(self) -> Sequence[Sign]:
        return () if self.style == "pangu" else majority.SIGNS

    def propose(self, document: Document, editor: Editor) -> None:
        if self.style == "pangu":
            pangu.repair(document, editor)
        else:
            majority.repair(document, editor, always=self.style == "none")
