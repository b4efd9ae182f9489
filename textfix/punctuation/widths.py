"""Width, mark by mark: half-width and small marks that belong to Chinese or Japanese."""

from __future__ import annotations

import re

from textfix.engine import Editor
from textfix.patterns import pattern
from textfix.punctuation.house import House
from textfix.punctuation.marks import BLANKS, CJK, FULL, LETTERS, QUOTED, SMALL
from textfix.punctuation.page import Line, Page
from textfix.signs import Sign

__all__ = ["SUSPECTS", "repair"]

_HALVES = ",;:!?."
_HALF = _HALVES + SMALL
_BESIDE = CJK + "“”‘’"
# A straight quote may become a curly one, which is Chinese enough: so what stands behind one is looked at, too.
_NEAR_LEFT = rf"(?:(?<=[{_BESIDE}\"'].)|(?<=[{_BESIDE}][ )*].)|(?<=[{_BESIDE}\"']\).)|(?<=[{_BESIDE}]\*\*.))"
_NEAR_RIGHT = rf"(?=[{_BESIDE}]|[ (\"'\[][{_BESIDE}]| \[[{_BESIDE}])"
_DECIMAL = r"(?<=[0-9]．)(?=[0-9])"
_IS_SMALL = rf"(?<=[{SMALL[:-1]}])"  # which is Chinese enough, whatever stands beside it
_ENDS_LINK = r"(?<=[)\]].)(?=\n|\Z)"
_ENDS_LATIN = r"(?<=[0-9A-Za-z%‰][!?])(?=[\"')]?(?:\n|\Z))"
_ENDS = rf"{_ENDS_LINK}|{_ENDS_LATIN}"

_NEAR = rf"(?:{_NEAR_LEFT}|{_NEAR_RIGHT}|{_ENDS}|{_DECIMAL}|{_IS_SMALL})"
#: A half-width mark, bracket or quote with Chinese or Japanese near; those of numbers are told by what is beside them.
SUSPECTS = (
    Sign(pattern(rf"[,;:.()\"'﹙﹚]{_NEAR}"), beside=rf"[{_BESIDE}\"'()\[\]* ]"),
    Sign(pattern(rf"[!?{SMALL}]{_NEAR}")),
)

# Most half-width marks stand in numbers and Latin words: only those with Chinese beside them, or behind a blank, a
# quote or a bracket, are looked at, and a question that ends with a Latin word.
_HALF_RUN = pattern(rf"[{_HALF}](?:{_NEAR_LEFT}[{_HALF}]*|[{_HALF}]*{_NEAR_RIGHT}|{_ENDS}|{_DECIMAL}|{_IS_SMALL})")
_PARTED = frozenset(_HALVES + "，。、；：！？…")
_BANGS = frozenset("!?﹗﹖")
_TWICE = frozenset((",,", "﹐﹐", "﹑﹑", "､､", "｡｡", "﹔﹔", "﹕﹕"))
_NUMERALS = pattern(r"\s*[（(]?[第一二三四五六七八九十百零〇甲乙丙丁戊己庚辛壬癸上中下]{1,4}\Z")
_DATE = pattern(r"[一二三四五六七八九十〇]{1,3}(?![^．。，；：\s）])")
_LEADER = pattern(r"[ .·…]*\d+[ \t]*$", re.MULTILINE)
_SPREAD = frozenset("=([{<>/\\_|&$@#")
_SIGNS = frozenset(",;:!?.&|+-*/\\<>=^~$@#%")


def repair(page: Page, editor: Editor) -> None:
    """Widen the marks that belong to Chinese or Japanese, with the blanks that their width brought along."""
    text = page.text
    house = House(page)
    for run in _HALF_RUN.finditer(text):
        start, end = run.span()
        line = page.line(start)
        if line.language is None or (start and text[start - 1] in _HALF):
            continue
        # A small mark is Chinese enough to end the search in the middle of a run.
        while end < line.end and text[end] in _HALF:
            end += 1
        marks = text[start:end]
        if text[start - 1 : start] + text[end : end + 1] in QUOTED:
            continue  # the mark itself is meant
        if start - 1 > line.start and text[start - 1] in BLANKS and text[start - 2] in _PARTED:
            continue  # set apart from another mark, whose sentence it does not end
        twin = marks.translate(FULL)
        if twin in _FULL_STOPS and twin in (text[start - 1 : start], text[end : end + 1]):
            first, last = (start, end + 1) if text[end : end + 1] == twin else (start - 1, end)
            beyond = (text[first - 1 : first] + text[last : last + 1]).translate(FULL)
            abbreviation = marks == "." and start > line.start and text[start - 1].isascii()
            if (
                twin in "，。、"
                and not abbreviation
                and twin not in beyond
                and "…" not in beyond  # or the dots that will be one
                and (line.language != "ja" or house.of(marks) is not None)
                and page.is_prose(line)
                and not page.protected.meets(start, end)
                and page.claim(*range(first, last))
            ):
                editor.replace(first, last, twin, "doubled")
            continue
        if marks.strip(".．｡") == "" and len(marks) > 1:
            after = _ellipsis(page, line, start, end)
        elif _BANGS.issuperset(marks):
            if house.loses and _may_be_lost(text, line, start, end):
                editor.doubt(start, end, "lost", "a question mark, or a character that an encoder had no code for")
                continue
            after = _bangs(page, house, line, start, end)
        elif len(marks) == 1 or marks in _TWICE:
            after = _single(page, house, line, start, end)
        else:
            after = None
        if after is not None and page.is_prose(line) and not page.protected.meets(start, end):
            reason = "ellipsis" if after == "……" else "width"
            start, end = page.with_blanks(start, end, line)
            beside = text[start - 1 : start] + text[end : end + 1]
            # What is parted by a blank is not to become a doubled mark, which would be one too many.
            if len(after) > 1 or after not in (beside.translate(FULL) if after in "，。、" else beside):
                editor.replace(start, end, after, reason)


def _single(page: Page, house: House, line: Line, start: int, end: int) -> str | None:
    """Return the full-width form of a mark that belongs to Chinese or Japanese; None to leave it."""
    text, mark = page.text, page.text[start]
    after = house.of(mark)
    if after is None:
        return None
    if mark == "．" and start > line.start and _IS_DIGIT.match(text, start - 1) and _IS_DIGIT.match(text, end):
        return "."
    if start > line.start and text[start - 1] in _FULL_STOPS and not text.endswith("。。。", line.start, start):
        return None
    left, right = page.left(start, line), page.right(end, line)
    if _is_subject(page, line, start, end) or (mark in ",:;" and _in_notation(text, line, start)):
        return None
    if mark == ":" and (right.touches > left.touches or _NAMED.search(text, line.start, start)):
        return None  # opens or closes a name: `:标签:`
    if mark in ",;" and right.kind == "L" and _glosses_latin(page, line, start):
        return None
    if left.kind == "C":
        if mark == "," and line.language == "ja" and not right.touches and not _HIRAGANA.match(text, start - 1):
            return None  # parts the items of a list, as in Latin; a comma of the sentence stands behind its particle
        if mark == ".":
            if text[left.at] in _FULL_STOPS:
                return None  # behind the quotation of a sentence there is a stop already
            return after if _is_stop(page, line, start, end) else None
        if mark == "．" and (_NUMERALS.match(text, line.start, start) or _DATE.match(text, end)):
            return None
        if mark == ":" and (text[end : end + 1] in ("/", "\\") or not (left.touches or right.touches)):
            return None  # the rest of an address or a path; a sign set apart, which may be the subject
        if (
            mark == ":"
            and not (house.key_colon or right.touches or right.kind == "E")
            and _KEY.match(text, line.start, start)
        ):
            return None
        if mark == ";" and ((right.kind == "L" and right.touches) or not right.kind):
            return None
        if not right.kind and right.touches and text[right.at] in _SPREAD and "(" not in text[end : right.at]:
            is_name = text[right.at] in "@#" and right.at in page.protected  # a mention, a tag
            return after if is_name and not page.latin(start, line) else None
        if not (right.kind or right.touches or left.touches) and text[end + 1] in _SIGNS:
            return None  # one of several signs, set apart by blanks
        return None if page.latin(start, line) else after
    if mark in SMALL and mark != "．":
        return after
    if line.language == "ja":
        return None
    # Behind a Latin word or a number, the Chinese sentence around it decides.
    if mark in ",:" and right == ("C", True, end) and left.kind != "E" and page.chinese_before(start, line):
        return None if text[end] in _FULL_STOPS or text[end] in SMALL else after
    if mark == "." and text[start - 1] in "%‰℃" and right.kind == "E" and page.chinese_before(start, line):
        return after
    return None


_IS_DIGIT = pattern("[0-9]")
_NAMED = pattern(rf"[ \t]:[{LETTERS}0-9A-Za-z_]{{1,12}}\Z")
_KEY = pattern(rf"[ \t>*-]*(?:`[^`\n]{{1,40}}`[ ]?)?[(（]?[{LETTERS}0-9A-Za-z]{{1,8}}[)）]?\Z")
_HIRAGANA = pattern("[\u3041-\u309f]")
_FULL_STOPS = frozenset("，。、；：！？")


def _is_subject(page: Page, line: Line, start: int, end: int) -> bool:
    """Say whether half-width marks stand before a token, as the sign of a command or an option does: `输入 :wq`."""
    text = page.text
    if start == line.start or text[start - 1] not in BLANKS or end >= line.end:
        return False
    return "!" <= text[end] <= "~" and text[end] not in "\"'()"


def _in_notation(text: str, line: Line, at: int) -> bool:
    """Say whether a mark parts the elements of a list or a set in half-width brackets: `[上, 左]`, `{debian,…}`."""
    low = max(line.start, at - _REACH)
    opened = max(text.rfind("[", low, at), text.rfind("{", low, at))
    if opened < 0 or max(text.rfind("]", opened, at), text.rfind("}", opened, at)) >= 0:
        return False
    closed = text.find("]" if text[opened] == "[" else "}", at, min(line.end, at + _REACH))
    return closed >= 0 and text[closed + 1 : closed + 2] not in ("(", "[")  # which make a link of Markdown


_REACH = 60


def _glosses_latin(page: Page, line: Line, at: int) -> bool:
    """Say whether a bracket before a mark explained a word of a Latin list: `Ubuntu (基于软件包), Fedora (另一种)`.

    The bracket may be of either width, because it may become wider.
    """
    text = page.text
    if at == line.start or text[at - 1] not in ")）﹚":
        return False
    span = max(line.start, at - _REACH), at - 1
    opened = max(text.rfind(bracket, *span) for bracket in "(（﹙")
    if opened <= line.start or page.left(opened, line).kind != "L":
        return False
    before = text[max(line.start, opened - _REACH) : opened]
    return not _ONE_LETTER.search(_IN_BRACKETS.sub("", before))


_ONE_LETTER = pattern(f"[{LETTERS}]")
_IN_BRACKETS = pattern(r"\A[^()（）﹙﹚]*[)）﹚]|[(（﹙][^()（）﹙﹚]*[)）﹚]")


def _is_stop(page: Page, line: Line, start: int, end: int) -> bool:
    """Say whether a full stop behind Chinese ends a sentence.

    Between two Han it may part a name (`乔治.布什`) or a number from its heading: there, the line must end in such a
    stop and have no other kind, and there must be clauses on both sides.
    """
    text = page.text
    if page.latin(start, line) or _NUMERALS.match(text, line.start, start):
        return False
    if text[start - 1] in BLANKS:  # at the end of a line, a stop that was set apart; elsewhere a name (`.env`)
        return end >= line.end and text[start - 2 : start - 1] not in BLANKS
    right = page.right(end, line)
    if right.kind == "E" or not right.touches or text[end] in '"”」』':
        return right.kind != "" or text[right.at] not in _SPREAD
    if right.kind != "C" or line.language == "ja":
        return right.kind == "C"
    if not page.ends_in_points(line) or not _CLAUSE.match(text, end, line.end):
        return False
    return _CLAUSE_BEFORE.search(text, max(line.start, start - 5), start) is not None


_CLAUSE = pattern(rf"[\"“「]?[{LETTERS}0-9A-Za-z]{{3}}")
_CLAUSE_BEFORE = pattern(rf"[{LETTERS}0-9A-Za-z”\"]{{3}}\Z")


def _bangs(page: Page, house: House, line: Line, start: int, end: int) -> str | None:
    """Widen exclamation and question marks; `Yahoo!` and `!important` keep theirs."""
    if not house.bang:
        return None
    text = page.text
    left, right = page.left(start, line), page.right(end, line)
    after = text[start:end].translate(FULL)
    if text[start - 1 : start] in ("！", "？") and start > line.start:
        return after
    if not left.touches and not right.touches and right.kind != "E":
        return None  # the sign itself, set apart from the words around it
    if left.kind == "C":
        begins = _SENTENCE.match(text, end) is not None
        if (right.kind in ("L", "") and right.touches and right.at == end and not begins) or page.latin(start, line):
            return None
        return after
    if line.language == "ja" or left.kind != "L" or not page.chinese_before(start, line):
        return None
    ends = right.kind == "E" or (right.kind == "C" and right.touches)
    is_number = text[left.at].isdigit() or text[left.at] in "%‰℃°"
    return after if ends and (text[start] == "?" or is_number) else None


#: A Latin word that may begin a sentence; what a program reads (`!important`, `?Q=1`) is none.
_SENTENCE = pattern(r"[A-Z][A-Za-z]*(?![0-9A-Za-z=&/_(-])")


def _may_be_lost(text: str, line: Line, start: int, end: int) -> bool:
    """Say whether a `?` between letters, where all others are full width, may stand for a character that was lost."""
    if text[start:end] != "?" or start == line.start or end >= line.end:
        return False
    beside = text[start - 1] + text[end]
    return all(_ONE_CJK.match(character) or character in "”’" for character in beside)


_ONE_CJK = pattern(f"[{CJK}]")


def _ellipsis(page: Page, line: Line, start: int, end: int) -> str | None:
    """Three to six dots in Chinese are an ellipsis; more are a leader, and so are any before a page number."""
    text = page.text
    if line.language == "ja" or not 3 <= end - start <= 6 or _LEADER.match(text, end, line.end):
        return None
    if end - start == 4 and start > line.start and text[start - 1].isascii() and text[start - 1].isalpha():
        return None  # the first dot may belong to an abbreviation
    left, right = page.left(start, line), page.right(end, line)
    if left.kind != "C" and not (left.kind in "EL" and right.kind == "C" and right.touches):
        return None
    if (right.kind == "L" and right.touches) or page.latin(start, line):
        return None
    if left.kind == "L" and not page.chinese_before(start, line):
        return None
    return "……" if text[end : end + 1] not in _SPREAD or end >= line.end else None
