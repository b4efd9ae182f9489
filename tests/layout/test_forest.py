"""Scoring by array operations and by the loop that numba compiles: the same integers, and the same in every batch."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textfix.layout import compiled
from textfix.layout.forest import Stage, model

_FOREST = model().first
_ROWS = np.arange(len(_FOREST.features))


def _matrix(seed: int, lines: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-500, 500, (len(_FOREST.features), lines)).astype(np.int16)


def _looped(stage: Stage, matrix: np.ndarray, accumulate: compiled.Accumulate) -> list[int]:
    total = np.zeros(matrix.shape[1], np.int32)
    accumulate(matrix, stage.feature, stage.threshold, stage.leaves, total)
    return total.tolist()


def _arrayed(stage: Stage, matrix: np.ndarray) -> list[int]:
    total = np.zeros(matrix.shape[1], np.int32)
    stage._add(matrix, _ROWS, total)
    return total.tolist()


@settings(max_examples=10)
@given(st.integers(0, 2**32 - 1), st.integers(0, 3))
def test_the_loop_is_equal_to_the_arrays(seed: int, lines: int) -> None:
    matrix = _matrix(seed, lines)
    assert _looped(_FOREST.stages[0], matrix, compiled.accumulate) == _arrayed(_FOREST.stages[0], matrix)


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="needs numba")
def test_compiled_it_is_equal_too() -> None:
    accumulate = compiled._compiled()
    assert accumulate is not None
    for lines in (1, 511, 512, 513, 2000):
        matrix = _matrix(lines, lines)
        assert _looped(_FOREST.stages[0], matrix, accumulate) == _arrayed(_FOREST.stages[0], matrix)


def test_numba_is_loaded_only_where_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_counter", compiled._Counter())
    assert compiled.accumulator(1000) is None


def test_scores_do_not_depend_on_the_batch() -> None:
    matrix = _matrix(1, 1500)
    whole = _FOREST.score(matrix, _ROWS)
    assert np.array_equal(whole[700:], _FOREST.score(np.ascontiguousarray(matrix[:, 700:]), _ROWS))


def test_later_trees_are_asked_only_about_what_is_open() -> None:
    forest = model().first
    matrix = np.random.default_rng(2).integers(-500, 500, (len(forest.features), 600)).astype(np.int16)
    for line, score in enumerate(forest.score(matrix, _ROWS).tolist()):
        total = np.full(1, forest.bias, np.int32)
        for stage in forest.stages:
            stage._add(matrix[:, line : line + 1], _ROWS, total)
            if abs(int(total[0])) > stage.enough:
                total += total * stage.grows // 1000
                break
        assert score == pytest.approx(int(total[0]) / 1000)
    assert len(forest.stages) > 1


def test_features_may_lie_anywhere() -> None:
    matrix = _matrix(3, 300)
    order = np.random.default_rng(3).permutation(len(matrix))
    assert np.array_equal(_FOREST.score(matrix, _ROWS), _FOREST.score(matrix[order], np.argsort(order)))
