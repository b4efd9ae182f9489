"""Letterspacing: characters set apart by spaces, or one to a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textfix.contracts import Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.base import Editor, Normalizer
from textfix.signs import Sign

__all__ = ["Letterspacing"]


@dataclass(frozen=True)
class _BlanksBetweenCharacters:
    """Blanks may go, and line breaks of vertical text, where a character stands on both sides; one blank may stay."""

    description: str = "delete blanks, and line breaks of vertical text, between two characters"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        text = document.text
        for index, (start, end, after, reason) in enumerate(zip(edits.starts, edits.ends, edits.afters, edits.reasons)):
            before = text[start:end]
            if (
                not 0 < start <= end < len(text)
                or not before.isspace()
                or text[start - 1].isspace()
                or text[end].isspace()
                or (after and not (after == " " and len(before) > 1))
                or ("\n" in before and not reason.endswith("/vertical"))
            ):
                yield Violation(index, f"may only {self.description}")


@dataclass(frozen=True)
class Letterspacing(Normalizer):
    """Letterspacing: what was set apart to fill a line, and what OCR or justification tore apart.

    Heads, bylines and justified lines are set with space between the letters, and extraction writes that space as
    blanks; vertical text comes out one character a line. Blanks go where the characters read as one text:

    >>> Letterspacing()("本 报 讯  城 西 区 工 作")
    '本报讯  城西区工作'
    >>> Letterspacing()("第 一 章  总 则")
    '第一章  总则'
    >>> Letterspacing()("C H A P T E R   1")
    'CHAPTER   1'
    >>> Letterspacing()("工\\n作\\n报\\n告")
    '工作报告'

    Spaces that mean something stay: those between words and names, those of lists and tables, and every gap that is
    wider than its neighbours.

    >>> for kept in ("本报记者 张国静", "勇争先 当表率", "甲 乙 丙 丁", "王 伟  李小明  张 三", "黄河远上 白云间"):
    ...     assert Letterspacing()(kept) is kept

    What may as well be a list of single characters is left and reported as a doubt. Evidence: the characters each stand
    alone; neighbouring characters occur together more often than by chance (pairs counted in running text, the table of
    the layout engine); the set is none that people enumerate; the document does the same elsewhere.

    Single blanks inside sentences go where those of the text, or of the line, fall anywhere, which those that part
    words never do: they stand inside a word hardly more often than commas do (a neighbour in two thousand is one of
    3.5 nats there, and one in four or five of any two). Where they are meant they stay: before the number of a
    section, beside names, in lists of words, in tables, in text segmented into words, where sentences are Japanese
    or Korean.

    >>> Letterspacing()("大家一致认为，今年的工 作重点是保持物价稳定，保障人民生活。")
    '大家一致认为，今年的工作重点是保持物价稳定，保障人民生活。'

    In justified lines some extractors double every blank; where those of many lines are doubled alike, others are not,
    and the words stand in no columns, one of each stays:

    >>> page = "to  support  programs  expecting\\n" "the  behaviour  of  servers\\n" "which is the last line\\n"
    >>> Letterspacing()(page * 3)[:60]
    'to support programs expecting\\nthe behaviour of servers\\nwhich'

    Do not use it on text that was segmented on purpose into characters, or on character tables without context.

    Reasons: `letterspacing/horizontal`, `letterspacing/vertical`, `letterspacing/justified`.
    """

    name = "letterspacing"
    reasons = ("horizontal", "vertical", "justified")
    contract = _BlanksBetweenCharacters()

    def gate(self, document: Document) -> bool:
        from textfix.letterspacing import han, justified, latin, strays, vertical

        signs = (han.SIGN, latin.SIGN, strays.SIGN, justified.SIGN)
        return any(sign.within(document) for sign in signs) or vertical.may_be_vertical(document)

    def signs(self) -> Sequence[Sign]:
        from textfix.letterspacing import han, justified, latin, strays, vertical

        return han.SIGN, latin.SIGN, strays.SIGN, justified.SIGN, *vertical.SIGNS

    def prepare(self, documents: Sequence[Document]) -> None:
        from textfix.letterspacing import han, strays

        han.weigh(documents)
        strays.weigh(documents)

    def propose(self, document: Document, editor: Editor) -> None:
        from textfix.letterspacing import han, justified, latin, vertical

        closed: set[int] = set()
        for kind, reason in ((han, "horizontal"), (latin, "horizontal"), (vertical, "vertical")):
            for found in kind.findings(document):
                if found.gaps:
                    starts, ends = zip(*found.gaps)
                    closed.update(starts)
                    editor.extend(starts, ends, "", reason)
                else:
                    editor.doubt(found.start, found.end, reason, found.evidence)
        for start, end in justified.gaps(document):
            if start not in closed:
                editor.replace(start, end, " ", "justified")
