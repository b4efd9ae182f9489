"""How surely a line was drawn several times, by itself and in the light of the other lines of its document."""

from __future__ import annotations

from textfix.overlay.evidence import PARTED, Reading, Shape
from textfix.overlay.paragraphs import is_between_paragraphs

__all__ = [
    "ALONE",
    "HEARSAY",
    "MANY",
    "WITH_MANY",
    "WITH_ONE",
    "WITH_TWO",
    "Votes",
    "cast",
    "count_votes",
    "is_likely",
    "is_strong",
    "rumours",
    "total",
]

# Nats (see textfix.overlay.evidence). A line that stands alone needs long odds, for there are thirty thousand lines in
# a million characters, and hardly one of them is drawn twice; part of a line needs more, for a line has many parts.
# Where other lines of the document are known to be drawn k times, one line in ten is, not one in a million.
ALONE = 12.0
WITH_ONE = 9.0
WITH_TWO = 7.0
WITH_MANY = 4.0
HEARSAY = 5.0
MANY = 2
_PART_ALONE = 15.0
_PART_WITH_MANY = 7.0
_PAGED = 4.0

Votes = dict[int, dict[str, int]]
"""How many different lines speak for each number of copies, by mode (`char` or `run`)."""


def is_strong(reading: Reading, paged: bool) -> bool:
    """Say whether a line was drawn several times for all that it says itself."""
    if reading.shape is Shape.WHOLE:
        # Form feeds part the pages of a printed document; chants and padding are written elsewhere.
        return reading.alone + (min(_PAGED, reading.natural) if paged else 0.0) >= ALONE
    if reading.alone < _PART_ALONE:
        return False
    # In the middle of a line a phrase comes twice by itself; three times and long, or several phrases, do not.
    return reading.mode == "char" or len(reading.runs) > 1 or reading.copies > 2 or reading.natural == 0.0


def is_likely(reading: Reading, votes: int) -> bool:
    """Say whether a line was drawn several times, where so many others speak for the same number of copies."""
    many = votes >= MANY
    if not votes:
        return False
    if reading.shape is Shape.WHOLE:
        if not many:
            return reading.alone >= WITH_ONE
        least = WITH_MANY if votes > MANY else WITH_TWO
        return reading.weight - 0.6 * reading.natural >= least
    if not many:
        return False
    if reading.copies > 2 or reading.mode == "char":
        return reading.weight >= _PART_WITH_MANY
    return reading.weight >= ALONE and reading.alone >= WITH_ONE


def count_votes(text: str, readings: dict[int, Reading], accepted: dict[int, Reading]) -> Votes:
    """Count how many different lines of a text speak for each number of copies.

    Lines that are worth too little by themselves speak together: that a writer repeats himself is rare, that he does so
    time and again, as often each time, and in whole lines, is rarer. Songs, menus and tables do, with a blank between;
    but each of their lines stands among its like, and not between paragraphs.
    """
    votes, hearsay = _heard(text, readings, accepted)
    for (copies, mode), worths in hearsay.items():
        if (len(worths) >= 3 and sum(worths) >= ALONE) or (copies in votes and sum(worths) >= ALONE / 2):
            cast(votes, copies, mode, len(worths))
    return votes


def rumours(text: str, readings: dict[int, Reading], accepted: dict[int, Reading]) -> dict[int, float]:
    """Return what the lines that are worth too little by themselves say for each number of copies, in nats."""
    found: dict[int, float] = {}
    for (copies, _), worths in _heard(text, readings, accepted)[1].items():
        found[copies] = found.get(copies, 0.0) + sum(worths)
    return found


def _heard(
    text: str, readings: dict[int, Reading], accepted: dict[int, Reading]
) -> tuple[Votes, dict[tuple[int, str], list[float]]]:
    seen = set()
    votes: Votes = {}
    hearsay: dict[tuple[int, str], list[float]] = {}
    for start, reading in readings.items():
        said = "".join([run.unit for run in reading.runs])
        if said in seen:
            continue
        seen.add(said)
        mode = "char" if reading.mode == "char" else "run"
        if start in accepted:
            cast(votes, reading.copies, mode)
        elif reading.shape is Shape.WHOLE:
            worth = reading.weight - 0.5 * reading.natural - HEARSAY
            if reading.copies == 2 and any(run.parted for run in reading.runs):
                worth = worth + 0.5 * PARTED if is_between_paragraphs(text, start, start) else worth / 2
            if worth > 0.0:
                hearsay.setdefault((reading.copies, mode), []).append(worth)
    return votes, hearsay


def cast(votes: Votes, copies: int, mode: str = "run", count: int = 1) -> None:
    """Add to the votes."""
    modes = votes.setdefault(copies, {})
    modes[mode] = modes.get(mode, 0) + count


def total(votes: Votes, copies: int) -> int:
    """Return how many speak for a number of copies, of any mode."""
    return sum(votes.get(copies, {}).values())
