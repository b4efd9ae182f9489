"""Blanks that were left where a line was broken."""

from __future__ import annotations

import numpy as np

from textfix.layout.left_over import broken_at_kept_blanks
from textfix.layout.lines import lines_of

#: Two lines that run on at a blank, and the last of their paragraph, which has none.
PARAGRAPH = ["the first line of what is said here ", "the second one, where a sentence ends. ", "and the last."]


def _asked(rows: list[str], p: list[float], joined: list[int], *, gap: str = "\n") -> list[int]:
    lines = lines_of([gap.join(rows)])
    decided = np.zeros(len(lines), bool)
    decided[joined] = True
    return np.flatnonzero(broken_at_kept_blanks(lines, np.array(p, np.float32), decided)).tolist()


def test_what_has_a_blank_behind_it_runs_on_where_most_does() -> None:
    p = [0.01, 0.5, 0.99] * 5
    joined = [0, 3, 4, 6, 7, 9, 10, 12, 13]
    running = [3 * k + at for k in range(5) for at in (0, 1)]
    assert _asked(PARAGRAPH * 5, p, joined) == running
    assert _asked(PARAGRAPH * 5, [0.01, 0.95, 0.99] * 5, joined[::2]) == []  # the trees are sure
    assert _asked(PARAGRAPH * 5, p, joined[::2]) == []  # few were joined
    assert _asked(PARAGRAPH * 3, p[:9], joined[:5]) == []  # there are few


def test_between_two_scripts_a_blank_says_more_than_the_trees() -> None:
    rows = ["한 문장은 여기서 끝납니다. ", "stable ", "패키지는 오래되었습니다."] * 5
    joined = [at for at in range(14) if at % 3 == 1 or at in (0, 3, 6)]
    assert _asked(rows, [0.96, 0.1, 0.99] * 5, joined) == [at for at in range(14) if at % 3 != 2]
    # of one script, they are where paragraphs end
    rows = ["한 문장은 여기서 끝납니다. ", "다른 문장도 ", "여기서 끝납니다."] * 5
    assert _asked(rows, [0.96, 0.1, 0.99] * 5, joined) == []


def test_who_leaves_a_blank_behind_every_line_says_nothing() -> None:
    padded = [row.rstrip() + " " for row in PARAGRAPH * 5]
    assert _asked(padded, [0.01, 0.5, 0.99] * 5, list(range(12))) == []


def test_nothing_is_said_across_blank_lines() -> None:
    assert _asked(PARAGRAPH * 5, [0.01, 0.5, 0.99] * 5, list(range(12)), gap="\n\n") == []


def test_a_rule_below_a_heading_goes_on_with_nothing() -> None:
    rows = [*PARAGRAPH * 5, "Heading ", "=======", "and text."]
    p = [0.01, 0.5, 0.99] * 5 + [0.5, 0.99, 0.99]
    assert 15 not in _asked(rows, p, [0, 1, 3, 4, 6, 7, 9, 10, 12, 13])


def test_documents_are_judged_apart() -> None:
    lines = lines_of(["\n".join(PARAGRAPH * 5), "one line \nanother"])
    p = np.array([0.01, 0.5, 0.99] * 5 + [0.5, 0.99], np.float32)
    found = broken_at_kept_blanks(lines, p, np.arange(len(lines)) < 14)
    assert found[lines.doc == 0].any()
    assert not found[lines.doc == 1].any()
