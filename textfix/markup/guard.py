"""The guard of Markdown: what was cleaned must render as it did, but for the words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from textfix import engine
from textfix.document import Document
from textfix.edits import Edit, Edits
from textfix.markup.markdown import same_structure
from textfix.result import Doubt, Refusal, Result, Span, Stage

__all__ = ["guarded"]

_log = logging.getLogger("textfix")

_REASON = "markup/structure"
#: What moves, joins or takes away lines, by which Markdown says where its blocks begin.
_OF_LINES = frozenset(("columns", "overlay", "furniture", "letterspacing", "unwrap"))
_ALONE = "Markdown must keep its rendered structure, and the repairs would have changed it: the text was left alone"
_LEFT_OUT = "would have changed the rendered structure of the Markdown and did not run on it"


def guarded(
    steps: Sequence[engine.Step],
    documents: Sequence[Document],
    results: Sequence[Result],
    segment: Callable[[str], Sequence[Span]],
) -> list[Result]:
    """Return the results, none of which changes what a renderer makes of its document but for the words.

    Where the structure would change, the document is cleaned without the normalizers of lines, so that repairs of
    characters are made all the same, and a doubt tells which of them were left out. Where even that would change it,
    the document stays as it is, with a refusal.
    """
    kept = list(results)
    broken = [index for index, result in enumerate(results) if not _keeps_structure(result)]
    rest = [step for step in steps if step.name not in _OF_LINES]
    if broken and len(rest) < len(steps):
        again = engine.run_many(rest, [documents[index] for index in broken], segment)
        # With its characters repaired, the text may be read otherwise: then the lines can be repaired after all, and
        # would be when it is cleaned again.
        repaired = [documents[index].with_text(result.text) for index, result in zip(broken, again)]
        for index, first, then in zip(broken, again, engine.run_many(steps, repaired, segment)):
            if _keeps_structure(then):
                stages = [*first.stages, *(replace(stage, doubts=(), spared=()) for stage in then.stages)]
                kept[index] = Result(first.source, then.text, stages, segment)
            else:
                kept[index] = _without_lines(then, first, segment)
    for index in broken:
        if not _keeps_structure(kept[index]):
            kept[index] = _refused(kept[index], segment)
    return kept


def _keeps_structure(result: Result) -> bool:
    return not result.changed or same_structure(result.source, result.text)


def _without_lines(whole: Result, result: Result, segment: Callable[[str], Sequence[Span]]) -> Result:
    """Return the second result, with a doubt that names what made the first one impossible."""
    names = dict.fromkeys(stage.normalizer for stage in whole.stages if stage.edits and stage.normalizer in _OF_LINES)
    doubt = Doubt(0, 0, "", _REASON, f"{', '.join(names)} {_LEFT_OUT}")
    stage = Stage("markup", Edits(result.source, [], [], [], []), (doubt,))
    return Result(result.source, result.text, [stage, *result.stages], segment)


def _refused(result: Result, segment: Callable[[str], Sequence[Span]]) -> Result:
    refusal = Refusal("markup", Edit(0, 0, "", "", _REASON), _ALONE)
    _log.error("%s", _ALONE)
    stage = Stage("markup", Edits(result.source, [], [], [], []), tuple(result.doubts), (refusal,))
    return Result(result.source, result.source, [stage], segment)
