"""Columns of many edits, worked on as arrays: the same outcomes as one by one, for texts with an edit every few words.

Used where there are many edits and numpy is loaded, which it is where lines were measured.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["applied", "are_sound", "befores", "chosen", "is_dense", "order", "targets"]

#: So many edits are many.
_MANY = 64
#: Making all characters of a text into an array and back costs as much as an edit for each so many of them.
_APART = 60
#: So many edits are made at a time.
_AT_ONCE = 1 << 14


def is_dense(count: int) -> bool:
    """Say whether so many edits are worth arrays."""
    return count >= _MANY and "numpy" in sys.modules


def _numbers(column: array[int]) -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(column, np.int64)


def are_sound(starts: array[int], ends: array[int], size: int) -> bool:
    """Say whether edits rise, do not overlap and lie inside a text of that size."""
    first, last = _numbers(starts), _numbers(ends)
    return bool(
        (first[1:] > first[:-1]).all()
        and (first <= last).all()
        and (last[:-1] <= first[1:]).all()
        and first[0] >= 0
        and last[-1] <= size
    )


def chosen(values: Sequence[str], numbers: NDArray[Any]) -> list[str]:
    """Return a value for each number."""
    import numpy as np

    return np.array(values, object)[numbers].tolist()  # type: ignore[no-any-return]


def order(starts: array[int], ends: array[int]) -> list[int]:
    """Return the order of edits by start, then end, then as they come."""
    import numpy as np

    return np.lexsort((_numbers(ends), _numbers(starts))).tolist()  # type: ignore[no-any-return]


def befores(text: str, starts: array[int], ends: array[int]) -> list[str]:
    """Return what each edit takes away."""
    widths = _numbers(ends) - _numbers(starts)
    if ends[-1] > len(text) or starts[-1] >= len(text):
        return [text[start:end] for start, end in zip(starts, ends)]
    found = list(itemgetter(*starts)(text))
    for row in (widths != 1).nonzero()[0].tolist():
        found[row] = text[starts[row] : ends[row]]
    return found


def applied(text: str, starts: array[int], ends: array[int], afters: Sequence[str]) -> str | None:
    """Return the edited text, where all edits delete or put one character in place; None where they do not."""
    if len(text) > _APART * len(starts):
        return None
    first, last = _numbers(starts), _numbers(ends)
    pieces, done = [], 0
    for low in range(0, len(starts), _AT_ONCE):
        high = low + _AT_ONCE
        stop = starts[high] if high < len(starts) else len(text)
        piece = _applied(text[done:stop], first[low:high] - done, last[low:high] - done, afters[low:high])
        if piece is None:
            return None
        pieces.append(piece)
        done = stop
    return "".join(pieces)


def _applied(text: str, first: NDArray[Any], last: NDArray[Any], afters: Sequence[str]) -> str | None:
    import numpy as np

    widths = last - first
    codes: NDArray[Any] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    keep = np.ones(len(codes), bool)
    passed = widths.cumsum()
    keep[np.arange(passed[-1]) + (last - passed).repeat(widths)] = False
    if any(afters):
        rows = [row for row, after in enumerate(afters) if after]
        if any(len(afters[row]) != 1 for row in rows) or not widths[rows].all():
            return None
        places = first[rows]
        codes = codes.copy()
        codes[places] = list(map(ord, map(afters.__getitem__, rows)))
        keep[places] = True
    return codes[keep].tobytes().decode("utf-32-le", "surrogatepass")


def targets(starts: array[int], ends: array[int], afters: Sequence[str]) -> tuple[array[int], array[int]]:
    """Return where each edit's replacement starts and ends in the edited text."""
    import numpy as np

    first, last = _numbers(starts), _numbers(ends)
    sizes = np.fromiter(map(len, afters), np.int64, len(afters))
    shift = np.zeros(len(afters), np.int64)
    np.cumsum((sizes - (last - first))[:-1], out=shift[1:])
    begin = first + shift
    return array("q", begin.tobytes()), array("q", (begin + sizes).tobytes())
