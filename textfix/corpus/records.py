"""Records of byte streams: where the text is in one, and what becomes of the record with the clean text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from textfix.corpus.job import Job
from textfix.corpus.parts import StoppedError, writing
from textfix.corpus.plan import Source
from textfix.corpus.tally import Tally
from textfix.document import markup_of
from textfix.io.decoding import Decoded, decode, encode
from textfix.io.jsonl import Line, edited, parsed
from textfix.result import Result
from textfix.rows import PlainError, clean_rows, described

__all__ = ["Form", "TextForm", "batches", "clean_records", "form_of"]

_BATCH_RECORDS = 10_000


class Read(NamedTuple):
    """A record that was read: its text (None: null, or nothing to clean), and what is needed to write it again."""

    text: str | None
    context: Any = None
    error: Exception | None = None
    counts: bool = True


class Added(Protocol):
    """What records are written to."""

    def add(self, data: bytes, /) -> None: ...


class Form(Protocol):
    """How records of one kind are read and written."""

    markup: str

    def read(self, record: bytes) -> Read: ...
    def written(self, record: bytes, read: Read, outcome: Result | Exception | None) -> bytes: ...


def form_of(source: Source, job: Job) -> Form:
    """Return how the records of a source are read and written."""
    return _JsonForm(job) if source.form == "jsonl" else TextForm(job, markup_of(source.file.name))


def batches(records: Iterable[tuple[int, bytes]], size: int) -> Iterator[list[tuple[int, bytes]]]:
    """Yield records with their offsets in lists of about so many bytes."""
    batch: list[tuple[int, bytes]] = []
    total = 0
    for record in records:
        if batch and (total + len(record[1]) > size or len(batch) == _BATCH_RECORDS):
            yield batch
            batch, total = [], 0
        batch.append(record)
        total += len(record[1])
    if batch:
        yield batch


def clean_records(
    job: Job,
    form: Form,
    batch: list[tuple[int, bytes]],
    tally: Tally,
    sinks: Sequence[Added],
    names: Sequence[str] = (),
) -> None:
    """Clean a batch of records and write each to its sink (or all to the only one)."""
    reads = [form.read(record) for _, record in batch]
    outcomes = clean_rows(job.pipeline, [read.text for read in reads], markup=form.markup)
    for index, ((offset, record), read, outcome) in enumerate(zip(batch, reads, outcomes)):
        outcome = read.error or outcome
        name = names[index] if names else ""
        if isinstance(outcome, Exception) and job.on_error == "raise":
            raise StoppedError(f"{name or 'record'} at byte {offset}: {described(outcome)}")
        if read.counts:
            tally.see(outcome, offset=None if names else offset, file=name)
        data = form.written(record, read, outcome)
        with writing():
            sinks[index if names else 0].add(data)


class _JsonForm:
    markup = "plain"

    def __init__(self, job: Job) -> None:
        self._job = job
        self._columns = job.columns

    def read(self, record: bytes) -> Read:
        if record.isspace():
            return Read(None, counts=False)
        try:
            line = parsed(record)
        except ValueError as error:
            return Read(None, None, PlainError(str(error)))
        column = self._job.column
        if column not in line.members:
            return Read(None, line, PlainError(f"no member {column!r}"))
        value = line.members[column].value
        if value is None or isinstance(value, str):
            return Read(value, line)
        return Read(None, line, PlainError(f"member {column!r} is no text"))

    def written(self, record: bytes, read: Read, outcome: Result | Exception | None) -> bytes:
        if not read.counts:
            return record
        line: Line | None = read.context
        target = self._job.into or self._job.column
        values: dict[str, Any] = {}
        if isinstance(outcome, Result):
            if outcome.changed or self._job.into:
                values[target] = outcome.text
        elif outcome is None:
            if self._job.into:
                values[target] = None
        elif self._job.on_error == "null":
            values[target] = None
        elif line is None:
            return record
        elif self._job.into:
            values[target] = read.text
        for kind, name in self._columns.items():
            if kind != "into":
                values[name] = self._beside(kind, outcome)
        if line is None:
            end = record[len(record.rstrip(b"\r\n")) :]
            return edited(parsed(b"{}"), values) + end
        return edited(line, values) if values else record

    def _beside(self, kind: str, outcome: Result | Exception | None) -> Any:
        if kind == "fingerprint":
            return self._job.pipeline.fingerprint
        if kind == "error":
            return described(outcome) if isinstance(outcome, Exception) else None
        return [item._asdict() for item in getattr(outcome, kind)] if isinstance(outcome, Result) else None


class TextForm:
    """Plain text: a whole file, or a record of one that was split."""

    def __init__(self, job: Job, markup: str) -> None:
        self.markup = markup
        self._job = job

    def read(self, record: bytes) -> Read:
        """Decode a record, without the separator behind it."""
        end = len(record) - self._separator(record)
        try:
            decoded = decode(record[:end], self._job.encoding)
        except ValueError as error:
            return Read(None, (None, end), error)
        return Read(decoded.text, (decoded, end))

    def written(self, record: bytes, read: Read, outcome: Result | Exception | None) -> bytes:
        """Return the clean text as UTF-8 with the line ends of the source, and the separator."""
        decoded: Decoded | None
        decoded, end = read.context
        if isinstance(outcome, Result) and decoded is not None:
            if not outcome.changed and decoded.encoding == "utf-8":
                return record
            return encode(outcome.text, decoded, encoding="utf-8") + record[end:]
        return record[end:] if self._job.on_error == "null" else record

    def _separator(self, record: bytes) -> int:
        if self._job.split is None:
            return 0
        if self._job.split == "form-feed":
            return record.endswith(b"\f")
        return len(record) - len(record.rstrip(b" \t\r\n\f\v"))
