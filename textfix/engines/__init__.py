"""Engines: who does the tasks of a corpus. Each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["ENGINES", "engine_named"]

ENGINES = ("local", "ray", "spark")


def engine_named(name: str) -> Callable[..., dict[Any, str]]:
    """Return what performs tasks: `perform(job, store, works, jobs, listener)` gives the errors by task.

    Raises ValueError for an unknown name, ImportError where its extra is not installed.
    """
    if name not in ENGINES:
        raise ValueError(f"unknown engine: {name!r}; known: {', '.join(ENGINES)}")
    try:
        perform: Callable[..., dict[Any, str]] = import_module(f"textfix.engines.{name}").perform
    except ImportError as error:
        raise ImportError(f"{error}; install it with pip install 'textfix[{name}]'") from None
    return perform
