"""How plausible a text is as text: the bits it costs under a small model of what East Asian text is made of.

Many encodings decode almost any bytes, so that decoding without an error proves little: Big5 bytes come out of GB18030
as rare Han, EUC-KR ones as random Han, Shift-JIS ones as rare Han and half-width kana. Comparing what the same bytes
cost under each reading tells them apart, because every character costs the logarithm of how rare it is. The model knows
single characters only, so one pass that counts them is all it takes.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from functools import cache

from textfix.io._frequent import HAN_1, HAN_2, HANGUL

__all__ = ["Plausibility", "plausibility"]

# Bits of a character: -log2(share of its class in running text / number of its members). Shares of Han are those of the
# counts behind `_frequent.py` (the first 256 make up 56 %, the next 768 31 %, the first level of the national standards
# nearly all the rest); those of kana, Hangul and marks are rounded from Japanese and Korean manuals.
_HAN_1, _HAN_2, _HAN_LEVEL_1, _HAN_OTHER, _HAN_EXTENSION = 9.5, 11.5, 15.0, 20.0, 26.0
_HIRAGANA, _KATAKANA, _HALF_KATAKANA = 7.5, 8.5, 17.0
_HANGUL_COMMON, _HANGUL_OTHER = 8.5, 17.0
_STOP, _MARK, _FULLWIDTH, _SYMBOL = 8.0, 11.0, 13.0, 16.0
_ASCII, _SPACE, _LETTER, _FOREIGN = 6.0, 4.0, 11.0, 9.0
_CYRILLIC, _CYRILLIC_CAPITAL = 6.0, 10.0
_CONTROL, _PRIVATE, _NOTHING = 40.0, 24.0, 40.0

_STOPS = "，。、；：？！“”《》（）「」　・"
_MARKS = "‘’『』〈〉【】〔〕—…·－～％"

# Above this many bits for each character beyond ASCII a reading is not plausible. Running text costs 9 to 12.5, lists
# of names and verse up to 14, wrong readings mostly 17 and more.
LIMIT = 15.5


class Plausibility:
    """What a reading of some bytes costs: in all, and for each character beyond ASCII."""

    __slots__ = ("bits", "each")

    def __init__(self, bits: float, each: float) -> None:
        self.bits = bits
        self.each = each

    def __repr__(self) -> str:
        return f"<Plausibility: {self.bits:.0f} bits, {self.each:.1f} each>"

    @property
    def acceptable(self) -> bool:
        """Whether this can be text at all."""
        return self.each <= LIMIT


def plausibility(text: str) -> Plausibility:
    """Return what the text costs; linear in its length.

    >>> plausibility("本报记者报道").acceptable, plausibility("\u5fdb\u88e7\u7c0f\u7d3c").acceptable
    (True, False)
    """
    costs = _costs()
    total = beyond = 0.0
    count = 0
    for character, number in Counter(text).items():
        bits = costs.get(character)
        if bits is None:
            bits = _bits(character)
        total += bits * number
        if character > "\x7f" or bits == _CONTROL:
            beyond += bits * number
            count += number
    return Plausibility(total, beyond / count if count else 0.0)


@cache
def _costs() -> dict[str, float]:
    """The characters whose cost does not follow from their block."""
    costs = dict.fromkeys(map(chr, range(0x20)), _CONTROL)
    costs |= dict.fromkeys(map(chr, range(0x20, 0x7F)), _ASCII)
    costs |= dict.fromkeys("\t\n\v\f\r ", _SPACE)
    costs |= dict.fromkeys(map(chr, range(0x410, 0x430)), _CYRILLIC_CAPITAL)
    costs |= dict.fromkeys(map(chr, range(0x430, 0x450)), _CYRILLIC)
    for low, high, codec in ((0xB0, 0xD8, "gb2312"), (0xA4, 0xC7, "big5"), (0xB0, 0xD0, "euc_jp")):
        rows = bytes(byte for lead in range(low, high) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
        # Past a hole in a table decoding resumes in the middle of a pair, and finds other things than Han.
        costs |= dict.fromkeys(filter("\u4e00".__le__, rows.decode(codec, "ignore")), _HAN_LEVEL_1)
    costs |= dict.fromkeys(HAN_2, _HAN_2) | dict.fromkeys(HAN_1, _HAN_1) | dict.fromkeys(HANGUL, _HANGUL_COMMON)
    costs |= dict.fromkeys(_MARKS, _MARK) | dict.fromkeys(_STOPS, _STOP)
    return costs


# Blocks by their last code point, in order.
_BLOCKS = (
    (0x7F, _CONTROL), (0x9F, _CONTROL), (0xBF, _SYMBOL), (0xD6, _LETTER), (0xD7, _SYMBOL), (0xF6, _LETTER),
    (0xF7, _SYMBOL), (0x17F, _LETTER), (0x36F, _SYMBOL), (0x3FF, _FOREIGN), (0x4FF, _LETTER), (0x6FF, _FOREIGN),
    (0xDFF, _SYMBOL), (0xE7F, _FOREIGN), (0x1DFF, _SYMBOL), (0x1EFF, _LETTER), (0x1FFF, _FOREIGN), (0x2BFF, _SYMBOL),
    (0x2FFF, _HAN_EXTENSION), (0x303F, _SYMBOL), (0x309F, _HIRAGANA), (0x30FF, _KATAKANA), (0x33FF, _SYMBOL),
    (0x4DBF, _HAN_EXTENSION), (0x9FFF, _HAN_OTHER), (0xABFF, _HAN_EXTENSION), (0xD7FF, _HANGUL_OTHER),
    (0xDFFF, _NOTHING), (0xF8FF, _PRIVATE), (0xFDFF, _HAN_EXTENSION), (0xFE6F, _SYMBOL), (0xFEFE, _HAN_EXTENSION),
    (0xFEFF, _SYMBOL), (0xFF60, _FULLWIDTH), (0xFF9F, _HALF_KATAKANA), (0xFFEF, _SYMBOL), (0xFFFD, _NOTHING),
    (0x1EFFF, _HAN_EXTENSION), (0x1FAFF, _SYMBOL), (0x3FFFF, _HAN_EXTENSION), (math.inf, _PRIVATE),
)  # fmt: skip


@cache
def _bits(character: str) -> float:
    if unicodedata.category(character) == "Cn":
        return _NOTHING
    code = ord(character)
    return next(bits for last, bits in _BLOCKS if code <= last)
