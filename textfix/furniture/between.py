"""Heads that no other page repeats: the name of a section of one page, the two heads of a leaflet.

What gives them away is their company (the pages around have heads at the same edge) and the text, which runs on from
the page before to the line below as if the head were not there.
"""

from __future__ import annotations

from itertools import pairwise

from textfix.document import Document
from textfix.furniture.flow import CLOSER, ITEM, LOWER, runs_on, widest
from textfix.furniture.issues import names_dated_paper, names_issue, names_paper
from textfix.furniture.pages import Cut, Line, Page, cells
from textfix.furniture.titles import heading_number, is_title, numbers_headings
from textfix.patterns import pattern

__all__ = ["heads_between"]

_WIDEST = 60
# So many pages are too few for a head to be repeated on, and so many lines has a page of text at least.
_LEAFLET = 3
_FULL = 10
# In nats: a word runs across.
_WORD = 2.0
_SENTENCE = pattern("[，。！？；：“”‘’『』…—]|[.!?:;]\\s*$")
_PAIRS = (("（", "）"), ("《", "》"), ("「", "」"), ("【", "】"), ("(", ")"))
# Behind which a sentence of Latin script goes on.
_PAUSES = ",;-\u00ad\u2010("
_NO_WORD = pattern(r"\W+")
_OPENED = pattern(r"[^\W\d_a-z]|[《「『“\"]")


def heads_between(document: Document, pages: list[Page]) -> list[Cut]:
    """Take such heads from their pages, and numbers that stood behind a head, and return what goes."""
    filled = [page for page in pages if page.lines or page.headed]
    cuts = _numbers_behind(filled)
    if len(filled) <= _LEAFLET and not any(page.headed for page in filled):
        cuts += _of_a_leaflet(document, filled)
    known: set[str] = set()
    for at, page in enumerate(filled):
        for edge in ("top", "bottom"):
            if edge in page.headed or len(page.lines) < 2:
                continue
            if _alternates(filled, at, edge) or (
                _has_company(filled, at, edge) and _is_head(document, filled, at, edge, known)
            ):
                cuts.append(_taken(page, edge, "running-head"))
        known |= page.heads
    return cuts or _displaced(document, filled)


def _of_a_leaflet(document: Document, pages: list[Page]) -> list[Cut]:
    """Find heads where no page has one yet: beside numbers, over pages of a newspaper, in the middle of a sentence."""
    cuts = []
    for page in pages:
        first = page.lines[0] if len(page.lines) > 1 and "top" in page.numbered else None
        if first and first.outside and _looks_like_head(first):
            cuts.append(_taken(page, "top", "running-head"))
    if cuts:
        return cuts
    named = [_issue_at(page) for page in pages]
    if len(pages) > 1 and all(named):
        return [_taken(page, edge, "running-head") for page, edge in zip(pages, named) if edge]
    if cuts := _displaced_issue(document, pages):
        return cuts
    for above, below in pairwise(pages):
        if _parts_a_sentence(above, below):
            cuts.append(_taken(below, "top", "running-head"))
    return cuts or _unnumbered(pages)


def _unnumbered(pages: list[Page]) -> list[Cut]:
    """Take titles from an edge of pages that all have one there, if some of them can be no heading.

    Nor can what stands right above a heading such as 5.4.2: the headings over that have numbers too. A heading is never
    the last line of a page, and parts no sentence. The first page may begin with the title of the document, and the
    last one end with a name.
    """
    if len(pages) < 2:
        return []
    top = [page for page in pages if _has_title(page, "top")]
    if len(top) == len(pages) and any(proven := [_is_above_number(page) for page in pages]):
        return [_taken(page, "top", "running-head") for at, page in enumerate(pages) if proven[at] or at]
    if pages[0] in top and _is_above_number(pages[0]) and any(page.numbered for page in pages):
        return [_taken(pages[0], "top", "running-head")]
    if not all(_has_title(page, "bottom") for page in pages):
        return []
    proven = [bool(heading_number(page.lines[-2].text)) for page in pages]
    if all("bottom" in page.numbered and not is_title(page.lines[-2].said.head) for page in pages):
        proven = [True] * len(pages)  # right above the number, and no list of names
    for at, (above, below) in enumerate(pairwise(pages)):
        proven[at] |= runs_on(above.lines[:-1], below.lines, latin=True)
    if not any(proven):
        return []
    last = len(pages) - 1
    return [
        _taken(page, "bottom", "running-head")
        for at, page in enumerate(pages)
        if proven[at] or at < last or "bottom" in page.numbered
    ]


def _has_title(page: Page, edge: str) -> bool:
    """Say whether a page has a line at an edge that looks like a title, and not like a heading with a number."""
    if len(page.lines) < _LEAFLET:
        return False
    line = page.lines[0 if edge == "top" else -1]
    return _looks_like_head(line) and is_title(line.said.head) and 4 * cells(line.said.head) <= 3 * widest(page.lines)


def _is_above_number(page: Page) -> bool:
    """Say whether the first line of a page stands above a numbered heading that is not the first of its section."""
    if heading_number(page.lines[0].text):
        return False
    return max(heading_number(page.lines[1].text)[-1:], default=0) > 1


def _displaced_issue(document: Document, pages: list[Page]) -> list[Cut]:
    """Take the name and date of a newspaper that stand at the edge of one page and inside all others."""
    for page in pages:
        for line in (page.lines[0], page.lines[-1]):
            if len(pages) > 1 and names_dated_paper(line.text):
                inside = [_inside(document, other, line.said.solid) for other in pages]
                if all(inside) and all(len(other.lines) >= _FULL for other in pages):
                    return [_removed(other, found) for other, found in zip(pages, inside) if found]
    return []


def _issue_at(page: Page) -> str | None:
    """At which edge of a page the issue of a newspaper is named, if at any."""
    if len(page.lines) < _FULL:
        return None
    return next((e for e, line in (("top", page.lines[0]), ("bottom", page.lines[-1])) if names_issue(line.text)), None)


def _taken(page: Page, edge: str, reason: str) -> Cut:
    line = page.lines.pop(0 if edge == "top" else -1)
    page.gone.add(line.start)
    page.headed.add(edge)
    page.heads.add(line.said.solid)
    return Cut(line.start, line.end, reason)


def _numbers_behind(pages: list[Page]) -> list[Cut]:
    """Take numbers that are dressed as nothing but page numbers are from where a head stood."""
    cuts = []
    for page in pages:
        for edge in sorted(page.headed):
            number = page.lines[0 if edge == "top" else -1].alone if page.lines else None
            if number and number.certain:
                cuts.append(_taken(page, edge, "page-number"))
    return cuts


def _displaced(document: Document, pages: list[Page]) -> list[Cut]:
    """Take heads from the inside of pages that lack them at their edges, where the pages on both sides have them.

    Content comes in the order in which it was drawn: a head may come out behind the first column.
    """
    cuts = []
    heads = [page.heads for page in pages]
    for at, page in enumerate(pages):
        for step in (1, 2):
            before = heads[at - step] if at >= step else set()
            behind = heads[at + step] if at + step < len(pages) else heads[at - 2 * step] if at >= 2 * step else set()
            for head in sorted(before & behind - page.heads):
                if not ITEM.match(head) and (line := _inside(document, page, head)):
                    cuts.append(_removed(page, line))
    return cuts


def _inside(document: Document, page: Page, solid: str) -> Line | None:
    """The only line of a page that says this, blanks aside."""
    text = document.text[page.start : page.end]
    found: list[Line] = []
    start = page.start
    for row in text.split("\n") if solid else ():
        if solid[0] in row and "".join(row.split()) == solid and start not in page.gone:
            found.append(Line(start, start + len(row), row))
        start += len(row) + 1
    return found[0] if len(found) == 1 else None


def _removed(page: Page, line: Line) -> Cut:
    for edge, near in (("top", page.lines[:2]), ("bottom", page.lines[2:][-2:])):
        if any(other.start == line.start for other in near):
            page.headed.add(edge)
    page.lines = [other for other in page.lines if other.start != line.start]
    page.gone.add(line.start)
    page.heads = page.heads | {line.said.solid}
    return Cut(line.start, line.end, "running-head")


def _has_company(pages: list[Page], at: int, edge: str) -> bool:
    """Say whether the pages on both sides (of the first and the last, on one) have a head there that this one lacks."""
    beside = (*pages[max(0, at - 1) : at], *pages[at + 1 : at + 2])
    return all(edge in page.headed and len(page.headed) > len(pages[at].headed) for page in beside)


def _alternates(pages: list[Page], at: int, edge: str) -> bool:
    """Say whether a page has the name of a newspaper at one edge and the pages beside it have heads at the other."""
    page = pages[at]
    beside = (*pages[max(0, at - 1) : at], *pages[at + 1 : at + 2])
    if page.headed or not all(other.headed for other in beside) or (len(beside) < 2 and edge not in page.numbered):
        return False
    return len(page.lines) >= _FULL and names_paper(page.lines[0 if edge == "top" else -1].text)


def _is_head(document: Document, pages: list[Page], at: int, edge: str, known: set[str]) -> bool:
    page = pages[at]
    line, inner = (page.lines[0], page.lines[1:]) if edge == "top" else (page.lines[-1], page.lines[:-1])
    text = line.text.strip()
    if names_issue(line.text) or line.said.solid in known:
        return True
    if not _looks_like_head(line):
        return False
    if line.outside or (len(pages) <= _LEAFLET and edge in page.numbered and 2 * cells(text) <= widest(inner)):
        return True
    if edge == "top" and at and is_title(text) and _goes_on(pages[at - 1].lines, inner):
        return True
    if 4 * cells(text) > 3 * widest(inner):
        return False
    if edge in page.numbered and _said_before(document, line):
        return True
    if is_title(text) and numbers_headings(document):
        # What a chapter calls itself may stand above 5.1, but not above 5.4.1: that is headed by 5.4.
        number = heading_number(inner[0].text)
        return edge == "bottom" or len(number) > 2 or number[-1:] != (1,)
    above, below = (pages[at - 1].lines if at else [], inner) if edge == "top" else (inner, _after(pages, at))
    if edge == "top" and _OPENED.match(text) and _is_above_number(page):
        return True
    title = is_title(text)
    if not title and below and LOWER.match(below[0].text):
        return False  # a line of the sentence that goes on there
    return runs_on(above, below, title)


def _goes_on(above: list[Line], below: list[Line]) -> bool:
    """Say whether a sentence of Latin script goes on from one page to the next behind a word."""
    return bool(above and LOWER.match(below[0].text)) and above[-1].text.rstrip()[-1].isalnum()


def _after(pages: list[Page], at: int) -> list[Line]:
    return pages[at + 1].lines if at + 1 < len(pages) else []


def _looks_like_head(line: Line) -> bool:
    text = line.text.strip()
    if (
        not line.said.may_be_head(0)
        or cells(text) > _WIDEST
        or ITEM.match(text)
        or LOWER.match(text)
        or _SENTENCE.search(text)
    ):
        return False
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)


def _said_before(document: Document, line: Line) -> bool:
    """Say whether a line repeats the heading of a section above it."""
    return document.view(_first_said).get(_NO_WORD.sub("", line.text), line.start) < line.start


def _first_said(document: Document) -> dict[str, int]:
    """Where each short line is said for the first time."""
    first: dict[str, int] = {}
    start = 0
    for row in document.text.replace("\f", "\n").split("\n"):
        if len(row) < 2 * _WIDEST:
            first.setdefault(_NO_WORD.sub("", row), start)
        start += len(row) + 1
    return first


def _parts_a_sentence(above: Page, below: Page) -> bool:
    """Say whether the first line of a page can be nothing but a head, for a sentence runs on around it."""
    if len(above.lines) < _FULL or len(below.lines) < _LEAFLET:
        return False
    line, inner = below.lines[0], below.lines[1:]
    text, last, first = line.text.strip(), above.lines[-1].text.rstrip(), inner[0].text
    title = is_title(text)
    if not _looks_like_head(line) or not runs_on(above.lines, inner, title):
        return False
    if (4 if title else 6) * cells(text) > 3 * widest(inner):
        return False
    if names_issue(line.text):
        return True
    if LOWER.match(first):
        return title and (last[-1].isalnum() or last[-1] in _PAUSES)
    from textfix.layout.crossing import crossing

    across, into, out = crossing([(last, first), (last, text), (text, first)])
    return (across >= _WORD or bool(CLOSER.match(first))) and into <= 0 and out <= 0
