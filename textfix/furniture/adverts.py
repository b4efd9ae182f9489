"""What sites print into the texts they hand out: lines with their address, rows of links between chapters."""

from __future__ import annotations

from collections import Counter

from textfix.document import Document
from textfix.furniture.numbers import masked
from textfix.furniture.pages import Cut
from textfix.patterns import pattern
from textfix.signs import Sign

__all__ = ["SIGN", "adverts"]

_ADDRESS = pattern(r"(?i)www\s?[.．。]|https?:|[a-z0-9]\s?[.．]\s?(?:com|net|org|cn|cc|tw|info|me)\b")
# What is in every address or row of links, for one scan of a whole text; a seldom character first.
_PLACE = pattern(
    r"[.．。:一](?:(?<=(?i:www).)|(?<=(?i:www)\s.)|(?<=(?i:http):)|(?<=(?i:https):)"
    r"|(?<=[.．])(?=\s?(?i:com|net|org|cn|cc|tw|info|me)\b)|(?<=[上下]一)[章页頁回])"
)
_OFFER = pattern(
    "小[说說]|下[载載]|[电電]子[书書]|(?i:txt)|[论論][坛壇]|首[发發]|整理|制作|製作|提供|更新|[阅閱][读讀]|[书書]城|收藏"
    "|[访訪][问問]"
)
_LINKS = pattern(
    r"(?:[上下]一[章页頁回]|目\s*[录錄]|返回[^\W\d_]{0,4}|加入[书書][签籤]|[书書][签籤]|首[页頁]"
    r"|[|｜/\s·()（）\[\]【】<>→←-])+"
)
_LINK = pattern("[上下]一[章页頁回]")
#: What some of all that is looked for here holds.
SIGN = Sign(pattern(r"[wW.一](?:(?<=w)ww|(?<=W)WW|(?<=\.)com|(?<=一)[章页頁回])"), right="[wWc章页頁回]")
_LINE_END = pattern("[\n\f]")
_WIDEST = 80
# Lines with blanks around them too.
_LONGEST = 200
# So often comes what is printed again and again.
_OFTEN = 3


def adverts(document: Document) -> list[Cut]:
    """Find lines that advertise a site and come three times or more, but for their numbers."""
    if not SIGN.within(document):
        return []
    text = document.text
    found = []
    past = 0
    for match in _PLACE.finditer(text):
        if match.start() < past:
            continue
        start = max(text.rfind("\n", past, match.start()), text.rfind("\f", past, match.start()), past - 1) + 1
        end = _LINE_END.search(text, match.start())
        past = end.start() if end else len(text)
        line = text[start:past]
        if len(line) <= _LONGEST and _is_advert(line.strip()):
            found.append((start, past, masked(line)))
    often = Counter(mask for _, _, mask in found)
    return [Cut(start, end, "advert") for start, end, mask in found if often[mask] >= _OFTEN]


def _is_advert(line: str) -> bool:
    if not 4 < len(line) <= _WIDEST:
        return False
    if _LINKS.fullmatch(line):
        return _LINK.search(line) is not None
    return _ADDRESS.search(line) is not None and _OFFER.search(line) is not None
