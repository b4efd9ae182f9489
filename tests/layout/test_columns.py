"""Columns of single lines: how wide a word is, and what a line begins like."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from textfix.layout.classes import CELL  # noqa: E402
from textfix.layout.columns import _unit, first_columns  # noqa: E402
from textfix.layout.lines import lines_of  # noqa: E402


@pytest.mark.parametrize(("reading", "cells"), [(0, 6), (1, 6), (2, 6), (3, 3.75), (4, 3.75)])
def test_a_word_is_as_wide_as_the_reading_of_its_document_has_it(reading, cells):
    lines = lines_of(["little by little"])
    unit, _ = _unit(lines, np.full(1, reading, np.int16))
    assert unit.tolist() == [pytest.approx(cells * CELL, abs=1)]


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("表 2.1 端口一览", 10),
        ("图3、系统结构", 10),
        ("例15.2 头文件", 10),
        ("图书馆今天开放", 0),
        ("表决通过", 0),
        ("第3章 安装", 7),
    ],
)
def test_captions_are_a_shape_of_their_own(line, shape):
    assert first_columns(lines_of([line])).rows["shape_a"].tolist() == [shape]
