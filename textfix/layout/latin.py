"""Words at a line break: some never end a paragraph, some never begin one.

Which those are is grammar, not vocabulary: articles, prepositions, conjunctions, auxiliaries and pronouns are a closed
set, and stand at every third line end of English prose. A word is looked up as one number, its letters as digits. In
Korean the last syllable tells: particles and the endings of clauses bind a word to the next.
"""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
import numpy.typing as npt

from . import classes as c
from .lines import Lines, Shorts

#: What follows them belongs to them.
_BINDING: Final = """
    a an the of to and or nor but in on at by for from with into onto upon over under between among through during
    before after about against within without via per than as that which who whom whose if when where while because
    since although though unless until whether is are was were be am has have had will would shall should can could may
    might must does did do not no my your his her its our their this these those every each some any such both either
    neither very more most how what why
"""
#: A sentence begins with them as well; they are no names.
_OPENING: Final = """
    i we you he she it they there here then thus hence so also however therefore otherwise instead moreover furthermore
    note please see use using
"""
#: Last syllables of Korean words that what follows belongs to: particles, adnominal and connective endings.
_KOREAN: Final = np.array(sorted(map(ord, "은는이가을를의에로와과도만고며서면한할된될운던해어여라려게")), np.uint32)
#: The longest word that is looked up, in letters.
_LONGEST: Final = 11
_BASE: Final = 27

_LETTER: Final = c.members(c.LOWER, c.UPPER)
#: What may stand between two words; anything else makes a name, a path or an option of them.
_APART: Final = c.members(
    c.BLANK, c.NEWLINE, c.LATIN_COMMA, c.LATIN_OPENER, c.LATIN_QUOTE, c.OPENER, c.CLOSER, c.LATIN_CLOSER, c.DASH
)


@functools.cache
def _keys(backwards: bool) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int16]]:
    """The closed set as sorted numbers, and what each is: 2 for what binds, 1 for what opens."""

    def key(word: str) -> int:
        number = 0
        for letter in reversed(word) if backwards else word:
            number = number * _BASE + ord(letter) - 96
        return number

    rows = sorted((key(word), kind) for kind, words in ((2, _BINDING), (1, _OPENING)) for word in words.split())
    return np.array([row[0] for row in rows], np.uint64), np.array([row[1] for row in rows], np.int16)


def _grammar(lines: Lines, some: npt.NDArray[np.intp], at: npt.NDArray[np.int64], step: int) -> Shorts:
    """What the words are that begin (or, with step -1, end) at *at*: 2 and 1 as in the closed set, 0 for any other."""
    key = np.zeros(len(some), np.uint64)
    alone = np.zeros(len(some), bool)
    left = np.arange(len(some))
    first, last = lines.first[some], lines.last[some]
    for _ in range(_LONGEST + 1):
        place = at[left]
        inside = (place >= first[left]) & (place < last[left])
        cls = np.where(inside, lines.cls.take(place, mode="clip"), np.uint8(c.NEWLINE))
        letter = _LETTER[cls]
        alone[left[~letter]] = _APART[cls[~letter]]
        left = left[letter]
        if not len(left):
            break
        digit = (lines.codes[at[left]] | np.uint32(32)).astype(np.uint64) - np.uint64(96)
        key[left] = key[left] * np.uint64(_BASE) + digit
        at[left] += step
    known, kind = _keys(step < 0)
    found = np.minimum(known.searchsorted(key), len(known) - 1)
    return np.where(alone & (known[found] == key), kind[found], 0).astype(np.int16)


def latin_rows(lines: Lines) -> tuple[Shorts, Shorts]:
    """What the last word of each line is, and the first.

    0 where no such word stands; 1 to 3 for any word, one that opens sentences, and one that binds; the first word has 3
    more where it is capitalized. Of Korean words only the last are told, as 1 or 3.
    """
    ending, beginning = np.zeros(len(lines), np.int16), np.zeros(len(lines), np.int16)
    some = np.flatnonzero(_LETTER[lines.tail[0]])
    if len(some):
        ending[some] = 1 + _grammar(lines, some, lines.last[some].astype(np.int64) - 1, -1)
    some = np.flatnonzero(lines.tail[0] == c.HANGUL)
    if len(some):
        ending[some] = np.where(np.isin(lines.codes[lines.last[some] - 1], _KOREAN), 3, 1)
    some = np.flatnonzero(_LETTER[lines.head[0]])
    if len(some):
        beginning[some] = 1 + _grammar(lines, some, lines.first[some].astype(np.int64), 1)
        beginning[some] += np.where(lines.head[0][some] == c.UPPER, np.int16(3), np.int16(0))
    return ending, beginning
