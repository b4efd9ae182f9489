"""Both newspaper pages, end to end, against their true blocks (written by hand, in tests/data)."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import textfix
from textfix import Result

ROOT = Path(__file__).parent.parent
PAGES = {path.name[:3]: path for path in sorted((ROOT / "seeds").glob("*.txt"))}
BLANKS = " \t\n\u3000"


@cache
def explained(page: str) -> Result:
    return textfix.explain(PAGES[page].read_bytes().decode())


def gold(page: str) -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / "data" / f"{page}.blocks.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def alternatives(blocks: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """The block lists that are right: the boundary that text alone cannot decide may go either way."""
    apart = [(block["kind"], block["text"]) for block in blocks]
    joined: list[tuple[str, str]] = []
    for block in blocks:
        if block.get("may_join_previous"):
            joined[-1] = (joined[-1][0], joined[-1][1] + block["text"])
        else:
            joined.append((block["kind"], block["text"]))
    return [apart, joined]


@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_exact(page: str) -> None:
    found = [(block.kind, block.text) for block in explained(page).blocks]
    right = alternatives(gold(page))
    if found not in right:
        for wanted, got in zip(right[0], found):
            assert got == wanted
    assert found in right


@pytest.mark.parametrize("page", PAGES)
def test_blocks_are_the_lines_of_the_clean_text(page: str) -> None:
    result = explained(page)
    assert [block.text for block in result.blocks] == [line for line in result.text.split("\n") if line]
    assert all(result.text[block.start : block.end] == block.text for block in result.blocks)


def test_the_boundary_that_text_cannot_decide_is_a_doubt() -> None:
    result = explained("001")
    source = PAGES["001"].read_bytes().decode()
    place = source.index("再次擂响！") + len("再次擂响！")
    assert any(doubt.start <= place <= doubt.end for doubt in result.doubts)
    assert source[place] == "\n"
    assert "再次擂响！\n当下" in result.text  # in doubt, the source stays


@pytest.mark.parametrize("page", PAGES)
def test_every_edit_maps_to_its_source_and_back(page: str) -> None:
    source = PAGES[page].read_bytes().decode()
    result = explained(page)
    edits = result.edits
    assert result.source == source
    for edit, start, end in zip(edits, edits.offsets.target_starts, edits.offsets.target_ends):
        assert source[edit.start : edit.end] == edit.before
        assert result.text[start:end] == edit.after
        assert result.clean_span(edit.start, edit.end) == (start, end)
        low, high = result.source_span(start, end)
        assert low <= edit.start
        assert edit.end <= high
    assert edits.invert().apply().encode() == PAGES[page].read_bytes()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_but_white_space_and_second_copies_goes_and_nothing_comes(page: str) -> None:
    """The harm that other tools do here: full-width marks and quotes rewritten, spaces put between Han and Latin."""
    source = PAGES[page].read_bytes().decode()
    result = explained(page)
    others = [edit for edit in result.edits if not edit.reason.startswith("overlay/")]
    assert all(not edit.before.strip(BLANKS) and edit.after in {"", " ", "\n", "\n\n"} for edit in others)
    copies = sum((Counter(edit.before) for edit in result.select("overlay")), Counter())
    lost = Counter(source) - Counter(result.text) - copies
    assert set(lost) <= set(BLANKS)
    assert not Counter(result.text) - Counter(source)


@pytest.mark.parametrize("page", PAGES)
def test_the_clean_page_comes_back_as_the_same_object(page: str) -> None:
    clean = explained(page).text
    assert textfix.clean(clean) is clean
    for preset in textfix.PRESETS:
        assert textfix.clean(clean, preset=preset) is clean


@pytest.mark.parametrize(
    "wanted",
    [
        "2022年城西区工作回顾",
        "2023年城西区这样干",
        "这一年，我们直面困难，奋力防住新冠疫情冲击波",
        "这一年，我们防范风险，尽心筑牢安全发展生命线",
        "本报记者 张国静",
        "城西区：勇争先 当表率 书写高质量发展新篇章",
    ],
)
def test_lines_of_the_first_page(wanted: str) -> None:
    assert wanted in explained("000").text.split("\n")


@pytest.mark.parametrize("wanted", ["1+N+N", "“叫醒”“叫应”机制", "一场场考验", "一个个难关", "Ⅲ类"])
def test_what_looks_doubled_and_is_not_stays(wanted: str) -> None:
    assert wanted in explained("000").text


def test_natural_repetition_alone_on_lines_stays() -> None:
    for text in (
        "高高兴兴 谢谢谢谢 研究研究讨论讨论 2222 1100 ……",
        "高高兴兴\n谢谢谢谢\n研究研究讨论讨论\n2222\n1100\n……\n",
    ):
        assert textfix.clean(text) is text
        overlaid = text.rstrip("\n") + "\n" + PAGES["000"].read_bytes().decode()
        assert textfix.clean(overlaid).startswith(text.rstrip("\n"))
