"""How text runs on from one page to the next."""

from __future__ import annotations

from textfix.furniture.pages import ENDED, Line, cells
from textfix.patterns import pattern

__all__ = ["CLOSER", "ITEM", "LOWER", "runs_on", "widest"]

#: The beginning of an item of a list, of a line that can only go on with one before, and of one that most likely does.
ITEM = pattern(
    r"\s*(?:[•●○■□◆◇▪–*-]|[(（\[]?\d{1,3}(?:[)）\]、．]|\.(?!\d))"
    r"|[(（]?[一二三四五六七八九十]{1,3}[)）、．])"
)
CLOSER = pattern("\\s{0,2}[，。、；：！？）」』”’》〉】…]")
LOWER = pattern(r"\s{0,2}[a-z]")
_PAUSED = pattern("[，、,(（“「《—-]\\s*$")
_HAN = pattern(r"[\u3400-\u9fff\u3040-\u30ff]")


def runs_on(above: list[Line], below: list[Line], latin: bool = False) -> bool:
    """Say whether a sentence runs on from the last line of a page to the first of the next.

    A full line of Latin script that does not end like a sentence may be a title too; `latin` counts it where that
    cannot be.
    """
    if not above or not below:
        return False
    last, first = above[-1].text.rstrip(), below[0].text
    if ENDED.search(last) or ITEM.match(first):
        return False
    if CLOSER.match(first) or LOWER.match(first):
        return True
    whole_line = cells(first.strip()) >= 0.85 * widest(below[:6])
    if _indent(first) > min(_indent(line.text) for line in below[:4]) or not whole_line:
        return False
    full = cells(last.strip()) >= 0.85 * widest(above[-6:])
    if latin and full and last[-1].isascii() and first.lstrip()[:1].isascii():
        return last[-1].isalnum()
    return bool(_PAUSED.search(last)) or (full and bool(_HAN.match(last[-1]) and _HAN.match(first.strip())))


def widest(lines: list[Line]) -> int:
    """Cells of the widest of some lines."""
    return max(cells(line.text.strip()) for line in lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
