"""Invisible: characters that nobody sees and nobody meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.edits import Edits
from textfix.hyphenation import vocabulary, written_with_hyphen
from textfix.markup.charts import is_chart
from textfix.markup.verbatim import outside
from textfix.normalizers._reports import report
from textfix.normalizers.base import Editor, Normalizer
from textfix.patterns import pattern
from textfix.signs import Sign
from textfix.unicode import properties
from textfix.unicode.blanks import CONTROLS, blanks_of_other_codes

__all__ = ["Invisible"]

_Rows = Iterator[tuple[int, int, str, str]]

# What terminals read: control sequences (ECMA-48, 5.4), operating system commands (8.3.89), two-character escapes. An
# escape with `$` switches to a double-byte set (ISO 2022): the text behind it is encoded, not invisible.
_ESCAPES = r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b(?![$\[\]])[ -/]*[0-~]"
# Bold and underlined characters as printing terminals draw them: struck twice, or over a low line.
_OVERSTRUCK = r"([^\x08\n])\x08{1,2}(?=\1)|__?\x08{1,2}(?=[^\x08_\n])"
_SEQUENCES = pattern(f"{_OVERSTRUCK}|{_ESCAPES}")

_SOFT_HYPHENS = "\u00ad\x02\ufffe"  # PDFium writes the hyphen at a line end as U+0002 or U+FFFE
_PDFIUM_HYPHEN = "\ufffe"
_WORD_OR_NUMBER = r"(?:[^\W\d_]+|\d+)"
_HEAD, _TAIL = pattern(rf"{_WORD_OR_NUMBER}\Z"), pattern(_WORD_OR_NUMBER)
_LONGEST_WORD = 40
_BIDI_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# A class scans fast as long as it has few ranges beyond the Basic Multilingual Plane: planes 14 to 16 go as a whole.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    f"\ufff9-\ufffb\ufffe\uffff{_BIDI_MARKS}\U000e0000-\U000e0fff"
)
_CHARACTERS = pattern(f"[{_INVISIBLE}]+")
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f"
_BLANKS = pattern(f"[{_SPACES}][{_SPACES} \t\u3000]*")
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"

# Right-to-left blocks: where Bidi_Class defaults to R or AL (DerivedBidiClass.txt, @missing).
_RIGHT_TO_LEFT = pattern(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_CJK = pattern(
    "[\u1100-\u11ff\u2e80-\u2fff\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_HANGUL = pattern("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HAN = pattern("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_JOINING = pattern(f"[{properties.JOINING}]")
_UNSPACED = pattern(f"[{properties.UNSPACED}]")
_PICTOGRAPH = pattern(f"[{properties.PICTOGRAPHS}]")
_VARIANTS = {
    "\ufe00": pattern(f"[{properties.VARIANTS_1}]"),
    "\ufe01": pattern(f"[{properties.VARIANTS_2}]"),
    "\ufe02": pattern(f"[{properties.VARIANTS_3}]"),
    "\ufe0e": pattern(f"[{properties.EMOJI_VARIANTS}{properties.PICTOGRAPHS}]"),
    "\ufe0f": pattern(f"[{properties.EMOJI_VARIANTS}{properties.PICTOGRAPHS}]"),
}
_FLAG_TAGS = pattern("[\U000e0020-\U000e007e]+\U000e007f")
_ANNOTATION = pattern("(\ufff9[^\ufff9-\ufffb\n]*)\ufffa[^\ufff9-\ufffb\n]*\ufffb")
_CID = pattern(r"\(cid:\d+\)(?:\s?\(cid:\d+\))*")
_C1 = pattern("[\x80-\x9f]")
_WORD_CONTROL = pattern(f"[{CONTROLS}]")
_REASONS = {"\ufeff": "bom", "\u00ad": "hyphen", "\u200b": "zero-width", "\u200c": "zero-width", "\u200d": "zero-width"}
# C1 codes at which Windows-1252 has no character either: nothing can have been meant.
_EMPTY_C1 = "\x81\x8d\x8f\x90\x9d"

# Fonts with a symbol encoding put their glyph n at U+F000 + n (OpenType, cmap, platform 3 encoding 0). These are the
# bullets that word processors offer for lists: Symbol 0xB7 (Adobe's symbol.txt at unicode.org), Wingdings the others
# (Unicode document L2/11-052). Which font it was the text does not say, so only a place where a bullet stands decides.
_BULLETS = {
    "\uf0b7": "•",
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf075": "◆",
    "\uf076": "❖",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✔",
}
_BULLET = pattern(
    f"(?m)(?:^[ \t\u3000]*|(?<=[ \t\u3000])(?=\uf0b7))[{''.join(_BULLETS)}]"
    f"(?![{_PRIVATE}])(?=[ \t\u3000]*[^ \t\u3000\n])"
)
_BULLET_MARK = pattern(f"[{''.join(_BULLETS)}]")

_DOUBTFUL = "\x01-\x06\x0e-\x1f\x80-\x9f\u202e\ue000-\uf8ff\ufff9\ufffc\ud800-\udfff\U000f0000-\U0010ffff"
_DOUBT_MARK = pattern(f"[{_DOUBTFUL}]")
_PROBE = pattern(f"[{_INVISIBLE}{_SPACES}{_DOUBTFUL}]")
_SIGN = Sign(_PROBE)
_TAB = Sign.of("[\t]", left=r"[^\s]", right=r"[^\s]")
_GLYPH_NUMBER = Sign(pattern(r"[(]cid:"), right="[c]")
_DELETED = pattern(rf"(?:{_ESCAPES}|[^\x08\n]\x08{{1,2}}|__\x08{{1,2}}|[{_INVISIBLE}])+")


def _allows(before: str, after: str) -> bool:
    if not after:
        return _DELETED.fullmatch(before) is not None
    if after == "-":
        return before in _SOFT_HYPHENS
    if after in (" ", "\u3000"):
        other = after == " " and (before in "\t\x08" or _WORD_CONTROL.match(before) is not None)
        return len(before) == 1 and (other or _BLANKS.match(before) is not None)
    return _BULLETS.get(before) == after


@dataclass(frozen=True)
class Invisible(Normalizer):
    """Invisible: characters that nobody sees and nobody meant.

    Deleted: byte order marks and zero-width no-break spaces, zero-width spaces and joiners, word joiners, invisible
    operators, soft hyphens, control characters, escape sequences of terminals, overstruck characters, bidirectional
    marks in a text without right-to-left characters, variation selectors that vary nothing, tags, noncharacters, stray
    annotation marks.

    >>> Invisible()("\\ufeff城\\u200b西\\xad区 \\x1b[1m工作\\x1b[0m")
    '城西区 工作'

    Made plain: no-break and other odd spaces that touch CJK text, stand in a run of blanks or at the edge of a line (an
    em space beside such text becomes the ideographic space, as wide); tabs and control codes that some PDFs have for
    blanks, which the sentences tell that they part; a soft hyphen at the end of a line, where it was printed, and what
    PDFium has in its place inside a word that is written with one (`well\\ufffeknown`); bullets that a symbol font put
    into the private use area.

    >>> Invisible()("\\uf0b7\\u3000第\\xa05\\xa0条")
    '•\\u3000第 5 条'

    Kept: odd spaces in Markdown and reStructuredText, where they hold an indent or a blank that plain ones would lose;
    tabs that part values; zero-width joiners in emoji and in the scripts that need them (Arabic, Indic, Mongolian …),
    zero-width spaces in scripts without spaces (Thai, Khmer …), variation selectors with a meaning: emoji and
    standardized variation sequences, any ideographic variation sequence; no-break spaces of Western typography
    (`10\\xa0km`, `Qui\\u202f?`).

    Reported as doubts, and left: private use characters and `(cid:n)` (a font without Unicode values), C1 codes that
    may be Windows-1252, controls inside a word (perhaps a ligature, or a blank), object replacement characters, lone
    surrogates, text with an interlinear annotation, directional overrides.

    When not to use it: on test data and source code that are about such characters.

    Sources: Unicode Character Database (properties.py names its version and files); The Unicode Standard, chapter 23;
    UTS #51 on emoji; ECMA-48 on escape sequences.
    """

    name = "invisible"
    reasons = (
        *("bom", "zero-width", "hyphen", "control", "format", "escape", "overstruck", "space", "tab", "bullet"),
        *("private", "glyph", "object", "surrogate", "c1", "override", "annotation"),
    )
    contract = PairContract(
        "delete what cannot be seen, make an odd space plain, a soft hyphen at a line end a hyphen, a bullet a bullet",
        _allows,
    )
    probe = _PROBE

    def gate(self, document: Document) -> bool:
        return _GLYPH_NUMBER.within(document) or _SIGN.within(document) or _TAB.within(document)

    def signs(self) -> Sequence[Sign]:
        return _SIGN, _GLYPH_NUMBER, _TAB

    def propose(self, document: Document, editor: Editor) -> None:
        if document.view(is_chart):
            return
        # Each step looks at the neighbours that the step before it left, so that one pass is enough.
        text = document.text
        total = Edits(text, [], [], [], [])
        # In Markdown and reStructuredText a plain blank more or less is none, or code: odd ones are how authors indent.
        steps = (_sequences, _other_codes, _characters, _blanks, _bullets) if document.markup == "plain" else _OF_MARKUP
        for step in steps:
            edits = Edits.of(text, step(text))
            if edits:
                total = total.compose(edits)
                text = edits.apply()
        total = outside(document, total)
        if document.markup != "plain" and total:
            total = total.keep(map(_MarkupKeeper(document.text).keeps, total.starts, total.ends, total.afters))
        for start, end, after, reason in zip(total.starts, total.ends, total.afters, total.reasons):
            editor.replace(start, end, after, reason.partition("+")[0])
        if not (_DOUBT_MARK.search(text) or "(cid:" in text):
            return
        for reason, evidence, found in _DOUBTS:
            spans = [total.offsets.source_span(*match.span()) for match in found.finditer(text)]
            if spans:
                report(editor, spans, reason, evidence(document.text))


def _sequences(text: str) -> _Rows:
    """Sequences of several characters, some of them visible ones."""
    if "\x1b" in text or "\x08" in text:
        found = list(_SEQUENCES.finditer(text))
        struck = sum(match[0].count("\x08") for match in found)
        for match in found:
            if match[0][-1] != "\x08":
                yield match.start(), match.end(), "", "escape"
            elif 2 * struck >= text.count("\x08"):  # else they stand for blanks, with the same on both sides by chance
                yield match.start(), match.end(), "", "overstruck"


def _characters(text: str) -> _Rows:
    """Runs of characters that cannot be seen; what stands on either side of a run decides for all of it."""
    runs = list(_CHARACTERS.finditer(text))
    present = set().union(*(match[0] for match in runs))
    kept = _document_wide(text, present)
    printed = set(_printed_hyphens(text)) if _PDFIUM_HYPHEN in present else ()
    for match in runs:
        start, end = match.span()
        left = previous = text[start - 1] if start else "\n"
        right = text[end] if end < len(text) else "\n"
        hyphen = right == "\n" and not match[0].strip(_SOFT_HYPHENS)
        tags = _FLAG_TAGS.match(match[0]) if left == "\U0001f3f4" else None
        for position, character in enumerate(match[0], start):
            if (
                character in kept
                or position in kept
                or (tags is not None and position < start + tags.end())
                or _means(character, previous, left, right, match[0])
            ):
                pass
            elif (hyphen and previous.isalpha() and not _CJK.match(previous)) or position in printed:
                yield position, position + 1, "-", "hyphen"
            else:
                yield position, position + 1, "", _REASONS.get(character, "control" if character < "\xa0" else "format")
            previous = character


def _printed_hyphens(text: str) -> Iterator[int]:
    """Where PDFium joined two lines over a hyphen that belongs to the word: `well-known`, `2022-2023`."""
    known: Counter[str] | None = None
    for match in re.finditer(_PDFIUM_HYPHEN, text):
        at = match.start()
        head, tail = _HEAD.search(text, max(0, at - _LONGEST_WORD), at), _TAIL.match(text, at + 1, at + _LONGEST_WORD)
        if head is None or tail is None or _CJK.match(text[at - 1]) or _CJK.match(text[at + 1]):
            continue
        if head[0].islower() and tail[0].islower():
            known = vocabulary(text) if known is None else known
            if not written_with_hyphen(head[0], tail[0], known):
                continue
        yield at


def _document_wide(text: str, present: set[str]) -> set[str | int]:
    """Characters, or the places of characters, that stay for what the text has elsewhere."""
    kept: set[str | int] = set()
    if not present.isdisjoint(_BIDI_MARKS):
        if _RIGHT_TO_LEFT.search(text):
            kept.update(_BIDI_MARKS)
        elif "\u202e" in present:
            # An override turns the letters behind it around: without it they would read differently.
            kept.update("\u202c\u202d\u202e")
    if "\ufff9" in present:
        for match in _ANNOTATION.finditer(text):
            kept.update((match.start(), match.end(1), match.end() - 1))
    return kept


def _means(character: str, previous: str, left: str, right: str, run: str) -> bool:
    """Say whether an invisible character means something where it stands."""
    if character in "\u200c\u200d\u180e":
        if _JOINING.match(left) or _JOINING.match(right):
            return True
        return character == "\u200d" and _PICTOGRAPH.match(left) is not None and _PICTOGRAPH.match(right) is not None
    if character == "\u200b":
        return _UNSPACED.match(left) is not None or _UNSPACED.match(right) is not None
    if character in _VARIANTS:
        if character >= "\ufe0e" and previous in "0123456789#*":
            return right == "\u20e3"
        return _VARIANTS[character].match(previous) is not None
    if "\U000e0100" <= character <= "\U000e01ef":
        return _HAN.match(previous) is not None
    if "\u180b" <= character <= "\u180f":
        return "\u1800" <= left <= "\u18af"
    if "\x80" <= character <= "\x9f":
        alone = len(_C1.findall(run)) == 1 and not any("\xa0" < c < "\u0180" for c in (left, right))
        return not (alone and character in _EMPTY_C1)
    if _WORD_CONTROL.match(character):
        # Perhaps a ligature; between words, and Korean has words, perhaps a blank.
        return all(beside.isalnum() and (not _CJK.match(beside) or _HANGUL.match(beside)) for beside in (left, right))
    return False


def _other_codes(text: str) -> _Rows:
    """Tabs and controls in the place of blanks."""
    for position in blanks_of_other_codes(text):
        yield position, position + 1, " ", "tab" if text[position] == "\t" else "control"


def _blanks(text: str) -> _Rows:
    """Odd spaces that touch CJK text, come in runs with other blanks, or stand at the edge of a line."""
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        first = start
        while first and text[first - 1] in " \t\u3000":
            first -= 1
        left = text[first - 1] if first else "\n"
        right = text[end] if end < len(text) else "\n"
        cjk = _CJK.match(left) or _CJK.match(right)
        if cjk or end - first > 1 or left in "\n\f" or right in "\n\f":
            for position in range(start, end):
                if text[position] not in " \t\u3000":
                    wide = cjk and text[position] in "\u2001\u2003"
                    yield position, position + 1, "\u3000" if wide else " ", "space"


def _bullets(text: str) -> _Rows:
    """List bullets that a symbol font left in the private use area."""
    if _BULLET_MARK.search(text):
        for match in _BULLET.finditer(text):
            yield match.end() - 1, match.end(), _BULLETS[match[0][-1]], "bullet"


def _private_evidence(text: str) -> Callable[[int, int], str]:
    def evidence(start: int, end: int) -> str:
        points = " ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in text[start : start + 4]))
        return (
            f"{end - start} private use character(s) ({points}{' …' if end - start > 4 else ''}): glyphs of some font"
        )

    return evidence


class _MarkupKeeper:
    """Says of edits, in order, whether they can be made in markup without making or breaking a construct.

    A line of nothing to see stays: an empty one parts. At the head of a line, a deletion must not bring blanks together
    or uncover a sign; elsewhere it must not bring two signs together, or a sign and a blank, or blanks and a line end.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._end, self._seen, self._head = -1, True, 0
        self._run = (0, 0)

    def keeps(self, start: int, end: int, after: str) -> bool:
        if start > self._end:
            first = self._text.rfind("\n", 0, start) + 1
            last = self._text.find("\n", start)
            self._end = len(self._text) if last < 0 else last
            seen = _SEEN.search(self._text, first, self._end)
            self._seen, self._head = seen is not None, seen.start() if seen else self._end
        if not self._seen or after:
            return self._seen
        left, right = self._beside(start, end)
        if start <= self._head and not (right.isalpha() if right.isascii() else not right.isspace()):
            return False
        if left in _OPENING or right in _OPENING or (left in " \t" and right in "\r\n"):
            return False
        return all(one not in _SIGNS or other.isalnum() for one, other in ((left, right), (right, left)))

    def _beside(self, start: int, end: int) -> tuple[str, str]:
        """The characters on both sides that can be seen, blanks and line ends among them."""
        low, high = self._run
        if not (low <= start and end <= high):  # the edits of one run come one after the other
            low, run = start, _CHARACTERS.match(self._text, end)
            high = run.end() if run else end
            while low and _CHARACTERS.match(self._text, low - 1):
                low -= 1
            self._run = low, high
        return self._text[low - 1] if low else "\n", self._text[high : high + 1] or "\n"


# What opens a construct by what comes next alone: a tag, a reference to a character.
_OPENING = frozenset("<&")
_SIGNS = frozenset("!#$()*:>[\\]^_`|~")
_SEEN = pattern(rf"[^\s{_INVISIBLE}>*+#|.)0-9_=~`:-]")  # more than what marks an item or a rule
_OF_MARKUP = (_sequences, _characters, _bullets)


def _always(evidence: str) -> Callable[[str], Callable[[int, int], str]]:
    return lambda text: lambda start, end: evidence


_DOUBTS: tuple[tuple[str, Callable[[str], Callable[[int, int], str]], re.Pattern[str]], ...] = (
    ("private", _private_evidence, pattern(f"[{_PRIVATE}]+")),
    ("glyph", _always("glyph numbers of a font without Unicode values"), _CID),
    ("object", _always("an object stood here (a picture, a formula)"), pattern("\ufffc+")),
    ("surrogate", _always("half of a surrogate pair: no character"), pattern("[\ud800-\udfff]+")),
    ("c1", _always("C1 control codes: perhaps Windows-1252 read as Latin-1"), pattern("[\x80-\x9f]+")),
    ("control", _always("a control code inside a word: perhaps a glyph without a Unicode value"), _WORD_CONTROL),
    ("escape", _always("an escape that switches to another character set (ISO 2022)"), pattern(r"\x1b\$[()]?[@-J]")),
    ("override", _always("a directional override: the letters behind it read backwards"), pattern("\u202e")),
    ("annotation", _always("an interlinear annotation: base text, then its gloss"), _ANNOTATION),
)
