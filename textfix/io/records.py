"""Cutting streams of bytes into records: lines, or what lies between form feeds or runs of blank lines.

A record is all its bytes with those of the separator behind it, so that records laid end to end are the stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from textfix.io.streams import chunks

__all__ = ["Splitter", "boundaries", "splitter"]

#: Takes chunks and the offset of the first of them, gives records with their offsets.
Splitter = Callable[[Iterable[bytes], int], Iterator[tuple[int, bytes]]]

_BLANK = re.compile(r"blank(?:-lines)?(?::(\d+))?")


def splitter(name: str) -> Splitter:
    """Return the splitter of a name: `line`, `form-feed`, `blank-lines` or `blank-lines:N` (N or more of them).

    >>> list(splitter("form-feed")([b"one\\ftw", b"o"], 0))
    [(0, b'one\\x0c'), (4, b'two')]
    >>> list(splitter("blank-lines")([b"a\\nb\\n\\n\\nc\\n"], 0))
    [(0, b'a\\nb\\n\\n\\n'), (6, b'c\\n')]
    """
    if name == "line":
        return lambda data, offset: _at(b"\n", data, offset)
    if name == "form-feed":
        return lambda data, offset: _at(b"\f", data, offset)
    blank = _BLANK.fullmatch(name)
    if blank is None or blank[1] == "0":
        raise ValueError(f"unknown way to split records: {name!r}; known: line, form-feed, blank-lines, blank-lines:N")
    count = int(blank[1] or 1)
    return lambda data, offset: _at_blank_lines(count, data, offset)


def boundaries(file: BinaryIO, size: int, step: int, split: Splitter) -> list[int]:
    """Return where to cut a file into stretches of about `step` bytes, each beginning with a record; 0 and size too.

    Reads the file only around the cuts.
    """
    cuts = [0]
    for wanted in range(step, size, step):
        if wanted <= cuts[-1]:
            continue
        # What is found first may be only the tail of a record; a record begins behind it.
        offset, tail = next(split(chunks(file, wanted - 1), wanted - 1), (size, b""))
        if offset + len(tail) >= size:
            break
        cuts.append(offset + len(tail))
    return [*cuts, size] if size else [0]


def _at(separator: bytes, data: Iterable[bytes], offset: int) -> Iterator[tuple[int, bytes]]:
    pending: list[bytes] = []
    for chunk in data:
        start = 0
        while (end := chunk.find(separator, start)) >= 0:
            record = chunk[start : end + 1]
            if pending:
                record = b"".join([*pending, record])
                pending.clear()
            yield offset, record
            offset += len(record)
            start = end + 1
        if start < len(chunk):
            pending.append(chunk[start:] if start else chunk)
    if pending:
        yield offset, b"".join(pending)


def _at_blank_lines(count: int, data: Iterable[bytes], offset: int) -> Iterator[tuple[int, bytes]]:
    pending: list[bytes] = []
    blank = 0
    filled = False  # a record begins with something to see, except the first
    for _, line in _at(b"\n", data, 0):
        if line.isspace():
            blank += 1
        else:
            if blank >= count and filled:
                record = b"".join(pending)
                yield offset, record
                offset += len(record)
                pending.clear()
            blank, filled = 0, True
        pending.append(line)
    if pending:
        yield offset, b"".join(pending)
