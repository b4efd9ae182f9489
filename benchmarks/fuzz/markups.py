"""Whole documents in Markdown, MDX and reStructuredText, with HTML, TeX and tables inside: blocks nested in blocks."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

__all__ = ["markdown", "restructured"]

_Words = Callable[[], str]

_DIRECTIVES = (
    "note::",
    "warning:: 甲,乙",
    "code-block:: py",
    "figure:: 图.png",
    "_甲: http://a.b",
    "|甲| replace:: 乙",
    "",
)
_FENCES = ("```", "~~~", "````py", "``` 甲,乙", "~~~~ {.甲}")
_RULES = ("---", "***", "* * *", "___", "===")


def markdown(rng: Random, words: _Words) -> str:
    """Draw a document of Markdown; some begin with front matter or with modules of MDX."""
    head = rng.choice(
        (
            *("",) * 4,
            f"---\ntitle: {words()}\ntags: [甲,乙]\n---\n",
            f'+++\ntitle = "{words()}"\n+++\n',
            f"---\n{words()}\n---\n",
            "import A from './甲,乙'\nexport const b = {a: '甲,乙'}\n\n",
            "\ufeff# ",
        )
    )
    return head + rng.choice(("\n\n", "\n\n", "\n", "\r\n\r\n")).join(_blocks(rng, words, rng.randint(1, 6), 0))


def _blocks(rng: Random, words: _Words, count: int, depth: int) -> list[str]:
    return [_block(rng, words, depth) for _ in range(count)]


def _block(rng: Random, words: _Words, depth: int) -> str:
    kind = rng.randrange(16 if depth < 4 else 10)
    text = _spans(rng, words, 0)
    if kind < 4:
        return rng.choice(("\n", "\n", "  \n", "\\\n")).join(_spans(rng, words, 0) for _ in range(rng.randint(1, 3)))
    if kind == 4:
        return rng.choice(("#", "##", "######", "#######")) + rng.choice((" ", "", "\t", "\u3000")) + text
    if kind == 5:
        return f"{text}\n{rng.choice(_RULES)}"
    if kind == 6:
        fence = rng.choice(_FENCES)
        return f"{fence}\n{words()}\n{rng.choice((fence[:3], fence[:4], ''))}"
    if kind == 7:
        return f"    {words()}\n    {words()}"
    if kind == 8:
        return _table(rng, words)
    if kind == 9:
        tag = rng.choice(("div", "details", "pre", "p", "script", "br/", "Card title='甲,乙'", "!--"))
        return f"<{tag}>{rng.choice(('', chr(10), chr(10) * 2))}{text}\n</{tag.split()[0]}>"
    if kind == 10:
        return rng.choice(
            (f"[{words()}]: <http://a.b/甲,乙> '{words()}'", f"[^1]: {text}", f"::: tip {text}\n{text}\n:::")
        )
    inner = "\n".join(_blocks(rng, words, rng.randint(1, 3), depth + 1)).split("\n")
    if kind == 11:
        return "\n".join(rng.choice(("> ", "> ", ">", "")) + line for line in inner)
    mark = rng.choice(("- ", "* ", "+ ", "1. ", "10) ", "- [ ] ", "-", "１. ", "一、", "•"))
    indent = " " * rng.choice((len(mark), 2, 4))
    return mark + ("\n" + indent).join(inner)


def _spans(rng: Random, words: _Words, depth: int) -> str:
    return "".join(_span(rng, words, depth) for _ in range(rng.randint(1, 4)))


def _span(rng: Random, words: _Words, depth: int) -> str:
    if depth > 2 or rng.random() < 0.5:
        return words()
    text = _spans(rng, words, depth + 1)
    sign = rng.choice(("*", "**", "***", "_", "__", "~~", "`", "``", "$", "$$", "==", "^", "||"))
    return rng.choice(
        (
            *(f"{sign}{text}{sign}",) * 4,
            f"{sign}{text}",
            f'[{text}](http://a.b/甲,乙 "{words()}")',
            f"![{text}](<甲,乙.png>)",
            f"[{text}][甲]",
            f"[^{rng.randint(1, 3)}]",
            f"<a href='{words()}'>{text}</a>",
            f"<{words()}>",
            f"&{words()};",
            f"\\{text}",
            f"{{{words()}}}",
            f"<!-- {words()} -->",
            f"\\text{{{text}}}",
        )
    )


def _table(rng: Random, words: _Words) -> str:
    width = rng.randint(1, 4)
    bar = rng.choice(("| {} |", "{}", "|{}"))
    rows = [" | ".join(words().replace("\n", " ") for _ in range(width)) for _ in range(rng.randint(1, 3))]
    rows.insert(1, "|".join(rng.choices(("---", ":-", "-:", ":-:"), k=width)))
    return "\n".join(map(bar.format, rows))


def restructured(rng: Random, words: _Words) -> str:
    """Draw a document of reStructuredText."""
    blocks = []
    for _ in range(rng.randint(1, 6)):
        text = words() + rng.choice(
            ("", "``a,b``", ":ref:`甲,乙`", "`甲 <http://a.b>`_", "|甲|", "[1]_", "*甲*", "**乙,**")
        )
        text += words()
        kind = rng.randrange(8)
        if kind < 3:
            blocks.append(text)
        elif kind == 3:
            line = rng.choice("=-~^\"'*+#") * (2 * len(text))
            blocks.append(rng.choice((f"{text}\n{line}", f"{line}\n{text}\n{line}")))
        elif kind == 4:
            blocks.append(f".. {rng.choice(_DIRECTIVES)}\n   :a: 甲,乙\n\n   {text}\n")
        elif kind == 5:
            blocks.append(f"{text}::\n\n    {words()}")
        elif kind == 6:
            blocks.append("\n".join(f"{rng.choice(('- ', '#. ', '1. ', ':甲: ', '| '))}{words()}" for _ in range(3)))
        else:
            rule = "+" + "-" * 12 + "+" + "-" * 12 + "+"
            blocks.append(f"{rule}\n| {words()} | {words()} |\n{rule}")
    return "\n\n".join(blocks)
