"""Where pages begin, and the numbers that were printed on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from textfix.furniture.numbers import whole

__all__ = ["label", "starts"]


def label(cut: str) -> str:
    """Return what a page number that was taken out says, without its dress.

    >>> label("\\n— xiv —"), label(" 第 3 页 共 12 页")
    ('xiv', '3')
    """
    text = cut.strip()
    number = whole(text)
    return text[number.start : number.end] if number else text


def starts(text: str, numbers: Sequence[tuple[int, int, str]]) -> list[tuple[int, str]]:
    """Say where pages begin in a text without form feeds, from its page numbers `(start, end, label)`, in order.

    Numbers that stand below some text are those of the page above.

    >>> starts("一\\n二\\n三\\n7\\n四\\n五\\n六\\n8\\n", [(6, 7, "7"), (14, 15, "8")])
    [(0, '7'), (7, '8')]
    >>> starts("7\\n一\\n二\\n8\\n三\\n四\\n", [(0, 1, "7"), (6, 7, "8")])
    [(0, '7'), (6, '8')]
    """
    if not numbers:
        return [(0, "")]
    first = numbers[0][0]
    if sum(bool(line.strip()) for line in text[:first].split("\n")) < 3:
        return [(0 if not at else start, said) for at, (start, _, said) in enumerate(numbers)]
    found = [(0, numbers[0][2]), *((one[1], two[2]) for one, two in pairwise(numbers))]
    return [*found, (numbers[-1][1], "")] if text[numbers[-1][1] :].strip() else found
