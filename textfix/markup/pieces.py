"""Pieces: a Markdown document cut at blank lines behind which nothing goes on, so that each is read only when needed.

Behind a blank line, a line that is not indented continues nothing but a list, with another item, and code or HTML that
nothing has closed. So most paragraphs can be read alone, and those that an edit left as they are are not read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from textfix.markup.commonmark import Piece, References, Row, parser
from textfix.patterns import pattern

__all__ = ["Known", "Pieces"]

# All blank lines in a row. What comes behind them is looked at by hand: a pattern that did would go over a row at the
# end of the text from each of its lines anew.
_BLANK_LINES = pattern(r"\n(?:[ \t]*\n)+")
_MARKER = r"(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t\n])"
_ITEM = pattern(_MARKER)
#: The head of a line that may be nested too deep, of an item, and of what may go on behind blank lines.
_HEAD = pattern(
    rf"\n(?:(?P<deep>[ \t>*+\-0-9.)]{{24}})| {{0,3}}(?:(?P<item>{_MARKER})"
    r"|```|~~~|<(?:[!?]|(?i:script|pre|style|textarea))))"
)


class Known:
    """What was read of a document, and of what became of it by edits."""

    def __init__(self) -> None:
        self._pieces: dict[str, Piece] = {}
        self._cut: dict[str, Pieces] = {}

    def cut(self, text: str) -> Pieces:
        """Return the pieces of a text without front matter, whose line breaks are line feeds."""
        parser()  # or no document is read, whatever it holds
        if (pieces := self._cut.get(text)) is None:
            pieces = self._cut[text] = Pieces(text, self)
        return pieces

    def piece(self, text: str) -> Piece:
        """Return a piece by its text."""
        if (piece := self._pieces.get(text)) is None:
            piece = self._pieces[text] = Piece(text)
        return piece


class Pieces:
    """The pieces of a Markdown text.

    >>> list(Known().cut("# 甲\\n\\n- 乙\\n\\n- 丙\\n\\n丁").texts)
    ['# 甲\\n\\n', '- 乙\\n\\n- 丙\\n\\n', '丁']
    """

    def __init__(self, text: str, known: Known) -> None:
        self._text = text
        self._known = known
        #: Where they begin, and where the last one ends.
        self.bounds = [0, *self._cuts()] if text else [0]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def texts(self) -> Iterator[str]:
        """Their texts."""
        return map(self._text.__getitem__, map(slice, self.bounds, self.bounds[1:]))

    @cached_property
    def references(self) -> References:
        """What links by reference lead to: the first definition of a label counts."""
        found: dict[str, tuple[str, str]] = {}
        for text in self.texts if "]:" in self._text else ():
            if "]:" in text:
                for label, target in self._known.piece(text).references.items():
                    found.setdefault(label, target)
        return found

    def literal(self, number: int) -> list[tuple[int, int]]:
        """Return the stretches of one of them that are literal text."""
        return self._piece(number).literal(self.references)

    def outline(self, number: int) -> object:
        """Return something that is the same only for pieces with the same rows; None where it is not so easily told."""
        return self._piece(number).outline(self.references)

    def rows(self, number: int) -> list[Row]:
        """Return what a renderer would print of one of them."""
        return self._piece(number).rows(self.references)

    def _piece(self, number: int) -> Piece:
        return self._known.piece(self._text[self.bounds[number] : self.bounds[number + 1]])

    def _cuts(self) -> Iterator[int]:
        text = self._text
        heads = [(head.start(), head.lastgroup) for head in _HEAD.finditer("\n" + text)]
        start = passed = 0
        has_items = may_go_on = False
        # What goes on is asked again only where it is twice as long, so that all asking costs what reading costs.
        skip = grown = 0
        for gap in _BLANK_LINES.finditer(text):
            end = gap.end()
            if text[end : end + 1] in ("", " ", "\t"):
                continue
            while passed < len(heads) and heads[passed][0] < end:
                kind = heads[passed][1]
                has_items = has_items or kind is not None
                may_go_on = may_go_on or kind != "item"
                passed += 1
            if skip:
                skip -= 1
            elif not (has_items and _ITEM.match(text, end)):
                if may_go_on and not self._known.piece(text[start:end]).is_closed:
                    skip = grown = 2 * grown or 1
                    continue
                yield end
                start, grown, has_items, may_go_on = end, 0, False, False
        yield len(text)
