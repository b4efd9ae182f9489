"""Line breaks in the middle of what cannot be parted: an address at its dot, a noun from its particle.

A line of Latin that ends in a full stop ends a sentence, and widths decide; but `debian-devel@lists.debian.` goes on
with `org`, in whatever line it stands. In Korean a particle is written to the word before it: what begins with one goes
on, where dumps end lines at every change of font above all (`unstable / 에는`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from textfix.patterns import pattern

from . import classes as c
from .lines import Bools, Floats, Lines

__all__ = ["bound"]

#: Above this probability of a break what looks like half an address is the last word of a line of program output.
_OPEN: Final = 0.7
_LETTER: Final = c.members(c.LOWER, c.UPPER, c.DIGIT)
#: What a particle is written to, where a change of font parted it: not a word of Hangul, which it may be part of.
_FOREIGN: Final = _LETTER | c.members(c.CLOSER, c.LATIN_CLOSER, c.LATIN_QUOTE)
#: What stands before the dot an address was cut at: it has a dot of its own, or a sign that no word has.
_ADDRESS: Final = pattern(r"[!-~]*[@/.][^\W_][!-~]*(?<=[A-Za-z0-9])\.\Z")
#: So many characters at the end of a line say whether an address stands there.
_LONGEST: Final = 100
#: 이, which is also `this`, may begin a paragraph.
_PARTICLE: Final = pattern(
    r"(?:에서|에게|으로|부터|까지|처럼|보다|이나|이라는|라는|이며|입니다|[은는가을를의에와과로도만]|에[는도]|에서[는도]|으?로[는도])(?=[\s,]|\Z)"
)
#: So many characters say what a line begins with.
_BEGINNING: Final = 8


def bound(lines: Lines, p: Floats) -> Bools:
    """Boundaries inside an address, and before a particle."""
    return _inside_address(lines, p) | _before_particle(lines)


def _inside_address(lines: Lines, p: Floats) -> Bools:
    found: Bools = np.zeros(len(lines), bool)
    asked = (lines.tail[0] == c.PERIOD) & _LETTER[lines.tail[1]] & (p < _OPEN)
    asked[:-1] &= (lines.head[0][1:] == c.LOWER) & (lines.blanks_before[1:] == 0) & (lines.doc[1:] == lines.doc[:-1])
    asked[-1:] = False
    for line in np.flatnonzero(asked).tolist():
        end = int(lines.last[line])
        words = lines.text(max(int(lines.first[line]), end - _LONGEST), end).split()
        found[line] = _ADDRESS.search(words[-1]) is not None
    return found


def _before_particle(lines: Lines) -> Bools:
    found: Bools = np.zeros(len(lines), bool)
    asked = _FOREIGN[lines.tail[0][:-1]] & (lines.head[0][1:] == c.HANGUL) & (lines.doc[1:] == lines.doc[:-1])
    for line in np.flatnonzero(asked).tolist():
        found[line] = _PARTICLE.match(lines.beginning(line + 1, _BEGINNING)) is not None
    return found
