"""Laws of furniture: whole lines go, the text of the pages stays, and a second pass finds nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textfix.furniture.numbers import glued, whole
from textfix.normalizers import Furniture

STRIP = Furniture()

SENTENCE = (
    "全区上下团结一心努力克服困难取得了显著的成绩人民的生活水平有了很大的提高新的一年我们要继续努力把各项任务落到实处"
)


def body(page: int, lines: int = 20) -> list[str]:
    """Lines of prose, no two alike, that break in the middle of sentences."""
    return [SENTENCE[(7 * page + line) % 20 :][:28] + chr(0x4E00 + 31 * page + line) for line in range(lines)]


DRESSES = ("{}", "- {} -", "— {} —", "· {} ·", "第{}页", "第 {} 版", "Page {}", "{} / 99", "第{}页 共99页")


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("first", [1, 7, 88])
@pytest.mark.parametrize("place", ["top", "bottom"])
@pytest.mark.parametrize("feed", ["\f", "\n"])
def test_page_numbers_go_and_the_text_stays(dress: str, first: int, place: str, feed: str) -> None:
    pages, clean = [], []
    for page in range(8):
        lines = body(page)
        number = dress.format(first + page)
        pages.append("\n".join([number, *lines] if place == "top" else [*lines, number]) + "\n")
        clean.append("\n".join(lines) + "\n")
    source, expected = feed.join(pages), feed.join(clean)
    if feed == "\n":
        source, expected = source.replace("\n\n", "\n"), expected.replace("\n\n", "\n")
        source = "\n" + source
        expected = "\n" + expected
    result = STRIP.explain(source)
    assert result.text == expected
    assert not result.refusals
    assert [whole(edit.before.strip()) is not None for edit in result.edits] == [True] * 8
    assert {edit.reason for edit in result.edits} == {"furniture/page-number"}


@pytest.mark.parametrize("heads", [("城西区年鉴",), ("工作文集", "年鉴与综述"), ("Annual Report 2023",)])
@pytest.mark.parametrize("feed", ["\f", ""])
def test_heads_go_with_or_without_form_feeds(heads: tuple[str, ...], feed: str) -> None:
    pages, clean = [], []
    for page in range(10):
        lines = body(page)
        pages.append("\n".join([heads[page % len(heads)], *lines, f"— {page + 3} —"]) + "\n")
        clean.append("\n".join(lines) + "\n")
    assert STRIP(feed.join(pages)) == feed.join(clean)


def test_a_page_number_keeps_its_number_in_the_edit() -> None:
    source = "\f".join("\n".join([f"年鉴 {page}", *body(page), ""]) for page in range(3, 9))
    numbers = [edit.before.strip() for edit in STRIP.explain(source).edits if edit.reason.endswith("page-number")]
    assert numbers == ["3", "4", "5", "6", "7", "8"]


def test_chapters_of_uneven_length_are_not_pages() -> None:
    chapters = [[str(chapter), *body(chapter, 20 + 17 * (chapter % 4)), "到此为止。"] for chapter in range(1, 12)]
    text = "\n".join(line for chapter in chapters for line in chapter)
    assert STRIP(text) is text


LINES = st.sampled_from(
    [
        "",
        "1",
        "2",
        "3",
        "- 4 -",
        "第5页",
        "说明",
        "城西区年鉴",
        "1. 项目",
        "一",
        "ii",
        "全区上下团结一心，努力克服困难。",
        "年鉴 6",
    ]
)


@given(st.lists(st.lists(LINES, max_size=8), max_size=8))
@settings(max_examples=300)
def test_only_whole_lines_go_and_a_second_pass_finds_nothing(pages: list[list[str]]) -> None:
    text = "\f".join("\n".join(lines) for lines in pages)
    result = STRIP.explain(text)
    assert not result.refusals
    assert result.text.count("\f") == text.count("\f")
    assert STRIP(result.text) is result.text
    assert result.edits.invert().apply() == text


@pytest.mark.parametrize(
    "line", ["1.", "1)", "3.14", "2023年", "第3", "说明", "1998年1月1日", "A", "12:30", "iiv", "99999"]
)
def test_what_is_no_page_number(line: str) -> None:
    assert whole(line) is None


def test_entries_of_a_table_of_contents_are_not_glued_numbers() -> None:
    assert glued("第一节 概述......12") == []
