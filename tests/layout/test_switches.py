"""Dumps that end a line at every change of script."""

from __future__ import annotations

import numpy as np

from textfix.layout.lines import lines_of
from textfix.layout.switches import run_on

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


def test_documents_are_judged_apart() -> None:
    lines = lines_of([CUT, "Debian", "系统"])
    found = run_on(lines, np.full(len(lines), 0.5, np.float32), np.ones(len(lines), bool))
    assert not found[lines.doc > 0].any()
