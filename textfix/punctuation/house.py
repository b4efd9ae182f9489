"""The house style of a document, as its own full-width marks tell it."""

from __future__ import annotations

from collections import Counter

from textfix.patterns import pattern
from textfix.punctuation.marks import FULL, LETTERS
from textfix.punctuation.page import Page, length

__all__ = ["House"]


_WIDE_STOPS = pattern("．．+")  # an ellipsis
_BEHIND_LETTER = pattern(f"[,.:!?](?<=[{LETTERS}].)")


class House:
    """The marks of this document: what its own full-width marks say about the half-width ones."""

    def __init__(self, page: Page) -> None:
        text, self._japanese = page.text, page.language == "ja"
        count = text.count
        half = Counter(_BEHIND_LETTER.findall(text))
        bangs = count("！") + count("？")
        #: Full stops of mathematical and scientific books: consistent `．` is house style.
        wide = count("．")
        self.wide_stop = wide > 2 and wide - length(_WIDE_STOPS, text) > max(2, count("。"))
        #: A colon may be style (keys and values of forms, options of programs) where commas are full width.
        self.colon = count("：") >= half[":"] or half[":"] < 3 or count("，") < half[","]
        #: Where there are more half-width ones, those between a key and its value may be.
        self.key_colon = count("：") >= half[":"]
        #: Encoders write `?` for what they have no code for. A text whose question marks are full width shows it.
        self.loses = count("？") >= 4 * max(1, half["?"])
        if self._japanese:
            # Small and half-width forms are full-width ones that have not been repaired yet.
            commas = {"、": count("、") + count("､") + count("﹑"), "，": count("，") + count("﹐")}
            comma = max(commas, key=commas.__getitem__)
            self.comma = comma if commas[comma] > half[","] else ""
            stop = "．" if self.wide_stop else "。"
            self.stop = stop if count(stop) + count("｡") * (stop == "。") > half["."] else ""
            self.colon = count("：") > half[":"]
            self.bang = bangs > half["!"] + half["?"]
        else:
            self.comma, self.stop, self.bang = "，", "" if self.wide_stop else "。", True

    def of(self, mark: str) -> str | None:
        """Return the full-width mark of the house; None where it has none."""
        if mark in ",﹐":
            return self.comma or None
        if mark in ".．｡﹒":
            return self.stop or None
        if mark in ":﹕":
            return "：" if self.colon else None
        if mark in ";﹔":
            return None if self._japanese else "；"
        return mark.translate(FULL)
