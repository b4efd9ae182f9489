"""Cleaning many files, one after the other or in processes, with one outcome for each, in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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

__all__ = ["Outcome", "Task", "perform"]


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
    pool = _pool(min(jobs, len(tasks)))
    try:
        futures = [pool.submit(_clean_in_worker, task) for task in tasks]
        for task, future in zip(tasks, futures):
            yield _outcome(task, future)
        pool.shutdown()
    except BaseException:
        # Interrupted, or nobody wants the rest: workers unwind on SIGTERM and leave no file half-written.
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise


def _outcome(task: Task, future: Future[Outcome]) -> Outcome:
    """Wait for a future; where a worker died and took the pool along, do the task again with a worker of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    try:
        with _pool(1) as pool:
            return pool.submit(_clean_in_worker, task).result()
    except BrokenProcessPool:
        return Outcome(task.item.name, error="the process that worked on it died (out of memory?); nothing was written")


def _pool(workers: int) -> ProcessPoolExecutor:
    # Forked workers start at once and share what is loaded; elsewhere than on Linux forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare_worker)


def _prepare_worker() -> None:
    """Leave interrupts to the parent, which then ends the workers by SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def _clean_in_worker(task: Task) -> Outcome:
    try:
        return _clean(task)
    except SystemExit as ended:
        # The pool would hand the exception to the parent, which has gone on, and give this worker the next task.
        os._exit(ended.code if isinstance(ended.code, int) else 1)


def _clean_together(tasks: Sequence[Task]) -> Iterator[Outcome]:
    for settings, group in groupby(tasks, attrgetter("settings")):
        own = list(group)
        for task, analysis in zip(own, analysed_together((task.item for task in own), settings)):
            if isinstance(analysis, Exception):
                yield Outcome(task.item.name, error=problem(analysis))
            else:
                yield _finished(task, *analysis)


def _clean(task: Task) -> Outcome:
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
        data = encode(text, source.decoded, encoding="utf-8") if task.form == "text" else text.encode()
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
