"""Figures and marks among the pieces of a heading of which each came on lines of its own.

Where a program positions runs one by one, some extractors give each as a line: `2 / 2 / . / . / 7 / 7 / 使用 / 使用`.
Equal figures below each other are what tables have, and say nothing; but where the words beside them are copies, the
number of the section above the words, and the marks between them, were drawn as often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from textfix.overlay.copies import Cluster
from textfix.overlay.numbers import SECTION

__all__ = ["pieces"]


def pieces(text: str, found: Sequence[Cluster], words: AbstractSet[int]) -> set[int]:
    """Return where clusters start that are the numbers and marks of headings whose *words* start there.

    >>> from textfix.document import Document
    >>> from textfix.overlay.copies import clusters
    >>> text = "2\\n2\\n.\\n.\\n7\\n7\\n使用\\n使用\\n"
    >>> sorted(pieces(text, list(clusters(Document(text))), {12}))
    [0, 4, 8]
    """
    known: set[int] = set()
    for string in _strings(text, found):
        for is_word, group in groupby(string, lambda cluster: cluster.start in words):
            part = list(group)
            said = "".join(cluster.text for cluster in part)
            above, below = part[0] is not string[0], part[-1] is not string[-1]
            number = below and SECTION.match(said) is not None
            marks = (above or below) and not any(map(str.isalnum, said))
            if not is_word and (number or marks):
                known.update(cluster.start for cluster in part)
    return known


def _strings(text: str, found: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """Yield clusters of single lines right below each other that were drawn equally often, more than one at a time."""
    string: list[Cluster] = []
    for cluster in found:
        if string and not (_is_piece(cluster) and _follows(text, string[-1], cluster)):
            if len(string) > 1:
                yield string
            string = []
        if string or _is_piece(cluster):
            string.append(cluster)
    if len(string) > 1:
        yield string


def _is_piece(cluster: Cluster) -> bool:
    return cluster.copies > 1 and cluster.size == 1 and cluster.end == cluster.whole


def _follows(text: str, above: Cluster, below: Cluster) -> bool:
    return above.copies == below.copies and text[above.end : below.start].isspace()
