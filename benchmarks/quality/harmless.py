"""Clean material that must come back as it went in: prose, verse, code, tables, URLs, Markdown."""

from __future__ import annotations

import importlib.metadata
import pathlib
import re
import sysconfig
from collections.abc import Iterator

from . import corpus
from .model import Article, seeded, split_of

_SIZE = 300_000


def texts(split: str, size: int = _SIZE) -> Iterator[tuple[str, str]]:
    """(kind, text) pairs, up to about ``size`` characters of each kind."""
    for kind, make in (
        ("prose, a paragraph a line", lambda: _prose(split, "\n", ("zh-Hans",), ("rmrb1998", "sanguo"))),
        ("prose, blank lines between", lambda: _prose(split, "\n\n", ("zh-Hans", "zh-Hant"), ())),
        ("prose, Japanese", lambda: _prose(split, "\n\n", ("ja",), ())),
        ("prose, Korean", lambda: _prose(split, "\n\n", ("ko",), ())),
        ("prose, English", lambda: _prose(split, "\n\n", ("en",), ())),
        ("verse", lambda: _lined(split, "verse")),
        ("tables", lambda: _lined(split, "table")),
        ("shell and configuration", lambda: _lined(split, "code")),
        ("Python", _python),
        ("URLs", _urls),
        ("Markdown", _markdown),
    ):
        done = 0
        for text in make():
            if done >= size:
                break
            done += len(text)
            yield kind, text


def _articles(split: str, langs: tuple[str, ...], sources: tuple[str, ...]) -> Iterator[Article]:
    found = [
        a
        for a in corpus.articles(langs)
        if split_of(a.source, a.number) == split and (not sources or a.source in sources)
    ]
    seeded("harm", split, *langs).shuffle(found)
    return iter(found)


def _prose(split: str, gap: str, langs: tuple[str, ...], sources: tuple[str, ...]) -> Iterator[str]:
    for a in _articles(split, langs, sources):
        kept = [b.text for b in a.blocks if b.kind in ("heading", "byline", "paragraph")]
        if kept:
            yield gap.join(kept) + "\n"


def _lined(split: str, kind: str) -> Iterator[str]:
    for a in _articles(split, ("zh-Hans", "zh-Hant", "ja", "ko", "en"), ()):
        kept = [b.text for b in a.blocks if b.kind == kind]
        if kept:
            yield "\n\n".join(kept) + "\n"


def _python() -> Iterator[str]:
    folder = pathlib.Path(sysconfig.get_path("stdlib"))
    names = sorted(p for p in folder.glob("*.py") if p.stat().st_size < 40_000)
    seeded("python").shuffle(names)
    for path in names:
        yield path.read_text(encoding="utf-8")


def _urls() -> Iterator[str]:
    seen: set[str] = set()
    for a in corpus.articles():
        for b in a.blocks:
            found = [u for u in re.findall(r"https?://[!-~]+", b.text) if u not in seen]
            seen.update(found)
            if found:
                yield "".join(f"{u}\n" for u in found)


def _markdown() -> Iterator[str]:
    for dist in sorted(importlib.metadata.distributions(), key=lambda d: str(d.metadata["Name"])):
        text = str(dist.metadata.json.get("description", "")) if dist.metadata["Description-Content-Type"] else ""
        if isinstance(text, str) and "markdown" in str(dist.metadata["Description-Content-Type"]) and len(text) > 500:
            yield text
