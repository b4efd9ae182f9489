"""Reads a column of single characters, each drawn three or four times: a heading in a place too narrow for more."""

from __future__ import annotations

from collections.abc import Collection

from textfix.overlay.evidence import Reading, Shape
from textfix.overlay.natural import reduplicated
from textfix.overlay.parse import Run
from textfix.overlay.scan import Lines
from textfix.overlay.strings import FIRST_WIDE

__all__ = ["stacked"]

_COPIES = (3, 4)  # two are a word: `人人 / 天天`
_LEAST = 3  # different characters, of those that do not double by themselves


def stacked(text: str, lines: Lines, known: Collection[int]) -> dict[int, Reading]:
    """Read lines, given where they start and end, that are a column.

    >>> text = "欧欧欧\\n佩佩佩\\n克克克\\n哈哈哈\\n"
    >>> lines = Lines([0, 4, 8, 12], [3, 7, 11, 15])
    >>> [reading.runs[0].unit for reading in stacked(text, lines, ()).values()]
    ['欧', '佩', '克', '哈']
    >>> stacked(text[8:], Lines([0, 4], [3, 7]), ())
    {}
    """
    found: dict[int, Reading] = {}
    column: list[int] = []
    size = stop = 0
    for start, end in [*zip(lines.starts, lines.ends), (len(text) + 2, len(text) + 2)]:
        drawn = (
            end - start in _COPIES
            and start not in known
            and text[start] > chr(FIRST_WIDE)
            and text[start:end] == text[start] * (end - start)
        )
        if column and not (drawn and start == stop + 1 and end - start == size):
            if len({text[place] for place in column} - _by_themselves()) >= _LEAST:
                found.update((place, _read(text[place], size)) for place in column)
            column = []
        if drawn:
            column.append(start)
            size = end - start
        stop = end
    return found


def _by_themselves() -> frozenset[str]:
    natural = reduplicated()
    return natural.characters | natural.sounds


def _read(character: str, copies: int) -> Reading:
    runs = (Run(0, 1, copies, character, parted=False),)
    return Reading(copies, "char", Shape.WHOLE, runs, 0.0, 0.0, blanks=False)
