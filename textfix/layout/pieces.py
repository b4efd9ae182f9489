"""Printed lines that a dump cut into pieces: do the pieces on both sides of a boundary add up to the measure?

Extractors that trust the drawing order begin a new line wherever the typesetter moved the pen: after a mark set on half
an em, at a change of font, around a raised number. What was one printed line comes out as two to six, each of any
length; only their sums still show the measure.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from . import classes as c
from .groups import Groups, running
from .lines import Lines, Shorts

#: Most pieces looked at on either side of a boundary.
_MOST = 5
_FAR = 480
#: A width no line has.
_NOWHERE = -100_000
#: Lines whose pieces are laid side by side at a time.
_STRIP = 1024


def piece_rows(lines: Lines, docs: Groups, width: Shorts, measure: npt.NDArray[Any]) -> dict[str, Shorts]:
    """How far, in quarter cells, neighbouring lines put together are from filling the measure.

    ``row_inside``: some lines above a boundary with some below it; ``row_ends``: some lines above it.
    """
    n = len(lines)
    size = measure.astype(np.int32)
    total = running(width - lines.indent * c.CELL, np.int32)
    whole = total[1:]
    above, below = np.full((2, _MOST, n), _NOWHERE, np.int32)
    for row in range(_MOST):
        np.subtract(whole[row:], total[: max(n - row, 0)], out=above[row, row:])
        np.subtract(whole[row + 1 :], whole[: max(n - row - 1, 0)], out=below[row, : max(n - row - 1, 0)])
        above[row, docs.beyond(-row)] = _NOWHERE
        below[row, docs.beyond(row + 1)] = _NOWHERE
    above -= size
    inside = np.empty(n, np.int32)
    for at in range(0, n, _STRIP):
        part = slice(at, at + _STRIP)
        both = (above[:, None, part] + below[:, part]).reshape(_MOST * _MOST, -1)
        np.abs(both, out=both).min(axis=0, out=inside[part])
    ends = np.abs(above[1:]).min(axis=0)
    return {"row_inside": _near(inside), "row_ends": _near(ends)}


def _near(column: npt.NDArray[np.int32]) -> Shorts:
    return np.minimum(column, _FAR).astype(np.int16)
