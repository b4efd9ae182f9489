"""What lines look like that are a footnote or a caption."""

from __future__ import annotations

from typing import Final

import numpy as np

from textfix.patterns import pattern

__all__ = ["ENDS", "FIRST", "SHORT_OF_FULL", "note_or_caption"]

#: Characters that footnotes and captions begin with.
FIRST: Final = np.zeros(0x10000, bool)
FIRST[[ord(char) for char in "[〔*＊†‡§注註脚N图表図写照F그표123456789"]] = True
for _span in ("①⑳", "❶❿", "➀➉"):
    FIRST[ord(_span[0]) : ord(_span[1]) + 1] = True
#: Characters that a paragraph ends with, and does not go on behind a note.
ENDS: Final = np.zeros(0x10000, bool)
ENDS[[ord(char) for char in "。！？!?.：:；;…—"]] = True
#: A full line is so many cells short at most.
SHORT_OF_FULL: Final = 4
#: Newline first.
_MARKED = pattern(
    r"\n[ \t\u3000]{0,8}(?:(?P<note>[①-⑳❶-❿➀-➉]|\[\d{1,3}\]|〔\d{1,3}〕|[*＊]{1,3}[^*＊\n]|[†‡§]"
    r"|(?:注|註|脚注|Note)\s?\d{0,3}[:：]|[1-9]\d?(?=[^\W\d_人年月日号號个個名元万萬亿億次天岁歲家所项項时時分点點]))"
    r"|(?:[图圖表図]|写真|照片|Figure|Fig\.|Table|그림|표)\s?[\d一二三四五六七八九十]{1,3})"
)


def note_or_caption(text: str, feed: int) -> str:
    """Say what the line behind a line feed begins like: `note`, `caption`, or an empty string for neither.

    >>> [note_or_caption(line, 0) for line in ("\\n① 见《年鉴》第三章。", "\\n图 3 人口", "\\n3月5日")]
    ['note', 'caption', '']
    """
    match = _MARKED.match(text, feed)
    if match is None:
        return ""
    return "note" if match["note"] else "caption"
