"""Judges the lines of a document together: one look at it, and what to take away by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from textfix.document import Document
from textfix.engine import Editor
from textfix.markup.spans import Spans
from textfix.overlay.blocks import Block, find_blocks, let_vote
from textfix.overlay.context import in_context
from textfix.overlay.copies import lines_of
from textfix.overlay.evidence import Reading, Shape, best_reading, could_be_whole, read, weigh_unit
from textfix.overlay.follow import continued, headed, led_in, lone
from textfix.overlay.leads import led_together, set_apart
from textfix.overlay.listing import is_listing
from textfix.overlay.paragraphs import begins_with, is_between_paragraphs
from textfix.overlay.parse import Run, could_cover
from textfix.overlay.scan import MAX_LINE, Lines, signs
from textfix.overlay.stacks import stacked
from textfix.overlay.strings import FIRST_WIDE
from textfix.overlay.tangle import Tangle, tangles
from textfix.overlay.votes import (
    ALONE,
    HEARSAY,
    MANY,
    WITH_MANY,
    WITH_ONE,
    WITH_TWO,
    Votes,
    cast,
    count_votes,
    is_likely,
    is_strong,
    rumours,
    total,
)
from textfix.patterns import pattern
from textfix.unicode.blanks import CONTROLS

__all__ = ["is_worth_a_look", "judge"]

_CONTROLS = pattern(f"[{CONTROLS}]")  # that some PDFs have for blanks
_DOUBT = 8.0  # nats, as in textfix.overlay.votes
_ONE_WRITER = 5.5  # what speaks for one who says a thing twice
_EACH_DRAWN = 2.0  # what speaks against that in every further thing that stands twice
_TWINS = 2
_LEAD = 3  # letters of a lead-in drawn twice, where many lines vote
_SHORT_LEAD = 2  # behind an indent that was drawn as often
_LED = 4  # where there is nothing but that


def is_worth_a_look(document: Document) -> bool:
    """Say whether there is anything in a document that could have been drawn several times."""
    found = document.view(signs)
    return bool(found.likely.starts or found.seams or found.knots or _may_hold_blocks(found.twins))


def judge(document: Document, editor: Editor) -> None:
    """Propose what one look at a document says; repairs may bring more copies to light."""
    text = _CONTROLS.sub(" ", document.text)
    likely, hints, twins, knots, torn = document.view(signs)
    may_hold_blocks = bool(knots) or _may_hold_blocks(twins)
    readings, idle = _readings(text, likely)
    paged = "\f" in text
    accepted = {start: reading for start, reading in readings.items() if is_strong(reading, paged)}
    accepted.update(_led_in(text, likely, accepted))
    accepted.update(_wrapped(text, likely, accepted))
    accepted.update(led_together(text, likely, {s: r for s, r in readings.items() if s not in accepted}))
    accepted.update(stacked(text, likely, accepted))
    votes = count_votes(text, {**readings, **accepted}, accepted)
    heard: dict[int, float] = {}
    blocks: list[Block] = []
    if may_hold_blocks or (votes and twins):
        heard = rumours(text, readings, accepted)
        blocks = find_blocks(document, accepted, votes, heard)
        let_vote(votes, blocks)
    chains = [block for block in blocks if block.certain and block.reading is not None]
    near = None if votes else sorted({*likely.starts, *knots})
    known = {copies: total(votes, copies) for copies in votes}
    tangled = [t for t in _tangled(document, votes, near) if not any(_cuts(t, chain) for chain in chains)]
    if not all(block.certain for block in blocks) and known != {copies: total(votes, copies) for copies in votes}:
        blocks = find_blocks(document, accepted, votes, heard)  # the tangles tell more of these
    taken = Spans([*((t.start, t.end) for t in tangled), *((b.start, b.end) for b in blocks if b.certain)])
    accepted = {start: reading for start, reading in accepted.items() if start not in taken}
    if votes:
        readings.update(_read(idle))
        ranked = sorted(votes.items(), key=lambda item: -sum(item[1].values()))
        for start, line in dict([*_each(text, likely), *_each(text, hints)]).items():
            if start not in accepted and start not in taken:
                reading = _weak(text, line, ranked, readings, start) or _set_in(text, line, ranked)
                if reading is not None:
                    accepted[start] = reading
    ends = [
        (start + r.runs[-1].end, r.copies, r.mode == "char") for start, r in accepted.items() if r.shape is Shape.WHOLE
    ]
    ends += [(block.end, block.copies, False) for block in blocks if block.certain]
    ends += [(tangle.end, tangle.copies, False) for tangle in tangled]
    accepted.update(continued(text, ends, accepted.keys(), taken))
    for copies in (2, 3, 4):
        if total(votes, copies) > MANY:
            if (
                sum(r.shape is Shape.PART and not r.runs[0].start and r.copies == copies for r in accepted.values())
                > MANY
            ):
                accepted.update(_short_leads([*_each(text, likely), *_each(text, hints)], copies, accepted, taken))
            apart = set_apart(text, *document.view(lines_of), copies, accepted.keys()) if may_hold_blocks else ()
            accepted.update((start, r) for start, r in apart if not taken.meets(start, start + r.runs[-1].end))
    accepted.update(_above(text, accepted, readings, taken))
    beginnings = [(start, r.copies) for start, r in accepted.items() if r.shape is Shape.WHOLE]
    beginnings += [(block.start, block.copies) for block in blocks if block.certain]
    beginnings += [(tangle.start, tangle.copies) for tangle in tangled]
    accepted.update(headed(text, beginnings, accepted.keys(), taken))
    _delete(editor, sorted(accepted.items()))
    for start in sorted(readings.keys() - accepted.keys()):
        reading = readings[start]
        if start not in taken and (reading.alone >= _DOUBT or (votes and reading.shape is Shape.WHOLE)):
            _doubt(editor, start, reading)
    for tangle in tangled:
        editor.replace(tangle.start, tangle.end, tangle.said, "order")
    read = Spans([(start, start + reading.runs[-1].end) for start, reading in accepted.items()])
    for seam in torn:
        if not any(place in spans for place in (seam.start, seam.mark) for spans in (taken, read)):
            for start, end in seam.cuts():
                editor.delete(start, end, "seam")
    told = Spans([*((tangle.start, tangle.end) for tangle in tangled), *read]) if blocks else read
    for block in blocks:
        if not told.meets(block.start, block.end):
            _remove(editor, block)


def _may_hold_blocks(twins: frozenset[str]) -> bool:
    """Say whether there are enough different lines that come again to say anything, or one that says a lot."""
    return len(twins) >= _TWINS or any(len(line) > 2 for line in twins)


def _each(text: str, lines: Lines) -> Iterator[tuple[int, str]]:
    for start, end in zip(lines.starts, lines.ends):
        if end - start <= MAX_LINE:
            yield start, text[start:end]


def _readings(text: str, lines: Lines) -> tuple[dict[int, Reading], dict[int, str]]:
    """Read lines, and set those apart that can say nothing by themselves: parts of listings."""
    idle = {start: line for start, line in _each(text, lines) if is_listing(line) and not could_be_whole(line)}
    found = _read({start: line for start, line in _each(text, lines) if start not in idle})
    for start, reading in found.items():
        found[start] = in_context(text, start, reading)
    return found, idle


def _read(lines: dict[int, str]) -> dict[int, Reading]:
    known: dict[str, Reading | None] = {}  # rows of tables and listings come again and again
    found = {}
    for start, line in lines.items():
        if line not in known:
            known[line] = best_reading(line)
        reading = known[line]
        if reading is not None:
            found[start] = reading
    return found


def _wrapped(text: str, lines: Lines, accepted: dict[int, Reading]) -> dict[int, Reading]:
    """Read lines that are not copies by themselves together with the next, where a wrap may have cut the last copy."""
    found: dict[int, Reading] = {}
    for start, end in zip(lines.starts, lines.ends):
        stop = text.find("\n", end + 1)
        stop = len(text) if stop < 0 else stop
        if start in accepted or end + 1 in accepted or not text.startswith("\n", end) or stop - start > MAX_LINE:
            continue
        both = text[start:stop]
        reading = best_reading(both) if could_cover(both, 2) and could_be_whole(both) else None
        if (
            reading is not None
            and reading.shape is Shape.WHOLE
            and reading.alone >= ALONE
            and not all(run.parted for run in reading.runs)  # `very very good / good`
            and start + reading.runs[-1].head <= end < start + reading.runs[-1].end - 1
        ):
            found[start] = reading
    return found


def _weak(
    text: str, line: str, votes: Iterable[tuple[int, dict[str, int]]], readings: dict[int, Reading], start: int
) -> Reading | None:
    """Read a line by the light of the others, given the votes for each number of copies, most votes first."""
    for copies, modes in votes:
        known = readings.get(start)
        reading = known if known is not None and known.copies == copies else read(line, copies)
        if reading is not None:
            mode = "char" if reading.mode == "char" else "run"
            count = modes.get(mode, 0)
            readings.setdefault(start, reading)
            if count and is_likely(reading, count):
                return reading
        if sum(modes.values()) > MANY:
            reading = _lone(text, start, line, copies, modes) or led_in(line, copies, _LEAD)
            if reading is not None:
                return reading
    return None


def _above(text: str, accepted: dict[int, Reading], readings: dict[int, Reading], taken: Spans) -> dict[int, Reading]:
    """Accept lines that stand right above others which were drawn as often: they are one heading."""
    found: dict[int, Reading] = {}
    for start, reading in accepted.items():
        while reading.shape is Shape.WHOLE and start > 1:
            start = text.rfind("\n", 0, start - 1) + 1
            above = readings.get(start)
            if above is None or start in accepted or start in taken or above.shape is not Shape.WHOLE:
                break
            if above.copies != reading.copies or above.weight < WITH_ONE:
                break
            found[start] = reading = above
    return found


def _lone(text: str, start: int, line: str, copies: int, modes: dict[str, int]) -> Reading | None:
    """Read a line that is nothing but one character or the number of a heading, where it is none by what stands around.

    Two Han may be a word that a wrap left (`人人`), unless all is drawn by character; a number that holds a piece twice
    may stand beside itself.
    """
    reading = lone(line, copies)
    if reading is None:
        return None
    said = line.strip()
    if said[0].isdigit():
        end = start + len(line)
        beside = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip(), text[end + 1 :].partition("\n")[0]
        return reading if said not in [other.strip() for other in beside] else None
    sure = copies > 2 or modes.get("char", 0) > modes.get("run", 0) or is_between_paragraphs(text, start, start)
    return reading if sure else None


def _short_leads(
    lines: list[tuple[int, str]], copies: int, accepted: dict[int, Reading], taken: Spans
) -> dict[int, Reading]:
    """Read lead-ins of two letters in a text that has lead-ins drawn as often."""
    found: dict[int, Reading] = {}
    for start, line in lines:
        if start not in accepted and start not in taken:
            reading = led_in(line, copies, _SHORT_LEAD)
            if reading is not None:
                found[start] = reading
    return found


def _set_in(
    text: str, line: str, votes: Iterable[tuple[int, dict[str, int]]], least: int = _SHORT_LEAD
) -> Reading | None:
    """Read the copies that a paragraph begins with behind an indent that was drawn as often: others have a part of it.

    Without one, two letters say nothing, for songs begin so: `知否知否，应是绿肥红瘦`.
    """
    indent = line[: len(line) - len(line.lstrip())]
    for copies, _ in votes:
        once = indent[: len(indent) // copies]
        if once and once * copies == indent:
            reading = led_in(line, copies, least, set_in=True)
            if reading is not None and begins_with(text, once):
                return reading
    return None


def _led_in(text: str, lines: Lines, accepted: dict[int, Reading]) -> dict[int, Reading]:
    """Read lines that begin with copies behind an indent that was drawn as often, which other paragraphs have once."""
    found: dict[int, Reading] = {}
    for start, end in zip(lines.starts, lines.ends):
        if text[start : start + 2].isspace() and start not in accepted:
            reading = _set_in(text, text[start:end], [(copies, {}) for copies in (4, 3, 2)], _LED)
            if reading is not None and any(map(_is_wide, reading.runs)):  # Latin is set in by a tab, or is code
                found[start] = reading
    return found


def _is_wide(run: Run) -> bool:
    return any(ord(character) > FIRST_WIDE for character in run.unit)


def _delete(editor: Editor, readings: Iterable[tuple[int, Reading]]) -> None:
    """Propose to delete the copies of lines that start there."""
    cuts: list[tuple[int, int, str]] = []
    for start, reading in readings:
        mode = reading.mode
        if reading.blanks:
            for before, run in pairwise(reading.runs):
                gap = run.start - before.end
                if gap > 1 and gap % reading.copies == 0:
                    cuts.append((start + before.end + gap // reading.copies, start + run.start, mode))
        cuts += [(start + run.head, start + run.end, mode) for run in reading.runs]
    if cuts:
        starts, ends, modes = zip(*sorted(cuts))
        editor.extend(starts, ends, "", modes)


def _doubt(editor: Editor, start: int, reading: Reading) -> None:
    first, last = reading.runs[0], reading.runs[-1]
    editor.doubt(
        start + first.start,
        start + last.end,
        "ambiguous",
        f"could be drawn {reading.copies} times by {reading.mode}: worth {reading.alone:.1f} nats of {ALONE:.0f}",
    )


def _remove(editor: Editor, block: Block) -> None:
    if block.reading is not None:
        _delete(editor, [(block.start, block.reading)])
    elif block.certain:
        editor.delete(block.head, block.end, "block")
    else:
        editor.doubt(block.start, block.end, "ambiguous", f"could be one line drawn {block.copies} times")


def _cuts(tangle: Tangle, chain: Block) -> bool:
    """Say whether a tangle is part of lines that are read in their order, or ends or begins among them."""
    if tangle.end <= chain.start or chain.end <= tangle.start:
        return False
    return chain.start < tangle.start or tangle.end < chain.end or tangle[:2] == (chain.start, chain.end)


def _begins_below(text: str, tangle: Tangle) -> bool:
    """Say whether lines are a heading of several and, on one, the words the text below may begin with.

    What was drawn twice breaks both times in the same places.
    """
    *lines, last = ["".join(line.split()) for line in text[tangle.start : tangle.end].split("\n")]
    return "".join(lines) == last


def _tangled(document: Document, votes: Votes, near: list[int] | None) -> list[Tangle]:
    """Copies of pieces on lines out of order; they vote for their number of copies as lines do."""
    # Without votes, only those count that have copies side by side, or a number that says as much.
    found = list(tangles(document, (2, 3, 4), near))
    worth = {t: weigh_unit(t.said, t.copies) + _EACH_DRAWN * max(t.drawn - 1, 0) for t in found}
    natural = {t: 0.0 if t.apart or t.drawn > 1 else _ONE_WRITER for t in found}
    told = [t for t in found if t.drawn or t.apart]
    strong = [t for t in told if worth[t] - natural[t] >= ALONE]
    for copies, _ in {(tangle.copies, tangle.said) for tangle in strong}:
        cast(votes, copies)
    for copies in (2, 3, 4):  # many weak ones speak together
        weak = {t.said: worth[t] - 0.5 * natural[t] - HEARSAY for t in told if t.copies == copies}
        if len(weak) >= 3 and sum(weak.values()) >= ALONE and not any(t.copies == copies for t in strong):
            cast(votes, copies, count=len(weak))
    kept: list[Tangle] = []
    for tangle in found:
        count = total(votes, tangle.copies)
        if tangle not in told and _begins_below(document.text, tangle):
            continue
        if count > MANY or (count == MANY and tangle in told):
            least = WITH_MANY if count > MANY and tangle in told else WITH_TWO
            sure = worth[tangle] - 0.6 * natural[tangle] >= least
        else:
            least = WITH_ONE if count else ALONE
            sure = tangle in told and worth[tangle] - natural[tangle] >= least
        if sure:
            kept.append(tangle)
    return kept
