"""Sentences that begin with what goes on from the one before: `however`, `they`, 因此, 它, しかし, 하지만.

Where a sentence ends with its full line, the next one begins a paragraph or goes on with this one. A pronoun has its
noun before it, and a word that joins two sentences the other sentence: of those inside paragraphs three to ten times as
many begin so as of those that open one. Words that point as well to a heading or a list, or to the page (`this`, 这,
この, 이), open paragraphs too often.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from textfix.patterns import pattern

from .lines import Bools, Lines

__all__ = ["going_on"]

_GOES_ON: Final = pattern(
    r"(?:但|因此|因为|因為|所以|然而|同时|同時|此外|另外|而且|并且|並且|于是|於是|否则|否則|可是|例如|比如|他|她|它|其(?![他它余餘次]))"
    r"|(?:その(?!他)|それ|これ|そこで|しかし|そして|ただし|例えば|つまり|したがって|従って|なぜなら|さらに)"
    r"|(?:그러나|그리고|그래서|그런데|그러면|그러므로|그렇지만|그렇게|그것|그[는가의를]?\s|하지만|게다가|다만|또한|따라서)"
    r"|(?:It|They|He|She|Its|Their|Those|These|That|However|But|Thus|Therefore|Hence|Otherwise|Moreover|Besides)\b"
)
#: So many characters say what a line begins with.
_BEGINNING: Final = 12


def going_on(lines: Lines, some: Bools) -> Bools:
    """Of some boundaries those above a line that begins so."""
    found: Bools = np.zeros(len(lines), bool)
    for line in np.flatnonzero(some[:-1]).tolist():
        found[line] = _GOES_ON.match(lines.beginning(line + 1, _BEGINNING)) is not None
    return found
