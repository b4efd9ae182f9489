"""Run the candidates over the documents of a split, on all cores, and collect the tallies."""

from __future__ import annotations

import dataclasses
import logging
import multiprocessing
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from . import align as al
from . import candidates, corrupt, dumps, harmless, real, recognize, typeset
from .layouts import BY_NAME, LAYOUTS
from .model import Document
from .score import Judge, Tally, harm

#: (candidate, set of documents, extractor, layout, language) to tally; the sets: typeset, scrambled, real.
Key = tuple[str, str, str, str, str]


@dataclasses.dataclass
class Results:
    """Everything the report needs."""

    tallies: dict[Key, Tally] = dataclasses.field(default_factory=lambda: defaultdict(Tally))
    #: class of corruption -> candidate -> (damaged, repaired, untouched, broken)
    corruption: dict[str, dict[str, tuple[int, int, int, int]]] = dataclasses.field(default_factory=dict)
    #: kind of clean text -> candidate -> (characters, edits)
    harm: dict[str, dict[str, tuple[int, int]]] = dataclasses.field(default_factory=dict)
    documents: int = 0
    seconds: float = 0.0

    def total(self, candidate: str, **wanted: str) -> Tally:
        """The sum over all keys that match, for example ``total("textfix", set="typeset", extractor="pypdf")``."""
        names = ("candidate", "set", "extractor", "layout", "lang")
        tally = Tally()
        for key, value in self.tallies.items():
            if key[0] == candidate and all(dict(zip(names, key))[k] == v for k, v in wanted.items()):
                tally = tally + value
        return tally

    def values(self, field: int, set_: str) -> list[str]:
        return sorted({key[field] for key in self.tallies if key[1] == set_})


_cleaners: dict[str, candidates.Cleaner] = {}
#: The candidates that promise that a second pass changes nothing.
_tested: set[str] = set()


def _start(extra: Sequence[str], with_peers: bool) -> None:
    os.nice(5)
    _cleaners.update(table(extra, with_peers))
    _tested.update(list(_cleaners)[: len(extra)])


def table(extra: Sequence[str], with_peers: bool) -> dict[str, candidates.Cleaner]:
    """The candidates in the order of the table: textfix and what the command line adds first."""
    found = {spec.replace(":clean", ""): candidates.load(spec) for spec in extra}
    found.update(candidates.BASELINES)
    if with_peers:
        found.update(candidates.peers())
    return found


def run(
    split: str, each: int, extra: Sequence[str], with_peers: bool, small: bool, jobs: int, say: Callable[[str], None]
) -> Results:
    """Score every candidate on the test material; ``small`` is the quick run."""
    work = _typeset("typeset", split, each)
    reals = list(real.documents(split))
    work += [("real", doc) for doc in (reals[1:2] + reals[-1:] if small else reals)]
    work += [("corrupt", case) for case in corrupt.cases(split, 2 if small else 12)]
    work += [("harm", pair) for pair in harmless.texts(split, 15_000 if small else 200_000)]
    return _done(work, extra, with_peers, jobs, say)


def run_recognized(
    split: str, each: int, extra: Sequence[str], with_peers: bool, jobs: int, say: Callable[[str], None]
) -> Results:
    """Score every candidate on typeset pages that were recognized, not extracted."""
    return _done(_typeset("recognized", split, each), extra, with_peers, jobs, say)


def _typeset(kind: str, split: str, each: int) -> list[tuple[str, Any]]:
    """The work on typeset documents, those that are no pages left out where they are to be recognized."""
    layouts = (layout for layout in LAYOUTS if layout.split == split and (kind == "typeset" or layout.engine != "wrap"))
    return [(kind, (layout.name, n)) for layout in layouts for n in range(each)]


def _done(
    work: Sequence[tuple[str, Any]], extra: Sequence[str], with_peers: bool, jobs: int, say: Callable[[str], None]
) -> Results:
    start = time.perf_counter()
    results = Results(documents=sum(kind in ("typeset", "recognized") for kind, _ in work))
    # fork keeps the corpus that is already read; the workers load nothing anew
    with multiprocessing.get_context("fork").Pool(jobs, _start, (tuple(extra), with_peers)) as pool:
        for done, part in enumerate(pool.imap_unordered(_job, work, chunksize=1), 1):
            _merge(results, part)
            if done % 50 == 0:
                say(f"{done} of {len(work)}, {time.perf_counter() - start:.0f} s")
    results.seconds = time.perf_counter() - start
    return results


def _safely(clean: candidates.Cleaner, text: str) -> tuple[str, bool]:
    """The output, or the text itself from a cleaner that fails: the others are scored all the same."""
    try:
        return clean(text), False
    except Exception as error:
        logging.getLogger(__name__).warning("a cleaner failed: %r", error)
        return text, True


def _job(task: tuple[str, Any]) -> tuple[str, Any]:
    kind, what = task
    if kind in ("typeset", "recognized"):
        layout, number = what
        document = typeset.document(BY_NAME[layout], number)
        extractors = dumps.extractors(document) if kind == "typeset" else (recognize.NAME,)
        return "tallies", list(_document(document, "typeset", extractors))
    if kind == "real":
        return "tallies", list(_document(what, "real", dumps.extractors(what)))
    if kind == "corrupt":
        case: corrupt.Case = what
        rows = {}
        for name, clean in _cleaners.items():
            good, broken = corrupt.repaired(case, _safely(clean, case.text)[0])
            rows[name] = (len(case.truth), good, len(case.other), broken)
        return "corruption", (case.kind, rows)
    group, text = what
    return "harm", (
        group,
        {name: (len(text), harm(lambda t, c=clean: _safely(c, t)[0], text)) for name, clean in _cleaners.items()},
    )


def _document(document: Document, set_: str, extractors: Iterable[str]) -> Iterable[tuple[Key, Tally]]:
    truth = al.Truth(document.blocks, document.furniture)
    for extractor in extractors:
        dump = dumps.dump(document, extractor, truth)
        judge = Judge(dump)
        name = "scrambled" if set_ == "typeset" and judge.scrambled else set_
        for candidate, clean in _cleaners.items():
            start = time.perf_counter()
            output, failed = _safely(clean, dump.text)
            seconds = time.perf_counter() - start
            tally = judge.score(output)
            tally.seconds, tally.bytes = seconds, len(dump.text.encode("utf-8"))
            tally.unstable = int(candidate in _tested and _safely(clean, output)[0] != output)
            tally.failed = int(failed)
            yield (candidate, name, extractor, document.layout, document.lang), tally


def _merge(results: Results, part: tuple[str, Any]) -> None:
    kind, rows = part
    if kind == "tallies":
        for key, tally in rows:
            results.tallies[key] = results.tallies[key] + tally
        return
    group, by_name = rows
    table_: dict[str, dict[str, tuple[int, ...]]] = getattr(results, kind)
    have = table_.setdefault(group, {})
    for name, counts in by_name.items():
        have[name] = tuple(map(sum, zip(have.get(name, (0,) * len(counts)), counts)))
