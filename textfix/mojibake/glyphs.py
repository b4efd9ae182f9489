"""Glyph numbers of a font that were read as Unicode.

A PDF whose font has no ToUnicode table gives the numbers of its glyphs. Chinese fonts number their glyphs in the order
of Unicode, block after block, so that within a block text is off by a constant. Which constant, the commonest
characters say.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from textfix.mojibake.common import HAN
from textfix.mojibake.plausible import COMMON, FREQUENT, likeness

__all__ = ["UNUSUAL", "Shift", "find_shift", "shifted"]

#: Scripts in which next to nobody writes, as a class body; ideographs moved down fall into them all the time.
UNUSUAL: Final = "\u1400-\u167f\u1900-\u1bff\u1c80-\u1cff\u2c00-\u2dff"

_HAN = (0x4E00, 0x9FA5)
_BLOCKS: Final = {"punctuation": (0x3000, 0x301F), "full": (0xFF01, 0xFF5E), "quotes": (0x2018, 0x201D)}
_LOWEST = 0x180


class Shift(NamedTuple):
    """What to add to a code point so that it falls into a block."""

    han: int
    punctuation: int = 0
    full: int = 0
    quotes: int = 0

    def read(self, character: str) -> str:
        """Return what the glyph is, or the character itself where it is no glyph number."""
        code = ord(character)
        if code < 0x100:
            return character
        # General punctuation is what a font's own encoding kept.
        if _HAN[0] <= code + self.han <= _HAN[1] and code >= _LOWEST and not 0x2010 <= code <= 0x2030:
            return chr(code + self.han)
        for name, (first, last) in _BLOCKS.items():
            offset = getattr(self, name)
            if offset and first <= code + offset <= last:
                return chr(code + offset)
        return character


# SimSun as Founder's typesetting writes it into PDFs.
_KNOWN: Final = (Shift(0x4A2C, 0x2E3E, 0xFC44, 0x1F1C),)
_ANCHORS: Final = HAN[:60]


def find_shift(text: str) -> Shift | None:
    """Return the shift that turns the text into Chinese, if the statistics of its characters prove one.

    >>> find_shift("䙷᮹ᆼЏϔВϔࡼˈ")
    Shift(han=18988, punctuation=11838, full=64580, quotes=7964)
    """
    counts = Counter(text)
    for shift in _KNOWN:
        if _rate(counts, shift, least=6) >= 0.6:
            return shift
    letters = [c for c, _ in Counter({c: n for c, n in counts.items() if ord(c) >= _LOWEST}).most_common(80)]
    votes = Counter(ord(anchor) - ord(letter) for letter in letters for anchor in _ANCHORS if letter < anchor)
    offsets = [offset for offset, count in votes.most_common(8) if count > 2]
    ranked = sorted(((_rate(counts, Shift(offset), least=200), offset) for offset in offsets), reverse=True)
    if not ranked or ranked[0][0] < 0.6 or (len(ranked) > 1 and ranked[1][0] > 0.3):
        return None
    return _with_marks(counts, ranked[0][1])


def shifted(line: str, shift: Shift) -> str | None:
    """Return the line read through the shift, or None where it is not a line of glyph numbers."""
    after = "".join(map(shift.read, line))
    if after == line:
        return None
    changed = [c for b, c in zip(line, after) if b != c]
    rare = sum(c not in COMMON for c in changed if "\u4e00" <= c <= "\u9fff")
    return None if likeness(line) > 0.15 or 4 * rare > len(changed) else after


def _rate(counts: Counter[str], shift: Shift, least: int) -> float:
    """Share of frequent characters among the ideographs that a shift gives; 0 if they are few or spread too little."""
    total = frequent = rare = 0
    pages = set()
    for character, count in counts.items():
        after = shift.read(character)
        if after != character and "\u4e00" <= after <= "\u9fff":
            pages.add(ord(character) >> 8)
            total += count
            frequent += count * (after in FREQUENT)
            rare += count * (after not in COMMON)
    # Real text of some script keeps to a page or two; ideographs moved down fall into a dozen.
    return frequent / total if total >= least and len(pages) >= 5 and 20 * rare <= total else 0.0


def _with_marks(counts: Counter[str], han: int) -> Shift:
    """Find the shifts of punctuation: the commonest characters left are the comma and the full stop."""
    plain = Shift(han)
    left = Counter({c: n for c, n in counts.items() if "\u00ff" < c < "\u0400" and plain.read(c) == c})
    found = {}
    for name, mark in (("full", "，"), ("punctuation", "。")):
        if not left:
            break
        offset = ord(mark) - ord(left.most_common(1)[0][0])
        found[name] = offset
        first, last = _BLOCKS[name]
        left = Counter({c: n for c, n in left.items() if not first <= ord(c) + offset <= last})
    return Shift(han, **found)
