"""What Hypothesis draws: text as dumps have it, and edits on it."""

from __future__ import annotations

from hypothesis import strategies as st

from textfix.edits import Edits

# Few letters, so that repetition and equal lines come up by themselves; every script and mark that a rule reads.
HAN = "城西区工作年月日的了一二人高兴谢研究讨论"
KANA_HANGUL = "のはカタ한국어ｶﾞ"
LATIN = "abcXYZ exam-"
DIGITS = "0123456789２０３"
MARKS = "，。、；：？！“”‘’（）《》「」『』—…·,.;:?!\"'()-~．｡﹐"
BLANKS = " \u3000\t\n\n\n"
ODD = "\r\f\v\u2028\ufeff\u200b\u00ad\u200d\ufe0f\u00a0⼈⺠ﬁ豈\ue000\ufffdⅢ㎡①👩\U00020000"

cjk = st.text(alphabet=HAN + MARKS + DIGITS + BLANKS, max_size=120)
mixed = st.text(alphabet=HAN * 3 + KANA_HANGUL + LATIN + DIGITS + MARKS + BLANKS + ODD, max_size=120)
anything = st.text(max_size=60)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page set to a measure: paragraphs cut into lines of equal width, with blank lines and headings between."""
    sentence = st.lists(
        st.sampled_from([*HAN, *DIGITS[:10], "，", "。", "、", "“", "”", " ", "a", "Bc"]), min_size=3, max_size=90
    )
    paragraphs = draw(st.lists(sentence.map("".join), min_size=1, max_size=6))
    measure = draw(st.integers(4, 30))
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [paragraph[i : i + measure] for i in range(0, len(paragraph), measure)]
        lines += [""] * draw(st.integers(0, 3))
    return "\n".join(lines)


documents = st.one_of(cjk, mixed, anything, pages())


@st.composite
def edits_of(draw: st.DrawFn, text: str, alphabet: str = "xyz") -> Edits:
    """Some edits of a text, insertions and deletions and touching ones among them."""
    rows = []
    position = 0
    while True:
        start = position + draw(st.integers(0, 4))
        end = start + draw(st.integers(0, 3))
        if end > len(text):
            return Edits.of(text, rows)
        after = draw(st.text(alphabet=alphabet, max_size=2))
        if start == end and (not after or (rows and rows[-1][0] == start)):
            position = start + 1
            continue
        rows.append((start, end, after, f"test/{len(rows)}"))
        position = end
