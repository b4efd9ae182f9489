"""Straight quotes: which open, which close, and how deep.

Within a line, straight and curly quotes are read in order: one opens, the next closes. What stands beside a quote must
agree (nothing opens before a blank or a closing mark, nothing closes behind a blank or an opening mark). A line that
does not come out even is tried again together with the lines of its paragraph up to the next uneven one, for quotations
that run over a hard wrap; an item of a list begins a paragraph. What still does not come out is left alone and
reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from textfix.markup.spans import Spans
from textfix.patterns import pattern
from textfix.punctuation.marks import CJK, LETTERS, SMALL

_QUOTE = pattern(r"[\"＂'“”]")
_STRAIGHT = pattern(r"[\"＂']")
_DOUBLE = pattern(r"[\"＂“”]")
_SINGLE = pattern(r"'")
_CJK = pattern(f"[{LETTERS}]")
# What opens a quotation behind Chinese: `他说：'好'`.
_BEHIND = pattern(rf"(?:[，。、；：！？（《{SMALL}﹙]|[{CJK})\"'”’][,:])\Z")
_NO_OPENING_BEFORE = frozenset(" \t\u00a0\u3000\n，。、；：！？）》」』”’…,;!?)]")
_NO_CLOSING_BEHIND = frozenset(" \t\u00a0\u3000\n（《「『“‘([")
# Another paragraph: a blank line, or an item of a list.
_PARAGRAPH = pattern(r"\n(?:[ \t]*\n|[ \t]*(?:[-*+•]|[0-9]{1,3}[.)])[ \t])")
_MAX_LINES = 20


class Pair(NamedTuple):
    """An opening and a closing quote by their offsets; `depth` counts the quotations around it."""

    start: int
    end: int
    depth: int


class Reading(NamedTuple):
    """How the quotes of a text are paired, and those that are not."""

    pairs: list[Pair]
    odd: list[int]


def read(text: str, protected: Spans, skip: Callable[[int], bool]) -> Reading:
    """Pair the quotes of every line that has straight ones; `skip` says by an offset which lines to leave out."""
    pairs: list[Pair] = []
    odd: list[int] = []
    waiting: list[int] = []  # quotes of uneven lines of this paragraph
    position = 0
    for start, end in _lines_with_quotes(text):
        if waiting:
            apart = _PARAGRAPH.search(text, position, end) or text.count("\n", waiting[0], start) > _MAX_LINES
            if apart:
                odd += waiting[:1]
                waiting = []
        position = end
        if skip(start):
            continue
        marks = [
            mark.start()
            for mark in _DOUBLE.finditer(text, start, end)
            if mark.start() not in protected
            and text[mark.start() - 1 : mark.start()] != "\\"
            and '"""' not in text[max(mark.start() - 2, 0) : mark.start() + 3]  # opens or closes a text of a program
        ]
        outer = _paired(text, marks, start, end)
        if outer is None:
            if waiting:
                joined = _paired(text, waiting + marks, waiting[0], end)
                if joined is None:
                    odd += waiting[:1]
                    waiting = marks
                else:
                    pairs += joined
                    waiting = []
            else:
                waiting = marks
            outer = []
        pairs += outer
        pairs += _singles(text, start, end, outer, protected)
    odd += waiting[:1]
    return Reading(pairs, odd)


def _lines_with_quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines with straight quotes, and those whose curly ones do not come out even."""
    end = -1
    for quote in _QUOTE.finditer(text):
        at = quote.start()
        if at < end:
            continue
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if _STRAIGHT.search(text, at, end) or text.count("“", at, end) != text.count("”", at, end):
            yield start, end


def _paired(text: str, marks: list[int], start: int, end: int) -> list[Pair] | None:
    """Pair double quotes in order; None when they do not come out even or what stands beside them disagrees."""
    pairs = []
    opened = -1
    for mark in marks:
        shape = text[mark]
        if opened < 0:
            after = text[mark + 1 : mark + 2]
            if shape == "”" or (shape != "“" and (not after or after in _NO_OPENING_BEFORE or mark + 1 >= end)):
                return None
            opened = mark
        else:
            if shape == "“" or (shape != "”" and text[mark - 1] in _NO_CLOSING_BEHIND):
                return None
            pairs.append(Pair(opened, mark, 0))
            opened = -1
    return None if opened >= 0 else pairs


def _singles(text: str, start: int, end: int, outer: list[Pair], protected: Spans) -> Iterator[Pair]:
    """Pair single quotes with Chinese between them, inside a quotation or against Chinese; apostrophes are none."""
    opened = -1
    index = 0
    for mark in _SINGLE.finditer(text, start, end):
        at = mark.start()
        before, after = text[at - 1 : at] if at > start else "", text[at + 1 : at + 2] if at + 1 < end else ""
        if at in protected or (_is_word(before) and _is_word(after)):
            continue
        if opened < 0:
            if not after or after in _NO_OPENING_BEFORE or _is_word(before):
                continue
            opened = at
            continue
        if before in _NO_CLOSING_BEHIND or _is_word(after):
            opened = -1 if after in _NO_OPENING_BEFORE else at
            continue
        while index < len(outer) and outer[index].end < opened:
            index += 1
        inside = index < len(outer) and outer[index].start < opened and at < outer[index].end
        beside = (opened > start and _CJK.match(text, opened - 1) is not None) + (_CJK.match(text, at + 1) is not None)
        among = inside or beside or _BEHIND.search(text, max(start, opened - 2), opened)
        if beside == 2 or (among and _CJK.search(text, opened, at)):
            yield Pair(opened, at, int(inside))
        opened = -1


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
