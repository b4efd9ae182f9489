"""Page numbers as they are printed: `3`, `- 3 -`, `第3版`, `第 3 页 共 9 页`, `2 / 223`, `Page 7`, `xiv`, `一二`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from textfix.patterns import pattern

__all__ = ["AFTER", "BEFORE", "GLUED", "LINE", "Number", "glued", "masked", "whole"]

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
_ENDS = pattern(r"(?:[0-9０-９页頁版面」\])）】·•~～—–-]|\s[ivxlc]{1,8})\s*$")
#: A line that may be nothing but a page number, for one scan of a whole text; newline first.
LINE = pattern(
    rf"\n[ \t\u3000]*(?:{_SIGN}{{1,4}}[ \u3000]{{0,3}})?(?:{_WORD}[ \u3000]{{0,3}})?"
    rf"(?:{_SECTION}?{_ARABIC}|{_ROMAN}|{_HAN})(?:[ \u3000]{{0,3}}{_UNIT})?"
    rf"(?:[ \u3000]{{0,3}}(?:/|／|of|共|，共|,共|/共|／共)[ \u3000]?[0-9０-９]{{1,4}}[ \u3000]?{_UNIT}?)?"
    rf"(?:[ \u3000]{{0,3}}{_SIGN}{{1,4}})?[ \t\u3000]*(?=\n|$)"
)
#: A line end behind a digit or the unit of a page number, and one before: newline first.
BEFORE = pattern("\n(?<=[0-9０-９页頁版]\n)")
AFTER = pattern("\n(?=[ \t\u3000]{0,8}[第0-9０-９])")
_HAN_NAME = pattern("(?:([一二三四五六七八九])?百[〇零]?)?(?:([一二三四五六七八九])?十)?([一二三四五六七八九])?")
_DIGITS = pattern(r"[0-9０-９]+|[〇零一二三四五六七八九十百]+")
_BLANKS = pattern(r"\s+")
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
    if len(line) > 300 or len(line.strip()) > 40 or not (match := _WHOLE.fullmatch(line)):
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
    found = []
    for shape, dress in ((_TAIL, "tail"), (_LEAD, "lead")):
        if dress == "tail" and (not _ENDS.search(line) or _LEADERS.search(line)):
            continue  # the entries of a table of contents end in numbers too
        match = shape.search(line, max(0, len(line) - 40)) if dress == "tail" else shape.match(line)
        if match and match["part"].strip() != line.strip():
            value, script = _value(match["value"])
            if value is None:
                continue
            word, unit = match["word"] or match["section"], match["unit"]
            if word and word[0] == "第" and not unit:
                continue  # counts something else
            certain = bool((word and (unit or word[0] != "第")) or match["total"])
            script = match["section"] or script
            found.append(Number(match.start("part"), match.end("part"), value, script, dress, certain))
    return found


def masked(line: str) -> str:
    """Return a line with numbers masked and blanks dropped, to compare heads that count.

    >>> masked("科学新闻　1998年9月3日") == masked("科学新闻 1998年10月13日")
    True
    """
    return _DIGITS.sub("0", _BLANKS.sub("", line))


def _value(number: str) -> tuple[int | None, str]:
    first = number[0]
    if first in "〇零○一二三四五六七八九十百":
        return _han(number), "han"
    if first.isdigit():
        return int(number.translate(_FOLD)), "arabic"
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
