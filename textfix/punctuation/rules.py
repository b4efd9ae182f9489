"""All rules of punctuation, in the order in which they claim the blanks beside marks."""

from __future__ import annotations

from textfix.document import Document
from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation import brackets as _brackets
from textfix.punctuation import dashes, full, widths
from textfix.punctuation import quotes as _quotes
from textfix.punctuation.marks import LETTERS
from textfix.punctuation.page import Page

__all__ = ["repair", "suspect"]

_LETTER = pattern(f"[{LETTERS}]")
_LITERALS = (*full.TWINS, *dashes.SIGNS)


def suspect(text: str) -> bool:
    """Say whether there can be anything to repair."""
    if text.isascii():
        return False
    if _LETTER.search(text) is None:
        return full.SUSPECT.search(text) is not None
    if any(sign in text for sign in _LITERALS):
        return True
    return full.SUSPECT.search(text) is not None or widths.SUSPECT.search(text) is not None


def repair(document: Document, editor: Editor, *, quotes: str, brackets: str) -> None:
    """Propose every repair."""
    page = Page(document)
    if page.foreign:
        return
    full.repair(page, editor)
    if page.language is None:
        return
    widths.repair(page, editor)
    if page.language == "zh":
        dashes.repair(page, editor)
    if brackets != "keep":
        _brackets.repair(page, editor)
    if quotes != "keep":
        _quotes.repair(page, editor, quotes)
