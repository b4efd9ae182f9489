"""Decides what becomes of copies on lines of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise, zip_longest
from typing import NamedTuple

from textfix.document import Document
from textfix.overlay.chains import chained
from textfix.overlay.copies import Cluster, clusters, is_chapter, lines_of, weigh
from textfix.overlay.evidence import Reading, Shape, best_reading, read_chain
from textfix.overlay.listing import is_listing
from textfix.overlay.numbers import SECTION
from textfix.overlay.paragraphs import is_between_paragraphs
from textfix.overlay.pieces import pieces
from textfix.overlay.votes import ALONE, WITH_TWO, Votes, cast, is_likely
from textfix.patterns import pattern

__all__ = ["Block", "find_blocks", "let_vote"]

_BLOCKS = 9.0  # nats, as in textfix.overlay.votes
_BLOCKS_DOUBT = 6.0
_LISTED = 2 * _BLOCKS
_HEARD = 4.0  # nats that count as one vote
_BYLINE = 10  # characters
_FIGURES = 10
_SHORTER = 3
_SIGHT = 256  # characters
_NEAR = 6  # lines, blank ones among them
_NUMBERED = 5.0  # what the number above lines is worth that was drawn as often as they were
_TOKEN = pattern(r"[/\\$#<>=+_.~-][!-~]*$")  # what a program reads, broken out of its line
_ITEM = pattern(r"[•▪▸‣∙]")  # of a list: no heading
_MARKED = pattern(r"[：:，,；;。！!？?]\s*(?:\n|$)|[：:]")


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
    """Whether they are to go; else they are reported."""


def find_blocks(
    document: Document, accepted: dict[int, Reading], votes: Votes, heard: Mapping[int, float]
) -> list[Block]:
    """Return the copies on lines of their own that no accepted reading explains.

    What was `heard` of a number of copies, from lines that say too little by themselves, counts where nobody votes.
    """
    found = list(clusters(document))
    if not found:
        return []
    starts = sorted(accepted)
    untouched = [c for c in found if bisect_left(starts, c.start) == bisect_left(starts, c.stop)]
    chains = {}
    for cluster in untouched:
        if cluster.stop > cluster.end:
            reading = _chain(document.text, cluster.start, cluster.stop)
            if reading is not None:
                chains[cluster.start] = reading
    for above, below in pairwise(untouched):
        chain = chains.get(below.start)
        if chain is not None and _is_number_of(document.text, above, below, chain):
            chains[below.start] = chain._replace(weight=chain.weight + _NUMBERED, natural=0.0)
    counts = {copies: float(sum(modes.values())) for copies, modes in votes.items()}
    for reading in chains.values():
        if reading.alone >= ALONE:
            counts[reading.copies] = counts.get(reading.copies, 0.0) + 1.0
    usual = Counter({copies: int(count) for copies, count in counts.items()})
    usual.update(c.copies for c in found if c.end == c.whole and c.copies > 1)
    found = [_without_lead(cluster, usual) for cluster in found]
    untouched = [_without_lead(cluster, usual) for cluster in untouched]
    listed = {
        c.text
        for c in found
        if (is_listing(document.text[c.start : c.head]) and not is_chapter(c.text)) or _TOKEN.match(c.text)
    }
    said = [(c.text, c.copies, c.size) for c in found if c.copies > 1 and c.start not in chains]
    said += [("".join([run.unit for run in r.runs]), r.copies, 1) for r in chains.values()]
    wrapped = {c.text for c in found if c.copies > 1 and c.size > 1 and _is_wrapped(document.text, c)}
    between = {c.text for c in found if c.copies > 1 and _is_between(document.text, c)}
    paged = "\f" in document.text
    numbers = {c.text: number for c in found if c.copies > 1 and (number := _number_above(document.text, c.start))}
    parts = {c.text for c in found if c.copies > 1 and _is_part(document.text, c)}
    for copies, worth in heard.items():
        counts.setdefault(copies, min(worth / _HEARD, 1.0))
    weights = weigh(said, document.view(lines_of)[1], counts, listed, wrapped, between, numbers, parts, paged=paged)
    blocks = []
    for cluster, below in zip_longest(untouched, untouched[1:]):
        if cluster.text in listed and weights.get(cluster.copies, 0.0) < _LISTED:
            continue
        chain = chains.get(cluster.start)
        if chain is not None and (
            chain.alone >= ALONE
            or (weights[chain.copies] >= _BLOCKS and chain.weight >= WITH_TWO)
            or is_likely(chain, int(counts.get(chain.copies, 0)))
        ):
            units = "".join(run.unit for run in chain.runs)
            reading = chain._replace(mode="block")
            end = cluster.start + chain.runs[-1].end
            blocks.append(Block(cluster.start, cluster.head, end, chain.copies, reading, units, certain=True))
            continue
        if (len(cluster.text) == 1 and _is_upright(document.text, cluster)) or _ITEM.match(cluster.text):
            continue
        weight = weights.get(cluster.copies, 0.0)
        # Tables repeat short figures by themselves; long ones only where the whole document is drawn as often.
        figures = weight >= 2 * _BLOCKS and len(cluster.text) >= _FIGURES and len(set(cluster.text)) >= _FIGURES // 2
        headed = below is not None and _is_number_of(document.text, cluster, below, chains.get(below.start))
        if weight >= _BLOCKS_DOUBT and (figures or headed or any(map(str.isalpha, cluster.text))):
            blocks.append(
                Block(cluster.start, cluster.head, cluster.end, cluster.copies, None, cluster.text, weight >= _BLOCKS)
            )
    said_with = pieces(document.text, untouched, {block.start for block in blocks if block.certain})
    blocks += [
        Block(c.start, c.head, c.end, c.copies, None, c.text, certain=True) for c in untouched if c.start in said_with
    ]
    return sorted(blocks)


def _number_above(text: str, start: int) -> str:
    """Return the number of a section that is all the line above says; nothing where there is none."""
    line = "".join(text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].split())
    return line if SECTION.match(line) else ""


def _is_between(text: str, cluster: Cluster) -> bool:
    """Say whether lines stand between paragraphs, or above a byline that does."""
    if is_between_paragraphs(text, cluster.start, cluster.end):
        return True
    start = cluster.end
    while text[start : start + 1].isspace():
        start += 1
    end = text.find("\n", start)
    line = text[start:end].strip() if end >= 0 else ""
    return (
        0 < len(line) <= _BYLINE and _MARKED.search(line) is None and is_between_paragraphs(text, cluster.start, start)
    )


def _without_lead(cluster: Cluster, usual: Mapping[int, int]) -> Cluster:
    """Take the beginning of a text below for no copy, where others say that there is one less of them."""
    fewer = cluster.copies - 1
    if cluster.end == cluster.whole or usual.get(fewer, 0) <= usual.get(cluster.copies, 0):
        return cluster
    return cluster._replace(copies=fewer, end=cluster.whole, stop=cluster.whole)


def _is_number_of(text: str, cluster: Cluster, below: Cluster, chain: Reading | None) -> bool:
    """Say whether lines are the number of a heading that was drawn as often right below."""
    return (
        SECTION.match(cluster.text) is not None
        and cluster.copies == (chain.copies if chain is not None else below.copies)
        and any(map(str.isalpha, below.text))
        and text[cluster.end : below.start].isspace()
    )


def _is_upright(text: str, cluster: Cluster) -> bool:
    """Say whether a character stands among lines of one, drawn once: a heading in vertical type may double one."""
    above = text[max(cluster.start - _SIGHT, 0) : cluster.start].split()
    below = text[cluster.end : cluster.end + _SIGHT].split()
    return any(len(lines[0]) == 1 and lines[0] != lines[-1] for lines in (above[:-3:-1], below[:2]) if lines)


def _is_part(text: str, cluster: Cluster) -> bool:
    """Say whether a line close by begins or ends with what lines say, and says more: it may hold copies of theirs."""
    above = text[max(cluster.start - _SIGHT, 0) : cluster.start].split("\n")
    below = text[cluster.whole : cluster.whole + _SIGHT].split("\n")
    words = list(filter(None, ("".join(line.split()) for line in [*above[-1 - _NEAR :], *below[: 1 + _NEAR]])))
    return any(
        word != cluster.text and (word.startswith(cluster.text) or word.endswith(cluster.text)) for word in words
    )


def _is_wrapped(text: str, cluster: Cluster) -> bool:
    """Say whether lines are those of one heading: each is shorter than the one above, and paragraphs stand around.

    Songs that are quoted have lines of one length, or none of them ends a paragraph.
    """
    lines = ["".join(line.split()) for line in text[cluster.start : cluster.head].split("\n")]
    lengths = [len(line) for line in lines if line]
    return (
        all(above >= below + _SHORTER for above, below in pairwise(lengths))
        and _MARKED.search(text, cluster.start, cluster.head) is None
        and is_between_paragraphs(text, cluster.start, cluster.end)
    )


def _chain(text: str, start: int, stop: int) -> Reading | None:
    """Read lines as one, or all but the last of them: a paragraph may begin with what its heading says."""
    chain = chained(text, start, stop)
    if chain is not None:
        reading = read_chain(text[start : start + chain.size], chain)
        if reading is not None:
            return reading
    reading = best_reading(text[start:stop])
    if reading is not None and reading.shape is Shape.WHOLE:
        return reading
    last = text.rfind("\n", start, stop)
    reading = best_reading(text[start:last]) if last > start else None
    if reading is None or reading.shape is Shape.PART:
        return None
    ends, goes_on = start + reading.runs[-1].end, text[last:stop].lstrip()
    return reading if not text[ends:last].strip() and goes_on.startswith(reading.runs[-1].unit) else None


def let_vote(votes: Votes, blocks: list[Block]) -> None:
    """Add what certain blocks say for their numbers of copies."""
    for copies, _ in {(block.copies, block.said) for block in blocks if block.certain}:
        cast(votes, copies)
