"""The words of a chart on a page: its alternative text and its table. Pure; nothing is drawn here."""

from dataclasses import dataclass

from survey.charts import NoChart, chart, table
from survey.definitions.model import Questionnaire
from survey.indicators.model import Results
from survey.language import Language
from survey.web.evaluators.words import Cell, Table


@dataclass(frozen=True)
class Picture:
    """A chart on the page: what is asked for, its words for those who do not see it, its table."""

    what: str
    by: str | None
    title: str
    alt: str
    table: Table


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
    return Picture(what, by, asked.title, alt, Table(asked.title, tuple(header), cells))
