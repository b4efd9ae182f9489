"""Synthetic dumps: which blocks are put together, and how they are set, drawn at random with fixed seeds."""

from __future__ import annotations

import pathlib
import random
import re
from collections.abc import Iterator

import opencc
import sources
import typeset
from typeset import BREAK, Page, Style

Blocks = list[tuple[str, str]]
Document = tuple[str, str, list[int], list[str]]  # family, text, truth by line, kind by line

_HAN_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])")


def spaced(text: str) -> str:
    """With typesetting spaces between Han and figures or Latin words."""
    return _HAN_LATIN.sub(" ", text)


_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "国静伟芳娜敏强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰志红建华文玉梅雪松峰宇"
_PLACES = ["本报", "本报", "新华社", "通讯员", "记者", "实习生", "见习记者"]


class Library:
    """Everything there is to set, split into training and held-out halves by document."""

    def __init__(self, root: pathlib.Path, part: str) -> None:
        def share(docs: list[Blocks]) -> list[Blocks]:
            test = [d for i, d in enumerate(docs) if i % 7 == 3]
            return test if part == "test" else [d for i, d in enumerate(docs) if i % 7 != 3]

        self.news = share(sources.newspaper(root))
        self.novel = share(sources.novel(root))
        self.manual = {k: share(v) for k, v in sources.manuals(root).items()}
        verse = sources.verse(root)
        self.verse = [v for i, v in enumerate(verse) if (i % 7 == 3) == (part == "test")]
        sayings = sources.sayings(root)
        self.sayings = [v for i, v in enumerate(sayings) if (i % 7 == 3) == (part == "test")]
        code = sorted(pathlib.Path(random.__file__).parent.glob("*.py"))
        self.code = [p.read_text("utf-8", "replace") for i, p in enumerate(code) if (i % 7 == 3) == (part == "test")]
        self.traditional = opencc.OpenCC("s2t")
        self.headings = [t for d in self.news for k, t in d if k == "heading" and 4 <= len(t) <= 26]
        clauses = [
            c for d in self.news for k, t in d if k == "paragraph" for c in re.split("[，。；：、！？“”（）《》—…]", t)
        ]
        #: Short phrases by length, of which lists of sub-headings are made.
        self.phrases: dict[int, list[str]] = {}
        for clause in clauses + self.headings:
            if (
                4 <= len(clause) <= 14
                and re.fullmatch("[\u4e00-\u9fff]+", clause)
                and clause[-1] not in "的了在和与对向从把被将于以是"
            ):
                self.phrases.setdefault(len(clause), []).append(clause)
        self.paragraphs = [t for d in self.news for k, t in d if k == "paragraph" and len(t) > 12]


def byline(rng: random.Random) -> str:
    def name() -> str:
        return rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2))))

    shape = rng.random()
    if shape < 0.5:
        return (
            rng.choice(_PLACES)
            + rng.choice(["记者", "记者 ", " "]).replace("记者", "记者" if rng.random() < 0.8 else "通讯员")
            + name()
        )
    if shape < 0.7:
        return rng.choice(["作者：", "文/", "图/", "摄影/", "（", "编辑 ", "责编："]) + name()
    if shape < 0.85:
        return f"本报记者 {name()} {name()}"
    return f"（{name()}）" if rng.random() < 0.5 else name()


def heading_list(lib: Library, rng: random.Random) -> Blocks:
    """Sub-headings one below the other, often of one length."""
    size, spread = rng.randint(5, 12), rng.choice([0, 0, 1, 2])
    if rng.random() < 0.2:
        return [("heading", rng.choice(lib.headings)[:24]) for _ in range(rng.randint(2, 6))]
    return [
        ("heading", rng.choice(lib.phrases[min(14, max(4, size + rng.randint(-spread, spread)))]))
        for _ in range(rng.randint(2, 6))
    ]


def newspaper(lib: Library, rng: random.Random) -> Document:
    """A page of articles in columns of several measures."""
    style = Style(
        marks=rng.choices(["half", "full", "kaiming", "end"], [4, 4, 2, 1])[0],
        blank=rng.choice([1.0, 0.5, 0.0]),
        kinsoku=rng.random() < 0.93,
        fit=rng.choice(["out", "out", "in", "hang"]),
        compress=rng.choice([0, 0, 0.1, 0.3]),
        break_words=rng.random() < 0.12,
        indent=rng.choices([4, 2, 0], [8, 1, 1])[0],
        indent_text=rng.choices([None, "\u3000\u3000", "    ", "  "], [8, 2, 1, 1])[0],
        paragraph_blank=rng.choice([0, 0, 0.3, 0.6, 0.9, 1.0]),
        heading_blank=rng.choice([0, 0.5, 1.0]),
        after_heading=rng.choice([0, 0.2, 0.5, 1.0]),
        loose_paragraph=rng.choice([0, 0, 0.05, 0.15]),
        column=rng.choice([0, 7, 12, 12, 20, 31, 45]),
        column_mark=rng.choices(["blank", "none", "number", "mixed"], [7, 2, 1, 1])[0],
        trailing=rng.choice([0, 0, 0.3]),
        fragment=rng.choices([0, 0.04, 0.2], [12, 1, 1])[0],
        drop_stop=rng.choice([0, 0, 0, 0.05, 0.3]),
        head=rng.choice(lib.headings),
    )
    if style.indent == 0 and rng.random() < 0.8:
        style.paragraph_blank = 1.0
    if rng.random() < 0.3:  # text frames extracted one by one: all blocks apart, and frames cut in mid-sentence
        style.paragraph_blank, style.heading_blank, style.indent, style.indent_text = (
            rng.choice([0.9, 0.97, 1.0]),
            1.0,
            4,
            None,
        )
        style.after_heading, style.loose_paragraph = rng.choice([0, 0.3, 0.9]), rng.choice([0, 0.03])
        style.column, style.column_mark = rng.randint(8, 14), "blank"
    page = Page()
    run_in = rng.choice([0, 0, 0, 0.5])
    traditional = rng.random() < 0.2
    measure = rng.choice([14, 16, 18, 20, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 56, 60, 70])
    last = ""
    convert = lib.traditional.convert if traditional else str
    loose = rng.choice([0, 0, 0, 0.3, 1.0])
    # Extractors give text frames in the order of the file: a page may be a mosaic of short pieces of many measures.
    mosaic = rng.random() < 0.5
    for _ in range(rng.randint(5, 18) if mosaic else rng.randint(1, 5)):
        if mosaic or rng.random() < 0.7:
            measure = max(
                12,
                rng.choice(
                    [
                        measure,
                        measure,
                        measure + rng.choice([-12, -8, -4, -2, 2, 4, 6, 10, 16]),
                        rng.choice([20, 24, 28, 34, 36, 50]),
                    ]
                ),
            )
        fine = measure + rng.choice([0, 0, 0.5, 1])
        article = list(rng.choice(lib.news))
        if len(article) < 3 or rng.random() < 0.3:
            at = rng.randrange(len(lib.paragraphs) - 9)
            article += [("paragraph", t) for t in lib.paragraphs[at : at + rng.randint(1, 7)]]
        if rng.random() < 0.2:  # a page of short paragraphs, a sentence or two each
            article = [
                (k, "".join(re.split(r"(?<=[。！？])", t)[: rng.choice((1, 1, 2))]) if k == "paragraph" else t)
                for k, t in article
            ]
        if rng.random() < 0.15:  # a box: short paragraphs, each with its list of sub-headings
            article = []
            for _ in range(rng.randint(2, 6)):
                text = rng.choice(lib.paragraphs)
                article.append(("paragraph", text[: rng.randint(20, 90)].rsplit("，", 1)[0].rstrip("，。") + "。"))
                article += heading_list(lib, rng)
            measure = rng.choice([20, 24, 26, 28, 30, 32])
        if rng.random() < 0.15:
            article.insert(rng.randrange(len(article) + 1), ("heading", rng.choice(lib.headings)))
        blocks: Blocks = []
        for kind, text in article:
            if rng.random() < 0.06:
                blocks += heading_list(lib, rng)
            if rng.random() < 0.05:
                blocks.append(("byline", byline(rng)))
            if rng.random() < 0.04:
                sentence = re.split(r"(?<=。)", text)[0]
                blocks.append(("paragraph", sentence))
            if rng.random() < 0.03:
                lead = rng.choice(["这一年", "第一站——", "从", "一是", "我们要", "坚持"])
                blocks += [("heading", lead + "，" + rng.choice(lib.headings)[:12]) for _ in range(rng.randint(3, 6))]
            if rng.random() < 0.01:
                blocks.append(("paragraph", "……"))
            if kind == "paragraph" and len(text) > 300 and rng.random() < 0.6:
                text = text[: rng.randint(60, 300)].rsplit("，", 1)[0] + "。"
            blocks.append((kind, text))
        if rng.random() < 0.4:
            blocks.insert(min(len(blocks), rng.randint(0, 3)), ("byline", byline(rng)))
        if mosaic:
            at = rng.randrange(len(blocks))
            blocks = blocks[at : at + rng.randint(1, 4)]
        for kind, text in blocks:
            if kind == "paragraph" and rng.random() < run_in:  # a bold head with nothing between it and the sentence
                text = rng.choice(lib.phrases[rng.randint(5, 9)]) + text
            text = convert(text)
            if loose and rng.random() < loose:
                text = spaced(text)
            typeset.set_block(page, kind, text, style, fine, rng, last)
            last = kind
    return ("newspaper", *page.document())


def old_newspaper(lib: Library, rng: random.Random) -> Document:
    """A newspaper of the 1920s and 30s: a character grid, nearly every mark a 、, articles apart by blank lines."""
    style = Style(
        marks="full",
        kinsoku=False,
        break_words=True,
        indent=rng.choice([0, 0, 0, 2, 4]),
        indent_text=rng.choice([None, "\u3000"]),
        heading_blank=0.1,
        after_heading=0.05,
        drop_stop=rng.choice([0.3, 0.8]),
        footnotes=0.0,
    )
    page = Page()
    convert = lib.traditional.convert
    pause = str.maketrans("，。；：", "、、、、" if rng.random() < 0.6 else "，、、、")
    rare = rng.choice([0.0, 0.1, 0.3])
    for _ in range(rng.randint(3, 12)):
        measure = 2 * rng.choice([7, 8, 8, 9, 10, 11, 12, 13, 16, 18, 22, 26, 30, 33])
        if page.rows and rng.random() < 0.8:
            page.blank()
        source = rng.choice(lib.news if rng.random() < 0.5 else lib.novel)
        heads = [t for k, t in source if k == "heading"][: rng.randint(1, 3)] or [rng.choice(lib.headings)]
        # Headlines run over several lines of their own width and are one block.
        size = 2 * rng.randint(4, 14)
        joined = rng.random() < 0.6
        for at, head in enumerate(heads):
            for k, row in enumerate(typeset.fill(convert(head).translate(pause), style, size, 0, 0, rng)):
                typeset._emit(page, row, typeset.WRAP if (k or (at and joined)) else BREAK, "heading", style, rng)
        if rng.random() < 0.4:
            page.add(f"（{byline(rng)[-2:]}）", BREAK, "byline")
        last = "heading"
        bodies = [t for k, t in source if k == "paragraph"]
        at = rng.randrange(max(1, len(bodies) - 3))
        for text in bodies[at : at + rng.randint(1, 4)]:
            text = "".join(
                ch.translate(pause) if rng.random() > rare else ch for ch in convert(text[: rng.randint(40, 500)])
            )
            text = text.rstrip("、，") + "、" if rng.random() < 0.7 else text
            typeset.set_block(page, "paragraph", text.replace("“", "『").replace("”", "』"), style, measure, rng, last)
            last = "paragraph"
    return ("old", *page.document())


def book(lib: Library, rng: random.Random, language: str) -> Document:
    """Book pages, reports and manuals: one wide measure, page furniture, lists."""
    western = language == "en"
    korean = language == "ko"
    style = Style(
        marks="full" if western or korean else rng.choices(["full", "end", "kaiming", "half"], [7, 3, 1, 1])[0],
        proportional=rng.random() < (0.6 if western else 0.4),
        blank=rng.choice([1.0, 0.5, 0.5]),
        kinsoku=rng.random() < 0.92,
        fit=rng.choice(["out", "in", "hang"]),
        compress=rng.choice([0, 0, 0.1]),
        break_words=False if western else rng.random() < 0.06,
        hangul_break=rng.random() < 0.4,
        hyphenate=rng.choice([0, 0.3]) if western else 0,
        indent=rng.choice([4, 4, 4, 0, 2]),
        indent_text=rng.choices([None, "\u3000\u3000", "    ", "  "], [8, 2, 1, 1])[0],
        line_indent=rng.choices(["", "    ", "  ", "\u3000"], [10, 1, 1, 1])[0],
        hanging=rng.choice([0, 2, 3, 4]),
        hanging_shown=rng.random() < 0.35,
        paragraph_blank=rng.choice([0, 0, 0.1, 0.5, 1.0]),
        heading_blank=rng.choice([0, 0.5, 1.0]),
        after_heading=rng.choice([0, 0.2, 0.5, 1.0]),
        loose_paragraph=rng.choice([0, 0, 0.05]),
        column=rng.choice([0, 18, 26, 32, 40]),
        column_mark=rng.choice(["blank", "feed", "number", "head", "none", "mixed"]),
        double=rng.random() < 0.05,
        fragment=rng.choices([0, 0.04, 0.15, 0.4], [8, 1, 1, 1])[0],
        fragment_placed=rng.random() < 0.3,
        drop_stop=rng.choice([0, 0, 0, 0.1, 0.3]),
        trailing=rng.choice([0, 0, 0.2, 1.0]),
        footnotes=rng.choice([0, 0, 0.02]),
        head=rng.choice(lib.headings),
    )
    if style.indent == 0 and rng.random() < 0.7:
        style.paragraph_blank = 1.0
    if style.double:
        style.paragraph_blank = 0
    page = Page()
    measure = (
        rng.uniform(40, 100)
        if western
        else rng.choice([40, 44, 48, 52, 56, 60, 64, 66, 68, 70, 72, 74, 76, 78, 80, 84, 90])
        + rng.choice([0, 0, 0.5, 1])
    )
    if western and not style.proportional:
        measure = float(round(measure))
    docs = {"novel": lib.novel, "news": lib.news}.get(language) or lib.manual[language]
    doc = rng.choice(docs)
    at = rng.randrange(max(1, len(doc) - 20))
    blocks = doc[at : at + rng.randint(6, 45)]
    while len(blocks) < 6:
        blocks = blocks + rng.choice(docs)
    convert = lib.traditional.convert if language in ("novel", "news", "zh-cn") and rng.random() < 0.2 else str
    last = ""
    loose = rng.random() < 0.25
    number = 0
    marker = rng.choice(["• ", "· ", "- ", "{}. ", "{}、", "（{}）", "({}) ", "● ", "– "])
    for kind, text in blocks:
        if kind == "cell":
            kind = "table"
        elif kind == "item":
            number += 1
            text = marker.format(number) + text
        else:
            number = 0
        if len(text) > 1500:
            text = text[:1500]
        if loose and kind != "code":
            text = spaced(text)
        typeset.set_block(page, kind, convert(text), style, measure, rng, last)
        last = kind
        if rng.random() < 0.02:
            typeset.set_block(page, "verse", _verse(lib, rng), style, measure, rng, last)
            last = "verse"
        if rng.random() < 0.02:
            typeset.set_block(page, "table", table(lib, rng), style, measure, rng, last)
            last = "table"
    return ("book-" + language, *page.document())


def etext(lib: Library, rng: random.Random) -> Document:
    """Hard-wrapped e-text: indents kept, blank lines between paragraphs or none."""
    language = rng.choice(["novel", "news", "zh-cn", "zh-tw", "ja"])
    style = Style(
        marks="full",
        kinsoku=rng.random() < 0.5,
        fit="out",
        break_words=rng.random() < 0.5,
        indent=4,
        indent_text="\u3000\u3000" if rng.random() < 0.7 else "    ",
        paragraph_blank=rng.choice([0, 1.0]),
        heading_blank=1.0,
        hanging=4,
        hanging_shown=True,
        line_indent=rng.choice(["", "", "    "]),
        double=rng.random() < 0.1,
    )
    if rng.random() < 0.25:
        style.indent, style.indent_text, style.paragraph_blank = 0, None, 1.0
    if style.double:
        style.paragraph_blank = 0.0
    page, last = Page(), ""
    docs = {"novel": lib.novel, "news": lib.news}.get(language) or lib.manual[language]
    measure = rng.choice([60, 64, 66, 68, 70, 72, 74, 76, 78, 80])
    number = 0
    loose = rng.random() < 0.3
    for kind, block in rng.choice(docs)[: rng.randint(5, 40)]:
        if kind == "cell":
            kind = "table"
        if kind == "item" or (kind == "paragraph" and rng.random() < 0.1):
            number += 1
            kind, block = "item", f"{number}{rng.choice(['. ', '、', '. '])}{block}"
        if loose and kind != "code":
            block = spaced(block)
        typeset.set_block(page, kind, block[:1200], style, measure, rng, last)
        last = kind
    text, truth, kinds = page.document()
    return "etext", text, truth, kinds


def terminal(lib: Library, rng: random.Random) -> Document:
    """A manual as a text browser or man prints it: nested indents on every line, bullets that hang, code between."""
    language = rng.choices(["zh-cn", "zh-tw", "ja", "en", "ko"], [4, 3, 2, 2, 1])[0]
    style = Style(marks="full", kinsoku=rng.random() < 0.3, fit="out", hangul_break=rng.random() < 0.3)
    width = rng.choice([64, 68, 70, 72, 72, 76, 78, 80])
    base = rng.choice([0, 2, 4, 4, 4, 7])
    bullet = rng.choice(["• ", "* ", "- ", "o ", "+ "])
    deeper = rng.choice([2, 2, 4])
    gap = rng.random() < 0.85
    page = Page()
    doc = rng.choice(lib.manual[language])
    heads = [t for k, t in doc if k == "heading"][:30]
    if heads and rng.random() < 0.4:
        for head in heads:
            page.add(
                " " * (4 * min(2, head.split(" ")[0].count(".") - 1) if "." in head[:6] else 0) + head, BREAK, "item"
            )
        page.blank()
    at = rng.randrange(max(1, len(doc) - 30))
    last, number = "", 0
    for kind, text in doc[at : at + rng.randint(8, 60)]:
        left = base
        if kind == "heading":
            left = rng.choice([0, base])
        marker = ""
        if kind == "item":
            number += 1
            left = base + deeper
            marker = bullet if bullet != "+ " else f"{number}. "
        else:
            number = 0
        if kind in ("code", "cell"):
            if gap:
                page.blank()
            for row in text.split("\n"):
                if row.strip():
                    page.add(" " * left + row, BREAK, "code" if kind == "code" else "table")
            last = kind
            continue
        if (
            page.rows
            and page.rows[-1]
            and (gap or kind == "heading")
            and not (kind == last == "item" and rng.random() < 0.5)
        ):
            page.blank()
        hang = len(marker)
        for k, line in enumerate(typeset.fill(text[:1500], style, width - left - hang, 0, 0, rng)):
            page.add(" " * left + (marker if k == 0 else " " * hang) + line, typeset.WRAP if k else BREAK, kind)
        last = kind
    return ("terminal", *page.document())


_UNITS = "條項款章節號頁條條"


def statute(lib: Library, rng: random.Random) -> Document:
    """Numbered notices on a character grid, hanging, full of figures that the wrap cuts."""
    measure = rng.choice([60, 62, 64, 66, 68, 70, 74, 76])
    style = Style(marks="full", kinsoku=rng.random() < 0.4, break_words=rng.random() < 0.7)
    hang = rng.choice([2, 3, 4, 4])
    lead = " " * rng.choice([0, 0, 2])
    mark = rng.choice(["{}. ", "{}.", "{}、", "（{}）"])
    convert = lib.traditional.convert if rng.random() < 0.7 else str
    blank = rng.random() < 0.2
    page = Page()
    for number in range(1, rng.randint(4, 40)):
        if blank and page.rows:
            page.blank()
        text = convert(rng.choice(lib.paragraphs))[: rng.randint(20, 110)]
        if rng.random() < 0.7:
            figures = "、".join(
                str(rng.randint(1, 500)) + (f"-{rng.randint(1, 9)}" if rng.random() < 0.2 else "")
                for _ in range(rng.randint(1, 40))
            )
            space = rng.choice(["", " ", " "])
            text += (
                f"第{space}{figures}{space}{rng.choice(_UNITS)}"
                + convert(rng.choice(lib.paragraphs))[: rng.randint(4, 40)]
            )
        text = text.rstrip("，、；：") + rng.choice(["", "", "。"])
        head = mark.format(number)
        rows = typeset.fill(text, style, measure - hang, 0, 0, rng)
        wide = max(0, int(typeset.width_of(head, style)))
        first = typeset.fill(text, style, measure - max(wide, hang), 0, 0, rng)
        if wide > hang and len(first) > 1:
            rest = text[len(first[0]) :] if text.startswith(first[0]) else ""
            rows = [first[0], *typeset.fill(rest, style, measure - hang, 0, 0, rng)] if rest else rows
        for k, row in enumerate(rows):
            page.add(
                lead + (head + " " * (hang - wide) if k == 0 else " " * hang) + row,
                typeset.WRAP if k else BREAK,
                "item",
            )
    return ("statute", *page.document())


def single(lib: Library, rng: random.Random) -> Document:
    """One to three paragraphs and nothing else."""
    style = Style(
        marks=rng.choice(["full", "half", "kaiming"]),
        kinsoku=rng.random() < 0.9,
        indent=rng.choice([0, 4, 4]),
        indent_text=rng.choice([None, None, "\u3000\u3000"]),
        paragraph_blank=rng.choice([0, 1.0]),
        break_words=rng.random() < 0.2,
    )
    measure = rng.choice([24, 28, 32, 34, 36, 40, 44, 50, 60, 70, 76])
    page, last = Page(), ""
    if rng.random() < 0.3:
        typeset.set_block(page, "heading", rng.choice(lib.headings), style, 200, rng, last)
        last = "heading"
    for _ in range(rng.choice([1, 1, 2, 3])):
        if rng.random() < 0.3:
            doc = rng.choice(lib.manual[rng.choice(["en", "ja", "zh-cn"])])
            texts = [t for k, t in doc if k == "paragraph" and len(t) > 60] or lib.paragraphs[:1]
        else:
            texts = lib.paragraphs
        typeset.set_block(page, "paragraph", rng.choice(texts)[:600], style, measure, rng, last)
        last = "paragraph"
    return ("single", *page.document())


def _verse(lib: Library, rng: random.Random) -> str:
    return rng.choice(lib.verse)


def table(lib: Library, rng: random.Random) -> str:
    """Rows of figures and names, by blanks or one cell a line."""
    rows, columns = rng.randint(3, 14), rng.randint(2, 5)
    names = [rng.choice(lib.headings)[: rng.randint(2, 8)] for _ in range(rows)]
    join = rng.choice(["  ", " ", "\t", "\n", "    ", " | "])
    out = []
    for name in names:
        cells = [name] + [
            rng.choice(
                [
                    f"{rng.randint(1, 99999):,}",
                    f"{rng.random() * 100:.2f}%",
                    f"{rng.random() * 1000:.2f}",
                    str(rng.randint(1990, 2030)),
                    "-",
                ]
            )
            for _ in range(columns - 1)
        ]
        out.append(join.join(cells))
    return "\n".join(out)


def clean(lib: Library, rng: random.Random) -> Document:
    """Text that is not wrapped at all: every boundary is a break."""
    shape = rng.randrange(10)
    rows: list[str] = []
    kinds: list[str] = []

    def put(kind: str, text: str) -> None:
        for row in text.split("\n"):
            rows.append(row)
            if row.strip():
                kinds.append(kind)

    gap = rng.random() < 0.4
    if shape in (0, 1, 2):
        language = rng.choice(["news", "news", "novel", "zh-cn", "zh-tw", "ja", "en", "ko"])
        docs = {"novel": lib.novel, "news": lib.news}.get(language) or lib.manual[language]
        for _ in range(rng.randint(1, 4)):
            for kind, text in rng.choice(docs)[:40]:
                put({"cell": "table"}.get(kind, kind), ("• " if kind == "item" else "") + text)
                if gap:
                    rows.append("")
    elif shape == 3:
        for _ in range(rng.randint(1, 8)):
            put("verse", _verse(lib, rng))
            rows.append("")
    elif shape == 4:
        for _ in range(rng.randint(1, 4)):
            put("table", table(lib, rng))
            rows.append("")
    elif shape == 5:
        source = rng.choice(lib.code).split("\n")
        at = rng.randrange(max(1, len(source) - 60))
        put("code", "\n".join(source[at : at + rng.randint(20, 120)]))
    elif shape == 6:
        size = rng.randint(4, 20)
        for _ in range(rng.randint(3, 40)):
            text = rng.choice(lib.headings)
            put("heading", text[:size] if rng.random() < 0.8 else text)
    elif shape == 7:  # sentences, one a line, as in a corpus or subtitles
        for _ in range(rng.randint(3, 12)):
            text = rng.choice(lib.paragraphs)
            for sentence in re.split(r"(?<=[。！？])" if rng.random() < 0.6 else r"(?<=[，。！？；])", text):
                if sentence.strip():
                    put("paragraph", sentence if rng.random() < 0.5 else sentence.rstrip("，。"))
    elif shape == 8:
        stamp = rng.randint(10, 23)
        for k in range(rng.randint(5, 40)):
            put(
                "code",
                f"2024-0{rng.randint(1, 9)}-1{rng.randint(0, 9)} {stamp}:{k % 60:02d}:11 "
                f"{rng.choice(['INFO', 'WARN', 'DEBUG'])} {rng.choice(lib.headings)} id={rng.randint(1, 9999)}",
            )
    else:
        doc = rng.choice(lib.manual[rng.choice(["zh-cn", "en", "ja"])])
        for kind, text in doc[:30]:
            mark = {"heading": "## ", "item": "- ", "code": "    "}.get(kind, "")
            put(kind, mark + text.replace("\n", "\n    "))
            rows.append("")
    if rng.random() < 0.25 and len(kinds) > 6:  # a scrap of it
        visible = [i for i, row in enumerate(rows) if row.strip()]
        at, size = rng.randrange(len(visible) - 5), rng.randint(2, 5)
        rows, kinds = rows[visible[at] : visible[at + size - 1] + 1], kinds[at : at + size]
    truth = [BREAK] * len(kinds)
    return "clean", "\n".join(rows), truth, kinds


def stream(root: pathlib.Path, part: str, count: int, seed: int) -> Iterator[Document]:
    """*count* documents."""
    lib = Library(root, part)
    rng = random.Random(seed)
    for _ in range(count):
        pick = rng.random()
        if pick < 0.28:
            document = newspaper(lib, rng)
        elif pick < 0.33:
            document = old_newspaper(lib, rng)
        elif pick < 0.4:
            document = terminal(lib, rng)
        elif pick < 0.43:
            document = statute(lib, rng)
        elif pick < 0.47:
            document = single(lib, rng)
        elif pick < 0.72:
            document = book(
                lib, rng, rng.choices(["novel", "news", "zh-cn", "zh-tw", "ja", "en", "ko"], [3, 4, 3, 2, 3, 3, 1])[0]
            )
        elif pick < 0.79:
            document = etext(lib, rng)
        else:
            document = clean(lib, rng)
        if len(document[2]) > 1:
            yield document
