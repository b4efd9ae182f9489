"""Counting what came of records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from textfix.result import Result
from textfix.rows import described

__all__ = ["Tally"]

# Failures are told one by one up to so many for each part; all are counted.
_LISTED = 1000


@dataclass
class Tally:
    """Counts of records, of edits and doubts by reason, and the failures with their places."""

    records: int = 0
    changed: int = 0
    failed: int = 0
    refused: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, Any]] = field(default_factory=list)

    def see(self, outcome: Result | Exception | str | None, *, offset: int | None = None, file: str = "") -> None:
        """Count one record; `offset` is its first byte, `file` the file that it is, where that is not plain."""
        self.records += 1
        if outcome is None:
            return
        if isinstance(outcome, Result):
            self.changed += outcome.changed
            # Into the totals at once: a summary of each record would be sorted for nobody.
            for stage in outcome.stages:
                self.refused += len(stage.refusals)
                self.edits.update(stage.edits.reasons)
                self.doubts.update(doubt.reason for doubt in stage.doubts)
            return
        self.fail(outcome, record=self.records, offset=offset, file=file)
        self.failed += 1

    def fail(
        self, error: Exception | str, *, record: int | None = None, offset: int | None = None, file: str = ""
    ) -> None:
        """List something that went wrong: with a record, counted from 1 within the part, or with the stream."""
        if len(self.failures) < _LISTED:
            place = {"file": file or None, "record": record, "offset": offset}
            self.failures.append({**{k: v for k, v in place.items() if v is not None}, "error": described(error)})

    def add(self, other: dict[str, Any]) -> None:
        """Add what `counts` of another gave; not its failures, whose places are relative."""
        for name in ("records", "changed", "failed", "refused"):
            setattr(self, name, getattr(self, name) + other[name])
        self.edits.update(other["edits"])
        self.doubts.update(other["doubts"])

    def counts(self) -> dict[str, Any]:
        """Return everything but the failures, as JSON can say it."""
        return {
            "records": self.records,
            "changed": self.changed,
            "failed": self.failed,
            "refused": self.refused,
            "edits": dict(self.edits.most_common()),
            "doubts": dict(self.doubts.most_common()),
        }
