"""Tabs in the place of blanks: `The\\tsuper-user\\troot\\taccount,\\treserved\\tfor`.

Some programs give the glyph of the blank the tab's code in a PDF's table of characters, because in the font both are
one glyph, and extractors return what the table says. A table of values parted by tabs has as many of them in most rows,
and cells that hold blanks or end without marks; words of prose have none of that.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from textfix.patterns import pattern

__all__ = ["tabs_for_blanks"]

_TAB = pattern(r"(?<=[^\s])\t(?=[^\s])")
_BLANK = pattern(r"(?<=[^\s]) +(?=[^\s])")
#: A line that is told by itself has so many tabs, and a text so many such lines.
_TABS: Final = 2
_LINES: Final = 8
#: Of all lines with tabs, so many at most have as many as each other; of the words of such lines, so many have letters,
#: and so many end in a mark.
_ALIKE: Final = 0.65
_LETTERED: Final = 0.7
_MARKED: Final = 0.04
#: So many tabs at most set lines in or stand beside others: blanks do neither.
_OTHERS: Final = 0.05
#: With fewer blanks than this for each tab, a text has none of its own.
_BLANKS: Final = 0.05
_MARKS: Final = frozenset(",.;:!?，。；：！？、)）”」")


class _Line(NamedTuple):
    tabs: list[int]
    """Where they stand in the text."""
    words: list[str]
    has_blanks: bool


def tabs_for_blanks(text: str) -> list[int]:
    """Return where tabs stand for blanks.

    >>> page = "The\\tsuper-user\\taccount,\\treserved\\tfor\\nthe\\tadministrator,\\tis\\tcreated\\n" * 4
    >>> tabs_for_blanks(page)[:3], tabs_for_blanks("name\\tkind\\tsize\\n" * 9)
    ([3, 14, 23], [])
    """
    lines, start = [], 0
    for line in text.split("\n"):
        if _TAB.search(line):
            tabs = [start + match.start() for match in _TAB.finditer(line)]
            lines.append(_Line(tabs, _TAB.split(line), _BLANK.search(line) is not None))
        start += len(line) + 1
    told = [line for line in lines if len(line.tabs) >= _TABS and not line.has_blanks]
    if len(told) < _LINES or _are_rows(lines) or not _are_words(told):
        return []
    count = sum(len(line.tabs) for line in lines)
    if text.count("\t") > (1 + _OTHERS) * count:
        return []
    if len(_BLANK.findall(text)) <= _BLANKS * count:
        told = lines
    return [tab for line in told for tab in line.tabs]


def _are_rows(lines: list[_Line]) -> bool:
    """Say whether most lines have as many tabs as each other."""
    counts = Counter(len(line.words) for line in lines)
    return max(counts.values()) > _ALIKE * len(lines)


def _are_words(lines: list[_Line]) -> bool:
    """Say whether what tabs part are the words of sentences."""
    words = [word for line in lines for word in line.words]
    marked = sum(word[-1:] in _MARKS for word in words)
    lettered = sum(any(map(str.isalpha, word)) for word in words)
    return marked >= _MARKED * len(words) and lettered >= _LETTERED * len(words)
