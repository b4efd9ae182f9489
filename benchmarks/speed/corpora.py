"""The texts that are timed: the seeds, which need repair, and prose by others, which needs none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality import corpus
from benchmarks.quality.model import Article

__all__ = ["NAMES", "Corpus", "load"]

_SEEDS = Path(__file__).parents[2] / "seeds"


class Corpus(NamedTuple):
    """Documents of one kind; `size` is their UTF-8 in bytes."""

    name: str
    markup: str
    documents: list[str]
    size: int


def load(name: str, megabytes: float) -> Corpus:
    """Return the corpus of that name, of about that size; without documents where its sources are not set up."""
    markup, make = _KINDS[name]
    documents: list[str] = []
    size = 0
    for document in make(megabytes):
        documents.append(document)
        size += len(document.encode())
        if size >= megabytes * 1e6:
            break
    return Corpus(name, markup, documents, size)


def _seed_texts() -> list[str]:
    return [path.read_bytes().decode("utf-8") for path in sorted(_SEEDS.glob("*.txt"))]


def _seeds(megabytes: float) -> Iterator[str]:
    texts = _seed_texts()
    while True:
        # Other objects each time, as documents of a corpus are: nothing may be remembered by identity.
        yield from ("".join([text[:1], text[1:]]) for text in texts)


def _one_document(megabytes: float) -> Iterator[str]:
    both = "\n".join(_seed_texts())
    yield "\n".join([both] * max(1, round(megabytes * 1e6 / len(both.encode()))))


def _prose(megabytes: float) -> Iterator[str]:
    for article in corpus.articles(("zh-Hans",)):
        if article.source in ("rmrb1998", "sanguo"):
            yield "\n\n".join(
                block.text for block in article.blocks if block.kind in ("heading", "byline", "paragraph")
            )


def _lines(megabytes: float) -> Iterator[str]:
    """A paragraph a line, as text taken from web pages comes."""
    for article in corpus.articles(("zh-Hans", "zh-Hant")):
        blocks = [" ".join(block.text.split()) for block in article.blocks if block.kind in ("heading", "paragraph")]
        if blocks:
            yield "\n".join(blocks)


def _markdown(megabytes: float) -> Iterator[str]:
    for article in corpus.articles(("zh-Hans", "zh-Hant")):
        if any(block.kind in ("code", "item") for block in article.blocks):
            yield _as_markdown(article)


def _as_markdown(article: Article) -> str:
    shapes: dict[str, Callable[[str], str]] = {
        "heading": "## {}".format,
        "item": "- {}".format,
        "code": "```\n{}\n```".format,
        "verse": lambda text: text.replace("\n", "  \n"),
        "table": "```\n{}\n```".format,
    }
    return "\n\n".join(shapes.get(block.kind, str)(block.text) for block in article.blocks) + "\n"


_KINDS: dict[str, tuple[str, Callable[[float], Iterator[str]]]] = {
    "seeds, each page a document": ("plain", _seeds),
    "seeds, one document": ("plain", _one_document),
    "clean prose": ("plain", _prose),
    "clean text, a paragraph a line": ("plain", _lines),
    "Markdown": ("markdown", _markdown),
}

NAMES = tuple(_KINDS)
"""The corpora, in the order of the tables."""
