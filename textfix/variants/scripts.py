"""Which characters tell that a text is Simplified, and which that it is Traditional.

A character belongs to the source script alone if the conversion makes another one of it, the way back leaves it, and
the character set of the other script lacks it; a character belongs to the target script alone in the mirror of this.
The character sets are GB 2312 for Simplified and Big5 for Traditional. They decide about the forms that both scripts
use, each in its own words: 后 里 干 台 are in both and so say nothing; 来 and 來 are in one each.
"""

from __future__ import annotations

import re
from functools import cache

from textfix.patterns import pattern
from textfix.variants.configs import Config, config, converter

__all__ = ["source_only", "target_only"]

# Unified ideographs and Extension A: what lies beyond is too rare to tell anything.
_HAN = "".join(map(chr, range(0x3400, 0xA000)))


def source_only(by: Config) -> re.Pattern[str]:
    """Return a pattern for the characters of the script that a conversion leads from, and of it alone."""
    return _only(by.forms, config(by.forms).back, by.target)


def target_only(by: Config) -> re.Pattern[str]:
    """Return a pattern for the characters of the script that a conversion leads to, and of it alone."""
    return _only(config(by.forms).back, by.forms, by.source)


@cache
def _only(out: str, back: str, other: str) -> re.Pattern[str]:
    left = converter(out)("\n".join(_HAN)).split("\n")
    kept = converter(back)("\n".join(_HAN)).split("\n")
    shared = set(
        _HAN.encode("gb2312" if other == "s" else "big5", "ignore").decode("gb2312" if other == "s" else "big5")
    )
    return pattern(f"[{''.join(c for c, a, b in zip(_HAN, left, kept) if a != c == b and c not in shared)}]")
