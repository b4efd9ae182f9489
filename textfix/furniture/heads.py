"""Running heads and feet: lines at the edge of pages that neighbouring pages repeat."""

from __future__ import annotations

from dataclasses import dataclass

from textfix.furniture.pages import Cut, Line, Page
from textfix.furniture.said import LETTER
from textfix.patterns import pattern

__all__ = ["cuts_of", "running_heads"]

# How many lines of furniture an edge may have beside the page number; what repeats deeper is a form.
_LAYERS = 3
_STEPS = (1, 2)
# As many lines has a page of text at least.
_FULL = 10
_TITLE = pattern(
    r"\s*(?:第\s*[〇零一二三四五六七八九十百0-9０-９]+\s*[章回节節编編篇卷部讲講课課]|제\s*\d+\s*[장절편부]"
    r"|(?:(?i:chapter|part|section|appendix)\s|附[录錄])|\d+(?:\.\d+)*\.?\s)"
)


@dataclass(eq=False)
class _Place:
    """The outermost line that is left at one edge of a page."""

    page: int
    edge: str
    line: Line
    #: Lines of neighbouring pages that are the same head are of one family; a place stands for its family.
    family: int = -1

    def beside(self, page: Page) -> bool:
        """Whether the page number stands at the same edge."""
        return self.edge in page.edges


def running_heads(pages: list[Page]) -> list[Cut]:
    """Take running heads and feet from their pages, layer by layer from the edge, and return what goes.

    A head may stand at the top of one page and at the foot of the next: content comes in the order in which it was
    drawn, not always in the order in which it is read.
    """
    filled = [page for page in pages if page.lines]
    taken = _taken(filled)
    if not taken and all(page.folio is not None for page in filled):
        taken = _taken(filled, same=True)
    for at, edge, line in taken:
        filled[at].gone.add(line.start)
        filled[at].headed.add(edge)
        filled[at].heads.add(line.said.solid)
    return [cut for _, _, line in taken for cut in cuts_of(line)]


def _taken(filled: list[Page], *, same: bool = False) -> list[tuple[int, str, Line]]:
    """Take heads from their pages, those alone that say the same if asked for; none if they are most of the pages."""
    whole = [list(page.lines) for page in filled]
    taken: list[tuple[int, str, Line]] = []
    for layer in range(_LAYERS + 1):
        heads = _heads(filled, layer, same)
        if not heads:
            break
        if layer == _LAYERS:
            if 2 * len({place.page for place in heads}) >= len(filled):
                taken = []  # page after page alike: forms, not heads
            break
        for place in heads:
            filled[place.page].lines.remove(place.line)
            taken.append((place.page, place.edge, place.line))
    emptied = sum(not page.lines for page in filled)
    if not taken or 2 * emptied > len(filled):
        for page, lines in zip(filled, whole):
            page.lines = lines
        return []
    return taken


def _heads(pages: list[Page], layer: int, same: bool) -> list[_Place]:
    """Return the outermost lines that are heads, if enough pages have one."""
    count = len(pages)
    outer: list[list[_Place]] = []
    for index, page in enumerate(pages):
        lines = page.lines[:1] + page.lines[1:][-1:]
        outer.append([_Place(index, edge, line) for edge, line in zip(("top", "bottom"), lines)])
    families = _families(outer, layer)
    if same:
        families = {place: family for place, family in families.items() if _say_the_same(family)}
    known = [place for places in outer for place in places if place.family >= 0]
    share = {edge: len({place.page for place in known if place.edge == edge}) for edge in ("top", "bottom")}
    numbered = sum(page.folio is not None for page in pages)
    covered = len({place.page for family in families.values() if _say_the_same(family) for place in family})
    heads = []
    for family in families.values():
        size = len({place.page for place in family})
        edges = {place.edge for place in family}
        enough = 10 * (sum(share[edge] for edge in edges)) >= 3 * count
        beside = all(place.beside(pages[place.page]) for place in family)
        alike = _say_the_same(family)
        if enough and (
            size >= 3
            or (beside and (count <= 3 or (count <= 5 and alike) or max(share[edge] for edge in edges) >= 3))
            or (count <= 5 and numbered == count and alike)
            or (count >= 4 and alike and 5 * max(share[edge] for edge in edges) >= 4 * count)
            or (count <= 5 and alike and 3 * covered >= 2 * count and _few(pages, family))
        ):
            heads += _without_title(family)
    if count == 2 and not heads and all(any(place.line.number for place in places) for places in outer):
        return [next(place for place in places if place.line.number) for places in outer]
    accepted = {place.page for place in heads}
    if len(accepted) >= 2 and 2 * len(accepted) >= count:
        # A chapter of one page has a head that no neighbour repeats; its page number gives it away.
        known_heads = set(heads)
        for places in outer:
            heads += [
                place
                for place in places
                if place not in known_heads
                and place.beside(pages[place.page])
                and (place.line.number or place.line.outside)
            ]
    return heads


def _without_title(family: list[_Place]) -> list[_Place]:
    """Leave out the title of the chapter that a head names: it comes first, and without a number beside it."""
    first, *rest = sorted(family, key=lambda place: place.page)
    if first.edge == "bottom" or first.line.number or first.line.outside:
        return family
    elsewhere = all(place.line.number or place.edge != first.edge for place in rest)
    return rest if _TITLE.match(first.line.text) or (elsewhere and first.page > 1) else family


def _say_the_same(family: list[_Place]) -> bool:
    return len({place.line.said.head for place in family}) == 1


def _few(pages: list[Page], family: list[_Place]) -> bool:
    """Say whether a few pages, full ones, have nothing in common but their heads: forms and slips have more."""
    if len({place.edge for place in family}) > 1 or any(len(page.lines) < _FULL for page in pages[:-1]):
        return False
    head = family[0].line.said.mask
    rows = [{line.without(None).mask for line in pages[place.page].lines} for place in family]
    shared = set.intersection(*rows) - {head}
    return sum(len(LETTER.findall(row)) >= 2 for row in shared) <= _LAYERS - 1


def _families(outer: list[list[_Place]], layer: int) -> dict[int, list[_Place]]:
    """Join lines that neighbouring pages repeat into families of at least two pages."""
    families: dict[int, list[_Place]] = {}
    outer = [[place for place in places if place.line.said.may_be_head(layer)] for places in outer]
    for index, places in enumerate(outer):
        for place in places:
            said = place.line.said
            for step in _STEPS:
                for other in outer[index + step] if index + step < len(outer) else ():
                    if said.is_like(other.line.said, step, place.edge == other.edge):
                        _join(families, place, other)
    return families


def _join(families: dict[int, list[_Place]], place: _Place, other: _Place) -> None:
    if place.family < 0:
        place.family = 2 * place.page + (place.edge == "bottom")
        families[place.family] = [place]
    if other.family == place.family:
        return
    if other.family < 0:
        other.family = place.family
        families[place.family].append(other)
        return
    moved = families.pop(other.family)
    for one in moved:
        one.family = place.family
    families[place.family] += moved


def cuts_of(line: Line) -> list[Cut]:
    """Return what goes with a head: its line, or its line in two parts, the number apart."""
    if line.without(None).is_rule:
        return [Cut(line.start, line.end, "rule")]
    number = line.number
    if number is None:
        return [Cut(line.start, line.end, "running-head")]
    start, end = line.start + number.start, line.start + number.end
    parts = [(line.start, start, "running-head"), (start, end, "page-number"), (end, line.end, "running-head")]
    return [Cut(*part) for part in parts if part[0] < part[1]]
