"""The second look: what the first decisions tell about the measure, the document's habits and the neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import CELL, SENTENCE_END, Columns, Groups, _clip, closest, rates, shifted
from .lines import Bools, Floats, Lines, Shorts

_WINDOW = 12
_NEAREST = 3


def second_columns(columns: Columns, score: Floats) -> dict[str, Shorts]:
    """Rows that need a first score (log odds of a break after each line)."""
    lines, width = columns.lines, columns.width
    doc, n = lines.doc, len(lines)
    r: dict[str, Shorts] = {}
    score = np.where(columns.same, score, np.float32(8.0))  # a document's end is a break
    logit = np.clip(score * 16, -128, 128).astype(np.int16)
    for by in (-3, -2, -1, 0, 1, 2, 3):
        r[f"score_{by:+d}"] = shifted(logit, by, doc, 160)
    wrap = (score < -0.4) & columns.same
    above = np.zeros(n, bool)
    above[1:] = wrap[:-1]
    middle = wrap & above
    first = wrap & ~above

    begin, end = lines.spans()
    at = np.arange(n)
    low, high = lines.windows(_WINDOW, _WINDOW)
    here = at + 1

    def running(values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        out = np.zeros(n + 1, np.int64)
        np.cumsum(values, out=out[1:])
        return out

    # The measure as the nearest lines in the middle of paragraphs show it, a few above and a few below. A column that
    # begins below must not be averaged with the one that ends above.
    mid = np.flatnonzero(middle)
    value = np.concatenate((np.zeros(1, np.int64), np.cumsum(width[mid], dtype=np.int64)))
    square = np.concatenate((np.zeros(1, np.int64), np.cumsum(width[mid].astype(np.int64) ** 2)))
    count = running(middle)
    place = count[here]
    floor, ceiling = count[begin], count[end]
    fallback = columns.rows["measure"]

    def mean(lo: npt.NDArray[np.int64], hi: npt.NDArray[np.int64]) -> tuple[Shorts, Shorts]:
        k = hi - lo
        average = (value[hi] - value[lo]) / np.maximum(k, 1)
        spread = np.sqrt(np.maximum((square[hi] - square[lo]) / np.maximum(k, 1) - average**2, 0))
        found = np.where(k > 0, np.rint(average), fallback)
        return found.astype(np.int16), np.where(k > 1, np.minimum(spread, 400), -1).astype(np.int16)

    up_from, down_to = np.maximum(place - _NEAREST, floor), np.minimum(place + _NEAREST, ceiling)
    up, spread_up = mean(up_from, place)
    down, spread_down = mean(place, down_to)
    far = np.int64(99)
    edge = np.append(mid, n)
    away_up = np.where(place > floor, np.minimum(at - edge[np.maximum(place - 1, 0)], far), far)
    away_down = np.where(place < ceiling, np.minimum(edge[place] - at, far), far)
    whole = np.where(away_down <= away_up, down, up)
    whole = np.where((away_up == far) & (away_down == far), fallback, whole).astype(np.int16)
    ends = np.append(width[mid], np.int16(0))
    r["near_up"] = _clip(width - np.where(away_up < far, ends[np.maximum(place - 1, 0)], fallback).astype(np.int32))
    r["near_down"] = _clip(width - np.where(away_down < far, ends[place], fallback).astype(np.int32))
    near = (width - r["near_up"], width - r["near_down"], width - columns.rows["fill_ahead"])
    r["full_rest_w"], r["first_rest_w"] = closest(width, near)
    r["next_full_rest_w"] = shifted(r["full_rest_w"], 1, doc, 480)
    r["next_first_rest_w"] = shifted(r["first_rest_w"], 1, doc, 480)
    r["away_up"], r["away_down"] = away_up.astype(np.int16), away_down.astype(np.int16)
    r["spread_up"], r["spread_down"] = spread_up, spread_down
    r["known"] = np.minimum(count[high] - count[low], 99).astype(np.int16)
    unit_b = (columns.rows["room_both"].astype(np.int32) - columns.rows["measure"] + width) * -1
    width_b = shifted(width, 1, doc, -8000)
    for name, measure in (("w", whole), ("wu", up), ("wd", down)):
        r["fill_" + name] = _clip(width - measure)
        r["room_" + name] = _clip(measure - width - unit_b)
        r["next_" + name] = _clip(width_b.astype(np.int32) - measure)
    r["shift_w"] = _clip(np.abs(whole - width - 4 * CELL))
    r["next_shift_wd"] = _clip(np.abs(down - width_b.astype(np.int32) - 4 * CELL))
    r["measure_w"] = _clip(whole)
    r["measure_change_w"] = _clip(down - up)

    brk = ~wrap & columns.same
    blank = columns.rows["blank"] > 0
    delta = width - whole
    tight, gapped = ~blank & columns.same, blank & columns.same
    ended = columns.rows["end_a"] >= SENTENCE_END
    r |= rates(
        lines,
        {
            "doc_wrap": (wrap, columns.same),
            "doc_blank_wrap": (blank, wrap),
            "doc_blank_break": (blank, brk),
            "doc_tight_break": (brk, tight),
            "doc_gap_wrap": (wrap, gapped),
            "doc_lost": (np.abs(delta + 4 * CELL) <= 6, first & (lines.indent == 0)),
            "doc_flush": (np.abs(delta) <= 6, first),
            "doc_indent_break": (columns.rows["indent_change"] > 0, brk),
            "doc_indent_wrap": (columns.rows["indent_b"] > 0, wrap),
            "doc_stop_break": (ended, brk),
            "doc_stop_wrap": (ended, wrap),
            "doc_middle": (middle, None),
        },
    )
    seen_tight, seen_gap = running(tight), running(gapped)
    tight_break, gap_wrap = running(tight & brk), running(gapped & wrap)
    r["tight_break"] = (
        1000 * (tight_break[high] - tight_break[low]) // np.maximum(seen_tight[high] - seen_tight[low], 1)
    ).astype(np.int16)
    r["gap_wrap"] = (1000 * (gap_wrap[high] - gap_wrap[low]) // np.maximum(seen_gap[high] - seen_gap[low], 1)).astype(
        np.int16
    )
    # Words that run across what looks wrapped: hardly any do where columns were interleaved or line ends cut off.
    pair = columns.rows["word_pair"]
    known_pair = wrap & (pair > -99)
    best = np.maximum(np.maximum(pair, columns.rows["word_left"]), columns.rows["word_right"]).astype(np.int64)
    cohesive = running(np.where(known_pair, best, 0))
    asked = running(known_pair)

    def cohesion(lo: npt.NDArray[np.int64], hi: npt.NDArray[np.int64]) -> Shorts:
        # Eight silent boundaries of a usual document are the prior.
        return ((cohesive[hi] - cohesive[lo] + 8 * 12) / (asked[hi] - asked[lo] + 8)).astype(np.int16)

    r["cohesion"] = cohesion(low, high)
    r["doc_cohesion"] = cohesion(begin, end)

    r["kin_break"] = _kin(lines, columns.rows["shape_a"], brk)
    r["kin_break_b"] = shifted(r["kin_break"], 1, doc, -1)

    # Since the paragraph's first line: how many lines, and what is still open.
    paragraphs = Groups(~above)
    opening, closing = paragraphs.begin, paragraphs.end
    r["since"] = np.minimum(at - opening, 60).astype(np.int16)
    level = running(columns.rows["balance_a"])
    r["open"] = np.clip(level[here] - level[opening], -9, 9).astype(np.int16)
    nxt = np.minimum(at + 1, max(n - 1, 0))
    r["ahead"] = np.where(columns.same, np.minimum(closing[nxt] - nxt, 60), 0).astype(np.int16)
    r["indent_first"] = (
        (columns.rows["indent_b"] - lines.indent[opening]).astype(np.int16) if n else columns.rows["indent_b"]
    )
    r["shape_first"] = columns.rows["shape_a"][opening] if n else columns.rows["shape_a"]
    return r


def _kin(lines: Lines, shape: Shorts, brk: Bools) -> Shorts:
    """Of the other lines of the document that begin as an item of the same kind, how many stand alone, in thousandths.

    Section heads do, items may run on: what a line that fills its measure is, the others tell.
    """
    out = np.full(len(lines), -1, np.int16)
    some = np.flatnonzero(shape > 0)
    if len(some):
        kind = lines.doc[some].astype(np.int64) * 16 + shape[some]
        _, place = np.unique(kind, return_inverse=True)
        alone = brk[some]
        others = np.bincount(place)[place] - 1
        broken = np.bincount(place, alone)[place] - alone
        out[some] = np.where(others > 1, 1000 * broken // np.maximum(others, 1), -1)
    return out
