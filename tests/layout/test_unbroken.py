"""Pages whose lines were broken at blanks alone."""

from __future__ import annotations

import numpy as np

from textfix import clean
from textfix.layout.columns import first_columns
from textfix.layout.lines import lines_of
from textfix.layout.unbroken import left_for_the_next

_SENTENCES = (
    "读者在家里用 Firefox 就能查到全部藏书的位置和数量，不必再到大厅里翻那些用了三十多年的卡片柜了。",
    "旧的数据保存在手工录入的 MARC 记录里，其中有不少字段的格式前后并不一致，迁移之前要逐条核对才能放心。",
    "服务器安装在机房里几台装了 Debian 系统的机器上，每天夜里自动备份一次，备份的文件送到另一座楼里保存起来。",
    "馆藏的老报纸全部扫描成 PDF 文档，研究地方史的读者能够按照人名和地名检索，这项工作预计三年之内完成。",
)
_PAGE = ["".join(_SENTENCES[n:] + _SENTENCES[:n]) for n in range(4)]


def _cells(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def _filled(text: str, measure: int, *, at_blanks: bool) -> list[str]:
    """Lines of a text, broken at blanks where there are any, or at any character."""
    lines = [""]
    for run in text.split(" "):
        if lines[-1] and (not at_blanks or _cells(f"{lines[-1]} {run}") <= measure):
            lines[-1] += " "
        elif lines[-1]:
            lines.append("")
        for char in run:
            if _cells(lines[-1] + char) > measure:
                lines.append("")
            lines[-1] += char
    return [line.strip() for line in lines]


def _page(*, at_blanks: bool) -> str:
    return "\n".join(line for text in _PAGE for line in _filled(text, 36, at_blanks=at_blanks))


def test_runs_between_blanks_are_what_has_room() -> None:
    page = _page(at_blanks=True)
    assert first_columns(lines_of([page])).unbroken.short.any()
    # Where a sentence ends with its full line, a break may be left.
    assert clean(page).replace("\n", "") == "".join(_PAGE)


def test_lines_of_han_that_are_full_have_none() -> None:
    unbroken = first_columns(lines_of([_page(at_blanks=False)])).unbroken
    assert not any(column.any() for column in unbroken)


def test_each_document_is_told_by_itself() -> None:
    texts = [_page(at_blanks=False), _page(at_blanks=True), "一行\n另一行"]
    lines = lines_of(texts)
    assert set(lines.doc[first_columns(lines).unbroken.short].tolist()) == {1}


def test_room_for_what_follows_makes_a_join_a_doubt() -> None:
    lines = lines_of(["\n".join("行" * 20)])
    short = joined = np.ones(20, bool)
    fitting = np.arange(20) < 2
    assert left_for_the_next(lines, short, fitting, joined).tolist() == fitting.tolist()
    # Where many lines were cut into pieces, room says nothing.
    assert not left_for_the_next(lines, short, np.arange(20) < 8, joined).any()
