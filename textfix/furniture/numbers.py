"""Page numbers as they are printed: `3`, `- 3 -`, `第3版`, `第 3 页 共 9 页`, `2 / 223`, `Page 7`, `xiv`, `一二`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from textfix.patterns import pattern
from textfix.signs import Sign

__all__ = [
    "BEGINNING",
    "END",
    "GLUED",
    "LAST",
    "LAST_OF_ALL",
    "LINE",
    "START",
    "Number",
    "counts",
    "glued",
    "masked",
    "whole",
]

_ARABIC: Final = "[0-9０-９]{1,4}"
_ROMAN: Final = "[ivxlcIVXLC]{1,9}"
_HAN: Final = "[〇零○一二三四五六七八九十百]{1,5}"
_SIGN: Final = r"[-‐‑–—―─－~～·•・*＊|｜<>〈〉＜＞\[\]()（）【】〔〕「」.…]"
_WORD: Final = r"(?:第|[Pp]age|PAGE|[Pp]\.|페이지|页码[:：]?)"
_UNIT: Final = "(?:页|頁|版|ページ|쪽|면|面)"
_TOTAL: Final = rf"(?:(?:/|／|of|共|，共|,共|/共|／共)\s?(?P<total>[0-9０-９]{{1,4}})\s?{_UNIT}?)"
#: Newspapers number the pages of each section: `A03版`.
_SECTION: Final = "(?:[A-Z]-?(?=[0-9]))"
_NUMBER: Final = rf"(?P<section>{_SECTION})?(?P<value>{_ARABIC}|{_ROMAN}|{_HAN})"
_BODY: Final = rf"(?:(?P<word>{_WORD})\s{{0,3}})?{_NUMBER}(?:\s{{0,3}}(?P<unit>{_UNIT}))?(?:\s{{0,3}}{_TOTAL})?"

_WHOLE = pattern(rf"\s*(?:(?P<left>{_SIGN}{{1,4}})\s{{0,3}})?{_BODY}(?:\s{{0,3}}(?P<right>{_SIGN}{{1,4}}))?\s*")
_PART: Final = (
    rf"(?P<part>{_SIGN}{{0,2}}\s?(?P<word>第\s?|[Pp]age\s)?(?P<section>{_SECTION})?"
    rf"(?P<value>{_ARABIC}|(?<=\s)[ivxlc]{{1,8}}(?=\s*$)|\b[ivxlc]{{1,8}}(?=\s))\s?(?P<unit>{_UNIT})?"
    rf"(?P<total>\s?[/／]\s?[0-9０-９]{{1,4}})?\s?{_SIGN}{{0,2}})"
)
_TAIL = pattern(rf"(?<![0-9０-９.,:/年月-]){_PART}\s*$")
_LEAD = pattern(rf"\s*{_PART}(?![0-9０-９.,:%、．）)/年月日-])")
_LEADERS = pattern(r"(?:[.·…_]\s?){4}")
_SIGNS: Final = "-‐‑–—―─－~～·•・*＊|｜<>〈〉＜＞[]()（）【】〔〕「」.…"
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: What a page number and its dress begin with, and all that one at the end of a line consists of.
_OPENERS: Final = frozenset(
    _SIGNS + _CAPITALS + "0123456789０１２３４５６７８９〇零○一二三四五六七八九十百第p페页ivxlc"
)
_OF_NUMBERS: Final = (
    "".join(character for character in map(chr, range(0x3001)) if character.isspace())
    + _SIGNS
    + _CAPITALS
    + "0123456789０１２３４５６７８９/／第page页頁版ページ쪽면面ivxlc"
)
#: Behind no other character is there a number at the end of a line.
LAST: Final = frozenset("0123456789０１２３４５６７８９页頁版面」])）】·•~～—–-ivxlc")
#: Behind no other character does a line end that is nothing but a number.
LAST_OF_ALL: Final = frozenset(
    _SIGNS + "0123456789０１２３４５６７８９〇零○一二三四五六七八九十百ivxlcIVXLC页頁版ジ쪽면面 \t\u3000\f"
)
_LAST_ROMAN = pattern(r"\s[ivxlc]{1,8}$")
#: What page numbers and their dress begin with, whatever they are.
_FIRST: Final = _SIGN[:-1] + "0-9０-９A-Z第p페页ivxlc〇零○一二三四五六七八九十百]"
_BLANK: Final = "[ \t\u3000]"
# Most lines are told at their first character.
_INDENT: Final = rf"(?={_FIRST[:-1]} \t\u3000]){_BLANK}*(?={_FIRST})"
_ALONE: Final = (
    rf"(?:{_SIGN}{{1,4}}[ \u3000]{{0,3}})?(?:{_WORD}[ \u3000]{{0,3}})?"
    rf"(?:{_SECTION}?{_ARABIC}|{_ROMAN}|{_HAN})(?:[ \u3000]{{0,3}}{_UNIT})?"
    rf"(?:[ \u3000]{{0,3}}(?:/|／|of|共|，共|,共|/共|／共)[ \u3000]?[0-9０-９]{{1,4}}[ \u3000]?{_UNIT}?)?"
    rf"(?:[ \u3000]{{0,3}}{_SIGN}{{1,4}})?{_BLANK}*(?=[\n\f]|$)"
)
#: A line that may be nothing but a page number, for one scan of a whole text; newline first.
LINE = pattern(rf"\n{_INDENT}{_ALONE}")
#: Where a line begins as page numbers do, behind blanks or not.
START = Sign.of("[\n]", right=f"{_FIRST[:-1]} \t\u3000]")
#: The same as `LINE` as group 1; or the blanks before digits, where group 2 is what may be a number of the line.
BEGINNING = pattern(
    rf"\n{_INDENT}(?:({_ALONE})"
    r"|(?=([0-9０-９]{1,4}(?![0-9０-９年月日,:%、．])|第\s?[A-Z0-9０-９ivxlc]))|(?=[第0-9０-９]))"
)
#: The end of a line behind a digit or the unit of a page number.
END = Sign.of("[\n]", left="[0-9０-９页頁版]")
_ARABIC_NUMERALS = pattern("[0-9０-９]+")
_ROMAN_NUMERALS = pattern(r"[ivxlcIVXLC](?<!\w.)[ivxlcIVXLC]{0,8}(?!\w)")
_DIGITS = pattern(r"[0-9０-９]+|[〇零一二三四五六七八九十百]+")
_FOLD = str.maketrans("０１２３４５６７８９〇零○一二三四五六七八九", "0123456789000123456789")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


#: How numbers are dressed that share a line with something else.
GLUED: Final = ("tail", "lead")


class Number(NamedTuple):
    """A page number on a line: where it stands in it, what it counts, and how it is dressed."""

    start: int
    end: int
    value: int
    #: `arabic`, `roman` or `han`: a document numbers its front matter apart.
    script: str
    #: What surrounds the number; pages of one document dress it alike.
    dress: str
    #: Dressed as nothing but a page number is.
    certain: bool


def whole(line: str) -> Number | None:
    """Read a line that holds nothing but a page number.

    >>> [number and number.value for number in map(whole, ("- 3 -", "第3版", "2 / 223", "xiv", "一二", "3.14", "说明"))]
    [3, 3, 2, 14, 12, None, None]
    """
    bare = line.strip()
    if not 0 < len(bare) <= 40 or bare[0] not in _OPENERS or len(line) > 300:
        return None
    match = _WHOLE.fullmatch(line)
    if not match:
        return None
    value, script = _value(match["value"])
    script = match["section"] or script
    if value is None:
        return None
    left, right, word, unit = (match[name] or "" for name in ("left", "right", "word", "unit"))
    if left.count(".") or (right[:1] in ".)）】]" and right and not left):
        return None  # `1.` and `1)` count items
    dress = f"{left}{word}#{unit}{'/' if match['total'] else ''}{right}"
    between = left and right and not set(left + right) & set("()（）[]【】〔〕「」.…")
    section = match["section"] and unit
    certain = bool((word and (unit or word != "第")) or match["total"] or between or section)
    if match["total"] and value > int(match["total"].translate(_FOLD)):
        return None
    if (word == "第" and not unit) or (unit and not word and script == "han"):
        return None
    return Number(match.start("value"), match.end("value"), value, script, dress, certain)


def glued(line: str) -> list[Number]:
    """Read numbers at the end and at the start of a line that holds more.

    >>> [(number.value, number.dress) for number in glued("第六章 经验批判主义331")]
    [(331, 'tail')]
    """
    bare = line.strip()
    if not bare:
        return []
    found = []
    if bare[-1] in LAST and (bare[-1] not in "ivxlc" or _LAST_ROMAN.search(bare, max(0, len(bare) - 9))):
        # Nothing that belongs to a number starts before what can only belong to one.
        match = _TAIL.search(line, max(0, len(line) - 40, len(line.rstrip(_OF_NUMBERS))))
        # The entries of a table of contents end in numbers too.
        if match and not _has_leaders(line) and (number := _glued(match, bare, "tail")):
            found.append(number)
    if bare[0] in _OF_NUMBERS and (match := _LEAD.match(line)) and (number := _glued(match, bare, "lead")):
        found.append(number)
    return found


def _has_leaders(line: str) -> bool:
    return ("." in line or "·" in line or "…" in line or "_" in line) and _LEADERS.search(line) is not None


def counts(lines: list[str]) -> list[list[int]]:
    """Return, for each script and in order, all that lines may count, whatever of it is a page number.

    >>> counts(["第 12 页 共 9 页", "2023年1月", "xiv", "一二", "一是改革"])
    [[12, 9, 2023, 1], [14], [12]]
    """
    joined = "\n".join(lines)
    arabic = [int(numeral) for numeral in _ARABIC_NUMERALS.findall(joined) if len(numeral) <= 4]
    roman = [value for numeral in _ROMAN_NUMERALS.findall(joined) if (value := _roman(numeral.lower()))]
    han = [number.value for line in lines if (number := _in_han(line))]
    return [arabic, roman, han]


def _in_han(line: str) -> Number | None:
    if line.isascii() or line[-1] not in LAST_OF_ALL:
        return None
    number = whole(line)
    return number if number and number.script == "han" else None


def _glued(match: re.Match[str], line: str, dress: str) -> Number | None:
    part, word, section, numeral, unit, total = match.group("part", "word", "section", "value", "unit", "total")
    if part.strip() == line:
        return None
    value, script = _value(numeral)
    if value is None:
        return None
    word = word or section
    if word and word[0] == "第" and not unit:
        return None  # counts something else
    certain = bool((word and (unit or word[0] != "第")) or total)
    return Number(match.start("part"), match.end("part"), value, section or script, dress, certain)


def masked(line: str) -> str:
    """Return a line with numbers masked and blanks dropped, to compare heads that count.

    >>> masked("科学新闻　1998年9月3日") == masked("科学新闻 1998年10月13日")
    True
    """
    return _DIGITS.sub("0", "".join(line.split()))


def _value(number: str) -> tuple[int | None, str]:
    first = number[0]
    if first in "〇零○一二三四五六七八九十百":
        return _han(number), "han"
    if first.isdigit():
        return int(number), "arabic"
    if number not in (number.lower(), number.upper()):
        return None, "roman"
    return _roman(number.lower()), "roman"


def _roman(number: str) -> int | None:
    values = [_ROMAN_VALUES[letter] for letter in number]
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0]))
    return total if number == _as_roman(total) else None


def _as_roman(value: int) -> str:
    out = ""
    for amount, letters in (
        (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        count, value = divmod(value, amount)
        out += letters * count
    return out


def _han(number: str) -> int | None:
    """Read `一二三` by place and `一百二十三` by name."""
    if not set(number) & set("十百"):
        return int(number.translate(_FOLD))
    match = re.fullmatch(
        "(?:([一二三四五六七八九])?百[〇零]?)?(?:([一二三四五六七八九])?十)?([一二三四五六七八九])?", number
    )
    if not match:
        return None
    hundreds, tens, ones = (int(part.translate(_FOLD)) if part else 0 for part in match.groups())
    return 100 * (hundreds or ("百" in number)) + 10 * (tens or ("十" in number)) + ones
