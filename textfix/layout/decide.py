"""From columns to decisions: score twice, say of every line break whether it is a wrap, look again at what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from .columns import CELL, SENTENCE_END, bounded, first_columns
from .forest import Model, model
from .guards import UNHEARD, alone, between_addresses, incoherent_documents, into_notes, set_as_lines
from .joining import DROP_HYPHEN, SPACE, joints
from .lines import Bools, Ints, Lines, Shorts, Spans, cleaned_lines, lines_of
from .rounds import FirstLook

JOIN: Final = 0
BREAK: Final = 1
DOUBT: Final = 2


@dataclass(frozen=True)
class Decisions:
    """What was decided about a batch of documents; one element a line, the boundary being the one after it."""

    lines: Lines
    p_break: npt.NDArray[np.float32]
    decision: npt.NDArray[np.int8]
    measure: Shorts
    width: Shorts
    column: Shorts
    """The measure as the first look knows it."""
    shape: Shorts
    incoherent: Bools


def decide(texts: Sequence[str], using: Model | None = None) -> Decisions:
    """Decide all boundaries of some documents.

    Joining takes lines away, and the text that is left is judged again until nothing more is to be joined: so a text
    that was unwrapped once has nothing left to unwrap.

    >>> decide(["短短一行\\n另一行"]).decision.tolist()
    [1, 1]
    """
    m = using or model()
    decisions = reading = judge(lines_of(texts), m)
    place = np.arange(len(decisions.decision))
    while (where := joined_documents(reading)).any():
        # The boundaries of the joined text are those above that were not joined, in the same order.
        place = place[(reading.decision != JOIN) & where[reading.lines.doc]]
        reading = judge(cleaned(reading, NOTHING_GONE, where), m)
        again = reading.decision == JOIN
        decisions.decision[place[again]] = JOIN
        decisions.p_break[place[again]] = reading.p_break[again]
    return decisions


def joined_documents(decisions: Decisions) -> Bools:
    """The documents in which something is joined."""
    where = np.zeros(len(decisions.lines.base), bool)
    where[decisions.lines.doc[decisions.decision == JOIN]] = True
    return where


class Joins(NamedTuple):
    """Every join: its document, start and end of what goes in the joined text, and what stands there then.

    The span runs from the last visible character of the line (or its hyphen, where that goes too) to the first visible
    character of the next. The joint is NOTHING, SPACE or DROP_HYPHEN; what goes with a soft hyphen is of the last kind.
    """

    doc: Ints
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    joint: npt.NDArray[np.int8]


def joins_of(decisions: Decisions) -> Joins:
    """The joins that were decided."""
    lines = decisions.lines
    at = np.flatnonzero(decisions.decision == JOIN)
    joint = joints(lines, at)
    start = lines.last[at].astype(np.int64) - (joint == DROP_HYPHEN)
    # A soft hyphen says that the word runs on, whatever stands beside it.
    joint[lines.codes[start] == _SOFT_HYPHEN] = DROP_HYPHEN
    return Joins(lines.doc[at], start, lines.first[at + 1].astype(np.int64), joint)


_SOFT_HYPHEN: Final = 0xAD
#: No white space at the edges of lines.
NOTHING_GONE: Final = Spans(np.zeros(0, np.int64), np.zeros(0, np.int64))


def cleaned(decisions: Decisions, gone: Spans, where: Bools) -> Lines:
    """The lines of some documents with the joins made that are decided, and without the white space that is gone."""
    lines = decisions.lines
    at = np.flatnonzero((decisions.decision == JOIN) & where[lines.doc])
    joint = joints(lines, at)
    return cleaned_lines(lines, at, joint == DROP_HYPHEN, joint == SPACE, gone, where)


def judge(lines: Lines, m: Model) -> Decisions:
    """One reading of the lines as they are."""
    n = len(lines)
    looks = [_looked(part, m) for part in _parts(lines)]
    p, width, measure, near, shape, end, heard = map(np.concatenate, zip(*looks))
    same = np.zeros(n, bool)
    same[:-1] = lines.doc[1:] == lines.doc[:-1]
    decision = np.full(n, BREAK, np.int8)
    decision[p < m.break_above] = DOUBT
    # Where a sentence ends with the line, a break too many does little harm, and two paragraphs run together much.
    decision[p < np.where(end >= SENTENCE_END, m.join_below_stop, m.join_below)] = JOIN
    decision[(decision != BREAK) & set_as_lines(lines, p)] = BREAK
    decision[into_notes(lines, p, decision == JOIN)] = DOUBT
    decision[between_addresses(lines, decision == JOIN)] = BREAK
    decision[(decision == JOIN) & alone(lines, p, decision == JOIN)] = DOUBT
    incoherent = incoherent_documents(lines, heard, decision == JOIN)
    decision[(decision == JOIN) & incoherent[lines.doc]] = DOUBT
    return Decisions(
        lines=lines,
        p_break=p,
        decision=decision,
        measure=near // CELL,
        width=width // CELL,
        column=measure // CELL,
        shape=shape,
        incoherent=incoherent,
    )


#: Probability of a break, width, measure, measure as the second look knows it, shape of a list, end of the line,
#: evidence that a word runs on.
_Look = tuple[npt.NDArray[np.float32], Shorts, Shorts, Shorts, Shorts, Shorts, Shorts]


def _looked(lines: Lines, m: Model) -> _Look:
    """Score some lines, of whole sections. Of the hundreds of bytes that this takes a line, a few are kept."""
    columns = first_columns(lines)
    rows = columns.rows
    p = np.ones(len(lines), np.float32)
    near = np.zeros(len(lines), np.int16)
    if len(lines) > 1:
        score = m.first.score(rows.matrix, rows.places(m.first.features))
        unsure = np.flatnonzero((np.abs(score) < m.sure) & columns.same)
        look = FirstLook(columns, score)
        near = bounded({"measure": look.near.whole})["measure"]
        asked = rows.at(unsure, look.rows(unsure))
        score[unsure] = m.second.score(asked.matrix, asked.places(m.second.features))
        p = np.where(columns.same, 1.0 / (1.0 + np.exp(-score)), 1.0).astype(np.float32)
    heard = np.maximum(np.maximum(rows["word_pair"], rows["word_left"]), rows["word_right"])
    heard = np.where(rows["word_pair"] > UNHEARD, heard, np.int16(UNHEARD))
    # Copies, lest a row hold the matrix that it lies in.
    measure, shape, end = (rows[name].copy() for name in ("measure", "shape_a", "end_a"))
    return p, columns.width, measure, near, shape, end, heard


#: A document of more lines is looked at section by section: its habits may change, and what is held stays bounded.
_SECTION: Final = 1 << 14
#: So many lines are looked at at a time.
_PART: Final = 1 << 14


def _parts(lines: Lines) -> Iterator[Lines]:
    """The lines in parts of whole sections, each a document to those who look at it."""
    n = len(lines)
    if n <= _SECTION:
        yield lines
        return
    at = np.arange(n)
    section = lines.doc.astype(np.int64) * n + (at - lines.documents().begin) // _SECTION
    heads = np.flatnonzero(np.diff(section, prepend=-1))
    numbers = np.searchsorted(heads, at, "right").astype(np.int32) - 1
    low = 0
    while low < n:
        # The last section that ends within the part; one section at least.
        stop = int(np.searchsorted(heads, low + _PART, "right")) - 1
        high = n if low + _PART >= n else int(heads[max(stop, numbers[low] + 1)])
        yield lines.part(low, high, numbers[low:high] - numbers[low])
        low = high
