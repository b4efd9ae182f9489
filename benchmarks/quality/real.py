# ruff: noqa: E501 the list of manuals
"""Real PDFs and wrapped texts: Debian manuals that ship beside the HTML they were made from, which gives the truth."""

from __future__ import annotations

import dataclasses
import glob
import gzip
import pathlib
import re
from collections import Counter
from collections.abc import Iterator

from .corpus import html_blocks
from .model import Block, Document, cache, share


@dataclasses.dataclass(frozen=True)
class _Manual:
    name: str
    lang: str
    split: str
    file: str
    html: str
    #: Which pages of a PDF, or which lines of a text, are taken; whole books would take the extractors too long.
    part: tuple[int, int]


_GUIDE, _FAQ, _REF = "doc/installation-guide-amd64", "doc/debian/FAQ", "debian-reference"
_MANUALS = (
    _Manual("reference", "ja", "train", f"{_REF}/debian-reference.ja.pdf", f"{_REF}/*.ja.html", (60, 90)),
    _Manual("reference", "en", "train", f"{_REF}/debian-reference.en.pdf", f"{_REF}/*.en.html", (60, 90)),
    _Manual("reference", "zh-Hant", "train", f"{_REF}/debian-reference.zh-tw.pdf", f"{_REF}/*.zh-tw.html", (30, 70)),
    _Manual("newmaint", "ja", "train", "doc/maint-guide-ja/maint-guide.ja.pdf", "doc/maint-guide-ja/html/*.html", (6, 40)),
    _Manual("developers", "ja", "train", "developers-reference/ja/developers-reference.pdf", "developers-reference/ja/*.html", (12, 42)),
    _Manual("developers", "en", "dev", "developers-reference/developers-reference.pdf", "developers-reference/*.html", (12, 42)),
    _Manual("edu", "ja", "dev", "doc/debian-edu-doc-ja/debian-edu-bookworm-manual.pdf", "doc/debian-edu-doc-ja/debian-edu-bookworm-manual.html", (8, 40)),
    _Manual("reference", "zh-Hans", "test", f"{_REF}/debian-reference.zh-cn.pdf", f"{_REF}/*.zh-cn.html", (30, 70)),
    _Manual("newmaint", "zh-Hant", "test", "doc/maint-guide-zh-tw/maint-guide.zh-tw.pdf", "doc/maint-guide-zh-tw/html/*.html", (6, 50)),
    _Manual("newmaint", "zh-Hans", "test", "doc/maint-guide-zh-cn/maint-guide.zh-cn.pdf", "doc/maint-guide-zh-cn/html/*.html", (6, 50)),
    _Manual("edu", "zh-Hans", "test", "doc/debian-edu-doc-zh-cn/debian-edu-bookworm-manual.pdf", "doc/debian-edu-doc-zh-cn/debian-edu-bookworm-manual.html", (8, 40)),
    _Manual("reference", "zh-Hans", "train", f"{_REF}/debian-reference.zh-cn.txt.gz", f"{_REF}/*.zh-cn.html", (3000, 5000)),
    _Manual("reference", "zh-Hant", "train", f"{_REF}/debian-reference.zh-tw.txt.gz", f"{_REF}/*.zh-tw.html", (5000, 7000)),
    _Manual("reference", "ja", "train", f"{_REF}/debian-reference.ja.txt.gz", f"{_REF}/*.ja.html", (3000, 5000)),
    _Manual("faq", "zh-Hans", "train", f"{_FAQ}/debian-faq.zh-cn.txt.gz", f"{_FAQ}/zh-cn/*.html", (200, 2200)),
    _Manual("faq", "ja", "dev", f"{_FAQ}/debian-faq.ja.txt.gz", f"{_FAQ}/ja/*.html", (200, 2200)),
    _Manual("faq", "ko", "dev", f"{_FAQ}/debian-faq.ko.txt.gz", f"{_FAQ}/ko/*.html", (200, 2200)),
    _Manual("install", "zh-Hans", "test", f"{_GUIDE}/zh_CN/install.zh_CN.txt.gz", f"{_GUIDE}/zh_CN/*.html", (500, 2500)),
    _Manual("install", "ko", "test", f"{_GUIDE}/ko/install.ko.txt.gz", f"{_GUIDE}/ko/*.html", (500, 2500)),
    _Manual("newmaint", "zh-Hans", "test", "doc/maint-guide-zh-cn/maint-guide.zh-cn.txt.gz", "doc/maint-guide-zh-cn/html/*.html", (150, 2500)),
    _Manual("newmaint", "zh-Hant", "test", "doc/maint-guide-zh-tw/maint-guide.zh-tw.txt.gz", "doc/maint-guide-zh-tw/html/*.html", (150, 2500)),
)  # fmt: skip


def documents(split: str) -> Iterator[Document]:
    """The real documents of a split."""
    folder = cache() / "real"
    folder.mkdir(exist_ok=True)
    for m in _MANUALS:
        source = share(m.file)
        if m.split != split or not source.exists():
            continue
        pdf = m.file.endswith(".pdf")
        name = f"real-{m.name}-{m.lang}-{'pdf' if pdf else 'txt'}"
        path = folder / f"{name}-{m.part[0]}-{m.part[1]}.{'pdf' if pdf else 'txt'}"
        if not path.exists():
            (_pages if pdf else _text)(source, m.part, path)
        blocks = [b for page in sorted(glob.glob(str(share(m.html)))) for b in html_blocks(pathlib.Path(page))]
        blocks = [Block(b.kind, b.text.strip("\n")) for b in blocks if re.search(r"\w", b.text)]
        furniture = _margins(path) if pdf else []
        yield Document(name, m.lang, m.name, "real-pdf" if pdf else "real-txt", m.split, blocks, furniture, str(path))


def _margins(path: pathlib.Path) -> list[list[str]]:
    """What stands in the margins of each page: at the height of most pages' first or last line, well off the text."""
    import pymupdf

    pages = []
    with pymupdf.open(str(path)) as pdf:
        for page in pdf:
            rows = [
                (line["bbox"][1], line["bbox"][3], "".join(span["text"] for span in line["spans"]).strip())
                for block in page.get_text("dict")["blocks"]
                for line in block.get("lines", ())
            ]
            pages.append(sorted(row for row in rows if row[2]))
    margins: list[list[str]] = [[] for _ in pages]
    filled = [rows for rows in pages if rows]
    for edge in (0, -1):
        heights = Counter(round(rows[edge][0]) for rows in filled)
        usual = heights.most_common(1)[0][0]
        inside = [[abs(row[0] - usual) < 3 for row in rows] for rows in pages]
        gaps = []
        for rows, held in zip(pages, inside):
            body = [row for row, margin in zip(rows, held) if not margin]
            if body and any(held):
                gaps.append(body[0][0] - usual if edge == 0 else usual - body[-1][0])
        if len(gaps) < 0.4 * len(filled) or min(gaps) < 20:
            continue  # the text itself begins, or ends, there
        for found, rows, held in zip(margins, pages, inside):
            found += [row[2] for row, margin in zip(rows, held) if margin]
    return margins


def _pages(source: pathlib.Path, part: tuple[int, int], path: pathlib.Path) -> None:
    import pypdfium2

    book, some = pypdfium2.PdfDocument(str(source)), pypdfium2.PdfDocument.new()
    some.import_pages(book, list(range(part[0], min(part[1], len(book)))))
    some.save(str(path))


def _text(source: pathlib.Path, part: tuple[int, int], path: pathlib.Path) -> None:
    lines = gzip.decompress(source.read_bytes()).decode("utf-8").split("\n")
    path.write_bytes("\n".join(lines[part[0] : part[1]]).encode("utf-8"))
