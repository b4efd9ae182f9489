"""Cleaning many files, one after the other or in processes, with one outcome for each, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from textfix.cli.inputs import Input, analysed, analysed_together, problem
from textfix.cli.settings import Settings
from textfix.io import encode
from textfix.io.files import Source, rewritten, write
from textfix.io.writers import render
from textfix.result import Result

__all__ = ["Outcome", "Task", "clean", "perform"]


@dataclass(frozen=True)
class Task:
    """One text to clean: in place, into `target`, or (neither) into the outcome."""

    item: Input
    settings: Settings
    form: str = "text"
    separator: str | None = None
    target: Path | None = None
    in_place: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a task: the bytes, if they go nowhere else; whether something was repaired; what went wrong."""

    name: str
    data: bytes = b""
    repaired: bool = False
    error: str | None = None
    refusals: tuple[str, ...] = ()


def perform(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each task, in their order; never raises for what is wrong with one of them."""
    if jobs <= 1 or len(tasks) <= 1:
        yield from _clean_together(tasks)
        return
    from textfix.cli.pool import perform as perform_in_processes

    yield from perform_in_processes(tasks, jobs)


def _clean_together(tasks: Sequence[Task]) -> Iterator[Outcome]:
    for settings, group in groupby(tasks, attrgetter("settings")):
        own = list(group)
        for task, analysis in zip(own, analysed_together((task.item for task in own), settings)):
            if isinstance(analysis, Exception):
                yield Outcome(task.item.name, error=problem(analysis))
            else:
                yield _finished(task, *analysis)


def clean(task: Task) -> Outcome:
    """Do one task; never raises for what is wrong with it."""
    try:
        analysis = analysed(task.item, task.settings)
    except Exception as error:
        return Outcome(task.item.name, error=problem(error))
    return _finished(task, *analysis)


def _finished(task: Task, source: Source, result: Result) -> Outcome:
    outcome = Outcome(task.item.name)
    try:
        outcome = replace(outcome, refusals=tuple(map(str, result.refusals)))
        if task.in_place:
            assert task.item.path is not None
            if result.changed:
                _write(task.item.path, rewritten(source, result.edits))
            return replace(outcome, repaired=result.changed)
        markup = task.settings.of(task.item).markup_of(task.item.name)
        text = render(result, task.form, source=task.item.name, separator=task.separator, markup=markup)
        if task.form == "text":
            data = encode(text, source.decoded, encoding="utf-8")
        else:
            # A file's name need not be UTF-8; JSON says such a byte as Python does, as half of a surrogate pair.
            data = text.encode(errors="backslashreplace")
        if task.target is None:
            return replace(outcome, data=data, repaired=result.changed)
        _write(task.target, data)
        return replace(outcome, repaired=result.changed)
    except _WriteError as error:
        return replace(outcome, error=str(error))
    except Exception as error:
        return replace(outcome, error=problem(error))


class _WriteError(Exception):
    """What went wrong with a file that was to be written, which may not be the one that was read."""


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
    except OSError as error:
        raise _WriteError(f"cannot write {path}: {problem(error)}") from error
