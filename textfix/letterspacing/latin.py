"""Latin capitals that are set apart: `C H A P T E R   1`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from textfix.document import Document
from textfix.letterspacing.han import Finding
from textfix.patterns import pattern
from textfix.signs import Sign

__all__ = ["SIGN", "findings"]

#: Four letters that stand alone.
SIGN = Sign(pattern(r"[ ][A-Za-z] (?<=\b[A-Za-z] [A-Za-z] )[A-Za-z] [A-Za-z]\b"), left="[A-Za-z]", right="[A-Za-z][ ]")
# A line of nothing but single letters and digits, where every blank parts two of them.
_LINE = pattern(r"[ \t]*[A-Za-z0-9&](?: {1,12}[A-Za-z0-9&:.,'’-])+[ \t]*")
_GAP = pattern(" +")
_VOWELS = frozenset("AEIOUY")
_CLUSTER = pattern("[^AEIOUY]{5}|[AEIOUY]{4}")

# Heads that stand alone as one word, for which no wider gap can part anything.
_HEAD_WORDS = """
ABSTRACT ACKNOWLEDGEMENTS ACKNOWLEDGMENTS AFTERWORD AGENDA APPENDIX ARTICLE BIBLIOGRAPHY CHAPTER
CONCLUSION CONCLUSIONS CONTENTS DISCLAIMER EDITORIAL EPILOGUE ERRATA FIGURES FOREWORD GLOSSARY IMPRINT
INDEX INTRODUCTION METHODS MINUTES NOTES NOTICE PART PREFACE PROLOGUE REFERENCES REPORT RESULTS SECTION
SUMMARY TABLES
"""
_HEADS = frozenset(_HEAD_WORDS.split())


def findings(document: Document) -> Iterator[Finding]:
    """Yield the lines whose words can be told from the gaps, and a doubt for those whose cannot."""
    text = document.text
    seen = -1
    for hit in SIGN.matches(document):
        if hit.start() < seen:
            continue
        start = text.rfind("\n", 0, hit.start()) + 1
        seen = text.find("\n", hit.end())
        seen = len(text) if seen < 0 else seen
        line = text[start:seen]
        if not _LINE.fullmatch(line):
            continue
        first, last = len(line) - len(line.lstrip()), len(line.rstrip())
        gaps = [(start + gap.start(), start + gap.end()) for gap in _GAP.finditer(line, first, last)]
        narrow = min(b - a for a, b in gaps)
        groups = re.split(f" {{{narrow + 1},}}", line.strip())
        words = ["".join(group.split()) for group in groups]
        if not all(_is_word(word) or _is_number(word) for word in words):
            continue
        if not any(len(word) >= 4 and _is_word(word) for word in words):
            continue
        if len(words) > 1 or words[0].upper() in _HEADS or _elsewhere(text, words[0]):
            yield Finding(start, seen, [gap for gap in gaps if gap[1] - gap[0] == narrow], "")
        else:
            yield Finding(start, seen, [], "letters set apart by equal gaps: the words cannot be told")


def _is_number(word: str) -> bool:
    return not any(map(str.isalpha, word)) or set(word) <= set("IVXLC")


def _is_word(word: str) -> bool:
    """Say whether letters make a pronounceable word, and not a row of options, notes or keys.

    >>> [_is_word(word) for word in ("CHAPTER", "Contents", "ACDBA", "QWERTYUIOP", "xyzw")]
    [True, True, False, False, False]
    """
    letters = "".join(filter(str.isalpha, word)).upper()
    if not letters or word.lower() == word or not (word.isupper() or word[1:].islower()):
        return False
    if len(letters) >= 4:
        if set(letters) <= set("ABCDEFGH") or all(a < b for a, b in pairwise(letters)):
            return False
        vowels = set(letters) & _VOWELS
        return bool(vowels) and set(letters) != vowels and not _CLUSTER.search(letters)
    return True


def _elsewhere(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None
