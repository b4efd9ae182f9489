"""Blanks that were left where a line was broken: most extractors drop them, some give them at the end of the line.

A line breaks at a blank, which nobody sees there. Where a dump has kept these blanks, they stand behind lines that run
on, and behind pieces of lines, for programs that set each run of a font by itself; what ends a paragraph has none, for
nothing follows it there. That says more than any width, of a sentence that ends with its full line most of all.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from . import classes as c
from .lines import Bools, Floats, Lines
from .switches import changes_script

__all__ = ["broken_at_kept_blanks"]

#: So many lines have blanks behind them, and so many of these run on without that being asked.
_LEAST: Final = 8
_JOINED: Final = 0.8
#: Of the boundaries that are breaks above this probability, so few have one: who pads lines, or types a blank behind
#: each, does so at the end of a paragraph, too.
_SURE: Final = 0.9
_PADDED: Final = 0.1
#: Then what has one runs on, below this probability of a break.
_BEYOND_DOUBT: Final = 0.99
#: What a heading is underlined with goes on with nothing.
_RULED: Final = c.members(c.CODE_SIGN, c.HYPHEN, c.RULE)


def broken_at_kept_blanks(lines: Lines, p: Floats, joined: Bools) -> Bools:
    """Boundaries with a blank above them, in documents that have blanks where lines run on and nowhere else."""
    kept: Bools = lines.end > lines.last
    kept[:-1] &= (lines.doc[1:] == lines.doc[:-1]) & (lines.blanks_before[1:] == 0)
    kept[:-1] &= ~(_RULED[lines.head[0]] & _RULED[lines.head[1]])[1:]
    if np.count_nonzero(kept) < _LEAST:
        return np.zeros(len(lines), bool)
    docs = len(lines.base)
    count = np.bincount(lines.doc[kept], minlength=docs)
    shows = (count >= _LEAST) & (np.bincount(lines.doc[kept & joined], minlength=docs) >= _JOINED * count)
    # Between two scripts the trees may be misled: where each run of a font comes as a line, these are no breaks at all.
    sure = (p >= _SURE) & ~changes_script(lines)
    padded = np.bincount(lines.doc[kept & sure], minlength=docs)
    shows &= padded <= _PADDED * np.bincount(lines.doc[sure], minlength=docs)
    found: Bools = kept & shows[lines.doc] & (p < _BEYOND_DOUBT)
    return found
