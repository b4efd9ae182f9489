"""What newspapers print over every page: their name, the date of the issue, the number and the name of the sheet."""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["names_issue"]

_NAME = r"[^\W\d_]{2,8}(?:[报報刊志誌讯訊]|新[闻聞])"
_DATE = (
    r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*(?:星期|周|週)[一二三四五六日天])?"
    r"(?:\s*农历[^\W\d_]{2,10})?"
)
_SHEET = r"第?\s*[A-Z]?\d{1,3}\s*版(?:\s*[^\W\d_]{2,6})?"
_ISSUE = pattern(rf"\s*(?:{_NAME}|(?:[^\W\d_]{{2,8}}\s*)?{_DATE}(?:\s*{_SHEET}|\s*[^\W\d_]{{2,8}})?)\s*")


def names_issue(line: str) -> bool:
    """Say whether a line holds nothing else.

    >>> [names_issue(line) for line in ("江南晚报", "2024年3月5日 星期二 第3版 要闻", "本报讯记者报道")]
    [True, True, False]
    """
    return _ISSUE.fullmatch(line) is not None
