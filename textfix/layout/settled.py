"""Joins and margins that leave a text in which nothing more is to be joined or trimmed.

What a page says about its lines is read once, and once more from what would be left of it. Nearly always that second
reading finds nothing. Where it does, indents were evidence that goes with them: such a document is joined first, until
nothing more is joined, and only those margins go that are missed by no reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from textfix.edits import Edits

from .classes import PARAGRAPH_SEPARATOR
from .decide import Decisions, Joins, Reading, cleaned, decide, joined_documents, joins_of, judge
from .forest import model
from .joining import SPACE
from .kinds import Blocks, blocks_of
from .lines import Bools, Breaks, Spans, lines_of
from .margins import NO_MARGINS, Margins, margins, merged, table

__all__ = ["settled"]


class Settled(NamedTuple):
    """What was decided of documents, the joins that follow, the blocks that they leave, and which margins go."""

    decisions: Decisions
    joins: Joins
    blocks: Blocks
    gone: Margins


def settled(texts: Sequence[str], *, breaks: Breaks = (), indents: bool) -> Settled:
    """Decide the boundaries of documents, and which margins go.

    `breaks` are the offsets in each document of line breaks that are known to be the author's; `indents` says whether
    indents may go.
    """
    m = model()
    reading = judge(lines_of(texts, breaks), m)
    blocks = blocks_of(reading)
    gone = margins(reading, blocks, indents=indents)
    joins = joins_of(reading)
    found = Settled(reading.decisions(), joins, blocks, gone)
    touched = joined_documents(reading)
    touched[gone.doc] = True
    if not touched.any():
        return found
    bare = reading.lines.bare()
    del reading  # what was measured is as large as all that is measured next
    lines = cleaned(bare, found.decisions.decision, joins, Spans(gone.start, gone.end), touched)
    del bare
    after = judge(lines, m)
    again = joined_documents(after)
    left = blocks_of(after)
    again[margins(after, left, indents=indents).doc] = True
    if not again.any():
        return found
    restless = np.zeros(len(texts), bool)
    restless[np.flatnonzero(touched)[again]] = True
    return _joined_first(texts, breaks, found, restless, indents=indents)


def _joined_first(texts: Sequence[str], breaks: Breaks, found: Settled, restless: Bools, *, indents: bool) -> Settled:
    """The same, with the restless documents joined to the end before any margin goes."""
    docs = np.flatnonzero(restless)
    some = [_parted(texts[doc], breaks[doc] if breaks else ()) for doc in docs.tolist()]
    joined = decide(some)
    reading = found.decisions.on(lines_of(texts, breaks))
    place = np.flatnonzero(restless[reading.lines.doc])
    reading.decision[place] = joined.decision
    reading.p_break[place] = joined.p_break
    reading.incoherent[docs] = joined.incoherent
    rows = _margins_that_may_go(some, joined, indents=indents)
    base = reading.lines.base[docs].astype(np.int64) - joined.lines.base
    moved = Margins(docs[rows.doc], rows.start + base[rows.doc], rows.end + base[rows.doc], rows.reason)
    gone = merged(found.gone.of(~restless), moved)
    return Settled(reading.decisions(), joins_of(reading), blocks_of(reading), gone)


def _parted(text: str, breaks: Sequence[int]) -> str:
    """The text with a paragraph separator for each line break that is known to be the author's."""
    pieces: list[str] = []
    position = 0
    for offset in breaks:
        pieces += text[position:offset], chr(PARAGRAPH_SEPARATOR)
        position = offset + 1
    return "".join([*pieces, text[position:]]) if pieces else text


def _margins_that_may_go(texts: Sequence[str], joined: Reading, *, indents: bool) -> Margins:
    """The margins of documents that would be left alone once joined and without them.

    Of the others, and of those without, the margins that their joined text would lose: they go at once, not when that
    is read again.
    """
    direct = margins(joined, blocks_of(joined), indents=indents)
    docs = np.unique(direct.doc)
    edits = _edits(texts, joined, direct, docs.tolist())
    after = settled([edit.apply() for edit in edits], indents=indents)
    moving = joined_documents(after.decisions)
    moving[after.gone.doc] = True
    kept = np.zeros(len(texts), bool)
    kept[docs[~moving]] = True
    later = joined_documents(joined) & ~kept
    some = [doc for doc in np.flatnonzero(later).tolist() if _may_trim(texts[doc])]
    return merged(direct.of(kept), _once_joined(texts, joined, some, indents=indents) if some else NO_MARGINS)


def _once_joined(texts: Sequence[str], joined: Reading, docs: Sequence[int], *, indents: bool) -> Margins:
    """The margins that the joined text of some documents would lose, where they stand in the source."""
    edits = _edits(texts, joined, NO_MARGINS, docs)
    after = settled([edit.apply() for edit in edits], indents=indents)
    settles = ~joined_documents(after.decisions)
    base = after.decisions.lines.base
    found = [
        (docs[doc], *edits[doc].offsets.source_span(start - int(base[doc]), end - int(base[doc])), reason)
        for doc, start, end, reason in zip(*(column.tolist() for column in after.gone.of(settles)))
    ]
    rows = table(found)
    own = joined.lines.base.astype(np.int64)[rows.doc]
    return Margins(rows.doc, rows.start + own, rows.end + own, rows.reason)


def _edits(texts: Sequence[str], joined: Reading, gone: Margins, docs: Sequence[int]) -> list[Edits]:
    """The joins of each of some documents, and the margins that go."""
    joins = joins_of(joined)
    found = []
    for doc in docs:
        base = int(joined.lines.base[doc])
        low, high = np.searchsorted(joins.doc, [doc, doc + 1])
        rows = [
            (start - base, end - base, " " if joint == SPACE else "")
            for start, end, joint in zip(*(column[low:high].tolist() for column in joins[1:]))
        ]
        low, high = np.searchsorted(gone.doc, [doc, doc + 1])
        trims = zip(gone.start[low:high].tolist(), gone.end[low:high].tolist())
        rows += [(start - base, end - base, "") for start, end in trims]
        starts, ends, afters = zip(*sorted(rows)) if rows else ((), (), ())
        found.append(Edits(texts[doc], starts, ends, afters, [""] * len(rows)))
    return found


_EDGE = re.compile(r"(?:^|\n)[ \t\u00a0\u3000]|[ \t\u00a0\u3000](?:\n|$)|\n\n\n\n")
_HAN = re.compile("[\u3400-\u9fff]")


def _may_trim(text: str) -> bool:
    """Say whether a document could have margins, were it prose."""
    return _HAN.search(text) is not None and _EDGE.search(text) is not None
