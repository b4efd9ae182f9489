"""Findings: the edits and doubts of a result, with the lines and columns that people and editors count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

from textfix.diff import line_starts
from textfix.markup.ignores import unused
from textfix.result import Result

__all__ = ["UNUSED", "Finding", "Lines", "doubts", "findings", "warnings"]

#: The reason of a warning about a directive that holds nothing back.
UNUSED = "ignore/unused"


class Finding(NamedTuple):
    """One place of a source: an edit that textfix would make, or a doubt (`after` is None, `evidence` says what for).

    A directive that holds nothing back is a warning: a doubt about the text's own instructions.

    `start` and `end` are offsets, lines and columns count from 1, all in code points; the end column is exclusive. Line
    ends are those of the decoded text, where CRLF is one character.
    """

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    reason: str
    before: str
    after: str | None
    evidence: str = ""

    @property
    def kind(self) -> str:
        """What it is: finding, doubt or warning."""
        if self.after is not None:
            return "finding"
        return "warning" if self.reason == UNUSED else "doubt"


class Lines:
    """Where the lines of a text are.

    >>> Lines("城西\\n区").position(4)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = line_starts(text)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, line: int) -> tuple[int, int]:
        """Return where a line starts and ends, without its line end."""
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        return self._starts[line - 1], end


def findings(result: Result, lines: Lines) -> Iterator[Finding]:
    """Yield the edits of a result, in order."""
    for edit in result.edits:
        where = (*lines.position(edit.start), *lines.position(edit.end))
        yield Finding(edit.start, edit.end, *where, edit.reason, edit.before, edit.after)


def doubts(result: Result, lines: Lines) -> Iterator[Finding]:
    """Yield the doubts of a result, in order."""
    for start, end, text, reason, evidence in result.doubts:
        yield Finding(start, end, *lines.position(start), *lines.position(end), reason, text, None, evidence)


def warnings(result: Result, lines: Lines, normalizers: Collection[str]) -> Iterator[Finding]:
    """Yield the directives of a source that hold nothing back; `normalizers` are the names of those that ran."""
    for row, evidence in unused(result.source, result.spared, normalizers):
        where = (*lines.position(row.start), *lines.position(row.end))
        yield Finding(row.start, row.end, *where, UNUSED, result.source[row.start : row.end], None, evidence)
