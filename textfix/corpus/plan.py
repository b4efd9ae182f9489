"""Cutting a corpus into tasks: a function of the files and of the job, never of who works on them."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, Literal

from textfix.corpus.job import FORMS, Job, JobError
from textfix.io.records import Splitter, boundaries, splitter
from textfix.io.storage import File, MissingError, find, open_binary, readable
from textfix.io.streams import COMPRESSIONS, compression_of

__all__ = ["Kind", "Plan", "Source", "Task", "planned", "split_of"]

# Whole files are put together into one task up to so many.
_GROUP_FILES = 1000

Kind = Literal["files", "range", "stream", "rows"]


@dataclass(frozen=True)
class Source:
    """An input file and what it is."""

    file: File
    form: str
    compression: str | None

    def output(self, job: Job, part: int | None = None) -> str:
        """Return the name of the output: the file's own, with a number where it has several parts."""
        suffixes = COMPRESSIONS[self.compression] if self.compression else ()
        name = self.file.name
        if name.lower().endswith(suffixes or "\0"):
            name = name[: name.rindex(".")]
        written = self.compression if job.compression == "same" else job.compression
        if self.form == "parquet" or written == "none":
            written = None
        path = PurePosixPath(name)
        number = "" if part is None else f"-{part:05d}"
        return str(path.with_name(path.stem + number + path.suffix)) + (COMPRESSIONS[written][0] if written else "")

    def written_compression(self, job: Job) -> str | None:
        """Return the compression of what is written."""
        return self.compression if job.compression == "same" else None if job.compression == "none" else job.compression


@dataclass(frozen=True)
class Task:
    """What one worker does at a time.

    files   whole text files, each a record, each with an output of its own
    range   the bytes `start:stop` of a file, one part
    stream  a compressed file from beginning to end: parts one after the other
    rows    the row groups `start:stop` of a Parquet file, one part

    `size` is about how many bytes of input there are to read, for telling progress.
    """

    kind: Kind
    sources: tuple[Source, ...]
    number: int = 0
    start: int = 0
    stop: int = 0
    alone: bool = True
    size: int = 0

    @property
    def source(self) -> Source:
        """The file, where there is but one."""
        return self.sources[0]

    @property
    def name(self) -> str:
        """What to call it in messages."""
        if self.kind == "files":
            more = len(self.sources) - 1
            return self.source.file.name + (f" and {more} more" if more else "")
        return self.source.file.name + ("" if self.alone else f", part {self.number}")

    @property
    def key(self) -> str:
        """What its state is called, without the number of the part."""
        names = "\0".join(source.file.name for source in self.sources)
        # A file's name need not be UTF-8.
        return hashlib.sha256(f"{self.kind}\0{names}".encode(errors="surrogatepass")).hexdigest()[:16]

    def identity(self) -> dict[str, Any]:
        """Return what its input is, as JSON can say it: the fingerprint of the input."""
        found = asdict(self)
        found["sources"] = [
            [s.file.path, s.file.name, s.file.size, s.file.stamp, s.form, s.compression] for s in self.sources
        ]
        return found


@dataclass(frozen=True)
class Plan:
    """The tasks, in order, and the files that could not be planned, with the reason."""

    tasks: tuple[Task, ...]
    broken: tuple[tuple[str, str], ...]

    def misses(self, path: str, name: str) -> bool:
        """Say whether a file could not be planned, or lies in a directory that could not be read."""
        return any(fault in (path, name) or path.startswith(fault + os.sep) for fault, _ in self.broken)


def planned(inputs: Iterable[str], job: Job, *, skip: str | None = None) -> Plan:
    """Return the tasks for all files that the inputs name; raises JobError where the job does not fit them."""
    broken: list[tuple[str, str]] = []
    sources = list(_sources(inputs, job, skip, broken))
    _check(sources, job)
    tasks: list[Task] = []
    whole = [source for source in sources if source.form == "text" and job.split is None]
    tasks += _groups(whole, job)
    for source in sources:
        if source.form == "text" and job.split is None:
            continue
        try:
            tasks += _rows(source, job) if source.form == "parquet" else _stretches(source, job)
        except JobError:
            raise
        except Exception as error:
            broken.append((source.file.name, str(error)))
    return Plan(tuple(tasks), tuple(broken))


def _sources(inputs: Iterable[str], job: Job, skip: str | None, broken: list[tuple[str, str]]) -> Iterator[Source]:
    def unreadable(error: OSError) -> None:
        broken.append((str(error.filename), error.strerror or str(error)))

    seen: set[str] = set()
    for path in inputs:
        count = 0
        for file in find(path, skip=skip, onerror=unreadable):
            compression = compression_of(file.name)
            bare = file.name[: file.name.rindex(".")] if compression else file.name
            suffix = PurePosixPath(bare).suffix.lower()
            form = job.form or next((form for form, suffixes in FORMS.items() if suffix in suffixes), None)
            if form is None and file.path == path:
                raise JobError(f"cannot tell by its name what {path} is; say it with --format")
            if form is None or file.path in seen:
                continue
            seen.add(file.path)
            if not readable(file.path):
                # It would take along the files that it is put together with into one task.
                unreadable(PermissionError(errno.EACCES, os.strerror(errno.EACCES), file.path))
                continue
            count += 1
            yield Source(file, form, None if form == "parquet" else compression)
        if not count:
            raise JobError(f"nothing to clean in {path}" + (": {}: {}".format(*broken[-1]) if broken else ""))


def _check(sources: Sequence[Source], job: Job) -> None:
    forms = {source.form for source in sources}
    if "text" in forms and job.columns:
        raise JobError(f"text files have no columns, so {', '.join(job.columns.values())} cannot be written")
    if job.split is not None and forms != {"text"}:
        raise JobError("split is for text files")
    taken: dict[str, Source] = {}
    for source in sources:
        name = source.output(job)
        if PurePosixPath(name).parts[:1] == (".textfix",) or ".." in PurePosixPath(name).parts:
            raise JobError(f"{source.file.path} would be written to {name}, where it must not")
        if name in taken:
            raise JobError(f"{taken[name].file.path} and {source.file.path} would both be written to {name}")
        taken[name] = source
    for name, source in taken.items():
        part = re.sub(r"-\d{5,}(?=\.|$)", "", name)
        if part != name and part in taken:
            raise JobError(f"{source.file.path} is called like a part of {taken[part].file.path}; rename one of them")


def _groups(sources: Sequence[Source], job: Job) -> Iterator[Task]:
    group: list[Source] = []
    total = 0
    for source in sources:
        if group and (total + source.file.size > job.shard_bytes or len(group) == _GROUP_FILES):
            yield Task("files", tuple(group), size=total)
            group, total = [], 0
        group.append(source)
        total += source.file.size
    if group:
        yield Task("files", tuple(group), size=total)


def _stretches(source: Source, job: Job) -> Iterator[Task]:
    if source.compression is not None:
        yield Task("stream", (source,), size=source.file.size)
        return
    with open_binary(source.file.path) as file:
        cuts = boundaries(file, source.file.size, job.shard_bytes, split_of(source, job))
    if len(cuts) == 1:
        cuts.append(0)
    for number, (start, stop) in enumerate(pairwise(cuts)):
        yield Task("range", (source,), number, start, stop, len(cuts) == 2, stop - start)


def split_of(source: Source, job: Job) -> Splitter:
    """Return what cuts a source into records."""
    return splitter("line" if source.form == "jsonl" or job.split is None else job.split)


def _rows(source: Source, job: Job) -> Iterator[Task]:
    try:
        from textfix.corpus.parquet import ranges
    except ImportError:
        raise MissingError("Parquet needs pyarrow: pip install 'textfix[arrow]'") from None
    found = ranges(source.file.path, job)
    for number, (start, stop, size) in enumerate(found):
        yield Task("rows", (source,), number, start, stop, len(found) == 1, size)
