"""Lines that stand for themselves because of what the text is: subtitles, Markdown, comments, folded fields."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from textfix.patterns import pattern

from . import classes as c
from .lines import Bools, Lines

__all__ = ["folded_fields", "kept_in_lines", "settings", "written_in_lines"]

#: Two of these make a text one of their kind; one may be a quotation.
_LEAST: Final = 2
_CUE: Final = pattern(r"(?:\d{1,2}:)?\d\d:\d\d[,.]\d{3} --> ")
#: A comment is opened by the first, or by any of them twice; a blank follows.
_SIGNS: Final = list(map(ord, "#;/-"))
_BLANK: Final = ord(" ")
_TICK: Final = ord("`")


def kept_in_lines(lines: Lines) -> Bools:
    """Boundaries of texts that keep their lines, and between a comment and what it comments on."""
    stay: Bools = written_in_lines(lines)[lines.doc] | _comment_ends(lines) | _entries(lines) | _literals(lines)
    return stay


def written_in_lines(lines: Lines) -> Bools:
    """Documents whose lines and indents are those of a format: subtitles, Markdown."""
    docs = len(lines.base)
    kept: Bools = np.bincount(lines.doc[_fences(lines)], minlength=docs) >= _LEAST
    kept |= np.bincount(lines.doc[_cues(lines)], minlength=docs) >= _LEAST
    return kept


def _fences(lines: Lines) -> npt.NDArray[np.intp]:
    """Lines that begin or end code in Markdown, whose paragraphs may be wrapped, but by their author."""
    head = np.flatnonzero((lines.head[0] == c.LATIN_QUOTE) & (lines.last - lines.first >= 3))
    first = lines.first[head]
    ticks = [lines.codes[first + step] == _TICK for step in range(3)]
    return head[np.logical_and.reduce(ticks)]


def _cues(lines: Lines) -> npt.NDArray[np.intp]:
    """Lines that say when a subtitle comes and goes."""
    timed = (lines.digits >= 14) & (lines.letters == 0) & (lines.han == 0) & (lines.signs > 0)
    found = [
        line
        for line in np.flatnonzero(timed).tolist()
        if _CUE.match(lines.text(int(lines.first[line]), int(lines.last[line])))
    ]
    return np.array(found, np.intp)


def _comment_ends(lines: Lines) -> Bools:
    """Boundaries between a line that a sign of comments opens, with a blank behind it, and one that it does not."""
    ends: Bools = np.zeros(len(lines), bool)
    head = lines.head[0]
    opened = np.flatnonzero((head == c.CODE_SIGN) | (head == c.HYPHEN) | (head == c.LATIN_COMMA))
    if not len(opened):
        return ends
    one, two, three = (lines.codes.take(lines.first[opened] + step, mode="clip") for step in range(3))
    signs = ((one == _SIGNS[0]) & (two == _BLANK)) | ((one == two) & (three == _BLANK) & np.isin(one, _SIGNS))
    comment = np.zeros(len(lines), bool)
    comment[opened[signs]] = True
    ends[:-1] = comment[:-1] != comment[1:]
    return ends


#: An address has so many signs.
_OF_ADDRESS: Final = 3


def _entries(lines: Lines) -> Bools:
    """Boundaries between lines without Han that begin with the same three characters and have addresses in them."""
    ends: Bools = np.zeros(len(lines), bool)
    held = (lines.signs >= _OF_ADDRESS) & (lines.han == 0)
    at = np.flatnonzero(held[:-1] & held[1:])
    same = [
        lines.codes.take(lines.first[at] + step, mode="clip")
        == lines.codes.take(lines.first[at + 1] + step, mode="clip")
        for step in range(3)
    ]
    ends[at[np.logical_and.reduce(same)]] = True
    return ends


_OPENS: Final = c.members(c.LATIN_QUOTE, c.LATIN_OPENER, c.LATIN_CLOSER)


def _literals(lines: Lines) -> Bools:
    """Boundaries between what a list of literals is made of: a quote and a comma, or a bracket, and another one."""
    tail, before = lines.tail[0], lines.tail[1]
    ends = (tail == c.LATIN_OPENER) | (
        (tail == c.LATIN_COMMA) & ((before == c.LATIN_QUOTE) | (before == c.LATIN_CLOSER))
    )
    parted: Bools = np.zeros(len(lines), bool)
    parted[:-1] = ends[:-1] & _OPENS[lines.head[0][1:]]
    return parted


#: The first line of a field, as in the head of a mail and in records of packages.
_FIELD: Final = pattern(r"[A-Z][A-Za-z0-9-]{1,30}: ")


def folded_fields(lines: Lines, joined: Bools) -> Bools:
    """Boundaries inside fields of records that go on in indented lines, with another field above or below them."""
    inside: Bools = np.zeros(len(lines), bool)
    asked = joined & (lines.han == 0) & (lines.hangul == 0)
    asked[:-1] &= lines.indent[1:] > 0
    field, is_field = -1, False
    for line in np.flatnonzero(asked).tolist():
        top = line
        while top > 0 and lines.indent[top] > 0 and lines.doc[top - 1] == lines.doc[line] and top != field:
            top -= 1
        if top != field:
            field, is_field = top, _is_field(lines, top) and (_is_field(lines, top - 1) or _is_field(lines, top - 2))
        inside[line] = is_field
    return inside


def _is_field(lines: Lines, line: int) -> bool:
    if line < 0 or lines.indent[line] > 0:
        return False
    start = int(lines.first[line])
    return _FIELD.match(lines.text(start, min(start + 33, int(lines.last[line])))) is not None


#: A name and its value, and the name of a section of such lines.
_SETTING: Final = pattern(r"[A-Za-z_][\w.-]{0,40} ?= ?\S")
_SECTION: Final = pattern(r"\[[A-Za-z][\w .:/-]{0,40}\]")
#: So far into its line what parts name and value stands at most.
_FAR: Final = 42
_PARTS: Final = list(map(ord, "=:]"))


def settings(lines: Lines, joined: Bools) -> Bools:
    """Boundaries between two settings or fields without Han, beside the name of their section, and behind several.

    Of prose no two lines below each other begin with a name and a sign of this kind.
    """
    found: Bools = np.zeros(len(lines), bool)
    plain = (lines.han == 0) & (lines.hangul == 0)
    if not (joined[:-1] & (plain[1:] | plain[:-1])).any():
        return found
    signs = np.append(np.flatnonzero(np.isin(lines.codes, _PARTS)), len(lines.codes))
    first = signs[signs.searchsorted(lines.first)]
    signed = plain & (first < lines.last) & (first - lines.first <= _FAR)

    def named(line: int, of: int) -> int:
        there = 0 <= line < len(lines) and lines.doc[line] == lines.doc[of] and bool(signed[line])
        return _named(lines.text(int(lines.first[line]), int(lines.last[line]))) if there else _NONE

    asked = joined[:-1] & (signed[1:] | (signed[:-1] & ~plain[1:]))
    for line in np.flatnonzero(asked).tolist():
        here, below = named(line, line), named(line + 1, line)
        if below == _SECTION_NAME:
            found[line] = named(line + 2, line) in (_SET, _FIELDED)
        elif below:
            found[line] = here in (below, _SECTION_NAME)
        elif here in (_SET, _FIELDED):
            found[line] = not plain[line + 1] and named(line - 1, line) in (here, _SECTION_NAME)
    return found


_NONE, _SET, _FIELDED, _SECTION_NAME = range(4)


def _named(line: str) -> int:
    """What a line of a record is."""
    if _SECTION.fullmatch(line):
        return _SECTION_NAME
    return _SET if _SETTING.match(line) else _FIELDED if _FIELD.match(line) else _NONE
