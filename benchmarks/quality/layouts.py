"""The layouts of the benchmark. Each belongs to one split; its figures are drawn anew for every document."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .engines import rl, typ, wp, wrap
from .engines.breaking import Style
from .widened import composed, printed, printed_from_web


@dataclasses.dataclass(frozen=True)
class Layout:
    """A family of pages: which engine sets it, in which languages, from which kinds of prose.

    ``options`` draws one page look; ``overlay`` is the share of documents whose heads are faux-bold.
    """

    name: str
    split: str
    engine: str
    langs: tuple[str, ...]
    prose: tuple[str, ...]
    options: Callable[[random.Random, str], Any]
    overlay: float = 0.0
    chars: int = 5000
    keep: tuple[str, ...] = ("heading", "byline", "paragraph", "item")
    #: Longest preformatted line, in cells, that the measure takes.
    cells: int = 30


NEWS, NOVEL, MANUAL, VERSE = ("rmrb1998",), ("sanguo",), ("manual",), ("tang300", "song100", "wudaishici")
ZH, ALL = ("zh-Hans", "zh-Hant"), ("zh-Hans", "zh-Hant", "ja", "ko", "en")
#: Typst and WeasyPrint break Korean inside words, where nobody can tell whether a space belongs.
WEB = (*ZH, "ja", "en")
_PAPERS = ("城市日报", "西部晨报", "经济周刊", "环球时讯", "江南晚报", "科学新闻")


def _faces(rng: random.Random, lang: str, sets: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    faces = sets.get(lang) or _FACES[lang]
    return rng.choice(list(faces)), rng.choice(list(faces))


_FACES = {
    "zh-Hans": ("sungti", "kaiti", "zenhei"),
    "zh-Hant": ("mingti", "uming", "cwming"),
    "ja": ("ipaexm", "vlgothic"),
    "ko": ("nanum-myeongjo", "nanum-gothic"),
    "en": ("liberation-serif",),
}
_FACES_TEST = {
    "zh-Hans": ("uming", "ukai", "microhei"),
    "zh-Hant": ("ukai", "cwfs", "kaiti-tw"),
    "ja": ("ipam", "ipaexg"),
    "ko": ("unbatang", "baekmuk"),
    "en": ("liberation-sans",),
}


def _news(
    measures: Sequence[int], squeeze: Sequence[str], kinsoku: Sequence[str], faces: Mapping[str, Sequence[str]]
) -> Callable[[random.Random, str], Any]:
    def draw(rng: random.Random, lang: str) -> rl.Page:
        face, head = _faces(rng, lang, faces)
        measure = rng.choice(measures)
        paper = rng.choice(_PAPERS)
        day = f"1998年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        return rl.Page(
            face,
            head,
            lang,
            measure=measure,
            columns=rng.choice((2, 3, 4, 5)) if measure < 20 else rng.choice((2, 3)),
            lines=rng.randint(34, 64),
            size=rng.choice((8.5, 9, 9.5, 10.5)),
            gutter=rng.choice((1.2, 1.6, 2.4)),
            style=Style(rng.choice(squeeze), rng.choice(kinsoku), break_words=rng.random() < 0.3),
            indent=rng.choice(("glyph", "geometry", "geometry")),
            justify=rng.random() < 0.8,
            centred=rng.random() < 0.6,
            grow=rng.choice((1.0, 1.2, 1.4)),
            banner=rng.random() < 0.6,
            order=rng.choice(("read", "read", "shuffled", "heads-last")),
            running=rng.choice(((), (f"{paper}　{day}",), (paper, day))),
            number=rng.choice(("", "第{n}版", "{n}", "A{n:02d}版")),
            number_at=rng.choice(("head", "foot")),
            letterspace=rng.choice(("", "glyph", "space")),
            vertical_heads=rng.random() < 0.12,
            first_page=rng.choice((1, 2, 3, 5)),
        )

    return draw


def _book(
    measures: Sequence[int],
    indents: Sequence[str],
    faces: Mapping[str, Sequence[str]],
    kinsoku: Sequence[str] = ("push", "pull", "hang"),
) -> Callable[[random.Random, str], Any]:
    def draw(rng: random.Random, lang: str) -> rl.Page:
        face, head = _faces(rng, lang, faces)
        left, right = _running(rng, lang)
        return rl.Page(
            face,
            head,
            lang,
            measure=rng.choice(measures),
            columns=1,
            lines=rng.randint(22, 38),
            size=rng.choice((10, 10.5, 12)),
            leading=rng.choice((1.4, 1.6, 1.8)),
            style=Style(rng.choice(("full", "full", "kaiming")), rng.choice(kinsoku), break_words=False),
            indent=rng.choice(indents) if lang != "ko" else "geometry",
            justify=rng.random() < 0.85,
            skip=rng.choice((0, 0, 0.4)),
            centred=rng.random() < 0.7,
            banner=False,
            order="read",
            running=rng.choice(((), (left,), (left, right))),
            number=rng.choice(
                ("{n}", "- {n} -", "· {n} ·", "{n} / {total}", "第 {n} 页" if lang.startswith("zh") else "{n}", "—{n}—")
            ),
            number_at=rng.choice(("head", "foot", "foot")),
            letterspace=rng.choice(("", "", "space")),
            first_page=rng.choice((1, 1, 17, 96, 203)),
        )

    return draw


_TITLES = {
    "zh-Hans": ("系统管理手册", "章回小说选读", "年鉴·综述", "工作文集（第二卷）"),
    "zh-Hant": ("系統管理手冊", "章回小說選讀", "年鑑·綜述", "工作文集（第二卷）"),
    "ja": ("システム管理の手引き", "年報・総説", "技術文書集"),
    "ko": ("시스템 관리 안내서", "연보와 해설", "기술 문서 모음"),
    "en": ("A Handbook of Systems", "Proceedings, Volume 2", "Notes for Maintainers"),
}


def _running(rng: random.Random, lang: str) -> tuple[str, str]:
    titles = list(_TITLES[lang])
    rng.shuffle(titles)
    return titles[0], titles[1]


def _etext(cells: Sequence[int], styles: Sequence[str]) -> Callable[[random.Random, str], Any]:
    def draw(rng: random.Random, lang: str) -> wrap.Sheet:
        indent = {"en": "", "ko": " "}.get(lang, rng.choice(("　　", "　　", "    ", "")))
        blank = rng.choice((0, 1, 1)) if indent else 1
        paged = rng.random() < 0.3
        return wrap.Sheet(
            cells=rng.choice(cells),
            indent=indent,
            hang=rng.choice(("", "", "", "  ")),
            blank=blank,
            double=blank == 0 and rng.random() < 0.2,
            newline=rng.choice(("\n", "\n", "\r\n")),
            style=Style("full", rng.choice(styles)),
            lines=rng.randint(40, 66) if paged else 0,
            running=_running(rng, lang)[0] if paged and rng.random() < 0.5 else "",
            number="{n}" if paged else "",
        )

    return draw


def _typst(
    columns: Sequence[int],
    ems: Sequence[int],
    faces: Mapping[str, Sequence[str]],
    contents: float = 0.0,
    notes: float = 0.0,
) -> Callable[[random.Random, str], Any]:
    def draw(rng: random.Random, lang: str) -> typ.Sheet:
        face, head = _faces(rng, lang, faces)
        size = rng.choice((9, 10, 10.5, 12))
        count = rng.choice(columns)
        gutter = rng.choice((1.5, 2, 3)) * size
        cjk = lang != "en"
        return typ.Sheet(
            face,
            head,
            lang,
            width=count * rng.choice(ems) * size + (count - 1) * gutter,
            height=rng.randint(30, 52) * size * 1.6,
            columns=count,
            gutter=gutter,
            size=size,
            leading=rng.choice((0.6, 0.75, 0.9)),
            spacing=rng.choice((0.7, 0.9, 1.3)),
            indent=rng.choice((2, 2, 0) if cjk else (0, 1.2)) if lang != "ja" else 1,
            justify=rng.random() < 0.85,
            latin_spacing=rng.random() < 0.6,
            hyphenate=lang == "en" and rng.random() < 0.8,
            centred=rng.random() < 0.4,
            grow=rng.choice((1.0, 1.2, 1.5)),
            running=rng.choice(((), (_running(rng, lang)[0],), _running(rng, lang))),
            number=rng.choice(("{n}", "- {n} -", "{n} / {total}", "·{n}·", "")),
            number_at=rng.choice(("head", "foot")),
            first_page=rng.choice((1, 1, 12, 131)),
            notes=notes if rng.random() < 0.6 else 0.0,
            contents=rng.random() < contents,
            ruled=rng.random() < 0.6,
        )

    return draw


def _web(
    columns: Sequence[int], faces: Mapping[str, Sequence[str]], notes: float = 0.0
) -> Callable[[random.Random, str], Any]:
    def draw(rng: random.Random, lang: str) -> wp.Sheet:
        face, head = _faces(rng, lang, faces)
        size = rng.choice((9, 10, 11, 12))
        count = rng.choice(columns)
        return wp.Sheet(
            face,
            head,
            lang,
            width=count * rng.randint(24, 38) * size if count == 1 else count * rng.randint(16, 24) * size,
            height=rng.randint(32, 50) * size * 1.5,
            columns=count,
            size=size,
            leading=rng.choice((1.3, 1.5, 1.75)),
            skip=rng.choice((0, 0.4, 0.9)),
            indent={"en": 0, "ko": 1, "ja": 1}.get(lang, rng.choice((2, 2, 0))),
            justify=rng.random() < 0.7,
            hyphenate=lang == "en" and rng.random() < 0.6,
            centred=rng.random() < 0.5,
            grow=rng.choice((1.1, 1.4, 1.8)),
            spaced=rng.choice((0, 0, 0.1, 0.5)) if lang.startswith("zh") else 0,
            running=rng.choice(((), (_running(rng, lang)[0],), _running(rng, lang))),
            number=rng.choice(("{n}", "- {n} -", "— {n} —", "第 {n} 页" if lang == "zh-Hans" else "{n}", "")),
            number_at=rng.choice(("head", "foot", "foot")),
            notes=notes if rng.random() < 0.6 else 0.0,
            ruled=rng.random() < 0.6,
        )

    return draw


_NOTO = {
    "zh-Hans": ("noto-serif-sc", "sungti"),
    "zh-Hant": ("noto-serif-tc", "cwming"),
    "ja": ("noto-serif-jp", "ipaexm"),
}
_NOTO_TEST = {"zh-Hans": ("noto-sans-sc", "ukai"), "zh-Hant": ("noto-sans-tc", "ukai"), "ja": ("noto-sans-jp", "ipam")}
_PROSE = ("heading", "byline", "paragraph", "item")
_FULL = (*_PROSE, "table", "code", "verse")

_TRAIN_WIDE, _DEV_WIDE, _TEST_WIDE = range(26, 40), (24, 31, 37), (22, 25, 30, 34, 41)


def _single(draw: Callable[[random.Random, str], Any]) -> Callable[[random.Random, str], Any]:
    """One column, as narrow or wide as a column is."""

    def narrowed(rng: random.Random, lang: str) -> Any:
        sheet = draw(rng, lang)
        return dataclasses.replace(sheet, columns=1, width=rng.randint(14, 46) * sheet.size)

    return narrowed


#: Newspapers, grids, books, verse by hand (rl); papers, reports, books (typ, tex); web print (wp, cr); office and
#: desktop documents (lo, qt); e-texts (wrap); and an engine that is tested alone (st).
LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "rl-news",
        "train",
        "rl",
        ZH,
        NEWS,
        _news(range(11, 19), ("full", "half", "half"), ("push", "pull"), _FACES),
        0.5,
    ),
    Layout("rl-grid", "train", "rl", ZH, NEWS, _news(range(12, 24), ("full",), ("none",), _FACES), 0.3),
    Layout(
        "rl-book",
        "train",
        "rl",
        (*ZH, "ja", "ko"),
        NOVEL + MANUAL,
        _book(range(22, 38), ("glyph", "geometry", "none"), _FACES),
        0.25,
    ),
    Layout(
        "rl-verse",
        "train",
        "rl",
        ZH,
        VERSE,
        _book(range(20, 30), ("glyph", "geometry"), _FACES),
        0.1,
        1600,
        ("heading", "byline", "verse"),
        44,
    ),
    Layout(
        "typ-paper",
        "train",
        "typ",
        WEB,
        MANUAL + NEWS,
        _typst((2,), range(16, 24), _NOTO, 0.0, 0.5),
        0.3,
        6000,
    ),
    Layout(
        "typ-report",
        "train",
        "typ",
        WEB,
        MANUAL + NEWS,
        _typst((1,), _TRAIN_WIDE, _NOTO, 0.5, 0.2),
        0.3,
        6000,
        _FULL,
        44,
    ),
    Layout("wp-manual", "train", "wp", WEB, MANUAL + NOVEL, _web((1, 1, 2), _FACES, 0.4), 0.3, 5000, _FULL, 46),
    Layout(
        "etext",
        "train",
        "wrap",
        ALL,
        NOVEL + MANUAL + NEWS,
        _etext((60, 64, 68, 70, 72, 76), ("none", "push")),
        0.0,
        6000,
        _FULL,
        70,
    ),
    Layout(
        "rl-any",
        "train",
        "rl",
        (*ZH, "ja", "ko"),
        NEWS + NOVEL + MANUAL,
        printed(_news((16,), ("full",), ("push",), _FACES)),
        0.3,
    ),
    Layout(
        "typ-any",
        "train",
        "typ",
        WEB,
        MANUAL + NEWS + NOVEL,
        composed(_typst((1,), (20,), _NOTO, 0.2, 0.3)),
        0.3,
        5000,
        _FULL,
        30,
    ),
    Layout(
        "wp-any",
        "train",
        "wp",
        WEB,
        MANUAL + NEWS + NOVEL,
        printed_from_web(_web((1,), _FACES, 0.3)),
        0.3,
        5000,
        _FULL,
        30,
    ),
    # fpdf2, Qt and Chromium have no footnotes; LibreOffice's copies are shadows.
    *(
        Layout(
            f"{engine}-any",
            "train",
            engine,
            ALL,
            MANUAL + NEWS + NOVEL,
            printed_from_web(_web((1,), _FACES)),
            0.3,
            5000,
            _FULL,
            30,
        )
        for engine in ("cr", "fp")
    ),
    Layout(
        "lo-any",
        "train",
        "lo",
        ALL,
        MANUAL + NEWS + NOVEL,
        printed_from_web(_web((1,), _FACES, 0.3)),
        0.4,
        5000,
        _FULL,
        30,
    ),
    Layout(
        "qt-any",
        "train",
        "qt",
        ALL,
        MANUAL + NEWS + NOVEL,
        _single(printed_from_web(_web((1,), _FACES))),
        0.0,
        5000,
        _FULL,
        30,
    ),
    Layout(
        "tex-any",
        "train",
        "tex",
        WEB,
        MANUAL + NEWS + NOVEL,
        printed_from_web(_web((1,), _FACES, 0.3)),
        0.2,
        5000,
        _FULL,
        30,
    ),
    Layout(
        "rl-weekly",
        "dev",
        "rl",
        ZH,
        NEWS,
        _news(range(14, 22), ("full", "half", "kaiming"), ("push", "hang"), _FACES),
        0.5,
    ),
    Layout(
        "typ-book",
        "dev",
        "typ",
        WEB,
        MANUAL + NOVEL,
        _typst((1, 2), _DEV_WIDE, _NOTO, 0.3, 0.3),
        0.3,
        6000,
        _FULL,
        44,
    ),
    Layout("lo-memo", "dev", "lo", ALL, MANUAL + NOVEL, _web((1, 1, 2), _FACES, 0.3), 0.4, 5000, _FULL, 46),
    Layout("qt-note", "dev", "qt", ALL, MANUAL + NOVEL, _web((1,), _FACES), 0.0, 5000, _FULL, 46),
    Layout("tex-thesis", "dev", "tex", WEB, MANUAL + NOVEL, _web((1, 1, 2), _FACES, 0.3), 0.3, 5000, _FULL, 46),
    Layout("wp-letter", "dev", "wp", WEB, MANUAL, _web((1, 2), _FACES, 0.3), 0.3, 5000, _FULL, 46),
    Layout(
        "rl-gazette",
        "test",
        "rl",
        ZH,
        NEWS,
        _news((10, 13, 15, 17, 20, 24), ("half", "kaiming", "full"), ("push", "pull", "hang", "none"), _FACES_TEST),
        0.5,
    ),
    Layout(
        "rl-novel",
        "test",
        "rl",
        (*ZH, "ja", "ko"),
        NOVEL + MANUAL,
        _book((20, 23, 26, 29, 33, 36), ("glyph", "geometry", "none"), _FACES_TEST),
        0.25,
    ),
    Layout(
        "rl-anthology",
        "test",
        "rl",
        ZH,
        VERSE,
        _book((18, 25, 31), ("glyph", "geometry"), _FACES_TEST),
        0.1,
        1600,
        ("heading", "byline", "verse"),
        36,
    ),
    Layout("typ-magazine", "test", "typ", ZH, NEWS, _typst((3,), (12, 14, 15, 17), _NOTO_TEST, 0.0, 0.0), 0.5, 6000),
    Layout(
        "typ-proceedings",
        "test",
        "typ",
        WEB,
        MANUAL,
        _typst((2,), (15, 18, 21), _NOTO_TEST, 0.0, 0.4),
        0.3,
        6000,
    ),
    Layout(
        "typ-yearbook",
        "test",
        "typ",
        WEB,
        MANUAL + NEWS,
        _typst((1,), _TEST_WIDE, _NOTO_TEST, 0.5, 0.3),
        0.3,
        6000,
        _FULL,
        44,
    ),
    Layout("cr-article", "test", "cr", WEB, MANUAL + NEWS, _web((1, 2), _FACES_TEST), 0.3, 5000, _FULL, 46),
    Layout("lo-report", "test", "lo", ALL, MANUAL + NEWS, _web((1, 1, 2), _FACES_TEST, 0.3), 0.4, 5000, _FULL, 46),
    Layout("qt-leaflet", "test", "qt", ALL, MANUAL + NEWS, _web((1,), _FACES_TEST), 0.0, 5000, _FULL, 46),
    Layout("wp-guide", "test", "wp", WEB, MANUAL, _web((1, 2), _FACES_TEST, 0.4), 0.3, 5000, _FULL, 46),
    Layout("tex-preprint", "test", "tex", WEB, MANUAL + NEWS, _web((1, 2, 2), _FACES_TEST, 0.4), 0.3, 5000, _FULL, 46),
    # Nothing was ever learned from this engine, nor mended for it, and nothing may be: see engines/st.py.
    Layout("st-bulletin", "test", "st", WEB, MANUAL + NEWS, _web((1, 1, 2), _FACES_TEST), 0.0, 5000, _FULL, 46),
    Layout(
        "etext-wide",
        "test",
        "wrap",
        ALL,
        NOVEL + MANUAL + NEWS,
        _etext((56, 66, 74, 78, 80), ("none", "push", "hang")),
        0.0,
        6000,
        _FULL,
        74,
    ),
)
BY_NAME = {layout.name: layout for layout in LAYOUTS}
