"""Doubts that come in crowds: told one by one up to a limit, then in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textfix.normalizers.base import Editor

__all__ = ["report"]

#: A page whose font has no Unicode values is one finding, not ten thousand.
_LIMIT = 20


def report(editor: Editor, spans: Sequence[tuple[int, int]], reason: str, evidence: Callable[[int, int], str]) -> None:
    """Report spans as doubts: the first ones apart, all that follow as one, at the place where they begin."""
    for start, end in spans[:_LIMIT]:
        editor.doubt(start, end, reason, evidence(start, end))
    rest = spans[_LIMIT:]
    if rest:
        # Not from the first to the last of them: that would be most of the text, once more.
        editor.doubt(*rest[0], reason, f"{len(rest)} more places of this kind from here on")
