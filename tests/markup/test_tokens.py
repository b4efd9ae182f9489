"""No preset breaks a token, whatever stands around it: drawn tokens in drawn contexts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markup.test_plain import TOKENS
from textfix import PRESETS, Pipeline
from textfix.normalizers import Punctuation, Spacing

MORE = (
    # numbers, times, ratios, units, versions
    "12,345.67",
    "8:30",
    "08:30:15",
    "3:2",
    "4K",
    "5GB",
    "3.5mm",
    "10km/h",
    "25°C",
    "±0.5%",
    "H2O",
    "CO2",
    "v2.0.1-rc.1",
    "1.2.x",
    "2023-06-01",
    "06/01/2023",
    "1998—2004",
    "No.5",
    "p.12",
    "A4",
    "5G",
    "B2B",
    "3D",
    "2.5:1",
    "1:100",
    "0.5‰",
    "-40℃",
    "20~30",
    # citations, identifiers, telephone numbers
    "〔2023〕5号",
    "国发〔2023〕12号",
    "GB/T 15834-2011",
    "ISBN 978-7-111-21382-6",
    "10.1000/xyz123",
    "010-12345678",
    "+86 138-0013-8000",
    "400-820-8820",
    "ISO/IEC 10646:2020",
    "RFC 3986",
    "CVE-2023-1234",
    "3.1.4",
    "§3.2",
    # addresses
    "https://a.example/b?c=d&e=f,g#h",
    "http://例子.测试/文件?q=你好,世界",
    "ftp://a.b/c",
    "a_b.c@d-e.org",
    "www.a.b/c",
    "//cdn.a.b/c.js",
    # file names, commands, code
    "README.md",
    "a-b_c.tar.gz",
    "main.py:12:5",
    "foo.bar(baz, 1)",
    "npm i -g a@1.2.3",
    "git commit -m 'x'",
    "ls -la ./a",
    "$HOME/.bashrc",
    "--no-cache",
    "key: value",
    "{a: 1, b: 2}",
    "[1,2,3]",
    "a && b",
    "x >= 1",
    "a[i]",
    "**kwargs",
    "SELECT a,b FROM c;",
    "#include <a.h>",
    "color:red;",
    "margin:0 auto;",
    "@media",
    '<div class="a,b">',
    "</div>",
    "<img src='a,b.png'/>",
    "<!-- a,b -->",
    "&amp;",
    "{{ a.b }}",
    "`a,b:c`",
    "``a`,b``",
    # maths
    "$a_1,a_2$",
    "$$x:y$$",
    "\\frac{1}{2}",
    "\\text{甲,乙}",
    "\\(x,y\\)",
    "E=mc^2",
    "f(x)=x^2",
    "(a,b)",
    "[0,1)",
    "1+1=2",
    "a/b",
    # pictures, tags, mentions
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇯🇵",
    "1️⃣",
    ":-)",
    ":)",
    "^_^",
    "T_T",
    ":smile:",
    ":+1:",
    "#话题#",
    "#tag",
    "@someone",
    "@张三",
)
# Character references left in plain text are repaired by `mojibake`; parentheses around letters are a sentence's, too.
_REPAIRED = {"&amp;", "&nbsp;", "&#65292;", "(a,b)"}
ALL = [token for token in dict.fromkeys((*TOKENS, *MORE)) if token not in _REPAIRED]

_LETTERS = "城西区工作年月日的了是在有说"
_BEFORE = st.sampled_from(
    [
        "",
        "见",
        "参见",
        "他说",
        "使用 ",
        "，",
        "。",
        "：",
        "、",
        "（",
        "(",
        "“",
        "「",
        '"',
        "《",
        "约 ",
        "共",
        "a ",
        "the ",
        "は",
        "の ",
        "를 ",
        "\n",
    ]
)
_AFTER = st.sampled_from(
    [
        "",
        "。",
        "，",
        ",",
        ".",
        ";",
        ":",
        "!",
        "?",
        "、",
        "）",
        ")",
        "”",
        "」",
        '"',
        "》",
        " 等",
        "的",
        " is",
        "です",
        "\n",
        ", ",
        ". ",
        "...",
        "——",
    ]
)
_PROSE = st.one_of(
    st.sampled_from(
        ["", "城西区推进工作,", "这是第一句。", "高兴!", "In English, too.", "一行\n又一行", "人口 5万,", '他说:"好",']
    ),
    st.text(_LETTERS, max_size=12),
)
_ALONE = {
    repr(step): Pipeline([step])
    for step in (Punctuation(quotes="corner"), Spacing(style="none"), Spacing(style="pangu"))
}
PIPELINES = {**{name: Pipeline.preset(name) for name in PRESETS}, **_ALONE}


@pytest.mark.parametrize("name", PIPELINES)
def test_no_token_is_broken(name: str) -> None:
    pipeline = PIPELINES[name]

    @given(st.sampled_from(ALL), _PROSE, _BEFORE, _AFTER, _PROSE)
    def law(token: str, prose: str, before: str, after: str, more: str) -> None:
        text = f"{prose}{before}{token}{after}{more}"
        assert token in pipeline(text), (text, pipeline(text))

    law()
