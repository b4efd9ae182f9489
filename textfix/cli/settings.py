"""The options that commands share, and what they and the configuration come to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from textfix.config import ConfigError, Configuration, FileSettings, closest, load
from textfix.io import BinaryError
from textfix.io.files import read
from textfix.pipeline import PRESETS, Pipeline

__all__ = ["Input", "Settings", "shared_options", "wants_color"]

F = TypeVar("F", bound=Callable[..., Any])


class Input(NamedTuple):
    """One text: what to call it, where it lies (None: standard input), where it goes below an output directory."""

    name: str
    path: Path | None
    relative: Path


@dataclass(frozen=True)
class Settings:
    """What to do with which file, by the command line and the configuration; picklable, for worker processes.

    `said` is what the command line says, which goes over every configuration; `config` names the one to use for all
    files, and `isolated` uses none.
    """

    said: Configuration = field(default_factory=Configuration)
    default_preset: str = "dump"
    config: Path | None = None
    isolated: bool = False
    stdin_filename: str | None = None
    quiet: bool = False

    def of(self, item: Input) -> FileSettings:
        """Return the settings for one input; raises ConfigError."""
        path = item.path or Path(self.stdin_filename or "<stdin>")
        return self.said.files.over(self._configuration(path.parent).for_file(path))

    def here(self) -> FileSettings:
        """Return the settings of the working directory, for work that is not about files; raises ConfigError."""
        return self.said.files.over(self._configuration(Path()).files)

    def pipeline(self, own: FileSettings) -> Pipeline:
        """Return the pipeline for these settings."""
        return own.pipeline(self.default_preset)

    def excluded(self, path: Path, directory: bool) -> bool:
        """Say whether a path that was found in a directory is to be left out."""
        found = self._configuration(path.parent)
        if found.excludes(path, directory=directory):
            return True
        if found.respect_gitignore is False:
            return False
        from textfix.io.gitignore import ignored_by_git

        return ignored_by_git(path, directory=directory)

    def leaves_out(self, path: Path) -> bool:
        """Say whether a file that was named is to be left out: only under --force-exclude.

        Then nobody chose the files, and what is excluded, what is a link (its target has a name of its own), and what
        is no text are passed over in silence.
        """
        try:
            found = self._configuration(path.parent)
        except ConfigError:
            return False  # and reported when the file is read
        if not found.force_exclude:
            return False
        if os.path.islink(path) or found.excludes(path, named=True):
            return True
        try:
            read(path)
        except BinaryError:
            return True
        except (OSError, ValueError):
            return False
        return False

    def shown(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield what is used for each path, as TOML."""
        for name in paths:
            path = Path(self.stdin_filename or "<stdin>") if name == "-" else Path(name)
            folder = path if os.path.isdir(path) else path.parent
            found = self._configuration(folder)
            own = self.said.files.over(found.for_file(path))
            yield f"# {name}"
            yield f"# configuration: {found.path or 'none'}"
            yield f"# preset: {own.preset or self.default_preset}"
            yield f"# markup: {own.markup_of(path.name)}"
            yield f"# encoding: {own.encoding or 'found from the bytes'}"
            yield self.pipeline(own).to_toml()

    def _configuration(self, folder: Path) -> Configuration:
        if self.isolated:
            return self.said.over(Configuration())
        return self.said.over(load(self.config) if self.config else closest(folder))


class _Misconfigured(click.ClickException):
    exit_code = 2


_SHARED = (
    click.option("--preset", type=click.Choice(list(PRESETS)), help="What to repair, whatever the configuration says."),
    click.option(
        "--default-preset", type=click.Choice(list(PRESETS)), default="dump",
        help="What to repair where neither --preset nor the configuration says [default: dump].",
    ),
    click.option(
        "--select", multiple=True, metavar="REASON",
        help="Repair only this: a normalizer or the beginning of a reason (overlay, overlay/run). Repeatable.",
    ),
    click.option("--ignore", multiple=True, metavar="REASON", help="Do not repair this. Repeatable."),
    click.option("--encoding", metavar="NAME", help="Read the input as this."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out, as .gitignore would. Repeatable."),
    click.option("--force-exclude/--no-force-exclude", default=None, help="Leave them out even where a PATH is one."),
    click.option("--respect-gitignore/--no-respect-gitignore", default=None, help="Leave out what git ignores."),
    click.option(
        "--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="Use this configuration, not the closest one of each file.",
    ),
    click.option("--isolated", is_flag=True, help="Use no configuration."),
    click.option("--show-settings", is_flag=True, help="Print what is used for each PATH, and do nothing."),
    click.option("--stdin-filename", metavar="NAME", help="What to call standard input."),
    click.option("-q", "--quiet", is_flag=True, help="No summary and no progress on standard error."),
)  # fmt: skip


def shared_options(function: F) -> F:
    """Add the options that say what to do with what, and how much to tell; the command gets them as `settings`."""

    @wraps(function)
    def command(
        *arguments: Any,
        preset: str | None,
        default_preset: str,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        encoding: str | None,
        exclude: tuple[str, ...],
        force_exclude: bool | None,
        respect_gitignore: bool | None,
        config: Path | None,
        isolated: bool,
        show_settings: bool,
        stdin_filename: str | None,
        quiet: bool,
        **others: Any,
    ) -> Any:
        if isolated and config is not None:
            raise click.UsageError("--isolated and --config exclude each other")
        said = _said(preset, _listed(select), _listed(ignore), encoding, exclude, force_exclude, respect_gitignore)
        settings = Settings(said, default_preset, config, isolated, stdin_filename, quiet)
        try:
            # What the command line says, and the configuration where we stand, concern every file: say it once.
            settings.pipeline(settings.here())
            if show_settings:
                sys.stdout.write("\n".join(settings.shown(others.get("paths") or ["."])))
                return None
        except ConfigError as error:
            raise _Misconfigured(str(error)) from None
        return function(*arguments, settings=settings, **others)

    for option in reversed(_SHARED):
        command = option(command)
    return command  # type: ignore[return-value]  # the same for click


def wants_color(color: bool | None) -> bool:
    """Say whether to colour standard output: as told, else only on a terminal and without NO_COLOR."""
    if color is not None:
        return color
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _said(
    preset: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    encoding: str | None,
    exclude: tuple[str, ...],
    force_exclude: bool | None,
    respect_gitignore: bool | None,
) -> Configuration:
    """Return the options as a configuration; raises click.UsageError for what no configuration could say."""
    from textfix.config.declaration import KEYS
    from textfix.config.settings import Glob

    for name, values in (("select", select), ("ignore", ignore), ("encoding", (encoding,) if encoding else ())):
        problem = KEYS[name].refused(list(values) if name != "encoding" else "".join(values) or "utf-8")
        if problem is not None:
            raise click.UsageError(f"--{name}: {problem}")
    return Configuration(
        files=FileSettings(preset, select or None, ignore=ignore, encoding=encoding),
        exclude=Glob(Path.cwd(), exclude) if exclude else None,
        force_exclude=force_exclude,
        respect_gitignore=respect_gitignore,
    )


def _listed(values: tuple[str, ...]) -> tuple[str, ...]:
    """Take commas too: --select overlay,unwrap."""
    return tuple(part.strip().rstrip("/") for value in values for part in value.split(",") if part.strip())
