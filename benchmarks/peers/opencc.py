"""OpenCC's own test cases, run through `Variants`.

    python -m benchmarks.peers.opencc CASES

CASES is either `test/testcases/testcases.json` of OpenCC's source, or a JSONL file with one case a line: `rule` (the
name of the conversion), `input`, `expected`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from textfix.normalizers import Variants
from textfix.variants.configs import configs

__all__ = ["Case", "Failure", "failures", "read"]


class Case(NamedTuple):
    config: str
    text: str
    expected: str


class Failure(NamedTuple):
    case: Case
    got: str
    why: str


def read(path: Path) -> Iterator[Case]:
    """Yield the cases of a file in either form, for the conversions that the installed OpenCC ships."""
    for case in _lines(path) if path.suffix == ".jsonl" else _testcases(path):
        if case.config in configs():
            yield case


def _lines(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for row in map(json.loads, lines):
            yield Case(row["rule"], row["input"], row["expected"])


def _testcases(path: Path) -> Iterator[Case]:
    source = re.sub(r",(?=\s*[}\]])", "", path.read_text(encoding="utf-8"))  # JSON5: commas may trail
    for row in json.loads(source)["cases"]:
        for config, text in row["expected"].items():
            yield Case(config, row["input"], text)


def failures(cases: Iterable[Case]) -> Iterator[Failure]:
    """Yield the cases in which the outcome is another one, an edit was refused, or the edits do not lead back."""
    for case in cases:
        result = Variants(case.config).explain(case.text)
        if result.text != case.expected:
            yield Failure(case, result.text, "another text")
        elif result.refusals:
            yield Failure(case, result.text, f"refused: {result.refusals[0]}")
        elif result.edits.invert().apply() != case.text:
            yield Failure(case, result.text, "the edits do not lead back")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    cases = list(read(parser.parse_args().cases))
    failed = list(failures(cases))
    for failure in failed:
        print(
            f"{failure.case.config}: {failure.case.text!r} -> {failure.got!r} ({failure.why}), "
            f"expected {failure.case.expected!r}"
        )
    print(f"OpenCC: {len(cases) - len(failed)} of {len(cases)} cases pass")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
