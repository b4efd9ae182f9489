"""Markdown keeps its structure: only text is repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix import Pipeline
from textfix.document import Document
from textfix.markup import protected
from textfix.normalizers import Punctuation, Spacing

pytest.importorskip("markdown_it")

from textfix.markup.markdown import same_structure

REPAIRS = {
    "default": Pipeline([Spacing(), Punctuation()]),
    "none": Pipeline([Spacing(style="none"), Punctuation(quotes="corner")]),
    "pangu": Pipeline([Spacing(style="pangu"), Punctuation()]),
}

PAGE = """\
---
title: 你好,世界
---

# 标题,一 {#id}

你好,**世界**!见[链接,甲](a,b.md "题,目"),和`x,y`。
> 引用,甲
> 第二行,乙

- [ ] 任务,一
- 项目,"二"

| 甲,乙 | 丙 |
|---|---|
| `a,b`,好 | 丁,戊 |

```py
print("你好,世界")
```

    缩进,代码

<div title="你好,世界">块,内</div>

[ref]: http://a.b/c,d "题,目"
![图,片](图,片.png) 后,面
::: warning 警告,甲
内容,乙
:::

import A from './a,b'

文字\\,转义,甲 &nbsp;无,法\x20\x20
硬,行
"""

REPAIRED = """\
---
title: 你好,世界
---

# 标题，一 {#id}

你好，**世界**！见[链接，甲](a,b.md "题,目")，和`x,y`。
> 引用，甲
> 第二行，乙

- [ ] 任务，一
- 项目，“二”

| 甲，乙 | 丙 |
|---|---|
| `a,b`,好 | 丁，戊 |

```py
print("你好,世界")
```

    缩进,代码

<div title="你好,世界">块,内</div>

[ref]: http://a.b/c,d "题,目"
![图,片](图,片.png) 后，面
::: warning 警告,甲
内容，乙
:::

import A from './a,b'

文字\\,转义，甲 &nbsp;无，法\x20\x20
硬，行
"""


def test_only_text_is_repaired() -> None:
    assert REPAIRS["default"](PAGE, markup="markdown") == REPAIRED
    assert same_structure(PAGE, REPAIRED)


def test_line_ends_are_kept() -> None:
    page = PAGE.replace("\n", "\r\n")
    assert REPAIRS["default"](page, markup="markdown") == REPAIRED.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**你好** 世界", "** 你好** 世界"),
        ("- 甲", "-甲"),
        ("`a,b`", "`a，b`"),
        ("[甲](a,b)", "[甲](a，b)"),
        ("| 甲 |\n|---|\n", "| 甲 |\n|--|x|\n"),
        ("---\na: b,c\n---\n", "---\na: b，c\n---\n"),
    ],
)
def test_a_change_of_structure_is_seen(before: str, after: str) -> None:
    assert not same_structure(before, after)


PIECES = (
    *("你好", "世界", "工作", "Python", "abc", "3", "2023", "，", "。", ",", ".", "!", "?", ":", ";", " ", " ", "\n"),
    *("\n\n", "**", "*", "_", "`", "``", "~~", "[", "]", "(", ")", "](a)", '](b,c "题,目")', "![", "<b>", "</b>"),
    *('<a href="x,y">', "&nbsp;", "\\", "“", "”", '"', "'", "（", "）", "# ", "- ", "1. ", "> ", "    ", "```\n", "|"),
    *("\n|---|---|\n", "| 甲 | 乙 |\n", "---\n", "===\n", "[^1]", "[x]: http://a,b\n", "...", "--", "——", "$x,y$"),
    *("http://a.b/c,d", "{#id}", ":::", "- [ ] ", "\t", "#", "@", "/", "&", "+", "=", "-"),
)


@pytest.mark.parametrize("name", REPAIRS)
@given(text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_structure_stays(name: str, text: str) -> None:
    result = REPAIRS[name].explain(text, markup="markdown")
    assert not result.refusals
    assert same_structure(text, result.text)


def test_what_is_read_as_text() -> None:
    text = "> 引用,*重点*和`码`"
    spans = Document(text, markup="markdown").view(protected)
    assert "".join(text[at] for at in range(len(text)) if at not in spans) == "引用,重点和"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("请查看 [文档](a.md), 或者[教程](b.md).", "请查看 [文档](a.md)，或者[教程](b.md)。"),
        (
            "Thanks for the data by [中国外汇交易中心暨同业拆借中心](a.md);",
            "Thanks for the data by [中国外汇交易中心暨同业拆借中心](a.md);",
        ),
        ("[文档](a.md), [教程](b.md)[^1].", "[文档](a.md)，[教程](b.md)[^1]。"),
        ("见 [English](a.md), 或者[foo](b.md).", "见 [English](a.md), 或者[foo](b.md)."),
        ("中文[^1], 中文.\n\n[^1]: 脚注, 中文.\n", "中文[^1]，中文。\n\n[^1]: 脚注，中文。\n"),
        ("**注意:** 这里有**粗体**,*斜体*.", "**注意：** 这里有**粗体**，*斜体*。"),
        ("[a]: 甲,乙 '丙,丁'\n[a]", "[a]: 甲,乙 '丙,丁'\n[a]"),
    ],
)
def test_marks_behind_links_footnotes_and_emphasis_belong_to_the_text(text: str, after: str) -> None:
    result = Pipeline([Punctuation()]).explain(text, markup="markdown")
    assert (result.text, result.doubts) == (after, [])
