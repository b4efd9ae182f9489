"""The blocks of a text as it stands."""

from __future__ import annotations

from textfix.result import Span

from .page import measure

__all__ = ["segment"]


def segment(text: str) -> list[Span]:
    """Kind, start, end and score of every block, for a text whose layout nothing has measured yet.

    >>> segment("本报记者 张国静\\n\\n城西区推进铸牢中华民族共同体意识示范市建设。")
    [Span(kind='byline', start=0, end=8, score=0.9), Span(kind='paragraph', start=10, end=32, score=0.9)]
    """
    return [Span(*block) for block in measure(text).blocks()]
