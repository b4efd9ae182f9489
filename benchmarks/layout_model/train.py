"""Learn the boundary model and write ``textfix/layout/model.json``.

    python benchmarks/layout_model/train.py SOURCES [--pages DIR ...] [--pdf DIR ...] [--pdf-test DIR ...]

Training material: the synthetic dumps of ``synthesis.py``; with ``--pages``, directories of real dumps with line-level
truth (NAME.txt beside NAME.lines.tsv: page, P or C, line); with ``--pdf``, typeset round-trips as the quality benchmark
dumps them. Held out: every seventh source document of every synthetic family, and all of ``--pdf-test``.

The second round is learned, and used, only where the first is not sure.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import hashlib
import itertools
import json
import math
import pathlib
import random
import re
import sys
import time
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from catboost import CatBoostClassifier, Pool

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import real
import synthesis

from textfix.layout.columns import first_columns
from textfix.layout.forest import UNIT
from textfix.layout.lines import lines_of
from textfix.layout.rounds import second_columns

FOLDS = 3
FIRST_RATE, SECOND_RATE = 0.25, 0.1
Shape = tuple[int, ...]
#: Stages of each round: beyond this score after so many trees the others are not asked, and what the score grows by as
#: it would have with them. On unseen pages that spares more than half of the first round's trees and two in three of
#: the second's, and changes four decisions in a thousand, for the better as often as for the worse.
STAGES = ([[25, 3.0, 1.6]], [[50, 3.0, 1], [200, 3.0, 1]])
SURE = 5.0
#: A wrap is joined at odds of three to two; behind a sentence, where two paragraphs run together do much more harm than
#: a break too many, only at three to one, and at six to one behind one in Latin letters alone.
THRESHOLDS = {"join_below": 0.4, "join_below_stop": 0.25, "join_below_latin_stop": 0.14, "break_above": 0.7}
JOIN_BELOW, BREAK_ABOVE = THRESHOLDS["join_below"], THRESHOLDS["break_above"]
#: What a boundary of each family counts; real pages are few, and harm to clean text is worst.
WEIGHTS = {
    "jingbao": 16.0,
    "clean": 8.0,
    "single": 4.0,
    "newspaper": 4.0,
    "real documents": 6.0,
    "terminal": 3.0,
    "statute": 3.0,
    "etext": 6.0,
    "pdf-etext": 3.0,
    "old": 1.5,
    "book": 1.5,
    "geometry": 0.6,
    "respaced": 0.5,
}


class Data:
    """Documents with their first-round columns, laid end to end."""

    def __init__(self, documents: list[tuple[str, str, list[int], list[str]]]) -> None:
        self.documents = documents
        self.lines = lines_of([d[1] for d in documents])
        self.columns = first_columns(self.lines)
        truth = np.concatenate([np.array(d[2], np.int8) for d in documents])
        assert len(truth) == len(self.lines), (len(truth), len(self.lines))
        self.label = np.full(len(truth), -1, np.int8)
        self.label[:-1] = np.where(self.columns.same[:-1], truth[1:], -1)
        self.family = np.array([d[0] for d in documents])[self.lines.doc]
        self.weight = np.array([WEIGHTS.get(group(d[0]), 1.0) for d in documents], np.float32)[self.lines.doc]
        self.use = self.label >= 0


def pool(matrix: np.ndarray, label: np.ndarray, weight: np.ndarray) -> Pool:
    """Lines as the learner wants them, split into bins once for all folds."""
    made = Pool(matrix.T, label, weight=weight, thread_count=2)
    made.quantize(border_count=128)
    return made


def fit(lines: Pool, trees: int, depth: int, rate: float, seed: int = 1) -> CatBoostClassifier:
    """Boosted oblivious trees."""
    model = CatBoostClassifier(
        iterations=trees,
        depth=depth,
        learning_rate=rate,
        loss_function="Logloss",
        l2_leaf_reg=4,
        random_seed=seed,
        thread_count=2,
        verbose=0,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        rsm=0.4,
        allow_writing_files=False,
        boosting_type="Plain",
    )
    model.fit(lines)
    return model


def raw(model: CatBoostClassifier, matrix: np.ndarray) -> np.ndarray:
    """Log odds."""
    return np.asarray(model.predict(matrix.T, prediction_type="RawFormulaVal"), np.float32)


def export(model: CatBoostClassifier, names: list[str], depth: int, scratch: pathlib.Path) -> dict[str, Any]:
    """The trees as plain lists, with the features that they ask for."""
    model.save_model(str(scratch), format="json")
    data = json.loads(scratch.read_text())
    scratch.unlink()
    trees = []
    for tree in data["oblivious_trees"]:
        levels = [[s["float_feature_index"], math.floor(s["border"])] for s in tree["splits"]]
        leaves = tree["leaf_values"]
        while len(levels) < depth:
            levels.append([0, 32767])
            leaves = leaves + [0.0] * len(leaves)
        trees.append({"levels": levels, "leaves": [round(v * UNIT) for v in leaves]})
    scale, bias = data["scale_and_bias"]
    assert scale == 1
    used = sorted({level[0] for tree in trees for level in tree["levels"]})
    place = {old: new for new, old in enumerate(used)}
    for tree in trees:
        tree["levels"] = [[place[f], t] for f, t in tree["levels"]]
    return {"features": [names[f] for f in used], "depth": depth, "bias": round(bias[0] * UNIT), "trees": trees}


def group(family: str) -> str:
    """Families of one figure: books in all languages, real PDFs, typeset round-trips by layout."""
    if re.search(r"\.(mupdf|pdf|pypdf|poppler|text)", family):
        return "real documents"
    return "book" if family.startswith("book") else family


def table(data: Data, p: np.ndarray) -> list[dict[str, Any]]:
    """Errors by family, at one half and at the join threshold."""
    names, inverse = np.unique(data.family, return_inverse=True)
    groups = np.array([group(name) for name in names])[inverse]
    rows = []
    for name in [*sorted(set(groups)), "all"]:
        at = data.use & ((groups == name) | (name == "all"))
        y, q = data.label[at] == 1, p[at]
        row = {
            "family": name,
            "boundaries": int(at.sum()),
            "err_per_1000": round(1000 * float(((q > 0.5) != y).mean()), 2),
            "false_joins": int(((q < JOIN_BELOW) & y).sum()),
            "missed_joins": int(((q >= JOIN_BELOW) & ~y).sum()),
            "doubts": int(((q >= JOIN_BELOW) & (q < BREAK_ABOVE)).sum()),
        }
        rows.append(row)
        print(
            "{family:16} n {boundaries:7} err/1000 {err_per_1000:6.2f}  "
            "joined wrongly {false_joins:5}  not joined {missed_joins:5}  doubts {doubts:5}".format(**row)
        )
    return rows


def calibration(data: Data, p: np.ndarray) -> list[list[float]]:
    """From, to, how many, predicted, true."""
    bins = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001]
    rows = []
    for low, high in itertools.pairwise(bins):
        at = data.use & (p >= low) & (p < high)
        if at.any():
            rows.append(
                [
                    low,
                    min(high, 1.0),
                    int(at.sum()),
                    round(float(p[at].mean()), 4),
                    round(float((data.label[at] == 1).mean()), 4),
                ]
            )
    return rows


@dataclasses.dataclass
class Learned:
    """Both rounds, and what the second was learned from."""

    first: CatBoostClassifier
    second: CatBoostClassifier
    names: tuple[list[str], list[str]]
    score: np.ndarray
    matrix: np.ndarray
    pool: Pool
    rows: np.ndarray

    def judge(self, data: Data) -> np.ndarray:
        """Log odds of a break after each line."""
        score = raw(self.first, data.columns.matrix(self.names[0]))
        known = {**data.columns.rows, **second_columns(data.columns, score)}
        at = np.abs(score) < SURE
        score[at] = raw(self.second, np.stack([known[n] for n in self.names[1]])[:, at])
        return score


def learn(train: Data, without: AbstractSet[str], first: Shape, second: Shape, seed: int = 1) -> Learned:
    """Fit the first round, then the second on what the first leaves open."""
    names1 = [n for n in sorted(train.columns.rows) if n not in without]
    m1 = train.columns.matrix(names1)
    rows = np.flatnonzero(train.use)
    lines = pool(m1[:, rows], train.label[rows], train.weight[rows])
    # First-round scores for the second round come from models that have not seen the document.
    fold = np.random.default_rng(5).integers(0, FOLDS, len(train.documents))[train.lines.doc]
    score = np.zeros(len(train.lines), np.float32)
    for k in range(FOLDS):
        score[fold == k] = raw(
            fit(lines.slice(np.flatnonzero(fold[rows] != k)), *first, FIRST_RATE, seed), m1[:, fold == k]
        )
    whole = fit(lines, *first, FIRST_RATE, seed)
    known = {**train.columns.rows, **second_columns(train.columns, score)}
    names2 = [*names1, *(n for n in sorted(known) if n not in train.columns.rows and n not in without)]
    m2 = np.stack([known[n] for n in names2])
    rows = np.flatnonzero(train.use & (np.abs(score) < SURE + 0.5))
    left = pool(m2[:, rows], train.label[rows], train.weight[rows])
    return Learned(whole, fit(left, *second, SECOND_RATE, seed), (names1, names2), score, m2, left, rows)


def crossed(train: Data, learned: Learned, shape: Shape) -> dict[str, Any]:
    """Real newspaper pages, cross-validated by page; a third of the rest keeps it short."""
    paged = np.array([d[0] == "jingbao" for d in train.documents])
    if not paged.any():
        return {}
    p = learned.score.copy()
    some = (np.random.default_rng(1).random(len(train.documents)) < 0.3)[train.lines.doc] | paged[train.lines.doc]
    for k in range(4):
        hold = (paged & (np.arange(len(train.documents)) % 4 == k))[train.lines.doc]
        model = fit(learned.pool.slice(np.flatnonzero((some & ~hold)[learned.rows])), *shape, SECOND_RATE)
        at = hold & (np.abs(learned.score) < SURE)
        p[at] = raw(model, learned.matrix[:, at])
    at = train.use & paged[train.lines.doc]
    y = train.label[at] == 1
    return {"boundaries": int(at.sum()), "err_per_1000": round(1000 * float(((p[at] > 0) != y).mean()), 2)}


def material(o: argparse.Namespace) -> tuple[list[Any], list[Any]]:
    """Documents to learn from, and documents that nothing is learned from."""
    rng = random.Random(3)
    documents = list(synthesis.stream(o.sources, "train", o.documents, 1))
    for folder in o.pages:
        documents += real.line_truth(folder)
    for folder in o.pdf:
        documents += [d for d in real.block_truth(folder) if rng.random() < o.pdf_share or ".text" in d[0]]
    for folder in o.pdf_any:
        documents += real.block_truth(folder)
    documents += real.respaced(documents, o.respaced, rng)
    return documents, unseen(o)


def unseen(o: argparse.Namespace) -> list[Any]:
    """Documents that nothing is learned from."""
    documents = list(synthesis.stream(o.sources, "test", o.documents // 6, 2))
    for folder in o.pdf_test:
        documents += real.block_truth(folder)
    return documents


def options(description: str) -> argparse.ArgumentParser:
    """What both learning and ablation ask for."""
    ap = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("sources", type=pathlib.Path)
    ap.add_argument("--pages", type=pathlib.Path, nargs="*", default=[])
    ap.add_argument("--pdf", type=pathlib.Path, nargs="*", default=[])
    ap.add_argument("--pdf-any", type=pathlib.Path, nargs="*", default=[], help="dumps to take whole")
    ap.add_argument("--pdf-test", type=pathlib.Path, nargs="*", default=[])
    ap.add_argument(
        "--pdf-share", type=float, default=0.5, help="share of the round-trips; six extractors say much the same"
    )
    ap.add_argument("--respaced", type=float, default=0.3, help="share of them that is given once more, spaced anew")
    ap.add_argument("--documents", type=int, default=2800)
    ap.add_argument("--first", type=int, nargs=2, default=(200, 6), metavar=("TREES", "DEPTH"))
    ap.add_argument("--second", type=int, nargs=2, default=(700, 6), metavar=("TREES", "DEPTH"))
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--without", nargs="*", default=[], help="leave these features out")
    return ap


def main() -> None:
    ap = options(__doc__ or "")
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parents[2] / "textfix/layout/model.json")
    o = ap.parse_args()
    clock = time.time()

    def say(what: str) -> None:
        print(f"[{time.time() - clock:4.0f} s] {what}", flush=True)

    documents, others = material(o)
    train, held = Data(documents), Data(others)
    fingerprint = hashlib.sha256("\f".join(d[1] for d in documents).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    say(f"{len(documents)} documents, {len(train.lines)} lines, fingerprint {fingerprint}")
    learned = learn(train, set(o.without), tuple(o.first), tuple(o.second), o.seed)
    say("learned")
    pages = crossed(train, learned, tuple(o.second))
    say(f"real newspaper pages, cross-validated by page: {pages}")
    p = 1 / (1 + np.exp(-learned.judge(held)))
    report = table(held, p)
    scratch = o.out.with_suffix(".tmp")
    data = {
        "made_by": "benchmarks/layout_model/train.py",
        "trained_on": dict(sorted(collections.Counter(group(f) for f in train.family[train.use].tolist()).items())),
        "fingerprint": fingerprint,
        "held_out": report,
        "calibration": {"columns": ["from", "to", "boundaries", "predicted", "true"], "rows": calibration(held, p)},
        "real_pages_cross_validated": pages,
        "sure": SURE,
        **THRESHOLDS,
        "first": {"stages": STAGES[0], **export(learned.first, learned.names[0], o.first[1], scratch)},
        "second": {"stages": STAGES[1], **export(learned.second, learned.names[1], o.second[1], scratch)},
    }
    o.out.write_text(dumps(data))
    for which, model, names in zip(("first", "second"), (learned.first, learned.second), learned.names):
        importance = sorted(zip(model.get_feature_importance(), names), reverse=True)
        print(which, "important:", ", ".join(f"{n} {v:.1f}" for v, n in importance[:30]))
        print(which, "hardly used:", ", ".join(n for v, n in importance if v < 0.1))
    say(f"written {o.out}, {o.out.stat().st_size} bytes")


def dumps(data: dict[str, Any]) -> str:
    """JSON with one tree, and one figure, a line."""

    def compact(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    parts = []
    for key, value in data.items():
        if isinstance(value, dict) and "trees" in value:
            head = compact({k: v for k, v in value.items() if k != "trees"})[:-1]
            parts.append(f'"{key}":{head},"trees":[\n' + ",\n".join(map(compact, value["trees"])) + "\n]}")
        elif isinstance(value, list):
            parts.append(f'"{key}":[\n' + ",\n".join(map(compact, value)) + "\n]")
        elif isinstance(value, dict) and "rows" in value:
            parts.append(
                f'"{key}":{{"columns":{compact(value["columns"])},"rows":[\n'
                + ",\n".join(map(compact, value["rows"]))
                + "\n]}"
            )
        else:
            parts.append(f'"{key}":{compact(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
