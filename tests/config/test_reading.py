"""What a configuration file may say, and how what it may not say is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from textfix import Pipeline
from textfix.config import ConfigError, closest, load
from textfix.config.declaration import KEYS


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _pipeline(path: Path) -> Pipeline:
    return closest(path.parent).for_file(path).pipeline()


def test_the_closest_configuration_counts_alone(project: Path) -> None:
    _write(project / "pyproject.toml", '[tool.textfix]\npreset = "docs"\nignore = ["punctuation"]\n')
    _write(project / "a" / "pyproject.toml", '[project]\nname = "textfix-user"\n')
    _write(project / "a" / "b" / "textfix.toml", 'preset = "minimal"\n')
    assert _pipeline(project / "x.md") == Pipeline.preset("docs").without("punctuation")
    assert _pipeline(project / "a" / "x.md") == _pipeline(project / "x.md")  # no section in a/: the one above
    assert _pipeline(project / "a" / "b" / "c" / "x.md") == Pipeline.preset("minimal")
    _write(project / "a" / "b" / "pyproject.toml", '[tool.textfix]\npreset = "ocr"\n')
    assert _pipeline(project / "a" / "b" / "x.md") == Pipeline.preset("minimal")  # textfix.toml comes first


def test_without_any(project: Path) -> None:
    assert closest(project).path is None
    assert _pipeline(project / "x.md") == Pipeline.preset("dump")


def test_select_options_and_protect(project: Path) -> None:
    _write(
        project / "textfix.toml",
        'select = ["punctuation/width", "spacing"]\nextend-select = ["variants"]\nignore = ["spacing/number"]\n'
        "protect = ['\\{\\{.*?\\}\\}']\n[spacing]\nstyle = 'pangu'\n[variants]\nconfig = 's2t'\n"
        "[unwrap]\nindents = 'keep'\n",
    )
    wanted = Pipeline.preset("dump").select("punctuation/width", "spacing", "variants").ignore("spacing/number")
    wanted = wanted.with_options("spacing", style="pangu").with_options("variants", config="s2t")
    found = closest(project)
    assert found.files.pipeline() == wanted.protect(r"\{\{.*?\}\}")
    assert pickle.loads(pickle.dumps(found)) == found


def test_per_file(project: Path) -> None:
    _write(
        project / "textfix.toml",
        'preset = "docs"\nignore = ["invisible"]\n[spacing]\nstyle = "none"\n[per-file]\n'
        '"*.txt" = { preset = "dump", ignore = ["overlay"] }\n"/old/" = { encoding = "big5" }\n'
        '"old/*.txt" = { preset = "minimal", markup = "rst" }\n',
    )
    docs = Pipeline.preset("docs").without("invisible")
    assert _pipeline(project / "a.md") == docs
    assert _pipeline(project / "sub" / "a.txt") == Pipeline.preset("dump").without("invisible", "overlay").with_options(
        "spacing", style="none"
    )
    old = closest(project).for_file(project / "old" / "a.txt")
    assert (old.encoding, old.preset, old.markup_of("a.txt")) == ("big5", "minimal", "rst")
    assert closest(project).for_file(project / "old" / "a.md").encoding == "big5"
    assert closest(project).for_file(project / "sub" / "old" / "a.md").encoding is None


def test_extend(project: Path) -> None:
    _write(
        project / "base.toml",
        'preset = "docs"\nignore = ["invisible"]\nextend-exclude = ["a"]\nforce-exclude = true\n'
        '[spacing]\nstyle = "none"\n',
    )
    _write(
        project / "sub" / "textfix.toml",
        'extend = "../base.toml"\nignore = ["newlines"]\nextend-exclude = ["b"]\n[punctuation]\nquotes = "keep"\n',
    )
    found = closest(project / "sub")
    assert found.path == project / "sub" / "textfix.toml"
    assert found.files.pipeline() == Pipeline.preset("docs").without("invisible", "newlines").with_options(
        "punctuation", quotes="keep"
    )
    assert found.force_exclude is True
    assert [found.excludes(project / name) for name in ("a", "b", "sub/b", "c")] == [True, False, True, False]


@pytest.mark.parametrize(
    ("toml", "line", "message"),
    [
        ('preset = "docs"\n\nselct = []\n', 3, "unknown key 'selct'; did you mean 'select'?"),
        ("[spcing]\n", 1, "unknown key 'spcing'; did you mean 'spacing'?"),
        ('[spacing]\nstile = "none"\n', 2, "unknown key 'stile'; did you mean 'style'?"),
        ('[spacing]\nstyle = "non"\n', 2, "'style': unknown value 'non'; did you mean 'none'?"),
        ('preset = "dcos"\n', 1, "'preset': unknown value 'dcos'; did you mean 'docs'?"),
        ('ignore = ["overlai/run"]\n', 1, "'ignore': unknown normalizer 'overlai'; did you mean 'overlay'?"),
        ("ignore = 'overlay'\n", 1, "'ignore': takes a list of strings, not 'overlay'"),
        ("ignore = [1]\n", 1, "'ignore': takes a list of strings, not [1]"),
        ("force-exclude = 1\n", 1, "'force-exclude': takes true or false, not 1"),
        ("\nprotect = ['(']\n", 2, "protect pattern '(' is no regular expression"),
        ('select = ["unwrap/jion"]\n', 1, "'select': unknown reason 'unwrap/jion'; did you mean 'unwrap/join'?"),
        ('ignore = ["punctuation/nope"]\n', 1, "'ignore': unknown reason 'punctuation/nope'; did you mean"),
        ("encoding = 'klingon'\n", 1, "'encoding': unknown encoding 'klingon'"),
        ("[per-file]\n\"*.md\" = { exclude = ['x'] }\n", 2, "'exclude' is for all files and cannot stand here"),
        ("[per-file.'*.md']\nprest = 'dump'\n", 2, "unknown key 'prest'; did you mean 'preset'?"),
        ("per-file = 3\n", 1, "'per-file' must be a table, not 3"),
        ("spacing = 3\n", 1, "'spacing' must be a table, not 3"),
        ("[variants]\nconfig = 't2x'\n", 1, "t2x"),
        ("extend = 'nowhere.toml'\n", 1, "there is no file"),
        ("extend = 'textfix.toml'\n", None, "extends itself"),
        ("required-version = '>=99'\nunheard-of = 1\n", 1, "this is textfix"),
        ("required-version = 'one'\n", 1, "'required-version': 'one' is no version specifier"),
        ("required-version = 1\n", 1, "takes a string, not 1"),
        ("preset = \n", None, "is no TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(project: Path, toml: str, line: int | None, message: str) -> None:
    for name, head in (("textfix.toml", ""), ("pyproject.toml", "[tool.textfix]\n")):
        if name == "pyproject.toml":
            if toml.startswith("extend") or line is None:
                continue
            toml = toml.replace("[", "[tool.textfix.", 1) if toml.startswith("[") else toml
            line += 1
        path = _write(project / name, head + toml)
        with pytest.raises(ConfigError) as refused:
            load(path)
        assert message in str(refused.value)
        assert str(refused.value).startswith(f"{path}:{line}: " if line else f"{path}: ")


def test_the_version_that_is_required(project: Path) -> None:
    from textfix import __version__

    for wanted in (f"=={__version__}", __version__, f">={__version__},<99", "~=0.1" if __version__ < "1" else ">=1"):
        path = _write(project / "textfix.toml", f"required-version = '{wanted}'\n")
        load.cache_clear()
        assert load(path).path == path


def test_a_file_that_was_named_must_have_settings(project: Path) -> None:
    with pytest.raises(ConfigError, match="has no"):
        load(_write(project / "pyproject.toml", "[project]\n"))
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(project / "nowhere.toml")


def test_excludes(project: Path) -> None:
    found = load(_write(project / "textfix.toml", "exclude = ['/build/', '*.min.txt', '!keep.min.txt']\n"))
    names = ("build/a.txt", "sub/build/a.txt", "x.min.txt", "keep.min.txt", "node_modules/a.txt")
    assert [found.excludes(project / name, named=True) for name in names] == [True, False, True, False, False]
    assert found.excludes(project / "build", directory=True)
    assert not found.excludes(project / "build")
    default = closest(project / "..")
    assert default.excludes(project / "node_modules" / "a.md", named=True)
    assert not default.excludes(project / "node_modules" / "a.md")  # somebody looks into that directory on purpose
    assert default.excludes(project / "package-lock.json")


def test_the_example_of_the_documentation(project: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "configuration.md"
    if not page.exists():
        pytest.skip("not in a checkout")
    example = page.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    _write(project / "shared" / "textfix.toml", "ignore = ['invisible']\n")
    found = load(_write(project / "own" / "pyproject.toml", example))
    assert "variants" in found.files.pipeline()
    assert found.for_file(project / "own" / "archive" / "a.txt").encoding == "gb18030"
    for name in KEYS:
        assert f"`{name}`" in page.read_text("utf-8")
