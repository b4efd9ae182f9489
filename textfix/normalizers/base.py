"""Normalizer: the base class of every repair, ours and yours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from textfix import engine
from textfix.contracts import AnyContract, Contract
from textfix.document import Document
from textfix.engine import Editor
from textfix.result import Result
from textfix.signs import Sign

__all__ = ["Editor", "Normalizer", "checked", "named"]


@dataclass(frozen=True)
class Normalizer:
    """A pure function from a document to proposed edits, holding nothing but frozen options.

    Subclass it as a frozen dataclass (or without options, as a plain class), give it a `name` and a `contract`, and
    propose edits; the engine checks and commits them.

    >>> from textfix.contracts import deletes
    >>> class DropPageMarks(Normalizer):
    ...     name = "page-marks"
    ...     contract = deletes("page marks", lambda before: before.startswith("[p."))
    ...     probe = re.compile(r"\\[p\\.")
    ...     def propose(self, document, editor):
    ...         for mark in re.finditer(r"\\[p\\.\\d+\\]", document.text):
    ...             editor.delete(mark.start(), mark.end(), "mark")
    >>> DropPageMarks()("城西[p.3]区")
    '城西区'
    >>> DropPageMarks().explain("城西[p.3]区").edits[0].reason
    'page-marks/mark'

    Class attributes:

    name      what it is called in reasons, configuration and reports
    contract  what its edits may be; the engine refuses every other one
    probe     a pattern without which there is nothing to do; one fast scan keeps clean text cheap
    once      whether it runs in the first round only, because it is no repair that settles but a translation
    reasons   what it gives as reasons of edits and doubts, without its name; empty where that is not told
    """

    name: ClassVar[str]
    contract: ClassVar[Contract] = AnyContract()
    probe: ClassVar[re.Pattern[str] | None] = None
    once: ClassVar[bool] = False
    reasons: ClassVar[tuple[str, ...]] = ()

    def gate(self, document: Document) -> bool:
        """Say, at the cost of one scan, whether there can be anything to do."""
        return self.probe is None or self.probe.search(document.text) is not None

    def signs(self) -> Sequence[Sign]:
        """Tell the patterns without any of which `gate` says no: those of all normalizers are looked for at once."""
        return ()

    def prepare(self, documents: Sequence[Document]) -> None:
        """Compute in one call, for all documents that passed the gate, views that `propose` will ask for."""

    def propose(self, document: Document, editor: Editor) -> None:
        """Propose edits and doubts for the document through `editor`."""
        raise NotImplementedError(f"{type(self).__name__} must define propose(document, editor)")

    def explain(self, text: str) -> Result:
        """Run this normalizer alone."""
        return engine.run([named(self)], Document(checked(text)))

    def __call__(self, text: str) -> str:
        """Run this normalizer alone and return the text; the same object when there was nothing to do."""
        return self.explain(text).text

    @classmethod
    def option_names(cls) -> tuple[str, ...]:
        """The names of the options this normalizer takes."""
        return tuple(field.name for field in fields(cls))

    @property
    def options(self) -> dict[str, Any]:
        """The options by name."""
        return {name: getattr(self, name) for name in self.option_names()}

    @property
    def data_version(self) -> str:
        """What the outcome depends on beside options and code (a table, a dictionary), for the fingerprint."""
        return ""


def named(normalizer: Normalizer) -> Normalizer:
    """Return the normalizer if its class has a name that reasons can begin with; a TypeError that helps otherwise."""
    name = getattr(normalizer, "name", None)
    if not isinstance(name, str) or not name or not {"/", "+"}.isdisjoint(name):
        raise TypeError(
            f"{type(normalizer).__name__} must have a class attribute `name`, a str without '/' and '+', not {name!r}"
        )
    return normalizer


def checked(text: str) -> str:
    """Return the text if it is one; a TypeError that helps otherwise."""
    if not isinstance(text, str):
        hint = "; textfix.decode(data) finds the encoding of bytes" if isinstance(text, (bytes, bytearray)) else ""
        raise TypeError(f"textfix works on str, not {type(text).__name__}{hint}")
    return text
