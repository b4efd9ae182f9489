"""The page of results: what was run on what, the tables, and the goals."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.speed import subjects
from benchmarks.speed.corpora import Corpus
from benchmarks.speed.measure import Memory, Timing, ratio

__all__ = ["page"]

_MEANING = """\
MB are 10⁶ bytes of UTF-8 input. All subjects ran in one process, each corpus in rounds, in another order each round. A
figure is the median of the rounds in time on the processor, which a busy machine disturbs least; `wall` is the same on
the wall clock, `best` the fastest round. `against textfix dump` is the median of the ratios within each round, above 1
where `textfix dump` is faster. `changed` counts the documents that came out different: whoever does nothing is fast.

`textfix …` cleans the documents side by side, in batches of a million characters, as `textfix run`, the Arrow kernel
and all adapters do, without numba; `textfix[fast]` is the same with it. `a call a document` calls the pipeline for each
document, as an interactive caller would; `with all edits as one list` also fuses the edits of all steps into
`result.edits`, which otherwise happens when somebody looks. data-juicer's operators get the whole corpus as one batch,
all other peers a document a call, which is how they are made.
"""


def page(
    command: str,
    missing: Sequence[str],
    timed: Sequence[tuple[Corpus, Mapping[str, Timing]]],
    memory: Mapping[str, Memory],
    startup: Mapping[str, float],
    picture: str,
) -> str:
    """Return the results as Markdown."""
    return "\n".join(
        [
            "# Speed",
            "",
            f"    {command}",
            "",
            *_setting(),
            "",
            _MEANING,
            *([f"Left out, as not installed or failing: {', '.join(missing)}.\n"] if missing else []),
            *(line for corpus, timings in timed for line in _throughput(corpus, timings)),
            *_length(picture),
            *_memory(memory),
            *_startup(startup),
        ]
    )


def _setting() -> Iterator[str]:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"{python} on {platform.system()} {platform.machine()}, {os.cpu_count()} processors; versions:"
    yield ", ".join(f"{name} {version}" for name, version in subjects.versions()) + "."


def _throughput(corpus: Corpus, timings: Mapping[str, Timing]) -> Iterator[str]:
    yield f"## {corpus.name[0].upper()}{corpus.name[1:]}"
    yield ""
    if not timings:
        yield "Not measured: `benchmarks/quality/setup.sh` fetches the texts."
        yield ""
        return
    rounds = len(next(iter(timings.values())).wall)
    yield f"Documents: {len(corpus.documents)}, {corpus.size / 1e6:.2f} MB; rounds: {rounds}."
    yield ""
    yield f"| | MB/s | wall | best | against {subjects.REFERENCE} | changed |"
    yield "|---|---:|---:|---:|---:|---:|"
    reference = timings.get(subjects.REFERENCE)
    for name, timing in timings.items():
        against = f"{ratio(reference, timing):.2f}" if reference is not None and name != subjects.REFERENCE else ""
        wall = sorted(timing.wall)[len(timing.wall) // 2]
        speeds = f"{timing.middle:.1f} | {wall:.1f} | {max(timing.wall):.1f}"
        yield f"| {name} | {speeds} | {against} | {timing.changed} |"
    yield ""


def _length(picture: str) -> Iterator[str]:
    if picture:
        yield "## Length"
        yield ""
        yield "One document of ever greater length, in millions of code points a second of processor time: flat is"
        yield "linear, and what rises on the left is the cost of a call."
        yield ""
        yield f"![throughput by length]({picture})"
        yield ""


def _memory(memory: Mapping[str, Memory]) -> Iterator[str]:
    if not memory:
        return
    yield "## Memory"
    yield ""
    size = next(iter(memory.values())).size
    yield f"Peak resident memory of a fresh process, MiB, on the seeds as one document of {size:.1f} MiB; `added`:"
    yield "beyond what importing, holding the text and cleaning small ones took; `times`: that by the document's size."
    yield ""
    yield "| | peak | added | times |"
    yield "|---|---:|---:|---:|"
    for name, found in memory.items():
        yield f"| {name} | {found.after:.0f} | {found.after - found.before:.0f} | {found.times:.1f} |"
    yield ""


def _startup(startup: Mapping[str, float]) -> Iterator[str]:
    if not startup:
        return
    yield "## Start"
    yield ""
    yield "Wall clock of a whole process in ms, medians; `over python` is what it takes beyond a bare interpreter."
    yield ""
    yield "| | ms | over python |"
    yield "|---|---:|---:|"
    bare = next(iter(startup.values()))
    for name, took in startup.items():
        yield f"| {name} | {took:.0f} | {took - bare:.0f} |"
    yield ""
