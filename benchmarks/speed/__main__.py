"""Time textfix and its peers, and write the results.

    python -m benchmarks.speed [--rounds N] [--megabytes M] [--only TEXT] [-o FILE]

The peers that are installed take part; `benchmarks/quality/setup.sh` fetches them, and the prose. It takes ten
minutes, most of them for the slowest peer; `--rounds 1 --megabytes 0.2 --longest 100000` gives a first idea.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from benchmarks.speed import corpora, measure, subjects
from benchmarks.speed.plot import plot
from benchmarks.speed.report import page

_LARGE = "seeds, one document"
_BY_LENGTH = (subjects.REFERENCE, subjects.FAST, "autocorrect", "ftfy")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds for each corpus (default: 3)")
    parser.add_argument("--megabytes", type=float, default=1, help="size of each corpus (default: 1)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only subjects whose name has this in it")
    parser.add_argument(
        "--longest", type=int, default=10**7, metavar="N", help="code points of the longest document (default: 10^7)"
    )
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("RESULTS.md"), metavar="FILE")
    options = parser.parse_args()
    logging.disable(logging.ERROR)
    wanted = [name for name in (*subjects.OURS, *subjects.PEERS) if options.only in name]
    names = list(filter(subjects.works, wanted))
    missing = [name for name in wanted if name not in names]

    timed = []
    for corpus_name in corpora.NAMES:
        corpus = corpora.load(corpus_name, options.megabytes)
        print(f"{corpus_name}: {len(corpus.documents)} documents", file=sys.stderr)
        timed.append((corpus, measure.timings(names, corpus, options.rounds) if corpus.documents else {}))
    print("memory", file=sys.stderr)
    heavy = [name for name in names if name in (subjects.REFERENCE, subjects.FAST) or name in subjects.PEERS]
    memory = {name: measure.memory(name, _LARGE, 4 * options.megabytes) for name in heavy}
    print("length", file=sys.stderr)
    text = corpora.load(_LARGE, 0.02).documents[0]
    by_length = {name: measure.lengths(name, text, options.longest) for name in _BY_LENGTH if name in names}
    picture = options.output.with_name("length.svg")
    if by_length:
        title = "Throughput by length of one document (seeds, repeated)"
        picture.write_text(plot(by_length, title, "code points", "million code points a second"), encoding="utf-8")
    print("start", file=sys.stderr)
    startup = measure.startup(_commands(names), 2 * options.rounds + 1)

    command = " ".join(["python -m benchmarks.speed", *sys.argv[1:]])
    options.output.write_text(
        page(command, missing, timed, memory, startup, picture.name if by_length else ""), encoding="utf-8"
    )
    print(f"written: {options.output}", file=sys.stderr)


def _commands(names: list[str]) -> dict[str, list[str]]:
    seed = str(sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))[0])
    modules = {
        "unstructured clean_extra_whitespace": "unstructured.cleaners.core",
        "datatrove FTFYFormatter": "datatrove.pipeline.formatters.ftfy",
        "data-juicer fix_unicode": "data_juicer.ops.mapper.fix_unicode_mapper",
        "ftfy": "ftfy",
        "autocorrect": "autocorrect_py",
        "pangu": "pangu",
        "OpenCC t2s": "opencc",
    }
    return {
        "python": ["-c", "pass"],
        "import textfix": ["-c", "import textfix"],
        **{f"import {module}": ["-c", f"import {module}"] for name, module in modules.items() if name in names},
        "textfix check, one page": ["-m", "textfix", "check", seed],
        "textfix clean, one page": ["-m", "textfix", "clean", seed],
    }


if __name__ == "__main__":
    main()
