"""How the time grows with the length, on text made to be slow."""

from __future__ import annotations

import math
import random
import signal
from collections.abc import Callable, Iterator
from functools import partial
from time import process_time
from typing import NamedTuple, TypeVar

from .subjects import Subject

__all__ = ["TEXTS", "Growth", "measured", "within"]

T = TypeVar("T")


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def _period(seed: int) -> Callable[[int], str]:
    rng = random.Random(seed)
    unit = "".join(rng.choices("啊城，。 \n年2aB“”()-*", k=rng.randint(2, 40)))
    return _repeated(unit)


_UNITS = {
    "one Han": "啊",
    "two Han": "啊哦",
    "spaces": " ",
    "ideographic spaces": "\u3000",
    "newlines": "\n",
    "CR": "\r",
    "form feeds": "\f",
    "tabs": "\t",
    "blank lines": " \n",
    "lines of blanks": "            \n",
    "symbols and lines of blanks": "a\n            \n",
    "quoted lines": '"啊"\n',
    "rows": "啊,啊,啊啊\n",
    "radicals and stars": "⼈*",
    "full-width items": "１. ",
    "borders": "== ==\n",
    "doctests": ">>> 啊\n",
    "faces": "(´",
    "glosses": "a(啊), ",
    "catalogue": 'msgstr ""\n"啊"\n',
    "straight quotes": '"',
    "apostrophes": "'",
    "curly quotes": "“",
    "quote pairs": "“”",
    "round brackets": "(",
    "full brackets": "（",
    "closing brackets": ")",
    "square brackets": "[",
    "angles": "<",
    "braces": "{",
    "hyphens": "-",
    "dashes": "—",
    "zeros": "0",
    "full zeros": "０",
    "kana": "ア",
    "half kana": "ｶﾞ",
    "dots": ".",
    "stops": "。",
    "commas": ",",
    "asterisks": "*",
    "low lines": "_",
    "backticks": "`",
    "tildes": "~",
    "dollars": "$",
    "slashes": "/",
    "backslashes": "\\",
    "ampersands": "&",
    "hashes": "#",
    "at signs": "@",
    "bars": "|",
    "letters": "a",
    "Hangul": "한",
    "BOMs": "\ufeff",
    "joiners": "\u200d",
    "lost": "\ufffd",
    "escapes": "\x1b",
    "private": "\ue000",
    "e acute, apart": "e\u0301",
    "Han and spaces": "啊 ",
    "Han and newlines": "啊\n",
    "Han and digits": "啊1",
    "Han and commas": "啊,",
    "Han and stops": "啊.",
    "Han and quotes": '啊"',
    "Han and apostrophes": "啊'",
    "Han and brackets": "(啊",
    "Han in brackets": "(啊)",
    "Han and hyphens": "啊--",
    "words": "word ",
    "lines of words": "some words\n",
    "mojibake": "浣犲ソ",
    "mojibake, Latin": "Ã©",
    "GBK, Latin": "ÄãºÃ",
    "entities": "&amp;",
    "open entities": "&a",
    "addresses": "http://a.b/c ",
    "open addresses": "http://",
    "mails": "a@b.",
    "open tags": "<a ",
    "pre": "<pre>",
    "comments": "<!--",
    "templates": "{{",
    "dollar words": "$a ",
    "ticks and Han": "`啊",
    "TeX": "\\a{",
    "TeX maths": "\\(",
    "HZ": "~{",
    "links": "[a](",
    "images": "![a",
    "emphasis": "*a ",
    "strong": "**啊",
    "quotes of Markdown": "> ",
    "nested quotes": ">",
    "items": "- a\n",
    "deeper items": "  - a\n",
    "cells": "|a",
    "references": "[a]: b\n",
    "fences": "```\n",
    "directives": ".. a::\n",
    "literals": "::\n\n",
    "roles": ":a:`b",
    "switches": "textfix: off\n",
    "switched": "textfix: on\n",
    "ignores": "啊,啊 textfix: ignore\n",
    "years": "2O23年",
    "circles": "○",
    "radicals": "⼈",
    "Arabic": "ﻟ",
    "letter-spaced": "啊 城 ",
    "doubled": "啊啊城城",
    "copied lines": "城西区工作\n城西区工作\n",
    "short lines": "城西区工作年月日\n",
    "sentences": "城西区工作，年月日。",
    "quoted": "“城西区”",
    "numbered": "1. 啊\n",
    "pages": "第3版\f啊\n",
}

#: name -> a text of that length
TEXTS: dict[str, Callable[[int], str]] = {
    **{name: _repeated(unit) for name, unit in _UNITS.items()},
    "nested quotes and brackets": lambda length: "（“" * (length // 4) + "”）" * (length // 4),
    "nested brackets": lambda length: "(" * (length // 2) + ")" * (length // 2),
    "nested square brackets": lambda length: "[" * (length // 2) + "]" * (length // 2),
    "nested lists": lambda length: "".join("  " * (i % 200) + "- a\n" for i in range(max(1, length // 204))),
    "equal lines": lambda length: ("a" * (length // 3) + "\n") * 3,
    "equal lines of Han": lambda length: ("城西区工作" * (length // 15) + "\n") * 3,
    "all different": lambda length: "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(length)),
    "random Han": lambda length: "".join(random.Random(1).choices("城西区工作年月日的了一二人", k=length)),
    "random marks": lambda length: "".join(random.Random(2).choices("啊，。“”（）,.()\"' \n", k=length)),
    "random ASCII": lambda length: "".join(random.Random(3).choices([chr(i) for i in range(32, 127)], k=length)),
    **{f"random period {seed}": _period(seed) for seed in range(6)},
}


class Growth(NamedTuple):
    """Seconds of processor time at the longest length, and the exponent of the growth; None: too slow to say."""

    subject: str
    text: str
    length: int
    seconds: float
    exponent: float | None

    @property
    def is_steep(self) -> bool:
        """Whether it grows worse than linearly, beyond what caches and noise explain."""
        return self.exponent is None or self.exponent > 1.3


def measured(subject: Subject, name: str, longest: int, enough: float = 0.6) -> Growth:
    """Measure one subject on doubling lengths of one text, until it takes long enough to tell."""
    make = TEXTS[name]
    times: list[tuple[int, float]] = []
    length = 2000
    while True:
        text = make(length)
        try:
            seconds = within(60 * enough, partial(_time, subject, text))
        except TimeoutError:
            return Growth(subject.name, name, length, 60 * enough, None)
        times.append((len(text), seconds))
        if seconds > enough or length >= longest:
            break
        length *= 2
    told = [row for row in times[1:] if row[1] > 0.02]  # the first run compiles patterns and loads tables
    if len(told) < 2:
        return Growth(subject.name, name, *times[-1], 0.0)
    # Over the last three doublings, where caches and noise weigh least.
    (low, early), (high, late) = told[max(0, len(told) - 4)], told[-1]
    return Growth(subject.name, name, high, late, math.log(late / early) / math.log(high / low))


def _time(subject: Subject, text: str) -> float:
    start = process_time()
    subject.explain(text)
    return process_time() - start


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call returns; TimeoutError after so many seconds, where the system has timers."""
    if not hasattr(signal, "setitimer"):
        return call()

    def expire(*_: object) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return call()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def pairs(subjects: list[Subject]) -> Iterator[tuple[Subject, str]]:
    """Yield every subject with every text, one text after the other."""
    for name in TEXTS:
        for subject in subjects:
            yield subject, name
