"""Ray Data: the tasks of a corpus as the rows of a dataset. Needs `textfix[ray]`.

Uses the cluster that is there (`ray.init` was called, or RAY_ADDRESS is set), else starts one on this machine. Inputs
and output must be where every node finds them under the same name: a shared directory or a URL.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import ray
import ray.data

from textfix.corpus.job import Job
from textfix.corpus.plan import Task
from textfix.corpus.process import Work, process
from textfix.engines.answers import note
from textfix.io.storage import Store

__all__ = ["perform"]


def perform(job: Job, store: Store, works: Sequence[Work], jobs: int, listener: Any) -> dict[Task, str]:
    """Do the work in a cluster; return what went wrong, by task."""
    if not works:
        return {}
    started = not ray.is_initialized()
    if started:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        cpus = None if "RAY_ADDRESS" in os.environ else jobs
        ray.init(num_cpus=cpus, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    bars, context.enable_progress_bars = context.enable_progress_bars, False
    errors: dict[Task, str] = {}
    try:
        rows = [{"number": number, "work": pickle.dumps(work)} for number, work in enumerate(works)]
        done = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            partial(_perform, job, store), batch_size=1, batch_format="pyarrow"
        )
        for row in done.iter_rows():
            if note(row, works, listener, errors):
                break
    finally:
        context.enable_progress_bars = bars
        if started:
            ray.shutdown()
    return errors


def _perform(job: Job, store: Store, table: pa.Table) -> pa.Table:
    ended = [process(job, store, pickle.loads(work)) for work in table["work"].to_pylist()]
    columns = [table["number"], pa.array([e.error for e in ended], pa.string()), pa.array([e.fatal for e in ended])]
    return pa.table(columns, ["number", "error", "fatal"])
