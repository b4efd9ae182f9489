"""Showing text in a terminal: how wide it is, and what stands for characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from textfix.patterns import pattern

__all__ = ["clip", "quoted", "visible", "width"]

# Never sent to a terminal as they are: controls, bidirectional marks and isolates, zero-width characters, line and
# paragraph separators, interlinear annotation, tags, private use (the general categories Cc, Zl, Zp, Co, most of Cf).
_ALWAYS = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
)
_UNSEEN = pattern(f"[{_ALWAYS}]")
# Where the characters themselves are the matter, so are joiners, variation selectors and the spaces that look like one.
_UNTOLD = pattern(f"[{_ALWAYS}\u200c\u200d\ufe00-\ufe0f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Return a stretch of a line for showing: one space for a tab, an escape for what cannot be seen.

    >>> print(visible("城\\u200b西"))
    城\\u200b西
    """
    return _UNSEEN.sub(_escape, text.replace("\t", " "))


def quoted(text: str, limit: int = 40) -> str:
    """Return text in quotes, every unseen character and unusual space escaped, the middle of a long one left out.

    >>> print(quoted("\\u3000城\\n"))
    '\\u3000城\\n'
    """
    if len(text) > limit:
        half = (limit - 1) // 2
        return f"'{_told(text[:half])}…{_told(text[-half:])}'"
    return f"'{_told(text)}'"


def width(text: str) -> int:
    """Return how many cells a terminal gives to a text: two for Wide and Fullwidth, none for combining marks.

    Ambiguous characters (quotes, dashes, Greek) count one, as terminals draw them unless told otherwise.

    >>> width("城西 OK"), width("“e\\u0301”")
    (7, 3)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def clip(text: str, cells: int) -> str:
    """Return the longest beginning of a text that fits into so many cells."""
    used = 0
    for index, character in enumerate(text):
        used += _cells(character)
        if used > cells:
            return text[:index]
    return text


@lru_cache(maxsize=1 << 14)
def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _told(text: str) -> str:
    return _UNTOLD.sub(_escape, text.replace("\\", "\\\\"))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
