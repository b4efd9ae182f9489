"""Documents of very many lines are looked at section by section."""

from __future__ import annotations

import numpy as np
import pytest

from textfix.layout import decide as module
from textfix.layout.lines import lines_of

PAGE = """城西区推进铸牢中华民族共同体
意识示范市建设，创建石榴籽家园56
个。坚持宗教中国化方向，依法加强宗
教事务管理。建成启用区级电信网络犯
罪一体化打防平台，有效保护群众“钱袋
子”。
"""


def test_sections_are_whole_bounded_and_look_beyond_their_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PART", 20)
    monkeypatch.setattr(module, "_BEYOND", 4)
    lines = lines_of([PAGE * 7, PAGE, PAGE * 2])
    parts = list(module._parts(lines))
    # Forty-two lines are three sections of fourteen.
    assert [(np.bincount(part.doc).tolist(), asked.start, asked.stop) for part, asked in parts] == [
        ([18], 0, 14),
        ([22], 4, 18),
        ([18, 6], 4, 24),
        ([12], 0, 12),
    ]
    for part, _ in parts:
        assert "".join(map(chr, part.codes[part.first[0] : part.last[0]])) in PAGE


def test_paragraphs_go_on_across_the_edges_of_sections() -> None:
    page = PAGE * 3000
    joined = module.decide([page])
    assert np.array_equal(joined.decision, module.decide([PAGE]).decision.tolist() * 3000)


def test_a_document_is_judged_as_in_any_other_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PART", 20)
    together = module.decide([PAGE * 30, PAGE, PAGE * 5])
    for number, text in enumerate([PAGE * 30, PAGE, PAGE * 5]):
        alone = module.decide([text])
        assert together.decision[together.lines.doc == number].tolist() == alone.decision.tolist()
