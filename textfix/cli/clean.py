"""`textfix clean`: the repaired text, on standard output, in a directory, or in place."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from textfix.cli.inputs import Errors, Input, expanded
from textfix.cli.progress import Progress
from textfix.cli.settings import Settings, shared_options
from textfix.cli.work import Task, perform
from textfix.io.writers import FORMATS

__all__ = ["command"]

_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\f": "\f", "\\\\": "\\"}


@click.command("clean")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@shared_options
@click.option("-o", "--output", metavar="DIR", help="Write into this directory (one file may name a file instead).")
@click.option("-i", "--in-place", is_flag=True, help="Replace the files, each in its own encoding, where repaired.")
@click.option("--to", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="What to write.")
@click.option("--separator", metavar="TEXT", help=r"Put this between the blocks of --to text (\n is a line end).")
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=1, show_default=True, help="Processes; 0: one for each CPU."
)
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    settings: Settings,
    output: str | None,
    in_place: bool,
    to: str,
    separator: str | None,
    jobs: int,
) -> None:
    """Repair text files.

    One file, or "-", goes to standard output; several files or a directory need -o DIR or --in-place. Directories are
    searched for .txt, .text, .md, .markdown and .rst, and keep their structure under DIR.

    What is written with -o or to standard output is UTF-8, with the line ends of the source. In place, a file keeps its
    encoding, byte order mark, line ends, mode and every byte that was not repaired; it is replaced in one step, and not
    touched at all where there is nothing to repair.

    Exit status: 0, or 2 if something went wrong with a file (all others are still cleaned).
    """
    _check_options(paths, output, in_place, to, separator)
    errors = Errors()
    folder = output is not None and output != "-" and _is_folder(paths, output)
    skip = {Path(os.path.realpath(output))} if output is not None and folder else set()
    items = list(expanded(paths, errors, settings, skip=skip))
    targets = _targets(items, output, to) if folder else {}
    separator = _unescaped(separator)
    tasks = []
    for number, item in enumerate(items):
        target = targets.get(number)
        if output is not None and output != "-" and not folder:
            target = Path(output)
            _refuse_overwriting([(item, target)])
        tasks.append(Task(item, settings, to, separator, target, in_place))
    repaired = failed = 0
    progress = Progress(len(tasks), quiet=settings.quiet)
    outcomes = perform(tasks, jobs or os.cpu_count() or 1)
    try:
        for outcome in outcomes:
            progress.step(outcome.name)
            if outcome.error is not None or outcome.refusals:
                progress.clear()
            if outcome.error is not None:
                failed += 1
                errors.add(outcome.name, outcome.error)
            errors.refusals(outcome.name, outcome.refusals)
            repaired += outcome.repaired
            if outcome.data:
                sys.stdout.flush()
                sys.stdout.buffer.write(outcome.data)
                sys.stdout.buffer.flush()
    finally:
        progress.clear()
        outcomes.close()  # type: ignore[attr-defined]  # a generator: ends its workers
    if not settings.quiet and (in_place or folder):
        click.echo(_summary(len(tasks), repaired, failed), err=True)
    context.exit(2 if errors.count else 0)


def _check_options(paths: Sequence[str], output: str | None, in_place: bool, to: str, separator: str | None) -> None:
    if in_place and output is not None:
        raise click.UsageError("--in-place and -o exclude each other")
    if in_place and to != "text":
        raise click.UsageError(f"--in-place writes text, not {to}; write it with -o DIR")
    if in_place and separator is not None:
        raise click.UsageError(
            "--separator changes every file, repaired or not; write with -o DIR instead of --in-place"
        )
    if in_place and "-" in paths:
        raise click.UsageError("standard input (-) cannot be cleaned in place")
    if paths.count("-") > 1:
        raise click.UsageError("standard input (-) can be read only once")
    if separator is not None and to != "text":
        raise click.UsageError(f"--separator is for --to text, not {to}")
    if not in_place and output in (None, "-") and _many(paths):
        raise click.UsageError("several files, or a directory, need -o DIR or --in-place")


def _many(paths: Sequence[str]) -> bool:
    return len(paths) > 1 or os.path.isdir(paths[0])


def _is_folder(paths: Sequence[str], output: str) -> bool:
    """Say whether -o names a directory: as `cp` has it, plus whatever ends with a slash."""
    return _many(paths) or os.path.isdir(output) or output.endswith(("/", os.sep))


def _targets(items: Sequence[Input], output: str | None, to: str) -> dict[int, Path]:
    """Return where each input goes below the output directory; a usage error where two would go to one place."""
    assert output is not None
    targets: dict[int, Path] = {}
    taken: dict[Path, str] = {}
    suffix = FORMATS[to]
    for number, item in enumerate(items):
        relative = item.relative.with_suffix(suffix) if suffix else item.relative
        if relative in taken:
            raise click.UsageError(
                f"{taken[relative]} and {item.name} would both be written to {Path(output) / relative}"
            )
        taken[relative] = item.name
        targets[number] = Path(output) / relative
    _refuse_overwriting([(items[number], target) for number, target in targets.items()])
    return targets


def _refuse_overwriting(pairs: Sequence[tuple[Input, Path]]) -> None:
    for item, target in pairs:
        if item.path is not None and _is_same(item.path, target):
            raise click.UsageError(f"{target} is what is to be read; use --in-place to replace it")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False  # one is not there, or may not be looked at, which is told when it is read or written


def _unescaped(separator: str | None) -> str | None:
    if separator is None:
        return None
    import re

    return re.sub(r"\\[ntrf\\]", lambda match: _ESCAPES[match[0]], separator)


def _summary(files: int, repaired: int, failed: int) -> str:
    parts = [f"{repaired:,} of {files:,} file{'' if files == 1 else 's'} repaired"]
    unchanged = files - repaired - failed
    if unchanged:
        parts.append(f"{unchanged:,} had nothing to repair")
    if failed:
        parts.append(f"{failed:,} failed")
    return ", ".join(parts)
