"""Chromium: the style sheets of `wp` as a browser prints them, with its own line breaking, and Skia's PDF."""

from __future__ import annotations

import pathlib
import random
import tempfile
from collections.abc import Sequence

from ..model import Block
from .programs import run
from .wp import Sheet, furniture_of, html_of

__all__ = ["Sheet", "build"]


def build(blocks: Sequence[Block], sheet: Sheet, rng: random.Random, path: pathlib.Path) -> list[list[str]]:
    """Typeset ``blocks`` into a PDF at ``path``; returns the furniture of each page."""
    sheet.number = sheet.number.replace("{total}", "")
    # Browsers take no font collections from files, but all that the system has.
    text = html_of(blocks, sheet, lambda face: f"local('{face.family}')")
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.html")
        page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{text}", encoding="utf-8")
        options = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--allow-file-access-from-files", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
            f"--print-to-pdf={path}", page.as_uri(),
        ]  # fmt: skip
        run(("chromium", "google-chrome"), options, folder)
    return furniture_of(sheet, path)
