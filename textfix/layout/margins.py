"""White space at the edges of lines that stay: indents, trailing blanks, and more blank lines than one can mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import classes as c
from .columns import _classes
from .decide import JOIN, Decisions, blocks_of
from .kinds import KINDS, kinds_of
from .lines import Bools, Ints, Lines

#: Kinds whose lines an indent tells nothing more about once they stand apart.
_FLUSH: Final = np.array([kind in ("paragraph", "heading", "byline") for kind in KINDS])
_SENTENCE: Final = _classes(c.STOP, c.ELLIPSIS, c.CLOSER)
#: More blank lines in a row than these are reduced to one.
_MOST_BLANK: Final = 2
_BLANKS: Final = re.compile(r"[^\S\n\f]+")
_CHARS: Final = " \t\u00a0\u3000"


class Margin(NamedTuple):
    """White space that goes: from *start* to *end* of the document, for a reason."""

    start: int
    end: int
    reason: str


def margins(texts: Sequence[str], decisions: Decisions, *, indents: bool) -> dict[int, list[Margin]]:
    """What goes at the edges of the lines of a batch, by document; documents in which nothing goes are left out.

    Only prose in Chinese or Japanese is trimmed: there an indent is the typesetter's, elsewhere it may be syntax. Blank
    lines in excess go from every text that was wrapped.
    """
    lines, docs = decisions.lines, len(texts)
    if not len(lines):
        return {}
    starts, ends = blocks_of(decisions.decision)
    joined = np.bincount(lines.doc[decisions.decision == JOIN], minlength=docs) > 0
    prose = _prose(lines, starts, ends, joined)
    wanted = prose | joined
    if not wanted.any():
        return {}
    out: dict[int, list[Margin]] = {}
    # White space before the first line of each block, back to the last line of the block above.
    leading = np.ones(len(starts), bool)  # nothing of the document stands above
    leading[1:] = lines.doc[starts[1:]] != lines.doc[starts[:-1]]
    at = np.where(leading, lines.base[lines.doc[starts]], lines.last[starts - 1])
    first = lines.first[starts]
    size = first - at
    top = len(lines.codes) - 1
    plain = (size <= 2) & (lines.codes[np.minimum(at, top)] == 10) & (lines.codes[np.minimum(at + 1, top)] == 10)
    plain |= (size == 1) & (lines.codes[np.minimum(at, top)] == 10)
    odd = np.flatnonzero((size > 0) & ~plain & wanted[lines.doc[starts]])
    if len(odd):
        flush = _flush(decisions, starts, ends, odd) if indents else np.zeros(len(odd), bool)
        rows = zip(lines.doc[starts[odd]].tolist(), at[odd].tolist(), first[odd].tolist(), flush.tolist())
        base = lines.base.tolist()
        for (doc, begin, stop, drop), lead in zip(rows, leading[odd].tolist()):
            begin -= base[doc]
            found = _gap(texts[doc][begin : stop - base[doc]], begin, not lead, drop)
            if found:
                out.setdefault(doc, []).extend(found)
    for doc in [doc for doc in out if not prose[doc]]:
        out[doc] = [margin for margin in out[doc] if margin.reason == "blank"]
        if not out[doc]:
            del out[doc]
    final = np.flatnonzero(np.append(lines.doc[1:] != lines.doc[:-1], True))  # the last line of each document
    for doc, last in zip(lines.doc[final].tolist(), (lines.last[final] - lines.base[lines.doc[final]]).tolist()):
        text = texts[doc]
        if prose[doc] and last < len(text) and (rest := text[last:]).strip("\n"):
            found = [
                Margin(last + m.start(), last + m.end(), "trailing")
                for m in _BLANKS.finditer(rest)
                if not m[0].strip(_CHARS)
            ]
            if found:
                out.setdefault(doc, []).extend(found)
    return out


def _flush(decisions: Decisions, starts: Ints, ends: Ints, some: npt.NDArray[np.intp]) -> Bools:
    """Which of some blocks are of a kind that needs no indent."""
    kinds = kinds_of(decisions.columns, starts, ends, decisions.p_break, some)
    flush: Bools = _FLUSH[kinds.kind[some]]
    return flush


def _gap(gap: str, at: int, trailing: bool, indent: bool) -> list[Margin]:
    """Deletions in the white space between two blocks."""
    out = []
    for match in _BLANKS.finditer(gap):
        start, end = match.span()
        if match[0].strip(_CHARS):
            continue
        if end == len(gap):
            if indent:
                out.append(Margin(at + start, at + end, "indent"))
        elif start or trailing:
            out.append(Margin(at + start, at + end, "trailing"))
    if gap.count("\n") > _MOST_BLANK + 1 and "\f" not in gap and trailing:
        feeds = [i for i, char in enumerate(gap) if char == "\n"]
        # The first two line feeds stay; what stands between the others goes with them.
        out = [margin for margin in out if not at + feeds[1] < margin.start < at + feeds[-1]]
        out.append(Margin(at + feeds[1] + 1, at + feeds[-1] + 1, "blank"))
        out.sort()
    return out


def _prose(lines: Lines, starts: Ints, ends: Ints, joined: Bools) -> Bools:
    """Documents in which most lines are Chinese or Japanese, and blocks end in sentences or were joined from lines."""
    docs = len(joined)
    wide = lines.han * 2 >= lines.last - lines.first
    mostly = 2 * np.bincount(lines.doc[wide], minlength=docs) >= np.bincount(lines.doc, minlength=docs)
    doc = lines.doc[ends]
    sentence = _SENTENCE[lines.tail[0][ends]]
    often = 5 * np.bincount(doc[sentence], minlength=docs) >= np.bincount(doc, minlength=docs)
    prose: Bools = mostly & (joined | often)
    return prose
