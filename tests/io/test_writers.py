"""Writers: JSON Lines and Markdown, from blocks."""

from __future__ import annotations

import json

import pytest

from textfix.edits import Edits
from textfix.io.writers import render
from textfix.result import Result, Span, Stage

SOURCE = "标题\n城西\n区1*2\n• 项\n甲\n乙\na|b\n12\n"
TEXT = "标题\n城西区1*2\n• 项\n甲\n乙\na|b\n12\n"
SPANS = [
    Span("heading", 0, 2), Span("paragraph", 3, 9, 0.9), Span("item", 10, 13), Span("verse", 14, 17),
    Span("table", 18, 21), Span("furniture", 22, 24),
]  # fmt: skip


@pytest.fixture
def result() -> Result:
    edits = Edits.of(SOURCE, [(5, 6, "", "unwrap/join")])
    return Result(SOURCE, TEXT, [Stage("unwrap", edits)], lambda text: SPANS)


def test_json_lines(result: Result) -> None:
    rows = [json.loads(line) for line in render(result, "jsonl", source="a.txt").splitlines()]
    assert rows[1] == {
        "source": "a.txt", "kind": "paragraph", "text": "城西区1*2", "start": 3, "end": 9,
        "source_start": 3, "source_end": 10, "score": 0.9,
    }  # fmt: skip
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]


def test_markdown(result: Result) -> None:
    expected = "## 标题\n\n城西区1\\*2\n\n- 项\n\n甲\\\n乙\n\n```\na|b\n```\n"
    assert render(result, "markdown", source="a.txt") == expected
    assert "城西区1*2" in render(result, "markdown", source="a.md", markup="markdown")


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("# 一", "\\# 一"),
        ("> 一", "\\> 一"),
        ("- 一", "\\- 一"),
        ("-5度", "-5度"),
        ("1. 一", "1\\. 一"),
        ("1.5倍", "1.5倍"),
        ("2022. ", "2022\\."),
        ("a_b 和 _c_", "a_b 和 \\_c\\_"),
        ("[1]<b>`x`", "\\[1]\\<b>\\`x\\`"),
        ("A&B&amp;", "A&B\\&amp;"),
        ("C:\\x", "C:\\\\x"),
        ("====", "\\===="),
    ],
)
def test_markdown_escapes_what_would_be_markup(line: str, escaped: str) -> None:
    result = Result(line, line, [], lambda text: [Span("paragraph", 0, len(text))])
    assert render(result, "markdown", source="a.txt") == escaped + "\n"


def test_separator(result: Result) -> None:
    assert render(result, "text", source="a.txt", separator="\n\n").startswith("标题\n\n城西区1*2\n\n• 项")
    assert render(result, "text", source="a.txt") == TEXT


def test_nothing_is_nothing() -> None:
    empty = Result("", "", [], lambda text: [])
    for form in ("text", "jsonl", "markdown"):
        assert render(empty, form, source="a.txt") == ""
