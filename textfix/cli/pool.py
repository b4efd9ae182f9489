"""Cleaning files in processes; a module of its own, because what it takes costs more than to clean a small file."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import FrameType

from textfix.cli.work import Outcome, Task, clean

__all__ = ["perform"]

#: Seconds to wait for workers that were told to end.
_PATIENCE = 5


def perform(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each task, in their order, from so many processes at most."""
    pool = _pool(min(jobs, len(tasks)))
    try:
        # Standard input is read here: that of a worker is empty.
        futures = [pool.submit(_clean_in_worker, task) if task.item.path is not None else None for task in tasks]
        for task, future in zip(tasks, futures):
            yield clean(task) if future is None else _outcome(task, future)
        pool.shutdown()
    except BaseException:
        # Interrupted, or nobody wants the rest: workers unwind on SIGTERM and leave no file half-written.
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        _wait_for_manager()
        raise


def _wait_for_manager() -> None:
    """Wait until the thread that manages a pool has ended: before Python 3.12 exiting may wake it while it closes."""
    for thread in threading.enumerate():
        if thread not in (threading.main_thread(), threading.current_thread()):
            thread.join(_PATIENCE)


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
    signal.signal(signal.SIGTERM, _unwind)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _unwind(number: int, frame: FrameType | None) -> None:
    """End as an exception does; a second signal, by the end of the parent, must not cut the clearing up short."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _end_with_parent() -> None:
    """Unwind when the parent is killed: its pipes stay open in the other workers, so that they tell nothing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _clean_in_worker(task: Task) -> Outcome:
    try:
        return clean(task)
    except SystemExit as ended:
        # The pool would hand the exception to the parent, which has gone on, and give this worker the next task.
        os._exit(ended.code if isinstance(ended.code, int) else 1)
