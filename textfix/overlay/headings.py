"""What copies tell of the lines they were taken from: a line that was drawn several times is a heading.

Once the copies are gone nobody can see it any more. So those that run later in the round are told which line breaks
part such lines from others: between two of them the heading may go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textfix.edits import Edits
from textfix.overlay.numbers import NUMBERED
from textfix.patterns import pattern

__all__ = ["breaks_around"]

_SHARE = 0.7  # of what a line is left with: so much must have gone, for marks may have been drawn once
_WORD = pattern(r"([^\W\d_])\W*(?!\1)[^\W\d_]")  # two letters
_MOST = 80  # characters
_MOST_LINES = 4
_WIDEST = 256  # characters between two lines, on a page that keeps its columns
_OPEN = pattern(r"[，、：；,:;(（《「『“‘\-\u00ad\u2010\u2011]$")


class _Line(NamedTuple):
    """A line that copies were taken from, with them; offsets in the source."""

    start: int
    end: int
    first: int
    """The first of its edits."""
    last: int
    gone: int
    """How many characters of it go."""
    whole: bool
    """Whether all it says was drawn several times."""


def breaks_around(edits: Edits) -> Iterator[int]:
    """Yield the line breaks of the source, in order, between lines that are headings by their copies and others.

    >>> text = "到此为止。\\n工作回顾工作回顾\\n翻阅报告，年初的任务都已完成。"
    >>> list(breaks_around(Edits.of(text, [(10, 14, "", "overlay/line")])))
    [5, 14]
    """
    text = edits.source
    lines = list(_lines(edits))
    whole = [line for line in lines if line.whole]
    lead_ins = len(whole) < len(lines)
    starts = [_block_start(edits, line) for line in whole]
    edge = 0  # where the heading above ends
    for line, start, below in zip(whole, starts, [*starts[1:], len(text)]):
        if _is_heading(edits, line, numbered=lead_ins):
            # Where another heading stands right beside, there is nothing between them.
            if text[start - 1 : start] == "\n" and not (_are_near(text, edge, start) or _is_apart(edits, line)):
                yield start - 1
            if text[line.end : line.end + 1] == "\n" and not _are_near(text, line.end, below):
                yield line.end
        edge = line.end


def _lines(edits: Edits) -> Iterator[_Line]:
    text, starts, ends, afters = edits.source, edits.starts, edits.ends, edits.afters
    feeds = "\f" in text
    count, at = len(starts), 0
    while at < count:
        first, gone, stop = at, 0, starts[at]
        start = text.rfind("\n", 0, stop) + 1
        if feeds:
            start = text.rfind("\f", start, stop) + 1 or start
        while at < count and starts[at] <= stop:
            gone += ends[at] - starts[at] - len(afters[at])
            if ends[at] > stop or at == first:
                stop = text.find("\n", ends[at])
                stop = len(text) if stop < 0 else stop
                feed = text.find("\f", ends[at], stop) if feeds else -1
                stop = feed if feed >= 0 else stop
            at += 1
        left = len(text[start:stop].strip()) - gone
        yield _Line(start, stop, first, at, gone, gone >= _SHARE * left)


def _are_near(text: str, end: int, start: int) -> bool:
    """Say whether nothing but blanks stands between where a line ends and where another one starts."""
    return start - end <= _WIDEST and text[end:start].isspace()


def _block_start(edits: Edits, line: _Line) -> int:
    """Return where the lines start of which whole copies were taken away behind the last one."""
    text, start, edit = edits.source, line.start, line.last - 1
    if edits.afters[edit] or "\n" not in text[edits.starts[edit] : edits.ends[edit]]:
        return start
    copies = "".join(text[edits.starts[edit] : edits.ends[edit]].split())
    said = "".join(text[start : edits.starts[edit]].split())
    for _ in range(_MOST_LINES):
        if not said or len(said) >= len(copies) or copies == said * (len(copies) // len(said)):
            break
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
        said = "".join(text[start : edits.starts[edit]].split())
    return start if said and copies == said * (len(copies) // len(said)) else line.start


def _said(edits: Edits, line: _Line) -> str:
    """Return what a line says without its copies."""
    pieces: list[str] = []
    position = line.start
    for edit in range(line.first, line.last):
        pieces += edits.source[position : edits.starts[edit]], edits.afters[edit]
        position = edits.ends[edit]
    return "".join([*pieces, edits.source[position : line.end]])


def _is_apart(edits: Edits, line: _Line) -> bool:
    """Say whether blanks stood between copies: it may be the last line of a heading, of which the others came once."""
    copies = edits.source[edits.starts[line.first] : edits.ends[line.first]]
    return copies[:1].isspace() and "\n" not in copies


def _is_heading(edits: Edits, line: _Line, *, numbered: bool) -> bool:
    """Say whether a line may be a heading and no part of a sentence; where lead-ins are bold, it takes a number."""
    drawn = edits.source[line.start : line.end].strip()  # with its copies, of which the last one ends it
    return (
        _OPEN.search(drawn) is None
        and len(drawn) - line.gone <= _MOST
        and _WORD.search(drawn) is not None
        and (not numbered or NUMBERED.match("".join(_said(edits, line).split())) is not None)
    )
