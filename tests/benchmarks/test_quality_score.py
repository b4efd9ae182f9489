"""The scorer of benchmarks/quality judged by cases small enough to count by hand."""

from __future__ import annotations

import re

import pytest

np = pytest.importorskip("numpy")

from benchmarks.quality import align as al  # noqa: E402
from benchmarks.quality import candidates, corrupt, dumps, score  # noqa: E402
from benchmarks.quality.engines.breaking import Style, break_lines  # noqa: E402
from benchmarks.quality.model import Block, Document  # noqa: E402

HEAD = Block("heading", "城西区工作回顾")
ONE = Block("paragraph", "翻阅城西区政府工作报告，同心同向、奋楫笃行成为总结全年工作的关键词。")
TWO = Block("paragraph", "回顾过去的一年，全区各族干部群众感恩奋进，办成了一件件实事！")
THREE = Block("paragraph", "The quick brown fox jumps over the lazy dog and runs into the forest.")


def judge(tmp_path, blocks, text, furniture=()):
    path = tmp_path / "dump.txt"
    path.write_bytes(text.encode())
    document = Document("case", "zh-Hans", "case", "case", "test", list(blocks), list(furniture), str(path))
    return score.Judge(dumps.dump(document, "text"))


def labels(j):
    return "".join(line.label for line in j.dump.lines)


def test_skeleton_folds_width_quotes_and_white_space_and_keeps_the_gaps():
    s = al.skeleton("“中　国”\r\n\r\n１２ａ…")
    assert s.chars == '"中国"12a...'
    assert s.gaps.tolist() == [2, 0, 1, 0, 2, 0, 0, 0, 0, 0]
    assert s.offsets.tolist() == [0, 1, 3, 4, 9, 10, 11, 12, 12, 12]


def test_kangxi_radicals_and_decomposed_kana_are_the_same_skeleton():
    assert al.skeleton("⼈民か\u3099").chars == al.skeleton("人民が").chars


@pytest.mark.parametrize(
    ("a", "i", "b", "j", "n"),
    [("abcx", 0, "abcy", 0, 3), ("ab", 0, "ab", 0, 2), ("x" * 200, 0, "x" * 150 + "y", 0, 150), ("ab", 2, "ab", 0, 0)],
)
def test_common_prefix(a, i, b, j, n):
    assert al.common(a, i, b, j) == n


def test_a_hyphen_that_the_typesetter_put_in_is_no_other_place(tmp_path):
    block = Block("paragraph", "Please open a bug reporting what you found, for it is no cross-porting of code.")
    text = "Please open a bug re-\nporting what you found, for it\nis no cross-porting of code.\n"
    j = judge(tmp_path, [block], text)
    assert labels(j) == "PCC"
    assert j.score(block.text).wrong == 0


def test_a_wrapped_paragraph_is_one_start_and_continuations(tmp_path):
    text = "城西区工作回顾\n翻阅城西区政府工作报告，同心\n同向、奋楫笃行成为总结全年\n\n工作的关键词。\n"
    j = judge(tmp_path, [HEAD, ONE], text)
    assert labels(j) == "PPCC"
    identity = j.score(text)
    assert (identity.tp, identity.fp, identity.fn) == (1, 2, 0)
    assert (identity.ends, identity.wrong) == (3, 2)
    assert (identity.blocks, identity.exact) == (2, 1)
    perfect = j.score(f"{HEAD.text}\n{ONE.text}\n")
    assert (perfect.f1, perfect.wrong, perfect.exact, perfect.edits, perfect.space_edits) == (1.0, 0, 2, 0, 0)
    joined = j.score(HEAD.text + ONE.text)
    assert (joined.tp, joined.fp, joined.fn, joined.exact) == (0, 0, 1, 0)


def test_a_break_inside_a_line_that_the_dump_did_not_have_is_counted(tmp_path):
    j = judge(tmp_path, [ONE], ONE.text)
    assert j.score(ONE.text.replace("，", "，\n")).fp == 1


def test_reading_order_is_no_error_but_joining_across_the_seam_is(tmp_path):
    text = f"{TWO.text}\n{ONE.text}\n"
    j = judge(tmp_path, [ONE, TWO], text)
    assert labels(j) == "PP"
    assert j.score(text).wrong == 0
    assert j.score(text.replace("\n", "")).wrong == 1


def test_a_paragraph_cut_by_a_box_goes_on_with_j(tmp_path):
    text = f"{ONE.text[:13]}\n{HEAD.text}\n{ONE.text[13:]}\n{TWO.text}\n"
    j = judge(tmp_path, [ONE, TWO, HEAD], text)
    assert labels(j) == "PPJP"


def test_spaces_lost_and_stray(tmp_path):
    text = "The quick brown fox jumps over the lazy\ndog and runs into the forest.\n"
    text += ONE.text.replace("同心", "同心\n", 1)
    j = judge(tmp_path, [THREE, ONE], text)
    good = j.score(f"{THREE.text}\n{ONE.text}")
    assert (good.stray, good.lost_spaces, good.space_edits) == (0, 0, 0)
    bad = j.score(f"{THREE.text.replace('lazy dog', 'lazydog')}\n{ONE.text.replace('同向', ' 同向')}")
    assert (bad.stray, bad.lost_spaces, bad.space_edits) == (1, 1, 2)


def test_characters_changed_dropped_and_added(tmp_path):
    j = judge(tmp_path, [ONE], ONE.text)
    assert j.score(ONE.text.replace("政府", "攻府")).edits == 1
    assert j.score(ONE.text.replace("政府", "")).edits == 2
    assert j.score(ONE.text.replace("政府", "政甲乙府")).edits == 2
    assert j.score("").edits == len(al.skeleton(ONE.text).chars)


@pytest.mark.parametrize(
    "shown",
    [
        "城西区工作回顾城西区工作回顾",
        "城城西西区区工工作作回回顾顾",
        "城西区城西区工作回顾工作回顾",
        "城西区工作回顾\n城西区工作回顾",
    ],
)
def test_overlaid_heads(tmp_path, shown):
    head = Block("heading", HEAD.text, 2, "run")
    j = judge(tmp_path, [ONE, head, TWO], f"{ONE.text}\n{shown}\n{TWO.text}\n")
    assert len(j.heads) == 1
    assert j.score(j.dump.text).heads_exact == 0
    repaired = j.score(f"{ONE.text}\n{HEAD.text}\n{TWO.text}\n")
    assert (repaired.heads, repaired.heads_exact, repaired.f1) == (1, 1, 1.0)
    assert j.score(f"{ONE.text}\n城西区工作\n{TWO.text}\n").heads_exact == 0


def test_dropping_natural_repetition_is_a_false_copy(tmp_path):
    block = Block("paragraph", "他们研究研究再决定，大家高高兴兴地回家去了，提前、提前、再提前。")
    j = judge(tmp_path, [block], block.text)
    assert j.score(block.text).false_copies == 0
    assert j.score(block.text.replace("研究研究", "研究")).false_copies == 1
    assert j.score(block.text.replace("高高", "高")).false_copies == 1


def test_one_of_two_equal_marks_is_no_running_text(tmp_path):
    block = Block("paragraph", "他们研究再三，，然后大家高高兴兴地回家去了。。第二天又提前、提前、再提前。")
    j = judge(tmp_path, [block], block.text)
    assert j.score(block.text.replace("，，", "，").replace("。。", "。")).false_copies == 0


def test_furniture_removed_kept_swallowed_and_body_lines_lost(tmp_path):
    pages = [f"城市日报\n{ONE.text[:20]}\n1", f"城市日报\n{ONE.text[20:]}\n{TWO.text}\n2"]
    j = judge(tmp_path, [ONE, TWO], "\f".join(pages), [["城市日报", "1"], ["城市日报", "2"]])
    assert labels(j) == "FPFFCPF"
    clean = j.score(f"{ONE.text}\n{TWO.text}")
    assert (clean.furniture, clean.furniture_removed, clean.body_removed, clean.f1) == (4, 4, 0, 1.0)
    assert j.score(j.dump.text).furniture_removed == 0
    swallowed = j.score(f"{ONE.text[:20]}1城市日报{ONE.text[20:]}\n{TWO.text}")
    assert swallowed.furniture_removed == 2
    assert j.score(ONE.text).body_removed == 1


def test_verse_and_tables_keep_their_lines(tmp_path):
    verse = Block("verse", "兰叶春葳蕤，桂华秋皎洁。\n欣欣此生意，自尔为佳节。")
    table = Block("table", "名称\t数量\n苹果\t十二个")
    text = "兰叶春葳蕤，桂华秋皎洁。\n欣欣此生意，自尔为佳节。\n名称  数量\n苹果  十二个\n"
    j = judge(tmp_path, [verse, table], text)
    assert labels(j) == "PPPP"
    assert j.score(text).exact == 2
    assert j.score(text.replace("。\n欣", "。欣")).fn == 1


def test_leaders_of_a_contents_line_cost_nothing(tmp_path):
    line = Block("item", "第一章概述与总则 12", mode="leader")
    text = f"第一章概述与总则 ........... 12\n{ONE.text}\n"
    j = judge(tmp_path, [line, ONE], text)
    assert labels(j) == "PP"
    assert (j.score(text).edits, j.score(text).exact) == (0, 2)


def test_glued_columns_are_not_judged(tmp_path):
    a, b = ONE.text, TWO.text
    rows = [f"{a[i : i + 11]}    {b[i : i + 11]}" for i in range(0, 33, 11)]
    j = judge(tmp_path, [ONE, TWO], "\n".join(rows))
    assert set(labels(j)) <= set("X?")
    assert j.scrambled


def test_harm_counts_stretches():
    assert score.harm(lambda t: t, "甲乙\n丙丁") == 0
    assert score.harm(lambda t: t.replace("乙", "").replace("丁", "戊"), "甲乙\n丙丁") == 2


def test_baselines():
    text = "甲乙丙，\n丁。\n\n戊己\r\nabc\ndef"
    assert candidates.join_all(text) == "甲乙丙，丁。戊己abc def"
    assert candidates.join_unless_blank(text) == "甲乙丙，丁。\n戊己abc def"
    assert candidates.join_unless_terminal(text) == "甲乙丙，丁。\n戊己abc def"


@pytest.mark.parametrize("kinsoku", ["none", "push", "pull", "hang"])
def test_breaking_loses_nothing_and_keeps_the_measure(kinsoku):
    text = ONE.text + THREE.text + TWO.text
    lines = break_lines(text, 16, 20, Style("full", kinsoku), lambda c: 2.0 if ord(c) > 0x2E80 else 1.0, 2.0)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    if kinsoku == "push":
        assert not any(line[0] in "，。、！" for line in lines)
        assert all(sum(2 if ord(c) > 0x2E80 else 1 for c in line) <= 20 for line in lines)


def test_repaired_counts_damaged_and_untouched_blocks():
    case = corrupt.Case("", "", ("甲乙", "丙丁"), ("戊己",))
    assert corrupt.repaired(case, "甲乙\n丙丁戊己\n") == (1, 1)
