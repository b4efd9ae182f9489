"""What newspapers print over every page: their name, the date of the issue, the number and the name of the sheet."""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["names_dated_paper", "names_issue", "names_paper"]

# Reports, alarms, comrades, marks, dispatches and the like end in the same characters; chapters begin otherwise.
_NAME = (
    "(?!第|[图圖]片|[简簡]明|本[报報])"
    r"[^\W\d_]{2,8}(?:(?<![预預汇匯情警通海举舉申上回播简簡电電填])[报報]|刊|(?<![同标標意斗鬥壮壯遗遺])[志誌]"
    r"|(?<![通短简簡快音审審])[讯訊]|新[闻聞])"
)
_DATE = (
    r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*(?:星期|周|週)[一二三四五六日天])?"
    r"(?:\s*农历[^\W\d_]{2,10})?"
)
_SHEET = r"第?\s*[A-Z]?\d{1,3}\s*版(?:\s*[^\W\d_]{2,6})?"
_PAPER = pattern(rf"\s*{_NAME}\s*")
_DATED = pattern(rf"\s*{_NAME}\s*{_DATE}(?:\s*{_SHEET})?\s*")
_ISSUE = pattern(rf"\s*(?:{_NAME}|(?:[^\W\d_]{{2,8}}\s*)?{_DATE}(?:\s*{_SHEET}|\s*[^\W\d_]{{2,8}})?)\s*")


def names_issue(line: str) -> bool:
    """Say whether a line holds nothing else.

    >>> [names_issue(line) for line in ("江南晚报", "2024年3月5日 星期二 第3版 要闻", "本报讯记者报道")]
    [True, True, False]
    """
    return _ISSUE.fullmatch(line) is not None


def names_paper(line: str) -> bool:
    """Say whether a line holds nothing but what could be the name of a newspaper or magazine.

    >>> [names_paper(line) for line in ("江南晚报", "2024年3月5日")]
    [True, False]
    """
    return _PAPER.fullmatch(line) is not None


def names_dated_paper(line: str) -> bool:
    """Say whether a line holds nothing but what could be the name of a newspaper or magazine, and a date.

    >>> [names_dated_paper(line) for line in ("江南晚报　2024年3月5日", "江南晚报", "2024年3月5日")]
    [True, False, False]
    """
    return _DATED.fullmatch(line) is not None
