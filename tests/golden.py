"""Reads golden cases: plain text files, one per normalizer, that show what it repairs and what it must leave alone.

A case of NAME.txt is `title . input . expected .`, of NAME.keep.txt `title . text .`, each dot alone on its line.
Options of the normalizer may stand in braces at the end of the title, as JSON. `\\uXXXX`, `\\UXXXXXXXX`, `\\r`, `\\t`
and `\\f` are read as the characters that nobody could see. Lines that begin with `# ` before a title are comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "golden"
KNOWN_FAILURES = Path(__file__).parent / "known_failures"

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([rtf]))")
_OPTIONS = re.compile(r"\s*(\{.*\})\s*$")


class Case(NamedTuple):
    normalizer: str
    title: str
    options: dict[str, Any]
    text: str
    expected: str


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    for path in sorted(folder.glob("*.txt")):
        normalizer, _, rest = path.name.partition(".")
        yield from _read(path, normalizer, fields=1 if rest == "keep.txt" else 2)


def _read(path: Path, normalizer: str, fields: int) -> Iterator[Case]:
    lines = path.read_text(encoding="utf-8").split("\n")
    position = 0
    while True:
        while position < len(lines) and (not lines[position] or lines[position].startswith("# ")):
            position += 1
        if position == len(lines):
            return
        title = lines[position]
        position += 1
        if lines[position] != ".":
            raise ValueError(f"{path}:{position + 1}: expected a dot after the title {title!r}")
        parts = []
        for _ in range(fields):
            stop = lines.index(".", position + 1)
            parts.append(_ESCAPE.sub(_character, "\n".join(lines[position + 1 : stop])))
            position = stop
        position += 1
        found = _OPTIONS.search(title)
        options = json.loads(found[1]) if found else {}
        name = title[: found.start()] if found else title
        yield Case(normalizer, name, options, parts[0], parts[-1])


def _character(escape: re.Match[str]) -> str:
    if escape[3]:
        return {"r": "\r", "t": "\t", "f": "\f"}[escape[3]]
    return chr(int(escape[1] or escape[2], 16))
