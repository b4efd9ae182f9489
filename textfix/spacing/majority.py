"""Blanks that typesetting left, told from those that were written by the majority of the document."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import islice

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
_NUMBER = "[0-9][0-9.,:/+%‰℃°~-]*(?![0-9A-Za-z])"
_BESIDE_HAN = (
    rf"(?:(?<=[{LETTERS}].)(?=(?P<number>{_NUMBER})|(?P<word>[0-9A-Za-z]))"
    rf"|(?P<behind>(?=[{LETTERS}]))(?<=[0-9A-Za-z%‰℃°].))"
)
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


def suspect(document: Document) -> bool:
    """Say whether there is a blank that could be one too many."""
    if _LETTER.search(document.text) is None:
        return False
    return _SIGN.within(document) or DOUBLE_CONTACT.within(document)


def repair(document: Document, editor: Editor, *, always: bool) -> None:
    """Delete the blanks that typesetting left; with `always` those of the author between Han and Latin too."""
    page = Lines(document)
    # A text may be nothing but short words with blanks between them.
    marks, numbers, words = array("q"), array("q"), array("q")
    for blank in _SIGN.matches(document):
        at, kind = blank.start(), blank.lastgroup
        if kind == "behind":
            kind = "number" if _is_number(page.text, at - 1) else "word"
        (marks if kind == "mark" else numbers if kind == "number" else words).append(at)
    # Whether the writer sets blanks beside Latin words that stay, and therefore beside what is half width like them.
    apart = not always and bool(words) and len(words) > _CLOSED_CONTACT[False].count(document)
    if marks:
        _marks(page, editor, marks, sets_latin_apart=apart)
    _contacts(page, editor, numbers, words, sets_latin_apart=apart, always=always)


def _marks(page: Lines, editor: Editor, blanks: Sequence[int], *, sets_latin_apart: bool) -> None:
    """Delete the blank before a stop, inside brackets and quotes; behind a mark and outside a bracket by majority."""
    text = page.text
    behind: list[int] = []
    outside: dict[str, list[int]] = {brackets: [] for brackets in _CLOSED_BRACKETS}
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
                behind.append(at)
        elif before.isascii() and before.isalpha() and (after in "「『《" or (after in OPENERS and sets_latin_apart)):
            continue  # a Latin word keeps its blanks: `see 「…」`
        elif (before in CLOSERS and _LETTER.match(after)) or (after in OPENERS and before not in CLOSERS):
            if page.is_no_sentence(at):
                continue  # the blank parts what stands in a title
            bracket = before if before in CLOSERS else after
            outside[next(brackets for brackets in outside if bracket in brackets)].append(at)
        elif (before in "“‘" or after in "”’") and page.quotes_alternate(at):
            inner = after if before in "“‘" else before
            if _LETTER.match(inner) and not page.is_fixed(at):
                editor.delete(at, at + 1, "quote")
    if len(behind) < _HABIT or len(behind) <= sum(1 for _ in _CLOSED_BEHIND.finditer(text)):
        _delete(editor, page.loose(behind), "mark")
    for brackets, offsets in outside.items():
        if offsets and 3 * len(offsets) <= sum(1 for _ in _CLOSED_BRACKETS[brackets].finditer(text)):
            _delete(editor, page.loose(offsets), "mark")


_HABIT = 5  # so many blanks behind marks, and more of them than marks without, are how a writer writes
_CLOSED_BEHIND = pattern(rf"[{_STOPS}](?=[{LETTERS}{OPENERS}“])")
#: Contacts without a blank outside of brackets: there, writers have habits that differ from bracket to bracket.
_CLOSED_BRACKETS = {
    brackets: pattern(rf"[{brackets}](?:(?<=[{CLOSERS}])(?=[{LETTERS}])|(?<=[{LETTERS}0-9A-Za-z].)(?<=[{OPENERS}]))")
    for brackets in ("（）", "「」『』", "《〈【〔》〉】〕")
}


def _contacts(
    page: Lines, editor: Editor, numbers: Sequence[int], words: Sequence[int], *, sets_latin_apart: bool, always: bool
) -> None:
    """Delete the blanks between Han and numbers, and between Han and Latin words, each by its own majority."""
    document = page.document
    # What is closed by this counts as closed for the others.
    doubles = page.loose(DOUBLE_CONTACT.starts(document), always=always)
    editor.extend(doubles, [at + 2 for at in doubles], "", "number")
    closing = set(doubles)
    if numbers and (always or _is_artefact(document, numbers, True, closing, may_be_one_sided=not sets_latin_apart)):
        _delete(editor, page.loose(numbers, always=always), "number")
    if words and (always or _is_artefact(document, words, False, closing, may_be_one_sided=False)):
        if not always:
            # An address or a path is set apart from the words around it by its blanks.
            words = [at for at in words if not (at - 1 in page.protected or at + 1 in page.protected)]
        _delete(editor, page.loose(words, always=always), "latin")


def _delete(editor: Editor, blanks: list[int], reason: str) -> None:
    editor.extend(blanks, [at + 1 for at in blanks], "", reason)


_OF_TOKEN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._/-"
_IS_NUMBER = pattern(_NUMBER)
_LONGEST_TOKEN = 20


def _is_number(text: str, at: int) -> bool:
    """Say whether the token that ends at `at` is a number, and no name or part of one (`X11`, `Python 3`)."""
    if text[at].isalpha():
        return False
    if _LETTER.match(text[at - 2 : at - 1]):
        return _IS_NUMBER.match(text, at) is not None
    start = _before(text, at, _OF_TOKEN)
    if start and "!" <= text[start - 1] <= "~" and text[start - 1] not in "([\"'":
        return False  # the rest of a token (`PID=1`)
    if start > 1 and text[start - 1] in BLANKS and text[start - 2].isascii() and text[start - 2].isalpha():
        return False
    return not any(map(str.isalpha, text[start : at + 1]))


def _before(text: str, at: int, characters: str) -> int:
    """Where the run of such characters before an offset starts, as far as a token may reach."""
    return max(0, at - _LONGEST_TOKEN) + len(text[max(0, at - _LONGEST_TOKEN) : at].rstrip(characters))


def _is_artefact(
    document: Document, blanks: Sequence[int], is_number: bool, closing: set[int], *, may_be_one_sided: bool
) -> bool:
    """Say whether the blanks are what typesetting left, and not how the document is written.

    A writer who sets blanks sets them nearly everywhere, and on both sides of a number. Justified lines and font
    changes leave them here and there, and on one side. So the blanks are artefacts where closed contacts are three
    times as many; or where they are as many and most blanks have none on the other side, unless Latin words are set
    apart, too. Beside those, where writers waver more, closed contacts must be five times as many.
    """
    enough = (3 if is_number else 5) * len(blanks)
    closed = _CLOSED_CONTACT[is_number].count(document) + (len(closing) if is_number else 0)
    if closed >= enough:
        return True
    if not may_be_one_sided or closed < len(blanks):
        return False
    one_sided = filter(lambda at: _one_sided(document.text, at, closing), blanks)
    most = len(blanks) // 2 + 1
    return len(list(islice(one_sided, most))) == most


_TOKEN_AHEAD = pattern("[0-9A-Za-z.,:/%‰+-]+")
_SEEN = "".join(character for character in map(chr, range(128)) if not character.isspace())


def _one_sided(text: str, at: int, closing: set[int]) -> bool:
    """Say whether the number behind or before this blank touches Han on its other side."""
    if _LETTER.match(text[at - 1]):
        token = _TOKEN_AHEAD.match(text, at + 1)
        return token is not None and (token.end() in closing or _LETTER.match(text, token.end()) is not None)
    start = _before(text, at, _SEEN)
    return start > 0 and (start - 2 in closing or _LETTER.match(text[start - 1]) is not None)
