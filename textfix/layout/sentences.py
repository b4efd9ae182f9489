"""How many sentences paragraphs have: what a sentence that ends with its full line most likely is.

Where a sentence ends within its line is chance. Of the sentences that go on behind their end, one in as many ends with
its line as a line has characters; of the paragraphs, one in as many fills its last line. So where a line is full and a
sentence ends with it, the odds are those of paragraphs to sentences, in this document and around this line.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from . import classes as c
from .groups import Groups, running
from .lines import Bools, Ints, Lines, Shorts

__all__ = ["sentence_rows", "sentences_inside"]

#: Reach of the lines around.
_REACH = 50
#: Sentences are told in such parts, up to so many; so many of each are the prior.
_PARTS, _MOST, _PRIOR = 10, 120, 1
_MARK = c.members(c.PERIOD, c.LATIN_STOP)
_LETTER = c.members(c.LOWER, c.UPPER, c.HANGUL)
_NEXT = c.members(c.UPPER, c.HANGUL, c.LATIN_QUOTE)


def sentences_inside(lines: Lines) -> Ints:
    """How many sentences end inside each line, with more of the line behind them."""
    last = lines.tail[0]
    ends = (last == c.STOP) | ((lines.tail[1] == c.STOP) & (last == c.CLOSER))
    inside: Ints = np.maximum(lines.stops - ends.astype(np.int32), 0)
    cls = lines.cls
    at = np.flatnonzero(_MARK.take(cls[1:-2]) & (cls[2:-1] == c.BLANK)) + 1
    at = at[_LETTER.take(cls[at - 1]) & _NEXT.take(cls[at + 2])]
    if len(at):
        line = np.minimum(lines.last.searchsorted(at, "right"), len(lines) - 1)
        inside += np.bincount(line, minlength=len(lines)).astype(np.int32)
    return inside


def sentence_rows(
    docs: Groups, inside: Ints, brk: Bools, full_stop: Bools, some: npt.NDArray[np.intp]
) -> dict[str, Shorts]:
    """``sentences``: how many go on inside lines for each paragraph, around each of some lines; ``doc_sentences``: in
    its document. ``stopped``, ``doc_stopped``: how many end with a full line, for each that goes on inside one.
    """
    sums = [running(values, np.int64) for values in (inside, brk, full_stop)]
    out: dict[str, Shorts] = {}
    begin, end = docs.begin[some], docs.end[some] + 1
    for name, low, high in (
        ("", np.maximum(some - _REACH, begin), np.minimum(some + _REACH + 1, end)),
        ("doc_", begin, end),
    ):
        went_on, paragraphs, stopped = (own.take(high) - own.take(low) for own in sums)
        out[name + "sentences"] = _ratio(went_on, paragraphs)
        out[name + "stopped"] = _ratio(10 * stopped, went_on)
    return out


def _ratio(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> Shorts:
    ratio: Shorts = np.minimum(_PARTS * (part + _PRIOR) // (whole + _PRIOR), _PARTS * _MOST).astype(np.int16)
    return ratio
