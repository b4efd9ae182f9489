"""Variants: Simplified, Traditional and regional forms, by OpenCC."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from textfix.contracts import Contract, Violation
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers.base import Editor, Normalizer
from textfix.variants.configs import IDEOGRAPH

if TYPE_CHECKING:
    from textfix.variants.conversion import Conversion

__all__ = ["Variants"]


@dataclass(frozen=True)
class _ConversionContract:
    """What stands there after the edits is what OpenCC makes of the text, but for what has arrived already."""

    config: str

    @property
    def description(self) -> str:
        return f"put in place what OpenCC's {self.config} does"

    def violations(self, document: Document, edits: Edits) -> Iterator[Violation]:
        found = _conversion(document, self.config)
        if found is not None and _applied(found, edits) == found.result:
            return
        # Some may be missing, which a directive or a protect pattern holds back; those that are left must be OpenCC's.
        expected: set[tuple[int, int, str]] = set()
        if found is not None:
            starts, ends = found.starts.tolist(), found.ends.tolist()
            whole = Edits(found.source, starts, ends, found.afters, [""] * len(starts))
            if whole.apply() == found.result:
                expected.update(zip(starts, ends, found.afters))
        for index, row in enumerate(zip(edits.starts, edits.ends, edits.afters)):
            if row not in expected:
                yield Violation(index, f"may only {self.description}")


def _applied(found: Conversion, edits: Edits) -> str:
    return Edits(found.source, edits.starts, edits.ends, edits.afters, edits.reasons).apply()


@dataclass(frozen=True)
class Variants(Normalizer):
    """Simplified, Traditional and regional forms of Chinese, converted by OpenCC, with every offset kept.

    >>> Variants("t2s")("漢語拼音")
    '汉语拼音'
    >>> Variants("s2twp").explain("打开默认软件，内存不足").edits[-1]
    Edit(start=7, end=9, before='内存', after='記憶體', reason='variants/word')

    Opt-in, because it repairs no damage: it rewrites what the author wrote. Runs last, as it needs whole words.

    Options: `config` names a conversion that the installed `opencc` ships: `t2s` Traditional to Simplified, `s2t` the
    other way, `tw` and `hk` for the forms of Taiwan and Hong Kong, `jp` for the new Japanese forms; a `p` at the end
    (`s2twp`, `tw2sp`, `s2hkp`, `hk2sp`) converts regional words too. An unknown name raises ValueError with the
    nearest one.

    Reasons: `variants/form`, the same characters in another form, one edit a run; `variants/word`, another word
    (`软件` → `軟體`): one edit a run, or a word where the length changes. Offsets are code points.

    The outcome is that of OpenCC, save that what is in the target script already stays as it is, which OpenCC does
    not look for: `显著` under `tw2s` (OpenCC alone: `显着`), `一出來` under `s2t` (`一齣來`), `核心` in a longer text
    in Simplified under `tw2sp` (`内核`). So a text may pass twice:

    >>> simplified = "厄瓜多尔的经济显著增长"
    >>> Variants("tw2sp")(simplified) is simplified
    True

    What is protected (code, addresses, markup) stays, as do the characters that OpenCC cannot read: NUL and lone
    surrogates.

    When not to use it: on Japanese, whose characters `t2s` and `s2t` take for Chinese (`東京` → `东京`); on quotations,
    names and old texts whose spelling matters; on mojibake, which it makes irrecoverable. A text of one or two words
    that both scripts write alike shows no script; a second pass converts it anew (`s2twp`: `文档` → `文件` → `檔案`,
    `塔吉克斯坦斯坦` → `塔吉克斯坦` → `塔吉克`).

    Sources: the dictionaries and configurations of OpenCC (https://github.com/BYVoid/OpenCC, Apache-2.0); GB 2312 and
    Big5, as Python's codecs have them, for the characters that only one script has.
    """

    name = "variants"
    reasons = ("form", "word")
    probe = IDEOGRAPH
    # Only in the first round: what a conversion gave is not to be converted again.
    once: ClassVar[bool] = True

    config: str = "t2s"

    def __post_init__(self) -> None:
        from textfix.variants.configs import config

        config(self.config)

    @property
    def contract(self) -> Contract:  # type: ignore[override]  # it depends on the configuration
        """What the edits may be: what OpenCC makes of the text."""
        return _ConversionContract(self.config)

    @property
    def data_version(self) -> str:
        """The version of OpenCC: its dictionaries decide the outcome."""
        from textfix.variants.configs import version

        return f"opencc {version()}"

    def propose(self, document: Document, editor: Editor) -> None:
        found = _conversion(document, self.config)
        if found is None:
            return
        starts, ends = (array("q", column.astype("i8").tobytes()) for column in (found.starts, found.ends))
        # Runs of one reason at a time, so that the columns stay in order.
        import numpy as np

        bounds = [0, *(np.flatnonzero(np.diff(found.words)) + 1).tolist(), len(starts)]
        for low, high in pairwise(bounds):
            reason = "word" if found.words[low] else "form"
            editor.extend(starts[low:high], ends[low:high], found.afters[low:high], reason)


def _conversion(document: Document, config: str) -> Conversion | None:
    from textfix.variants.conversion import conversion_by

    return document.view(conversion_by(config))
