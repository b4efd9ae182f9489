"""White space at the edges of lines that stay: indents, trailing blanks, and more blank lines than one can mean."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import classes as c
from .decide import JOIN, Reading
from .kinds import KINDS, Blocks, kinds_of
from .lines import Bools, Lines, Longs
from .records import written_in_lines

#: Kinds whose lines an indent tells nothing more about once they stand apart.
_FLUSH: Final = np.array([kind in ("paragraph", "heading", "byline") for kind in KINDS])
_SENTENCE: Final = c.members(c.STOP, c.ELLIPSIS, c.CLOSER)
#: What a literal, a tag or a comment of a program begins with; what a typesetter sets in has curly quotes.
_OF_LITERAL: Final = c.members(c.LATIN_QUOTE, c.LATIN_OPENER, c.LATIN_CLOSER, c.CODE_SIGN)
#: More blank lines in a row than these are reduced to one.
_MOST_BLANK: Final = 2
_BLANKS: Final = re.compile(r"[^\S\n\f]+")
_CHARS: Final = " \t\u00a0\u3000"


REASONS: Final = ("indent", "trailing", "blank")
_INDENT, _TRAILING, _BLANK = range(3)
_WHITE: Final = np.zeros(0x3002, bool)  # the last place stands for all above
_WHITE[list(map(ord, _CHARS))] = True
#: So many characters are no paragraph yet.
_LABEL: Final = 8
#: Nor, without Han, so many.
_FORMULA: Final = 40
#: Indents up to so many characters are looked at side by side.
_SHORT: Final = 8


class Margins(NamedTuple):
    """White space that goes, in order: which document's, its offsets in the joined text, an index into ``REASONS``."""

    doc: Longs
    start: Longs
    end: Longs
    reason: Longs

    def of(self, docs: Bools) -> Margins:
        """The margins of these documents."""
        ours = docs[self.doc]
        return Margins(*(column[ours] for column in self))


def margins(reading: Reading, blocks: Blocks, *, indents: bool) -> Margins:
    """What goes at the edges of the lines of a batch.

    Only prose in Chinese or Japanese is trimmed: there an indent is the typesetter's, elsewhere it may be syntax. Blank
    lines in excess go from every text that was wrapped.
    """
    lines, docs = reading.lines, len(reading.lines.base)
    if not len(lines):
        return NO_MARGINS
    joined = np.bincount(lines.doc[reading.decision == JOIN], minlength=docs) > 0
    prose = _prose(lines, blocks, joined) & ~written_in_lines(lines)
    wanted = prose | joined
    if not wanted.any():
        return NO_MARGINS
    # White space before the first line of each block, back to the last line of the block above.
    doc, first = blocks.doc, blocks.first.astype(np.int64)
    leading = np.ones(len(doc), bool)  # nothing of the document stands above
    leading[1:] = doc[1:] != doc[:-1]
    at = lines.base[doc].astype(np.int64)
    at[~leading] = blocks.last[:-1][~leading[1:]]
    begin = lines.start[lines.first.searchsorted(blocks.first)].astype(np.int64)
    top = len(lines.codes) - 1
    feeds = begin - at
    plain = (feeds >= 1) & (feeds <= 2) & (lines.codes[np.minimum(at, top)] == 10) & (lines.codes[begin - 1] == 10)
    bare = first == begin
    odd = np.flatnonzero((first > at) & ~(plain & bare) & wanted[doc])
    found: list[Margins] = []
    if len(odd):
        flush = _FLUSH[kinds_of(blocks, lines.text, odd).kind[odd]] if indents else np.zeros(len(odd), bool)
        if flush.any():
            flush &= ~_set_by_hand(lines, blocks, odd, begin[odd], first[odd])
        usual = plain[odd] & _is_white(lines, begin[odd], first[odd])
        dropped = odd[usual & flush]
        reason = np.full(len(dropped), _INDENT)
        found.append(Margins(doc[dropped].astype(np.int64), begin[dropped], first[dropped], reason))
        others = odd[~usual]
        columns = (doc[others], at[others], first[others], leading[others], flush[~usual])
        rows = [
            (number, start, end, reason)
            for number, low, high, lead, drop in zip(*(column.tolist() for column in columns))
            for start, end, reason in _gap(lines.text(low, high).replace("\u2029", "\n"), low, not lead, drop)
        ]
        found.append(table(rows))
    out = merged(*found, table(_final(lines, prose)))
    ours = prose[out.doc] | (out.reason == _BLANK)
    return Margins(*(column[ours] for column in out))


def table(rows: list[tuple[int, int, int, int]]) -> Margins:
    """Margins from their rows."""
    return Margins(*np.array(rows, np.int64).reshape(-1, 4).T)


NO_MARGINS: Final = table([])


def merged(*tables: Margins) -> Margins:
    """The margins of some tables in one, in order."""
    columns = list(map(np.concatenate, zip(*tables)))
    order = np.argsort(columns[1], kind="stable")
    return Margins(*(column[order] for column in columns))


def _set_by_hand(lines: Lines, blocks: Blocks, odd: npt.NDArray[np.intp], begin: Longs, first: Longs) -> Bools:
    """Whether what stands before each block is no first-line indent: a tab before few characters, as an empty cell
    leaves it, or where tabs part cells elsewhere; any before a formula, a command or a literal.
    """
    doc = blocks.doc[odd]
    tabs = np.flatnonzero(lines.codes == 9)
    inside = tabs.searchsorted(lines.last) > tabs.searchsorted(lines.first)
    rows = np.bincount(lines.doc[inside], minlength=len(lines.base)) > 0
    size = blocks.last[odd] - blocks.first[odd]
    tabbed = (tabs.searchsorted(first) > tabs.searchsorted(begin)) & (rows[doc] | (size <= _LABEL))
    formula = ((blocks.han[odd] == 0) & (size <= _FORMULA)) | _OF_LITERAL[blocks.initial[odd]]
    by_hand: Bools = tabbed | (formula & (lines.codes[begin] != 0x3000))
    return by_hand


def _is_white(lines: Lines, begin: Longs, first: Longs) -> Bools:
    """Whether what stands before each line is white space of the plain kinds, and not much of it."""
    white = first - begin <= _SHORT
    top = len(lines.codes) - 1
    for k in range(_SHORT):
        inside = begin + k < first
        if not inside.any():
            break
        white &= ~inside | _WHITE[np.minimum(lines.codes[np.minimum(begin + k, top)], len(_WHITE) - 1)]
    return white


def _final(lines: Lines, prose: Bools) -> list[tuple[int, int, int, int]]:
    """Blanks behind the last line of each document."""
    final = np.flatnonzero(np.append(lines.doc[1:] != lines.doc[:-1], True))
    doc, last = lines.doc[final], lines.last[final]
    stop = np.append(lines.base[1:] - 1, len(lines.codes))[doc]
    top = len(lines.codes) - 1
    quiet = (last == stop) | ((last + 1 == stop) & (lines.codes[np.minimum(last, top)] == 10)) | ~prose[doc]
    out = []
    for k in np.flatnonzero(~quiet).tolist():
        at = int(last[k])
        for match in _BLANKS.finditer(lines.text(at, int(stop[k]))):
            if not match[0].strip(_CHARS):
                out.append((int(doc[k]), at + match.start(), at + match.end(), _TRAILING))
    return out


def _gap(gap: str, at: int, trailing: bool, indent: bool) -> list[tuple[int, int, int]]:
    """Deletions in the white space between two blocks."""
    out = []
    for match in _BLANKS.finditer(gap):
        start, end = match.span()
        if match[0].strip(_CHARS):
            continue
        if end == len(gap):
            if indent:
                out.append((at + start, at + end, _INDENT))
        elif start or trailing:
            out.append((at + start, at + end, _TRAILING))
    if gap.count("\n") > _MOST_BLANK + 1 and "\f" not in gap and trailing:
        feeds = [i for i, char in enumerate(gap) if char == "\n"]
        # The first two line feeds stay; what stands between the others goes with them.
        out = [row for row in out if not at + feeds[1] < row[0] < at + feeds[-1]]
        out.append((at + feeds[1] + 1, at + feeds[-1] + 1, _BLANK))
    return out


def _prose(lines: Lines, blocks: Blocks, joined: Bools) -> Bools:
    """Documents in which most lines are Chinese or Japanese, and blocks end in sentences or were joined from lines."""
    docs = len(joined)
    wide = lines.han * 2 >= lines.last - lines.first
    mostly = 2 * np.bincount(lines.doc[wide], minlength=docs) >= np.bincount(lines.doc, minlength=docs)
    sentence = _SENTENCE[blocks.tail]
    often = 5 * np.bincount(blocks.doc[sentence], minlength=docs) >= np.bincount(blocks.doc, minlength=docs)
    prose: Bools = mostly & (joined | often)
    return prose
