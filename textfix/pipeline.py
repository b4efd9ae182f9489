"""Pipeline: normalizers in an order, with presets, configuration and a fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from textfix import engine
from textfix._toml import dumps, loads
from textfix._version import __version__
from textfix.document import MARKUPS, Document
from textfix.markup.ignores import compiled
from textfix.normalizers import CATALOGUE
from textfix.normalizers.base import Normalizer, checked, named
from textfix.result import Result, Span
from textfix.selection import Partial, ignoring, normalizer_of, selecting, unknown_reason

__all__ = ["PRESETS", "Pipeline", "resolved"]

# What each preset runs, in the order of the catalogue.
_PAGES = (
    *("mojibake", "newlines", "invisible", "compatibility"),
    *("columns", "overlay", "furniture", "letterspacing", "unwrap"),
)
_MARKS = ("spacing", "punctuation")

PRESETS: dict[str, tuple[str, ...]] = {
    # Text dumped from pages: everything that undoes decoding, typesetting and extraction.
    "dump": (*_PAGES, *_MARKS),
    # Pages that went through OCR: look-alikes too.
    "ocr": (*_PAGES, *_MARKS, "confusables"),
    # Documents written by people: lines and blanks stay where their authors put them.
    "docs": ("newlines", "invisible", "compatibility", "punctuation"),
    # Only what can never be meant.
    "minimal": ("newlines", "invisible", "compatibility"),
}


class Pipeline:
    """Normalizers that run one after the other; immutable, hashable, picklable, and a `str -> str` callable.

    >>> from textfix import Pipeline, normalizers as n
    >>> pipeline = Pipeline([n.Newlines(), n.Punctuation()])
    >>> pipeline("你好,世界!")
    '你好，世界！'
    >>> (pipeline | n.Spacing(style="pangu")).names
    ('newlines', 'punctuation', 'spacing')
    >>> Pipeline.preset("docs").without("punctuation").names
    ('newlines', 'invisible', 'compatibility')
    >>> Pipeline.preset("dump").select("overlay", "unwrap/join").names
    ('overlay', 'unwrap')
    """

    __slots__ = ("_normalizers", "_protect")

    def __init__(self, normalizers: Iterable[Normalizer] = (), *, protect: Iterable[str] = ()) -> None:
        """Take normalizers in their order, and regular expressions for what none of them may touch (see `protect`)."""
        self._normalizers = tuple(normalizers)
        if isinstance(protect, str):
            raise TypeError(f"protect takes a list of patterns, not one str: [{protect!r}]")
        self._protect = tuple(dict.fromkeys(protect))
        for pattern in self._protect:
            compiled(pattern)
        for normalizer in self._normalizers:
            if not isinstance(normalizer, Normalizer):
                hint = " (call it: a pipeline takes instances)" if isinstance(normalizer, type) else ""
                raise TypeError(f"a pipeline is made of normalizers, not of {normalizer!r}{hint}")
            named(normalizer)

    @classmethod
    def preset(cls, name: str) -> Pipeline:
        """Return the pipeline of a preset: dump, ocr, docs or minimal."""
        if name not in tuple(PRESETS):
            raise ValueError(_unknown("preset", name, PRESETS))
        return _preset(name)

    # Running.

    def explain(self, text: str, *, markup: str = "plain") -> Result:
        """Clean a text and return everything there is to know about it.

        `markup` says how the text is written: `plain`, `markdown` or `rst`. In the last two only running text is
        touched, and Markdown renders as it did but for the words: where joining lines would change that, they stay, as
        they always do in reStructuredText.
        """
        return self.explain_many([text], markup=markup)[0]

    def explain_many(self, texts: Iterable[str], *, markup: str = "plain") -> list[Result]:
        """Clean many texts side by side; each comes out as it would alone, and small ones in less time."""
        if isinstance(texts, (str, bytes, bytearray)):
            raise TypeError(f"explain_many takes many texts, not one {type(texts).__name__}; explain takes one")
        documents = [self._document(text, markup) for text in texts]
        results = engine.run_many(self._normalizers, documents, _segment)
        if markup == "plain":
            return results
        from textfix.markup.guard import guarded

        return guarded(self._normalizers, documents, results, _segment)

    def __call__(self, text: str, *, markup: str = "plain") -> str:
        """Clean a text, written in this markup (see `explain`); the same object where there was nothing to repair."""
        return self.explain(text, markup=markup).text

    def _document(self, text: str, markup: str) -> Document:
        if markup not in MARKUPS:
            raise ValueError(_unknown("markup", markup, MARKUPS))
        return Document(checked(text), markup=markup, protect=self._protect)

    # Composing.

    @property
    def normalizers(self) -> tuple[Normalizer, ...]:
        """The normalizers, in the order in which they run."""
        return self._normalizers

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the normalizers, in the order in which they run."""
        return tuple(normalizer.name for normalizer in self._normalizers)

    def __or__(self, other: Normalizer | Pipeline) -> Pipeline:
        """Return this pipeline with more behind it."""
        if isinstance(other, Pipeline):
            return Pipeline((*self._normalizers, *other._normalizers), protect=(*self._protect, *other._protect))
        if isinstance(other, Normalizer):
            return self._with((*self._normalizers, other))
        return NotImplemented

    def __ror__(self, other: Normalizer) -> Pipeline:
        """Return this pipeline with a normalizer before it."""
        if isinstance(other, Normalizer):
            return self._with((other, *self._normalizers))
        return NotImplemented

    def without(self, *names: str) -> Pipeline:
        """Return this pipeline without the normalizers of these names."""
        for name in names:
            self._known(name)
        return self._with(normalizer for normalizer in self._normalizers if normalizer.name not in names)

    def select(self, *reasons: str) -> Pipeline:
        """Return this pipeline restricted to edits for these reasons, or for reasons that begin with them.

        A normalizer that they name and that is missing comes in, in its place and with its default options.

        >>> Pipeline.preset("minimal").select("punctuation/width").explain("你好,世界。。。").text
        '你好，世界。。。'
        """
        self._known_reasons(reasons)
        return self._with(selecting(self._normalizers, reasons, CATALOGUE))

    def ignore(self, *reasons: str) -> Pipeline:
        """Return this pipeline without edits for these reasons, or for reasons that begin with them.

        >>> Pipeline.preset("docs").ignore("punctuation/width")("你好,世界")
        '你好,世界'
        """
        self._known_reasons(reasons)
        return self._with(ignoring(self._normalizers, reasons))

    def protect(self, *patterns: str) -> Pipeline:
        """Return this pipeline with regular expressions for what it may not touch, whatever the reason.

        They are patterns of the package `regex`; `^` and `$` match at every line. One that takes seconds on a text is a
        `ValueError` of that text.

        >>> Pipeline.preset("docs").protect("「.*?」")("甲,乙「丙,丁」")
        '甲，乙「丙,丁」'
        """
        return Pipeline(self._normalizers, protect=(*self._protect, *patterns))

    def with_options(self, name: str, **options: Any) -> Pipeline:
        """Return this pipeline with other options for one of its normalizers.

        >>> Pipeline.preset("dump").with_options("spacing", style="none")["spacing"].style
        'none'
        """
        self._known(name)
        return self._with(
            _reconfigured(normalizer, options) if normalizer.name == name else normalizer
            for normalizer in self._normalizers
        )

    def __getitem__(self, name: str) -> Normalizer:
        """Return the normalizer of that name."""
        self._known(name)
        return next(normalizer for normalizer in self._normalizers if normalizer.name == name)

    def __iter__(self) -> Iterator[Normalizer]:
        return iter(self._normalizers)

    def __len__(self) -> int:
        return len(self._normalizers)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def _known(self, name: str) -> None:
        if name not in self.names:
            raise KeyError(_unknown("normalizer in this pipeline", name, self.names))

    def _known_reasons(self, reasons: Iterable[str]) -> None:
        present = {normalizer.name: normalizer for normalizer in self._normalizers}
        for reason in reasons:
            if not isinstance(reason, str):
                raise TypeError(f"a reason is a str, not {reason!r}; give several one by one")
            if (unknown := unknown_reason(reason, CATALOGUE, present)) is not None:
                raise ValueError(_unknown(*unknown))

    def _with(self, normalizers: Iterable[Normalizer]) -> Pipeline:
        return Pipeline(normalizers, protect=self._protect)

    # Comparing and keeping.

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pipeline):
            return NotImplemented
        return (self._normalizers, self._protect) == (other._normalizers, other._protect)

    def __hash__(self) -> int:
        return hash((self._normalizers, self._protect))

    def __repr__(self) -> str:
        protect = f", protect={self._protect!r}" if self._protect else ""
        return f"Pipeline([{', '.join(map(repr, self._normalizers))}]{protect})"

    def to_toml(self) -> str:
        """Return the pipeline as TOML, every option spelled out.

        >>> print(Pipeline.preset("minimal").without("newlines", "invisible").to_toml(), end="")
        [[normalizer]]
        name = "compatibility"
        """
        head = {"protect": self._protect} if self._protect else {}
        return dumps({"normalizer": [{"name": n.name, **n.options} for n in self._normalizers]}, head)

    @classmethod
    def from_toml(cls, toml: str, *, catalogue: Iterable[type[Normalizer]] = ()) -> Pipeline:
        """Return the pipeline that `to_toml` wrote; `catalogue` adds normalizers of your own to those of textfix.

        Raises ValueError for anything unknown, with the nearest name.
        """
        data = loads(toml)
        for key in data:
            if key not in ("normalizer", "protect"):
                raise ValueError(_unknown("key", key, ["normalizer", "protect"]))
        known = {**CATALOGUE, **{kind.name: kind for kind in catalogue}}
        rows = data.get("normalizer", [])
        if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
            raise ValueError("normalizers are tables of an array: [[normalizer]]")
        normalizers = []
        for row in rows:
            options = dict(row)
            name = options.pop("name", None)
            if not isinstance(name, str) or name not in known:
                raise ValueError(_unknown("normalizer", str(name), known))
            select, ignore = (_strings(key, options.pop(key, [])) for key in ("select", "ignore"))
            for reason in (*select, *ignore):
                if normalizer_of(reason) != name:
                    raise ValueError(f"{reason!r} is no reason of {name!r}")
                if (unknown := unknown_reason(reason, known)) is not None:
                    raise ValueError(_unknown(*unknown))
            normalizer = _configured(known[name], options)
            normalizers.append(Partial(normalizer, select, ignore) if select or ignore else normalizer)
        return cls(normalizers, protect=_strings("protect", data.get("protect", [])))

    @property
    def fingerprint(self) -> str:
        """A stable identifier of what this pipeline does, to stamp on a corpus.

        Equal pipelines of one textfix version have equal fingerprints, in every process and on every machine.
        """
        import hashlib
        import json

        rows = [[n.name, n.options, n.data_version] for n in self._normalizers]
        text = json.dumps([__version__, rows, self._protect], sort_keys=True, ensure_ascii=True, default=sorted)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def resolved(pipeline: Pipeline | str) -> Pipeline:
    """Return the pipeline itself, or the preset of that name."""
    return pipeline if isinstance(pipeline, Pipeline) else Pipeline.preset(pipeline)


def _strings(key: str, value: object) -> tuple[str, ...]:
    if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise ValueError(f"{key} must be a list of strings, not {value!r}")
    return tuple(value)


def _configured(kind: type[Normalizer], options: Mapping[str, Any]) -> Normalizer:
    known = kind.option_names()
    for key in options:
        if key not in known:
            raise ValueError(_unknown(f"option of {kind.name!r}", key, known))
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in options.items()})


def _reconfigured(normalizer: Normalizer, options: Mapping[str, Any]) -> Normalizer:
    if isinstance(normalizer, Partial):
        return replace(normalizer, inner=_reconfigured(normalizer.inner, options))
    return _configured(type(normalizer), {**normalizer.options, **options})


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(str(name), names, n=1)  # which may be anything, by mistake
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names) or 'none'}"
    return f"unknown {what}: {name!r}; {hint}"


@cache
def _preset(name: str) -> Pipeline:
    return Pipeline(CATALOGUE[normalizer]() for normalizer in PRESETS[name])


def _segment(text: str) -> Sequence[Span]:
    """Blocks of a text on which nothing measured the layout; loads the layout engine only when asked."""
    from textfix.layout.blocks import segment

    return segment(text)
