"""`textfix normalizers`: the catalogue, and the page of each."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields
from difflib import get_close_matches

import click

from textfix.normalizers import CATALOGUE, Normalizer
from textfix.pipeline import PRESETS

__all__ = ["command", "first_line"]


@click.command("normalizers")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """List the normalizers in the order in which they run, or print the page of one.

    A page tells what it repairs, what its edits may be, its options with their defaults, and the presets that run it.
    """
    if name is None:
        lines = _catalogue()
    elif name in CATALOGUE:
        lines = _page(CATALOGUE[name])
    else:
        near = get_close_matches(name, CATALOGUE, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(CATALOGUE)}"
        raise click.UsageError(f"no such normalizer: {name!r}; {hint}")
    sys.stdout.write("\n".join(lines) + "\n")


def _catalogue() -> Iterator[str]:
    longest = max(map(len, CATALOGUE))
    for name, kind in CATALOGUE.items():
        yield f"{name:{longest}}  {first_line(kind)}  [{', '.join(_presets(name)) or 'opt-in'}]"


def _page(kind: type[Normalizer]) -> Iterator[str]:
    yield kind.name
    yield "=" * len(kind.name)
    yield inspect.getdoc(kind) or ""
    yield ""
    default = kind()
    yield f"Contract: may only {default.contract.description}."
    if default.reasons:
        yield f"Reasons of edits and doubts: {', '.join(f'{kind.name}/{reason}' for reason in default.reasons)}."
    yield f"Presets: {', '.join(_presets(kind.name)) or 'none; opt in'}."
    options = fields(kind)
    if options:
        yield "Options: " + ", ".join(f"{option.name} = {getattr(default, option.name)!r}" for option in options) + "."


def _presets(name: str) -> list[str]:
    return [preset for preset, names in PRESETS.items() if name in names]


def first_line(kind: type[Normalizer]) -> str:
    """Return the first line of a normalizer's page, without its name in front."""
    line = (kind.__doc__ or "").strip().partition("\n")[0]
    head, colon, rest = line.partition(": ")
    return rest if colon and head.lower() == kind.name else line
