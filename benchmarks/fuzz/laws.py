"""What must hold of every text, whatever it is."""

from __future__ import annotations

import logging
from bisect import bisect_left
from functools import partial

from textfix import Result, decode
from textfix.io.decoding import DecodeError

from .growth import within
from .subjects import Subject

__all__ = ["broken", "broken_decoding"]

# What a contract refuses is logged as well; here it is counted.
logging.getLogger("textfix").addHandler(logging.NullHandler())
logging.getLogger("textfix").propagate = False


_PATIENCE = 10.0  # seconds for a text of a few thousand characters


def broken(subject: Subject, text: str) -> tuple[str, str] | None:
    """Return the first law that the subject breaks on this text, and how; None when it keeps them all."""
    try:
        result = within(_PATIENCE, partial(subject.explain, text))
        return (
            _of_refusals(result)
            or _of_reasons(subject, result)
            or _of_result(result, text)
            or _of_repetition(subject, result)
        )
    except Exception as error:  # that there is none is the first law
        return "no exception", f"{type(error).__name__}: {error}"


def _of_refusals(result: Result) -> tuple[str, str] | None:
    for refusal in result.refusals:
        return "structure" if refusal.normalizer == "markup" else "contract", str(refusal)
    return None


def _of_reasons(subject: Subject, result: Result) -> tuple[str, str] | None:
    """Every normalizer tells its reasons."""
    told = {normalizer.name: normalizer.reasons for normalizer in subject.pipeline}
    for stage in result.stages:
        if own := told.get(stage.normalizer):
            given = {*stage.edits.reasons, *(doubt.reason for doubt in stage.doubts)}
            if unknown := given.difference(f"{stage.normalizer}/{reason}" for reason in own):
                return "reasons", f"{', '.join(sorted(unknown))} not told"
    return None


def _of_result(result: Result, text: str) -> tuple[str, str] | None:
    if not result.edits and result.text is not text:
        return "same object", "nothing changed, but the text is another object"
    if result.edits.apply() != result.text:
        return "edits", "applied to the source they do not give the clean text"
    if result.edits.invert().apply() != text:
        return "edits", "inverted they do not lead back"
    for doubt in result.doubts:
        if not 0 <= doubt.start <= doubt.end <= len(text) or text[doubt.start : doubt.end] != doubt.text:
            return "doubts", f"{doubt} is not in the source"
    return _of_offsets(result, text)


def _of_offsets(result: Result, text: str) -> tuple[str, str] | None:
    """Offsets rise on the way there and back, and what no edit touched is the same on both sides."""
    for length, span in ((len(result.text), result.source_span), (len(text), result.clean_span)):
        # What was taken away or put in stands somewhere in between, as do the empty spans before and behind.
        spans = [span(offset // 2, (offset + 1) // 2) for offset in range(2 * length + 1)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        if starts != sorted(starts) or ends != sorted(ends) or any(start > end for start, end in spans):
            return "offsets", f"{span.__name__} does not rise"
    starts, ends = list(result.edits.starts), list(result.edits.ends)
    for offset, character in enumerate(text):
        index = bisect_left(ends, offset + 1)
        if index < len(starts) and starts[index] <= offset:
            continue
        low, high = result.clean_span(offset, offset + 1)
        if result.text[low:high] != character or result.source_span(low, high) != (offset, offset + 1):
            return "offsets", f"character {offset} is untouched, but becomes {low}:{high}"
    return None


def _of_repetition(subject: Subject, result: Result) -> tuple[str, str] | None:
    again = subject.explain(result.text)
    translates = any(step.once for step in subject.pipeline)  # which a text of a word or two may undergo twice
    if again.text != result.text and not translates:
        return "once is enough", f"a second time gives {list(again.edits)[:2]}"
    if subject.alone and not translates:
        changing = [stage for stage in result.stages if stage.edits]
        if len(changing) > 1:
            return "one pass", f"the second pass proposes {list(changing[1].edits)[:2]}"
    return None


def broken_decoding(data: bytes) -> tuple[str, str] | None:
    """Return the law that decoding these bytes breaks."""
    try:
        text = decode(data)
    except DecodeError:
        return None
    except Exception as error:
        return "no exception", f"{type(error).__name__}: {error}"
    return None if isinstance(text, str) else ("no exception", f"{type(text).__name__} instead of text")
