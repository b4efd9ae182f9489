"""Parentheses, in pairs."""

from __future__ import annotations

from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation.marks import BLANKS, CJK, LETTERS
from textfix.punctuation.page import Page

__all__ = ["repair"]

_BRACKET = pattern(r"[()（）﹙﹚]")
_BLANK_LINES = pattern(r"\n\s*\n")
_LONGEST = 300


def repair(page: Page, editor: Editor) -> None:
    """Widen parentheses in pairs, by what they hold and what stands before them.

    Half-width parentheses around Chinese are the style of many manuals, whose commas are full width all the same. So
    they are widened where the document has five times as many full-width pairs, where one of a pair is full width
    already, and where even its commas are half width, which no style asks for.
    """
    text = page.text
    if "(" not in text and ")" not in text and "﹙" not in text:
        return
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    breaks = (gap.start() for gap in _BLANK_LINES.finditer(text))
    gap = next(breaks, len(text))
    for bracket in _BRACKET.finditer(text):
        at = bracket.start()
        if at > gap:
            stack.clear()
            gap = next((start for start in breaks if start > at), len(text))
        if text[at] in "(（﹙":
            stack.append(at)
        elif stack:
            opened = stack.pop()
            if at - opened <= _LONGEST:
                pairs.append((opened, at))
    shapes = {pair: text[pair[0]] + text[pair[1]] for pair in pairs}
    mixed = [pair for pair in pairs if shapes[pair] not in ("（）", "()") and _is_chinese(page, *pair)]
    full = sum(shape == "（）" for shape in shapes.values()) + len(mixed)
    wide = full >= 5
    if wide or (page.language == "zh" and _nothing_is_wide(text, full)):
        half = []
        for pair in pairs:
            if shapes[pair] == "()" and _is_chinese(page, *pair):
                half.append(pair)
                if wide and 5 * len(half) > full:
                    break
        else:
            if wide or 2 * sum(text[opened - 1 : opened] in BLANKS for opened, _ in half) <= len(half):
                mixed += [pair for pair in half if not _is_set_as_latin(text, *pair)]
    for opened, closed in sorted(mixed):
        with editor.together():
            _widen(page, editor, opened, "（")
            _widen(page, editor, closed, "）")


def _is_chinese(page: Page, opened: int, closed: int) -> bool:
    """Say whether a pair holds Chinese or stands behind it, in running text."""
    text = page.text
    line = page.line(opened)
    if line.language is None or text[opened - 1 : opened] in ("]", "\\") or closed == opened + 1:
        return False
    left = page.left(opened, line)
    holds = _ONE_LETTER.search(text, opened, closed) is not None
    if not holds and left.kind != "C":
        return False
    if (
        _SIGN.match(text, opened)
        or _TUPLE.match(text, opened)
        or (text[opened] == "(" and _ADDRESS.search(text, opened, closed))
    ):
        return False
    if page.latin(opened, line) or not page.is_prose(line):
        return False
    if closed > line.end and not page.is_prose(page.line(closed)):
        return False
    return opened not in page.protected and closed not in page.protected


def _is_set_as_latin(text: str, opened: int, closed: int) -> bool:
    """Say whether a pair around something Latin has a blank on one side, as half-width brackets ask for: `(LVM) 卷`."""
    apart = text[opened - 1 : opened] in BLANKS or text[closed + 1 : closed + 2] in BLANKS
    return apart and not _ONE_LETTER.search(text, opened, closed)


_ONE_LETTER = pattern(f"[{LETTERS}]")
#: Signs written with parentheses: copyright, trade marks, the section of a manual page (`命令(7)`).
_SIGN = pattern(r"\((?:[CcRP]|TM|tm|SM|(?<=\S.)[1-9][a-z]{0,2})\)")
#: Points and intervals: `(0, 1)`, `(x,y)`, `(39.9, 116.4)`.
_TUPLE = pattern(r"\((?:[-+]?[0-9][0-9.]*|[-+]?[A-Za-z][0-9]?)(?:, ?(?:[-+]?[0-9][0-9.]*|[-+]?[A-Za-z][0-9]?))+\)")
#: Programs that turn an address into a link stop at a half-width parenthesis, but take a full-width one in.
_ADDRESS = pattern(r"(?:://|www\.|@)[!-~]+\Z|(?:://|www\.)[!-~]*[\s%/]")


_HALF_STOP = pattern(rf",(?<=[{LETTERS})].)|\.(?<=[{LETTERS})].)(?![.\w])")


def _nothing_is_wide(text: str, full: int) -> bool:
    """Say whether the width was lost altogether: not even a comma or a stop is full width."""
    return not full and "，" not in text and "。" not in text and _HALF_STOP.search(text) is not None


def _widen(page: Page, editor: Editor, at: int, after: str) -> None:
    if page.text[at] == after:
        return
    text, line = page.text, page.line(at)
    start, end = at, at + 1
    if at - 1 > line.start and text[at - 1] in BLANKS and _ONE_CJK.match(text, at - 2) and page.claim(at - 1):
        start -= 1
    if at + 2 < line.end and text[at + 1] in BLANKS and _ONE_CJK.match(text, at + 2) and page.claim(at + 1):
        end += 1
    editor.replace(start, end, after, "bracket")


_ONE_CJK = pattern(f"[{CJK}]")
