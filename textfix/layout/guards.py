"""What stands behind the trees: boundaries that stay whatever they say, for harm is worse than a missed join."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from textfix.patterns import pattern

from . import classes as c
from .groups import Groups, running
from .lines import Bools, Floats, Lines, Shorts
from .notes import FIRST, note_or_caption
from .verse import ANY_MARK, verse

__all__ = ["UNHEARD", "alone", "between_addresses", "incoherent_documents", "into_notes", "parted", "set_as_lines"]


def set_as_lines(lines: Lines, p: Floats, across: Shorts) -> Bools:
    """Boundaries of text that was written in lines: verse, program text, rows of data, heads in a list.

    `across` is the evidence that a word runs across each, in eighths of a nat.
    """
    if len(lines) < 2:
        return np.zeros(len(lines), bool)
    lined: Bools = verse(lines, p) | _among_code(lines, p) | _commented(lines) | _rows_of_data(lines)
    return lined | _parallel_heads(lines, across)


#: So many lines are a list of heads, and such heads are no longer (cells); the text has lines wider by half.
_HEADS: Final = range(3, 9)
_SHORTEST_HEAD: Final = 4
_LONGEST_HEAD: Final = 28


def _parallel_heads(lines: Lines, across: Shorts) -> Bools:
    """Boundaries between heads that stand in a list, all of one length, of nothing but Han.

    A long head that fills three lines, and what a column break left of a paragraph, look the same; but there words run
    on from line to line. Of newspaper heads set as lists in columns half as wide as the text, 97 in 100 are told from
    those by that, and of the others 92.
    """
    groups = lines.groups()
    alike = (lines.han == lines.last - lines.first) & (lines.cells == lines.cells[groups.begin])
    alike &= (lines.cells <= _LONGEST_HEAD) & (lines.han >= _SHORTEST_HEAD)
    listed = np.logical_and.reduceat(alike, groups.heads)
    listed &= (groups.sizes >= _HEADS.start) & (groups.sizes < _HEADS.stop)
    if listed.any():
        inner = across * (np.arange(len(lines)) < groups.end)
        listed &= groups.sums(inner) < _COHERENT * (groups.sizes - 1)
        usual = np.zeros(len(lines.base), np.float32)
        for doc in np.unique(lines.doc[groups.heads[listed]]).tolist():
            usual[doc] = np.median(lines.cells[slice(*lines.doc.searchsorted((doc, doc + 1)))])
        listed &= 2 * usual[lines.doc[groups.heads]] > 3 * lines.cells[groups.heads]
    return groups.spread(listed)


#: How far program text reaches, in lines, and how much of it there must be: its comments are wrapped prose, but lines.
_CODE_REACH: Final = 15
_CODE_SHARE: Final = 0.3
_GOES_ON: Final = c.members(c.LOWER, c.LATIN_COMMA, c.HYPHEN)
_WORDS: Final = 4
_CODE_END: Final = c.members(c.LATIN_COLON, c.LATIN_OPENER, c.CODE_SIGN)


def _among_code(lines: Lines, p: Floats) -> Bools:
    """Lines without Han that stand among program text: signs of syntax are a tenth of it, and of prose a fiftieth."""
    n = len(lines)
    plain = (lines.han == 0) & (lines.hangul == 0)
    code = plain & ((lines.signs * 11 >= lines.last - lines.first) | _CODE_END[lines.tail[0]])
    if not code.any():
        nothing: Bools = np.zeros(n, bool)
        return nothing
    docs = lines.documents()
    low, high = docs.window(_CODE_REACH, _CODE_REACH)
    counted = running(code)
    near = counted[high] - counted[low] >= _CODE_SHARE * (high - low)
    whole = docs.spread(docs.sums(code) >= _CODE_SHARE * docs.sizes)
    near &= ~_run_on(lines, code)
    among: Bools = plain & (whole | near)
    # A manual that has an example in every other paragraph has text around them that runs on.
    return among & ~_in_words(lines, among & ~whole & (p < _WORDS_BELOW))


#: Below this probability a break runs on among examples where so many words stand in the two lines beside it.
_WORDS_BELOW: Final = 0.1
_SPOKEN: Final = 3
_WORD: Final = pattern(r"(?<![^\s\"“(])[A-Za-z][a-z]+[,.;:)\"”]?(?!\S)")


def _in_words(lines: Lines, some: Bools) -> Bools:
    """Of some boundaries those between two lines that have words in them, set off by blanks."""
    spoken: Bools = np.zeros(len(lines), bool)
    for line in np.flatnonzero(some[:-1] & (lines.blanks[:-1] + lines.blanks[1:] > 0)).tolist():
        both = lines.text(int(lines.first[line]), int(lines.last[line + 1]))
        spoken[line] = len(_WORD.findall(both)) >= _SPOKEN
    return spoken


def _run_on(lines: Lines, code: Bools) -> Bools:
    """Lines of some words that go on in the next in the middle of a sentence, as a manual has between its examples."""
    runs: Bools = ~code & (lines.blanks >= _WORDS) & _GOES_ON[lines.tail[0]]
    runs[:-1] &= lines.head[0][1:] == c.LOWER
    return runs


def _commented(lines: Lines) -> Bools:
    """Boundaries between lines that a sign opens, the same for both: comments and quoted mail."""
    opened = lines.head[0] == c.CODE_SIGN
    both: Bools = np.zeros(len(lines), bool)
    if opened.any():
        sign = lines.codes.take(lines.first, mode="clip")
        both[:-1] = opened[:-1] & opened[1:] & (sign[:-1] == sign[1:])
    return both


#: So many rows of data below each other are a table; two can be chance.
_ROWS: Final = 3
#: Typesetters set two blanks between words, to fill a line; so many part columns.
_GAP: Final = 3


def _rows_of_data(lines: Lines) -> Bools:
    """Boundaries inside tables: lines below each other with as many tabs inside or a column that begins below another,
    or of nothing but numbers.
    """
    tabs = np.flatnonzero(lines.codes == 9)
    inside = tabs.searchsorted(lines.last) - tabs.searchsorted(lines.first)
    numbers = (lines.digits > 0) & (lines.letters == 0) & (lines.narrow == lines.last - lines.first - lines.blanks)
    column = _second_column(lines)
    within: Bools = np.zeros(len(lines), bool)
    for own in (inside, numbers.view(np.int8), column):
        if own.any():
            alike = (own > 0) & ~lines.newdoc  # with the line above
            alike[1:] &= own[1:] == own[:-1]
            runs = Groups(~alike)
            within |= runs.inner(runs.sizes >= _ROWS)
    return within


def _second_column(lines: Lines) -> npt.NDArray[np.int64]:
    """How many characters into its line the second column begins, behind a gap; 0 where there is none."""
    found = np.zeros(len(lines), np.int64)
    blank = lines.cls == c.BLANK
    gaps = blank[: -_GAP + 1].copy()
    for step in range(1, _GAP):
        gaps &= blank[step : len(blank) - _GAP + 1 + step]
    at = np.flatnonzero(gaps)
    if len(at):
        first = at[np.minimum(at.searchsorted(lines.first), len(at) - 1)]
        some = np.flatnonzero((first >= lines.first) & (first < lines.last))
        ends = np.flatnonzero(blank[:-1] & ~blank[1:]) + 1
        found[some] = ends[ends.searchsorted(first[some])] - lines.first[some]
    return found


#: A text with so few wraps among its line breaks was not wrapped as a whole: a wrap there must be surer than elsewhere.
_RARE: Final = 0.1
_ALONE_BELOW: Final = 0.03
#: Where so many boundaries are blank lines, the text parts its paragraphs by them, and a join across one is a doubt;
#: unless it is set in double space: then so many lines of it run on, or more than a handful.
_PARTED: Final = 0.75
_DOUBLE_SPACED: Final = 0.25
_HANDFUL: Final = 12
#: A few lines as narrow as these, without Han, are verse as often as a column.
_SLIGHT: Final = 20
_NARROW: Final = 28


def alone(lines: Lines, p: Floats, joined: Bools) -> Bools:
    """Boundaries not sure enough for documents in which next to nothing is joined, or across a blank line little, and
    for a few narrow lines.
    """
    docs = len(lines.base)
    if not joined.any():
        return joined
    size = np.bincount(lines.doc, minlength=docs)
    count = np.bincount(lines.doc[joined], minlength=docs)
    few: Bools = count < _RARE * size
    unsure: Bools = few[lines.doc] & (p >= _ALONE_BELOW)
    blank = np.zeros(len(lines), bool)
    blank[:-1] = lines.blanks_before[1:] > 0
    parted = np.bincount(lines.doc[blank], minlength=docs) >= _PARTED * (size - 1)
    parted &= count < np.minimum(_HANDFUL, _DOUBLE_SPACED * size)
    unsure |= blank & parted[lines.doc]
    own = lines.documents()
    narrow = own.spread(np.maximum.reduceat(lines.cells, own.heads) <= _NARROW)
    slight = (size < _SLIGHT) & (np.bincount(lines.doc[lines.han > 0], minlength=docs) == 0)
    unsure |= narrow & slight[lines.doc]
    # A few lines in double space that all end in marks are verse; of prose one end in seven is a mark.
    clauses = (size < _SLIGHT) & (np.bincount(lines.doc[~ANY_MARK[lines.tail[0]]], minlength=docs) == 0)
    unsure |= blank & clauses[lines.doc]
    return unsure


#: Below this probability a line runs on into what begins like a note or a caption: a number or a sign of its sentence.
_INTO_NOTE_BELOW: Final = 0.1
#: So many characters say what a line begins like.
_BEGINNING: Final = 24


def into_notes(lines: Lines, p: Floats, joined: Bools) -> Bools:
    """Boundaries above footnotes and captions, not sure enough for their mark to be part of the sentence."""
    found: Bools = np.zeros(len(lines), bool)
    begins = FIRST.take(lines.codes.take(lines.first[1:], mode="clip"), mode="clip")
    for line in np.flatnonzero(begins & joined[:-1] & (p[:-1] >= _INTO_NOTE_BELOW)).tolist():
        start = int(lines.start[line + 1])
        end = min(int(lines.last[line + 1]), start + _BEGINNING)
        found[line] = bool(note_or_caption("\n" + lines.text(start, end), 0))
    return found


#: What an address begins with, and a path from the root, from home or from here.
_ADDRESS: Final = pattern(r"[A-Za-z][A-Za-z+.-]{1,15}://\S")
_PATH: Final = pattern(r"(?:~|\.{1,2})?/[^\s/]\S*")
#: What parts two addresses that a sentence names.
_BETWEEN: Final = c.members(c.COMMA, c.ENUM_COMMA, c.LATIN_COMMA, c.SEMICOLON, c.COLON, c.LATIN_COLON)
_BEGINS_ADDRESS: Final = c.members(c.LOWER, c.UPPER, c.CODE_SIGN, c.PERIOD)


def between_addresses(lines: Lines, joined: Bools) -> Bools:
    """Boundaries between two addresses, or two lines that are a path each.

    An address that a line break cut goes on in its middle.
    """
    found: Bools = np.zeros(len(lines), bool)
    begins = _BEGINS_ADDRESS.take(lines.head[0][1:], mode="clip")
    for line in np.flatnonzero(joined[:-1] & begins).tolist():
        below = lines.text(int(lines.first[line + 1]), int(lines.last[line + 1]))
        address = _ADDRESS.match(below)
        if address is None and not _PATH.fullmatch(below):
            continue
        above = lines.text(int(lines.first[line]), int(lines.last[line]))
        if address is None:
            found[line] = bool(_PATH.fullmatch(above))
        else:
            last = above.split()[-1]
            found[line] = "://" in last and not _BETWEEN[lines.tail[0][line]]
    return found


def parted(lines: Lines) -> Bools:
    """Boundaries at a paragraph separator: who sets one knows."""
    found: Bools = np.zeros(len(lines), bool)
    at = np.flatnonzero(lines.codes == c.PARAGRAPH_SEPARATOR)
    if len(at):
        above = lines.last.searchsorted(at, "right") - 1
        found[above[above >= 0]] = True
    return found


# Over documents of 20 wraps and more, the mean evidence (in eighths of a nat) that a word or phrase runs across a
# wrap is 6 to 25; with the last character of every line cut off it is -4 to -1, and of columns run into each other up
# to 3, where every fourth join and more is wrong.
_COHERENT: Final = 3.0
_ASKED: Final = 20
#: Where there are no two characters to ask about.
UNHEARD: Final = -99


def incoherent_documents(lines: Lines, heard: Shorts, joined: Bools) -> Bools:
    """Documents in which nothing runs on from line to line: line ends cropped, or columns run into each other."""
    docs = len(lines.base)
    if len(lines) < _ASKED:
        return np.zeros(docs, bool)
    asked = joined & (heard > UNHEARD)
    count = np.bincount(lines.doc[asked], minlength=docs)
    total = np.bincount(lines.doc[asked], weights=heard[asked], minlength=docs)
    incoherent: Bools = (count >= _ASKED) & (total < _COHERENT * count)
    return incoherent
