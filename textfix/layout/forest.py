"""Boosted oblivious trees, evaluated for whole columns at once.

Every level of an oblivious tree asks one question of all its nodes, so a tree of depth d is d comparisons and a table
of 2^d values: a handful of array operations for a whole block of lines, whatever the number of trees.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .compiled import accumulator
from .groups import Places
from .shipped import shipped

#: Scores are kept in thousandths of a unit of log odds.
UNIT = 1000

#: What is compared at a time, lines times questions, so that it stays in the processor's cache; and lines at least.
_AT_ONCE, _LEAST = 1 << 17, 256


@dataclass(frozen=True)
class Stage:
    """Some trees of a forest, and the score beyond which the trees behind them are not asked.

    `feature` and `threshold` have a row a level and a column a tree, `leaves` a row a tree. What is settled here grows
    by so many thousandths, as it would on average with the other trees.
    """

    feature: npt.NDArray[np.uint32]
    threshold: npt.NDArray[np.int16]
    leaves: npt.NDArray[np.int16]
    enough: int
    grows: int

    @functools.cached_property
    def _tests(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int16], npt.NDArray[np.intp]]:
        """The different questions, each feature with its threshold, and which of them each level of each tree asks."""
        low = np.iinfo(np.int16).min
        keys = self.feature.astype(np.int64) * 0x10000 + self.threshold - low
        tests, place = np.unique(keys.ravel(), return_inverse=True)
        threshold = (tests % 0x10000 + low).astype(np.int16)
        return tests // 0x10000, threshold[:, None], place.reshape(self.feature.shape)

    @functools.cached_property
    def _pairs(self) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp], np.uint16]:
        """The leaves of two trees in one look-up: their sums by both answers, and where those of each pair begin.

        The trees of the second half are paired with those of the first; without a partner, with one that says nothing.
        """
        unit = np.min_scalar_type(-2 * int(np.abs(self.leaves.astype(np.int32)).max()))  # sixteen bits
        leaves = self.leaves.astype(unit)
        half, size = (len(leaves) + 1) // 2, leaves.shape[1]
        first, second = leaves[:half], np.zeros((half, size), unit)
        second[: len(leaves) - half] = leaves[half:]
        sums = second[:, :, None] + first[:, None, :]
        return sums.ravel(), (np.arange(half) * size * size)[:, None], np.uint16(size)

    def add(self, matrix: npt.NDArray[np.int16], rows: Places, total: npt.NDArray[np.int32]) -> None:
        """Add the leaf of every tree to the total of each line; *rows* of the matrix hold the features."""
        compiled = accumulator(matrix.shape[1])
        if compiled is not None:
            compiled(matrix, rows.astype(np.uint32)[self.feature], self.threshold, self.leaves, total)
        else:
            self._add(matrix, rows, total)

    def _add(self, matrix: npt.NDArray[np.int16], rows: Places, total: npt.NDArray[np.int32]) -> None:
        feature, threshold, place = self._tests
        asked = rows[feature]
        sums, offset, size = self._pairs
        trees, half = len(self.leaves), len(offset)
        block = max(_AT_ONCE // len(feature), _LEAST)
        for at in range(0, matrix.shape[1], block):
            answers = (matrix[:, at : at + block].take(asked, axis=0) > threshold).view(np.uint8)
            leaf = answers.take(place[-1], axis=0, mode="clip")  # any other mode buffers
            answer = np.empty_like(leaf)
            for level in range(len(place) - 2, -1, -1):
                leaf += leaf
                leaf |= answers.take(place[level], axis=0, out=answer, mode="clip")
            both = leaf[:half].astype(np.uint16)
            both[: trees - half] += np.multiply(leaf[half:], size, dtype=np.uint16)
            total[at : at + block] += sums.take(both + offset, mode="clip").sum(axis=0, dtype=np.int32)


@dataclass(frozen=True)
class Forest:
    """One round of the model: scores are log odds.

    Most lines are plain after the first few trees: the others are asked only about what these leave open.
    """

    features: list[str]
    stages: list[Stage]
    bias: int

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Forest:
        """Read a round as ``train.py`` writes it: one row a tree, levels as [feature, threshold] pairs, then leaves.

        ``stages`` has a row a stage: how many trees have been asked when it ends, beyond which score that is enough,
        and what such a score is multiplied by, since the trees that are not asked would have said the same.
        """
        trees = data["trees"]
        levels = np.array([tree["levels"] for tree in trees], np.int32)
        feature, threshold = levels[:, :, 0].T.astype(np.uint32), levels[:, :, 1].T.astype(np.int16)
        leaves = np.array([tree["leaves"] for tree in trees], np.int16)
        stages, begin = [], 0
        for end, enough, growth in [*data.get("stages", []), [len(trees), 0, 1]]:
            some = slice(begin, end)
            columns = feature[:, some].copy(), threshold[:, some].copy(), leaves[some]
            stages.append(Stage(*columns, round(enough * UNIT), round((growth - 1) * UNIT)))
            begin = end
        return cls(features=list(data["features"]), stages=stages, bias=int(data["bias"]))

    def score(self, matrix: npt.NDArray[np.int16], rows: Places) -> npt.NDArray[np.float32]:
        """Log odds for each column of a matrix, of which some rows hold the ``features``."""
        # Whole numbers add up to the same in any order: a document's scores do not depend on its batch.
        total = np.full(matrix.shape[1], self.bias, np.int32)
        left: Places | None = None  # all of them
        for stage in self.stages:
            score = total if left is None else total[left]
            stage.add(matrix if left is None else matrix.take(left, axis=1), rows, score)
            open_ = np.abs(score) <= stage.enough
            if stage.grows:
                score += np.where(open_, 0, score * stage.grows // UNIT)
            if left is not None:
                total[left] = score
            left = open_.nonzero()[0] if left is None else left[open_]
            if not len(left):
                break
        return total.astype(np.float32) / np.float32(UNIT)


@dataclass(frozen=True)
class Model:
    """Both rounds, the first score beyond which there is no second look, and the thresholds between which is doubt."""

    first: Forest
    second: Forest
    sure: float
    join_below: float
    join_below_stop: float
    join_below_latin_stop: float
    break_above: float
    data: dict[str, Any]


@functools.lru_cache(maxsize=1)
def model() -> Model:
    """The model that ships with the package."""
    return read_model(shipped("model.json").decode())


def read_model(text: str) -> Model:
    """A model from the text of its file."""
    data = json.loads(text)
    return Model(
        first=Forest.from_json(data["first"]),
        second=Forest.from_json(data["second"]),
        sure=float(data["sure"]),
        join_below=float(data["join_below"]),
        join_below_stop=float(data["join_below_stop"]),
        join_below_latin_stop=float(data["join_below_latin_stop"]),
        break_above=float(data["break_above"]),
        data=data,
    )
