"""Ignoring: stretches of a text that its author, or a configuration, wants left as they are.

A directive stands in the text, alone or in a comment of any kind:

    这一行,不动。  textfix: ignore
    这一行,不动。  <!-- textfix: ignore[punctuation] -->
    # textfix: ignore-next-line
    // textfix: off … // textfix: on
    textfix: ignore-file

`[…]` names the reasons that it holds back, or their beginnings, with commas between them; without it, all. Nothing may
follow it on its line but the end of a comment or an explanation behind `--`, so that a sentence about directives is
none. The lines between `off` and `on`, both included, belong to the stretch.

Whatever a directive holds back, it stays itself as it is, and the lines that it speaks of keep their line breaks, lest
a join make it speak of more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from textfix.document import Document
from textfix.edits import Edit, Edits, matches
from textfix.patterns import pattern

__all__ = [
    "SIGN",
    "Directive",
    "Ignored",
    "ProtectError",
    "compiled",
    "directives",
    "ignored",
    "pattern_spans",
    "unused",
]

SIGN = "textfix:"

_DIRECTIVE = pattern(
    r"(?<![0-9A-Za-z_.-])(?:(?:<!--|/\*|//|#)[ \t]{0,8})?textfix:[ \t]{0,8}"
    r"(?P<kind>ignore-next-line|ignore-file|ignore|off|on)(?:\[(?P<reasons>[^\[\]\r\n]{0,500})\])?"
    r"(?=[ \t]*(?:\Z|[\n\r\v\f\x85\u2028\u2029]|--|\*/))(?:[ \t]*(?:-->|\*/))?"
)
_BREAK = pattern(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")

# Seconds that a protect pattern may take, beside one more for every million characters.
_PATIENCE = 5.0


class ProtectError(ValueError):
    """A protect pattern that is none, or that took too long on a text."""


class Directive(NamedTuple):
    """A directive: where it stands, what it is, the reasons it holds back (None: all), the stretch it speaks of.

    `first` and `last` are the start of the first and the end of the last line that keep their line breaks.
    """

    start: int
    end: int
    kind: str
    reasons: tuple[str, ...] | None
    low: int
    high: int
    first: int
    last: int

    def holds(self, reason: str) -> bool:
        """Say whether it holds back edits of this reason."""
        return self.reasons is None or any(matches(reason, prefix) for prefix in self.reasons)


def directives(document: Document) -> list[Directive]:
    """Return the directives of a document: a view.

    >>> [(row.kind, row.reasons) for row in directives(Document("甲,乙 # textfix: ignore[punctuation]\\n"))]
    [('ignore', ('punctuation',))]
    >>> directives(Document("Write `textfix: ignore` at the end of a line."))
    []
    """
    text = document.text
    if SIGN not in text:
        return []
    breaks = [match.span() for match in _BREAK.finditer(text)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
    rows = []
    stop = len(text)  # where the stretch of an `off` ends: with the line of the next `on`
    for match in reversed(list(_DIRECTIVE.finditer(text))):
        line = bisect_right(starts, match.start()) - 1
        first, last = low, high = starts[line], ends[line]
        kind = match["kind"]
        if kind == "ignore-next-line":
            line += 1
            low, high = (starts[line], ends[line]) if line < len(starts) else (len(text), len(text))
            last = high
        elif kind == "ignore-file":
            low, high = 0, len(text)
        elif kind == "off":
            high = last = stop
        elif kind == "on":
            stop = high
            low, high = match.span()
        names = match["reasons"]
        reasons = (
            None if names is None else tuple(filter(None, (name.strip().rstrip("/") for name in names.split(","))))
        )
        rows.append(Directive(*match.span(), kind, reasons, low, high, first, last))
    return rows[::-1]


class Ignored:
    """What of one text is to be left as it is."""

    def __init__(self, rows: Iterable[Directive], spans: Iterable[tuple[int, int]], text: str) -> None:
        rows = list(rows)
        self._text = text
        # A stretch that lies in another one of its kind and ends with it says nothing new, as a second `off` does.
        longest_last = sorted(rows, key=lambda row: -row.low)
        self._stretches = list({(row.high, row.reasons): row for row in longest_last}.values())
        # A directive is fixed with the blank before it, which keeps it apart from a word.
        heads = (row.start - (row.start > 0 and text[row.start - 1] in " \t") for row in rows)
        self._fixed = [*spans, *zip(heads, (row.end for row in rows))]
        self._lines = list({row.last: (row.first, row.last) for row in reversed(rows)}.values())

    def __bool__(self) -> bool:
        return bool(self._fixed)

    def held(self, start: int, end: int, after: str, reason: str) -> bool:
        """Say whether an edit is held back."""
        return any(True for _ in self._held([start], [end], [after], [reason]))

    def sift(self, edits: Edits) -> tuple[Edits, list[Edit]]:
        """Part edits into those that may be made and those that are held back."""
        held = set(self._held(edits.starts, edits.ends, edits.afters, edits.reasons))
        if not held:
            return edits, []
        return edits.keep(index not in held for index in range(len(edits))), [edits[index] for index in sorted(held)]

    def _held(
        self, starts: Sequence[int], ends: Sequence[int], afters: Sequence[str], reasons: Sequence[str]
    ) -> Iterator[int]:
        """Yield the index of every edit that is held back; the edits are sorted and do not overlap."""

        def near(low: int, high: int) -> range:
            return range(bisect_left(ends, low), bisect_right(starts, high))

        for low, high in self._fixed:
            for index in near(low, high):
                if starts[index] < high and ends[index] > low:
                    yield index
        for row in self._stretches:
            for index in near(row.low, row.high):
                # An insertion at an edge makes the line longer; another edit that only touches it concerns its break.
                inside = starts[index] < row.high and ends[index] > row.low
                if (inside or starts[index] == ends[index]) and row.holds(reasons[index]):
                    yield index
        for low, high in self._lines:
            for index in near(low, high):
                if self._joins(starts[index], ends[index], afters[index]):
                    yield index

    def _joins(self, start: int, end: int, after: str) -> bool:
        """Say whether an edit takes away a break and leaves none in its place."""
        if not _BREAK.search(self._text, start, end):
            return False
        return not _BREAK.search(self._text[max(0, start - 1) : start] + after + self._text[end : end + 1])


def ignored(document: Document) -> Ignored:
    """Return what of the document is to be left as it is, by its directives and its protect patterns: a view.

    >>> found = ignored(Document("甲,乙\\n丙,丁 textfix: ignore\\n"))
    >>> found.held(1, 2, "，", "punctuation/width"), found.held(5, 6, "，", "punctuation/width")
    (False, True)
    """
    return Ignored(document.view(directives), document.view(pattern_spans), document.text)


def pattern_spans(document: Document) -> list[tuple[int, int]]:
    """Return what the protect patterns of a document find in it: a view. Raises ProtectError if one takes too long."""
    text = document.text
    spans = []
    for source in document.protect:
        patience = _PATIENCE + len(text) / 1e6
        try:
            spans += [match.span() for match in compiled(source).finditer(text, timeout=patience) if match.group()]
        except TimeoutError:
            raise ProtectError(
                f"protect pattern {source!r} took more than {patience:.0f} seconds on this text"
            ) from None
    return spans


@cache
def compiled(source: str) -> Any:
    """Return the protect pattern, `^` and `$` at every line; raises ProtectError when it is none."""
    import regex  # type: ignore[import-untyped, unused-ignore]  # its stubs are a package of their own

    try:
        return regex.compile(source, regex.MULTILINE)
    except regex.error as error:
        raise ProtectError(f"protect pattern {source!r} is no regular expression: {error}") from None


def unused(text: str, spared: Iterable[Edit], names: Collection[str]) -> Iterator[tuple[Directive, str]]:
    """Yield the directives of a text that held nothing back, each with what is wrong with it.

    `spared` are the edits that were held back, `names` the normalizers that ran: a directive for others may be of use
    to those.
    """
    from difflib import get_close_matches

    from textfix.normalizers import CATALOGUE
    from textfix.selection import unknown_reason

    rows = directives(Document(text))
    edits = sorted(spared) if rows else []
    starts = [edit.start for edit in edits]
    longest = max((edit.end - edit.start for edit in edits), default=0)
    ended = {row.last for row in rows if row.kind == "off"}
    for row in rows:
        mine = {reason.partition("/")[0] for reason in row.reasons or ()}
        told = (unknown_reason(reason, CATALOGUE) for reason in row.reasons or ())
        strange = next((found for found in told if found and found[1] not in names), None)
        if strange is not None:
            what, name, known = strange
            near = get_close_matches(name, known, n=1)
            yield row, f"unknown {what} {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
        elif row.kind == "on":
            if row.last not in ended:
                yield row, "nothing is off here"
        elif not mine or any(name in names for name in mine):
            touching = edits[bisect_left(starts, row.low - 1 - longest) : bisect_right(starts, row.high + 1)]
            if not any(edit.end >= row.low - 1 and any(map(row.holds, edit.reason.split("+"))) for edit in touching):
                yield row, "there is nothing here for it to hold back"
