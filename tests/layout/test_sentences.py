"""How many sentences paragraphs have."""

from __future__ import annotations

import numpy as np

from textfix.layout.groups import Groups
from textfix.layout.lines import lines_of
from textfix.layout.sentences import sentence_rows, sentences_inside


def test_sentences_that_go_on_inside_a_line_are_counted() -> None:
    text = "一句。两句！三\n四句。\n他说：“是。”\nOne here. Two v1.2 there, e.g. so. Not\n입니다. 그래서 합니다.\n无"
    assert sentences_inside(lines_of([text])).tolist() == [2, 0, 0, 2, 1, 0]


def test_documents_of_a_batch_are_counted_apart() -> None:
    texts = ["一句。二\nIt is. So", "甲。乙", "x"]
    alone = [sentences_inside(lines_of([text])).tolist() for text in texts]
    assert sentences_inside(lines_of(texts)).tolist() == [count for counts in alone for count in counts]


def test_rows_are_ratios_of_the_document_and_of_the_lines_around() -> None:
    docs = Groups(np.array([True, False, False, True]))
    inside, brk = np.array([4, 1, 1, 9], np.int32), np.array([False, False, True, True])
    rows = sentence_rows(docs, inside, brk, np.array([True, False, False, False]), np.array([0, 3]))
    assert rows["doc_sentences"].tolist() == rows["sentences"].tolist() == [35, 50]
    assert rows["doc_stopped"].tolist() == rows["stopped"].tolist() == [15, 1]
