"""XeTeX with xeCJK: papers and books broken by whole paragraphs, with glue between marks and Han."""

from __future__ import annotations

import pathlib
import random
import re
import tempfile
from collections.abc import Sequence

from ..fonts import FACES, FALLBACK
from ..model import Block
from .notes import around_mark
from .pieces import pieces_of
from .programs import run
from .wp import Sheet, furniture_of, prepare

__all__ = ["Sheet", "build", "prepare"]

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "[": "{[}", "*": "{*}", "~": r"\textasciitilde{}",
}  # fmt: skip
#: How xeCJK sets marks: full but where two meet; full at the ends of sentences and half elsewhere; all half; half at
#: the end of a line alone; none squeezed.
_MARKS = ("quanjiao", "kaiming", "banjiao", "hangmobanjiao", "plain")


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    sheet.number = sheet.number.replace("{total}", "")
    body = "\n\n".join(_block(i, blocks, sheet) for i in range(len(blocks)))
    columns = (rf"\begin{{multicols*}}{{{sheet.columns}}}", r"\end{multicols*}") if sheet.columns > 1 else ("", "")
    text = "\n".join((_preamble(sheet, rng), r"\begin{document}", columns[0], body, columns[1], r"\end{document}"))
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "page.tex")
        source.write_text(text, encoding="utf-8")
        run(("xelatex",), ["-interaction=batchmode", f"-output-directory={folder}", str(source)], folder)
        path.write_bytes(source.with_suffix(".pdf").read_bytes())
    return furniture_of(sheet, path)


def _preamble(sheet: Sheet, rng: random.Random) -> str:
    size, small = sheet.size, sheet.size * 0.8
    before, _, after = sheet.number.partition("{n}")
    number = rf"{_escaped(before)}\arabic{{page}}{_escaped(after)}" if sheet.number else ""
    odd, even = (sheet.running[1 % len(sheet.running)], sheet.running[0]) if sheet.running else ("", "")
    latin = "liberation-serif" if sheet.lang == "en" or rng.random() < 0.5 else sheet.face
    place = r"\rhead" if sheet.number_at == "head" else r"\cfoot"
    ragged = "" if sheet.justify else r"\AtBeginDocument{\raggedright\parindent=" + f"{sheet.indent * size:.1f}pt}}"
    return rf"""\documentclass{{article}}
\usepackage[paperwidth={sheet.width + 2 * sheet.margin}pt,paperheight={sheet.height + 2 * sheet.margin}pt,margin={sheet.margin}pt,headheight={size + 4}pt]{{geometry}}
\usepackage{{fontspec,multicol,fancyhdr}}
\usepackage[CJKspace=true,PunctStyle={rng.choice(_MARKS)},AutoFallBack=true]{{xeCJK}}
\setmainfont{{{FACES[latin].path.name}}}[{_options(latin)},Ligatures=TeXOff]
\setCJKmainfont{{{FACES[sheet.face].path.name}}}[{_options(sheet.face)}]
\setCJKfamilyfont{{head}}{{{FACES[sheet.head_face].path.name}}}[{_options(sheet.head_face)}]
{_fallback(sheet)}
\renewcommand\normalsize{{\fontsize{{{size}pt}}{{{size * sheet.leading:.2f}pt}}\selectfont}}
\renewcommand\footnotesize{{\fontsize{{{small:.2f}pt}}{{{small * 1.3:.2f}pt}}\selectfont}}
\normalsize\parindent={sheet.indent * size:.1f}pt\parskip={sheet.skip * size:.1f}pt plus 1pt
\columnsep={1.8 * size:.1f}pt\setlength\multicolsep{{0pt}}
\fancyhf{{}}\renewcommand\headrulewidth{{0pt}}
\lhead{{\footnotesize\ifodd\value{{page}}{_escaped(odd)}\else {_escaped(even)}\fi}}
{place}{{\footnotesize {number}}}
\pagestyle{{fancy}}\emergencystretch={3 * size:.0f}pt\tolerance=2000\hbadness=10000\hyphenpenalty={50 if sheet.hyphenate else 10000}
{ragged}"""  # noqa: E501


def _options(key: str) -> str:
    face = FACES[key]
    return f"Path={face.path.parent}/" + (f",FontIndex={face.index}" if face.file.endswith(".ttc") else "")


def _fallback(sheet: Sheet) -> str:
    """Where the face has no glyph, one other is asked."""
    other = next(key for key in FALLBACK[sheet.lang] if key != sheet.face)
    return rf"\setCJKfallbackfamilyfont{{\CJKrmdefault}}{{{FACES[other].path.name}}}[{_options(other)}]"


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in text)


def _lines(text: str) -> str:
    """Lines as they stand, blanks at their beginnings and all."""
    return r"\\ ".join(
        re.sub("^ +| {2,}", lambda m: r"\ " * len(m[0]), _escaped(line)) or r"\ " for line in text.split("\n")
    )


def _block(i: int, blocks: Sequence[Block], sheet: Sheet) -> str:
    block = blocks[i]
    text = _escaped(block.text)
    indent = rf"\par\noindent\leftskip={1.5 * sheet.size:.1f}pt "
    if block.kind == "heading":
        if block.copies > 1:
            text = "".join(_over(piece, block.copies) for piece in pieces_of(block))
        size = sheet.size * sheet.grow
        align = r"\centering" if sheet.centred else r"\raggedright"
        style = rf"\fontsize{{{size:.1f}pt}}{{{size * 1.3:.1f}pt}}\selectfont\CJKfamily{{head}}"
        above, below = (rf"\vspace{{{room * sheet.size}pt}}" for room in (1, 0.5))
        return rf"{above}{{{align}\parindent=0pt{style}\leavevmode {text}\par}}\nopagebreak{below}"
    if block.kind == "footnote":
        return ""
    if i in sheet.marks:
        before, note, after = map(_escaped, around_mark(blocks, i, sheet.marks[i], ". "))
        return rf"{before}\footnote{{{note}}}{after}"
    if block.kind == "byline":
        return rf"{{\centering\parindent=0pt {text}\par}}"
    if block.kind == "item":
        return rf"{{\par\parindent=0pt\leftskip={1.5 * sheet.size:.1f}pt\hangindent={sheet.size:.1f}pt {text}\par}}"
    if block.kind == "verse":
        return rf"{{{indent}\raggedright\leftskip={2 * sheet.size:.1f}pt {_lines(block.text)}\par}}"
    if block.kind == "code":
        return rf"{{{indent}\raggedright\footnotesize {_lines(block.text)}\par}}"
    if block.kind == "table":
        rows = [line.split("\t") for line in block.text.split("\n")]
        bar, rule = ("|", r"\hline ") if sheet.ruled else ("", "")
        cells = r"\\ ".join(rule + "&".join(map(_escaped, row)) for row in rows)
        return rf"\par\noindent\begin{{tabular}}{{{bar}{('l' + bar) * len(rows[0])}}}{cells}\\{rule}\end{{tabular}}\par"
    return text


def _over(piece: str, copies: int) -> str:
    """A piece drawn several times, each a little to the right, as boldface is made up."""
    if not piece.strip():
        return " "
    text = _escaped(piece)
    return "".join(rf"\rlap{{\kern{0.3 * n:.1f}pt {text}}}" for n in range(1, copies)) + rf"\mbox{{{text}}}"
