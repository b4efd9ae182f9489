"""What stands between two lines once the break between them is gone."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt

from textfix.hyphenation import WORD, vocabulary, written_with_hyphen

from . import classes as c
from .cut import cut_words
from .lines import Bools, Lines

NOTHING: Final = 0
SPACE: Final = 1
DROP_HYPHEN: Final = 2

_HAN = c.members(c.HAN, c.NUMERAL_HAN, c.HIRAGANA, c.KATAKANA)
_FULL_MARK = c.members(c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.WIDE_ALNUM, c.CIRCLED)
_EITHER_MARK = c.members(c.OPENER, c.CLOSER, c.ELLIPSIS, c.DASH)  # “ ” … — serve Han and Latin text alike
_LETTER = c.members(c.LOWER, c.UPPER)
# What a class is for the text beside it, a bit each.
_WIDE, _SOFT, _LETTERS, _IDEOGRAPH, _WORDLY, _CLOSES, _OPENS = (1 << bit for bit in range(7))
_ROLES = np.zeros(c.N_CLASSES, np.uint8)
for _bit, _members in (
    (_WIDE, _HAN | _FULL_MARK),
    (_SOFT, _EITHER_MARK),
    (_LETTERS, _LETTER),
    (_IDEOGRAPH, _HAN),
    (_WORDLY, _LETTER | c.members(c.DIGIT)),
    (_CLOSES, c.members(c.LATIN_CLOSER, c.LATIN_COMMA, c.PERIOD, c.LATIN_STOP, c.LATIN_COLON)),
    (_OPENS, c.members(c.LATIN_OPENER, c.BLANK)),
):
    _ROLES[_members] |= _bit


def _is(roles: npt.NDArray[np.uint8], role: int) -> Bools:
    has: Bools = (roles & role) != 0
    return has


_PATH = re.compile(r"\S*[/_=&?#@\\]$")


def joints(lines: Lines, at: npt.NDArray[np.intp], at_blank: Bools | bool = False) -> npt.NDArray[np.int8]:
    """What goes between line ``i`` and the next, for each ``i`` of *at*: nothing, a space, or nothing and no hyphen.

    Nothing between Han, kana and full-width marks; one space between Latin words and between Hangul; nothing inside a
    number cut by the wrap, or inside a word where a column is set character by character. Between Han and a Latin word
    nothing, unless the document itself keeps them apart by spaces, or the line was broken *at_blank*.
    A hyphen at the line end stays, or goes when the document's own words say that it was put there by the typesetter.

    >>> from .lines import lines_of
    >>> joints(lines_of(["城西\\n区"]), np.array([0])).tolist()
    [0]
    >>> joints(lines_of(["two\\nwords"]), np.array([0])).tolist()
    [1]
    >>> joints(lines_of(["for exam-\\nple"]), np.array([0])).tolist()
    [2]
    """
    out = np.zeros(len(at), np.int8)
    if not len(at):
        return out
    end, start = (
        _ROLES.take(edge[0].take(places), mode="clip") for edge, places in ((lines.tail, at), (lines.head, at + 1))
    )
    some = np.flatnonzero(((end | start) & _WIDE) == 0)
    out[some[_parts_words(lines, at[some])]] = SPACE
    mixed = _is(end, _IDEOGRAPH) & _is(start, _WORDLY) | _is(end, _WORDLY) & _is(start, _IDEOGRAPH)
    if mixed.any():
        out[mixed & (at_blank | _spaced_documents(lines)[lines.doc[at]])] = SPACE
    spaced = np.flatnonzero(out == SPACE)
    out[spaced[cut_words(lines, at[spaced])]] = NOTHING
    out[_without_blank(lines, at)] = NOTHING
    a = lines.tail[0].take(at)
    for k in np.flatnonzero((a == c.CODE_SIGN) & (out == SPACE)):
        if _PATH.match(_tail(lines, int(at[k]))):
            out[k] = NOTHING
    hyphens = np.flatnonzero(a == c.HYPHEN)
    if len(hyphens):
        _hyphens(lines, at, hyphens, out)
    return out


def _parts_words(lines: Lines, at: npt.NDArray[np.intp]) -> Bools:
    """Whether a space goes between the lines *at* and those below, where neither is full width at the break."""
    below = at + 1
    a, b = lines.tail[0][at], lines.head[0][below]
    mine, theirs = _ROLES[a], _ROLES[b]
    line_a, line_b = lines.han[at] > 0, lines.han[below] > 0
    # A quotation mark or dash belongs to the script of the text it clings to.
    inner_a, inner_b = _ROLES[lines.tail[1][at]], _ROLES[lines.head[1][below]]
    han_a = line_a & (~_is(inner_a, _LETTERS) | (lines.hangul[at] == 0)) | _is(inner_a, _WIDE)
    han_b = line_b & (~_is(inner_b, _LETTERS) | (lines.hangul[below] == 0)) | _is(inner_b, _WIDE)
    space: Bools = ~(_is(mine, _SOFT) & han_a) & ~(_is(theirs, _SOFT) & han_b)
    # Em dashes are closed up in Latin text.
    space &= (a != c.DASH) & (b != c.DASH)
    digits = ((a == c.DIGIT) | (a == c.PERIOD)) & (b == c.DIGIT) | (a == c.DIGIT) & ((b == c.PERIOD) | (b == c.PERCENT))
    space &= ~(digits & (line_a | line_b))
    # Brackets, letters and figures inside Han text: a full-width neighbour on neither side, yet no words to part.
    space &= ~(_is(theirs, _CLOSES) | _is(mine, _OPENS))
    return space


_HANGUL: Final = c.members(c.HANGUL)
_HANGUL_END: Final = c.members(c.HANGUL, c.LATIN_COMMA)
_WORD_END: Final = _LETTER | c.members(c.DIGIT)
#: So many lines that end in Hangul, or behind a comma, above a Latin word tell whether a dump keeps the blanks at line
#: ends; most do then.
_TELLING: Final = 8
_KEPT: Final = 0.6


def _without_blank(lines: Lines, at: npt.NDArray[np.intp]) -> Bools:
    """Latin words that a line break parts from their Korean particle, in dumps that keep the blanks at line ends.

    Before a Latin word Korean writes a space. Where it is there at the ends of lines, none was where none is.
    """
    a, b = lines.tail[0][at], lines.head[0][at + 1]
    attached: Bools = _WORD_END[a] & _HANGUL[b]
    if not attached.any():
        return attached
    blank = (lines.last < lines.end) & (lines.codes.take(lines.last, mode="clip") != _RETURN)
    above = _HANGUL_END[a] & _WORD_END[b]
    docs, doc = len(lines.base), lines.doc[at]
    told = np.bincount(doc[above], minlength=docs)
    kept = (told >= _TELLING) & (np.bincount(doc[above & blank[at]], minlength=docs) >= _KEPT * told)
    attached &= kept[doc] & ~blank[at] & (lines.indent[at + 1] == 0)
    return attached


_RETURN: Final = 0x0D


def _tail(lines: Lines, i: int, most: int = 40) -> str:
    """The last word of a line."""
    first, last = int(lines.first[i]), int(lines.last[i])
    return lines.text(max(first, last - most), last).split()[-1]


def _spaced_documents(lines: Lines) -> Bools:
    """Documents that part Han from Latin words by spaces inside their lines, nearly always."""
    cls = lines.cls
    docs = len(lines.base)
    latin = _LETTER | c.members(c.DIGIT)
    han = _HAN
    if len(cls) < 3:
        return np.zeros(docs, bool)
    blank = np.flatnonzero(cls[1:-1] == c.BLANK)
    left, right = cls[blank], cls[blank + 2]
    apart = blank[(han[left] & latin[right]) | (latin[left] & han[right])]
    doc_apart = np.bincount(np.searchsorted(lines.base, apart, "right") - 1, minlength=docs)
    if not (doc_apart >= 8).any():
        return np.zeros(docs, bool)
    # What is neither Han nor Latin, nor beside it, is most of what there is: only letters and figures are looked at.
    at = np.flatnonzero(cls - np.uint8(c.LOWER) <= c.DIGIT - c.LOWER)  # LOWER, UPPER, DIGIT
    before, behind = at[han[cls[np.maximum(at - 1, 0)]]], at[han[cls[np.minimum(at + 1, len(cls) - 1)]]]
    close = np.concatenate((before - 1, behind))
    doc_close = np.bincount(np.searchsorted(lines.base, close, "right") - 1, minlength=docs)
    result: Bools = (doc_apart >= 8) & (doc_apart > 6 * doc_close)
    return result


def _hyphens(lines: Lines, at: npt.NDArray[np.intp], which: npt.NDArray[np.intp], out: npt.NDArray[np.int8]) -> None:
    """Keep or drop the hyphens that end a line; the evidence is the document's own vocabulary."""
    vocabularies: dict[int, Counter[str]] = {}
    for k in which:
        i = int(at[k])
        out[k] = NOTHING
        if lines.tail[1][i] != c.LOWER or lines.head[0][i + 1] != c.LOWER:
            # 2022-⏎2023, Anglo-⏎Saxon, and a dash set off by spaces.
            if lines.tail[1][i] == c.BLANK:
                out[k] = SPACE
            continue
        before = _tail(lines, i).rstrip("-\u2010\u2011")
        first, last = int(lines.first[i + 1]), int(lines.last[i + 1])
        match_before, match_after = (
            re.search(r"[^\W\d_]+$", before),
            WORD.match(lines.text(first, min(last, first + 40))),
        )
        if match_before is None or match_after is None:
            continue
        head, tail = match_before[0].lower(), match_after[0].lower()
        doc = int(lines.doc[i])
        if doc not in vocabularies:
            vocabularies[doc] = _vocabulary(lines, doc)
        known = vocabularies[doc]
        keep = known[head + tail] == 0 if "-" in before else written_with_hyphen(head, tail, known)
        out[k] = NOTHING if keep else DROP_HYPHEN


def _vocabulary(lines: Lines, doc: int) -> Counter[str]:
    """Words of a document with their counts."""
    start = int(lines.base[doc])
    end = int(lines.base[doc + 1]) - 1 if doc + 1 < len(lines.base) else len(lines.codes)
    return vocabulary(lines.text(start, end))
