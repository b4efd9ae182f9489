"""Loops that numba compiles where it is installed (`textfix[fast]`): plain Python on arrays of integers.

Each has a twin in array operations, which is what runs without numba, and returns the same integers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

__all__ = ["Accumulate", "accumulate", "accumulator"]

Accumulate = Callable[
    [
        npt.NDArray[np.int16],
        npt.NDArray[np.uint32],
        npt.NDArray[np.int16],
        npt.NDArray[np.int16],
        npt.NDArray[np.int32],
    ],
    None,
]

#: Lines that a process scores before numba is loaded: to load it takes as long as to score this many without it.
_PAYS: Final = 2_500_000
_BLOCK: Final = 512


class _Counter:
    """How many lines this process has scored."""

    def __init__(self) -> None:
        self.lines = 0


_counter = _Counter()


def accumulate(
    matrix: npt.NDArray[np.int16],
    feature: npt.NDArray[np.uint32],
    threshold: npt.NDArray[np.int16],
    leaves: npt.NDArray[np.int16],
    total: npt.NDArray[np.int32],
) -> None:
    """Add the leaf of every tree to the total of each line (column of *matrix*).

    *feature* and *threshold* have a row a level and a column a tree, *leaves* a row a tree.
    """
    depth, trees = feature.shape
    lines = matrix.shape[1]
    block = np.zeros(_BLOCK, np.uint8)
    for begin in range(0, lines, _BLOCK):
        end = min(begin + _BLOCK, lines)
        leaf, sums = block[: end - begin], total[begin:end]
        for tree in range(trees):
            leaf[:] = 0
            # One short loop for each level, over what lies side by side: compilers make vector instructions of it.
            for level in range(depth - 1, -1, -1):
                column, limit = matrix[feature[level, tree]][begin:end], threshold[level, tree]
                for at in range(len(leaf)):
                    leaf[at] = np.uint8(leaf[at] << 1) | np.uint8(column[at] > limit)
            values = leaves[tree]
            for at in range(len(leaf)):
                sums[at] += values[leaf[at]]


def accumulator(lines: int) -> Accumulate | None:
    """Return `accumulate`, compiled, once a process has scored enough lines for it to pay; None before, or without."""
    _counter.lines += lines
    return _compiled() if _counter.lines >= _PAYS else None


@functools.lru_cache(maxsize=1)
def _compiled() -> Accumulate | None:
    try:
        import numba
    except ImportError:
        return None
    compiled: Any = numba.njit(cache=True, nogil=True)(accumulate)
    return compiled  # type: ignore[no-any-return]
