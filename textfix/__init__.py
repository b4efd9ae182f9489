"""textfix repairs Chinese and mixed CJK/Latin text that came out of PDFs, OCR and old dumps.

>>> import textfix
>>> textfix.clean("20222022年城西区工作回顾年城西区工作回顾")
'2022年城西区工作回顾'
>>> textfix.clean("你好,世界!这是3.14和1,234,见http://a.b/c,d")
'你好，世界！这是3.14和1,234，见http://a.b/c,d'
"""

from textfix import normalizers
from textfix._version import __version__
from textfix.edits import Edit, Edits
from textfix.normalizers.base import Normalizer
from textfix.pipeline import PRESETS, Pipeline
from textfix.result import Block, Doubt, Result

__all__ = [
    "PRESETS",
    "Block",
    "Doubt",
    "Edit",
    "Edits",
    "Normalizer",
    "Pipeline",
    "Result",
    "__version__",
    "clean",
    "decode",
    "explain",
    "normalizers",
]


def clean(text: str, *, preset: str = "dump", markup: str = "plain") -> str:
    """Return the text, repaired; the very same object when there is nothing to repair.

    `preset` is one of dump (pages dumped to text), ocr, docs (files that people wrote) and minimal. `markup` says how
    the text is written: plain, markdown or rst. In the last two only running text is touched, and Markdown keeps its
    rendered structure.

    >>> text = "城西区推进铸牢中华民族共同体"
    >>> clean(text) is text
    True
    """
    return explain(text, preset=preset, markup=markup).text


def explain(text: str, *, preset: str = "dump", markup: str = "plain") -> Result:
    """Return the repaired text with every edit and its reason, the blocks, the doubts and the way back to the source.

    `preset` and `markup` as for `clean`.

    >>> explain("你好,世界!").summary().edits
    {'punctuation/width': 2}
    """
    return Pipeline.preset(preset).explain(text, markup=markup)


def decode(data: bytes, *, encoding: str | None = None) -> str:
    """Return the text of bytes in UTF-8, UTF-16, GB18030 or Big5, found by strict decoding and plausibility.

    Raises `textfix.io.DecodeError` with the byte offset and what was tried.
    """
    from textfix.io.decoding import decode as _decode

    if isinstance(data, str):
        raise TypeError("decode takes bytes; this is a str already")
    return _decode(bytes(data), encoding=encoding).text
