"""Tabs and control codes in the place of blanks: `The\\tsuper-user\\troot\\taccount,\\treserved\\tfor`.

Some programs give the glyph of the blank the tab's code in a PDF's table of characters, because in the font both are
one glyph, or leave it out of the table, and extractors return what the table says, or the number of the glyph: the
blank is the first to the fifth of most fonts. A table of values parted by such codes has as many of them in most rows,
and cells that hold blanks or end without marks; words of prose have none of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from textfix.patterns import pattern

__all__ = ["CONTROLS", "blanks_of_other_codes"]

#: Control codes that stand for a glyph, where a font gives it no other; those left out have a use in texts.
CONTROLS: Final = r"\x01-\x06\x0e-\x1a\x1c-\x1f"
_CODES: Final = pattern(rf"[\t\x08{CONTROLS}]")
_BLANK: Final = pattern(r"(?<=[^\s]) +(?=[^\s])")
#: A line that is told by itself has so many of them, and a text so many such lines: of controls, which no text is
#: written with, fewer tell.
_IN_LINE: Final = 2
_LINES: Final = 8
_OF_CONTROLS: Final = 3
#: Of all lines with such codes, so many at most have as many as each other; of the words of such lines, so many have
#: letters, and so many end in a mark.
_ALIKE: Final = 0.65
#: So many rows make a table.
_ROWS: Final = 3
_LETTERED: Final = 0.7
_MARKED: Final = 0.04
#: So many at most set lines in or stand beside others: blanks do neither. A run of text may end in one.
_OTHERS: Final = 0.05
#: With fewer blanks than this for each, a text has none of its own.
_BLANKS: Final = 0.05
_MARKS: Final = frozenset(",.;:!?，。；：！？、)）”」")


class _Line(NamedTuple):
    places: list[int]
    """Where the codes stand in the text."""
    words: list[str]
    has_blanks: bool


def blanks_of_other_codes(text: str) -> Iterator[int]:
    """Yield where tabs, or control codes, stand for blanks.

    >>> page = "The\\tsuper-user\\taccount,\\treserved\\tfor\\nthe\\tadministrator,\\tis\\tcreated\\n" * 4
    >>> list(blanks_of_other_codes(page))[:3], list(blanks_of_other_codes("name\\tkind\\tsize\\n" * 9))
    ([3, 14, 23], [])
    """
    for code in sorted(set(_CODES.findall(text))):
        yield from _blanks(text, code)


def _blanks(text: str, code: str) -> list[int]:
    """Where one code stands for blanks."""
    least = _LINES if code == "\t" else _OF_CONTROLS
    if text.count(code) < least * _IN_LINE:
        return []
    one = re.compile(rf"(?<=[^\s]){code}(?=[^\s]|\Z)")
    lines, start = [], 0
    for line in text.split("\n"):
        if one.search(line):
            places = [start + match.start() for match in one.finditer(line)]
            lines.append(_Line(places, one.split(line), _BLANK.search(line) is not None))
        start += len(line) + 1
    told = [line for line in lines if len(line.places) >= _IN_LINE and not line.has_blanks]
    if len(told) < least or _are_rows(lines) or not _are_words(told):
        return []
    count = sum(len(line.places) for line in lines)
    if text.count(code) > (1 + _OTHERS) * count:
        return []
    if len(_BLANK.findall(text)) <= _BLANKS * count:
        told = lines
    return [place for line in told for place in line.places]


def _are_rows(lines: list[_Line]) -> bool:
    """Say whether most lines have as many as each other, or as those around them: each table has its own."""
    counts = [len(line.words) for line in lines]
    runs = (len(list(run)) for _, run in groupby(counts))
    alike = max(Counter(counts).values()), sum(run for run in runs if run >= _ROWS)
    return max(alike) > _ALIKE * len(lines)


def _are_words(lines: list[_Line]) -> bool:
    """Say whether what they part are the words of sentences."""
    words = [word for line in lines for word in line.words]
    marked = sum(word[-1:] in _MARKS for word in words)
    lettered = sum(any(map(str.isalpha, word)) for word in words)
    return marked >= _MARKED * len(words) and lettered >= _LETTERED * len(words)
