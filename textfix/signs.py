"""Signs: the characters that begin what normalizers look for, found for all of them in one look at each character.

A probe is a pattern that begins with one class of characters. Searching a text for it costs some nanoseconds a
character, and a pipeline has dozens of them. Once a process has seen some text, each character is looked up once in a
table that knows all classes; a probe is then tried only where its first character stands beside what it asks for, and
a normalizer is not asked at all about texts that have none of its signs. What is found is the same.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.document import Document
from textfix.patterns import pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Sign", "absent", "lacking", "note", "starts"]

#: So many code points are looked at at a time: what is held of them is a few times as large as their text.
_PIECE = 1 << 18
#: From so many code points on it pays to look.
_LEAST = 1 << 10
#: So many code points must a process have seen for it to pay to make the table; and, where it is not, to load numpy.
_WARM, _COLD = 1 << 19, 1 << 22
_asked = [0]
#: So many signs fit into a number; others are searched for.
_MOST = 64
#: One character in so many at most: where more begin a match, the pattern alone is as fast.
_SPARSE = 24


class Sign:
    """A pattern that begins with one class, `[...]`, and may go on with anything but an alternative to all of it.

    `left` and `right` are classes that the characters there must be of for the pattern to match, one class or two, as
    they stand in the text; of the class `beside` must be one on either side. To them the edge of a text is a line feed.
    A sign that is `aside` helps a normalizer that runs and is no reason for it to run.

    >>> sign = Sign(re.compile("[,;](?=[\\u4e00-\\u9fff])"))
    >>> sign.within(Document("a,b")), sign.starts(Document("甲,乙;丙"))
    (False, [1, 3])
    """

    def __init__(
        self, pattern: re.Pattern[str], *, left: str = "", right: str = "", beside: str = "", aside: bool = False
    ) -> None:
        self.pattern = pattern
        self.left = left
        self.right = right
        self.beside = beside
        self.aside = aside

    @classmethod
    def of(cls, first: str, *, left: str = "", right: str = "", beside: str = "", aside: bool = False) -> Sign:
        """Return the sign that is all in its classes; those of the neighbours must not hold the line feed.

        >>> Sign.of("[0-9]", beside="[一二三]").count(Document("1一2 3二 4"))
        3
        """
        return cls(pattern(_source(first, left, right, beside)), left=left, right=right, beside=beside, aside=aside)

    @cached_property
    def first(self) -> str:
        """The class that the pattern begins with."""
        return _first_class(self.pattern.pattern)

    @cached_property
    def _is_exact(self) -> bool:
        """Whether the classes say all that the pattern says."""
        return _source(self.first, self.left, self.right, self.beside) == self.pattern.pattern

    def within(self, document: Document) -> bool:
        """Say whether the pattern is found in a document."""
        places = self._places(document)
        if places is None:
            return any(True for _ in self._searched(document.text))
        if not places or self._is_exact:
            return bool(places)
        match, text = self.pattern.match, document.text
        return any(match(text, place) for place in places)

    def starts(self, document: Document) -> list[int]:
        """Return where the matches of the pattern in a document start, those that overlap the one before left out."""
        places = self._places(document)
        if places is not None and (not places or self._is_exact):
            return places
        return [match.start() for match in self.matches(document)]

    def count(self, document: Document) -> int:
        """Return how many matches there are."""
        return len(self.starts(document))

    def matches(self, document: Document) -> Iterator[re.Match[str]]:
        """Yield the matches of the pattern in a document, those that overlap the one before left out."""
        places = self._places(document)
        if places is None:
            yield from self._searched(document.text)
            return
        end = 0
        match, text = self.pattern.match, document.text
        for place in places:
            if place >= end and (here := match(text, place)):
                yield here
                end = max(here.end(), place + 1)

    def _searched(self, text: str) -> Iterator[re.Match[str]]:
        """Search a text: the pattern, which takes long to compile, is not made where nothing begins like it."""
        begin = self._begin.search(text)
        return self.pattern.finditer(text, begin.start()) if begin else iter(())

    @cached_property
    def _begin(self) -> re.Pattern[str]:
        return pattern(self.first)

    def _places(self, document: Document) -> list[int] | None:
        """Where the classes fit, if that was noted and is worth more than a search."""
        noted = document.recall(_noted)
        if noted is None or not (bit := noted.found.bits.get(self, 0)):
            return None
        if not noted.seen & bit:
            return []
        if noted.found.beyond and self._is_exact:
            return None
        places = noted.places(bit)
        return places if self._is_exact or len(places) * _SPARSE < len(document.text) else None


def _first_class(source: str) -> str:
    begin = end = 2 if source.startswith("[^") else 1
    while source[end] != "]" or end == begin:
        end += 2 if source[end] == "\\" else 1
    return source[: end + 1]


def _classes(source: str) -> list[str]:
    """Part classes that follow each other."""
    found: list[str] = []
    while source:
        found.append(_first_class(source))
        source = source[len(found[-1]) :]
    return found


def _source(first: str, left: str, right: str, beside: str) -> str:
    """The pattern that is all in its classes."""
    behind = f"(?<={left}(?s:.))" if left else ""
    ahead = f"(?={right})" if right else ""
    return first + behind + ahead + (f"(?:(?<={beside}(?s:.))|(?={beside}))" if beside else "")


class _Found:
    """Where the classes of signs fit in documents that were looked at together."""

    __slots__ = ("_flags", "_of", "_places", "beyond", "bits")

    def __init__(self, bits: dict[Sign, int], places: NDArray[Any], flags: NDArray[Any], beyond: bool) -> None:
        self.bits = bits
        #: Whether there are characters above the Basic Multilingual Plane, which are taken for any.
        self.beyond = beyond
        self._places = places
        self._flags = flags
        self._of: dict[int, list[int]] = {}

    def of(self, bit: int) -> list[int]:
        """Where the sign of this bit fits."""
        found = self._of.get(bit)
        if found is None:
            found = self._of[bit] = self._places[(self._flags & self._flags.dtype.type(bit)) != 0].tolist()
        return found


class _Noted(NamedTuple):
    """A document's share of what was found."""

    found: _Found
    #: Those of all signs that fit somewhere.
    seen: int
    start: int
    stop: int

    def places(self, bit: int) -> list[int]:
        """Where the sign of this bit fits."""
        places, start = self.found.of(bit), self.start
        low = bisect_left(places, start)
        return [place - start for place in places[low : bisect_left(places, self.stop, low)]]


def _noted(document: Document) -> _Noted:
    raise NotImplementedError("signs are noted for many documents at once")


def starts(document: Document, signs: Sequence[Sign]) -> list[list[int]]:
    """Return what `Sign.starts` returns for each of some signs, most of which a document does not have."""
    noted = document.recall(_noted)
    if noted is None:
        return [sign.starts(document) for sign in signs]
    seen, bit = noted.seen, noted.found.bits.get
    return [sign.starts(document) if seen & bit(sign, -1) else [] for sign in signs]


def absent(document: Document, signs: Sequence[Sign]) -> bool:
    """Say whether it was noted that none of the signs fits anywhere in a document."""
    return next(lacking([document], signs))


def lacking(documents: Iterable[Document], signs: Sequence[Sign]) -> Iterator[bool]:
    """Say of each document whether it was noted that none of the signs fits anywhere in it."""
    bits: dict[Sign, int] | None = None
    known, mask = False, 0
    for document in documents:
        noted = document.recall(_noted)
        if noted is None:
            yield False
            continue
        if noted.found.bits is not bits:
            bits = noted.found.bits
            known = all(sign in bits for sign in signs)
            mask = sum({bits.get(sign, 0) for sign in signs})
        yield known and not noted.seen & mask


def note(documents: Sequence[Document], signs: Sequence[Sign]) -> bool:
    """Note the signs of documents, if there is enough text for it to pay; say whether it was done."""
    if not signs:
        return True
    size = sum(len(document.text) for document in documents)
    _asked[0] += size
    if size < _LEAST or _asked[0] < (_WARM if "numpy" in sys.modules else _COLD):
        return False
    known = tuple(signs[:_MOST])
    group: list[Document] = []
    total = 0
    for document in documents:
        if total + len(document.text) > _PIECE and group:
            _note_together(group, known)
            group, total = [], 0
        group.append(document)
        total += len(document.text) + 1
    _note_together(group, known)
    return True


def _note_together(documents: list[Document], signs: tuple[Sign, ...]) -> None:
    import numpy as np

    tables = _tables(signs)
    marked = [tables.marked(piece) for piece in _pieces([document.text for document in documents])]
    places = np.concatenate([piece.places + number * _PIECE for number, piece in enumerate(marked)])
    flags = np.concatenate([*(piece.flags for piece in marked), np.zeros(1, marked[0].flags.dtype)])
    found = _Found(tables.bits, places, flags[:-1], any(piece.beyond for piece in marked))
    starts = list(accumulate((len(document.text) + 1 for document in documents), initial=0))
    stops = [start - 1 for start in starts[1:]]  # the line feed between two documents belongs to neither
    low, high = places.searchsorted(starts[:-1]), places.searchsorted(stops)
    bounds = np.empty(2 * len(low), np.intp)
    bounds[::2], bounds[1::2] = low, high
    seen = np.where(low < high, np.bitwise_or.reduceat(flags, bounds)[::2], flags[-1])
    for document, own, start, stop in zip(documents, seen.tolist(), starts, stops):
        document.remember(_noted, _Noted(found, own, start, stop))


#: How far from its first character a sign may ask for others.
_REACH = 2


def _pieces(texts: list[str]) -> Iterator[str]:
    """Texts in a row, or a long one in pieces, each with so many characters more on both sides as signs may ask for."""
    margin = _REACH * "\n"
    if len(texts) > 1:
        yield margin + "\n".join(texts) + margin
        return
    text = texts[0]
    for at in range(0, max(len(text), 1), _PIECE):
        before = text[max(at - _REACH, 0) : at].rjust(_REACH, "\n")
        piece = text[at : at + _PIECE + _REACH]
        yield before + piece.ljust(min(len(text) - at, _PIECE) + _REACH, "\n")


class _Marked(NamedTuple):
    """Where signs fit in a piece of a text, and which, and whether it has characters that may be any."""

    places: NDArray[Any]
    flags: NDArray[Any]
    beyond: bool


class _Tables(NamedTuple):
    """What a character is to the signs, in one byte, and which of them may have it where.

    Characters above the Basic Multilingual Plane may be anything.
    """

    kinds: NDArray[Any]
    #: The first kind that some sign begins with, as it does with all that follow.
    begin: int
    first: NDArray[Any]
    #: By how far behind the first character they stand.
    near: dict[int, NDArray[Any]]
    #: Those for which one side is enough.
    beside: NDArray[Any]
    bits: dict[Sign, int]

    def marked(self, piece: str) -> _Marked:
        """Look at a piece of a text, with its margins."""
        import numpy as np

        data = piece.encode("utf-16-le", "surrogatepass")
        codes: NDArray[Any] = np.frombuffer(data, np.uint16)
        if len(codes) > len(piece):
            codes = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), np.uint32)
            codes = np.minimum(codes, 0xFFFF).astype(np.uint16)
        kinds = self.kinds.take(codes, mode="clip")  # other modes buffer
        inner = (kinds[_REACH:-_REACH] >= self.begin).nonzero()[0] + _REACH
        here, right = kinds[inner], kinds[inner + 1]
        beyond = bool((here == _ANY).any())
        flags = self.first.take(here, mode="clip") & self.near[1].take(right, mode="clip")
        some = (flags != 0).nonzero()[0]  # half of them
        inner, flags, right = inner[some], flags[some], right[some]
        left = kinds[inner - 1]
        flags &= self.near[-1].take(left, mode="clip")
        flags &= self.beside.take(left, mode="clip") | self.beside.take(right, mode="clip")
        some = (flags != 0).nonzero()[0]
        inner, flags = inner[some], flags[some]
        for step in (-2, 2):
            flags &= self.near[step].take(kinds[inner + step], mode="clip")
        some = (flags != 0).nonzero()[0]
        return _Marked(inner[some] - _REACH, flags[some], beyond)


_ANY = 255


@cache
def _members(members: str) -> list[tuple[int, int]]:
    """Which stretches of the Basic Multilingual Plane a class holds; none given holds all."""
    return [run.span() for run in re.finditer(f"{members}+", _plane())] if members else [(0, 0x10000)]


@cache
def _plane() -> str:
    return "".join(map(chr, range(0x10000)))


@lru_cache(maxsize=32)
def _tables(signs: tuple[Sign, ...]) -> _Tables:
    import numpy as np

    unit = np.uint32 if len(signs) <= 32 else np.uint64
    classes = [[sign.first for sign in signs], [sign.beside for sign in signs]]
    steps = (-1, 1, -2, 2)
    for step in steps:
        sides = [_classes(sign.left)[::-1] if step < 0 else _classes(sign.right) for sign in signs]
        classes.append([(*side, "", "")[abs(step) - 1] for side in sides])
    # No class tells apart what lies between two places where some class begins or ends.
    edges = sorted({0, 0x10000, *(edge for row in classes for members in row for edge in chain(*_members(members)))})
    at = {edge: number for number, edge in enumerate(edges)}

    def column(row: list[str]) -> NDArray[Any]:
        made: NDArray[Any] = np.zeros(len(edges) - 1, unit)
        for number, members in enumerate(row):
            for start, end in _members(members):
                made[at[start] : at[end]] |= unit(1 << number)
        return made

    columns = list(map(column, classes))
    # Characters are of one kind if no sign tells them apart; those that a sign begins with come last. Where there are
    # more kinds than a byte can tell, the last ones are what may be anything, too.
    kinds: NDArray[Any] = np.zeros(len(edges) - 1, np.int64)
    for values in columns:
        numbers = np.unique(values, return_inverse=True)[1]
        _, chosen, kinds = np.unique(kinds << 16 | numbers, return_index=True, return_inverse=True)
    kinds = np.repeat(np.minimum(kinds, _ANY).astype(np.uint8), np.diff(edges))
    kinds[0xFFFF] = _ANY
    rows = np.full((len(columns), 256), (1 << len(signs)) - 1, unit)
    for row, values in zip(rows, columns):
        row[: min(len(chosen), _ANY)] = values[chosen[:_ANY]]
    first, beside, *near = rows
    bits = {sign: 1 << number for number, sign in enumerate(signs)}
    begin = len(chosen) - int(np.count_nonzero(columns[0][chosen]))
    return _Tables(kinds, min(begin, _ANY), first, dict(zip(steps, near)), beside, bits)
