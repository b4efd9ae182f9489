"""Every golden case: the normalizer alone does what is written, and does nothing the second time."""

from __future__ import annotations

import pytest

from tests.golden import Case, cases
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


def test_there_are_cases_for_every_normalizer() -> None:
    assert {case.normalizer for case in CASES} == set(CATALOGUE)
    unchanged = {case.normalizer for case in CASES if case.text == case.expected}
    assert unchanged == set(CATALOGUE), "every normalizer needs cases of what must not change"
