"""Laws of letterspacing: it closes what was set apart, deletes nothing but blanks, and leaves words and lists."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textfix.letterspacing.evidence import cohesion, is_enumeration, pairs
from textfix.normalizers import Letterspacing

CLOSE = Letterspacing()

PROSE = (
    "过去的一年，城西区坚持以经济建设为中心，全面推进各项工作。",
    "全区上下团结一心，努力克服困难，取得了显著的成绩。",
    "我们要认真学习会议精神，把各项任务落到实处。",
    "經濟發展的同時，人民的生活水平也有了很大的提高。",
)
LETTERS = "工作报告目录甲乙是否王伟李张三的一 \u3000\n，。ABCDEFO12はじめに第章总则"
ALPHABET = st.text(st.sampled_from(LETTERS), max_size=60)


@given(ALPHABET)
@settings(max_examples=400)
def test_only_blanks_go_and_a_second_pass_finds_nothing(text: str) -> None:
    result = CLOSE.explain(text)
    assert not result.refusals
    assert "".join(result.text.split()) == "".join(text.split())
    assert all(not edit.after and edit.before.isspace() for edit in result.edits)
    assert CLOSE(result.text) is result.text


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("gap", [" ", "  ", "\u3000"])
def test_prose_set_apart_comes_back(text: str, gap: str) -> None:
    assert CLOSE(gap.join(text)) == text


@pytest.mark.parametrize("text", PROSE)
def test_prose_one_character_a_line_comes_back(text: str) -> None:
    assert CLOSE("\n".join(text)) == text


@given(st.sampled_from(PROSE), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_shuffled_characters_are_never_joined_in_silence(text: str, random) -> None:  # type: ignore[no-untyped-def]
    letters = [letter for letter in text if letter not in "，。"]
    random.shuffle(letters)
    spaced = " ".join(letters[:8])
    if cohesion(pairs(["".join(letters[:8])])[0]) < 0:
        result = CLOSE.explain(spaced)
        assert result.text is spaced
        assert result.doubts or is_enumeration("".join(letters[:8]))


def test_blanks_that_bad_recognition_scattered_go_everywhere() -> None:
    page = "\n".join(PROSE * 4)
    torn = "".join(
        letter + " " if at % 3 == 0 and letter not in "，。\n" and following not in "，。\n" else letter
        for at, (letter, following) in enumerate(zip(page, page[1:] + "\n"))
    )
    assert torn.count(" ") > 100
    assert CLOSE(torn).count(" ") < 0.1 * torn.count(" ")


def test_a_doubt_says_what_it_is_about() -> None:
    text = "的 玄 矣 磬 缶 鼎"
    [doubt] = CLOSE.explain(text).doubts
    assert doubt.reason == "letterspacing/horizontal"
    assert text[doubt.start : doubt.end] == text


def test_long_texts_set_apart_throughout_or_with_blanks_scattered() -> None:
    # More blanks than evidence is taken from.
    text = "\n".join(PROSE * 100)
    assert CLOSE("\n".join(" ".join(line) for line in text.split("\n"))) == text
    rng = random.Random(1)
    scattered = re.sub("(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])", lambda _: " " * (rng.random() < 0.3), text * 4)
    assert len(scattered) - len(text * 4) > 5000
    # Lines with two or three between words keep them.
    assert CLOSE(scattered).count(" ") < 0.04 * scattered.count(" ")
