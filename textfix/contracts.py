"""Contracts: what the edits of a normalizer may be.

A contract is checked on every edit of every run, so it must cost what the edits cost. Most contracts depend on the pair
(before, after) alone; a text has few distinct pairs, so each is judged once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from textfix.document import Document
from textfix.edits import Edits

__all__ = ["AnyContract", "Contract", "PairContract", "Violation", "deletes"]


@dataclass(frozen=True)
class Violation:
    """An edit that breaks its normalizer's contract: its index in the proposal, and what the contract says."""

    index: int
    message: str


class Contract(Protocol):
    """What an edit may be. `description` completes the sentence "this normalizer may only …"."""

    @property
    def description(self) -> str: ...

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        """Yield every edit that breaks the contract."""
        ...


@dataclass(frozen=True)
class PairContract:
    """A contract on the pair (before, after), whatever stands around it.

    >>> spaces = PairContract("replace white space by nothing or a space", lambda b, a: b.isspace() and a in ("", " "))
    >>> edits = Edits.of("城 西", [(1, 2, "", "x"), (2, 3, "东", "x")])
    >>> [violation.index for violation in spaces.violations(Document(edits.source), edits)]
    [1]
    """

    description: str
    allows: Callable[[str, str], bool]

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        refused = {pair for pair in edits.pairs if not self.allows(*pair)}
        if refused:
            for index, pair in enumerate(zip(edits.befores, edits.afters)):
                if pair in refused:
                    yield Violation(index, f"may only {self.description}")


@dataclass(frozen=True)
class AnyContract:
    """No promise: for normalizers of your own that may do anything."""

    description: str = "make any change"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        return iter(())


def deletes(description: str, allows: Callable[[str], bool]) -> PairContract:
    """Return a contract for normalizers that only delete, and only what `allows` accepts."""
    return PairContract(f"delete {description}", lambda before, after: not after and allows(before))
