"""Finds where lines hold something twice in a row, without looking at each character in Python.

What stands twice in a row at a distance of `p` characters is a run of places that equal the place `p` farther on. Short
distances are tried one after the other, for the whole text at once. For long ones, a few places of the text are chosen
by what stands there, so that the same are chosen in every copy, and compared with the next of their like.

Everything here only selects; what is found is judged by the parse. It takes codes of 16 bits that end with a margin of
line ends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MARGIN", "codes_of", "line_breaks", "small_copies", "square_lines"]

MARGIN = "\n" * 32  # so that the end of a text is looked at like any other place

_LEAST_STEP = 4
_SHORT_STEPS = 20  # from this distance on, chosen places stand for all
_WINDOW = 16
_MOST_STEP = 513
_RIVALS = 3
_NOTHING = 0xFFFF


def codes_of(piece: str) -> NDArray[Any]:
    """Return the characters and a margin as integers of 16 bits; those beyond the BMP share private ones."""
    import numpy as np

    text = piece + MARGIN
    codes: NDArray[Any] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) > len(text):
        wide: NDArray[Any] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        codes = wide.astype(np.uint16)
        codes[wide > 0xFFFF] |= np.uint16(0xE000)
    return codes


def line_breaks(codes: NDArray[Any]) -> NDArray[Any]:
    """Return where lines end: line feeds and form feeds."""
    found: NDArray[Any] = ((codes == 10) | (codes == 12)).nonzero()[0]
    return found


def small_copies(codes: NDArray[Any], same: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where small units are copied, so that it says something by itself, and where anything at all is.

    Three pairs or two triples in a row, three copies of two, or two of three; and two pairs, or two copies of two.
    `same` says which places equal the next. Two pairs are a reduplication (高高兴兴); rules, leaders and blanks are
    runs of one character, of any length.
    """
    import numpy as np

    count = len(codes) - 7
    turns = same[1:] ^ same[:-1]
    hits = same[:count] & same[4 : count + 4]
    hits &= turns[1 : count + 1]
    hits &= turns[2 : count + 2]
    twos = codes[2:] == codes[:-2]
    twos &= ~same[1:]
    twos = twos[:-1] & twos[1:]
    hits |= twos[:count] & twos[2 : count + 2]
    threes = codes[3:] == codes[:-3]
    threes = threes[: count + 1] & threes[1 : count + 2] & threes[2 : count + 3]
    hits |= threes[:count] & ~(same[:count] & same[1 : count + 1])
    found = hits.nonzero()[0]
    # No columns of figures, but the number of a heading: 11..22.., 333...111...
    first, third = codes[found], codes[found + 2]
    fits = (first > 57) | (third > 57) | ((first == 46) != (codes[found + 3] == 46))
    for ahead in range(5):
        fits &= codes[found + ahead] > 31
    pairs = same[:count] & same[2 : count + 2]
    pairs &= codes[:count] > 47
    weak = pairs.nonzero()[0]
    both = twos[:count].nonzero()[0]
    both = both[(codes[both] > 31) & (codes[both + 1] > 31)]
    weak = np.concatenate((weak[codes[weak + 2] > 47], both))
    return np.concatenate((found[fits], _apart(codes, same, count))), weak


def _apart(codes: NDArray[Any], same: NDArray[Any], count: int) -> NDArray[Any]:
    """Letters set apart by a blank, each drawn on the spot: 总总总 则则则, 总总 则则 篇篇."""
    doubled = same[: count + 6] & (codes[: count + 6] > 57)
    at: NDArray[Any] = doubled[:count].nonzero()[0]
    at = at[codes[at + 2] == 32]  # a pair, and a blank
    pairs = doubled[at + 3] & (codes[at + 5] == 32) & doubled[at + 6]
    triples = doubled[at - 1] & doubled[at + 3] & doubled[at + 4]
    found: NDArray[Any] = at[pairs | triples]
    return found


def square_lines(
    piece: str, codes: NDArray[Any], same: NDArray[Any], breaks: NDArray[Any], known: set[int], most: int
) -> set[int]:
    """Return which lines hold four characters or more twice in a row, or twice with one blank between them.

    Lines are counted by the breaks before them; left out are those that are known, or longer than `most` characters.
    """
    import numpy as np

    # Line ends, and what lies inside a rule, a leader or a wide blank, equals nothing.
    inner = (same[:-2] & same[1:-1] & same[2:]).nonzero()[0] + 2
    masked = codes.copy()
    for places in (breaks, inner):
        masked[places] = 0xD800 | (places & 0x7FF)
    hashes = masked[:-1] * np.uint16(0x9E37) + masked[1:]
    hashes = hashes[:-2] * np.uint16(0x85EB) + hashes[2:]  # of four characters
    at, step = _near(hashes)
    widths = breaks.copy()
    widths[1:] -= breaks[:-1]
    if int(widths.max()) > 2 * _SHORT_STEPS:
        for places in (breaks, inner):
            for ahead in range(4):
                hashes[np.minimum(places, len(hashes) - 1 + ahead) - ahead] = _NOTHING
        at, step = map(np.concatenate, zip((at, step), _far(codes, hashes, breaks)))
    line = np.searchsorted(breaks, at)
    fits = (breaks[line] > at + step) & (widths[line] <= most + 1)
    at, step, line = at[fits], step[fits], line[fits]
    fits = _may_reach(codes, at, step)
    lines = set()
    for number, place, distance in zip(line[fits].tolist(), at[fits].tolist(), step[fits].tolist()):
        if number not in lines and number not in known and _is_square(piece, place, distance):
            lines.add(number)
    return lines


def _near(hashes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where four characters or more come again a short distance on, and how far."""
    import numpy as np

    steps = range(_LEAST_STEP, _SHORT_STEPS)
    found = [(hashes[step:] == hashes[:-step]).nonzero()[0] for step in steps]
    at, step = np.concatenate(found), np.repeat(steps, list(map(len, found)))
    first = np.ones(len(at), bool)  # of such a stretch
    first[1:] = at[1:] != at[:-1] + 1
    return at[first], step[first]


def _far(codes: NDArray[Any], hashes: NDArray[Any], breaks: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return places that come again farther on, and how far.

    Of every sixteen neighbouring places those with the least hash are chosen: in both copies they are the same.
    """
    import numpy as np

    least, size = hashes, 1
    while size < _WINDOW:
        least = np.minimum(least[size:], least[:-size])
        size *= 2
    least = np.concatenate((np.zeros(_WINDOW - 1, np.uint16), least))
    size = 1
    while size < _WINDOW:
        least = np.maximum(least[size:], least[:-size])
        size *= 2
    chosen = hashes[: len(least)]
    at = ((chosen == least) & (chosen < _NOTHING)).nonzero()[0]
    spread: NDArray[Any] = np.searchsorted(breaks, at).astype(np.uint32)  # in lines of their own
    for ahead in range(4):
        spread *= np.uint32(0x9E3779B1)
        spread += codes[at + ahead]
    spread *= np.uint32(0x85EBCA77)
    keys = (spread >> np.uint32(16)).astype(np.uint16)
    order = np.argsort(keys, kind="stable")
    at, keys = at[order], keys[order]
    found = []
    for rival in range(1, _RIVALS + 1):
        like = (keys[rival:] == keys[:-rival]).nonzero()[0]
        found.append((at[like], at[like + rival] - at[like]))
    first, step = map(np.concatenate, zip(*found))
    fits = (step >= _SHORT_STEPS) & (step <= _MOST_STEP)
    return first[fits], step[fits]


def _may_reach(codes: NDArray[Any], at: NDArray[Any], step: NDArray[Any]) -> NDArray[Any]:
    """Say of places that come again whether what is around them may, as far as the distance between them.

    Of seven places, a quarter of the distance from each other, four neighbours must then come again.
    """
    import numpy as np

    places = at + (step - 2) // 4 * np.arange(-3, 4)[:, None]
    again = codes[places] == codes[(places + step).clip(0, len(codes) - 1)]
    again &= places >= 0
    found: NDArray[Any] = again[:4].all(0) | again[1:5].all(0) | again[2:6].all(0) | again[3:].all(0)
    return found


def _is_square(piece: str, place: int, step: int) -> bool:
    """Say whether letters stand twice in a row around a place, so far apart."""
    if not (
        piece.startswith(piece[place : place + step - 1], place + step) or piece[place - 1] == piece[place - 1 + step]
    ):
        return False
    right = _longest(step, lambda size: piece.startswith(piece[place : place + size], place + step))
    left = 0
    if place and piece[place - 1] == piece[place - 1 + step]:
        left = _longest(
            min(step, place), lambda size: piece.startswith(piece[place - size : place], place - size + step)
        )
    if left + right < step and not (left + right == step - 1 and piece[place + right].isspace()):
        return False
    unit = piece[place - left : place - left + step].rstrip()
    return "\n" not in unit and "\f" not in unit and sum(map(str.isalpha, unit)) > 1


def _longest(most: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number that fits, where all smaller ones do."""
    if fits(most):
        return most
    least = 0
    while least + 1 < most:
        middle = (least + most) // 2
        if fits(middle):
            least = middle
        else:
            most = middle
    return least
