"""Finds lines that are tied to those around them, as the pieces of one line are that an extractor returned one by one.

Two lines are tied where one is the start or the end of the other. By itself that says little: a list may stand above
its entry. It tells something where the tie is the number of a heading that stands once more below it
(`6.8. 原则 / 6.8.`), where all that is left of the longer line was drawn several times (`章 章 2. 2. 原则 / 原则`), and
where the line on the other side is tied to the other end (`经由 / 经由 PSTN / PSTN`, `原则 / 3.1. 原则 / 3.1.`).
"""

from __future__ import annotations

from textfix.overlay.numbers import SECTION
from textfix.overlay.parse import parse
from textfix.overlay.strings import overlap
from textfix.overlay.twins import Heads, Said, without_marks
from textfix.patterns import pattern

__all__ = ["knots_of_each"]

_MARKS = pattern(r"[？?！!，,：:；;。.、]+$")
_LEAST = 2  # characters of a tie
_MOST = 128  # of the longer line: it is a heading, with its copies


def knots_of_each(said: Said, heads: Heads) -> dict[int, list[int]]:
    """Return where the longer lines of telling ties begin.

    For every document that has any, by its number.
    """
    import numpy as np

    places, ends, codes, words, ended = heads
    at = heads.alike()
    tied = np.concatenate((at[(codes[at] & words[at + 1]) == (codes[at + 1] & words[at + 1])], ended))
    size, below = (ends[line] - places[line] for line in (tied, tied + 1))
    tied = tied[(size != below) & (np.minimum(size, below) >= _LEAST) & (np.maximum(size, below) <= _MOST)]
    found: dict[int, list[int]] = {}
    for index in sorted(set(tied.tolist())):
        owner = said.owner(index)
        if owner == said.owner(index + 1):
            longer = index if len(said[index]) > len(said[index + 1]) else index + 1
            if _is_telling(said, longer, 2 * index + 1 - longer):
                found.setdefault(owner, []).append(said.offset(longer))
    return found


def _is_telling(said: Said, longer: int, shorter: int) -> bool:
    whole, tie = without_marks(said[longer]), without_marks(said[shorter])
    if len(whole) < len(tie):
        longer, shorter, whole, tie = shorter, longer, tie, whole
    starts, ends = whole.startswith(tie), whole.endswith(tie)
    if not (starts or ends):
        return False
    if whole == tie:
        return any(map(str.isalpha, tie))
    rest = (whole[len(tie) :] if starts else whole[: -len(tie)]).strip()
    if not any(map(str.isalpha, tie)):
        number = SECTION.match("".join(tie.split())) is not None
        return number and shorter > longer and starts and any(map(str.isalpha, rest))
    beyond, behind = said.beside(longer, 2 * longer - shorter), said.beside(longer, 2 * shorter - longer)
    if behind and _MARKS.sub("", behind) == _MARKS.sub("", rest):
        return True
    if starts and len(rest) >= _LEAST and behind.startswith(rest):
        return True  # `第八十九回 武侯 / 第八十九回 / 武侯 南南`
    if beyond:
        below = shorter < longer
        if starts and (whole.endswith(beyond) or (below and overlap(whole, beyond) >= _LEAST)):
            return True
        if ends and (whole.startswith(beyond) or (not below and overlap(beyond, whole) >= _LEAST)):
            return True
    return any(_is_copied(rest, copies) for copies in (2, 3, 4))


def _is_copied(rest: str, copies: int) -> bool:
    """Say whether nothing but copies, and the blanks around them, is left of a line."""
    position = 0
    for run in parse(rest, copies).runs:
        if rest[position : run.start].strip():
            return False
        position = run.end
    return position > 0 and not rest[position:].strip()
