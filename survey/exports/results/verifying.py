"""A bundle -> every way in which it does not hold: checksums, then each figure computed again.

How far a part can be compared depends on who made it. Numbers every program computes alike. Words and layout
are those of the same sources, pictures those of the same sources and drawing library; of others the checksum
tells that they are what was put into the bundle, and `Verified.parts` says so.

Nothing in a bundle is believed: neither that a file is what its name says, nor that it can be read.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from html import escape
from itertools import zip_longest
from typing import Any

from survey import merging
from survey.charts import ORDINARY, Chart, NoChart, chart
from survey.charts.wording import plain
from survey.exports.results import bundle
from survey.exports.results.bundle import Evidence, Maker
from survey.exports.results.leaves import READERS
from survey.exports.results.packing import SUMS
from survey.exports.results.picturing import numbers
from survey.exports.results.reading import BadBundle
from survey.language import INTERFACE, Text, language, text
from survey.merging import BadRelease

CLOSE = 1e-9
"""How far, in proportion, a number may be off that another machine computed."""
FIGURES = (bundle.RESULTS, bundle.TABLE)
"""The files whose numbers every program computes alike."""
LINE = re.compile(r"([0-9a-f]{64})  (.+)")
Drawer = Callable[[Chart], bytes]


@dataclass(frozen=True)
class Problem:
    """One way in which a bundle does not hold: file, figure, what should stand there and what does."""

    file: str
    what: Text
    figure: str = ""
    expected: str = ""
    found: str = ""


CHANGED = text("the file is not the one that the bundle was made with")
MISSING, UNLISTED = text("the file is missing"), text("the file is in no list of checksums")
UNREADABLE = text("the file cannot be read")
OTHER_FIGURE = text("the figure is not the one that the release gives")
OTHER_RELEASE = text("the release is not the one that the bundle names")
OTHER_DEFINITION = text("the definition is not the one that the wave froze")
OTHER_WORDS = text("the words of the chart are not those that the release gives")
OTHER_PICTURE = text("the chart, drawn again, is another one")


class How(StrEnum):
    """How a part of a bundle was compared."""

    AGAIN = "computed_again"
    NUMBERS = "numbers_computed_again"
    DRAWN = "drawn_again"
    WORDS = "words_compared"
    CHECKSUM = "checksum_only"


@dataclass(frozen=True)
class Compared:
    """A part of a bundle: which files, how they were compared, and how many they are."""

    what: Text
    how: How
    files: int


@dataclass(frozen=True)
class Verified:
    """What was found: the release, how each part was compared, the number of values, the problems.

    `made_by` is the program and drawing library that the bundle names, where they are not this one's.
    """

    release: str
    wave: str
    files: int
    values: int
    parts: tuple[Compared, ...]
    made_by: str
    problems: tuple[Problem, ...]


def verify(files: Mapping[str, bytes], here: Maker, draw: Drawer | None) -> Verified:
    """All problems of the files of a bundle, as far as the program `here` can compare them.

    `draw` draws a chart again; None: charts are compared by their words. Raises BadBundle where there is no
    release from which anything could be computed.
    """
    problems = list(_checksums(files))
    said, evidence = _manifest(files), _evidence(files)
    identifier = evidence.results.release
    if said.get("release") != identifier:
        problems.append(
            Problem(bundle.MANIFEST, OTHER_RELEASE, "release", identifier, str(said.get("release")))
        )
    same = said.get("sources") == here.sources
    drawn = draw if same and said.get("library") == here.library else None
    compared = _Compared(files, evidence, same, drawn)
    problems += [*_facts(files, said, evidence), *compared.problems()]
    return Verified(
        release=identifier,
        wave=evidence.results.wave,
        files=len(files),
        values=compared.values,
        parts=tuple(_parts(files, same, drawn is not None)),
        made_by="" if drawn else ", ".join(str(said[key]) for key in ("program", "library") if key in said),
        problems=tuple(problems),
    )


def _parts(files: Mapping[str, bytes], same: bool, drawn: bool) -> Iterator[Compared]:
    """How each file was compared; those that are none of a bundle's parts by their checksum."""
    told, drawing = (How.AGAIN, How.WORDS) if same else (How.CHECKSUM, How.CHECKSUM)
    charts = [name for name in files if name.startswith(f"{bundle.CHARTS}/")]
    pictures = [name for name in charts if name.endswith(f".{bundle.FORM}")]
    facts = {bundle.MANIFEST, bundle.RELEASE, bundle.DEFINITION}
    parts: list[tuple[Text, How, Collection[str]]] = [
        (text("manifest, release and definition"), How.AGAIN, facts & set(files)),
        (text("figures: JSON and long table"), How.AGAIN if same else How.NUMBERS, set(FIGURES) & set(files)),
        (text("workbook and codebook"), told, {bundle.WORKBOOK, bundle.CODEBOOK} & set(files)),
        (text("numbers of the charts"), told, set(charts) - set(pictures)),
        (text("pictures of the charts"), How.DRAWN if drawn else drawing, pictures),
    ]
    known = {name for _, _, names in parts for name in names}
    parts.append((text("all other files"), How.CHECKSUM, set(files) - known))
    yield from (Compared(what, how, len(names)) for what, how, names in parts if names)


def _checksums(files: Mapping[str, bytes]) -> Iterator[Problem]:
    listed = dict[str, str]()
    for line in files.get(SUMS, b"").decode(errors="replace").splitlines():
        found = LINE.fullmatch(line)
        if found:
            listed[found[2]] = found[1]
        else:
            yield Problem(SUMS, UNREADABLE, found=line[:80])
    if SUMS not in files:
        yield Problem(SUMS, MISSING)
    for name, expected in listed.items():
        if name not in files:
            yield Problem(name, MISSING)
        elif (real := sha256(files[name]).hexdigest()) != expected:
            yield Problem(name, CHANGED, "SHA-256", expected, real)
    yield from (Problem(name, UNLISTED) for name in files if name not in listed and name != SUMS)


def _manifest(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    try:
        said = json.loads(files.get(bundle.MANIFEST, b""))
        if (
            isinstance(said, dict)
            and said.get("format") == bundle.FORMAT
            and said.get("language") in INTERFACE
        ):
            return said
    except (ValueError, RecursionError):
        pass
    raise BadBundle("the bundle has no {name} that this program can read", name=bundle.MANIFEST)


def _evidence(files: Mapping[str, bytes]) -> Evidence:
    said = _manifest(files)
    try:
        exported = merging.read(files.get(bundle.RELEASE, b""), bundle.RELEASE)
        return Evidence.of(exported, language(str(said["language"])))
    except BadRelease:
        raise
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ArithmeticError,
        AssertionError,
        RecursionError,
    ) as fault:
        raise BadBundle("{name}: its numbers do not fit its questionnaire", name=bundle.RELEASE) from fault


def _facts(files: Mapping[str, bytes], said: Mapping[str, Any], evidence: Evidence) -> Iterator[Problem]:
    """The definition, and what the manifest says of the wave."""
    definition = evidence.exported.definition.encode()
    found = files.get(bundle.DEFINITION)
    if found != definition:
        sums = [sha256(body).hexdigest() for body in (definition, found or b"")]
        yield Problem(bundle.DEFINITION, OTHER_DEFINITION, "SHA-256", *sums)
    for name, expected in bundle.manifest(evidence, Maker("", "")).items():
        if name not in ("program", "sources", "library", "release") and said.get(name) != expected:
            yield Problem(bundle.MANIFEST, OTHER_FIGURE, name, str(expected), str(said.get(name)))


class _Compared:
    """The figures in the files of a bundle beside those of its release; `values` counts what was compared."""

    def __init__(
        self, files: Mapping[str, bytes], evidence: Evidence, same: bool, draw: Drawer | None
    ) -> None:
        self._files, self._evidence, self._same, self._draw, self.values = files, evidence, same, draw, 0

    def problems(self) -> Iterator[Problem]:
        """Every file in turn; one that cannot be read is a problem, and stops no other."""
        for name, expected in bundle.computed(self._evidence).items():
            if self._same or name in FIGURES:
                yield from self._file(name, expected)
        if self._same:
            yield from self._charts()

    def _file(self, name: str, expected: bytes) -> Iterator[Problem]:
        found = self._files.get(name)
        if found is None:
            return
        read = READERS[name.rsplit(".", 1)[-1]]
        try:
            table = read(found)
        except Exception as fault:
            yield Problem(name, UNREADABLE, found=f"{type(fault).__name__}: {fault}"[:200])
            return
        yield from self._compare(name, read(expected), table)

    def _compare(self, name: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Problem]:
        for figure in dict.fromkeys([*expected, *found]):
            one, other = expected.get(figure), found.get(figure)
            if not self._same and not (_is_number(one) and _is_number(other)):
                continue
            self.values += 1
            if not _alike(one, other):
                yield Problem(name, OTHER_FIGURE, figure, _said(one), _said(other))

    def _charts(self) -> Iterator[Problem]:
        evidence = self._evidence
        for one in evidence.charts:
            try:
                made = chart(evidence.results, evidence.questionnaire, one.what, evidence.t, one.by)
            except NoChart:
                continue
            path = f"{bundle.CHARTS}/{one.path}"
            yield from self._file(f"{path}.csv", numbers(made))
            yield from self._picture(f"{path}.{bundle.FORM}", made)

    def _picture(self, name: str, made: Chart) -> Iterator[Problem]:
        found = self._files.get(name)
        if found is None:
            return
        self.values += 1
        words = escape(plain(made.description), quote=False)
        inside = re.search(r'<desc id="chart-desc">(.*?)</desc>', found.decode(errors="replace"), re.DOTALL)
        if inside is None or inside[1] != words:
            yield Problem(name, OTHER_WORDS, made.title, *_around(words, inside[1] if inside else ""))
        elif self._draw and (drawn := self._draw(made)) != found:
            expected, real = drawn.decode(), found.decode(errors="replace")
            yield Problem(name, OTHER_PICTURE, made.title, *_around(expected, real))


def _around(expected: str, found: str) -> tuple[str, str]:
    """The places at which two texts begin to differ."""
    pairs = zip_longest(expected, found)
    at = max(0, next((at for at, (one, other) in enumerate(pairs) if one != other), 0) - 20)
    return expected[at : at + 60], found[at : at + 60]


def _alike(one: Any, other: Any) -> bool:
    if _is_number(one) and _is_number(other):
        return bool(abs(one - other) <= CLOSE * max(1.0, abs(one)))
    return type(one) is type(other) and bool(one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _said(value: Any) -> str:
    return "–" if value is None else str(value)


def redrawn(made: Chart) -> bytes:
    """A chart as a bundle has it, drawn in this process."""
    from survey.charts import render

    return render(made, bundle.FORM, ORDINARY)
