"""Newlines: laws."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from textfix.normalizers import Newlines

texts = st.text(st.sampled_from("\r\n\v\f\t \u00a0\u0085\u2028\u2029ab城"), max_size=40)
lines = st.lists(st.text(st.sampled_from("ab城 \t\f"), max_size=5), min_size=1, max_size=8)


@given(texts)
def test_one_pass_leaves_line_feeds_only(text: str) -> None:
    result = Newlines().explain(text)
    assert not set(result.text) & set("\r\v\u0085\u2028\u2029")
    assert Newlines()(result.text) is result.text
    assert result.edits.invert().apply() == text
    assert not result.refusals


@given(lines, st.sampled_from(["\r\n", "\r\r\n", "\r", "\n", "\u2028"]))
def test_the_kind_of_line_end_does_not_matter(parts: list[str], end: str) -> None:
    assert Newlines()(end.join(parts)) == "\n".join(parts)


def test_time_is_linear_in_carriage_returns() -> None:
    assert Newlines()("\r" * 200_000) == "\n" * 200_000
    assert Newlines()("\r" * 200_000 + "\n") == "\n"
