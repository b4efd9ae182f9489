"""Page numbers of a text without form feeds, which part its pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from statistics import median

from textfix.furniture.numbers import AFTER, BEFORE, GLUED, LINE, Number, glued, masked, whole
from textfix.furniture.pages import ENDED, Line, cells
from textfix.patterns import pattern

__all__ = ["chain"]

_LETTERS = pattern(r"[^\W\d_]")


def chain(text: str) -> list[Line]:
    """Find the page numbers of a text without form feeds: lines of numbers that rise by one at even distances.

    Chapters and items are numbered too; what tells pages is that they end where they are full and not where the text
    ends: the lines above the numbers are full lines that end no sentence. Numbers that share the line of a head are
    taken where at least three lines have that head.
    """
    rows: list[tuple[Line, Number]] = []
    for match in LINE.finditer(text):
        line = Line(match.start() + 1, match.end(), match[0][1:])
        if number := whole(line.text):
            rows.append((line, number))
    rows += _beside_heads(text, {line.start for line, _ in rows})
    if len(rows) < _MOST_SHORT:
        return []
    rows.sort(key=lambda row: row[0].start)
    best: list[tuple[Line, Number]] = []
    for script in ("arabic", "han", "roman"):
        counted = [row for row in rows if row[1].script == script]
        longest = _longest(
            [(at, number.value) for at, (_, number) in enumerate(counted)], [r[0].start for r in counted]
        )
        if len(longest) > len(best):
            best = [counted[at] for at in longest]
    if len(best) < _MOST_SHORT:
        return []
    certain = 2 * sum(number.certain for _, number in best) >= len(best)
    lines = [line for line, _ in best]
    if not _is_paged(text, lines, [number.value for _, number in best], certain):
        return []
    for line, number in best:
        if number.dress in GLUED:
            line.number = number
    return lines


def _beside_heads(text: str, known: set[int]) -> list[tuple[Line, Number]]:
    """Find numbers at the ends of lines that are alike but for them."""
    places = {text.rfind("\n", 0, match.start()) + 1 for match in BEFORE.finditer(text)}
    places.update(match.start() + 1 for match in AFTER.finditer(text))
    places -= known
    if 3 * len(places) > text.count("\n"):
        return []  # data, not pages
    found: list[tuple[Line, Number, str]] = []
    for start in places:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > 160:
            continue
        line = Line(start, end, text[start:end])
        for number in glued(line.text):
            head = masked(line.text[: number.start] + line.text[number.end :])
            if len(_LETTERS.findall(head)) >= 3:
                found.append((line, number, head))
    heads = Counter(head for _, _, head in found)
    return [(line, number) for line, number, head in found if heads[head] >= 3]


# Without form feeds, as many numbers make a sequence.
_MOST_SHORT = 4


def _longest(rows: list[tuple[int, int]], starts: list[int]) -> list[int]:
    """Return the longest sequence that rises by one (or, where a number is missing, two), nearest neighbours first."""
    length: list[int] = []
    before: list[int] = []
    recent: dict[int, list[int]] = defaultdict(list)
    for here, (at, value) in enumerate(rows):
        length.append(1)
        before.append(-1)
        for step in (1, 2):
            for there in recent[value - step][-6:]:
                far_enough = starts[at] - starts[rows[there][0]] >= 100
                if far_enough and length[there] + 1 >= length[here] + (step - 1):
                    length[here], before[here] = length[there] + 1, there
        recent[value].append(here)
    if not length:
        return []
    at = max(range(len(length)), key=length.__getitem__)
    out = []
    while at >= 0:
        out.append(rows[at][0])
        at = before[at]
    return out[::-1]


def _is_paged(text: str, lines: list[Line], values: list[int], certain: bool) -> bool:
    """Say whether numbered lines part pages: even distances, and text that runs on across them."""
    bounds = [0, *(line.start for line in lines)]
    between = [[row for row in text[a:b].split("\n") if row.strip()] for a, b in pairwise(bounds)]
    counts = [len(rows) - 1 for rows in between]
    steps = [b - a for a, b in pairwise(values)]
    rates = [count / step for count, step in zip(counts[1:], steps)]
    usual = median(rates)
    even = sum(0.6 * usual <= rate <= 1.5 * usual for rate in rates) / len(rates)
    if usual < (8 if certain else 12) or even < (0.5 if certain else 0.7):
        return False
    mean = sum(rates) / len(rates)
    spread = (sum((rate - mean) ** 2 for rate in rates) / len(rates)) ** 0.5 / mean
    if certain and spread <= 0.2:
        return True
    if spread > (0.6 if certain else 0.35):
        return False
    repeated = Counter(masked(row) for rows in between for row in rows[-2:])
    widths = sorted(cells(row.strip()) for rows in between for row in rows)
    full = 0.8 * widths[9 * len(widths) // 10]
    if full < 18:
        return False  # verse, lists
    runs_on = 0
    for rows in between:
        body = [row for row in rows[-3:] if repeated[masked(row)] < 3]
        runs_on += bool(body) and not ENDED.search(body[-1]) and cells(body[-1].strip()) >= full
    least = 0.15 if certain or (spread <= 0.1 and usual >= 20) else 0.3
    return runs_on >= least * len(between)
