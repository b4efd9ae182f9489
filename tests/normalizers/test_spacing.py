"""Spacing: what examples cannot say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents
from textfix.normalizers import Spacing

STYLES = ("majority", "none", "pangu")


@pytest.mark.parametrize("style", STYLES)
@given(text=documents)
def test_only_blanks_change(style: str, text: str) -> None:
    spacing = Spacing(style=style)  # type: ignore[arg-type]
    result = spacing.explain(text)
    assert not result.refusals
    assert "".join(result.text.split()) == "".join(text.split())
    assert result.text.count("\n") == text.count("\n")
    assert spacing(result.text) is result.text


@given(documents)
def test_nothing_is_inserted_unless_asked(text: str) -> None:
    for style in ("majority", "none"):
        assert all(not edit.after for edit in Spacing(style=style).explain(text).edits)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
@given(text=st.text(alphabet="abcXYZ 012,.:;?!\"'()-\n%/", max_size=80))
def test_text_without_chinese_stays(style: str, text: str) -> None:
    assert Spacing(style=style)(text) is text  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(["城西区", "工作", "的", "，", "\n", " ", "  ", "\u3000"]), max_size=30).map("".join))
def test_blanks_between_words_stay(text: str) -> None:
    blanks = [at for at in range(1, len(text) - 1) if text[at] == " " and text[at - 1 : at + 2 : 2].isalpha()]
    result = Spacing().explain(text)
    deleted = {edit.start for edit in result.edits}
    assert not deleted.intersection(blanks)


@pytest.mark.parametrize("unit", [" ", "好 3", "a好 3 ", "“好” 好 ", "， ", "1 2 好 ", "好a", "/a", "<a ", "a|好"])
def test_monotonous_text_is_no_trouble(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    for style in STYLES:
        assert len(Spacing(style=style)(text)) <= 2 * len(text)  # type: ignore[arg-type]


def test_a_document_that_sets_blanks_is_left_alone() -> None:
    text = "第 3 章讲 5 个问题，第 4 章讲 6 个问题，共有 9 个例子。"
    assert Spacing()(text) is text
    assert Spacing(style="none")(text) == "第3章讲5个问题，第4章讲6个问题，共有9个例子。"


def test_unknown_styles_are_refused() -> None:
    with pytest.raises(ValueError, match="majority"):
        Spacing(style="some")  # type: ignore[arg-type]
