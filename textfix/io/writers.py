"""Writers: a result as text, as JSON Lines with one block a line, as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from textfix.patterns import pattern
from textfix.result import Block, Result

__all__ = ["FORMATS", "render"]

#: What can be written, with the suffix of its files (None: the source's own).
FORMATS: dict[str, str | None] = {"text": None, "jsonl": ".jsonl", "markdown": ".md"}

# What Markdown would take for markup inside a line; an underscore between letters is none.
_INLINE = pattern(r"[\\`*<\[]|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#?\w+;)")
# The same at the start of a line: headings, quotes, rules, bullets, numbers of items.
_LEADING = pattern(r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|\d{1,9}(?=[.)](?:\s|$)))")
_BULLET = pattern(r"[•●○■□◆◇▪▫◦‣⁃∙・·][ \t\u3000]*")


def render(result: Result, form: str, *, source: str, separator: str | None = None, markup: str = "plain") -> str:
    """Return the clean text in a form of `FORMATS`; `source` is the file's name.

    text      the clean text as it is; with a `separator`, its blocks with that between them
    jsonl     one JSON object for each block: source, kind, text, start and end in the clean text, source_start and
              source_end in the source, score; all offsets are code points
    markdown  blocks with blank lines between them, headings as headings, verse with hard breaks, tables as code; what
              Markdown would take for markup is escaped, unless `markup` says that the source is Markdown
    """
    if form == "jsonl":
        return "".join(line + "\n" for line in _json_lines(result, source))
    if form == "markdown":
        escape = markup != "markdown"
        blocks = [_markdown(block, escape) for block in result.blocks if block.kind != "furniture"]
        return "\n\n".join(blocks) + "\n" if blocks else ""
    if separator is not None:
        blocks = [block.text for block in result.blocks]
        return separator.join(blocks) + "\n" if blocks else ""
    return result.text


def _json_lines(result: Result, source: str) -> Iterator[str]:
    for kind, text, start, end, score in result.blocks:
        low, high = result.source_span(start, end)
        row = {"source": source, "kind": kind, "text": text, "start": start, "end": end}
        row |= {"source_start": low, "source_end": high, "score": round(score, 4)}
        yield json.dumps(row, ensure_ascii=False)


def _markdown(block: Block, escape: bool) -> str:
    text = block.text
    if block.kind == "table":
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        return f"{fence}\n{text}\n{fence}"
    lines = [_escaped(line) for line in text.split("\n")] if escape else text.split("\n")
    if block.kind == "heading":
        return "## " + " ".join(line.strip() for line in lines)
    if block.kind == "verse":
        return "\\\n".join(lines)
    if block.kind == "item" and escape:
        lines[0] = _BULLET.sub("- ", lines[0], count=1) if _BULLET.match(lines[0]) else lines[0]
    return "\n".join(lines)


def _escaped(line: str) -> str:
    # Leading blanks would make code of a line.
    line = _INLINE.sub(r"\\\g<0>", line.strip())
    found = _LEADING.match(line)
    if not found:
        return line
    if found[0].isdigit():
        return f"{found[0]}\\{line[found.end() :]}"
    return "\\" + line
