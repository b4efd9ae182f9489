"""Selecting and ignoring by reason, and protecting: pipelines that make only some of their edits."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_pipeline import Mine
from textfix import Pipeline
from textfix import normalizers as n
from textfix.markup.ignores import ProtectError

DUMP = Pipeline.preset("dump")
REASONS = ("overlay", "overlay/run", "overlay/char", "unwrap", "unwrap/join", "punctuation/width", "punctuation")


def test_selecting_keeps_the_order_and_brings_in_what_is_missing() -> None:
    assert Pipeline.preset("docs").select("variants", "unwrap/join", "newlines").names == (
        "newlines",
        "unwrap",
        "variants",
    )
    assert DUMP.select(*DUMP.names) == DUMP
    assert (Pipeline([Mine()]) | n.Variants()).select("mine", "overlay").names == ("mine", "overlay")


def test_only_selected_reasons_are_proposed() -> None:
    text = "你好,世界。。。\u200b"
    assert DUMP.select("punctuation/width")(text) == "你好，世界。。。\u200b"
    assert "punctuation/width" not in DUMP.ignore("punctuation/width").explain(text).summary().edits
    assert DUMP.ignore("punctuation", "invisible")(text) is text
    assert DUMP.select("punctuation").ignore("punctuation")(text) is text


def test_a_restriction_is_of_the_normalizers_not_of_what_comes_behind() -> None:
    assert (DUMP.select("overlay") | n.Punctuation())("你好,世界") == "你好，世界"


def test_selections_combine() -> None:
    assert DUMP.ignore("overlay/run").ignore("overlay/char") == DUMP.ignore("overlay/char", "overlay/run")
    assert DUMP.ignore("overlay/run").ignore("overlay").names == DUMP.without("overlay").names
    assert DUMP.select("overlay", "unwrap").select("overlay/run") == DUMP.select("overlay/run")
    assert DUMP.select("overlay/run").select("overlay") == DUMP.select("overlay/run")
    assert len(DUMP.select("overlay/run").select("overlay/char")) == 0
    assert Pipeline([Mine()]).select("mine/x", "mine/x/y") == Pipeline([Mine()]).select("mine/x")


def test_options_of_a_restricted_normalizer() -> None:
    pipeline = DUMP.ignore("spacing/number").with_options("spacing", style="none")
    assert pipeline == DUMP.with_options("spacing", style="none").ignore("spacing/number")
    with pytest.raises(ValueError, match="did you mean 'style'"):
        pipeline.with_options("spacing", styl="none")


def test_unknown_reasons_are_refused_with_the_nearest_name() -> None:
    for method in (DUMP.select, DUMP.ignore):
        with pytest.raises(ValueError, match="did you mean 'overlay'"):
            method("overlai/run")
        with pytest.raises(ValueError, match="unknown reason: 'unwrap/jion'; did you mean 'unwrap/join'"):
            method("unwrap/jion")
        with pytest.raises(ValueError, match="unknown reason: 'punctuation/nope'; did you mean"):
            method("overlay", "punctuation/nope")
        with pytest.raises(ValueError, match="unknown reason"):
            method("unwrap/join/x")
        assert method("unwrap/", "unwrap/join")
    with pytest.raises(ValueError, match="did you mean 'unwrap/join'"):
        DUMP.ignore("unwrap/space").ignore("unwrap/jion")
    with pytest.raises(ValueError, match="did you mean 'unwrap/join'"):
        Pipeline.from_toml('[[normalizer]]\nname = "unwrap"\nselect = ["unwrap/jion"]')


def test_normalizers_that_do_not_tell_their_reasons_take_any() -> None:
    assert Pipeline([Mine()]).ignore("mine/x").names == ("mine",)


@pytest.mark.parametrize("name", [name for name, kind in n.CATALOGUE.items() if kind.reasons])
def test_every_reason_is_told(name: str) -> None:
    kind = n.CATALOGUE[name]
    told = {f"{name}/{reason}" for reason in kind.reasons}
    given = set()
    for path in sorted((Path(__file__).parents[1] / "golden").glob("*.txt")):
        for stage in kind().explain(path.read_text("utf-8")).stages:
            given.update(stage.edits.reasons, (doubt.reason for doubt in stage.doubts))
    assert given <= told


def test_protected_places_stay() -> None:
    pipeline = Pipeline.preset("docs").protect(r"\{\{.*?\}\}", "^> .*$")
    assert pipeline("甲,乙{{丙,丁}}\n> 戊,己\n庚,辛") == "甲，乙{{丙,丁}}\n> 戊,己\n庚，辛"
    assert [edit.before for edit in pipeline.explain("甲,乙\n> 戊,己").spared] == [","]
    assert (Pipeline([n.Overlay()]) | pipeline)("{{丙,丁}}") == "{{丙,丁}}"
    assert pipeline.without("newlines")("{{丙,丁}}") == "{{丙,丁}}"


def test_what_is_no_pattern_or_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProtectError, match="no regular expression"):
        DUMP.protect("(")
    monkeypatch.setattr("textfix.markup.ignores._PATIENCE", 0.05)
    with pytest.raises(ProtectError, match="took more than"):
        Pipeline.preset("docs").protect("(a|aa)+$")("甲,乙" + "a" * 60 + "b")


@given(st.lists(st.sampled_from(REASONS)), st.lists(st.sampled_from(REASONS)), st.lists(st.sampled_from(["「", "a.b"])))
def test_toml_pickle_and_fingerprint_round_trip(select: list[str], ignore: list[str], protect: list[str]) -> None:
    pipeline = (DUMP.select(*select) if select else DUMP).ignore(*ignore).protect(*protect)
    again = Pipeline.from_toml(pipeline.to_toml())
    assert again == pipeline == pickle.loads(pickle.dumps(pipeline))
    assert (hash(again), again.fingerprint) == (hash(pipeline), pipeline.fingerprint)
    assert (pipeline == DUMP) == (pipeline.fingerprint == DUMP.fingerprint)
