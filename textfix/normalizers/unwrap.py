"""Unwrap: lines that end only because the column did."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from textfix.contracts import PairContract
from textfix.document import Document
from textfix.normalizers._reports import report
from textfix.normalizers.base import Editor, Normalizer
from textfix.result import Span

if TYPE_CHECKING:
    from textfix.layout import Batch, Layout

__all__ = ["Unwrap", "layout_of"]

Indents = Literal["drop", "keep"]

_HYPHENS = "-\u2010\u2011\u00ad"
# What has no width stands in white space unseen.
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\ufeff")


def _allows(before: str, after: str) -> bool:
    if before[:1] in _HYPHENS and after == "":
        before = before[1:]
    return after in ("", " ") and before.translate(_INVISIBLE).isspace()


def layout_of(document: Document) -> Layout:
    """The measured layout of a document: a view, computed once."""
    return _measured([document], indents=True)[0]


def _layout_with_indents(document: Document) -> Layout:
    """The same where indents are to stay."""
    return _measured([document], indents=False)[0]


def _measured(documents: Sequence[Document], *, indents: bool) -> Batch:
    from textfix.layout import measure_many

    texts, breaks = [document.text for document in documents], [document.breaks for document in documents]
    return measure_many(texts, breaks=breaks, indents=indents)


@dataclass(frozen=True)
class Unwrap(Normalizer):
    """Unwrap: lines that end only because the column did are joined again.

    Every line break is judged by how the page was set: the width of its line against the measure of its column,
    first-line indents (kept or lost), marks at the line's end, words and numbers that run across, blank lines that only
    a column or page break left behind, and the shapes of headings, lists, verse and tables. Where nothing shows that
    lines were filled to a measure, nothing is joined. A join takes the white space away, or leaves one space between
    Latin words and between Korean ones; a hyphen that the typesetter put in goes with it.

    >>> page = '''城西区推进铸牢中华民族共同体
    ... 意识示范市建设，创建石榴籽家园56
    ... 个。坚持宗教中国化方向，依法加强宗
    ... 教事务管理。建成启用区级电信网络犯
    ... 罪一体化打防平台，有效保护群众“钱袋
    ... 子”。'''
    >>> Unwrap()(page)
    '城西区推进铸牢中华民族共同体意识示范市建设，创建石榴籽家园56个。坚持宗教中国化方向，依法加强宗教事务管理。建成启用区级电信网络犯罪一体化打防平台，有效保护群众“钱袋子”。'

    In Chinese and Japanese prose, what white space is left at the edges of lines goes too (`unwrap/indent`,
    `unwrap/trailing`), and more than two blank lines in a row become one (`unwrap/blank`).

    Nothing is joined at a paragraph separator (U+2029), nor where an earlier normalizer knows that the break is the
    author's.

    What the text alone cannot decide stays as it is and is reported as a doubt, `unwrap/break`, with its probability.
    So is what lies between the two halves of a paragraph, a footnote or a caption (`unwrap/bridge`: to bring the halves
    together would move text), and a formula that was taken apart into lines of single symbols (`unwrap/formula`).

    When not to use it: on text whose line breaks all mean something and happen to fill a measure, such as the output
    of a terminal that a later step reads line by line.

    Sources: requirements for line composition in CLREQ and JIS X 4051; the weights are learned by
    `benchmarks/layout_model`, which states what from.
    """

    #: "drop" takes first-line indents away, which mean nothing once paragraphs are one line each; "keep" leaves them.
    indents: Indents = "drop"

    name = "unwrap"
    reasons = ("join", "space", "hyphen", "indent", "trailing", "blank", "break", "bridge", "formula", "incoherent")
    contract = PairContract(
        "replace white space around a line break, and a hyphen before it, by nothing or a space", _allows
    )
    #: A line that could be full, and another below it.
    probe = re.compile(r"[^\s][^\n]{2,400}\n\s*[^\s]")

    def __post_init__(self) -> None:
        if self.indents not in get_args(Indents):
            raise ValueError(f"indents must be one of {', '.join(get_args(Indents))}, not {self.indents!r}")

    def gate(self, document: Document) -> bool:
        return "\n" in document.text and super().gate(document)

    @property
    def _layout(self) -> Callable[[Document], Layout]:
        return layout_of if self.indents == "drop" else _layout_with_indents

    def prepare(self, documents: Sequence[Document]) -> None:
        batch = _measured(documents, indents=self.indents == "drop")
        for index, document in enumerate(documents):
            document.remember(self._layout, batch[index])

    def propose(self, document: Document, editor: Editor) -> None:
        layout = document.view(self._layout)
        told = layout.told()
        editor.segment(lambda: [Span(*block) for block in told.blocks()])
        if not layout.quiet:
            self._propose(layout, document.text, editor)

    def _propose(self, layout: Layout, text: str, editor: Editor) -> None:
        from textfix.layout.page import CHANGES

        starts, ends, changes = layout.changes()
        if len(starts):
            editor.choose(starts, ends, CHANGES, changes)
        _report_places(editor, layout)
        if layout.incoherent:
            editor.doubt(0, len(text), "incoherent", "lines are full, but nothing runs on from one to the next")
            return
        doubts = {(start, end): p for start, end, p in layout.doubts()}
        report(editor, list(doubts), "break", lambda *span: f"a real break with probability {doubts[span]:.2f}")


def _report_places(editor: Editor, layout: Layout) -> None:
    """Report what a reader should see though nothing can be done about it."""
    from textfix.layout.bridges import bridges
    from textfix.layout.shattered import shattered

    for start, end, evidence in bridges(layout):
        editor.doubt(start, end, "bridge", evidence)
    for start, end, lines in shattered(layout.text) if layout.shards else ():
        editor.doubt(start, end, "formula", f"{lines} lines of one to three symbols")
