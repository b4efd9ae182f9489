"""Columns of many edits: arrays say what the edits one by one say."""

from __future__ import annotations

from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix import dense
from textfix.edits import Edits, column

_texts = st.text("ab城\n\U00020000", max_size=60)


@st.composite
def _edits(draw: st.DrawFn) -> Edits:
    text = draw(_texts)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=16)))
    afters = st.sampled_from(["", "", "", " ", "xy"])
    rows = [(start, end, draw(afters), "x") for start, end in zip(cuts[::2], cuts[1::2])]
    return Edits.of(text, rows)


@given(_edits())
def test_arrays_agree_with_one_by_one(edits: Edits) -> None:
    if not edits:
        return
    text, starts, ends = edits.source, column(edits.starts), column(edits.ends)
    assert dense.are_sound(starts, ends, len(text))
    assert dense.befores(text, starts, ends) == [text[start:end] for start, end in zip(starts, ends)]
    applied = dense.applied(text, starts, ends, edits.afters)
    assert applied is None or applied == edits.apply()
    assert edits.pairs == set(zip(edits.befores, edits.afters))
    begin, end = dense.targets(starts, ends, edits.afters)
    assert (begin, end) == (edits.offsets.target_starts, edits.offsets.target_ends)


@pytest.mark.parametrize(
    ("starts", "ends"), [([3, 1], [4, 2]), ([1, 2], [3, 4]), ([1, 1], [1, 1]), ([-1, 2], [0, 3]), ([1, 4], [2, 9])]
)
def test_what_is_unsound_is_told(starts: list[int], ends: list[int]) -> None:
    assert not dense.are_sound(array("q", starts), array("q", ends), 5)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_order_is_that_of_sorting(rows: list[tuple[int, int]]) -> None:
    starts, ends = array("q", [row[0] for row in rows]), array("q", [row[1] for row in rows])
    assert dense.order(starts, ends) == sorted(range(len(rows)), key=rows.__getitem__)


def test_values_are_chosen_by_number() -> None:
    assert dense.chosen(["a", ""], np.array([1, 0, 1])) == ["", "a", ""]


def test_columns_of_arrays_are_copied() -> None:
    values = np.arange(4)
    assert column(values[::2]) == array("q", [0, 2])
    assert column(range(2)) == array("q", [0, 1])
