"""A stream in, a stream out: for pipes, where nothing is committed and nothing can be resumed."""

from __future__ import annotations

from typing import BinaryIO

from textfix.corpus.job import Job, JobError
from textfix.corpus.parts import StoppedError
from textfix.corpus.plan import Source, split_of
from textfix.corpus.records import batches, clean_records, form_of
from textfix.corpus.tally import Tally
from textfix.io.storage import File
from textfix.io.streams import chunks

__all__ = ["clean_stream"]


def clean_stream(job: Job, source: BinaryIO, target: BinaryIO) -> Tally:
    """Clean the records of a stream of JSON Lines, or of text that is split; memory holds a batch, not the stream."""
    kind = job.form or ("text" if job.split else None)
    if kind is None:
        raise JobError("say with --format what standard input is: jsonl, or text with --split")
    if kind == "parquet" or (kind == "text" and job.split is None):
        raise JobError(
            f"{kind} is not read as a stream of records{'; say how to --split it' if kind == 'text' else ''}"
        )
    if kind == "text" and job.columns:
        raise JobError(f"text has no columns, so {', '.join(job.columns.values())} cannot be written")
    stream = Source(File("-", "<stdin>", 0, ""), kind, None)
    tally = Tally()
    records = split_of(stream, job)(chunks(source), 0)
    try:
        for batch in batches(records, job.batch):
            clean_records(job, form_of(stream, job), batch, tally, [_Target(target)])
    except StoppedError as error:
        raise JobError(str(error)) from error
    target.flush()
    return tally


class _Target:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, data: bytes, /) -> None:
        self._file.write(data)
