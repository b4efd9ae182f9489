"""Lines as columns: offsets, widths and counters against a plain reading of the text."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents
from textfix.layout import classes as c
from textfix.layout import lines as module
from textfix.layout.cleaning import cleaned_lines
from textfix.layout.lines import Spans, lines_of
from textfix.layout.margins import _gap

BREAKS = "\n\v\f\u2028\u2029"


def plain_lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for at, char in enumerate(text + "\n"):
        if char in BREAKS:
            if any(c.class_table()[min(ord(ch), 0xFFFF)] != c.BLANK for ch in text[start:at]):
                spans.append((start, at))
            start = at + 1
    return spans


@given(documents)
def test_offsets_are_those_of_the_lines(text: str) -> None:
    lines = lines_of([text])
    spans = plain_lines(text)
    assert list(zip(lines.start.tolist(), lines.end.tolist())) == spans
    for first, last, (start, end) in zip(lines.first.tolist(), lines.last.tolist(), spans):
        assert start <= first < last <= end
        assert not text[start:first].strip(" \t\r\n\u3000\u00a0\u200b\ufeff\u00ad")
        assert not text[last:end].strip(" \t\r\n\u3000\u00a0\u200b\ufeff\u00ad")


def test_documents_do_not_see_each_other() -> None:
    texts = ["城西\n\n区", "", "  x", "𠀀😀\n"]
    batch = lines_of(texts)
    assert batch.doc.tolist() == [0, 0, 2, 3]
    assert batch.blanks_before.tolist() == [0, 1, 0, 0]
    alone = [lines_of([text]) for text in texts]
    for name in ("cells", "han", "indent", "letters"):
        assert getattr(batch, name).tolist() == [v for one in alone for v in getattr(one, name).tolist()]


@pytest.mark.parametrize("text", ["城西区", "abc", "，。", "ｶﾞ", "한국", "（“”）", "a。b", "2023年"])
def test_cells_are_east_asian_widths(text: str) -> None:
    assert lines_of([text]).cells[0] == sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)


#: Lines with blanks at both ends, blank lines among them.
_spaced = (
    st.lists(
        st.sampled_from(
            [
                "",
                "",
                "",
                "甲乙，",
                "丙",
                "a-",
                "b c",
                " ",
                "\u3000\u3000",
                "\t",
                "\u3000\u3000丁。",
                "戊 ",
                "\f",
                "\u2028",
                "\r",
            ]
        ),
        max_size=12,
    ).map("\n".join)
    | documents
)


def test_leading_white_space_is_measured_in_cells() -> None:
    assert lines_of(["\u3000\u3000甲\n\t乙\n  \t丙\n 丁"]).indent.tolist() == [4, 8, 8, 1]


def test_endless_lines_do_not_overflow() -> None:
    lines = lines_of(["，" * 70000 + "\n短"])
    assert lines.cells[0] == 8000
    assert np.all(lines.pauses >= 0)


def test_all_han_count_the_same() -> None:
    # The lines are summed by what is no Han: all that is counts as one character.
    han = c.class_table() == c.HAN
    for table in c.sum_tables():
        assert len(np.unique(table[han])) == 1


def test_characters_of_a_kind_count_the_same() -> None:
    kinds, tables = c.kinds()
    for own, table in zip(tables, (c.class_table(), *c.sum_tables())):
        assert np.array_equal(own[kinds], table)


@given(documents)
def test_codes_of_thirty_two_bits_say_the_same(text: str) -> None:
    one, both = lines_of([text]), lines_of([text, "😀"])
    count = len(one)
    assert both.codes.dtype == np.uint32
    for name in ("first", "last", "indent", "cells", "proportional", "balance"):
        assert np.array_equal(getattr(one, name), getattr(both, name)[:count])
    assert np.array_equal(one.head, both.head[:, :count])
    assert one.text(0, len(text)) == both.text(0, len(text)) == text


@given(documents)
def test_counters_do_not_depend_on_the_piece(text: str) -> None:
    whole = lines_of([text])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_AT_ONCE", 7)
        pieces = lines_of([text])
    assert all(np.array_equal(one, other) for one, other in zip(whole.sums, pieces.sums))
    assert np.array_equal(whole.balance, pieces.balance)


@given(st.lists(_spaced, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_cleaned_lines_are_the_lines_of_the_cleaned_text(texts: list[str], random: Random) -> None:
    lines = lines_of(texts)
    whole = "\n".join(texts)
    changes, gone = [], []
    at, hyphens, spaces = [], [], []
    for line in range(len(lines)):
        first = line == 0 or lines.doc[line] != lines.doc[line - 1]
        low = int(lines.base[lines.doc[line]] if first else lines.last[line - 1])
        if not first and random.random() < 0.4:
            hyphen = bool(lines.last[line - 1] - lines.first[line - 1] > 1) and random.random() < 0.2
            space = not hyphen and random.random() < 0.3
            at.append(line - 1)
            hyphens.append(hyphen)
            spaces.append(space)
            changes.append((low - hyphen, int(lines.first[line]), " " * space))
        elif random.random() < 0.7:
            gap = whole[low : lines.first[line]]
            gone += [(start, end) for start, end, _ in _gap(gap, low, trailing=not first, indent=random.random() < 0.7)]
    changes += [(start, end, "") for start, end in gone]
    where = np.zeros(len(texts), bool)
    cleaned = list(texts)
    for start, end, after in sorted(changes, reverse=True):
        doc = int(lines.base.searchsorted(start, "right")) - 1
        where[doc] = True
        start, end = start - int(lines.base[doc]), end - int(lines.base[doc])
        cleaned[doc] = cleaned[doc][:start] + after + cleaned[doc][end:]
    if not where.any():
        return
    expected = lines_of([text for text, wanted in zip(cleaned, where) if wanted])
    spans = Spans(*np.array(gone, np.int64).reshape(-1, 2).T)
    found = cleaned_lines(lines, np.array(at, np.intp), np.array(hyphens, bool), np.array(spaces, bool), spans, where)
    for name in (field.name for field in fields(expected) if field.name != "sums"):
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name
