"""The measuring: interleaved rounds in one process, and fresh processes for what a process can do only once."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks.speed import corpora, subjects

__all__ = ["Memory", "Timing", "lengths", "memory", "ratio", "startup", "timings"]


class Timing(NamedTuple):
    """MB of UTF-8 a second, one figure a round: on the wall clock, and in time on the processor.

    `changed` is how many of the documents came out different.
    """

    wall: list[float]
    processor: list[float]
    changed: int

    @property
    def middle(self) -> float:
        return median(self.processor)


class Memory(NamedTuple):
    """Peak resident memory in MiB, after import and some small texts, and at the end; `size` is that of the text."""

    before: float
    after: float
    size: float

    @property
    def times(self) -> float:
        """What cleaning added, as a multiple of the document in UTF-8."""
        return (self.after - self.before) / self.size


def timings(names: Sequence[str], corpus: corpora.Corpus, rounds: int) -> dict[str, Timing]:
    """Time every subject on a corpus, in another order each round, so that a busy machine is busy for all alike."""
    cleaners = {name: subjects.make(name, corpus.markup) for name in names}
    found = {name: Timing([], [], 0) for name in names}
    for clean in cleaners.values():
        # Tables are made and patterns compiled once in a process, for however many documents come.
        clean([corpus.documents[0][:2000]] * 4)
    order = random.Random(0)
    for _ in range(rounds):
        for name in order.sample(list(names), len(names)):
            clean = cleaners[name]
            gc.collect()
            wall, processor = perf_counter(), process_time()
            cleaned = clean(corpus.documents)
            wall, processor = perf_counter() - wall, process_time() - processor
            before = found[name]
            before.wall.append(corpus.size / wall / 1e6)
            before.processor.append(corpus.size / processor / 1e6)
            changed = sum(a != b for a, b in zip(corpus.documents, cleaned))
            found[name] = before._replace(changed=changed)
    return found


def ratio(one: Timing, other: Timing) -> float:
    """How many times as fast, as the median over the rounds: both ran in each."""
    return median(a / b for a, b in zip(one.processor, other.processor))


_CHILD = """
import sys
from benchmarks.speed import corpora, subjects

def peak():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)

subject, name, megabytes = sys.argv[1:]
corpus = corpora.load(name, float(megabytes))
clean = subjects.make(subject, corpus.markup)
clean([corpus.documents[0][:2000]])
clean([corpus.documents[0][:60000]])
before = peak()
clean(corpus.documents)
print(before, peak(), corpus.size / 2**20)
"""


def memory(name: str, corpus: str, megabytes: float) -> Memory:
    """Measure a subject in a process of its own."""
    command = [sys.executable, "-c", _CHILD, name, corpus, str(megabytes)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Memory(*map(float, output.split()))


def lengths(name: str, text: str, longest: int) -> list[tuple[float, float]]:
    """Time a subject on one document of ever greater length: code points, and millions of them a second.

    The best of some runs that last half a second together at least, or of one.
    """
    clean = subjects.make(name, "plain")
    clean([text[:20000]])
    found = []
    length = longest
    while length >= 100:
        document = (text * (length // len(text) + 1))[:length]
        best, total = float("inf"), 0.0
        gc.collect()
        while total < 0.5:
            start = process_time()
            clean([document])
            took = process_time() - start
            best, total = min(best, took), total + max(took, 1e-4)
        found.append((float(length), length / max(best, 1e-6) / 1e6))
        length = round(length / 10**0.5)
    return found[::-1]


def startup(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, float]:
    """Milliseconds that each Python command line takes, medians of interleaved rounds; one run of each goes before."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, arguments in commands.items():
            start = perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
            if number:
                took[name].append((perf_counter() - start) * 1000)
    return {name: median(values) for name, values in took.items()}
