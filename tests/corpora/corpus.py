"""Corpora to run on, and ways to look at what came out."""

from __future__ import annotations

import gzip
import json
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from textfix import Normalizer, Pipeline
from textfix import normalizers as n
from textfix.document import Document
from textfix.engine import Editor

# Without the normalizers that measure the layout: what they do is tested elsewhere, and is slow to load.
PIPELINE = Pipeline([n.Newlines(), n.Invisible(), n.Compatibility(), n.Punctuation()])

_WORDS = [
    "城西区",
    "推进,",
    "２０２３年",
    "ﬁne",
    "(测试)",
    "你好!",
    "a b",
    "⼈⺠",
    "\\",
    '"quoted"',
    "\t",
    "😀",
    "\u200b",
]


def text_of(number: int, words: int = 40) -> str:
    """Return a text that differs from all others and needs repair."""
    drawn = random.Random(number)
    return f"第{number}条,{''.join(drawn.choice(_WORDS) for _ in range(words))}"


def json_lines(count: int, *, first: int = 0, words: int = 40) -> bytes:
    """Return JSON Lines written in all the ways that there are."""
    rows = []
    for number in range(first, first + count):
        row = {"id": number, "text": text_of(number, words), "meta": {"text": "不动,", "n": [1, 2.50, None]}}
        separators = (",", ":") if number % 3 else None
        rows.append(json.dumps(row, ensure_ascii=number % 2 == 0, separators=separators))
    return ("\n".join(rows) + "\n").encode()


def make(root: Path, *, parquet: bool = True) -> Path:
    """Make a corpus with every kind of file."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "sub").mkdir(exist_ok=True)
    (root / "lines.jsonl").write_bytes(json_lines(300))
    (root / "sub" / "lines.jsonl.gz").write_bytes(gzip.compress(json_lines(200, first=1000), mtime=0))
    for number in range(20):
        (root / "sub" / f"{number:02}.txt").write_bytes(
            text_of(number).encode("gb18030" if number % 5 == 1 else "utf-8")
        )
    (root / "page.md").write_text("# 标题\n\n`code,` 你好,世界\n", "utf-8", newline="")
    (root / "windows.txt").write_bytes("你好,\r\n世界!\r\n".encode())
    (root / "picture.png").write_bytes(b"\x89PNG")
    if parquet:
        pa = pytest.importorskip("pyarrow")
        pq = pytest.importorskip("pyarrow.parquet")

        table = pa.table({"id": range(400), "text": [text_of(i) if i % 7 else None for i in range(400)]})
        pq.write_table(table, root / "rows.parquet", row_group_size=50, compression="zstd")
    return root


def tree(root: Path) -> dict[str, bytes]:
    """Return what lies below a directory, without what the run notes down for itself."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith(".textfix/"):
            found[name] = path.read_bytes()
    return found


def rows(root: Path, name: str) -> list[dict[str, object]]:
    """Return the objects in the parts of one file of JSON Lines, in order."""
    data = b"".join(content for path, content in tree(root).items() if Path(path).name.startswith(name))
    return [json.loads(line) for line in data.decode().splitlines() if line.strip()]


class Deadly(Normalizer):
    """Kills its process on meeting a skull: always, or once for each file of a name in the variable."""

    name = "deadly"

    def prepare(self, documents: Sequence[Document]) -> None:
        if any("☠" in document.text for document in documents):
            once = os.environ.get("TEXTFIX_TEST_ONCE")
            if once and os.path.exists(once):
                return
            if once:
                Path(once).touch()
            os.kill(os.getpid(), 9)

    def propose(self, document: Document, editor: Editor) -> None:
        pass


class Failing(Normalizer):
    """Raises on meeting a skull."""

    name = "failing"

    def propose(self, document: Document, editor: Editor) -> None:
        if "☠" in document.text:
            raise RuntimeError("a skull")


class Slow(Normalizer):
    """Takes its time."""

    name = "slow"

    def propose(self, document: Document, editor: Editor) -> None:
        time.sleep(0.005)
