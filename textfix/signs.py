"""Signs: the characters that begin what normalizers look for, found for all of them in one look at each character.

A probe is a pattern that begins with one class of characters. Searching a text for it costs some nanoseconds a
character, and a pipeline has a dozen of them. Where many texts are cleaned side by side, each character is looked up
once in a table that knows all classes; a probe is then tried only where its first character stands, and not at all in
texts that have none. What is found is the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from textfix.document import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Sign", "note"]

#: So many code points are looked at at a time: what is held of them is a few times as large as their text.
_PIECE = 1 << 18
#: From so many code points on it pays to look.
_LEAST = 1 << 12
#: So many code points must a process have seen for it to pay to make the table; and, where it is not, to load numpy.
_WARM, _COLD = 1 << 19, 1 << 22
_asked = [0]
#: One character in so many at most: where more begin a match, the pattern alone is as fast.
_SPARSE = 24


class Sign:
    """A pattern that begins with one class, `[...]`, and may go on with anything but an alternative to all of it.

    `left` and `right` are classes of characters one of which must stand beside the first one for the pattern to match.

    >>> sign = Sign(re.compile("[,;](?=[\\u4e00-\\u9fff])"))
    >>> sign.within(Document("a,b")), sign.starts(Document("甲,乙;丙"))
    (False, [1, 3])
    """

    def __init__(self, pattern: re.Pattern[str], *, left: str = "", right: str = "") -> None:
        self.pattern = pattern
        self.left = left
        self.right = right

    @cached_property
    def first(self) -> str:
        """The class that the pattern begins with."""
        source: str = self.pattern.pattern
        begin = end = 2 if source.startswith("[^") else 1
        while source[end] != "]" or end == begin:
            end += 2 if source[end] == "\\" else 1
        return source[: end + 1]

    def within(self, document: Document) -> bool:
        """Say whether the pattern is found in a document."""
        places = self._places(document)
        if places is None:
            return self.pattern.search(document.text) is not None
        if len(self.first) == len(self.pattern.pattern):
            return bool(places)
        match, text = self.pattern.match, document.text
        return any(match(text, place) for place in places)

    def starts(self, document: Document) -> list[int]:
        """Return where the matches of the pattern in a document start, those that overlap the one before left out."""
        if len(self.first) == len(self.pattern.pattern) and (places := self._places(document)) is not None:
            return places
        return [match.start() for match in self.matches(document)]

    def matches(self, document: Document) -> list[re.Match[str]]:
        """Return the matches of the pattern in a document, those that overlap the one before left out."""
        places = self._places(document)
        if places is None:
            return list(self.pattern.finditer(document.text))
        found, end = [], 0
        match, text = self.pattern.match, document.text
        for place in places:
            if place >= end and (here := match(text, place)):
                found.append(here)
                end = max(here.end(), place + 1)
        return found

    def absent(self, document: Document) -> bool:
        """Say whether it was noted that the first class is nowhere in a document."""
        noted = document.recall(_noted)
        return noted is not None and self in noted.bits and not noted.seen & noted.bits[self]

    def _places(self, document: Document) -> list[int] | None:
        """Where the first class stands, if that was noted and is seldom."""
        noted = document.recall(_noted)
        if noted is None or self not in noted.bits:
            return None
        bit = noted.bits[self]
        if not noted.seen & bit:
            return []
        places = noted.places[(noted.flags & bit) != 0]
        return places.tolist() if len(places) * _SPARSE < len(document.text) else None


class _Noted(NamedTuple):
    """Where characters of any class stand in a document, a bit for each sign that they begin, and all bits together."""

    bits: dict[Sign, int]
    places: NDArray[Any]
    flags: NDArray[Any]
    seen: int


def _noted(document: Document) -> _Noted:
    raise NotImplementedError("signs are noted for many documents at once")


def note(documents: Iterable[Document], signs: Sequence[Sign]) -> None:
    """Note the signs of documents that have none noted yet, if there is enough text for it to pay."""
    if not signs:
        return
    blank = [document for document in documents if document.recall(_noted) is None]
    size = sum(len(document.text) for document in blank)
    _asked[0] += size
    if size < _LEAST or _asked[0] < (_WARM if "numpy" in sys.modules else _COLD):
        return
    group: list[Document] = []
    total = 0
    for document in blank:
        if total + len(document.text) > _PIECE and group:
            _note_together(group, tuple(signs))
            group, total = [], 0
        group.append(document)
        total += len(document.text) + 1
    _note_together(group, tuple(signs))


def _note_together(documents: list[Document], signs: tuple[Sign, ...]) -> None:
    import numpy as np

    tables = _tables(signs)
    text = documents[0].text if len(documents) == 1 else "\n".join([document.text for document in documents])
    pieces = [tables.marked(text, at) for at in range(0, len(text), _PIECE)]
    places = np.concatenate([found for found, _ in pieces]) if pieces else np.zeros(0, np.int64)
    flags = np.concatenate([found for _, found in pieces]) if pieces else np.zeros(0, np.uint16)
    bounds = np.cumsum([0, *(len(document.text) + 1 for document in documents)])
    cuts = np.searchsorted(places, bounds).tolist()
    bounds[1:] -= 1  # the line feed between two documents belongs to neither
    stops = np.searchsorted(places, bounds).tolist()
    for document, start, low, high in zip(documents, [0, *(bounds[1:-1] + 1).tolist()], cuts, stops[1:]):
        own = flags[low:high]
        seen = int(np.bitwise_or.reduce(own)) if low < high else 0
        document.remember(_noted, _Noted(tables.bits, places[low:high] - start, own, seen))


class _Tables(NamedTuple):
    """Which signs each character of the Basic Multilingual Plane begins, and beside which it may begin them.

    All characters above it may be anything.
    """

    first: NDArray[Any]
    left: NDArray[Any]
    right: NDArray[Any]
    bits: dict[Sign, int]

    def marked(self, text: str, at: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Where signs begin in a piece of a text, and which."""
        import numpy as np

        begin = max(at - 1, 0)
        piece = text[begin : at + _PIECE + 1]
        codes: NDArray[Any] = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), np.uint32)
        if int(codes.max()) > 0xFFFF:
            codes = np.minimum(codes, 0xFFFF)  # the last place of the tables has every bit
        index = codes.astype(np.uint16)
        marks = self.first.take(index[at - begin : at - begin + _PIECE], mode="clip")  # any other mode buffers
        places = marks.nonzero()[0]
        flags = marks[places]
        inner = places + (at - begin)
        beside = np.concatenate((index, np.zeros(1, np.uint16)))  # what is beyond the text is no character
        flags &= self.left.take(beside[inner - 1], mode="clip")
        flags &= self.right.take(beside[inner + 1], mode="clip")
        some = flags.nonzero()[0]
        return places[some] + at, flags[some]


@lru_cache(maxsize=8)
def _tables(signs: tuple[Sign, ...]) -> _Tables:
    import numpy as np

    every = "".join(map(chr, range(0x10000)))
    kind = np.uint16 if len(signs) <= 16 else np.uint64
    tables: list[NDArray[Any]] = [np.zeros(0x10000, kind) for _ in range(3)]
    bits = {}
    for number, sign in enumerate(signs):
        bits[sign] = 1 << number
        for table, members in zip(tables, (sign.first, sign.left, sign.right)):
            some = [match.start() for match in re.finditer(members, every)] if members else slice(None)
            table[some] |= kind(1 << number)
    for table in tables:
        table[0xFFFF] = (1 << len(signs)) - 1
    first, left, right = tables
    return _Tables(first, left, right, bits)
