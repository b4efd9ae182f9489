"""The laws of edits: apply, invert, compose, and maps in both directions."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import edits_of
from textfix.edits import Edit, Edits, matches

texts = st.text(alphabet="abcd城\n", max_size=30)


@st.composite
def chains(draw: st.DrawFn, length: int) -> list[Edits]:
    """Edits, edits of what they produce, and so on."""
    text = draw(texts)
    chain = []
    for _ in range(length):
        chain.append(draw(edits_of(text)))
        text = chain[-1].apply()
    return chain


@given(chains(1))
def test_invert_restores_the_source(chain: list[Edits]) -> None:
    (edits,) = chain
    back = edits.invert()
    assert back.source == edits.apply()
    assert back.apply() == edits.source
    assert back.invert().apply() == edits.apply()


@given(chains(2))
def test_compose_is_applying_one_after_the_other(chain: list[Edits]) -> None:
    first, then = chain
    both = first.compose(then)
    assert both.source == first.source
    assert both.apply() == then.apply()
    assert both.invert().apply() == first.source
    assert all(edit.before == both.source[edit.start : edit.end] for edit in both)
    assert all(edit.before != edit.after for edit in both)


@given(chains(3))
def test_compose_is_associative_in_effect(chain: list[Edits]) -> None:
    a, b, c = chain
    assert a.compose(b).compose(c).apply() == a.compose(b.compose(c)).apply() == c.apply()


@given(chains(2))
def test_maps_are_monotone_and_stay_inside(chain: list[Edits]) -> None:
    edits = chain[0].compose(chain[1])
    source, target = edits.source, edits.apply()
    for role in ("start", "end"):
        forward = [edits.offsets.to_target(offset, role) for offset in range(len(source) + 1)]  # type: ignore[arg-type]
        back = [edits.offsets.to_source(offset, role) for offset in range(len(target) + 1)]  # type: ignore[arg-type]
        assert forward == sorted(forward)
        assert back == sorted(back)
        assert {0, *forward, len(target)} <= set(range(len(target) + 1))
        assert {0, *back, len(source)} <= set(range(len(source) + 1))


@given(chains(3))
def test_spans_rise_through_a_chain_of_edits(chain: list[Edits]) -> None:
    """Empty ones among them: what a first edit deletes may lie inside what a later one replaces."""

    def risen(spans: list[tuple[int, int]]) -> bool:
        return all(a <= c and b <= d for (a, b), (c, d) in pairwise(spans)) and all(a <= b for a, b in spans)

    length, last = len(chain[0].source), len(chain[-1].apply())
    there = [(offset // 2, (offset + 1) // 2) for offset in range(2 * length + 1)]
    back = [(offset // 2, (offset + 1) // 2) for offset in range(2 * last + 1)]
    for edits in chain:
        there = [edits.offsets.target_span(*span) for span in there]
        assert risen(there)
    for edits in reversed(chain):
        back = [edits.offsets.source_span(*span) for span in back]
        assert risen(back)


def test_what_is_deleted_inside_a_stretch_that_is_replaced_later_belongs_to_it() -> None:
    first = Edits.of("abc", [(1, 2, "", "x/y")])
    then = Edits.of("ac", [(0, 2, "X", "x/z")])
    spans = [then.offsets.target_span(*first.offsets.target_span(i, i + 1)) for i in range(3)]
    assert spans == [(0, 1)] * 3
    assert first.compose(then).offsets.target_span(1, 2) == (0, 1)


@given(chains(1), st.data())
def test_what_no_edit_touched_maps_to_itself(chain: list[Edits], data: st.DataObject) -> None:
    (edits,) = chain
    touched = {offset for edit in edits for offset in range(edit.start, edit.end)}
    target = edits.apply()
    for offset in range(len(edits.source)):
        if offset not in touched:
            start, end = edits.offsets.target_span(offset, offset + 1)
            assert target[start:end] == edits.source[offset]
            assert edits.offsets.source_span(start, end) == (offset, offset + 1)


@given(chains(1))
def test_every_edit_maps_to_what_it_put_in_place(chain: list[Edits]) -> None:
    (edits,) = chain
    target = edits.apply()
    for edit in edits:
        if edit.before:
            start, end = edits.offsets.target_span(edit.start, edit.end)
            assert target[start:end] == edit.after
        if edit.before and edit.after:
            assert edits.offsets.source_span(start, end) == (edit.start, edit.end)


@given(chains(1))
def test_every_character_that_came_from_somewhere_maps_there_and_back(chain: list[Edits]) -> None:
    (edits,) = chain
    inserted = {
        offset
        for edit, start, end in zip(edits, edits.offsets.target_starts, edits.offsets.target_ends)
        if not edit.before
        for offset in range(start, end)
    }
    for offset in range(len(edits.apply())):
        low, high = edits.offsets.source_span(offset, offset + 1)
        assert (low == high) == (offset in inserted)
        if low < high:
            start, end = edits.offsets.target_span(low, high)
            assert start <= offset < end


@given(chains(2))
def test_columns_survive_pickling(chain: list[Edits]) -> None:
    edits = chain[0].compose(chain[1])
    again = pickle.loads(pickle.dumps(edits))
    assert again == edits
    assert list(again) == list(edits)


def test_nothing_to_do_gives_the_same_object() -> None:
    text = "城西区".join("ab")
    assert Edits.of(text, [(1, 2, "城", "x/y")]).apply() is text
    assert len(Edits.of(text, [(1, 2, "城", "x/y")])) == 0


def test_rows_are_sorted_and_read_back() -> None:
    edits = Edits.of("城西区", [(2, 3, "X", "b/b"), (0, 1, "", "a/a")])
    assert list(edits) == [Edit(0, 1, "城", "", "a/a"), Edit(2, 3, "区", "X", "b/b")]
    assert edits[-1] == edits[1]
    assert edits[0:1] == [edits[0]]
    assert edits.apply() == "西X"


@pytest.mark.parametrize(
    "rows", [[(0, 2, "", "a"), (1, 3, "", "b")], [(2, 9, "", "a")], [(1, 1, "x", "a"), (1, 1, "y", "b")]]
)
def test_overlapping_or_outside_is_refused(rows: list[tuple[int, int, str, str]]) -> None:
    with pytest.raises(ValueError, match="edit"):
        Edits.of("城西区", rows)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Edits.of("城西区", []).offsets.source_span(2, 1)


def test_reasons_match_by_whole_path_elements() -> None:
    assert matches("overlay/run", "overlay")
    assert matches("overlay/run", "overlay/run")
    assert matches("overlay/run", "overlay/")
    assert not matches("overlay/run", "over")
    assert not matches("overlay", "overlay/run")
