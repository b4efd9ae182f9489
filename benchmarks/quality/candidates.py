"""What stands in the table: textfix, simple rules, and other people's cleaners, each as ``str -> str``."""

from __future__ import annotations

import importlib
import importlib.metadata
import logging
import re
import sys
import types
from collections.abc import Callable
from typing import Any

from .model import share

Cleaner = Callable[[str], str]

_ENDS = re.compile(r"[ \t\u3000]*(?:\r\n|[\r\n\f\v\u2028\u2029])[ \t\u3000\r\n\f\v]*")
_BLANK = re.compile(r"\n[ \t\u3000]*\n|\f")


def identity(text: str) -> str:
    """The dump as it is."""
    return text


def join_all(text: str) -> str:
    """Every line end goes; a space between letters."""
    return _ENDS.sub(lambda m: _glue(m, False), text)


def join_unless_blank(text: str) -> str:
    """Blank lines and page ends part paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENDS.sub(lambda m: _glue(m, bool(_BLANK.search(m.group()))), text)


def join_unless_terminal(text: str) -> str:
    """A line that ends in a full stop, a colon or a closing quote ends a paragraph."""
    return _ENDS.sub(lambda m: _glue(m, m.string[m.start() - 1 : m.start()] in tuple("。！？”’」』：；.!?:;")), text)


def _glue(m: re.Match[str], stays: bool) -> str:
    if stays:
        return "\n"
    before, after = m.string[m.start() - 1 : m.start()], m.string[m.end() : m.end() + 1]
    narrow = before and after and all(c < "\u2e80" or "\uac00" <= c <= "\ud7a3" for c in (before, after))
    return " " if narrow else ""


BASELINES: dict[str, Cleaner] = {
    "identity": identity,
    "join all": join_all,
    "join unless blank": join_unless_blank,
    "join unless terminal": join_unless_terminal,
}


def peers() -> dict[str, Cleaner]:
    """The peers that are installed."""
    found: dict[str, Cleaner] = {}
    for name, make in _PEERS.items():
        try:
            found[name] = make()
        except Exception as error:
            logging.getLogger(__name__).warning("%s is not available: %s", name, error)
    return found


def _ftfy() -> Cleaner:
    import ftfy

    return ftfy.fix_text


def _pangu() -> Cleaner:
    import pangu

    # pangu works on one line of text at a time
    spacing: Cleaner = pangu.space_text
    return lambda text: "\n".join(spacing(line) for line in text.split("\n"))


def _autocorrect() -> Cleaner:
    import autocorrect_py

    cleaner: Cleaner = autocorrect_py.format
    return cleaner


def _group_broken() -> Cleaner:
    from unstructured.cleaners.core import group_broken_paragraphs

    cleaner: Cleaner = group_broken_paragraphs
    return cleaner


def _extra_whitespace() -> Cleaner:
    from unstructured.cleaners.core import clean_extra_whitespace

    cleaner: Cleaner = clean_extra_whitespace
    return cleaner


def _calibre() -> Cleaner:
    """The text input of calibre: paragraph type found by itself, then its own joining, in the order of its converter.

    Only the pure Python of the package is read; what it imports besides is put in as empty modules.
    """
    sys.path.insert(0, str(share("..", "lib", "calibre")))
    modules: dict[str, dict[str, Any]] = {
        "calibre": {
            "prepare_string_for_xml": str,
            "isbytestring": lambda x: isinstance(x, bytes),
            "entity_to_unicode": str,
            "as_unicode": str,
        },
        "calibre.ebooks": {},
        "calibre.ebooks.conversion": {},
        "calibre.ebooks.txt": {},
        "calibre.ebooks.metadata": {},
        "calibre.ebooks.metadata.opf2": {"OPFCreator": object},
        "calibre.utils": {},
        "calibre.utils.cleantext": {"clean_ascii_chars": lambda x: x},
        "calibre.utils.logging": {"default_log": logging.getLogger("calibre")},
        "calibre.utils.wordcount": {"get_wordcount_obj": lambda x: x},
        "calibre.utils.localization": {"get_lang": lambda: "en"},
        "calibre.utils.icu": {},
        "polyglot": {},
        "polyglot.builtins": {"iteritems": lambda d: d.items(), "itervalues": lambda d: d.values()},
    }
    for name, values in modules.items():
        module = types.ModuleType(name)
        module.__dict__.update(values)
        folder = share("..", "lib", "calibre", *name.split("."))
        if name in ("calibre.ebooks.conversion", "calibre.ebooks.txt"):
            module.__path__ = [str(folder)]
        sys.modules.setdefault(name, module)
    processor = importlib.import_module("calibre.ebooks.txt.processor")
    analysis = importlib.import_module("calibre.ebooks.conversion.preprocess").DocAnalysis
    heuristics = importlib.import_module("calibre.ebooks.conversion.utils").HeuristicProcessor

    def clean(text: str) -> str:
        text = processor.normalize_line_endings(text.replace("\f", "\n\n"))
        kind = processor.detect_paragraph_type(text)
        if kind == "single":
            return str(processor.separate_paragraphs_single_line(text))
        if kind == "print":
            text = processor.separate_paragraphs_print_formatted(processor.separate_hard_scene_breaks(text))
            return str(processor.block_to_single_line(text))
        if kind == "unformatted":
            length = analysis("txt", text).line_length(0.5)
            text = heuristics(types.SimpleNamespace(), log=logging.getLogger("calibre")).punctuation_unwrap(
                length, text, "txt"
            )
            return str(processor.separate_paragraphs_single_line(text))
        return str(processor.block_to_single_line(processor.separate_hard_scene_breaks(text)))

    clean("一行\n两行\n\n三行\n")
    return clean


_PEERS: dict[str, Callable[[], Cleaner]] = {
    "ftfy": _ftfy,
    "pangu": _pangu,
    "autocorrect": _autocorrect,
    "unstructured group_broken_paragraphs": _group_broken,
    "unstructured clean_extra_whitespace": _extra_whitespace,
    "calibre text input": _calibre,
}


def load(spec: str) -> Cleaner:
    """``module:callable``, with dots inside the callable."""
    module, _, path = spec.partition(":")
    value: Any = importlib.import_module(module)
    for part in path.split("."):
        value = getattr(value, part)
    cleaner: Cleaner = value
    return cleaner


def versions() -> list[tuple[str, str]]:
    """Versions of the peers."""
    found = []
    for package in ("textfix", "ftfy", "pangu", "autocorrect-py", "unstructured"):
        try:
            found.append((package, importlib.metadata.version(package)))
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
