"""A run: plan, leave out what is in place, let an engine do the rest, report."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from typing import Protocol

from textfix.corpus.job import Job, JobError
from textfix.corpus.parts import SHARDS, state_name
from textfix.corpus.plan import Plan, Task, planned
from textfix.corpus.process import Work
from textfix.corpus.report import REPORT, Report, collected, parts_of
from textfix.engines import engine_named
from textfix.io.storage import MissingError, Store, store

__all__ = ["Interrupted", "Listener", "run"]

_JOB = ".textfix/job.json"
_LOCK = ".textfix/lock"


class Listener(Protocol):
    """Is told how a run goes on."""

    def begin(self, total: int, done: int) -> None:
        """There are so many bytes of input, and so many were in place before."""

    def read(self, count: int) -> None:
        """So many more bytes were read."""

    def message(self, text: str) -> None:
        """Something happened that the user should know."""


class Silent:
    """A listener that keeps what it hears to itself."""

    def begin(self, total: int, done: int) -> None:
        """Do nothing."""

    def read(self, count: int) -> None:
        """Do nothing."""

    def message(self, text: str) -> None:
        """Do nothing."""


class Interrupted(KeyboardInterrupt):
    """A run that was interrupted; what was committed is in place, and `resume` goes on from there."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"interrupted: {done:,} of {total:,} shards are in place")


def run(
    inputs: Sequence[str] | str,
    output: str,
    job: Job,
    *,
    engine: str = "local",
    jobs: int = 1,
    resume: bool = False,
    listener: Listener | None = None,
) -> Report:
    """Clean a corpus: files, directories, patterns or URLs `inputs` into the directory or URL `output`.

    What is written does not depend on the engine, on `jobs`, or on how often the run was interrupted. Raises JobError
    where the job cannot be done at all; what goes wrong with records and shards is in the report.
    """
    inputs = [inputs] if isinstance(inputs, str) else list(inputs)
    listener = listener or Silent()
    perform = engine_named(engine)
    try:
        plan = planned(inputs, job, skip=output)
        target = store(output)
    except (MissingError, OSError) as error:
        raise JobError(str(error)) from None
    with _locked(target):
        _settle(job, plan, target, resume)
        with _telling():
            todo, done = _todo(plan, target)
        listener.begin(sum(task.size for task in plan.tasks), done)
        began = time.perf_counter()
        errors: dict[Task, str] = {}
        try:
            errors = perform(job, target, todo, jobs, listener)
        except KeyboardInterrupt:
            in_place = len(plan.tasks) - len(_todo(plan, target, clear=False)[0])
            raise Interrupted(in_place, len(plan.tasks)) from None
        finally:
            target.sweep()
        timing = {"seconds": round(time.perf_counter() - began, 3), "bytes": sum(work.task.size for work in todo)}
        report, _ = collected(job, target, plan, errors, timing)
        try:
            target.write(REPORT, report.to_json().encode(errors="backslashreplace"))
        except OSError as error:
            listener.message(f"the report cannot be written: {error}")
        return report


def _settle(job: Job, plan: Plan, target: Store, resume: bool) -> None:
    """Make sure that the output is new, or of the very same job."""
    identity = json.loads(json.dumps(job.identity()))
    try:
        before = json.loads(target.read(_JOB))
    except FileNotFoundError:
        _vacant(job, plan, target)
        with _telling():
            target.write(_JOB, json.dumps(identity, ensure_ascii=False, indent=1).encode())
        return
    except ValueError:
        raise JobError(f"{target.root}: {_JOB} cannot be read; choose another directory") from None
    if not resume:
        raise JobError(f"{target.root} holds a run already; go on with --resume, or choose another directory")
    for name, value in identity.items():
        if before.get(name) != value:
            raise JobError(
                f"{target.root} was begun with another {name} ({before.get(name)!r}, not {value!r}); use the same, or "
                "choose another directory"
            )
    with _telling():
        _continuous(job, plan, target)
    target.sweep()


def _vacant(job: Job, plan: Plan, target: Store) -> None:
    """Make sure that a new run puts nothing in the place of a file that is there: it could be the input itself."""
    there = target.sizes()
    for task in plan.tasks:
        for source in task.sources:
            for name in (source.output(job), source.output(job, 0)):
                if name in there:
                    raise _occupied(target, name)


def _continuous(job: Job, plan: Plan, target: Store) -> None:
    """Make sure that a run that goes on takes away nothing that it could not make again, and that no run made."""
    stored = target.sizes(SHARDS)
    planned = {task.key for task in plan.tasks}
    made = [one for name in stored if _key(name) not in planned for one in _made(target, name)]
    named = {source.file.name for task in plan.tasks for source in task.sources}
    for path, name, output in made:
        if name not in named and not plan.misses(path, name) and target.size(output) is not None:
            raise JobError(
                f"{target.root} holds {output}, but {path}, which it was made of, is not among the inputs any more; "
                f"name that too, choose another directory, or remove {output}"
            )
    there = target.sizes().keys() - {output for _, _, output in made}
    for task in plan.tasks:
        if state_name(task, task.number) not in stored:
            for source in task.sources:
                for name in (source.output(job), source.output(job, None if task.alone else task.number)):
                    if name in there:
                        raise _occupied(target, name)


def _occupied(target: Store, name: str) -> JobError:
    return JobError(f"{target.root} holds {name} already, and no run made it; choose another directory")


def _key(state: str) -> str:
    """Return the key of the task that a state is of, by the name of the state."""
    return state.rpartition("/")[2].rpartition("-")[0]


def _made(target: Store, state: str) -> list[tuple[str, str, str]]:
    """Return what a state says was made of what: the path and the name of each source, and the output."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        part = json.loads(target.read(state))
        rows = zip(part["task"]["sources"], part["outputs"])
        return [(source[0], source[1], output["name"]) for source, output in rows]
    return []


def _todo(plan: Plan, target: Store, *, clear: bool = True) -> tuple[list[Work], int]:
    """Return what is left to do, and how many bytes of input are done; clear away what is of no use any longer."""
    todo: list[Work] = []
    done = 0
    states: set[str] = set()
    outputs: set[str] = set()
    stored = target.sizes(SHARDS)
    for task in plan.tasks:
        # Most of the time there is nothing, which one listing tells for all tasks.
        parts = list(parts_of(target, task)) if f"{SHARDS}/{task.key}-{task.number:05d}.json" in stored else []
        for part in parts:
            states.add(f"{SHARDS}/{task.key}-{part['number']:05d}.json")
            outputs.update(output["name"] for output in part["outputs"])
        if parts and parts[-1]["last"]:
            done += task.size
        else:
            number, start = (parts[-1]["number"] + 1, parts[-1]["stop"]) if parts else (task.number, task.start)
            todo.append(Work(task, number, start))
    if clear:
        for name in sorted(set(stored) - states):
            # The input has changed, or the output never came into place: it will be made anew.
            made = _made(target, name)
            if made and all(plan.misses(path, source) for path, source, _ in made):
                continue  # unless nobody can tell now
            for _, _, output in made:
                if output not in outputs:
                    target.remove(output)
            target.remove(name)
    return todo, done


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JobError(f"the output cannot be written: {error}") from None


@contextlib.contextmanager
def _locked(target: Store) -> Iterator[None]:
    """Keep a second run out of a local output directory; the lock goes with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    if "://" in target.root:
        yield
        return
    path = os.path.join(target.root, _LOCK)
    with _telling():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JobError(f"another run is at work in {target.root}") from None
        yield
    finally:
        os.close(handle)
