"""Corpora: files cut into shards, each cleaned and committed whole, so that a run can stop anywhere and go on."""

from textfix.corpus.filter import clean_stream
from textfix.corpus.job import Job, JobError
from textfix.corpus.report import Report
from textfix.corpus.run import Interrupted, run

__all__ = ["Interrupted", "Job", "JobError", "Report", "clean_stream", "run"]
