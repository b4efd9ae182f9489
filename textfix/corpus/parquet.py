"""Parquet: stretches of row groups, read and written a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from textfix.arrow import clean_table
from textfix.corpus.job import Job
from textfix.corpus.parts import Part, StoppedError, discard_on_error, writing
from textfix.corpus.plan import Task
from textfix.io.storage import Store, open_binary
from textfix.io.streams import Sink
from textfix.result import Result
from textfix.rows import RowError

__all__ = ["clean_row_groups", "ranges"]

# Rows are read and written in groups of about so many bytes (before compression), as the file itself describes them.
_GROUP_BYTES = 16 << 20


def ranges(path: str, job: Job) -> list[tuple[int, int, int]]:
    """Return stretches of row groups, `start, stop`, of about the size of a shard, and how many bytes they take."""
    with open_binary(path) as file, pq.ParquetFile(file) as parquet:
        names = parquet.schema_arrow.names
        if job.column not in names:
            raise ValueError(f"no column {job.column!r}; it has {', '.join(names) or 'none'}")
        groups = [parquet.metadata.row_group(index) for index in range(parquet.num_row_groups)]
    found = []
    start = total = stored = 0
    for index, group in enumerate(groups):
        if index > start and total + group.total_byte_size > job.shard_bytes:
            found.append((start, index, stored))
            start, total, stored = index, 0, 0
        total += group.total_byte_size
        stored += sum(group.column(column).total_compressed_size for column in range(group.num_columns))
    return [*found, (start, len(groups), stored)]


def clean_row_groups(job: Job, task: Task, store: Store, tick: Callable[[int], None]) -> dict[str, Any]:
    """Clean the row groups of a task and commit them."""
    source = task.source
    part = Part(store, task, task.number, task.start)
    with (
        discard_on_error(part),
        open_binary(source.file.path) as file,
        pq.ParquetFile(file, pre_buffer=False) as parquet,
    ):
        sink = part.open(source.output(job, None if task.alone else task.number))
        empty = _clean(job, parquet.schema_arrow.empty_table(), part)
        target = pa.PythonFile(_Writable(sink), "w")
        writer = pq.ParquetWriter(target, empty.schema, compression=_compression(parquet))
        rows = sum(parquet.metadata.row_group(index).num_rows for index in range(task.start, task.stop))
        for group in range(task.start, task.stop):
            for table in _tables(parquet, group):
                cleaned = _clean(job, table, part)
                with writing():
                    # One chunk a column, so that pages do not depend on how the rows came.
                    writer.write_table(cleaned.combine_chunks(), row_group_size=max(1, len(cleaned)))
                tick(task.size * len(table) // max(1, rows))
        with writing():
            writer.close()
            target.close()
        return part.commit(stop=task.stop, last=True)


def _tables(parquet: pq.ParquetFile, group: int) -> Iterator[pa.Table]:
    """Yield a row group as tables of a number of rows that depends on nothing but the file."""
    about = parquet.metadata.row_group(group)
    size = max(1, min(about.num_rows, _GROUP_BYTES * about.num_rows // max(1, about.total_byte_size)))
    pending: list[pa.RecordBatch] = []
    count = 0
    for batch in parquet.iter_batches(size, row_groups=[group], use_threads=False):
        while count + len(batch) >= size:
            head = batch.slice(0, size - count)
            batch = batch.slice(len(head))
            yield pa.Table.from_batches([*pending, head])
            pending, count = [], 0
        if len(batch):
            pending.append(batch)
            count += len(batch)
    if pending:
        yield pa.Table.from_batches(pending)


def _clean(job: Job, table: pa.Table, part: Part) -> pa.Table:
    tally, first = part.tally, part.tally.records

    def observe(row: int, outcome: Result | Exception | None) -> None:
        while tally.records < first + row:
            tally.see(None)
        tally.see(outcome)

    try:
        cleaned = clean_table(
            table,
            job.column,
            job.pipeline,
            **job.columns,
            on_error=job.on_error,
            observe=observe,
            batch=job.batch,
        )
    except RowError as error:
        raise StoppedError(f"row {first + error.row + 1} of the part: {error.cause}") from error
    while tally.records < first + len(table):
        tally.see(None)
    return cleaned


def _compression(parquet: pq.ParquetFile) -> str:
    if not parquet.num_row_groups or not parquet.metadata.num_columns:
        return "snappy"
    name: str = parquet.metadata.row_group(0).column(0).compression.lower()
    return {"uncompressed": "none"}.get(name, name)


class _Writable:
    """A sink as Arrow wants files."""

    closed = False

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: Any) -> int:
        # A writer that was given up closes itself once more, when nothing is to be written any longer.
        return len(data) if self._sink.closed else self._sink.write(bytes(data))

    def tell(self) -> int:
        return self._sink.bytes

    def flush(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing: the part closes its sinks."""
