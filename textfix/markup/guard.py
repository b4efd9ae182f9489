"""The guard of markup: what was cleaned must render as it did, but for the words."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from textfix import engine
from textfix.document import Document
from textfix.edits import Edit, Edits
from textfix.markup.markdown import first_difference, same_structure
from textfix.markup.pieces import Known
from textfix.result import Doubt, Refusal, Result, Span, Stage

__all__ = ["guarded"]

_log = logging.getLogger("textfix")

_REASON = "markup/structure"
#: What moves, joins or takes away lines, by which Markdown says where its blocks begin.
_OF_LINES = frozenset(("columns", "overlay", "furniture", "letterspacing", "unwrap"))
_ALONE = "Markdown must keep its rendered structure, and the repairs would have changed it: the text was left alone"
_LEFT_OUT = "would have changed the structure of the markup and did not run on it"
_LEFT_HERE = "the repairs would have changed how this is rendered: it was left alone"
#: So many blocks are left alone, one after the other; where more would change, the whole document is.
_TRIES = 12

_Segment = Callable[[str], Sequence[Span]]


def guarded(
    steps: Sequence[engine.Step], documents: Sequence[Document], results: Sequence[Result], segment: _Segment
) -> list[Result]:
    """Return the results, none of which changes what a renderer makes of its document but for the words.

    Where the structure would change, the document is cleaned without the normalizers of lines, so that repairs of
    characters are made all the same, and a doubt tells which of them were left out. The blocks that even that would
    change are left alone, each with a doubt; where there are too many of them, the document stays as it is, with a
    refusal.

    In reStructuredText, where lines and indents say even more and no parser checks, the normalizers of lines are always
    left out.
    """
    guard = _Guard(steps, segment)
    found = list(results)
    for markup, judge in (("markdown", guard.markdown), ("rst", guard.restructured)):
        rows = [row for row, document in enumerate(documents) if document.markup == markup]
        for row, result in zip(rows, judge([documents[row] for row in rows], [results[row] for row in rows])):
            found[row] = result
    return found


class _Guard:
    """Normalizers, with and without those of lines; what must run again runs side by side, as it did before."""

    def __init__(self, steps: Sequence[engine.Step], segment: _Segment) -> None:
        self._steps = steps
        self._rest = [step for step in steps if step.name not in _OF_LINES]
        self._segment = segment

    def markdown(self, documents: Sequence[Document], results: Sequence[Result]) -> list[Result]:
        found = list(results)
        rows = [row for row, pair in enumerate(zip(documents, results)) if not _keeps_structure(*pair)]
        of_lines = len(self._rest) < len(self._steps)
        if of_lines:
            for row, result in self._run(self._rest, {row: documents[row] for row in rows}):
                found[row] = result
        current = {row: documents[row] for row in rows}
        doubts = self._leave_blocks(current, found)
        kept = []
        for row in rows:
            if _keeps_structure(current[row], found[row]):
                kept.append(row)
            else:
                found[row] = _refused(found[row], self._segment)
        if of_lines:
            self._run_lines({row: current[row] for row in kept}, found)
        for row in kept:
            if doubts[row]:
                found[row] = _told(found[row], doubts[row], self._segment)
        return found

    def restructured(self, documents: Sequence[Document], results: Sequence[Result]) -> list[Result]:
        found = list(results)
        rows = [row for row, result in enumerate(results) if any(map(_moves_lines, result.stages))]
        for row, result in self._run(self._rest, {row: documents[row] for row in rows}):
            found[row] = _left_out(results[row], result, self._segment)
        return found

    def _run(self, steps: Sequence[engine.Step], documents: Mapping[int, Document]) -> Iterator[tuple[int, Result]]:
        return zip(documents, engine.run_many(steps, list(documents.values()), self._segment))

    def _leave_blocks(self, documents: dict[int, Document], found: list[Result]) -> dict[int, list[Doubt]]:
        """Clean documents again, leaving the blocks alone that would be another thing, as long as there are any."""
        doubts: dict[int, list[Doubt]] = {row: [] for row in documents}
        rows = list(documents)
        for _ in range(_TRIES):
            again = {}
            for row in rows:
                document, result = documents[row], found[row]
                text = document.text
                place = first_difference(text, result.text, document.lasting(Known)) if result.changed else None
                if place is None:
                    continue
                start, end = _with_an_edit(text, result.edits, *place)
                doubts[row].append(Doubt(start, end, text[start:end], _REASON, _LEFT_HERE))
                protect = (*document.protect, re.escape(text[start:end]))
                documents[row] = again[row] = document.with_text(text, protect=protect)
            for row, result in self._run(self._rest, again):
                found[row] = result
            rows = list(again)
        return doubts

    def _run_lines(self, documents: Mapping[int, Document], found: list[Result]) -> None:
        """Let the normalizers of lines run on repaired characters, which may be read otherwise.

        They would run when the text is cleaned again. Where they must not, a doubt says so.
        """
        repaired = {row: document.with_text(found[row].text) for row, document in documents.items()}
        for row, then in self._run(self._steps, repaired):
            result = found[row]
            if _keeps_structure(documents[row], then):
                stages = [*result.stages, *(replace(stage, doubts=(), spared=()) for stage in then.stages)]
                found[row] = Result(result.source, then.text, stages, self._segment)
            else:
                found[row] = _left_out(then, result, self._segment)


def _keeps_structure(document: Document, result: Result) -> bool:
    return not result.changed or same_structure(result.source, result.text, document.lasting(Known))


def _with_an_edit(text: str, edits: Edits, start: int, end: int) -> tuple[int, int]:
    """Return the stretch or, if nothing was edited there, the line of the next edit, which was the cause."""
    index = min(bisect_left(edits.ends, start), len(edits) - 1)
    at = edits.starts[index]
    if start <= at < end or edits.ends[index] > start > at:
        return start, end
    last = text.find("\n", edits.ends[index])
    return text.rfind("\n", 0, at) + 1, len(text) if last < 0 else last


def _moves_lines(stage: Stage) -> bool:
    return bool(stage.edits) and stage.normalizer in _OF_LINES


def _left_out(whole: Result, result: Result, segment: _Segment) -> Result:
    """Return the second result, with a doubt that names the normalizers of lines that acted in the first."""
    names = dict.fromkeys(stage.normalizer for stage in filter(_moves_lines, whole.stages))
    return _told(result, [Doubt(0, 0, "", _REASON, f"{', '.join(names)} {_LEFT_OUT}")], segment)


def _told(result: Result, doubts: Sequence[Doubt], segment: _Segment) -> Result:
    stage = Stage("markup", Edits(result.source, [], [], [], []), tuple(doubts))
    return Result(result.source, result.text, [stage, *result.stages], segment)


def _refused(result: Result, segment: _Segment) -> Result:
    refusal = Refusal("markup", Edit(0, 0, "", "", _REASON), _ALONE)
    _log.error("%s", _ALONE)
    stage = Stage("markup", Edits(result.source, [], [], [], []), tuple(result.doubts), (refusal,))
    return Result(result.source, result.source, [stage], segment)
