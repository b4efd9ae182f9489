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


def line_breaks(codes: NDArray[Any], *, feeds: bool) -> NDArray[Any]:
    """Return where lines end: line feeds, and form feeds if there are any."""
    ends = codes == 10
    if feeds:
        ends |= codes == 12
    found: NDArray[Any] = ends.nonzero()[0]
    return found


def small_copies(codes: NDArray[Any], same: NDArray[Any], doubled: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where small units are copied, so that it says something by itself, and where anything at all is.

    Three pairs or two triples in a row, three copies of two, or two of three; and two pairs, or two copies of two.
    `same` says which places equal the next, `doubled` where those are. Two pairs are a reduplication (高高兴兴); rules,
    leaders and blanks are runs of one character, of any length.
    """
    import numpy as np

    count = len(codes) - 7
    twos = codes[2:] == codes[:-2]
    twos = twos[:-1] & twos[1:]
    threes = codes[3:] == codes[:-3]
    again = threes[: count + 1] & threes[1 : count + 2]
    again &= threes[2 : count + 3]
    again = again[:count]
    again |= twos[:count]
    apart = same[4 : count + 4] | same[2 : count + 2]
    apart &= same[:count]
    again |= apart
    at = again.nonzero()[0]
    first, second, third, fourth, fifth = (same[at + ahead] for ahead in range(5))
    pairs = first & third
    both = twos[at] & ~second & ~third
    found = first & fifth & (second != third) & (third != fourth)
    found |= both & twos[at + 2] & ~fourth & ~fifth
    found |= threes[at] & threes[at + 1] & threes[at + 2] & ~(first & second)
    hits = at[found]
    # No columns of figures, but the number of a heading: 11..22.., 333...111...
    begin, behind = codes[hits], codes[hits + 2]
    fits = (begin > 57) | (behind > 57) | ((begin == 46) != (codes[hits + 3] == 46))
    for ahead in range(5):
        fits &= codes[hits + ahead] > 31
    begin = codes[at]
    weak = pairs & (begin > 47) & (codes[at + 2] > 47)
    weak |= both & (begin > 31) & (codes[at + 1] > 31)
    return np.concatenate((hits[fits], _apart(codes, same, doubled[doubled < count]))), at[weak]


def _apart(codes: NDArray[Any], same: NDArray[Any], at: NDArray[Any]) -> NDArray[Any]:
    """Letters set apart by a blank, each drawn on the spot: 总总总 则则则, 总总 则则 篇篇."""
    at = at[codes[at + 2] == 32]
    at = at[codes[at] > 57]  # a pair, and a blank
    letter = codes > 57 if at.size else codes
    pairs = same[at + 3] & letter[at + 3] & (codes[at + 5] == 32) & same[at + 6] & letter[at + 6]
    triples = same[at - 1] & letter[at - 1] & same[at + 3] & letter[at + 3] & same[at + 4] & letter[at + 4]
    found: NDArray[Any] = at[pairs | triples]
    return found


def square_lines(
    piece: str,
    codes: NDArray[Any],
    same: NDArray[Any],
    doubled: NDArray[Any],
    breaks: NDArray[Any],
    known: set[int],
    most: int,
) -> set[int]:
    """Return which lines hold four characters or more twice in a row, or twice with one blank between them.

    Lines are counted by the breaks before them; left out are those that are known, or longer than `most` characters.
    """
    import numpy as np

    # Line ends, and what lies inside a rule, a leader or a wide blank, equals nothing.
    inner = doubled[: np.searchsorted(doubled, len(same) - 2)]
    inner = inner[same[inner + 1]]
    inner = inner[same[inner + 2]] + 2
    masked = codes.copy()
    for places in (breaks, inner):
        masked[places] = np.arange(len(places)).astype(np.uint16) & np.uint16(0x7FF) | np.uint16(0xD800)
    hashes = masked[:-1] * np.uint16(0x9E37)
    hashes += masked[1:]
    hashes = hashes[:-2] * np.uint16(0x85EB) + hashes[2:]  # of four characters
    at, step = _near(hashes)
    line = np.searchsorted(breaks, at)
    widths = breaks.copy()
    widths[1:] -= breaks[:-1]
    widths[:1] += 1
    fits = (breaks[line] > at + step) & (widths[line] <= most + 1)
    at, step, line = at[fits], step[fits], line[fits]
    long = (widths > 2 * _SHORT_STEPS) & (widths <= most + 1)
    if long.any():
        for ahead in range(4 if inner.size else 0):
            hashes[np.minimum(inner, len(hashes) - 1 + ahead) - ahead] = _NOTHING
        far = _far(hashes[: breaks[-1] + 1][np.repeat(long, widths)], widths[long])
        numbers = long.nonzero()[0][far[2]]
        shift = breaks[numbers] - (np.cumsum(widths[long]) - 1)[far[2]]
        at, step, line = map(np.concatenate, zip((at, step, line), (far[0] + shift, far[1], numbers)))
    fits = _may_reach(codes, at, step)
    lines = set()
    for number, place, distance in zip(line[fits].tolist(), at[fits].tolist(), step[fits].tolist()):
        if number not in lines and number not in known and _is_square(piece, place, distance):
            lines.add(number)
    return lines


def _near(hashes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where four characters or more come again a short distance on, and how far."""
    import numpy as np

    again, here = np.zeros(len(hashes), bool), np.empty(len(hashes), bool)
    for step in range(_LEAST_STEP, _SHORT_STEPS):
        np.equal(hashes[step:], hashes[:-step], out=here[:-step])
        again[:-step] |= here[:-step]
    at = again.nonzero()[0]
    places = at + np.arange(_LEAST_STEP, _SHORT_STEPS)[:, None]
    found = hashes.take(places, mode="clip") == hashes[at]
    found &= places < len(hashes)
    found[:, 1:] &= ~found[:, :-1] | (at[1:] != at[:-1] + 1)  # the first of such a stretch
    step, which = np.divmod(found.ravel().nonzero()[0], max(len(at), 1))
    return at[which], step + _LEAST_STEP


def _far(hashes: NDArray[Any], widths: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return places that come again farther on in the same line, how far, and which of the lines, one behind the other.

    Of every sixteen neighbouring places those with the least hash are chosen: in both copies they are the same.
    """
    import numpy as np

    stops = np.cumsum(widths)
    for ahead in range(4):
        hashes[stops - 1 - ahead] = _NOTHING
    hashes = np.concatenate((hashes, np.full(_WINDOW - 1, _NOTHING, np.uint16)))
    least, size = hashes, 1
    while size < _WINDOW:
        least = np.minimum(least[size:], least[:-size])
        size *= 2
    least = np.concatenate((np.zeros(_WINDOW - 1, np.uint16), least))
    size = 1
    while size < _WINDOW:
        least = np.maximum(least[size:], least[:-size])
        size *= 2
    at = (hashes[: len(least)] == least).nonzero()[0]
    chosen = hashes[at]
    line = np.repeat(np.arange(len(stops), dtype=np.uint16), np.diff(np.searchsorted(at, stops), prepend=0))
    keys = chosen * np.uint16(0x9E37) + line * np.uint16(0x85EB)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    found = []
    for rival in range(1, _RIVALS + 1):
        like = (keys[rival:] == keys[:-rival]).nonzero()[0]
        found.append((order[like], order[like + rival]))
    first, second = map(np.concatenate, zip(*found))
    fits = (line[first] == line[second]) & (chosen[first] < _NOTHING)
    first, second = first[fits], second[fits]
    step = at[second] - at[first]
    fits = (step >= _SHORT_STEPS) & (step <= _MOST_STEP)
    return at[first[fits]], step[fits], line[first[fits]]


def _may_reach(codes: NDArray[Any], at: NDArray[Any], step: NDArray[Any]) -> NDArray[Any]:
    """Say of places that come again whether what is around them may, as far as the distance between them.

    Of seven places, a quarter of the distance from each other, four neighbours must then come again.
    """
    import numpy as np

    places = at + (step - 2) // 4 * np.arange(-3, 4)[:, None]
    again = codes.take(places, mode="clip") == codes.take(places + step, mode="clip")
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
