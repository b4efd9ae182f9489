"""Documentation packages and clean prose, read at run time; nothing of them is kept here."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality import corpus
from benchmarks.quality.model import cache, share

__all__ = ["Document", "documents", "packages", "prose"]

_CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_MARKUPS = {".md": "markdown", ".markdown": "markdown", ".rst": "rst", ".txt": "plain", ".html": "plain"}
_PROSE = ("heading", "byline", "paragraph", "item")


class Document(NamedTuple):
    """A text, where it is from, and how it is written."""

    group: str
    name: str
    text: str
    markup: str


#: Debian packages of manuals in HTML (read block by block) and of the plain text made from them.
_DEBIAN = {
    "debian-reference (zh, ja)": (
        "debian-reference/*.zh-*.html",
        "debian-reference/*.ja.html",
        "debian-reference/*.zh-*.txt.gz",
    ),
    "debian-handbook (zh, ja)": ("doc/debian-handbook/html/zh-*/*.html", "doc/debian-handbook/html/ja-JP/*.html"),
    "maint-guide (zh)": ("doc/maint-guide-zh-*/html/*.html", "doc/maint-guide-zh-*/*.txt.gz"),
    "debian-faq (zh)": ("doc/debian/FAQ/zh-cn/*.html", "doc/debian/FAQ/*zh-cn.txt.gz"),
    "installation-guide (zh)": (
        "doc/installation-guide-amd64/zh_CN/*.html",
        "doc/installation-guide-amd64/zh_CN/*.txt.gz",
    ),
    "debian-edu-doc (zh)": ("doc/debian-edu-doc-zh-cn/*.html",),
}


def packages(paths: list[Path]) -> Iterator[Document]:
    """Yield the documents with Chinese or Japanese in them of these folders; without any, of the usual packages."""
    if not paths:
        for group, patterns in _DEBIAN.items():
            for pattern in patterns:
                for path in sorted(share().glob(pattern)):
                    yield from documents(path, group)
        folder = cache() / "docs"
        paths = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    for folder in paths:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield from documents(path, folder.name)


def documents(path: Path, group: str) -> Iterator[Document]:
    """Yield the text of a file, if it is documentation in Chinese or Japanese."""
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    markup = _MARKUPS.get(suffix.lower())
    if markup is None or "dict" in path.name:
        return
    if suffix == ".html":
        text = "\n\n".join(block.text for block in corpus.html_blocks(path)) + "\n"
    else:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return
    if len(_CJK.findall(text)) > max(40, len(text) // 50):
        yield Document(group, path.name, text, markup)


def prose(languages: tuple[str, ...] = ("zh-Hans", "zh-Hant", "ja", "ko", "en")) -> Iterator[Document]:
    """Yield running prose: newspaper, novel, manuals, paragraph by paragraph with blank lines between."""
    for language in languages:
        for article in corpus.articles([language]):
            blocks = [block.text for block in article.blocks if block.kind in _PROSE]
            if blocks:
                name = f"{article.source} {article.number}"
                yield Document(f"{language}, {article.source}", name, "\n\n".join(blocks) + "\n", "plain")
