"""What a configuration comes to, for all files and for one."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from textfix.config.declaration import DEFAULT_EXCLUDE, KEYS
from textfix.document import markup_of
from textfix.pipeline import Pipeline

__all__ = ["Configuration", "FileSettings", "Glob"]

_ADDING = tuple(name.replace("-", "_") for name, key in KEYS.items() if key.adds and key.per_file)

Options = tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]


@dataclass(frozen=True)
class FileSettings:
    """What is to be done to a file; None is what nobody said. Hashable and picklable."""

    preset: str | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    markup: str | None = None
    encoding: str | None = None
    options: Options = ()

    def over(self, base: FileSettings) -> FileSettings:
        """Return these settings with what they do not say taken from others; lists that add, add up."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        said = {name: value for name, value in said.items() if value is not None}
        said |= {name: tuple(dict.fromkeys((*getattr(base, name), *said[name]))) for name in _ADDING}
        merged = {name: dict(values) for name, values in base.options}
        for name, values in self.options:
            merged[name] = {**merged.get(name, {}), **dict(values)}
        said["options"] = tuple((name, tuple(sorted(values.items()))) for name, values in sorted(merged.items()))
        return replace(base, **said)

    def pipeline(self, default_preset: str = "dump") -> Pipeline:
        """Return the pipeline of a file."""
        return _pipeline(self, default_preset)

    def markup_of(self, name: str) -> str:
        """Return how a file of that name is written.

        >>> FileSettings().markup_of("a.md"), FileSettings(markup="plain").markup_of("a.md")
        ('markdown', 'plain')
        """
        return self.markup or markup_of(name)


def _pipeline(settings: FileSettings, default_preset: str) -> Pipeline:
    pipeline = Pipeline.preset(settings.preset or default_preset)
    if settings.select is not None:
        pipeline = pipeline.select(*settings.select, *settings.extend_select)
    elif settings.extend_select:
        pipeline = pipeline.select(*pipeline.names, *settings.extend_select)
    for name, options in settings.options:
        if name in pipeline:
            pipeline = pipeline.with_options(name, **dict(options))
    return pipeline.ignore(*settings.ignore).protect(*settings.protect)


class Glob(NamedTuple):
    """Patterns as in .gitignore, and the directory that they are relative to."""

    root: Path
    patterns: tuple[str, ...]

    def matches(self, path: Path, *, directory: bool = False) -> bool:
        """Say whether a path (absolute) lies below the directory and is meant, or lies in a directory that is."""
        relative = os.path.relpath(path, self.root).replace(os.sep, "/")
        if relative in (".", "..") or relative.startswith("../"):
            return False
        return bool(_spec(self.patterns).match_file(relative + "/" * directory))


@cache
def _spec(patterns: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


@dataclass(frozen=True)
class Configuration:
    """What one configuration file says, with all that it extends; or what the command line says; or nothing."""

    path: Path | None = None
    files: FileSettings = FileSettings()
    per_file: tuple[tuple[Glob, FileSettings], ...] = ()
    exclude: Glob | None = None
    extend_exclude: tuple[Glob, ...] = ()
    force_exclude: bool | None = None
    respect_gitignore: bool | None = None

    def over(self, base: Configuration) -> Configuration:
        """Return this configuration with what it does not say taken from another."""
        return Configuration(
            self.path or base.path,
            self.files.over(base.files),
            (*base.per_file, *self.per_file),
            base.exclude if self.exclude is None else self.exclude,
            (*base.extend_exclude, *self.extend_exclude),
            base.force_exclude if self.force_exclude is None else self.force_exclude,
            base.respect_gitignore if self.respect_gitignore is None else self.respect_gitignore,
        )

    def for_file(self, path: Path) -> FileSettings:
        """Return the settings of a file; of several patterns of `per-file` that mean it, later ones go over earlier."""
        path = Path(os.path.abspath(path))
        settings = self.files
        for glob, own in self.per_file:
            if glob.matches(path):
                settings = own.over(settings)
        return settings

    def excludes(self, path: Path, *, directory: bool = False, named: bool = False) -> bool:
        """Say whether a file or a directory is to be left out.

        While looking through directories, those above a path have been asked about already; where the path was `named`,
        they have not.
        """
        names = path.parts if named else path.parts[-1:]
        path = Path(os.path.abspath(path))
        if self.exclude is None:
            if any(fnmatchcase(name, pattern) for name in names for pattern in DEFAULT_EXCLUDE):
                return True
        elif self.exclude.matches(path, directory=directory):
            return True
        return any(glob.matches(path, directory=directory) for glob in self.extend_exclude)
