"""The fuzzer runs, sees a law that is broken, makes the text short, and measures growth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

fuzz = pytest.importorskip("benchmarks.fuzz.__main__", reason="benchmarks are not part of a source distribution")

from benchmarks.fuzz import growth, laws, shrink, subjects  # noqa: E402
from textfix import Pipeline, normalizers  # noqa: E402


class Grows(normalizers.Normalizer):
    """Breaks the law of repetition wherever there is an x."""

    name = "grows"

    def propose(self, document, editor):  # type: ignore[no-untyped-def]
        place = document.text.find("x")
        if place >= 0 and document.text.count("x") < 90:
            editor.insert(place, "x", "more")


class Squares(normalizers.Normalizer):
    name = "squares"

    def propose(self, document, editor):  # type: ignore[no-untyped-def]
        for _ in document.text:
            document.text.count("y")


def test_a_few_seconds_find_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "failures.jsonl"
    status = fuzz.main(
        ["--minutes", "0.05", "--growth", "0.3", "--longest", "8000", "--only", "n", "--failures", str(kept)]
    )
    told = capsys.readouterr().out
    assert status == 0, told
    assert not kept.exists()
    assert "newlines" in told


def test_a_broken_law_is_found_and_made_short() -> None:
    subject = subjects.Subject("grows", Pipeline([Grows()]), "plain")
    law = laws.broken(subject, "一二三 x 四五六")
    assert law is not None
    assert law[0] == "once is enough"
    assert shrink.shrunk("一二三 x 四五六", lambda text: laws.broken(subject, text) is not None) == "x"


def test_failures_can_be_run_again(tmp_path: Path) -> None:
    kept = tmp_path / "failures.jsonl"
    kept.write_text(json.dumps({"subject": "newlines", "law": "one pass", "text": "\r\n", "how": ""}) + "\n", "utf-8")
    assert fuzz.main(["--replay", str(kept)]) == 0


def test_steep_growth_is_told_from_flat() -> None:
    flat = growth.measured(subjects.Subject("n", Pipeline([normalizers.Newlines()]), "plain"), "CR", 64_000)
    assert not flat.is_steep
    steep = growth.measured(subjects.Subject("squares", Pipeline([Squares()]), "plain"), "spaces", 256_000, 0.3)
    assert steep.is_steep
