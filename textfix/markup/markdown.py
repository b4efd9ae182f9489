"""Markdown: what of a document is text, by a real parser; everything else is left alone.

What the parser takes as literal text may be repaired, and nothing else: not code, not a link's target or title, not
HTML, not a definition, not the lines and bars that make a table, not front matter, which is set apart before it is
parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

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
    there, here = _Built(before, known).rows(), _Built(after, known).rows()
    # Where no line came or went, a block that reaches further is another one, whatever it holds.
    by_lines = len(_LINE_BREAK.findall(before)) == len(_LINE_BREAK.findall(after))
    lines: tuple[int, int] | None = None
    for one, other in zip_longest(there, here, fillvalue=(None, None)):
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
        if len(ours) == len(theirs):
            numbers: Iterable[int] = range(len(ours))
            if ours.references == theirs.references:
                numbers = [n for n, (one, two) in enumerate(zip(ours.texts, theirs.texts)) if one != two]
            if all(_rows(ours, n) == _rows(theirs, n) for n in numbers):
                return True
        return [row for n in range(len(ours)) for row in _rows(ours, n)] == [
            row for n in range(len(theirs)) for row in _rows(theirs, n)
        ]

    def rows(self) -> list[Row]:
        """Return it in rows, with the lines of the document that each stands on."""
        above = self.front.count("\n")
        rows: list[Row] = [(self.front, (0, above) if self.front else None)]
        for number, text in enumerate(self._pieces.texts):
            for row, lines in self._pieces.reading(number).rows:
                rows.append((row, (lines[0] + above, lines[1] + above) if lines else None))
            above += text.count("\n")
        return [*rows, (self.links, None)]


def _rows(pieces: Pieces, number: int) -> list[object]:
    return [row for row, _ in pieces.reading(number).rows]


def _with_line_feeds(text: str) -> str:
    return _LINE_BREAK.sub("\n", text) if "\r" in text else text


class _Gaps(Spans):
    """What lies between the literal stretches of a document, found piece by piece when somebody asks."""

    __slots__ = ("_body", "_breaks", "_pieces", "_placed", "_size", "_starts")

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

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_left(self._starts, end) - 1)
        literal: list[tuple[int, int]] = []
        for number in range(first, last + 1) if self._starts else ():
            spans = self._literal(number)
            literal += spans[max(0, bisect_right(spans, (start, self._size)) - 1) : bisect_left(spans, (end,)) + 1]
        low, high = start, end
        if not literal or literal[0][0] > start:  # a gap may reach over pieces
            low = next((spans[-1][1] for spans in map(self._literal, range(first - 1, -1, -1)) if spans), 0)
        if not literal or literal[-1][1] < end:
            behind = map(self._literal, range(last + 1, len(self._starts)))
            high = next((spans[0][0] for spans in behind if spans), self._size)
        return [gap for gap in _between(low, high, literal) if gap[1] > start and gap[0] < end]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return _between(0, self._size, chain.from_iterable(map(self._literal, range(len(self._starts)))))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _literal(self, number: int) -> list[tuple[int, int]]:
        """The literal stretches of a piece, where they stand in the document."""
        if (found := self._placed.get(number)) is None:
            offset, place = self._pieces.bounds[number], self._place
            found = [
                (place(offset + start), place(offset + end)) for start, end in self._pieces.reading(number).literal
            ]
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

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        modules = "import" in text or "export" in text  # run over lines
        super().__init__(match.span() for match in _FLAVOURS.finditer(text) if modules)
        self._text = "" if modules else text

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        if not self._text:
            return super().within(start, end)
        low = self._text.rfind("\n", 0, start) + 1
        high = self._text.find("\n", end)
        found = (match.span() for match in _FLAVOURS.finditer(self._text, low, high if high >= 0 else len(self._text)))
        return Spans(found).within(start, end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.within(0, len(self._text))) if self._text else super().__iter__()

    def __len__(self) -> int:
        return sum(1 for _ in self)
