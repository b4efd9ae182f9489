"""Spark: the tasks of a corpus as the rows of a frame, through `mapInArrow`. Needs `textfix[spark]` and Java.

Uses the session that is active, else starts one on this machine. Inputs and output must be where every executor finds
them under the same name: a shared directory or a URL.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession

from textfix.corpus.job import Job
from textfix.corpus.plan import Task
from textfix.corpus.process import Work, process
from textfix.engines.answers import note
from textfix.io.storage import Store

__all__ = ["perform"]


def perform(job: Job, store: Store, works: Sequence[Work], jobs: int, listener: Any) -> dict[Task, str]:
    """Do the work in executors; return what went wrong, by task."""
    if not works:
        return {}
    session = SparkSession.getActiveSession()
    started = session is None
    if session is None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(f"local[{jobs}]").appName("textfix")
        session = (
            builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
    errors: dict[Task, str] = {}
    try:
        rows = [(number, pickle.dumps(work)) for number, work in enumerate(works)]
        frame = session.createDataFrame(rows, "number long, work binary").repartition(len(rows))
        done = frame.mapInArrow(_performer(job, store), "number long, error string, fatal boolean")
        # A local iterator would run one partition after the other; the rows are few and small.
        for row in done.collect():
            note(row, works, listener, errors)
    finally:
        if started:
            session.stop()
    return errors


def _performer(job: Job, store: Store) -> Any:
    def perform_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number, work in zip(batch["number"].to_pylist(), batch["work"].to_pylist()):
                ended = process(job, store, pickle.loads(work))
                columns = [pa.array([number]), pa.array([ended.error], pa.string()), pa.array([ended.fatal])]
                yield pa.RecordBatch.from_arrays(columns, ["number", "error", "fatal"])

    return perform_batches
