"""What to do with a corpus, apart from where it lies and who does it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from textfix.io.records import splitter
from textfix.pipeline import Pipeline
from textfix.rows import BATCH_CHARACTERS, ERROR_POLICIES, ErrorPolicy

__all__ = ["COMPRESSION_CHOICES", "FORMS", "Job", "JobError"]

#: Kinds of files, with the suffixes that tell them.
FORMS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md", ".markdown", ".rst"),
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet", ".pq"),
}
COMPRESSION_CHOICES = ("same", "none", "gzip", "zstd")

_COLUMNS = ("into", "edits", "blocks", "doubts", "fingerprint", "error")


class JobError(ValueError):
    """A job that cannot be done as it was asked for; nothing was written."""


@dataclass(frozen=True)
class Job:
    """What to do with every record; picklable, and the same in every process of every engine.

    pipeline     what to repair
    column       the column (Parquet) or member (JSON Lines) that holds the text
    into         where the clean text goes: another column, beside the source; None replaces the source
    edits, blocks, doubts, fingerprint, error
                 columns to add, by name: see `textfix.arrow.clean_table`
    on_error     a record that cannot be cleaned: "keep" it as it was, make its text "null", or "raise" and stop the run
    encoding     of text files; None finds it for each
    split        cuts text files into records: "form-feed", "blank-lines" or "blank-lines:N"; None: a file is a record
    form         what the files are: "text", "jsonl", "parquet"; None goes by their suffixes
    compression  of what is written: "same" as what was read, "none", "gzip", "zstd"
    shard_bytes  about how much of the input makes one shard, which is one file of output
    batch        how many characters to work on at a time; no outcome depends on it
    """

    pipeline: Pipeline
    column: str = "text"
    into: str | None = None
    edits: str | None = None
    blocks: str | None = None
    doubts: str | None = None
    fingerprint: str | None = None
    error: str | None = None
    on_error: ErrorPolicy = "keep"
    encoding: str | None = None
    split: str | None = None
    form: str | None = None
    compression: str = "same"
    shard_bytes: int = 64 << 20
    batch: int = BATCH_CHARACTERS

    def __post_init__(self) -> None:
        if not isinstance(self.pipeline, Pipeline):
            raise TypeError(f"a job has a pipeline, such as Pipeline.preset('docs'), not {self.pipeline!r}")
        for name, value, known in (
            ("on_error", self.on_error, ERROR_POLICIES),
            ("form", self.form, (None, *FORMS)),
            ("compression", self.compression, COMPRESSION_CHOICES),
        ):
            if value not in known:
                raise JobError(f"unknown {name}: {value!r}; known: {', '.join(filter(None, known))}")
        if self.split is not None:
            splitter(self.split)
        if self.shard_bytes < 1 or self.batch < 1:
            raise JobError("shard_bytes and batch must be at least 1")
        taken = [name for column in _COLUMNS if (name := getattr(self, column)) is not None]
        if len({*taken, self.column}) <= len(taken):
            raise JobError(f"two columns of one name among {', '.join((self.column, *taken))}")

    @property
    def columns(self) -> dict[str, str]:
        """The columns to write beside the text, by what they hold."""
        return {column: name for column in _COLUMNS if (name := getattr(self, column)) is not None}

    def identity(self) -> dict[str, Any]:
        """Return everything that what comes out depends on, as JSON can say it."""
        options = {item.name: getattr(self, item.name) for item in fields(self)}
        del options["batch"]
        return {**options, "pipeline": self.pipeline.fingerprint}
