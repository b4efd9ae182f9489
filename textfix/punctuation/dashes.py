"""Dashes that were set as something else."""

from __future__ import annotations

from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation.marks import QUOTED, SMALL
from textfix.punctuation.page import Page

__all__ = ["repair"]

_DASHES = ("--", "－－", "――", "──", "— —")
_TWO_HYPHENS = pattern(rf"(?:{'|'.join(_DASHES)})(?![-－―─—])(?<![-－―─—]..)")


_MARKS = SMALL + "，。、；：！？"
_HALF_MARKS = ",.:;!?"
_OPTION = pattern(r"--[A-Za-z]")


def repair(page: Page, editor: Editor) -> None:
    """Two hyphens, bars or rules between Chinese are a dash; a single `—` joins a range and stays."""
    if not any(dash in page.text for dash in _DASHES):
        return
    options = _OPTION.search(page.text) is not None
    for dash in _TWO_HYPHENS.finditer(page.text):
        start, end = dash.span()
        line = page.line(start)
        left, right = page.left(start, line), page.right(end, line)
        if left.kind != "C" or right.kind != "C" or not page.is_prose(line) or page.protected.meets(start, end):
            continue
        if page.text[start - 1] + page.text[end] in QUOTED or page.text[right.at] in _MARKS:
            continue  # the sign itself is meant; before a mark there is no dash
        if page.text[start - 1] in _HALF_MARKS:
            continue  # which was left half width because of the sign behind it
        # Where options are the subject, `--` with blanks around may be one itself.
        if not options or left.touches or right.touches:
            editor.replace(*page.with_blanks(start, end, line), "——", "dash")
