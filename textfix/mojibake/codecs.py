"""Text in one multi-byte encoding that was read in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from textfix.mojibake.common import HAN, HANGUL
from textfix.mojibake.plausible import COMMON, is_text, likeness
from textfix.patterns import pattern

__all__ = [
    "EAST_ASIAN",
    "LATIN_HIGH",
    "LATIN_PAIR",
    "LATIN_PROBE",
    "REASONS",
    "Reading",
    "begins_utf8",
    "escaped",
    "may_be_east_asian",
    "misread_between",
    "misread_leaders",
    "misread_utf8",
    "read_as_latin1",
    "readings",
    "signatures",
]


class Reading(NamedTuple):
    """What `start:end` of a line says when its bytes are read rightly, and how many characters were lost."""

    start: int
    end: int
    text: str
    reason: str
    lost: int


# UTF-8 read in a double-byte encoding.

_WRONG_UTF8: Final = ("gb18030", "cp950", "cp932")

_UNIT: Final = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HANGUL: Final = frozenset(HANGUL)
#: So many characters are no accident even where few of them are frequent.
_MANY: Final = 8
# How far from its first sign a misreading must show itself, in characters.
_NEAR: Final = 24
# A byte that its reader replaced by U+FFFD is written 0xFF here, one that may hide behind a question mark 0xFE.
_LOST: Final = (
    rb"[\xe0-\xef](?:\xff[\x80-\xbf\xff]|[\x80-\xbf][\xff\xfe])|\xff[\x80-\xbf]{2}|[\xc2-\xdf\xe0-\xef][\xff\xfe]"
)


@cache
def _units() -> re.Pattern[bytes]:
    """One character each: of several bytes, with a byte lost, or of ASCII."""
    return pattern(rb"(" + _UNIT + rb")|(" + _LOST + rb")|[\x20-\x7e\xfe]")


@cache
def _stretch() -> re.Pattern[bytes]:
    """As many characters as there are."""
    return pattern(rb"(?:" + _UNIT + rb"|" + _LOST + rb"|[\x20-\x7e\xfe])+")


@cache
def _beginning() -> re.Pattern[bytes]:
    """As many characters as there are, and the bytes that another one begins with."""
    return pattern(rb"(?:" + _UNIT + rb"|" + _LOST + rb"|[\x20-\x7e\xfe])*(?:[\xc2-\xf4\xff][\x80-\xbf]{0,2})?")


@cache
def _leaders(codec: str) -> str:
    """Characters whose two bytes begin a UTF-8 character of three or four bytes."""
    pairs = bytes(b for lead in (*range(0xE2, 0xF0), 0xF0) for trail in range(0x80, 0xC0) for b in (lead, trail))
    found = pairs.decode(codec, "ignore")
    # Text misread as GB18030 is what is met most: there even a sign that clean text has now and then is followed.
    ordinary = frozenset(HAN[:2400]) if codec == "gb18030" else COMMON
    return "".join(sorted({c for c in found if c not in ordinary and len(c.encode(codec)) == 2}))


@cache
def misread_leaders() -> tuple[str, str]:
    """Two classes, of which every stretch of UTF-8 misread as GB18030, Big5 or Shift-JIS has a character.

    One of the first stands before another character beyond ASCII, or one of the second, a letter of a Western language,
    between small letters.
    """
    kana = bytes(b for trail in (0x81, 0x82, 0x83) for b in (0xE3, trail)).decode("cp932")
    latin = bytes(b for trail in range(0xA0, 0xC0) for b in (0xC3, trail)).decode("gb18030")
    leaders = "".join(sorted({*_leaders("gb18030"), *_leaders("cp950"), *_leaders("cp932"), *kana}))
    return f"[{re.escape(leaders)}{latin}]", f"[{latin}]"


@cache
def _codecs_led_by() -> dict[str, tuple[str, ...]]:
    """For each character of two bytes that can begin UTF-8 of several: in which encodings it does."""
    found: dict[str, tuple[str, ...]] = {}
    for codec in _WRONG_UTF8:
        for lead in (0xC3, *range(0xE2, 0xF1)):
            pairs = bytes(byte for trail in range(0x80, 0xC0) for byte in (lead, trail))
            for character in pairs.decode(codec, "ignore"):
                if len(character.encode(codec)) == 2 and codec not in found.get(character, ()):
                    found[character] = (*found.get(character, ()), codec)
    return found


def begins_utf8(text: str, index: int) -> bool:
    """Say whether the characters from `index` on begin like UTF-8 misread: a look before the whole line is read."""
    window = text[index : index + 4].partition("\n")[0]
    if "\ufffd" in window or "?" in window or window[0] in "锘鈥" or window[1:2] < "\x80":
        return True
    if not _goes_on(window[:2]):
        return False
    for codec in _codecs_led_by().get(window[0], _WRONG_UTF8):
        data = window.encode(codec, "replace")
        match = _stretch().match(data)
        if match and (match.end() > 5 or match.end() == len(data)):
            near = text[max(index - 3, 0) : index + _NEAR].replace("\n", " ")
            for stretch in _all_stretches(near, codec):
                # One that runs to the edge of what was looked at may prove itself behind it.
                if stretch.units > 1 and (stretch.end + 2 >= len(near) or _proves(near, stretch)):
                    return True
    return False


@lru_cache(maxsize=1 << 12)
def _goes_on(pair: str) -> bool:
    """Say whether the bytes of two characters can begin UTF-8: ordinary text repeats those that cannot."""
    return any(
        _beginning().fullmatch(pair.encode(codec, "replace")) for codec in _codecs_led_by().get(pair[0], _WRONG_UTF8)
    )


def misread_utf8(line: str) -> list[Reading]:
    """Find stretches of a line that are UTF-8 read as GB18030, Big5 or Shift-JIS.

    >>> misread_utf8("标题：浣犲ソ，世界")
    [Reading(start=3, end=6, text='你好', reason='utf8-gb18030', lost=0)]
    """
    best: list[_Stretch] = []
    for codec in _WRONG_UTF8:
        found = _all_stretches(line, codec)
        if not _covers(line, found) or not _proves_western(line, found):
            found = [stretch for stretch in found if _proves(line, stretch) or _is_twice_misread(stretch)]
        if sum(map(_weight, found)) > sum(map(_weight, best)):
            best = found
    return [Reading(s.start, s.end, s.text, f"utf8-{s.codec}", s.lost) for s in best]


class _Stretch(NamedTuple):
    """Well-formed UTF-8 behind `start:end` of a line; `units` are its characters of several bytes."""

    start: int
    end: int
    before: str
    text: str
    units: int
    lost: int
    codec: str


# ASCII stands for itself in all these encodings, unless the character before has swallowed it.
_NON_ASCII = pattern("[^\x00-\x7f]+\\??")


def _weight(stretch: _Stretch) -> int:
    return stretch.units - 2 * stretch.lost


def _covers(line: str, stretches: list[_Stretch]) -> bool:
    """Say whether the stretches leave no character beyond ASCII."""
    covered = sum(sum(c > "\x7f" for c in stretch.before) for stretch in stretches)
    return covered > 0 and covered == sum(c > "\x7f" for c in line)


def _all_stretches(line: str, codec: str) -> list[_Stretch]:
    return [stretch for run in _NON_ASCII.finditer(line) for stretch in _stretches(line, *run.span(), codec)]


class _Bytes(dict[str, bytes]):
    """What characters are in an encoding; made when first asked for."""

    def __init__(self, codec: str) -> None:
        self._codec = codec

    def __missing__(self, character: str) -> bytes:
        if len(self) >= _KEPT:
            self.clear()
        made = self[character] = _encoded(character, self._codec)
        return made


#: So many characters are kept: more than most texts have.
_KEPT: Final = 1 << 14


@cache
def _bytes_in(codec: str) -> _Bytes:
    return _Bytes(codec)


def _encoded(character: str, codec: str) -> bytes:
    if character == "\ufffd":
        return b"\xff"
    if character == "?":
        return b"\xfe"
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return b"\0"  # which no stretch goes across


def _stretches(line: str, start: int, stop: int, codec: str) -> Iterator[_Stretch]:
    pieces = list(map(_bytes_in(codec).__getitem__, line[start:stop]))
    data = b"".join(pieces)
    search = _stretch().search
    if not search(data):
        return
    place = dict(zip(accumulate(map(len, pieces), initial=0), range(start, stop + 1)))
    at = 0
    while match := search(data, at):
        at = match.start() + 1
        index = place.get(match.start())
        if index is None:
            continue
        # As far as whole characters of both encodings end together.
        text: list[str] = []
        units = lost = last = end = whole = 0
        counts = (0, 0)
        for unit in _units().finditer(data, match.start(), match.end()):
            if unit[1]:
                text.append(unit[1].decode())
                units += 1
            elif unit[2]:
                text.append("\ufffd")
                lost += 1
            else:
                text.append("?" if unit[0] == b"\xfe" else unit[0].decode())
            if unit.end() in place and unit[0] != b"\xfe":
                last = unit.end()
                end, whole, counts = place[last], len(text), (units, lost)
        if whole and counts[0]:
            yield _Stretch(index, end, line[index:end], "".join(text[:whole]), *counts, codec)
            at = last


def _proves(line: str, stretch: _Stretch) -> bool:
    """Say whether well-formed UTF-8 behind a stretch can be no accident."""
    before, after = stretch.before, stretch.text
    letters = [c for c in after if c > "\x7f" and c not in "\ufffd\ufeff"]
    if not is_text("".join(letters)) or 2 * stretch.lost > stretch.units:
        return False
    if after[0] == "\ufeff":
        return stretch.start == 0
    rare = sum(c > "\x7f" and c not in COMMON and c != "\ufffd" for c in before)
    like = likeness(after)
    if stretch.units >= 4 and like > (0.2 if stretch.units >= _MANY else 0.4):
        return rare * 4 >= stretch.units and likeness(before) < 0.5 * like
    # Of two or three characters, each must be ordinary, most must be frequent, and no blank or letter swallowed. A
    # syllable of Hangul is one of eleven thousand, and must be one of those that Korean is made of.
    if stretch.units >= 2 and len(letters) == len(after) and all(map(_is_ordinary, letters)) and like >= 0.5:
        return rare > 0 and likeness(before) < like and all(c in _HANGUL for c in letters if "\uac00" <= c <= "\ud7a3")
    return False


def _is_twice_misread(stretch: _Stretch) -> bool:
    """Say whether what a stretch gives is misread UTF-8 in its turn."""
    return stretch.units >= 4 and any(3 * len(deeper.text) > len(stretch.text) for deeper in misread_utf8(stretch.text))


def _proves_western(line: str, stretches: list[_Stretch]) -> bool:
    """Say whether single characters all over a line make it a line of a Western language: `caf茅 d茅j脿`, `it鈥檚`."""
    for stretch in stretches:
        beside = line[max(stretch.start - 1, 0) : stretch.start] + line[stretch.end : stretch.end + 1]
        if len(stretch.before) > 2 or not any(c.isascii() and c.isalpha() for c in beside + stretch.text):
            return False
        if not all("\u00c0" <= c < "\u0250" or "\u2010" <= c <= "\u2026" for c in stretch.text if c > "\x7f"):
            return False
    return any(s.before[0] == "鈥" for s in stretches) or sum(s.units for s in stretches) >= 2


def _is_ordinary(character: str) -> bool:
    return (
        character in COMMON
        or "\u3001" <= character <= "\u30ff"
        or "\uac00" <= character <= "\ud7a3"
        or "\uff01" <= character <= "\uff5e"
        or "\u2010" <= character <= "\u2026"
    )


# One double-byte encoding read as another: frequent characters become rare ones of the other code page.

# The encoding it was read in, the one it is in, and what is common in that one.
_PAIRS: Final = (
    ("cp950", "gb18030", HAN[:150]),
    ("gb18030", "cp950", HAN[:150]),
    ("gb18030", "cp932", "のはをとしたがにでなれるてすいうかこそ"),
    ("gb18030", "cp949", HANGUL[:30]),
)


@cache
def _signature(wrong: str, right: str, sample: str) -> str:
    """What the commonest characters look like after the misreading, where ordinary text does not have it."""
    shown = set()
    for character in sample:
        try:
            image = character.encode(right).decode(wrong)
        except UnicodeError:
            continue
        if len(image) == 1 and "\u4e00" <= image <= "\u9fff" and image not in COMMON:
            shown.add(image)
    return "".join(sorted(shown))


@cache
def signatures() -> re.Pattern[str]:
    """A pattern for characters that the commonest ones become in a misreading."""
    return pattern(f"[{''.join(_signature(*pair) for pair in _PAIRS)}]")


EAST_ASIAN = pattern("[\u2e80-\ud7ff]")
_RUN = pattern("[^\x00-\x7f]+(?:[\x20-\x7e]{1,3}[^\x00-\x7f]+)*")


def misread_between(line: str, trusted: str = "") -> list[Reading]:
    """Find runs of a line whose bytes are another double-byte encoding than the one they were read in.

    `trusted` is the reason of readings that other lines have proven; short runs then need no proof of their own.

    >>> misread_between("扂蠅岆珨跺湮模穸腔珨埜")[0].text
    '我们是一个大家庭的一员'
    """
    readings = []
    for run in _RUN.finditer(line):
        before = run[0]
        now = likeness(before)
        best: tuple[float, str, str] = (0.0, "", "")
        for wrong, right, _ in _PAIRS:
            reason = f"{right}-{wrong}"
            if trusted not in ("", reason):
                continue
            try:
                after = before.encode(wrong).decode(right)
            except UnicodeError:
                continue
            if is_text(after):
                best = max(best, (likeness(after), after, reason))
        score, after, reason = best
        letters = sum(c > "\u2e80" for c in after)
        if trusted:
            proven = letters > 0 and now <= 0.15 and all(c < "\x80" or _is_ordinary(c) for c in after)
        else:
            proven = letters >= 6 and score >= 0.55 and now <= 0.15
        if proven:
            readings.append(Reading(*run.span(), after, reason, 0))
    return readings


# A double-byte encoding read as Latin-1 or Windows-1252.

_HIGH: Final = "\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
LATIN_HIGH: Final = f"[{_HIGH}]"
LATIN_PROBE = pattern(f"[\xa1-\xfe]{LATIN_HIGH}{{3}}")
LATIN_PAIR = pattern(f"[{_HIGH}]{{2}}")
_LATIN_RUN = pattern(f"[{_HIGH}]{{2,}}(?:[\x20-\x7e]{{0,2}}[{_HIGH}]{{2,}})*")
_SECOND_BYTE = pattern(f"[{_HIGH}][@-~]$")
_HIGH_CHARACTER = pattern(f"[{_HIGH}]")
_CODECS: Final = ("gb18030", "cp950", "euc_jp", "cp949", "cp932")


#: The reasons of all readings: what the bytes were, and what they were read as.
REASONS: Final = (
    *(f"utf8-{wrong}" for wrong in _WRONG_UTF8),
    *(f"{right}-{wrong}" for wrong, right, _ in _PAIRS),
    *(f"{codec}-latin1" for codec in _CODECS),
    *("hz", "iso2022-jp"),
)


def read_as_latin1(line: str, trusted: str = "") -> list[Reading]:
    """Find runs of a line that are GBK, Big5, EUC or Shift-JIS read as Latin-1 or Windows-1252.

    `trusted` is the encoding that other lines were proven to be in; short runs then need no proof of their own.

    >>> read_as_latin1("±±´ó·½ÕýV6.0")
    [Reading(start=0, end=8, text='北大方正', reason='gb18030-latin1', lost=0)]
    """
    runs = [run.span() for run in _LATIN_RUN.finditer(line)]
    readings = [reading for run in runs if (reading := _east_asian(line, *run))]
    # Big5 and GBK have second bytes in ASCII, which cut a run into pieces: then the line as a whole is read better.
    high = [match.start() for match in _HIGH_CHARACTER.finditer(line)]
    if high and len(high) < high[-1] + 1 - high[0] < 1.5 * len(high):
        for stop in (high[-1] + 1, min(high[-1] + 2, len(line))):
            whole = _east_asian(line, high[0], stop)
            if whole and (not readings or all(map(_is_ordinary, filter(str.isalpha, whole.text)))):
                return [whole]
    readings = [reading for reading in readings if not _SECOND_BYTE.search(line[: reading.start][-2:])]
    proven = {reading.start for reading in readings}
    if trusted or proven:
        codec = (trusted or readings[0].reason).removesuffix("-latin1")
        others = (_east_asian(line, *run, codec) for run in runs if run[0] not in proven)
        readings += [reading for reading in others if reading]
    return readings


def may_be_east_asian(line: str) -> bool:
    """Say whether some run of a line could be a double-byte encoding read as Latin-1, proven or not."""
    for run in _LATIN_RUN.finditer(line):
        data = _latin1_bytes(run[0]) if LATIN_PROBE.search(run[0]) else b""
        if data and not _stretch().fullmatch(data):
            # The run may begin or end in the middle of a character, whose other byte is in ASCII.
            parts = (data, data[:-1], data[1:])
            if any(_decoded(part, codec)[0] >= 0.5 for part in parts for codec in _CODECS):
                return True
    return False


def _east_asian(line: str, start: int, end: int, trusted: str = "") -> Reading | None:
    run = line[start:end]
    # Signs of other alphabets beside a run say that it is only a piece of what was misread.
    if any("\x7f" < c < "\u2e80" for c in line[max(start - 1, 0) : start] + line[end : end + 1]):
        return None
    if not (trusted or LATIN_PROBE.search(run)) or not (data := _latin1_bytes(run)):
        return None
    # UTF-8 is the stricter encoding: bytes that can be it, are.
    if _stretch().fullmatch(data):
        return None
    if trusted:
        score, after = _decoded(data, trusted)
        ordinary = all(map(_is_ordinary, after)) if score else False
        return Reading(start, end, after, f"{trusted}-latin1", 0) if ordinary else None
    ranked = sorted(((_decoded(data, codec), codec) for codec in _CODECS), reverse=True)
    (score, after), codec = ranked[0]
    letters = sum(c > "\u2e80" for c in after)
    # Two characters could be an accident; then every one of them must be frequent, and no other reading likely.
    if letters < 2 or score < (0.99 if letters < 4 else 0.75 if letters < 8 else 0.5):
        return None
    if ranked[1][0][0] > score - 0.1 and ranked[1][0][1] != after:
        return None
    return Reading(start, end, after, f"{codec}-latin1", 0)


def _latin1_bytes(text: str) -> bytes:
    try:
        return b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252") for c in text)
    except UnicodeEncodeError:
        return b""


def _decoded(data: bytes, codec: str) -> tuple[float, str]:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0, ""
    return (likeness(text) if is_text(text) else 0.0), text


def readings(text: str) -> set[str]:
    """Return all that the same bytes can be in another encoding, likely or not."""
    found = {
        stretch.text
        for codec in _WRONG_UTF8
        for stretch in _stretches(text, 0, len(text), codec)
        if stretch.end - stretch.start == len(text)
    }
    if data := _latin1_bytes(text):
        found.update(_decoded(data, codec)[1] for codec in _CODECS)
    for wrong, right, _ in _PAIRS:
        try:
            found.add(text.encode(wrong).decode(right))
        except UnicodeError:
            continue
    found.update(reading.text for reading in escaped(text))
    return found - {""}


_ESCAPED = pattern(r"~\{((?:[!-w][!-~])+)~\}|\x1b\$[@B]((?:[!-t][!-~])+)\x1b\([BJ]")


def escaped(text: str) -> Iterator[Reading]:
    """Find text whose bytes stand there as ASCII between the escapes of HZ (RFC 1843) or ISO-2022-JP (RFC 1468).

    >>> [reading.text for reading in escaped("~{<:Ky2;S{~} and")]
    ['己所不欲']
    """
    for match in _ESCAPED.finditer(text):
        codec = "hz" if match[1] else "iso2022_jp"
        try:
            after = match[0].encode("ascii").decode(codec)
        except UnicodeDecodeError:
            continue
        marks_only = not any(character.isalnum() for character in after)
        if is_text(after) and (marks_only or likeness(after) >= 0.25):
            yield Reading(*match.span(), after, codec.replace("_", "-"), 0)
