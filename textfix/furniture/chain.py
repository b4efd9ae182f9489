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
_CAPTION = pattern(
    r"(?i:example|exercise|figure|table|chapter|section|part|step|lesson|unit|question|appendix|day|week|note)"
    r"|[图圖表例题題步练習练问問附]"
)


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
    best = max((_sequence(rows, script) for script in ("arabic", "han", "roman")), key=len)
    if len(best) < _MOST_SHORT:
        return []
    lines = [line for line, _ in best]
    if not _is_paged(text, lines, [number for _, number in best]):
        return []
    for line, number in best:
        if number.dress in GLUED:
            line.number = number
    return lines


def _sequence(rows: list[tuple[Line, Number]], script: str) -> list[tuple[Line, Number]]:
    """Return the longest sequence of numbers, all dressed alike if those are nearly as many."""
    counted = [row for row in rows if row[1].script == script]
    alike = [
        [row for row in counted if row[1].dress == dress]
        for dress, count in Counter(number.dress for _, number in counted).items()
        if count >= _MOST_SHORT
    ]
    beside = [row for row in counted if row[1].dress in (*GLUED, "#")]
    any_dress, *same_dress = (_longest(some) for some in (counted, beside, *alike))
    longest = max(same_dress, key=len)
    return longest if 5 * len(longest) >= 4 * len(any_dress) else any_dress


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
    return [(line, number) for line, number, head in found if heads[head] >= 2 and not _CAPTION.match(head)]


# Without form feeds, as many numbers make a sequence, so many lines apart at least.
_MOST_SHORT = 4
_LEAST = 8
_FULL = 12


def _longest(rows: list[tuple[Line, Number]]) -> list[tuple[Line, Number]]:
    """Return the longest sequence that rises by one (or, where a number is missing, two), nearest neighbours first."""
    length: list[int] = []
    before: list[int] = []
    recent: dict[int, list[int]] = defaultdict(list)
    for here, (line, number) in enumerate(rows):
        length.append(1)
        before.append(-1)
        for step in (1, 2):
            for there in recent[number.value - step][-6:]:
                far_enough = line.start - rows[there][0].start >= 100
                if far_enough and length[there] + 1 >= length[here] + (step - 1):
                    length[here], before[here] = length[there] + 1, there
        recent[number.value].append(here)
    if not length:
        return []
    at = max(range(len(length)), key=length.__getitem__)
    out = []
    while at >= 0:
        out.append(rows[at])
        at = before[at]
    return out[::-1]


def _is_paged(text: str, lines: list[Line], numbers: list[Number]) -> bool:
    """Say whether numbered lines part pages: even distances, and text that runs on across them or heads beside them."""
    bounds = [0, *(line.start for line in lines)]
    between = [[row for row in text[a:b].split("\n") if row.strip()] for a, b in pairwise(bounds)]
    counts = [len(rows) - 1 for rows in between]
    values = [number.value for number in numbers]
    rates = [count / (b - a) for count, (a, b) in zip(counts[1:], pairwise(values))]
    usual = median(rates)
    if len(rates) > 2 and rates[-1] < usual:
        rates.pop()  # the last page is as long as it needs to be
    even = sum(0.6 * usual <= rate <= 1.5 * usual for rate in rates) / len(rates)
    certain = 2 * sum(number.certain for number in numbers) >= len(numbers)
    if all(number.dress.count("/") for number in numbers) and usual >= _LEAST:
        return True  # of so many in all
    if usual < (_LEAST if certain else _FULL) or even < (0.5 if certain else 0.7):
        return False
    mean = sum(rates) / len(rates)
    spread = (sum((rate - mean) ** 2 for rate in rates) / len(rates)) ** 0.5 / mean
    if spread <= (0.2 if certain else 0.06 if len(rates) >= _MOST_SHORT and usual >= 18 else 0.0):
        return True
    if spread <= 0.6 and 5 * _escorted(text, lines, numbers) >= 4 * len(lines):
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


def _escorted(text: str, lines: list[Line], numbers: list[Number]) -> int:
    """Count the numbers that have a head beside them: the same on all pages, or one on odd and one on even pages."""
    beside: list[set[str]] = []
    for line, number in zip(lines, numbers):
        rows = {line.text[: number.start] + line.text[number.end :]} if number.dress in GLUED else set()
        rows.update(text[max(0, line.start - 200) : line.start].rstrip().split("\n")[-1:])
        rows.update(text[line.end : line.end + 200].lstrip().split("\n")[:1])
        beside.append({masked(row) for row in rows if len(_LETTERS.findall(row)) >= 3 and not ENDED.search(row)})
    said = Counter(row for rows in beside for row in rows)
    heads = {row for row, count in said.most_common(2) if count > 1 and not _CAPTION.match(row)}
    return sum(bool(rows & heads) for rows in beside)
