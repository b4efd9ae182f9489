"""Dumps that end a line at every change of script."""

from __future__ import annotations

import numpy as np

from textfix.layout.joining import NOTHING, SPACE, joints
from textfix.layout.lines import lines_of
from textfix.layout.switches import changes_font, run_on

CUT = "尤其是\nRichard Stallman\n所推广，\n因此\nDebian\n系统使用\nLinux\n的软件包。\n" * 4


def _asked(text: str, p: float, joined: list[int]) -> list[int]:
    lines = lines_of([text])
    decided = np.zeros(len(lines), bool)
    decided[joined] = True
    return np.flatnonzero(run_on(lines, np.full(len(lines), p, np.float32), decided)).tolist()


def test_what_is_open_between_scripts_runs_on_where_most_does() -> None:
    changes = [8 * k + at for k in range(4) for at in (0, 1, 3, 4, 5, 6)]
    joined = changes[:15]
    assert _asked(CUT, 0.8, joined) == changes
    assert _asked(CUT, 0.95, joined) == []  # the trees are sure
    assert _asked(CUT, 0.8, joined[:9]) == []  # few were joined
    assert _asked(CUT[: len(CUT) // 2], 0.8, changes[:12]) == []  # there are few


def test_a_bracket_is_in_the_font_of_what_it_closes() -> None:
    text = CUT + "用\nsed(1)\n修改。\nsed(1)\n"
    changes = [8 * k + at for k in range(4) for at in (0, 1, 3, 4, 5, 6)]
    assert _asked(text, 0.8, changes[:20]) == [*changes, 32, 33]  # a stop ends a sentence, whatever follows


def test_fonts_change_at_marks_of_either_width_and_at_blanks_that_were_kept() -> None:
    lines = lines_of(["是，\nLinux\n。另\n一个 \n字（\n（1\n)"])
    assert changes_font(lines).tolist() == [True, True, False, True, False, False, False]


def test_documents_are_judged_apart() -> None:
    lines = lines_of([CUT, "Debian", "系统"])
    found = run_on(lines, np.full(len(lines), 0.5, np.float32), np.ones(len(lines), bool))
    assert not found[lines.doc > 0].any()


RUNS = (
    "데비안 프로젝트는 \nFSF\n와는 별개이지만, \nGNU\n라는 이름을 씁니다. 커널은 \nLinux\n이고 사람들이\n"
    "쓰는 \nshell\n은 \nbash\n입니다. 많은 사람이\n좋아합니다.\n"
)


def test_runs_of_sentences_show_where_lines_end() -> None:
    # Nothing was joined, but no change of script is left inside lines, and sentences end inside them.
    assert _asked(RUNS * 3, 0.8, []) == [13 * k + at for k in range(3) for at in (0, 1, 2, 3, 4, 5, 7, 8, 9, 10)]


def test_lines_and_their_translations_do_not() -> None:
    turns = "我们今天去看海\nWe go to see the sea today\n他说，好的\nHe said, fine\n" * 9
    glossary = "API\n应用程序接口。程序之间的约定。\nGPU\n图形处理器。画面由它计算。\n" * 9
    mixed = "数据用 JSON 保存。见文档\nREADME\n说明。用 make 编译。运行\nmake test\n测试。\n" * 9
    # No stop ends what a term means, but it fills lines of its own.
    terms = "API\n应用程序接口。程序之间的约定，\n规定怎样调用\nGPU\n图形处理器。画面由它来计算，\n也能做别的\n" * 9
    for text in (turns, glossary, mixed, terms):
        assert _asked(text, 0.8, []) == []


def test_blanks_at_line_ends_tell_where_a_particle_belongs() -> None:
    lines = lines_of([RUNS * 3])
    at = np.array([13 * k + change for k in range(3) for change in (0, 1, 2, 3, 7, 8)])
    assert joints(lines, at).tolist() == [SPACE, NOTHING] * 9
    # Where no line ends in a blank, a word ends with its line.
    assert joints(lines_of([RUNS.replace(" \n", "\n") * 3]), at).tolist() == [SPACE] * 18
