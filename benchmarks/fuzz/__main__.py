"""Fuzzes textfix, and measures how its time grows.

    python -m benchmarks.fuzz [--minutes 10] [--seed 1] [--growth FRACTION] [--failures FILE] [--real PATH…]
    python -m benchmarks.fuzz --replay FILE

Two parts share the minutes. The first draws texts (mixtures of scripts, marks and markup, pages, overlaid and misread
text, and pieces of real text with damage) and runs each through some of the normalizers, presets and markups, in turn;
bytes go through `textfix.decode`. What breaks a law is made as short as it can be and written, one JSON object a line,
to the file of failures, which `--replay` runs again. The second measures doubling lengths of texts made to be slow;
what grows worse than the power 1.3 of the length is a failure.

Real text is read from `--real`; without it from the Markdown, reStructuredText and text of this checkout. The exit
status is 1 when there is a failure.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from . import growth
from .laws import broken, broken_decoding
from .shrink import shrunk
from .subjects import Subject, subjects
from .texts import Texts

_ROOT = Path(__file__).parents[2]
_PER_TEXT = 6  # subjects that see each text; all take their turn


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--growth", type=float, default=0.4, help="share of the time for measuring growth (0.4)")
    parser.add_argument("--longest", type=int, default=1_000_000, help="longest text of the growth part, in characters")
    parser.add_argument("--only", default="", help="only subjects whose name begins so")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures.jsonl"))
    parser.add_argument("--real", type=Path, nargs="*", help="files or folders of real text to mutate")
    parser.add_argument("--replay", type=Path, help="run the failures of this file again, and nothing else")
    options = parser.parse_args(arguments)
    everything = [subject for subject in subjects() if subject.name.startswith(options.only)]
    if options.replay:
        return replay(options.replay, everything)
    start = monotonic()
    failures = fuzz(everything, options, start + 60 * options.minutes * (1 - options.growth))
    steep = grow(everything, options, start + 60 * options.minutes)
    print(f"{len(failures)} failures, {len(steep)} steep growths in {monotonic() - start:.0f} s")
    return bool(failures or steep)


def fuzz(everything: list[Subject], options: argparse.Namespace, stop: float) -> list[dict[str, str]]:
    """Draw texts until the time is up; return the failures, the first of each kind shortened."""
    texts = Texts(options.seed, real_files(options.real))
    rng = random.Random(options.seed)
    runs: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for number, text in enumerate(texts):
        if monotonic() > stop:
            break
        for subject in rng.sample(everything, min(_PER_TEXT, len(everything))):
            runs[subject.name] += 1
            characters[subject.name] += len(text)
            if (law := broken(subject, text)) is not None:
                failed[subject.name] += 1
                note(found, subject, law, text, options.failures)
        if number % 10 == 0:
            data = texts.bytes()
            runs["decode"] += 1
            characters["decode"] += len(data)
            if (law := broken_decoding(data)) is not None:
                failed["decode"] += 1
                keep(
                    found,
                    ("decode", *law),
                    {"subject": "decode", "law": law[0], "text": data.hex(), "how": law[1]},
                    options.failures,
                )
    print(f"{'subject':28} {'runs':>8} {'characters':>12} {'failures':>8}")
    for name in (*(subject.name for subject in everything), "decode"):
        print(f"{name:28} {runs[name]:8,} {characters[name]:12,} {failed[name]:8,}")
    for failure in found.values():
        print(json.dumps(failure, ensure_ascii=True))
    return list(found.values())


def note(
    found: dict[tuple[str, str, str], dict[str, str]], subject: Subject, law: tuple[str, str], text: str, path: Path
) -> None:
    """Keep a failure, made short, unless one of its kind is kept already."""
    kind = (subject.name, law[0], law[1][:40] if law[0] == "no exception" else "")
    if kind in found:
        return
    short = shrunk(text, lambda other: (again := broken(subject, other)) is not None and again[0] == law[0])
    how = broken(subject, short) or law
    keep(found, kind, {"subject": subject.name, "law": how[0], "text": short, "how": how[1]}, path)


def keep(
    found: dict[tuple[str, str, str], dict[str, str]], kind: tuple[str, str, str], row: dict[str, str], path: Path
) -> None:
    found[kind] = row
    with path.open("a", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps(row) + "\n")


def grow(everything: list[Subject], options: argparse.Namespace, stop: float) -> list[growth.Growth]:
    """Measure growth, in an order of chance, until the time is up; return what is steep."""
    wanted = list(growth.pairs(everything))
    random.Random(options.seed).shuffle(wanted)
    done: list[growth.Growth] = []
    for subject, name in wanted:
        if monotonic() > stop:
            break
        row = growth.measured(subject, name, options.longest)
        for _ in range(2):  # another process, or the collector of garbage, may have been in the way
            if row.is_steep:
                row = growth.measured(subject, name, options.longest)
        done.append(row)
    steep = [row for row in done if row.is_steep]
    print(f"growth: {len(done)} of {len(wanted)} pairs of subject and text measured")
    table("steep", steep, lambda row: -(row.exponent or 9))
    table("slowest", [row for row in done if row.exponent is not None], lambda row: -row.seconds / row.length, 10)
    return steep


def table(
    title: str, rows: Iterable[growth.Growth], order: Callable[[growth.Growth], float], count: int = 1000
) -> None:
    for row in sorted(rows, key=order)[:count]:
        power = "timed out" if row.exponent is None else f"~n^{row.exponent:.2f}"
        print(
            f"    {title}: {row.subject:26} {row.text:26} {row.length:10,} characters {row.seconds:7.2f} s "
            f"{1e9 * row.seconds / max(1, row.length):10.0f} ns a character  {power}"
        )


def real_files(paths: list[Path] | None) -> list[Path]:
    """Return text files, at most a few hundred."""
    kinds = (".md", ".rst", ".txt")
    found: list[Path] = []
    for path in paths or [_ROOT]:
        found += sorted(p for p in path.rglob("*") if p.suffix in kinds and p.is_file()) if path.is_dir() else [path]
    hidden = [path for path in found if not any(part.startswith(".") for part in path.relative_to(path.anchor).parts)]
    return [path for path in hidden if path.stat().st_size < 2_000_000][:400]


def replay(path: Path, everything: list[Subject]) -> int:
    """Run kept failures again; return 1 if one still fails."""
    by_name = {subject.name: subject for subject in everything}
    still = 0
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["subject"] == "decode":
            law = broken_decoding(bytes.fromhex(row["text"]))
        else:
            law = broken(by_name[row["subject"]], row["text"])
        still += law is not None
        print("FAILS" if law else "passes", json.dumps({**row, "now": law}))
    return int(still > 0)


if __name__ == "__main__":
    sys.exit(main())
