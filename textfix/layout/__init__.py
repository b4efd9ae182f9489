"""The typesetting model: which line breaks of a dump are wraps, and what its blocks are.

A dump is the shadow of a typeset page. The lines are measured, every break is scored by learned trees over columns of
what typesetting leaves behind (fill against the local measure, lost indents, marks, words cut, blank lines), and what
the score cannot decide is a doubt.

>>> from textfix.layout import measure
>>> page = measure("本报记者 张国静\\n\\n城西区推进铸牢中华民族共同体意识示范市建设。")
>>> page.kinds(), page.joins()
(['byline', 'paragraph'], ([], [], []))
"""

from __future__ import annotations

from .decide import BREAK, DOUBT, JOIN
from .page import Batch, Layout, measure, measure_many

__all__ = ["BREAK", "DOUBT", "JOIN", "Batch", "Layout", "measure", "measure_many"]
