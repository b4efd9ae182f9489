"""Parts: what is committed whole. Its state says what it was made from and what it holds.

The state is written first and names the output with its size; then the output is renamed into place. Killed between the
two, a run leaves a state without its output, which is no part; the other way round it could leave an output that
nothing vouches for, and that stays behind should the input change before the run goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Any

from textfix.corpus.plan import Task
from textfix.corpus.tally import Tally
from textfix.io.storage import Store
from textfix.io.streams import Sink

__all__ = ["SHARDS", "OutputError", "Part", "StoppedError", "discard_on_error", "read_part", "state_name", "writing"]

SHARDS = ".textfix/shards"

# For so many files one call lets everything reach the disk; below, each file is asked for.
_MANY = 16


class StoppedError(Exception):
    """Why a run cannot go on with any shard."""


class OutputError(StoppedError):
    """The output cannot be written."""


class Part:
    """A part being made."""

    def __init__(self, store: Store, task: Task, number: int, start: int = 0) -> None:
        self.tally = Tally()
        self.start = start
        self._store = store
        self._task = task
        self._number = number
        self._files: list[tuple[Sink, str]] = []

    def open(self, name: str, compression: str | None = None) -> Sink:
        """Begin an output file."""
        with writing():
            sink = Sink(self._store.temporary(), compression)
        self._files.append((sink, name))
        return sink

    def rename(self, name: str) -> None:
        """Give the last output file another name, before it is committed."""
        self._files[-1] = (self._files[-1][0], name)

    def close(self) -> None:
        """Close the output files so far: there may be more of them than a process may have open."""
        with writing():
            for sink, _ in self._files:
                sink.close()

    def commit(self, *, stop: int = 0, last: bool = True) -> dict[str, Any]:
        """Put the part in place; return its state."""
        outputs = []
        many = len(self._files) > _MANY and hasattr(os, "sync")
        with writing():
            for sink, name in self._files:
                sink.close() if many else sink.sync()
                outputs.append({"name": name, "sha256": sink.sha256, "bytes": sink.bytes})
            if many:
                os.sync()
            state = {
                "task": self._task.identity(),
                "number": self._number,
                "start": self.start,
                "stop": stop,
                "last": last,
                "outputs": outputs,
                **self.tally.counts(),
                "failures": self.tally.failures,
            }
            # Bytes of a name that are not UTF-8 are halves of surrogate pairs in Python, and escapes in JSON.
            data = json.dumps(state, ensure_ascii=False).encode(errors="backslashreplace")
            self._store.write(state_name(self._task, self._number), data)
            for sink, name in self._files:
                self._store.commit(sink.path, name)
        return state

    def discard(self) -> None:
        """Give up; nothing was put in place."""
        for sink, _ in self._files:
            with contextlib.suppress(OSError):
                sink.discard()


def read_part(store: Store, task: Task, number: int) -> dict[str, Any] | None:
    """Return the state of a part that is in place and was made from what the task says; None where there is none."""
    try:
        state = json.loads(store.read(state_name(task, number)))
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(state, dict) or state.get("task") != json.loads(json.dumps(task.identity())):
        return None
    if any(store.size(output["name"]) != output["bytes"] for output in state["outputs"]):
        return None
    return state


def state_name(task: Task, number: int) -> str:
    """Return what the state of a part is called."""
    return f"{SHARDS}/{task.key}-{number:05d}.json"


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Tell errors of the output from those of the input: with the first there is no use in going on."""
    try:
        yield
    except BrokenPipeError:
        raise  # who reads us has gone, which is no fault
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise OutputError(f"the output cannot be written: {error.strerror or error}{where}") from error


@contextlib.contextmanager
def discard_on_error(part: Part) -> Iterator[Part]:
    """Give the part up where something goes wrong with it."""
    try:
        yield part
    except BaseException:
        part.discard()
        raise
