"""Document: an immutable text with views computed once, on demand, and shared by every normalizer that asks."""

from __future__ import annotations

from collections.abc import Callable
from os.path import splitext
from typing import Any, TypeVar, cast

__all__ = ["MARKUPS", "Document", "markup_of"]

#: How a text may be written.
MARKUPS = ("plain", "markdown", "rst")
_BY_SUFFIX = {".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".rst": "rst"}

T = TypeVar("T")


def markup_of(name: str) -> str:
    """Return how a file is written, by what its name ends with.

    >>> [markup_of(name) for name in ("README.md", "index.RST", "dump.txt")]
    ['markdown', 'rst', 'plain']
    """
    return _BY_SUFFIX.get(splitext(name)[1].lower(), "plain")


class Document:
    """A text and what is known about it.

    A view is any pure function of a document; it lives in the module that understands it (lines, columns, protected
    spans) and is computed the first time somebody asks:

    >>> def line_count(document):
    ...     return document.text.count("\\n") + 1
    >>> Document("城西区\\n工作").view(line_count)
    2

    `markup` says how the text is written ("plain", "markdown", "rst"), for the views that must know; `protect` holds
    regular expressions for what is to be left as it is. `breaks` are the offsets of line breaks that an earlier
    normalizer of the same round knows to be the author's, in order (see `Editor.keep`).
    """

    __slots__ = ("_breaks", "_lasting", "_views", "enlightened", "markup", "protect", "text")

    text: str
    markup: str
    protect: tuple[str, ...]
    enlightened: bool
    """Whether anybody was told of line breaks, so that what was found says nothing of the text alone."""

    def __init__(
        self, text: str, *, markup: str = "plain", protect: tuple[str, ...] = (), breaks: tuple[int, ...] = ()
    ) -> None:
        self.text = text
        self.markup = markup
        self.protect = protect
        self.enlightened = False
        self._breaks = breaks
        self._views: dict[Callable[[Document], Any], Any] = {}
        self._lasting: dict[Callable[[], Any], Any] = {}

    @property
    def breaks(self) -> tuple[int, ...]:
        """The line breaks that are known to be the author's."""
        self.enlightened = bool(self._breaks)
        return self._breaks

    def view(self, build: Callable[[Document], T]) -> T:
        """Return `build(self)`, computed at most once."""
        try:
            return cast("T", self._views[build])
        except KeyError:
            value = self._views[build] = build(self)
            return value

    def recall(self, build: Callable[[Document], T]) -> T | None:
        """Return a view that was computed already, or None."""
        return self._views.get(build)

    def remember(self, build: Callable[[Document], T], value: T) -> None:
        """Keep a view that was computed elsewhere, for many documents at once."""
        self._views[build] = value

    def forget(self) -> None:
        """Drop the views; one that somebody asks for again is computed again."""
        self._views.clear()

    def lasting(self, build: Callable[[], T]) -> T:
        """Return `build()`, made once for a document and all that are made from it: what is known of their parts."""
        if build not in self._lasting:
            self._lasting[build] = build()
        return cast("T", self._lasting[build])

    def with_text(self, text: str, *, protect: tuple[str, ...] | None = None, breaks: tuple[int, ...] = ()) -> Document:
        """Return a document like this one with another text, or with more to leave as it is, and no views yet."""
        kept = self.protect if protect is None else protect
        document = Document(text, markup=self.markup, protect=kept, breaks=breaks)
        document._lasting = self._lasting
        return document

    def __repr__(self) -> str:
        return f"<Document: {len(self.text)} code points of {self.markup}>"
