"""Overlay: text that was drawn two, three or four times."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textfix.contracts import Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.base import Editor, Normalizer
from textfix.overlay.copies import clusters, weigh
from textfix.overlay.evidence import Reading, Shape, best_reading, read, weigh_unit
from textfix.overlay.follow import continued, led_in, lone
from textfix.overlay.parse import could_cover
from textfix.overlay.scan import MAX_LINE, Lines, hints, likely_lines, scan_together, twins
from textfix.overlay.seams import Seam, seams
from textfix.overlay.tangle import Tangle, tangles

__all__ = ["Overlay"]

# Nats (see textfix.overlay.evidence). A line that stands alone needs long odds, for there are thirty thousand lines in
# a million characters, and hardly one of them is drawn twice; part of a line needs more, for a line has many parts.
# Where other lines of the document are known to be drawn k times, one line in ten is, not one in a million.
_ALONE = 12.0
_PART_ALONE = 15.0
_PAGED = 4.0
_WITH_ONE = 9.0
_WITH_TWO = 7.0
_WITH_MANY = 4.0
_PART_WITH_MANY = 7.0
_MANY = 2
_HEARSAY = 5.0
_BLOCKS = 9.0
_BLOCKS_DOUBT = 6.0
_DOUBT = 8.0
_TWINS = 2
_LEAD = 3  # letters of a lead-in drawn twice, where many lines vote; more of them where few do
_LONG_LEAD = 6
_FIGURES = 10
_ONE_WRITER = 5.5  # what speaks for one who says a thing twice


@dataclass(frozen=True)
class _DeletesCopies:
    """What goes was there twice to four times.

    A deleted stretch says, blanks aside, once to three times what stands right before it and stays. A replaced one has
    every character two, three or four times as often as what stands for it.
    """

    description: str = "delete copies of what stands before them, or put once what lines say two to four times"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        text = document.text
        stays = 0  # where the last edit ended: a copy that is itself deleted proves nothing
        for index, (start, end, after) in enumerate(zip(edits.starts, edits.ends, edits.afters)):
            before = text[start:end]
            if after:
                holds = _is_multiple("".join(before.split()), "".join(after.split()))
            else:
                holds = _repeats(text[max(stays, 2 * start - end - MAX_LINE) : start], before)
            if not holds:
                yield Violation(index, f"may only {self.description}")
            stays = end


def _is_multiple(before: str, after: str) -> bool:
    every, once = Counter(before), Counter(after)
    copies, rest = divmod(len(before), max(len(after), 1))
    return bool(once) and 2 <= copies <= 4 and not rest and all(every[c] == copies * n for c, n in once.items())


def _repeats(kept: str, copies: str) -> bool:
    said = "".join(copies.split())
    if said:
        before = "".join(kept.split())
    else:  # blanks that were drawn with the characters: they must be the very same
        said, before = copies, kept
    for count in (1, 2, 3):
        unit, rest = divmod(len(said), count)
        if not rest and unit and said[:unit] * count == said and before.endswith(said[:unit]):
            return True
    return False


@dataclass(frozen=True)
class Overlay(Normalizer):
    """Overlay: text that was drawn two, three or four times, as programs do for bold type, shadows and outlines.

    A page draws a bold heading several times, a hair's breadth apart; an extractor that goes by the order of drawing
    returns every copy. What is repeated is whatever was drawn at once: a run of one font (digits, Han and marks come
    from different fonts), a character, a phrase, a line, or a block of lines.

    >>> overlay = Overlay()
    >>> overlay("20222022年城西区工作回顾年城西区工作回顾")
    '2022年城西区工作回顾'
    >>> overlay("微微软软公公司司的的 22001199年年1111月月")
    '微软公司的 2019年11月'
    >>> overlay("高高兴兴") + overlay("谢谢谢谢") + overlay("2222")
    '高高兴兴谢谢谢谢2222'

    A line is read as runs of k copies (2, 3 or 4, one k for the line) and literals, at the least cost. What the reading
    is worth is how rarely natural text says the same twice like that. Lines that are worth much are repaired by
    themselves; their number is the evidence by which weaker ones of the same document are judged, and many weak ones
    speak together. A page number at the end of a line is no part of it.

    Extractors that sort by position make lines of the copies, in any order. What such lines say together is the one
    string that holds each of their characters a k-th as often:

    >>> overlay("引导原则\\n333...111...引导原则\\n引导原则")
    '3.1.引导原则'

    Where the document is known to be drawn k times, so are the rest of a heading on the next line, a number or a single
    character alone, and the first words of a paragraph (`据了解据了解，…`).

    Reasons: `overlay/char`, `overlay/run`, `overlay/phrase`, `overlay/line`, `overlay/block` for copies on lines of
    their own, `overlay/order` for such lines out of order, and `overlay/seam` for what an extractor that drops copies
    leaves of them. Of the copies the first one stays. A line that could be either is left alone and reported as a
    doubt, `overlay/ambiguous`.

    When not to use it: on texts that repeat for effect and set no punctuation (lyrics, concrete poetry, reviews padded
    by copying), where a line may say the same twelve or more characters twice. Lines of more than 1,024 characters are
    not looked at.

    Sources: the shapes are those that pdfplumber's issues 71, 992 and 1267, PyMuPDF's 218, 1624 and 4852, MinerU's 1221
    and pypdf's 1731 report; characters and words that double by themselves were learned from clean text (see
    `textfix/overlay/reduplication.txt`).
    """

    name = "overlay"
    reasons = ("run", "char", "phrase", "line", "block", "order", "seam", "ambiguous")
    contract = _DeletesCopies()

    def gate(self, document: Document) -> bool:
        return len(document.text) > 5  # the scan looks at many documents at once, below

    def prepare(self, documents: Sequence[Document]) -> None:
        scan_together(documents)

    def propose(self, document: Document, editor: Editor) -> None:
        text = document.text
        likely = document.view(likely_lines)
        torn = document.view(_seams)
        if not (likely.starts or torn or _may_hold_blocks(document)):
            return
        readings = _readings(text, likely)
        paged = "\f" in text
        accepted = {start: reading for start, reading in readings.items() if _is_strong(reading, paged)}
        accepted.update(_wrapped(text, likely, accepted))
        votes = _votes(readings, accepted)
        blocks: list[Block] = []
        if _may_hold_blocks(document) or (votes and document.view(twins)):
            blocks = _blocks(text, accepted, votes)
            _add_votes(votes, blocks)
        tangled = _tangled(text, votes, likely)
        taken = _Taken([*((t.start, t.end) for t in tangled), *((b.start, b.end) for b in blocks if b.certain)])
        accepted = {start: reading for start, reading in accepted.items() if start not in taken}
        if votes:
            candidates = {**dict(_each(text, likely)), **dict(_each(text, document.view(hints)))}
            for start, line in candidates.items():
                if start not in accepted and start not in taken:
                    reading = _weak(line, votes, readings, start)
                    if reading is not None:
                        accepted[start] = reading
        ends = [(start + r.runs[-1].end, r.copies) for start, r in accepted.items() if r.shape is Shape.WHOLE]
        ends += [(block.end, block.copies) for block in blocks if block.certain]
        ends += [(tangle.end, tangle.copies) for tangle in tangled]
        accepted.update(continued(text, ends, accepted.keys(), taken))
        for start in sorted(readings.keys() | accepted.keys()):
            if start in accepted:
                _delete(editor, start, accepted[start])
            elif start in taken:
                continue
            elif readings[start].alone >= _DOUBT or (votes and readings[start].shape is Shape.WHOLE):
                _doubt(editor, start, readings[start])
        for tangle in tangled:
            editor.replace(tangle.start, tangle.end, tangle.said, "order")
        read = _Taken([(start, start + reading.runs[-1].end) for start, reading in accepted.items()])
        for seam in torn:
            if not any(place in spans for place in (seam.start, seam.mark) for spans in (taken, read)):
                editor.delete(seam.start, seam.mark, "seam")
                editor.delete(seam.mark + 1, seam.mark + 2, "seam")
        for block in blocks:
            if not any(t.start < block.end and block.start < t.end for t in tangled):
                _remove(editor, block)


def _seams(document: Document) -> list[Seam]:
    return seams(document.text)


def _may_hold_blocks(document: Document) -> bool:
    """Say whether there are enough different lines that come again to say anything, or one that says a lot."""
    found = document.view(twins)
    return len(found) >= _TWINS or any(len(line) > 2 for line in found)


def _each(text: str, lines: Lines) -> Iterator[tuple[int, str]]:
    for start, end in zip(lines.starts, lines.ends):
        if end - start <= MAX_LINE:
            yield start, text[start:end]


def _readings(text: str, lines: Lines) -> dict[int, Reading]:
    found = {}
    for start, line in _each(text, lines):
        reading = best_reading(line)
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
        reading = best_reading(text[start:stop]) if could_cover(text[start:stop], 2) else None
        if (
            reading is not None
            and reading.shape is Shape.WHOLE
            and reading.alone >= _ALONE
            and not all(run.parted for run in reading.runs)  # `very very good / good`
            and start + reading.runs[-1].head <= end < start + reading.runs[-1].end - 1
        ):
            found[start] = reading
    return found


def _is_strong(reading: Reading, paged: bool) -> bool:
    if reading.shape is Shape.WHOLE:
        # Form feeds part the pages of a printed document; chants and padding are written elsewhere.
        return reading.alone + (min(_PAGED, reading.natural) if paged else 0.0) >= _ALONE
    if reading.alone < _PART_ALONE:
        return False
    # In the middle of a line a phrase comes twice by itself; three times and long, or several phrases, do not.
    return reading.mode == "char" or len(reading.runs) > 1 or reading.copies > 2 or reading.natural == 0.0


def _votes(readings: dict[int, Reading], accepted: dict[int, Reading]) -> dict[int, dict[str, int]]:
    """How many different lines speak for each number of copies, by mode.

    Lines that are worth too little by themselves speak together: that a writer repeats himself is rare, that he does so
    time and again, as often each time, and in whole lines, is rarer.
    """
    seen = set()
    votes: dict[int, dict[str, int]] = {}
    hearsay: dict[tuple[int, str], list[float]] = {}
    for start, reading in readings.items():
        said = "".join(run.unit for run in reading.runs)
        if said in seen:
            continue
        seen.add(said)
        mode = "char" if reading.mode == "char" else "run"
        if start in accepted:
            votes.setdefault(reading.copies, Counter())[mode] += 1
        elif reading.shape is Shape.WHOLE:
            worth = reading.weight - 0.5 * reading.natural - _HEARSAY
            if worth > 0.0:
                apart = any(run.parted for run in reading.runs) and reading.copies == 2
                hearsay.setdefault((reading.copies, mode), []).append(worth / 2 if apart else worth)
    for (copies, mode), worths in hearsay.items():
        if (len(worths) >= 3 and sum(worths) >= _ALONE) or (copies in votes and sum(worths) >= _ALONE / 2):
            votes.setdefault(copies, Counter())[mode] += len(worths)
    return votes


def _weak(line: str, votes: dict[int, dict[str, int]], readings: dict[int, Reading], start: int) -> Reading | None:
    """Read a line by the light of the others."""
    for copies, modes in sorted(votes.items(), key=lambda item: -sum(item[1].values())):
        known = readings.get(start)
        reading = known if known is not None and known.copies == copies else read(line, copies)
        every = sum(modes.values())
        if reading is not None:
            mode = "char" if reading.mode == "char" else "run"
            count = modes.get(mode, 0)
            if not count:
                # pieces of one character are both
                count = sum(modes.values()) if len(reading.runs) > 2 or reading.weight >= 8.0 else 0
            readings.setdefault(start, reading)
            if count and _is_likely(reading, count):
                return reading
        if every > _MANY:
            reading = lone(line, copies) or led_in(line, copies, _LEAD)
        elif every == _MANY:
            reading = led_in(line, copies, _LONG_LEAD)
        else:
            continue
        if reading is not None:
            return reading
    return None


def _is_likely(reading: Reading, votes: int) -> bool:
    many = votes >= _MANY
    if not votes:
        return False
    if reading.shape is Shape.WHOLE:
        if not many:
            return reading.alone >= _WITH_ONE
        least = _WITH_MANY if votes > _MANY else _WITH_TWO
        return reading.weight - 0.6 * reading.natural >= least
    if not many:
        return False
    if reading.copies > 2 or reading.mode == "char":
        return reading.weight >= _PART_WITH_MANY
    return reading.weight >= _ALONE and reading.alone >= _WITH_ONE


def _delete(editor: Editor, start: int, reading: Reading) -> None:
    previous = None
    for run in reading.runs:
        if previous is not None and reading.blanks:
            gap = run.start - previous
            if gap > 1 and gap % reading.copies == 0:
                stay = gap // reading.copies
                editor.delete(start + previous + stay, start + run.start, reading.mode)
        editor.delete(start + run.head, start + run.end, reading.mode)
        previous = run.end


def _doubt(editor: Editor, start: int, reading: Reading) -> None:
    first, last = reading.runs[0], reading.runs[-1]
    editor.doubt(
        start + first.start,
        start + last.end,
        "ambiguous",
        f"could be drawn {reading.copies} times by {reading.mode}: worth {reading.alone:.1f} nats of {_ALONE:.0f}",
    )


class Block(NamedTuple):
    """Copies on lines of their own, and what is to become of them."""

    start: int
    head: int
    end: int
    copies: int
    reading: Reading | None
    """How the lines are read as one, where each begins with the end of the one above."""
    said: str
    certain: bool


def _blocks(text: str, accepted: dict[int, Reading], votes: dict[int, dict[str, int]]) -> list[Block]:
    """Copies on lines of their own."""
    found = list(clusters(text))
    if not found:
        return []
    untouched = [c for c in found if not any(c.start <= start < c.stop for start in accepted)]
    chains = {}
    for cluster in untouched:
        if cluster.stop > cluster.end:
            reading = best_reading(text[cluster.start : cluster.stop])
            if reading is not None and reading.shape is Shape.WHOLE:
                chains[cluster.start] = reading
    counts = {copies: float(sum(modes.values())) for copies, modes in votes.items()}
    for reading in chains.values():
        if reading.alone >= _ALONE:
            counts[reading.copies] = counts.get(reading.copies, 0.0) + 1.0
    said = [(c.text, c.copies, c.size) for c in found if c.copies > 1 and c.start not in chains]
    said += [(r.runs[0].unit, r.copies, 1) for r in chains.values() if len(r.runs) == 1]
    weights = weigh(said, text, counts)
    blocks = []
    for cluster in untouched:
        chain = chains.get(cluster.start)
        if chain is not None and (
            chain.alone >= _ALONE
            or (weights[chain.copies] >= _BLOCKS and chain.weight >= _WITH_TWO)
            or _is_likely(chain, int(counts.get(chain.copies, 0)))
        ):
            units = "".join(run.unit for run in chain.runs)
            reading = chain._replace(mode="block")
            blocks.append(Block(cluster.start, cluster.head, cluster.stop, chain.copies, reading, units, certain=True))
            continue
        weight = weights.get(cluster.copies, 0.0)
        # Tables repeat short figures by themselves; long ones only where the whole document is drawn as often.
        figures = weight >= 2 * _BLOCKS and len(cluster.text) >= _FIGURES and len(set(cluster.text)) >= _FIGURES // 2
        if weight >= _BLOCKS_DOUBT and (figures or any(map(str.isalpha, cluster.text))):
            blocks.append(
                Block(cluster.start, cluster.head, cluster.end, cluster.copies, None, cluster.text, weight >= _BLOCKS)
            )
    return blocks


def _add_votes(votes: dict[int, dict[str, int]], blocks: list[Block]) -> None:
    for copies, _ in {(block.copies, block.said) for block in blocks if block.certain}:
        votes.setdefault(copies, Counter())["run"] += 1


def _remove(editor: Editor, block: Block) -> None:
    if block.reading is not None:
        _delete(editor, block.start, block.reading)
    elif block.certain:
        editor.delete(block.head, block.end, "block")
    else:
        editor.doubt(block.start, block.end, "ambiguous", f"could be one line drawn {block.copies} times")


def _tangled(text: str, votes: dict[int, dict[str, int]], likely: Lines) -> list[Tangle]:
    """Copies of pieces on lines out of order; they vote for their number of copies as lines do."""
    # Without votes, only those count that have copies side by side.
    found = list(tangles(text, (2, 3, 4), None if votes else likely.starts))
    worth = {tangle: weigh_unit(tangle.said, tangle.copies) for tangle in found}
    strong = [t for t in found if t.drawn and worth[t] - _ONE_WRITER >= _ALONE]
    for copies, _ in {(tangle.copies, tangle.said) for tangle in strong}:
        votes.setdefault(copies, Counter())["run"] += 1
    for copies in (2, 3, 4):  # many weak ones speak together
        weak = {t.said: worth[t] - 0.5 * _ONE_WRITER - _HEARSAY for t in found if t.drawn and t.copies == copies}
        if len(weak) >= 3 and sum(weak.values()) >= _ALONE and not any(t.copies == copies for t in strong):
            votes.setdefault(copies, Counter())["run"] += len(weak)
    kept = []
    for tangle in found:
        count = sum(votes.get(tangle.copies, {}).values())
        if count > _MANY:
            sure = worth[tangle] - 0.6 * _ONE_WRITER >= (_WITH_MANY if tangle.drawn else _WITH_TWO)
        else:
            sure = tangle.drawn and worth[tangle] - _ONE_WRITER >= (_WITH_ONE if count else _ALONE)
        if sure:
            kept.append(tangle)
    return kept


class _Taken:
    """Stretches that are spoken for; says whether a place lies in one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, place: object) -> bool:
        assert isinstance(place, int)
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._spans[at][1]
