"""Variants: OpenCC's text, reached by small edits; what has arrived stays; nothing of OpenCC is held."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix import Pipeline
from textfix.document import Document
from textfix.edits import Edits
from textfix.normalizers import Variants
from textfix.variants.alignment import stretches
from textfix.variants.configs import IDEOGRAPH, config, configs, converter
from textfix.variants.conversion import conversion_by

CONFIGS = configs()
CROSSING = [name for name in CONFIGS if config(name).crosses]

# Words of both scripts, of one length and of another, that grow, shrink, touch, or keep a character that they elsewhere
# change; characters of one script alone and of both; and what no conversion may disturb.
_WORDS = """
内存 软件 硬盘 互联网 打印机 鼠标 默认 文档 文件 程序 进程 服务器 数据库 信息 视频 厄瓜多尔 塔吉克斯坦
发展 头发 皇后 后来 里面 公里 干部 干燥 乾隆 著作 显著 瞭望 一出来 出租车 计算机 人工智能 奥巴马 記憶體
軟體 硬碟 網際網路 印表機 滑鼠 預設 文件 檔案 程式 伺服器 資料庫 資訊 影片 厄瓜多 塔吉克 發展 頭髮 皇后
後來 裡面 裏面 幹部 乾燥 顯著 一出來 計程車 電腦 優酪乳 優格 隨身碟 史他汀 他汀 真實模式 個 条 桜 沢
歴史 説明 衞生 着急 着 著 爲 為 台 臺 颱 余 餘 云 雲 征 徵 只 隻 斯蒂芬·斯皮尔伯格 大衛·連 IP地址 U盘
中国 的 了 在 是 一 不 我们 这 這
"""
WORDS = _WORDS.split()
OTHERS = [
    "，",
    "。",
    "“",
    "”",
    "\n",
    "\r\n",
    "\u3000",
    " ",
    "a",
    "SQL",
    "1,234",
    "😀",
    "👩‍💻",
    "𠮷",
    "﨑",
    "\uf9dd",
    "ㄅ",
    "한",
    "の",
    "e\u0301",
]
TEXTS = st.lists(
    st.sampled_from(WORDS)
    | st.sampled_from(OTHERS)
    | st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=4)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3),
    max_size=30,
).map("".join)


def opencc(name: str, text: str) -> str:
    return converter(name)(text)


@given(name=st.sampled_from(CONFIGS), text=TEXTS)
def test_the_stretches_lead_exactly_to_what_opencc_returns(name: str, text: str) -> None:
    target = opencc(name, text)
    at = after_at = 0
    for word in stretches(text, target, converter(name), config(name).words):
        assert at <= word.start <= word.end
        assert word.start - at == word.after_start - after_at, "between two stretches, character under character"
        assert word.end - word.start != word.after_end - word.after_start
        at, after_at = word.end, word.after_end
    assert len(text) - at == len(target) - after_at


@given(name=st.sampled_from(CONFIGS), text=TEXTS)
def test_every_line_is_what_opencc_makes_of_it_but_for_what_has_arrived(name: str, text: str) -> None:
    result = Variants(name).explain(text)
    assert not result.refusals
    edits = _edits(name, text)
    assert edits.apply() == (text if (found := _found(name, text)) is None else found.result)
    if not config(name).crosses:
        assert edits.apply() == opencc(name, edits.source)
    if not edits:
        assert result.text is text


@given(name=st.sampled_from(CONFIGS), text=TEXTS)
def test_edits_are_small_and_in_order(name: str, text: str) -> None:
    edits = _edits(name, text)
    edits.validate()
    for edit in edits:
        assert edit.before != edit.after
        assert "\n" not in edit.before + edit.after
        if len(edit.before) == len(edit.after) and edit.reason == "form":
            assert all(a != b for a, b in zip(edit.before, edit.after)), "a run of changed characters, nothing else"
        assert len(edit.before) <= 24


@given(name=st.sampled_from(CONFIGS), lines=st.lists(TEXTS.map(lambda text: text.replace("\n", "")), max_size=5))
def test_opencc_converts_line_by_line(name: str, lines: list[str]) -> None:
    assert opencc(name, "\n".join(lines)) == "\n".join(opencc(name, line) for line in lines)


@pytest.mark.parametrize("name", CONFIGS)
def test_nothing_without_an_ideograph_changes(name: str) -> None:
    others = [chr(c) for c in range(1, 0x110000) if not 0xD800 <= c < 0xE000 and not IDEOGRAPH.match(chr(c))]
    text = "\n".join(others)
    assert opencc(name, text) == text


@pytest.mark.parametrize("name", CROSSING)
@pytest.mark.parametrize(
    "text",
    [
        "他打开文件，一出来就说话；皇后的头发很干燥，程序显著地改进了内存的使用。乾隆的著作里有厄瓜多尔和塔吉克斯坦。",
        "他開啟文件，一出來就說話；皇后的頭髮很乾燥，程式顯著地改進了記憶體的使用。乾隆的著作裡有厄瓜多和塔吉克。",
    ],
)
def test_a_second_pass_changes_nothing(name: str, text: str) -> None:
    once = _edits(name, text).apply()
    assert not _edits(name, once)


def test_what_would_be_brought_back_shows_no_source_script() -> None:
    once = Variants("t2s")("本院委員吳育昇等33人擬具條文")
    assert once == "本院委员吴育昇等33人拟具条文"
    assert not _edits("t2s", once)
    assert Variants("t2s")("本院委员昇降擬具条文") == "本院委员升降拟具条文"


def test_a_word_that_shows_no_script_is_converted_with_each_pass() -> None:
    """Documented: without a character of one script alone, nothing says that it has arrived."""
    assert Variants("s2twp")("塔吉克斯坦斯坦") == "塔吉克斯坦"
    assert Variants("s2twp")("塔吉克斯坦") == "塔吉克"
    assert Variants("s2twp")("塔吉克斯坦的經濟顯著增長") == "塔吉克斯坦的經濟顯著增長"


@pytest.mark.parametrize("name", CONFIGS)
def test_offsets_lead_from_each_word_to_its_own(name: str) -> None:
    text = "，".join(WORDS)
    result = Variants(name).explain(text)
    marks = [index for index, character in enumerate(result.text) if character == "，"]
    for before, after in zip((i for i, c in enumerate(text) if c == "，"), marks):
        assert result.clean_span(before, before + 1) == (after, after + 1)
        assert result.source_span(after, after + 1) == (before, before + 1)


def test_words_of_another_length_are_edits_of_their_own() -> None:
    edits = Variants("s2twp").explain("计算机内存、互联网软件").edits
    assert [(edit.before, edit.after, edit.reason) for edit in edits] == [
        ("计", "計", "variants/form"),
        ("机", "機", "variants/form"),
        ("内存", "記憶體", "variants/word"),
        ("互联网", "網際網路", "variants/word"),
        ("软件", "軟體", "variants/word"),
    ]


@pytest.mark.parametrize(
    ("name", "nearest"), [("s2twq", "s2tw"), ("t2S", "t2s"), ("s2twp.json", "s2twp"), ("zh-hans", ""), ("", "")]
)
def test_unknown_conversions_are_refused_when_made(name: str, nearest: str) -> None:
    with pytest.raises(ValueError, match=rf"unknown OpenCC conversion: .*{nearest}"):
        Variants(name)


def test_normalizers_hold_names_only() -> None:
    variants = Variants("s2twp")
    variants("内存")
    pipeline = Pipeline([variants])
    for thing in (variants, pipeline):
        copy = pickle.loads(pickle.dumps(thing))
        assert copy == thing
        assert copy("内存") == "記憶體"
    assert Pipeline.from_toml(pipeline.to_toml()) == pipeline
    assert pipeline.fingerprint != Pipeline([Variants("s2tw")]).fingerprint


def test_opencc_and_numpy_are_loaded_only_when_needed() -> None:
    code = "import sys, textfix; print(*({'opencc', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def _found(name: str, text: str):  # type: ignore[no-untyped-def]
    return Document(text).view(conversion_by(name))


def _edits(name: str, text: str) -> Edits:
    """One pass, as the normalizer proposes it."""
    found = _found(name, text)
    if found is None:
        return Edits(text, [], [], [], [])
    reasons = ["word" if word else "form" for word in found.words]
    return Edits(found.source, found.starts.tolist(), found.ends.tolist(), found.afters, reasons)


def test_what_a_directive_holds_back_does_not_forbid_the_rest() -> None:
    result = Pipeline([Variants("t2s")]).explain("對 textfix: ignore\n時")
    assert result.text == "對 textfix: ignore\n时"
    assert not result.refusals
    assert [edit.before for edit in result.spared] == ["對"]
