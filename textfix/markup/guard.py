"""The guard of markup: what was cleaned must render as it did, but for the words."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
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
    rest = [step for step in steps if step.name not in _OF_LINES]
    guard = {"markdown": _markdown, "rst": _restructured}
    return [
        guard[document.markup](steps, rest, document, result, segment) if document.markup in guard else result
        for document, result in zip(documents, results)
    ]


def _markdown(
    steps: Sequence[engine.Step], rest: Sequence[engine.Step], document: Document, result: Result, segment: _Segment
) -> Result:
    if _keeps_structure(document, result):
        return result
    if len(rest) < len(steps):
        result = engine.run(rest, document, segment)
    document, result, doubts = _with_blocks_alone(rest, document, result, segment)
    if not _keeps_structure(document, result):
        return _refused(result, segment)
    if len(rest) < len(steps):
        result = _with_lines(steps, document, result, segment)
    return _told(result, doubts, segment) if doubts else result


def _restructured(
    steps: Sequence[engine.Step], rest: Sequence[engine.Step], document: Document, result: Result, segment: _Segment
) -> Result:
    if not any(stage.edits and stage.normalizer in _OF_LINES for stage in result.stages):
        return result
    return _left_out(result, engine.run(rest, document, segment), segment)


def _keeps_structure(document: Document, result: Result) -> bool:
    return not result.changed or same_structure(result.source, result.text, document.lasting(Known))


def _with_blocks_alone(
    steps: Sequence[engine.Step], document: Document, result: Result, segment: _Segment
) -> tuple[Document, Result, list[Doubt]]:
    """Clean the document again, leaving the blocks alone that would be another thing, as long as there are any."""
    text = document.text
    doubts: list[Doubt] = []
    for _ in range(_TRIES):
        place = first_difference(text, result.text, document.lasting(Known)) if result.changed else None
        if place is None:
            break
        start, end = _with_an_edit(text, result.edits, *place)
        doubts.append(Doubt(start, end, text[start:end], _REASON, _LEFT_HERE))
        protect = (*document.protect, re.escape(text[start:end]))
        document = document.with_text(text, protect=protect)
        result = engine.run(steps, document, segment)
    return document, result, doubts


def _with_an_edit(text: str, edits: Edits, start: int, end: int) -> tuple[int, int]:
    """Return the stretch or, if nothing was edited there, the line of the next edit, which was the cause."""
    index = min(bisect_left(edits.ends, start), len(edits) - 1)
    at = edits.starts[index]
    if start <= at < end or edits.ends[index] > start > at:
        return start, end
    last = text.find("\n", edits.ends[index])
    return text.rfind("\n", 0, at) + 1, len(text) if last < 0 else last


def _with_lines(steps: Sequence[engine.Step], document: Document, result: Result, segment: _Segment) -> Result:
    """Let the normalizers of lines run on repaired characters, which may be read otherwise; say it if they must not.

    They would run when the text is cleaned again.
    """
    then = engine.run(steps, document.with_text(result.text), segment)
    if _keeps_structure(document, then):
        stages = [*result.stages, *(replace(stage, doubts=(), spared=()) for stage in then.stages)]
        return Result(result.source, then.text, stages, segment)
    return _left_out(then, result, segment)


def _left_out(whole: Result, result: Result, segment: _Segment) -> Result:
    """Return the second result, with a doubt that names the normalizers of lines that acted in the first."""
    names = dict.fromkeys(stage.normalizer for stage in whole.stages if stage.edits and stage.normalizer in _OF_LINES)
    return _told(result, [Doubt(0, 0, "", _REASON, f"{', '.join(names)} {_LEFT_OUT}")], segment)


def _told(result: Result, doubts: Sequence[Doubt], segment: _Segment) -> Result:
    stage = Stage("markup", Edits(result.source, [], [], [], []), tuple(doubts))
    return Result(result.source, result.text, [stage, *result.stages], segment)


def _refused(result: Result, segment: _Segment) -> Result:
    refusal = Refusal("markup", Edit(0, 0, "", "", _REASON), _ALONE)
    _log.error("%s", _ALONE)
    stage = Stage("markup", Edits(result.source, [], [], [], []), tuple(result.doubts), (refusal,))
    return Result(result.source, result.source, [stage], segment)
