"""A small typesetter: blocks of prose in, the lines of a plain-text dump out, with the truth of every boundary.

It models what decides where lines end (measure, width of marks, kinsoku, fitting, indents) and what a dump loses or
adds (indents, blank lines, page marks, running heads, fragments at squeezed marks), not how a page looks.
"""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field

WRAP, BREAK, UNKNOWN = 0, 1, -1

NON_STARTER = set("，。、；：！？）》」』〉】〕”’%％…—,.;:!?)]}")
OPENERS = set("（《「『〈【〔“‘([{")
PAUSES = set("，、；：（）《》〈〉“”‘’「」『』")
STOPS = set("。！？")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,:/\\_@#%&+=~'’-]*|[\uac00-\ud7a3]+|\s+|.", re.S)
_TIMES = {}
for _w, _letters in {
    0.56: "ijlt/|.,:;'",
    0.69: "frsIJ-()[]!`",
    0.88: "acez?",
    1.0: "bdghknopquvxy0123456789",
    1.2: "FPSELTZ+=<>",
    1.36: "BCRwAKVXYGHNDUOQ&",
    1.56: "mM",
}.items():
    for _ch in _letters:
        _TIMES[_ch] = _w


@dataclass
class Style:
    """How one document is set and dumped."""

    marks: str = "full"  # full | half | kaiming | end
    proportional: bool = False
    blank: float = 1.0
    kinsoku: bool = True
    fit: str = "out"  # out | in | hang
    compress: float = 0.0  # chance that a full line takes one more character by squeezing its marks
    break_words: bool = False
    hangul_break: bool = False
    hyphenate: float = 0.0
    indent: int = 4  # first-line indent in cells
    indent_text: str | None = None  # how the dump shows it; None: lost
    line_indent: str = ""  # on every line
    hanging: int = 0  # indent of continuation lines of items
    hanging_shown: bool = False
    paragraph_blank: float = 0.0  # chance of a blank line between paragraphs
    heading_blank: float = 0.5
    after_heading: float = 0.5  # chance of a blank line below a heading
    loose_paragraph: float = 0.0  # chance that a blank line is missing or too many, page by page
    column: int = 0  # lines to a column or page
    column_mark: str = "blank"  # blank | feed | number | head | none
    double: bool = False
    fragment: float = 0.0
    fragment_placed: bool = False  # a fragment keeps its place on the line, by blanks in front
    drop_stop: float = 0.0
    trailing: float = 0.0
    footnotes: float = 0.0
    head: str = ""


@dataclass
class Page:
    """Lines of the dump; ``truth[i]`` tells the boundary above line i, for lines that are not blank."""

    rows: list[str] = field(default_factory=list)
    truth: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    page_number: int = 1
    on_page: int = 0

    def add(self, text: str, truth: int, kind: str) -> None:
        self.rows.append(text)
        self.truth.append(truth)
        self.kinds.append(kind)

    def blank(self, count: int = 1) -> None:
        for _ in range(count):
            self.rows.append("")
            self.truth.append(UNKNOWN)
            self.kinds.append("")

    def document(self) -> tuple[str, list[int], list[str]]:
        rows, truth, kinds = [], [], []
        for row, t, k in zip(self.rows, self.truth, self.kinds):
            rows.append(row)
            if row.strip():
                truth.append(t)
                kinds.append(k)
        return "\n".join(rows), truth, kinds


def width_of(text: str, style: Style) -> float:
    return sum(_width(ch, style) for ch in text)


def _width(ch: str, style: Style) -> float:
    if ch in PAUSES:
        if style.marks in ("half", "kaiming"):
            return 1.0
    elif ch in STOPS and style.marks == "half":
        return 1.0
    code = ord(ch)
    if code < 0x2000:
        if ch == " ":
            return style.blank
        return _TIMES.get(ch, 1.0) if style.proportional else 1.0
    if ch == "\u3000":
        return 2.0
    return 2.0 if unicodedata.east_asian_width(ch) in "WFA" else 1.0


def fill(text: str, style: Style, measure: float, first: float, rest: float, rng: random.Random) -> list[str]:
    """Break a paragraph into lines; *first* and *rest* are the indents that narrow them."""
    if style.break_words:
        tokens = list(text)
    else:
        tokens = []
        for token in _TOKEN.findall(text):
            if style.hangul_break and "\uac00" <= token[0] <= "\ud7a3":
                tokens.extend(token)
            else:
                tokens.append(token)
    lines: list[str] = []
    line, used = "", 0.0
    room = measure - first
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if not line and token.isspace():
            i += 1
            continue
        w = width_of(token, style)
        slack = 0.0
        if style.marks == "end" and token[-1] in PAUSES | STOPS:
            slack = 1.0
        if used + w <= room + slack + 1e-6:
            line += token
            used += w
            i += 1
            continue
        if not line:  # longer than the line: cut anywhere
            take = max(1, int(room))
            tokens[i : i + 1] = [token[:take], token[take:]]
            continue
        if token.isspace():
            i += 1
            lines.append(line)
            line, used, room = "", 0.0, measure - rest
            continue
        if style.kinsoku and token[0] in NON_STARTER and len(token) <= 2:
            if (style.fit == "hang" and token[0] in "，。、,.") or (style.fit == "in" and used + w <= room + 2.2):
                line += token
                i += 1
            else:
                back = i - 1
                while back > 0 and tokens[back][0] in NON_STARTER:
                    back -= 1
                moved = "".join(tokens[back:i])
                if back > 0 and len(moved) < len(line.rstrip()) and line.endswith(moved):
                    line = line[: len(line) - len(moved)]
                    i = back
        elif (
            style.compress
            and rng.random() < style.compress
            and sum(ch in PAUSES | STOPS for ch in line) >= 2
            and w <= 2
        ):
            line += token
            i += 1
        elif (
            style.hyphenate
            and token.isalpha()
            and token.isascii()
            and len(token) > 5
            and rng.random() < style.hyphenate
        ):
            keep = int(room - used) - 1
            if 2 <= keep <= len(token) - 3:
                line += token[:keep] + "-"
                tokens[i] = token[keep:]
        while style.kinsoku and len(line) > 1 and line[-1] in OPENERS and i > 0:
            line = line[:-1]
            i -= 1
            while i > 0 and tokens[i] != "" and tokens[i][-1] not in OPENERS:
                i -= 1
        lines.append(line.rstrip())
        line, used, room = "", 0.0, measure - rest
        if len(lines) > 4000:
            break
    if line.strip():
        lines.append(line.rstrip())
    return [x for x in lines if x.strip()]


def fragments(lines: list[str], style: Style, rng: random.Random) -> list[str]:
    """Cut printed lines after (or before) squeezed marks, as extractors do."""
    out = []
    for line in lines:
        cuts = [m.start() for m in re.finditer(r"[，。、；：）（“”《》]", line)]
        if cuts and rng.random() < style.fragment:
            at = rng.choice(cuts)
            at += line[at] not in "（“《" and rng.random() < 0.7
            if 1 <= at <= len(line) - 1:
                blanks = " " * int(width_of(line[:at], style)) if style.fragment_placed and rng.random() < 0.7 else ""
                out += [line[:at], blanks + line[at:]]
                continue
        out.append(line)
    return out


def set_block(
    page: Page, kind: str, text: str, style: Style, measure: float, rng: random.Random, last_kind: str
) -> None:
    """Set one block onto the page."""
    if style.drop_stop and text[-1:] in "。！？" and rng.random() < style.drop_stop:
        text = text[:-1]
    if page.rows and page.rows[-1] != "":
        chance = style.paragraph_blank
        if last_kind in ("heading", "byline"):
            chance = style.after_heading
        elif kind in ("heading", "byline"):
            chance = max(chance, style.heading_blank)
        elif rng.random() < style.loose_paragraph:
            chance = 1 - chance
        if kind == "item" and last_kind == "item":
            chance = style.paragraph_blank * 0.5
        if rng.random() < chance:
            page.blank(1 + (rng.random() < 0.06))
    if kind in ("verse", "code", "table"):
        for row in text.split("\n"):
            if row.strip():
                _emit(page, style.line_indent + row, BREAK, kind, style, rng)
            else:
                page.blank()
        return
    first = style.indent if kind == "paragraph" else 0
    rest = style.hanging if kind == "item" else 0
    if kind == "heading" and width_of(text, style) > 0.7 * measure and rng.random() < 0.3:
        # A headline set in larger type: a narrower measure of its own.
        lines = fill(text, style, max(8, measure * rng.uniform(0.45, 0.9)), 0, 0, rng)
    else:
        lines = fill(text, style, measure, first, rest, rng)
    if style.fragment and kind in ("paragraph", "item"):
        lines = fragments(lines, style, rng)
    centre = kind == "heading" and style.indent_text is not None and rng.random() < 0.4
    for at, line in enumerate(lines):
        shown = style.line_indent
        if at == 0 and kind == "paragraph" and style.indent_text is not None:
            shown += style.indent_text
        elif at and kind == "item" and style.hanging_shown:
            shown += " " * style.hanging
        elif centre:
            shown += " " * max(0, int((measure - width_of(line, style)) / 2))
        note = style.footnotes and at and rng.random() < style.footnotes
        if note:
            text_ = rng.choice(
                [
                    "① 参见《全集》第2卷。",
                    "[12] 同上书，第33页。",
                    "图3 系统的总体结构",
                    "表1 各年产量对比",
                    "注：数据来自统计局。",
                    "1 See chapter two.",
                ]
            )
            if rng.random() < 0.5:
                page.blank()
            page.add(text_, BREAK, "furniture")
            if rng.random() < 0.5:
                page.blank()
        _emit(
            page,
            shown + line + (" " if rng.random() < style.trailing else ""),
            BREAK if at == 0 or note else WRAP,
            kind,
            style,
            rng,
        )


def _emit(page: Page, row: str, truth: int, kind: str, style: Style, rng: random.Random) -> None:
    if style.column and page.on_page >= style.column and page.rows:
        page.on_page = 0
        page.page_number += 1
        mark = style.column_mark
        if mark == "mixed":
            mark = rng.choice(["blank", "blank", "number", "head", "none"])
        if mark == "blank":
            page.blank()
        elif mark == "feed":
            row = "\f" + row
        elif mark in ("number", "head"):
            gap = rng.random() < 0.6
            if gap:
                page.blank()
            n = page.page_number
            number = rng.choice([str(n), f"- {n} -", f"第{n}页", f"{n} / 223", f"· {n} ·"])
            texts = [number] if mark == "number" else [number, style.head] if rng.random() < 0.5 else [style.head]
            for k, text in enumerate(texts):
                page.add(("\f" if k and rng.random() < 0.5 else "") + text, BREAK, "furniture")
            if gap:
                page.blank()
            truth = BREAK
    page.add(row, truth, kind)
    page.on_page += 1
    if style.double:
        page.blank()
