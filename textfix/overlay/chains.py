"""Reads lines of which each begins with the end of the one above: `经由 / 经由 PSTN / PSTN 数据机 / 数据机`.

An extractor that begins a new line for every drawing returns a line of several runs like that. It may drop the copies
of a run of one character, which has its like right before it, so that such a run stands once between the others: the
dots of `14 / 14.4. AppArmor / AppArmor`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from textfix.overlay.parse import Run, parse
from textfix.overlay.strings import overlap
from textfix.patterns import pattern

__all__ = ["Chain", "chained"]

_VISIBLE = pattern(r"\S")
_LEAST = 2  # characters of a copy on the next line
#: Characters that are drawn in one go: of a run that stands once there is no more than one.
_TORN = pattern(r"[0-9]{2}|[A-Za-z\u00c0-\u024f]{2}")
_DRAWN_AT_ONCE = pattern(r"[0-9]{2}|[A-Za-z\u00c0-\u024f]{2}|[^\W\da-zA-Z\u00c0-\u024f_]{2}")
#: A mark that stands right behind a copy as often.
_SEAMS = {copies: pattern(rf"([^\w\s])\1{{{copies - 1}}}(?!\1)") for copies in (2, 3, 4)}


class Chain(NamedTuple):
    """Lines that are one line drawn several times; runs by their offsets from where the first line starts."""

    copies: int
    runs: tuple[Run, ...]
    size: int
    """How many characters the lines have."""

    def said(self, lines: str) -> str:
        """Return what the lines say once, without blanks."""
        position, pieces = 0, []
        for run in self.runs:
            pieces.append(lines[position : run.head])
            position = run.end
        return "".join("".join([*pieces, lines[position : self.size]]).split())


class _Line(NamedTuple):
    word: str
    places: list[int]


def chained(text: str, start: int, stop: int) -> Chain | None:
    """Read lines as a chain, as far as it goes; None where the first one is not copied into the next.

    >>> text = "14\\n14.4. AppArmor\\nAppArmor の紹介\\nの紹介\\n以下では"
    >>> chain = chained(text, 0, len(text))
    >>> chain.copies, [run.unit for run in chain.runs], text[: chain.size].splitlines()[-1]
    (2, ['14', 'AppArmor', 'の紹介'], 'の紹介')
    """
    lines: list[_Line] = []
    position = 0
    for line in text[start:stop].split("\n"):
        places = [position + match.start() for match in _VISIBLE.finditer(line)]
        if places:
            lines.append(_Line("".join(line.split()), places))
        position += len(line) + 1
    for copies in (4, 3, 2):
        chain = _read(lines, copies)
        if chain is not None:
            return chain
    return None


def _read(lines: Sequence[_Line], copies: int) -> Chain | None:
    runs: list[Run] = []
    at = used = 0
    while True:
        size = _copied(lines, at, used, copies)
        line = lines[at]
        rest = line.word[used : len(line.word) - size]
        seam = _SEAMS[copies].match(rest) if used and not size else None
        if seam is not None:
            rest = seam[0]  # an extractor that drops most copies leaves no others of what follows
        beside = _beside(rest, line.places[used:], copies)
        if _DRAWN_AT_ONCE.search(_outside(rest, line.places[used:], beside)):
            return None
        runs += beside
        if not size:
            break
        last = lines[at + copies - 1]
        runs.append(Run(line.places[-size], line.places[-1] + 1, last.places[size - 1] + 1, line.word[-size:], True))
        at, used = at + copies - 1, size
    return Chain(copies, tuple(runs), lines[at].places[-1] + 1) if at else None


def _copied(lines: Sequence[_Line], at: int, used: int, copies: int) -> int:
    """Return how many characters of the end of a line, which no other run has, stand on the next lines as well."""
    if at + copies > len(lines):
        return 0
    own = lines[at].word[used:]
    last = lines[at + copies - 1].word
    if copies == 2:
        size = overlap(own, last) if own else 0
    else:
        middle = {line.word for line in lines[at + 1 : at + copies - 1]}
        copy = min(middle)
        size = len(copy) if len(middle) == 1 and own.endswith(copy) and last.startswith(copy) else 0
    whole = size >= _LEAST or size in (len(own), len(last))
    return size if whole and not (_is_torn(lines[at], -size) or _is_torn(lines[at + copies - 1], size)) else 0


def _is_torn(line: _Line, at: int) -> bool:
    """Say whether a place lies inside a Latin word or a number, which are drawn in one go: `plan / planet`."""
    at %= len(line.word)
    return at > 0 and line.places[at] == line.places[at - 1] + 1 and _TORN.match(line.word, at - 1) is not None


def _beside(rest: str, places: Sequence[int], copies: int) -> list[Run]:
    """Read what stands side by side as often as the lines were drawn: marks, and words of some letters."""
    return [
        Run(places[run.start], places[run.head - 1] + 1, places[run.end - 1] + 1, run.unit, True)
        for run in parse(rest, copies).runs
        if not any(map(str.isalnum, run.unit)) or sum(map(str.isalpha, run.unit)) > 1
    ]


def _outside(rest: str, places: Sequence[int], runs: Sequence[Run]) -> str:
    """Return what no run holds, with a blank for each."""
    kept, position = [], 0
    for run in runs:
        kept.append(rest[position : bisect_left(places, run.start)])
        position = bisect_left(places, run.end)
    return " ".join([*kept, rest[position:]])
