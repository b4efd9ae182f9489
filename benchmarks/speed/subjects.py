"""What is timed: textfix, whole and in parts, and its peers; each is made only when asked for, by name."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable

from benchmarks.quality.candidates import load

__all__ = ["OURS", "PEERS", "REFERENCE", "make", "versions", "works"]

Cleaner = Callable[[str], str]

REFERENCE = "textfix dump"
"""What the ratios are about."""

# The installed module and what to call in it; the distribution it comes from.
_PEERS = {
    "ftfy": ("ftfy:fix_text", "ftfy"),
    "autocorrect": ("autocorrect_py:format", "autocorrect-py"),
    "pangu": ("pangu:space_text", "pangu"),
    "OpenCC t2s": ("", "opencc"),
    "OpenCC s2twp": ("", "opencc"),
    "unstructured clean_extra_whitespace": ("unstructured.cleaners.core:clean_extra_whitespace", "unstructured"),
    "unstructured group_broken_paragraphs": ("unstructured.cleaners.core:group_broken_paragraphs", "unstructured"),
}
PEERS = tuple(_PEERS)


def _ours() -> tuple[str, ...]:
    from textfix import PRESETS
    from textfix.normalizers import CATALOGUE

    variants = ("textfix variants s2t", "textfix variants s2twp")
    return (*(f"textfix {name}" for name in (*PRESETS, *CATALOGUE)), *variants)


OURS = _ours()


def make(name: str, markup: str) -> Cleaner:
    """Return the callable of that name, for texts of that markup."""
    if name in _PEERS:
        return _peer(name, markup)
    from textfix import PRESETS, Pipeline
    from textfix.normalizers import CATALOGUE, Variants

    _, what, *options = name.split()
    if what in PRESETS:
        pipeline = Pipeline.preset(what)
    elif options:
        pipeline = Pipeline([Variants(*options)])
    else:
        pipeline = Pipeline([CATALOGUE[what]()])
    return lambda text: pipeline(text, markup=markup)


def _peer(name: str, markup: str) -> Cleaner:
    if name.startswith("OpenCC"):
        import opencc

        convert: Cleaner = opencc.OpenCC(name.split()[1]).convert
        return convert
    if name == "autocorrect" and markup == "markdown":
        import autocorrect_py

        return lambda text: str(autocorrect_py.format_for(text, "markdown"))
    return load(_PEERS[name][0])


def works(name: str) -> bool:
    """Say whether a subject is installed and does anything but fail."""
    try:
        make(name, "plain")("中文 text\n" * 20)
    except Exception:
        return False
    return True


def versions() -> list[tuple[str, str]]:
    """The versions of everything that is timed, and of what textfix stands on."""
    found = []
    for name in dict.fromkeys(("textfix", "numpy", "regex", *(distribution for _, distribution in _PEERS.values()))):
        try:
            found.append((name, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
