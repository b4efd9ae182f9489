"""Dumps that end a line at every change of script: each script has a font, and each run of a font its own position.

pypdf gives `尤其是 / Richard Stallman / 所推广。` for what one line says, where a program positions runs one by one.
There a change of script says nothing of a paragraph, and what the trees leave open there runs on like the rest.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from . import classes as c
from .lines import Bools, Bytes, Floats, Lines

__all__ = ["changes_font", "run_on"]

#: Of the boundaries of such a dump so many are changes of script, and so many there are; of prose one in ten is.
_SHARE: Final = 0.25
_LEAST: Final = 20
#: Of them so many were joined, and those that were not are joined below this probability of a break.
_JOINED: Final = 0.6
_OPEN: Final = 0.9
#: Or else the text shows it: so few changes are left inside lines, for each between them; not all lines take turns, as
#: a text and its translation do; a line that another script follows ends in so few stops; yet stops stand inside lines.
_INSIDE: Final = 0.25
_TURNS: Final = 0.8
_STOPPED: Final = 0.2
_STOPS: Final = 0.03
#: And what follows a piece in Latin letters does not mostly fill a line of its own, as what a term means does: so many
#: of the lines are no wider than a full one, and a cell or two may be missing.
_FILLING: Final = 0.5
_FULL: Final = 0.95
_MISSING: Final = 2

_WIDE: Final = c.members(c.HAN, c.NUMERAL_HAN, c.HIRAGANA, c.KATAKANA, c.HANGUL)
_FULL_WIDTH: Final = _WIDE | c.members(
    c.COMMA, c.ENUM_COMMA, c.STOP, c.SEMICOLON, c.COLON, c.OPENER, c.CLOSER, c.ELLIPSIS, c.DASH
)
_NARROW: Final = c.members(c.LOWER, c.UPPER, c.DIGIT)
_LETTER: Final = c.members(c.LOWER, c.UPPER)
_STOP: Final = c.members(c.STOP, c.PERIOD, c.LATIN_STOP)
_CLOSES: Final = c.members(c.CLOSER, c.LATIN_CLOSER)
#: Marks that open or part: whose script they have, the letter behind or before them tells.
_PASSED: Final = c.members(c.COMMA, c.ENUM_COMMA, c.LATIN_COMMA, c.OPENER, c.LATIN_OPENER, c.LATIN_QUOTE)


def changes_font(lines: Lines) -> Bools:
    """Boundaries between what fonts for Han and for Latin have, marks included, or at which a blank was kept."""
    changes: Bools = lines.end > lines.last
    changes[:-1] |= _FULL_WIDTH[lines.tail[0][:-1]] != _FULL_WIDTH[lines.head[0][1:]]
    return changes


def changes_script(lines: Lines) -> Bools:
    """Boundaries between Han or its like and Latin letters or figures, marks before them passed over."""
    marked = ~(_WIDE | _NARROW)[lines.tail[0]]
    return _changes(lines, np.where(marked, lines.tail[1], lines.tail[0]))


def run_on(lines: Lines, p: Floats, joined: Bools) -> Bools:
    """Boundaries between scripts, in documents that have most of theirs inside lines of print."""
    changes = _changes(lines, _letters(lines.tail))
    if not changes.any():
        return changes
    docs = len(lines.base)
    count = np.bincount(lines.doc[changes], minlength=docs)
    cut = (count >= _LEAST) & (count >= _SHARE * np.bincount(lines.doc, minlength=docs))
    most = np.bincount(lines.doc[changes & joined], minlength=docs) >= _JOINED * count
    for doc in np.flatnonzero(cut & ~most).tolist():
        cut[doc] = _shows(lines, doc, int(count[doc]))
    # What stands in brackets is in their font: `sed(1) / 是`.
    changes |= _changes(lines, np.where(_CLOSES[lines.tail[0]], lines.tail[1], lines.tail[0]))
    return changes & cut[lines.doc] & (p < _OPEN)


def _changes(lines: Lines, tail: Bytes) -> Bools:
    """Boundaries between scripts, by the classes that lines end in."""
    above, below = tail[:-1], _letters(lines.head)[1:]
    changes: Bools = np.zeros(len(lines), bool)
    changes[:-1] = (_WIDE[above] & _NARROW[below]) | (_NARROW[above] & _WIDE[below])
    changes[:-1] &= lines.doc[1:] == lines.doc[:-1]
    return changes


def _letters(edge: Bytes) -> Bytes:
    """The class at the edge of each line, or beside a mark there."""
    letters: Bytes = np.where(_PASSED[edge[0]], edge[1], edge[0])
    return letters


def _shows(lines: Lines, doc: int, changes: int) -> bool:
    """Whether changes of script are where the lines of a document end, and sentences end anywhere."""
    low, high = lines.doc.searchsorted((doc, doc + 1)).tolist()
    if changes > _TURNS * (high - low):
        return False
    cls = lines.cls[lines.start[low] : lines.end[high - 1]]
    cls = cls[(cls != c.BLANK) & ~_PASSED[cls]]
    one, two, three = cls[:-2], cls[1:-1], cls[2:]
    inside = int(((_WIDE[one] & _LETTER[two]) | (_LETTER[one] & _WIDE[two])).sum())
    going_on = int((_WIDE[one] & _STOP[two] & (_WIDE | _LETTER)[three]).sum())
    tail, below = lines.tail[0][low : high - 1], _letters(lines.head)[low + 1 : high]
    ends = _STOP[tail] & _WIDE[lines.tail[1][low : high - 1]]
    stopped = int((ends & _NARROW[below]).sum())
    some = slice(low, high)
    cells, plain = lines.cells[some].astype(np.int32), (lines.han[some] == 0) & (lines.hangul[some] == 0)
    following = cells[1:][plain[:-1] & ~plain[1:]]
    if (following >= np.quantile(cells, _FULL) - _MISSING).sum() > _FILLING * len(following):
        return False
    return inside <= _INSIDE * changes and going_on >= _STOPS * (high - low) and stopped <= _STOPPED * changes
