"""JSON Lines, edited in place: a member gets another value, and every other byte of the line stays.

The standard library's scanner tells where each value stands while it checks the line, so one reading does for both; a
faster parser that gives only values would need a second one, and would write the line anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Line", "Member", "edited", "parsed"]

_BOM = "\ufeff"
_SPACE = re.compile(r"[ \t\n\r]*")
# Numbers are not looked at; as floats they have no limit of digits, and are never taken for text.
_scan = json.JSONDecoder(parse_int=float).scan_once  # type: ignore[attr-defined]
_string = json.decoder.scanstring  # type: ignore[attr-defined]


class Member(NamedTuple):
    """The value of a member, and where it stands in the line."""

    value: Any
    start: int
    end: int


class Line(NamedTuple):
    """A line of JSON Lines that holds an object; `close` is where its last brace stands."""

    text: str
    members: dict[str, Member]
    close: int


def parsed(record: bytes) -> Line:
    """Return the object on a line; raises ValueError, which says at which byte, where there is none.

    >>> parsed(b'{"id": 1, "text": "one"}').members["text"]
    Member(value='one', start=18, end=23)
    """
    try:
        text = record.decode()
    except UnicodeDecodeError as error:
        raise ValueError(
            f"not UTF-8: byte 0x{record[error.start]:02x} at byte {error.start} of the line ({error.reason})"
        ) from None
    try:
        return _object(text)
    except StopIteration as error:
        place, message = error.value, "a value was expected"
    except json.JSONDecodeError as error:
        place, message = error.pos, error.msg.removesuffix(" at")
    except RecursionError:
        place, message = 0, "nested too deeply"
    raise ValueError(f"not valid JSON: {message} at byte {len(text[:place].encode())} of the line")


def edited(line: Line, values: Mapping[str, Any]) -> bytes:
    """Return the line with these members set; one that is new comes last.

    >>> edited(parsed(b'{"text":"one" , "n":1.0}'), {"text": "two", "by": None})
    b'{"text":"two" , "n":1.0,"by":null}'
    """
    text = line.text
    # As the line has it: characters escaped or plain, a space after the colon or none.
    escaped = text.isascii() and "\\u" in text
    spaced = not line.members or text[min(member.start for member in line.members.values()) - 1] == " "
    replaced = sorted((line.members[name][1:], value) for name, value in values.items() if name in line.members)
    pieces: list[str] = []
    position = 0
    for (start, end), value in replaced:
        pieces += (text[position:start], _dumped(value, escaped))
        position = end
    tail = text[position : line.close].rstrip(" \t\r\n")
    pieces.append(tail)
    pieces.append(_added({n: v for n, v in values.items() if n not in line.members}, not line.members, escaped, spaced))
    pieces.append(text[position + len(tail) :])
    whole = "".join(pieces)
    try:
        return whole.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can say and UTF-8 cannot
        return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", whole).encode()


def _object(text: str) -> Line:
    position = 1 if text.startswith(_BOM) else 0
    position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
    if text[position : position + 1] != "{":
        raise json.JSONDecodeError("an object was expected", text, position)
    members: dict[str, Member] = {}
    position = _SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
    if text[position : position + 1] != "}":
        while True:
            if text[position : position + 1] != '"':
                raise json.JSONDecodeError("a name in double quotes was expected", text, position)
            name, position = _string(text, position + 1, True)
            position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
            if text[position : position + 1] != ":":
                raise json.JSONDecodeError("':' was expected", text, position)
            start = _SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
            value, position = _scan(text, start)
            members[name] = Member(value, start, position)
            position = _SPACE.match(text, position).end()  # type: ignore[union-attr]
            mark = text[position : position + 1]
            if mark == "}":
                break
            if mark != ",":
                raise json.JSONDecodeError("',' or '}' was expected", text, position)
            position = _SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
    after = _SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
    if after != len(text):
        raise json.JSONDecodeError("something follows the object", text, after)
    return Line(text, members, position)


def _dumped(value: Any, escaped: bool) -> str:
    return json.dumps(value, ensure_ascii=escaped)


def _added(values: Mapping[str, Any], first: bool, escaped: bool, spaced: bool) -> str:
    space = " " if spaced else ""
    pairs = [f"{_dumped(name, escaped)}:{space}{_dumped(value, escaped)}" for name, value in values.items()]
    joined = f",{space}".join(pairs)
    return joined if first or not joined else f",{space}{joined}"
