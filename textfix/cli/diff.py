"""`textfix diff`: what would be repaired, as a unified diff."""

from __future__ import annotations

import sys

import click

from textfix.cli.inputs import Errors, analysed, expanded, problem
from textfix.cli.settings import Settings, shared_options, wants_color

__all__ = ["command"]


@click.command("diff")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@shared_options
@click.option("--context", "context_lines", type=click.IntRange(0), default=3, show_default=True, help="Lines around.")
@click.option("--color/--no-color", default=None, help="Colours; without either, on a terminal.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    settings: Settings,
    context_lines: int,
    color: bool | None,
) -> None:
    """Show what `textfix clean` would change as a unified diff, coloured inside the line on a terminal.

    Exit status: 0 nothing to repair, 1 differences, 2 errors (all other files are still shown).
    """
    errors = Errors()
    colored = wants_color(color)
    changed = 0
    for item in expanded(paths, errors, settings):
        try:
            _, result = analysed(item, settings)
            shown = result.diff(name=item.name, context=context_lines, color=colored)
        except Exception as error:
            errors.add(item.name, problem(error))
            continue
        errors.refusals(item.name, [str(refusal) for refusal in result.refusals])
        if shown:
            changed += 1
            sys.stdout.write(shown + "\n")
    context.exit(2 if errors.count else 1 if changed else 0)
