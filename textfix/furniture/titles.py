"""Titles of Latin script: lines whose words begin with capitals, and headings that a document numbers."""

from __future__ import annotations

from textfix.document import Document
from textfix.patterns import pattern

__all__ = ["heading_number", "is_title", "numbers_headings"]

# At least as many numbered headings, and the document numbers its headings.
_SEVERAL = 2
_HEADING = pattern(r"\s*(?:[A-Z]\.)?([0-9]{1,3}(?:\.[0-9]{1,3}){1,4})\.?\s+[^\W\d_a-z]")
# The same for one scan of a whole text; newline first.
_HEADINGS = pattern(r"\n(?=[ \t]{0,8}(?:[A-Z]\.)?[0-9]{1,3}\.[0-9][0-9.]*\s)([^\n\f]{4,100})")
_ENDED = pattern(r"[.,;:!?。，；：！？]\s*$")
_CAPTION = pattern(
    r"(?i:chapter|part|section|appendix|annex|table|figure|fig|example|listing|algorithm|box|note|step|exercise)\b"
)


def is_title(text: str) -> bool:
    """Say whether every long word of a line begins with a capital, and none of it is a number of its own or a caption.

    >>> [is_title(text) for text in ("Notes for Maintainers", "Proceedings, Volume 2", "See notes", "2.1. Scope")]
    [True, True, False, False]
    """
    words = text.split()
    if len(words) < 2 or not words[0][0].isupper() or _CAPTION.match(text):
        return False
    last = words[-1]
    return (last[0].isupper() or last.isdigit()) and all(word[0].isupper() for word in words if len(word) > 3)


def heading_number(line: str) -> tuple[int, ...]:
    """Return the number of a numbered heading, of two parts at least; nothing for other lines.

    >>> heading_number("5.4.2. Package Removal"), heading_number("1.5 million people")
    ((5, 4, 2), ())
    """
    match = _HEADING.match(line)
    if not match or _ENDED.search(line):
        return ()
    return tuple(map(int, match[1].split(".")))


def numbers_headings(document: Document) -> bool:
    """Say whether a document numbers its headings: then a title without a number is none of them."""
    return document.view(_many)


def _many(document: Document) -> bool:
    found = {heading_number(match[1]) for match in _HEADINGS.finditer(document.text)}
    return len(found - {()}) >= _SEVERAL
