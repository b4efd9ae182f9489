"""Count characters, pairs and triples, and write ``textfix/layout/words.npz``.

    python benchmarks/layout_model/words.py SOURCES

Counted are the newspaper, the novel and the manuals of ``sources.py``, and the words of jieba's list by their counts;
characters are folded to Simplified forms with OpenCC (``t2s`` after ``jp2t``). Kept are the commonest entries that fit.
"""

from __future__ import annotations

import collections
import pathlib
import re
import sys

import numpy as np
import opencc

from textfix.layout.words import STEP, pair_key, triple_key

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import sources

BITS = 19
BEGIN_BITS = 14


def main(root: pathlib.Path) -> None:
    fold = folding()
    table = {ord(a): b for a, b in fold.items()}
    blocks: list[tuple[str, str]] = [b for doc in sources.newspaper(root) + sources.novel(root) for b in doc]
    manuals = sources.manuals(root)
    for language in ("zh-cn", "ja"):
        blocks += [b for doc in manuals[language] for b in doc if b[0] != "code"]
    one: collections.Counter[str] = collections.Counter()
    two: collections.Counter[str] = collections.Counter()
    three: collections.Counter[str] = collections.Counter()
    begin1: collections.Counter[str] = collections.Counter()
    begin2: collections.Counter[str] = collections.Counter()
    end1: collections.Counter[str] = collections.Counter()
    word = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]+")
    for kind, text in blocks:
        text = text.translate(table)
        if kind == "paragraph" and len(text) > 20:
            begin1[text[0]] += 1
            begin2[text[:2]] += 1
        end1[text[-1]] += 1
        for run in word.findall(text):
            one.update(run)
            two.update(run[i : i + 2] for i in range(len(run) - 1))
            three.update(run[i : i + 3] for i in range(len(run) - 2))
    total = sum(one.values())
    dictionary = next(root.glob("jieba-*/jieba/dict.txt")).read_text("utf-8").split("\n")
    rows = [row.split(" ") for row in dictionary if row.count(" ") == 2]
    scale = total / sum(int(r[1]) * len(r[0]) for r in rows)
    extra2: collections.Counter[str] = collections.Counter()
    extra3: collections.Counter[str] = collections.Counter()
    for text, count, _tag in rows:
        if len(text) < 2 or int(count) < 10:
            continue
        text = text.translate(table)
        weight = max(int(count) * scale, 2.0)  # a word of the list is evidence, however rare it is
        for i in range(len(text) - 1):
            extra2[text[i : i + 2]] += weight  # type: ignore[assignment]
        for i in range(len(text) - 2):
            extra3[text[i : i + 3]] += weight  # type: ignore[assignment]
    for key, value in extra2.items():
        two[key] = max(two[key], value)  # type: ignore[assignment]
    for key, value in extra3.items():
        three[key] = max(three[key], value)  # type: ignore[assignment]

    ranked = sorted(
        [(v, k) for k, v in two.items() if v >= 1.5] + [(v * 0.7, k) for k, v in three.items() if v >= 2], reverse=True
    )
    check = np.zeros(1 << BITS, np.uint8)
    count = np.full(1 << BITS, -6, np.int8)
    taken = np.zeros(1 << BITS, bool)
    kept = 0
    for _rank, gram in ranked:
        chars = [np.array([ord(ch)], np.uint32) for ch in gram]
        key = int((pair_key(*chars) if len(gram) == 2 else triple_key(*chars))[0])
        slot = key >> (32 - BITS)
        if taken[slot]:
            continue
        taken[slot] = True
        kept += 1
        check[slot] = key & 0xFF
        value = two[gram] if len(gram) == 2 else three[gram]
        count[slot] = min(127, round(float(np.log(value)) * STEP))
        if kept > 0.75 * (1 << BITS):
            break
    begin_check = np.zeros(1 << BEGIN_BITS, np.uint8)
    begin_pair = np.zeros(1 << BEGIN_BITS, np.int8)
    taken = np.zeros(1 << BEGIN_BITS, bool)
    starts = sum(begin1.values())

    def odds(seen: float, base: float, prior: float) -> int:
        value = np.log((seen + prior * 2) / (base * starts / total + 2)) * STEP
        return int(np.clip(round(float(value)), -48, 48))

    begins = {ch: odds(begin1[ch], n, 1.0) for ch, n in one.items()}
    ends = {ch: odds(end1[ch] * starts / len(blocks), n, 1.0) for ch, n in one.items()}
    for pair, n in sorted(two.items(), key=lambda kv: -begin2[kv[0]] - kv[1] * 1e-3):
        if begin2[pair] < 2 and n < 150:
            continue
        key = int(pair_key(np.array([ord(pair[0])], np.uint32), np.array([ord(pair[1])], np.uint32))[0])
        slot = key >> (32 - BEGIN_BITS)
        if not taken[slot]:
            taken[slot] = True
            begin_check[slot] = key & 0xFF
            begin_pair[slot] = odds(begin2[pair], n, float(np.exp(begins[pair[0]] / STEP)))

    def sparse(values: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
        keys = sorted(k for k in values if ord(k) < 0x10000 and values[k])
        return np.array([ord(k) for k in keys], np.uint16), np.array([values[k] for k in keys], np.int8)

    single = {ch: min(127, round(float(np.log(n)) * STEP)) for ch, n in one.items()}
    out: dict[str, np.ndarray] = {}
    for name, values in (("single", single), ("begins", begins), ("ends", ends)):
        out[name + "_at"], out[name] = sparse(values)
    pairs = sorted((ord(a), ord(b)) for a, b in fold.items())
    target = pathlib.Path(__file__).parents[2] / "textfix/layout/words.npz"
    np.savez_compressed(
        target,
        check=check,
        count=count,
        begin_check=begin_check,
        begin_pair=begin_pair,
        total=np.float64(total),
        fold_from=np.array([p[0] for p in pairs], np.uint16),
        fold_to=np.array([p[1] for p in pairs], np.uint16),
        **out,
    )
    print(f"{total} characters, {len(two)} pairs, {len(three)} triples; kept {kept}; {target.stat().st_size} bytes")


def folding() -> dict[str, str]:
    """Character to its Simplified form, where they differ."""
    t2s, jp2t = opencc.OpenCC("t2s"), opencc.OpenCC("jp2t")
    out = {}
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        ch = chr(code)
        to = t2s.convert(ch)
        if to == ch:
            to = t2s.convert(jp2t.convert(ch))
        if to != ch and len(to) == 1 and ord(to) < 0x10000:
            out[ch] = to
    return out


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
