"""What sites print into the texts they hand out: lines with their address, rows of links between chapters."""

from __future__ import annotations

from collections import Counter

from textfix.furniture.numbers import masked
from textfix.furniture.pages import Cut
from textfix.patterns import pattern

__all__ = ["adverts", "may_have_adverts"]

_LINE = pattern(r"(?<![^\n\f])[^\n\f]{5,200}(?![^\n\f])")
_ADDRESS = pattern(r"(?i)www\s?[.．。]|https?:|[a-z0-9]\s?[.．]\s?(?:com|net|org|cn|cc|tw|info|me)\b")
_OFFER = pattern(
    "小[说說]|下[载載]|[电電]子[书書]|(?i:txt)|[论論][坛壇]|首[发發]|整理|制作|製作|提供|更新|[阅閱][读讀]|[书書]城|收藏"
    "|[访訪][问問]"
)
_LINKS = pattern(
    r"(?:[上下]一[章页頁回]|目\s*[录錄]|返回[^\W\d_]{0,4}|加入[书書][签籤]|[书書][签籤]|首[页頁]"
    r"|[|｜/\s·()（）\[\]【】<>→←-])+"
)
_LINK = pattern("[上下]一[章页頁回]")
_WIDEST = 80
# So often comes what is printed again and again.
_OFTEN = 3


def may_have_adverts(text: str) -> bool:
    """Say, at the cost of a scan, whether there can be any."""
    return "www" in text or ".com" in text or "上一" in text or "下一" in text or "WWW" in text


def adverts(text: str) -> list[Cut]:
    """Find lines that advertise a site and come three times or more, but for their numbers."""
    if not may_have_adverts(text):
        return []
    found = [match for match in _LINE.finditer(text) if _is_advert(match[0].strip())]
    often = Counter(masked(match[0]) for match in found)
    return [Cut(*match.span(), "advert") for match in found if often[masked(match[0])] >= _OFTEN]


def _is_advert(line: str) -> bool:
    if not 4 < len(line) <= _WIDEST:
        return False
    if _LINKS.fullmatch(line):
        return _LINK.search(line) is not None
    return _ADDRESS.search(line) is not None and _OFFER.search(line) is not None
