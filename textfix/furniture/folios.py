"""Page numbers at the edges of pages: those that rise by one from page to page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from typing import NamedTuple

from textfix.document import Document
from textfix.furniture.issues import names_issue
from textfix.furniture.numbers import GLUED, Number
from textfix.furniture.pages import ENDED, Cut, Line, Page, cells
from textfix.furniture.said import Said
from textfix.furniture.scan import numbered
from textfix.furniture.titles import is_title, numbers_headings
from textfix.patterns import pattern

__all__ = ["last_number", "number_pages"]

# How many lines from the edge of a page a page number may stand.
_DEPTH = 4
# Pages without a number between numbered ones (plates, chapter openings).
_GAP = 4
# So many pages are too few for their numbers to make a sequence.
_FEW = 3
_LETTERS = pattern(r"[^\W\d_]")


class _Candidate(NamedTuple):
    page: int
    edge: str
    slot: int
    line: Line
    number: Number

    @property
    def said(self) -> Said:
        """What the line says beside the number."""
        return self.line.without(self.number)


def number_pages(document: Document, pages: list[Page]) -> list[Cut]:
    """Find the page numbers of pages, note them on the pages, and return the lines that hold nothing else.

    Numbers that share a line with a head are noted on the line; whether the line goes is for the heads to say.
    """
    filled = [at for at, page in enumerate(pages) if page.lines]
    said = [{line.without(None).solid for line in (*pages[at].lines[:2], *pages[at].lines[-2:])} for at in filled]
    votes: dict[tuple[str, int], dict[int, list[_Candidate]]] = defaultdict(lambda: defaultdict(list))
    for index, at in enumerate(filled):
        # A number that the next pages have too counts something else: "Volume 2".
        nearby = set().union(*said[max(0, index - 2) : index], *said[index + 1 : index + 3])
        for candidate in (*_candidates(at, pages[at], nearby), *_dressed(document, at, pages[at])):
            votes[candidate.number.script, candidate.number.value - at][at].append(candidate)
    heads = _heads_seen(pages, votes)
    cuts = []
    for (script, offset), found in sorted(votes.items(), key=lambda item: (-len(item[1]), item[0])):
        lone, beside = _sorted_out(found, pages, heads, filled)
        if not _is_sequence(lone, beside, pages, heads, filled):
            _fill(document, pages, lone, beside, script, offset, filled)
        if _is_sequence(lone, beside, pages, heads, filled):
            cuts += _take(document, pages, lone, script, offset, sorted({*lone, *beside}))
            for at, candidate in beside.items():
                candidate.line.number = candidate.number
                pages[at].folio = at + offset
                pages[at].edges.add(candidate.edge)
    return cuts + _out_of_sequence(document, [pages[at] for at in filled])


def _out_of_sequence(document: Document, pages: list[Page]) -> list[Cut]:
    """Take the numbers of pages that do not follow each other: the cover counts apart, pages were left out.

    They are the outermost lines of all pages, rise, and are dressed alike, as nothing but page numbers are, or stand
    where the heads of all pages stood.
    """
    if len(pages) < 2 or any(page.folio is not None for page in pages):
        return []
    for edge, place in (("top", 0), ("bottom", -1)):
        headed = len(pages) > 2 and all(edge in page.headed and not page.numbered for page in pages)
        found = [
            number
            for page in pages
            if page.lines and (number := page.lines[place].alone) and (number.certain or headed)
        ]
        values = [number.value for number in found]
        if len(found) < len(pages) or len({number.dress for number in found}) > 1 or sorted(set(values)) != values:
            continue
        cuts = []
        for page, value in zip(pages, values):
            page.edges.add(edge)
            cuts.append(_number_off(page, page.lines[place], value))
        return cuts
    if cuts := _beside_one_head(pages):
        return cuts
    _mirrored_heads(document, pages)
    return []


def _beside_one_head(pages: list[Page]) -> list[Cut]:
    """Take the numbers that rise beside a head that all of two or three pages have at one edge, and note them there."""
    if len(pages) > _FEW:
        return []
    for edge in ("top", "bottom"):
        outer = [page.lines[:2] if edge == "top" else page.lines[2:][-2:] for page in pages]
        heads = set.intersection(*({line.said.solid for line in lines if line.said.may_be_head(0)} for lines in outer))
        found = [next((line for line in lines if line.alone), None) for lines in outer]
        numbers = [line.alone for line in found if line and line.alone]
        values = [number.value for number in numbers]
        if (
            not heads
            or sorted(set(values)) != values
            or not (len(numbers) == len(pages) or any(number.certain for number in numbers))
        ):
            continue
        cuts = []
        for page, line in zip(pages, found):
            page.edges.add(edge)
            if line and line.alone:
                cuts.append(_number_off(page, line, line.alone.value))
        return cuts
    return []


def _mirrored_heads(document: Document, pages: list[Page]) -> None:
    """Note numbers that rise at the outer ends of heads: behind those of odd pages and before those of even ones.

    Of two heads, both must be titles that the numbered headings of the document leave nothing to head.
    """
    if any(page.headed or not page.lines for page in pages):
        return
    two = len(pages) == 2
    if two and not numbers_headings(document):
        return
    for edge, place in (("top", 0), ("bottom", -1)):
        lines = [page.lines[place] for page in pages]
        found = [
            next((n for n in line.beside if (n.dress == "tail") == (n.value % 2 == 1) and _is_short(line, n)), None)
            for line in lines
        ]
        numbers = [number for number in found if number]
        values = [number.value for number in numbers]
        if len(numbers) < len(lines) or sorted(set(values)) != values or len({n.dress for n in numbers}) < 2:
            continue
        if two and not all(is_title(line.without(n).head) for line, n in zip(lines, numbers)):
            continue
        for dress in GLUED:
            heads = {line.without(n).head for line, n in zip(lines, numbers) if n.dress == dress}
            if len(heads) > 1:
                return
        for page, line, number in zip(pages, lines, numbers):
            line.number = number
            page.folio = number.value
            page.edges.add(edge)
        return


def _is_short(line: Line, number: Number) -> bool:
    said = line.without(number)
    return said.may_be_head(0) and cells(said.head) <= 40 and said.head[-1] not in "。！？!?；;：:，,"


def last_number(pages: list[Page]) -> list[Cut]:
    """Find the number of the only page of a text: its last line, right above the form feed, dressed as numbers are."""
    cuts: list[Cut] = []
    lines = [line for page in pages for line in page.lines]
    while len(lines) > 2 and (number := lines[-1].alone) and number.certain:
        line = lines.pop()
        cuts.insert(0, Cut(line.start, line.end, "page-number"))
    return cuts


def _sorted_out(
    found: dict[int, list[_Candidate]], pages: list[Page], heads: Counter[str], filled: list[int]
) -> tuple[dict[int, list[_Candidate]], dict[int, _Candidate]]:
    """Tell, of the numbers of one sequence, those alone on their lines from those that share a line with a head."""
    lone: dict[int, list[_Candidate]] = {}
    beside: dict[int, _Candidate] = {}
    doubtful: dict[int, _Candidate] = {}
    for at, here in found.items():
        if pages[at].folio is not None:
            continue
        bare = [candidate for candidate in here if candidate.number.dress not in GLUED]
        best = _best(here, heads)
        headed = best is not None and (best.number.certain or heads[best.said.mask] >= 2)
        if bare and not (headed and all(c.slot and not c.number.certain for c in bare)):
            lone[at] = bare
        elif best and headed:
            beside[at] = best
        elif best:
            doubtful[at] = best
    known = {*lone, *beside}
    shared = set(beside)
    for at, candidate in doubtful.items():
        # Between two numbered pages, a number in its place beside a short line, or beside any where others are too.
        width = cells(candidate.said.head)
        short = at - 1 in known and at + 1 in known and width <= 24
        like = shared.intersection((at - 1, at - 2)) and shared.intersection((at + 1, at + 2)) and width <= 60
        if (short or like) and not candidate.slot:
            beside[at] = candidate
    if len(filled) == 2 == len(doubtful | beside) and not lone and _mirrored(*(doubtful | beside).values()):
        beside.update(doubtful)
    if len(doubtful) >= max(5, 0.5 * len(filled)) and len(known) < 0.2 * len(doubtful):
        beside.update(doubtful)
    return lone, beside


def _stands_alone(page: Page, found: _Candidate) -> bool:
    """Say whether a number at the very edge of a page stands beside text, and not beside more numbers."""
    nearby = page.lines[:4] if found.edge == "top" else page.lines[-4:]
    return not found.slot and sum(len(_LETTERS.findall(line.text)) >= 4 for line in nearby) >= 2


def _mirrored(left: _Candidate, right: _Candidate) -> bool:
    """Say whether two numbers stand at the outer ends of two heads, or both are dressed as nothing else is."""
    if left.slot or right.slot:
        return False
    if names_issue(left.said.rest) and names_issue(right.said.rest):
        return True
    if left.edge != right.edge:
        return False
    if any(cells(c.said.head) > 40 or ENDED.search(c.said.rest) for c in (left, right)):
        return False
    return left.number.dress != right.number.dress or (left.number.certain and right.number.certain)


def _fill(
    document: Document,
    pages: list[Page],
    lone: dict[int, list[_Candidate]],
    beside: dict[int, _Candidate],
    script: str,
    offset: int,
    filled: list[int],
) -> None:
    """Look for the numbers between two pages of a short sequence where columns may have carried them."""
    if len(lone) < 2 or len(lone) + len(beside) >= 5 or len(filled) > 40:
        return
    dress = Counter(c.number.dress for here in lone.values() for c in here)
    for at in range(min(lone) + 1, max(lone)):
        if at not in lone and at not in beside and pages[at].lines:
            line = _deeper(document, pages[at], script, at + offset, dress)
            if line and line.alone:
                lone[at] = [_Candidate(at, "deep", _DEPTH, line, line.alone)]


def _heads_seen(pages: list[Page], votes: dict[tuple[str, int], dict[int, list[_Candidate]]]) -> Counter[str]:
    """Count the lines at the edges of pages, with and without the numbers at their ends."""
    heads = Counter(line.without(None).mask for page in pages for line in (*page.lines[:2], *page.lines[2:][-2:]))
    seen = set()
    for found in votes.values():
        for here in found.values():
            for candidate in here:
                place = candidate.line.start, candidate.number.dress
                if candidate.number.dress in GLUED and place not in seen:
                    seen.add(place)
                    heads[candidate.said.mask] += 1
    return heads


def _best(here: list[_Candidate], heads: Counter[str]) -> _Candidate | None:
    """Return the number that most likely shares its line with a head."""
    lettered = [c for c in here if c.number.dress in GLUED and _LETTERS.search(c.said.rest)]
    # On the page on the right, which counts odd, the number stands at the right, and the other way round.
    return max(
        lettered,
        key=lambda c: (heads[c.said.mask], -c.slot, (c.number.dress == "tail") == (c.number.value % 2 == 1)),
        default=None,
    )


def _candidates(at: int, page: Page, repeated: set[str]) -> list[_Candidate]:
    lines = page.lines
    half = len(lines) // 2  # a line of a short page belongs to the edge that is nearer
    out = []
    for edge, found in (("top", lines[: len(lines) - half][:_DEPTH]), ("bottom", lines[::-1][:half][:_DEPTH])):
        for slot, line in enumerate(found):
            if number := line.alone:
                out.append(_Candidate(at, edge, slot, line, number))
            elif slot < 2 and line.number is None and line.beside and line.without(None).solid not in repeated:
                out += [_Candidate(at, edge, slot, line, part) for part in line.beside]
    return out


def _dressed(document: Document, at: int, page: Page) -> list[_Candidate]:
    """Numbers anywhere on a page that are dressed as nothing but page numbers are."""
    rows = numbered(document, page.start, page.end, certain=True)
    if not rows:
        return []
    seen = page.gone.union(line.start for line in (*page.lines[:_DEPTH], *page.lines[-_DEPTH:]))
    return [_Candidate(at, "deep", _DEPTH, Line(*row[:3]), row.number) for row in rows if row.start not in seen]


def _is_sequence(
    lone: dict[int, list[_Candidate]],
    beside: dict[int, _Candidate],
    pages: list[Page],
    heads: Counter[str],
    filled: list[int],
) -> bool:
    """Say whether numbers found at the edges of pages, alone on their lines or beside heads, count the pages."""
    found = sorted({*lone, *beside})
    count = len(found)
    if count < 2:
        return False
    certain = sum(any(c.number.certain for c in here) for here in lone.values())
    certain += sum(c.number.certain for c in beside.values())
    if len(filled) == 2:
        if any(len(pages[at].lines) < 6 for at in filled):
            return False
        here = [candidate for candidates in lone.values() for candidate in candidates]
        outer = all(any(c.slot <= 1 for c in candidates) for candidates in lone.values())
        one = not beside and len({(c.edge, c.number.dress) for c in here if c.slot == 0}) == 1
        # An extractor may put what is drawn last first on one page and last on the other.
        one = one or (not beside and len(here) == 2 and all(_stands_alone(pages[c.page], c) for c in here))
        if certain == 2 and not beside and len({c.number.dress for c in here}) == 1 and len(here) == 2:
            return True
        named = all(_names_issue_beside(pages[at], lone.get(at), beside.get(at)) for at in filled)
        return outer and (certain == 2 or one or named or _repeats(pages, filled, beside) or not lone)
    span = bisect_right(filled, found[-1]) - bisect_left(filled, found[0])
    if count < 3 or 2 * count < span:
        return certain == count == span == 2
    if not lone and count < 0.2 * len(filled):
        # Front matter counts apart; its heads are those of the document.
        return all(10 * heads[c.said.mask] >= 2 * len(filled) for c in beside.values())
    if 2 * certain < count and 2 * (len(beside) + sum(_outermost(pages[at], lone[at], heads) for at in lone)) < count:
        return False  # marks of footnotes, one to a page
    return 2 * certain >= count or count >= 5 or 10 * count >= 3 * len(filled)


def _names_issue_beside(page: Page, lone: list[_Candidate] | None, beside: _Candidate | None) -> bool:
    """Say whether a number shares a line, or the edge of a page, with the name or the date of a newspaper."""
    if beside:
        return names_issue(beside.said.rest)
    return any(
        names_issue((page.lines[:2] if found.edge == "top" else page.lines[-2:])[slot].text)
        for found in lone or ()
        for slot in (0, 1)
        if found.slot < 2
    )


def _outermost(page: Page, here: list[_Candidate], heads: Counter[str]) -> bool:
    """Say whether a number stands at the very edge of a page, or has nothing but heads outside it."""
    starts = [line.start for line in page.lines]
    for candidate in here:
        if candidate.line.start not in starts:
            continue
        at = starts.index(candidate.line.start)
        for outside in (page.lines[:at], page.lines[at + 1 :]):
            if len(outside) < _DEPTH and all(heads[line.without(None).mask] >= 2 for line in outside):
                return True
    return False


def _take(
    document: Document, pages: list[Page], found: dict[int, list[_Candidate]], script: str, offset: int, span: list[int]
) -> list[Cut]:
    """Take the numbers of a sequence from their pages, and look deeper for those that the edges did not show."""
    usual = Counter((c.edge, c.slot) for here in found.values() for c in here)
    dress = Counter(c.number.dress for here in found.values() for c in here)
    cuts = []
    for at in range(max(0, span[0] - _GAP), min(len(pages), span[-1] + _GAP + 1)):
        page = pages[at]
        if page.folio is not None or not page.lines or (at in span and at not in found):
            continue
        if at in found:
            # The commonest dress and place of the sequence, where several numbers would do.
            best = max(found[at], key=lambda c: (c.number.certain, dress[c.number.dress], usual[c.edge, c.slot]))
            chosen, edge = best.line, best.edge
            if edge != "deep":
                page.edges.add(edge)
                place = page.lines.index(chosen)
                for line in page.lines[:place] if edge == "top" else page.lines[place + 1 :]:
                    line.outside = cells(line.text) >= 8 and len(line.text) <= 40 and not ENDED.search(line.text)
        else:
            deep = _deeper(document, page, script, at + offset, dress)
            if deep is None:
                continue
            chosen = deep
        cuts.append(_number_off(page, chosen, at + offset))
    return cuts


def _number_off(page: Page, line: Line, value: int) -> Cut:
    """Take a line off its page that is the number of the page, and note the number."""
    page.folio = value
    page.lines = [other for other in page.lines if other.start != line.start]
    page.gone.add(line.start)
    return Cut(line.start, line.end, "page-number")


def _repeats(pages: list[Page], filled: list[int], beside: dict[int, _Candidate]) -> bool:
    """Say whether two pages have the same line at an edge, as they would beside their numbers."""
    heads: list[set[str]] = []
    for at in filled:
        rows = [line.text for line in (*pages[at].lines[:2], *pages[at].lines[2:][-2:])]
        if at in beside:
            rows.append(beside[at].said.rest)
        heads.append({"".join(row.split()) for row in rows if len(_LETTERS.findall(row)) >= 3})
    return bool(heads[0] & heads[1])


def _deeper(document: Document, page: Page, script: str, value: int, dress: Counter[str]) -> Line | None:
    """Find a number away from the edges, where columns are dumped in an order of their own."""
    matching = [
        row
        for row in numbered(document, page.start, page.end)
        if row.number.value == value
        and row.number.script == script
        and row.number.dress in dress
        and row.start not in page.gone
    ]
    if len(matching) != 1:
        return None
    start, end, _, number = matching[0]
    text = document.text
    line = Line(*matching[0][:3])
    if number.certain:
        return line
    apart = text[max(page.start, start - 2) : start] in ("", "\n", "\n\n")
    apart = apart and text[end : min(page.end, end + 2)] in ("", "\n", "\n\n")
    return line if apart else None
