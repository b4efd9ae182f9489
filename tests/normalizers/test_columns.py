"""Laws of columns: what can be seen moves and nothing else happens to it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textfix import Pipeline
from textfix.contracts import Contract
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers import Columns

APART = Columns()
ONE = "城西区推进铸牢中华民族共同体意识示范市建设，创建石榴籽家园五十六个，坚持宗教中国化方向，依法加强宗教事务管理，"
TWO = "建成启用区级电信网络犯罪一体化打防平台，有效保护人民群众财产安全，严格落实安全生产责任，全年没有发生重大事故，"


def cut(text: str, measure: int, lines: int) -> list[str]:
    text *= 1 + measure * lines // len(text)
    return [text[at * measure : (at + 1) * measure] for at in range(lines)]


def beside(left: list[str], right: list[str], gutter: int) -> str:
    width = max(map(len, left)) + gutter
    return "\n".join(a.ljust(width) + b for a, b in zip(left, right))


@given(st.integers(8, 24), st.integers(8, 30), st.integers(2, 9))
@settings(max_examples=60)
def test_columns_of_prose_are_read_one_after_the_other(measure: int, lines: int, gutter: int) -> None:
    left, right = cut(ONE, measure, lines), cut(TWO, measure, lines)
    result = APART.explain(beside(left, right, gutter))
    assert result.text == "\n".join([*left, *right])
    assert not result.refusals
    assert APART(result.text) is result.text
    assert result.edits.invert().apply() == result.source


CELLS = st.text(alphabet="城西区推进铸牢中华 ，。a1", max_size=14)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=6, max_size=24), st.integers(12, 20))
@settings(max_examples=200)
def test_nothing_that_can_be_seen_is_lost(rows: list[list[str]], width: int) -> None:
    text = "\n".join("".join(cell.ljust(width) for cell in row).rstrip() for row in rows)
    result = APART.explain(text)
    assert not result.refusals
    assert Counter("".join(result.text.split())) == Counter("".join(text.split()))
    assert APART(result.text) is result.text


def test_a_page_with_something_to_leave_alone_stays_whole() -> None:
    text = beside(cut(ONE, 12, 10), cut(TWO, 12, 10), 4)
    assert APART(text) != text
    protected = Pipeline([APART], protect=["一体化打防平台"])
    result = protected.explain(text)
    assert result.text == text
    assert not result.refusals


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 2, "", "x")],  # what goes must come
        [(3, 3, "\n新", "x")],  # what comes must have gone
        [(0, 2, "", "x"), (7, 7, "\n城西", "x")],  # on its own page
        [(0, 2, "西城", "x")],  # as it was
    ],
)
def test_the_contract(rows: list[tuple[int, int, str, str]]) -> None:
    text = "城西  区\f工作年"
    contract: Contract = Columns.contract
    edits = Edits.of(text, rows)
    assert len(list(contract.violations(Document(text), edits))) == len(rows)
