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

_SHARE = 0.7  # of what a line says: so much must have gone of it, for marks may have been drawn once
_LEAST = 2  # letters
_MOST = 80  # characters
_MOST_LINES = 4
_OPEN = pattern(r"[，、：；,:;(（《「『“‘\-\u00ad\u2010\u2011]$")


class _Line(NamedTuple):
    start: int
    end: int
    whole: bool
    """Whether all it says was drawn several times."""
    apart: bool
    """Whether blanks stood between the copies: then it may be the last line of a heading, whose others came once."""


def breaks_around(edits: Edits) -> Iterator[int]:
    """Yield the line breaks of the source, in order, between lines that are headings by their copies and others.

    >>> text = "到此为止。\\n工作回顾工作回顾\\n翻阅报告，年初的任务都已完成。"
    >>> list(breaks_around(Edits.of(text, [(10, 14, "", "overlay/line")])))
    [5, 14]
    """
    clean = edits.apply()
    lines = list(_lines(edits, clean))
    lead_ins = any(not line.whole for line in lines)
    starts = {line.start for line in lines if line.whole}
    ends = {line.end for line in lines if line.whole}
    found = set()
    for line in lines:
        if not (line.whole and _is_heading(clean[line.start : line.end], numbered=lead_ins)):
            continue
        above = line.start - 1
        while above > 0 and clean[above - 1].isspace():
            above -= 1
        if above > 0 and above not in ends and not line.apart:
            found.add(clean.rfind("\n", above, line.start))
        below = line.end
        while below < len(clean) and clean[below].isspace():
            below += 1
        if below < len(clean) and clean.rfind("\n", 0, below) + 1 not in starts:
            found.add(clean.find("\n", line.end, below))
    to_source = edits.offsets.to_source
    yield from (to_source(offset) for offset in sorted(found) if offset >= 0)


def _lines(edits: Edits, clean: str) -> Iterator[_Line]:
    """Yield the lines of the clean text that copies were taken from."""
    gone: dict[tuple[int, int], int] = {}
    apart = set()
    lost = 0
    for start, end, before, after in zip(edits.starts, edits.ends, edits.befores, edits.afters):
        line = _line_at(clean, start - lost)
        lost += end - start - len(after)
        copies, kept = "".join(before.split()), "".join(after.split())
        gone[line] = gone.get(line, 0) + len(copies) - len(kept)
        if before[:1].isspace() and "\n" not in before:
            apart.add(line)
        if "\n" in before and not kept:
            for above in _of_block(clean, line, copies):
                gone[above] = above[1] - above[0]
    for (start, end), count in sorted(gone.items()):
        said = len("".join(clean[start:end].split()))
        yield _Line(start, start + len(clean[start:end].rstrip()), count >= _SHARE * said, (start, end) in apart)


def _line_at(clean: str, place: int) -> tuple[int, int]:
    """Return where the line around a place starts and ends."""
    end = clean.find("\n", place)
    return clean.rfind("\n", 0, place) + 1, end if end >= 0 else len(clean)


def _of_block(clean: str, line: tuple[int, int], copies: str) -> list[tuple[int, int]]:
    """Return the other lines of a block of which whole copies were taken away behind its last line."""
    lines, said = [line], "".join(clean[slice(*line)].split())
    while said and len(said) < len(copies) and copies != said * (len(copies) // len(said)):
        if not lines[-1][0] or len(lines) > _MOST_LINES:
            return []
        lines.append(_line_at(clean, lines[-1][0] - 1))
        said = "".join(clean[slice(*lines[-1])].split()) + said
    return lines[1:] if copies == said * (len(copies) // max(len(said), 1)) else []


def _is_heading(line: str, *, numbered: bool) -> bool:
    """Say whether a line may be a heading and no part of a sentence; where lead-ins are bold, it takes a number."""
    said = line.strip()
    return (
        sum(map(str.isalpha, said)) >= _LEAST
        and len(said) <= _MOST
        and _OPEN.search(said) is None
        and (not numbered or NUMBERED.match("".join(said.split())) is not None)
    )
