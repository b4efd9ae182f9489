"""Formulas that an extractor took apart: one symbol on each line."""

from __future__ import annotations

from typing import Final

from textfix.patterns import pattern

__all__ = ["LEAST", "SHORT", "shattered"]

#: The longest line of a formula that was taken apart, three symbols with blanks between them, and how many such lines
#: it has at least.
SHORT: Final = 5
LEAST: Final = 6
_SYMBOL = r"[^\s\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc]"
#: Newline first; a stretch of lines of one to three symbols, blank lines among them. A blank can be read in one way
#: only, lest lines of nothing but blanks take for ever.
_STRETCH = pattern(rf"\n(?:[ \t]*{_SYMBOL}(?:[ \t]?{_SYMBOL}){{0,2}}[ \t]*\n(?:[ \t]*\n)*){{{LEAST},}}")
_LINE = pattern(r"[^\n]*\S[^\n]*")
_SIGN = pattern("[=+−×÷∑∏∫√∞≈≠≤≥∂∇αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ]")
_LETTER = pattern("[A-Za-z]")


def shattered(text: str) -> list[tuple[int, int, int]]:
    """Return the stretches of such lines, as `(start, end, lines)`.

    >>> shattered("能量为\\nE\\n=\\nm\\nc\\n2\\n+\\np\\n其中")
    [(4, 17, 7)]
    >>> shattered("表\\n1\\n2\\n3\\n4\\n5\\n6\\n7\\n完")
    []
    """
    found = []
    for match in _STRETCH.finditer(text):
        lines = [line[0].strip() for line in _LINE.finditer(match[0])]
        signs = sum(bool(_SIGN.search(line)) for line in lines)
        letters = sum(bool(_LETTER.search(line)) for line in lines)
        if len(lines) >= LEAST and signs >= 2 and signs + letters >= 0.4 * len(lines):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append((start, match.start() + len(match[0].rstrip()), len(lines)))
    return found
