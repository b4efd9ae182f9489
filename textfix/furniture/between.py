"""Heads that no other page repeats: the name of a section of one page, the two heads of a leaflet.

What gives them away is their company: the pages around have heads at the same edge, and the text of the page before
runs on below the line as if it were not there.
"""

from __future__ import annotations

from textfix.furniture.heads import may_be_head
from textfix.furniture.pages import ENDED, Cut, Line, Page, cells
from textfix.patterns import pattern

__all__ = ["heads_between"]

_WIDEST = 60
# Newspapers: the date of the issue, the number of the sheet.
_DATED = pattern(
    r"(?:[^\W\d]{2,8}\s*)?(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*星期[一二三四五六日天])?"
    r"(?:\s*第?\s*[A-Z]?\d{1,3}\s*版)?(?:\s*[^\W\d]{2,8})?"
)
_ITEM = pattern(
    r"\s*(?:[•●○■□◆◇▪–*-]|[(（\[]?\d{1,3}(?:[)）\]、．]|\.(?!\d))|[(（]?[一二三四五六七八九十]{1,3}[)）、．])"
)
_SENTENCE = pattern("[，。！？；：“”‘’『』…—]|[.!?:;]\\s*$")
_PAUSED = pattern("[，、,(（“「《—-]\\s*$")
_NO_WORD = pattern(r"\W+")
_LOWER = pattern(r"\s{0,2}[a-z]")
_CLOSER = pattern("\\s{0,2}[，。、；：！？）」』”’》〉】…]")
_HAN = pattern(r"[\u3400-\u9fff\u3040-\u30ff]")


def heads_between(source: str, pages: list[Page]) -> list[Cut]:
    """Take lines from the edges of pages whose neighbours have heads there, and return what goes."""
    filled = [page for page in pages if page.lines or page.headed]
    cuts = []
    for at, page in enumerate(filled):
        for edge in ("top", "bottom"):
            if edge in page.headed or len(page.lines) < 2 or not _has_company(filled, at, edge):
                continue
            line = page.lines[0 if edge == "top" else -1]
            if _is_head(source, filled, at, edge, line):
                page.lines.remove(line)
                page.gone.add(line.start)
                page.headed.add(edge)
                cuts.append(Cut(line.start, line.end, "running-head"))
    return cuts


def _has_company(pages: list[Page], at: int, edge: str) -> bool:
    """Say whether the pages on both sides (of the first and the last, on one) have a head there that this one lacks."""
    beside = (*pages[max(0, at - 1) : at], *pages[at + 1 : at + 2])
    return all(edge in page.headed and len(page.headed) > len(pages[at].headed) for page in beside)


def _is_head(source: str, pages: list[Page], at: int, edge: str, line: Line) -> bool:
    text = line.text.strip()
    if not may_be_head(line) or cells(text) > _WIDEST or _SENTENCE.search(text) or _ITEM.match(text):
        return False
    if any(text.count(a) != text.count(b) for a, b in ("（）", "《》", "「」", "【】", "()")):
        return False
    if _DATED.fullmatch(text) or (line.outside and cells(text) >= 8):
        return True
    inner = pages[at].lines[1:] if edge == "top" else pages[at].lines[:-1]
    if cells(text) > 0.75 * max(cells(other.text.strip()) for other in inner):
        return False
    if edge in pages[at].numbered and _said_before(source, line):
        return True
    above, below = (pages[at - 1].lines if at else [], inner) if edge == "top" else (inner, _after(pages, at))
    return runs_on(above, below)


def _after(pages: list[Page], at: int) -> list[Line]:
    return pages[at + 1].lines if at + 1 < len(pages) else []


def _said_before(source: str, line: Line) -> bool:
    """Say whether a line repeats the heading of a section above it."""
    said = _NO_WORD.sub("", line.text)
    return any(said == _NO_WORD.sub("", row) for row in source[: line.start].split("\n") if len(row) < 2 * _WIDEST)


def runs_on(above: list[Line], below: list[Line]) -> bool:
    """Say whether a sentence runs on from the last line of a page to the first of the next."""
    if not above or not below:
        return False
    last, first = above[-1].text.rstrip(), below[0].text
    if ENDED.search(last) or _ITEM.match(first):
        return False
    if _CLOSER.match(first) or _LOWER.match(first):
        return True
    full = cells(last.strip()) >= 0.85 * max(cells(line.text.strip()) for line in above[-6:])
    like = len(first) - len(first.lstrip()) <= min(len(line.text) - len(line.text.lstrip()) for line in below[:4])
    whole = cells(first.strip()) >= 0.85 * max(cells(line.text.strip()) for line in below[:6])
    han = _HAN.match(last[-1:]) and _HAN.match(first.strip())
    return like and ((full and bool(han) and whole) or bool(_PAUSED.search(last) and whole))
