"""Typeset round-trips: ``python -m benchmarks.quality`` scores, ``… dumps`` writes dumps with line-level truth.

``benchmarks/quality/setup.sh`` installs what is needed.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import os
import pathlib
import sys

from . import dumps, geometry, real, report, run, typeset
from .model import SPLITS, cache

_HERE = pathlib.Path(__file__).parent


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run, for a look")
    parser.add_argument(
        "--ocr", action="store_true", help="recognize the pages instead of extracting their text; writes OCR.md"
    )
    parser.add_argument("--split", choices=SPLITS, default="test")
    parser.add_argument("--each", type=int, help="documents of each layout (full 12, quick 2)")
    parser.add_argument(
        "--candidate",
        action="append",
        default=[],
        metavar="MODULE:CALLABLE",
        help="score this as well; comes first in the table",
    )
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("-o", "--out", type=pathlib.Path, help="by default RESULTS.md beside this file")
    commands = parser.add_subparsers(dest="command")
    lines = commands.add_parser("dumps", help="write dumps with line-level truth, to train on")
    lines.add_argument("--split", choices=SPLITS, required=True)
    lines.add_argument("--each", type=int, default=12, help="documents of each layout")
    lines.add_argument(
        "--layouts", default="", help="only these, comma-separated; real and geometry stand for the real documents"
    )
    lines.add_argument("--extractors", type=int, help="so many of them a document, drawn at random; by default all")
    lines.add_argument("-o", "--out", type=pathlib.Path, required=True)
    options = parser.parse_args(argv)
    if not (cache() / "root").exists():
        parser.error(f"nothing in {cache()}: run benchmarks/quality/setup.sh first")
    if options.command == "dumps":
        only = options.layouts.split(",") if options.layouts else None
        found = typeset.documents(options.split, options.each, only)
        if only is None or "real" in only:
            found = itertools.chain(found, real.documents(options.split))
        if only is None or "geometry" in only:
            found = itertools.chain(found, geometry.documents(options.split))
        print(dumps.write(dumps.dumps(found, options.extractors), options.out), "dumps")
        return 0
    extra = list(options.candidate)
    if importlib.util.find_spec("textfix") is not None:
        extra.append("textfix:clean")
    each = options.each or (2 if options.quick else 12)
    names = list(run.table(extra, not options.no_peers))
    command = " ".join(["python -m benchmarks.quality", *(sys.argv[1:] if argv is None else argv)])
    with_peers, jobs, say = not options.no_peers, options.jobs, lambda text: print(text, file=sys.stderr)
    if options.ocr:
        results = run.run_recognized(options.split, each, extra, with_peers, jobs, say)
        page, out = report.write_recognized(results, names, command, options.split), _HERE / "OCR.md"
    else:
        results = run.run(options.split, each, extra, with_peers, options.quick, jobs, say)
        page, out = report.write(results, names, command, options.split), _HERE / "RESULTS.md"
    (options.out or out).write_text(page, encoding="utf-8")
    print(page.split("## ")[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
