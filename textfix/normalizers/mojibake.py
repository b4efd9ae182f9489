"""Mojibake: bytes that were read in the wrong encoding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.edits import Edit, Edits
from textfix.markup.emphasis import keeping_emphasis
from textfix.markup.verbatim import outside
from textfix.mojibake import codecs, entities, glyphs, single_byte
from textfix.normalizers._reports import report
from textfix.normalizers.base import Editor, Normalizer
from textfix.patterns import pattern
from textfix.signs import Sign, starts

__all__ = ["Mojibake"]

_Row = tuple[int, int, str, str]

# A text misread twice takes two rounds; more is not met.
_ROUNDS = 3

_SURROGATES = pattern("[\ud800-\udbff][\udc00-\udfff]")
_RARE = pattern(f"[{glyphs.UNUSUAL}\ud800-\udbff]")
# Escapes and references, and what lost bytes became.
_LITERAL = Sign(
    pattern(r"[~\x1b&\ufffd锟烫屯](?:(?<=~)\{|(?<=\x1b)\$|(?<=[&\ufffd])|(?<=锟)斤拷|(?<=烫)烫烫|(?<=屯)屯屯)")
)
# U+FFFD; what became of it when its UTF-8 bytes were read as GBK in pairs; a debugger's fill bytes (0xCC, 0xCD) in GBK.
_LOST = (
    ("replacement", ("\ufffd",), "bytes that no encoding explained were replaced; what they said is lost"),
    ("replacement-gbk", ("锟斤拷",), "U+FFFD in UTF-8, read as GBK; what it replaced is lost"),
    ("fill", ("烫烫烫", "屯屯屯"), "memory that was never written (0xCC, 0xCD), read as GBK"),
)
_SIGNS = frozenset("!#$&()*+-:<=>[\\]^_`|~\n\r\t ")
_ASCII_ALNUM = pattern("[^0-9A-Za-z]+")


def _allows(before: str, after: str) -> bool:
    if not before.isascii() and _ASCII_ALNUM.sub("", before) == _ASCII_ALNUM.sub("", after):
        # What a single-byte encoding garbled holds no ASCII letter or digit: those that were there stay.
        return True
    if not before or entities.resolved(before) == after:
        return after in ("", " ") or bool(before)
    once = codecs.readings(before)
    return after in once or any(after in codecs.readings(reading) for reading in once)


@dataclass(frozen=True)
class Mojibake(Normalizer):
    """Mojibake: bytes that were read in the wrong encoding, read again in the right one.

    >>> Mojibake()("标题：浣犲ソ，世界")
    '标题：你好，世界'
    >>> Mojibake()("ÄãºÃ £¬ ~{<:Ky2;S{~}")
    '你好 ， 己所不欲'

    ===================  =====================================================  ==================================
    reason               repairs                                                example
    ===================  =====================================================  ==================================
    `utf8-gb18030` …     UTF-8 read as GBK, GB18030, Big5 or Shift-JIS          `浣犲ソ` → `你好`
    `gb18030-latin1` …   GBK, Big5, EUC or Shift-JIS read as Latin-1 or         `ÄãºÃ` → `你好`
                         Windows-1252
    `gb18030-cp950` …    GBK, Big5, Shift-JIS, EUC-KR read as one another       `扂蠅岆` → `我们是`
    `utf8-single`        UTF-8 read as Latin-1, Windows-125x, Mac Roman or      `cafÃ©` → `café`
                         code page 437, once or more often (needs ftfy)
    `glyphs`             glyph numbers of a font without a ToUnicode table      `䙷᮹ᆼЏ` → `那日寨主`
    `hz` `iso2022-jp`    escapes that were not decoded                          `~{<:Ky~}` → `己所`
    `entity`             character references in a text that is no HTML         `&ldquo;` → `“`
    `surrogates`         surrogate pairs as two characters
    ===================  =====================================================  ==================================

    Nothing is guessed: the bytes must be well-formed in the encoding that they are read in, what comes out must be made
    of the characters that ordinary text is made of, and what stood there must not. One character is never enough.
    Repairs go stretch by stretch, so clean and broken lines may stand in one file. A character whose bytes are partly
    lost comes out as U+FFFD inside what could be saved.

    What is lost for good is reported as a doubt: U+FFFD, `锟斤拷`, `烫烫烫`.

    Without ftfy (`pip install textfix[mojibake]`) the reason `utf8-single` is not available, all others are.

    When not to use it: on text about mojibake.

    Sources: WHATWG Encoding Standard; RFC 1843 (HZ), RFC 1468 (ISO-2022-JP); ftfy for single-byte encodings; common.py
    names what the common characters were counted on.
    """

    name = "mojibake"
    reasons = (*codecs.REASONS, "utf8-single", "glyphs", "entity", "surrogates", *(reason for reason, _, _ in _LOST))
    contract = PairContract("give the same bytes another reading", _allows)

    @property
    def data_version(self) -> str:
        from importlib.metadata import PackageNotFoundError, version

        try:
            return f"ftfy {version('ftfy')}"
        except PackageNotFoundError:
            return "without ftfy"

    def gate(self, document: Document) -> bool:
        return _LITERAL.within(document) or any(document.view(_places))

    def signs(self) -> Sequence[Sign]:
        return _LITERAL, *_signs()

    def propose(self, document: Document, editor: Editor) -> None:
        text = document.text
        total = Edits(text, [], [], [], [])
        for number in range(_ROUNDS):
            places = _places(document.with_text(text)) if number else document.view(_places)
            edits = Edits.of(text, _disjoint(_readings(text, places, document.markup)))
            if not edits:
                break
            total = total.compose(edits)
            text = edits.apply()
        if number > 1:  # what was read twice, in stretches that overlap, must still be a reading as a whole
            total = total.keep(map(_allows, total.befores, total.afters))
            text = total.apply()
        total = outside(document, total)
        if document.markup != "plain":
            total = keeping_emphasis(total.keep(map(_makes_no_sign, total)), document.markup)
        for start, end, after, reason in zip(total.starts, total.ends, total.afters, total.reasons):
            editor.replace(start, end, after, reason.partition("+")[0])
        for reason, marks, evidence in _LOST:
            found = [match.span() for mark in marks if mark in text for match in _runs(mark).finditer(text)]
            spans = [total.offsets.source_span(*span) for span in found]
            report(editor, spans, reason, lambda start, end, evidence=evidence: evidence)  # type: ignore[misc]


def _makes_no_sign(edit: Edit) -> bool:
    """Say whether no sign of markup comes out that was not there."""
    return _SIGNS.isdisjoint(set(edit.after).difference(edit.before))


class _Places(NamedTuple):
    """Where a fast scan saw something of each kind, as rising offsets."""

    utf8: list[int]
    between: list[int]
    latin1: list[int]
    single: list[int]
    rare: list[int]


@cache
def _signs() -> tuple[Sign, ...]:
    leaders, letters = codecs.misread_leaders()
    utf8 = Sign.of(leaders, right="[^\x00-\x7f]"), Sign.of(letters, left="[a-z]", right="[a-z]")
    latin1 = Sign(codecs.LATIN_PROBE, right=codecs.LATIN_HIGH)
    return (*utf8, Sign(codecs.signatures()), latin1, Sign(_RARE), *single_byte.signs())


def _places(document: Document) -> _Places:
    text = document.text
    if text.isascii():
        return _Places([], [], [], [], [])
    utf8, letters, between, latin1, rare, *single = starts(document, _signs())
    return _Places(_begun(text, sorted(utf8 + letters)), between, latin1, sorted(chain(*single)), rare)


def _begun(text: str, places: Iterable[int]) -> list[int]:
    """Return the first place of every line at which the line begins like UTF-8 misread; it is read as a whole."""
    begun = []
    free = 0
    for place in places:
        if place < free:
            continue
        free = place + 2  # a character that follows one that may begin something is part of it
        if codecs.begins_utf8(text, place):
            begun.append(place)
            free = text.find("\n", place) + 1
            if not free:
                break
    return begun


def _runs(mark: str) -> re.Pattern[str]:
    return pattern(f"(?:{mark})+[{mark}]*")


def _readings(text: str, places: _Places, markup: str) -> Iterator[_Row]:
    """Everything that can be read otherwise, the surest first."""
    if places.rare:
        for match in _SURROGATES.finditer(text):
            character = match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            yield match.start(), match.end(), character, "surrogates"
    if "~{" in text or "\x1b$" in text:
        for reading in codecs.escaped(text):
            yield reading.start, reading.end, reading.text, reading.reason
    if places.rare and (shift := glyphs.find_shift(text)):
        yield from _shifted(text, shift)
    for start, line in _lines(text, places.utf8):
        for reading in codecs.misread_utf8(line):
            yield start + reading.start, start + reading.end, reading.text, reading.reason
    yield from _proven(text, places.between, codecs.misread_between, codecs.EAST_ASIAN)
    yield from _proven(text, places.latin1, codecs.read_as_latin1, codecs.LATIN_PAIR)
    for start, line in _lines(text, places.single):
        for first, last, after in single_byte.repair(line):
            yield start + first, start + last, after, "utf8-single"
    if "&" in text and markup == "plain":
        for start, end, character in entities.references(text):
            yield start, end, character, "entity"


def _proven(
    text: str, places: list[int], read: Callable[[str, str], list[codecs.Reading]], any_place: re.Pattern[str]
) -> Iterator[_Row]:
    """Read the lines that prove themselves, then all that an encoding proven often enough explains."""
    lines = [(start, read(line, "")) for start, line in _lines(text, places)]
    proven: Counter[str] = Counter()
    for _, readings in lines:
        for reading in readings:
            proven[reading.reason] += len(reading.text)
    trusted = next((reason for reason, count in proven.most_common(1) if count >= 8), "")
    if trusted:
        everywhere = (match.start() for match in any_place.finditer(text))
        lines = [(start, read(line, trusted)) for start, line in _lines(text, everywhere)]
    for start, readings in lines:
        for reading in readings:
            yield start + reading.start, start + reading.end, reading.text, reading.reason


def _shifted(text: str, shift: glyphs.Shift) -> Iterator[_Row]:
    start = 0
    for line in text.splitlines(keepends=True):
        after = glyphs.shifted(line, shift)
        if after is not None:
            for position, (one, other) in enumerate(zip(line, after), start):
                if one != other:
                    yield position, position + 1, other, "glyphs"
        start += len(line)


def _lines(text: str, positions: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield every line, with its start, that holds one of the positions (which rise)."""
    stop = -1
    for position in positions:
        if position > stop:
            start = text.rfind("\n", 0, position) + 1
            stop = text.find("\n", position)
            stop = len(text) if stop < 0 else stop
            yield start, text[start:stop]


def _disjoint(rows: Iterable[_Row]) -> list[_Row]:
    """Keep of rows that overlap the one that came first."""
    kept: list[_Row] = []
    taken: set[int] = set()
    for row in rows:
        places = range(row[0], max(row[1], row[0] + 1))
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(row)
    return kept
