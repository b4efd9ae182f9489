"""Reading a configuration file: TOML, checked key by key, with everything that it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textfix._toml import loads
from textfix._version import __version__
from textfix.config.declaration import KEYS, Key, options_of
from textfix.config.errors import ConfigError, line_of, unknown
from textfix.config.settings import Configuration, FileSettings, Glob
from textfix.normalizers import CATALOGUE

__all__ = ["configuration", "table_of"]

_SECTION = ("tool", "textfix")
_FOR_FILES = {name: key for name, key in KEYS.items() if key.per_file}


def table_of(path: Path) -> tuple[str, dict[str, Any] | None]:
    """Return the text of a TOML file and its settings for textfix; None where pyproject.toml has none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if path.name == "pyproject.toml" and _SECTION[1] not in text:
        return text, None
    try:
        data = loads(text)
    except ValueError as error:
        raise ConfigError(path, f"is no TOML: {error}") from None
    if path.name != "pyproject.toml":
        return text, data
    return text, data.get(_SECTION[0], {}).get(_SECTION[1])


def configuration(path: Path, extending: Sequence[Path] = ()) -> Configuration | None:
    """Return what a file configures; None for a pyproject.toml without `[tool.textfix]`."""
    if path in extending:
        raise ConfigError(path, f"extends itself: {' → '.join(map(str, (*extending, path)))}")
    text, table = table_of(path)
    if table is None:
        return None
    reader = _Reader(path, text)
    if not isinstance(table, dict):
        raise reader.error((), "must be a table")
    if "required-version" in table:  # before all else: what follows may be for another version
        reader.check_version(table["required-version"])
    tables = {name: table.pop(name) for name in ("per-file", *CATALOGUE) if name in table}
    own = reader.checked(table, KEYS, (), (*KEYS, "per-file", *CATALOGUE))
    base = {name: value for name, value in {**own, **tables}.items() if name in (*_FOR_FILES, *CATALOGUE)}
    per_file = [
        (Glob(path.parent, (pattern,)), reader.file_settings(row, ("per-file", pattern)))
        for pattern, row in reader.table(tables.get("per-file", {}), ("per-file",)).items()
    ]
    found = Configuration(
        path,
        reader.file_settings(base, ()),
        tuple(per_file),
        exclude=Glob(path.parent, tuple(own["exclude"])) if "exclude" in own else None,
        extend_exclude=(Glob(path.parent, tuple(own["extend-exclude"])),) if "extend-exclude" in own else (),
        force_exclude=own.get("force-exclude"),
        respect_gitignore=own.get("respect-gitignore"),
    )
    if "extend" not in own:
        return found
    other = path.parent / Path(own["extend"]).expanduser()
    if not os.path.isfile(other):
        raise reader.error(("extend",), f"there is no file {other}")
    parent = configuration(Path(os.path.realpath(other)), (*extending, path))
    if parent is None:
        raise reader.error(("extend",), f"{other} has no [tool.textfix]")
    return found.over(parent)


class _Reader:
    """Checks the tables of one file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._section = _SECTION if path.name == "pyproject.toml" else ()

    def error(self, place: Sequence[str], message: str) -> ConfigError:
        return ConfigError(self._path, message, line_of(self._text, (*self._section, *place)))

    def table(self, value: Any, place: Sequence[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.error(place, f"{place[-1]!r} must be a table, not {value!r}")
        return value

    def checked(
        self, table: Mapping[str, Any], keys: Mapping[str, Key], place: Sequence[str], known: Sequence[str]
    ) -> dict[str, Any]:
        """Return the table, every key of which is known and has a value that it can have."""
        for name, value in table.items():
            if name not in keys and name in KEYS and place:
                raise self.error((*place, name), f"{name!r} is for all files and cannot stand here")
            if name not in keys:
                raise self.error((*place, name), unknown("key", name, known))
            problem = keys[name].refused(value)
            if problem is not None:
                raise self.error((*place, name), f"{name!r}: {problem}")
        return dict(table)

    def file_settings(self, table: Any, place: Sequence[str]) -> FileSettings:
        """Return the settings for files that a table makes, at the top or under `per-file`."""
        table = self.table(table, place)
        plain = {name: value for name, value in table.items() if name not in CATALOGUE}
        own = self.checked(plain, _FOR_FILES, place, (*_FOR_FILES, *CATALOGUE))
        options = []
        for name in CATALOGUE:
            if name in table:
                keys = options_of(name)
                row = self.checked(self.table(table[name], (*place, name)), keys, (*place, name), tuple(keys))
                values = _hashable(row)
                try:
                    CATALOGUE[name](**values)
                except (ValueError, TypeError) as error:
                    raise self.error((*place, name), str(error)) from None
                options.append((name, tuple(values.items())))
        said = {name.replace("-", "_"): value for name, value in _hashable(own).items()}
        return FileSettings(**said, options=tuple(options))

    def check_version(self, wanted: Any) -> None:
        if not isinstance(wanted, str):
            raise self.error(("required-version",), f"'required-version': takes a string, not {wanted!r}")
        from packaging.specifiers import InvalidSpecifier, SpecifierSet

        try:
            allowed = SpecifierSet(wanted if wanted[:1] in "<>=!~" else f"=={wanted}", prereleases=True)
        except InvalidSpecifier:
            raise self.error(
                ("required-version",), f"'required-version': {wanted!r} is no version specifier, such as '>=1.2,<2'"
            ) from None
        if __version__ not in allowed:
            raise self.error(("required-version",), f"this is textfix {__version__}; the configuration is for {wanted}")


def _hashable(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
