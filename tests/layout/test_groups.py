"""Groups of lines: what neighbours, windows and sums are, against plain loops."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from textfix.layout.groups import Groups

_groups = st.lists(st.integers(1, 12), max_size=6)


def _cut(sizes: list[int]) -> np.ndarray:
    return np.array([line == 0 for size in sizes for line in range(size)], bool)


def _values(count: int) -> np.ndarray:
    return np.random.default_rng(count).integers(-500, 500, count).astype(np.int16)


def _neighbour(sizes: list[int], values: np.ndarray, line: int, by: int, fill: int) -> int:
    group = np.repeat(np.arange(len(sizes)), sizes)
    inside = 0 <= line + by < len(values) and group[line + by] == group[line]
    return int(values[line + by]) if inside else fill


@given(_groups, st.sampled_from([-14, -3, -2, -1, 1, 2, 3, 14]))
def test_shifted_columns_are_those_of_neighbours(sizes: list[int], by: int) -> None:
    values = _values(sum(sizes))
    groups = Groups(_cut(sizes))
    expected = [_neighbour(sizes, values, line, by, -7) for line in range(len(values))]
    assert groups.shifted(values, by, -7).tolist() == expected
    both = groups.shifted(np.array((values, values)), by, np.array([[-7], [-8]]))
    assert both[0].tolist() == expected


@given(_groups, st.integers(1, 8))
def test_the_highest_is_looked_for_inside_the_group(sizes: list[int], reach: int) -> None:
    values = _values(sum(sizes))
    above, below = Groups(_cut(sizes)).highest(values, reach, -999)
    steps = range(1, reach + 1)
    for line in range(len(values)):
        assert above[line] == max(_neighbour(sizes, values, line, -step, -999) for step in steps)
        assert below[line] == max(_neighbour(sizes, values, line, step, -999) for step in steps)


@given(_groups)
def test_what_is_known_of_a_group(sizes: list[int]) -> None:
    values = _values(sum(sizes))
    groups = Groups(_cut(sizes))
    ends = np.cumsum(sizes).astype(int)
    assert len(groups) == len(sizes)
    assert groups.sums(values).tolist() == [
        int(values[end - size : end].sum()) for size, end in zip(sizes, ends.tolist())
    ]
    assert groups.spread(np.array(sizes, int)).tolist() == [size for size in sizes for _ in range(size)]
    low, high = groups.window(2, 3)
    for line in range(len(values)):
        assert low[line] == max(line - 2, groups.begin[line])
        assert high[line] == min(line + 3, groups.end[line]) + 1
