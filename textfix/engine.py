"""The engine: gate, propose, contract, commit, one normalizer after the other, until the text is settled.

There is one code path: cleaning is explaining with the explanation thrown away.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from operator import le, lt
from typing import Protocol

from textfix.contracts import Contract
from textfix.document import Document
from textfix.edits import Edit, Edits
from textfix.result import Doubt, Refusal, Result, Span, Stage

__all__ = ["Editor", "Step", "run"]

_log = logging.getLogger("textfix")

# Rounds after the first are there to settle what an edit made visible to an earlier normalizer; on real text the second
# round finds nothing. A pipeline that has not settled by then (two normalizers that undo each other) is left as it is.
_MAX_ROUNDS = 8


class Step(Protocol):
    """What the engine needs of a normalizer."""

    @property
    def name(self) -> str: ...
    @property
    def contract(self) -> Contract: ...
    def gate(self, document: Document) -> bool: ...
    def propose(self, document: Document, editor: Editor) -> None: ...


class Editor:
    """Collects what a normalizer proposes for one document. Offsets are code points of `document.text`.

    Edits may come in any order. Reasons are given without the normalizer's name, which is put in front.
    """

    def __init__(self, name: str, document: Document) -> None:
        self._prefix = name + "/"
        self._document = document
        self._starts: array[int] = array("q")
        self._ends: array[int] = array("q")
        self._afters: list[str] = []
        self._reasons: list[str] = []
        self.doubts: list[Doubt] = []
        self.blocks: Callable[[], Sequence[Span]] | None = None

    def replace(self, start: int, end: int, after: str, reason: str) -> None:
        """Propose that `after` take the place of `start:end`."""
        self._starts.append(start)
        self._ends.append(end)
        self._afters.append(after)
        self._reasons.append(self._prefix + reason)

    def delete(self, start: int, end: int, reason: str) -> None:
        """Propose to delete `start:end`."""
        self.replace(start, end, "", reason)

    def insert(self, offset: int, after: str, reason: str) -> None:
        """Propose to insert `after` at `offset`."""
        self.replace(offset, offset, after, reason)

    def extend(self, starts: Iterable[int], ends: Iterable[int], afters: str | list[str], reason: str) -> None:
        """Propose many edits for one reason: columns of offsets, and one text for all or a list of texts."""
        first = len(self._starts)
        self._starts.extend(starts)
        self._ends.extend(ends)
        count = len(self._starts) - first
        self._afters += [afters] * count if isinstance(afters, str) else afters
        self._reasons += [self._prefix + reason] * count

    def doubt(self, start: int, end: int, reason: str, evidence: str) -> None:
        """Report a place that the text alone cannot decide; it stays as it is."""
        self.doubts.append(Doubt(start, end, self._document.text[start:end], self._prefix + reason, evidence))

    def segment(self, blocks: Callable[[], Sequence[Span]]) -> None:
        """Tell how to get the blocks of this document's text, should anybody ask."""
        self.blocks = blocks

    def edits(self) -> tuple[Edits, list[tuple[Edit, str]]]:
        """Return the proposal in order, and what of it could not be taken, with the reason."""
        text = self._document.text
        starts, ends, afters, reasons = self._starts, self._ends, self._afters, self._reasons
        if not all(map(lt, starts, islice(starts, 1, None))):
            order = sorted(range(len(starts)), key=lambda i: (starts[i], ends[i]))
            starts, ends = array("q", map(starts.__getitem__, order)), array("q", map(ends.__getitem__, order))
            afters, reasons = [afters[i] for i in order], [reasons[i] for i in order]
        edits = Edits(text, starts, ends, afters, reasons)
        ordered = all(map(le, starts, ends)) and all(map(le, ends, islice(starts, 1, None)))
        inside = not starts or (starts[0] >= 0 and max(ends) <= len(text))
        if ordered and inside and all(map(lt, starts, islice(starts, 1, None))):
            befores = edits.befores
            if any(map(str.__eq__, befores, afters)):
                edits = edits.keep(before != after for before, after in zip(befores, afters))
            return edits, []
        return _untangled(edits)


def _untangled(edits: Edits) -> tuple[Edits, list[tuple[Edit, str]]]:
    """Drop the edits that lie outside the text or overlap one before them."""
    kept, refused = [], []
    previous = (-1, 0)
    for start, end, after, reason in zip(edits.starts, edits.ends, edits.afters, edits.reasons):
        edit = Edit(start, end, edits.source[max(start, 0) : max(end, 0)], after, reason)
        flag = False
        if not 0 <= start <= end <= len(edits.source):
            refused.append((edit, f"must stay inside the text (0:{len(edits.source)})"))
        elif start < previous[1] or (start == end == previous[0]):
            refused.append(
                (edit, f"must not propose overlapping edits (the one before is {previous[0]}:{previous[1]})")
            )
        elif edit.before != after:
            flag, previous = True, (start, end)
        kept.append(flag)
    return edits.keep(kept), refused


def run(steps: Sequence[Step], document: Document, segment: Callable[[str], Sequence[Span]] | None = None) -> Result:
    """Run normalizers over a document, in rounds, until a round changes nothing.

    The second round is what makes cleaning idempotent by construction: what comes out is text on which every normalizer
    has nothing left to say. Doubts and blocks are those of the first round, which saw the source.
    """
    source = document.text
    stages: list[Stage] = []
    for number in range(_MAX_ROUNDS):
        settled = True
        for step in steps:
            stage = _stage(step, document)
            if stage is None:
                continue
            if number:
                if not stage.edits:
                    continue
                stage = Stage(stage.normalizer, stage.edits, (), stage.refusals)
            stages.append(stage)
            if stage.edits:
                settled = False
                document = document.with_text(stage.edits.apply())
        if settled:
            break
    else:
        _log.warning("not settled after %d rounds: two normalizers seem to undo each other", _MAX_ROUNDS)
    return Result(source, document.text, stages, segment)


def _stage(step: Step, document: Document) -> Stage | None:
    """Let one normalizer propose, hold it to its contract; None when it has nothing to say."""
    if not step.gate(document):
        return None
    editor = Editor(step.name, document)
    step.propose(document, editor)
    edits, tangled = editor.edits()
    refusals = [Refusal(step.name, edit, message) for edit, message in tangled]
    if edits:
        broken = {violation.index: violation.message for violation in step.contract.violations(document, edits)}
        if broken:
            refusals += [Refusal(step.name, edits[index], message) for index, message in sorted(broken.items())]
            edits = edits.keep(index not in broken for index in range(len(edits)))
    for refusal in refusals:
        _log.error("%s", refusal)
    if not (edits or editor.doubts or refusals or editor.blocks):
        return None
    return Stage(step.name, edits, tuple(editor.doubts), tuple(refusals), editor.blocks)
