"""What the markup of a document takes as it stands: code, targets of links, HTML, directives."""

from __future__ import annotations

from textfix.document import Document
from textfix.edits import Edits
from textfix.markup.spans import Spans

__all__ = ["outside", "verbatim"]


def verbatim(document: Document) -> Spans:
    """Return the stretches that no repair of characters may change either: a view; none in plain text.

    >>> text = "Ａ和`Ａ`"
    >>> [text[start:end] for start, end in verbatim(Document(text, markup="rst"))]
    ['`Ａ`']
    """
    if document.markup == "markdown":
        from textfix.markup import markdown

        return document.view(markdown.untouchable)
    if document.markup == "rst":
        from textfix.markup import rst

        return Spans(document.view(rst.untouchable))
    return Spans()


def outside(document: Document, edits: Edits) -> Edits:
    """Return the edits that change nothing of that."""
    if document.markup == "plain" or not edits:
        return edits
    spans = document.view(verbatim)
    return edits.keep(not spans.meets(start, end) for start, end in zip(edits.starts, edits.ends))
