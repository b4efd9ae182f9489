"""Running heads and feet: lines at the edge of pages that neighbouring pages repeat."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from textfix.furniture.numbers import masked
from textfix.furniture.pages import Cut, Line, Page
from textfix.patterns import pattern

__all__ = ["cuts_of", "may_be_head", "running_heads"]

# How many lines of furniture an edge may have beside the page number; what repeats deeper is a form.
_LAYERS = 3
_STEPS = (1, 2)
# As many lines has a page of text at least.
_FULL = 10
_RULE = pattern(r"[\s\-_=~*.·…—–―─━═＿－﹍‐]{5,}")
_LETTER = pattern(r"[^\W\d_〇零一二三四五六七八九十百]")
# Beginnings and ends of program text.
_CODE = pattern(r"^\s*(?:[#{}<>;]|//|/\*|\*|--)|[{};]\s*$|\*/\s*$")
_ENDED = pattern("[。！？；][”」』）]?\\s*$")
_COLUMNS = pattern(r"\S(?:\s{2,}|\t)(?=\S)|\|")
_TITLE = pattern(
    r"\s*(?:第\s*[〇零一二三四五六七八九十百0-9０-９]+\s*[章回节節编編篇卷部讲講课課]|제\s*\d+\s*[장절편부]"
    r"|(?:(?i:chapter|part|section|appendix)\s|附[录錄])|\d+(?:\.\d+)*\.?\s)"
)
_DIGITS = pattern(r"[0-9０-９〇零一二三四五六七八九十百]+")


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
    whole = [list(page.lines) for page in filled]
    taken: list[tuple[int, str, Line]] = []
    for layer in range(_LAYERS + 1):
        heads = _heads(filled, layer)
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
    for at, edge, line in taken:
        filled[at].gone.add(line.start)
        filled[at].headed.add(edge)
    return [cut for _, _, line in taken for cut in cuts_of(line)]


def _heads(pages: list[Page], layer: int) -> list[_Place]:
    """Return the outermost lines that are heads, if enough pages have one."""
    count = len(pages)
    outer: list[list[_Place]] = []
    for index, page in enumerate(pages):
        lines = page.lines[:1] + page.lines[1:][-1:]
        outer.append([_Place(index, edge, line) for edge, line in zip(("top", "bottom"), lines)])
    families = _families(outer, layer)
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
        same = _say_the_same(family)
        if enough and (
            size >= 3
            or (beside and (count <= 3 or (count <= 5 and same) or max(share[edge] for edge in edges) >= 3))
            or (count <= 5 and numbered == count and same)
            or (count >= 4 and same and 5 * max(share[edge] for edge in edges) >= 4 * count)
            or (count <= 5 and same and 3 * covered >= 2 * count and _few(pages, family))
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
    return len({place.line.head.strip() for place in family}) == 1


def _few(pages: list[Page], family: list[_Place]) -> bool:
    """Say whether a few pages, full ones, have nothing in common but their heads: forms and slips have more."""
    if len({place.edge for place in family}) > 1 or any(len(page.lines) < _FULL for page in pages[:-1]):
        return False
    head = masked(family[0].line.head)
    rows = [{masked(line.text) for line in pages[place.page].lines} for place in family]
    shared = set.intersection(*rows) - {head}
    return sum(len(_LETTER.findall(row)) >= 2 for row in shared) <= _LAYERS - 1


def _families(outer: list[list[_Place]], layer: int) -> dict[int, list[_Place]]:
    """Join lines that neighbouring pages repeat into families of at least two pages."""
    families: dict[int, list[_Place]] = {}
    for index, places in enumerate(outer):
        for place in places:
            if not may_be_head(place.line, layer):
                continue
            for step in _STEPS:
                if index + step >= len(outer):
                    break
                for other in outer[index + step]:
                    if _alike(place.line, other.line, step, place.edge == other.edge) and may_be_head(
                        other.line, layer
                    ):
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


def may_be_head(line: Line, layer: int = 0) -> bool:
    """Say whether a line looks like a head at all: letters, not too many, no program text, no row of a table."""
    text = line.head.strip()
    if _RULE.fullmatch(text):
        return layer == 0 or len(set(text)) == 1
    if len(text) > 100 or len(_LETTER.findall(text)) < 2 or _CODE.search(text):
        return False
    return not (layer and len(_COLUMNS.findall(text)) >= 2)


def _alike(line: Line, other: Line, step: int, same_edge: bool = True) -> bool:
    """Say whether two lines, *step* pages apart, are one head: equal, or but for a page number or a misreading."""
    a, b = line.head.strip(), other.head.strip()
    if a == b:
        return True
    if not same_edge:
        return "".join(a.split()) == "".join(b.split())
    if _RULE.fullmatch(a):
        return bool(_RULE.fullmatch(b)) and a[:3] == b[:3]
    mask = masked(a)
    if mask == masked(b):
        return len(_LETTER.findall(mask)) >= 4 and not _ENDED.search(a) and _counts_pages(a, b, step)
    shorter, longer = sorted((len(a), len(b)))
    if shorter < 8 or longer > 60 or 10 * shorter < 9 * longer or _ENDED.search(a):
        return False
    if _DIGITS.sub("", a) != _DIGITS.sub("", b) and _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() > 0.85 and matcher.quick_ratio() > 0.85 and matcher.ratio() > 0.85


def _counts_pages(a: str, b: str, step: int) -> bool:
    """Say whether numbers differ, if at all, as page numbers do; headings count too, but not pages."""
    for one, two in zip(_DIGITS.findall(a), _DIGITS.findall(b)):
        if one != two and not (one.isdigit() and two.isdigit() and int(two) - int(one) == step):
            return False
    return True


def cuts_of(line: Line) -> list[Cut]:
    """Return what goes with a head: its line, or its line in two parts, the number apart."""
    if _RULE.fullmatch(line.text.strip()):
        return [Cut(line.start, line.end, "rule")]
    number = line.number
    if number is None:
        return [Cut(line.start, line.end, "running-head")]
    start, end = line.start + number.start, line.start + number.end
    parts = [(line.start, start, "running-head"), (start, end, "page-number"), (end, line.end, "running-head")]
    return [Cut(*part) for part in parts if part[0] < part[1]]
