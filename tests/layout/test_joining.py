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


KOREAN = """우리는 시스템 관리를 배우고 문서를 쓰며 또 다른 사용자를 위해 시스
템 관리를 설명한다. 이 안내서는 관리자를 위한 것이며 모든 문서
를 포함한다. 그리고 다른 사용자를 위해 이 안내서를 쓰는 관리
자를 위한 것이고 또 시스템 관리를 하는 사용
자를 위한 것이다."""


def test_korean_set_syllable_by_syllable() -> None:
    assert joints(lines_of([KOREAN]), np.arange(4)).tolist() == [NOTHING, NOTHING, NOTHING, NOTHING]


def test_korean_set_word_by_word() -> None:
    text = KOREAN.replace("\n", "")
    words = text.split(" ")
    wrapped = "\n".join(" ".join(words[at : at + 5]) for at in range(0, len(words), 5))
    count = wrapped.count("\n")
    assert joints(lines_of([wrapped]), np.arange(count)).tolist() == [SPACE] * count


def test_latin_words_cut_in_a_column_of_han() -> None:
    text = "使用 Debian system 系统，这个 Debian system 很好，安装 De\nbian 的 sys\ntem 以后重新启动"
    assert joints(lines_of([text]), np.arange(2)).tolist() == [NOTHING, NOTHING]
    words = "我们有 log 文件和 login 命令，请用 login 命令，然后 log\nin 再看 log 文件，然后 set\nup 完成 setup 过程吧"
    assert joints(lines_of([words]), np.arange(2)).tolist() == [SPACE, SPACE]
