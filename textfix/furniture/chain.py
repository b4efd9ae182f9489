"""Page numbers of a text without form feeds, which part its pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from operator import itemgetter

from textfix.document import Document
from textfix.furniture.numbers import (
    BEGINNING,
    END,
    GLUED,
    LAST,
    LAST_OF_ALL,
    START,
    Number,
    counts,
    glued,
    masked,
    whole,
)
from textfix.furniture.pages import ENDED, Line, cells
from textfix.patterns import pattern

__all__ = ["chain", "may_be_paged"]

_LETTERS = pattern(r"[^\W\d_]")
_CAPTION = pattern(
    r"(?i:example|exercise|figure|table|chapter|section|part|step|lesson|unit|question|appendix|day|week|note)"
    r"|[图圖表例题題步练習练问問附]"
)


#: A page number, or what could be one, and its line; the same as found, with the bounds of the line.
_Row = tuple[Line, Number]
_Found = tuple[int, int, Number]


def chain(document: Document) -> list[Line]:
    """Find the page numbers of a text without form feeds: lines of numbers that rise by one at even distances.

    Chapters and items are numbered too; what tells pages is that they end where they are full and not where the text
    ends: the lines above the numbers are full lines that end no sentence. Numbers that share the line of a head are
    taken where at least three lines have that head.
    """
    text = document.text
    rows, shared = (
        [(Line(start, end, text[start:end]), number) for start, end, number in found]
        for found in document.view(_numbers)
    )
    rows += _beside_heads(shared)
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


def may_be_paged(document: Document) -> bool:
    """Say, at the cost of a scan, whether a text has numbers that could be those of pages."""
    return any(document.view(_numbers))


def _numbers(document: Document) -> tuple[list[_Found], list[_Found]]:
    """Find numbers alone on their lines and at the ends of lines; none if they can make no sequence."""
    text = document.text
    if text.count("\n") < _FEWEST_LINES:
        return [], []
    starts, ends = START.starts(document), END.starts(document)
    if len(starts) + len(ends) < _MOST_SHORT:
        return [], []
    ended = {text.rfind("\n", 0, end) + 1 for end in ends}
    if not _may_rise(_lines_at(text, sorted(ended.union(place + 1 for place in starts)))):
        return [], []
    alone: list[_Found] = []
    beside: list[_Found] = []
    begin: list[tuple[int, bool]] = []
    for match in filter(None, (BEGINNING.match(text, place) for place in starts)):
        start = match.start() + 1
        kind = match.lastindex
        if kind == 1:
            if number := whole(text[start : match.end()]):
                alone.append((start, match.end(), number))
                continue
            first = match.start(1)
        else:
            first = match.end()
        if first - start <= _DEEPEST_INDENT and text[first] in _COUNTS:
            begin.append((start, kind is not None))
    ended -= {start for start, _, _ in alone}
    if len(alone) + len(begin) + len(ended) < _MOST_SHORT:
        return [], []
    places = {**dict(begin), **dict.fromkeys(ended, True)}
    if 3 * len(places) <= text.count("\n"):  # more are data, not pages
        for start, likely in places.items():
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if end - start <= _WIDEST and (likely or text[start:end].rstrip()[-1:] in LAST):
                beside += [(start, end, number) for number in glued(text[start:end])]
    beside.sort(key=itemgetter(0))
    return (alone, beside) if _may_count(sorted(alone + beside)) else ([], [])


def _lines_at(text: str, starts: list[int]) -> list[str]:
    """Return the lines that start there, without those that neither begin with a number nor can be one."""
    lines = []
    for start in starts:
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if len(line) > _WIDEST:
            line = line.strip()[: _WIDEST + 1]
        if 0 < len(line) <= _WIDEST and (line[-1] in LAST_OF_ALL or line[0] in _BEGINS or "\f" in line):
            lines.append(line)
    return lines


def _may_rise(lines: list[str]) -> bool:
    """Say whether anything that some lines, in order, may count rises by one or two."""
    return any(map(_rises, counts(lines)))


def _may_count(numbers: list[_Found]) -> bool:
    """Say whether some numbers, in order, rise by one or two."""
    values = defaultdict(list)
    for _, _, number in numbers:
        values[number.script].append(number.value)
    return any(map(_rises, values.values()))


def _rises(values: list[int]) -> bool:
    length: dict[int, int] = {}
    get = length.get
    for value in values:
        here = 1 + max(get(value - 1, 0), get(value - 2, 0))
        if here >= _MOST_SHORT:
            return True
        if here > get(value, 0):
            length[value] = here
    return False


def _sequence(rows: list[_Row], script: str) -> list[_Row]:
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


def _beside_heads(numbers: list[_Row]) -> list[_Row]:
    """Choose numbers at the ends of lines that are alike but for them."""
    found: list[tuple[Line, Number, str]] = []
    for line, number in numbers:
        head = masked(line.text[: number.start] + line.text[number.end :])
        if len(_LETTERS.findall(head)) >= 3:
            found.append((line, number, head))
    heads = Counter(head for _, _, head in found)
    return [(line, number) for line, number, head in found if heads[head] >= 2 and not _CAPTION.match(head)]


# Without form feeds, as many numbers make a sequence, so many lines apart at least.
_MOST_SHORT = 4
_LEAST = 8
_FULL = 12
# What has fewer lines has no such sequence.
_FEWEST_LINES = 2 * _LEAST
# How far numbers at the start of a line may be indented, and how long their lines may be.
_DEEPEST_INDENT = 8
_WIDEST = 160
_COUNTS = frozenset("第0123456789０１２３４５６７８９")
_BEGINS = _COUNTS | frozenset(" \t\u3000")


def _longest(rows: list[_Row]) -> list[_Row]:
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
    from statistics import median  # which takes longer to load than most texts to clean

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
