"""Printed lines that a dump cut into pieces: do the pieces on both sides of a boundary add up to the measure?

Extractors that trust the drawing order begin a new line wherever the typesetter moved the pen: after a mark set on half
an em, at a change of font, around a raised number. What was one printed line comes out as two to six, each of any
length; only their sums still show the measure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .lines import Lines, Shorts

#: Most pieces looked at on either side of a boundary.
_MOST = 5
_FAR = 480
#: A width no line has.
_NOWHERE = -100_000
_CELL = 4
#: Lines whose pieces are laid side by side at a time.
_STRIP = 1024


def piece_rows(lines: Lines, width: Shorts, measure: npt.NDArray[Any]) -> dict[str, Shorts]:
    """How far, in quarter cells, neighbouring lines put together are from filling the measure.

    ``row_inside``: some lines above a boundary with some below it; ``row_ends``: some lines above it.
    """
    n = len(lines)
    size = measure.astype(np.int32)
    total = np.zeros(n + 1, np.int32)
    np.cumsum(width - lines.indent * _CELL, dtype=np.int32, out=total[1:])
    begin, end = lines.spans()
    steps = np.arange(1, _MOST + 1)[:, None]
    inside, ends = np.empty(n, np.int32), np.empty(n, np.int32)
    for at in range(0, n, _STRIP):
        part = slice(at, at + _STRIP)
        here = np.arange(at, min(at + _STRIP, n)) + 1  # the boundary after each line, in running sums
        whole = total[here]
        low, high = here - steps, here + steps
        above = np.where(low >= begin[part], whole - total.take(low, mode="clip"), np.int32(_NOWHERE))
        above -= size[part]
        below = np.where(high <= end[part], total.take(high, mode="clip") - whole, np.int32(_NOWHERE))
        both = (above[:, None, :] + below).reshape(_MOST * _MOST, len(here))
        np.minimum(np.abs(both, out=both).min(axis=0), _FAR, out=inside[part])
        np.minimum(np.abs(above[1:]).min(axis=0), _FAR, out=ends[part])
    return {"row_inside": inside.astype(np.int16), "row_ends": ends.astype(np.int16)}
