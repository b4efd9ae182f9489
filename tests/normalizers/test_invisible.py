"""Invisible: laws, and the characters that must survive."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textfix.normalizers import Invisible

alphabet = (
    "\x00\x02\x08\x1b\x7f\x81\x93\x9b\u00a0\u00ad\u061c\u180b\u180e\u2003\u200b\u200c\u200d\u200e\u202c\u202e\u202f\u2060"
    "\u3000\ue000\uf06e\uf0b7\ufe00\ufe0f\ufeff\ufff9\ufffa\ufffb\ufffc\ufffe\U000e0067\U000e007f\U000e0100"
    "ab1é城カ가ممकᠠก❤🏴👩🏽\u20e3\n\t _[0m$(B-"
)
texts = st.text(st.sampled_from(alphabet), max_size=30)


@given(texts)
def test_one_pass_is_enough_and_nothing_visible_goes(text: str) -> None:
    result = Invisible().explain(text)
    assert not result.refusals
    assert Invisible()(result.text) is result.text
    assert result.edits.invert().apply() == text
    for edit in result.edits:
        if "\x1b" not in edit.before and "\x08" not in edit.before and not edit.after:
            assert all(unicodedata.category(c) in {"Cc", "Cf", "Mn", "Cn"} for c in edit.before)


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Co", "Cs", "Cn", "Zs", "Zl", "Zp", "Mn"])))
def test_visible_text_is_the_same_object(text: str) -> None:
    assert Invisible()(text) is text


@pytest.mark.parametrize(
    "text",
    [
        "👩🏽‍🚀👨‍👩‍👧‍👦",
        "❤️‍🔥 1️⃣ ☎︎",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100飾",
        "می\u200cخواهم",
        "क्\u200dष",
        "กิน\u200bข้าว",
        "ᠠ\u180b",
        "10\u00a0000 €",
        "Qui\u202f?",
        "ab\u202fcd",
        "שלום\u200f",
    ],
)
def test_kept(text: str) -> None:
    assert Invisible()(text) is text


def test_backspaces_strike_over_or_stand_for_blanks() -> None:
    assert Invisible()("N\x08NA\x08AM\x08ME\x08E and _\x08f_\x08i_\x08l_\x08e") == "NAME and file"
    page = (
        "데비안\x08커뮤니티에도\x08도움을\x08청할\x08수\x08있습니다.\n첫째,\x08시스템과\x08관리자에\x08대한\x08내용입니다.\n"
        * 4
    )
    assert Invisible()(page) == page.replace("\x08", " ")


def test_doubts_come_merged_and_counted() -> None:
    result = Invisible().explain("\ue001\ue002x" * 500)
    assert len(result.doubts) == 21
    assert result.doubts[0][:3] == (0, 2, "\ue001\ue002")
    assert "480 more" in result.doubts[-1].evidence
    assert not result.edits


def test_doubts_are_at_their_place_in_the_source() -> None:
    result = Invisible().explain("\ufeff城\u200b\ue001(cid:3) (cid:4)")
    assert [(doubt.reason, doubt.text) for doubt in result.doubts] == [
        ("invisible/private", "\ue001"),
        ("invisible/glyph", "(cid:3) (cid:4)"),
    ]


@pytest.mark.parametrize(
    "unit", ["\x1b", "\x1b[", "\u00a0", " \u00a0", "\uf06e", "a\x08", "\u200d", "\ufff9", "\U000e0067", "(cid:1)"]
)
def test_time_is_linear(unit: str) -> None:
    Invisible()(unit * 100_000)
