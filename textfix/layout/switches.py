"""Dumps that end a line at every change of script: each script has a font, and each run of a font its own position.

pypdf gives `尤其是 / Richard Stallman / 所推广。` for what one line says, where a program positions runs one by one.
There a change of script says nothing of a paragraph, and what the trees leave open there runs on like the rest.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from . import classes as c
from .lines import Bools, Floats, Lines

__all__ = ["run_on"]

#: Of the boundaries of such a dump so many are changes of script, and so many there are; of prose one in ten is.
_SHARE: Final = 0.25
_LEAST: Final = 20
#: Of them so many were joined, and those that were not are joined below this probability of a break.
_JOINED: Final = 0.6
_OPEN: Final = 0.9

_WIDE: Final = c.members(c.HAN, c.NUMERAL_HAN, c.HIRAGANA, c.KATAKANA, c.HANGUL)
_NARROW: Final = c.members(c.LOWER, c.UPPER, c.DIGIT)


def run_on(lines: Lines, p: Floats, joined: Bools) -> Bools:
    """Boundaries between scripts, in documents that have most of theirs inside lines of print."""
    above, below = lines.tail[0][:-1], lines.head[0][1:]
    changes: Bools = np.zeros(len(lines), bool)
    changes[:-1] = (_WIDE[above] & _NARROW[below]) | (_NARROW[above] & _WIDE[below])
    changes[:-1] &= lines.doc[1:] == lines.doc[:-1]
    if not changes.any():
        return changes
    docs = len(lines.base)
    count = np.bincount(lines.doc[changes], minlength=docs)
    cut = (count >= _LEAST) & (count >= _SHARE * np.bincount(lines.doc, minlength=docs))
    cut &= np.bincount(lines.doc[changes & joined], minlength=docs) >= _JOINED * count
    return changes & cut[lines.doc] & (p < _OPEN)
