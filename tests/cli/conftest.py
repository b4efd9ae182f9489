"""Running the command line: in this process, and as a real one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textfix.cli.app import app
from textfix.normalizers import CATALOGUE, Normalizer

Enlist = Callable[[type[Normalizer]], None]
Run = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run() -> Run:
    """Call a command in this process; `stdin` are bytes."""

    def call(*arguments: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, prog_name="textfix")

    return call


def _instead(method: Callable[..., object]) -> Callable[..., object]:
    return lambda catalogue, *arguments: method(*arguments)


@pytest.fixture
def enlist(monkeypatch: pytest.MonkeyPatch) -> Enlist:
    """Put a normalizer at the end of the catalogue."""

    def call(kind: type[Normalizer]) -> None:
        everything = {**CATALOGUE, kind.name: kind}
        for method in ("__contains__", "__getitem__", "__iter__", "__len__"):
            monkeypatch.setattr(type(CATALOGUE), method, _instead(getattr(everything, method)))

    return call


@pytest.fixture
def spawn(tmp_path: Path) -> Spawn:
    """Call a command as a process of its own, in `tmp_path`."""

    def call(*arguments: object, stdin: bytes = b"", **options: object) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        environment.pop("NO_COLOR", None)
        command = [sys.executable, "-m", "textfix", *map(str, arguments)]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            timeout=60,
            **options,  # type: ignore[call-overload]
        )

    return call
