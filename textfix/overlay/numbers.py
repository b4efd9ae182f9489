"""The numbers of headings."""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["SECTION"]

#: The number of a heading below a chapter, to its end: `16.2.`, `8.10.1`.
SECTION = pattern(r"[0-9]{1,3}(?:[.．][0-9]{1,3}){1,5}[.．]?$")
