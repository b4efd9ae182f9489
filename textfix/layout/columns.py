"""The columns the model looks at: one row a feature, one column a line, all in 16-bit integers.

A boundary belongs to the line above it. ``a`` is that line, ``b`` the next one. Widths are quarter cells. Nothing here
loops over lines: neighbours are reached by shifting whole columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from . import classes as c
from .classes import CELL
from .groups import Groups, Places, running
from .latin import latin_rows
from .lines import Bools, Lines, Shorts
from .pieces import piece_rows
from .runs import Runs, silent
from .spoken import spoken_rows
from .unbroken import Unbroken, unbroken_lines
from .words import words

_T = TypeVar("_T", bound=np.generic)

#: How far the measure looks for neighbours that support it, in lines.
REACH = 8
_FAR = (11, 14, 18, 23, 29, 36)
#: A width no line has: neighbours across a document's edge.
_NOWHERE = -8000
_CLIP = 120 * CELL
#: Reach of the spacing around a line, in lines.
_SPACING = 12
_NO_KEY = -0x7FFFFFFF
#: Support that a measure must have among the lines of its own group before it overrules the neighbourhood.
_OWN = 3

_END_ORDER = {
    c.OPENER: 0, c.LATIN_OPENER: 0, c.COMMA: 1, c.ENUM_COMMA: 2, c.LATIN_COMMA: 3, c.HYPHEN: 4, c.CODE_SIGN: 5,
    c.HAN: 6, c.NUMERAL_HAN: 6, c.HIRAGANA: 7, c.KATAKANA: 8, c.HANGUL: 9, c.LOWER: 10, c.UPPER: 11, c.DIGIT: 12,
    c.WIDE_ALNUM: 12, c.PERCENT: 12, c.OTHER: 13, c.PRIVATE: 13, c.BULLET: 13, c.CIRCLED: 13, c.RULE: 13, c.DASH: 14,
    c.LATIN_QUOTE: 15, c.CLOSER: 16, c.LATIN_CLOSER: 16, c.SEMICOLON: 17, c.COLON: 18, c.LATIN_COLON: 18,
    c.ELLIPSIS: 19, c.PERIOD: 20, c.LATIN_STOP: 21, c.STOP: 22,
}  # fmt: skip
_END_CLOSED_STOP = 23
#: Ends of lines from here on in that order end a sentence.
SENTENCE_END = 19
_START_ORDER = {
    c.COMMA: 0, c.ENUM_COMMA: 0, c.SEMICOLON: 0, c.COLON: 0, c.STOP: 0, c.CLOSER: 0, c.LATIN_COMMA: 1, c.PERIOD: 1,
    c.LATIN_COLON: 1, c.LATIN_STOP: 1, c.LATIN_CLOSER: 1, c.PERCENT: 1, c.LOWER: 2, c.HIRAGANA: 3, c.HAN: 4,
    c.KATAKANA: 5, c.HANGUL: 6, c.NUMERAL_HAN: 7, c.DIGIT: 8, c.WIDE_ALNUM: 8, c.UPPER: 9, c.OPENER: 10,
    c.LATIN_OPENER: 11, c.LATIN_QUOTE: 11, c.ELLIPSIS: 12, c.DASH: 13, c.HYPHEN: 14, c.CODE_SIGN: 15, c.OTHER: 16,
    c.RULE: 17, c.PRIVATE: 18, c.BULLET: 19, c.CIRCLED: 20,
}  # fmt: skip


def _order(order: dict[int, int]) -> npt.NDArray[np.int16]:
    table = np.zeros(c.N_CLASSES, np.int16)
    for cls, rank in order.items():
        table[cls] = rank
    return table


_ENDS, _STARTS = _order(_END_ORDER), _order(_START_ORDER)


_NUMBER = c.members(c.DIGIT, c.WIDE_ALNUM)
_WORD = c.members(c.LOWER, c.UPPER, c.DIGIT, c.PERIOD, c.HYPHEN, c.CODE_SIGN, c.LATIN_COLON, c.PERCENT, c.LATIN_COMMA)
_WIDE_NON_STARTER = c.members(c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.CLOSER)
_CLOSED = c.members(c.CLOSER, c.LATIN_QUOTE)
_STOPPED = c.members(c.STOP, c.LATIN_STOP, c.PERIOD)
_AFTER_NUMBER = c.members(c.PERIOD, c.ENUM_COMMA, c.CLOSER, c.LATIN_CLOSER, c.STOP)


class Rows(Mapping[str, Shorts]):
    """Feature rows by name, side by side in one matrix."""

    def __init__(self, names: Sequence[str], matrix: npt.NDArray[np.int16]) -> None:
        self.matrix = matrix
        self._numbers = {name: number for number, name in enumerate(names)}

    @classmethod
    def of(cls, rows: Mapping[str, Shorts]) -> Rows:
        """Lay rows side by side."""
        return cls(list(rows), np.array(list(rows.values()), np.int16))

    def __getitem__(self, name: str) -> Shorts:
        row: Shorts = self.matrix[self._numbers[name]]
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def places(self, names: Sequence[str]) -> Places:
        """Which rows of the matrix they are."""
        return np.array(list(map(self._numbers.__getitem__, names)))

    def at(self, some: Places, more: Rows) -> Rows:
        """The rows at some places, and behind them those of which no others are known."""
        return Rows([*self, *more], np.concatenate((self.matrix.take(some, axis=1), more.matrix)))


@dataclass
class Columns:
    """Feature rows, and what later steps need again."""

    lines: Lines
    docs: Groups
    width: Shorts
    rows: Rows
    same: Bools
    unbroken: Unbroken

    def matrix(self, names: list[str]) -> npt.NDArray[np.int16]:
        """The named rows as one matrix, a row a feature."""
        return self.rows.matrix.take(self.rows.places(names), axis=0)


def bounded(columns: dict[str, npt.NDArray[Any]]) -> dict[str, Shorts]:
    """Differences of widths, bounded so that an absent neighbour is one far value."""
    rows = np.array(list(columns.values()))
    return dict(zip(columns, rows.clip(-_CLIP, _CLIP, out=rows).astype(np.int16, copy=False)))


def shares(parts: npt.NDArray[Any], whole: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """Quotients of whole numbers below 2**24, rounded down: single precision parts what is no whole number from it."""
    return np.floor(parts.astype(np.float32) / whole.astype(np.float32)).astype(np.int32)


def _reading(lines: Lines, docs: Groups) -> tuple[Shorts, Shorts, Shorts, Shorts]:
    """Width of every line under the reading of marks, blanks and letters that its document fits best.

    Typesetters set marks full width, half width, only pauses and brackets half (kaiming), or half at the line end;
    blanks are a cell, half a cell or nothing (spaces that justification made); letters take a cell each or are
    proportional. The reading under which most neighbouring lines come out equally wide is the document's.
    """
    n = len(lines)
    wide = (lines.han | lines.hangul) > 0  # other lines are Latin: their brackets are narrow, and they have no marks
    cells = (lines.cells - lines.brackets * ~wide) * np.int16(CELL)
    marks = np.zeros((4, n), np.int16)
    marks[1] = _WIDE_NON_STARTER.take(lines.tail[0], mode="clip")
    marks[2] = lines.pauses + lines.brackets
    marks[3] = marks[2] + lines.stops
    marks *= wide * np.int16(CELL)
    blanks = lines.blanks * np.int16(CELL)
    loss = lines.narrow * np.int16(CELL) - lines.proportional // np.int16(4)
    indent = lines.indent * np.int16(CELL)

    def best(widths: Shorts) -> npt.NDArray[np.intp]:
        """For each document, which of several widths of its lines fits it best; the first is the likeliest."""
        # Full lines differ by no more than a character does not fill: a cell and a bit between marks set half width.
        points = np.zeros(widths.shape, np.int8)
        long = widths > 10 * CELL
        for step in (-1, -2):
            apart = np.abs(widths - docs.shifted(widths, step, 0))
            near = ((apart <= 5) & long).view(np.int8)
            points += near
            points += near
            points += ((apart <= 2) & long).view(np.int8)
        got = docs.sums(points).astype(np.float64)
        got[0] = got[0] * 1.03 + 0.03
        chosen: npt.NDArray[np.intp] = got.astype(np.float32).argmax(axis=0)
        return chosen

    def of(options: Shorts, chosen: npt.NDArray[np.intp]) -> Shorts:
        """What was chosen for each document, on its lines."""
        return options.ravel().take(docs.spread(chosen * n) + np.arange(n), mode="clip")

    style = best(cells + blanks - marks)
    base = cells - of(marks, style)
    half = blanks // np.int16(2)
    options = np.array((blanks, half, np.zeros_like(blanks), half - loss, blanks // np.int16(4) - loss))
    letter = best(base + options)
    width = base + of(options, letter) + indent
    return width, cells - marks[3] + indent, cells + blanks + indent, docs.spread((style * 8 + letter).astype(np.int16))


#: Lines whose neighbours are laid side by side at a time, so that they stay in the processor's cache.
_STRIP = 8192


def _side_by_side(column: npt.NDArray[_T], reach: int, fill: int, *, above: bool = False) -> npt.NDArray[_T]:
    """The column as its neighbours have it: row s is that of the line s further down, or further up; a view."""
    edge = np.full(reach, fill, column.dtype)
    padded = np.concatenate((edge, column) if above else (column, edge))
    size = padded.itemsize
    first, step = (reach * size, -size) if above else (0, size)
    return np.ndarray((reach + 1, len(column)), column.dtype, padded, first, (step, size))


def support(width: Shorts, groups: Groups, far: tuple[int, ...] = _FAR) -> Shorts:
    """How many neighbours speak for each line's width being the measure: as wide, or four cells short (a lost indent).

    A neighbour that is wider speaks against it.
    """
    n = len(width)
    shifts = [s for s in (*range(1, REACH + 1), *far) if s < n]
    out = np.zeros(n + max(shifts, default=0), np.int16)
    if shifts:
        below = _side_by_side(width, shifts[-1], 0)
        weight = np.array([2 if s <= 4 else 1 if s <= REACH else 0 for s in shifts], np.int8)[:, None]
        column = np.array(shifts, np.int16)[:, None]
    for at in range(0, n if shifts else 0, _STRIP):
        part = slice(at, at + _STRIP)
        delta = below[shifts, part] - width[part]
        size = np.abs(delta)
        close = (size <= CELL).view(np.int8) * np.int8(2) + (size <= 2 * CELL).view(np.int8)
        own = close + (np.abs(delta + 4 * CELL) <= 6).view(np.int8) - (delta > 10).view(np.int8) * weight
        other = close + (np.abs(delta - 4 * CELL) <= 6).view(np.int8) - (delta < -10).view(np.int8) * weight
        same = (column < groups.ahead[part]).view(np.int8)
        own *= same
        other *= same
        out[part][: own.shape[1]] += own.sum(axis=0, dtype=np.int16)
        for row, s in zip(other, shifts):
            out[at + s : at + s + len(row)] += row
    out = out[:n]
    out[width < 6 * CELL] = -40
    return out


def _best(width: Shorts, strength: Shorts, groups: Groups) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The best supported width among this line and those above it, and among those below it."""
    key = strength.astype(np.int32) * 0x10000 + np.maximum(width, 0)
    above, below = groups.highest(key, REACH, _NO_KEY)
    return np.maximum(key, above), below


#: Characters of a word that are counted.
_LONGEST = 40


#: The first of the readings that take letters as proportional.
_PROPORTIONAL = 3


def _spared(lines: Lines, size: Shorts) -> Shorts:
    """By how much the words of so many characters at the start of lines are narrower in a proportional face."""
    out = np.zeros(len(lines), np.int16)
    some = np.flatnonzero(size > 0)
    for k in range(int(size.max(initial=0))):
        some = some[size[some] > k]
        out[some] += c.narrower().take(lines.codes[lines.first[some] + k], mode="clip")
    return out * CELL // c.UNIT


def _unit(lines: Lines, style: Shorts) -> tuple[Shorts, Shorts]:
    """Width of what must stand together at the start of each line, and of its first character alone."""
    n = len(lines)
    head = lines.head
    word = _WORD.take(head[0], mode="clip")
    out = np.where(word, 0, 2).astype(np.int16)
    todo = np.flatnonzero(word)
    out[todo] = size = _run(_WORD, head.take(todo, axis=1))
    todo = todo[size == len(head)]
    at = lines.first[todo].astype(np.int64) + len(head)
    last = lines.last[todo]
    for _ in range(_LONGEST - len(head)):
        keep = at < last
        keep &= _WORD[lines.cls[np.minimum(at, len(lines.cls) - 1)]]
        todo, at, last = todo[keep], at[keep], last[keep]
        if not len(todo):
            break
        out[todo] += 1
        at = at + 1
    spared = _spared(lines, np.where(word & ((style & 7) >= _PROPORTIONAL), out, np.int16(0)))
    opener = (head[0] == c.OPENER) | (head[0] == c.LATIN_OPENER)
    out[opener] += 2
    marks = np.zeros(n, np.int16)
    following = ~word & _WIDE_NON_STARTER[head[1]] & ~opener
    marks[following] = 2
    following &= _WIDE_NON_STARTER[head[2]]
    marks[following] = 4
    hangul = head[0] == c.HANGUL
    if hangul.any():
        run = hangul.copy()
        for k in range(1, 8):
            run &= head[k] == c.HANGUL
            out[run] += 2
    first = np.where(lines.narrow > 0, np.where(word, 1, 2), 2).astype(np.int16)
    return (out + marks) * CELL - spared, first * CELL


def _shape(lines: Lines) -> Shorts:
    """List shapes at the start of a line: none, bullets, numbers, brackets, numerals, chapters, letters, captions."""
    every = np.zeros(len(lines), np.int16)
    if not len(lines):
        return every
    initial = lines.codes.take(lines.first, mode="clip")
    ordinal = initial == ord("第")
    some = np.flatnonzero(_LISTED[lines.head[0]] | ordinal)
    every[some] = _listed(lines.head.take(some, axis=1), ordinal[some])
    numbered = _NUMBER.take(lines.head[1:3], mode="clip")
    some = np.flatnonzero(numbered[0] | (numbered[1] & (lines.head[1] == c.BLANK)))
    every[some[np.isin(initial[some], _CAPTIONED)]] = 10
    return every


#: What begins a caption, with a number behind it.
_CAPTIONED = np.array([ord(sign) for sign in "表图圖図例"], np.uint32)


_LISTED = c.members(
    c.DIGIT, c.WIDE_ALNUM, c.NUMERAL_HAN, c.OPENER, c.LATIN_OPENER, c.UPPER, c.LOWER, c.DASH, c.HYPHEN, c.BULLET,
    c.CIRCLED, c.PRIVATE,
)  # fmt: skip


def _run(members: Bools, head: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """How many of the characters are members of a class, from the first one on."""
    run: npt.NDArray[np.int64] = np.logical_and.accumulate(members.take(head, mode="clip"), axis=0).sum(axis=0)
    return run


def _listed(head: npt.NDArray[np.uint8], chapter: Bools) -> Shorts:
    """The shapes of lines that may be items, by the classes of their first characters."""
    rows = np.arange(head.shape[1])
    out = np.zeros(len(rows), np.int16)

    def numbered(start: int, members: Bools, most: int) -> npt.NDArray[np.int64]:
        return _run(members, head[start : start + most])

    digits = numbered(0, _NUMBER, 4)
    after = head[np.minimum(digits, 7), rows]
    then = head[np.minimum(digits + 1, 7), rows]
    out[(digits > 0) & (digits < 4) & (after == c.BLANK)] = 9
    plain = (digits > 0) & (digits < 4) & _AFTER_NUMBER[after]
    out[plain] = 3
    out[plain & (after == c.PERIOD) & _NUMBER[then]] = 4
    numeral = c.members(c.NUMERAL_HAN)
    count = numbered(0, numeral, 3)
    after = head[np.minimum(count, 7), rows]
    out[(count > 0) & ((after == c.ENUM_COMMA) | (after == c.PERIOD))] = 5
    inside = np.maximum(numbered(1, numeral, 3), numbered(1, _NUMBER, 3))
    after = head[np.minimum(inside + 1, 7), rows]
    opening = (head[0] == c.OPENER) | (head[0] == c.LATIN_OPENER)
    out[opening & (inside > 0) & ((after == c.CLOSER) | (after == c.LATIN_CLOSER))] = 6
    ordinal = np.maximum(numbered(1, numeral, 4), numbered(1, _NUMBER, 4))
    out[chapter & (ordinal > 0)] = 7
    letter = ((head[0] == c.UPPER) | (head[0] == c.LOWER)) & ((head[1] == c.PERIOD) | (head[1] == c.LATIN_CLOSER))
    out[letter] = 8
    out[((head[0] == c.DASH) | (head[0] == c.HYPHEN)) & (head[1] == c.BLANK)] = 2
    out[(head[0] == c.BULLET) | (head[0] == c.CIRCLED) | (head[0] == c.PRIVATE)] = 1
    return out


def rates(docs: Groups, rows: dict[str, tuple[Bools, Bools | None]]) -> dict[str, Shorts]:
    """Rates of documents in thousandths: of the lines that the second marks, those that the first does."""
    marks = np.empty((2, len(rows), len(docs.begin)), np.uint8)
    for number, (hit, among) in enumerate(rows.values()):
        marks[0, number] = hit if among is None else hit & among
        marks[1, number] = 1 if among is None else among
    hits, asked = docs.sums(marks)
    return dict(zip(rows, (1000 * (hits + 0.0) / np.maximum(asked, 1)).astype(np.int16)))


def first_columns(lines: Lines) -> Columns:
    """Columns that need no decision yet."""
    n = len(lines)
    docs, groups = lines.documents(), lines.groups()
    width, lowest, highest, style = _reading(lines, docs)
    strength = support(width, docs)
    up, down = _measures(width, strength, docs, groups)
    both = np.where(up >= _OWN << 16, up, np.maximum(up, down))
    m_up, m_both = (up & 0xFFFF).astype(np.int16), (both & 0xFFFF).astype(np.int16)
    m_down = np.where(down > _NO_KEY, down & 0xFFFF, m_up).astype(np.int16)
    unit, single = _unit(lines, style)
    unbroken = unbroken_lines(lines, docs, m_both - width)
    unit, single = np.maximum(unit, unbroken.run), np.maximum(single, unbroken.run)
    shape = _shape(lines)
    end = _ENDS.take(lines.tail[:2], mode="clip")
    end[0, _CLOSED.take(lines.tail[0], mode="clip") & _STOPPED.take(lines.tail[1], mode="clip")] = _END_CLOSED_STOP
    start = _STARTS.take(lines.head[:2], mode="clip")
    chars = (lines.last - lines.first).astype(np.int16)
    counts = np.array((lines.han + lines.hangul.astype(np.int32), lines.digits, lines.signs, lines.blanks))
    han, digits, signs, blanks = shares(100 * counts, np.maximum(chars, 1)).astype(np.int16)
    pauses = lines.pauses + lines.stops
    balance = lines.balance.clip(-9, 9)
    prefix = _prefix(lines)
    latin_end, latin_start = latin_rows(lines)

    # What is known of a line, as known of the one below it; what stands beyond the document's edge.
    own = {
        "chars": (chars, 0), "end": (end[0], -1), "start": (start[0], -1), "start2": (start[1], 0), "shape": (shape, 0),
        "marks": (pauses, 0), "blank": (lines.blanks_before, 0), "indent": (lines.indent, 0), "han": (han, 0),
        "digits": (digits, 0), "signs": (signs, 0), "blanks": (blanks, 0), "balance": (balance, 0),
        "strength": (strength, -100), "unit": (unit, 0), "single": (single, 0), "width": (width, _NOWHERE),
        "latin": (latin_start, 0),
    }  # fmt: skip
    columns, fills = zip(*own.values())
    below = dict(zip(own, docs.shifted(np.array(columns), 1, np.array(fills)[:, None])))
    width_b, unit_b, indent_b = below["width"], below["unit"], below["indent"]
    further = {by: docs.shifted(width, by, _NOWHERE) for by in (-2, -1, 2, 3)}
    rests = _group_rows(width, width_b, docs, groups)
    r: dict[str, Shorts] = bounded(
        {
            **{"fill_" + name: width - measure for name, measure in (("up", m_up), ("both", m_both), ("down", m_down))},
            "room_up": m_up - width - unit_b,
            "room_both": m_both - width - unit_b,
            "room_down": m_down - width - unit_b,
            "next_down": width_b - m_down,
            "grid_room": m_both - width - below["single"],
            "shift_both": np.abs(m_both - width - 4 * CELL),
            "next_shift": np.abs(m_both - width_b - 4 * CELL),
            "low_fill": lowest - m_both,
            "high_fill": highest - m_both,
            "measure": m_both,
            **{f"fill_{by:+d}": column - m_both for by, column in further.items()},
            "delta": width_b - width,
            "delta_above": width - further[-1],
            "delta_below": further[2] - width_b,
            "width_a": width,
            "width_b": width_b,
        }
    )
    r |= rests
    r["full_rest"], r["first_rest"] = closest(width, (m_up, m_down, width - r["fill_ahead"], width - r["fill_behind"]))
    r["next_full_rest"], r["next_first_rest"] = docs.shifted(np.array((r["full_rest"], r["first_rest"])), 1, _CLIP)
    ratio = shares(width.astype(np.int32) * 100, np.maximum(m_both, 1))
    r |= {
        "ratio": np.minimum(ratio, 400).astype(np.int16),
        "strength_up": (up >> 16).astype(np.int16),
        "strength_down": np.maximum(down >> 16, -100).astype(np.int16),
        "end_above": docs.shifted(end[0], -1, -1),
        "end2_a": end[1],
        "start_below": docs.shifted(start[0], 2, -1),
        "start2_b": below["start2"],
        "marks_above": docs.shifted(pauses, -1, -1),
        "blank": below["blank"],
        "gapped": _gapped(lines, docs),
        "indent_change": indent_b - lines.indent,
        "indent_below": docs.shifted(lines.indent, 2, 0) - indent_b,
        "signs_b": below["signs"],
        "prefix": prefix,
        "prefix_above": docs.shifted(prefix, -1, 0),
        "style": style,
        "latin_end": latin_end,
        "latin_start": below["latin"],
    }
    for name in ("chars", "end", "start", "shape", "marks", "indent", "han", "digits", "blanks", "balance", "strength"):
        r[name + "_a"], r[name + "_b"] = own[name][0], below[name]
    r |= piece_rows(lines, docs, width, m_both)
    r |= _word_rows(lines, docs)
    r |= _run_rows(lines, docs, width, style)
    r |= spoken_rows(docs, r, _END_ORDER[c.PERIOD], _END_ORDER[c.HANGUL])

    above = ~lines.newdoc
    known = rates(
        docs,
        {
            "doc_blank": (lines.blanks_before > 0, above),
            "doc_indent": (lines.indent > 0, None),
            "doc_stop": (end[0] >= SENTENCE_END, None),
            "doc_pause": (end[0] <= 3, None),
            "doc_nonstart": (_WIDE_NON_STARTER.take(lines.head[0], mode="clip"), above),
            "doc_full": (np.abs(r["fill_both"]) <= CELL, None),
            "doc_over": (r["fill_both"] > 3 * CELL, None),
            "doc_short": (r["fill_both"] < -8 * CELL, None),
            "doc_han": (han > 30, None),
        },
    )
    r |= zip(known, docs.spread(np.array(list(known.values()))))
    same = np.ones(n, bool)
    same[docs.tails] = False
    return Columns(lines=lines, docs=docs, width=width, rows=Rows.of(r), same=same, unbroken=unbroken)


def closest(width: Shorts, measures: tuple[npt.NDArray[Any], ...]) -> tuple[Shorts, Shorts]:
    """How far a line is from filling the measure it fits best, as it stands and as a first line without its indent."""
    full = np.full(len(width), _CLIP, np.int32)
    first = full.copy()
    for measure in measures:
        short = measure.astype(np.int32) - width
        np.minimum(full, np.abs(short), out=full)
        np.minimum(first, np.abs(short - 4 * CELL), out=first)
    return full.astype(np.int16), first.astype(np.int16)


def _run_rows(lines: Lines, docs: Groups, width: Shorts, style: Shorts) -> dict[str, Shorts]:
    """Pieces of printed lines, and what they make together."""
    runs = Runs.of(lines, docs, width, style >> 3)
    if runs is None:
        return silent(len(lines))
    up, down = _best(runs.totals, support(runs.totals, runs.docs), runs.docs)
    return runs.rows(np.where(up >= _OWN << 16, up, np.maximum(up, down)) & 0xFFFF)


def _measures(
    width: Shorts, strength: Shorts, docs: Groups, groups: Groups
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The measure above and below each line, as strength and width in one key.

    A group of three lines and more that agree has its own: short text frames stand beside columns of another measure.
    """
    up, down = _best(width, strength, docs)
    some = groups.sizes >= 3
    if not some.any():
        return up, down
    own_up, own_down = _best(width, support(width, groups, ()), groups)
    own = np.maximum(own_up, own_down)
    least = _OWN << 16
    sure = (own >= least) & groups.spread(some)
    up = np.where(sure, np.where(own_up >= least, own_up, own), up)
    inside = np.ones(len(width), bool)
    inside[groups.tails] = False
    below = docs.shifted(np.where(sure, own, np.int32(_NO_KEY)), 1, _NO_KEY)
    down = np.where(
        inside & sure, np.where(own_down >= least, own_down, own), np.where(~inside & (below > _NO_KEY), below, down)
    )
    return up, down


def _group_rows(width: Shorts, width_b: Shorts, docs: Groups, groups: Groups) -> dict[str, Shorts]:
    """The lines that no blank line parts from this one: the widest of them above and below, and how many there are.

    Short text frames hold a paragraph or two and have a measure of their own, which nothing but their own lines shows.
    """
    at = np.arange(len(width))
    behind, ahead = groups.highest(width, 5, _NOWHERE)
    pairs = {
        "fill_ahead": (width, ahead),
        "fill_behind": (width, behind),
        "next_ahead": (width_b, docs.shifted(ahead, 1, _NOWHERE)),
        "next_behind": (width_b, np.maximum(behind, width)),
    }
    r = bounded({name: np.subtract(*pair, dtype=np.int32) for name, pair in pairs.items()})
    r["group_from"] = np.minimum(at - groups.begin, 40).astype(np.int16)
    r["group_to"] = np.minimum(groups.end - at, 40).astype(np.int16)
    return r


def _gapped(lines: Lines, docs: Groups) -> Shorts:
    """How the lines around are spaced: the share of them, in thousandths, with a blank line above.

    Extractors that part lines by their distance leave a blank line after each line here, and none a page further.
    """
    gapped = running(lines.blanks_before > 0, np.int32)
    low, high = docs.window(_SPACING - 1, _SPACING)
    share: Shorts = shares(1000 * (gapped.take(high) - gapped.take(low)), high - low).astype(np.int16)
    return share


def _prefix(lines: Lines) -> Shorts:
    """How many initial characters, up to four, line b shares with line a."""
    out = np.zeros(len(lines), np.int16)
    left = np.flatnonzero(~lines.newdoc[1:])
    size = lines.last - lines.first
    for k in range(4):
        left = left[(size[left] > k) & (size[left + 1] > k)]
        if not len(left):
            break
        left = left[lines.codes[lines.first[left] + k] == lines.codes[lines.first[left + 1] + k]]
        out[left] += 1
    return out


_CJK = c.members(c.HAN, c.NUMERAL_HAN, c.HIRAGANA, c.KATAKANA)


def _word_rows(lines: Lines, docs: Groups) -> dict[str, Shorts]:
    """Evidence that a word runs across the break, or that a paragraph ends and begins there."""
    n = len(lines)
    if n < 2:
        silent, nothing = np.full(n, -99, np.int16), np.zeros(n, np.int16)
        return {
            **dict.fromkeys(("word_pair", "word_left", "word_right"), silent),
            **dict.fromkeys(("word_begin", "word_end", "word_begin_a"), nothing),
        }
    table = words()
    top = len(lines.codes) - 1
    places = np.concatenate(
        (np.maximum(lines.last - 2, lines.first), lines.last - 1, lines.first, np.minimum(lines.first + 1, top))
    )
    folded = table.folded(c.table_index(lines.codes.take(places, mode="clip"))).reshape(4, n)
    a2, a1 = folded[:2]
    b1, b2 = docs.shifted(folded[2:], 1, 0)
    use = np.empty((3, n), bool)
    use[0] = _CJK.take(lines.tail[0], mode="clip")
    use[0] &= docs.shifted(_CJK.take(lines.head[0], mode="clip"), 1, False)
    use[1] = use[0] & _CJK.take(lines.tail[1], mode="clip")
    use[2] = use[0] & docs.shifted(_CJK.take(lines.head[1], mode="clip"), 1, False)
    evidence = table.evidence(a2, a1, b1, b2) * np.float32(8)
    pair, left, right = np.where(use, evidence.clip(-80, 80).astype(np.int16), np.int16(-99))
    begin = table.beginning(folded[2], folded[3]).astype(np.int16)
    return {
        "word_pair": pair,
        "word_left": left,
        "word_right": right,
        "word_begin": docs.shifted(begin, 1, 0),
        "word_begin_a": begin,
        "word_end": table.ending(folded[1]).astype(np.int16),
    }
