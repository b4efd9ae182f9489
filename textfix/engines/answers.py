"""What the tasks of a cluster answer, whoever ran them: a work's number, its error, whether that is fatal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textfix.corpus.plan import Task
from textfix.corpus.process import Work

__all__ = ["note"]


def note(row: Any, works: Sequence[Work], listener: Any, errors: dict[Task, str]) -> bool:
    """Tell the listener that a task ended, and keep its error; say whether that ends the run."""
    task = works[row["number"]].task
    listener.read(task.size)
    if row["error"] is None:
        return False
    errors[task] = row["error"]
    if row["fatal"]:
        listener.message(row["error"])
    return bool(row["fatal"])
