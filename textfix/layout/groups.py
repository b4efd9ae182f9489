"""Lines that belong together, and where each line stands among them."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Groups", "Places", "running"]

_T = TypeVar("_T", bound=np.generic)
Places = npt.NDArray[np.intp]

#: How far `Groups.highest` may look.
_REACH = 8
#: Lines of a group are counted as far as sixteen bits go.
_FAR = np.iinfo(np.int16).max


def running(values: npt.NDArray[Any], dtype: npt.DTypeLike = np.int64) -> npt.NDArray[Any]:
    """Running sums from zero on: the difference of two is the sum of what lies between.

    >>> running(np.array([3, 1, 2])).tolist()
    [0, 3, 4, 6]
    """
    out = np.zeros(len(values) + 1, dtype)
    values.cumsum(dtype=dtype, out=out[1:])
    return out


class Groups:
    """Groups of neighbouring lines.

    >>> groups = Groups(np.array([True, False, False, True]))
    >>> groups.begin.tolist(), groups.end.tolist(), groups.ahead.tolist(), groups.behind.tolist()
    ([0, 0, 0, 3], [2, 2, 2, 3], [3, 2, 1, 1], [0, 1, 2, 0])
    >>> groups.shifted(np.array([5, 6, 7, 8]), 1, -1).tolist()
    [6, 7, -1, -1]
    """

    def __init__(self, cut: npt.NDArray[np.bool_]) -> None:
        """Take which lines something parts from the line above; the first one always is."""
        self._count = len(cut)
        #: The first line of each group, and how many lines it has.
        self.heads: Places = cut.nonzero()[0]
        self.sizes = np.empty_like(self.heads)
        self.sizes[:-1] = self.heads[1:] - self.heads[:-1]
        self.sizes[-1:] = len(cut) - self.heads[-1:]
        #: The last line of each group.
        self.tails: Places = self.heads + self.sizes - 1
        self._edges: dict[int, Places] = {}

    def __len__(self) -> int:
        return len(self.heads)

    def spread(self, values: npt.NDArray[_T]) -> npt.NDArray[_T]:
        """What is known of each group, on each of its lines."""
        return values.repeat(self.sizes, axis=-1)

    def inner(self, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """The lines of the chosen groups, but for the last of each: the boundaries inside them."""
        found = self.spread(chosen)
        found[self.tails] = False
        return found

    @cached_property
    def begin(self) -> Places:
        """The first line of the group each line stands in."""
        return self.spread(self.heads)

    @cached_property
    def end(self) -> Places:
        """The last line of the group each line stands in."""
        return self.spread(self.tails)

    @cached_property
    def ahead(self) -> npt.NDArray[np.int16]:
        """Lines of the group from this one on."""
        ahead: npt.NDArray[np.int16] = np.minimum(self.end + 1 - np.arange(self._count), _FAR).astype(np.int16)
        return ahead

    @cached_property
    def behind(self) -> npt.NDArray[np.int16]:
        """Lines of the group above this one."""
        behind: npt.NDArray[np.int16] = np.minimum(np.arange(self._count) - self.begin, _FAR).astype(np.int16)
        return behind

    def beyond(self, by: int) -> Places:
        """The lines whose neighbour so many lines further down, or up, is in another group."""
        if by not in self._edges:
            heads, tails = self.heads, self.tails
            rows = [np.maximum(tails - k, heads) if by > 0 else np.minimum(heads + k, tails) for k in range(abs(by))]
            self._edges[by] = np.concatenate((heads[:0], *rows))
        return self._edges[by]

    def shifted(self, columns: npt.NDArray[_T], by: int, fill: Any) -> npt.NDArray[_T]:
        """Columns as seen from ``by`` lines further up: element i holds line i + by, *fill* beyond the group."""
        out = np.empty_like(columns)
        if by > 0:
            out[..., :-by] = columns[..., by:]
        else:
            out[..., -by:] = columns[..., : max(self._count + by, 0)]
        out[..., self.beyond(by)] = fill
        return out

    @cached_property
    def _apart(self) -> Places:
        """Places for the lines that leave room before each group."""
        return np.arange(self._count) + self.spread(np.arange(1, len(self) + 1) * _REACH)

    def highest(self, column: npt.NDArray[_T], reach: int, fill: int) -> tuple[npt.NDArray[_T], npt.NDArray[_T]]:
        """The highest value among so many lines above each, and below it; *fill* where the group has none."""
        room = np.full(self._count + (len(self) + 2) * _REACH, fill, column.dtype)
        room[self._apart] = column
        size = room.itemsize
        windows = np.ndarray((reach, len(room) - reach + 1), room.dtype, room, 0, (size, size))
        found = windows.max(axis=0)
        return found.take(self._apart - reach, mode="clip"), found.take(self._apart + 1, mode="clip")

    def window(self, above: int, below: int) -> tuple[Places, Places]:
        """For each line, from so many lines above it to so many below (exclusive ends), inside its group."""
        at = np.arange(self._count)
        return np.maximum(at - above, self.begin), np.minimum(at + below, self.end) + 1

    def sums(self, columns: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """The sum of each column over each group."""
        return np.add.reduceat(columns, self.heads, axis=-1, dtype=np.int32)
