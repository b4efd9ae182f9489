"""ftfy's own test cases, run through `Mojibake`.

    python -m benchmarks.peers.ftfy CASES

CASES is a JSONL file with one case a line: `input`, `expected`, and `rule`, which tells the part of ftfy's tests. ftfy
itself is run beside, with `fix_encoding`: that is the share of it that repairs encodings and nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from textfix.normalizers import Mojibake


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    options = parser.parse_args()
    import ftfy

    repair = Mojibake()
    total: Counter[str] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    worse = 0
    with options.cases.open(encoding="utf-8", newline="\n") as lines:
        for case in map(json.loads, lines):
            answers = {"ftfy": ftfy.fix_encoding(case["input"]), "textfix": repair(case["input"])}
            total[case["rule"]] += 1
            for name, answer in answers.items():
                passed[case["rule"], name] += answer == case["expected"]
            if answers["textfix"] != case["expected"]:
                also = "also ftfy's" if answers["ftfy"] != case["expected"] else "ftfy is right"
                worse += answers["ftfy"] == case["expected"]
                print(f"{case['rule']} ({also}): {case['input'][:200]!r}")
                print(f"    textfix  {answers['textfix'][:200]!r}")
                print(f"    expected {case['expected'][:200]!r}")
    for rule in sorted(total):
        print(f"{rule:30} textfix {passed[rule, 'textfix']:3}  ftfy {passed[rule, 'ftfy']:3}  of {total[rule]:3}")
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
