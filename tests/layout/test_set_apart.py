"""Commands at a prompt, and items that count on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from textfix.layout.lines import Bools, Lines, lines_of
from textfix.layout.set_apart import commands, counting_on, titles


def _asked(rule: Callable[[Lines, Bools], Bools], *rows: str) -> list[int]:
    lines = lines_of(["\n".join(rows)])
    joined = np.arange(len(lines)) < len(lines) - 1
    return np.flatnonzero(rule(lines, joined)).tolist()


def _typed(lines: Lines, joined: Bools, p: float = 0.2) -> Bools:
    return commands(lines, np.full(len(lines), p, np.float32), joined)


@pytest.mark.parametrize(
    "command",
    ["$ ls -l", "# reboot", "vore$ dchroot unstable", "root@tjener:~# showmount -e nas", "#\tmake", "$ ./run"],
)
def test_a_command_stands_apart_from_both_sides(command: str) -> None:
    assert _asked(_typed, "You can use them", "like this", command, "and read on here") == [1, 2]


@pytest.mark.parametrize("line", ["$5 is the price", "100 % of it", "C# is a language", "cost 5$ each", "#!/bin/sh"])
def test_signs_in_text_are_no_prompt(line: str) -> None:
    assert _asked(_typed, "You can use them", line, "and read on here") == []


def test_the_first_and_the_last_line_may_be_commands() -> None:
    assert _asked(_typed, "$ ls", "and then", "$ pwd") == [0, 1]
    assert _asked(_typed, "$ ls") == []


@pytest.mark.parametrize("command", ["dpkg --merge-avail my_Packages", "cp login-local /bin/login", "sort < a.txt"])
def test_a_command_below_a_colon_stands_apart(command: str) -> None:
    assert _asked(_typed, "用下面的命令：", command, "然后按提示操作") == [0, 1]
    assert _asked(partial(_typed, p=0.05), "用下面的命令：", command, "然后按提示操作") == []
    assert _asked(_typed, "用下面的命令", command, "然后按提示操作") == []


@pytest.mark.parametrize("below", ["free software foundation", "dpkg --help。", "apt 的帮助 -h", "dpkg"])
def test_a_term_below_a_colon_may_go_on(below: str) -> None:
    assert _asked(_typed, "它的英文名是：", below, "然后") == []


def test_an_item_that_counts_on_begins_a_line() -> None:
    assert _asked(counting_on, "14、甲甲甲，", "15、乙乙乙，", "乙乙", "16、丙丙丙") == [0, 2]
    assert _asked(counting_on, "（4） of the system;", "（5） which lists") == [0]


def test_numbers_that_do_not_count_on_say_nothing() -> None:
    assert _asked(counting_on, "14、甲甲甲，", "16、乙乙乙") == []
    assert _asked(counting_on, "5.5 见 节", "5.6, 过滤框架") == []  # sections
    assert _asked(counting_on, "14、甲甲甲，", "15. 乙乙乙") == []  # another mark
    assert _asked(counting_on, "14、甲甲甲，", "15 个乙") == []


def test_another_document_counts_for_itself() -> None:
    lines = lines_of(["1、甲", "甲甲\n2、乙"])
    assert not counting_on(lines, np.array([False, True, False])).any()


@pytest.mark.parametrize("title", ["9.6.7. 挂载选项优化", "表格 2.17. dpkg 创建的重要文件", "Example 14.3. The file"])
def test_a_title_does_not_go_on_with_a_quotation(title: str) -> None:
    assert _asked(titles, title, "“/etc/fstab” 中有说明", "如下") == [0]


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("9.6.7. 挂载选项（", "“fstab”）"),
        ("9.6.7. 挂载", "选项优化"),
        ("在 9.6.7 节里的挂载", "“选项”说明"),
        ("3 月挂载", "“选项”"),
    ],
)
def test_other_titles_may_go_on(title: str, below: str) -> None:
    assert _asked(titles, title, below) == []
