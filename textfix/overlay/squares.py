"""Finds where lines hold something twice in a row, without looking at each character in Python.

What stands twice in a row at a distance of `p` characters is a run of nearly `p` places that equal the place `p` on.
Short distances are tried one after the other, for the whole text at once. From a distance of 20 on, one place in
sixteen stands for its neighbours, from 36 on one in 32, and so on: each is compared with as many places as it stands
for, and so every doubling of the distance costs as much as one short one.

Everything here only selects; what is found is judged by the parse. It takes codes of 16 bits that end with a margin of
line ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from textfix.overlay.numbers import NUMBERED
from textfix.overlay.strings import FIRST_WIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MARGIN", "codes_of", "line_breaks", "members", "short_lines", "small_copies", "square_lines"]

MARGIN = "\n" * 32  # so that the end of a text is looked at like any other place

_LEAST_STEP = 4
_STRIDES = (16, 32, 64, 128, 256)
_SHORT_STEPS = _STRIDES[0] + 4  # from this distance on, few places stand for all
_AGAIN = (0, 0, 0, 1, 1, 3, 0, 4)  # where the first character of a line comes again, by how many it has
_PROBES = 7  # on either side


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


@cache
def members(characters: str) -> NDArray[Any]:
    """Which codes are among some characters."""
    import numpy as np

    table = np.zeros(1 << 16, bool)
    table[list(map(ord, characters))] = True
    return table


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


def short_lines(piece: str, codes: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any]) -> list[int]:
    """Return where lines start that say two or three letters twice, with a blank between, and nothing else.

    So do lines in a row that say one character three or four times.
    """
    import numpy as np

    at = (ends - starts < len(_AGAIN)).nonzero()[0]
    places, sizes = starts[at], (ends[at] - starts[at])
    again = np.array(_AGAIN).take(sizes)
    first = codes[places]
    at = ((codes[places + again] == first) & (again > 0) & (first > FIRST_WIDE)).nonzero()[0]
    found: list[int] = []
    above, stop = 0, -2  # where the last line of one character starts, and ends
    for start, size in zip(places[at].tolist(), sizes[at].tolist()):
        line = piece[start : start + size]
        half = size // 2
        if size > 4:
            if line[half] == " " and line[:half] == line[half + 1 :]:
                found.append(start)
        elif line == line[0] * size:
            if stop + 1 == start:
                found += (above, start)
            above, stop = start, start + size
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
    hashes = _hashes(masked)[: breaks[-1] + 1]
    found = [_near(hashes)]
    widths = np.diff(breaks, prepend=-1)
    found += _far(hashes, widths)
    at, beyond = map(np.concatenate, zip(*found)) if len(found) > 1 else found[0]
    line = np.searchsorted(breaks, at)
    fits = (breaks[line] > beyond) & (widths[line] <= most + 1)
    at, line, step = at[fits], line[fits], (beyond - at)[fits]
    if not at.size:
        return set()
    fits = _may_reach(codes, at, step)
    lines = set()
    for number, place, distance in zip(line[fits].tolist(), at[fits].tolist(), step[fits].tolist()):
        if number not in lines and number not in known and _is_square(piece, place, distance):
            lines.add(number)
    return lines


def _hashes(codes: NDArray[Any]) -> NDArray[Any]:
    """Return a number for each four characters in a row."""
    import numpy as np

    hashes = codes[:-1] * np.uint16(0x9E37)
    hashes += codes[1:]
    found: NDArray[Any] = hashes[:-2] * np.uint16(0x85EB) + hashes[2:]
    return found


def _near(hashes: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return where four characters come again a short distance on, and where they do."""
    import numpy as np

    again, here = np.zeros(len(hashes), bool), np.empty(len(hashes), bool)
    for step in range(_LEAST_STEP, _SHORT_STEPS):
        np.equal(hashes[step:], hashes[:-step], out=here[:-step])
        again[:-step] |= here[:-step]
    at = again.nonzero()[0]
    if not at.size:
        return at, at
    places = at + np.arange(_LEAST_STEP, _SHORT_STEPS)[:, None]
    found = hashes.take(places, mode="clip") == hashes[at]
    found &= places < len(hashes)
    found[:, 1:] &= ~found[:, :-1] | (at[1:] != at[:-1] + 1)  # the first of such a stretch
    step, which = np.divmod(found.ravel().nonzero()[0], len(at))
    return at[which], at[which] + step + _LEAST_STEP


def _far(hashes: NDArray[Any], widths: NDArray[Any]) -> Iterator[tuple[NDArray[Any], ...]]:
    """Yield where four characters come again farther on in a line, and where they do, given how wide the lines are.

    Of so many neighbouring places that equal those a distance farther on, one is a multiple of the stride.
    """
    import numpy as np

    firsts = starts = np.cumsum(widths) - widths
    for stride in _STRIDES:
        least = stride + 4
        long = widths >= 2 * least
        left = int(widths[long].sum())
        if not left:
            return
        if 2 * left < len(hashes):
            hashes, widths, starts = hashes[np.repeat(long, widths)], widths[long], starts[long]
            firsts = np.cumsum(widths) - widths
        rows = -(-len(hashes) // stride)
        padded = np.concatenate((hashes, np.zeros(rows * stride + least - len(hashes), np.uint16)))
        again = padded[least:].reshape(rows, stride) == padded[: rows * stride : stride, None]
        hits = again.ravel().nonzero()[0]
        if not hits.size:
            continue
        row, ahead = np.divmod(hits, stride)
        at, beyond = row * stride, row * stride + ahead + least
        line = np.searchsorted(firsts, at, "right") - 1
        fits = beyond - firsts[line] < widths[line]
        shift = (starts - firsts)[line]
        yield (at + shift)[fits], (beyond + shift)[fits]


def _may_reach(codes: NDArray[Any], at: NDArray[Any], step: NDArray[Any]) -> NDArray[Any]:
    """Say of places that come again whether what is around them may, as far as the distance between them.

    A few places are asked on either side, as far from each other as they must be to reach all the way.
    """
    import numpy as np

    apart = np.maximum((step - 2) // (_PROBES + 1), 1)
    places = at + apart * np.arange(-_PROBES, _PROBES + 1)[:, None]
    again = codes.take(places, mode="clip") == codes.take(places + step, mode="clip")
    again &= places >= 0
    again[: _PROBES + 1] = np.logical_and.accumulate(again[_PROBES::-1])[::-1]
    again[_PROBES:] = np.logical_and.accumulate(again[_PROBES:])
    found: NDArray[Any] = again.sum(0) >= np.minimum(step - 1, _PROBES + 1)
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
    if "\n" in unit or "\f" in unit:
        return False
    return sum(map(str.isalpha, unit)) > 1 or NUMBERED.match(unit) is not None


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
