"""The layout of documents, as other modules see it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from .decide import DOUBT, JOIN
from .joining import DROP_HYPHEN, NOTHING, SPACE
from .kinds import KINDS, Blocks, Kinds, kinds_of
from .lines import Breaks, Ints, Longs, Shorts
from .margins import REASONS
from .notes import ENDS, FIRST, SHORT_OF_FULL
from .settled import Settled, settled
from .shattered import LEAST, SHORT

_JOINTS: Final = {NOTHING: ("", "join"), SPACE: (" ", "space"), DROP_HYPHEN: ("", "hyphen")}
#: What unwrapping does: what stands in the place of what goes, and why it goes.
CHANGES: Final = [*(_JOINTS[joint] for joint in range(len(_JOINTS))), *(("", reason) for reason in REASONS)]


class Changes(NamedTuple):
    """What unwrapping takes away, in order: whose, from where to where of that document, an index into ``CHANGES``."""

    doc: npt.NDArray[Any]
    start: Longs
    end: Longs
    change: Longs


class Batch:
    """Layouts of many documents, laid end to end.

    Columns have one element a non-blank line; ``doc`` says whose line it is. Offsets are code points of the line's own
    document. The boundary of a line is the one below it.
    """

    def __init__(self, texts: Sequence[str], found: Settled) -> None:
        self.texts = texts
        self.decisions = found.decisions
        self.blocks = found.blocks
        self._lines = found.decisions.lines
        self._joins = found.joins
        self._gone = found.gone

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: int) -> Layout:
        low, high = self._bounds[index : index + 2]
        return Layout(self, index, low, high)

    @cached_property
    def _bounds(self) -> list[int]:
        return _bounds(self._lines.doc, len(self))

    @property
    def doc(self) -> Ints:
        """Document of each line."""
        return self._lines.doc

    @cached_property
    def changes(self) -> Changes:
        """Every join and every margin."""
        joins, gone = self._joins, self._gone
        change = np.concatenate((joins.joint.astype(np.int64), gone.reason + len(_JOINTS)))
        start = np.concatenate((joins.start, gone.start))
        order = np.argsort(start, kind="stable")
        doc = np.concatenate((joins.doc, gone.doc))[order]
        base = self._lines.base[doc]
        return Changes(doc, start[order] - base, np.concatenate((joins.end, gone.end))[order] - base, change[order])

    @cached_property
    def change_bounds(self) -> list[int]:
        """Where the changes of each document begin, and where the last end."""
        return _bounds(self.changes.doc, len(self))

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
    def doubt_bounds(self) -> list[int]:
        """Where the doubts of each document begin, and where the last end."""
        return _bounds(self.doubts[0], len(self))

    @cached_property
    def bridged(self) -> list[bool]:
        """Documents in which a full line that ends no sentence stays apart from one that begins like a note or caption.

        Only there can a paragraph go on behind it.
        """
        lines, decisions = self._lines, self.decisions
        found = np.zeros(len(self), bool)
        apart = decisions.decision[:-1] != JOIN
        apart &= decisions.width[:-1] >= decisions.measure[:-1] - SHORT_OF_FULL
        above = np.flatnonzero(apart)
        above = above[FIRST.take(lines.codes.take(lines.first[above + 1]), mode="clip")]
        above = above[~ENDS.take(lines.codes.take(lines.last[above] - 1), mode="clip")]
        found[lines.doc[above]] = True  # that of the line below may be another: one document too many is looked into
        return found.tolist()

    @cached_property
    def shards(self) -> list[bool]:
        """Documents in which some lines of a few characters follow each other."""
        lines = self._lines
        short = (lines.last - lines.first <= SHORT).view(np.int8)
        row = np.zeros(max(len(short) - LEAST + 1, 0), np.int8)
        for step in range(LEAST if len(row) else 0):
            row += short[step : step + len(row)]
        first = np.flatnonzero(row == LEAST)
        ours = lines.doc[first]
        found = np.zeros(len(self), bool)
        found[ours[lines.doc[first + LEAST - 1] == ours]] = True
        return found.tolist()

    @cached_property
    def quiet(self) -> list[bool]:
        """Documents of which there is nothing to say but their blocks."""
        loud = np.array(self.bridged) | self.shards | self.decisions.incoherent
        loud[self.changes.doc] = True
        loud[self.doubts[0]] = True
        quiet: list[bool] = (~loud).tolist()
        return quiet

    @cached_property
    def block_bounds(self) -> list[int]:
        """Where the blocks of each document begin, and where the last end."""
        return _bounds(self.blocks.doc, len(self))


def _bounds(doc: npt.NDArray[Any], docs: int) -> list[int]:
    return doc.searchsorted(np.arange(docs + 1)).tolist()  # type: ignore[no-any-return]


class Told(NamedTuple):
    """The blocks of one document, told when somebody asks. The table holds those of its batch."""

    text: str
    table: Blocks
    span: slice
    base: int

    def kinds(self) -> tuple[Blocks, Kinds]:
        """The blocks, and their kinds."""
        blocks = self.table.part(self.span)
        return blocks, kinds_of(blocks, lambda start, end: self.text[start - self.base : end - self.base])

    def blocks(self) -> list[tuple[str, int, int, float]]:
        """Kind, start, end (visible characters, in the measured text) and score of every block."""
        blocks, kinds = self.kinds()
        names = [KINDS[kind] for kind in kinds.kind.tolist()]
        first, last = (blocks.first - self.base).tolist(), (blocks.last - self.base).tolist()
        return list(zip(names, first, last, [round(score, 2) for score in kinds.score.tolist()]))


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
    def marked(self) -> list[int]:
        """Lines that begin like a note or a caption and may part a paragraph; none where no paragraph can be parted."""
        if not self._batch.bridged[self._index]:
            return []
        lines = self._batch._lines
        marked = FIRST.take(lines.codes.take(lines.first[self._span]), mode="clip")
        return marked.nonzero()[0].tolist()

    @property
    def shards(self) -> bool:
        """Whether lines of a few characters follow each other, as where a formula was taken apart."""
        return self._batch.shards[self._index]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to change, nothing to doubt and nothing to report."""
        return self._batch.quiet[self._index]

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

    def changes(self) -> tuple[Longs, Longs, Longs]:
        """Start and end of what goes, in order, and what it is: an index into ``CHANGES``."""
        low, high = self._batch.change_bounds[self._index : self._index + 2]
        _, start, end, change = self._batch.changes
        return start[low:high], end[low:high], change[low:high]

    def _rows(self) -> list[tuple[int, int, int]]:
        return list(zip(*(column.tolist() for column in self.changes())))

    def joins(self) -> tuple[list[int], list[int], list[str]]:
        """Start, end and replacement ('' or ' ') of every join, in order."""
        rows = [row for row in self._rows() if row[2] < len(_JOINTS)]
        return [row[0] for row in rows], [row[1] for row in rows], [CHANGES[row[2]][0] for row in rows]

    def margins(self) -> list[tuple[int, int, str]]:
        """White space that goes from the edges of lines that stay: start, end, and `indent`, `trailing` or `blank`."""
        return [(start, end, CHANGES[change][1]) for start, end, change in self._rows() if change >= len(_JOINTS)]

    def doubts(self) -> list[tuple[int, int, float]]:
        """Start and end of the white space at each doubtful boundary, and the probability of a break there."""
        low, high = self._batch.doubt_bounds[self._index : self._index + 2]
        if low == high:
            return []
        _, start, end, p = self._batch.doubts
        return list(zip(start[low:high].tolist(), end[low:high].tolist(), p[low:high].tolist()))

    def told(self) -> Told:
        """What tells the blocks of this document, and holds nothing else of what was measured."""
        low, high = self._batch.block_bounds[self._index : self._index + 2]
        return Told(self.text, self._batch.blocks, slice(low, high), self._base)

    def blocks(self) -> list[tuple[str, int, int, float]]:
        """Kind, start, end (visible characters, in the measured text) and score of every block."""
        return self.told().blocks()

    def kinds(self) -> list[str]:
        """The kind of the block each line belongs to."""
        blocks, kinds = self.told().kinds()
        return [KINDS[kind] for kind in kinds.kind.repeat(blocks.lines).tolist()]

    def unwrapped(self) -> str:
        """The text with every join made, and the margins gone."""
        text = self.text
        out: list[str] = []
        at = 0
        for start, end, change in self._rows():
            out += (text[at:start], CHANGES[change][0])
            at = end
        out.append(text[at:])
        return "".join(out) if at else text


def measure_many(texts: Sequence[str], *, breaks: Breaks = (), indents: bool = True) -> Batch:
    """Measure documents in one call, which spares small ones the cost of the call.

    `breaks` are the offsets in each document of line breaks that are known to be the author's, in order (none, for
    none anywhere); `indents` says whether first-line indents go from prose.
    """
    return Batch(texts, settled(texts, breaks=breaks, indents=indents))


def measure(text: str) -> Layout:
    """Measure one document.

    >>> layout = measure("白日依山尽，\\n黄河入海流。")
    >>> layout.decision.tolist()  # both are breaks
    [1, 1]
    """
    return measure_many([text])[0]
