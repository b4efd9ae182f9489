"""Punctuation: marks of the wrong width, straight quotes, broken ellipses and dashes, doubled marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from textfix.document import Document
from textfix.normalizers.base import Editor, Normalizer
from textfix.punctuation import rules
from textfix.punctuation.marks import SAME_MARK
from textfix.signs import Sign

__all__ = ["Punctuation"]

Quotes = Literal["auto", "curly", "corner", "keep"]
Brackets = Literal["auto", "keep"]


@dataclass(frozen=True)
class Punctuation(Normalizer):
    """Punctuation: marks of the wrong width, straight quotes, broken ellipses and dashes, doubled marks.

    >>> Punctuation()("你好,世界!这是3.14和1,234,见http://a.b/c,d")
    '你好，世界！这是3.14和1,234，见http://a.b/c,d'
    >>> Punctuation()('他说:"我问过\\'老王\\',没有人..."')
    '他说：“我问过‘老王’，没有人……”'
    >>> Punctuation()("Hello, world! (2 < 3)") == "Hello, world! (2 < 3)"
    True

    Repairs
        width: `,` `;` `:` `!` `?` `.` behind Chinese become full width, with the single blank that came with them;
        behind a Latin word or a number, where Chinese follows at once and the sentence is Chinese. Small and
        half-width forms (`﹐` `｡`), and `．` taken for `。`.
        latin: in a line that is English throughout, full-width marks become half width; parentheses where the whole
        document has no Chinese.
        ellipsis, dash: `...` and `。。。` become `……`; `--`, `－－`, `――`, `──` and `— —` become `——`.
        doubled: `，，` `。。` `、、`.
        bracket: parentheses in pairs, by what they hold.
        quote: straight quotes in pairs, nested, also across a hard wrap. One without a partner is a doubt.
        A `?` between Chinese where all others are full width may be a lost character: a doubt, `punctuation/lost`.

    What is style and what is damage. A comma, stop, question or exclamation mark in Chinese is full width in every
    house (GB/T 15834-2011; Ministry of Education of Taiwan, 2008), so a half-width one is damage and is repaired even
    in a text of one sentence. Parentheses and colons are not so sure: many manuals set them half width on purpose,
    with full-width commas beside them. So they follow the document: parentheses are widened where it has five times
    as many full-width pairs, where one of a pair is full width already, or where the commas are half width too, since
    width that was lost by a font or an encoder was lost for all; colons where full-width ones are as many, or
    half-width ones fewer than three. Straight quotes stay where they are the rule: five pairs or more, and three times
    as many as others, in a text whose commas or stops are full width. Japanese takes its commas and stops from its own
    majority (`、。`, `，．` and `，。` are all in use), and where that is not plain, keeps what it has. Korean sets
    half-width marks, and is left alone.

    Stays
        tokens (addresses, paths, numbers, times, ratios, versions, code, maths, tags), lines of program text and of
        message catalogues, three rows of values or more with as many commas each, Latin sentences with Chinese names in
        them, `？！` and `！！！`, curly quotes, a single `—` (it joins a range) or `…`,
        leaders before page numbers, parentheses around an address and in `(C)` or `命令(7)`, marks inside `[…]` and
        `{…}` that list things, signs of commands (`输入 :wq`), rows of a table drawn with `|`, `Yahoo!`,
        `黑人问号.jpg`, `乔治.布什`, the number of a heading (`一.概述`), full-width marks in Chinese.

    When not to use it: on data with a syntax of its own (CSV, source code, configuration). It sees literals and calls,
    but a list of Chinese words parted by commas looks like a sentence.

    Options
        quotes: what straight quotes become: `auto` the shape that the document has more of, `“”` where it has none,
        and in Japanese nothing; `curly` “‘’”; `corner` 「『』」; `keep` leaves them.
        brackets: `auto` as above; `keep` leaves parentheses.

    Reasons: `punctuation/width`, `ellipsis`, `dash`, `doubled`, `bracket`, `quote`, `latin`.

    Sources: GB/T 15834-2011; CLREQ and JLREQ (W3C) for the classes of marks; UnicodeData.txt for small and half-width
    forms.
    """

    name = "punctuation"
    reasons = ("width", "ellipsis", "dash", "doubled", "bracket", "quote", "latin", "lost")
    contract = SAME_MARK

    quotes: Quotes = "auto"
    brackets: Brackets = "auto"

    def __post_init__(self) -> None:
        for option, values in (("quotes", get_args(Quotes)), ("brackets", get_args(Brackets))):
            if getattr(self, option) not in values:
                raise ValueError(f"{option} must be one of {', '.join(values)}, not {getattr(self, option)!r}")

    def gate(self, document: Document) -> bool:
        """Look for a half-width or small mark against Chinese, and for a doubled or Latin full-width mark."""
        return rules.suspect(document)

    def signs(self) -> Sequence[Sign]:
        return rules.SIGNS

    def propose(self, document: Document, editor: Editor) -> None:
        rules.repair(document, editor, quotes=self.quotes, brackets=self.brackets)
