"""What is timed: textfix, whole and in parts, and its peers; each is made only when asked for, by name."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.quality.candidates import load
from textfix.layout import compiled
from textfix.result import Result
from textfix.rows import stretches

__all__ = ["OURS", "PEERS", "REFERENCE", "make", "versions", "works"]

Cleaner = Callable[[Sequence[str]], list[str]]
"""Cleans the documents of a corpus."""

REFERENCE = "textfix dump"
"""What the ratios are about: documents side by side in batches of a million characters, as `textfix run` does it."""

ALONE = "textfix dump, a call a document"
EDITS = "textfix dump, with all edits as one list"
FAST = "textfix[fast] dump"

# The installed module and what to call in it; the distribution it comes from.
_PEERS = {
    "ftfy": ("ftfy:fix_text", "ftfy"),
    "autocorrect": ("autocorrect_py:format", "autocorrect-py"),
    "pangu": ("pangu:space_text", "pangu"),
    "OpenCC t2s": ("", "opencc"),
    "OpenCC s2twp": ("", "opencc"),
    "unstructured clean_extra_whitespace": ("unstructured.cleaners.core:clean_extra_whitespace", "unstructured"),
    "unstructured group_broken_paragraphs": ("unstructured.cleaners.core:group_broken_paragraphs", "unstructured"),
    "datatrove FTFYFormatter": ("datatrove.pipeline.formatters.ftfy:FTFYFormatter", "datatrove"),
    "datatrove SymbolLinesFormatter": (
        "datatrove.pipeline.formatters.symbol_lines_remover:SymbolLinesFormatter",
        "datatrove",
    ),
    "data-juicer fix_unicode": ("data_juicer.ops.mapper.fix_unicode_mapper:FixUnicodeMapper", "py-data-juicer"),
    "data-juicer whitespace_normalization": (
        "data_juicer.ops.mapper.whitespace_normalization_mapper:WhitespaceNormalizationMapper",
        "py-data-juicer",
    ),
    "data-juicer punctuation_normalization": (
        "data_juicer.ops.mapper.punctuation_normalization_mapper:PunctuationNormalizationMapper",
        "py-data-juicer",
    ),
}
PEERS = tuple(_PEERS)

# So many lines that numba is never, or at once, thought to pay.
_NEVER, _AT_ONCE = -(10**15), 10**15


def _ours() -> tuple[str, ...]:
    from textfix import PRESETS
    from textfix.normalizers import CATALOGUE

    variants = ("textfix variants s2t", "textfix variants s2twp")
    return (
        REFERENCE,
        FAST,
        ALONE,
        EDITS,
        *(f"textfix {name}" for name in (*PRESETS, *CATALOGUE) if name != "dump"),
        *variants,
    )


OURS = _ours()


def make(name: str, markup: str) -> Cleaner:
    """Return the callable of that name, for documents of that markup."""
    if name in _PEERS:
        return _peer(name, markup)
    from textfix import PRESETS, Pipeline
    from textfix.normalizers import CATALOGUE, Variants

    _, what, *options = name.partition(",")[0].split()
    if what in PRESETS:
        pipeline = Pipeline.preset(what)
    elif options:
        pipeline = Pipeline([Variants(*options)])
    else:
        pipeline = Pipeline([CATALOGUE[what]()])

    def explained(documents: Sequence[str]) -> list[Result]:
        compiled._counter.lines = _AT_ONCE if name == FAST else _NEVER
        results = []
        for start, stop in stretches([len(document) for document in documents]):
            results += pipeline.explain_many(documents[start:stop], markup=markup)
        return results

    if name == ALONE:
        return lambda documents: [pipeline(document, markup=markup) for document in documents]
    if name == EDITS:
        return lambda documents: [(result.edits, result.text)[1] for result in explained(documents)]
    return lambda documents: [result.text for result in explained(documents)]


def _peer(name: str, markup: str) -> Cleaner:
    clean: Callable[[str], str]
    if name.startswith("OpenCC"):
        import opencc

        clean = opencc.OpenCC(name.split()[1]).convert
    elif name == "autocorrect" and markup == "markdown":
        import autocorrect_py

        return lambda documents: [str(autocorrect_py.format_for(text, "markdown")) for text in documents]
    elif name.startswith(("datatrove", "data-juicer")):
        module, _, kind = _PEERS[name][0].partition(":")
        operator: Any = getattr(importlib.import_module(module), kind)()
        if name.startswith("data-juicer"):
            return lambda documents: list(operator.process_batched({"text": list(documents)})["text"])
        clean = operator.format
    else:
        clean = load(_PEERS[name][0])
    return lambda documents: list(map(clean, documents))


def works(name: str) -> bool:
    """Say whether a subject is installed and does anything but fail."""
    try:
        if name == FAST and compiled._compiled() is None:
            return False
        make(name, "plain")(["中文 text\n" * 20])
    except Exception:
        return False
    return True


def versions() -> list[tuple[str, str]]:
    """The versions of everything that is timed, and of what textfix stands on."""
    found = []
    own = ("textfix", "numpy", "regex", "numba")
    for name in dict.fromkeys((*own, *(distribution for _, distribution in _PEERS.values()))):
        try:
            found.append((name, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
