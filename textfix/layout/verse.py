"""Text that was written in verses: stanzas, clauses of one metre, poems a clause a line."""

from __future__ import annotations

from typing import Final

import numpy as np

from textfix.patterns import pattern

from . import classes as c
from .groups import Groups
from .lines import Bools, Floats, Lines

__all__ = ["ANY_MARK", "verse"]

#: Below this probability a break is no end of a verse: pieces of a line that was cut at its marks end in marks as well.
_SURE_WRAP: Final = 0.05


def verse(lines: Lines, p: Floats) -> Bools:
    """Boundaries inside verse; *p* is how probable a break is for what the trees have seen."""
    inside: Bools = ((p > _SURE_WRAP) | _stepped(lines)) & _stanzas(lines)
    return inside | _metrical(lines) | _in_clauses(lines)


_MARKED: Final = c.members(c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.STOP)
#: The longest line of a regular stanza, and of a couplet that stands alone, in cells.
_STANZA: Final = 36
_COUPLET: Final = 20


def _stanzas(lines: Lines) -> Bools:
    """Boundaries inside verse: short lines below each other that all end in marks, four at least, or two alike alone.

    In prose one line in seven ends in a mark, so that four in a row do is verse, whatever their width says.
    """
    n = len(lines)
    marked = _MARKED[lines.tail[0]] & (lines.cells <= _STANZA) & (lines.han >= 3)
    tied = np.zeros(n + 1, bool)  # tied[i]: line i goes on the run of line i - 1
    tied[1:n] = (lines.doc[1:] == lines.doc[:-1]) & (lines.blanks_before[1:] <= 1)
    linked = tied[:n] & marked & np.concatenate(([False], marked[:-1]))
    runs = Groups(~linked)
    alike = np.zeros(n, bool)
    alike[:-1] = (np.abs(lines.cells[1:] - lines.cells[:-1]) <= 1) & (lines.cells[:-1] <= _COUPLET)
    couplet = (runs.sizes == 2) & ~tied[runs.heads] & ~tied[runs.tails + 1] & alike[runs.heads]
    inside: Bools = marked & runs.inner((runs.sizes >= 4) | couplet)
    return inside


#: Shorter lines may be titles.
_LONG: Final = 20
#: Of so many long lines, one in so many at most ends without a mark in a text in which nothing was wrapped.
_LONG_LINES: Final = 8
_WITHOUT_MARK: Final = 20
#: What ends a clause.
ANY_MARK: Final = c.members(
    c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.CLOSER, c.ELLIPSIS, c.DASH, c.PERIOD, c.LATIN_STOP
)


def _in_clauses(lines: Lines) -> Bools:
    """Boundaries of texts in Han whose long lines end in marks, nearly all: what is wrapped ends anywhere."""
    docs = len(lines.base)
    long = (lines.cells >= _LONG) & (2 * lines.han >= lines.last - lines.first)
    count = np.bincount(lines.doc[long], minlength=docs)
    whole = np.bincount(lines.doc[long & ANY_MARK[lines.tail[0]]], minlength=docs)
    kept: Bools = (count >= _LONG_LINES) & (_WITHOUT_MARK * (count - whole) <= count)
    return kept[lines.doc]


#: Han to a clause in verse that counts them, fewest and most; clauses of an even number are as common in prose.
_METRES: Final = (3, 7)
#: A text with so many lines of such verse, and such a share of them, is a collection: the other lines are titles.
_POEMS: Final = 4
_OF_POEMS: Final = 0.3
#: Lines of single clauses are what a line cut at its marks is made of, too.
_SINGLE: Final = 2
_CLAUSES: Final = {
    metre: pattern(rf"(?:[^\s，。、；：！？]{{{metre}}}(?:[\s，。、；：！？]|\Z))+") for metre in range(3, 8)
}


def _metrical(lines: Lines) -> Bools:
    """Boundaries inside verse whose clauses are all of one length, however many of them stand on a line.

    What parts them are marks, or blanks throughout.
    """
    inside: Bools = np.zeros(len(lines), bool)
    size = lines.last - lines.first
    marks = lines.pauses.astype(np.int32) + lines.stops
    marked = _MARKED[lines.tail[0]]
    han = lines.han.astype(np.int32)
    only = (han + marks + lines.blanks == size) & ((marks == 0) | (lines.blanks == 0)) & (marks + lines.blanks > 0)
    clauses = marks + lines.blanks + ~marked
    metre = han // clauses
    metrical = only & (metre * clauses == han) & (metre >= _METRES[0]) & (metre <= _METRES[-1])
    if not metrical.any():
        return inside
    alike = metrical[:-1] & metrical[1:] & (metre[:-1] == metre[1:]) & ((metre[1:] % 2 == 1) | (marks[1:] == 0))
    # Where no mark ends the line, the next one must be its like.
    alike &= marked[:-1] | (clauses[:-1] == clauses[1:])
    for line in np.flatnonzero(alike & (clauses[:-1] + clauses[1:] > _SINGLE)).tolist():
        verse = _CLAUSES[int(metre[line])]
        texts = (lines.text(int(lines.first[at]), int(lines.last[at])) for at in (line, line + 1))
        inside[line] = all(map(verse.fullmatch, texts))
    docs = len(lines.base)
    count = np.bincount(lines.doc[metrical & marked & (metre > _METRES[0])], minlength=docs)
    poems = (count >= _POEMS) & (count >= _OF_POEMS * np.bincount(lines.doc, minlength=docs))
    inside |= poems[lines.doc]
    return inside


def _stepped(lines: Lines) -> Bools:
    """Boundaries into a line that is set in between two that are not, as every other line of a stanza may be."""
    indent = lines.indent
    stepped: Bools = np.zeros(len(lines), bool)
    stepped[:-1] = indent[1:] > indent[:-1]
    stepped[:-2] &= (indent[2:] < indent[1:-1]) | (lines.doc[2:] != lines.doc[1:-1])
    return stepped
