"""Does a word run across a line break? Evidence from counted character pairs and triples.

The table holds logarithms of counts, hashed, with one check byte an entry; characters are folded to Simplified forms
first, so one table serves Simplified, Traditional and Japanese text. It is built from word lists and segmented prose by
``benchmarks/layout_model/words.py``, which also writes down what it was built from.
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .shipped import shipped

Keys = npt.NDArray[np.uint32]
Steps = npt.NDArray[np.int8]

#: Logarithms are kept in eighths of a nat.
STEP = 8
#: The count of what was never seen, in steps, and what it stands for.
_UNSEEN = -128
_VALUES = (np.arange(_UNSEEN, 128, dtype=np.float32) / STEP).astype(np.float32)
_VALUES[0] = -0.7
_MULTIPLIERS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D))


def pair_key(a: Keys, b: Keys) -> Keys:
    """Hash of two neighbouring characters."""
    return _mix(a * _MULTIPLIERS[0] ^ b * _MULTIPLIERS[1])


def triple_key(a: Keys, b: Keys, c: Keys) -> Keys:
    """Hash of three neighbouring characters."""
    return _mix((a * _MULTIPLIERS[0] ^ b * _MULTIPLIERS[1]) * np.uint32(31) ^ c * _MULTIPLIERS[2])


def _mix(key: Keys) -> Keys:
    key = key ^ (key >> np.uint32(15))
    key = key * np.uint32(0x2C1B3C6D)
    return key ^ (key >> np.uint32(13))


@dataclass(frozen=True)
class Words:
    """Counts folded into small tables; all look-ups take whole columns."""

    fold: npt.NDArray[np.uint16]
    single: npt.NDArray[np.int8]
    begins: npt.NDArray[np.int8]
    ends: npt.NDArray[np.int8]
    check: npt.NDArray[np.uint8]
    count: npt.NDArray[np.int8]
    begin_check: npt.NDArray[np.uint8]
    begin_pair: npt.NDArray[np.int8]
    total: float

    @functools.cached_property
    def _entries(self) -> npt.NDArray[np.uint16]:
        """Check and count of each slot side by side: one look-up, not two."""
        entries: npt.NDArray[np.uint16] = self.check.astype(np.uint16) << np.uint16(8)
        entries |= self.count.view(np.uint8)
        return entries

    def _count(self, key: Keys) -> npt.NDArray[np.int8]:
        """Logarithm of the count behind each key, in steps; _UNSEEN where there is none."""
        entry = self._entries.take(key >> np.uint32(32 - (len(self.count).bit_length() - 1)), mode="clip")
        hit = (entry >> 8).astype(np.uint8) == key.astype(np.uint8)
        return np.where(hit, entry.astype(np.uint8).view(np.int8), np.int8(_UNSEEN))

    @functools.cached_property
    def _chance(self) -> npt.NDArray[np.float32]:
        """What is expected of two that stand together by chance, by their counts in steps, both from _UNSEEN up."""
        total = np.float32(np.log(self.total))
        expected = _VALUES[:, None] + _VALUES[None, :] - total
        chance: npt.NDArray[np.float32] = np.logaddexp(expected, np.float32(0.0)).ravel()
        return chance

    def folded(self, index: npt.NDArray[np.uint16]) -> Keys:
        """Fold characters (as table indices) to the forms that were counted."""
        return self.fold[index].astype(np.uint32)

    def evidence(self, a2: Keys, a1: Keys, b1: Keys, b2: Keys) -> npt.NDArray[np.float32]:
        """How much likelier than chance the four characters stand together: the pair, then both triples, in nats."""
        keys = pair_key(a1, b1), triple_key(a2, a1, b1), triple_key(a1, b1, b2), pair_key(a2, a1), pair_key(b1, b2)
        *seen, before, behind = self._count(np.array(keys))
        one, two = self.single.take(a1, mode="clip"), self.single.take(b1, mode="clip")
        return self._beyond(np.array(seen), np.array((one, before, behind)), np.array((two, two, one)))

    def _beyond(self, seen: Steps, one: Steps, two: Steps) -> npt.NDArray[np.float32]:
        """How much more often something was seen than by chance, in nats; all counts in steps."""
        place = (one.astype(np.intp) - _UNSEEN) * 256 + two - _UNSEEN
        return _VALUES.take(seen.astype(np.intp) - _UNSEEN) - self._chance.take(place, mode="clip")

    def pairs(self, a: Keys, b: Keys) -> npt.NDArray[np.float32]:
        """The first of `evidence` alone: how much likelier than chance two characters stand together, in nats."""
        return self._beyond(self._count(pair_key(a, b)), self.single[a], self.single[b])

    def beginning(self, b1: Keys, b2: Keys) -> npt.NDArray[np.int8]:
        """Log odds that a paragraph begins with these two characters, in eighths of a nat."""
        key = pair_key(b1, b2)
        slot = key >> np.uint32(32 - (len(self.begin_pair).bit_length() - 1))
        hit = self.begin_check[slot] == (key & np.uint32(0xFF)).astype(np.uint8)
        return np.where(hit, self.begin_pair[slot], self.begins[b1])

    def ending(self, a1: Keys) -> npt.NDArray[np.int8]:
        """Log odds that a paragraph or heading ends with this character, in eighths of a nat."""
        return self.ends[a1]


@functools.lru_cache(maxsize=1)
def words() -> Words:
    """The table that ships with the package."""
    data = shipped("words.npz")
    with np.load(io.BytesIO(data)) as z:

        def dense(name: str) -> npt.NDArray[np.int8]:
            out = np.zeros(0x10000, np.int8)
            out[z[name + "_at"]] = z[name]
            return out

        fold = np.arange(0x10000, dtype=np.uint16)
        fold[z["fold_from"]] = z["fold_to"]
        return Words(
            fold=fold,
            single=dense("single"),
            begins=dense("begins"),
            ends=dense("ends"),
            check=z["check"],
            count=z["count"],
            begin_check=z["begin_check"],
            begin_pair=z["begin_pair"],
            total=float(z["total"]),
        )
