"""Documents that part their paragraphs by blank lines."""

from __future__ import annotations

import numpy as np

from textfix.layout.lines import lines_of
from textfix.layout.spaced import parted_by_blank_lines

#: A sentence ends with the first line, the second, where the paragraph does, and a blank line follows.
PARAGRAPH = "这一句在这里结束了。\n另一句也在这里结束。\n\n"


def _asked(text: str, p: list[float]) -> list[int]:
    lines = lines_of([text])
    found = parted_by_blank_lines(lines, np.array(p, np.float32), np.ones(len(lines), bool))
    return np.flatnonzero(found).tolist()


def test_no_paragraph_ends_without_a_blank_line() -> None:
    tight = [2 * k for k in range(12)]
    assert _asked(PARAGRAPH * 12, [0.3, 0.99] * 12) == [*tight, 23]
    assert _asked(PARAGRAPH * 9, [0.3, 0.99] * 9) == []  # there are few


def test_paragraphs_that_end_without_one_as_well() -> None:
    assert _asked(PARAGRAPH * 12, [0.99, 0.99] * 12) == []
    assert _asked(PARAGRAPH.replace("\n\n", "\n") * 12, [0.3, 0.99] * 12) == []
