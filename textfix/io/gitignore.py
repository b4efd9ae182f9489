"""What git ignores: `.gitignore` files from the top of the repository down, and `.git/info/exclude`."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["ignored_by_git"]


def ignored_by_git(path: Path, *, directory: bool) -> bool:
    """Say whether git ignores a path for itself, and not for the directory that holds it, which somebody asked for.

    Deeper files overrule higher ones, as git has it. Outside of a repository every `.gitignore` upward counts.
    """
    absolute = Path(os.path.abspath(path))
    for root, spec in _specs(absolute.parent):
        relative = absolute.relative_to(root)
        decision = spec.check_file(relative.as_posix() + ("/" if directory else "")).include
        if decision and relative.parent.name and spec.check_file(f"{relative.parent.as_posix()}/").include:
            continue
        if decision is not None:
            return bool(decision)
    return False


@cache
def _specs(directory: Path) -> tuple[tuple[Path, Any], ...]:
    """Return the patterns that count in a directory, each with the place they are relative to, the deepest first."""
    own = _spec(directory / ".gitignore", directory)
    if os.path.exists(directory / ".git"):
        return (*own, *_spec(directory / ".git" / "info" / "exclude", directory))
    return own if directory.parent == directory else (*own, *_specs(directory.parent))


def _spec(path: Path, root: Path) -> tuple[tuple[Path, Any], ...]:
    try:
        text = path.read_text("utf-8", "surrogateescape")
    except OSError:
        return ()
    from pathspec import GitIgnoreSpec

    return ((root, GitIgnoreSpec.from_lines(text.splitlines())),)
