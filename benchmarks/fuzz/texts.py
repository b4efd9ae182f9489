"""Random text: mixtures of scripts, marks and markup; pages; real text, damaged."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from . import markups

__all__ = ["Texts"]

_HAN = "城西区工作年月日的了一二人高兴谢研究讨论，我们是在有和不这上大国中发会第三点元个種應對時說"
_KANA = "のはをがにですまーカタデー・"
_HANGUL = "한국어는입니다그리고"
_MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—–…·～／％＂＇．﹐﹑﹒｡､･"
_ASCII_MARKS = ",.;:?!\"'()[]{}<>-_~/\\|@#$%^&*+=`"
_WORDS = (
    "the",
    "and",
    "example",
    "Python",
    "PDF",
    "WTO",
    "co-",
    "infor-\nmation",
    "e.g.",
    "it's",
    "Yahoo!",
    "3D",
    "No",
)
_NUMBERS = (
    "2022",
    "1,234.5",
    "10:30",
    "3.14",
    "１２",
    "2O23",
    "l0",
    "50%",
    "-3",
    "1/2",
    "二〇二三",
    "二OO八",
    "①",
    "Ⅲ",
    "㎡",
)
_BLANKS = (
    " ",
    "  ",
    "\t",
    "\u3000",
    "\n",
    "\n\n",
    "\n \n",
    "\r\n",
    "\r",
    "\f",
    "\u00a0",
    "\u2003",
    "\u2028",
    "\u2029",
    "\v",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
)
_ODD = (
    "\ufeff",
    "\u200b",
    "\u200d",
    "\u00ad",
    "\ufe0f",
    "\u202e",
    "\u2067",
    "\x00",
    "\x08",
    "\x1b[1m",
    "\x1b$B",
    "~{",
    "~}",
    "\ufffd",
    "锟斤拷",
    "烫烫烫",
    "\ue000",
    "\uf0b7",
    "(cid:12)",
    "⼈",
    "⺠",
    "ﬁ",
    "豈",
    "ｶﾞ",
    "e\u0301",
    "\u3099",
    "\ud800",
    "\udc00",
    "👩\u200d👧",
    "🇨🇳",
    "1\ufe0f\u20e3",
    "\U00020000",
    "\U000e0041",
    "&ldquo;",
    "&amp;lt;",
    "&#20320;",
    "ﻟ",
    "ﺎ",
    "ㄅ",
    "浣犲ソ",
    "ÄãºÃ",
    "Ã©",
    "â€œ",
    "䙷᮹ᆼ",
    "扂蠅岆",
    "ä½\xa0å¥½",
)
_TOKENS = (
    "http://a.b/c,d",
    "https://x.y/文件?q=你好",
    "a.b@c.de",
    "/usr/bin/a",
    "C:\\甲\\乙.txt",
    "`a,b`",
    "``a`b``",
    "$x,y$",
    "\\frac{a}{b}",
    "v1.2.3",
    "〔2023〕5号",
    "#话题#",
    "@某人",
    "{{甲,乙}}",
    "${A}",
    "<br>",
    '<a href="甲,乙">',
    "</a>",
    "<!-- 甲,乙 -->",
    "f(x,y)",
    "--help",
    ":-)",
    "^_^",
    "textfix: ignore",
    "<!-- textfix: off -->",
    "# textfix: on",
    "textfix: ignore[punctuation]",
)
_MARKDOWN = (
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "**",
    "__",
    "*",
    "_",
    "~~",
    "`",
    "```\n",
    "~~~\n",
    "    ",
    "| ",
    "|---|\n",
    "[",
    "](",
    ")",
    "![",
    "[a]: ",
    "[^1]",
    "---\n",
    "===\n",
    "\\",
    "<",
    ">",
    "- [ ] ",
    "$$",
    ":::",
    "<div>",
    "</div>",
    "&nbsp;",
    "+++\n",
    "{{<",
)
_RST = (
    ".. note:: ",
    ".. _a: ",
    "::\n",
    ":ref:`",
    "``",
    "|a|",
    "`a <b>`_",
    "====\n",
    "----\n",
    "+--+\n",
    ":a: ",
    "\n   ",
)
_LINES = (
    "第3版",
    "本报讯",
    "— 3 —",
    "本 报 讯",
    "城 西 区",
    "图图33",
    "20222022年年",
    "高高兴兴",
    "1",
    "12",
    "责任编辑：张三",
    "·3·",
)


class Texts:
    """Text drawn by a seeded generator, from nothing or from files that are mutated."""

    def __init__(self, seed: int, files: list[Path]) -> None:
        self._random = random.Random(seed)
        self._real = [path.read_bytes().decode("utf-8", "replace") for path in files]

    def __iter__(self) -> Iterator[str]:
        makers = [self._mixture, self._page, self._overlaid, self._lined, self._periodic, self._misread, self._soup]
        makers += [self._markdown, self._markdown, self._restructured]
        if self._real:
            makers += [self._mutated] * 4
        while True:
            yield self._random.choice(makers)()

    def bytes(self) -> bytes:
        """Draw bytes: text in some encoding, mostly with damage."""
        rng = self._random
        text = rng.choice([self._mixture, self._page, self._mutated if self._real else self._lined])()
        encoding = rng.choice(["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-be", "shift_jis", "euc-kr"])
        data = bytearray(text.encode(encoding, rng.choice(["ignore", "replace"])))
        for _ in range(rng.choice([0, 0, 1, 5, 40])):
            if data:
                at = rng.randrange(len(data))
                data[at : at + rng.randint(0, 1)] = rng.choice((b"", bytes([rng.randrange(256)])))
        return bytes(data[rng.choice([0, 0, 0, 1]) :])

    # Each maker draws one text.

    def _piece(self) -> str:
        rng = self._random
        kind = rng.randrange(16)
        if kind < 5:
            return "".join(rng.choices(_HAN, k=rng.randint(1, 9)))
        if kind < 8:
            return rng.choice(_MARKS if kind < 7 else _ASCII_MARKS) * rng.choice((1, 1, 1, 2, 3))
        if kind == 8:
            return rng.choice(_ASCII_MARKS)
        if kind == 9:
            return "".join(rng.choices(rng.choice((_KANA, _HANGUL)), k=rng.randint(1, 6)))
        return rng.choice((_WORDS, _NUMBERS, _BLANKS, _BLANKS, _ODD, _TOKENS)[kind - 10])

    def _mixture(self) -> str:
        rng = self._random
        extra = rng.choice(((), (), _MARKDOWN, _RST))
        count = rng.choice((3, 10, 30, 80))
        return "".join(rng.choice(extra) if extra and rng.random() < 0.3 else self._piece() for _ in range(count))

    def _words(self) -> str:
        rng = self._random
        return "".join(self._piece() for _ in range(rng.randint(1, 4))) if rng.random() < 0.7 else self._prose(12)

    def _markdown(self) -> str:
        return markups.markdown(self._random, self._words)

    def _restructured(self) -> str:
        return markups.restructured(self._random, self._words)

    def _soup(self) -> str:
        """A few characters of all that matter, in any order: what shrinks best."""
        rng = self._random
        letters = rng.sample(
            [*_MARKS, *_ASCII_MARKS, *_HAN[:6], *"aB1０ \n\t\u3000", *_ODD, *_BLANKS], k=rng.randint(2, 8)
        )
        return "".join(rng.choices(letters, k=rng.randint(1, 60)))

    def _prose(self, size: int) -> str:
        rng = self._random
        out: list[str] = []
        while sum(map(len, out)) < size:
            out.append("".join(rng.choices(_HAN, k=rng.randint(2, 12))))
            out.append(
                rng.choice(("，", "，", "。", "、", "", "2022", "“", "”", " ", ",", "Python", "：", "（", "）", "..."))
            )
        return "".join(out) + rng.choice(("。", "", ".", "！"))

    def _page(self) -> str:
        rng = self._random
        measure, lines = rng.randint(4, 40), list[str]()
        for _ in range(rng.randint(1, 6)):
            text = rng.choice(("", "　　", "  ")) + self._prose(rng.randint(5, 160))
            lines += [text[i : i + measure] for i in range(0, len(text), measure)]
            lines += rng.choice(([], [""], ["", ""], [rng.choice(_LINES)], ["\f"]))
        return rng.choice(("\n", "\n", "\r\n", "\n\n", " \n")).join(lines)

    def _overlaid(self) -> str:
        rng = self._random
        times = rng.randint(2, 4)
        pieces = [self._piece() for _ in range(rng.randint(1, 12))]
        twice = "".join(rng.choice((piece * times, piece, "".join(c * times for c in piece))) for piece in pieces)
        return rng.choice(("", self._prose(30) + "\n")) + twice + rng.choice(("", "\n" + self._prose(30)))

    def _lined(self) -> str:
        rng = self._random
        some = [
            rng.choice(_LINES) if rng.random() < 0.5 else self._prose(rng.randint(1, 30))
            for _ in range(rng.randint(1, 8))
        ]
        return rng.choice(("\n", "\n\n", "\f", "\r")).join(rng.choices(some, k=rng.randint(1, 30)))

    def _periodic(self) -> str:
        rng = self._random
        return "".join(self._piece() for _ in range(rng.randint(1, 5))) * rng.randint(2, 60)

    def _misread(self) -> str:
        rng = self._random
        text = "".join(self._piece() for _ in range(rng.randint(1, 30)))
        wrote, read = rng.sample(
            ("utf-8", "gb18030", "big5", "latin-1", "cp1252", "cp932", "cp949", "mac-roman", "cp437"), 2
        )
        garbled = text.encode(wrote, "ignore").decode(read, rng.choice(("ignore", "replace")))
        return rng.choice(("", text, self._prose(20) + "\n")) + garbled

    def _mutated(self) -> str:
        rng = self._random
        source = rng.choice(self._real)
        at = rng.randrange(max(1, len(source) - 50))
        text = list(source[at : at + rng.choice((40, 200, 800))])
        for _ in range(rng.choice((0, 1, 3, 10, 30))):
            at = rng.randint(0, len(text))
            length = rng.choice((0, 1, 1, 2, 8))
            other = rng.randint(0, len(text))
            text[at : at + length] = rng.choice(
                ([], [self._piece()], text[at : at + length] * 2, text[other : other + 10], ["\n"])
            )
        return "".join(text)
