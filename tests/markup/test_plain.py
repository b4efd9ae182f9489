"""No typographic repair breaks a token, whatever stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.strategies import documents
from textfix.document import Document
from textfix.markup import Spans, protected
from textfix.normalizers import Normalizer, Punctuation, Spacing

TOKENS = (
    # addresses
    "http://a.b/c,d",
    "https://example.com/path?q=1,2&r=(3)#frag;x",
    "https://example.com/文件?q=你好,世界",
    "https://zh.wikipedia.org/wiki/汉字_(消歧义)",
    "ftp://user:pass@host:21/a.txt",
    "www.example.com/a,b",
    "mailto:zhang.san@example.com",
    "zhang.san+tag@example.co.uk",
    "example.com?foo=bar&baz=1,2",
    "git@github.com:a/b.git",
    "doi:10.1000/182(a)",
    # paths and files
    "C:\\Users\\张三",
    "C:\\Program Files\\中文\\a.txt",
    "D:\\数据\\第1章.docx",
    "\\\\server\\share\\文件",
    "/usr/local/bin/python3.11",
    "/home/张三/下载/a,b.txt",
    "~/.bashrc",
    "./docs/API.md",
    "../a/b.c",
    "src/main.py",
    "test/**/*.js",
    "package.lock.json",
    "报告.final.v2.docx",
    ".env",
    # numbers
    "1,234.5",
    "3.14",
    "1,234,567",
    "10:30",
    "10:30:45",
    "1:2",
    "16:9",
    "2023-01-02",
    "2023/1/2",
    "2023.01.02",
    "2023-01-02T10:30:00Z",
    "v1.2.3",
    "192.168.0.1:8080",
    "::1",
    "1/2",
    "50%",
    "-3.5",
    "+86-10-1234,5678",
    "1e-5",
    "0x1F",
    "$1,234.50",
    "100,000+",
    "978-7-111-21382-6",
    "GB/T15834-2011",
    "ZL201810342342.X",
    # code
    "foo_bar",
    "f(x,y)",
    "foo()",
    "obj.method(a,b)",
    "key=value",
    "a=1;b=2",
    "x[0,1]",
    "i++",
    "C++",
    "C#",
    "a->b",
    "a<=b",
    "--help",
    "-m",
    "std::vector<int>",
    "`a,b`",
    "`print('你好,世界')`",
    "``a`b,c``",
    'print("你好,世界")',
    'key="值,值"',
    "{{ a,b }}",
    "${HOME}",
    "%s",
    "&nbsp;",
    "&#65292;",
    "<br/>",
    '<a title="你好,世界">',
    "<!-- 你好,世界 -->",
    # maths
    "$x+y,z$",
    "$P(s'|s,a)$",
    "$\\text{速度,时间}$",
    "$$a,b$$",
    "\\(a,b\\)",
    "\\frac{a,b}{c}",
    # citations, tags, pictures
    "〔2023〕5号",
    "#标签#",
    "#topic_1",
    "@user_name",
    "👨‍👩‍👧",
    "1️⃣",
    "🇨🇳",
    ":-)",
    "^_^",
    "Levi's",
    "e.g.",
    "U.S.A.",
    "AT&T",
    "R&D",
)
CONTEXTS = (
    "{}",
    "见{},然后继续.",
    "见 {} , 然后继续.",
    "这是{}。",
    "（{}）是一个例子!",
    '他说:"{}",没错.',
    "第一行,\n{}\n最后一行.",
    "甲、{}、乙，共3个，5个，还有 7个，9个。",
    "English text with {}, and more.",
    "表格：{}；{}...结束",
)
REPAIRS: tuple[Normalizer, ...] = (
    Punctuation(),
    Punctuation(quotes="corner"),
    Spacing(),
    Spacing(style="none"),
    Spacing(style="pangu"),
)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("repair", REPAIRS, ids=repr)
def test_no_token_is_broken(repair: Normalizer, context: str) -> None:
    broken = []
    for token in TOKENS:
        text = context.replace("{}", token)
        if repair(text).count(token) != text.count(token):
            broken.append((token, repair(text)))
    assert not broken


def shielded(text: str) -> list[str]:
    return [text[start:end] for start, end in Document(text).view(protected)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("见http://a.b/c,d", ["http://a.b/c,d"]),
        ("见http://a.b/c，然后", ["http://a.b/c"]),
        ("见http://a.b/c,然后", ["http://a.b/c"]),
        ("(见http://a.b/c_(d))", ["http://a.b/c_(d)"]),
        ("见http://a.b/c.", ["http://a.b/c"]),
        ("他说:好,不好", []),
        ("1,234,见", ["1,234"]),
        ("(foo,bar),", ["foo,bar"]),
        ("$5,比$10便宜", ["$5", "$10"]),
        ("公告:(美股)", []),
        ("```py\na,b\n```\n你好,", ["```py\na,b\n```"]),
        ("<code>你,好</code>,好", ["<code>你,好</code>"]),
    ],
)
def test_what_is_protected(text: str, tokens: list[str]) -> None:
    assert shielded(text) == tokens


@given(documents)
def test_spans_are_sorted_and_inside(text: str) -> None:
    spans = list(Document(text).view(protected))
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))


def test_spans_answer() -> None:
    spans = Spans([(2, 4), (6, 9)])
    assert [offset for offset in range(10) if offset in spans] == [2, 3, 6, 7, 8]
    assert not spans.meets(4, 6)
    assert [offset for offset in range(10) if spans.meets(offset, offset)] == [3, 7, 8]
    assert spans.around(7) == (6, 9)
    assert spans.around(5) is None
