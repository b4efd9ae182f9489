"""Doing one task: the same function in every engine, so that the outcome is the same to the byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from textfix.corpus.job import Job
from textfix.corpus.parts import Part, StoppedError, discard_on_error
from textfix.corpus.plan import Source, Task, split_of
from textfix.corpus.records import TextForm, batches, clean_records, form_of
from textfix.document import markup_of
from textfix.io.storage import Store, open_binary
from textfix.io.streams import TruncatedError, chunks, decompressed
from textfix.rows import described

__all__ = ["Ended", "Work", "process"]

Tick = Callable[[int], None]

# So many output files are open at a time, at most; systems allow a process a few hundred.
_OPEN_FILES = 100


class Work(NamedTuple):
    """A task, and of a stream the part to go on with and where it begins."""

    task: Task
    number: int = 0
    start: int = 0


class Ended(NamedTuple):
    """How the work on a task ended: well, with an error, or with one that ends the run (`fatal`)."""

    error: str | None = None
    fatal: bool = False


def process(job: Job, store: Store, work: Work, tick: Tick = lambda count: None) -> Ended:
    """Do a task and commit its parts; `tick` is told how many bytes of input were read since the last time.

    Never raises for what is wrong with the input or the output.
    """
    task = work.task
    try:
        if task.kind == "files":
            _files(job, task, store, tick)
        elif task.kind == "range":
            _range(job, task, store, tick)
        elif task.kind == "stream":
            _stream(job, work, store, tick)
        else:
            from textfix.corpus.parquet import clean_row_groups

            clean_row_groups(job, task, store, tick)
    except StoppedError as error:
        return Ended(str(error), True)
    except MemoryError:
        return Ended("not enough memory")
    except Exception as error:
        return Ended(described(error))
    return Ended()


def _files(job: Job, task: Task, store: Store, tick: Tick) -> None:
    part = Part(store, task, 0)
    with discard_on_error(part):
        for group in _alike(task.sources, job.batch):
            batch, sinks, names = [], [], []
            for source in group:
                data, problem = _whole(source)
                if problem is not None:
                    part.tally.fail(problem, file=source.file.name)
                batch.append((0, data))
                names.append(source.file.name)
                sinks.append(part.open(source.output(job), source.written_compression(job)))
            clean_records(job, TextForm(job, markup_of(names[0])), batch, part.tally, sinks, names)
            part.close()
            tick(sum(source.file.size for source in group))
        part.commit()


def _alike(sources: Iterable[Source], size: int) -> Iterator[list[Source]]:
    """Yield files in a row that are written alike, of about so many bytes together."""
    group: list[Source] = []
    total = 0
    for source in sources:
        other = group and markup_of(group[0].file.name) != markup_of(source.file.name)
        if group and (other or total + source.file.size > size or len(group) == _OPEN_FILES):
            yield group
            group, total = [], 0
        group.append(source)
        total += source.file.size
    if group:
        yield group


def _whole(source: Source) -> tuple[bytes, TruncatedError | None]:
    with open_binary(source.file.path) as file:
        stream = _Saved(decompressed(file, source.compression))
        return b"".join(stream), stream.problem


def _range(job: Job, task: Task, store: Store, tick: Tick) -> None:
    source = task.source
    part = Part(store, task, task.number, task.start)
    with discard_on_error(part), open_binary(source.file.path) as file:
        sink = part.open(source.output(job, None if task.alone else task.number), source.written_compression(job))
        form = form_of(source, job)
        records = split_of(source, job)(chunks(file, task.start, task.stop), task.start)
        for batch in batches(records, job.batch):
            clean_records(job, form, batch, part.tally, [sink])
            tick(sum(len(record) for _, record in batch))
        part.commit(stop=task.stop)


def _stream(job: Job, work: Work, store: Store, tick: Tick) -> None:
    """Clean a compressed stream, part after part; one that is in place already is decompressed and skipped."""
    task = work.task
    source = task.source
    form = form_of(source, job)
    with open_binary(source.file.path) as file:
        stream = _Saved(decompressed(file, source.compression))
        records = _Peekable(split_of(source, job)(_from(stream, work.start), work.start))
        position = _Position(file, tick)
        number, start = work.number, work.start
        while True:
            part = Part(store, task, number, start)
            with discard_on_error(part):
                sink = part.open(source.output(job, number), source.written_compression(job))
                stop = start
                limit = (start // job.shard_bytes + 1) * job.shard_bytes
                for batch in batches(records.before(limit), job.batch):
                    clean_records(job, form, batch, part.tally, [sink])
                    stop = batch[-1][0] + len(batch[-1][1])
                    position.tell()
                last = not records.more()
                if last and number == 0:
                    part.rename(source.output(job))
                if last and stream.problem is not None:
                    part.tally.fail(stream.problem, offset=stream.problem.offset)
                part.commit(stop=stop, last=last)
            if last:
                position.tell()
                return
            number, start = number + 1, stop


class _Saved:
    """The chunks of a stream up to its damage, if there is any, which is kept to be told."""

    def __init__(self, data: Iterator[bytes]) -> None:
        self._data = data
        self.problem: TruncatedError | None = None

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._data
        except TruncatedError as error:
            self.problem = error


def _from(data: Iterable[bytes], start: int) -> Iterator[bytes]:
    """Yield what comes behind the first `start` bytes."""
    for chunk in data:
        if start >= len(chunk):
            start -= len(chunk)
        else:
            yield chunk[start:] if start else chunk
            start = 0


class _Peekable:
    """Records that can be taken up to a limit; the first beyond it waits."""

    def __init__(self, records: Iterator[tuple[int, bytes]]) -> None:
        self._records = records
        self._next = next(records, None)

    def more(self) -> bool:
        return self._next is not None

    def before(self, limit: int) -> Iterator[tuple[int, bytes]]:
        while self._next is not None and self._next[0] < limit:
            yield self._next
            self._next = next(self._records, None)


@dataclass
class _Position:
    """Tells how far a compressed file has been read."""

    file: BinaryIO
    tick: Tick
    told: int = 0

    def tell(self) -> None:
        now = self.file.tell()
        self.tick(now - self.told)
        self.told = now
