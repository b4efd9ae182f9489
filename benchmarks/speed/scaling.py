"""Run `textfix run` on a generated corpus with one and two processes, with Ray and Spark, and write what it took.

    python -m benchmarks.speed.scaling [--megabytes M ...] [--engines NAME ...] [-o FILE]

The corpus is JSON Lines: pages of the seeds in turn, each with a line of its own, so that no two are equal. The machine
should have nothing else to do. Engines that are not installed are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

__all__ = ["main"]

_SEEDS = Path(__file__).parents[2] / "seeds"
_RUNS = (("local", 1), ("local", 2), ("ray", 1), ("ray", 2), ("spark", 1), ("spark", 2))
_HEAD = """\
# Scaling

    {command}

{processors} processors. `MB/s` is UTF-8 input by wall clock of the whole command, start and finish included; `MiB` the
greatest sum of what all its processes held in memory of their own (proportional set size where the system tells it);
`times` is against one local process on the same corpus; `same` says whether the output is that of one local process,
byte for byte.

| corpus | engine | processes | s | MB/s | times | MiB | same |
|---|---|---:|---:|---:|---:|---:|---|
"""


class _Run(NamedTuple):
    seconds: float
    peak: float
    digest: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[20, 200], help="sizes (default: 20 200)")
    parser.add_argument("--engines", nargs="+", default=["local", "ray", "spark"], help="(default: all)")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("SCALING.md"), metavar="FILE")
    options = parser.parse_args()
    command = " ".join(["python -m benchmarks.speed.scaling", *sys.argv[1:]])
    page = _HEAD.format(command=command, processors=psutil.cpu_count())
    for megabytes in options.megabytes:
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "corpus.jsonl"
            size = _generate(corpus, megabytes * 10**6)
            first: _Run | None = None
            for engine, jobs in _RUNS:
                if engine not in options.engines:
                    continue
                run = _run(corpus, Path(folder) / f"{engine}-{jobs}", engine, jobs)
                if run is None:
                    print(f"{engine} does not run here", file=sys.stderr)
                    continue
                first = first or run
                same = "yes" if run.digest == first.digest else "NO"
                row = (
                    f"| {size / 1e6:.0f} MB | {engine} | {jobs} | {run.seconds:.1f} | {size / run.seconds / 1e6:.2f} "
                    f"| {first.seconds / run.seconds:.2f} | {run.peak:.0f} | {same} |"
                )
                print(row, file=sys.stderr)
                page += row + "\n"
    options.output.write_text(page, encoding="utf-8")


def _generate(path: Path, size: int) -> int:
    texts = [seed.read_text("utf-8") for seed in sorted(_SEEDS.glob("*.txt"))]
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            text = f"第{number}件\n{texts[number % len(texts)]}"
            written += file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n") and len(
                text.encode()
            )
            number += 1
    return written


def _run(corpus: Path, output: Path, engine: str, jobs: int) -> _Run | None:
    command = [sys.executable, "-m", "textfix", "run", str(corpus), str(output), "--engine", engine, "-j", str(jobs)]
    # Parts small enough for two processes to have work to the end.
    command += ["--shard-bytes", str(max(1 << 20, corpus.stat().st_size // 16)), "--quiet"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    failed = process.wait()
    seconds = time.perf_counter() - start
    watcher.join()
    if failed:
        return None
    digest = hashlib.sha256()
    for part in sorted(output.rglob("*.jsonl")):
        digest.update(part.read_bytes())
    return _Run(seconds, peak[0], digest.hexdigest())


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_held(process.pid)) / 2**20)
        time.sleep(0.2)


def _held(pid: int) -> Iterator[int]:
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return
    for process in family:
        try:
            memory = process.memory_full_info()
            yield getattr(memory, "pss", memory.rss)
        except psutil.Error:
            continue


if __name__ == "__main__":
    main()
