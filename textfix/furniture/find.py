"""Finds the furniture of a text and says which stretches go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from textfix.document import Document
from textfix.furniture import adverts, numbers
from textfix.furniture.between import heads_between
from textfix.furniture.chain import chain, may_be_paged
from textfix.furniture.flow import widest
from textfix.furniture.folios import last_number, number_pages
from textfix.furniture.heads import cuts_of, running_heads
from textfix.furniture.pages import Cut, Line, Page, cells, pages_of, segments
from textfix.signs import Sign

__all__ = ["SIGNS", "find", "may_have_pages"]

_FEED = Sign.of("[\f]")
#: Without any of these there are no pages, and no adverts.
SIGNS = (_FEED, adverts.SIGN, numbers.START, numbers.END)


def find(document: Document) -> list[tuple[int, int, str]]:
    """Return what goes as `(start, end, reason)`, in order."""
    text = document.text
    lines = adverts.adverts(document)
    if not lines:
        return _of_pages(document)
    gone = _with_line_ends(text, lines)
    rest: list[str] = []
    at = 0
    #: Where each stretch of the rest begins, in it and in the text.
    begins, origins = [0], [0]
    for start, end, _ in gone:
        rest.append(text[at:start])
        begins.append(begins[-1] + start - at)
        origins.append(end)
        at = end
    rest.append(text[at:])

    def origin(offset: int, side: Callable[[list[int], int], int]) -> int:
        stretch = max(0, side(begins, offset) - 1)
        return origins[stretch] + offset - begins[stretch]

    for start, end, reason in _of_pages(document.with_text("".join(rest))):
        gone.append((origin(start, bisect_right), origin(end, bisect_left), reason))
    return sorted(gone)


def _of_pages(document: Document) -> list[tuple[int, int, str]]:
    """Find what belongs to pages.

    What is found is taken from the pages and the search begins again, until there is nothing more: the text that is
    left is text in which nothing is found.
    """
    text = document.text
    cuts: list[Cut] = []
    if "\f" in text:
        pages = pages_of(text)
        if sum(bool(page.lines) for page in pages) < 2:
            return _with_line_ends(text, last_number(pages))
        _pass_over_cut_lines([page for page in pages if page.lines])
        while found := _found(document, pages) or heads_between(document, pages):
            cuts += found
    else:
        numbers = chain(document)
        if not numbers:
            return []
        pages = segments(text, numbers)
        for line in numbers:
            cuts += cuts_of(line) if line.number else [Cut(line.start, line.end, "page-number")]
        for page in pages[:-1]:
            page.edges.add("bottom")
        for page in pages[1:]:
            page.edges.add("top")
        cuts += running_heads(pages)
    return _with_line_ends(text, sorted(cuts))


def _pass_over_cut_lines(pages: list[Page]) -> None:
    """Leave out lines of text that the end of a page cut through, and that stand on the next one once more.

    Some programs print them on both. They are as wide as the text, or no other page has them, as it would a head.
    """
    edges = Counter(line.said.head for page in pages for line in (*page.lines[:_FOOT], *page.lines[_FOOT:][-_FOOT:]))
    for above, below in pairwise(pages):
        first = below.lines[0]
        if any(line.said.head == first.said.head for line in above.lines[-_FOOT:]):
            alone = len(pages) > _FOOT and edges[first.said.head] == len((above, below))
            if alone or 4 * cells(first.said.head) >= 3 * widest(below.lines):
                below.lines.pop(0)


#: The last line of text has so many lines of furniture below it at most, itself counted.
_FOOT = 3


def _found(document: Document, pages: list[Page]) -> list[Cut]:
    cuts = number_pages(document, pages)
    if cuts or _even(document.text, pages):
        cuts += running_heads(pages)
    for page in pages:
        for line in page.lines:
            if line.number is not None:
                cuts.append(_glued(line))
        page.folio = None
        page.numbered |= page.edges
        page.edges.clear()
    return cuts


def _even(text: str, pages: list[Page]) -> bool:
    """Say whether form feeds part pages, which hold so many lines at most, and not sections, which do not."""
    heights = sorted(text.count("\n", page.start, page.end) for page in pages if page.lines)
    return bool(heights) and heights[-1] <= max(120, 4 * heights[len(heights) // 2])


def _glued(line: Line) -> Cut:
    """Cut a number off the line of text that it ran into, with the blanks between the two."""
    number = line.number
    assert number is not None
    start, end = number.start, number.end
    size = len(line.text)
    if number.dress == "tail":
        start, end = len(line.text[:start].rstrip()), size
        rest = (0, start)
    else:
        start, end = 0, size - len(line.text[end:].lstrip())
        rest = (end, size)
    cut = Cut(line.start + start, line.start + end, "page-number")
    line.shorten(*rest)
    return cut


def _with_line_ends(text: str, cuts: list[Cut]) -> list[tuple[int, int, str]]:
    """Give whole lines one of their line ends: their own, or, for the last line of a page, the one before."""
    out: list[tuple[int, int, str]] = []
    at = 0
    while at < len(cuts):
        # Lines that follow each other go together.
        stop = at + 1
        while stop < len(cuts) and cuts[stop].start - cuts[stop - 1].end <= 1:
            if cuts[stop].start > cuts[stop - 1].end and text[cuts[stop - 1].end] != "\n":
                break
            stop += 1
        group = cuts[at:stop]
        first, last = group[0].start, group[-1].end
        begins = first == 0 or text[first - 1] in "\n\f"
        ends = last == len(text) or text[last] in "\n\f"
        own = begins and ends and last < len(text) and text[last] == "\n"
        before = begins and ends and not own and first > 0 and text[first - 1] == "\n"
        for cut in group:
            start, end = cut.start, cut.end
            if own and end < len(text) and text[end] == "\n":
                end += 1
            elif before and start > 0 and text[start - 1] == "\n":
                start -= 1
            out.append((start, end, cut.reason))
        at = stop
    return out


def may_have_pages(document: Document) -> bool:
    """Say, at the cost of a scan, whether a text has form feeds, or numbers that could be those of pages."""
    return _FEED.within(document) or adverts.SIGN.within(document) or may_be_paged(document)
