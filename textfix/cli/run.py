"""`textfix run`: corpora, shard by shard, by processes, Ray or Spark; can stop anywhere and go on."""

from __future__ import annotations

import os
import re
import shlex
import sys
import time
from typing import Any

import click

from textfix.cli.settings import Settings, shared_options
from textfix.corpus import Interrupted, Job, JobError, clean_stream, run
from textfix.corpus.job import COMPRESSION_CHOICES, FORMS
from textfix.corpus.report import table
from textfix.engines import ENGINES
from textfix.report.width import visible
from textfix.rows import ERROR_POLICIES

__all__ = ["command"]

INTERRUPTED = 130
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_SHOWN = 20


class _Size(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4
    name = "SIZE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read 1000, 64M, 1G."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d+)\s*([KMG]?)(?:i?B)?", str(value).strip(), re.IGNORECASE)
        if found is None or int(found[1]) == 0:
            self.fail(f"{value!r} is no size; write it like 500K, 64M or 1G", param, ctx)
        return int(found[1]) * _UNITS[found[2].upper()]


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.argument("output", metavar="OUT")
@shared_options
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="Who does the work.")
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Processes, or tasks at a time; 0 (default): one per CPU."
)
@click.option("--resume", is_flag=True, help="Go on with the run in OUT: what is in place is not done again.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), help="What the files are, where suffixes do not tell."
)
@click.option("--column", default="text", show_default=True, metavar="NAME", help="The column that holds the text.")
@click.option("--into", metavar="NAME", help="Write the clean text to this column, beside the source.")
@click.option("--edits", metavar="NAME", help="Add a column with the edits.")
@click.option("--blocks", metavar="NAME", help="Add a column with the blocks.")
@click.option("--doubts", metavar="NAME", help="Add a column with the doubts.")
@click.option("--fingerprint", metavar="NAME", help="Add a column with the fingerprint of the pipeline.")
@click.option("--error", metavar="NAME", help="Add a column with what went wrong in a record.")
@click.option(
    "--on-error",
    type=click.Choice(ERROR_POLICIES),
    default="keep",
    show_default=True,
    help="A record that cannot be cleaned: stop, keep it as it was, or make its text null.",
)
@click.option("--split", metavar="HOW", help="Cut text files into records: form-feed, blank-lines or blank-lines:N.")
@click.option(
    "--compression", type=click.Choice(COMPRESSION_CHOICES), default="same", show_default=True, help="Of the output."
)
@click.option("--shard-bytes", type=_Size(), default="64M", show_default=True, help="About how much makes one shard.")
@click.option("--batch", type=_Size(), default="1M", show_default=True, help="About how much to work on at a time.")
@click.pass_context  # type: ignore[arg-type]  # the shared options make one argument of many
def command(
    context: click.Context,
    inputs: tuple[str, ...],
    output: str,
    settings: Settings,
    engine: str,
    jobs: int,
    resume: bool,
    **options: Any,
) -> None:
    """Repair a corpus: JSON Lines, Parquet and text, plain or compressed, from IN into the directory OUT.

    IN are files, directories, patterns or URLs. The output has the same names; a file larger than --shard-bytes becomes
    several, with numbers. It is the same to the byte whichever engine, however many jobs, and however often the run was
    interrupted. OUT/.textfix/report.json tells what was done and what failed where. With "-" for both, records of
    standard input go to standard output.

    Exit status: 0, 1 if records failed, 2 if something has no output.
    """  # fmt: skip
    said = settings.said
    if said.exclude or said.force_exclude is not None or said.respect_gitignore is not None:
        raise click.UsageError("a run takes every file it is given; choose them by IN, which may be a pattern")
    try:
        own = settings.here()
        job = Job(settings.pipeline(own), encoding=own.encoding, **options)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if "-" in (*inputs, output):
        context.exit(_filtered(inputs, output, job, settings.quiet))
    progress = _Progress(settings.quiet)
    try:
        report = run(
            list(inputs), output, job, engine=engine, jobs=jobs or os.cpu_count() or 1, resume=resume, listener=progress
        )
    except (JobError, ImportError) as error:
        progress.clear()
        raise click.UsageError(str(error)) from None
    except Interrupted as error:
        progress.clear()
        click.echo(f"{error}; go on with:\n  {_resuming(sys.argv)}", err=True)
        context.exit(INTERRUPTED)
    progress.clear()
    failures = [*report.unfinished, *report.failures]
    for failure in failures[:_SHOWN]:
        click.echo(f"error: {visible(str(failure))}", err=True)
    if len(failures) > _SHOWN:
        click.echo(f"error: {len(failures) - _SHOWN:,} more, see {output}/.textfix/report.json", err=True)
    if not settings.quiet:
        click.echo(report.table(), err=True)
    if report.unfinished:
        click.echo(
            f"not everything has its output; when that is mended, go on with:\n  {_resuming(sys.argv)}", err=True
        )
    context.exit(report.exit_code)


def _filtered(inputs: tuple[str, ...], output: str, job: Job, quiet: bool) -> int:
    """Clean standard input to standard output; return the exit status."""
    if inputs != ("-",) or output != "-":
        raise click.UsageError("standard input goes to standard output: textfix run - -")
    try:
        tally = clean_stream(job, sys.stdin.buffer, sys.stdout.buffer)
    except JobError as error:
        raise click.UsageError(str(error)) from None
    for failure in tally.failures[:_SHOWN]:
        click.echo(f"error: record {failure['record']:,}, byte {failure['offset']:,}: {failure['error']}", err=True)
    if not quiet:
        click.echo("\n".join(table({}, tally.counts())), err=True)
    return 1 if tally.failed else 0


def _resuming(arguments: list[str]) -> str:
    given = arguments[1:]
    return shlex.join(["textfix", *given, *([] if "--resume" in given else ["--resume"])])


class _Progress:
    """One line that says how far, how fast and how long yet; nothing unless somebody can see it."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._quiet = quiet
        self._total = self._before = self._read = 0
        self._began = self._told = 0.0

    def begin(self, total: int, done: int) -> None:
        self._total, self._before, self._began = total, done, time.monotonic()

    def read(self, count: int) -> None:
        self._read += count
        now = time.monotonic()
        if not self._shown or now - self._told < 0.1:
            return
        self._told = now
        rate = self._read / max(now - self._began, 1e-3)
        done = min(self._total, self._before + self._read)
        left = (self._total - done) / rate if rate else 0
        percent = 100 * done / max(1, self._total)
        sys.stderr.write(f"\r\x1b[K{percent:5.1f} %  {rate / 1e6:,.1f} MB/s  {_clock(left)} left")
        sys.stderr.flush()

    def message(self, text: str) -> None:
        self.clear()
        click.echo(visible(text), err=True)

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
