"""Boosted oblivious trees, evaluated for whole columns at once.

Every level of an oblivious tree asks one question of all its nodes, so a tree of depth d is d comparisons and a table
of 2^d values: a handful of array operations for a whole block of lines, whatever the number of trees.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .compiled import accumulator

#: Scores are kept in thousandths of a unit of log odds.
UNIT = 1000

#: Lines scored at a time, so that what is compared for all trees stays in the processor's cache.
_BLOCK = 512


@dataclass(frozen=True)
class Forest:
    """One round of the model: scores are log odds.

    `feature` and `threshold` have a row a level and a column a tree, `leaves` a row a tree.
    """

    features: list[str]
    feature: npt.NDArray[np.uint32]
    threshold: npt.NDArray[np.int16]
    leaves: npt.NDArray[np.int16]
    bias: int

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Forest:
        """Read a round as ``train.py`` writes it: one row a tree, levels as [feature, threshold] pairs, then leaves."""
        trees = data["trees"]
        feature = np.array([[level[0] for level in tree["levels"]] for tree in trees], np.uint32)
        threshold = np.array([[level[1] for level in tree["levels"]] for tree in trees], np.int16)
        return cls(
            features=list(data["features"]),
            feature=feature.T.copy(),
            threshold=threshold.T.copy(),
            leaves=np.array([tree["leaves"] for tree in trees], np.int16),
            bias=int(data["bias"]),
        )

    def score(self, matrix: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
        """Log odds for each column of a matrix whose rows are ``features``."""
        total = np.zeros(matrix.shape[1], np.int32)
        accumulate = accumulator(matrix.shape[1])
        if accumulate is not None:
            accumulate(matrix, self.feature, self.threshold, self.leaves, total)
        else:
            self._accumulate(matrix, total)
        # Whole numbers add up to the same in any order: a document's scores do not depend on its batch.
        return (total + self.bias).astype(np.float32) / np.float32(UNIT)

    def _accumulate(self, matrix: npt.NDArray[np.int16], total: npt.NDArray[np.int32]) -> None:
        """Add the leaf of every tree to the total of each line."""
        flat = self.leaves.ravel()
        offset = (np.arange(len(self.leaves)) * self.leaves.shape[1])[:, None]
        limits = self.threshold[:, :, None]
        for at in range(0, matrix.shape[1], _BLOCK):
            part = matrix[:, at : at + _BLOCK]
            leaf = (part[self.feature[-1]] > limits[-1]).view(np.uint8)
            for level in range(len(self.feature) - 2, -1, -1):
                leaf += leaf
                leaf |= (part[self.feature[level]] > limits[level]).view(np.uint8)
            found = flat.take(np.add(leaf, offset, dtype=np.intp), mode="clip")  # any other mode buffers
            total[at : at + _BLOCK] += found.sum(axis=0, dtype=np.int32)


@dataclass(frozen=True)
class Model:
    """Both rounds, the first score beyond which there is no second look, and the thresholds between which is doubt."""

    first: Forest
    second: Forest
    sure: float
    join_below: float
    join_below_stop: float
    break_above: float
    data: dict[str, Any]


@functools.lru_cache(maxsize=1)
def model() -> Model:
    """The model that ships with the package."""
    return read_model(importlib.resources.files(__package__).joinpath("model.json").read_text("utf-8"))


def read_model(text: str) -> Model:
    """A model from the text of its file."""
    data = json.loads(text)
    return Model(
        first=Forest.from_json(data["first"]),
        second=Forest.from_json(data["second"]),
        sure=float(data["sure"]),
        join_below=float(data["join_below"]),
        join_below_stop=float(data["join_below_stop"]),
        break_above=float(data["break_above"]),
        data=data,
    )
