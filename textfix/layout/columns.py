"""The columns the model looks at: one row a feature, one column a line, all in 16-bit integers.

A boundary belongs to the line above it. ``a`` is that line, ``b`` the next one. Widths are quarter cells. Nothing here
loops over lines: neighbours are reached by shifting whole columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from . import classes as c
from .lines import Bools, Lines, Shorts
from .pieces import piece_rows
from .words import words

_T = TypeVar("_T", bound=np.generic)

CELL = 4
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


def _classes(*members: int) -> Bools:
    table = np.zeros(c.N_CLASSES, bool)
    table[list(members)] = True
    return table


_NUMBER = _classes(c.DIGIT, c.WIDE_ALNUM)
_WORD = _classes(c.LOWER, c.UPPER, c.DIGIT, c.PERIOD, c.HYPHEN, c.CODE_SIGN, c.LATIN_COLON, c.PERCENT, c.LATIN_COMMA)
_NON_STARTER = _classes(
    c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.CLOSER, c.LATIN_COMMA, c.LATIN_COLON, c.LATIN_STOP,
    c.LATIN_CLOSER, c.PERIOD, c.PERCENT,
)  # fmt: skip
_WIDE_NON_STARTER = _classes(c.COMMA, c.ENUM_COMMA, c.SEMICOLON, c.COLON, c.STOP, c.CLOSER)
_AFTER_NUMBER = _classes(c.PERIOD, c.ENUM_COMMA, c.CLOSER, c.LATIN_CLOSER, c.STOP)


@dataclass
class Columns:
    """Feature rows by name, and what later steps need again."""

    lines: Lines
    width: Shorts
    rows: dict[str, Shorts]
    same: Bools

    def matrix(self, names: list[str], some: npt.NDArray[np.intp] | slice = slice(None)) -> npt.NDArray[np.int16]:
        """The named rows as one matrix, a row a feature; of some lines only, where given."""
        if isinstance(some, slice):
            return np.stack([self.rows[name][some] for name in names])
        out = np.empty((len(names), len(some)), np.int16)
        for row, name in zip(out, names):
            self.rows[name].take(some, out=row, mode="clip")  # any other mode buffers
        return out


def _clip(column: npt.NDArray[Any]) -> Shorts:
    """Differences of widths, bounded so that an absent neighbour is one far value."""
    # Many times as fast as np.clip on short columns.
    clipped: Shorts = np.minimum(np.maximum(column, -_CLIP), _CLIP).astype(np.int16)
    return clipped


def shifted(column: npt.NDArray[_T], by: int, doc: npt.NDArray[np.int32], fill: int) -> npt.NDArray[_T]:
    """The column seen from ``by`` lines further up: element i holds line i + by, *fill* beyond the document."""
    out = np.full_like(column, fill)
    n = len(column)
    if by > 0 and n > by:
        np.copyto(out[:-by], column[by:], where=doc[by:] == doc[:-by])
    elif by < 0 and n > -by:
        np.copyto(out[-by:], column[:by], where=doc[:by] == doc[-by:])
    elif by == 0:
        out[:] = column
    return out


def _reading(lines: Lines) -> tuple[Shorts, npt.NDArray[np.int16], npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """Width of every line under the reading of marks, blanks and letters that its document fits best.

    Typesetters set marks full width, half width, only pauses and brackets half (kaiming), or half at the line end;
    blanks are a cell, half a cell or nothing (spaces that justification made); letters take a cell each or are
    proportional. The reading under which most neighbouring lines come out equally wide is the document's.
    """
    docs = len(lines.base)
    doc = lines.doc
    latin_line = (lines.han == 0) & (lines.hangul == 0)
    cells = (lines.cells - np.where(latin_line, lines.brackets, 0)).astype(np.int16) * CELL
    last_mark = _WIDE_NON_STARTER[lines.tail[0]] & ~latin_line
    marks = np.zeros((4, len(lines)), np.int16)
    marks[1] = last_mark
    marks[2] = lines.pauses + lines.brackets
    marks[3] = marks[2] + lines.stops
    marks[2:, latin_line] = 0
    marks *= CELL
    blanks = lines.blanks * CELL
    loss = (lines.narrow * CELL - lines.proportional // 4).astype(np.int16)

    together = [(s, doc[s:] == doc[:-s]) for s in (1, 2) if len(lines) > s]
    heads = np.flatnonzero(lines.newdoc)

    def best(widths: Shorts) -> npt.NDArray[np.intp]:
        """For each document, which of several widths of its lines fits it best; the first is the likeliest."""
        # Full lines differ by no more than a character does not fill: a cell and a bit between marks set half width.
        got = np.zeros((len(widths), docs))
        if together:
            points = np.zeros(widths.shape, np.int8)
            wide = widths > 10 * CELL
            for s, same in together:
                delta = np.abs(widths[:, s:] - widths[:, :-s])
                alike = (wide[:, s:] & same).view(np.int8)
                points[:, s:] += alike * ((delta <= 5).view(np.int8) * np.int8(2) + (delta <= 2).view(np.int8))
            got[:, doc[heads]] = np.add.reduceat(points, heads, axis=1, dtype=np.int64)
        got[0] = got[0] * 1.03 + 0.03
        chosen: npt.NDArray[np.intp] = got.astype(np.float32).argmax(axis=0)
        return chosen

    rows = np.arange(len(lines))
    style = best(cells + blanks - marks)
    base = (cells - marks[style[doc], rows]).astype(np.int16)
    options = np.stack((blanks, blanks // 2, blanks * 0, blanks // 2 - loss, blanks // 4 - loss))
    letter = best(base + options)
    width = (base + options[letter[doc], rows] + lines.indent * CELL).astype(np.int16)
    lowest = (cells - marks[3] + lines.indent * CELL).astype(np.int16)
    highest = (cells + blanks + lines.indent * CELL).astype(np.int16)
    return width, lowest, highest, (style * 8 + letter).astype(np.int16)[doc]


#: Lines whose neighbours are laid side by side at a time, so that they stay in the processor's cache.
_STRIP = 4096


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
    up, down = key.copy(), np.full(len(key), _NO_KEY, np.int32)
    shifts = np.arange(1, REACH + 1, dtype=np.int16)[:, None]
    above, below = (_side_by_side(key, REACH, _NO_KEY, above=side)[1:] for side in (True, False))
    for at in range(0, len(key), _STRIP):
        part = slice(at, at + _STRIP)
        np.maximum(up[part], np.where(shifts <= groups.behind[part], above[:, part], _NO_KEY).max(axis=0), out=up[part])
        down[part] = np.where(shifts < groups.ahead[part], below[:, part], _NO_KEY).max(axis=0)
    return up, down


def _unit(lines: Lines) -> tuple[Shorts, Shorts]:
    """Width of what must stand together at the start of each line, and of its first character alone."""
    n = len(lines)
    head = lines.head
    word = _WORD[head[0]]
    out = np.where(word, 0, 2).astype(np.int16)
    todo = np.flatnonzero(word)
    at = lines.first[todo].astype(np.int64)
    last = lines.last[todo]
    for _ in range(40):
        keep = at < last
        keep &= _WORD[lines.cls[np.minimum(at, len(lines.cls) - 1)]]
        todo, at, last = todo[keep], at[keep], last[keep]
        if not len(todo):
            break
        out[todo] += 1
        at = at + 1
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
    return (out + marks) * CELL, first * CELL


def _shape(lines: Lines) -> Shorts:
    """List shapes at the start of a line: none, bullets, numbers, bracketed numbers, numerals, chapters, letters."""
    every = np.zeros(len(lines), np.int16)
    if not len(lines):
        return every
    ordinal = lines.codes.take(lines.first, mode="clip") == ord("第")
    some = np.flatnonzero(_LISTED[lines.head[0]] | ordinal)
    every[some] = _listed(lines.head.take(some, axis=1), ordinal[some])
    return every


_LISTED = _classes(
    c.DIGIT, c.WIDE_ALNUM, c.NUMERAL_HAN, c.OPENER, c.LATIN_OPENER, c.UPPER, c.LOWER, c.DASH, c.HYPHEN, c.BULLET,
    c.CIRCLED, c.PRIVATE,
)  # fmt: skip


def _listed(head: npt.NDArray[np.uint8], chapter: Bools) -> Shorts:
    """The shapes of lines that may be items, by the classes of their first characters."""
    n = head.shape[1]
    rows = np.arange(n)
    out = np.zeros(n, np.int16)

    def numbered(start: int, members: Bools, most: int) -> npt.NDArray[np.int64]:
        run = np.ones(n, bool)
        length = np.zeros(n, np.int64)
        for k in range(start, min(start + most, len(head))):
            run &= members[head[k]]
            length += run
        return length

    digits = numbered(0, _NUMBER, 4)
    after = head[np.minimum(digits, 7), rows]
    then = head[np.minimum(digits + 1, 7), rows]
    out[(digits > 0) & (digits < 4) & (after == c.BLANK)] = 9
    plain = (digits > 0) & (digits < 4) & _AFTER_NUMBER[after]
    out[plain] = 3
    out[plain & (after == c.PERIOD) & _NUMBER[then]] = 4
    numeral = _classes(c.NUMERAL_HAN)
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


def rates(lines: Lines, rows: dict[str, tuple[Bools, Bools | None]]) -> dict[str, Shorts]:
    """Documents' rates in thousandths, on every line: of the lines that the second marks, those that the first does."""
    n = len(lines)
    if not n:
        return {name: np.zeros(0, np.int16) for name in rows}
    heads = np.flatnonzero(lines.newdoc)
    ordinal = np.cumsum(lines.newdoc) - 1
    marks = np.empty((2 * len(rows), n), np.uint8)
    for row, (hit, among) in zip(marks.reshape(-1, 2, n), rows.values()):
        row[0] = hit if among is None else hit & among
        row[1] = 1 if among is None else among
    sums = np.add.reduceat(marks, heads, axis=1, dtype=np.int32)
    rate = (1000 * (sums[0::2] + 0.0) / np.maximum(sums[1::2], 1)).astype(np.int16)
    return dict(zip(rows, rate.take(ordinal, axis=1)))


def first_columns(lines: Lines) -> Columns:
    """Columns that need no decision yet."""
    n, doc = len(lines), lines.doc
    i16 = np.int16
    width, lowest, highest, style = _reading(lines)
    whole, groups = Groups(lines.newdoc), _groups(lines)
    strength = support(width, whole)
    up, down = _measures(lines, width, strength, whole, groups)

    def down_(column: npt.NDArray[_T], by: int = 1, fill: int = 0) -> npt.NDArray[_T]:
        return shifted(column, by, doc, fill)

    same = np.zeros(n, bool)
    if n > 1:
        same[:-1] = doc[1:] == doc[:-1]
    both = np.where(up >= _OWN << 16, up, np.maximum(up, down))
    m_up, m_both = (up & 0xFFFF).astype(i16), (both & 0xFFFF).astype(i16)
    m_down = np.where(down > _NO_KEY, down & 0xFFFF, m_up).astype(i16)
    unit, single = _unit(lines)
    unit_b, single_b = down_(unit), down_(single)
    width_b = down_(width, 1, _NOWHERE)
    shape = _shape(lines)
    end = _ENDS[lines.tail[0]]
    closed = ((lines.tail[0] == c.CLOSER) | (lines.tail[0] == c.LATIN_QUOTE)) & (
        (lines.tail[1] == c.STOP) | (lines.tail[1] == c.LATIN_STOP) | (lines.tail[1] == c.PERIOD)
    )
    end[closed] = _END_CLOSED_STOP
    start = _STARTS[lines.head[0]]
    chars = (lines.last - lines.first).astype(i16)

    r: dict[str, Shorts] = {}
    for name, measure in (("up", m_up), ("both", m_both), ("down", m_down)):
        r["fill_" + name] = _clip(width - measure)
        r["room_" + name] = _clip(measure - width - unit_b)
    r["next_down"] = _clip(width_b - m_down)
    r["grid_room"] = _clip(m_both - width - single_b)
    r["shift_both"] = _clip(np.abs(m_both - width - 4 * CELL))
    r["next_shift"] = _clip(np.abs(m_both - width_b - 4 * CELL))
    r["low_fill"] = _clip(lowest - m_both)
    r["high_fill"] = _clip(highest - m_both)
    r["measure"] = _clip(m_both)
    r["ratio"] = (np.minimum(width.astype(np.int32) * 100 // np.maximum(m_both, 1), 400)).astype(i16)
    r["strength_up"] = (up >> 16).astype(i16)
    r["strength_down"] = np.maximum(down >> 16, -100).astype(i16)
    r["strength_a"] = strength
    r["strength_b"] = down_(strength, 1, -100)
    for by in (-2, -1, 2, 3):
        r[f"fill_{by:+d}"] = _clip(down_(width, by, _NOWHERE) - m_both)
    r["delta"] = _clip(width_b - width)
    r["delta_above"] = _clip(width - down_(width, -1, _NOWHERE))
    r["delta_below"] = _clip(down_(width, 2, _NOWHERE) - width_b)
    r.update(piece_rows(lines, width, m_both))
    r.update(_group_rows(lines, width, groups))
    r["full_rest"], r["first_rest"] = closest(width, (m_up, m_down, width - r["fill_ahead"], width - r["fill_behind"]))
    r["next_full_rest"], r["next_first_rest"] = down_(r["full_rest"], 1, _CLIP), down_(r["first_rest"], 1, _CLIP)
    r["width_a"], r["width_b"] = _clip(width), _clip(width_b)
    r["chars_a"], r["chars_b"] = chars, down_(chars)
    r["end_a"], r["end_above"], r["end_b"] = end, down_(end, -1, -1), down_(end, 1, -1)
    r["end2_a"] = _ENDS[lines.tail[1]]
    r["start_a"], r["start_b"], r["start_below"] = start, down_(start, 1, -1), down_(start, 2, -1)
    r["start2_b"] = down_(_STARTS[lines.head[1]])
    r["shape_a"], r["shape_b"] = shape, down_(shape)
    pauses = (lines.pauses + lines.stops).astype(i16)
    r["marks_a"], r["marks_b"] = pauses, down_(pauses)
    r["marks_above"] = down_(pauses, -1, -1)
    blanks = lines.blanks_before.astype(i16)
    r["blank"] = down_(blanks)
    r["gapped"] = _gapped(lines)
    r["indent_a"], r["indent_b"] = lines.indent, down_(lines.indent)
    r["indent_change"] = r["indent_b"] - lines.indent
    r["indent_below"] = down_(lines.indent, 2, 0) - r["indent_b"]
    wide = (lines.han + lines.hangul).astype(np.int32)
    r["han_a"] = (100 * wide // np.maximum(chars, 1)).astype(i16)
    r["han_b"] = down_(r["han_a"])
    r["digits_a"] = (100 * lines.digits.astype(np.int32) // np.maximum(chars, 1)).astype(i16)
    r["digits_b"] = down_(r["digits_a"])
    r["signs_b"] = down_((100 * lines.signs.astype(np.int32) // np.maximum(chars, 1)).astype(i16))
    r["blanks_a"] = (100 * lines.blanks.astype(np.int32) // np.maximum(chars, 1)).astype(i16)
    r["blanks_b"] = down_(r["blanks_a"])
    balance = np.minimum(np.maximum(lines.balance, np.int16(-9)), np.int16(9))
    r["balance_a"], r["balance_b"] = balance, down_(balance)
    r["prefix"] = _prefix(lines)
    r["prefix_above"] = down_(r["prefix"], -1)
    r["style"] = style
    _word_rows(lines, r)

    above = ~lines.newdoc
    r |= rates(
        lines,
        {
            "doc_blank": (blanks > 0, above),
            "doc_indent": (lines.indent > 0, None),
            "doc_stop": (end >= SENTENCE_END, None),
            "doc_pause": (end <= 3, None),
            "doc_nonstart": (_WIDE_NON_STARTER[lines.head[0]], above),
            "doc_full": (np.abs(r["fill_both"]) <= CELL, None),
            "doc_over": (r["fill_both"] > 3 * CELL, None),
            "doc_short": (r["fill_both"] < -8 * CELL, None),
            "doc_han": (r["han_a"] > 30, None),
        },
    )
    return Columns(lines=lines, width=width, rows=r, same=same)


def closest(width: Shorts, measures: tuple[npt.NDArray[Any], ...]) -> tuple[Shorts, Shorts]:
    """How far a line is from filling the measure it fits best, as it stands and as a first line without its indent."""
    full = np.full(len(width), _CLIP, np.int32)
    first = full.copy()
    for measure in measures:
        short = measure.astype(np.int32) - width
        np.minimum(full, np.abs(short), out=full)
        np.minimum(first, np.abs(short - 4 * CELL), out=first)
    return full.astype(np.int16), first.astype(np.int16)


class Groups:
    """Lines that belong together, and where each line stands among them."""

    def __init__(self, cut: Bools) -> None:
        """Take which lines something parts from the line above."""
        n = len(cut)
        at = np.arange(n)
        #: First and last line of the group each line stands in.
        self.begin = np.maximum.accumulate(np.where(cut, at, 0)) if n else at
        self.end = np.minimum.accumulate(np.where(np.append(cut[1:], True), at, n)[::-1])[::-1] if n else at
        #: Lines of the group from this one on, and lines above it, counted as far as anybody looks.
        self.ahead = np.minimum(self.end - at + 1, _FAR[-1] + 1).astype(np.int16)
        self.behind = np.minimum(at - self.begin, _FAR[-1] + 1).astype(np.int16)


def _groups(lines: Lines) -> Groups:
    """Lines that no blank line, feed or document's edge parts."""
    return Groups(lines.newdoc | (lines.blanks_before > 0) | lines.feed_before)


def _measures(
    lines: Lines, width: Shorts, strength: Shorts, docs: Groups, groups: Groups
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The measure above and below each line, as strength and width in one key.

    A group of three lines and more that agree has its own: short text frames stand beside columns of another measure.
    """
    up, down = _best(width, strength, docs)
    begin, end = groups.begin, groups.end
    if not (end - begin >= 2).any():
        return up, down
    own_up, own_down = _best(width, support(width, groups, ()), groups)
    own = np.maximum(own_up, own_down)
    least = _OWN << 16
    sure = (own >= least) & (end - begin >= 2)
    up = np.where(sure, np.where(own_up >= least, own_up, own), up)
    inside = np.arange(len(lines)) < end
    below = shifted(np.where(sure, own, _NO_KEY), 1, lines.doc, _NO_KEY)
    down = np.where(
        inside & sure, np.where(own_down >= least, own_down, own), np.where(~inside & (below > _NO_KEY), below, down)
    )
    return up.astype(np.int32), down.astype(np.int32)


def _group_rows(lines: Lines, width: Shorts, groups: Groups) -> dict[str, Shorts]:
    """The lines that no blank line parts from this one: the widest of them above and below, and how many there are.

    Short text frames hold a paragraph or two and have a measure of their own, which nothing but their own lines shows.
    """
    doc, at = lines.doc, np.arange(len(lines))
    shifts = np.arange(1, 6, dtype=np.int16)[:, None]
    above, below = (_side_by_side(width, 5, _NOWHERE, above=side)[1:] for side in (True, False))
    ahead = np.where(shifts < groups.ahead, below, np.int16(_NOWHERE)).max(axis=0)
    behind = np.where(shifts <= groups.behind, above, np.int16(_NOWHERE)).max(axis=0)
    next_ahead = shifted(ahead, 1, doc, _NOWHERE)
    width_b = shifted(width, 1, doc, _NOWHERE).astype(np.int32)
    wide = width.astype(np.int32)
    return {
        "fill_ahead": _clip(wide - ahead),
        "fill_behind": _clip(wide - behind),
        "next_ahead": _clip(width_b - next_ahead),
        "next_behind": _clip(width_b - np.maximum(behind, width)),
        "group_from": np.minimum(at - groups.begin, 40).astype(np.int16),
        "group_to": np.minimum(groups.end - at, 40).astype(np.int16),
    }


def _gapped(lines: Lines) -> Shorts:
    """How the lines around are spaced: the share of them, in thousandths, with a blank line above.

    Extractors that part lines by their distance leave a blank line after each line here, and none a page further.
    """
    gapped = np.zeros(len(lines) + 1, np.int32)
    np.cumsum(lines.blanks_before > 0, dtype=np.int32, out=gapped[1:])
    low, high = lines.windows(_SPACING - 1, _SPACING)
    share: Shorts = (1000 * (gapped[high] - gapped[low]) // np.maximum(high - low, 1)).astype(np.int16)
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


def _word_rows(lines: Lines, r: dict[str, Shorts]) -> None:
    """Evidence that a word runs across the break, or that a paragraph ends and begins there."""
    n = len(lines)
    for name in ("word_pair", "word_left", "word_right"):
        r[name] = np.full(n, -99, np.int16)
    for name in ("word_begin", "word_end", "word_begin_a"):
        r[name] = np.zeros(n, np.int16)
    if n < 2:
        return
    table = words()
    top = len(lines.codes) - 1
    index = c.table_index(
        lines.codes[
            np.concatenate(
                (
                    np.maximum(lines.last - 2, lines.first),
                    lines.last - 1,
                    lines.first,
                    np.minimum(lines.first + 1, top),
                )
            )
        ]
    )
    folded = table.folded(index).reshape(4, n)
    a2, a1, b1, b2 = folded[0][:-1], folded[1][:-1], folded[2][1:], folded[3][1:]
    pair, left, right = table.evidence(a2, a1, b1, b2)
    cjk = _classes(c.HAN, c.NUMERAL_HAN, c.HIRAGANA, c.KATAKANA)
    inside = lines.doc[1:] == lines.doc[:-1]
    use = cjk[lines.tail[0][:-1]] & cjk[lines.head[0][1:]] & inside
    r["word_pair"][:-1] = np.where(use, np.clip(pair * 8, -80, 80), -99)
    r["word_left"][:-1] = np.where(use & cjk[lines.tail[1][:-1]], np.clip(left * 8, -80, 80), -99)
    r["word_right"][:-1] = np.where(use & cjk[lines.head[1][1:]], np.clip(right * 8, -80, 80), -99)
    begin = table.beginning(folded[2], folded[3])
    r["word_begin"][:-1] = np.where(inside, begin[1:], 0)
    r["word_begin_a"] = begin.astype(np.int16)
    r["word_end"] = table.ending(folded[1]).astype(np.int16)
