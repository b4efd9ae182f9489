"""Compatibility: characters that stand for others only because of an encoding or a font."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import combining, is_normalized, normalize

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.edits import Edits
from textfix.markup.cells import Cells
from textfix.markup.charts import is_chart
from textfix.markup.emphasis import keeping_emphasis
from textfix.markup.spans import Spans
from textfix.markup.verbatim import outside
from textfix.normalizers.base import Editor, Normalizer
from textfix.patterns import pattern
from textfix.signs import Sign, absent
from textfix.unicode import compatibility as data
from textfix.unicode.properties import RECOMPOSED
from textfix.unicode.scripts import HAN, KANA

__all__ = ["Compatibility"]

_Row = tuple[int, int, str, str]


def _table(pairs: str) -> dict[str, str]:
    return dict(zip(pairs[::2], pairs[1::2]))


def _class(characters: Iterable[str]) -> re.Pattern[str]:
    """A class of characters; those beyond the Basic Multilingual Plane as one range, which must hold no others."""
    basic = re.escape("".join(sorted(character for character in characters if character < "\U00010000")))
    beyond = sorted(character for character in characters if character > "\uffff")
    return pattern(f"[{basic}{f'{beyond[0]}-{beyond[-1]}' if beyond else ''}]")


_WIDE = _table(data.WIDE)
_FULL = {narrow: wide for wide, narrow in _WIDE.items()}
_NARROW = _table(data.NARROW)

# What is folded wherever it stands. Full-width letters and digits are an input mode; full-width marks are Chinese
# punctuation, and stay.
_ALNUM = {wide: narrow for wide, narrow in _WIDE.items() if narrow.isalnum()}
_HANGUL = {half: full for half, full in _table(data.HANGUL).items() if full != "\u3164"}  # a filler is not a letter
_SYMBOLS = {half: full for half, full in _NARROW.items() if half >= "\uffe8"}
# Unicode maps vertical and small punctuation to ASCII where it can; in the Han text that has them their horizontal,
# ordinary forms are the full-width ones.
_VERTICAL = {form: _FULL.get(mark, mark) for form, mark in _table(data.VERTICAL).items() if mark not in "_\u2013\u2014"}
_VERTICAL_DASHES = dict(item for item in _table(data.VERTICAL).items() if item[1] in "\u2013\u2014")
# Its name and its decomposition say that this is a leader of two dots; but Big5 has it beside the stops (0xA14A), and
# everybody who wrote Big5 set it for a colon.
_TWO_DOTS = "\ufe30"
_COLON = pattern(f"{_TWO_DOTS}(?<=[{HAN}{KANA}0-9A-Za-z）」』》〉】”)].)(?!{_TWO_DOTS})")
_SMALL = {
    form: _FULL[mark] if mark in ",;:?!(){}" else mark
    for form, mark in _table(data.SMALL).items()
    if mark != "."  # ﹒ stands for a middle dot as often as for a stop
}
_RADICALS = _table(data.RADICALS)

_EVERYWHERE: tuple[tuple[str, dict[str, str]], ...] = (
    ("width", _ALNUM),
    ("ideograph", _table(data.IDEOGRAPHS)),
    ("ligature", data.LIGATURES),
    ("small", _SMALL),
    ("vertical", _VERTICAL),
    ("hangul", _HANGUL),
    ("symbol", _SYMBOLS),
)

# Marks that belong to full-width letters and digits on both sides and have no other reading there: `２００４．１２`,
# `ＣＤ－ＲＯＭ`, `Ｑ＆Ａ`, `ｗｗｗ．ａｂｃ．ｃｏｍ`. The comma and the colon between digits have one (a list, a ratio).
_W = "0-9０-９A-Za-zＡ-Ｚａ-ｚ"
_CONNECTORS = pattern(
    rf"[－／＆＠＿](?<=[{_W}].)(?=[{_W}])|．(?<=[0-9０-９].)(?=[0-9０-９])|．(?<=[ａ-ｚ].)(?=[ａ-ｚ])"
    "|：(?<=[ａ-ｚ].)(?=／／[ａ-ｚ])|／(?<=[ａ-ｚ]：.)(?=／[ａ-ｚ])|／(?<=：／.)(?=[ａ-ｚ])|\u3000(?<=[Ａ-Ｚａ-ｚ].)(?=[Ａ-Ｚａ-ｚ])"
)

# Japanese sets single digits and letters full width, and numbers half width (`４週間`, `12人`): where no two full-width
# ones make a number or a word, that is how the text is written; and where none is half width.
_WIDE_ALNUM = "０-９Ａ-Ｚａ-ｚ"
_COMPOUND = pattern(rf"[{_WIDE_ALNUM}][－／＆＠＿．：，]?[{_WIDE_ALNUM}]")
_HIRAGANA = pattern("[\u3041-\u309f]")
_BY_CLASS = (
    (pattern("[0-9]"), frozenset(wide for wide, narrow in _ALNUM.items() if narrow.isdigit())),
    (pattern("[A-Za-z]"), frozenset(wide for wide, narrow in _ALNUM.items() if narrow.isalpha())),
)
_KANA_RUN, _LETTER_RUN = pattern(f"[{KANA}]+"), pattern(f"[{HAN}{KANA}]+")

# An arm of a face and what it throws: `╯︵`.
_ARMS, _THROWN = frozenset("╯╰ノﾉヽ"), frozenset("︵︶")
# One character between backticks is shown, not used.
_MENTION = pattern("`[^`\n]`")

# Full-width digits before a stop or a bracket are text; half width they would make an item of a list.
_ITEM_HEAD = pattern(r"^[ \t>*+\-\[\]xX0-9０-９.)]*[０-９][.)](?=[ \t\r\n]|\Z)", re.MULTILINE)

_HALF_KANA = pattern("[｡-ﾟ]+")
_HALF_KANA_LETTER = pattern("[ｦ-ﾝ]")
_HALF_KANA_UNIT = pattern("[ｳｶ-ﾄﾊ-ﾎﾜｦ]ﾞ|[ﾊ-ﾎ]ﾟ|.")
_LETTER = pattern(f"[{HAN}{KANA}\u3099\u309a]")

_ARABIC = {
    "isolated": _table(data.ARABIC_ISOLATED),
    "initial": _table(data.ARABIC_INITIAL),
    "medial": _table(data.ARABIC_MEDIAL),
    "final": _table(data.ARABIC_FINAL),
}
# Lam-alef: the isolated and the final form alternate.
for _index, (_form, _letters) in enumerate(data.ARABIC_LIGATURES.items()):
    _ARABIC["final" if _index % 2 else "isolated"][_form] = _letters
_ARABIC_FORM = {character: form[1] for form, table in _ARABIC.items() for character in table}  # s, n, e, i
_ARABIC_LETTER = {character: letter for table in _ARABIC.values() for character, letter in table.items()}
_ARABIC_RUN = pattern(f"[{''.join(_ARABIC_LETTER)}]+")
# A letter that joins to the next (initial, medial) is followed by one that joins to the last (medial, final).
_ARABIC_LOGICAL = pattern("(?:s|ne*i)+")
_ARABIC_VISUAL = pattern("(?:s|ie*n)+")

# One range for what lies beyond the Basic Multilingual Plane keeps the class fast; it may hold characters too many.
_BEYOND = pattern("[\U00010000-\U0010ffff]+(?:-[\U00010000-\U0010ffff])?")
_SEGMENT = pattern(f"[{_BEYOND.sub('', RECOMPOSED)}\U000101fd-\U0001e94a]+")

_ALL = {
    **{wide: narrow for wide, narrow in _WIDE.items() if narrow.isalnum() or narrow in "-/&@_.:"},
    "\u3000": " ",
    **_NARROW,
    **_VERTICAL_DASHES,
    **_RADICALS,
    **_ARABIC_LETTER,
    **{character: other for _, table in _EVERYWHERE for character, other in table.items()},
}
_TRANSLATION = str.maketrans(_ALL)
_PROBE = _class(set(_ALL) - set("\u3000：－／＆＠＿．"))

_SIGN = Sign(_PROBE)
# Characters that are in form NFC whatever stands beside them (NFC_Quick_Check=Yes, Canonical_Combining_Class=0): Latin
# letters, Greek and Cyrillic ones, general punctuation, symbols, CJK marks, kana, ideographs, Hangul syllables,
# full-width forms.
_SETTLED = (
    "\u0000-\u02ff\u0391-\u03c9\u0400-\u0482\u2002-\u20cf\u2100-\u2125\u212c-\u2328\u232b-\u2adb"
    "\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3200-\u9fff\uac00-\ud7a3\uff00-\uffef"
)
_UNSETTLED = Sign(pattern(f"[^{_SETTLED}]"))


def _allows(before: str, after: str) -> bool:
    if (before, after) == (_TWO_DOTS, "："):
        return True
    return bool(before) and after in (
        before.translate(_TRANSLATION),
        normalize("NFC", before.translate(_TRANSLATION)),
        normalize("NFC", before),
    )


@dataclass(frozen=True)
class Compatibility(Normalizer):
    """Compatibility: characters that stand for others only because of an encoding or a font.

    >>> Compatibility()("⼈⺠⽇报２０２３年Ａ版 ﬁle ｶﾞｷﾞ 豈")
    '人民日报2023年A版 file ガギ 豈'

    ============  ============================================  ===========================
    reason        repairs                                       example
    ============  ============================================  ===========================
    `radical`     Kangxi radicals, CJK Radicals Supplement      `⼈⺠` → `人民`
    `ideograph`   CJK compatibility ideographs                  U+F9DD → `利`
    `width`       full-width letters and digits, and marks      `２００４．１２` → `2004.12`
                  that can only belong to them
    `kana`        half-width katakana, voiced ones composed     `ｶﾞｷﾞ` → `ガギ`
    `hangul`      half-width Hangul letters                     U+FFA1 → `ㄱ`
    `vertical`    forms for vertical writing; `︰` behind a      `﹁︒` → `「。`
                  letter is a colon, as Big5 used it
    `small`       small forms                                   `﹐﹕` → `，：`
    `symbol`      half-width arrows and shapes                  U+FFE9 → `←`
    `ligature`    Latin and Armenian ligatures                  `ﬁ` → `fi`
    `arabic`      Arabic presentation forms in logical order    U+FEDF U+FE8E → `لا`
    `composed`    what NFC composes, reorders or replaces       `e` + U+0301 → `é`
    ============  ============================================  ===========================

    Never NFKC: `Ⅲ ㎡ ① ™ ½ ² ㈱ … ， ： “ ”` and all that has a meaning or a width of its own stays. So do full-width
    marks (also `％`, `，` and `：` between digits, which punctuation decides), the ideographic space (but for one
    between full-width letters: an indent and a letter-spaced line are for the layout to read), `﹒`, a lone `･` (as in
    `(･∀･)`), and a chart of radicals, where three follow each other in the order of their codes. Full-width letters
    and digits stay where they are the style of a Japanese text, which has them one at a time only (`４週間`, `Ａ社`) or
    no others, and in rows of cells that blanks or rules put in line. So does a single character between backticks, and
    all in a list of characters, one a line (the keys of a recognizer).

    When not to use it: on text about characters, and where the difference between a compatibility ideograph and its
    unified form is a person's name (`神` at U+FA19).

    Sources: Unicode Character Database (compatibility.py names its version and files); Unicode Standard Annex #15.
    """

    name = "compatibility"
    reasons = (
        *("radical", "ideograph", "width", "kana", "hangul", "vertical", "small", "symbol", "ligature"),
        *("arabic", "composed"),
    )
    contract = PairContract("replace characters by what Unicode says they stand for", _allows)
    probe = _PROBE

    @property
    def data_version(self) -> str:
        return data.UNICODE_VERSION

    def gate(self, document: Document) -> bool:
        return _SIGN.within(document) or not (absent(document, (_UNSETTLED,)) or is_normalized("NFC", document.text))

    def signs(self) -> Sequence[Sign]:
        return _SIGN, _UNSETTLED

    def propose(self, document: Document, editor: Editor) -> None:
        if document.view(is_chart):
            return
        text = document.text
        rows = list(_mapped(text, editor))
        mapped = outside(document, Edits.of(text, rows))
        if document.markup != "plain":
            heads = Spans(match.span() for match in _ITEM_HEAD.finditer(text))
            mapped = mapped.keep([start not in heads for start in mapped.starts])
        mapped = keeping_emphasis(mapped, document.markup)
        between = mapped.apply()
        if is_normalized("NFC", between):
            for start, end, after, reason in zip(mapped.starts, mapped.ends, mapped.afters, mapped.reasons):
                editor.replace(start, end, after, reason)
            return
        # NFC composes what the tables gave, too: half-width kana or full-width letters with a combining mark behind.
        total = outside(document, mapped.compose(Edits.of(between, _composed(between))))
        for start, end, after, reason in zip(total.starts, total.ends, total.afters, total.reasons):
            editor.replace(start, end, after, reason.partition("+")[0])


def _mapped(text: str, editor: Editor) -> Iterator[_Row]:
    """Everything that a table maps."""
    found = [(match.start(), match[0]) for match in _PROBE.finditer(text)]
    present = {character for _, character in found}
    if "`" in text:
        found = [(start, character) for start, character in found if not _MENTION.match(text, start - 1)]
    if not present.isdisjoint(_THROWN):
        found = [row for row in found if not (row[1] in _THROWN and text[row[0] - 1 : row[0]] in _ARMS)]
    if not present.isdisjoint(_ALNUM):
        kept = _wide_by_choice(text)
        cells = Cells(text)
        found = [
            (start, character)
            for start, character in found
            if character not in _ALNUM or not (character in kept or cells.hold(start))
        ]
        present = {character for _, character in found}
    colons = {match.start() for match in _COLON.finditer(text)} if _TWO_DOTS in present else set()
    for reason, table in _EVERYWHERE:
        if not present.isdisjoint(table):
            for start, character in found:
                if character in table and start not in colons:
                    yield start, start + 1, table[character], reason
    if not present.isdisjoint(_ALNUM):
        for match in _CONNECTORS.finditer(text):
            start = match.start()
            if cells.hold(start) or not kept.isdisjoint(text[start - 1 : start + 2]):
                continue
            if match[0] in "：／\u3000" or text[start - 1] in _ALNUM or text[start + 1] in _ALNUM:
                yield start, start + 1, _ALL[match[0]], "width"
    if not present.isdisjoint(_VERTICAL):
        for start, character in found:
            if character in _VERTICAL_DASHES:
                yield start, start + 1, _VERTICAL_DASHES[character], "vertical"
    if _TWO_DOTS in present:
        for start in colons:
            yield start, start + 1, "：", "vertical"
    if not present.isdisjoint(_RADICALS):
        yield from _radicals(text, [(start, character) for start, character in found if character in _RADICALS])
    if not present.isdisjoint(_NARROW):
        yield from _half_kana(text)
    if not present.isdisjoint(_ARABIC_FORM):
        yield from _arabic(text, editor)


def _wide_by_choice(text: str) -> frozenset[str]:
    """The full-width letters and digits that a Japanese text has on purpose: all where they stand one at a time only,
    and digits, or letters, where it has no others.
    """
    kana = sum(map(len, _KANA_RUN.findall(text)))
    if not kana or 10 * kana <= sum(map(len, _LETTER_RUN.findall(text))):
        return frozenset()
    if not _COMPOUND.search(text):
        return frozenset(_ALNUM)
    if not _HIRAGANA.search(text):
        return frozenset()  # a name or a list of parts, in which no sentence says how the text is written
    return frozenset(wide for half, wides in _BY_CLASS if not half.search(text) for wide in wides)


def _radicals(text: str, found: list[tuple[int, str]]) -> Iterator[_Row]:
    """Radicals that stand for characters, not those that a chart of radicals lists."""
    charted: set[int] = set()
    for (a, one), (b, two), (c, three) in zip(found, found[1:], found[2:]):
        listed = ord(one) + 2 == ord(two) + 1 == ord(three) and b - a < 5 and c - b < 5
        if listed and not any(map(str.isalnum, text[a:c])):
            charted.update((a, b, c))
    for start, character in found:
        # `{⻊習}` says what an unencoded character is made of.
        if start not in charted and text[start - 1 : start] != "{" and text[start + 1 : start + 2] != "}":
            yield start, start + 1, _RADICALS[character], "radical"


def _half_kana(text: str) -> Iterator[_Row]:
    """Half-width katakana with their marks; the marks alone only beside Han or kana."""
    for match in _HALF_KANA.finditer(text):
        start, end = match.span()
        if not _HALF_KANA_LETTER.search(match[0]):
            sides = [_LETTER.match(text[start - 1 : start]), _LETTER.match(text[end : end + 1])]
            for position in range(start, end):
                mark = text[position]
                if any(sides) if mark <= "､" else mark == "･" and all(sides):
                    yield position, position + 1, _NARROW[mark], "kana"
            continue
        previous = ""
        for unit in _HALF_KANA_UNIT.finditer(match[0]):
            if unit[0] not in "ﾞﾟ":
                yield (
                    start + unit.start(),
                    start + unit.end(),
                    normalize("NFC", unit[0].translate(_TRANSLATION)),
                    "kana",
                )
            elif previous and previous not in "ﾞﾟ｡｢｣､･":
                yield start + unit.start(), start + unit.end(), _NARROW[unit[0]], "kana"
            previous = unit[0]


def _arabic(text: str, editor: Editor) -> Iterator[_Row]:
    """Presentation forms, if the forms of some word prove that letters come in the order in which they are read."""
    words = [(match.span(), "".join(map(_ARABIC_FORM.__getitem__, match[0]))) for match in _ARABIC_RUN.finditer(text)]
    joined = [forms for _, forms in words if "n" in forms or "i" in forms]
    if not joined:
        return
    if all(map(_ARABIC_LOGICAL.fullmatch, joined)):
        for (start, end), _ in words:
            for position in range(start, end):
                yield position, position + 1, _ARABIC_LETTER[text[position]], "arabic"
    else:
        visual = any(map(_ARABIC_VISUAL.fullmatch, joined))
        order = "in the order in which they are drawn, right to left" if visual else "that do not join each other"
        editor.doubt(words[0][0][0], words[-1][0][1], "arabic", f"Arabic presentation forms {order}")


def _composed(text: str) -> Iterator[_Row]:
    """What NFC changes, from one starter to the next."""
    for match in _SEGMENT.finditer(text):
        start = max(match.start() - 1, 0)
        segment = text[start : match.end()]
        if is_normalized("NFC", segment):
            continue
        cuts = [0, *(i for i in range(1, len(segment)) if _stands_alone(segment[i])), len(segment)]
        pieces = [segment[a:b] for a, b in pairwise(cuts)]
        if "".join(normalize("NFC", piece) for piece in pieces) != normalize("NFC", segment):
            pieces = [segment]
        for piece in pieces:
            if not is_normalized("NFC", piece):
                yield start, start + len(piece), normalize("NFC", piece), "composed"
            start += len(piece)


def _stands_alone(character: str) -> bool:
    """Say whether a character replaced by NFC starts anew: it does not combine with what precedes."""
    return not combining(character) and not is_normalized("NFC", character)
