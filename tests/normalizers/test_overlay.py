"""Laws and figures of the overlay normalizer that single examples do not show."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.overlay import Overlay
from textfix.overlay.scan import MAX_LINE, likely_lines, scan_together, twins

OVERLAY = Overlay()

# Few characters, so that repetition comes by itself; blanks, breaks, marks, digits, a character beyond the BMP.
CROWDED = st.text(alphabet="年城区高兴谢12aA，。…—「」 \u3000\n\f𠀀", max_size=120)

PROSE = (
    "城西区始终坚持以人民为中心的发展思想，千方百计增加居民收入，",
    "全年新增就业五千二百人，一批老旧小区改造项目陆续完工。",
    "傍晚，学校一片静悄悄的，门外忽然有人压低声音喊我：“希哲，希哲”，",
    "The committee still had had no reply from Mississippi, bye bye.",
    "商誉 72,097.15 72,097.15 1100 2222",
)
HEADINGS = (
    "聚焦项目建设稳投资",
    "2022年城西区工作回顾",
    "这一年，我们直面困难，奋力防住新冠疫情冲击波",
    "第三章 地震灾害预防",
    "“十四五”规划纲要",
    "Debian 维护者指南 2.7 版",
    "城乡居民人均可支配收入",
    "本报记者 张国静",
)
_RUNS = re.compile(r"[0-9]+|[A-Za-z]+|[\u4e00-\u9fff]+|\s+|[^0-9A-Za-z\u4e00-\u9fff\s]+")


def drawn(heading: str, mode: str, copies: int) -> str:
    """A heading as an extractor returns it that takes every copy."""
    pieces = {"char": list(heading), "line": [heading], "run": _RUNS.findall(heading)}[mode]
    return "".join(piece * copies for piece in pieces)


def unspaced(text: str) -> str:
    return re.sub(r"[^\S\n]+", "", text)


@pytest.mark.parametrize("copies", [2, 3, 4])
@pytest.mark.parametrize("mode", ["run", "char", "line"])
def test_headings_of_a_document_come_out_once_and_prose_as_it_is(mode: str, copies: int) -> None:
    source = "\n".join(line for pair in zip([drawn(h, mode, copies) for h in HEADINGS], PROSE * 2) for line in pair)
    expected = "\n".join(line for pair in zip(HEADINGS, PROSE * 2) for line in pair)
    result = OVERLAY.explain(source)
    assert not result.refusals
    assert unspaced(result.text) == unspaced(expected)


@pytest.mark.parametrize("copies", [2, 3, 4])
def test_copies_on_lines_of_their_own(copies: int) -> None:
    headings = [heading for heading in HEADINGS if not heading.endswith("，")]
    source = "\n".join(line for pair in zip(["\n".join([h] * copies) for h in headings], PROSE * 2) for line in pair)
    expected = "\n".join(line for pair in zip(headings, PROSE * 2) for line in pair)
    assert OVERLAY(source) == expected


def test_reduplication_survives_in_an_overlaid_document() -> None:
    kept = "高高兴兴\n谢谢谢谢\n研究研究讨论讨论\n2222\n1100\n……\n5566\n——\n清清楚楚\n"
    headings = "\n".join(drawn(heading, "run", 2) for heading in HEADINGS) + "\n"
    result = OVERLAY.explain(headings + kept)
    assert result.text.endswith("\n" + kept)
    assert {doubt.reason for doubt in result.doubts} == {"overlay/ambiguous"}
    assert "高高兴兴" in {doubt.text for doubt in result.doubts}


def test_a_copy_that_was_wrapped() -> None:
    source = PROSE[0] + "\n这一年这一年，，我们直面困难我们直\n面困难\n" + PROSE[1]
    assert OVERLAY(source) == PROSE[0] + "\n这一年，我们直面困难\n" + PROSE[1]


def test_pieces_on_lines_of_their_own() -> None:
    source = "本报讯\n谒金门\n谒金门·\n·春满院花满楼\n春满院花满楼\n薛昭蕴\n"
    assert OVERLAY(source) == "本报讯\n谒金门·春满院花满楼\n薛昭蕴\n"


def test_pages_part_lines() -> None:
    assert (
        OVERLAY("聚焦项目建设稳投资促消费\f聚焦项目建设稳投资促消费\f")
        == "聚焦项目建设稳投资促消费\f聚焦项目建设稳投资促消费\f"
    )


@given(CROWDED)
@settings(max_examples=300)
def test_laws(text: str) -> None:
    result = OVERLAY.explain(text)
    assert not result.refusals
    assert all(edit.after == "" or edit.reason == "overlay/order" for edit in result.edits)
    assert result.edits.invert().apply() == text
    assert OVERLAY(result.text) is result.text


@given(
    st.lists(CROWDED, max_size=3),
    st.sampled_from(HEADINGS),
    st.sampled_from(["run", "char", "line"]),
    st.integers(2, 4),
)
@settings(max_examples=100)
def test_contract_holds_next_to_anything(around: list[str], heading: str, mode: str, copies: int) -> None:
    text = "\n".join([*around, drawn(heading, mode, copies), *around])
    result = OVERLAY.explain(text)
    assert not result.refusals
    assert OVERLAY(result.text) == result.text


@pytest.mark.parametrize(
    ("text", "start", "end", "holds"),
    [
        ("城西城西", 2, 4, True),
        ("城西 城西\n城西", 2, 8, True),
        ("城西城区", 2, 4, False),
        ("城西城西", 0, 2, False),  # what goes must follow what stays
        ("勇  争", 2, 3, True),  # a blank drawn with the characters
        ("勇 争", 1, 2, False),
    ],
)
def test_contract(text: str, start: int, end: int, holds: bool) -> None:
    edits = Edits.of(text, [(start, end, "", "overlay/run")])
    assert (not list(Overlay.contract.violations(Document(text), edits))) is holds


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [
        ("城西\n22城西", "城西2", True),
        ("城西\n2城西", "城西2", False),
        ("城西城西城西", "西城", True),  # the order is the extractor's
        ("城西城西城西城西城西", "城西", False),
        ("城西", " ", False),
    ],
)
def test_contract_of_a_replacement(before: str, after: str, holds: bool) -> None:
    edits = Edits.of(before, [(0, len(before), after, "overlay/order")])
    assert (not list(Overlay.contract.violations(Document(before), edits))) is holds


@pytest.mark.parametrize("copies", [2, 3, 4])
def test_pieces_out_of_order(copies: int) -> None:
    source = ""
    for number, heading in enumerate(("引导原则", "预备知识", "指令别名", "正规表达式"), 1):
        drawn_number = "".join(character * copies for character in f"{number}.2.")
        lines = [heading, drawn_number + heading, *[heading] * (copies - 2)]
        source += "\n".join(lines) + "\n" + PROSE[number % 2] + "\n"
    result = OVERLAY.explain(source)
    assert not result.refusals
    assert [line for line in result.text.split("\n") if line[:1].isdigit()] == [
        "1.2.引导原则",
        "2.2.预备知识",
        "3.2.指令别名",
        "4.2.正规表达式",
    ]


@pytest.mark.parametrize(
    "line", ["some words\n", "some words\nother\n", "a\nab\n", "ab\nabc\nbc\n", "very very good\ngood\n"]
)
def test_a_text_that_repeats_itself_stays(line: str) -> None:
    text = line * 100
    assert OVERLAY(text) is text


def test_contract_counts_only_copies_that_stay() -> None:
    text = "城西城西城西"
    edits = Edits.of(text, [(2, 4, "", "overlay/run"), (4, 6, "", "overlay/run")])
    assert [violation.index for violation in Overlay.contract.violations(Document(text), edits)] == [1]


def test_clean_text_is_returned_as_it_is_and_not_parsed() -> None:
    text = "\n".join(PROSE[:3] * 50)
    assert OVERLAY(text) is text
    assert not likely_lines(Document(PROSE[0])).starts
    assert not twins(Document(PROSE[0] + "\n" + PROSE[1]))


@pytest.mark.parametrize("unit", ["啊", "ab", "高高兴兴", "1", ". ", "聚焦项目建设稳投资", "ab ab x"])
def test_litanies_survive_on_one_long_line_and_on_many(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert OVERLAY(text) is text
    lines = "\n".join(text[i : i + MAX_LINE] for i in range(0, 5 * MAX_LINE, MAX_LINE))
    assert OVERLAY(lines) is lines


@given(st.lists(CROWDED, max_size=6))
@settings(max_examples=100)
def test_documents_scanned_together_are_scanned_as_alone(texts: list[str]) -> None:
    together = [Document(text) for text in texts]
    scan_together(together)
    assert [document.view(likely_lines) for document in together] == [likely_lines(Document(text)) for text in texts]


def test_import_loads_no_numpy() -> None:
    code = "import sys, textfix.normalizers.overlay; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_random_headings_next_to_random_prose_keep_their_order() -> None:
    draw = random.Random(5)
    for _ in range(20):
        heading = draw.choice(HEADINGS)
        copies = draw.choice([2, 3, 4])
        text = "\n".join([*PROSE, *(drawn(h, "char", copies) for h in HEADINGS), drawn(heading, "char", copies)])
        assert unspaced(OVERLAY(text)).split("\n")[-1] == unspaced(heading)
