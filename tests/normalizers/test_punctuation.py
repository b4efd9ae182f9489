"""Punctuation: what examples cannot say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents
from textfix.normalizers import Punctuation

FULL = "，。、；：！？（）《》「」“”‘’…—"


@given(documents)
def test_only_marks_and_blanks_change(text: str) -> None:
    result = Punctuation().explain(text)
    assert not result.refusals
    kept = [character for character in text if character.isalnum()]
    assert [character for character in result.text if character.isalnum()] == kept
    assert Punctuation()(result.text) is result.text


@given(st.text(alphabet="abcXYZ 012,.:;?!\"'()-\n%/", max_size=80))
def test_text_without_chinese_stays(text: str) -> None:
    assert Punctuation()(text) is text


@given(
    st.text(alphabet="한국어문장 ,.:;?!\"'()-\n韓國", max_size=40).map("한국어 문장 한국어 문장 한국어 문장 ".__add__)
)
def test_korean_stays(text: str) -> None:
    assert Punctuation()(text) is text


@given(st.text(alphabet="城西区工作的了" + FULL + "\n", max_size=80))
def test_full_width_marks_never_become_half(text: str) -> None:
    assert not set(Punctuation()(text)) & set(",.;:!?()\"'")


UNITS = (
    '"',
    "'",
    "(",
    ")",
    "()",
    ".",
    ",",
    "，",
    "。",
    "好,",
    '"好',
    "好(",
    "(好",
    "好.好好好",
    "--好",
    "。，",
    "abc word，",
)


@pytest.mark.parametrize("unit", UNITS)
def test_monotonous_text_is_no_trouble(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert len(Punctuation()(text)) <= 2 * len(text)


def test_a_quote_without_partner_is_a_doubt() -> None:
    result = Punctuation().explain('他说"你好。\n\n他说:"好。"')
    assert result.text == '他说"你好。\n\n他说：“好。”'
    assert [(doubt.start, doubt.end, doubt.reason) for doubt in result.doubts] == [(2, 3, "punctuation/quote")]


def test_a_reason_for_each_kind() -> None:
    result = Punctuation().explain('你好,,他说"好"--(丁）...。。见甲（一）。\n')
    assert {edit.reason for edit in result.edits} == {
        "punctuation/width",
        "punctuation/quote",
        "punctuation/dash",
        "punctuation/bracket",
        "punctuation/ellipsis",
        "punctuation/doubled",
    }


def test_colons_and_brackets_follow_the_document() -> None:
    form = "姓名: 张三\n住址: 西宁\n电话: 没有\n他来了，走了，又来了，没有人知道（没有）。\n"
    assert Punctuation()(form) is form
    manual = "打开面板 (见下文)，点击按钮 (右上角)，保存文件 (或取消)。\n"
    assert Punctuation()(manual) is manual
    assert Punctuation()("打开面板(见下文),点击按钮(右上角).") == "打开面板（见下文），点击按钮（右上角）。"


def test_unknown_options_are_refused() -> None:
    with pytest.raises(ValueError, match="curly"):
        Punctuation(quotes="round")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="keep"):
        Punctuation(brackets="full")  # type: ignore[arg-type]
