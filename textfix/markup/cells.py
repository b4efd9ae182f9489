"""Rows of cells that blanks or rules put in line: there the width of a character is what keeps the columns."""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["Cells"]

#: What parts cells wherever it stands, and what parts them beside rows that have one of those.
_STRONG = pattern(r"[ \u3000]{2}(?<=\S..)[ \u3000]*(?=\S)|\u3000(?<=\S.)(?=\S)[^\n]*?\S\u3000(?=\S)")
_RULED = pattern(r"[│┃║┆┊][^\n]*[│┃║┆┊]")
_WEAK = pattern(r"\u3000(?<=\S.)(?=\S)")


class Cells:
    """The rows of a text, each looked at when somebody asks.

    >>> text = "苹果　　３８元\\n香蕉　　１２元\\n\\n２０２３年　星期四\\n"
    >>> Cells(text).hold(text.index("８")), Cells(text).hold(text.index("０"))
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, bool] = {}

    def hold(self, offset: int) -> bool:
        """Say whether the line of this offset is a row of cells, with another row above or below, or rules."""
        start = self._text.rfind("\n", 0, offset) + 1
        known = self._known.get(start)
        if known is None:
            known = self._known[start] = self._is_row(start)
        return known

    def _is_row(self, start: int) -> bool:
        own = self._parted(start)
        if own == 0 or own > _ONE_STRONG:
            return own > 0
        above = self._parted(self._text.rfind("\n", 0, start - 1) + 1) if start else 0
        end = self._text.find("\n", start) + 1
        return own + max(above, self._parted(end) if end else 0) > _ONE_STRONG

    def _parted(self, start: int) -> int:
        """How surely something parts the line into cells: 0 to 3."""
        end = self._text.find("\n", start)
        span = (start, end if end >= 0 else len(self._text))
        if _RULED.search(self._text, *span):
            return _ONE_STRONG + 1
        return _ONE_STRONG if _STRONG.search(self._text, *span) else int(_WEAK.search(self._text, *span) is not None)


_ONE_STRONG = 2
