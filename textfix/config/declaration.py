"""Every key of the configuration, declared once: what it takes, what it is for, where it may stand.

What is checked when a configuration is read, and the JSON schema that editors use, both come from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from textfix.config.errors import unknown
from textfix.document import MARKUPS
from textfix.markup.ignores import compiled
from textfix.normalizers import CATALOGUE
from textfix.pipeline import PRESETS
from textfix.selection import unknown_reason

__all__ = ["DEFAULT_EXCLUDE", "KEYS", "Key", "options_of"]

#: What is nobody's own text: installed packages, and the files in which tools lock versions.
DEFAULT_EXCLUDE = (
    "node_modules", "site-packages", "__pycache__", "venv", "*.lock", "*.lockb", "*-lock.*", "*.lockfile",
    "pylock.toml", "pylock.*.toml", "npm-shrinkwrap.json", "go.sum",
)  # fmt: skip

Kind = Literal["string", "boolean", "integer", "strings"]


@dataclass(frozen=True)
class Key:
    """A key: the kind of its value, what it is for, the values that it may have (None: any), what else must hold.

    per_file  whether it may stand under `per-file` too
    adds      whether the value adds to what it would otherwise replace
    problem   says what is wrong with one string, if anything
    """

    kind: Kind
    help: str
    choices: tuple[str, ...] | None = None
    default: Any = None
    per_file: bool = False
    adds: bool = False
    problem: Callable[[str], str | None] | None = None

    def refused(self, value: Any) -> str | None:
        """Say why a value cannot be taken, or None."""
        kinds: dict[str, type[Any]] = {"string": str, "boolean": bool, "integer": int, "strings": list}
        if not isinstance(value, kinds[self.kind]) or (self.kind == "integer" and isinstance(value, bool)):
            return f"takes {_ARTICLES[self.kind]}, not {value!r}"
        if self.kind not in ("string", "strings"):
            return None
        for item in value if self.kind == "strings" else [value]:
            if not isinstance(item, str):
                return f"takes {_ARTICLES[self.kind]}, not {value!r}"
            if self.choices is not None and item not in self.choices:
                return unknown("value", item, self.choices)
            if self.problem is not None and (told := self.problem(item)) is not None:
                return told
        return None

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of the value."""
        found: dict[str, Any] = {"description": self.help} if self.help else {}
        text: dict[str, Any] = {"type": "string"}
        if self.choices is not None:
            text["enum"] = list(self.choices)
        if self.kind == "strings":
            found |= {"type": "array", "items": text}
        else:
            found |= text if self.kind == "string" else {"type": self.kind}
        if self.default is not None:
            found["default"] = self.default
        return found


_ARTICLES = {
    "string": "a string",
    "boolean": "true or false",
    "integer": "a whole number",
    "strings": "a list of strings",
}


def _reason(value: str) -> str | None:
    found = unknown_reason(value, CATALOGUE)
    return None if found is None else unknown(*found)


def _pattern(value: str) -> str | None:
    try:
        compiled(value)
    except ValueError as error:
        return str(error)
    return None


def _encoding(value: str) -> str | None:
    import codecs

    try:
        codecs.lookup(value)
    except LookupError:
        return f"unknown encoding {value!r}"
    return None


KEYS: dict[str, Key] = {
    "extend": Key("string", "Another configuration, relative to this file, for everything that is not said here."),
    "required-version": Key("string", "The versions of textfix that this configuration is for, such as '>=1.2,<2'."),
    "preset": Key("string", "What to repair.", tuple(PRESETS), per_file=True),
    "select": Key(
        "strings", "Repair only for these reasons, or for reasons that begin with them.", per_file=True, problem=_reason
    ),
    "extend-select": Key(
        "strings", "Normalizers to run beside those of the preset.", per_file=True, adds=True, problem=_reason
    ),
    "ignore": Key(
        "strings", "Reasons, or beginnings of reasons, not to repair for.", per_file=True, adds=True, problem=_reason
    ),
    "protect": Key(
        "strings", "Regular expressions for what is to be left as it is.", per_file=True, adds=True, problem=_pattern
    ),
    "markup": Key("string", "How files are written; told from their names otherwise.", MARKUPS, per_file=True),
    "encoding": Key(
        "string", "Read files as this; found from their bytes otherwise.", per_file=True, problem=_encoding
    ),
    "exclude": Key(
        "strings", "Files to leave out, as in .gitignore, relative to this file.", default=list(DEFAULT_EXCLUDE)
    ),
    "extend-exclude": Key("strings", "More files to leave out.", adds=True),
    "force-exclude": Key("boolean", "Leave them out even where they are named on the command line.", default=False),
    "respect-gitignore": Key("boolean", "Leave out what git ignores when looking through directories.", default=True),
}


@cache
def options_of(name: str) -> dict[str, Key]:
    """Return the options of a normalizer as keys, from its own declaration.

    >>> options_of("spacing")["style"].choices
    ('majority', 'pangu', 'none')
    """
    normalizer = CATALOGUE[name]
    hints = get_type_hints(normalizer)
    return {field.name: _key(hints[field.name], field.default) for field in fields(normalizer)}


def _key(hint: Any, default: Any) -> Key:
    if get_origin(hint) is Literal:
        return Key("string", "", tuple(get_args(hint)), default)
    if get_origin(hint) is tuple:
        return Key("strings", "", default=list(default))
    kinds: dict[Any, Kind] = {bool: "boolean", int: "integer", str: "string"}
    return Key(kinds[hint], "", default=default)
