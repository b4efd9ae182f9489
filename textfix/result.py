"""Result: the clean text, and where every character of it came from."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from textfix.diff import unified_diff
from textfix.edits import Edit, Edits, matches

__all__ = ["Block", "Doubt", "Page", "Refusal", "Result", "Span", "Stage", "Summary"]


class Span(NamedTuple):
    """A stretch of some text that belongs to one block, and how sure its kind is (0 to 1)."""

    kind: str
    start: int
    end: int
    score: float = 1.0


class Block(NamedTuple):
    """A block of the clean text: heading, byline, paragraph, item, verse, table or furniture."""

    kind: str
    text: str
    start: int
    end: int
    score: float = 1.0


class Doubt(NamedTuple):
    """A place where the text alone cannot decide; the source was left as it is."""

    start: int
    end: int
    text: str
    reason: str
    evidence: str


class Refusal(NamedTuple):
    """An edit that broke its normalizer's contract and was not made."""

    normalizer: str
    edit: Edit
    message: str

    def __str__(self) -> str:
        edit = self.edit
        if edit[:4] == (0, 0, "", ""):  # it speaks of the document, not of one place
            return self.message
        return (
            f"internal error: normalizer {self.normalizer!r} {self.message}, but proposed {edit.before!r} -> "
            f"{edit.after!r} at {edit.start}:{edit.end} ({edit.reason}); this edit was not made, please report it"
        )


class Page(NamedTuple):
    """Where a page of the source begins in the clean text; pages are counted from 1.

    `label` is the number that was printed on the page (`xiv`, `3`), where there was one and it was taken out.
    """

    number: int
    start: int
    label: str = ""


@dataclass(frozen=True)
class Stage:
    """What one normalizer did to the text that it was given; all offsets are of that text.

    `segment`, where a normalizer has one, tells the blocks of that text when somebody asks. `spared` are the edits that
    were not made because the text or the pipeline says to leave the place as it is; a doubt there counts as an edit
    that changes nothing. `breaks` are the line breaks that it told those behind it to keep, with its edits.
    """

    normalizer: str
    edits: Edits
    doubts: tuple[Doubt, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    segment: Callable[[], Sequence[Span]] | None = None
    spared: tuple[Edit, ...] = ()
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Summary:
    """How many edits and doubts of each reason, and how many edits a contract refused; `str()` gives a small table."""

    edits: dict[str, int]
    doubts: dict[str, int]
    refusals: int

    def __str__(self) -> str:
        rows = [(name, count, "edits") for name, count in self.edits.items()]
        rows += [(name, count, "doubts") for name, count in self.doubts.items()]
        if self.refusals:
            rows.append(("refused by a contract", self.refusals, "edits"))
        width = max((len(name) for name, _, _ in rows), default=0)
        return "\n".join(f"{name:{width}}  {count:7,} {unit}" for name, count, unit in rows) or "nothing to repair"


class Result:
    """The outcome of a pipeline on one text; everything but `text` is computed when it is looked at.

    >>> import textfix
    >>> result = textfix.explain("你好,世界!")
    >>> result.text
    '你好，世界！'
    >>> result.edits[0]
    Edit(start=2, end=3, before=',', after='，', reason='punctuation/width')
    >>> result.source_span(0, 3), result.clean_span(3, 5)
    ((0, 3), (3, 5))

    Offsets of edits, doubts and refusals are of the source, those of blocks and pages of the clean text.
    """

    def __init__(
        self, source: str, text: str, stages: Sequence[Stage], segment: Callable[[str], Sequence[Span]] | None = None
    ) -> None:
        self.source = source
        self.text = text
        self.stages = tuple(stages)
        self._segment = segment

    def __getstate__(self) -> dict[str, Any]:
        """Blocks are settled and the measured layout, which only they need, stays behind."""
        state = {**self.__dict__, "blocks": self.blocks}
        state["stages"] = tuple(replace(stage, segment=None) for stage in self.stages)
        return state

    def __repr__(self) -> str:
        count = sum(len(stage.edits) for stage in self.stages)
        return f"<Result: {count} edits, {len(self.source)} -> {len(self.text)} code points>"

    @property
    def changed(self) -> bool:
        """Whether the clean text differs from the source."""
        return self.text != self.source

    @cached_property
    def edits(self) -> Edits:
        """All edits as one list from source to clean text."""
        total = Edits(self.source, [], [], [], [])
        for stage in self.stages:
            total = total.compose(stage.edits)
        return total

    @cached_property
    def doubts(self) -> list[Doubt]:
        """The places that text alone cannot decide, in the order of the source."""
        found = []
        for index, stage in enumerate(self.stages):
            for doubt in stage.doubts:
                start, end = self._to_source(doubt.start, doubt.end, index)
                found.append(Doubt(start, end, self.source[start:end], doubt.reason, doubt.evidence))
        return sorted(found)

    @cached_property
    def refusals(self) -> list[Refusal]:
        """Edits that a contract refused: bugs of a normalizer, to be reported."""
        found = []
        for index, stage in enumerate(self.stages):
            for normalizer, edit, message in stage.refusals:
                start, end = self._to_source(edit.start, edit.end, index)
                found.append(Refusal(normalizer, edit._replace(start=start, end=end), message))
        return found

    @cached_property
    def spared(self) -> list[Edit]:
        """Edits that directives of the text (`textfix: ignore`) or protect patterns held back, in order."""
        found = set()
        for index, stage in enumerate(self.stages):
            for edit in stage.spared:
                start, end = self._to_source(edit.start, edit.end, index)
                found.add(edit._replace(start=start, end=end))
        return sorted(found)

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of the clean text, in order."""
        segmented = [(index, stage.segment) for index, stage in enumerate(self.stages) if stage.segment is not None]
        if segmented:
            index, segment = segmented[-1]
            spans: Sequence[Span] = segment()
        else:
            index = len(self.stages)
            spans = self._segment(self.text) if self._segment is not None else ()
        blocks = []
        for kind, start, end, score in spans:
            for stage in self.stages[index:]:
                start, end = stage.edits.offsets.target_span(start, end)
            start, end = _stripped(self.text, start, end)
            if start < end:
                blocks.append(Block(kind, self.text[start:end], start, end, score))
        return blocks

    @cached_property
    def pages(self) -> list[Page]:
        """Where each page begins in the clean text, with the number printed on it if that was taken out.

        Pages are what form feeds part, and in a text without any, what page numbers part.

        >>> import textfix
        >>> text = "\\f".join(f"城西区年鉴\\n第{n}次会议全体通过了\\n— {n + 6} —\\n" for n in range(1, 4))
        >>> [(page.number, page.label) for page in textfix.explain(text).pages]
        [(1, '7'), (2, '8'), (3, '9')]
        """
        from textfix.furniture.anchors import label, starts

        numbers = []
        for index, stage in enumerate(self.stages):
            if stage.normalizer == "furniture":
                for start, end, before, _, reason in stage.edits:
                    if reason == "furniture/page-number":
                        numbers.append((*self._to_source(start, end, index), label(before)))
        numbers.sort()
        if "\f" not in self.source:
            begins = starts(self.source, numbers)
        else:
            breaks = [match.start() for match in re.finditer("\f", self.source)]
            labels = {bisect(breaks, start): said for start, _, said in reversed(numbers)}
            if not self.source[breaks[-1] :].strip():
                breaks.pop()  # extractors put a form feed behind every page, behind the last one too
            begins = [(o, labels.get(at, "")) for at, o in enumerate([0, *(o + 1 for o in breaks)])]
        return [
            Page(number, self.clean_span(o - 1, o)[1] if o else 0, said) for number, (o, said) in enumerate(begins, 1)
        ]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of the clean text came from.

        An empty span gives all that was taken away at that point. Raises ValueError for a span outside the text.
        """
        _inside(start, end, len(self.text), "clean text")
        return self._to_source(start, end, len(self.stages))

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the clean text that a span of the source became; empty where all of it was taken away.

        Raises ValueError for a span outside the source.
        """
        _inside(start, end, len(self.source), "source")
        for stage in self.stages:
            start, end = stage.edits.offsets.target_span(start, end)
        return start, end

    def summary(self) -> Summary:
        """Count edits and doubts by reason, the commonest first."""
        edits: Counter[str] = Counter()
        for stage in self.stages:
            edits.update(stage.edits.reasons)
        doubts = Counter(doubt.reason for stage in self.stages for doubt in stage.doubts)
        refusals = sum(len(stage.refusals) for stage in self.stages)
        return Summary(dict(edits.most_common()), dict(doubts.most_common()), refusals)

    def select(self, prefix: str) -> list[Edit]:
        """Return the edits whose reason is `prefix` or lies below it (`overlay` selects `overlay/run`)."""
        return [edit for edit in self.edits if any(matches(reason, prefix) for reason in edit.reason.split("+"))]

    def diff(self, *, name: str = "text", context: int = 3, color: bool = False) -> str:
        """Return a unified diff from source to clean text; empty when nothing changed."""
        return "\n".join(unified_diff(self.edits, name=name, context=context, color=color))

    def _to_source(self, start: int, end: int, stages: int) -> tuple[int, int]:
        for stage in reversed(self.stages[:stages]):
            start, end = stage.edits.offsets.source_span(start, end)
        return start, end


def _inside(start: int, end: int, length: int, name: str) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"span {start}:{end} is not in the {name} (0:{length})")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span so that it begins and ends with something to see."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), max(start, end - len(piece) + len(piece.rstrip()))
