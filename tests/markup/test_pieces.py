"""Markdown read in pieces is what the parser makes of the whole."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("markdown_it")

from textfix.document import Document
from textfix.markup.commonmark import Piece, Row
from textfix.markup.markdown import same_structure, untouchable
from textfix.markup.pieces import Known
from textfix.markup.spans import Spans

LINES = (
    *(
        "甲,乙",
        "abc 甲",
        "“甲”",
        "甲 ",
        "甲  ",
        "甲\\",
        "　甲",
        "`码`",
        "*甲*",
        "~~甲~~",
        "a<b",
        "&nbsp;",
        "![图](a)",
        "[x]",
    ),
    *("- `码`", "- **甲** 乙", "* *甲*", "- 3 甲", "1. 1", "2022 年", "# 2.1 题", "# 题 #", "'甲'", "__甲__", "~~~甲"),
    *("# 题", "- 项", "-", "1. 项", "2) 项", "* * *", "***", "---", "===", "> 引", ">", "> - 项", "|甲|乙|", "|-|-|"),
    *("```", "```py", "~~~", "    码", "\t码", "  续", "<div>", "</div>", "<!-- 甲", "-->", "<pre>", "</pre>", "<?a"),
    *(
        "?>",
        "<!A",
        "[x]: a.md '题",
        "题'",
        "[x]: b.md",
        "[^1]: 注",
        "- ```",
        "  ```",
        "> ```",
        "- <!--",
        "\f",
        "\u2028",
    ),
    *("- " * 60 + "深", "\t" * 30 + "- 深", "", "", "", "", " ", "\t"),
)


def _whole(text: str, known: Known) -> tuple[list[tuple[int, int]], list[Row]]:
    """The whole text read as one piece."""
    piece, references = Piece(text), known.cut(text).references
    return piece.literal(references), piece.rows(references)


def _in_pieces(text: str, known: Known) -> tuple[list[tuple[int, int]], list[Row]]:
    pieces = known.cut(text)
    literal: list[tuple[int, int]] = []
    rows: list[Row] = []
    above = 0
    for number, start in enumerate(pieces.bounds[:-1]):
        literal += [(start + low, start + high) for low, high in pieces.literal(number)]
        rows += [(row, lines and (lines[0] + above, lines[1] + above)) for row, lines in pieces.rows(number)]
        above = text.count("\n", 0, pieces.bounds[number + 1])
    return literal, rows


TEXTS = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)


@given(text=TEXTS)
@example("```\n\n甲\n\n```\n\n乙")
@example("<!--\n\n甲\n\n-->\n\n乙\n\n<pre>\n\n丙")
@example("- 甲\n\n- 乙\n\n丙\n\n- 丁")
@example("[x]\n\n- [x]: a.md\n\n[x]: b.md")
@example("- " * 60 + "\n\n甲\n\n乙")
def test_pieces_are_read_as_the_whole_is(text: str) -> None:
    known = Known()
    assert _in_pieces(text, known) == _whole(text, known)


@given(text=TEXTS)
def test_what_is_found_on_demand_is_what_is_found_at_once(text: str) -> None:
    lazy = untouchable(Document(text, markup="markdown"))
    whole = Spans(list(untouchable(Document(text, markup="markdown"))))
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        assert lazy.within(start, end) == whole.within(start, end)
        assert [lazy.around(at) for at in range(start, end)] == [whole.around(at) for at in range(start, end)]
        start = end + 1


@pytest.mark.parametrize(
    "unit", ["::: 甲,乙\n\n{甲,乙}\n", "```\n甲,乙\n```\n\n", "- 甲,乙\n\n", "<!--\n\n甲,乙\n\n-->\n\n"]
)
def test_on_demand_takes_linear_time(unit: str) -> None:
    text = unit * 5_000
    lazy = untouchable(Document(text, markup="markdown"))
    assert [lazy.around(at) for at in range(0, len(text), 7)]


@given(text=TEXTS, other=TEXTS)
def test_structure_is_compared_as_if_nothing_had_been_read(text: str, other: str) -> None:
    known = Known()
    for after in (text.replace("甲", "戊"), text.replace("\n\n\n", "\n\n"), text + "\n\n" + other, other):
        assert same_structure(text, after, known) == same_structure(text, after)


@pytest.mark.parametrize("text", ["\n" * 200_000, "甲\n" + " \n" * 200_000, "甲\n" + "\n" * 200_000 + "    码"])
def test_many_blank_lines_are_linear(text: str) -> None:
    """Quadratic work would take minutes here."""
    began = time.perf_counter()
    assert Known().cut(text).bounds == [0, len(text)]
    assert time.perf_counter() - began < 5
