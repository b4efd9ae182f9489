"""Documents that part their paragraphs by blank lines: the end of a sentence says little there where none stands.

That a sentence ends with its line is what a paragraph ends with, so more is asked there before two lines come together.
A text browser, and extractors that see the gaps between paragraphs, give a blank line for each; then the end of a
sentence without one is no other place than the rest of a paragraph.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from .lines import Bools, Floats, Lines

__all__ = ["parted_by_blank_lines"]

#: Breaks behind the ends of sentences that leave no doubt; so many of them are there, and this share at blank lines.
_SURE: Final = 0.9
_LEAST: Final = 10
_SHARE: Final = 0.9


def parted_by_blank_lines(lines: Lines, p: Floats, ended: Bools) -> Bools:
    """Boundaries without a blank line, in documents that have one wherever a paragraph ends.

    *ended* are the boundaries at which a sentence ends with its line.
    """
    docs = len(lines.base)
    blank: Bools = np.zeros(len(lines), bool)
    blank[:-1] = lines.blanks_before[1:] > 0
    sure = ended & (p >= _SURE)
    sure[:-1] &= lines.doc[1:] == lines.doc[:-1]
    sure[-1:] = False
    at_blank = np.bincount(lines.doc[sure & blank], minlength=docs)
    parted = (at_blank >= _LEAST) & (at_blank >= _SHARE * np.bincount(lines.doc[sure], minlength=docs))
    tight: Bools = ~blank & parted[lines.doc]
    return tight
