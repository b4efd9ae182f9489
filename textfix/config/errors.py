"""What is wrong with a configuration, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from textfix.patterns import pattern

__all__ = ["ConfigError", "line_of", "unknown"]


class ConfigError(ValueError):
    """A configuration that cannot be used: its file, the line where that is known, and what is wrong."""

    def __init__(self, path: Path | None, message: str, line: int | None = None) -> None:
        super().__init__(path, message, line)
        self.path = path
        self.message = message
        self.line = line

    def __str__(self) -> str:
        if self.path is None:
            return self.message
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Say that a name is unknown, and which one is near.

    >>> unknown("key", "presett", ["preset", "select"])
    "unknown key 'presett'; did you mean 'preset'?"
    """
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return f"unknown {what} {name!r}; " + (f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names)}")


_HEADER = pattern(r"\s*\[\[?([^\[\]]+|(?:[^\[\]\"']*[\"'][^\"']*[\"'][^\[\]\"']*)+)\]")
_KEY = pattern(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_PART = pattern(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def line_of(toml: str, keys: Sequence[str]) -> int | None:
    """Return the line (counted from 1) of TOML where a key, or the nearest table or key around it, is written.

    >>> toml = '[textfix]\\npreset = "dump"\\n[textfix.per-file]\\n"a.*" = {x = 1}'
    >>> line_of(toml, ("textfix", "preset")), line_of(toml, ("textfix", "per-file", "a.*", "x"))
    (2, 4)
    """
    wanted = tuple(keys)
    table: tuple[str, ...] = ()
    best: tuple[int, int] | None = None
    for number, line in enumerate(toml.splitlines(), 1):
        header = _HEADER.match(line)
        entry = None if header else _KEY.match(line)
        if header:
            path = table = _parts(header[1])
        elif entry:
            path = (*table, *_parts(entry[1]))
        else:
            continue
        if path == wanted[: len(path)] and (best is None or len(path) > best[0]):
            best = len(path), number
    return best[1] if best else None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(next(filter(None, part), "") for part in _PART.findall(dotted))
