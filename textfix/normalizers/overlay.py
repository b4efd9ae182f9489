"""Overlay: text that was drawn two, three or four times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textfix.contracts import Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.base import Editor, Normalizer
from textfix.overlay.copies import clusters, weigh
from textfix.overlay.evidence import Reading, Shape, best_reading, read
from textfix.overlay.parse import Run
from textfix.overlay.scan import MAX_LINE, Lines, hints, likely_lines, scan_together, twins

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


@dataclass(frozen=True)
class _DeletesCopies:
    """A deleted stretch says, blanks aside, once to three times what stands right before it and stays."""

    description: str = "delete copies of what stands before them"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        text = document.text
        stays = 0  # where the last edit ended: a copy that is itself deleted proves nothing
        for index, (start, end, after) in enumerate(zip(edits.starts, edits.ends, edits.afters)):
            if after or not _repeats(text[max(stays, 2 * start - end - MAX_LINE) : start], text[start:end]):
                yield Violation(index, f"may only {self.description}")
            stays = end


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

    Reasons: `overlay/char`, `overlay/run`, `overlay/phrase`, `overlay/line`, and `overlay/block` for copies on lines of
    their own. Of the copies the first one stays. A line that could be either is left alone and reported as a doubt,
    `overlay/ambiguous`.

    When not to use it: on texts that repeat for effect and set no punctuation (lyrics, concrete poetry, reviews padded
    by copying), where a line may say the same twelve or more characters twice. Lines of more than 1,024 characters are
    not looked at.

    Sources: the shapes are those that pdfplumber's issues 71, 992 and 1267, PyMuPDF's 218, 1624 and 4852, MinerU's 1221
    and pypdf's 1731 report; characters and words that double by themselves were learned from clean text (see
    `textfix/overlay/reduplication.txt`).
    """

    name = "overlay"
    contract = _DeletesCopies()

    def gate(self, document: Document) -> bool:
        return len(document.text) > 5  # the scan looks at many documents at once, below

    def prepare(self, documents: Sequence[Document]) -> None:
        scan_together(documents)

    def propose(self, document: Document, editor: Editor) -> None:
        text = document.text
        if not (document.view(likely_lines).starts or _may_hold_blocks(document)):
            return
        readings = _readings(text, document.view(likely_lines))
        paged = "\f" in text
        accepted = {start: reading for start, reading in readings.items() if _is_strong(reading, paged)}
        accepted.update(_wrapped(text, document.view(likely_lines), accepted))
        accepted.update(_run_over(text, accepted))
        votes = _votes(readings, accepted)
        if votes:
            candidates = {**dict(_each(text, document.view(likely_lines))), **dict(_each(text, document.view(hints)))}
            for start, line in candidates.items():
                if start not in accepted:
                    reading = _weak(line, votes, readings, start)
                    if reading is not None:
                        accepted[start] = reading
        for start in sorted(readings.keys() | accepted.keys()):
            if start in accepted:
                _delete(editor, start, accepted[start])
            elif readings[start].alone >= _DOUBT or (votes and readings[start].shape is Shape.WHOLE):
                _doubt(editor, start, readings[start])
        if _may_hold_blocks(document) or (votes and document.view(twins)):
            _blocks(text, editor, accepted, votes)


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
        reading = best_reading(text[start:stop])
        if (
            reading is not None
            and reading.shape is Shape.WHOLE
            and reading.alone >= _ALONE
            and start + reading.runs[-1].head <= end < start + reading.runs[-1].end - 1
        ):
            found[start] = reading
    return found


def _run_over(text: str, accepted: dict[int, Reading]) -> dict[int, Reading]:
    """Read the one character that a heading drawn by character left over for its next line."""
    found = {}
    for start, reading in accepted.items():
        end = text.find("\n", start + reading.runs[-1].end)
        copies = reading.copies
        if reading.mode != "char" or reading.shape is not Shape.WHOLE or copies < 3 or end < 0:
            continue
        line = text[end + 1 : end + 2 + copies].rstrip("\n\f ")
        if line == line[:1] * copies and line.isalpha():
            run = Run(0, 1, copies, line[0], parted=False)
            found[end + 1] = reading._replace(runs=(run,), blanks=False)
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
    best = None
    for copies, modes in sorted(votes.items(), key=lambda item: -sum(item[1].values())):
        known = readings.get(start)
        reading = known if known is not None and known.copies == copies else read(line, copies)
        if reading is None:
            continue
        mode = "char" if reading.mode == "char" else "run"
        count = modes.get(mode, 0)
        if not count:
            # pieces of one character are both
            count = sum(modes.values()) if len(reading.runs) > 2 or reading.weight >= 8.0 else 0
        readings.setdefault(start, reading)
        if count and _is_likely(reading, count):
            best = reading
            break
    return best


def _is_likely(reading: Reading, votes: int) -> bool:
    many = votes >= _MANY
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


def _blocks(text: str, editor: Editor, accepted: dict[int, Reading], votes: dict[int, dict[str, int]]) -> None:
    """Copies on lines of their own."""
    found = list(clusters(text))
    if not found:
        return
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
    for cluster in untouched:
        chain = chains.get(cluster.start)
        if chain is not None and (
            chain.alone >= _ALONE or (weights[chain.copies] >= _BLOCKS and chain.weight >= _WITH_TWO)
        ):
            _delete(editor, cluster.start, chain._replace(mode="block"))
            continue
        weight = weights.get(cluster.copies, 0.0)
        if weight < _BLOCKS_DOUBT or not any(map(str.isalpha, cluster.text)):
            continue
        if weight >= _BLOCKS:
            editor.delete(cluster.head, cluster.end, "block")
        else:
            editor.doubt(cluster.start, cluster.end, "ambiguous", f"could be one line drawn {cluster.copies} times")
