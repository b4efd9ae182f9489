"""How well words run on from one line to another, whichever two lines: neighbours or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .words import words

__all__ = ["crossing"]


def crossing(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return, in nats, how much likelier than chance the end of each first line stands before its second one.

    Above 2 a word runs across; below 0 the two lines have nothing to say to each other. Only the last two and the first
    two characters count, and only where they are in the table of words (Han and kana, folded to Simplified forms).

    >>> [round(value) for value in crossing([("铸牢中华民", "族共同体意识"), ("铸牢中华民", "第三章")])]
    [5, -1]
    """
    if not pairs:
        return []
    rows = [a.rstrip()[-2:].rjust(2, "\0") + b.lstrip()[:2].ljust(2, "\0") for a, b in pairs]
    codes = np.array([[min(ord(character), 0xFFFF) for character in row] for row in rows], np.uint16).T
    table = words()
    a2, a1, b1, b2 = table.folded(codes)
    return [float(value) for value in np.maximum.reduce(table.evidence(a2, a1, b1, b2))]
