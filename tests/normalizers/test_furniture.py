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
        "— 12 —",
        "Notes for Maintainers",
        "5.4.2. Package Removal",
        "the archive of packages that the scripts keep in a pool",
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


def paged(*pages: list[str]) -> str:
    return "\f".join("\n".join(lines) + "\n" for lines in pages)


@pytest.mark.parametrize(
    "heads",
    [
        ("城西区年鉴", "城西区年鉴"),
        ("城市日报　1998年3月28日", "城市日报　1998年3月28日"),
        ("1998年3月28日", "城市日报"),
        ("2024年3月5日 星期二 第3版 要闻", "2024年3月5日 星期二 第4版 国际"),
        ("1 年鉴与综述", "工作文集 2"),
        ("系统管理手册", "章回小说选读", "系统管理手册"),
    ],
)
def test_heads_of_two_or_three_pages_go(heads: tuple[str, ...]) -> None:
    clean = [body(page) for page in range(len(heads))]
    source = paged(*([head, *lines] for head, lines in zip(heads, clean)))
    assert STRIP(source) == paged(*clean)
    assert STRIP(STRIP(source)) == paged(*clean)


def test_a_line_that_parts_a_word_on_two_pages_is_a_head() -> None:
    one = [*body(0), "全区上下团结一心努力克服困难取得了显著的成绩推进铸牢中华民"]
    two = ["族共同体意识示范市建设全区上下团结一心努力克服困难取得了显", *body(1)]
    assert STRIP(paged(one, ["工作文集", *two])) == paged(one, two)


def test_titles_at_the_head_of_two_pages_stay() -> None:
    text = paged(["春天的故事", *body(0), "到此为止。"], ["秋天的故事", *body(1)])
    assert STRIP(text) is text


def test_the_issuer_above_and_the_signature_below_are_no_heads() -> None:
    text = paged(["城西区人民政府", *body(0)], [*body(1), "城西区人民政府"])
    assert STRIP(text) is text


def test_the_title_of_a_chapter_stays_where_the_chapter_begins() -> None:
    clean = [["第二章 总论", *body(0)], *(body(page) for page in range(1, 6))]
    heads = [[], *([f"{page + 7} 第二章 总论"] for page in range(1, 6))]
    feet = [["7"], *([] for _ in range(5))]
    source = paged(*(head + lines + foot for head, lines, foot in zip(heads, clean, feet)))
    assert STRIP(source) == paged(*clean)


def test_a_head_of_one_page_goes_where_its_neighbours_have_theirs() -> None:
    clean = [body(page) for page in range(9)]
    sections = ["总论", "总论", "总论", "方法与材料", "结果", "结果", "结果", "结果", "结果"]
    source = paged(*([f"{section}部分", *lines] for section, lines in zip(sections, clean)))
    assert STRIP(source) == paged(*clean)


@pytest.mark.parametrize("line", ["第 3 页 共 12 页", "Page 3 of 12", "— 3 —", "3 / 12"])
def test_the_number_of_the_only_page_goes(line: str) -> None:
    text = paged(body(0))
    assert STRIP(text + line + "\n\f") == text + "\f"
    assert STRIP(text + line) == text + line  # no form feed: who knows what the line counts


def test_adverts_of_a_site_go() -> None:
    text = "\n".join(body(0))
    advert = "更多好书请访问 www.example.com 免费下载"
    links = "上一章 目　录 下一章"
    source = text.replace("\n", f"\n{advert}\n", 3) + f"\n{links}" * 3
    assert STRIP(source) == text
    twice = text.replace("\n", f"\n{advert}\n", 2)
    assert STRIP(twice) is twice
    addresses = "\n".join(["https://www.example.com/"] * 4)
    assert STRIP(addresses) is addresses


@pytest.mark.parametrize("caption", ["Example {}", "练习 {}", "Figure {}"])
def test_captions_that_count_are_not_heads(caption: str) -> None:
    lines = [line for n in range(1, 9) for line in (caption.format(n), *body(n, 12 + 5 * (n % 3)), "完毕。")]
    text = "\n".join(lines)
    assert STRIP(text) is text


def test_heads_without_form_feeds_escort_the_numbers() -> None:
    clean = [[*body(page, 24), f"这一段说到第{'一二三四五六'[page]}处为止。"] for page in range(6)]
    heads = ("系统管理手册", "章回小说选读")
    source = "\n".join("\n".join([*lines, heads[page % 2], str(page + 1)]) for page, lines in enumerate(clean)) + "\n"
    assert STRIP(source) == "\n".join("\n".join(lines) for lines in clean) + "\n"


def test_lines_that_count_something_else_are_no_heads() -> None:
    clean = [[f"第{n}次会议全体通过了"] for n in range(1, 4)]
    source = paged(*(["城西区年鉴", *lines, f"— {n} —"] for n, lines in enumerate(clean, 7)))
    assert STRIP(source) == paged(*clean)


def test_pages_of_nothing_but_furniture() -> None:
    assert STRIP(paged(*(["城西区年鉴", f"— {n} —"] for n in range(7, 11)))).count("\f") == 3


@pytest.mark.parametrize("feed", ["\f", ""])
def test_the_numbers_of_pages_are_kept_as_anchors(feed: str) -> None:
    labels = ["i", "ii", "iii", "1", "2", "3", "4", "5"] if feed else [str(n) for n in range(11, 19)]
    source = feed.join("\n".join(["系统管理手册", *body(n, 24), label]) + "\n" for n, label in enumerate(labels))
    result = STRIP.explain(source)
    pages = [page for page in result.pages if page.label]
    assert [page.label for page in pages] == labels
    assert all(result.text[page.start :].lstrip().startswith(body(n, 24)[0]) for n, page in enumerate(pages))


WORDS = ("packages", "of", "the", "archive", "are", "kept", "in", "a", "pool", "and", "moved", "by", "scripts", "later")


def latin(page: int, lines: int = 14) -> list[str]:
    """Lines of English prose, no two alike, all about as long, none of which ends a sentence."""
    return [
        " ".join(WORDS[(3 * page + 5 * line + word * (1 + line % 3)) % len(WORDS)] for word in range(11)).ljust(62, "x")
        for line in range(lines)
    ]


HEADS = ("A Handbook of Systems", "Notes for Maintainers")


def test_titles_above_numbered_headings_are_heads_of_a_leaflet() -> None:
    clean = [["5.4.2. Package Removal", *latin(0), "This is all."], ["There is more to say.", *latin(1)]]
    source = paged(*([head, *lines] for head, lines in zip(HEADS, clean)))
    assert STRIP(source) == paged(*clean)


def test_the_title_of_a_document_is_no_head() -> None:
    one, two = [HEADS[0], "1.1. Scope", *latin(0), "This is all."], ["5.4.2. Package Removal", *latin(1)]
    assert STRIP(paged(one, [HEADS[1], *two])) == paged(one, two)
    text = paged(one, two)
    assert STRIP(text) is text


def test_a_title_without_a_number_between_heads_is_a_head_where_headings_have_numbers() -> None:
    clean = [
        ["2.2. Mentors", *latin(0), "Done."],
        ["There are more.", *latin(1), "Done."],
        ["2.3. Sponsors", *latin(2)],
    ]
    heads = (HEADS[0], HEADS[1], HEADS[0])
    assert STRIP(paged(*([head, *lines] for head, lines in zip(heads, clean)))) == paged(*clean)


def test_a_heading_on_a_page_without_a_head_stays_where_headings_have_no_numbers() -> None:
    clean = [[*latin(0), "Done."], [HEADS[1], *latin(1), "Done."], latin(2)]
    heads: tuple[list[str], ...] = ([HEADS[0]], [], [HEADS[0]])
    source = paged(*(head + lines for head, lines in zip(heads, clean)))
    assert STRIP(source).split("\f")[1] == paged(clean[1])


def test_the_first_line_of_a_sentence_is_no_head() -> None:
    page = [
        "The entry described above mounts, at startup",
        "the directory of the server into the local tree and",
        *latin(1),
    ]
    source = paged([HEADS[0], "10.9.3. Sniffers", *latin(0), "Example 11.20 of the file"], page)
    assert STRIP(source).endswith(paged(page))


def test_a_number_in_a_head_is_no_page_number() -> None:
    clean = [latin(page) for page in range(3)]
    source = paged(*(["Proceedings, Volume 2", str(page + 1), *lines] for page, lines in enumerate(clean)))
    assert STRIP(source) == paged(*clean)


def test_numbers_stand_at_the_outer_ends_of_heads_that_end_in_numbers() -> None:
    clean = [latin(page) for page in range(2)]
    heads = ("Notes for Maintainers ·1·", "·2· Proceedings, Volume 2")
    assert STRIP(paged(*([head, *lines] for head, lines in zip(heads, clean)))) == paged(*clean)


def test_numbers_of_single_pages_of_a_document() -> None:
    clean = [latin(page) for page in range(2)]
    source = paged(["- 1 -", *clean[0]], ["- 132 -", *clean[1]])
    assert STRIP(source) == paged(*clean)
    text = paged(["1", *clean[0]], ["132", *clean[1]])
    assert STRIP(text) is text


@pytest.mark.parametrize("numbers", [("第1版", "第2版", "第3版"), ("", "", "")])
def test_the_name_of_a_newspaper_at_one_edge_and_the_date_at_the_other(numbers: tuple[str, ...]) -> None:
    clean = [body(page) for page in range(3)]
    tops = ("1998年3月24日", "", "1998年3月24日")
    feet = ("", "经济周刊", "")
    pages = [
        [line for line in (top, number if top else "", *lines, foot, number if foot else "") if line]
        for top, foot, number, lines in zip(tops, feet, numbers, clean)
    ]
    assert STRIP(paged(*pages)) == paged(*clean)


@pytest.mark.parametrize("line", ["第二章地震监测预报", "图片新闻", "情况通报", "王强同志", "人物通讯"])
def test_what_ends_like_the_name_of_a_newspaper(line: str) -> None:
    clean = [body(0), [*body(1), line], body(2)]
    heads: tuple[list[str], ...] = (["1998年3月24日"], [], ["1998年3月24日"])
    assert STRIP(paged(*(head + lines for head, lines in zip(heads, clean)))).split("\f")[1] == paged(clean[1])


def test_a_head_that_was_drawn_late_stands_inside_its_page() -> None:
    clean = [body(page) for page in range(4)]
    source = paged(
        ["系统管理手册", *clean[0], "1"],
        ["2", *clean[1][:9], "系统管理手册", *clean[1][9:]],
        ["系统管理手册", *clean[2], "3"],
        ["系统管理手册", *clean[3], "4"],
    )
    assert STRIP(source) == paged(*clean)


def test_a_heading_that_the_next_pages_have_for_a_head_stays() -> None:
    clean = [body(0), body(1), [*body(2)[:9], "安装与配置", *body(2)[9:]], body(3), body(4)]
    heads = ("系统管理手册", "系统管理手册", "", "安装与配置", "安装与配置")
    source = paged(*([*filter(None, [head]), *lines] for head, lines in zip(heads, clean)))
    assert "\n安装与配置\n" in STRIP(source).split("\f")[2]


def test_numbers_of_an_excerpt_at_the_outer_ends_of_heads() -> None:
    clean = [body(page) for page in range(3)]
    heads = ("工作文集（第二卷） ·1·", "·132· 年鉴·综述", "工作文集（第二卷） ·133·")
    assert STRIP(paged(*([head, *lines] for head, lines in zip(heads, clean)))) == paged(*clean)
    sections = ("城西区 1", "新河镇 12", "胜利路 13")  # on one side, numbers may count anything
    source = paged(*([head, *lines] for head, lines in zip(sections, clean)))
    assert STRIP(source) is source


def test_numbers_of_an_excerpt_below_heads() -> None:
    clean = [body(page) for page in range(3)]
    source = paged(*(["系统管理手册", number, *lines] for number, lines in zip(("1", "13", "14"), clean)))
    assert STRIP(source) == paged(*clean)


def test_the_name_and_date_of_a_newspaper_inside_a_page() -> None:
    clean = [body(0), body(1)]
    issue = "科学新闻　1998年8月26日"
    source = paged([issue, *clean[0]], [*clean[1][:9], issue, *clean[1][9:]])
    assert STRIP(source) == paged(*clean)
    signed = paged(["北京　1998年8月26日", *clean[0]], [*clean[1][:9], "北京　1998年8月26日", *clean[1][9:]])
    assert STRIP(signed) is signed


def test_the_last_lines_of_a_chapter_stand_above_its_foot() -> None:
    clean = [body(0), body(1), body(2), ["administrator, who is sure not to have", "changed anything."]]
    feet = ("Proceedings, Volume 2", "Notes for Maintainers")
    source = paged(*([*lines, feet[page % 2], str(page + 1)] for page, lines in enumerate(clean)))
    assert STRIP(source) == paged(*clean)


def test_two_pages_with_their_numbers_at_opposite_edges() -> None:
    clean = [body(0), body(1)]
    assert STRIP(paged(["3", *clean[0]], [*clean[1], "4"])) == paged(*clean)
