"""From columns to decisions: score twice, say of every line break whether it is a wrap, look again at what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from .bound import bound
from .classes import CELL
from .cleaning import cleaned_lines
from .columns import SENTENCE_END, bounded, first_columns
from .forest import Model, model
from .groups import Groups
from .groups import Places as Indices
from .guards import UNHEARD, alone, between_addresses, incoherent_documents, into_notes, parted, set_as_lines
from .joining import DROP_HYPHEN, SPACE, joints
from .left_over import broken_at_kept_blanks
from .lines import Bare, Bools, Floats, Ints, Lines, Places, Shorts, Spans, lines_of
from .openings import going_on
from .records import folded_fields, kept_in_lines, settings
from .rounds import FirstLook
from .set_apart import commands, counting_on, titles
from .spaced import parted_by_blank_lines
from .spoken import heard
from .switches import changes_font, run_on
from .unbroken import left_for_the_next

JOIN: Final = 0
BREAK: Final = 1
DOUBT: Final = 2


@dataclass(frozen=True)
class Decisions:
    """What was decided about a batch of documents; one element a line, the boundary being the one after it."""

    lines: Places
    p_break: npt.NDArray[np.float32]
    decision: npt.NDArray[np.int8]
    measure: Shorts
    width: Shorts
    column: Shorts
    """The measure as the first look knows it."""
    shape: Shorts
    incoherent: Bools
    at_blank: Bools
    """Lines that were broken at a blank."""

    def on(self, lines: Lines) -> Reading:
        """The same with all that was counted of its lines."""
        return Reading(**{**_columns(self), "lines": lines})


@dataclass(frozen=True)
class Reading(Decisions):
    """The same with all that was counted of its lines."""

    lines: Lines

    def decisions(self) -> Decisions:
        """What was decided, without what it took: that is four times as large."""
        return Decisions(**{**_columns(self), "lines": self.lines.places()})


def _columns(decisions: Decisions) -> dict[str, Any]:
    return {field.name: getattr(decisions, field.name) for field in fields(Decisions)}


def decide(texts: Sequence[str], using: Model | None = None) -> Reading:
    """Decide all boundaries of some documents.

    Joining takes lines away, and the text that is left is judged again until nothing more is to be joined: so a text
    that was unwrapped once has nothing left to unwrap.

    >>> decide(["短短一行\\n另一行"]).decision.tolist()
    [1, 1]
    """
    m = using or model()
    first = reading = judge(lines_of(texts), m)
    place = np.arange(len(first.decision))
    while (where := joined_documents(reading)).any():
        # The boundaries of the joined text are those above that were not joined, in the same order.
        place = place[(reading.decision != JOIN) & where[reading.lines.doc]]
        reading = judge(cleaned(reading.lines, reading.decision, joins_of(reading), NOTHING_GONE, where), m)
        again = reading.decision == JOIN
        first.decision[place[again]] = JOIN
        first.p_break[place[again]] = reading.p_break[again]
    return first


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
    start: Ints
    end: Ints
    joint: npt.NDArray[np.int8]


def joins_of(reading: Reading) -> Joins:
    """The joins that were decided."""
    return _joins(reading.lines, np.flatnonzero(reading.decision == JOIN), reading.at_blank)


def _joins(lines: Lines, at: Indices, at_blank: Bools) -> Joins:
    joint = joints(lines, at, at_blank[at])
    start = lines.last[at] - (joint == DROP_HYPHEN)
    # A soft hyphen says that the word runs on, whatever stands beside it.
    joint[lines.codes[start] == _SOFT_HYPHEN] = DROP_HYPHEN
    return Joins(lines.doc[at], start, lines.first[at + 1], joint)


_SOFT_HYPHEN: Final = 0xAD
#: No white space at the edges of lines.
NOTHING_GONE: Final = Spans(np.zeros(0, np.int64), np.zeros(0, np.int64))


def cleaned(lines: Bare, decision: npt.NDArray[np.int8], joins: Joins, gone: Spans, where: Bools) -> Lines:
    """The lines of some documents with the joins made that are decided, and without the white space that is gone."""
    at = np.flatnonzero(decision == JOIN)
    some = where[joins.doc]
    at = at[some]
    return cleaned_lines(lines, at, joins.start[some] < lines.last[at], joins.joint[some] == SPACE, gone, where)


def judge(lines: Lines, m: Model) -> Reading:
    """One reading of the lines as they are."""
    n = len(lines)
    looks = [_looked(part, asked, m) for part, asked in _parts(lines)]
    p, width, measure, near, shape, end, across, short, fitting = map(np.concatenate, zip(*looks))
    same = np.zeros(n, bool)
    same[:-1] = lines.doc[1:] == lines.doc[:-1]
    # Where a sentence ends with the line, a break too many does little harm, and two paragraphs run together much.
    ended = end >= SENTENCE_END
    ended &= ~parted_by_blank_lines(lines, p, ended)
    latin = (lines.han == 0) & (lines.hangul == 0)
    below = np.where(latin, np.float32(m.join_below_latin_stop), np.float32(m.join_below_stop))
    ended &= ~going_on(lines, ended & same & (p >= below) & (p < m.join_below))
    below[~ended] = m.join_below
    pieces = run_on(lines, p, p < below)
    if pieces.any():
        p = _as_printed(lines, p, below, pieces, short, m)
    decision = np.full(n, BREAK, np.int8)
    decision[p < m.break_above] = DOUBT
    decision[p < below] = JOIN
    decision[pieces] = JOIN
    decision[broken_at_kept_blanks(lines, p, decision == JOIN)] = JOIN
    decision[bound(lines, p)] = JOIN
    decision[(decision != BREAK) & (set_as_lines(lines, p, across) | kept_in_lines(lines))] = BREAK
    decision[folded_fields(lines, decision == JOIN) | settings(lines, decision == JOIN)] = BREAK
    decision[into_notes(lines, p, decision == JOIN)] = DOUBT
    decision[between_addresses(lines, decision == JOIN)] = BREAK
    decision[parted(lines)] = BREAK
    joined = decision == JOIN
    decision[commands(lines, p, joined) | counting_on(lines, joined) | titles(lines, joined)] = BREAK
    decision[left_for_the_next(lines, short, fitting, decision == JOIN)] = DOUBT
    decision[(decision == JOIN) & alone(lines, p, decision == JOIN)] = DOUBT
    incoherent = incoherent_documents(lines, across, decision == JOIN)
    decision[(decision == JOIN) & incoherent[lines.doc]] = DOUBT
    return Reading(
        lines=lines,
        p_break=p,
        decision=decision,
        measure=near // CELL,
        width=width // CELL,
        column=measure // CELL,
        shape=shape,
        incoherent=incoherent,
        at_blank=short,
    )


#: Above this probability what a printed line says is more than what its last piece does.
_SURE: Final = 0.98


def _as_printed(lines: Lines, p: Floats, below: Floats, pieces: Bools, at_blank: Bools, m: Model) -> Floats:
    """The same where documents were cut into pieces, with what the printed lines say that these are put together to.

    The pieces of a page are of any width, and show no measure; the lines that they were cut from do. Not all pieces are
    known, though: what is left of a line may be short in the middle of a paragraph, so a printed line is believed only
    where it is sure, and nowhere between two scripts.
    """
    where = np.zeros(len(lines.base), bool)
    where[lines.doc[pieces]] = True
    decision = np.where(pieces, JOIN, BREAK).astype(np.int8)
    joins = _joins(lines, np.flatnonzero(pieces), at_blank)
    whole = cleaned(lines, decision, joins, NOTHING_GONE, where)
    said = p.copy()
    said[where[lines.doc] & ~pieces] = np.concatenate([_looked(part, asked, m)[0] for part, asked in _parts(whole)])
    asked = ((said < below) | (said >= _SURE)) & ~changes_font(lines)
    return np.where(asked, said, p)


#: Probability of a break, width, measure, measure as the second look knows it, shape of a list, end of the line,
#: evidence that a word runs on, whether it was broken at a blank and left room for a character, or for what follows.
_Look = tuple[Floats, Shorts, Shorts, Shorts, Shorts, Shorts, Shorts, Bools, Bools]


def _looked(lines: Lines, asked: slice, m: Model) -> _Look:
    """Score some of the lines. Of the hundreds of bytes that this takes a line, a few are kept."""
    columns = first_columns(lines)
    rows = columns.rows
    p = np.ones(len(lines), np.float32)
    near = np.zeros(len(lines), np.int16)
    if len(lines) > 1:
        score = m.first.score(rows.matrix, rows.places(m.first.features))
        unsure = np.flatnonzero((np.abs(score) < m.sure) & columns.same)
        look = FirstLook(columns, score)
        near = bounded({"measure": look.near.whole})["measure"]
        second = rows.at(unsure, look.rows(unsure))
        score[unsure] = m.second.score(second.matrix, second.places(m.second.features))
        p = np.where(columns.same, 1.0 / (1.0 + np.exp(-score)), 1.0).astype(np.float32)
    across = np.where(rows["word_pair"] > UNHEARD, heard(rows), np.int16(UNHEARD))
    # Copies, lest a row hold the matrix that it lies in.
    measure, shape, end = (rows[name][asked].copy() for name in ("measure", "shape_a", "end_a"))
    short, fitting = columns.unbroken.short[asked], columns.unbroken.fitting[asked]
    return p[asked], columns.width[asked], measure, near[asked], shape, end, across[asked], short, fitting


#: So many lines are looked at at a time. A document of more is looked at in sections of equal size: its habits may
#: change, and what is held stays bounded.
_PART: Final = 1 << 13
#: How many lines of its document beyond a section are looked at with it, so that its edges are no edges of the text.
_BEYOND: Final = 64


def _parts(lines: Lines) -> Iterator[tuple[Lines, slice]]:
    """The lines in parts of whole documents, or of a section of one, and which lines of each are asked about."""
    n = len(lines)
    if n <= _PART:
        yield lines, slice(n)
        return
    docs = lines.documents()
    heads = _sections(docs)
    low = 0
    while low < n:
        # The last section that ends within the part. Two of one document never do.
        high = n if low + _PART >= n else int(heads[heads.searchsorted(low + _PART, "right") - 1])
        first, last = max(low - _BEYOND, int(docs.begin[low])), min(high + _BEYOND, int(docs.end[high - 1]) + 1)
        yield lines.part(first, last, lines.doc[first:last] - lines.doc[first]), slice(low - first, high - first)
        low = high


def _sections(docs: Groups) -> npt.NDArray[np.intp]:
    """The first line of each section."""
    sizes = docs.sizes
    section = docs.spread(-(-sizes // -(-sizes // _PART)))
    return np.flatnonzero((np.arange(len(section)) - docs.begin) % section == 0)
