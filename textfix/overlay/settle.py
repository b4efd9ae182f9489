"""Judges a document again and again until there is nothing left to take away: copies may have been made of copies.

What is taken away changes what the rest is judged by: a line that four copies made long is short, what looked like one
thing five times is two things, and the lines that voted have nothing left to say. No single look can foresee that. So
the text as it would come out is judged as well, and what is found there becomes part of the same proposal. One pass is
enough for every text, because a pass ends where a look finds nothing; and it does end, because every look that finds
something leaves a shorter text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textfix.contracts import Contract
from textfix.document import Document
from textfix.edits import Edit, Edits
from textfix.engine import Editor
from textfix.markup.ignores import SIGN, ignored
from textfix.markup.spans import Spans
from textfix.overlay.contract import NESTED
from textfix.overlay.judge import is_worth_a_look, judge
from textfix.overlay.scan import scan_together
from textfix.result import Doubt

__all__ = ["Settled", "settle"]


class Settled(NamedTuple):
    """What all looks at a document say, in its own offsets."""

    edits: Edits
    held: list[Edit]
    """What a directive in the text holds back; the engine reports it."""
    doubts: list[Doubt]
    """Those of the first look, where no later one decided."""


_NOTHING = Settled(Edits("", (), (), (), ()), [], [])


def settle(documents: Sequence[Document], name: str, contract: Contract) -> list[Settled]:
    """Judge documents until there is nothing left, all of them one look after the other: numpy likes long texts."""
    scan_together(documents)
    settled = [_look(document, name, contract) if is_worth_a_look(document) else _NOTHING for document in documents]
    left = [(index, documents[index], found.edits) for index, found in enumerate(settled) if found.edits]
    again = set()
    while left:
        pages = [(index, page.with_text(edits.apply())) for index, page, edits in left]
        scan_together([page for _, page in pages])
        left = []
        for index, page in pages:
            if not is_worth_a_look(page):
                continue
            found = _look(page, name, contract)
            if found.edits:
                again.add(index)
                settled[index] = settled[index]._replace(edits=settled[index].edits.compose(found.edits))
                left.append((index, page, found.edits))
    for index in again:
        settled[index] = _told(settled[index], documents[index], f"{name}/{NESTED}", contract)
    return settled


def _look(document: Document, name: str, contract: Contract) -> Settled:
    """Return what one look at a document says, and may be done."""
    draft = Editor(name, document)
    judge(document, draft)
    edits, _ = draft.edits()
    held: list[Edit] = []
    if edits and (document.protect or SIGN in document.text):
        edits, held = document.view(ignored).sift(edits)
    broken = {violation.index for violation in contract.violations(document, edits)} if edits else set()
    if broken:
        edits = edits.keep(index not in broken for index in range(len(edits)))
    return Settled(edits, held, draft.doubts)


def _told(settled: Settled, document: Document, nested: str, contract: Contract) -> Settled:
    """Give edits of several looks the reason that is theirs together, where that of a single one does not explain them.

    What was doubtful and is gone is no doubt any more.
    """
    edits = settled.edits
    alone = {violation.index for violation in contract.violations(document, edits)}
    reasons = [nested if index in alone or "+" in reason else reason for index, reason in enumerate(edits.reasons)]
    touched = Spans(zip(edits.starts, edits.ends))
    return settled._replace(
        edits=Edits(edits.source, edits.starts, edits.ends, list(edits.afters), reasons),
        doubts=[doubt for doubt in settled.doubts if not touched.meets(doubt.start, doubt.end)],
    )
