"""Average the first look of two models, learned on different pages; all else is the first model's.

    python benchmarks/layout_model/average.py MODEL OTHER SOURCES [the options of train.py]

Two first looks err in different places, and their mean settles the neighbours that the second look goes by. The mean
of both second looks as well gained half as much again, for twice the size. The figures in the file are written anew.
"""

from __future__ import annotations

import json
import pathlib
import sys
from typing import Any

import numpy as np
import train as t

from textfix.layout.decide import judge
from textfix.layout.forest import read_model

Round = dict[str, Any]


def mean(one: Round, other: Round) -> Round:
    """A round whose score is the mean of two: half the leaves of both.

    Its first stage is that of the first round, at half the score; the other's bias counts from its own trees on.
    """
    features = sorted({*one["features"], *other["features"]})
    place = {name: at for at, name in enumerate(features)}

    def halved(of: Round, bias: int) -> list[Round]:
        return [
            {
                "levels": [[place[of["features"][at]], border] for at, border in tree["levels"]],
                "leaves": [round(leaf / 2) + (bias if first else 0) for leaf in tree["leaves"]],
            }
            for first, tree in zip((True, *[False] * len(of["trees"])), of["trees"])
        ]

    (trees, enough, growth), *_ = one["stages"]
    return {
        "stages": [[trees, enough / 2, 2 * growth]],
        "features": features,
        "depth": one["depth"],
        "bias": round(one["bias"] / 2),
        "trees": halved(one, 0) + halved(other, round(other["bias"] / 2)),
    }


def main() -> None:
    ap = t.options(__doc__ or "")
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parents[2] / "textfix/layout/model.json")
    model, other = (json.loads(pathlib.Path(path).read_text("utf-8")) for path in sys.argv[1:3])
    o = ap.parse_args(sys.argv[3:])
    model["first"] = mean(model["first"], other["first"])
    model["first_averaged_with"] = {key: other[key] for key in ("trained_on", "fingerprint")}
    model.update(t.THRESHOLDS)
    held = t.Data(t.unseen(o))
    p = judge(held.lines, read_model(json.dumps(model))).p_break
    model["held_out"] = t.table(held, np.asarray(p))
    model["calibration"]["rows"] = t.calibration(held, np.asarray(p))
    o.out.write_text(t.dumps(model))


if __name__ == "__main__":
    main()
