"""Finds lines that come again: the next line begins with them, or a block of up to four lines stands twice in a row.

Of every line that says something, only the first few characters are looked at, in all lines at once; the few lines of
which the next begins with the same are compared as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Heads", "heads_of", "twins_of_each"]

_SIZES = (2, 3, 4)
_HEAD = 4
_LETTERS = 40  # characters in which a line must have a letter


class Heads(NamedTuple):
    """How lines that say something begin, in order."""

    places: NDArray[Any]
    """Where they begin to say something (code points)."""
    codes: NDArray[Any]
    """Their first characters, a row each."""

    @classmethod
    def joined(cls, heads: Sequence[Heads]) -> Heads:
        """Put those of the pieces of a text one after the other."""
        import numpy as np

        return heads[0] if len(heads) == 1 else cls(*(np.concatenate(column, axis=-1) for column in zip(*heads)))


def heads_of(codes: NDArray[Any], starts: NDArray[Any], offset: int) -> Heads:
    """Return how the lines begin that start at those places of a piece, blanks left out."""
    import numpy as np

    blank = _blanks()
    places = starts.copy()
    left = blank[codes[places]].nonzero()[0]
    while left.size:
        places[left] += 1
        left = left[blank[codes[places[left]]]]
    places = places[codes[places] != 10]
    return Heads(places + offset, np.stack([codes[places + ahead] for ahead in range(_HEAD)]))


@cache
def _blanks() -> NDArray[Any]:
    """What `str.strip` takes for blank, but for the line feed."""
    import numpy as np

    return np.array([chr(code).isspace() and code != 10 for code in range(1 << 16)])


def twins_of_each(text: str, heads: Heads, starts: Sequence[int]) -> list[frozenset[str]]:
    """Return the lines, without blanks around them, with which the next one begins, or the same block of lines.

    For every document of a text, given where they start.
    """
    import numpy as np

    found: list[set[str]] = [set() for _ in starts]
    places, codes = heads
    short = _blanks()[codes] | (codes == 10)  # the line may end here
    owner = np.searchsorted(np.asarray(starts), places, "right") - 1

    def alike(size: int) -> NDArray[Any]:
        same: NDArray[Any] = (owner[size:] == owner[:-size]) & (codes[0, size:] == codes[0, :-size])
        ended = np.zeros(len(same), bool)
        for character, end in zip(codes[1:], short[1:]):
            ended |= end[:-size]
            same &= ended | (character[size:] == character[:-size])
        return same

    def line(index: int) -> str:
        start = int(places[index])
        end = text.find("\n", start)
        return text[start : end if end >= 0 else len(text)].rstrip()

    for index in alike(1).nonzero()[0].tolist():
        said = line(index)
        if text.startswith(said, int(places[index + 1])):
            found[owner[index]].add(said)
    for size in _SIZES:
        same = alike(size)
        count = max(len(places) - 2 * size + 1, 0)
        whole = same[:count].copy()
        for ahead in range(1, size):
            whole &= same[ahead : ahead + count]
        for index in whole.nonzero()[0].tolist():
            if all(line(index + ahead) == line(index + ahead + size) for ahead in range(size)):
                found[owner[index]].add(line(index))
    return [frozenset(said for said in lines if any(map(str.isalpha, said[:_LETTERS]))) for lines in found]
