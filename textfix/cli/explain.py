"""`textfix explain`: every edit and why, and the doubts."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from textfix.cli.inputs import Errors, analysed, expanded, problem
from textfix.cli.normalizers import first_line
from textfix.cli.settings import Settings, shared_options, wants_color
from textfix.io.files import Source
from textfix.normalizers import CATALOGUE
from textfix.report import findings as found_in
from textfix.report import text
from textfix.report.width import visible, width
from textfix.result import Result

__all__ = ["command"]

_AROUND = 8


@click.command("explain")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@shared_options
@click.option("--color/--no-color", default=None, help="Colours; without either, on a terminal.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    settings: Settings,
    color: bool | None,
) -> None:
    """Tell every edit of a file with its line, what stands around it, before → after and the reason.

    After the edits come the doubts with their evidence (places that text alone cannot decide, left as they are), the
    counts by reason, and what each normalizer in them is for. Exit status: 0, or 2 on errors.
    """
    errors = Errors()
    paint = text.Paint(wants_color(color))
    for item in expanded(paths, errors, settings):
        try:
            source, result = analysed(item, settings)
            page = "\n".join(_page(item.name, source, result, paint))
        except Exception as error:
            errors.add(item.name, problem(error))
            continue
        sys.stdout.write(page + "\n")
        errors.refusals(item.name, [str(refusal) for refusal in result.refusals])
    context.exit(2 if errors.count else 0)


def _page(name: str, source: Source, result: Result, paint: text.Paint) -> Iterator[str]:
    decoded = source.decoded
    ends = "CRLF" if decoded.newline == "\r\n" else "LF"
    mark = " with byte order mark" if decoded.bom else ""
    yield f"{paint('1', visible(name))}: {len(decoded.text):,} characters, {decoded.encoding}{mark}, {ends}"
    lines = found_in.Lines(result.source)
    edits = list(found_in.findings(result, lines))
    doubts = list(found_in.doubts(result, lines))
    where = max((len(_place(found)) for found in (*edits, *doubts)), default=0)
    reasons = max((len(found.reason) for found in (*edits, *doubts)), default=0)
    for title, group in (("edits", edits), ("doubts", doubts)):
        if not group:
            continue
        yield f"\n{paint('1', title)}"
        for found in group:
            told = text.change(found) if found.after is not None else visible(found.evidence)
            around = _around(result.source, found, paint)
            reason = paint("36", f"{found.reason:{reasons}}")
            yield f"  {_place(found):>{where}}  {reason}  {around}  {told}"
    yield f"\n{paint('1', 'summary')}"
    yield from (f"  {row}" for row in str(result.summary()).split("\n"))
    names = dict.fromkeys(part.partition("/")[0] for found in (*edits, *doubts) for part in found.reason.split("+"))
    for normalizer in names:
        if normalizer in CATALOGUE:
            yield f"  {normalizer}: {first_line(CATALOGUE[normalizer])}"


def _place(found: found_in.Finding) -> str:
    return f"{found.line}:{found.column}"


def _around(source: str, found: found_in.Finding, paint: text.Paint) -> str:
    """Return the place in brackets with a little of what stands before and after it, padded to one width."""
    start, stop = found.start, found.end
    before = visible(source[max(0, start - _AROUND) : start].rpartition("\n")[2])
    after = visible(source[stop : stop + _AROUND].partition("\n")[0])
    inner = source[start:stop] if stop - start <= _AROUND else source[start : start + _AROUND - 1] + "…"
    shown = visible(inner.replace("\n", "⏎"))
    return f"{' ' * (2 * _AROUND - width(before))}{before}{paint('7', f'[{shown}]')}{after}"
