"""The laws that every normalizer and every preset keeps, on text of every kind."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given

from tests.strategies import documents
from textfix import PRESETS, Pipeline
from textfix.document import Document
from textfix.normalizers import CATALOGUE

ALONE = {name: Pipeline([normalizer()]) for name, normalizer in CATALOGUE.items()}
TOGETHER = {f"preset {name}": Pipeline.preset(name) for name in PRESETS}


def _seen(text: str) -> str:
    return "".join(character for character in text if character.isprintable() and not character.isspace())


# One function for all laws: drawing and cleaning the text is what costs.
@pytest.mark.parametrize("name", [*ALONE, *TOGETHER])
def test_laws(name: str) -> None:
    pipeline = {**ALONE, **TOGETHER}[name]

    @given(documents)
    def laws(text: str) -> None:
        result = pipeline.explain(text)
        # Contracts hold on every edit.
        assert not result.refusals
        for stage in result.stages:
            contract = pipeline[stage.normalizer].contract
            assert not list(contract.violations(Document(stage.edits.source), stage.edits))
            assert all(reason.startswith(stage.normalizer + "/") for reason in stage.edits.reasons)
        # Nothing to do gives the same object; once is enough.
        if not result.edits:
            assert result.text is text
        assert pipeline(result.text) is result.text
        # Provenance leads there and back.
        assert result.edits.apply() == result.text
        assert result.edits.invert().apply() == text
        ends = [result.source_span(offset, offset + 1) for offset in range(len(result.text))]
        assert ends == sorted(ends)
        # Blocks are all that can be seen, in order.
        between = 0
        for block in result.blocks:
            assert not _seen(result.text[between : block.start])
            assert between <= block.start < block.end
            between = block.end
        assert not _seen(result.text[between:])

    laws()


@pytest.mark.parametrize("name", CATALOGUE)
def test_one_pass_of_a_normalizer_is_enough(name: str) -> None:
    """The engine settles what is left over; a single normalizer must leave nothing over."""
    pipeline = ALONE[name]

    @given(documents)
    def law(text: str) -> None:
        assert len(pipeline.explain(text).stages) <= 1

    law()


@pytest.mark.parametrize("name", [*ALONE, *TOGETHER])
def test_pickling_changes_nothing(name: str) -> None:
    pipeline = {**ALONE, **TOGETHER}[name]
    text = "城西区 工作\n年２０２３，\n本 报 讯"
    again = pickle.loads(pickle.dumps(pipeline))
    assert again == pipeline
    assert again(text) == pipeline(text)
