"""Weighs a reading by what stands around its line."""

from __future__ import annotations

from textfix.overlay.evidence import PARTED, Reading, Shape
from textfix.overlay.numbers import LEVELS, NUMBERED
from textfix.overlay.paragraphs import is_below_heading, lines_beside, rest_of_heading
from textfix.patterns import pattern

__all__ = ["in_context"]

_SENTENCE = pattern(r"[，。；！？;!?]|[,.:](?:\s|$)")

_AGAIN = 6.0  # nats: what it is worth that the number of a section, and a word, stand before themselves
_NUMBER = 9.0  # what the two are worth, whatever the word, where the number can be no figure
_REST = {"number": 6.0, "words": 3.0}  # what it is worth that a line is the rest of a heading, by how that one begins
_SIGHT = 128  # characters
_LONG = 8  # letters that no heading says twice in a row


def in_context(text: str, start: int, reading: Reading) -> Reading:
    """Weigh a reading of the line that starts there.

    Nobody sets the number of a section and its first word before itself, but beside another column of such numbers:
    `12.8. 过程 12.8. 过程浏览`. The last line of a heading that goes on from the line above holds no cells, nor does
    anybody let a heading break before a word in order to say it twice.
    """
    if len(reading.runs) > 1 and reading.shape is Shape.WHOLE:
        return reading
    run, copies = reading.runs[0], reading.copies
    said = text[start + run.start : start + run.head]
    if not text[start : start + run.start].strip() and _has_text(said):
        levels = LEVELS.match(said) is not None or LEVELS.match(run.unit) is not None
        if copies == 2 and (_is_among_numbers(text, start) or not (run.parted or levels)):
            return reading
        weight = max(reading.weight, _NUMBER) if levels else reading.weight
        return reading._replace(weight=weight + _AGAIN * (copies - 1), natural=0.0)
    if reading.shape is Shape.PART:
        if not _is_in_heading(text, start, reading):
            return reading
        return reading._replace(weight=reading.weight + _REST["words"], natural=0.0)
    rest = rest_of_heading(text, start)
    if rest is not None:
        return reading._replace(weight=reading.weight + _REST[rest], natural=0.0)
    if run.parted and copies == 2 and is_below_heading(text, start):
        return reading._replace(natural=max(reading.natural - PARTED, 0.0))
    return reading


def _has_text(said: str) -> bool:
    number = NUMBERED.match(said) or NUMBERED.match("".join(said.split()))
    return number is not None and any(map(str.isalpha, said))


def _is_in_heading(text: str, start: int, reading: Reading) -> bool:
    """Say whether long units stand in a heading: behind the number of a section, and not among such lines, or below."""
    if sum(map(str.isalpha, "".join([run.unit for run in reading.runs]))) * (reading.copies - 1) < _LONG:
        return False
    if LEVELS.match(text[start : start + reading.runs[0].start].lstrip()):
        return not _is_among_numbers(text, start)
    line = text[start : max(text.find("\n", start), start)]
    return _SENTENCE.search(line) is None and LEVELS.fullmatch(lines_beside(text, start)[0].strip()) is not None


def _is_among_numbers(text: str, start: int) -> bool:
    """Say whether the line above or below begins with the number of a section, but that of which it is a part."""
    above, below = map(str.strip, lines_beside(text, start))
    if NUMBERED.match(below):
        return True
    number = NUMBERED.match(above)
    own = text[start : start + _SIGHT].lstrip()
    return number is not None and not own.startswith(number[0].rstrip(".．") + ".")
