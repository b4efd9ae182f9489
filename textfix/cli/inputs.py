"""What a command works on: files, the text files of directories, standard input; and what went wrong with one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import click

from textfix.cli.settings import Input, Settings
from textfix.config import ConfigError
from textfix.io import DecodeError, EncodeError, decode
from textfix.io.files import Source, read, walk
from textfix.markup.ignores import ProtectError
from textfix.pipeline import Pipeline
from textfix.report.width import visible
from textfix.result import Result
from textfix.rows import BATCH_CHARACTERS, clean_rows, described

__all__ = ["STDIN", "Errors", "Input", "analysed", "analysed_together", "expanded", "load", "problem"]

STDIN = "-"


class Errors:
    """Counts errors and says them on standard error, one line each."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, name: str, message: str) -> None:
        self.count += 1
        click.echo(f"{visible(name)}: error: {visible(message)}", err=True)

    def refusals(self, name: str, messages: Sequence[str]) -> None:
        """Report edits that a contract refused: bugs of ours, which never reached the text."""
        for message in messages:
            self.add(name, message)


def expanded(
    paths: Sequence[str], errors: Errors, settings: Settings, *, skip: Collection[Path] = ()
) -> Iterator[Input]:
    """Yield what the paths name, in their order, each file once; directories give their text files."""
    stdin_filename = settings.stdin_filename
    seen: set[Path] = set()
    for argument in paths:
        if argument == STDIN:
            name = stdin_filename or "<stdin>"
            yield Input(name, None, Path(Path(stdin_filename).name if stdin_filename else "stdin.txt"))
            continue
        path = Path(argument)
        if not os.path.isdir(path):  # or it may not be looked at, which is told when it is read
            if path not in seen and not settings.leaves_out(path):
                seen.add(path)
                yield Input(argument, path, Path(path.name))
            continue
        found = False
        for file in walk(
            path,
            skip=skip,
            excluded=_Excluded(settings, errors),
            onerror=lambda error: errors.add(str(error.filename), problem(error)),
        ):
            found = True
            if file not in seen:
                seen.add(file)
                yield Input(str(file), file, file.relative_to(path))
        if not found and not errors.count:
            click.echo(f"{visible(argument)}: no text files in this directory", err=True)


class _Excluded:
    """Says what is to be left out of directories; what has a wrong configuration is, and that is told once."""

    def __init__(self, settings: Settings, errors: Errors) -> None:
        self._settings = settings
        self._errors = errors
        self._told: set[str] = set()

    def __call__(self, path: Path, directory: bool) -> bool:
        try:
            return self._settings.excluded(path, directory)
        except ConfigError as error:
            if str(error) not in self._told:
                self._told.add(str(error))
                self._errors.add(str(path.parent), str(error))
            return True


def load(item: Input, encoding: str | None) -> Source:
    """Read one input; raises OSError or DecodeError."""
    if item.path is not None:
        return read(item.path, encoding)
    data = sys.stdin.buffer.read()
    return Source(data, decode(data, encoding))


def analysed(item: Input, settings: Settings) -> tuple[Source, Result]:
    """Read one input and run the pipeline over it."""
    own = settings.of(item)
    source = load(item, own.encoding)
    _tell_warnings()
    return source, settings.pipeline(own).explain(source.text, markup=own.markup_of(item.name))


def analysed_together(items: Iterable[Input], settings: Settings) -> Iterator[tuple[Source, Result] | Exception]:
    """Do the same for many inputs, small ones side by side; what goes wrong with one is yielded in its place."""
    group: list[Source | Exception] = []
    how: tuple[Pipeline, str] | None = None
    size = 0
    for item in items:
        try:
            own = settings.of(item)
            source = load(item, own.encoding)
            wanted = settings.pipeline(own), own.markup_of(item.name)
        except Exception as error:
            group.append(error)
            continue
        if how is not None and (wanted != how or size + len(source.text) > BATCH_CHARACTERS):
            yield from _cleaned(group, *how)
            group, size = [], 0
        how = wanted
        group.append(source)
        size += len(source.text)
    yield from _cleaned(group, *how) if how is not None else group  # type: ignore[misc]  # then all are exceptions


def _cleaned(
    group: Sequence[Source | Exception], pipeline: Pipeline, markup: str
) -> Iterator[tuple[Source, Result] | Exception]:
    _tell_warnings()
    texts = [None if isinstance(source, Exception) else source.text for source in group]
    for source, result in zip(group, clean_rows(pipeline, texts, markup=markup)):
        if isinstance(source, Exception):
            yield source
        elif isinstance(result, Result):
            yield source, result
        else:
            assert result is not None
            yield result


def problem(error: BaseException) -> str:
    """Say what went wrong with one file, in words for its owner."""
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else str(error)
    if isinstance(error, (DecodeError, EncodeError, ConfigError, ProtectError, ModuleNotFoundError)):
        return str(error)
    if isinstance(error, MemoryError):
        return "not enough memory for a text of this size"
    return f"internal error: {described(error)}; the file was left as it is, please report this"


class _Warnings(logging.Handler):
    """Shows warnings of the engine; its errors are refusals, which commands tell with the file's name."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR:
            click.echo(f"textfix: warning: {visible(record.getMessage())}", err=True)


def _tell_warnings() -> None:
    log = logging.getLogger("textfix")
    if not log.handlers:
        log.addHandler(_Warnings())
