"""The numbers of headings."""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["LEVELS", "NUMBERED", "SECTION"]

#: The number of a heading below a chapter, to its end: `16.2.`, `8.10.1`.
SECTION = pattern(r"[0-9]{1,3}(?:[.．][0-9]{1,3}){1,5}[.．]?$")
#: What a heading of a section or a chapter begins with.
NUMBERED = pattern(
    r"[0-9]{1,3}(?:[.．][0-9]{1,3}){1,5}[.．]?(?![0-9.．])|第[0-9〇零一二三四五六七八九十百千两]{1,7}[章节節回部篇卷]"
)
#: The number of a section that is no figure, for it has two dots or more.
LEVELS = pattern(r"[0-9]{1,3}[.．][0-9]{1,3}(?:[.．]|(?:[.．][0-9]{1,3}){1,4}[.．]?)(?![0-9.．])")
