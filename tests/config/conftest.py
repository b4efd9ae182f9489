"""Configurations are read once in a process; each test starts anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from textfix.config import discovery


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    discovery.forget()
    yield
    discovery.forget()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path
