"""Doubts about what lies between the halves of a paragraph, and about formulas taken apart; the text stays."""

from __future__ import annotations

import pytest

from textfix import Pipeline
from textfix.layout import measure
from textfix.layout.bridges import bridges
from textfix.layout.shattered import shattered

ABOVE = """城西区推进铸牢中华民族共同体意识示范市
建设，创建石榴籽家园五十六个，依法加强
宗教事务管理。建成启用区级电信网络犯罪
"""
BELOW = """一体化打防平台，有效保护群众的财产安全，
更好地将矛盾纠纷化解在基层。"""


@pytest.mark.parametrize("between", ["① 见《年鉴》第三章。\n", "[12] 见《年鉴》。\n", "图3 平台外景\n"])
def test_a_paragraph_that_goes_on_behind_a_note_is_reported(between: str) -> None:
    text = ABOVE + between + BELOW
    (bridge,) = bridges(measure(text))
    assert text[bridge.start : bridge.end].strip() == between.strip()
    result = Pipeline.preset("dump").explain(text)
    assert between.strip() in result.text
    assert [doubt.reason for doubt in result.doubts if doubt.reason == "unwrap/bridge"]


@pytest.mark.parametrize(
    "text",
    [
        ABOVE + BELOW,
        ABOVE.replace("电信网络犯罪", "平台。") + "① 见《年鉴》第三章。\n" + BELOW,
        ABOVE + "3人参加了会议，会议由区长主持并讲话\n" + BELOW,
        "① 见《年鉴》第三章。\n" + BELOW,
    ],
)
def test_what_is_no_bridge(text: str) -> None:
    assert bridges(measure(text)) == []


def test_a_shattered_formula_is_reported_and_stays() -> None:
    text = "能量守恒的关系式可以写成\nE\n=\nm\nc\n2\n+\np\n其中各量的意义同前。"
    result = Pipeline.preset("dump").explain(text)
    assert result.text == text
    assert [doubt.reason for doubt in result.doubts] == ["unwrap/formula"]


@pytest.mark.parametrize(
    "lines", ["进 行 す る こ と が", "1 2 3 4 5 6 7 8", "a b c d e f g h", "甲 = 乙 + 丙 = 丁 +", "= = ="]
)
def test_what_is_no_formula(lines: str) -> None:
    assert shattered("开始\n" + lines.replace(" ", "\n") + "\n结束") == []
