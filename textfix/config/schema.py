"""The JSON schema of `textfix.toml`, made from the declaration; `python -m textfix.config.schema` prints it."""

from __future__ import annotations

import json
from typing import Any

from textfix.config.declaration import KEYS, options_of
from textfix.normalizers import CATALOGUE

__all__ = ["schema"]


def schema() -> dict[str, Any]:
    """Return the schema; that of `[tool.textfix]` is the same."""
    normalizers = {name: {"$ref": f"#/$defs/{name}"} for name in CATALOGUE}
    per_file = {name: key.schema() for name, key in KEYS.items() if key.per_file}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "textfix",
        "description": "Configuration of textfix: textfix.toml, or [tool.textfix] of pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: key.schema() for name, key in KEYS.items()},
            "per-file": {
                "description": "Other settings for files that match a pattern, as in .gitignore.",
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/per-file"},
            },
            **normalizers,
        },
        "$defs": {
            "per-file": {
                "type": "object",
                "additionalProperties": False,
                "properties": {**per_file, **normalizers},
            },
            **{name: _normalizer(name) for name in CATALOGUE},
        },
    }


def _normalizer(name: str) -> dict[str, Any]:
    return {
        "description": f"Options of the normalizer {name}.",
        "type": "object",
        "additionalProperties": False,
        "properties": {option: key.schema() for option, key in options_of(name).items()},
    }


if __name__ == "__main__":
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
