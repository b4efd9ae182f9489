"""Blanks that typesetting left, told from those that were written by the majority of the document."""

from __future__ import annotations

from textfix.document import Document
from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation.marks import BLANKS, CLOSERS, LETTERS, OPENERS
from textfix.signs import Sign
from textfix.spacing import lines
from textfix.spacing.lines import DOUBLE_CONTACT, Lines
from textfix.unicode.scripts import BLANK

__all__ = ["SIGNS", "repair", "suspect"]

# A single blank, never one of several, which align columns, but for two beside a number in sentences, which nobody
# writes. Never at the edge of a line. The patterns begin with the blank and ask first for what is rare.

_STOPS = "，。、；：！？"
_EDGE = rf"{BLANK}\t\u3000\r\n"
_BESIDE_MARK = (
    rf"(?:(?<=[{_STOPS}{OPENERS}{CLOSERS}“‘].)(?=[^{_EDGE}])|(?=[{_STOPS}{OPENERS}{CLOSERS}”’])(?<=[^{_EDGE}].))"
)
_BESIDE_HAN = rf"(?:(?<=[{LETTERS}].)(?=[0-9A-Za-z])|(?=[{LETTERS}])(?<=[0-9A-Za-z%‰℃°].))"
_SIGN = Sign(
    pattern(rf"[{BLANK}](?:(?P<mark>{_BESIDE_MARK})|{_BESIDE_HAN})"),
    left=f"[^{_EDGE}]",
    right=f"[^{_EDGE}]",
    beside=f"[{_STOPS}{OPENERS}{CLOSERS}“‘”’{LETTERS}]",
)
_CLOSED_CONTACT = {
    is_number: Sign.of(f"[{signs}]", beside=f"[{LETTERS}]", aside=True)
    for is_number, signs in ((True, "0-9%‰℃°"), (False, "A-Za-z"))
}
SIGNS = (_SIGN, DOUBLE_CONTACT, *_CLOSED_CONTACT.values(), *lines.SIGNS)

_LETTER = pattern(f"[{LETTERS}]")
_SIDES = frozenset("0123456789%‰℃°ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def suspect(document: Document) -> bool:
    """Say whether there is a blank that could be one too many."""
    if _LETTER.search(document.text) is None:
        return False
    return _SIGN.within(document) or DOUBLE_CONTACT.within(document)


def repair(document: Document, editor: Editor, *, always: bool) -> None:
    """Delete the blanks that typesetting left; with `always` those of the author between Han and Latin too."""
    page = Lines(document)
    blanks = _SIGN.matches(document)
    _marks(page, editor, [blank.start() for blank in blanks if blank["mark"] is not None])
    _contacts(page, editor, [blank.start() for blank in blanks if blank["mark"] is None], always=always)


def _marks(page: Lines, editor: Editor, blanks: list[int]) -> None:
    """Delete the blank before a stop, inside brackets and quotes; behind a mark and before a bracket by majority."""
    text = page.text
    outside: dict[str, list[int]] = {"behind": [], "brackets": []}
    for at in blanks:
        before, after = text[at - 1], text[at + 1]
        if after in _STOPS or after in CLOSERS or before in OPENERS:
            if not page.is_fixed(at):
                editor.delete(at, at + 1, "mark")
        elif before in _STOPS:
            # A number behind a full stop is that of the next item.
            if text[at - 2 : at - 1] in BLANKS and at - 2 > 0 and _LETTER.match(after):
                if not page.is_fixed(at):
                    editor.delete(at, at + 1, "mark")  # blanks on both sides of a stop are no style at all
            elif _LETTER.match(after) or after in OPENERS or after == "“" or (after.isdigit() and before in "，、；："):
                outside["behind"].append(at)
        elif after in "「『《" and before.isascii() and before.isalpha():
            continue  # a Latin word keeps its blanks: `see 「…」`
        elif (before in CLOSERS and _LETTER.match(after)) or (after in OPENERS and before not in CLOSERS):
            outside["brackets"].append(at)
        elif (before in "“‘" or after in "”’") and page.quotes_alternate(at):
            inner = after if before in "“‘" else before
            if _LETTER.match(inner) and not page.is_fixed(at):
                editor.delete(at, at + 1, "quote")
    for kind, offsets in outside.items():
        if len(offsets) < _HABIT or len(offsets) <= sum(1 for _ in _CLOSED[kind].finditer(text)):
            for at in offsets:
                if not (page.set_apart(at) or page.is_label(at) or page.is_fixed(at)):
                    editor.delete(at, at + 1, "mark")


_HABIT = 5  # so many blanks behind marks, and more of them than marks without, are how a writer writes
_CLOSED = {
    "behind": pattern(rf"[{_STOPS}](?=[{LETTERS}{OPENERS}“])"),
    "brackets": pattern(rf"[{CLOSERS}](?=[{LETTERS}])|[{OPENERS}](?<=[{LETTERS}0-9A-Za-z].)"),
}


def _contacts(page: Lines, editor: Editor, beside: list[int], *, always: bool) -> None:
    """Delete the blanks between Han and numbers, and between Han and Latin words, each by its own majority."""
    text = page.text
    blanks: dict[bool, list[int]] = {True: [], False: []}
    for at in beside:
        blanks[_is_number(text, at - 1 if text[at - 1] in _SIDES else at + 1)].append(at)
    doubles = DOUBLE_CONTACT.starts(page.document)
    # What is closed by this counts as closed for the others.
    closing = {
        at for at in doubles if (always or not (page.set_apart(at) or page.is_label(at))) and not page.is_fixed(at)
    }
    for at in doubles:
        if at in closing:
            editor.delete(at, at + 2, "number")
    if not (blanks[True] or blanks[False]):
        return
    for is_number, offsets in blanks.items():
        if not offsets or not (always or _is_artefact(page.document, offsets, is_number, closing)):
            continue
        for at in offsets:
            # An address or a path is set apart from the words around it by its blanks.
            apart = not is_number and (at - 1 in page.protected or at + 1 in page.protected)
            if not always and (apart or page.set_apart(at) or page.is_label(at)):
                continue
            if not page.is_fixed(at):
                editor.delete(at, at + 1, "number" if is_number else "latin")


_OF_TOKEN = pattern(r"[0-9A-Za-z._/-]")
_NUMBER = pattern(r"[0-9][0-9.,:/+%‰℃°~-]*(?![0-9A-Za-z])")


def _is_number(text: str, at: int) -> bool:
    """Say whether the token that begins or ends at `at` is a number, and no name or part of one (`X11`, `Python 3`)."""
    if text[at].isalpha():
        return False
    if _LETTER.match(text[at - 2 : at - 1]):
        return _NUMBER.match(text, at) is not None
    start = at
    while start > 0 and at - start < 20 and _OF_TOKEN.match(text, start - 1):
        start -= 1
    if start > 1 and text[start - 1] in BLANKS and text[start - 2].isascii() and text[start - 2].isalpha():
        return False
    return not any(map(str.isalpha, text[start : at + 1]))


def _is_artefact(document: Document, blanks: list[int], is_number: bool, closing: set[int]) -> bool:
    """Say whether the blanks are what typesetting left, and not how the document is written.

    A writer who sets blanks sets them nearly everywhere, and on both sides of a number. Justified lines and font
    changes leave them here and there, and on one side. So the blanks are artefacts where closed contacts are three
    times as many; or where they are as many and most blanks have none on the other side. Beside Latin words, where
    writers waver more, closed contacts must be five times as many.
    """
    enough = (3 if is_number else 5) * len(blanks)
    closed = _CLOSED_CONTACT[is_number].count(document) + (len(closing) if is_number else 0)
    if closed >= enough:
        return True
    text = document.text
    return is_number and closed >= len(blanks) and 2 * sum(_one_sided(text, at, closing) for at in blanks) > len(blanks)


_TOKEN_AHEAD = pattern("[0-9A-Za-z.,:/%‰+-]+")


def _one_sided(text: str, at: int, closing: set[int]) -> bool:
    """Say whether the number behind or before this blank touches Han on its other side."""
    if _LETTER.match(text[at - 1]):
        token = _TOKEN_AHEAD.match(text, at + 1)
        return token is not None and (token.end() in closing or _LETTER.match(text, token.end()) is not None)
    start = at
    while start > 0 and at - start < 20 and text[start - 1].isascii() and not text[start - 1].isspace():
        start -= 1
    return start > 0 and (start - 2 in closing or _LETTER.match(text[start - 1]) is not None)
