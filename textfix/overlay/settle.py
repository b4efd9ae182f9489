"""Judges a document again and again until there is nothing left to take away: copies may have been made of copies.

What is taken away changes what the rest is judged by: a line that four copies made long is short, what looked like one
thing five times is two things, and the lines that voted have nothing left to say. No single look can foresee that. So
the text as it would come out is judged as well, and what is found there becomes part of the same proposal. One pass is
enough for every text, because a pass ends where a look finds nothing; and it does end, because every look that finds
something leaves a shorter text.
"""

from __future__ import annotations

from textfix.contracts import Contract
from textfix.document import Document
from textfix.edits import Edit, Edits
from textfix.engine import Editor
from textfix.markup.ignores import SIGN, ignored
from textfix.overlay.contract import NESTED
from textfix.overlay.judge import judge
from textfix.overlay.spans import Spans

__all__ = ["settle"]


def settle(document: Document, editor: Editor, name: str, contract: Contract) -> None:
    """Propose what all looks at a document say, in its own offsets; doubts are those of the first look."""
    draft = Editor(name, document)
    judge(document, draft)
    edits, held = _allowed(document, draft, contract)
    whole = edits
    if edits:
        page, found = document, edits
        while found:
            page = page.with_text(found.apply())
            again = Editor(name, page)
            judge(page, again)
            found, _ = _allowed(page, again, contract)
            whole = whole.compose(found)
        if whole is not edits:
            whole = _named(document, whole, f"{name}/{NESTED}", contract)
    touched = Spans(zip(whole.starts, whole.ends))
    editor.doubts += [doubt for doubt in draft.doubts if not touched.meet(doubt.start, doubt.end)]
    for start, end, after, reason in zip(whole.starts, whole.ends, whole.afters, whole.reasons):
        editor.replace(start, end, after, reason.removeprefix(name + "/"))
    for edit in held:  # the engine reports them
        editor.replace(edit.start, edit.end, edit.after, edit.reason.removeprefix(name + "/"))


def _allowed(document: Document, draft: Editor, contract: Contract) -> tuple[Edits, list[Edit]]:
    """Return what may be done of what was found, and what a directive in the text holds back."""
    edits, _ = draft.edits()
    held: list[Edit] = []
    if edits and (document.protect or SIGN in document.text):
        edits, held = document.view(ignored).sift(edits)
    broken = {violation.index for violation in contract.violations(document, edits)} if edits else set()
    return edits.keep(index not in broken for index in range(len(edits))) if broken else edits, held


def _named(document: Document, edits: Edits, nested: str, contract: Contract) -> Edits:
    """Give edits of several looks the reason that is theirs together, where no single one explains them."""
    alone = {violation.index for violation in contract.violations(document, edits)}
    reasons = [nested if index in alone or "+" in reason else reason for index, reason in enumerate(edits.reasons)]
    return Edits(edits.source, edits.starts, edits.ends, list(edits.afters), reasons)
