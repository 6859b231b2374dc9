"""The words of a chart on a page: its alternative text and its table. Pure; nothing is drawn here."""

from dataclasses import dataclass

from survey.charts import NoChart, chart, table
from survey.definitions.model import Questionnaire
from survey.indicators.model import Results
from survey.language import Language
from survey.web.evaluators.words import Cell, Table


@dataclass(frozen=True)
class Picture:
    """A chart on the page: what is asked for, its words for those who do not see it, its table.

    `rows` is about how many rows of a group's height stand above one another.
    """

    what: str
    by: str | None
    title: str
    alt: str
    table: Table
    rows: float = 0

    @property
    def tall(self) -> bool:
        """Whether the chart scrolls in a region of its own, lest many groups make the page endless."""
        return self.by is not None and self.rows > ON_A_SCREEN

    @property
    def long(self) -> bool:
        """Whether nobody could read it on a sheet of paper, so that its table is printed in its place."""
        return self.rows > ON_A_SHEET


ON_A_SCREEN, ON_A_SHEET = 30, 45
"""Rows that a screen has room for, and a sheet of paper at three quarters of their size."""
AROUND = 3
"""Rows' worth of title, axis and distance that each panel takes."""


def picture(
    results: Results, questionnaire: Questionnaire, what: str, t: Language, by: str | None = None
) -> Picture | None:
    """The words of a chart, without drawing it; None where its kind has no chart."""
    try:
        asked = chart(results, questionnaire, what, t, by=by)
    except NoChart:
        return None
    header, rows = table(asked)
    cells = tuple(tuple(Cell(said) for said in row) for row in rows)
    # The table beside the picture holds the figures, so that the alternative text can be short.
    alt = t(
        "Chart: {title}. {subtitle}. Its figures are in the table below it.",
        title=asked.title,
        subtitle=asked.subtitle,
    )
    above_one_another = sum(len(panel.rows) + AROUND for panel in asked.panels) / asked.across
    return Picture(what, by, asked.title, alt, Table(asked.title, tuple(header), cells), above_one_another)
