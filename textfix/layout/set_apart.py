"""Lines that stand for themselves whatever their width: commands, items that count on, titles above a quotation."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from textfix.patterns import pattern

from . import classes as c
from .lines import Bools, Floats, Lines

__all__ = ["commands", "counting_on", "titles"]

#: `$ ls`, `# reboot`, `host$ ls`, `root@host:~# ls`.
_PROMPT: Final = pattern(r"(?:[$#]|[\w-]+\$|[\w.-]+@[\w.-]+:\S*[$#])[ \t]+[A-Za-z./~]")
_MAY_PROMPT: Final = c.members(c.LOWER, c.UPPER, c.DIGIT, c.CODE_SIGN)
#: So many characters say what a line begins with.
_BEGINNING: Final = 60

#: Below a colon a command has no prompt: a word, then an option, a path, a redirection or a name with a mark in it.
_COMMAND: Final = pattern(
    r"[a-z][\w.+-]*[ \t]+(?=\S)[!-~ \t]*?(?:(?<!\S)--?[A-Za-z]|[/=*<>|$\\]|\w[-._]\w)[!-~ \t]*\Z", re.A
)
_LONGEST: Final = 200
_COLON: Final = c.members(c.COLON, c.LATIN_COLON)
#: Below this probability of a break it is part of the sentence after all.
_INTO_COMMAND: Final = 0.1


def commands(lines: Lines, p: Floats, joined: Bools) -> Bools:
    """Joins of a command to what stands above it, or below: at a prompt, or below a line of Han with a colon.

    A command that was wrapped stays so: nobody who reads it is misled, and a shell is by what two lines say in one.
    """
    found: Bools = np.zeros(len(lines), bool)
    signs = (lines.signs > 0) & (lines.blanks > 0) & _MAY_PROMPT[lines.head[0]]
    beside = joined.copy()
    beside[1:] |= joined[:-1]
    for line in np.flatnonzero(signs & beside).tolist():
        if _PROMPT.match(lines.beginning(line, _BEGINNING)):
            found[max(0, line - 1) : line + 1] = True
    introduced = beside & (lines.head[0] == c.LOWER) & (lines.blanks > 0) & (lines.han == 0) & (lines.hangul == 0)
    introduced &= lines.last - lines.first < _LONGEST
    introduced[1:] &= _COLON[lines.tail[0][:-1]] & ((lines.han > 0) | (lines.hangul > 0))[:-1]
    introduced[:1] = False
    sure = p < _INTO_COMMAND
    for line in np.flatnonzero(introduced).tolist():
        text = lines.text(int(lines.first[line]), int(lines.last[line]))
        if _COMMAND.match(text) and not _TITLE.match(lines.beginning(line - 1, _BEGINNING)):
            found[line - 1 : line + 1] |= ~sure[line - 1 : line + 1]
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
        mine = _NUMBER.match(lines.beginning(line, _BEGINNING))
        if mine is None:
            continue
        low = max(line - _ITEM, int(lines.doc.searchsorted(lines.doc[line])))
        for above in (low + np.flatnonzero(numbered[low:line])[::-1]).tolist():
            other = _NUMBER.match(lines.beginning(above, _BEGINNING))
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
        if _TITLE.match(lines.beginning(line, _BEGINNING)) and _QUOTE.match(lines.beginning(line + 1, _BEGINNING)):
            found[line] = True
    return found
