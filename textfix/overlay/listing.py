"""Tells lines of programs, terminals and data from lines of print: they say the same twice for reasons of their own.

Declarations name a type once for each argument, a test yields a value twice, a listing shows a command again, and an
identifier may be anything. Nobody draws a line of a listing twice, for bold is what headings are.
"""

from __future__ import annotations

from textfix.patterns import pattern

__all__ = ["is_listing"]

_WIDE = pattern(r"[\u2e80-\ud7af\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff]")
_CODE = pattern(
    r"""(?mx)
      [{}\\;] \s* $                                     # a block or a statement ends, a line goes on
    | :: | -> | => | [=!<>+*/|-]= | && | \|\| | </ | /> | ://
    | \w_\w | \b_\w | [A-Za-z]\w{0,60}\( (?!s\)) | \w\[ | \$[\w({] | \\[A-Za-z] | @\w+[.(]
    | [A-Za-z]:[A-Za-z>]                                # a name in a scope
    | \w [ ]? = [ ]? [\w"'\[({<-]                       # an assignment, an attribute
    | (?:^|\s) --? [a-z][\w-]*                          # an option
    | (?<![\w.]) [a-z]{2,} \. [a-z]{2,} (?![\w.])       # a member, a module, a file
    | \b [a-z]+[A-Z]\w* \b .* \b [a-z]+[A-Z]\w* \b      # names with capitals inside
    | ["'] \s* : \s | ^ \s* [\[{] .* [\]},] \s* $
    | ^ \s* (?: [$%>\#] | >>> | \.\.\. | /[/*] | \*/ | [\w.-]+@[\w.-]+ [:~ ] | [A-Za-z]:\\ ) (?: \s | $ )
    | ^ \s* [+|=*-] [|+=*-]{2,} | [|] .* [|]            # the rules and cells of a table
    | \b (?=\w*\d) (?=\w*[A-Fa-f]) [0-9A-Fa-f]{8,} \b   # a number in base 16
    """
)


def is_listing(lines: str) -> bool:
    """Say whether lines without wide characters have the marks of a program, a terminal or a table.

    >>> [is_listing(line) for line in ("void f(int, int);", "$ ls", "x = 1", '  "id": 7,', "std::string")]
    [True, True, True, True, True]
    >>> [is_listing(line) for line in ("Higher School", "5.4.2. Package Removal", "the owner(s)", "引导原则 x = 1")]
    [False, False, False, False]
    """
    return _WIDE.search(lines) is None and _CODE.search(lines) is not None
