"""Directives in the text: what they hold back, what they are, and which of them are of no use."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import documents
from textfix import PRESETS, Pipeline
from textfix.document import Document
from textfix.markup.ignores import directives, unused
from textfix.normalizers import Editor, Normalizer

DOCS = Pipeline.preset("docs")

LINE = "甲方已经同意,乙方没有反对"
CLEAN = LINE.replace(",", "，")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("L textfix: ignore\nL", "L textfix: ignore\nC"),
        ("L <!-- textfix: ignore -->\nL", "L <!-- textfix: ignore -->\nC"),
        ("L  # textfix:ignore\nL", "L  # textfix:ignore\nC"),
        ("L // textfix: ignore[punctuation] -- a reason\nL", "L // textfix: ignore[punctuation] -- a reason\nC"),
        ("L /* textfix: ignore[overlay, punctuation] */\nL", "L /* textfix: ignore[overlay, punctuation] */\nC"),
        ("L textfix: ignore[overlay]\nL", "C textfix: ignore[overlay]\nC"),
        ("L textfix: ignore[]\nL", "C textfix: ignore[]\nC"),
        ("# textfix: ignore-next-line\nL\nL", "# textfix: ignore-next-line\nL\nC"),
        ("L\ntextfix: ignore-next-line", "C\ntextfix: ignore-next-line"),
        ("L\n<!--textfix: off-->\nL\nL\n<!--textfix: on-->\nL", "C\n<!--textfix: off-->\nL\nL\n<!--textfix: on-->\nC"),
        ("L\ntextfix: off[overlay]\nL", "C\ntextfix: off[overlay]\nC"),
        ("L\ntextfix: off\nL\ntextfix: off\nL", "C\ntextfix: off\nL\ntextfix: off\nL"),
        ("L\n# textfix: ignore-file\nL", "L\n# textfix: ignore-file\nL"),
        ("L\ntextfix: off\nL\n# textfix: ignore-file", "L\ntextfix: off\nL\n# textfix: ignore-file"),
        ("Ltextfix: ignore\nL", "Ltextfix: ignore\nC"),
        ("L\n# textfix: ignore-file[overlay]\nL", "C\n# textfix: ignore-file[overlay]\nC"),
        # No directives: prose about them, code that shows them, other words.
        ("L `textfix: ignore`\nL", "C `textfix: ignore`\nC"),
        ("L\nuse textfix: off the shelf\nL", "C\nuse textfix: off the shelf\nC"),
        ("L\nmytextfix: off\nL", "C\nmytextfix: off\nC"),
    ],
)  # fmt: skip
def test_what_is_held_back(text: str, clean: str) -> None:
    assert DOCS(text.replace("L", LINE)) == clean.replace("L", LINE).replace("C", CLEAN)


class _Join(Normalizer):
    """Takes every line break away, and what stands around it."""

    name = "join"

    def propose(self, document: Document, editor: Editor) -> None:
        for match in re.finditer(r"\s*\n\s*", document.text):
            editor.delete(*match.span(), "all")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("a\nb textfix: ignore\nc\nd", "a\nb textfix: ignore\ncd"),
        ("a\nb textfix: ignore[overlay]\n\nc\nd", "a\nb textfix: ignore[overlay]\n\ncd"),
        ("a\nb\n# textfix: ignore-next-line\nc\nd\ne", "ab\n# textfix: ignore-next-line\nc\nde"),
        ("a\nb\n# textfix: ignore-next-line[overlay]\nc\nd\ne", "ab\n# textfix: ignore-next-line[overlay]\nc\nde"),
        ("a\nb\ntextfix: off\nc\n\nd\ntextfix: on\ne\nf", "ab\ntextfix: off\nc\n\nd\ntextfix: on\nef"),
        ("a\nb\ntextfix: off[overlay]\nc\nd", "ab\ntextfix: off[overlay]\nc\nd"),
        ("a\nb\ntextfix: ignore-file[overlay]\nc\nd", "ab\ntextfix: ignore-file[overlay]\ncd"),
        ("a\nb\ntextfix: ignore-file\nc\nd", "a\nb\ntextfix: ignore-file\nc\nd"),
    ],
)
def test_a_join_does_not_cross_an_ignored_line(text: str, joined: str) -> None:
    assert _Join()(text) == joined


@pytest.mark.parametrize("ignored", [0, 1])
def test_pairs_are_left_whole(ignored: int) -> None:
    lines = ['大家都说,他说"你好，我们来了', '世界"。大家都很高兴。']
    assert '"' not in DOCS("\n".join(lines))
    lines[ignored] += " textfix: ignore"
    assert DOCS("\n".join(lines)).count('"') == 2


def test_line_ends_of_an_ignored_line_follow_the_file() -> None:
    assert DOCS(f"{LINE} textfix: ignore\r\n{LINE}\r\n") == f"{LINE} textfix: ignore\n{CLEAN}\n"


def test_doubts_are_held_back_too() -> None:
    assert DOCS.explain("锟斤拷烫烫烫 textfix: ignore").doubts == []


def _unused(text: str, pipeline: Pipeline = DOCS) -> list[tuple[str, str]]:
    result = pipeline.explain(text)
    return [(text[row.start : row.end], why) for row, why in unused(text, result.spared, pipeline.names)]


def test_directives_of_no_use_are_found() -> None:
    nothing = "there is nothing here for it to hold back"
    assert _unused(f"{LINE} textfix: ignore") == []
    assert _unused(f"{CLEAN} textfix: ignore") == [("textfix: ignore", nothing)]
    assert _unused(f"{LINE} <!-- textfix: ignore[invisible] -->") == [("<!-- textfix: ignore[invisible] -->", nothing)]
    assert _unused(f"{CLEAN} textfix: ignore[unwrap]") == []  # docs does not join lines; who does may need it
    for reason, evidence in (
        ("punctation", "unknown normalizer 'punctation'; did you mean 'punctuation'?"),
        ("punctuation/widht", "unknown reason 'punctuation/widht'; did you mean 'punctuation/width'?"),
    ):
        assert _unused(f"{LINE} textfix: ignore[{reason}]") == [(f"textfix: ignore[{reason}]", evidence)]
    assert _unused(f"textfix: on\n{LINE}") == [("textfix: on", "nothing is off here")]
    assert _unused(f"textfix: off\n{LINE}\ntextfix: on\n") == []
    assert _unused(f"{CLEAN}\ntextfix: ignore-file\n") == [("textfix: ignore-file", nothing)]


def test_text_without_the_word_pays_one_look() -> None:
    document = Document(LINE)
    assert directives(document) == []
    assert Pipeline.preset("docs").explain(LINE).spared == []


@pytest.mark.parametrize("text", ["textfix: off\n", "甲,乙 textfix: ignore[x]\n", "# # # textfix:", "textfix: ignore["])
def test_many_directives_are_linear(text: str) -> None:
    """Quadratic work would take minutes here."""
    result = DOCS.explain(text * 20_000 + "甲,乙")
    assert len(list(unused(result.source, result.spared, DOCS.names))) >= 0


DIRECTIVES = [
    "textfix: ignore", "# textfix: ignore[punctuation]", "<!-- textfix: ignore-next-line -->",
    "textfix: ignore[unwrap]", "// textfix: off", "textfix: on", "textfix: off[spacing]",
    "textfix: ignore-file[overlay]",
]  # fmt: skip
marked = st.lists(st.tuples(documents, st.sampled_from(DIRECTIVES), st.sampled_from("\n ")), min_size=1, max_size=3)


@pytest.mark.parametrize("preset", PRESETS)
def test_laws_hold_with_directives(preset: str) -> None:
    pipeline = Pipeline.preset(preset)

    @given(marked)
    @example([("", "textfix: on", "\n")])
    def laws(pieces: list[tuple[str, str, str]]) -> None:
        text = "\n".join(f"{body}{gap}{directive}" for body, directive, gap in pieces)
        result = pipeline.explain(text)
        assert not result.refusals
        assert pipeline(result.text) is result.text
        assert result.edits.apply() == result.text
        # Directives stay themselves, in their order, each on a line of its own.
        written = [(row.kind, row.reasons) for row in directives(Document(text))]
        assert [(row.kind, row.reasons) for row in directives(Document(result.text))] == written

    laws()


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_off_or_protected_comes_out_as_it_was(preset: str) -> None:
    pipeline = Pipeline.preset(preset).protect("⟦[^⟧]*⟧")

    @given(documents, documents, documents)
    def law(before: str, inside: str, after: str) -> None:
        kept = "⟦" + inside.replace("⟦", "").replace("⟧", "") + "⟧"
        off = f"textfix: off\n{inside}\ntextfix: on"
        for text, whole in ((f"{before}{kept}{after}", kept), (f"{before}\n{off}\n{after}", off)):
            result = pipeline.explain(text)
            assert whole in result.text
            assert pipeline(result.text) is result.text

    law()
