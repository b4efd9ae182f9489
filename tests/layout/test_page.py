"""Decisions: what must be joined, what must be left, and laws that hold on any text."""

from __future__ import annotations

import random
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents
from textfix import Pipeline
from textfix.layout import BREAK, DOUBT, JOIN, measure, measure_many
from textfix.normalizers import Unwrap

COLUMN = """城西区推进铸牢中华民族共同体
意识示范市建设，创建石榴籽家园56
个。坚持宗教中国化方向，依法加强宗
教事务管理。建成启用区级电信网络犯
罪一体化打防平台，有效保护群众“钱袋
子”。投用“一站式”矛盾纠纷调解中心，
更好将矛盾纠纷化解在基层。成立城市
运行指挥中心，探索“智慧平安工作站”

“无人律所”等治理新手段，社会治理智
能化水平不断提升。

翻阅城西区政府工作报告，同心同德
向前进，成为总结2022年全年工作的关键
词。"""


def test_a_column_is_joined_across_its_break() -> None:
    out = measure(COLUMN).unwrapped()
    assert "平安工作站”“无人律所”等" in out
    assert "共同体意识" in out
    assert "不断提升。\n\n翻阅" in out


UNTOUCHED = {
    "five-character verse": "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。",
    "seven-character verse": "朝辞白帝彩云间，\n千里江陵一日还。\n两岸猿声啼不住，\n轻舟已过万重山。",
    "verse without marks": "离离原上草\n一岁一枯荣\n野火烧不尽\n春风吹又生\n远芳侵古道\n晴翠接荒城",
    "names": "张国静\n李建华\n王秀英\n赵志刚\n刘晓明",
    "list": "一、加强组织领导\n二、明确工作责任\n三、强化督促检查\n四、严格考核奖惩",
    "bullets": "- apples and pears\n- bread and butter\n- cheese\n- dates",
    "table": "名称  数量  金额\n甲    12    1,200\n乙    7     700\n丙    105   10,500",
    "csv": "id,name,price\n1,alpha,3.50\n2,beta,4.25\n3,gamma,5.00",
    "code": "def f(x):\n    if x:\n        return 1\n    return 2\n\n\nprint(f(3))",
    "log": "2024-01-01 10:00:00 INFO started\n2024-01-01 10:00:01 INFO loaded\n2024-01-01 10:00:02 WARN slow",
    "contents": "第一章 总则........1\n第二章 组织........5\n第三章 职责........9\n第四章 附则.......12",
    "dialogue": "“你来了？”\n“来了。”\n“吃了吗？”\n“吃了。”",
    "markdown": "# Title\n\nA paragraph on one line.\n\n* one\n* two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "sub-headings": "加快消费恢复升级\n狠抓项目建设\n不断招大引强",
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_breaks_that_mean_something_stay(name: str) -> None:
    text = UNTOUCHED[name]
    assert measure(text).unwrapped() is text


def test_paragraphs_on_one_line_each_stay() -> None:
    text = "\n".join(
        (
            "翻阅城西区政府工作报告，“同心同向、奋楫笃行”成为总结2022年全年工作的关键词。",
            "回顾过去的一年，城西区各族干部群众感恩奋进、拼搏赶超，全区上下同心协力、加速奔跑，经受了一场场考验。",
            "人勤春来早，奋进正当时。",
            "更加值得期待的是，城西区的2025年将依托更加富有特色的现代化产业体系，努力在全市高质量发展中作出新成效。",
        )
    )
    assert measure(text).unwrapped() is text


@given(st.lists(documents, max_size=4))
def test_a_document_is_measured_alike_in_any_company(texts: list[str]) -> None:
    batch = measure_many(texts)
    for index, text in enumerate(texts):
        alone = measure(text)
        assert alone.decision.tolist() == batch[index].decision.tolist()
        assert alone.p_break.tolist() == batch[index].p_break.tolist()
        assert alone.joins() == batch[index].joins()
        assert alone.blocks() == batch[index].blocks()


@given(st.lists(documents, max_size=4), st.randoms(use_true_random=False))
def test_a_break_that_is_known_is_a_paragraph_separator(texts: list[str], rng: random.Random) -> None:
    breaks = [[at for at, ch in enumerate(text) if ch == "\n" and rng.random() < 0.2] for text in texts]
    parted = ["".join("\u2029" if at in own else ch for at, ch in enumerate(t)) for t, own in zip(texts, breaks)]
    told, spelt = measure_many(texts, breaks=breaks), measure_many(parted)
    for index, own in enumerate(breaks):
        assert told[index].decision.tolist() == spelt[index].decision.tolist()
        assert told[index].joins() == spelt[index].joins()
        assert not any(start <= at < end for at in own for start, end, _ in zip(*told[index].joins()))


@given(documents)
def test_what_was_unwrapped_stays(text: str) -> None:
    once = measure(text).unwrapped()
    assert measure(once).unwrapped() is once


@given(documents)
def test_joins_take_white_space_only(text: str) -> None:
    layout = measure(text)
    for start, end, after in zip(*layout.joins()):
        gone = text[start:end]
        assert after in ("", " ")
        assert not gone.lstrip("-\u2010\u2011").strip()
        assert any(char in gone for char in "\n\v\f\u2028\u2029")
    assert set(layout.decision.tolist()) <= {JOIN, BREAK, DOUBT}
    assert len(layout.kinds()) == len(layout)
    spans = [(start, end) for _, start, end, _ in layout.blocks()]
    assert spans == sorted(spans)
    assert all(0 <= p <= 1 for p in layout.p_break.tolist())


@pytest.mark.parametrize("seed", [*range(12), 261, 371, 567, 600, 685, 834, 851])
def test_columns_side_by_side_are_settled_in_one_pass(seed: int) -> None:
    """Their margins can often go only once the lines are joined; that must not take a second reading."""
    page = _side_by_side(random.Random(seed))
    result = Pipeline([Unwrap()]).explain(page)
    assert len([stage for stage in result.stages if stage.edits]) <= 1
    assert Unwrap()(result.text) == result.text


def _side_by_side(rng: random.Random) -> str:
    rows: list[str] = []
    for _ in range(rng.randint(3, 8)):
        columns = []
        for _ in range(2):
            text = "".join(rng.choice(_HAN) + ("，" if rng.random() < 0.08 else "") for _ in range(rng.randint(15, 90)))
            text = f"\0{text}。"
            columns.append([text[i : i + 15].replace("\0", "   ") for i in range(0, len(text), 15)])
        for left, right in zip_longest(*columns, fillvalue=""):
            gutter = " " * (36 - 2 * len(left) + left.count(" ") + rng.randint(0, 2))
            if left and right and rng.random() < 0.06:
                rows += [left, " " * 36 + right]
            else:
                rows.append((left + gutter + right).rstrip())
        if rng.random() < 0.4:
            rows += ["", "", "", "", " " * 20 + "7", "\f"]
    return "\n".join(rows)


_HAN = "城西区工作会议推进发展建设市民文化街道学校老师东门北河新年桥路"


def test_nothing_is_joined_at_a_paragraph_separator() -> None:
    layout = measure(COLUMN)
    joined = layout.decision.tolist().index(JOIN)
    start = int(layout.end[joined])
    parted = measure(COLUMN[:start] + "\u2029" + COLUMN[start + 1 :])
    assert parted.decision[joined] == BREAK
    assert parted.decision[joined + 1 :].tolist() == layout.decision[joined + 1 :].tolist()
