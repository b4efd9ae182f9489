"""What stands between two joined lines."""

from __future__ import annotations

import numpy as np
import pytest

from textfix.layout.joining import DROP_HYPHEN, NOTHING, SPACE, joints
from textfix.layout.lines import lines_of


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        ("城西", "区", NOTHING),
        ("カタ", "カナ", NOTHING),
        ("说：", "“好", NOTHING),
        ("他说“", "hello", NOTHING),
        ("two", "words", SPACE),
        ("한국", "사람", SPACE),
        ("end.", "“Next one", SPACE),
        ("said “hi”", "and left", SPACE),
        ("in", "2022 it", SPACE),
        ("增长10", "5.3%的", NOTHING),
        ("第 1", "2 條", NOTHING),
        ("数据", "Linux", NOTHING),
        ("Linux", "系统", NOTHING),
        ("word —", "next", NOTHING),
        ("http://x.org/doc/", "guide", NOTHING),
        ("for exam-", "ple we", DROP_HYPHEN),
        ("a well-", "known fact", NOTHING),
        ("years 2022-", "2023", NOTHING),
        ("the Anglo-", "Saxon one", NOTHING),
    ],
)
def test_joint(above: str, below: str, wanted: int) -> None:
    assert joints(lines_of([f"{above}\n{below}"]), np.array([0])).tolist() == [wanted]


def test_the_vocabulary_of_the_document_decides_on_hyphens() -> None:
    joined = "A discussion of the cross-section.\nThis dis-\ncussion of cross-\nsection data"
    assert joints(lines_of([joined]), np.array([1, 2])).tolist() == [DROP_HYPHEN, NOTHING]


def test_a_document_that_parts_han_and_latin_keeps_them_apart() -> None:
    habit = "使用 Linux 系统，安装 GNU 工具，运行 Bash 脚本，打开 Vim 编辑，配置 SSH 服务。"
    text = f"{habit}\n打开终端并启动\nDebian 系统"
    assert joints(lines_of([text]), np.array([1])).tolist() == [SPACE]
