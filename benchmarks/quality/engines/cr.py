"""Chromium: the style sheets of `wp` as a browser prints them, with its own line breaking, and Skia's PDF."""

from __future__ import annotations

import os
import pathlib
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence

from ..model import Block, share
from .wp import Sheet, furniture_of, html_of

__all__ = ["Sheet", "build"]


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise RuntimeError("no Chromium: run benchmarks/quality/setup.sh")
    sheet.number = sheet.number.replace("{total}", "")
    with tempfile.TemporaryDirectory() as folder:
        page, config = pathlib.Path(folder, "page.html"), pathlib.Path(folder, "fonts.conf")
        text = html_of(blocks, sheet, lambda face: f"local('{face.family}')")
        page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{text}", encoding="utf-8")
        # Browsers take no font collections from files, but all that the system has.
        config.write_text(f"<fontconfig><dir>{share('fonts')}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>")
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--allow-file-access-from-files", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
                f"--print-to-pdf={path}", page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
            env={**os.environ, "FONTCONFIG_FILE": str(config)},
        )  # fmt: skip
    return furniture_of(sheet, path)
