"""The layout of documents, as other modules see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from textfix.edits import Edits

from .decide import DOUBT, JOIN, Decisions, blocks_of, decide
from .joining import DROP_HYPHEN, SPACE, joints
from .kinds import KINDS, Kinds, kinds_of
from .lines import Ints, Shorts
from .margins import Margin, margins

Longs = npt.NDArray[np.int64]
_SOFT_HYPHEN = 0xAD


class Batch:
    """Layouts of many documents, laid end to end.

    Columns have one element a non-blank line; ``doc`` says whose line it is. Offsets are code points of the line's own
    document. The boundary of a line is the one below it.
    """

    def __init__(self, texts: Sequence[str], decisions: Decisions) -> None:
        self.texts = texts
        self.decisions = decisions
        self._lines = decisions.lines
        self._margins: dict[bool, dict[int, list[Margin]]] = {}
        self._trims: dict[bool, dict[int, list[Margin]]] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Layout:
        low, high = np.searchsorted(self._lines.doc, [index, index + 1])
        return Layout(self, index, int(low), int(high))

    @property
    def doc(self) -> Ints:
        """Document of each line."""
        return self._lines.doc

    @cached_property
    def joins(self) -> tuple[Ints, Longs, Longs, npt.NDArray[np.int8]]:
        """Every join: document, start and end of what goes, and NOTHING, SPACE or DROP_HYPHEN, which say what for.

        What goes with a soft hyphen counts as DROP_HYPHEN too.

        The span runs from the last visible character of the line (or its hyphen, where that goes too) to the first
        visible character of the next.
        """
        lines = self._lines
        at = np.flatnonzero(self.decisions.decision == JOIN)
        joint = joints(lines, at)
        doc = lines.doc[at]
        base = lines.base[doc].astype(np.int64)
        start = lines.last[at] - base - (joint == DROP_HYPHEN)
        end = lines.first[at + 1] - base if len(at) else base
        # A soft hyphen says that the word runs on, whatever stands beside it.
        joint[lines.codes[start + base] == _SOFT_HYPHEN] = DROP_HYPHEN
        return doc, start, end, joint

    @cached_property
    def doubts(self) -> tuple[Ints, Longs, Longs, npt.NDArray[np.float32]]:
        """Every undecided boundary: document, start and end of the white space, probability of a break."""
        lines = self._lines
        at = np.flatnonzero(self.decisions.decision == DOUBT)
        doc = lines.doc[at]
        base = lines.base[doc].astype(np.int64)
        end = lines.first[at + 1] - base if len(at) else base
        return doc, lines.last[at] - base, end, self.decisions.p_break[at]

    @cached_property
    def blocks(self) -> tuple[Ints, Ints, Kinds]:
        """First and last line of every block, and their kinds."""
        starts, ends = blocks_of(self.decisions.decision)
        return starts, ends, kinds_of(self.decisions.columns, starts, ends, self.decisions.p_break)

    def margins(self, indents: bool) -> dict[int, list[Margin]]:
        """The margins of each document that has any."""
        if indents not in self._margins:
            self._margins[indents] = margins(self.texts, self.decisions, indents=indents)
        return self._margins[indents]

    def trims(self, indents: bool) -> dict[int, list[Margin]]:
        """The margins of each document whose text, joined and without them, would be left alone."""
        if indents not in self._trims:
            kept = dict(self.margins(indents))
            later = [doc for doc in np.unique(self.joins[0]).tolist() if doc not in kept and _may_trim(self.texts[doc])]
            if kept:
                docs = list(kept)
                after = measure_many([self._without(doc, kept[doc]) for doc in docs])
                left = set(after.joins[0].tolist()) | after.margins(indents).keys()
                for at in left:
                    del kept[docs[at]]
                later += [docs[at] for at in sorted(left)]
            self._trims[indents] = kept | self._trims_once_joined(later, indents)
        return self._trims[indents]

    def _trims_once_joined(self, docs: list[int], indents: bool) -> dict[int, list[Margin]]:
        """The margins that the joined text of some documents would lose: they go at once, not when it is read again."""
        joined = [doc for doc in docs if len(self[doc].joins()[0])]
        if not joined:
            return {}
        after = measure_many([self._without(doc, []) for doc in joined])
        unsettled = set(after.joins[0].tolist())
        out = {}
        for at, rows in after.trims(indents).items():
            if at in unsettled:
                continue
            doc = joined[at]
            starts, ends, afters = self[doc].joins()
            offsets = Edits(self.texts[doc], starts, ends, afters, [""] * len(starts)).offsets
            out[doc] = [Margin(*offsets.source_span(start, end), reason) for start, end, reason in rows]
        return out

    def _without(self, doc: int, margins: list[Margin]) -> str:
        """The text of a document with its joins made and its margins gone."""
        text = self.texts[doc]
        edits = sorted([*zip(*self[doc].joins()), *((margin.start, margin.end, "") for margin in margins)])
        pieces: list[str] = []
        at = 0
        for start, end, after in edits:
            pieces += (text[at:start], after)
            at = end
        return "".join((*pieces, text[at:]))


class Layout:
    """The layout of one document: columns with one element a non-blank line.

    ``p_break[i]`` is the probability that the break below line i is a real one, ``decision[i]`` what follows from it:
    JOIN, BREAK, or DOUBT (the break stays). The last line's boundary is a BREAK.
    """

    def __init__(self, batch: Batch, index: int, low: int, high: int) -> None:
        self._batch = batch
        self._index = index
        self._span = slice(low, high)
        self._base = int(batch._lines.base[index])

    def __len__(self) -> int:
        return self._span.stop - self._span.start

    @property
    def text(self) -> str:
        """The text that was measured."""
        return self._batch.texts[self._index]

    @property
    def start(self) -> Ints:
        """Where each line starts, blanks included."""
        return self._batch._lines.start[self._span] - self._base

    @property
    def end(self) -> Ints:
        """Where each line ends, before its terminator."""
        return self._batch._lines.end[self._span] - self._base

    @property
    def first(self) -> Ints:
        """The first visible character of each line."""
        return self._batch._lines.first[self._span] - self._base

    @property
    def last(self) -> Ints:
        """Just after the last visible character of each line."""
        return self._batch._lines.last[self._span] - self._base

    @property
    def blanks_before(self) -> Shorts:
        """Blank lines above each line."""
        return self._batch._lines.blanks_before[self._span]

    @property
    def indent(self) -> Shorts:
        """Cells of leading white space."""
        return self._batch._lines.indent[self._span]

    @property
    def width(self) -> Shorts:
        """Width of each line in cells, as its document sets marks and blanks."""
        return self._batch.decisions.width[self._span]

    @property
    def measure(self) -> Shorts:
        """The measure of the column each line stands in, in cells."""
        return self._batch.decisions.measure[self._span]

    @property
    def p_break(self) -> npt.NDArray[np.float32]:
        """Probability that the break below each line is a real one."""
        return self._batch.decisions.p_break[self._span]

    @property
    def decision(self) -> npt.NDArray[np.int8]:
        """JOIN, BREAK or DOUBT, for the break below each line."""
        return self._batch.decisions.decision[self._span]

    @property
    def incoherent(self) -> bool:
        """Whether no words run on from line to line, as where line ends were cropped: then nothing is joined."""
        return bool(self._batch.decisions.incoherent[self._index])

    def joins(self) -> tuple[list[int], list[int], list[str]]:
        """Start, end and replacement ('' or ' ') of every join, in order."""
        doc, start, end, joint = self._batch.joins
        low, high = np.searchsorted(doc, [self._index, self._index + 1])
        part = slice(low, high)
        return start[part].tolist(), end[part].tolist(), [" " if j == SPACE else "" for j in joint[part].tolist()]

    def join_columns(self) -> tuple[Longs, Longs, npt.NDArray[np.int8]]:
        """The same as arrays: start, end and which joint (see `Batch.joins`)."""
        doc, start, end, joint = self._batch.joins
        low, high = np.searchsorted(doc, [self._index, self._index + 1])
        return start[low:high], end[low:high], joint[low:high]

    def doubts(self) -> list[tuple[int, int, float]]:
        """Start and end of the white space at each doubtful boundary, and the probability of a break there."""
        doc, start, end, p = self._batch.doubts
        low, high = np.searchsorted(doc, [self._index, self._index + 1])
        part = slice(low, high)
        return list(zip(start[part].tolist(), end[part].tolist(), p[part].tolist()))

    def blocks(self) -> list[tuple[str, int, int, float]]:
        """Kind, start, end (visible characters, in the measured text) and score of every block."""
        starts, ends, kinds = self._batch.blocks
        low, high = np.searchsorted(starts, [self._span.start, self._span.stop])
        lines = self._batch._lines
        first = (lines.first[starts[low:high]] - self._base).tolist()
        last = (lines.last[ends[low:high]] - self._base).tolist()
        names = [KINDS[k] for k in kinds.kind[low:high].tolist()]
        return list(zip(names, first, last, [round(score, 2) for score in kinds.score[low:high].tolist()]))

    def kinds(self) -> list[str]:
        """The kind of the block each line belongs to."""
        starts, _, kinds = self._batch.blocks
        which = np.searchsorted(starts, np.arange(self._span.start, self._span.stop), "right") - 1
        return [KINDS[k] for k in kinds.kind[which].tolist()]

    def margins(self, *, indents: bool = True) -> list[Margin]:
        """White space at the edges of lines that stay: trailing blanks, indents, too many blank lines."""
        return self._batch.margins(indents).get(self._index, [])

    def trims(self, *, indents: bool = True) -> list[Margin]:
        """The margins, or none where a text without them would be read otherwise: indents are evidence."""
        return self._batch.trims(indents).get(self._index, [])

    def unwrapped(self) -> str:
        """The text with every join made and nothing else changed."""
        text = self.text
        starts, ends, afters = self.joins()
        out: list[str] = []
        at = 0
        for start, end, after in zip(starts, ends, afters):
            out += (text[at:start], after)
            at = end
        out.append(text[at:])
        return "".join(out) if starts else text


_EDGE = re.compile(r"(?:^|\n)[ \t\u00a0\u3000]|[ \t\u00a0\u3000](?:\n|$)|\n\n\n\n")
_HAN = re.compile("[\u3400-\u9fff]")


def _may_trim(text: str) -> bool:
    """Say whether a document could have margins, were it prose."""
    return _HAN.search(text) is not None and _EDGE.search(text) is not None


def measure_many(texts: Sequence[str]) -> Batch:
    """Measure documents in one call, which spares small ones the cost of the call."""
    return Batch(texts, decide(texts))


def measure(text: str) -> Layout:
    """Measure one document.

    >>> layout = measure("白日依山尽，\\n黄河入海流。")
    >>> layout.decision.tolist()  # both are breaks
    [1, 1]
    """
    return measure_many([text])[0]
