"""Pipelines: composition, presets, options, TOML, fingerprints, pickling."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

import textfix
from textfix import PRESETS, Pipeline
from textfix import normalizers as n
from textfix.document import Document


@dataclass(frozen=True)
class Mine(n.Normalizer):
    """A normalizer of somebody's own, with options."""

    name = "mine"
    marks: tuple[str, ...] = ("“",)
    limit: int = 3

    def propose(self, document: Document, editor: n.Editor) -> None:
        return None


def test_composition_keeps_order_and_leaves_the_parts_alone() -> None:
    first = Pipeline([n.Newlines(), n.Overlay()])
    both = first | n.Spacing(style="pangu") | Pipeline([n.Variants("t2s")])
    assert both.names == ("newlines", "overlay", "spacing", "variants")
    assert first.names == ("newlines", "overlay")
    assert (n.Newlines() | Pipeline([n.Overlay()])) == first
    assert both.without("spacing", "variants") == first
    assert both["spacing"] == n.Spacing(style="pangu")
    assert "spacing" in both
    assert len(both) == 4


def test_options_are_replaced_not_changed() -> None:
    pipeline = Pipeline([n.Spacing()])
    assert pipeline.with_options("spacing", style="none") == Pipeline([n.Spacing(style="none")])
    assert pipeline == Pipeline([n.Spacing()])


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_follow_the_order_of_the_catalogue(preset: str) -> None:
    names = list(Pipeline.preset(preset).names)
    assert names == [name for name in n.CATALOGUE if name in names]


@pytest.mark.parametrize("preset", PRESETS)
def test_toml_pickle_and_fingerprint_round_trip(preset: str) -> None:
    pipeline = Pipeline.preset(preset) | Mine(("‘", '"\\\n'), 7)
    again = Pipeline.from_toml(pipeline.to_toml(), catalogue=[Mine])
    assert again == pipeline == pickle.loads(pickle.dumps(pipeline))
    assert hash(again) == hash(pipeline)
    assert again.fingerprint == pipeline.fingerprint
    assert pipeline.fingerprint != (pipeline | n.Spacing(style="pangu")).fingerprint
    assert pipeline.fingerprint != pipeline.with_options("mine", limit=8).fingerprint


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    code = "import textfix; print(textfix.Pipeline.preset('dump').fingerprint)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == Pipeline.preset("dump").fingerprint


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[normalizer]]\nname = "overly"', "did you mean 'overlay'"),
        ('[[normalizer]]\nname = "spacing"\nstlye = "none"', "did you mean 'style'"),
        ('[[normaliser]]\nname = "spacing"', "did you mean 'normalizer'"),
        ("[[normalizer", "array declaration"),
        ("[[normalizer]]", "unknown normalizer"),
        ('[[normalizer]]\nname = ["a"]', "unknown normalizer"),
        ("normalizer = 3", "array"),
        ('protect = "abc"', "list of strings"),
        ('[[normalizer]]\nname = "overlay"\nselect = "overlay/run"', "list of strings"),
        ('[[normalizer]]\nname = "overlay"\nselect = ["unwrap/join"]', "no reason of 'overlay'"),
    ],
)
def test_what_is_unknown_in_toml_is_refused_with_the_nearest_name(toml: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Pipeline.from_toml(toml)


def test_unknown_names_are_refused_with_the_nearest_one() -> None:
    with pytest.raises(ValueError, match="did you mean 'dump'"):
        textfix.clean("城", preset="dumb")
    with pytest.raises(KeyError, match="did you mean 'unwrap'"):
        Pipeline.preset("dump").without("unwarp")
    with pytest.raises(ValueError, match="did you mean 'style'"):
        Pipeline.preset("dump").with_options("spacing", styl="none")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Pipeline.preset(None), "unknown preset: None; known: docs"),
        (lambda: Pipeline.preset(["dump"]), "unknown preset"),
        (lambda: textfix.clean("城", markup=None), "unknown markup: None; known: markdown"),
        (lambda: Pipeline().ignore(["overlay"]), "a reason is a str, not .'overlay'.; give several one by one"),
        (lambda: Pipeline(protect="a+"), r"takes a list of patterns, not one str: \['a\+'\]"),
        (lambda: Pipeline(protect=["("]), "is no regular expression"),
        (lambda: Pipeline.preset("dump")[0], "unknown normalizer in this pipeline: 0; known"),
        (lambda: n.Unwrap(indents="x"), "indents must be one of drop, keep, not 'x'"),
        (lambda: textfix.decode("城"), "decode takes bytes; this is a str already"),
    ],
)
def test_what_cannot_be_is_refused_at_once(call: Callable[[], object], message: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError), match=message):
        call()


def test_whatever_holds_bytes_is_decoded() -> None:
    assert textfix.decode(bytearray("城".encode())) == textfix.decode(memoryview("城".encode())) == "城"


def test_what_is_no_text_or_no_normalizer_is_refused_helpfully() -> None:
    with pytest.raises(TypeError, match=r"textfix\.decode"):
        textfix.clean(b"\xe5\x9f\x8e")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="NoneType"):
        textfix.clean(None)  # type: ignore[arg-type]
    for one in ("城西", b"a"):
        with pytest.raises(TypeError, match="explain takes one"):
            Pipeline.preset("dump").explain_many(one)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown markup: 'markdwon'; did you mean 'markdown'"):
        textfix.clean("城", markup="markdwon")
    with pytest.raises(TypeError, match="instances"):
        Pipeline([n.Newlines])  # type: ignore[list-item]


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"numpy", "opencc", "click", "charset_normalizer", "ftfy", "pyarrow", "markdown_it", "rich", "hypothesis"}
    heavy |= {"json", "logging", "multiprocessing", "statistics", "tempfile"}  # of the standard library
    code = f"import sys, textfix; textfix.clean('城西'); print(sorted({heavy!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_markdown_whose_structure_would_change_is_left_alone() -> None:
    class Unstar(n.Normalizer):
        """Takes away a star that means something."""

        name = "unstar"

        def propose(self, document: Document, editor: n.Editor) -> None:
            for offset in (index for index, character in enumerate(document.text) if character == "*"):
                editor.delete(offset, offset + 1, "star")

    text = "城西 *区*\n\n城东*\n"
    assert Pipeline([Unstar()]).explain(text).text == "城西 区\n\n城东\n"
    result = Pipeline([Unstar()]).explain(text, markup="markdown")
    assert result.text == "城西 *区*\n\n城东\n"
    assert [(doubt.text, doubt.reason) for doubt in result.doubts] == [("城西 *区*", "markup/structure")]
    assert not result.refusals

    many = "城西 *区*\n\n" * 30
    result = Pipeline([Unstar()]).explain(many, markup="markdown")
    assert result.text == many


PARAGRAPH = """城西区推进铸牢中华民族共同体
意识示范市建设，创建石榴籽家园56
个。坚持宗教中国化方向，依法加强宗
教事务管理。建成启用区级电信网络犯
罪一体化打防平台，有效保护群众的钱袋
子，群众十分满意。"""


def test_lines_of_a_markdown_paragraph_are_joined() -> None:
    result = Pipeline.preset("dump").explain(f"# 标题\n\n{PARAGRAPH}\n", markup="markdown")
    assert result.text.startswith("# 标题\n\n城西区")
    assert result.text.count("\n") < 5
    assert result.text.replace("\n", "") == "# 标题" + PARAGRAPH.replace("\n", "")
    assert not result.refusals
    assert "markup/structure" not in result.summary().doubts


def test_markdown_is_cleaned_without_what_would_change_its_structure() -> None:
    class Joins(n.Normalizer):
        """Joins what is no paragraph."""

        name = "unwrap"

        def propose(self, document: Document, editor: n.Editor) -> None:
            place = document.text.find("\n- 乙")
            if place >= 0:
                editor.delete(place, place + 1, "join")

    pipeline = Pipeline([n.Compatibility(), Joins(), n.Punctuation()])
    texts = ["- 甲,⼈\n- 乙\n", "甲,⼈\n"]
    first, second = pipeline.explain_many(texts, markup="markdown")
    assert first.text == "- 甲，人\n- 乙\n"
    assert second.text == "甲，人\n"
    assert not first.refusals
    (doubt,) = first.doubts
    assert doubt[:4] == (0, 0, "", "markup/structure")
    assert doubt.evidence.startswith("unwrap would have changed")
    assert not second.doubts
    assert first.edits.apply() == first.text
    assert pipeline(first.text, markup="markdown") == first.text
