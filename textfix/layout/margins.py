"""White space at the edges of lines that stay: indents, trailing blanks, and more blank lines than one can mean."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from . import classes as c
from .decide import JOIN, Decisions
from .kinds import KINDS, Kinds
from .lines import Ints

#: Kinds whose lines an indent tells nothing more about once they stand apart.
_FLUSH: Final = np.array([kind in ("paragraph", "heading", "byline") for kind in KINDS])
#: More blank lines in a row than these are reduced to one.
_MOST_BLANK: Final = 2
_BLANKS: Final = re.compile(r"[^\S\n\f]+")
_CHARS: Final = " \t\u00a0\u3000"


class Margin(NamedTuple):
    """White space that goes: from *start* to *end* of the document, for a reason."""

    start: int
    end: int
    reason: str


def margins(
    text: str, low: int, high: int, decisions: Decisions, blocks: tuple[Ints, Ints, Kinds], *, indents: bool
) -> list[Margin]:
    """What goes at the edges of the lines from *low* to *high* of a batch, which are those of *text*.

    Only prose in Chinese or Japanese is trimmed: there an indent is the typesetter's, elsewhere it may be syntax. Blank
    lines in excess go from every text that was wrapped.
    """
    lines = decisions.lines
    joined = bool((decisions.decision[low:high] == JOIN).any())
    prose = low < high and _prose(decisions, blocks, low, high, joined)
    if not prose and not joined:
        return []
    base = int(lines.base[lines.doc[low]])
    starts, _, kinds = blocks
    some = slice(*np.searchsorted(starts, [low, high]))
    out: list[Margin] = []
    flush = _FLUSH[kinds.kind[some]] & indents
    # White space before the first line of each block, back to the last line of the block above.
    for begin, drop in zip(starts[some].tolist(), flush.tolist()):
        at = int(lines.last[begin - 1]) - base if begin > low else 0
        first = int(lines.first[begin]) - base
        gap = text[at:first]
        if gap == "\n" or gap == "\n\n":
            continue
        out += _gap(gap, at, begin > low, drop)
    if not prose:
        return [margin for margin in out if margin.reason == "blank"]
    last = int(lines.last[high - 1]) - base
    out += [
        Margin(last + m.start(), last + m.end(), "trailing")
        for m in _BLANKS.finditer(text[last:])
        if not m[0].strip(_CHARS)
    ]
    return out


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


def _prose(decisions: Decisions, blocks: tuple[Ints, Ints, Kinds], low: int, high: int, joined: bool) -> bool:
    """Most lines are Chinese or Japanese, and blocks end in sentences or were joined from lines."""
    lines = decisions.lines
    wide = lines.han[low:high] * 2 >= (lines.last - lines.first)[low:high]
    if 2 * int(wide.sum()) < high - low:
        return False
    starts, ends, _ = blocks
    some = slice(*np.searchsorted(starts, [low, high]))
    tail: npt.NDArray[np.uint8] = lines.tail[0][ends[some]]
    sentences = int(np.isin(tail, (c.STOP, c.ELLIPSIS, c.CLOSER)).sum())
    return joined or 5 * sentences >= len(tail)
