"""Furniture: running heads, page numbers and rules between the text of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textfix.contracts import Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.base import Editor, Normalizer
from textfix.signs import Sign

__all__ = ["Furniture"]


@dataclass(frozen=True)
class _LinesOfPages:
    """Whole lines may go, or what stands at the start or the end of one."""

    description: str = "delete a line, or what stands at the start or end of one"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        text = document.text
        cuts = set(edits.ends)
        starts = set(edits.starts)
        for index, (start, end, after) in enumerate(zip(edits.starts, edits.ends, edits.afters)):
            before = text[start:end]
            one = (
                len(before) <= 200 and "\n" not in before.strip("\n") and before.count("\n") <= 1 and "\f" not in before
            )
            at_start = start == 0 or text[start - 1] in "\n\f" or text[start] == "\n" or start in cuts
            at_end = end == len(text) or text[end] in "\n\f" or text[end - 1] == "\n" or end in starts
            if after or not one or not (at_start or at_end):
                yield Violation(index, f"may only {self.description}")


@dataclass(frozen=True)
class Furniture(Normalizer):
    """Furniture: what belongs to the pages of a document and not to its text.

    Running heads and feet, page and edition numbers, rules: what the typesetter puts on every page comes out in the
    middle of sentences. Whole lines go, with one of their line ends; form feeds and blank lines stay, so that the break
    between two pages can still be seen.

    >>> page = "城西区年鉴\\n{body}\\n- {number} -\\n"
    >>> text = "\\f".join(page.format(body="正文" + "一二三四"[n], number=n + 7) for n in range(4))
    >>> Furniture()(text)
    '正文一\\n\\x0c正文二\\n\\x0c正文三\\n\\x0c正文四\\n'
    >>> [edit.reason for edit in Furniture().explain(text).edits][:2]
    ['furniture/running-head', 'furniture/page-number']

    Pages are what form feeds part. A page number is a line at the edge of a page (`3`, `- 3 -`, `2 / 223`, `第3版`,
    `xiv`) whose value rises with the pages; a head is a line at the edge that the next pages repeat, but for its
    numbers, on three pages and three in ten at least. Beside page numbers, two pages are enough. A number that shares
    the line of a head goes with it, as an edit of its own. The title of a chapter stays where the chapter begins.

    Two or three pages are too few to repeat much. There, heads are what full pages have in common if it is all that
    they have in common, what stands beside the number, what names the issue of a newspaper, and a short line in the
    middle of a word. Where headings are numbered (`5.4.2. Package Removal`), a title at the edge of a page that has no
    number is none of them. A head that no page repeats goes where the pages before and behind have theirs, and one that
    was drawn late, and so stands inside its page, where the pages on both sides have it at their edges.

    In a text without form feeds, pages are what a sequence of at least four page numbers parts: at even distances, and
    with heads beside them or in the middle of sentences; numbered chapters, items and verses fail that and stay.

    Lines with which a site advertises itself in the texts that it hands out go if they come three times.

    A text of one page is left as it is, but for a number above its form feed that can be nothing else; so are pages
    that are alike line by line (forms, slips): nothing tells the head from the body there.

    Edits of page numbers keep the number in `before`, for who wants to cite by page.

    Do not use it on plain text in which form feeds part records that begin with one title.

    Reasons: `furniture/page-number`, `furniture/running-head`, `furniture/rule`, `furniture/advert`.

    Sources: X. Lin, "Header and Footer Extraction by Page-Association" (2002), for comparing a line with the same place
    on neighbouring pages.
    """

    name = "furniture"
    reasons = ("page-number", "running-head", "rule", "advert")
    contract = _LinesOfPages()

    def gate(self, document: Document) -> bool:
        from textfix.furniture.find import may_have_pages

        return may_have_pages(document)

    def signs(self) -> Sequence[Sign]:
        from textfix.furniture.find import SIGNS

        return SIGNS

    def propose(self, document: Document, editor: Editor) -> None:
        from textfix.furniture.find import find

        for start, end, reason in find(document):
            editor.delete(start, end, reason)
