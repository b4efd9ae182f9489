"""Real dumps with line-level truth, read from directories given on the command line."""

from __future__ import annotations

import pathlib
import random
import re

from typeset import BREAK, UNKNOWN, WRAP

from textfix.document import Document as Page
from textfix.edits import Edits
from textfix.layout.lines import lines_of
from textfix.letterspacing.justified import gaps
from textfix.unicode.blanks import blanks_of_other_codes

Document = tuple[str, str, list[int], list[str]]


def line_truth(folder: pathlib.Path) -> list[Document]:
    """NAME.txt with NAME.lines.tsv: page, P (starts a paragraph) or C (continues) or H (heading), line."""
    out: list[Document] = []
    for path in sorted(folder.glob("*.lines.tsv")):
        stem = path.name[: -len(".lines.tsv")]
        text = (path.parent / (stem + ".txt")).read_text("utf-8")
        rows = [row.split("\t", 2)[1:] for row in path.read_text("utf-8").split("\n") if row.count("\t") >= 2]
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        truth, at = [], 0
        for line in lines:
            if at < len(rows) and rows[at][1].strip() == line:
                truth.append({"P": 1, "H": 1, "C": 0}.get(rows[at][0], -1))
                at += 1
            else:
                truth.append(-1)
        if at >= 0.98 * len(rows):
            kind = stem[4:].split("_")[0]
            out.append((kind, text, truth, ["paragraph"] * len(truth)))
        else:
            print(f"{stem}: only {at} of {len(rows)} lines matched")
    return out


def block_truth(folder: pathlib.Path) -> list[Document]:
    """Dumps of typeset pages with their truth, as ``python -m benchmarks.quality dumps`` writes them.

    Every other dump is given without its furniture, without further copies of overlaid heads and without the blanks
    that justification doubled, as the normalizers that run before this one leave it; tabs for blanks are blanks in all.
    """
    out: list[Document] = []
    for number, path in enumerate(sorted(folder.glob("*.lines.tsv"))):
        stem = path.name[: -len(".lines.tsv")]
        text = (path.parent / (stem + ".txt")).read_bytes().decode("utf-8").replace("\r\n", "\n")
        rows = [row.split("\t") for row in path.read_bytes().decode("utf-8").split("\n") if row.count("\t") >= 3]
        stripped = number % 2 == 1
        kept: list[str] = []
        truth: list[int] = []
        kinds: list[str] = []
        at, above = 0, "P"
        for line in re.split("[\n\v\f\u2028\u2029]", text):
            if not line.strip():
                kept.append(line)
                continue
            if at >= len(rows):
                break
            label, kind = rows[at][1], rows[at][3]
            at += 1
            if stripped and label in "FO":
                kept.append("")
                continue
            kept.append(line)
            if label in "X?" or above in "X?" or (label == "P" and kind == "unsure"):
                answer = UNKNOWN
            elif label in "PJF":
                answer = BREAK
            elif label == "O":
                answer = UNKNOWN
            else:
                answer = BREAK if above in "FO" else WRAP
            truth.append(answer)
            kinds.append(kind)
            above = label
        _forget_columns(kept, truth)
        # controls that only some count as white space make lines that others do not see
        if len(truth) > 2 and at == len(rows) and len(lines_of(["\n".join(kept)])) == len(truth):
            layout = re.sub(r"-\d.*", "", stem).split("-", 1)[-1]
            text = "\n".join(kept)
            text = Edits.of(text, [(at, at + 1, " ", "") for at in blanks_of_other_codes(text)]).apply()
            if stripped:
                text = Edits.of(text, [(*gap, " ", "") for gap in gaps(Page(text))]).apply()
            out.append(("geometry" if stem.startswith("geo-") else "pdf-" + layout, text, truth, kinds))
    return out


#: How often a blank line stands before a line that continues, and before one that begins: between any two lines,
#: inside paragraphs alone (lines set wider apart than paragraphs), nowhere, between paragraphs alone, anywhere.
_SPACINGS = ((1.0, 1.0), (1.0, 1.0), (1.0, 0.0), (1.0, 0.5), (0.0, 0.0), (0.0, 1.0), (0.5, 0.5))
_SLIPS = (0.0, 0.0, 0.03, 0.1)
#: What is nearly all ASCII is Latin; there is least of it.
_LATIN = 0.8


def respaced(documents: list[Document], share: float, rng: random.Random) -> list[Document]:
    """Once more, a share of typeset dumps and clean texts, three times as many of Latin ones, with blank lines anew.

    Extractors part lines by their distance, so that the leading of a page, which has nothing to do with its text,
    decides where blank lines stand; and verse in double space is verse still.
    """
    out: list[Document] = []
    for family, text, truth, kinds in documents:
        clean = family == "clean"
        lines = [line for line in text.split("\n") if line.strip()]
        latin = sum(map(str.isascii, text)) > _LATIN * len(text)
        chance = share * (3 if latin or clean else 1)
        if (clean or family.startswith("pdf")) and len(lines) == len(truth) and rng.random() < chance:
            inside, between = (1.0, 1.0) if clean else rng.choice(_SPACINGS)
            slips = 0.0 if clean else rng.choice(_SLIPS)
            for i in range(1, len(lines)):
                gap = rng.random() < (inside if truth[i] == WRAP else between)
                lines[i] = "\n" * (gap != (rng.random() < slips)) + lines[i]
            out.append((family if clean else "respaced", "\n".join(lines), truth, kinds))
    return out


def _forget_columns(rows: list[str], truth: list[int]) -> None:
    """Vertical text, one character a line, is another normalizer's business."""
    lines = [row.strip() for row in rows if row.strip()]
    for i in range(1, len(lines)):
        if (len(lines[i]) <= 1 and len(lines[i - 1]) <= 1) or (
            len(lines[i]) <= 1 and i + 1 < len(lines) and len(lines[i + 1]) <= 1
        ):
            truth[i] = UNKNOWN
            if i + 1 < len(lines):
                truth[i + 1] = UNKNOWN
