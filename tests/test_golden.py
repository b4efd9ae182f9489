"""Every golden case: the normalizer alone does what is written, and does nothing the second time."""

from __future__ import annotations

import pytest

from tests.golden import KNOWN_FAILURES, Case, cases
from textfix.normalizers import CATALOGUE

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.normalizer}: {case.title}")
def test_golden(case: Case) -> None:
    normalizer = CATALOGUE[case.normalizer](**case.options)
    result = normalizer.explain(case.text)
    assert result.text == case.expected
    assert not result.refusals
    assert normalizer(result.text) is result.text
    if case.text == case.expected:
        assert result.text is case.text


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize("case", list(cases(KNOWN_FAILURES)), ids=lambda case: f"{case.normalizer}: {case.title}")
def test_known_failure(case: Case) -> None:
    """What we would like and cannot do yet. One that begins to pass fails here, and moves to the golden cases."""
    assert CATALOGUE[case.normalizer](**case.options)(case.text) == case.expected


def test_there_are_cases_for_every_normalizer() -> None:
    assert {case.normalizer for case in CASES} == set(CATALOGUE)
    unchanged = {case.normalizer for case in CASES if case.text == case.expected}
    assert unchanged == set(CATALOGUE), "every normalizer needs cases of what must not change"
