"""Making a text that breaks a law as short as it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

__all__ = ["shrunk"]


def shrunk(text: str, fails: Callable[[str], bool], patience: float = 20.0) -> str:
    """Return a text that still fails and from which nothing can be taken, as far as the seconds go."""
    stop = monotonic() + patience
    size = max(1, len(text) // 2)
    while size:
        for shorter in _without(text, size):
            if monotonic() > stop:
                return text
            if fails(shorter):
                text = shorter
                break
        else:
            size //= 2
        size = min(size, len(text))
    for plain in ("一", "a"):
        for index, character in enumerate(text):
            if character != plain and character.isalnum() and monotonic() < stop:
                other = text[:index] + plain + text[index + 1 :]
                text = other if fails(other) else text
    return text


def _without(text: str, size: int) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[:start] + text[start + size :]
