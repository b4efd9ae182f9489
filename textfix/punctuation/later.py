"""Repairs of a text that was repaired already, said of its source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textfix.document import Document
from textfix.edits import Edits
from textfix.engine import Editor
from textfix.markup.spans import Spans

__all__ = ["Later"]


class Later(Editor):
    """Collects what is proposed for the text that edits made, and hands it on as proposals for their source.

    What would change an edit itself is not taken: that is left to the next round of the engine.
    """

    def __init__(self, editor: Editor, document: Document, edits: Edits) -> None:
        super().__init__("", document)
        self._editor = editor
        self._offsets = edits.offsets
        self._made = Spans(zip(self._offsets.target_starts, self._offsets.target_ends))
        self._taken: list[list[tuple[int, int, str, str]]] = []
        self._pair: list[tuple[int, int, str, str]] | None = None
        #: Whether nothing at all was proposed or told.
        self.is_idle = True

    def replace(self, start: int, end: int, after: str, reason: str) -> None:
        row = (start, end, after, reason)
        if self._pair is not None:
            self._pair.append(row)
        else:
            self._take([row])

    @contextmanager
    def together(self) -> Iterator[None]:
        self._pair = []
        yield
        self._take(self._pair)
        self._pair = None

    def doubt(self, start: int, end: int, reason: str, evidence: str) -> None:
        """Doubts are about the source."""
        self.is_idle = False

    def _take(self, rows: list[tuple[int, int, str, str]]) -> None:
        self.is_idle = False
        if not any(self._made.meets(start, end) for start, end, _, _ in rows):
            for row in rows:
                super().replace(*row)
            self._taken.append(rows)

    def hand_on(self) -> None:
        """Propose for the source what was taken."""
        for rows in self._taken:
            with self._editor.together():
                for start, end, after, reason in rows:
                    self._editor.replace(*self._offsets.source_span(start, end), after, reason)
