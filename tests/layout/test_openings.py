"""Sentences that begin with what goes on from the one before."""

from __future__ import annotations

import numpy as np
import pytest

from textfix.layout.lines import lines_of
from textfix.layout.openings import going_on


def _asked(text: str) -> list[bool]:
    lines = lines_of([text])
    return going_on(lines, np.ones(len(lines), bool)).tolist()


GOES_ON = (
    "但没有人来。",
    "他们走了。",
    "其中有三人。",
    "因為下雨。",
    "しかし来ない。",
    "これは本だ。",
    "그러나 왔다.",
    "그는 갔다.",
)
OPENS = (
    "这是新的一章。",
    "其他问题",
    "其余各项",
    "その他の問題",
    "この章では",
    "그림 3 인구",
    "이 프로그램은",
    "Theory",
    "This is",
)


@pytest.mark.parametrize("below", [*GOES_ON, "However, nobody came.", "They left."])
def test_it_has_something_before_it(below: str) -> None:
    assert _asked("会议在下午开始。\n" + below) == [True, False]


@pytest.mark.parametrize("below", [*OPENS, "Itemized lists"])
def test_words_that_open_paragraphs_or_only_look_alike(below: str) -> None:
    assert _asked("会议在下午开始。\n" + below) == [False, False]


def test_the_last_line_is_above_nothing() -> None:
    assert _asked("但") == [False]
