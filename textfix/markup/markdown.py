"""Markdown: what of a document is text, by a real parser; everything else is left alone.

What the parser takes as literal text may be repaired, and nothing else: not code, not a link's target or title, not
HTML, not a definition, not the lines and bars that make a table, not front matter, which is set apart before it is
parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile, zip_longest

from textfix.document import Document
from textfix.markup.commonmark import Row
from textfix.markup.pieces import Known, Pieces
from textfix.markup.spans import Several, Spans
from textfix.patterns import pattern

__all__ = ["first_difference", "same_structure", "untouchable"]

_FRONT_MATTER = pattern(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\r?\n(?=[^\n]*[:=#])(?:.*\r?\n)*?(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)"
)
_LINE = pattern(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_BREAK = pattern(r"\r\n|\r|\n")
_PAIR = pattern(r"\r\n")

# What other flavours of Markdown mean by lines and braces that CommonMark takes for text: containers (`::: tip 提示`),
# modules of MDX, attributes of headings (`{#id}`) and expressions, callouts (`[!NOTE]`), the boxes of task lists,
# footnotes.
_FLAVOURS = pattern(
    r"^[ \t]*:{3,}.*$"
    r"|^(?:import\s[^\n]*\bfrom\b|import\s*['\"]|export\s+(?:const|let|default|function|async)\b).*(?:\n(?!\s*\n).+)*"
    r"|\{[^{}\n]{0,300}\}|^[ \t>*+0-9.)-]*\[[ xX!][^\]\n]{0,20}\]|\[\^[^\]\n]{1,60}\]:?|^\[TOC\]|==|\^\[",
    re.MULTILINE,
)
_MODULE_WORDS = ("import", "export")
#: Without any of these a line that is none of a module has nothing of that.
_FLAVOUR_SIGNS = (":::", "{", "[", "==")


def untouchable(document: Document) -> Spans:
    """Return every stretch of the document that is not literal text.

    >>> text = "见[你好,世界](a,b.md),和`x,y`。"
    >>> [text[start:end] for start, end in untouchable(Document(text, markup="markdown"))]
    ['[', '](a,b.md)', '`x,y`']
    """
    text = document.text
    return Several(_Gaps(text, document.lasting(Known)), _Flavours(text))


def same_structure(before: str, after: str, known: Known | None = None) -> bool:
    """Say whether two Markdown documents are built alike: the same blocks, marks, code, links and HTML.

    Where a paragraph breaks its lines says nothing: a renderer sets it as one. `known` holds pieces that were read.

    >>> same_structure("**你好**,世界", "**你好**，世界")
    True
    >>> same_structure("**你好** 世界", "** 你好** 世界")
    False
    >>> same_structure("城西\\n区", "城西区"), same_structure("城西  \\n区", "城西区")
    (True, False)
    """
    known = Known() if known is None else known
    there, here = _Built(before, known), _Built(after, known)
    return there.front == here.front and there.links == here.links and there.is_like(here)


def first_difference(before: str, after: str, known: Known | None = None) -> tuple[int, int] | None:
    """Return the stretch of the first block of a document that the other one has not, or builds in another way.

    >>> text = "甲\\n\\n１.　乙\\n\\n丙"
    >>> first_difference(text, text.replace("１.　", "1. ")), text[3:6]
    ((3, 7), '１.\\u3000')
    >>> first_difference(text, text) is None
    True
    """
    known = Known() if known is None else known
    there, here = _Built(before, known), _Built(after, known)
    first = there.begins_like(here)
    # Where no line came or went, a block that reaches further is another one, whatever it holds.
    by_lines = len(_LINE_BREAK.findall(before)) == len(_LINE_BREAK.findall(after))
    lines: tuple[int, int] | None = None
    for one, other in zip_longest(there.rows(first), here.rows(first), fillvalue=(None, None)):
        lines = one[1] or lines
        if one != other if by_lines else one[0] != other[0]:
            return _stretch(before, *lines) if lines else None
    return None


def _stretch(text: str, first: int, last: int) -> tuple[int, int]:
    """Where these lines of a document stand in it, without the last line break."""
    lines = [match.span() for match in _LINE.finditer(text)]
    start, end = lines[min(first, len(lines) - 1)][0], lines[min(last, len(lines)) - 1][1]
    return start, max(start, start + len(text[start:end].rstrip("\r\n")))


class _Built:
    """How a document is built: what a renderer would print but for the words."""

    def __init__(self, text: str, known: Known) -> None:
        front = _FRONT_MATTER.match(text)
        self.front = _LINE_BREAK.sub("\n", front[0]) if front else ""
        body = _with_line_feeds(text[front.end() :] if front else text)
        self._pieces = known.cut(body.replace("\0", "\ufffd"))
        self.links = sorted((label, href) for label, (href, _) in self._pieces.references.items())

    def is_like(self, other: _Built) -> bool:
        """Say whether another document has the same blocks, marks and code, with the same links."""
        ours, theirs = self._pieces, other._pieces
        same_links = ours.references == theirs.references
        one, two = list(ours.texts), list(theirs.texts)
        if len(one) == len(two) and all(
            (same_links and one[number] == two[number]) or _are_alike(ours, theirs, number)
            for number in range(len(one))
        ):
            return True
        # A block may have come apart, or two have become one.
        first = _in_common(one, two) if same_links else 0
        last = _in_common(one[first:][::-1], two[first:][::-1]) if same_links else 0
        return _rows(ours, first, len(one) - last) == _rows(theirs, first, len(two) - last)

    def begins_like(self, other: _Built) -> int:
        """Return the last piece, with all before it, that is read as the other document's is, if it has any rows."""
        ours, theirs = self._pieces, other._pieces
        if self.front != other.front or ours.references != theirs.references:
            return 0
        same = _in_common(ours.texts, theirs.texts)
        while same and not ours.rows(same - 1):
            same -= 1
        return max(0, same - 1)

    def rows(self, first: int = 0) -> Iterator[Row]:
        """Yield it in rows, with the lines of the document that each stands on; the front matter, then the pieces."""
        above = self.front.count("\n")
        yield self.front, (0, above) if self.front else None
        for number, text in enumerate(self._pieces.texts):
            for row, lines in self._pieces.rows(number) if number >= first else ():
                yield row, (lines[0] + above, lines[1] + above) if lines else None
            above += text.count("\n")
        yield self.links, None


def _are_alike(ours: Pieces, theirs: Pieces, number: int) -> bool:
    outline = ours.outline(number)
    if outline is not None and outline == theirs.outline(number):
        return True
    return [row for row, _ in ours.rows(number)] == [row for row, _ in theirs.rows(number)]


def _rows(pieces: Pieces, first: int, last: int) -> list[object]:
    return [row for number in range(first, last) for row, _ in pieces.rows(number)]


def _in_common(one: Iterable[str], two: Iterable[str]) -> int:
    """Return how many texts both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two)))


def _with_line_feeds(text: str) -> str:
    return _LINE_BREAK.sub("\n", text) if "\r" in text else text


class _Gaps(Spans):
    """What lies between the literal stretches of a document, found piece by piece when somebody asks."""

    __slots__ = ("_body", "_breaks", "_near_by", "_pieces", "_placed", "_size", "_starts")

    def __init__(self, text: str, known: Known) -> None:
        super().__init__()
        front = _FRONT_MATTER.match(text)
        self._size = len(text)
        self._body = front.end() if front else 0
        body = text[self._body :]
        # A line break of two characters is read as one.
        self._breaks = [pair.start() - number for number, pair in enumerate(_PAIR.finditer(body))]
        self._pieces = known.cut(_with_line_feeds(body))
        self._starts = list(map(self._place, self._pieces.bounds[:-1]))
        self._placed: dict[int, list[tuple[int, int]]] = {}
        self._near_by: dict[int, dict[int, int]] = {-1: {}, 1: {}}

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        first = max(0, bisect_right(self._starts, start) - 1)
        if self._starts and (spans := self._literal(first)):
            low, high = spans[max(0, bisect_right(spans, (start, self._size)) - 1)]
            if low <= start and end <= high:
                return []
        last = max(first, bisect_left(self._starts, end) - 1)
        literal: list[tuple[int, int]] = []
        for number in range(first, last + 1) if self._starts else ():
            spans = self._literal(number)
            literal += spans[max(0, bisect_right(spans, (start, self._size)) - 1) : bisect_left(spans, (end,)) + 1]
        if literal and literal[0][0] <= start:
            low = literal[0][0]
        else:  # a gap may reach over pieces
            low = self._nearest(first, -1)
        if literal and literal[-1][1] >= end:
            high = literal[-1][1]
        else:
            high = self._nearest(last, 1)
        return [gap for gap in _between(low, high, literal) if gap[1] > start and gap[0] < end]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return _between(0, self._size, chain.from_iterable(map(self._literal, range(len(self._starts)))))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def may_have_any(self) -> bool:
        return self._size > 0

    def _nearest(self, number: int, step: int) -> int:
        """Where the last literal stretch before a piece ends, or the first one behind it starts."""
        passed = []
        near = self._near_by[step]
        found = None
        while found is None:
            passed.append(number)
            found = near.get(number)
            number += step
            if found is None and not 0 <= number < len(self._starts):
                found = 0 if step < 0 else self._size
            elif found is None and (spans := self._literal(number)):
                found = spans[-1][1] if step < 0 else spans[0][0]
        near.update(dict.fromkeys(passed, found))
        return found

    def _literal(self, number: int) -> list[tuple[int, int]]:
        """The literal stretches of a piece, where they stand in the document."""
        if (found := self._placed.get(number)) is None:
            offset, place = self._pieces.bounds[number], self._place
            found = [(place(offset + start), place(offset + end)) for start, end in self._pieces.literal(number)]
            self._placed[number] = found
        return found

    def _place(self, offset: int) -> int:
        """Where an offset of the text behind the front matter stands in the document."""
        return self._body + offset + bisect_left(self._breaks, offset)


def _between(start: int, end: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what of a stretch lies between sorted spans."""
    for low, high in spans:
        if low > start:
            yield start, low
        start = max(start, high)
    if start < end:
        yield start, end


class _Flavours(Spans):
    """What only other flavours of Markdown know, found line by line when somebody asks."""

    __slots__ = ("_signs", "_text")

    def __init__(self, text: str) -> None:
        # Modules run over lines.
        modules = text.startswith(_MODULE_WORDS) or any("\n" + word in text for word in _MODULE_WORDS)
        super().__init__(match.span() for match in _FLAVOURS.finditer(text)) if modules else super().__init__()
        self._text = text
        self._signs = [sign for sign in _FLAVOUR_SIGNS if sign in text and not modules]

    def may_have_any(self) -> bool:
        return bool(self._signs or self.starts)

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        if not self._signs:
            return super().within(start, end)
        text = self._text
        low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        if high < 0:
            high = len(text)
        if all(text.find(sign, low, high) < 0 for sign in self._signs):
            return []
        return Spans(match.span() for match in _FLAVOURS.finditer(text, low, high)).within(start, end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.within(0, len(self._text)))

    def __len__(self) -> int:
        return len(self.within(0, len(self._text)))
