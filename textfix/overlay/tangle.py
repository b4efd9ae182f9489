"""Copies of the pieces of a line, on lines of their own and out of order.

An extractor that sorts what it finds by position makes lines of the copies as they come: a heading drawn in two
runs comes out as `引导原则 / 333...111...引导原则 / 引导原则`. What it says is the string that can be put together
from those lines and has each of their characters exactly a k-th as often.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import compress, count, permutations, product, repeat
from operator import contains, getitem, or_
from typing import NamedTuple

from textfix.document import Document
from textfix.overlay.copies import lines_of, split_lines, words_of
from textfix.overlay.numbers import LEVELS, NUMBERED
from textfix.overlay.parse import Run, parse
from textfix.overlay.scan import MAX_LINE
from textfix.overlay.strings import overlap
from textfix.patterns import pattern

__all__ = ["Tangle", "tangles"]

_WIDE = pattern(r"[\u3040-\ud7af\U00020000-\U0003ffff]")
_NUMBER = pattern(r"(?:[0-9]+[.．])+[0-9]*$")
# Digits in groups of bounded length: copies in copies take time that is exponential in it.
_DOTTED = pattern(r"[0-9]{2,12}(?:(?:\.{2,8}|．{2,8})[0-9]{2,12})*(?:\.{2,8}|．{2,8})?$")
_DIGITS = pattern(r"[0-9]+")
_COPIED = pattern(r"(?:([0-9]+)\1+)+$")
_SENTENCE = pattern(r".{9}[^。.．][。.．]$")  # no line of a heading
_MOST_LINES = 13  # of three runs, each drawn four times, there are ten
_MOST_ABOVE = 3
_MOST_PIECES = 4
_SIGHT = 3 * (_MOST_LINES + _MOST_ABOVE)  # lines, blank ones among them


class Tangle(NamedTuple):
    """Lines that say one thing k times over, in no order; offsets in the text."""

    start: int
    end: int
    copies: int
    said: str
    drawn: int
    """How many different copies stand side by side with their like, which those of a text or a table do not."""
    apart: bool
    """Whether the number of a heading stands on a line of its own beside the one that begins with it."""


def tangles(document: Document, candidates: Iterable[int], near: Sequence[int] | None = None) -> Iterator[Tangle]:
    """Yield the tangles of a document, one after the other, for the numbers of copies that come into question.

    With `near`, offsets in order, only tangles that may lie around one of them are looked for.

    >>> [tangle.said for tangle in tangles(Document("引导原则\\n333...111...引导原则\\n引导原则\\n"), (2, 3))]
    ['3.1.引导原则']
    >>> [tangle.said for tangle in tangles(Document("Removal\\nPackage Removal\\n55..44..22.. Package\\n"), (2,))]
    ['5.4.2. Package Removal']
    >>> list(tangles(Document("是 否\\n否 是\\n"), (2, 3, 4)))
    []
    """
    text = document.text
    copies = sorted(set(candidates), reverse=True)  # what is there four times is there twice as well
    if near is None:
        yield from _tangles(text, lambda: document.view(lines_of)[0], copies, None)
    else:
        for start, stop in _windows(text, near):
            window = text[start:stop]
            here = [place - start for place in near[bisect_left(near, start) : bisect_left(near, stop)]]
            for tangle in _tangles(window, partial(_spans, window), copies, here):
                yield tangle._replace(start=tangle.start + start, end=tangle.end + start)


def _windows(text: str, near: Sequence[int]) -> list[tuple[int, int]]:
    """Return stretches of whole lines around places that hold all tangles there, and the lines around those."""
    found: list[tuple[int, int]] = []
    for place in near:
        if found and place < found[-1][1]:
            start = found.pop()[0]
        else:
            start = place
            for _ in range(_SIGHT):
                start = text.rfind("\n", 0, max(start - 1, 0)) + 1
            if found and start <= found[-1][1]:
                start = found.pop()[0]
        stop = place
        for _ in range(_SIGHT):
            stop = text.find("\n", stop) + 1 or len(text)
        found.append((start, stop))
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    return split_lines(text)[0]


def _tangles(
    text: str, lines: Callable[[], list[tuple[int, int]]], copies: list[int], near: Sequence[int] | None
) -> Iterator[Tangle]:
    words = words_of(text)
    seeds = [seed for seed in _seeds(words) if _touch(words[seed], words[seed + 1]) and _comes_again(words, seed)]
    if not seeds:
        return
    spans = lines()
    done = 0
    tried: set[tuple[str, ...]] = set()
    for seed in seeds:
        if seed < done or (near is not None and not _is_near(spans, seed, near)):
            continue
        around = (words[seed], *words[max(done, seed - _MOST_ABOVE) : seed + _MOST_LINES])
        if around in tried:
            continue  # a table, or a text that repeats itself for other reasons
        found = _around(text, spans, words, seed, done, copies)
        if found is not None:
            done, tangle = found
            yield tangle
        else:
            tried.add(around)


def _seeds(words: list[str]) -> list[int]:
    """Return the lines that may share a piece with the next, or have the number of a heading below."""
    heads = list(map(getitem, words, repeat(slice(2))))
    below = words[1:]
    found = compress(count(), map(or_, map(contains, words, heads[1:]), map(contains, below, heads)))
    seeds = {
        seed
        for seed in found
        if words[seed][-2:] in below[seed] or below[seed][-2:] in words[seed] or below[seed][0].isdigit()
    }
    return sorted(seeds)


def _comes_again(words: list[str], seed: int) -> bool:
    """Say whether every character of two lines stands twice at least in all that may belong to a tangle with them."""
    around = "".join(words[max(0, seed - _MOST_ABOVE) : seed + _MOST_LINES])
    return all(around.count(character) > 1 for character in {*words[seed], *words[seed + 1]})


def _is_near(spans: list[tuple[int, int]], seed: int, near: Sequence[int]) -> bool:
    first = spans[max(0, seed - _MOST_ABOVE)][0]
    last = spans[min(len(spans), seed + _MOST_LINES) - 1][1]
    at = bisect_left(near, first)
    return at < len(near) and near[at] < last


def _touch(above: str, below: str) -> bool:
    """Say whether two different lines share a piece: one holds the other, or begins with what the other ends with."""
    if above == below or len(above) + len(below) > MAX_LINE:
        return False
    if _is_drawn_number(below) or (above.startswith(below) and _NUMBER.match(below) is not None):
        return True
    if below.startswith(above) and LEVELS.fullmatch(above):
        return True
    if above in below or below in above:
        shorter = above if above in below else below
        return any(map(str.isalpha, shorter)) and (len(shorter) > 1 or not shorter.isascii())
    return overlap(above, below) > 1 or overlap(below, above) > 1


def _is_drawn_number(word: str) -> bool:
    """Say whether a word is the number of a heading, with every piece at least twice: `11..22..`, `1010..22..`."""
    return _DOTTED.match(word) is not None and all(map(_COPIED.match, _DIGITS.findall(word)))


def _around(
    text: str, spans: list[tuple[int, int]], words: list[str], seed: int, done: int, copies: list[int]
) -> tuple[int, Tangle] | None:
    """Find the fewest lines around a pair that are a tangle."""
    first, last = seed, seed + 1
    while first > max(done, seed - _MOST_ABOVE) and _is_close(text, spans, first):
        first -= 1
    while last < min(len(words), seed + _MOST_LINES) and _is_close(text, spans, last):
        last += 1
    windows = sorted(
        ((a, b) for a in range(first, seed + 1) for b in range(seed + 2, min(last, a + _MOST_LINES) + 1)),
        key=lambda window: window[1] - window[0],
    )
    for times, (a, b) in product(copies, windows):
        start, end = spans[a][0], spans[b - 1][1]
        joined = "".join(words[a:b])
        if end - start > MAX_LINE or len(joined) % times or any(joined.count(c) % times for c in words[seed]):
            continue
        if _is_in_order(words[a:b], times) or _goes_on(words, a, b) or any(map(_SENTENCE.search, words[a:b])):
            continue
        said = _put_together([text[x:y] for x, y in spans[a:b]], joined, times)
        if said is not None:
            drawn = _count_drawn(words[a:b], times)
            end = start + len(text[start:end].rstrip())
            return b, Tangle(start, end, times, said, drawn, _has_number_apart(words[a:b]))
    return None


def _has_number_apart(words: list[str]) -> bool:
    """Say whether the number of a heading begins two different lines: in a text it stands once."""
    found = [NUMBERED.match(word) for word in dict.fromkeys(words)]
    numbers = [number[0] for number in found if number]
    return len(set(numbers)) < len(numbers)


def _is_in_order(words: list[str], copies: int) -> bool:
    """Say whether the first or the last line has all its copies itself, and the others theirs: nothing is tangled."""
    alone = [all(word.count(c) % copies == 0 for c in word) for word in (words[0], words[-1])]
    return alone[0] or (alone[1] and not _is_drawn_number(words[-1]))


def _goes_on(words: list[str], a: int, b: int) -> bool:
    """Say whether the lines around go on in the same way, or a number at the end is that of the heading below."""
    return (
        words[b : b + 1] == words[a : a + 1]
        or (a > 0 and words[a - 1] == words[b - 1])
        or (_is_drawn_number(words[b - 1]) and words[b : b + 1] == words[b + 1 : b + 2])
    )


def _is_close(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    between = text[spans[index - 1][1] : spans[index][0]]
    return between.count("\n") < 3 and "\f" not in between


def _put_together(lines: list[str], joined: str, copies: int) -> str | None:
    """Return what the lines say, if they can be put together so that every character is drawn as often."""
    every = Counter(joined)
    if any(times % copies for times in every.values()):
        return None
    once = {character: times // copies for character, times in every.items()}
    for singles, figures in ((True, True), (False, True), (True, False), (False, False)):
        pieces = list(dict.fromkeys(_collapsed(line, copies, singles=singles, figures=figures) for line in lines))
        squeezed = ["".join(piece.split()) for piece in pieces]
        whole = [
            (piece, word)
            for at, (piece, word) in enumerate(zip(pieces, squeezed))
            if not any(word in other and (word != other or at > k) for k, other in enumerate(squeezed) if k != at)
        ]
        # The number of a heading stands before it, wherever the extractor put it.
        whole.sort(key=lambda pair: not _NUMBER.match(pair[1]))
        for order in permutations(whole) if len(whole) <= _MOST_PIECES else [_linked(whole)]:
            said = _merged(order)
            if Counter("".join(said.split())) == once:
                return said
    return None


def _linked(pieces: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Order pieces so that each begins with as much as can be of the end of the one before it."""
    left = sorted(pieces, key=lambda pair: not NUMBERED.match(pair[1]))
    order = [left.pop(0)]
    while left:
        best = max(range(len(left)), key=lambda index: (overlap(order[-1][1], left[index][1]), -index))
        order.append(left.pop(best))
    return tuple(order)


def _merged(order: tuple[tuple[str, str], ...]) -> str:
    said, so_far = order[0]
    for piece, word in order[1:]:
        size = overlap(so_far, word)
        position = 0
        for _ in range(size):
            while piece[position].isspace():
                position += 1
            position += 1
        rest = piece[position:]
        if not size and said[-1].isascii() and rest[0].isascii():
            rest = " " + rest
        said += rest
        so_far += word[size:]
    return said


def _count_drawn(words: list[str], copies: int) -> int:
    """Count the different copies that stand side by side so often; single letters and marks are one at most."""
    units = {run.unit for word in words for run in parse(word, copies).runs}
    telling = sum(any(map(str.isalnum, unit)) and (len(unit) > 1 or _WIDE.match(unit) is not None) for unit in units)
    return max(telling, min(len(units), 1))


@lru_cache(maxsize=512)
def _collapsed(line: str, most: int, *, singles: bool, figures: bool) -> str:
    """Return a line with all its copies taken out, where there are up to so many of each piece.

    An extractor that made lines of some of the copies leaves the fewer of them side by side. Letters of a word that are
    double by themselves are not `singles`, nor are numbers that are (14.4.) `figures`.
    """
    line = line.strip()
    for copies in range(most, 1, -1):
        kept = []
        position = 0
        runs = parse(line, copies).runs
        edges = {-1, len(line), *(run.start for run in runs), *(run.end - 1 for run in runs)}
        for run in runs:
            letters, single = any(map(str.isalpha, run.unit)), len(run.unit) == 1
            if (
                not (letters or figures or not any(map(str.isdigit, run.unit)))
                or (copies < most and (single or not letters))
                or (single and letters > singles)
                or (single and letters and _is_in_word(line, run, edges))
            ):
                continue
            kept.append(line[position : run.head])
            position = run.end
        line = "".join(kept) + line[position:]
    return line


def _is_in_word(line: str, run: Run, edges: set[int]) -> bool:
    """Say whether a double letter is part of a Latin word of which the other letters are not double."""
    return line[run.start].isascii() and any(
        beside not in edges and line[beside].isascii() and line[beside].isalpha() for beside in (run.start - 1, run.end)
    )
