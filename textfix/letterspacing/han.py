"""Han and kana that are set apart on a line: `本 报 讯`, `第 一 章  总 则`, `目　录`, and blanks that OCR scattered."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textfix.document import Document
from textfix.letterspacing.evidence import HEADS, cohesion, is_enumeration, is_name, values_of
from textfix.letterspacing.strays import part_words, strays
from textfix.patterns import pattern
from textfix.signs import Sign

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SIGN", "Finding", "findings", "weigh"]

_HAN: Final = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA: Final = "\u3041-\u3096\u30a1-\u30fa\u30fc"
_LETTER: Final = f"[{_HAN}{_KANA}]"
_BLANK: Final = "[ \t\u00a0\u3000]"
_MARK: Final = "[，。、；：！？…—·“”‘’（）《》〈〉「」『』【】〔〕]"

# Letters set apart leave one letter alone between two blanks, or between a blank and the line's end or a colon.
SIGN: Final = Sign(pattern(f"{_BLANK}{_LETTER}(?!{_LETTER})"), right=f"{_LETTER}[^{_HAN}{_KANA}]")

# Letters that each stand alone, with blanks or marks between them.
_BETWEEN: Final = f"(?:{_BLANK}{{0,8}}{_MARK}{{1,3}}{_BLANK}{{0,8}}|{_BLANK}{{1,12}})"
_CLOSING: Final = "[，。、；：！？…”’）》〉」』】〕]"
_RUN = pattern(f"(?<!{_LETTER}){_LETTER}(?:{_BETWEEN}{_LETTER})+(?!{_LETTER})(?:{_BLANK}{{1,8}}{_CLOSING}{{1,3}})?")
_GAPS = pattern(f"{_BLANK}+")
_LETTERS = pattern(_LETTER)
_CHAPTER = pattern(
    f"第{_BLANK}{{0,3}}[〇零一二三四五六七八九十百0-9０-９]{{1,5}}{_BLANK}{{0,3}}[章节節编編篇部卷条條回]{_BLANK}+$"
)
_DESIGNATION = pattern("第[〇零一二三四五六七八九十百]{1,4}[章节節编編篇部卷回]")
# A Latin word in a line whose Han are set apart; wider gaps part it from its neighbours.
_LATIN = pattern(r"(?<![!-~])[A-Za-z](?: [A-Za-z]){3,}(?![!-~])")
_VOWEL = pattern("[AEIOUY]")
_CONSONANT = pattern("[^AEIOUY]")
_TOUCHING = pattern(f"{_LETTER}{{2,}}")
_PARTED = pattern(f"(?<={_LETTER}){_BLANK}{{1,2}}(?={_LETTER})")
_SET_OFF = pattern(f"(?:^|(?<={_BLANK})){_LETTER}{{2,4}}(?={_BLANK}|$)")
_KANA_LETTER = pattern(f"[{_KANA}]")
# Program text and inline code keep every blank.
_CODE = pattern(r"`")

# Nats; see the normalizer's page for what they were measured on.
_CERTAIN = 0.5
_STRONG_PAIR = 3.0
_WORD = 2.5
_MARKS_BONUS = 3.0
#: Characters around a run that are looked at: a line may be a whole text.
_SIGHT: Final = 2000


class Finding(NamedTuple):
    """A stretch of a line: the blanks to delete, or, without any, a doubt with its evidence."""

    start: int
    end: int
    gaps: list[tuple[int, int]]
    evidence: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A text may be nothing but runs: what can be told from the rest is not kept."""

    text: str
    start: int
    end: int
    letters: str
    offsets: array[int]
    #: For each pair of neighbouring letters the cells of the blanks between them; 0 where a mark parts them.
    widths: array[int]
    marks: bool
    #: Blanks that stand beside a mark.
    loose: list[tuple[int, int]]
    #: Where the line starts and ends in the text.
    line: tuple[int, int]

    @property
    def gaps(self) -> list[tuple[int, int] | None]:
        """For each pair of neighbouring letters the blanks between them; None where a mark parts them."""
        both = zip(pairwise(self.offsets), self.widths)
        return [(left + 1, right) if width else None for (left, right), width in both]

    @property
    def before(self) -> str:
        """What stands before it on its line, as far as one looks."""
        return self.text[max(self.line[0], self.start - _SIGHT) : self.start]

    @property
    def after(self) -> str:
        """What stands behind it on its line, as far as one looks."""
        return self.text[self.end : min(self.line[1], self.end + _SIGHT)]

    @property
    def alone(self) -> bool:
        return not self.before.strip() and not self.after.strip()


def findings(document: Document) -> Iterator[Finding]:
    """Yield what is set apart in a text, line by line; then the blanks that were scattered over other lines."""
    text = document.text
    runs, evidence = document.view(_runs), document.view(_evidence)
    segmented = part_words(document)
    verdicts = [_judge(run, values.tolist(), segmented) for run, values in zip(runs, evidence)]
    heads = [run for run, verdict in zip(runs, verdicts) if verdict == "head"]
    many = len(heads) >= 6 and 3 * len(heads) > text.count("\n")
    for at, run in enumerate(runs):
        if verdicts[at] == "head" and (many or _among_names(text, run)):
            verdicts[at] = ""
    # Where most long runs of a document are certain, letterspacing is its habit, and rare words are no objection.
    long = [verdict for run, verdict in zip(runs, verdicts) if len(run.letters) >= 4 and verdict != "list"]
    if long.count("text") >= 4 and 3 * long.count("text") >= 2 * len(long):
        verdicts = ["text" if verdict == "doubt" else verdict for verdict in verdicts]
    closed = array("q")
    at = 0
    while at < len(runs):
        stop = at + 1
        while stop < len(runs) and runs[stop].line == runs[at].line:
            stop += 1
        values = [own.tolist() for own in evidence[at:stop]]
        for finding in _line(text, runs[at:stop], values, verdicts[at:stop]):
            closed.extend([start for start, _ in finding.gaps])
            yield finding
        at = stop
    yield from (Finding(at, at + 1, [(at, at + 1)], "") for at in strays(document, closed))


def _line(text: str, runs: list[_Run], evidence: list[list[float]], verdicts: list[str]) -> Iterator[Finding]:
    """Settle the runs of one line together: a line is justified as a whole."""
    base, stop = runs[0].line
    line = text[base:stop]
    certain = [at for at, verdict in enumerate(verdicts) if verdict == "text" and len(runs[at].letters) >= 4]
    widest = max((max(runs[at].widths) for at in certain), default=0)
    apart = sum(len(run.widths) for run in runs)
    touching = sum(len(match[0]) - 1 for match in _TOUCHING.finditer(line))
    names = sum(is_name(run.letters) for run in runs)
    if not certain and len(runs) >= 2 and not touching and 2 * names < len(runs) and "list" not in verdicts:
        # Short runs between Latin words: `参 见 Debian 手 册`.
        letters = sum(len(run.letters) for run in runs)
        together = cohesion([value for values in evidence for value in values])
        if letters >= 4 and together >= _WORD and max(max(run.widths) for run in runs) == 1:
            certain, widest = list(range(len(runs))), 1
    gaps: list[tuple[int, int]] = []
    for at, (run, values, verdict) in enumerate(zip(runs, evidence, verdicts)):
        promoted = certain and verdict != "list" and max(run.widths) <= widest and not is_name(run.letters)
        if verdict in ("text", "head") or at in certain or promoted:
            gaps += _inner(run, values)
        elif verdict == "doubt":
            count = len(run.letters)
            yield Finding(run.start, run.end, [], f"{count} characters set apart: one text or a list")
    if certain and widest <= 2 and apart >= 3 * touching:
        # What little touches in a justified line does so by chance of a glyph's width.
        taken = {start for start, _ in gaps} | {gap[0] for run in runs for gap in run.gaps if gap}
        contacts = ((base + match.start(), base + match.end()) for match in _PARTED.finditer(line))
        gaps += [gap for gap in contacts if gap[0] not in taken and gap[1] - gap[0] <= widest]
    if certain:
        for match in _LATIN.finditer(line):
            word = match[0].replace(" ", "").upper()
            if widest == 1 and _VOWEL.search(word) and _CONSONANT.search(word):
                gaps += [(base + gap.start(), base + gap.end()) for gap in _GAPS.finditer(line, *match.span())]
    if gaps:
        yield Finding(base, stop, sorted(gaps), "")


def weigh(documents: Sequence[Document]) -> None:
    """Look up in one call what runs of many documents are worth."""
    runs = [document.view(_runs) for document in documents]
    values = iter(values_of([run.letters for own in runs for run in own]))
    for document, own in zip(documents, runs):
        document.remember(_evidence, list(islice(values, len(own))))


def _evidence(document: Document) -> list[NDArray[Any]]:
    """How likely the neighbours of each run stand together."""
    return values_of([run.letters for run in document.view(_runs)])


def _runs(document: Document) -> list[_Run]:
    """Find runs line by line, and only on lines that have the sign of one."""
    text = document.text
    found: list[_Run] = []
    seen = -1
    for at in SIGN.starts(document):
        if at < seen:
            continue
        start = text.rfind("\n", 0, at) + 1
        seen = text.find("\n", at)
        seen = len(text) if seen < 0 else seen
        line = text[start:seen]
        if _CODE.search(line) or "\f" in line.strip("\f"):
            continue
        found += (_run(text, *match.span(), (start, seen)) for match in _RUN.finditer(text, start, seen))
    return found


def _run(text: str, first: int, last: int, line: tuple[int, int]) -> _Run:
    offsets = array("q", [match.start() for match in _LETTERS.finditer(text, first, last)])
    loose: list[tuple[int, int]] = []
    widths = array("i")
    for left, right in pairwise(offsets):
        between = text[left + 1 : right]
        if between == " ":
            widths.append(1)
        elif not between.strip(" \t\u00a0\u3000"):
            widths.append(_width(between))
        else:
            widths.append(0)
            loose += [(left + 1 + gap.start(), left + 1 + gap.end()) for gap in _GAPS.finditer(between)]
    closing = _GAPS.match(text, offsets[-1] + 1, last)
    if closing:
        loose.append(closing.span())
    letters = "".join(map(text.__getitem__, offsets))
    return _Run(text, first, last, letters, offsets, widths, 0 in widths or closing is not None, loose, line)


def _width(blanks: str) -> int:
    """Cells of a gap; a tab parts columns, whatever its width."""
    return len(blanks) + blanks.count("\u3000") + 20 * blanks.count("\t")


def _judge(run: _Run, values: list[float], segmented: bool) -> str:
    """Say what a run is: `text`, a `head` of two, a `list`, a `doubt`, or nothing that concerns us (``)."""
    letters, count = run.letters, len(run.letters)
    if count == 2:
        return "" if segmented else _judge_two(run, values[0])
    if is_enumeration(letters) or _are_short(run):
        return "list"
    groups = _groups(run, values)
    if len(groups) > 1 and 2 * sum(is_name(letters[a : b + 1]) for a, b in groups) >= len(groups):
        return "list"
    inner = [value for a, b in groups for value in values[a:b]]
    score = cohesion(inner) + _MARKS_BONUS * run.marks
    if count == 3:
        if segmented or run.marks or is_name(letters):
            return ""
        opened = not run.before.strip(" \t\u3000（【[(〔")
        certain = score >= (3 if run.alone else 4) and opened and max(run.widths) == min(run.widths)
        certain = certain and not _SET_OFF.search(run.after)
        return "text" if certain and (run.alone or run.after[:1] in " \t\u3000）】])〔，：。、") else ""
    kana = len(_KANA_LETTER.findall(letters))
    if 4 * kana >= count:
        # No pairs are counted for Japanese words; a whole line of letters is still no list of syllables.
        return "text" if run.alone and min(run.widths) == max(run.widths) and 5 * len(set(letters)) > 3 * count else ""
    if max(b - a for a, b in groups) < 1:
        return "list"
    if min(filter(None, run.widths), default=1) > 4 and len(set(filter(None, run.widths))) > 1:
        return "list"  # columns of a table
    if score < _CERTAIN:
        return "doubt"
    # Beside words of two to four letters that blanks set off, the run may be words of one letter.
    words = len(_SET_OFF.findall(run.before)) + len(_SET_OFF.findall(run.after))
    if words or segmented:
        cut = sum(value >= _WORD for value in inner) / len(inner)
        if cut < 0.3 or (words >= 2 and 4 * words >= count) or (segmented and (words or count < 6)):
            return ""
    return "text"


def _judge_two(run: _Run, value: float) -> str:
    if run.marks or (is_enumeration(run.letters) and run.letters not in HEADS):
        return ""
    known = run.letters in HEADS
    if run.alone:
        return "head" if known or value >= _STRONG_PAIR else ""
    if not run.before.strip() and run.after[:1] in "：:" and run.after:
        return "text" if known or (value >= _STRONG_PAIR and not is_name(run.letters)) else ""
    if not run.before.strip() and run.widths[0] >= 3 and known and run.after[:1] in " \u3000":
        return "text"  # the padded label of a row: `时　　间　上午十时`
    if _CHAPTER.search(run.before) and not run.after.strip():
        return "text" if known or value >= _WORD else ""
    return ""


def _are_short(run: _Run) -> bool:
    """Say whether marks part a run into pieces as short as names (`宋 健、李 岩`)."""
    marks = [-1, *(at for at, gap in enumerate(run.gaps) if gap is None), len(run.gaps)]
    return len(marks) > 2 and max(b - a for a, b in pairwise(marks)) <= 3


def _groups(run: _Run, values: list[float]) -> list[tuple[int, int]]:
    """Part the letters of a run at gaps wider than its narrowest: first and last index of each group."""
    measured = [width for width in run.widths if width]
    narrow = min(measured, default=0)
    wide = [at for at, width in enumerate(run.widths) if width > narrow]
    if wide and max(measured) - narrow == 1 and _cuts(values, wide):
        wide = []  # a cell more or less is rounding, where it falls inside words
    bounds = [0, *(at + 1 for at in wide), len(run.letters)]
    return _rejoined(run, [(a, b - 1) for a, b in pairwise(bounds)], values)


def _cuts(values: list[float], wide: list[int]) -> bool:
    return sum(values[at] >= _WORD for at in wide) * 3 >= len(wide) and len(wide) >= 2


def _rejoined(run: _Run, groups: list[tuple[int, int]], values: list[float]) -> list[tuple[int, int]]:
    """Join two groups of one letter each that make a head (`第 一 章  总  则`)."""
    out: list[tuple[int, int]] = []
    for a, b in groups:
        if out and a == b and out[-1][0] == out[-1][1] == a - 1:
            word = run.letters[a - 1 : a + 1]
            if word in HEADS or values[a - 1] >= _STRONG_PAIR:
                out[-1] = (a - 1, b)
                continue
        out.append((a, b))
    return out


def _inner(run: _Run, values: list[float]) -> list[tuple[int, int]]:
    """Return the blanks to delete: those inside groups and those beside marks."""
    gaps = [gap for a, b in _groups(run, values) for gap in run.gaps[a:b] if gap]
    designation = _DESIGNATION.match(run.letters)
    if designation and designation.end() < len(run.letters):
        # The gap behind the number of a chapter parts it from the title, however wide.
        kept = run.gaps[designation.end() - 1]
        gaps = [gap for gap in gaps if gap != kept]
    return sorted(gaps + run.loose)


def _among_names(text: str, run: _Run) -> bool:
    """Say whether a head of two could as well be a name in a column of names."""
    if not is_name(run.letters):
        return False
    above = text[max(0, run.start - 60) : run.start].split("\n")[-4:-1]
    below = text[run.end : run.end + 60].split("\n")[1:4]
    return any(is_name("".join(line.split())) for line in above + below)
