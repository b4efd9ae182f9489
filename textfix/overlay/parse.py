"""Reads a line as runs that are each drawn k times, and literals between them, at the least cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import NamedTuple

from textfix.patterns import pattern

__all__ = ["Parse", "Run", "could_cover", "letter_counts", "most_copies", "parse", "spare_letters"]

# A literal costs 1 a character, a run something to begin and a little for each character it has to spell out. A single
# character as a run costs more, so that `aabbaabb` is read as `aabb` twice rather than as four pairs.
_BEGIN = 0.7
_SPELL = 0.12
_SINGLE = 0.5

# How many places where the same two characters come again are tried as the second copy. A unit that holds its own first
# two characters more often than this does not occur; without a bound, `ababab…` would cost the square of its length.
_TRIES = 12

_TILES = {copies: pattern(rf"(.{{2,128}})\1{{{copies - 1}}}|(.)\2{{{copies - 1}}}") for copies in (2, 3, 4)}
_SINGLES = {copies: pattern(rf"(.)\1{{{copies - 1}}}") for copies in (2, 3, 4)}
_Units = list[tuple[int, int]]  # where each unit begins, and how many characters it has, in order
_VISIBLE = pattern(r"\S")
_LATIN = pattern(r"[A-Za-z\u00c0-\u024f]")


class Run(NamedTuple):
    """One unit and its copies: `start:head` is the copy that stays, `head:end` the others (offsets in the line)."""

    start: int
    head: int
    end: int
    unit: str
    parted: bool
    """Whether blanks stand between the copies."""


class Parse(NamedTuple):
    """The reading of a line for one number of copies."""

    copies: int
    line: str
    runs: tuple[Run, ...]
    cost: float

    def stretches(self) -> Iterator[tuple[Run, ...]]:
        """Yield runs that follow each other with nothing but blanks between them."""
        stretch: list[Run] = []
        for run in self.runs:
            if stretch and self.line[stretch[-1].end : run.start].strip():
                yield tuple(stretch)
                stretch = []
            stretch.append(run)
        if stretch:
            yield tuple(stretch)


def parse(line: str, copies: int, *, single: bool = False) -> Parse:
    """Return the cheapest reading of `line`; with `single`, units are single characters only.

    >>> [run.unit for run in parse("20222022年城西区年城西区", 2).runs]
    ['2022', '年城西区']
    >>> [run.unit for run in parse("微微软软公公司司", 2, single=True).runs]
    ['微', '软', '公', '司']
    """
    text = "".join(line.split())
    if len(text) == len(line):
        where: Sequence[int] = range(len(line))
    else:
        where = [match.start() for match in _VISIBLE.finditer(line)]
    found = None if single else _tiled(line, text, where, copies)
    if found is None:
        # A unit of two characters or more stands nowhere if none of its pairs stands as often.
        pairs = {} if single else Counter(map(add, text, text[1:]))
        often = {pair for pair, times in pairs.items() if times >= copies}
        if not often and not _SINGLES[copies].search(text):
            return Parse(copies, line, (), float(len(text)))
        found = _cheapest(line, text, where, copies, often)
    choice, cost = found
    if isinstance(where, range):
        runs = [Run(i, i + unit, i + copies * unit, text[i : i + unit], False) for i, unit in choice]
    else:
        runs = [_run(line, text, where, i, unit, copies) for i, unit in choice]
    return Parse(copies, line, tuple(runs), cost)


def letter_counts(line: str) -> list[int]:
    """Return how often each letter of a line stands there, the rarest first.

    >>> letter_counts("22001199年年1111月月月")
    [2, 3]
    """
    return sorted(map(line.count, set(filter(str.isalpha, line))))


def most_copies(counts: Sequence[int]) -> int:
    """Return how often two letters at least stand in a line: no reading of more copies says anything."""
    return counts[-2] if len(counts) > 1 else 1


def spare_letters(counts: Iterable[int], copies: int) -> int:
    """Return how many letters of a line no reading of so many copies can hold, for their number."""
    return sum([count % copies for count in counts])


def could_cover(line: str, copies: int) -> bool:
    """Say whether there are few enough different letters for all of them to stand as often as that."""
    letters = list(filter(str.isalpha, line))
    return len(set(letters)) * copies <= len(letters)


def _tiled(line: str, text: str, where: Sequence[int], copies: int) -> tuple[_Units, float] | None:
    """Tile the text by the longest runs there are; None where that leaves a gap, for the search to decide."""
    match = _TILES[copies].match
    choice: _Units = []
    cost, position, count, closed = 0.0, 0, len(text), isinstance(where, range)
    while position < count:
        found = match(text, position)
        if not found:
            return None
        end = found.end()
        unit = (end - position) // copies
        if unit == 1:
            cost += _BEGIN + _SPELL + _SINGLE
        else:
            word = text[position : position + unit]
            if not word[0].isalpha() and _is_drawn(word, copies):
                return None
            if _is_power(word) if closed else not _is_spaced_alike(line, word, where, position, copies):
                return None
            cost += _BEGIN + _SPELL * unit
        choice.append((position, unit))
        position = end
    return choice, cost


def _cheapest(line: str, text: str, where: Sequence[int], copies: int, often: set[str]) -> tuple[_Units, float]:
    """Find the cheapest reading, from the end of the text to its start; units begin with a pair that stands often."""
    count = len(text)
    best = [float(count - i) for i in range(count + 1)]
    choice = {}
    later: dict[str, list[int]] = {}
    twos = [*map(add, text, text[1:]), ""]
    for i in range(count - 1, -1, -1):
        cost, width = best[i + 1] + 1.0, 0
        pair = twos[i]
        if pair and pair[0] == pair[1] and text.startswith(text[i] * copies, i):
            price = best[i + copies] + _BEGIN + _SPELL + _SINGLE
            if price < cost:
                cost, width = price, 1
        if pair in often:
            for j in later.setdefault(pair, [])[: -_TRIES - 1 : -1]:
                unit = j - i
                after = i + copies * unit
                if unit == 1 or after > count or text[j - 1] != text[after - 1]:
                    continue
                price = best[after] + _BEGIN + _SPELL * unit
                if price < cost:
                    word = text[i:j]
                    if _stands(text, word, j, copies) and _is_spaced_alike(line, word, where, i, copies):
                        cost, width = price, unit
        best[i] = cost
        if width:
            choice[i] = width
        if pair in often:
            later[pair].append(i)
    units: _Units = []
    position = 0
    for i in reversed(choice):
        if i >= position:
            units.append((i, choice[i]))
            position = i + copies * choice[i]
    return units, best[0]


def _stands(text: str, word: str, j: int, copies: int) -> bool:
    """Say whether a word stands so many times up to `j` and behind it, and is to be read as one unit."""
    return text.startswith(word * (copies - 1), j) and not _is_drawn(word, copies)


def _is_drawn(word: str, copies: int) -> bool:
    """Say whether a word of digits and marks is made of k-fold characters, wherever it is cut.

    `11..22..22..` is `1.2.2.`, and not `1` and `.22.` twice.
    """
    if len(word) % copies or word[0].isalpha() or any(map(str.isalpha, word)):
        return False
    cut = next((i for i in range(1, copies + 1) if word[i - 1 : i] != word[i : i + 1]), 0)
    word = word[cut:] + word[:cut]
    return all(word[i : i + copies] == word[i] * copies for i in range(0, len(word), copies))


def _is_power(word: str) -> bool:
    return (word + word).find(word, 1) < len(word)


def _is_spaced_alike(line: str, word: str, where: Sequence[int], i: int, copies: int) -> bool:
    """Say whether the copies of a word have their blanks in the same places; asked of words, which blanks part."""
    if isinstance(where, range):
        return not _is_power(word)  # there are no blanks
    unit = len(word)
    head = line[where[i] : where[i + unit - 1] + 1]
    parted = all(line[where[i + k * unit] - 1].isspace() for k in range(1, copies))
    if _is_power("".join(head.split())) and (len(head) > unit or not parted):
        return False  # only blanks around the copies, and none within, can tell `1.1. 1.1.` from four times `1.`
    pieces = [line[where[i + k * unit] : where[i + (k + 1) * unit - 1] + 1] for k in range(copies)]
    return pieces.count(pieces[0]) == copies or (
        not _LATIN.search(pieces[0]) or len({" ".join(piece.split()) for piece in pieces}) == 1
    )


def _run(line: str, text: str, where: Sequence[int], i: int, unit: int, copies: int) -> Run:
    head = where[i + unit - 1] + 1
    end = where[i + copies * unit - 1] + 1
    return Run(where[i], head, end, text[i : i + unit], line[head : head + 1].isspace())
