"""Result: provenance through several stages, doubts, blocks, pages, the diff."""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass

import pytest
from hypothesis import given

from tests.strategies import documents
from textfix import Pipeline
from textfix.contracts import deletes
from textfix.document import Document
from textfix.normalizers import Editor, Normalizer
from textfix.result import Span


@dataclass(frozen=True)
class Drop(Normalizer):
    """Drops some characters."""

    name = "drop"
    contract = deletes("the characters it was told to", lambda before: True)
    characters: str = "\n"

    def propose(self, document: Document, editor: Editor) -> None:
        for match in re.finditer(f"[{re.escape(self.characters)}]+", document.text):
            editor.delete(match.start(), match.end(), "some")
        for match in re.finditer("X", document.text):
            editor.doubt(match.start(), match.end(), "unknown", "an X may be anything")


@dataclass(frozen=True)
class Double(Normalizer):
    """Writes every 区 twice, once."""

    name = "double"

    def propose(self, document: Document, editor: Editor) -> None:
        for match in re.finditer("(?<!区)区(?!区)", document.text):
            editor.insert(match.end(), "区", "twice")
        editor.segment(lambda: [Span("paragraph", 0, len(document.text))])


PIPELINE = Pipeline([Drop("\n"), Double(), Drop("作")])


def test_offsets_map_through_all_stages() -> None:
    result = PIPELINE.explain("城\n西区工作X年")
    assert result.text == "城西区区工X年"
    assert result.source_span(0, 2) == (0, 3)
    assert result.source_span(3, 4) == (4, 4)  # the inserted 区 came from nowhere
    assert result.clean_span(0, 4) == (0, 3)
    assert result.clean_span(5, 6) == (5, 5)  # 作 is gone
    assert [(doubt.start, doubt.text, doubt.reason) for doubt in result.doubts] == [(6, "X", "drop/unknown")] * 2
    assert [(block.kind, block.text) for block in result.blocks] == [("paragraph", "城西区区工X年")]


def test_pages_are_counted_by_form_feeds() -> None:
    result = Pipeline([Drop("\n\f")]).explain("城西\n\f区工\f作")
    assert result.text == "城西区工作"
    assert [(page.number, page.start) for page in result.pages] == [(1, 0), (2, 2), (3, 4)]


def test_summary_counts_by_reason() -> None:
    summary = PIPELINE.explain("城\n西区\n工作X").summary()
    assert summary.edits == {"drop/some": 3, "double/twice": 1}
    assert "drop/some" in str(summary)
    assert str(PIPELINE.explain("").summary()) == "nothing to repair"


def test_select_takes_a_prefix_of_the_reason() -> None:
    result = PIPELINE.explain("城\n西区工\n年作X区\n")
    assert [edit.reason for edit in result.select("double")] == ["double/twice", "drop/some+double/twice"]
    assert len(result.select("drop")) == 4
    assert result.select("dro") == []


@given(documents)
def test_fused_edits_lead_from_source_to_clean_text_and_back(text: str) -> None:
    result = PIPELINE.explain(text)
    assert result.edits.source is text
    assert result.edits.apply() == result.text
    assert result.edits.invert().apply() == text


@given(documents)
def test_diff_applies(text: str) -> None:
    result = PIPELINE.explain(text)
    assert _patched(text, result.diff(context=1)) == result.text


@pytest.mark.parametrize("text", ["", "城西", "城\n西", "城\n西\n", "\n\n城"])
def test_diff_of_nothing_is_empty(text: str) -> None:
    assert Pipeline([]).explain(text).diff() == ""


def test_coloured_diff_marks_the_characters_that_changed() -> None:
    diff = Pipeline([Drop("作")]).explain("工作\n城").diff(color=True)
    assert "工\x1b[7m作\x1b[27m" in diff
    assert re.sub(r"\x1b\[\d+m", "", diff) == Pipeline([Drop("作")]).explain("工作\n城").diff()


def test_results_pickle_without_stages_that_hold_functions() -> None:
    result = Pipeline([Drop("\n")]).explain("城\n西")
    again = pickle.loads(pickle.dumps(result))
    assert again.text == "城西"
    assert again.edits == result.edits


def _patched(text: str, diff: str) -> str:
    """Apply a unified diff, by the book."""
    lines = text.split("\n")
    final = lines[-1] == ""
    if final:
        lines.pop()
    output: list[str] = []
    position = 0
    no_newline = not final
    rows = diff.split("\n") if diff else []
    for index, row in enumerate(rows[2:], 2):
        if row.startswith("@@"):
            start, count = re.match(r"@@ -(\d+)(?:,(\d+))?", row).groups()  # type: ignore[union-attr]
            begin = int(start) - (count != "0")
            output += lines[position:begin]
            position = begin
        elif row.startswith("\\"):
            if rows[index - 1][0] in "+ ":
                no_newline = True
        else:
            if row[0] in " -":
                assert lines[position] == row[1:]
                position += 1
                if row[0] == "-" and position == len(lines) and not final:
                    no_newline = False
            if row[0] in " +":
                output.append(row[1:])
    rest = lines[position:]
    output += rest
    return "\n".join(output) + ("" if no_newline or not output else "\n")
