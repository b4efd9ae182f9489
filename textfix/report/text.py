"""Findings for people: a headline, the source line, a caret under what is meant."""

from __future__ import annotations

import unicodedata

from textfix.report.findings import Finding, Lines
from textfix.report.width import clip, quoted, visible, width

__all__ = ["Paint", "change", "excerpt", "finding"]

# How much of a line is shown, in cells: before the place, of the place, after it.
_LEFT, _SPAN, _RIGHT = 40, 32, 24


class Paint:
    """ANSI colours, or none."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        """Return the text in a style, given as the numbers of an SGR sequence."""
        return f"\x1b[{style}m{text}\x1b[0m" if self._color else text


def finding(name: str, found: Finding, lines: Lines, paint: Paint) -> str:
    """Return a finding as lines of text, without the last line end.

    >>> text = "你好,世界"
    >>> found = Finding(2, 3, 1, 3, 1, 4, "punctuation/width", ",", "，")
    >>> print(finding("a.txt", found, Lines(text), Paint(False)))
    a.txt:1:3: punctuation/width: ',' → '，'
      1 | 你好,世界
        |     ^
    """
    place = f"{paint('1', visible(name))}:{found.line}:{found.column}:"
    if found.after is None:
        what = f"{quoted(found.before)}: {visible(found.evidence)}"
        level = "warning" if found.kind == "warning" else "note"
        head = f"{place} {paint('33', level)}: {paint('36', found.reason)}: {what}"
    else:
        head = f"{place} {paint('36', found.reason)}: {change(found)}"
    shown, lead, length = excerpt(found, lines)
    number = f"{found.line:>3}"
    caret = " " * lead + paint("33" if found.after is None else "31", "^" * length)
    bar = paint("34", "|")
    return f"{head}\n{number} {bar} {shown}\n{' ' * len(number)} {bar} {caret}"


def change(found: Finding) -> str:
    """Return `before → after`; with code points where the two look alike.

    >>> print(change(Finding(0, 1, 1, 1, 1, 2, "compatibility/radical", "⼈", "人")))
    '⼈' (U+2F08) → '人' (U+4EBA)
    """
    after = found.after or ""
    if _alike(found.before, after):
        return f"{quoted(found.before)} ({_codes(found.before)}) → {quoted(after)} ({_codes(after)})"
    return f"{quoted(found.before)} → {quoted(after)}"


def excerpt(found: Finding, lines: Lines) -> tuple[str, int, int]:
    """Return the source line around a finding, the cells before its caret, and the cells of the caret.

    Only as much of the line as fits is looked at, so that a line of any length costs the same.
    """
    first, last = lines.span(found.line)
    start = min(found.start, last)
    stop = max(start, min(found.end, last))
    low, high = max(first, start - _LEFT), min(last, stop + _RIGHT)
    span = visible(lines.text[start : min(stop, start + _SPAN)])
    if stop - start > _SPAN or width(span) > _SPAN:
        span = clip(span, _SPAN)
        high = stop
        right = "…"
    else:
        right = clip(visible(lines.text[stop:high]), _RIGHT)
        if high < last or width(right) < width(visible(lines.text[stop:high])):
            right += "…"
    whole_left = visible(lines.text[low:start])
    left = clip(whole_left[::-1], _LEFT)[::-1]
    if low > first or len(left) < len(whole_left):
        left = "…" + left
    return f"{left}{span}{right}", width(left), max(1, width(span))


def _alike(before: str, after: str) -> bool:
    if not before or not after or len(before) > 4 or width(before) != width(after) or before.isspace():
        return False
    return unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after)


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)
