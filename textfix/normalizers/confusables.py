"""Confusables: OCR look-alikes where the neighbours decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.base import Editor, Normalizer
from textfix.patterns import pattern

__all__ = ["Confusables"]

_Row = tuple[int, int, str, str]

_ZEROS = "○◯"
_LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1", "Z": "2", "z": "2"}
_NUMERALS = "一二三四五六七八九〇"

# Each pattern begins with the character that the text must have anyway, so that a scan passes over all others.

# `2O23年`, `Z015年`: four characters that no letter touches, two of them digits, a year of our era.
_YEAR = pattern(r"年(?<=(?<![0-9A-Za-z.])[12lIZz][0-9OolIZz]{3}年)")
# `l0月`, `3O日`: one or two characters, one of them a digit or all of them behind 年 or 月.
_MONTH_OR_DAY = pattern(r"[月日号號](?<=[0-9OolI].)")
_PART = pattern(r"(?<![0-9A-Za-z.])[0-9OolI]{1,2}\Z")
# `1O0元`, `5O%`: a number that begins with a digit, before a unit; `4o` could be a name.
_NUMBER = pattern(r"[OolI](?<=[0-9].)[0-9OolI]{0,9}(?:[.,][0-9OolI]{1,9})?(?=[年个名人元万亿岁%％℃])")
_TOKEN = pattern(r"(?<![0-9A-Za-z_./-])[0-9][0-9,.]*\Z")
# `二○二三`, `二OO八年`: zeros among Chinese numerals.
_CIRCLE = pattern(f"[{_ZEROS}](?<=[{_NUMERALS}].)[{_ZEROS}]{{0,3}}(?=[{_NUMERALS}])")
_NUMERAL_YEAR_SOURCE = f"年(?<=[一二][{_NUMERALS}{_ZEROS}Oo0]{{3}}年)"
_NUMERAL_YEAR = pattern(_NUMERAL_YEAR_SOURCE)
# `3一5人`: a dash between digits. `）一一（`: one between marks, where nothing can be counted.
_RANGE_SOURCE = r"一(?<=[0-9]一)(?=[0-9])"
_RANGE = pattern(_RANGE_SOURCE)
_DASH_SOURCE = "一一(?<=[0-9A-Za-z”’」』）》。！？…]一一)(?=[0-9A-Za-z“‘「『（《])"
_DASH = pattern(_DASH_SOURCE)


def _allows(before: str, after: str) -> bool:
    return (
        _LETTERS.get(before) == after
        or (after == "〇" and before in f"{_ZEROS}Oo0")
        or (before, after) in (("一", "—"), ("一一", "——"))
    )


@dataclass(frozen=True)
class Confusables(Normalizer):
    """Confusables: OCR look-alikes where the neighbours decide.

    >>> Confusables()("2O23年l0月3O日，二○二三年，1O0元，3一5人")
    '2023年10月30日，二〇二三年，100元，3—5人'

    ============  ====================================================  =====================
    reason        repairs                                               example
    ============  ====================================================  =====================
    `year`        letters in a year before 年                           `Z0I6年` → `2016年`
    `date`        letters in a month or a day                           `l0月` → `10月`
    `number`      letters in a number before a unit                     `1O0元` → `100元`
    `zero`        circles and letters for 〇 among Chinese numerals     `二○○八` → `二〇〇八`
    `dash`        一 and 一一 for a dash between digits or marks        `3一5` → `3—5`
    ============  ====================================================  =====================

    Only closed cases, in which no other reading is possible: a year lies between 1000 and 2099, a month between 1 and
    12, a day between 1 and 31. Confusions that need a dictionary (`自已`, `未`/`末`) stay.

    When not to use it: on text that was typed. There `○` may stand for a word left out, `I号` for a Roman numeral.
    """

    name = "confusables"
    reasons = ("year", "date", "number", "zero", "dash")
    contract = PairContract("replace a letter, a circle or 一 by the digit or dash that it looks like", _allows)
    probe = pattern(
        f"[{_ZEROS}]|[OolIZz](?=[0-9OolIZz]{{0,3}}[年月日号號个名人元万亿岁%％℃.,])"
        f"|{_NUMERAL_YEAR_SOURCE}|{_RANGE_SOURCE}|{_DASH_SOURCE}"
    )

    def propose(self, document: Document, editor: Editor) -> None:
        text = document.text
        digits = Edits.of(text, {row[0]: row for row in _digits(text)}.values())
        # A letter that turned out to be a digit can stand beside a dash.
        text = digits.apply()
        total = digits.compose(Edits.of(text, _dashes(text)))
        for start, end, after, reason in zip(total.starts, total.ends, total.afters, total.reasons):
            editor.replace(start, end, after, reason)


def _digits(text: str) -> Iterator[_Row]:
    for match in _NUMBER.finditer(text):
        head = _TOKEN.search(text, max(match.start() - 12, 0), match.start())
        # A model called 4o may stand before any unit.
        if head and not (match[0] == "o" and len(head[0]) == 1):
            yield from _letters(text, match.start(), match.end(), "number")
    for match in _MONTH_OR_DAY.finditer(text):
        yield from _date(text, match.start())
    for match in _YEAR.finditer(text):
        yield from _year(text, match.start())
    for match in _CIRCLE.finditer(text):
        for position in range(*match.span()):
            yield position, position + 1, "〇", "zero"
    for match in _NUMERAL_YEAR.finditer(text):
        span = range(match.start() - 4, match.start())
        if sum(text[position] in _NUMERALS for position in span) >= 2:
            for position in span:
                if text[position] in f"{_ZEROS}Oo0":
                    yield position, position + 1, "〇", "zero"


def _dashes(text: str) -> Iterator[_Row]:
    for match in _RANGE.finditer(text):
        yield match.start(), match.end(), "—", "dash"
    for match in _DASH.finditer(text):
        yield match.start(), match.end(), "——", "dash"


def _year(text: str, end: int) -> Iterator[_Row]:
    found = text[end - 4 : end]
    if sum(map(str.isdigit, found)) >= 2 and "1000" <= _read(found) <= "2099":
        yield from _letters(text, end - 4, end, "year")


def _date(text: str, end: int) -> Iterator[_Row]:
    part = _PART.search(text, max(end - 3, 0), end)
    if part is None:
        return
    highest = 12 if text[end] == "月" else 31
    behind = text[max(part.start() - 1, 0) : part.start()]
    certain = any(map(str.isdigit, part[0])) or behind == ("年" if text[end] == "月" else "月")
    if certain and 1 <= int(_read(part[0])) <= highest:
        yield from _letters(text, part.start(), end, "date")


def _read(found: str) -> str:
    return "".join(_LETTERS.get(character, character) for character in found)


def _letters(text: str, start: int, end: int, reason: str) -> Iterator[_Row]:
    for position in range(start, end):
        if text[position] in _LETTERS:
            yield position, position + 1, _LETTERS[text[position]], reason
