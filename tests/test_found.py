"""Texts on which fuzzing (`python -m benchmarks.fuzz`) once broke a law."""

from __future__ import annotations

import pytest

from textfix import Pipeline
from textfix.normalizers import Mojibake, Newlines, Normalizer, Punctuation, Spacing, Unwrap, Variants

ALONE: list[tuple[Normalizer, str]] = [
    (Punctuation(), "﹙一﹚﹖"),
    (Punctuation(quotes="corner"), '一"".\n"一"'),
    (Punctuation(), "﹑﹑\b一"),
    (Punctuation(), "一～﹐﹐"),
    (Spacing(), "一  4 一，一一一"),
    (Spacing(style="none"), "一3  一，一1 1 一一"),
    (Mojibake(), "aa一娴ｇ姴銈絘"),
    (Punctuation(), "⺠--､"),
    (Punctuation(), "一，，,"),
    (Punctuation(), ",，，一"),
    (Punctuation(), "一,\u2003，"),
    (Punctuation(quotes="curly"), '"一""" ｡'),
    (Punctuation(), "｡一．．．"),
    (Punctuation(), "一:'."),
    (Punctuation(quotes="curly"), "一,ｪ､)､"),
    (Variants("t2s"), "對\ntextfix:off--時"),
    (Punctuation(quotes="corner"), "一'一\f'."),
    (Punctuation(), '不用以 "\\" 来做，在这里\n- 手动更新"/etc/\napt/sources.list"里的代码'),
    (Punctuation(), '他说“一\n二三"四\n五"六'),
    (Punctuation(quotes="curly"), "｡ ｡一"),
    (Punctuation(quotes="corner"), '“一"\n一"'),
    (Punctuation(), '一（\n一,")'),
    (Punctuation(quotes="corner"), "\ufe50'一'"),
    (Punctuation(), "aaaaaaaa一a: \ufe51一"),
    (Punctuation(), "一...。｡"),
    (Spacing(style="pangu"), "0%aa*一*"),
    (Punctuation(), "一､(<）"),
    (Punctuation(), "aa(aa｡一."),
    (Punctuation(quotes="curly"), 'a"一",'),
    (Punctuation(quotes="curly"), "(｡ |一）"),
    (Punctuation(), "一...\u00a0!"),
    (Punctuation(), "に，一,一,，"),
    (Punctuation(quotes="corner"), '"一"一":a"'),
    (Punctuation(), "一。。。\ufe50"),
    (Punctuation(), "一: !"),
    (Punctuation(), "一!-- \ufe50"),
    (Punctuation(), "一,)!"),
    (Punctuation(quotes="corner"), "aa aa\ufe52一!"),
    (Punctuation(), "aa aa一．一!"),
    (Punctuation(), "（!--一"),
    (Punctuation(), "一!'一'"),
    (Punctuation(), "一(a),"),
    (Punctuation(), "一--...一"),
    (Punctuation(), "...。。一"),
    (Punctuation(quotes="corner"), '"一, "'),
    (Punctuation(), "(: (）一）"),
    (Punctuation(), "（）（）（）（）a (一), a（）"),
    (Spacing(style="pangu"), "一$一;一$—$"),
    (Unwrap(), " 一\n）。\n.\n..一一一一一：“一一\n\n，"),
    (Unwrap(), "a aa一 一一a\xad\nma"),
    (Unwrap(), "城西区工作会议推进发展建设\u200b\n市民文化街道学校老师东门北河\n新年桥路。"),
]


@pytest.mark.parametrize(("normalizer", "text"), ALONE)
def test_one_pass_without_refusals(normalizer: Normalizer, text: str) -> None:
    result = Pipeline([normalizer]).explain(text)
    assert not result.refusals
    assert len([stage for stage in result.stages if stage.edits]) <= 1
    assert normalizer(result.text) == result.text or normalizer.once


@pytest.mark.parametrize("text", ["。\v∩,一", "a\v[", "```\x85", "a\u2028b\r\n"])
@pytest.mark.parametrize("markup", ["markdown", "rst"])
def test_separators_that_end_no_line_stay_in_markup(text: str, markup: str) -> None:
    result = Pipeline([Newlines()]).explain(text, markup=markup)
    assert result.text == text.replace("\r\n", "\n")
    assert not result.refusals


@pytest.mark.parametrize("unit", ["啊", "啊.", "啊-", "``", "|啊", ":a"])
def test_what_is_untouchable_in_restructured_text_is_found_in_linear_time(unit: str) -> None:
    text = unit * 50_000
    assert Pipeline([Punctuation()]).explain(text, markup="rst").source is text


def test_a_reference_is_untouchable_however_long_the_text_before_it() -> None:
    text = "说" * 100 + ",见文档名_,完"
    assert Pipeline([Punctuation()])(text, markup="rst") == "说" * 100 + "，见文档名_，完"


@pytest.mark.parametrize("preset", ["docs", "minimal", "dump"])
def test_characters_inside_code_do_not_keep_the_rest_from_repair(preset: str) -> None:
    result = Pipeline.preset(preset).explain("正文Ａ，`Ａ\u200b⺠`和[甲](⼈.md)。\n", markup="markdown")
    assert result.text == "正文A，`Ａ\u200b⺠`和[甲](⼈.md)。\n"
    assert not result.refusals


@pytest.mark.parametrize("text", [".\n\ra", "a\r\r\na", "â€œ_a_", "_!_â€œ", "`\u934f\u78bb\u6d60\ue0ff\u8151"])
def test_the_structure_of_markdown_stays(text: str) -> None:
    assert not Pipeline.preset("dump").explain(text, markup="markdown").refusals


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("  \U000e0041  】", None),
        ("％_\u200b_", None),
        ("_\u2067_#a", None),
        ("[甲]\u200b(乙)", None),
        ("甲 <\u200bb>", None),
        ("\u200b# 甲", None),
        ("\u200b甲\u200b乙，\u200b（丙）。\u200b\n", "甲乙，（丙）。\n"),
        ("*甲\u200b乙*\u200b丙", "*甲乙*丙"),
        ("甲\x1b[1m乙\x1b[0m", "甲乙"),
    ],
)
def test_what_cannot_be_seen_makes_no_construct_of_markup(text: str, after: str | None) -> None:
    result = Pipeline.preset("minimal").explain(text, markup="markdown")
    assert not result.refusals
    assert result.text == (text if after is None else after)


@pytest.mark.parametrize("preset", ["docs", "dump", "ocr"])
@pytest.mark.parametrize(
    "text",
    [
        "甲,*乙*丙.`丁`戊",  # a full-width mark would make emphasis of it
        ".. figure:: 图.png\n   :alt: 甲,乙\n",
        "- 。甲\n#. ，乙\n",
        "这样::\n\n    甲，乙\n    丙\n",
    ],
)
def test_the_structure_of_restructured_text_stays(text: str, preset: str) -> None:
    assert Pipeline.preset(preset)(text, markup="rst") == text


def test_a_pair_seen_at_the_second_look_is_made_as_a_whole_or_not() -> None:
    text = "一!'一'\n二!'二  # textfix: ignore[punctuation/quote]\n二'"
    assert Punctuation()(text) == "一！‘一’\n二！'二  # textfix: ignore[punctuation/quote]\n二'"


@pytest.mark.parametrize("text", ["\u200b", "甲\n\u200b\n乙\u200b丙\n", "- \u200d\n", "___\0"])
def test_a_line_of_nothing_to_see_stays_in_markup(text: str) -> None:
    result = Pipeline.preset("docs").explain(text, markup="markdown")
    assert not result.refusals
    assert result.text == text.replace("乙\u200b丙", "乙丙")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("⼈*a**", "⼈*a**"),
        ("⼈**甲**，甲", "人**甲**，甲"),
        ("a  \ufe0f\ra", "a  \ufe0f\na"),
        ("甲,乙\n１. 丙,丁\n\n戊,己\n", "甲，乙\n１. 丙，丁\n\n戊，己\n"),
        ("1.\n１.", "1.\n１."),
        ("１. 甲,乙\n２. 丙,丁２０２３\n", "１. 甲，乙\n２. 丙，丁2023\n"),
        ("---\r\ntitle: 甲,乙\r\n---\r\n甲,乙\r\n", "---\ntitle: 甲,乙\n---\n甲，乙\n"),
        ("甲,乙\n\n<ａ>甲</ａ>,乙\n", "甲，乙\n\n<ａ>甲</ａ>,乙\n"),
        ("甲,乙\n\n甲[ａ],乙\n\n[a]: http://a\n", "甲，乙\n\n甲[ａ],乙\n\n[a]: http://a\n"),
    ],
)
def test_what_would_render_otherwise_stays_and_the_rest_is_repaired(text: str, after: str) -> None:
    result = Pipeline.preset("docs").explain(text, markup="markdown")
    assert not result.refusals
    assert result.text == after


def test_lines_of_blanks_take_no_time() -> None:
    text = ("a\n" + " " * 40 + "\n") * 4 + (" " * 40 + "\n") * 40 + "完"
    assert not Pipeline.preset("dump").explain(text).refusals


def test_blanks_that_go_all_at_once_say_nothing_of_those_beside_brackets() -> None:
    assert Spacing(style="none")("一 a （）一，a（）一") == "一a（）一，a（）一"
