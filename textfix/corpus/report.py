"""The report of a run: what was read, repaired, doubted, and what went wrong where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from textfix.corpus.job import Job
from textfix.corpus.parts import read_part
from textfix.corpus.plan import Plan, Task
from textfix.corpus.tally import Tally
from textfix.io.storage import Store

__all__ = ["REPORT", "Failure", "Report", "collected", "parts_of", "table"]

REPORT = ".textfix/report.json"


@dataclass(frozen=True)
class Failure:
    """What went wrong, and where: file, record counted from 1, byte offset of the record in the decompressed file."""

    file: str
    error: str
    record: int | None = None
    offset: int | None = None
    part: int | None = None

    def __str__(self) -> str:
        place = [self.file]
        place += [f"part {self.part}"] if self.part is not None else []
        place += [f"record {self.record:,}"] if self.record is not None else []
        place += [f"byte {self.offset:,}"] if self.offset is not None else []
        return f"{', '.join(place)}: {self.error}"


@dataclass(frozen=True)
class Report:
    """What came of a run. `failures` are records and streams; `unfinished` are shards and files without an output."""

    job: dict[str, Any]
    files: int
    parts: int
    bytes_read: int
    counts: dict[str, Any]
    failures: Sequence[Failure] = ()
    unfinished: Sequence[Failure] = ()
    timing: dict[str, float] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every shard has its output."""
        return not self.unfinished

    @property
    def exit_code(self) -> int:
        """0, 1 where something failed but everything has its output, 2 where something has none."""
        return 2 if self.unfinished else 1 if self.failures or self.counts["failed"] else 0

    def to_json(self) -> str:
        """Return the report as JSON."""
        data = {**self.__dict__, "failures": _rows(self.failures), "unfinished": _rows(self.unfinished)}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def table(self) -> str:
        """Return the report as a table to read."""
        lines = table({"files": self.files, "shards": self.parts}, self.counts)
        if self.timing.get("seconds"):
            rate = self.timing["bytes"] / self.timing["seconds"] / 1e6
            lines.append(f"{self.timing['seconds']:14,.1f} s, {rate:,.1f} MB/s of input")
        return "\n".join(lines)


def table(before: dict[str, int], counts: dict[str, Any]) -> list[str]:
    """Return counts as the lines of a table."""
    rows = [(name, count, "") for name, count in before.items()]
    rows += [("records", counts["records"], ""), ("repaired", counts["changed"], ""), ("failed", counts["failed"], "")]
    rows += [(reason, count, "edits") for reason, count in counts["edits"].items()]
    rows += [(reason, count, "doubts") for reason, count in counts["doubts"].items()]
    if counts["refused"]:
        rows.append(("refused by a contract", counts["refused"], "edits"))
    return [f"{count:14,} {unit:6} {name}" if unit else f"{count:14,} {name}" for name, count, unit in rows]


def _rows(failures: Sequence[Failure]) -> list[dict[str, Any]]:
    return [{key: value for key, value in failure.__dict__.items() if value is not None} for failure in failures]


def parts_of(store: Store, task: Task) -> Iterable[dict[str, Any]]:
    """Yield the states of the parts of a task that are in place, up to the first that is not."""
    number = task.number
    while (state := read_part(store, task, number)) is not None:
        yield state
        if state["last"]:
            return
        number += 1


def collected(
    job: Job, store: Store, plan: Plan, errors: dict[Task, str], timing: dict[str, float]
) -> tuple[Report, set[str]]:
    """Return the report on everything that is in place, and the names of the files that are."""
    total = Tally()
    failures: list[Failure] = []
    unfinished = [Failure(name, error) for name, error in plan.broken]
    names: set[str] = set()
    parts = 0
    before: dict[str, int] = {}  # records of the parts before, by file
    for task in plan.tasks:
        own = task.source.file.name
        done = False
        for state in parts_of(store, task):
            first = before.get(own, 0) if task.kind != "files" else 0
            for failure in state["failures"]:
                record = failure.get("record")
                failures.append(
                    Failure(
                        failure.get("file", own),
                        failure["error"],
                        None if record is None or task.kind == "files" else first + record,
                        failure.get("offset"),
                    )
                )
            total.add(state)
            before[own] = before.get(own, 0) + state["records"]
            names.update(output["name"] for output in state["outputs"])
            parts += 1
            done = state["last"]
        if not done:
            number = None if task.alone or task.kind == "stream" else task.number
            unfinished.append(
                Failure(task.name if task.kind == "files" else own, errors.get(task, "not done yet"), part=number)
            )
    report = Report(
        {**job.identity(), "normalizers": list(job.pipeline.names)},
        len({source.file.name for task in plan.tasks for source in task.sources}) + len(plan.broken),
        parts,
        sum(task.size for task in plan.tasks),
        total.counts(),
        failures,
        unfinished,
        timing,
    )
    return report, names
