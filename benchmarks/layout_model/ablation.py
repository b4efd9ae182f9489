"""Does every group of features earn its place? Learns without each in turn and writes ABLATION.md.

    python benchmarks/layout_model/ablation.py SOURCES [the options of train.py]

Every row is learned on the same sample as the first, and judged on the same held-out documents. A group that can go
without loss should go.
"""

from __future__ import annotations

import pathlib
import re
import time

import numpy as np
import train as t

#: Groups by what they tell; a feature belongs to the first whose pattern its name matches.
GROUPS = {
    "first score of the neighbours": r"score_[+-][123]",
    "words across the break, words that begin or end": r"word_|cohesion|doc_cohesion",
    "breaks spaced alike": r"spoken|like_|unlike_",
    "printed lines put together again": r"run_",
    "lost first-line indent": r"shift_|next_shift|first_rest|next_first_rest|doc_lost|doc_flush",
    "room for what follows": r"room_|grid_room",
    "pieces that add up to the measure": r"row_|sum",
    "lines around, against the measure": r"fill_[+-]\d|delta|full_rest|next_full_rest|next_",
    "the group between blank lines": r"fill_ahead|fill_behind|group_",
    "fill against the measure": r"fill_|ratio|low_fill|high_fill",
    "the measure and its support": r"measure|strength|near_|spread|away|known|style",
    "blank lines and feeds": r"blank|feed|gap|doc_blank|doc_gap|doc_tight|tight_",
    "indents": r"indent|doc_indent",
    "marks at the end": r"end|doc_stop|doc_pause",
    "marks at the start": r"start|doc_nonstart",
    "shapes of lists and heads": r"shape|prefix",
    "open brackets and quotes": r"balance|open",
    "script, digits, signs": r"han_|digits_|signs_|blanks_|doc_han|marks_",
    "lengths": r"width_|chars_",
    "habits of the document": r"doc_",
    "place in the paragraph": r"since|ahead",
}


def group_of(name: str) -> str:
    """The group of a feature."""
    return next((group for group, pattern in GROUPS.items() if re.match(pattern, name)), "other")


def main() -> None:
    ap = t.options(__doc__ or "")
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).with_name("ABLATION.md"))
    ap.add_argument("--sample", type=float, default=0.3, help="share of the documents to learn from")
    o = ap.parse_args()
    documents, unseen = t.material(o)
    rng = np.random.default_rng(2)
    train, held = t.Data([d for d in documents if rng.random() < o.sample]), t.Data(unseen)
    paper = np.char.startswith(held.family, "pdf-")

    def figures(without: set[str]) -> tuple[float, float]:
        score = t.learn(train, without, tuple(o.first), tuple(o.second)).judge(held)
        wrong = (score > 0) != (held.label == 1)
        return tuple(1000 * float(wrong[held.use & at].mean()) for at in (paper, ~paper))  # type: ignore[return-value]

    full = t.learn(train, set(o.without), tuple(o.first), tuple(o.second))
    names = sorted(set(full.names[1]))
    rows = [("everything", len(names), *figures(set(o.without)))]
    print(rows[-1], flush=True)
    for group in (*GROUPS, "other"):
        members = {n for n in names if group_of(n) == group and n != "score_+0"}
        if members:
            rows.append((f"without: {group}", len(members), *figures(members | set(o.without))))
            print(rows[-1], f"{time.process_time():.0f} s", flush=True)
    body = "\n".join(f"| {what} | {count} | {pdf:.1f} | {other:.1f} |" for what, count, pdf, other in rows)
    o.out.write_text(
        "# Ablation of the boundary model\n\nWritten by `benchmarks/layout_model/ablation.py`; learned on "
        f"{len(train.documents)} documents ({len(train.lines)} lines), judged on {int(held.use.sum())} boundaries of "
        "documents, layouts and fonts that nothing was learned from. Errors per 1000 boundaries, at one half; two runs "
        "that differ in the sample alone differ by one to two units.\n\n"
        "| features | columns | typeset pages | dumps set in cells, clean text |\n|---|---:|---:|---:|\n" + body + "\n"
    )


if __name__ == "__main__":
    main()
