"""datatrove: a step of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep

from textfix.pipeline import Pipeline, resolved
from textfix.result import Result
from textfix.rows import clean_rows, described

__all__ = ["TextfixFormatter"]


class TextfixFormatter(PipelineStep):  # type: ignore[misc]  # untyped
    """Cleans the text of every document.

    `provenance` names an entry of the metadata for the edits; a document that cannot be cleaned is kept as it was, with
    what went wrong in the entry `error`. Statistics count documents repaired, edits by reason, and failures.
    """

    name = "🧹 textfix"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        pipeline: Pipeline | str = "dump",
        *,
        provenance: str | None = None,
        error: str = "textfix_error",
        batch: int = 100,
    ) -> None:
        super().__init__()
        self.pipeline = resolved(pipeline)
        self.provenance = provenance
        self.error = error
        self.batch = batch

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield the documents, in their order, with clean text."""
        documents = iter(data or ())
        while batch := list(islice(documents, self.batch)):
            with self.track_time():
                for document, outcome in zip(batch, clean_rows(self.pipeline, [one.text for one in batch])):
                    self._apply(document, outcome)
            yield from batch

    def _apply(self, document: Document, outcome: Result | Exception | None) -> None:
        if isinstance(outcome, Exception):
            document.metadata[self.error] = described(outcome)
            self.stat_update("failed")
        elif outcome is not None:
            if self.provenance is not None:
                document.metadata[self.provenance] = [edit._asdict() for edit in outcome.edits]
            for reason, count in outcome.summary().edits.items():
                self.stat_update(reason, value=count)
            self.stat_update("repaired" if outcome.changed else "clean")
            document.text = outcome.text
