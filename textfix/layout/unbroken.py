"""Pages of programs that break lines at blanks alone, in Han as in English.

PDF libraries that know no other line breaking (fpdf and its kin) take what stands between two blanks to the next line
as a whole where it does not fit, and cut it only where it is longer than a line. So a line with a blank in it is as
short as the next such run is long; only what has no blank is full. There the room that a line left is to be measured
by that run, not by the one character that a line of Han would have taken in.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from . import classes as c
from .groups import Groups, running
from .lines import Bools, Lines, Shorts

__all__ = ["Unbroken", "left_for_the_next", "unbroken_lines"]

#: Full lines that a break between two Han ends, at least; so many of them would have a blank in them, were they as the
#: other lines of Han, and of those one in four does. Blanks must be no rare thing.
_FULL: Final = 6
_EXPECTED: Final = 3
_ONE_IN: Final = 4
_USUAL: Final = 0.04
#: So many lines that run on from above, and this share of them all, end between Han and Latin with room for a character
#: more, but not for the next run; and so many speak for it together.
_SHORT: Final = 5
_INSIDE: Final = 0.2
_TOGETHER: Final = 18
#: A line is full within so many quarter cells; so many are room for a character, or for a blank and some doubt.
_NEAR: Final = 6
_ROOM: Final = 2 * c.CELL
_LOOSE: Final = 3 * c.CELL
_WIDEST: Final = 4000
#: So many of the joins of short lines may have had room for what follows where no line was cut into pieces.
_RARE: Final = 0.12

_CJK: Final = c.members(c.HAN, c.NUMERAL_HAN, c.HIRAGANA, c.KATAKANA)
_LATIN: Final = c.members(c.LOWER, c.UPPER, c.DIGIT)
#: What a line ends in that runs on.
_RUNS_ON: Final = _CJK | _LATIN | c.members(c.COMMA, c.ENUM_COMMA)
_FULL_MARK: Final = c.members(
    c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.OPENER, c.CLOSER, c.ELLIPSIS, c.DASH
)


class Unbroken(NamedTuple):
    """What is known of the lines of such documents; nothing of others.

    ``run`` is how wide what stands before the first blank of each line is, where a blank may have stood above it.
    ``short`` are the lines that left room for a character, ``fitting`` those that left room for the next run.
    """

    run: Shorts
    short: Bools
    fitting: Bools


def unbroken_lines(lines: Lines, docs: Groups, room: Shorts) -> Unbroken:
    """The lines of such documents; *room* is what each leaves of its measure."""
    nothing = np.zeros(len(lines), bool)
    none = Unbroken(np.zeros(len(lines), np.int16), nothing, nothing)
    above, below = lines.tail[0], docs.shifted(lines.head[0], 1, c.NEWLINE)
    han_above, han_below = _CJK.take(above, mode="clip"), _CJK.take(below, mode="clip")
    full = (np.abs(room) <= _NEAR) & han_above & han_below
    spaced = full & (lines.blanks > 0)
    short = room >= _ROOM
    mixed = short & ((han_above & _LATIN.take(below, mode="clip")) | (_LATIN.take(above, mode="clip") & han_below))
    han = lines.han > 0
    columns = np.array((full & ~spaced, spaced, mixed, han & (lines.blanks > 0), han), np.uint8)
    whole, parted, changes, with_blanks, all_han = docs.sums(columns)
    usual = with_blanks / np.maximum(all_han, 1)
    expected = (whole + parted) * usual
    some = (whole >= _FULL) & (changes >= _SHORT) & (usual >= _USUAL)
    some &= (expected >= _EXPECTED) & (expected >= _ONE_IN * parted)
    if not some.any():
        return none
    # Few of their lines are asked about until it is known that they are such documents.
    beside = mixed | docs.shifted(mixed, -1, False)
    unfit = docs.shifted(_runs(lines, docs.spread(some) & beside), 1, 0) > room
    # What runs on from above and into what is below is no heading, whatever it ends in.
    runs_on = _RUNS_ON[above]
    asked, inside = docs.sums(
        np.array((mixed & unfit, mixed & unfit & docs.shifted(runs_on & unfit, -1, False)), np.uint8)
    )
    some &= (inside >= _SHORT) & (inside >= _INSIDE * asked) & (whole + inside >= _TOGETHER)
    if not some.any():
        return none
    mine = docs.spread(some)
    run = docs.shifted(_runs(lines, mine), 1, 0)
    # Two Han have no blank between them, nor has a full-width mark; Latin words alone may as well be a term or command.
    bound = (han_above & han_below) | _FULL_MARK[above] | _FULL_MARK[below]
    goes_on = docs.shifted(runs_on, -1, False) & (lines.blanks == 0)
    parting = mine & ~bound & ((lines.han > 0) | goes_on)
    fitting = mine & (run > 0) & (room >= run + _LOOSE)
    return Unbroken(docs.shifted(np.where(parting, run, np.int16(0)), -1, 0), short & mine, fitting)


def left_for_the_next(lines: Lines, short: Bools, fitting: Bools, joined: Bools) -> Bools:
    """Joins of lines that had room for what follows, where hardly any others had: nothing there was cut into pieces."""
    found = fitting & joined
    if not found.any():
        return found
    docs = len(lines.base)
    count = np.bincount(lines.doc[found], minlength=docs)
    rare: Bools = count <= _RARE * np.bincount(lines.doc[short & joined], minlength=docs)
    return found & rare[lines.doc]


def _runs(lines: Lines, some: Bools) -> Shorts:
    """How wide what stands before the first blank of some lines is."""
    at = np.flatnonzero(some)
    first = lines.first[at].astype(np.int64)
    blanks = np.append(np.flatnonzero(lines.cls == c.BLANK), len(lines.cls))
    size = np.minimum(blanks[blanks.searchsorted(first)], lines.last[at]) - first
    places = np.arange(int(size.sum())) + (first - running(size)[:-1]).repeat(size)
    cells = running(c.cell_table().take(c.table_index(lines.codes.take(places))), np.int64)
    ends = running(size)
    out = np.zeros(len(lines), np.int16)
    out[at] = np.minimum((cells[ends[1:]] - cells[ends[:-1]]) * c.CELL, _WIDEST)
    return out
