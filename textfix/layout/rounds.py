"""The second look: what the first decisions tell about the measure, the document's habits and the neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .classes import CELL
from .columns import SENTENCE_END, Columns, Rows, bounded, closest, rates, shares
from .groups import Groups, Places, running
from .lines import Bools, Floats, Longs, Shorts
from .spoken import heard

_WINDOW = 12
_NEAREST = 3
#: How far a line in the middle of a paragraph is at most, in lines.
_AWAY = 99
#: What the rest of a line that is not there is taken for.
_NO_REST = 480


def second_columns(columns: Columns, score: Floats) -> Rows:
    """Rows that need a first score, for all lines."""
    return FirstLook(columns, score).rows(np.arange(len(score)))


class FirstLook:
    """What the first scores, log odds of a break after each line, say of lines as they stand."""

    def __init__(self, columns: Columns, score: Floats) -> None:
        docs = columns.docs
        self._columns = columns
        self.score = score.copy()
        self.score[docs.tails] = 8.0  # a document's end is a break
        self.wrap: Bools = self.score < -0.4
        self.above = np.zeros(len(score), bool)
        self.above[1:] = self.wrap[:-1]
        self.near = _Near(columns, self.wrap & self.above & ~columns.unbroken.short)

    def rows(self, some: Places) -> Rows:
        """Rows that need a first score, for some of the lines."""
        columns = self._columns
        lines, docs, rows = columns.lines, columns.docs, columns.rows
        n = len(lines)
        r: dict[str, Shorts] = {}
        logit = np.clip(self.score * 16, -128, 128).astype(np.int16)
        r["score_+0"] = logit[some]
        for by in (-3, -2, -1, 1, 2, 3):
            r[f"score_{by:+d}"] = docs.shifted(logit, by, 160)[some]

        wrap, above, near = self.wrap, self.above, self.near
        below = np.minimum(some + 1, n - 1)
        inside = columns.same[some]
        width, measure = columns.width[some], rows["measure"][some]
        width_b = np.where(inside, columns.width[below], np.int16(-8000)).astype(np.int32)
        # The rests of lines, and of those below them.
        both = np.concatenate((some, below))
        wide = columns.width[both]
        bounds = bounded({name: wide - column.astype(np.int32) for name, column in zip("ud", near.widths(both))})
        full, first = closest(wide, (wide - bounds["u"], wide - bounds["d"], wide - rows["fill_ahead"][both]))
        count = len(some)
        r["near_up"], r["near_down"] = bounds["u"][:count], bounds["d"][:count]
        r["full_rest_w"], r["first_rest_w"] = full[:count], first[:count]
        r["next_full_rest_w"] = np.where(inside, full[count:], np.int16(_NO_REST))
        r["next_first_rest_w"] = np.where(inside, first[count:], np.int16(_NO_REST))
        r["away_up"], r["away_down"] = near.away_up[some].astype(np.int16), near.away_down[some].astype(np.int16)
        r["spread_up"], r["spread_down"] = near.spreads(some)
        begin, end = docs.begin[some], docs.end[some] + 1
        low, high = np.maximum(some - _WINDOW, begin), np.minimum(some + _WINDOW + 1, end)
        r["known"] = np.minimum(near.count[high] - near.count[low], 99).astype(np.int16)
        unit_b = measure - width - rows["room_both"][some].astype(np.int32)
        whole, up, down = near.whole[some], near.up[some], near.down[some]
        differences: dict[str, npt.NDArray[Any]] = {}
        for name, near_by in (("w", whole), ("wu", up), ("wd", down)):
            differences["fill_" + name] = width - near_by
            differences["room_" + name] = near_by - width - unit_b
            differences["next_" + name] = width_b - near_by
        differences["shift_w"] = np.abs(whole - width - 4 * CELL)
        differences["next_shift_wd"] = np.abs(down - width_b - 4 * CELL)
        differences["measure_w"] = whole
        differences["measure_change_w"] = down - up
        r |= bounded(differences)

        same, blank = columns.same, rows["blank"] > 0
        brk = ~wrap & same
        delta = columns.width - near.whole
        tight, gapped = ~blank & same, blank & same
        ended = rows["end_a"] >= SENTENCE_END
        starts = wrap & ~above
        habits = rates(
            docs,
            {
                "doc_wrap": (wrap, same),
                "doc_blank_wrap": (blank, wrap),
                "doc_blank_break": (blank, brk),
                "doc_tight_break": (brk, tight),
                "doc_gap_wrap": (wrap, gapped),
                "doc_lost": (np.abs(delta + 4 * CELL) <= 6, starts & (lines.indent == 0)),
                "doc_flush": (np.abs(delta) <= 6, starts),
                "doc_indent_break": (rows["indent_change"] > 0, brk),
                "doc_indent_wrap": (rows["indent_b"] > 0, wrap),
                "doc_stop_break": (ended, brk),
                "doc_stop_wrap": (ended, wrap),
                "doc_middle": (near.middle, None),
            },
        )
        doc = docs.spread(np.arange(len(docs)))[some]
        r |= zip(habits, np.array(list(habits.values())).take(doc, axis=1))
        r["tight_break"] = _share(running(tight & brk), running(tight), low, high)
        r["gap_wrap"] = _share(running(gapped & wrap), running(gapped), low, high)
        # Words that run across what looks wrapped: hardly any do where columns were interleaved or line ends cut off.
        pair = rows["word_pair"]
        known_pair = wrap & (pair > -99)
        cohesive, asked = running(heard(rows) * known_pair), running(known_pair)

        def cohesion(low: Places, high: Places) -> Shorts:
            # Eight silent boundaries of a usual document are the prior.
            mean: Shorts = ((cohesive[high] - cohesive[low] + 8 * 12) / (asked[high] - asked[low] + 8)).astype(np.int16)
            return mean

        r["cohesion"], r["doc_cohesion"] = cohesion(low, high), cohesion(begin, end)
        kin = _kin(docs, rows["shape_a"], brk)
        r["kin_break"] = kin[some]
        r["kin_break_b"] = np.where(inside, kin[below], np.int16(-1))

        # Since the paragraph's first line: how many lines, and what is still open.
        paragraphs = Groups(~above)
        opening = paragraphs.begin[some]
        r["since"] = np.minimum(some - opening, 60).astype(np.int16)
        level = running(rows["balance_a"])
        r["open"] = np.clip(level[some + 1] - level[opening], -9, 9).astype(np.int16)
        r["ahead"] = np.where(inside, np.minimum(paragraphs.end[below] - below, 60), 0).astype(np.int16)
        r["indent_first"] = rows["indent_b"][some] - lines.indent[opening]
        r["shape_first"] = rows["shape_a"][opening]
        return Rows.of(r)


class _Near:
    """The measure as the nearest lines in the middle of paragraphs show it, a few above and a few below each line.

    A column that begins below must not be averaged with the one that ends above.
    """

    def __init__(self, columns: Columns, middle: Bools) -> None:
        docs, width = columns.docs, columns.width
        self.middle, self.count = middle, running(middle)
        lines = middle.nonzero()[0]
        # The lines that a mean is of are the same anywhere between two lines in the middle of paragraphs.
        floor, ceiling = self.count[docs.heads], self.count[docs.tails + 1]
        places = np.arange(len(lines) + 1)
        doc = docs.spread(np.arange(len(docs)))[lines]
        low, high = places.copy(), places.copy()
        low[1:] = np.maximum(places[1:] - _NEAREST, floor[doc])
        high[:-1] = np.minimum(places[:-1] + _NEAREST, ceiling[doc])
        widths = np.append(width[lines], np.int16(0))
        sums = running(widths), running(widths.astype(np.int64) ** 2)
        up, self._spread_up = _mean(*sums, low, places)
        down, self._spread_down = _mean(*sums, places, high)

        at = np.arange(len(width))
        self._place = place = self.count[1:]
        self._has_up, self._has_down = place > docs.spread(floor), place < docs.spread(ceiling)
        edge = np.append(lines, len(width))
        self._widths = widths
        far = np.int64(_AWAY)
        self.away_up = np.where(self._has_up, np.minimum(at - edge.take(place - 1, mode="clip"), far), far)
        self.away_down = np.where(self._has_down, np.minimum(edge.take(place, mode="clip") - at, far), far)
        self._fallback = fallback = columns.rows["measure"]
        self.up = np.where(self._has_up, up.take(place, mode="clip"), fallback)
        self.down = np.where(self._has_down, down.take(place, mode="clip"), fallback)
        whole = np.where(self.away_down <= self.away_up, self.down, self.up)
        self.whole = np.where((self.away_up == far) & (self.away_down == far), fallback, whole)

    def spreads(self, some: Places) -> tuple[Shorts, Shorts]:
        """How far the widths of those above some lines are apart, and of those below; -1 for less than two."""
        place = self._place[some]
        none = np.int16(-1)
        return (
            np.where(self._has_up[some], self._spread_up[place], none),
            np.where(self._has_down[some], self._spread_down[place], none),
        )

    def widths(self, some: Places) -> tuple[Shorts, Shorts]:
        """The width of the nearest one above some lines, and below."""
        place, fallback = self._place[some], self._fallback[some]
        return (
            np.where(self.away_up[some] < _AWAY, self._widths.take(place - 1, mode="clip"), fallback),
            np.where(self.away_down[some] < _AWAY, self._widths.take(place, mode="clip"), fallback),
        )


def _mean(value: Longs, square: Longs, low: Longs, high: Longs) -> tuple[Shorts, Shorts]:
    """Mean and spread of stretches, by their running sums."""
    k = high - low
    some = np.maximum(k, 1)
    average = (value[high] - value[low]) / some
    spread = np.sqrt(np.maximum((square[high] - square[low]) / some - average**2, 0))
    return np.rint(average).astype(np.int16), np.where(k > 1, np.minimum(spread, 400), -1).astype(np.int16)


def _share(hits: Longs, among: Longs, low: Places, high: Places) -> Shorts:
    """The share of one in the other, in thousandths, of stretches, by their running sums."""
    share: Shorts = shares(1000 * (hits[high] - hits[low]), np.maximum(among[high] - among[low], 1)).astype(np.int16)
    return share


def _kin(docs: Groups, shape: Shorts, brk: Bools) -> Shorts:
    """Of the other lines of the document that begin as an item of the same kind, how many stand alone, in thousandths.

    Section heads do, items may run on: what a line that fills its measure is, the others tell.
    """
    out = np.full(len(shape), -1, np.int16)
    some = np.flatnonzero(shape > 0)
    if len(some):
        place = docs.spread(np.arange(len(docs)))[some] * 16 + shape[some]
        alone = brk[some]
        others = np.bincount(place)[place] - 1
        broken = np.bincount(place, alone)[place] - alone
        out[some] = np.where(others > 1, 1000 * broken // np.maximum(others, 1), -1)
    return out
