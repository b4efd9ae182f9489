"""The group of commands; each is imported when it is called, so that starting stays quick."""

from __future__ import annotations

from importlib import import_module

import click

from textfix._version import __version__

__all__ = ["app"]

# Name, and what `textfix --help` says; the module is the name.
_COMMANDS = {
    "clean": "Repair text: to standard output, into a directory, or in place.",
    "check": "List what would be repaired, with line, column and reason.",
    "diff": "Show what would be repaired as a unified diff.",
    "explain": "Tell every edit of a file and why, and the doubts.",
    "run": "Repair a corpus: JSON Lines, Parquet, text; by processes, Ray or Spark; resumable.",
    "normalizers": "List the normalizers, or print the page of one.",
}


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"textfix.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(_COMMANDS)}"
            raise click.UsageError(f"no such command: {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="textfix %(version)s")
def app() -> None:
    """Repair Chinese and mixed CJK/Latin text that came out of PDFs, OCR and old dumps.

    A PATH of "-" is standard input. Exit status: 0 fine, 1 findings (check, diff) or records that failed (run), 2
    errors.
    """
