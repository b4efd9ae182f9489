"""How much a text looks like Chinese, Japanese or Korean: the share of its letters that are among the commonest.

Measured on clean text this share is .7 to .95; on the same text misread it is below .15, because a wrong encoding
spreads common characters over the whole code page.
"""

from __future__ import annotations

from typing import Final

from textfix.mojibake.common import HAN, HANGUL
from textfix.patterns import pattern

__all__ = ["COMMON", "FREQUENT", "is_text", "likeness"]

#: The characters that make up most of any text.
FREQUENT: Final = frozenset(HAN[:900])
#: The characters that an ordinary text has: the others are rare words and names.
COMMON: Final = frozenset(HAN)
_FREQUENT_HANGUL: Final = frozenset(HANGUL[:250])

_KANA = pattern("[\u3041-\u30ff]")
# What is no letter: ASCII, general punctuation, CJK symbols and punctuation, full-width forms.
_MARKS = pattern("[\x00-\x7f·×\u2010-\u203b\u3000-\u3020\u30fb\uff01-\uff5e]+")
# What no text has: controls, private use, replaced characters, noncharacters.
_GARBAGE = pattern("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff\U000f0000-\U0010ffff]")


def is_text(text: str) -> bool:
    """Say whether a text is free of characters that no text has."""
    return _GARBAGE.search(text) is None


def likeness(text: str) -> float:
    """Return 0 to 1: the share of frequent characters among the letters, for the language that fits best.

    >>> likeness("那日寨主一举一动，没曾") > 0.6, likeness("腔弊笢婓頗珨睿躓") < 0.2
    (True, True)
    """
    letters = _MARKS.sub("", text)
    if not letters:
        return 0.0
    frequent = sum(map(FREQUENT.__contains__, letters))
    kana = len(_KANA.findall(letters))
    hangul = sum(map(_FREQUENT_HANGUL.__contains__, letters))
    japanese = frequent + kana if 4 * kana >= len(letters) else 0
    return max(frequent, japanese, hangul) / len(letters)
