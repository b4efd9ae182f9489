"""All rules of punctuation, in the order in which they claim the blanks beside marks."""

from __future__ import annotations

from textfix.document import Document
from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation import brackets as _brackets
from textfix.punctuation import dashes, full, widths
from textfix.punctuation import quotes as _quotes
from textfix.punctuation.later import Later
from textfix.punctuation.marks import LETTERS
from textfix.punctuation.page import Page, scripts
from textfix.signs import Sign

__all__ = ["SIGNS", "repair", "suspect"]

_LETTER = pattern(f"[{LETTERS}]")
_TWICE = Sign(
    pattern(r"[，。、\-－―─—](?:(?<=，)，|(?<=。)。|(?<=、)、|(?<=-)-|(?<=－)－|(?<=―)―|(?<=─)─|(?<=—) —)"),
    right=r"[，。、\-－―─ ]",
)
SIGNS = full.SUSPECT, _TWICE, *widths.SUSPECTS


def suspect(document: Document) -> bool:
    """Say whether there can be anything to repair."""
    text = document.text
    if text.isascii():
        return False
    if _LETTER.search(text) is None:
        return full.SUSPECT.within(document)
    return any(sign.within(document) for sign in SIGNS)


def repair(document: Document, editor: Editor, *, quotes: str, brackets: str) -> None:
    """Propose every repair, and again those that it makes visible to other rules, until none is left.

    A mark is judged by its neighbours, which are marks often enough: `一!'一'` has a quotation once its `!` is wide.
    """
    settled = document.lasting(_Settled)
    if (document.text, quotes, brackets) in settled:
        return
    _look(document, editor, quotes, brackets)
    edits, _ = editor.edits()
    for _ in range(_LOOKS):
        if not edits:
            return
        after = document.with_text(edits.apply())
        after.remember(scripts, document.view(scripts))
        if not suspect(after):
            return
        again = Later(editor, after, edits)
        _look(after, again, quotes, brackets)
        found, _ = again.edits()
        if again.is_idle:
            settled.add((after.text, quotes, brackets))
        if not found:
            return
        edits = edits.compose(found)
        again.hand_on()


class _Settled(set[tuple[str, str, str]]):
    """Texts that edits made, in which a look found nothing: the next round of the engine need not look again."""


#: More looks than this are not met; what would need one is left to the next round of the engine.
_LOOKS = 4


def _look(document: Document, editor: Editor, quotes: str, brackets: str) -> None:
    page = Page(document)
    if page.scripts.elsewhere:
        return
    if quotes != "keep" and page.language is not None:
        # A quote is one character in every shape: all other rules see the text as it will be.
        page = page.reading(_quotes.repair(page, editor, quotes))
    full.repair(page, editor)
    if page.language is None:
        return
    widths.repair(page, editor)
    if page.language == "zh":
        dashes.repair(page, editor)
    if brackets != "keep":
        _brackets.repair(page, editor)
