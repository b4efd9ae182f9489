"""Programs that typeset: each in a folder of its own, with the fonts of the benchmark and no others."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
from collections.abc import Sequence

from ..model import share

__all__ = ["run"]

_PATIENCE = 180  # seconds


def run(names: Sequence[str], options: Sequence[str], folder: str) -> None:
    """Run the first of some programs that is there; what it needs besides goes into the folder."""
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        raise RuntimeError(f"no {names[0]}: run benchmarks/quality/setup.sh")
    config = pathlib.Path(folder, "fonts.conf")
    config.write_text(f"<fontconfig><dir>{share('fonts')}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>")
    subprocess.run(
        [program, *options],
        check=True,
        capture_output=True,
        timeout=_PATIENCE,
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )
