"""What the typesetting model needs to know of a character: its class, its width, its role at the edge of a line.

One look-up per character: tables over the Basic Multilingual Plane, built once from the ranges below. Classes follow
the Unicode blocks and, for marks, the roles that CLREQ and JIS X 4051 give them (opening, closing, stop, pause).
Widths are display cells: a full-width character takes two (East Asian Width W, F and, in Han text, A), all others one.
"""

from __future__ import annotations

import functools
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]

OTHER: Final = 0
BLANK: Final = 1
NEWLINE: Final = 2
HAN: Final = 3
HIRAGANA: Final = 4
KATAKANA: Final = 5
HANGUL: Final = 6
LOWER: Final = 7
UPPER: Final = 8
DIGIT: Final = 9
WIDE_ALNUM: Final = 10
COMMA: Final = 11
ENUM_COMMA: Final = 12
SEMICOLON: Final = 13
COLON: Final = 14
STOP: Final = 15
OPENER: Final = 16
CLOSER: Final = 17
ELLIPSIS: Final = 18
DASH: Final = 19
BULLET: Final = 20
CIRCLED: Final = 21
RULE: Final = 22
PERIOD: Final = 23
LATIN_COMMA: Final = 24
LATIN_COLON: Final = 25
LATIN_STOP: Final = 26
LATIN_OPENER: Final = 27
LATIN_CLOSER: Final = 28
LATIN_QUOTE: Final = 29
HYPHEN: Final = 30
CODE_SIGN: Final = 31
PRIVATE: Final = 32
PERCENT: Final = 33
NUMERAL_HAN: Final = 34  # 一二三…: Han that also count
N_CLASSES: Final = 35

#: At which nothing is ever joined.
PARAGRAPH_SEPARATOR: Final = 0x2029

_NARROW_AMBIGUOUS: Final = "“”‘’—…·•●○■□◆◇▲△★☆※→←↑↓×÷±≤≥≠∞√①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ℃№│─┌┐└┘├┤┬┴┼"

_SPANS: Final[tuple[tuple[int, int, int], ...]] = (
    (0x0000, 0x0008, OTHER),
    (0x0009, 0x0009, BLANK),
    (0x000A, 0x000C, NEWLINE),
    (0x000D, 0x000D, BLANK),
    (0x0030, 0x0039, DIGIT),
    (0x0041, 0x005A, UPPER),
    (0x0061, 0x007A, LOWER),
    (0x00C0, 0x00DE, UPPER),
    (0x00DF, 0x024F, LOWER),
    (0x0250, 0x02AF, LOWER),
    (0x0370, 0x03AB, UPPER),
    (0x03AC, 0x03FF, LOWER),
    (0x0400, 0x042F, UPPER),
    (0x0430, 0x052F, LOWER),
    (0x1100, 0x11FF, HANGUL),
    (0x1E00, 0x1FFF, LOWER),
    (0x2000, 0x200B, BLANK),
    (0x2028, 0x2029, NEWLINE),
    (0x2460, 0x24FF, CIRCLED),
    (0x2500, 0x257F, RULE),
    (0x25A0, 0x27BF, BULLET),
    (0x2E80, 0x2FDF, HAN),
    (0x3007, 0x3007, NUMERAL_HAN),
    (0x3041, 0x309F, HIRAGANA),
    (0x30A1, 0x30FF, KATAKANA),
    (0x3131, 0x318E, HANGUL),
    (0x3200, 0x33FF, CIRCLED),
    (0x3400, 0x9FFF, HAN),
    (0xA960, 0xA97F, HANGUL),
    (0xAC00, 0xD7FF, HANGUL),
    (0xE000, 0xF8FF, PRIVATE),
    (0xF900, 0xFAFF, HAN),
    (0xFF10, 0xFF19, WIDE_ALNUM),
    (0xFF21, 0xFF3A, WIDE_ALNUM),
    (0xFF41, 0xFF5A, WIDE_ALNUM),
    (0xFF66, 0xFF9D, KATAKANA),
    (0xFFA0, 0xFFDC, HANGUL),
)
_MARKS: Final[tuple[tuple[str, int], ...]] = (
    (" \u00a0\u1680\u202f\u205f\u3000\ufeff\u00ad", BLANK),
    ("，﹐", COMMA),
    ("、､﹑", ENUM_COMMA),
    ("；﹔", SEMICOLON),
    ("：﹕", COLON),
    ("。！？．｡﹒﹗﹖‼⁇⁈⁉", STOP),
    ("（［｛〔【〖《〈「『〝“‘﹁﹃︵︽︿", OPENER),
    ("）］｝〕】〗》〉」』〞〟”’﹂﹄︶︾﹀", CLOSER),
    ("…⋯‥", ELLIPSIS),
    ("—―–〜～﹏", DASH),
    ("·•‧●○■□◆◇▲△▼▽★☆※▪▫◦‣⁃∙・❖✦➢", BULLET),
    ("ーヽヾ々〻ゝゞ", HIRAGANA),
    (".", PERIOD),
    (",;", LATIN_COMMA),
    (":", LATIN_COLON),
    ("!?", LATIN_STOP),
    ("([{", LATIN_OPENER),
    (")]}", LATIN_CLOSER),
    ("\"'`«»", LATIN_QUOTE),
    ("-\u2010\u2011", HYPHEN),
    ("/\\_=+*<>#$&@^|~", CODE_SIGN),
    ("%％‰℃°", PERCENT),
    ("一二三四五六七八九十百千零壹贰叁肆伍陆柒捌玖拾廿卅", NUMERAL_HAN),
)

# Advance widths of Latin letters in a proportional text face, in sixteenths of a cell (half an em): the metrics of
# Times as published with the Adobe Core 14 fonts, rounded; what is not listed counts one cell.
_TIMES: Final[dict[int, str]] = {
    9: "ijlt/|.,:;'",
    11: "frsIJ-()[]!`",
    14: "acez?",
    16: "bdghknopquvxy0123456789$#*_",
    19: "FPSELTZ+=<>",
    22: "BCRwAKVXYGHNDUOQ&",
    25: "mM%",
    30: "W@",
}

#: A line's width is summed in sixteenths of a cell, so that proportional letters fit the same integers.
UNIT: Final = 16
#: Widths of lines are told in such parts of a cell.
CELL: Final = 4


def members(*classes: int) -> npt.NDArray[np.bool_]:
    """Which classes are among some, by class.

    >>> members(LOWER, UPPER).nonzero()[0].tolist() == [LOWER, UPPER]
    True
    """
    table = np.zeros(N_CLASSES, bool)
    table[list(classes)] = True
    return table


@functools.lru_cache(maxsize=1)
def class_table() -> npt.NDArray[np.uint8]:
    """Class of every code of the Basic Multilingual Plane; the last two slots stand for all planes above it."""
    table = np.zeros(0x10000, np.uint8)
    for first, last, cls in _SPANS:
        table[first : last + 1] = cls
    for marks, cls in _MARKS:
        for mark in marks:
            table[ord(mark)] = cls
    table[0xFFFE] = HAN  # planes 2 and 3
    table[0xFFFF] = OTHER  # everything else above U+FFFF
    return table


@functools.lru_cache(maxsize=1)
def cell_table() -> npt.NDArray[np.uint8]:
    """Display cells of every code, ambiguous marks counted full width."""
    cells = np.ones(0x10000, np.uint8)
    for first, last in (
        (0x1100, 0x115F),
        (0x2E80, 0xA4CF),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60),
        (0xFFE0, 0xFFE6),
        (0x2460, 0x24FF),
        (0x25A0, 0x27BF),
        (0xE000, 0xF8FF),
    ):
        cells[first : last + 1] = 2
    for mark in _NARROW_AMBIGUOUS:
        cells[ord(mark)] = 2
    for code in (0x00B7, 0x2022, 0x25E6, 0x2023, 0x2043):  # small dots stay narrow
        cells[code] = 1
    table = class_table()
    cells[table == NEWLINE] = 0
    for code in (0x200B, 0xFEFF, 0x00AD, 0x000D):
        cells[code] = 0
    cells[0xFFFE:] = 2
    return cells


def _pack(*fields: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    out = np.zeros(0x10000, np.uint64)
    for at, field in enumerate(fields):
        out |= field.astype(np.uint64) << np.uint64(16 * at)
    return out


@functools.lru_cache(maxsize=1)
def kinds() -> tuple[npt.NDArray[np.uint8], tuple[npt.NDArray[Any], ...]]:
    """Which kind of character each code is, and class and `sum_tables` of each kind.

    There are some dozens of kinds: what is looked up by them stays in the processor's cache.
    """
    tables = class_table(), *sum_tables()
    # Neighbouring codes are mostly of one kind.
    changes = np.zeros(0x10000, bool)
    changes[0] = True
    for table in tables:
        changes[1:] |= table[1:] != table[:-1]
    heads = np.flatnonzero(changes)
    kinds: dict[tuple[int, ...], int] = {}
    rows = zip(*(table[heads].tolist() for table in tables))
    kind = np.array([kinds.setdefault(row, len(kinds)) for row in rows], np.uint8)
    _, first = np.unique(kind, return_index=True)
    return kind.repeat(np.diff(heads, append=0x10000)), tuple(table[heads[first]] for table in tables)


@functools.lru_cache(maxsize=1)
def sum_tables() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Counters that are summed over each line, four 16-bit fields to a word.

    First: cells, pauses (，、；：), stops (。！？), full-width brackets and quotes.
    Second: width of narrow characters in a proportional face, letters, digits, blanks.
    Third: Han and kana, Hangul, narrow characters, signs of code, rules and leaders.
    """
    cls, cells = class_table(), cell_table()
    seen = (cls != BLANK) & (cls != NEWLINE)
    one = np.ones(0x10000, np.uint16)
    pause = members(COMMA, ENUM_COMMA, SEMICOLON, COLON)[cls]
    stop = cls == STOP
    bracket = members(OPENER, CLOSER)[cls] & (cells == 2)
    proportional = one * UNIT
    for width, letters in _TIMES.items():
        for letter in letters:
            proportional[ord(letter)] = width
    narrow = (cells == 1) & seen & (np.arange(0x10000) > 0x20) & (np.arange(0x10000) < 0x500)
    letter_ = members(LOWER, UPPER)[cls]
    first = _pack(cells * seen, pause, stop, bracket)
    second = _pack(proportional * narrow, letter_, members(DIGIT, WIDE_ALNUM)[cls], cls == BLANK)
    third = _pack(
        members(HAN, NUMERAL_HAN, HIRAGANA, KATAKANA)[cls],
        cls == HANGUL,
        narrow,
        members(CODE_SIGN, RULE, LATIN_OPENER, LATIN_CLOSER, LATIN_QUOTE)[cls],
    )
    return first, second, third


@functools.lru_cache(maxsize=1)
def narrower() -> npt.NDArray[np.int16]:
    """By how many sixteenths of a cell each of the first letters is narrower than a cell, in a proportional face."""
    out = np.zeros(256, np.int16)
    for width, letters in _TIMES.items():
        for letter in letters:
            out[ord(letter)] = UNIT - width
    return out


def codes_of(text: str) -> Codes:
    """The text as an array of code points: of sixteen bits each where they all fit, of thirty-two otherwise."""
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def table_index(codes: Codes) -> npt.NDArray[np.uint16]:
    """Index of each code into the tables above."""
    if codes.dtype != np.uint16 and codes.size and int(codes.max()) > 0xFFFF:
        high = np.where((codes >= 0x20000) & (codes < 0x40000), np.uint32(0xFFFE), np.uint32(0xFFFF))
        codes = np.where(codes > 0xFFFF, high, codes)
    return codes.astype(np.uint16, copy=False)


#: Characters that are looked up at a time: an index takes eight bytes, whatever it was made of.
_AT_ONCE = 1 << 16


def classes_of(codes: Codes) -> npt.NDArray[np.uint8]:
    """The class of each character."""
    classes, table = np.empty(len(codes), np.uint8), class_table()
    for at in range(0, len(codes), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        table.take(table_index(codes[some]), out=classes[some], mode="clip")  # any other mode buffers
    return classes
