"""Processes of this machine. One that dies is replaced, and what it was working on is tried once more."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from textfix.corpus.job import Job
from textfix.corpus.plan import Task
from textfix.corpus.process import Work, process
from textfix.io.storage import Store

__all__ = ["perform"]

# How often a worker tells how far it is, at most, in seconds.
_TELL = 0.2


def perform(job: Job, store: Store, works: Sequence[Work], jobs: int, listener: Any) -> dict[Task, str]:
    """Do the work in `jobs` processes, or in this one; return what went wrong, by task."""
    if jobs <= 1 or len(works) <= 1:
        return _here(job, store, works, listener)
    crew = _Crew(job, store, works, min(jobs, len(works)), listener)
    try:
        return crew.work()
    finally:
        crew.dismiss()


def _here(job: Job, store: Store, works: Sequence[Work], listener: Any) -> dict[Task, str]:
    errors = {}
    for work in works:
        ended = process(job, store, work, listener.read)
        if ended.error is not None:
            errors[work.task] = ended.error
            if ended.fatal:
                listener.message(ended.error)
                break
    return errors


@dataclass
class _Worker:
    process: SpawnProcess
    connection: Connection
    work: Work | None = None


class _Crew:
    """Workers, each with a pipe of its own, so that one's death says nothing about the others and which task it had."""

    def __init__(self, job: Job, store: Store, works: Sequence[Work], count: int, listener: Any) -> None:
        # Nothing is inherited but what is handed over: no locks of threads, no open files.
        self._context = multiprocessing.get_context("spawn")
        self._job, self._store, self._listener = job, store, listener
        self._waiting = deque(works)
        self._tried: set[Task] = set()
        self._errors: dict[Task, str] = {}
        self._workers: list[_Worker] = []
        self._stopping = False
        for _ in range(count):
            self._hire()

    def work(self) -> dict[Task, str]:
        while True:
            for worker in self._workers:
                if worker.work is None and self._waiting and not self._stopping:
                    self._assign(worker)
            busy = [worker for worker in self._workers if worker.work is not None]
            if not busy:
                return self._errors
            for ready in wait([worker.connection for worker in busy]):
                self._hear(next(worker for worker in busy if worker.connection is ready))

    def dismiss(self) -> None:
        """End the workers: those at rest by closing their pipes, those at work by a signal."""
        for worker in self._workers:
            worker.connection.close()
            if worker.work is not None:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def _hire(self) -> None:
        ours, theirs = self._context.Pipe()
        arguments = (theirs, self._job, self._store)
        member = self._context.Process(target=_serve, args=arguments, daemon=True, name="textfix-worker")
        member.start()
        theirs.close()
        self._workers.append(_Worker(member, ours))

    def _assign(self, worker: _Worker) -> None:
        work = self._waiting.popleft()
        worker.work = work
        try:
            worker.connection.send(work)
        except OSError:
            self._bury(worker)

    def _hear(self, worker: _Worker) -> None:
        assert worker.work is not None
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if isinstance(message, int):
            self._listener.read(message)
            return
        task, worker.work = worker.work.task, None
        if message.error is not None:
            self._errors[task] = message.error
            if message.fatal and not self._stopping:
                self._stopping = True
                self._listener.message(message.error)

    def _bury(self, worker: _Worker) -> None:
        """Replace a worker that died; its task is tried once more, for it may have died of something else."""
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        assert worker.work is not None
        task = worker.work.task
        cause = _cause(worker.process.exitcode)
        if task in self._tried:
            self._errors[task] = f"the process that worked on it died twice ({cause})"
            self._listener.message(f"{task.name}: {self._errors[task]}; given up")
        else:
            self._tried.add(task)
            self._waiting.appendleft(_resumed(self._store, worker.work))
            self._listener.message(f"{task.name}: the process that worked on it died ({cause}); trying once more")
        if self._waiting and not self._stopping:
            self._hire()


def _resumed(store: Store, work: Work) -> Work:
    """Go on with a stream behind the parts that are in place."""
    from textfix.corpus.report import parts_of

    parts = list(parts_of(store, work.task))
    return Work(work.task, parts[-1]["number"] + 1, parts[-1]["stop"]) if parts and not parts[-1]["last"] else work


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        return f"{name}: out of memory?" if name == "SIGKILL" else name
    return f"exit status {code}"


def _serve(connection: Connection, job: Job, store: Store) -> None:
    """Work for a parent: tasks in, bytes read and outcomes out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are the parent's, who ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _follow_parent()
    pending, told = 0, time.monotonic()

    def tick(count: int) -> None:
        nonlocal pending, told
        pending += count
        if time.monotonic() - told > _TELL:
            connection.send(pending)
            pending, told = 0, time.monotonic()

    while True:
        try:
            work = connection.recv()
        except (EOFError, OSError):
            return
        ended = process(job, store, work, tick)
        try:
            connection.send(pending)
            connection.send(ended)
        except OSError:
            return
        pending = 0


def _follow_parent() -> None:
    """End with the parent, also when it is killed: nobody else should write into its output after it."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    sys.stdin = open(os.devnull)  # noqa: SIM115  # for the life of the process
