"""What the words say of a line break, however the lines look; and of the breaks around that are spaced as it is.

Extractors part lines by their distance: on one page a blank line stands between any two lines, on another between
paragraphs, on a third inside them, because the lines are set wider apart than the paragraphs. Which of these a page is
shows in the words, long before any break is decided.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .groups import Groups, running
from .lines import Shorts

#: Reach of the breaks around, in lines: a passage, and a page or two.
_NEAR, _FAR = 12, 60
#: So many silent breaks are the prior; and means are told in such parts of an eighth of a nat.
_SILENT, _PARTS = 2, 16

# Log odds of a wrap, in eighths of a nat, as counted on typeset pages.
_STOPPED, _PAUSED, _LOWER, _BOUND, _UPPER = -20, 12, 12, 20, -6
_KOREAN, _KOREAN_BOUND = 3, 9
_HEARD, _MOST, _LEAST = 9, 36, -16


def heard(rows: Mapping[str, Shorts]) -> Shorts:
    """The best evidence that a word or phrase runs across each break, in eighths of a nat."""
    best: Shorts = np.maximum(np.maximum(rows["word_pair"], rows["word_left"]), rows["word_right"])
    return best


def spoken_rows(docs: Groups, rows: Mapping[str, Shorts], stopped: int, hangul: int) -> dict[str, Shorts]:
    """``spoken``: what the words say of the break; ``like_near``, ``like_far``, ``unlike_near``, ``unlike_far``: of the
    others around that have a blank line as this one has, or lack it, and of those that do not.

    *stopped* is the end of a line from which on a sentence has ended, *hangul* that of a Korean word.
    """
    end, latin_start, latin_end = rows["end_a"], rows["latin_start"], rows["latin_end"]
    said = np.where(end >= stopped, _STOPPED, 0).astype(np.int32)
    said[(end >= 1) & (end <= 3)] = _PAUSED
    word = (latin_end > 0) & (latin_start > 0)
    said[word] = np.where(latin_start[word] <= 3, _LOWER, _UPPER)
    said[word & (latin_end == 3)] = _BOUND
    korean = (latin_end > 0) & (end == hangul)
    said[korean] = np.where(latin_end[korean] == 3, _KOREAN_BOUND, _KOREAN)
    across = heard(rows).astype(np.int32)
    known = rows["word_pair"] > -99
    said[known] = np.where(across >= 0, across + _HEARD, across).clip(_LEAST, _MOST)[known]
    inside = np.ones(len(said), bool)
    inside[docs.tails] = False
    said *= inside
    gapped = rows["blank"] > 0
    sums = [(running(said * kind, np.int32), running(kind, np.int32)) for kind in (~gapped & inside, gapped & inside)]
    own, at = gapped.view(np.int8), np.arange(len(said))
    out = {"spoken": said.astype(np.int16)}
    for name, reach in (("near", _NEAR), ("far", _FAR)):
        low, high = docs.window(reach, reach)
        total, count = (np.array([kind.take(high) - kind.take(low) for kind in kinds]) for kinds in zip(*sums))
        # The break itself does not count.
        like = total[own, at] - said, count[own, at] - inside
        unlike = total[1 - own, at], count[1 - own, at]
        for kind, (whole, many) in (("like_", like), ("unlike_", unlike)):
            out[kind + name] = (_PARTS * whole // (many + _SILENT)).astype(np.int16)
    return out
