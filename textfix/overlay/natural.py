"""What Chinese, and Japanese, doubles by itself: 谢谢, 研究研究, 高高兴兴, 哗啦哗啦, しばしば."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from textfix.patterns import pattern

__all__ = ["TWO_KANA", "Reduplicated", "reduplicated"]

#: Japanese says words of two kana twice: しばしば, ますます, わざわざ, ドキドキ.
TWO_KANA = pattern(r"[\u3041-\u3096]{2}|[\u30a1-\u30fa]{2}")


class Reduplicated(NamedTuple):
    """Learned from clean text by `python -m benchmarks.overlay.reduplication`, which says what each set holds."""

    characters: frozenset[str]
    aabb: frozenset[str]
    abab: frozenset[str]
    sounds: frozenset[str]


@cache
def reduplicated() -> Reduplicated:
    """Return the learned sets, read when first needed."""
    text = Path(__file__).with_name("reduplication.txt").read_text(encoding="utf-8")
    characters, aabb, abab, sounds = (line for line in text.splitlines() if line and not line.startswith("#"))
    return Reduplicated(frozenset(characters), _in_pairs(aabb), _in_pairs(abab), frozenset(sounds))


def _in_pairs(characters: str) -> frozenset[str]:
    return frozenset(map("".join, zip(characters[::2], characters[1::2])))
