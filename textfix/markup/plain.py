"""What must not be touched in plain text: addresses, paths, numbers, code, maths, tags, citations, emoji.

Nearly all of it follows from one rule: *a run of visible ASCII characters without a blank is one token*. A number
(`1,234.5`), a time, a ratio, a date, a version, an IP address, a file name, an identifier, a call `f(x,y)`, an
assignment, an e-mail address or a path is such a run, less the marks that merely touch it (`(`, `"`, a final comma).
What the rule cannot see is written out below: tokens with Chinese or with blanks in them.

Every pattern begins with a literal or a small class, and each is tried only where a plain search has found its sign, so
that the whole costs a few scans. All of them are linear: what may follow a sign is bounded by the line or by a length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textfix.document import Document
from textfix.markup.spans import Several, Spans
from textfix.patterns import pattern
from textfix.unicode.scripts import HAN, HANGUL, KANA

__all__ = ["protected"]

_CJK = HAN + KANA + HANGUL
_Found = Iterator[tuple[int, int]]


def protected(document: Document) -> Spans:
    """Return the stretches of the document that no typographic repair may touch: a view, computed once.

    >>> text = "见http://a.b/c,d，再看1,234和`a,b`"
    >>> [text[start:end] for start, end in Document(text).view(protected)]
    ['http://a.b/c,d', '1,234', '`a,b`']
    """
    if document.markup == "markdown":
        from textfix.markup.markdown import untouchable

        return _Tokens(document.text, document.view(untouchable))
    if document.markup == "rst":
        from textfix.markup import rst

        return _Tokens(document.text, Spans(document.view(rst.untouchable)))
    return _Tokens(document.text)


class _Tokens(Spans):
    """The tokens of a text, found line by line when somebody asks: repairs are few, and lines without one cost nothing.

    Only what may run over lines (code, maths, tags, templates) is looked for at once; its signs are rare.
    """

    __slots__ = ("_across", "_high", "_line", "_low", "_text", "_whole")

    def __init__(self, text: str, more: Spans | None = None) -> None:
        super().__init__()
        self._text = text
        across = Spans(_across_lines(text))
        self._across = across if more is None else Several(across, more)
        self._whole: Spans | None = None
        self._line = Spans()
        self._low, self._high = 0, -1

    def _near(self, start: int, end: int) -> Spans:
        if self._whole is not None:
            return self._whole
        if not (self._low <= start and end <= self._high):
            text = self._text
            self._low = text.rfind("\n", 0, start) + 1
            high = text.find("\n", end)
            self._high = high = len(text) if high < 0 else high
            self._line = Spans([*_in_lines(text, self._low, high), *self._across.within(self._low, high)])
        return self._line

    def _all(self) -> Spans:
        if self._whole is None:
            self._whole = Spans([*_in_lines(self._text, 0, len(self._text)), *self._across])
        return self._whole

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        return self._all().within(start, end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _across_lines(text: str) -> _Found:
    """What may run over the end of a line."""
    if "`" in text:
        yield from _code(text)
    if "$" in text or "\\" in text:
        yield from _maths(text)
    if "<" in text:
        yield from _tags(text)
    if "{" in text:
        yield from _matches(_TEMPLATE, text, 0, len(text))


def _in_lines(text: str, start: int, end: int) -> _Found:
    """What never does."""
    span = (text, start, end)
    yield from _ascii_tokens(*span)
    colon = text.find(":", start, end) >= 0
    if text.find("www.", start, end) >= 0 or (
        colon and (text.find("://", start, end) >= 0 or text.find("mailto:", start, end) >= 0)
    ):
        yield from _addresses(*span)
    if text.find("\\", start, end) >= 0:
        yield from _matches(_WINDOWS_PATH, *span)
    if text.find("/", start, end) >= 0:
        yield from _matches(_UNIX_PATH, *span)
    if text.find("&", start, end) >= 0:
        yield from _matches(_ENTITY, *span)
    bracket = text.find("(", start, end) >= 0
    equals = text.find("=", start, end) >= 0
    if (bracket or equals or colon) and (text.find('"', start, end) >= 0 or text.find("'", start, end) >= 0):
        yield from _matches(_LITERAL, *span)
    if text.find("#", start, end) >= 0 or text.find("@", start, end) >= 0:
        yield from _matches(_MENTION, *span)
    if colon:
        yield from _matches(_SHORTCODE, *span)
    if text.find("〔", start, end) >= 0:
        yield from _matches(_CITATION, *span)
    if text.find("[", start, end) >= 0 or text.find("]", start, end) >= 0:
        yield from _matches(_INTERVAL, *span)
    if bracket or text.find("（", start, end) >= 0:
        yield from _matches(_FACE, *span)
    if equals or colon or any(text.find(sign, start, end) >= 0 for sign in ";^_"):
        yield from _matches(_EMOTICON, *span)
    yield from _matches(_EMOJI, *span)
    if text.find("\u20e3", start, end) >= 0:
        yield from _matches(_KEYCAP, *span)


def _matches(pattern: re.Pattern[str], text: str, start: int, end: int) -> _Found:
    return (match.span() for match in pattern.finditer(text, start, end))


# Runs of ASCII.

_RUN = pattern(r"[!-~]{2,}")
_TOUCHING_LEFT = "([{<\"'`,;:!?*"
_TOUCHING_RIGHT = ".,;:!?\"'`*"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def _ascii_tokens(text: str, low: int, high: int) -> _Found:
    """Runs with something else than letters and digits inside, less the marks that merely touch them."""
    for match in _RUN.finditer(text, low, high):
        run = match[0]
        if run.isalnum():
            continue
        start, end = match.span()
        if run[0].isalnum() and run[-1].isalnum():
            yield start, end
            continue
        if run[0] in "\"'" and (closed := run.find(run[0], 2)) > 0 and _WORDLIKE.search(run, 1, closed):
            yield start + 1, start + closed  # what stands in quotes without a blank is meant to the sign: `":help"`
        if (
            text[start - 1 : start] in _OPENING_QUOTES
            and text[end : end + 1] in _CLOSING_QUOTES
            and _WORDLIKE.search(run)
        ):
            yield start, end
            continue
        start += len(run) - len(run.lstrip(_TOUCHING_LEFT))
        end = _trimmed(text, start, end)
        # A token holds a letter or a digit; a lone sign at its head (`-m`, `.env`, `#1`, `$x`) belongs to it.
        if end - start > 1 and not (token := text[start:end]).isalnum() and _WORDLIKE.search(token):
            yield start, end


_WORDLIKE = pattern(r"[0-9A-Za-z]")
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset("“‘「『"), frozenset("”’」』")


def _trimmed(text: str, start: int, end: int) -> int:
    """Take off closing marks at the end that nothing inside opens."""
    depth: dict[str, int] | None = None
    while end > start:
        last = text[end - 1]
        if last in _PAIRS:
            if depth is None:  # count once, then keep count: a long run of closers must stay linear
                run = text[start:end]
                depth = {closer: run.count(closer) - run.count(opener) for closer, opener in _PAIRS.items()}
            if depth[last] <= 0:
                break
            depth[last] -= 1
        elif last not in _TOUCHING_RIGHT:
            break
        end -= 1
    return end


# Addresses. An address may hold Han (an IRI), but only behind a sign of its own: `…/文件?q=你好,世界` goes on, while in
# `http://a.b/c然后` and `http://a.b/c,然后` the sentence does.

_ADDRESS_SIGN = pattern(r"://|www\.|mailto:")
_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]{0,15}\Z")
_ADDRESS = pattern(rf"[!#-;=?-_a-z~|]*(?:(?<=[/?=#&_+%-])[{_CJK}][{_CJK}!#-;=?-_a-z~]*)?")


def _addresses(text: str, low: int, high: int) -> _Found:
    end = 0
    for sign in _ADDRESS_SIGN.finditer(text, low, high):
        if sign.start() < end:
            continue
        start = sign.start()
        if sign[0] == "://":
            scheme = _SCHEME.search(text, max(0, start - 16), start)
            if scheme is None:
                continue
            start = scheme.start()
        body = _ADDRESS.match(text, sign.end())
        end = _trimmed(text, start, body.end() if body else sign.end())
        yield start, end


# Paths. A Windows path may hold blanks and commas when a backslash follows; a Unix path goes on behind each slash.

_SEGMENT = rf"[{_CJK}0-9A-Za-z_.~$%@+()\[\]{{}}-]"
_WINDOWS_PATH = pattern(
    rf":\\(?<=[A-Za-z]..)(?:{_SEGMENT}+(?:[ ,]{_SEGMENT}{{1,30}}){{0,8}}\\)*{_SEGMENT}*"
    rf"|\\\\(?<!\\..)(?:{_SEGMENT}+\\)+{_SEGMENT}*"
)
_NAME = r"[0-9A-Za-z_.@+~-]{1,100}"
_UNIX_PATH = pattern(
    rf"/(?<![0-9A-Za-z:/<].)(?:{_NAME}/){{1,20}}[{_CJK}0-9A-Za-z_-]{{1,100}}(?:/[{_CJK}0-9A-Za-z_-]{{0,100}}){{0,20}}(?:\.[0-9A-Za-z]+|(?<=/))"
)

# A half-open interval: brackets that are no pair.

_INTERVAL = pattern(r"\[[^\[\]()\s,]{1,20}, ?[^\[\]()\s,]{1,20}\)|\([^\[\]()\s,]{1,20}, ?[^\[\]()\s,]{1,20}\]")

# Code between backticks, as many behind as before, on one line; between fences, over lines.

_FENCE = pattern(r"```(?<!`...)[^`\n]*\n.*?(?:\n[ \t]*```|\Z)", re.DOTALL)
_INLINE = pattern(r"`(?:(?<!``)(?!`)[^`\n]+`(?!`)|`(?!`)[^\n]{1,200}?``(?!`))")


def _code(text: str) -> _Found:
    if "```" in text:
        yield from _matches(_FENCE, text, 0, len(text))
    yield from _matches(_INLINE, text, 0, len(text))


# Maths as TeX writes it. A dollar that opens is followed by something, one that closes follows something and no digit
# follows it: `$5和$10` is money. Chinese inside needs a command (`\text{…}`) or stands alone (`$阿里巴巴.US$`).

_DOLLARS = pattern(
    rf"\$\$[^$]{{1,2000}}\$\$"
    rf"|\$(?![\s\d,.$])(?:[!-#%-~ ]{{0,200}}|[{_CJK}0-9A-Za-z.]{{1,30}}|(?=[^$\n]{{0,200}}\\)[^$\n]{{1,200}})"
    r"(?<! )\$(?!\d)|\$\d[!-#%-~]{0,100}[=+^_*/\\<>a-zA-Z-][!-#%-~]{0,100}\$(?!\d)"
)
_TEX = pattern(
    r"\\(?:\([^\n]{1,500}?\\\)|\[.{1,2000}?\\\]|[A-Za-z]+\*?(?:\[[^\]\n]{0,100}\])?\{[^{}\n]{0,200}\})", re.DOTALL
)


def _maths(text: str) -> _Found:
    if text.count("$") > 1:
        yield from _matches(_DOLLARS, text, 0, len(text))
    if "\\" in text:
        yield from _matches(_TEX, text, 0, len(text))


# Tags, comments, and what stands inside the elements that hold code; entities.

_TAG = pattern(r"<(?:/?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,1000})?/?|[!?%][^<>]{0,500})>")
_RAW = pattern(r"<(script|style|pre|code|kbd|samp|tt|math|svg)\b[^<>]{0,500}>", re.IGNORECASE)
_ENTITY = pattern(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def _tags(text: str) -> _Found:
    yield from _matches(_TAG, text, 0, len(text))
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        yield start, end + 3
        start = text.find("<!--", end)
    lower = ""
    reached, closers = 0, dict[str, int]()
    for opened in _RAW.finditer(text):
        if opened.start() < reached:
            continue
        name = opened[1].lower()
        lower = lower or text.lower()
        if len(lower) != len(text):  # a capital whose small letter is longer; offsets would lie
            lower = text
        # An element that never closes is looked for once, not from every place it opens.
        if closers.get(name, 0) >= 0:
            closers[name] = lower.find(f"</{name}", opened.end())
            if closers[name] >= 0:
                reached = closers[name]
                yield opened.start(), reached


# String literals that only programs write: `"key": "…"`, `key="…"`, `print("…")`.

_LITERAL = pattern(
    r"""[=(](?<=[0-9A-Za-z_\]].) ?(?P<q>["'])[^"'\n]{0,300}(?P=q)|"[\w.-]{1,60}" ?: ?(?:"[^"\n]{0,300}"|(?=[\[{0-9]))"""
)

# Hashtags and mentions, citations of documents, templates.

_MENTION = pattern(
    rf"[#@](?:[0-9A-Za-z_]+|(?<![0-9A-Za-z{_CJK}].)[{_CJK}][{_CJK}0-9A-Za-z_]*|(?<![0-9A-Za-z].)[{_CJK}][{_CJK}0-9A-Za-z_]{{0,30}}(?=#))#?"
)
_CITATION = pattern(r"〔\s?(?:19|20)\d\d\s?〕\s?第?\s?\d+\s?号?")
_TEMPLATE = pattern(r"\{\{.{1,300}?\}\}|\{%.{1,300}?%\}|\$\{[^{}\n]{1,200}\}|%\{[^{}\n]{1,100}\}", re.DOTALL)

# Emoticons of ASCII marks, and emoji with their joiners, selectors, skin tones and flags.

_EMOTICON = pattern(
    r"[:;=](?<![0-9A-Za-z:;=)]\S)(?:-\)|[-'^o]?(?:[)D](?![0-9A-Za-z])|[(|\\/*PpOo3](?![0-9A-Za-z(/*"
    + _CJK
    + r"])))|\^[_.o-]?\^|[TQ]_[TQ](?![A-Za-z])"
)
# Two eyes and what is between them, in brackets, without a word: `(＾▽＾)`, `(･∀･)`, `(>_<)`.
_EYE = "[´`｀＾^･・￣¯゜ﾟ°◕ಠಥ≧≦＞＜><；;╥⊙◉¬⌒︶╯╰•╹]"
_OF_FACE = rf"(?:[^\s()（）0-9A-Za-z{_CJK}，。、；：！？“”‘’「」《》,.]|[oO3ωДдзεツへのヮノヽ_.;])"
_FACE = pattern(rf"[(（]{_OF_FACE}{{0,3}}?{_EYE}{_OF_FACE}{{1,4}}?{_EYE}{_OF_FACE}{{0,3}}[)）]|[(（]ツ[)）](?=_/)")
_SHORTCODE = pattern(r":(?:[a-z][a-z0-9_+-]{1,40}|[+-]1):(?!/)")  # `:pencil:`, which many renderers draw
_PICTURE = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_EMOJI = pattern(rf"[{_PICTURE}][{_PICTURE}\ufe0e\ufe0f\u200d\U000e0020-\U000e007f]*")
_KEYCAP = pattern(r"[0-9#*]\ufe0f?\u20e3")
