"""Result: provenance through several stages, doubts, blocks, pages, the diff."""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents, edits_of
from textfix import PRESETS, Pipeline
from textfix.contracts import deletes
from textfix.diff import unified_diff
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


@pytest.mark.parametrize("span", [(-1, 0), (0, 9), (3, 2), (9, 9), (-2, -1)])
def test_spans_outside_the_text_are_refused(span: tuple[int, int]) -> None:
    result = PIPELINE.explain("城\n西区工作X年")
    with pytest.raises(ValueError, match=r"is not in the source \(0:8\)"):
        result.clean_span(*span)
    with pytest.raises(ValueError, match=r"is not in the clean text \(0:7\)"):
        result.source_span(*span)


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


_LINES = st.text(alphabet="ab\n\n\r\f", max_size=24)


@given(st.data(), st.sampled_from([0, 1, 3]))
def test_diff_applies(data: st.DataObject, context: int) -> None:
    """A strict reading of the diff, as `patch` reads it, gives the edited text."""
    edits = data.draw(edits_of(data.draw(_LINES), alphabet="ab\n"))
    diff = list(unified_diff(edits, context=context))
    assert _patched(edits.source, diff) == edits.apply()


@pytest.mark.parametrize("text", ["", "城西", "城\n西", "城\n西\n", "\n\n城"])
def test_diff_of_nothing_is_empty(text: str) -> None:
    assert Pipeline([]).explain(text).diff() == ""


def test_coloured_diff_marks_the_characters_that_changed() -> None:
    diff = Pipeline([Drop("作")]).explain("工作\n城").diff(color=True)
    assert "工\x1b[7m作\x1b[27m" in diff
    assert re.sub(r"\x1b\[\d+m", "", diff) == Pipeline([Drop("作")]).explain("工作\n城").diff()


@pytest.mark.parametrize("preset", PRESETS)
def test_results_pickle(preset: str) -> None:
    result = Pipeline.preset(preset).explain(
        "城西区推进铸牢\n中华民族共同体\n意识示范，建设\n创建石榴籽家园\n56个,好。\n\n本报讯"
    )
    again = pickle.loads(pickle.dumps(result))
    assert (again.text, again.edits, again.blocks) == (result.text, result.edits, result.blocks)


def test_a_form_feed_behind_the_last_page_begins_no_other() -> None:
    pages = Pipeline([]).explain("城西\f区工\f").pages
    assert [page.number for page in pages] == [1, 2]


def _patched(text: str, diff: list[str]) -> str:
    """Apply a unified diff by the book: every line, count and missing final newline must be as it says."""
    source = _kept_lines(text)
    output: list[str] = []
    position = 0
    index = 2
    while index < len(diff):
        header = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", diff[index])
        assert header, diff[index]
        start, count, to_start, to_count = (int(value) if value is not None else 1 for value in header.groups())
        begin = start - (count > 0)
        output += source[position:begin]
        assert len(output) == to_start - (to_count > 0)
        position = begin
        index += 1
        before: list[str] = []
        after: list[str] = []
        while index < len(diff) and not diff[index].startswith("@@ "):
            sign, line = diff[index][0], diff[index][1:]
            ended = "\n"
            if index + 1 < len(diff) and diff[index + 1].startswith("\\"):
                ended = ""
                index += 1
            if sign in " -":
                before.append(line + ended)
            if sign in " +":
                after.append(line + ended)
            index += 1
        assert (len(before), len(after)) == (count, to_count)
        assert source[position : position + count] == before
        position += count
        output += after
    return "".join(output + source[position:])


def _kept_lines(text: str) -> list[str]:
    """Split at line feeds alone."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
