"""Emphasis: whether the signs of markup beside an edit go on meaning what they meant.

In CommonMark (section 6.2, "Emphasis and strong emphasis") a run of `*`, `_` or `~` opens or closes by what stands
beside it: white space, a mark or symbol, or anything else. So `⼈`, a symbol, and `人`, a letter, differ there.
In reStructuredText (inline markup recognition rules) the same classes decide.
"""

from __future__ import annotations

from unicodedata import category

from textfix.edits import Edits

__all__ = ["keeping_emphasis"]

_RUNS = frozenset("*_~")
#: Signs of reStructuredText that open and close by what stands beside them.
_OF_RST = frozenset("*_`|:")


def keeping_emphasis(edits: Edits, markup: str) -> Edits:
    """Return the edits without those by which a sign of emphasis beside them would open or close something else.

    Those that change what a sign could do are made only where the document renders as it did with all of them.

    >>> keeping_emphasis(Edits.of("⼈*甲**", [(0, 1, "人", "compatibility/radical")]), "markdown").apply()
    '⼈*甲**'
    >>> keeping_emphasis(Edits.of("⼈**甲**", [(0, 1, "人", "compatibility/radical")]), "markdown").apply()
    '人**甲**'
    """
    signs = _RUNS if markup == "markdown" else _OF_RST
    text = edits.source
    if markup == "plain" or not edits or signs.isdisjoint(text):
        return edits
    keeps = _keeps_flanks if markup == "markdown" else _keeps_kinds
    safe = edits.keep([keeps(text, *row) for row in zip(edits.starts, edits.ends, edits.afters)])
    if markup == "markdown" and len(safe) < len(edits):
        from textfix.markup.markdown import same_structure

        return edits if same_structure(text, edits.apply()) else safe
    return safe


def _keeps_flanks(text: str, start: int, end: int, after: str) -> bool:
    if start and text[start - 1] in _RUNS:
        sign, first = text[start - 1], start
        while first and text[first - 1] == sign:
            first -= 1
        left = text[first - 1 : first]
        if _flanks(sign, left, text[start : start + 1]) != _flanks(sign, left, (after or text[end : end + 1])[:1]):
            return False
    if text[end : end + 1] in _RUNS and end < len(text):
        sign, last = text[end], end
        while text[last : last + 1] == sign:
            last += 1
        right = text[last : last + 1]
        return _flanks(sign, text[end - 1 : end], right) == _flanks(
            sign, (after or text[start - 1 : start])[-1:], right
        )
    return True


def _flanks(sign: str, left: str, right: str) -> tuple[bool, bool]:
    """Say whether a run of the sign can open and can close."""
    before, behind = _kind(left), _kind(right)
    opens = behind != " " and (behind != "P" or before != "L")
    closes = before != " " and (before != "P" or behind != "L")
    if sign != "_":
        return opens, closes
    return opens and (not closes or before == "P"), closes and (not opens or behind == "P")


def _keeps_kinds(text: str, start: int, end: int, after: str) -> bool:
    if start and text[start - 1] in _OF_RST and _kind(text[start]) != _kind(after[:1]):
        return False
    return text[end : end + 1] not in _OF_RST or end == len(text) or _kind(text[end - 1]) == _kind(after[-1:])


def _kind(character: str) -> str:
    """White space and the edges of the text, a mark or symbol, or anything else."""
    return " " if not character or character.isspace() else "P" if category(character)[0] in "PS" else "L"
