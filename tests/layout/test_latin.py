"""Words at a line break: what binds, what opens a sentence, and what is part of a name."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from textfix.layout.columns import first_columns  # noqa: E402
from textfix.layout.latin import latin_rows  # noqa: E402
from textfix.layout.lines import lines_of  # noqa: E402


@pytest.mark.parametrize(
    ("line", "ending", "beginning"),
    [
        ("that of the", 3, 3),
        ("The end of IT", 2, 6),
        ("However, it is", 3, 5),
        ("packages are built", 1, 1),
        ("foo/in", 1, 1),  # a path, no preposition
        ("plug-in", 1, 1),
        ("if-then", 1, 1),
        ("extraordinarily", 1, 1),
        ("中文 of", 3, 0),
        ("the 中文", 0, 3),
        ("1. the list", 1, 0),
        ("一行", 0, 0),
        ("패키지를", 3, 0),
        ("배포판", 1, 0),
        ("있습니다.", 0, 0),
    ],
)
def test_words_at_the_edges_of_a_line(line, ending, beginning):
    found = latin_rows(lines_of([line]))
    assert [int(column[0]) for column in found] == [ending, beginning]


def test_the_word_below_belongs_to_the_boundary_above():
    rows = first_columns(lines_of(["a list of\nThe packages", "the"])).rows
    assert rows["latin_end"].tolist() == [3, 1, 3]
    assert rows["latin_start"].tolist() == [6, 0, 0]


def test_words_are_told_alike_wherever_their_line_stands():
    alone = [latin_rows(lines_of([line])) for line in ("of the", "", "x\nto be")]
    together = latin_rows(lines_of(["of the", "", "x\nto be"]))
    for column, parts in zip(together, zip(*alone)):
        assert np.array_equal(column, np.concatenate(parts))
