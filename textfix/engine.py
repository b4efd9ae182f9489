"""The engine: gate, propose, contract, commit, one normalizer after the other, until the text is settled.

There is one code path: cleaning is explaining with the explanation thrown away.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from operator import le, lt
from typing import TYPE_CHECKING, Any, Protocol

from textfix import dense
from textfix.contracts import Contract
from textfix.document import Document
from textfix.edits import Edit, Edits, column
from textfix.markup.ignores import SIGN, ignored
from textfix.result import Doubt, Refusal, Result, Span, Stage
from textfix.signs import Sign, lacking, note

if TYPE_CHECKING:
    from logging import Logger

    from numpy.typing import NDArray

__all__ = ["Editor", "Step", "run", "run_many"]

# Rounds after the first are there to settle what an edit made visible to an earlier normalizer; on real text the second
# round finds nothing. A pipeline that has not settled by then (two normalizers that undo each other) is left as it is.
_MAX_ROUNDS = 8


class Step(Protocol):
    """What the engine needs of a normalizer."""

    @property
    def name(self) -> str: ...
    @property
    def contract(self) -> Contract: ...
    @property
    def once(self) -> bool: ...
    def gate(self, document: Document) -> bool: ...
    def signs(self) -> Sequence[Sign]: ...
    def prepare(self, documents: Sequence[Document]) -> None: ...
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
        self._groups: list[tuple[int, int]] = []
        self.doubts: list[Doubt] = []
        self.breaks: list[int] = []
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

    def extend(
        self, starts: Iterable[int], ends: Iterable[int], afters: str | Sequence[str], reason: str | Sequence[str]
    ) -> None:
        """Propose many edits: columns of offsets, and one text and one reason for all, or one each."""
        own = column(starts)
        if isinstance(reason, str):
            reasons = [self._prefix + reason] * len(own)
        else:
            full = {name: self._prefix + name for name in set(reason)}
            reasons = list(map(full.__getitem__, reason))
        self._append(own, ends, [afters] * len(own) if isinstance(afters, str) else afters, reasons)

    def choose(
        self, starts: Iterable[int], ends: Iterable[int], choices: Sequence[tuple[str, str]], chosen: NDArray[Any]
    ) -> None:
        """Propose many edits, each with one of a few pairs of text and reason: a column of their numbers."""
        afters, reasons = zip(*choices)
        full = [self._prefix + reason for reason in reasons]
        self._append(column(starts), ends, dense.chosen(afters, chosen), dense.chosen(full, chosen))

    def _append(self, starts: array[int], ends: Iterable[int], afters: Sequence[str], reasons: list[str]) -> None:
        self._starts.extend(starts)
        self._ends.extend(column(ends))
        self._afters += afters
        self._reasons += reasons
        if not len(self._starts) == len(self._ends) == len(self._afters) == len(self._reasons):
            raise ValueError(f"columns of different length for {', '.join(sorted(set(reasons)))}")

    @contextmanager
    def together(self) -> Iterator[None]:
        """Propose what follows, in a `with` block, to be made as a whole or not at all: the two marks of a pair."""
        first = len(self._starts)
        yield
        if len(self._starts) > first + 1:
            self._groups.append((first, len(self._starts)))

    def doubt(self, start: int, end: int, reason: str, evidence: str) -> None:
        """Report a place that the text alone cannot decide; it stays as it is."""
        self.doubts.append(Doubt(start, end, self._document.text[start:end], self._prefix + reason, evidence))

    def keep(self, offset: int) -> None:
        """Tell those that run later in this round that the line break at `offset` is the author's.

        It is for what this normalizer knows by what it takes away: that a line was drawn twice, say, as headings are.
        Later rounds do not know it any more, so that what comes out depends on the text alone.
        """
        self.breaks.append(offset)

    def segment(self, blocks: Callable[[], Sequence[Span]]) -> None:
        """Tell how to get the blocks of this document's text, should anybody ask."""
        self.blocks = blocks

    def is_empty(self) -> bool:
        """Say whether nothing was proposed or told."""
        return not (self._starts or self.doubts or self.blocks)

    def edits(self) -> tuple[Edits, list[tuple[Edit, str]]]:
        """Return the proposal in order, and what of it could not be taken, with the reason."""
        text = self._document.text
        starts, ends, afters, reasons = self._starts, self._ends, self._afters, self._reasons
        if not starts:
            return Edits(text, starts, ends, afters, reasons), []
        many = dense.is_dense(len(starts))
        if many and dense.are_sound(starts, ends, len(text)):
            return _changing(Edits(text, starts, ends, afters, reasons)), []
        rising = all(map(lt, starts, islice(starts, 1, None)))
        if not rising:
            order = (
                dense.order(starts, ends) if many else sorted(range(len(starts)), key=lambda i: (starts[i], ends[i]))
            )
            starts, ends = array("q", map(starts.__getitem__, order)), array("q", map(ends.__getitem__, order))
            afters, reasons = [afters[i] for i in order], [reasons[i] for i in order]
            rising = all(map(lt, starts, islice(starts, 1, None)))
        edits = Edits(text, starts, ends, afters, reasons)
        ordered = all(map(le, starts, ends)) and all(map(le, ends, islice(starts, 1, None)))
        if rising and ordered and starts[0] >= 0 and ends[-1] <= len(text):
            return _changing(edits), []
        return _untangled(edits)

    def whole(self, kept: Edits) -> Edits:
        """Return what was kept of the proposal, without edits that belong together with one that was not."""
        if not self._groups:
            return kept
        text = self._document.text
        rows = list(zip(self._starts, self._ends, self._afters, self._reasons))
        made = set(zip(kept.starts, kept.ends, kept.afters, kept.reasons))
        torn = set()
        for first, last in self._groups:
            group = [row for row in rows[first:last] if text[row[0] : row[1]] != row[2]]
            if not made.issuperset(group):
                torn.update(group)
        return kept.keep(row not in torn for row in zip(kept.starts, kept.ends, kept.afters, kept.reasons))


def _changing(edits: Edits) -> Edits:
    """Drop the edits that change nothing."""
    if any(before == after for before, after in edits.pairs):
        return edits.keep(before != after for before, after in zip(edits.befores, edits.afters))
    return edits


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
    has nothing left to say. Doubts are those of the first round, which saw the source; blocks too, unless a later round
    joined lines again.
    """
    return run_many(steps, [document], segment)[0]


def run_many(
    steps: Sequence[Step], documents: Sequence[Document], segment: Callable[[str], Sequence[Span]] | None = None
) -> list[Result]:
    """Run normalizers over documents, side by side, so that a normalizer can look at all of them in one call.

    The outcome for each document is that of `run`: the unit is the document.
    """
    current = list(documents)
    # How often each document was changed, and how often it had been when each normalizer found nothing to change in it:
    # that normalizers are pure functions is reason enough not to ask again about the same text.
    version = [0] * len(current)
    seen: list[list[int]] = [[-1] * len(current) for _ in steps]
    stages: list[list[Stage]] = [[] for _ in documents]
    unsettled = list(range(len(current)))
    changed: dict[int, list[str]] = {}  # in the last round, by whom
    fresh = set(unsettled)  # those whose signs were not noted yet
    signs = list(dict.fromkeys(sign for step in steps for sign in step.signs()))
    reasons = [[sign for sign in step.signs() if not sign.aside] for step in steps]
    for number in range(_MAX_ROUNDS):
        for index in unsettled:
            if current[index].breaks:
                current[index] = current[index].with_text(current[index].text)
                fresh.add(index)
        changed = {}
        for step, last, own in zip(steps, seen, reasons):
            if number and step.once:
                continue
            asked = [index for index in unsettled if last[index] != version[index]]
            wanted = asked
            if own:
                if fresh and note([current[index] for index in sorted(fresh)], signs):
                    fresh.clear()
                without = lacking(map(current.__getitem__, asked), own)
                wanted = [index for index, none in zip(asked, without) if not none]
            wanted = [index for index in wanted if step.gate(current[index])]
            if wanted:
                try:
                    step.prepare([current[index] for index in wanted])
                except Exception as error:
                    _blame(step, error)
                    raise
            for index in asked:
                last[index] = version[index]
            for index in wanted:
                stage = _stage(step, current[index])
                if current[index].enlightened:
                    last[index] = -1
                if number and stage is not None:
                    stage = _later(stage, stages[index])
                if stage is None:
                    continue
                stages[index].append(stage)
                if stage.edits:
                    changed.setdefault(index, []).append(step.name)
                    current[index].forget()  # before the edits are made: views may be many times as large as their text
                    breaks = stage.edits.moved(sorted({*current[index].breaks, *stage.breaks}))
                    current[index] = current[index].with_text(stage.edits.apply(), breaks=breaks)
                    version[index] += 1
                    fresh.add(index)
        unsettled = sorted(changed)
        if not unsettled:
            break
    for index in unsettled:
        names = ", ".join(changed[index])
        _log().warning("not settled after %d rounds: %s still changed %r", _MAX_ROUNDS, names, current[index])
    return [
        Result(before.text, before.text if after.text == before.text else after.text, done, segment)
        for before, after, done in zip(documents, current, stages)
    ]


def _log() -> Logger:
    import logging  # which starting need not wait for

    return logging.getLogger("textfix")


def _blame(step: Step, error: Exception) -> None:
    """Note on what was raised in which normalizer it was."""
    # PEP 678; before Python 3.11 nobody prints notes, but ours are read all the same.
    error.__notes__ = [*getattr(error, "__notes__", []), f"in the normalizer {step.name!r}"]


def _later(stage: Stage, earlier: Sequence[Stage]) -> Stage | None:
    """Keep of a later stage its edits, and the refusals that no earlier one told; None when that is nothing."""
    told = {(r.normalizer, r.edit[2:], r.message) for other in earlier for r in other.refusals}
    refusals = tuple(r for r in stage.refusals if (r.normalizer, r.edit[2:], r.message) not in told)
    if not (stage.edits or refusals):
        return None
    segment = stage.segment if stage.edits else None
    return replace(stage, doubts=(), spared=(), refusals=refusals, segment=segment)


def _stage(step: Step, document: Document) -> Stage | None:
    """Let one normalizer propose, hold it to its contract; None when it has nothing to say."""
    editor = Editor(step.name, document)
    try:
        step.propose(document, editor)
    except Exception as error:
        _blame(step, error)
        raise
    if editor.is_empty():
        return None
    proposed, tangled = editor.edits()
    edits, doubts, spared = _sifted(document, proposed, editor.doubts)
    refusals = [Refusal(step.name, edit, message) for edit, message in tangled]
    if edits:
        broken = {violation.index: violation.message for violation in step.contract.violations(document, edits)}
        if broken:
            refusals += [Refusal(step.name, edits[index], message) for index, message in sorted(broken.items())]
            edits = edits.keep(index not in broken for index in range(len(edits)))
        if tangled or len(edits) < len(proposed):
            edits = editor.whole(edits)
    for refusal in refusals:
        _log().error("%s", refusal)
    if not (edits or doubts or refusals or spared or editor.blocks):
        return None
    breaks = tuple(editor.breaks)
    return Stage(step.name, edits, tuple(doubts), tuple(refusals), editor.blocks, tuple(spared), breaks)


def _sifted(document: Document, edits: Edits, doubts: list[Doubt]) -> tuple[Edits, list[Doubt], list[Edit]]:
    """Take out what the text or the pipeline says to leave as it is, for every normalizer alike."""
    if not (edits or doubts) or not (document.protect or SIGN in document.text):
        return edits, doubts, []
    there = document.view(ignored)
    if not there:
        return edits, doubts, []
    edits, spared = there.sift(edits)
    kept = []
    for doubt in doubts:
        start, end, text, reason, _ = doubt
        if there.held(start, end, text, reason):
            spared.append(Edit(start, end, text, text, reason))
        else:
            kept.append(doubt)
    return edits, kept, spared
