"""`textfix check`: what would be repaired, for people, editors and continuous integration."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

import click

from textfix.cli.inputs import Errors, analysed_together, expanded, problem
from textfix.cli.settings import Settings, shared_options, wants_color
from textfix.report import findings as found_in
from textfix.report import machine, text

__all__ = ["command"]

_FORMATS = ("text", "json", "jsonl", "github", "sarif")


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@shared_options
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to tell."
)
@click.option("--color/--no-color", default=None, help="Colours; without either, on a terminal.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    settings: Settings,
    format_: str,
    color: bool | None,
) -> None:
    """List what `textfix clean` would repair, with file, line, column and reason.

    Columns count code points from 1. Doubts are notes, not findings: textfix leaves them as they are. A directive
    (`textfix: ignore`) that holds nothing back is a warning, and no finding either. Exit status: 0 nothing to repair, 1
    findings, 2 errors (all other files are still checked).
    """
    errors = Errors()
    paint = text.Paint(wants_color(color))
    reports: list[machine.FileReport] = []
    counts: Counter[str] = Counter()
    files = 0
    items = list(expanded(paths, errors, settings))
    for item, analysis in zip(items, analysed_together(items, settings)):
        report = machine.FileReport(item.name)
        files += 1
        if isinstance(analysis, Exception):
            message = problem(analysis)
            errors.add(item.name, message)
            report.errors.append(message)
        else:
            source, result = analysis
            lines = found_in.Lines(source.text)
            edits = list(found_in.findings(result, lines))
            doubts = list(found_in.doubts(result, lines))
            names = settings.pipeline(settings.of(item)).names
            warnings = list(found_in.warnings(result, lines, names))
            counts.update(
                findings=len(edits), doubts=len(doubts), with_findings=int(bool(edits)), warnings=len(warnings)
            )
            report.findings = sorted([*edits, *doubts, *warnings], key=lambda found: found[:7])
            report.errors += map(str, result.refusals)
            errors.refusals(item.name, report.errors)
            if format_ == "text":
                _write(text.finding(item.name, found, lines, paint) for found in report.findings)
        if format_ == "jsonl":
            _write(machine.json_lines(report))
        elif format_ == "github":
            _write(machine.github(report))
        elif format_ != "text":
            reports.append(report)
    if format_ in ("json", "sarif"):
        _write([machine.json_document(reports) if format_ == "json" else machine.sarif(reports)])
    if not settings.quiet:
        sys.stdout.flush()
        click.echo(_summary(counts, files, errors.count), err=True)
    context.exit(2 if errors.count else 1 if counts["findings"] else 0)


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def _summary(counts: Counter[str], files: int, errors: int) -> str:
    if counts["findings"]:
        said = f"{_count(counts['findings'], 'finding')} in {counts['with_findings']} of {_count(files, 'file')}"
    else:
        said = f"nothing to repair in {_count(files - errors if errors < files else 0, 'file')}"
    parts = [said]
    for what in ("doubt", "warning"):
        if counts[what + "s"]:
            parts.append(_count(counts[what + "s"], what))
    if errors:
        parts.append(_count(errors, "error"))
    return ", ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
