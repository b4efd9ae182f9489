"""Batches: a picklable callable for everything that maps a function over batches (datasets, Ray Data, Spark)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from textfix.arrow import clean_table
from textfix.pipeline import Pipeline
from textfix.rows import ErrorPolicy

__all__ = ["CleanBatch", "clean_frame"]

Batch = TypeVar("Batch", pa.Table, "dict[str, Any]")


@dataclass(frozen=True)
class CleanBatch:
    """Cleans a column of a batch, which is an Arrow table or a dictionary of lists; options as in `clean_table`.

    >>> CleanBatch("text")({"text": ["你好,世界!"], "id": [1]})
    {'text': ['你好，世界！'], 'id': [1]}

    With datasets `dataset.map(CleanBatch("text"), batched=True)`; with Ray Data
    `dataset.map_batches(CleanBatch("text"), batch_format="pyarrow")`; with Spark see `clean_frame`.
    """

    column: str
    pipeline: Pipeline | str = "dump"
    into: str | None = None
    edits: str | None = None
    blocks: str | None = None
    doubts: str | None = None
    fingerprint: str | None = None
    error: str | None = None
    on_error: ErrorPolicy = "raise"

    def __call__(self, batch: Batch) -> Batch:
        """Return the batch with the text cleaned and the columns that were asked for."""
        if isinstance(batch, pa.Table):
            return self._clean(batch)  # type: ignore[no-any-return]
        if isinstance(batch[self.column], (str, bytes)):
            raise TypeError(f"{self.column!r} is one text, and a batch has a list of them: map with batched=True")
        # Only the text goes through Arrow; what else there is may be anything.
        cleaned = self._clean(pa.table({self.column: pa.array(batch[self.column], pa.large_string())}))
        return {**batch, **{name: cleaned[name].to_pylist() for name in cleaned.column_names}}

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """Return the schema of what comes out, for that of what goes in."""
        return self._clean(schema.empty_table()).schema

    def over(self) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
        """Return a function of iterators of record batches, as Spark's `mapInArrow` takes it."""

        def clean(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                yield from self._clean(pa.Table.from_batches([batch])).combine_chunks().to_batches()

        return clean

    def _clean(self, table: pa.Table) -> pa.Table:
        options = {name: value for name, value in self.__dict__.items() if name not in ("column", "pipeline")}
        return clean_table(table, self.column, self.pipeline, **options)


def clean_frame(frame: Any, column: str, pipeline: Pipeline | str = "dump", **options: Any) -> Any:
    """Return a Spark frame with a column of text cleaned; options as in `textfix.arrow.clean_table`."""
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    cleaner = CleanBatch(column, pipeline, **options)
    schema = from_arrow_schema(cleaner.schema(to_arrow_schema(frame.schema)))
    return frame.mapInArrow(cleaner.over(), schema)
