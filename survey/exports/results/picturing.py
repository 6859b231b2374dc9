"""Every chart of a wave: its name in a ZIP, its file, and its numbers as CSV.

Whoever draws hands over `Draw`: what is charted, by which groups, in which language, format and frame ->
the file. Here it is asked for one sheet after the other.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from survey.charts import OWN, SHEETS, Chart, DoesNotFit, Frame, NoChart, chart, every
from survey.charts.kinds import ITEMS, every_of_cross
from survey.definitions.model import Questionnaire
from survey.exports.results.plain import words_csv
from survey.exports.results.workbook import Picture
from survey.indicators.model import Results
from survey.language import Language

Draw = Callable[[str, str | None, str, str, Frame], bytes]
"""What draws; raises NoChart and DoesNotFit."""
WHOLE = "whole"
"""The folder of the charts of the whole wave; no breakdown is called so in a path, where it has `by-`."""
MOST_PICTURES = 2
"""Sheets up to which a chart by groups stands in a workbook; longer ones are in the ZIP of all charts."""
IN_WORKBOOK = Frame("page", dots=150)
"""Pictures of a workbook are looked at on a screen, and bear being printed."""


@dataclass(frozen=True)
class Wanted:
    """One chart of all: what, by which breakdown, and its path without an ending."""

    what: str
    by: str | None

    @property
    def path(self) -> str:
        """The path in a ZIP, the same for every wave and program."""
        return f"{f'by-{self.by}' if self.by else WHOLE}/{self.what}"


def wanted(results: Results, questionnaire: Questionnaire, t: Language) -> tuple[Wanted, ...]:
    """All charts: of the whole wave, then by each breakdown that shows something, then those of each cross.

    By groups each question has a chart of its own, so that the one of all questions is left out.
    """
    told = (
        Wanted(what, by)
        for by in (None, *(by for by, divided in results.by.items() if not divided.left_out))
        for what in every(questionnaire, by)
        if by is None or what != ITEMS
    )
    return (*told, *crossed(results, questionnaire, t))


def crossed(results: Results, questionnaire: Questionnaire, t: Language) -> Iterator[Wanted]:
    """The charts of each cross: of every figure that one of its cells shows."""
    for cross in results.crosses:
        yield from (Wanted(what, cross) for what in every_of_cross(results, questionnaire, cross, t))


def numbers(made: Chart) -> bytes:
    """The table of a chart as CSV, its words as they stand on a page."""
    return words_csv(made.table.header, made.table.rows)


def files(
    results: Results,
    questionnaire: Questionnaire,
    one: Wanted,
    draw: Draw,
    form: str,
    frame: Frame,
    t: Language,
) -> Iterator[tuple[str, bytes]]:
    """The files of one chart: its pictures and its numbers; none where it has no chart.

    A chart that is too much for its size has its own one, and says so in its name.
    """
    try:
        made = chart(results, questionnaire, one.what, t, one.by)
    except NoChart:
        return
    try:
        yield from _pictures(one, draw, form, frame, t)
    except DoesNotFit:
        own = replace(frame, size=Frame().size)
        yield f"{one.path}.own-size.{form}", draw(one.what, one.by, t.code, form, own)
    yield f"{one.path}.csv", numbers(made)


def _pictures(one: Wanted, draw: Draw, form: str, frame: Frame, t: Language) -> Iterator[tuple[str, bytes]]:
    for number, body in enumerate(sheets_of(one, draw, form, frame, t), 1):
        ending = f"-{number}" if number > 1 else ""
        yield f"{one.path}{ending}.{form}", body


def sheets_of(one: Wanted, draw: Draw, form: str, frame: Frame, t: Language) -> Iterator[bytes]:
    """The files of all sheets of a chart; a PDF holds them all."""
    for sheet in range(1, 2 if form == "pdf" else number_of_sheets(one, draw, frame, t) + 1):
        yield draw(one.what, one.by, t.code, form, replace(frame, sheet=sheet))


def number_of_sheets(one: Wanted, draw: Draw, frame: Frame, t: Language) -> int:
    """How many sheets a chart has in its frame."""
    return 1 if frame.size == OWN else int(draw(one.what, one.by, t.code, SHEETS, replace(frame, sheet=1)))


def in_workbook(
    results: Results, questionnaire: Questionnaire, draw: Draw, t: Language
) -> Callable[[str, str | None], list[Picture]]:
    """What hands a workbook the pictures of a chart, of a size for a page."""

    def pictures(what: str, by: str | None) -> list[Picture]:
        one = Wanted(what, by)
        try:
            made = chart(results, questionnaire, what, t, by)
            if by is not None and number_of_sheets(one, draw, IN_WORKBOOK, t) > MOST_PICTURES:
                return []
            bodies = list(sheets_of(one, draw, "png", IN_WORKBOOK, t))
        except (NoChart, DoesNotFit):
            return []
        alt = f"{made.title}. {made.subtitle}."
        return [Picture(body, alt, _height(body)) for body in bodies]

    return pictures


def _height(png: bytes) -> float:
    """The inches that a PNG of our own is high: its dots stand in its first chunk."""
    (high,) = struct.unpack(">I", png[20:24])
    return float(high) / IN_WORKBOOK.dots
