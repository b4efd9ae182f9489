"""What strings have in common, and how wide their characters are."""

from __future__ import annotations

__all__ = ["FIRST_WIDE", "overlap"]

#: The first code of those that are as wide as they are high (radicals, kana, Han).
FIRST_WIDE = 0x2E80


def overlap(above: str, below: str) -> int:
    """Return how many characters at most a string begins with that the other one ends with.

    >>> overlap("经由 PSTN", "PSTN 数据机")
    4
    """
    first = below[0]
    hit = above.find(first, max(0, len(above) - len(below)))
    while hit >= 0:
        if below.startswith(above[hit:]):
            return len(above) - hit
        hit = above.find(first, hit + 1)
    return 0
