"""Columns: prose that an extractor put side by side is read one column after the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textfix.contracts import Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.markup.ignores import SIGN, ignored
from textfix.normalizers.base import Editor, Normalizer
from textfix.signs import Sign

__all__ = ["Columns"]

# Without a blank behind what is none, and another one behind it, no line has a gap.
_GAP = Sign.of("[ ]", left="[^ \n]", right="[ ]")


@dataclass(frozen=True)
class _MovesLines:
    """What is deleted on a page comes back on the same page, piece by piece: each one a line of its own."""

    description: str = "move pieces of lines to lines of their own on the same page"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        feeds = [match.start() for match in re.finditer("\f", document.text)]
        gone: dict[int, Counter[str]] = defaultdict(Counter)
        come: dict[int, Counter[str]] = defaultdict(Counter)
        pages = []
        for start, end, before, after in zip(edits.starts, edits.ends, edits.befores, edits.afters):
            page = (
                bisect_right(feeds, start - 1) if bisect_right(feeds, end - 1) == bisect_right(feeds, start - 1) else -1
            )
            pages.append(page)
            gone[page][before.strip()] += 1
            come[page].update(line.strip() for line in after.split("\n"))
            if before and after:
                come[page]["\f"] += 1  # a piece may go or come, not change
        wrong = {page for page in pages if page < 0 or _seen(gone[page]) != _seen(come[page])}
        for index, page in enumerate(pages):
            if page in wrong:
                yield Violation(index, f"may only {self.description}")


def _seen(pieces: Counter[str]) -> Counter[str]:
    return Counter({piece: count for piece, count in pieces.items() if piece})


@dataclass(frozen=True)
class Columns(Normalizer):
    """Columns: prose that an extractor put side by side is read one column after the other.

    Extractors that keep the layout of a page (`pdftotext -layout` and its like) print two or three columns on the same
    lines, with a gutter of blanks between them. Where the gutter is certain, the lines of the left column come first
    and those of the right column behind them, page by page; a line across both columns stays between what is above and
    what is below it.

    >>> page = '''
    ... 城西区推进铸牢中华民族共    建成启用区级电信网络犯罪
    ... 同体意识示范市建设，创建    一体化打防平台，有效保护
    ... 石榴籽家园五十六个，坚持    人民群众财产安全，严格落
    ... 宗教中国化方向，依法加强    实安全生产责任，全年没有
    ... 宗教事务管理，妥善处理各    发生重大生产事故，营商环
    ... 类矛盾纠纷，社会大局保持    境持续优化，新登记市场主
    ... 稳定，群众的安全感和满意    体增长百分之十，城乡居民
    ... 度都有了新的提高，全区没    收入稳步提高，公共服务水
    ... 有发生一起重大的事故。     平迈上新的台阶。'''
    >>> print(*Columns()(page).split("\\n")[8:12], sep="\\n")
    度都有了新的提高，全区没
    有发生一起重大的事故。
    建成启用区级电信网络犯罪
    一体化打防平台，有效保护

    A gutter is certain where at least eight lines of a page have blanks in one place, text on both sides, and all that
    makes columns of prose: lines filled to the measure of their column, which run on downwards and not sideways, words
    across line ends above all. Tables, lists of terms, program text, forms and tables of contents fail that and stay;
    what looks like columns and is not certain stays too and is reported as a doubt, `columns/gutter`.

    Not one character comes or goes: each piece of a line that is deleted comes back as a line of its own, further down
    on its page. Reason: `columns/apart`.

    When not to use it: on tables whose cells are paragraphs.

    Sources: the layouts of `pdftotext -layout`, which counts columns in characters.
    """

    name = "columns"
    reasons = ("apart", "gutter")
    contract = _MovesLines()

    def gate(self, document: Document) -> bool:
        from textfix.columns.find import may_have_columns

        return may_have_columns(document.text)

    def signs(self) -> Sequence[Sign]:
        return (_GAP,)

    def propose(self, document: Document, editor: Editor) -> None:
        from textfix.columns.find import Doubtful, find

        for page in find(document.text):
            if isinstance(page, Doubtful):
                editor.doubt(page.start, page.end, "gutter", page.evidence)
            elif not self._is_held(document, page.pieces):
                with editor.together():
                    for start, end in page.pieces:
                        editor.delete(start, end, "apart")
                    for place, lines in page.lines:
                        editor.insert(place, lines, "apart")

    def _is_held(self, document: Document, pieces: list[tuple[int, int]]) -> bool:
        """Say whether something of the page is to be left as it is; then all of it is."""
        if not (document.protect or SIGN in document.text):
            return False
        there = document.view(ignored)
        return bool(there) and any(there.held(start, end, "", "columns/apart") for start, end in pieces)
