"""Selecting and ignoring by reason: normalizers that make only some of their edits.

What is left out is left out where it is proposed, not afterwards, so that every edit that is made was proposed for the
text it is made on, and the outcome is as settled as that of the whole pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

from textfix.contracts import Contract
from textfix.document import Document
from textfix.edits import matches
from textfix.engine import Editor
from textfix.normalizers.base import Normalizer
from textfix.result import Span
from textfix.signs import Sign

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Partial", "ignoring", "normalizer_of", "selecting", "unknown_reason"]


@dataclass(frozen=True)
class Partial(Normalizer):
    """A normalizer that proposes only for some of its reasons; to everybody else it is that normalizer.

    select  the reasons that are wanted (`overlay/run`, or a beginning of whole elements); empty for all of them
    ignore  the reasons that are not
    """

    inner: Normalizer
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @property
    def name(self) -> str:  # type: ignore[override]  # a class attribute elsewhere
        return self.inner.name

    @property
    def contract(self) -> Contract:  # type: ignore[override]
        return self.inner.contract

    @property
    def options(self) -> dict[str, Any]:
        own = {"select": self.select, "ignore": self.ignore}
        return {**self.inner.options, **{name: reasons for name, reasons in own.items() if reasons}}

    @property
    def data_version(self) -> str:
        return self.inner.data_version

    @property
    def reasons(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.inner.reasons

    @property
    def once(self) -> bool:  # type: ignore[override]
        return self.inner.once

    def gate(self, document: Document) -> bool:
        return self.inner.gate(document)

    def signs(self) -> Sequence[Sign]:
        return self.inner.signs()

    def prepare(self, documents: Sequence[Document]) -> None:
        self.inner.prepare(documents)

    def propose(self, document: Document, editor: Editor) -> None:
        self.inner.propose(document, _Sieve(self.inner.name, document, editor, self._takes))

    def _takes(self, reason: str) -> bool:
        reason = f"{self.inner.name}/{reason}"
        wanted = not self.select or any(matches(reason, prefix) for prefix in self.select)
        return wanted and not any(matches(reason, prefix) for prefix in self.ignore)


def selecting(
    normalizers: Sequence[Normalizer], reasons: Sequence[str], catalogue: Mapping[str, type[Normalizer]]
) -> list[Normalizer]:
    """Return the normalizers that `reasons` name, restricted to these reasons.

    A normalizer of the catalogue that is missing comes in, with its default options and in its place.
    """
    present = {normalizer.name for normalizer in normalizers}
    every = list(normalizers)
    places = {name: place for place, name in enumerate(catalogue)}
    for name in dict.fromkeys(map(normalizer_of, reasons)):
        if name not in present:
            later = (i for i, other in enumerate(every) if places.get(other.name, -1) > places[name])
            every.insert(next(later, len(every)), catalogue[name]())
    kept = []
    for normalizer in every:
        own = [reason for reason in reasons if normalizer_of(reason) == normalizer.name]
        if normalizer.name in own:
            kept.append(normalizer)
        elif own:
            inner, select, ignore = _parts(normalizer)
            both = _common(select, own) if select else own
            if both:
                kept.append(Partial(inner, _shortest(both), ignore))
    return kept


def ignoring(normalizers: Sequence[Normalizer], reasons: Sequence[str]) -> list[Normalizer]:
    """Return the normalizers without edits for `reasons`."""
    kept = []
    for normalizer in normalizers:
        own = [reason for reason in reasons if normalizer_of(reason) == normalizer.name]
        if normalizer.name in own:
            continue
        if own:
            inner, select, ignore = _parts(normalizer)
            normalizer = Partial(inner, select, _shortest([*ignore, *own]))
        kept.append(normalizer)
    return kept


def normalizer_of(reason: str) -> str:
    """Return the normalizer that a reason, or its beginning, belongs to."""
    return reason.partition("/")[0]


def unknown_reason(
    reason: str, catalogue: Mapping[str, type[Normalizer]], present: Mapping[str, Normalizer] | None = None
) -> tuple[str, str, list[str]] | None:
    """Return what of a reason, or a beginning of one, nobody knows: its kind, its name, and the names there are.

    Normalizers are those of the catalogue and those that are `present`.

    >>> from textfix.normalizers import CATALOGUE
    >>> unknown_reason("unwrap/jion", CATALOGUE)[:2]
    ('reason', 'unwrap/jion')
    >>> unknown_reason("unwrap/join", CATALOGUE)
    """
    name = normalizer_of(reason)
    own = present or {}
    if name not in own and name not in catalogue:
        return "normalizer", name, [*catalogue, *own]
    told = own[name].reasons if name in own else catalogue[name].reasons
    known = [f"{name}/{end}" for end in told]
    if not told or reason.rstrip("/") == name or any(matches(one, reason) for one in known):
        return None
    return "reason", reason, known


def _parts(normalizer: Normalizer) -> tuple[Normalizer, tuple[str, ...], tuple[str, ...]]:
    if isinstance(normalizer, Partial):
        return normalizer.inner, normalizer.select, normalizer.ignore
    return normalizer, (), ()


def _common(left: Iterable[str], right: Iterable[str]) -> list[str]:
    """Return what lies below a reason of either side."""
    right = list(right)
    return [a if matches(a, b) else b for a in left for b in right if matches(a, b) or matches(b, a)]


def _shortest(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the reasons, sorted, without those that lie below another."""
    every = set(reasons)
    return tuple(sorted(r for r in every if not any(r != other and matches(r, other) for other in every)))


class _Sieve(Editor):
    """Hands on what is wanted to another editor."""

    def __init__(self, name: str, document: Document, target: Editor, takes: Callable[[str], bool]) -> None:
        super().__init__(name, document)
        self._target = target
        self._takes = takes

    def replace(self, start: int, end: int, after: str, reason: str) -> None:
        if self._takes(reason):
            self._target.replace(start, end, after, reason)

    def extend(
        self, starts: Iterable[int], ends: Iterable[int], afters: str | Sequence[str], reason: str | Sequence[str]
    ) -> None:
        if isinstance(reason, str):
            if self._takes(reason):
                self._target.extend(starts, ends, afters, reason)
            return
        takes = {name: self._takes(name) for name in set(reason)}
        wanted = [takes[name] for name in reason]
        texts = afters if isinstance(afters, str) else list(compress(afters, wanted))
        self._target.extend(
            list(compress(starts, wanted)), list(compress(ends, wanted)), texts, list(compress(reason, wanted))
        )

    def choose(
        self, starts: Iterable[int], ends: Iterable[int], choices: Sequence[tuple[str, str]], chosen: NDArray[Any]
    ) -> None:
        afters, reasons = ([choices[number][side] for number in chosen.tolist()] for side in (0, 1))
        self.extend(starts, ends, afters, reasons)

    @contextmanager
    def together(self) -> Iterator[None]:
        with self._target.together():
            yield

    def doubt(self, start: int, end: int, reason: str, evidence: str) -> None:
        if self._takes(reason):
            self._target.doubt(start, end, reason, evidence)

    def segment(self, blocks: Callable[[], Sequence[Span]]) -> None:
        self._target.segment(blocks)
