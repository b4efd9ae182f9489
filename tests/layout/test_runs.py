"""Pieces of printed lines, and what the words say of breaks that are spaced alike."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from textfix.layout.classes import CELL  # noqa: E402
from textfix.layout.columns import first_columns  # noqa: E402
from textfix.layout.lines import lines_of  # noqa: E402

# A column of fifteen characters, cut behind most of its marks; each comma and stop stands on half an em.
_PRINTED = [
    ["清晨的河边，", "薄雾还没有散去几位老"],
    ["人已经沿着步道慢慢走了整一圈"],
    ["他们说，", "从前这里堆满了杂物谁"],
    ["也不愿意靠近。", "如今栽了柳树修"],
    ["了一座亭子连对岸的人也常过来"],
    ["散步，", "负责养护的工人姓周每天"],
    ["五点半到岗。", "先清扫落叶再检查"],
    ["路灯和座椅，", "坐的人多了螺丝便"],
    ["容易松动他一边拧紧扳手一边笑"],
    ["着说，", "去年一年换下的零件装了"],
    ["三大箱，", "今年到九月只换了半箱"],
]


def test_what_fills_the_measure_together_is_one_printed_line():
    pieces = [piece for printed in _PRINTED * 2 for piece in printed]
    rows = first_columns(lines_of(["\n".join(pieces)])).rows
    assert (rows["run_measure"] > 0).all()
    at = pieces.index("也不愿意靠近。")
    assert rows["run_pieces"][at] == 2
    assert abs(rows["run_fill"][at]) <= 2 * CELL
    assert rows["run_room"][at] >= -CELL  # the next piece stands on the same line
    assert rows["run_up"][at] < -10 * CELL


def test_a_text_that_was_not_cut_at_its_marks_has_no_runs():
    rows = first_columns(lines_of(["\n".join("清晨的河边薄雾还没有散去几位老人" for _ in range(30))])).rows
    assert not rows["run_pieces"].any()
    assert (rows["run_fill"] == rows["run_fill"].min()).all()


@pytest.mark.parametrize(
    ("spaced", "wraps"),
    [
        ("The measure of a page is what its lines\n\nhave in common, and a line that is much\n\nshorter ends.", True),
        ("A sentence stands here.\n\nAnother stands here.\n\nNone of them runs on.\n\nThat is all.", False),
    ],
)
def test_breaks_that_are_spaced_alike_speak_for_each_other(spaced, wraps):
    rows = first_columns(lines_of([spaced])).rows
    assert (rows["like_near"][:-1] > 0).tolist() == [wraps] * (len(rows["like_near"]) - 1)


def test_what_stands_in_other_documents_is_silent():
    page = "The measure of a page is what its lines\n\nhave in common."
    alone = first_columns(lines_of([page])).rows
    among = first_columns(lines_of([page, "一、清理河道\n二、修补步道", page])).rows
    for name in ("spoken", "like_near", "unlike_far", "run_fill"):
        assert among[name][:2].tolist() == alone[name].tolist() == among[name][-2:].tolist()
