"""Reading TOML with the standard library (or its backport), writing the little of it that a pipeline needs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["dumps", "loads"]


def loads(text: str) -> dict[str, Any]:
    """Parse TOML; raises ValueError (with line and column) when it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def dumps(tables: Mapping[str, Sequence[Mapping[str, Any]]], head: Mapping[str, Any] | None = None) -> str:
    """Write arrays of flat tables, with `head` before them; options that are None are left out, as TOML has no null."""
    chunks = ["".join(f"{key} = {_value(value)}\n" for key, value in head.items())] if head else []
    for name, rows in tables.items():
        for row in rows:
            lines = [f"{key} = {_value(value)}" for key, value in row.items() if value is not None]
            chunks.append("\n".join([f"[[{name}]]", *lines, ""]))
    return "\n".join(chunks)


def _value(value: Any) -> str:
    import json

    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for surrogate pairs and DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    raise TypeError(f"an option cannot be a {type(value).__name__} in TOML: {value!r}")
