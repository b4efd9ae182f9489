"""Cleaning the texts of rows: each gets its result or its error, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from textfix.pipeline import Pipeline
from textfix.result import Result

__all__ = [
    "BATCH_CHARACTERS",
    "ERROR_POLICIES",
    "ErrorPolicy",
    "PlainError",
    "RowError",
    "clean_rows",
    "described",
    "stretches",
]

ErrorPolicy = Literal["raise", "keep", "null"]
ERROR_POLICIES: tuple[ErrorPolicy, ...] = ("raise", "keep", "null")

#: Texts are laid side by side up to about this size, so that small ones share the cost of a call and large ones do not
#: pile up in memory. No outcome depends on it.
BATCH_CHARACTERS = 1 << 20


class RowError(ValueError):
    """A row that could not be cleaned, by its position (counted from 0)."""

    def __init__(self, row: int, cause: BaseException | str) -> None:
        self.row = row
        self.cause = cause
        super().__init__(row, cause)

    def __str__(self) -> str:
        return f"row {self.row}: {described(self.cause)}"


def clean_rows(
    pipeline: Pipeline, texts: Sequence[str | None], *, markup: str = "plain"
) -> list[Result | Exception | None]:
    """Return the result of each text, what went wrong where there is none, and None for None.

    >>> rows = clean_rows(Pipeline.preset("minimal"), ["ﬁne", None])
    >>> [row and row.text for row in rows]
    ['fine', None]
    """
    found: list[Result | Exception | None] = [None] * len(texts)
    rows = [row for row, text in enumerate(texts) if text is not None]
    try:
        results = pipeline.explain_many([texts[row] for row in rows], markup=markup)  # type: ignore[misc]
    except Exception:
        # One of them failed: find out which, one by one.
        for row in rows:
            try:
                found[row] = pipeline.explain(texts[row], markup=markup)  # type: ignore[arg-type]
            except Exception as error:
                found[row] = error
        return found
    for row, result in zip(rows, results):
        found[row] = result
    return found


def stretches(sizes: Sequence[int], limit: int = BATCH_CHARACTERS) -> Iterator[tuple[int, int]]:
    """Cut rows of these sizes into stretches `start, stop` of about `limit`; a larger row is a stretch of its own.

    >>> list(stretches([3, 3, 9, 1], 6))
    [(0, 2), (2, 3), (3, 4)]
    """
    start = total = 0
    for row, size in enumerate(sizes):
        if row > start and total + size > limit:
            yield start, row
            start, total = row, 0
        total += size
    if start < len(sizes):
        yield start, len(sizes)


def described(error: BaseException | str) -> str:
    """Say what went wrong in one line, with what is noted on it."""
    if isinstance(error, str):
        return error
    if isinstance(error, PlainError):
        return str(error)
    return f"{type(error).__name__}: {'; '.join((str(error), *getattr(error, '__notes__', ())))}"


class PlainError(ValueError):
    """A failure whose message says it all."""
