"""Paragraphs that go on behind a footnote or a caption.

The two halves are not brought together: that would move text. Where they are is for a reader to see.
"""

from __future__ import annotations

from typing import NamedTuple

from textfix.patterns import pattern

from .decide import JOIN
from .notes import SHORT_OF_FULL, note_or_caption
from .page import Layout, measure

__all__ = ["Bridge", "bridges"]

_ENDED = pattern("[。！？!?.：:；;…—][”」』”’\"')）》】]*$")
_RUNS_ON = pattern("[a-zß-öø-ÿ\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3，。、；：！？）」』”’》]")
# What is measured around a bridge, and how sure the join must be.
_WINDOW = 2000
_SURE = 0.25
# So many lines at most lie between.
_BETWEEN = 12


class Bridge(NamedTuple):
    """What lies between the two halves of a paragraph: from the end of the one to the start of the other."""

    start: int
    end: int
    evidence: str


def bridges(layout: Layout) -> list[Bridge]:
    """Find paragraphs that go on behind notes or captions.

    >>> from textfix.layout import measure
    >>> page = '''城西区推进铸牢中华民族共同体意识示范市
    ... 建设，创建石榴籽家园五十六个，依法加强
    ... 宗教事务管理。建成启用区级电信网络犯罪
    ... ① 见《年鉴》第三章。
    ... 一体化打防平台，有效保护群众的财产安全，
    ... 更好地将矛盾纠纷化解在基层。'''
    >>> [page[bridge.start : bridge.end].strip() for bridge in bridges(measure(page))]
    ['① 见《年鉴》第三章。']
    """
    text = layout.text
    marked = layout.marked
    if not marked:
        return []
    starts, ends = layout.first, layout.last
    feeds = layout.start[marked] - 1
    lines = {
        line: kind for line, feed in zip(marked, feeds.tolist()) if feed >= 0 and (kind := note_or_caption(text, feed))
    }
    found: list[Bridge] = []
    behind = 0
    for line, kind in sorted(lines.items()):
        if line < max(behind, 1) or (line in lines and line - 1 in lines):
            continue
        behind = line + 1
        while behind < len(layout) and (layout.decision[behind - 1] == JOIN or behind in lines):
            behind += 1
        near = behind < min(len(layout), line + _BETWEEN)
        if near and layout.decision[line - 1] != JOIN and _goes_on(layout, line, behind):
            evidence = f"the paragraph above goes on behind a {kind}"
            found.append(Bridge(int(ends[line - 1]), int(starts[behind]), evidence))
    return found


def _goes_on(layout: Layout, line: int, behind: int) -> bool:
    """Say whether the line above would be joined to the one behind if nothing lay between them."""
    end, start = int(layout.last[line - 1]), int(layout.start[behind])
    above, below = layout.text[max(end - _WINDOW, 0) : end], layout.text[start : start + _WINDOW]
    full = layout.width[line - 1] >= layout.measure[line - 1] - SHORT_OF_FULL
    if not full or _ENDED.search(above[-8:]) or not _RUNS_ON.match(below):
        return False
    together = measure(f"{above}\n{below}")
    at = int(together.last.searchsorted(len(above)))
    return bool(together.decision[at] == JOIN and together.p_break[at] < _SURE)
