"""Lines, as spacing sees them: where a blank means something and must stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Final

from textfix.document import Document
from textfix.markup import Spans, protected
from textfix.markup.programs import programs
from textfix.patterns import pattern
from textfix.punctuation.marks import LETTERS
from textfix.signs import Sign
from textfix.unicode.scripts import BLANK, HANGUL

__all__ = ["DOUBLE_CONTACT", "MARKUP_SIGNS", "SIGNS", "Lines"]

#: Whether these open or close anything depends on the blanks beside them.
MARKUP_SIGNS: Final = frozenset("*_~|`[]<>\\")
_HANGUL = pattern(f"[{HANGUL}]")
_HANGUL_ANYWHERE = Sign(_HANGUL, aside=True)
_TOKEN_WITH_BLANKS = Sign(pattern(r"[`$<{\\\"'〔]"), aside=True)

# A line set by blanks: words apart (`本报记者 张国静`), columns, cells. There, a blank means something. Two blanks part
# columns, too, but not beside a number in the middle of sentences. One class first, for what is rare.
_SET_APART = pattern(
    rf"[{BLANK}\u3000\t|](?:(?<=\|)|(?<=[{LETTERS}][{BLANK}])(?=[{LETTERS}])"
    rf"|(?<=\S[{BLANK}\u3000])[{BLANK}\u3000]{{2,}}(?=\S)|(?<=\S\t)\t*(?=\S))"
)
_DOUBLE = pattern(rf"[{BLANK}\u3000]{{2}}(?=\S)(?<=\S..)")
_STOP = pattern("[，。；]")
_PAUSE = pattern("[，。；：、！？]")
_TITLE = 30  # so long at most is a line that may be one
_LETTER = pattern(f"[{LETTERS}]")
_LETTERS_BETWEEN = 5  # in a sentence there are so many to a number; in columns fewer
#: Two blanks between Han and a number.
DOUBLE_CONTACT: Final = Sign(
    pattern(rf"[{BLANK}]{{2}}(?:(?<=[{LETTERS}]..)(?=[0-9])|(?=[{LETTERS}])(?<=[0-9%‰℃°]..))"),
    left=f"[{LETTERS}0-9%‰℃°]",
    right=f"[{BLANK}][{LETTERS}0-9]",
)
_NUMBER_ROW = pattern(rf"[0-9](?<![0-9.,:/%-].)[0-9.,:/%-]*[{BLANK}]+[0-9.,:/%-]+(?=[{BLANK}\n]|\Z)")
# Without any of these a line sets nothing apart.
_HINTS = (
    Sign.of(f"[{BLANK}]", left=f"[{LETTERS}]", right=f"[{LETTERS}]", aside=True),
    Sign.of(f"[{BLANK}\u3000]", left=r"[^\n]", right=f"[{BLANK}\u3000]", aside=True),
    Sign.of(f"[{BLANK}]", left="[0-9.,:/%-]", right="[0-9.,:/%-]", aside=True),
    Sign.of("[\t|]", aside=True),
)
#: What is asked of every document.
SIGNS = (_HANGUL_ANYWHERE, _TOKEN_WITH_BLANKS, *_HINTS)
_ALTERNATING = pattern(r"[^“”]*(?:“[^“”]*”[^“”]*)*")
# What labels the rest of a line or an item: `1 引言`, `## 2.1 方法`, `图 3 结构`, `- select 用于选择`; but a number
# before a unit or a counter counts. A word alone before a number that ends a line or a sentence is a label too.
_LABEL = pattern(
    rf"[{BLANK}\t#>*+-]*(?:[图表式例注][{BLANK}]?|附[录件表图][{BLANK}]?)?"
    r"[(（\[]?(?:[0-9]{1,4}(?:[.．-][0-9]{1,3})*|[A-Za-z][\w.+/-]{0,20})[.)）\]]?\Z"
)
_LABELLED = pattern(rf"[{BLANK}\t#>*+-]*[{LETTERS}]{{1,4}}[{BLANK}][0-9]+(?:\.[0-9]+)*(?=\.?[{BLANK}\n]|\.?\Z)")
#: A thing and how much of it, all there is on the line: one of a list (`鸡蛋 3个`).
_QUANTITY = pattern(
    rf"[{BLANK}\t*+-]*[{LETTERS}]{{1,10}}[{BLANK}][0-9./]+[{LETTERS}A-Za-z%℃]{{0,4}}[{BLANK}\r]*(?=\n|\Z)"
)
#: What stands before the text of an item, without the blank that parts them.
_ITEM_HEAD = pattern(r"[ \t>]*(?:[-+*•]|\(?(?:#|[0-9]{1,9}|[A-Za-z]|[ivxlcIVXLC]+)[.)])")
_LONGEST_HEAD = 80
_COUNTED = frozenset("年月日号时時分秒点個个位名家件項项種种次万萬亿億千百余多元岁人天周度倍套条米吨")


class Lines:
    """The lines of a document as spacing sees them. Ask about offsets in rising order: the last line is remembered."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._start, self._end = 0, -1
        self._korean = self._apart = False
        self._alternate: bool | None = None
        self._signs = MARKUP_SIGNS if document.markup != "plain" else frozenset()

    @cached_property
    def protected(self) -> Spans:
        return self.document.view(protected)

    @cached_property
    def _has_hangul(self) -> bool:
        return _HANGUL_ANYWHERE.within(self.document)

    @cached_property
    def _has_tokens(self) -> bool:
        """Say whether there may be tokens with blanks inside: code, maths, tags, literals, Windows paths, markup."""
        return self.document.markup != "plain" or _TOKEN_WITH_BLANKS.within(self.document)

    @cached_property
    def _hints(self) -> list[int]:
        return sorted(chain.from_iterable(sign.starts(self.document) for sign in _HINTS))

    def _seek(self, offset: int) -> None:
        if self._start <= offset <= self._end:
            return
        text = self.text
        self._start = text.rfind("\n", 0, offset) + 1
        self._end = text.find("\n", offset)
        if self._end < 0:
            self._end = len(text)
        span = (text, self._start, self._end)
        self._alternate = None
        self._korean = self._has_hangul and _HANGUL.search(*span) is not None
        hint = bisect_left(self._hints, self._start)
        self._apart = (hint < len(self._hints) and self._hints[hint] < self._end) and (
            _SET_APART.search(*span) is not None or _NUMBER_ROW.search(*span) is not None or self._has_columns(*span)
        )

    def _has_columns(self, text: str, start: int, end: int) -> bool:
        doubles = [match.start() for match in _DOUBLE.finditer(text, start, end)]
        if not doubles:
            return False
        if not _STOP.search(text, start, end) or not all(DOUBLE_CONTACT.pattern.match(text, at) for at in doubles):
            return True
        return sum(1 for _ in _LETTER.finditer(text, start, end)) < _LETTERS_BETWEEN * len(doubles)

    def is_fixed(self, offset: int) -> bool:
        """Say whether the blank at `offset` must stay: in Korean, in a token, against a sign of the markup."""
        self._seek(offset)
        signs = self._signs
        if signs and offset - self._start < _LONGEST_HEAD and _ITEM_HEAD.fullmatch(self.text, self._start, offset):
            return True
        beside = signs and (self.text[offset - 1] in signs or self.text[offset + 1] in signs)
        return bool(
            self._korean
            or beside
            or (self._has_tokens and offset in self.protected)
            or self.document.view(programs).read(offset)
        )

    def loose(self, offsets: Sequence[int], *, always: bool = False) -> list[int]:
        """Return, of rising offsets, the blanks that may go; with `always`, even where they set something apart."""
        if always:
            return [at for at in offsets if not self.is_fixed(at)]
        return [at for at in offsets if not (self.set_apart(at) or self.is_label(at) or self.is_fixed(at))]

    def set_apart(self, offset: int) -> bool:
        """Say whether the line of this offset uses blanks to set words or columns apart."""
        self._seek(offset)
        return self._apart

    def quotes_alternate(self, offset: int) -> bool:
        """Say whether the curly quotes of the line open and close in turn, so that one knows which side is inside."""
        self._seek(offset)
        if self._alternate is None:
            self._alternate = _ALTERNATING.fullmatch(self.text, self._start, self._end) is not None
        return self._alternate

    def is_no_sentence(self, offset: int) -> bool:
        """Say whether the line is short and has no mark of a sentence."""
        self._seek(offset)
        return self._end - self._start <= _TITLE and not _PAUSE.search(self.text, self._start, self._end)

    def is_label(self, offset: int) -> bool:
        """Say whether the blank at `offset` belongs to the number of a heading, a figure or an item."""
        self._seek(offset)
        if self.text[offset - 1] in "图圖表式例章节節附":
            return True
        if offset - self._start > 40:
            return False
        ahead = _LABELLED.match(self.text, self._start, self._end)
        if ahead and offset <= ahead.end() and self.text[ahead.end() + 1 : ahead.end() + 2] not in _COUNTED:
            return True
        if self._is_quantity(self._start, self._end):
            return True
        if not _LABEL.match(self.text, self._start, offset):
            return False
        counts = self.text[self._start : offset].strip().isdigit() and self.text[offset + 1] in _COUNTED
        return not counts

    def _is_quantity(self, start: int, end: int) -> bool:
        """Say whether the line is one of a list of quantities, the line above or below being another."""
        text = self.text
        if not _QUANTITY.match(text, start):
            return False
        above = text.rfind("\n", 0, start - 1) + 1 if start else -1
        return (above >= 0 and _QUANTITY.match(text, above) is not None) or _QUANTITY.match(text, end + 1) is not None
