"""Confusables: laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix.normalizers import Confusables


@given(st.text(st.sampled_from("0125OolI|Zz○〇一二九年月日号元人%,.”“（） 中a"), max_size=24))
def test_one_pass_is_enough(text: str) -> None:
    result = Confusables().explain(text)
    assert not result.refusals
    assert Confusables()(result.text) is result.text
    assert result.edits.invert().apply() == text


@given(st.integers(1000, 2099), st.integers(1, 12), st.integers(1, 31))
def test_dates_come_back(year: int, month: int, day: int) -> None:
    date = f"{year}年{month}月{day}日"
    assert Confusables()(date) is date
    garbled = f"{year}年{month}月{day}日".translate(str.maketrans("0", "O"))
    if sum(map(str.isdigit, garbled[:4])) >= 2:
        assert Confusables()(garbled) == date


@pytest.mark.parametrize("unit", ["O", "l0", "一一", "○", "1O", "二○", "年", "0.O"])
def test_time_is_linear(unit: str) -> None:
    Confusables()(unit * 50_000)
