"""Counts what the overlay normalizer would take from clean text.

    python -m benchmarks.overlay.harm TEXT_OR_JSONL…

Text files are one document each; a JSONL file has a string a line. The tally goes to stdout, file by file, with every
stretch that would be deleted and what stands before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from textfix.normalizers.overlay import Overlay


def documents(path: Path) -> Iterator[str]:
    """The documents of a file."""
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        yield path.read_text(encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("paths", type=Path, nargs="+")
    overlay = Overlay()
    total = cuts = 0
    for path in options.parse_args().paths:
        size = doubts = 0
        found = []
        for text in documents(path):
            size += len(text)
            result = overlay.explain(text)
            doubts += len(result.doubts)
            found += [(e.reason, text[max(0, e.start - 30) : e.start], e.before) for e in result.edits]
        total += size
        cuts += len(found)
        print(f"{path.name}: {size:,} characters, {len(found)} deletions, {doubts} doubts")
        for reason, before, deleted in found:
            print(f"    {reason}: {before!r} [{deleted!r}]")
    print(f"{cuts} deletions in {total:,} characters: {1e6 * cuts / max(total, 1):.3f} per million")


if __name__ == "__main__":
    sys.exit(main())
