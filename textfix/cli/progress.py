"""Progress on standard error, when that is a terminal."""

from __future__ import annotations

import sys

from textfix.report.width import clip, visible

__all__ = ["Progress"]

_CLEAR = "\r\x1b[K"


class Progress:
    """One line that says how far we are; nothing at all unless somebody can see it."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total = total
        self._done = 0
        self._shown = not quiet and total > 1 and sys.stderr.isatty()

    def step(self, name: str) -> None:
        """Say that one more is done."""
        self._done += 1
        if self._shown:
            sys.stderr.write(f"{_CLEAR}[{self._done}/{self._total}] {clip(visible(name), 60)}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away, before a message or at the end."""
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
