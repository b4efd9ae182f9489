"""The JSON schema: current, and of one mind with the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textfix.config.declaration import KEYS, options_of
from textfix.config.schema import schema
from textfix.normalizers import CATALOGUE

FILE = Path(__file__).parents[2] / "docs" / "textfix.schema.json"


def test_the_checked_in_schema_is_current() -> None:
    """Make it anew with `python -m textfix.config.schema > docs/textfix.schema.json`."""
    assert json.loads(FILE.read_text("utf-8")) == schema()


def test_no_key_is_called_like_a_normalizer() -> None:
    assert not {*KEYS, "per-file"} & set(CATALOGUE)
    assert all(options_of(name) is not None for name in CATALOGUE)


@pytest.mark.parametrize(
    ("table", "valid"),
    [
        ({}, True),
        ({"preset": "docs", "ignore": ["overlay"], "spacing": {"style": "none"}}, True),
        ({"per-file": {"*.md": {"preset": "docs", "spacing": {"style": "none"}}}}, True),
        ({"preset": "dcos"}, False),
        ({"prest": "docs"}, False),
        ({"spacing": {"style": "non"}}, False),
        ({"per-file": {"*.md": {"exclude": []}}}, False),
    ],
)
def test_what_the_schema_accepts(table: dict[str, Any], valid: bool) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft7Validator.check_schema(schema())
    assert jsonschema.Draft7Validator(schema()).is_valid(table) is valid
