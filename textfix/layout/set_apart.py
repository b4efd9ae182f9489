"""Lines that stand for themselves whatever their width: commands, items that count on, titles above a quotation."""

from __future__ import annotations

from typing import Final

import numpy as np

from textfix.patterns import pattern

from . import classes as c
from .lines import Bools, Lines

__all__ = ["commands", "counting_on"]

#: `$ ls`, `# reboot`, `host$ ls`, `root@host:~# ls`.
_PROMPT: Final = pattern(r"(?:[$#]|[\w-]+\$|[\w.-]+@[\w.-]+:\S*[$#])[ \t]+[A-Za-z./~]")
_MAY_PROMPT: Final = c.members(c.LOWER, c.UPPER, c.DIGIT, c.CODE_SIGN)
#: So many characters say what a line begins with.
_BEGINNING: Final = 60


def commands(lines: Lines, joined: Bools) -> Bools:
    """Joins of a command that is typed at a prompt to what stands above it, or below.

    A command that was wrapped stays so: nobody who reads it is misled, and a shell is by what two lines say in one.
    """
    found: Bools = np.zeros(len(lines), bool)
    signs = (lines.signs > 0) & (lines.blanks > 0) & _MAY_PROMPT[lines.head[0]]
    asked = joined & signs
    asked[:-1] |= joined[:-1] & signs[1:]
    at = np.flatnonzero(asked)
    for line in np.union1d(at, at + 1)[: len(lines)].tolist():
        if line < len(lines) and signs[line] and _PROMPT.match(_begins(lines, line)):
            found[max(0, line - 1) : line + 1] = True
    return found & joined


#: A number of an item and its mark, not of a section (`5.6`).
_NUMBER: Final = pattern(r"[(（]?(\d{1,3})([、.．)）])(?!\d)")
_MAY_COUNT: Final = c.members(c.DIGIT, c.OPENER, c.LATIN_OPENER)
_COUNTS: Final = c.members(c.ENUM_COMMA, c.PERIOD, c.STOP, c.CLOSER, c.LATIN_CLOSER)
#: An item has so many lines at most.
_ITEM: Final = 30


def counting_on(lines: Lines, joined: Bools) -> Bools:
    """Joins of an item to the one before: the line begins with the number that comes next, and the same mark."""
    found: Bools = np.zeros(len(lines), bool)
    numbered = _MAY_COUNT[lines.head[0]] & _COUNTS[lines.head[1:5]].any(axis=0)
    for line in (np.flatnonzero(joined[:-1] & numbered[1:]) + 1).tolist():
        mine = _NUMBER.match(_begins(lines, line))
        if mine is None:
            continue
        low = max(line - _ITEM, int(lines.doc.searchsorted(lines.doc[line])))
        for above in (low + np.flatnonzero(numbered[low:line])[::-1]).tolist():
            other = _NUMBER.match(_begins(lines, above))
            if other is not None and other[2] == mine[2]:
                found[line - 1] = int(mine[1]) == int(other[1]) + 1
                break
    return found


#: `9.6.7. 挂载选项`, `表格 2.17. 重要文件`, `Example 14.3. if File`.
_TITLE: Final = pattern(r"(?:表格?|[图圖図例]|Table|Figure|Example|그림|표)?\s?\d{1,2}(?:[.-]\d{1,3}){1,4}[.:：]?\s")
_MAY_QUOTE: Final = c.members(c.OPENER, c.LATIN_QUOTE)
_QUOTE: Final = pattern('["“「『]')
#: What a title does not end with.
_OPEN: Final = c.members(c.OPENER, c.LATIN_OPENER, c.COMMA, c.ENUM_COMMA, c.LATIN_COMMA)


def titles(lines: Lines, joined: Bools) -> Bools:
    """Joins of a numbered title to what begins with a quotation, as text below it does, and a title seldom goes on."""
    found: Bools = np.zeros(len(lines), bool)
    asked = joined[:-1] & _MAY_QUOTE[lines.head[0][1:]] & ~_OPEN[lines.tail[0][:-1]] & (lines.digits[:-1] > 1)
    for line in np.flatnonzero(asked).tolist():
        if _TITLE.match(_begins(lines, line)) and _QUOTE.match(_begins(lines, line + 1)):
            found[line] = True
    return found


def _begins(lines: Lines, line: int) -> str:
    start = int(lines.first[line])
    return lines.text(start, min(start + _BEGINNING, int(lines.last[line])))
