"""What a line says, in the forms in which heads are compared."""

from __future__ import annotations

from difflib import SequenceMatcher

from textfix.furniture.numbers import masked
from textfix.patterns import pattern

__all__ = ["LETTER", "Said"]

_RULE = pattern(r"[\s\-_=~*.·…—–―─━═＿－﹍‐]{5,}")
#: A letter that is no number.
LETTER = pattern(r"[^\W\d_〇零一二三四五六七八九十百]")
# Beginnings and ends of program text.
_CODE = pattern(r"^\s*(?:[#{}<>;]|//|/\*|\*|--)|[{};]\s*$|\*/\s*$")
_ENDED = pattern("[。！？；][”」』）]?\\s*$")
_COLUMNS = pattern(r"\S(?:\s{2,}|\t)(?=\S)|\|")
_DIGITS = pattern(r"[0-9０-９〇零一二三四五六七八九十百]+")
_LIKE = 0.85


class Said:
    """What a line says without the number that it may carry, and what follows from it."""

    __slots__ = ("_characters", "_may_be_head", "head", "is_rule", "mask", "rest", "solid")

    def __init__(self, rest: str) -> None:
        self.rest = rest
        self.head = rest.strip()
        #: Without blanks, and with numbers masked.
        self.solid = "".join(rest.split())
        self.mask = masked(self.solid)
        self.is_rule = _RULE.fullmatch(self.head) is not None
        self._may_be_head: tuple[bool, bool] | None = None
        self._characters: frozenset[str] | None = None

    def letters(self) -> int:
        """Count the letters, numbers in Han characters left out."""
        return len(LETTER.findall(self.mask))

    def may_be_head(self, layer: int) -> bool:
        """Say whether it looks like a head at all: letters, not too many, no program text, no row of a table."""
        if self._may_be_head is None:
            text = self.head
            if self.is_rule:
                self._may_be_head = True, len(set(text)) == 1
            elif len(text) > 100 or len(LETTER.findall(text)) < 2 or _CODE.search(text):
                self._may_be_head = False, False
            else:
                self._may_be_head = True, len(_COLUMNS.findall(text)) < 2
        return self._may_be_head[layer > 0]

    def is_like(self, other: Said, step: int, same_edge: bool = True) -> bool:
        """Say whether two lines, *step* pages apart, are one head: equal, or but for a page number or a misreading."""
        a, b = self.head, other.head
        if a == b:
            return True
        if not same_edge:
            return self.solid == other.solid
        if self.is_rule:
            return other.is_rule and a[:3] == b[:3]
        if self.mask == other.mask:
            return self.letters() >= 4 and not _ENDED.search(a) and _counts_pages(a, b, step)
        one, two = len(a), len(b)
        shorter, longer = (one, two) if one < two else (two, one)
        if shorter < 8 or longer > 60 or 10 * shorter < 9 * longer:
            return False
        # What only one of them holds is not alike.
        mine, its = self._held(), other._held()
        alike = min(one - len(mine - its), two - len(its - mine))
        if 2 * alike <= _LIKE * (one + two) or _ENDED.search(a):
            return False
        if _DIGITS.sub("", a) != _DIGITS.sub("", b) and _DIGITS.findall(a) != _DIGITS.findall(b):
            return False
        matcher = SequenceMatcher(None, a, b, autojunk=False)
        return matcher.quick_ratio() > _LIKE and matcher.ratio() > _LIKE

    def _held(self) -> frozenset[str]:
        if self._characters is None:
            self._characters = frozenset(self.head)
        return self._characters


def _counts_pages(a: str, b: str, step: int) -> bool:
    """Say whether numbers differ, if at all, as page numbers do; headings count too, but not pages."""
    for one, two in zip(_DIGITS.findall(a), _DIGITS.findall(b)):
        if one != two and not (one.isdigit() and two.isdigit() and int(two) - int(one) == step):
            return False
    return True
