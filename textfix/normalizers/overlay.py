"""Overlay: text that was drawn two, three or four times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textfix.document import Document
from textfix.normalizers.base import Editor, Normalizer
from textfix.overlay.contract import NESTED, DeletesCopies
from textfix.overlay.headings import breaks_around
from textfix.overlay.settle import Settled, settle

__all__ = ["Overlay"]


@dataclass(frozen=True)
class Overlay(Normalizer):
    """Overlay: text that was drawn two, three or four times, as programs do for bold type, shadows and outlines.

    A page draws a bold heading several times, a hair's breadth apart; an extractor that goes by the order of drawing
    returns every copy. What is repeated is whatever was drawn at once: a run of one font (digits, Han and marks come
    from different fonts), a character, a phrase, a line, or a block of lines.

    >>> overlay = Overlay()
    >>> overlay("20222022年城西区工作回顾年城西区工作回顾")
    '2022年城西区工作回顾'
    >>> overlay("微微软软公公司司的的 22001199年年1111月月")
    '微软公司的 2019年11月'
    >>> overlay("高高兴兴") + overlay("谢谢谢谢") + overlay("2222")
    '高高兴兴谢谢谢谢2222'

    A line is read as runs of k copies (2, 3 or 4, one k for the line) and literals, at the least cost. What the reading
    is worth is how rarely natural text says the same twice like that. Lines that are worth much are repaired by
    themselves; their number is the evidence by which weaker ones of the same document are judged, and many weak ones
    speak together. A page number at the end of a line is no part of it. Lines of programs, terminals and tables say the
    same twice for reasons of their own: part of such a line is no copy, and whole ones on lines of their own are copies
    only where much else on the page says so.

    Extractors that sort by position make lines of the copies, in any order. What such lines say together is the one
    string that holds each of their characters a k-th as often:

    >>> overlay("引导原则\\n333...111...引导原则\\n引导原则")
    '3.1.引导原则'

    Extractors that begin a new line for every drawing return lines of which each begins with the end of the one above:

    >>> overlay("许多章节都有例子。\\n14\\n14.4. AppArmor\\nAppArmor 介绍\\n介绍\\n本节说明它的用法，以及其它办法。\\n")
    '许多章节都有例子。\\n14.4. AppArmor 介绍\\n本节说明它的用法，以及其它办法。\\n'

    Where the document is known to be drawn k times, so are the rest of a heading on the next line, a number or a single
    character alone, and the first words of a paragraph (`据了解据了解，…`).

    Reasons: `overlay/char`, `overlay/run`, `overlay/phrase`, `overlay/line`, `overlay/block` for copies on lines of
    their own, `overlay/order` for such lines out of order, `overlay/seam` for what an extractor that drops copies
    leaves of them, and `overlay/nested` for copies that are made of copies. Of the copies the first one stays. What
    was drawn several times is a heading: those that run later are told to keep the line breaks around it. A line that
    could be either is left alone and reported as a doubt, `overlay/ambiguous`.

    When not to use it: on texts that repeat for effect and set no punctuation (lyrics, concrete poetry, reviews padded
    by copying), where a line may say the same twelve or more characters twice. Lines of more than 1,024 characters are
    not looked at.

    Sources: the shapes are those that pdfplumber's issues 71, 992 and 1267, PyMuPDF's 218, 1624 and 4852, MinerU's 1221
    and pypdf's 1731 report; characters and words that double by themselves were learned from clean text (see
    `textfix/overlay/reduplication.txt`).
    """

    name = "overlay"
    reasons = ("run", "char", "phrase", "line", "block", "order", "seam", NESTED, "ambiguous")
    contract = DeletesCopies()

    def gate(self, document: Document) -> bool:
        return len(document.text) > 5  # the looks are at many documents at once, below

    def prepare(self, documents: Sequence[Document]) -> None:
        for document, settled in zip(documents, settle(documents, self.name, self.contract)):
            document.remember(_settled, settled)

    def propose(self, document: Document, editor: Editor) -> None:
        settled = document.view(_settled)
        editor.doubts += settled.doubts
        edits = settled.edits
        if edits:
            names = {reason: reason.partition("/")[2] for reason in set(edits.reasons)}
            editor.extend(edits.starts, edits.ends, edits.afters, list(map(names.__getitem__, edits.reasons)))
            for offset in breaks_around(edits):
                editor.keep(offset)
        for edit in settled.held:
            editor.replace(edit.start, edit.end, edit.after, edit.reason.partition("/")[2])


def _settled(document: Document) -> Settled:
    return settle([document], Overlay.name, Overlay.contract)[0]
