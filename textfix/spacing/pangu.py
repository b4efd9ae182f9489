"""Blanks between Chinese and Latin, for those who want them: where the style named after pangu.js sets one.

The rules say on which side of what a blank stands; each yields offsets. Nothing is replaced, and where one side has a
blank already, none is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textfix.document import Document
from textfix.engine import Editor
from textfix.markup import protected
from textfix.patterns import pattern
from textfix.punctuation.marks import LETTERS
from textfix.spacing.lines import MARKUP_SIGNS

__all__ = ["repair", "suspect"]

_C = LETTERS + "\u3200-\u33ff"
_LATIN = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u052f\u1e00-\u1fff"
_A = _LATIN + "0-9\u2150-\u218f\u2776-\u2793"

# A Latin letter, a digit or an ASCII sign that touches Chinese.
_SUSPECT = pattern(rf"[!-~{_A}“”…](?:(?<=[{_C}].)|(?=[{_C}]))")


def suspect(text: str) -> bool:
    """Say whether there is a contact of Chinese with anything Latin."""
    return _SUSPECT.search(text) is not None


def repair(document: Document, editor: Editor) -> None:
    """Insert the blanks, but inside no token and where they would make markup of text."""
    text, shielded = document.text, document.view(protected)
    for offset in _contacts(text):
        if document.markup != "plain" and _makes_markup(text, offset):
            continue
        token = shielded.around(offset) if shielded.meets(offset, offset) else None
        # An operator at the edge of an ASCII token stands between two words (`Vinta&陳上進`).
        if token is None or (text[slice(*token)].isascii() and _at_edge(text, offset, *token)):
            editor.insert(offset, " ", "pangu")


def _makes_markup(text: str, offset: int) -> bool:
    """Say whether a blank here could turn text into markup or the other way round (`1.概述` into a list)."""
    if text[offset - 1] in MARKUP_SIGNS or text[offset] in MARKUP_SIGNS:
        return True
    return _ITEM_HEAD.search(text, max(0, offset - 30), offset) is not None


_ITEM_HEAD = pattern(r"(?:\A|\n)[\t >*+0-9.)-]*(?:[0-9]{1,9}[.)]|[-+#]{1,6})\Z")


_NAMED = pattern(r"&#?\w+;|:[\w+-]*:")


def _at_edge(text: str, offset: int, start: int, end: int) -> bool:
    if text[start] == "\\" or text[end - 1] == ";" or _NAMED.match(text, start, end):
        return False  # a command, an entity, an emoji by name
    return offset in (start + 1, end - 1) or text[offset - 1] == "%"


def _contacts(text: str) -> Iterator[int]:
    """Yield where a blank is to be inserted, in rising order."""
    found: set[int] = set()
    for rule in (_letters, _marks, _brackets, _quotes, _operators, _heads, _slashes, _tags):
        found.update(rule(text))
    return iter(sorted(found))


# Letters and digits, with what belongs to a number or a name: `95%`, `C++`, `i++`, `100+`, `Levi's`.

_HAN_FIRST = pattern(rf"[{_A}](?<=[{_C}].)")
_HAN_LAST = pattern(rf"[{_A}](?=(?:[%‰℃°#]|\+{{1,2}}|--|')?(?P<end>)[{_C}])")
_PERCENT = pattern(rf"[0-9](?<![!-~].)[0-9.]*%(?=[{_LATIN}]{{2,}}(?! ?[!-~]))")


def _letters(text: str) -> Iterator[int]:
    for contact in _HAN_FIRST.finditer(text):
        yield contact.start()
    for contact in _HAN_LAST.finditer(text):
        yield contact.start("end")
    for contact in _PERCENT.finditer(text):
        yield contact.end()


# Half-width marks: a blank behind. A dot before a Latin word begins a file name (`环境.env`).

_MARK = pattern(
    rf"[!?,:;~…](?<=[{_C}0-9A-Za-z)\"' ].)[!?,:;~…]*(?=[{_C}])|(?!::)[!?,:;~](?<=[{_C}].)[!?,:;~]*(?=[{_A}])"
    rf"|\.(?<=[{_C}{_A}].)\.*(?=[{_C}])"
)


def _marks(text: str) -> Iterator[int]:
    for mark in _MARK.finditer(text):
        yield mark.end()


# Brackets and quotes: a blank outside, against Chinese.

_OPENING = pattern(rf"[(\[{{](?:(?<=[{_C}].)|(?<=[{_A}].)(?=[{_C}]))")
_CLOSING = pattern(rf"[)\]}}](?=[{_C}])")
_SIGNED = pattern(rf"[)\]}}](?=[{_A}])(?<=[{_C}].)")


_MATHS = pattern(r"\$(?![\s\d$])[^$\n]{1,200}(?<!\s)\$(?!\d)")


def _brackets(text: str) -> Iterator[int]:
    for maths in _MATHS.finditer(text):
        if maths.start() and _IS_HAN.match(text, maths.start() - 1):
            yield maths.start()
        if _IS_HAN.match(text, maths.end()):
            yield maths.end()
    for bracket in _OPENING.finditer(text):
        yield bracket.start()
    for closings in (_CLOSING, _SIGNED):
        for bracket in closings.finditer(text):
            yield bracket.end()


_QUOTED = pattern(r"\"[^\"]*\"|`[^`\n]*`|“[^“”\n]*”|”[^“”\n]*”|'[^'\n]*'(?<![0-9A-Za-z]'[^'])")
_QUOTE = pattern(r"[\"`“”]|'(?<![0-9A-Za-z].)[^'\n]*'(?![0-9A-Za-z])")
_IS_HAN = pattern(f"[{_C}]")
_IS_LETTER = pattern(f"[{_C}{_A}]")


def _quotes(text: str) -> Iterator[int]:
    opened = ""
    for quote in _QUOTE.finditer(text):
        start, end = quote.span()
        shape = quote[0]
        if len(shape) > 1:
            if _IS_HAN.match(text, start - 1) and start:
                yield start
            if _IS_HAN.match(text, end):
                yield end
            continue
        closes = opened == shape or (shape == "”" and opened == "“")
        if closes:
            opened = ""
            follows = _IS_LETTER if _IS_HAN.match(text, start - 1) else _IS_HAN
            if follows.match(text, end):
                yield end
        elif not opened:
            opened = shape
            if start and _IS_HAN.match(text, start - 1):
                yield start


# Operators between Chinese and anything: blanks on both sides. Between Latin words they make one token (`A+B`, `R&D`).

_OPERATOR = pattern(r"[&=+*|^\\<>~-]{1,2}")
_SIGNS = frozenset(("&", "=", "+", "-", "*", "|", "^", "\\", "<", ">", "=>", "~=", "==", "<=", ">=", "->"))
_DOUBLED = frozenset(("--", "&&", "||"))
_FLAG = pattern(r"[A-Za-z](?![0-9A-Za-z])|-[A-Za-z]")


def _operators(text: str) -> Iterator[int]:
    angled = {offset for pair in _ANGLES.finditer(text) for offset in (pair.start(), pair.end() - 1)}
    for operator in _OPERATOR.finditer(text):
        start, end = operator.span()
        doubled = operator[0] in _DOUBLED
        if not (doubled or operator[0] in _SIGNS) or start in angled:
            continue
        left = _IS_HAN.match(text, start - 1) if start else None
        right = _IS_HAN.match(text, end)
        if not left and not right:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if doubled and not ((left or before == " ") and (right or after == " ")):
            continue  # an option (`--help`), or part of an expression
        if left and (
            (operator[0] == "-" and _FLAG.match(text, end)) or (operator[0] in ("-", "+") and after.isdigit())
        ):
            yield start
            continue
        if operator[0] == "|" and left and after in ('"', "'"):
            yield start
            continue
        if left and operator[0] == "+" and after in ('"', "'"):
            yield start
            continue
        if operator[0] == "+" and before.isascii() and before.isalnum():
            continue  # `Disney+` and `100+`, which `_letters` knows
        if operator[0] == "|" and not (before.strip() or after.strip()):
            continue
        if left and after == " ":
            yield start
        elif right and before == " ":
            yield end
        elif (left or _IS_LETTER.match(before)) and (right or _IS_LETTER.match(after)):
            yield start
            yield end


# Signs at the head of a word: a blank before.

_HEAD = pattern(rf"[#$@](?<=[{_C}].)(?=[{_C}{_A}_])")
_BETWEEN = pattern(rf"[$%](?<=[{_C}].)(?=[{_C}])")


def _heads(text: str) -> Iterator[int]:
    # A dollar that opens or closes maths is no sign of money between two words.
    maths = {at for match in _MATHS.finditer(text) for at in (match.start(), match.end() - 1)} if "$" in text else ()
    for head in _HEAD.finditer(text):
        if head.start() in maths:
            continue
        # The second sign of `#…#` closes.
        tag_ends = text[head.start()] == "#" and text.rfind("#", max(0, head.start() - 30), head.start()) >= 0
        if not tag_ends:
            yield head.start()
    for sign in _BETWEEN.finditer(text):
        if sign.start() not in maths:
            yield sign.start()
            yield sign.end()


# Slashes: paths are tokens; one slash in a line is an operator; several set a list apart and stay as they are.

_PATH = pattern(
    r"(?:/(?<![0-9A-Za-z/].)(?:\.?[A-Za-z][\w@.+~-]*|\.[a-z]\w*|\*)|\.{1,2}/(?<![0-9A-Za-z./]..)[\w.@-]|[A-Za-z][\w.-]*/)[!-,.-~/]*",
    re.ASCII,
)
_ROOTED = pattern(
    r"/(?:home|root|etc|usr|var|opt|mnt|tmp|bin|sbin|dev|lib(?:64)?|proc|sys|srv|run|boot|media|node_modules|Users|\.\w+|\*"
    r"|[\w.@-]+/[\w.@-])",
    re.ASCII,
)
_SLASH = pattern(r"/")


def _slashes(text: str) -> Iterator[int]:
    start = 0
    for slash in _SLASH.finditer(text):
        if slash.start() < start:
            continue
        line = text.rfind("\n", 0, slash.start()) + 1
        end = text.find("\n", slash.start())
        start = end = len(text) if end < 0 else end
        yield from _slashes_of_line(text, line, end)


def _slashes_of_line(text: str, line: int, end: int) -> Iterator[int]:
    inside: set[int] = set()
    for path in _PATH.finditer(text, line, end):
        first, last = path.span()
        rooted = _ROOTED.match(text, first) is not None
        if text[first] == "/" and not rooted:
            continue
        if text[first] not in "/." and text.count("/", first, last) < 2 and text[last - 1] == "/":
            continue
        inside.update(range(first, last))
        if first > line and _IS_HAN.match(text, first - 1):
            yield first
        if last < end and text[last - 1] in "/*+" and _IS_HAN.match(text, last):
            yield last
    free = (
        [at for at in range(line, end) if text[at] == "/" and at not in inside]
        if text.count("/", line, end) < 100
        else []
    )
    if len(free) != 1 or (at := free[0]) == line or at + 1 >= end:
        return
    if text[at - 1] in " <" or text[at + 1] in " >":
        return
    left, right = _IS_HAN.match(text, at - 1), _IS_HAN.match(text, at + 1)
    if (left or right) and _IS_LETTER.match(text, at - 1) and _IS_LETTER.match(text, at + 1):
        yield at
        yield at + 1


# Angle brackets hold a word (`<中文>`), are a tag that is only mentioned (`<div>`), or markup, which stays as it is.

_ANGLES = pattern(r"<(?P<name>/?[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>|<[^<>\n]+>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def _tags(text: str) -> Iterator[int]:
    if "<" not in text:
        return
    names = {pair["name"].lower() for pair in _ANGLES.finditer(text) if pair["name"]}
    for pair in _ANGLES.finditer(text):
        name = pair["name"]
        if name:
            lower = name.lower()
            partner = lower[1:] if lower.startswith("/") else "/" + lower
            if partner in names or lower in _VOID:
                continue
        if pair.start() and _IS_HAN.match(text, pair.start() - 1):
            yield pair.start()
        if _IS_HAN.match(text, pair.end()):
            yield pair.end()
