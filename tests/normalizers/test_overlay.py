"""Laws and figures of the overlay normalizer that single examples do not show."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textfix
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.overlay import Overlay
from textfix.overlay.scan import MAX_LINE, scan_together, signs
from textfix.overlay.tangle import tangles

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


# What repairs make next to each other and of each other: runs, tangles, copies of phrases, lines and blocks, copies of
# those, some of them cut short, with blanks and marks in between.
_PIECES = st.one_of(
    st.sampled_from(
        ["2022", "年城西区", "工作回顾", "<br>", "谢", "1.", "·", "Bold", "**", "`x`", "3.", "——", "图", "引导原则"]
    ),
    st.text(alphabet="年城区谢高兴12aAb，.·<> \u3000", min_size=1, max_size=4),
)
_GAPS = st.sampled_from(["", "", "", " ", "  ", "\n", "\n", "\n\n", "\f", " \n"])


@st.composite
def _crowds(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """Pieces, all of which are drawn as often in one of the ways of extractors."""
    pieces = draw(st.lists(inner, min_size=1, max_size=4))
    copies = draw(st.integers(1, 4))
    way = draw(st.sampled_from(["char", "run", "apart", "block", "order", "short"]))
    gap = draw(_GAPS)
    if way == "char":
        return "".join(character * copies for character in "".join(pieces))
    if way == "apart":
        return gap.join(character * copies for character in "".join(pieces))
    if way == "block":
        return gap.join(["".join(pieces)] * copies)
    if way == "order":
        return "\n".join(draw(st.permutations([pieces[0] * copies, *pieces * (copies - 1), "".join(pieces)])))
    said = gap.join(piece * copies for piece in pieces)
    return said[draw(st.integers(0, 2)) : len(said) - draw(st.integers(0, 2))] if way == "short" else said


REPETITIVE = st.lists(
    st.one_of(
        _crowds(_PIECES), _crowds(_crowds(_PIECES)), st.sampled_from(HEADINGS).flatmap(lambda h: _crowds(st.just(h)))
    ),
    min_size=1,
    max_size=6,
).flatmap(lambda pieces: _GAPS.map(lambda gap: gap.join(pieces)))


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


def one_pass_is_enough(text: str) -> None:
    result = OVERLAY.explain(text)
    assert not result.refusals
    assert len([stage for stage in result.stages if stage.edits]) <= 1
    assert OVERLAY(result.text) is result.text
    assert result.edits.invert().apply() == text
    assert {reason.partition("/")[2] for reason in result.edits.reasons} <= set(OVERLAY.reasons)
    assert all(text[doubt.start : doubt.end] == doubt.text for doubt in result.doubts)


@given(REPETITIVE)
@settings(max_examples=300)
def test_one_pass_is_enough(text: str) -> None:
    one_pass_is_enough(text)


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
        ("城西，城\n城西\n区", 4, 7, True),  # how the line above begins
        ("城西，城\n城区\n区", 4, 7, False),
        ("城西，城城西", 4, 6, False),  # the same on the line itself
        ("城西\n西，城\n城西\n区", 6, 9, False),
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
    text = "城西城西工作城西"
    edits = Edits.of(text, [(2, 4, "", "overlay/run"), (4, 6, "", "overlay/run"), (6, 8, "", "overlay/run")])
    assert [violation.index for violation in Overlay.contract.violations(Document(text), edits)] == [1]
    assert Overlay()("城西城西城西") == "城西城西城西"
    nothing = Edits.of("城西城西", [(0, 2, "", "overlay/run"), (2, 4, "", "overlay/run")])
    assert [violation.index for violation in Overlay.contract.violations(Document("城西城西"), nothing)] == [0, 1]


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [("aabbaabb", "ab", True), ("aabbaabc", "ab", False), ("aabbaabb", "aba", True), ("ab", "aba", False)],
)
def test_contract_of_copies_of_copies(before: str, after: str, holds: bool) -> None:
    edits = Edits.of(before, [(0, len(before), after, "overlay/nested")])
    assert (not list(Overlay.contract.violations(Document(before), edits))) is holds


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        # What the markup was drawn by, and what the text was.
        ("<<<<bbbbrrrr>>>>a作作作作这这这这", "<br>a作这"),
        ("".join(c * 2 for c in "全区城乡居民人均可支配收入" * 3), "全区城乡居民人均可支配收入"),
    ],
)
def test_copies_of_copies(text: str, clean: str) -> None:
    one_pass_is_enough(text)
    assert OVERLAY(text) == clean


def test_clean_text_is_returned_as_it_is_and_not_parsed() -> None:
    text = "\n".join(PROSE[:3] * 50)
    assert OVERLAY(text) is text
    assert signs(Document(PROSE[0] + "\n" + PROSE[1])) == (([], []), ([], []), frozenset(), [], [])


@pytest.mark.parametrize("unit", ["啊", "ab", "高高兴兴", "1", ". ", "聚焦项目建设稳投资", "ab ab x"])
def test_litanies_survive_on_one_long_line_and_on_many(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert OVERLAY(text) is text
    lines = "\n".join(text[i : i + MAX_LINE] for i in range(0, 5 * MAX_LINE, MAX_LINE))
    assert OVERLAY(lines) is lines


_SAID = st.text(alphabet="年城西区a1，。 ", min_size=4, max_size=40)


@given(_SAID, _SAID, _SAID, st.sampled_from(["", " ", "\u3000"]), CROWDED)
@settings(max_examples=300)
def test_a_line_that_says_something_twice_in_a_row_is_likely(
    before: str, unit: str, after: str, gap: str, above: str
) -> None:
    line = f"{before}{unit}{gap}{unit}{after}"
    text = f"{above}\n{line}\n{above}"
    if sum(map(str.isalpha, unit)) > 1:
        assert len(above) + 1 in signs(Document(text)).likely.starts


@given(
    st.lists(
        st.sampled_from(["目录", "目录一", " 目录 ", "a", "ab", "b", "", " ", "正文\f", "第一章 总则"]), max_size=12
    )
)
@settings(max_examples=300)
def test_lines_that_come_again_are_found(lines: list[str]) -> None:
    said = [line.strip() for line in lines if line.strip()]
    expected = {line for line, following in pairwise(said) if following.startswith(line)}
    for size in (2, 3, 4):
        expected.update(said[i] for i in range(len(said)) if said[i : i + size] == said[i + size : i + 2 * size] != [])
    assert signs(Document("\n".join(lines))).twins == expected


@given(st.lists(CROWDED, max_size=6))
@settings(max_examples=100)
def test_documents_scanned_together_are_scanned_as_alone(texts: list[str]) -> None:
    together = [Document(text) for text in texts]
    scan_together(together)
    assert [document.view(signs) for document in together] == [signs(Document(text)) for text in texts]


def test_a_line_of_digits_that_holds_the_one_above_is_read_at_once() -> None:
    text = ">\n" + "2" * 12 + "0" * 12 + "2" * 24 + "<<>\n"
    assert list(tangles(Document(text), (2, 3, 4))) == []


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


# A heading as long as the lines of its column, with nothing in the text that tells it from one.
_COLUMN = """教事务管理。建成启用区级电信网络犯
罪一体化打防平台，有效保护群众“钱袋
子”。投用“一站式”矛盾纠纷调解中心，
更好将矛盾纠纷化解在基层。成立城市
“无人律所”等治理新手段，社会治理智
能化水平不断提升，人民群众普遍满意
{}
翻阅城西区政府工作报告，同心同德
向前进，成为总结2022年全年工作的关键
词，一年来直面困难，奋力防住冲击波。
"""


@pytest.mark.parametrize("heading", ["发展县域经济要有科学方略统一规划", "理顺管理体制整顿农村电价的新办法"])
def test_what_was_drawn_twice_is_not_joined_to_the_text_around_it(heading: str) -> None:
    once, twice = textfix.clean(_COLUMN.format(heading)), textfix.clean(_COLUMN.format(heading * 2))
    assert heading not in once.split("\n")
    assert heading in twice.split("\n")
    assert textfix.clean(twice) == twice


def test_headings_and_the_breaks_around_them() -> None:
    def told(text: str) -> list[str]:
        (stage,) = OVERLAY.explain(text).stages
        return [text[place - 2 : place] for place in stage.breaks]

    one, two = drawn("2022年城西区工作回顾", "run", 2), drawn("聚焦项目建设稳投资促消费", "line", 2)
    assert told(f"到此为止。\n{one}\n翻阅报告。\n") == ["止。", "回顾"]
    # Between two lines that were drawn twice the heading may go on, and lead-ins may fill a line.
    assert told(f"到此为止。\n{one}\n{two}\n翻阅报告。\n") == ["止。", "消费"]
    assert told(f"　　到此。\n{one}\n　　　　关公大惊关公大惊，忙披挂提刀上马。\n　　翻阅。\n") == []
    # Pages are parted by something else.
    assert told(f"到此为止。\n{one}\f翻阅报告。\n") == ["止。"]


def test_all_lines_of_a_block_that_was_drawn_twice_are_one_heading() -> None:
    heading = "3.2.3. Using a System to\nKeep it up to Date\n"
    other = "3.2.4. Adding Software to\nWhat there Is\n"
    (stage,) = OVERLAY.explain(f"Begin.\n{heading * 2}Go on.\n{other * 2}End of it.\n").stages
    assert len(stage.breaks) == 4


@pytest.mark.parametrize("shift", range(-3, 4))
def test_lines_at_the_edge_of_a_piece_are_tied_like_others(shift: int) -> None:
    tied = "引导与支撑\n3.1. 引导与支撑\n3.1.\n"
    alone = signs(Document(tied)).knots
    long, many = "字" * ((1 << 18) - 13 + 3 * shift), ("字" * 99 + "\n") * 2621 + "页" * (30 + 3 * shift)
    for before in (long + "\n", many + "\n"):
        assert signs(Document(before + tied)).knots == [len(before) + place for place in alone]
    assert alone
    assert signs(Document("字" * (1 << 19))).knots == []
