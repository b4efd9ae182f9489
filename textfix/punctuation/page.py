"""What a mark must know of the text around it: the language of its line, its neighbours, the script of its clause."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from textfix.document import Document
from textfix.markup import Spans, protected
from textfix.markup.ignores import SIGN
from textfix.markup.programs import programs
from textfix.patterns import pattern
from textfix.punctuation.marks import BLANKS, CJK, LETTERS
from textfix.unicode.scripts import HANGUL, KANA

__all__ = ["Line", "Page", "Scripts", "Side", "length", "scripts"]

_ONE_CJK = pattern(f"[{CJK}]")
_LETTER = pattern(f"[{LETTERS}]")
_LETTER_RUN = pattern(f"[{LETTERS}]+")
_KANA_RUN = pattern(f"[{KANA}]+")
_HANGUL_RUN = pattern(f"[{HANGUL}]+")
_LOWER_WORD = pattern(r"[a-z](?<![A-Za-z0-9._/].)[a-z'’]+(?![A-Za-z0-9])")
_ALIGNED_ROW = pattern(r"[ \t]*\|(?=[^\n]* {3})[^\n]*\|[ \t]*$", re.MULTILINE)
_FOREIGN = pattern(f"[{HANGUL}\u2502\u2503\u250c-\u257f]")  # Korean, and tables drawn with rules
_RARE = pattern(f"[{KANA}{HANGUL}\u2502\u2503\u250c-\u257f]")
# The name of a file or of a library is one word, however many it has.
_WORD = pattern(r"[A-Za-z][A-Za-z'’]+(?:[._/][A-Za-z'’]+)*")
_ASCII_RUN = pattern(r"[!-~]+")
_SEEN_THROUGH_LEFT = frozenset("\"'”’)]!?.*")
_PAUSES = frozenset("，、；：")
_SEEN_THROUGH_RIGHT = frozenset("\"'“”‘’([*")
_BLANK_MATTERS = frozenset("\r\t-*+#>|~=_")
_FAR = 8  # quotes and brackets in a row that are looked through

# A clause ends at these in every width, so that repairing a width never changes what belongs together.
_CLAUSE_END = pattern(
    r"[!?。！？;；…｡﹒﹖﹗﹔\"“”「」]|\.(?![0-9A-Za-z])|\.(?<![0-9A-Za-z].)|．(?![0-9])|．(?<![0-9].)"
)

# Signs of program text: a literal that a program opens or closes, or that is all a name is given. Nothing in such a
# line is typography.
_CODE = pattern(
    r"[\[({=,]\s?[\"'](?=[^\"'\n]*[\"']\s?[\])},;:=+])|[\"']\s?[\])};]\s*[;,{)]?\s*$|[\"']\s?:\s?[\"'\[{\d]"
    r"|^\s*[\"'][^\"'\n]*[\"'],\s*(?:$|#|//)"
    r"|=\s?[A-Za-z]?[\"'][^\"'\n]*[\"'][ \t]*(?=$|[#;,]|//)"
    r"|^[ \t]*[A-Za-z_$][\w$.-]*[ \t]*[:+]?[:=][ \t]*[A-Za-z]?[\"'][^\n]*[\"'][ \t]*[,;]?[ \t]*$"
    r"|^(?:msg(?:id|id_plural|str|ctxt)(?:\[\d\])?)[ \t]+\"",
    re.MULTILINE,
)
#: A line that is nothing but a literal is one of a program where something opens a list or a call above it.
_LITERAL_LINE = pattern(r"[ \t]*[\"'][^\n]*[\"'][ \t\r]*")
_OPENS_LITERALS = pattern(r"[^\n]*(?:[\[({=+\\]|[\"'],|^msg[a-z_]*(?:\[\d\])?[ \t]+\"\")[ \t\r]*", re.MULTILINE)
_LONGEST_ROW = 1000
_QUOTED = pattern(r"\"[^\"\n]*\"")
#: The kind of a document, as GB/T 7714 writes it in a list of references, whose other marks are half width as well.
_REFERENCE = pattern(r"\. ?[^\n.]{2,80}\[(?:[MCNJDRSPAZGK]|DB|CP|EB)(?:/(?:MT|DK|CD|OL))?\][.:/,]")
#: A row of values: commas or semicolons without blanks between short fields, as many in the lines beside it. The fields
#: may be longer behind one that is a number or a name of Latin letters.
_ROWS = {
    mark: pattern(
        rf"[^\n{mark},，。；：！？]{{0,20}}(?:{mark}(?! )[^\n{mark},，。；：！？]{{0,20}}){{2,}}"
        r"(?<![.!?;:，。；：！？])"
        rf"|[0-9A-Za-z_./:-]{{1,20}}(?:{mark}(?! )[^\n{mark}]*){{2,}}(?<![.!?;:，。；：！？”])"
    )
    for mark in ",;"
}
#: What reStructuredText defines, in a text that is not said to be any.
_DIRECTIVE = pattern(r"[ \t]*\.\. (?:_|\[|[a-z-]+::)")
_SENTENCE_END = pattern("[。！？]")


class Side(NamedTuple):
    """The nearest visible neighbour of a mark: its kind, and whether it touches the mark."""

    kind: str  # "C" Chinese or Japanese, "L" Latin letter or digit, "E" the edge of the line, "" anything else
    touches: bool
    at: int


class Line(NamedTuple):
    """A line: its stretch, and the language whose marks it takes; None where there is none or another one."""

    start: int
    end: int
    language: str | None


class Scripts(NamedTuple):
    """The scripts of a document, which no repair of marks changes."""

    #: zh or ja by the share of kana among the letters; None for Korean, and without Han or kana.
    language: str | None
    #: Whether it has letters of East Asia and is neither Chinese nor Japanese.
    elsewhere: bool
    #: Whether there is anything Korean, or a table drawn with rules.
    foreign: bool
    kana: bool


def scripts(document: Document) -> Scripts:
    """Return the scripts of a document: a view."""
    text = document.text
    letter = _LETTER.search(text) is not None
    if not _RARE.search(text):
        return Scripts("zh" if letter else None, False, False, False)
    hangul, kana = _HANGUL_RUN.search(text) is not None, _KANA_RUN.search(text) is not None
    language: str | None = "zh" if letter else None
    if letter and (hangul or kana):
        letters = length(_LETTER_RUN, text)
        if hangul and length(_HANGUL_RUN, text) > letters:
            language = None
        elif kana and 10 * length(_KANA_RUN, text) > letters:
            language = "ja"
    return Scripts(language, language is None and (letter or hangul), _FOREIGN.search(text) is not None, kana)


class Page:
    """A document as the rules of punctuation see it."""

    def __init__(self, document: Document, text: str | None = None) -> None:
        self.document = document
        self.text = document.text if text is None else text
        self._line = Line(0, -1, None)
        self._lines: dict[int, Line] = {}
        self._claimed: set[int] = set()
        self._literals: dict[int, bool] = {}
        self._pointed: tuple[int, bool] = (-1, False)
        self._prose: tuple[int, bool] = (-1, False)
        self._clauses: tuple[int, list[int], dict[int, tuple[int, int, int, int]]] = (-1, [], {})

    def reading(self, other: dict[int, str]) -> Page:
        """Return this page with other characters at some offsets."""
        if not other:
            return self
        characters = list(self.text)
        for offset, character in other.items():
            characters[offset] = character
        return Page(self.document, "".join(characters))

    def claim(self, *offsets: int) -> bool:
        """Take characters for one edit; False when another edit has one of them already (a blank between two marks)."""
        if self._claimed.intersection(offsets):
            return False
        self._claimed.update(offsets)
        return True

    @cached_property
    def protected(self) -> Spans:
        return self.document.view(protected)

    @cached_property
    def scripts(self) -> Scripts:
        return self.document.view(scripts)

    @property
    def language(self) -> str | None:
        """zh or ja by the share of kana among the letters; None for Korean, and without Han or kana."""
        return self.scripts.language

    def bounds(self, offset: int) -> tuple[int, int]:
        """Return where the line of an offset starts and ends."""
        end = self.text.find("\n", offset)
        return self.text.rfind("\n", 0, offset) + 1, len(self.text) if end < 0 else end

    def line(self, offset: int) -> Line:
        """Return the line of an offset."""
        line = self._line
        if not line.start <= offset <= line.end:
            start, end = self.bounds(offset)
            known = self._lines.get(start)
            if known is None:
                known = self._lines[start] = Line(start, end, self._language_of(start, end))
            self._line = line = known
        return line

    def _language_of(self, start: int, end: int) -> str | None:
        text = self.text
        if not _LETTER.search(text, start, end) or (self.scripts.foreign and _FOREIGN.search(text, start, end)):
            return None
        if self.document.markup == "plain" and _ALIGNED_ROW.match(text, start, end):
            return None  # a mark of another width would put the cells out of line
        if self._is_row(start, end):
            return None
        if self.scripts.kana and self.language == "zh":
            kana = length(_KANA_RUN, text, start, end)
            if kana and 10 * kana > length(_LETTER_RUN, text, start, end):
                return None  # a Japanese line in a Chinese document: whose marks it takes is not known
        return self.language

    def is_prose(self, line: Line) -> bool:
        """Say whether the line may be repaired: it is no program text, and not Latin with Chinese names in it."""
        if line.language is None:
            return False
        if self._prose[0] != line.start:
            self._prose = (line.start, not (self._is_code(line) or self._is_latin(line) or self._is_set(line)))
        return self._prose[1]

    def _is_set(self, line: Line) -> bool:
        """Say whether the line follows other rules than those of prose: of programs, of a list of references."""
        if _REFERENCE.search(self.text, line.start, line.end) or _DIRECTIVE.match(self.text, line.start, line.end):
            return True
        return self.document.view(programs).read(line.start)

    def _is_code(self, line: Line) -> bool:
        """Say whether the line is program text, but for what is set off as code inside text (templates, code spans)."""
        if self.text.find('"', line.start, line.end) < 0 and self.text.find("'", line.start, line.end) < 0:
            return False
        for sign in _CODE.finditer(self.text, line.start, line.end):
            span = self.protected.around(sign.start())
            if span is None or self.text[span[0]] not in "{`<$":
                return True
        if line.start in self._literals:
            return self._literals[line.start]
        return _LITERAL_LINE.fullmatch(self.text, line.start, line.end) is not None and self._is_among_literals(line)

    def _is_among_literals(self, line: Line) -> bool:
        """Say whether the lines of literals that this one belongs to stand in a list, a call or a message catalogue."""
        passed = [line.start]
        found = None
        while found is None and passed[-1] > 0:
            end = passed[-1] - 1
            start = self.text.rfind("\n", 0, end) + 1
            if start in self._literals:
                found = self._literals[start]
            elif _OPENS_LITERALS.fullmatch(self.text, start, end):
                found = True
            elif not _LITERAL_LINE.fullmatch(self.text, start, end):
                found = False
            else:
                passed.append(start)
        self._literals.update(dict.fromkeys(passed, bool(found)))
        return bool(found)

    def _is_row(self, start: int, end: int) -> bool:
        """Say whether the line is one of three rows of values, at least, that follow each other, or a row of cells."""
        return any(
            self.text.count(mark, start, end) > 1 and self._is_among_rows(start, end, mark) for mark in _ROWS
        ) or (self.text.find("\t", start, end) >= 0 and self._is_row_of_cells(start, end))

    def _is_among_rows(self, start: int, end: int, mark: str) -> bool:
        if (count := self._values(start, end, mark)) < 3:
            return False
        rows = 1
        for step in (self._line_above, self._line_below):
            low, high = start, end
            while rows < 3:
                low, high = step(low, high)
                if low < 0 or self._values(low, high, mark) != count:
                    break
                rows += 1
        return rows > 2

    def _values(self, start: int, end: int, mark: str) -> int:
        """How many values a row has, quoted ones among them; 0 where the line is none."""
        row = self.text[start:end].rstrip("\r")
        if len(row) > _LONGEST_ROW:
            return 0
        row = _QUOTED.sub("", row)
        return row.count(mark) + 1 if _ROWS[mark].fullmatch(row) else 0

    def _is_row_of_cells(self, start: int, end: int) -> bool:
        """Say whether tabs part the line as they do the one above or below, and no cell of it is a sentence."""
        if _SENTENCE_END.search(self.text, start, end):
            return False
        tabs = self.text[start:end].strip().count("\t")
        beside = self._line_above(start, end), self._line_below(start, end)
        return tabs > 0 and any(low >= 0 and self.text[low:high].strip().count("\t") == tabs for low, high in beside)

    def _line_above(self, start: int, end: int) -> tuple[int, int]:
        return (self.text.rfind("\n", 0, start - 1) + 1, start - 1) if start else (-1, -1)

    def _line_below(self, start: int, end: int) -> tuple[int, int]:
        if end >= len(self.text):
            return -1, -1
        last = self.text.find("\n", end + 1)
        return end + 1, len(self.text) if last < 0 else last

    def _is_latin(self, line: Line) -> bool:
        """Say whether the line is written in a Latin language and merely names something in Chinese."""
        directive = self.text.find(SIGN, line.start, line.end)  # is written in Latin letters, whatever the line is
        text = _without_addresses(self.text, line.start, directive if directive > line.start else line.end)
        lower = len(_LOWER_WORD.findall(text))
        if lower < 3:
            return False
        first = _FIRST.search(text)
        return length(_LETTER_RUN, text) <= (3 if first and first[0].isascii() else 2) * lower

    def left(self, offset: int, line: Line) -> Side:
        """Return what stands before `offset`, seen through quotes and closing marks."""
        text, at = self.text, offset - 1
        touches = True
        if at >= line.start and text[at] in BLANKS:
            touches, at = False, at - 1
        far = max(line.start, at - _FAR)
        first = at
        while at >= far and text[at] in _SEEN_THROUGH_LEFT:
            at = self._before_construct(at, line) if text[at] in ")]" else at - 1
        if at < line.start:
            return Side("E", touches, at)
        # A comma says nothing through a bracket or a quote, which it does not belong to; whatever its width is.
        return Side("" if at < first and text[at] in _PAUSES else self._kind(at), touches, at)

    def _before_construct(self, at: int, line: Line) -> int:
        """Return the offset before a closing bracket, or before all of what it closes in Markdown: `](…)`, `[^1]`.

        What a Latin sentence links to, it names: there the label says nothing.
        """
        span = self.protected.around(at) if self.document.markup == "markdown" else None
        if span is None or span[1] != at + 1:
            return at - 1
        start, head = span[0], self.text[span[0] : span[0] + 2]
        label = self.text.rfind("[", line.start, start) if head in ("](", "][") else -1
        if label >= 0:
            return at - 1 if self.left(label, line).kind == "L" else start - 1
        return start - 1 if head == "[^" else at - 1

    def right(self, offset: int, line: Line) -> Side:
        """Return what stands from `offset` on, seen through quotes and opening marks."""
        text, at = self.text, offset
        touches = True
        if at < line.end and text[at] in BLANKS:
            touches, at = False, at + 1
        far = min(line.end, at + _FAR)
        while at < far and text[at] in _SEEN_THROUGH_RIGHT:
            at += 1
        if at >= line.end or text[at] in ")]）」』】》〉〕”’" or text[at] in "\r\t\u3000":
            return Side("E", touches, at)
        return Side(self._kind(at), touches, at)

    def _kind(self, at: int) -> str:
        character = self.text[at]
        if character.isascii():
            return "L" if character.isalnum() or character == "%" else ""
        if _ONE_CJK.match(character):
            return "C"
        return "L" if character in "‰℃°" or character.isalnum() else ""

    def ends_in_points(self, line: Line) -> bool:
        """Say whether the line ends in a half-width full stop and has no other kind."""
        if self._pointed[0] != line.start:
            tail = self.text[line.start : line.end].rstrip('"”’)） \t\r')
            self._pointed = (line.start, tail.endswith(".") and "。" not in tail and "．" not in tail)
        return self._pointed[1]

    def with_blanks(self, start: int, end: int, line: Line) -> tuple[int, int]:
        """Widen a stretch by the single blanks beside it, which a half-width mark brought along, unless taken."""
        text = self.text
        if start - 1 > line.start and text[start - 1] in BLANKS and self._is_idle(start - 1, text[start - 2]):
            start -= self.claim(start - 1)
        if (
            end + 1 < line.end
            and text[end] in BLANKS
            and self._is_idle(end, text[end + 1])
            and text[end + 1] not in "!?,;:."
        ):
            end += self.claim(end)
        return start, end

    def _is_idle(self, blank: int, beyond: str) -> bool:
        """Say whether nothing depends on this blank: it is one of its kind, and no sign of markup is behind it."""
        return beyond not in BLANKS and beyond not in _BLANK_MATTERS and blank not in self.protected

    # The script of a clause.

    def latin(self, offset: int, line: Line) -> bool:
        """Say whether the clause around `offset` is a Latin sentence with Chinese words in it."""
        _, letters, words, lower = self._clause(offset, line)
        if words < 2:
            return False
        if letters <= words:
            return True
        first = self._clause_bounds(offset, line)[0]
        head = _FIRST.search(self.text, first, line.end)
        return bool(head and head[0].isascii() and lower >= 2 and letters <= 4 * lower)

    def chinese_before(self, offset: int, line: Line) -> bool:
        """Say whether the clause is Chinese and has Chinese before `offset`."""
        start, _ = self._clause_bounds(offset, line)
        return bool(_LETTER.search(self.text, start, offset)) and not self.latin(offset, line)

    def _clause_bounds(self, offset: int, line: Line) -> tuple[int, int]:
        start, cuts, _ = self._clauses
        if start != line.start:
            cuts = [cut.end() for cut in _CLAUSE_END.finditer(self.text, line.start, line.end)]
            self._clauses = (line.start, cuts, {})
        index = bisect_right(cuts, offset)
        return (cuts[index - 1] if index else line.start), (cuts[index] if index < len(cuts) else line.end)

    def _clause(self, offset: int, line: Line) -> tuple[int, int, int, int]:
        start, end = self._clause_bounds(offset, line)
        known = self._clauses[2]
        if start not in known:
            text = self.text
            words = _WORD.findall(_without_addresses(text, start, end))
            letters = length(_LETTER_RUN, text, start, end)
            known[start] = (start, letters, len(words), sum(word.islower() for word in words))
        return known[start]


def _without_addresses(text: str, start: int, end: int) -> str:
    """Return a stretch of text without addresses, whose words say nothing about the language."""
    stretch = text[start:end]
    if "@" not in stretch and "://" not in stretch:
        return stretch
    return _ASCII_RUN.sub(lambda run: "" if "@" in run[0] or "://" in run[0] else run[0], stretch)


_FIRST = pattern(f"[A-Za-z{LETTERS}]")


def length(runs: re.Pattern[str], text: str, start: int = 0, end: int = sys.maxsize) -> int:
    """Return how many characters all that the pattern finds has together."""
    return sum(map(len, runs.findall(text, start, end)))
