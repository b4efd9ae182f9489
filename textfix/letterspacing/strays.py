"""Blanks inside running text: do they part words, or did recognition or justification scatter them?

Blanks that part words hardly ever stand inside one. Blanks that fall anywhere stand inside one as often as any two
neighbours of the text belong to one. So a few of them tell what those of a text, or of a line, are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textfix.document import Document
from textfix.letterspacing.evidence import around, count_pairs, is_enumeration, is_name
from textfix.patterns import pattern
from textfix.signs import Sign

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SIGN", "are_dense", "part_words", "strays", "weigh"]

_HAN: Final = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA: Final = "\u3041-\u3096\u30a1-\u30fa\u30fc"
SIGN: Final = Sign.of("[ ]", left=f"[{_HAN}{_KANA}]", right=f"[{_HAN}{_KANA}]")

_ADJACENT = pattern(f"[{_HAN}]{{2,}}")
_LETTER = pattern(f"[{_HAN}]")
# Program text, tables and columns, and scripts that part words by blanks, or phrases.
_SET_APART = pattern(f"[`\t|\u3000{_KANA}\uac00-\ud7a3]|  ")
_SENTENCE = pattern(f"[，。；！？,.;](?<=[{_HAN}].)")
_SENTENCE_LETTERS = 10
_KEYWORDS = pattern("[【\\[]?(?:关键|關鍵|主题|主題|检索|檢索)[词詞字]")

# Blanks that custom sets: before and behind the number of a section, beside names and their titles, and before what is
# named with respect.
_NUMBER: Final = "[0-9〇零一二三四五六七八九十百]"
_SECTION: Final = "[章节節编編篇部卷条條回款]"
_CREDIT: Final = "(?:[记記]者|[讯訊][员員]|[实實][习習]生|作者|[编編][辑輯]|[主责責][编編]|校[对對]|[摄攝]影|[导導]演)"
_MEANT_BEFORE = pattern(f"(?:{_NUMBER} ?{_SECTION}|{_CREDIT}(?: ?[{_HAN}]{{2,4}})?)$")
_MEANT_AFTER = pattern(
    f"第(?: ?[0-9A-Za-z]|{_NUMBER}{{1,4}}{_SECTION})"
    "|(?:[摄攝文图圖]|[摄攝]影|[报報]道|[报報]導|[编編][译譯])[）)。/／]"
    "|[钧鈞聖诏詔諭旨]|[查鑒鉴]照?核?|核示|[贵貴][会會部局府院校公司]|台端|皇|天[恩朝命子]|陛下|太后|先[帝王]|[蔣蒋]公"
)
_TITLE: Final = frozenset("长長员員任记記席理授士师師者人")

# Nats; see the normalizer's page for what they were measured on.
_WORD: Final = 2.5
_CLEAR: Final = 3.5
_CERTAIN: Final = 7.0
_DENSE: Final = 0.15
_SEGMENTED: Final = 0.1
_FEW: Final = 30
_SAMPLE: Final = 5000
_BEGINNING: Final = 200_000
_REACH: Final = 12
_LONG_WORD: Final = 6
#: Neighbours that are taken for counted where a text has few, and how many of them make words.
_PRIOR: Final = (10, 30)
_CLAUSE_BEFORE = pattern(f"(?:^|[^ ])[{_HAN}]{{3,}}$")
_CLAUSE_AFTER = pattern(f"[{_HAN}]{{2,}}(?![{_HAN} ])")


class _Blanks(NamedTuple):
    """The blanks between letters of a text, and what stands around each: how much likelier than chance, in nats."""

    at: NDArray[Any]
    #: The two letters before it; no number where there is but one.
    before: NDArray[Any]
    across: NDArray[Any]


class _Contact(NamedTuple):
    """A blank between two letters."""

    at: int
    both: str
    #: How much likelier than chance the two stand together, in nats.
    value: float
    #: Whether no other letters stand beside the two.
    single: bool
    #: Whether they may be a surname and a name.
    named: bool

    def is_word(self, least: float) -> bool:
        """Say whether the two are part of a word, if so much is enough to say so, and no two items."""
        return self.value >= least and not self.named and not (self.single and is_enumeration(self.both))


class _Line(NamedTuple):
    """A line with such blanks, those left out that custom sets."""

    prose: bool
    contacts: list[_Contact]


def part_words(document: Document) -> bool:
    """Say whether the blanks of a text part its words, all through."""
    habit = document.view(_habit)
    return habit.words < 0.3 * habit.usual and habit.share >= _SEGMENTED


def are_dense(document: Document) -> bool:
    """Say whether blanks fall anywhere in a text and are many."""
    habit = document.view(_habit)
    return habit.words >= 0.6 * habit.usual and habit.share >= _DENSE


def strays(document: Document, closed: array[int]) -> Iterator[int]:
    """Yield where blanks stand that were scattered, those left out that are closed already."""
    blanks = document.view(_blanks)
    if not (blanks.across >= _WORD).any() or part_words(document):
        return
    import numpy as np

    left = blanks.at[~np.isin(blanks.at, np.array(closed, np.int64))].tolist()
    if not left:
        return
    found = _dense(document, left) if are_dense(document) else _scattered(document, left)
    ours = set(left)
    yield from (at for at in found if at in ours)


def _scattered(document: Document, left: Sequence[int]) -> Iterator[int]:
    """Yield the blanks that were scattered, on the lines that hold one of those left."""
    lines = _lines(document, map(int, document.view(_blanks).at))
    prose = list(islice(chain.from_iterable(line.contacts for line in lines if line.prose), _SAMPLE))
    scattered = _are_scattered(document, prose)
    anywhere = _against_clauses(_weighed(prose)) >= 0
    for line in _lines(document, left):
        if (scattered and line.prose) or (anywhere and _are_scattered(document, line.contacts)):
            yield from (contact.at for contact in line.contacts if not contact.single or contact.is_word(_WORD))
        elif anywhere and (line.prose or scattered):
            clear = (contact.at for contact in line.contacts if contact.is_word(_CLEAR))
            yield from (at for at in clear if _is_alone(document.text, at))


def weigh(documents: Sequence[Document]) -> None:
    """Look up in one call what the blanks of many documents stand between."""
    for document, blanks in zip(documents, _looked_up(documents)):
        document.remember(_blanks, blanks)


def _blanks(document: Document) -> _Blanks:
    return next(_looked_up([document]))


def _looked_up(documents: Sequence[Document]) -> Iterator[_Blanks]:
    import numpy as np

    places = [np.array(SIGN.starts(document), np.int64) for document in documents]
    some = [(document, own) for document, own in zip(documents, places) if len(own)]
    starts = accumulate((len(document.text) + 1 for document, _ in some), initial=0)
    every = np.concatenate([own + start for (_, own), start in zip(some, starts)]) if some else np.zeros(0, np.int64)
    before, across = around("\n".join([document.text for document, _ in some]), every)
    stop = 0
    for own in places:
        values = slice(stop, stop + len(own))
        stop += len(own)
        mine = before[values]
        mine[own < 2] = np.nan  # what stands before a document is none of its letters
        yield _Blanks(own, mine, across[values])


class _Usual(NamedTuple):
    """How many neighbours a text has that no blank parts, and how many of them make words."""

    together: int
    words: int


def _usual(document: Document) -> _Usual:
    return _Usual(*count_pairs(_ADJACENT.findall(document.text, 0, _BEGINNING), _WORD))


class _Habit(NamedTuple):
    """How often blanks stand inside words, how often neighbours make one, and how many neighbours blanks part."""

    words: float
    usual: float
    share: float


def _habit(document: Document) -> _Habit:
    across = document.view(_blanks).across
    if len(across) < _FEW:
        return _Habit(0.0, 0.0, 0.0)
    usual = document.view(_usual)
    if usual.together < _FEW:
        return _Habit(0.0, 0.0, 0.0)
    words = float((across[:_SAMPLE] >= _WORD).mean())
    return _Habit(words, usual.words / usual.together, len(across) / (len(across) + usual.together))


def _are_scattered(document: Document, contacts: Sequence[_Contact]) -> bool:
    """Say whether blanks fall anywhere, whatever stands beside them."""
    values = _weighed(contacts)
    # Blanks between the words of a list follow each other closely.
    crowded = 3 * sum(b.at - a.at <= _LONG_WORD for a, b in pairwise(contacts)) >= len(contacts)
    if _against_clauses(values) < _CERTAIN or _against_words(values) < (_CERTAIN if crowded else 0):
        return False
    usual = document.view(_usual)
    words = sum(value >= _WORD for value in values) / len(values)
    return words >= 0.6 * (usual.words + _PRIOR[0]) / (usual.together + _PRIOR[1])


def _weighed(contacts: Sequence[_Contact]) -> list[float]:
    return [contact.value for contact in contacts if not contact.single and not contact.named]


def _against_clauses(values: Sequence[float]) -> float:
    """Return how much likelier values are of any neighbours than of those that a comma parts, in nats."""
    return sum(min(max(value, -1.4), 5.0) for value in values)


def _against_words(values: Sequence[float]) -> float:
    """Return how much likelier values are of any neighbours than of the ends of words, in nats."""
    return sum(min(max(value - 2.1, -0.5), 3.0) for value in values)


def _rows(document: Document, wanted: Iterable[int]) -> Iterator[tuple[int, int, _Blanks]]:
    """Yield where the lines of some blanks start and end, with all blanks that they have."""
    text, blanks = document.text, document.view(_blanks)
    end = -1
    for place in wanted:
        if place > end:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            own = slice(*blanks.at.searchsorted((start, end)).tolist())
            yield start, end, _Blanks(*(column[own] for column in blanks))


def _lines(document: Document, wanted: Iterable[int]) -> Iterator[_Line]:
    text = document.text
    for start, end, blanks in _rows(document, wanted):
        line = text[start:end].strip()
        if _SET_APART.search(line) or _KEYWORDS.match(line):
            continue
        rows = zip(*(column.tolist() for column in blanks))
        yield _Line(_is_prose(text, start, end), [_contact(text, *row) for row in rows if not _is_meant(text, row[0])])


def _is_prose(text: str, start: int, end: int) -> bool:
    """Say whether a line has sentences, or is one of several as long that have."""
    line = text[start:end]
    if len(_LETTER.findall(line)) < _SENTENCE_LETTERS:
        return False
    if _SENTENCE.search(line):
        return True
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    stop = text.find("\n", end + 1)
    below = text[end + 1 : stop if stop >= 0 else len(text)]
    size = _size(line)
    return any(_SENTENCE.search(other) and abs(_size(other) - size) <= 2 for other in (above, below))


def _size(line: str) -> int:
    return sum(map(len, line.split()))


def _contact(text: str, at: int, before: float, across: float) -> _Contact:
    both = text[at - 1] + text[at + 1]
    single = not _LETTER.match(text[at - 2 : at - 1]) and not _LETTER.match(text[at + 2 : at + 3])
    named = is_name(both) and (not before >= _WORD or text[at - 2] in _TITLE)
    return _Contact(at, both, across, single, named)


def _is_meant(text: str, at: int) -> bool:
    """Say whether custom sets a blank."""
    before, after = text[max(0, at - _REACH) : at], text[at + 1 : at + 1 + _REACH]
    if _MEANT_BEFORE.search(before) or _MEANT_AFTER.match(after):
        return True
    return before[-1] in _TITLE and is_name(after[:2])


def _is_alone(text: str, at: int) -> bool:
    """Say whether a blank is the only one of its clause, as far as one looks."""
    before, after = text[max(0, at - _REACH) : at], text[at + 1 : at + 1 + _REACH]
    return bool(_CLAUSE_BEFORE.search(before) and _CLAUSE_AFTER.match(after))


def _dense(document: Document, left: Sequence[int]) -> Iterator[int]:
    """Yield the blanks of lines whose blanks cut words, of the lines that hold one of those left."""
    for _, _, blanks in _rows(document, left):
        cut = blanks.across >= _WORD
        yield from blanks.at[cut | (len(cut) >= 3 and bool(cut.any()))].tolist()
