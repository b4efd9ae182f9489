# ruff: noqa: ISC004 the page is a list of paragraphs
"""RESULTS.md: the figures of a run, as tables."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence

from . import candidates, extract, recognize
from .run import Results
from .score import SCRAMBLED, Tally

_Column = tuple[str, Callable[[Tally], str]]
_COLUMNS: tuple[_Column, ...] = (
    ("P", lambda t: f"{t.precision:.4f}"),
    ("R", lambda t: f"{t.recall:.4f}"),
    ("break F1", lambda t: f"{t.f1:.4f}"),
    ("err/1000", lambda t: f"{t.per_1000:.1f}"),
    ("blocks exact", lambda t: f"{t.blocks_exact:.3f}"),
    ("overlay exact", lambda t: f"{t.overlay_exact:.3f}" if t.heads else ""),
    ("false copies/M", lambda t: f"{t.false_copies_per_million:.1f}"),
    ("CER", lambda t: f"{t.cer:.4f}"),
    ("CER + space", lambda t: f"{t.cer_space:.4f}"),
    ("stray sp./1000", lambda t: f"{t.stray_per_1000:.2f}"),
    ("lost sp./1000", lambda t: f"{t.lost_spaces_per_1000:.2f}"),
    ("furniture P", lambda t: f"{t.furniture_precision:.3f}" if t.furniture else ""),
    ("furniture R", lambda t: f"{t.furniture_recall:.3f}" if t.furniture else ""),
)


def write(results: Results, names: Sequence[str], command: str, split: str) -> str:
    """The whole page."""
    parts = [
        "# Quality: typeset round-trips\n",
        _run(results, command, split, extract.versions()),
        "Figures are over the pairs of characters that stand next to each other in the truth and in the dump (see "
        "`score.py`). err/1000: wrong decisions per 1000 line ends of the dump. Overlay exact: heads that an extractor "
        "returned more than once and that came back once, exact. False copies: stretches of running text taken for a "
        "copy and dropped, per million characters (one of two equal marks, `，，`, is none). CER counts "
        "what furniture and copies are left.\n",
        "## All typeset dumps in reading order\n",
        *_typeset(results, names, "extractor", "layout", "language"),
        "## Break F1 by extractor\n",
        _grid(results, names, 2, "extractor"),
        "## Break F1 by layout\n",
        _grid(results, names, 3, "layout"),
        "## Dumps whose reading order the extractor lost\n",
        f"More than {SCRAMBLED:.0%} of the lines do not continue the line above them (columns side by side, boxes "
        "interleaved). A text cleaner cannot put them in order again; what is asked is not to join across the seams.\n",
        _table(names, lambda n: results.total(n, set="scrambled")),
        "## Real PDFs and wrapped texts (truth: the HTML of the same manual)\n",
        _table(names, lambda n: results.total(n, set="real", layout="real-pdf"), title="PDF"),
        _table(names, lambda n: results.total(n, set="real", layout="real-txt"), title="text"),
        "## Corruption by class\n",
        "Share of damaged blocks that are whole lines of the output again, exact to the character; in brackets the "
        "untouched blocks of the same texts that were damaged by the cleaner.\n",
        _corruption(results, names),
        "## Harm: edits per million characters of clean material\n",
        "The manuals are as their authors left them, half-width marks and stray spaces included: an edit there is not "
        "always harm, but it is always counted.\n",
        _harm(results, names),
    ]
    return "\n".join(parts)


def write_recognized(results: Results, names: Sequence[str], command: str, split: str) -> str:
    """The whole page of a run on recognized pages."""
    first = names[0]
    parts = [
        "# Quality: recognized pages\n",
        _run(results, command, split, [("Tesseract", recognize.version())]),
        "The pages of the typeset documents as pictures of 200 dots an inch, read by Tesseract in their language. The "
        "boundary model learned nothing from recognized pages. Characters that were read wrong count in CER; what is "
        "judged otherwise stands next to each other in the truth and in what was recognized. The figures are those of "
        "RESULTS.md.\n",
        "## All pages in reading order\n",
        *_typeset(results, names, "layout", "language"),
    ]
    if results.total(first, set="scrambled").dumps:
        parts += [
            "## Pages whose reading order recognition lost\n",
            _table(names, lambda n: results.total(n, set="scrambled")),
        ]
    return "\n".join(parts)


#: Where a key of the tallies has what the tables are by, and what the column is called.
_FIELDS = {"extractor": (2, "extractor"), "layout": (3, "layout"), "language": (4, "lang")}


def _typeset(results: Results, names: Sequence[str], *fields: str) -> Iterator[str]:
    """The tables of the typeset documents: of all candidates, and of the first one by some fields."""
    yield _table(names, lambda n: results.total(n, set="typeset"), extra=True)
    yield _goal(results, names)
    for field in fields:
        yield f"## {names[0]} by {field}\n"
        yield _by(results, names[0], *_FIELDS[field])


def _run(results: Results, command: str, split: str, versions: Iterable[tuple[str, str]]) -> str:
    used = ", ".join(f"{name} {version}" for name, version in (*versions, *candidates.versions()))
    return (
        f"Written by `{command}`; split `{split}`, {results.documents} typeset documents, {results.seconds:.0f} s. "
        f"Python {platform.python_version()}; {used}.\n"
    )


def _speed(t: Tally) -> str:
    return f"{t.bytes / t.seconds / 1e6:.1f}" if t.seconds else ""


#: What is told once: idempotence is tested on textfix and the candidates of the command line only.
_RUN: tuple[_Column, ...] = (
    ("second pass differs", lambda t: str(t.unstable)),
    ("raised", lambda t: str(t.failed)),
    ("MB/s", _speed),
)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(names: Sequence[str], tally: Callable[[str], Tally], title: str = "", extra: bool = False) -> str:
    columns = _COLUMNS + (_RUN if extra else ())
    lines = [_row([title, *(name for name, _ in columns)]), _row(["---", *["---:"] * len(columns)])]
    for name in names:
        t = tally(name)
        lines.append(_row([name, *(show(t) for _, show in columns)]))
    return "\n".join(lines) + f"\n\n{tally(names[0]).dumps} dumps, {tally(names[0]).ends} line ends.\n"


def _goal(results: Results, names: Sequence[str]) -> str:
    mine = results.total(names[0], set="typeset")
    rest = {n: results.total(n, set="typeset") for n in names[1:]}
    if not rest:
        return ""
    best = min(rest, key=lambda n: rest[n].per_1000)
    factor = rest[best].per_1000 / mine.per_1000 if mine.per_1000 else float("inf")
    rate = f"{rest[best].per_1000:.1f} per 1000, {factor:.1f} times those of {names[0]}"
    return f"Fewest errors among the others: {best}, {rate}.\n"


def _by(results: Results, name: str, field: int, label: str) -> str:
    lines = [_row([label, "dumps", *(n for n, _ in _COLUMNS)]), _row(["---", *["---:"] * (len(_COLUMNS) + 1)])]
    for value in results.values(field, "typeset"):
        t = results.total(name, set="typeset", **{label: value})
        lines.append(_row([value, str(t.dumps), *(show(t) for _, show in _COLUMNS)]))
    return "\n".join(lines) + "\n"


def _grid(results: Results, names: Sequence[str], field: int, label: str) -> str:
    values = results.values(field, "typeset")
    lines = [_row(["", *values]), _row(["---", *["---:"] * len(values)])]
    for name in names:
        lines.append(_row([name, *(f"{results.total(name, set='typeset', **{label: v}).f1:.4f}" for v in values)]))
    return "\n".join(lines) + "\n"


def _corruption(results: Results, names: Sequence[str]) -> str:
    lines = [_row(["class", "blocks", *names]), _row(["---", *["---:"] * (len(names) + 1)])]
    for kind, rows in results.corruption.items():
        cells = []
        for name in names:
            damaged, good, other, broken = rows[name]
            cells.append(f"{good / max(damaged, 1):.3f}" + (f" ({broken}/{other})" if broken else ""))
        lines.append(_row([kind, str(rows[names[0]][0]), *cells]))
    return "\n".join(lines) + "\n"


def _harm(results: Results, names: Sequence[str]) -> str:
    lines = [_row(["material", "characters", *names]), _row(["---", *["---:"] * (len(names) + 1)])]
    for kind, rows in results.harm.items():
        cells = [f"{1e6 * rows[n][1] / rows[n][0]:.0f}" for n in names]
        lines.append(_row([kind, str(rows[names[0]][0]), *cells]))
    return "\n".join(lines) + "\n"
