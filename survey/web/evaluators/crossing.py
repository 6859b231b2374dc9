"""A cross of two breakdowns as a page: one figure at a time, its cells in rows and columns. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.charts.crossed_figures import RESPONSE, crossed_figures
from survey.charts.crossing import NOTHING_SHOWN, TOGETHER, Crossing
from survey.definitions.model import Indicator, Item, Profile
from survey.indicators.model import PartResults, ProfileFigure
from survey.language import Language
from survey.narrative import label
from survey.web.evaluators.headlines import Asked, headline
from survey.web.evaluators.pictures import Picture, picture
from survey.web.evaluators.words import (
    DASH,
    Cell,
    Row,
    Table,
    number_cell,
    response_rate,
    withheld,
)

Shown = Callable[[PartResults], Cell]
"""What a cell says of the people in it."""


@dataclass(frozen=True)
class Choice:
    """A figure that can be chosen: its name in the address, its title, what a cell says, its chart."""

    name: str
    title: str
    cell: Shown
    what: str


@dataclass(frozen=True)
class CrossPage:
    """The choices by heading, the one chosen, its chart if it has one, and its table.

    `nothing`: why there is no table.
    """

    label: str
    choices: Mapping[str, tuple[Choice, ...]]
    chosen: Choice
    picture: Picture | None
    table: Table | None
    nothing: str
    threshold: int
    together: bool


def cross_page(crossing: Crossing, figure: str | None) -> CrossPage:
    """The page of one cross; without a `figure`, or with one that it lacks, the first indicator is shown."""
    choices = _choices(crossing)
    every = [choice for some in choices.values() for choice in some]
    chosen = next((choice for choice in every if choice.name == figure), every[min(1, len(every) - 1)])
    shown = bool(crossing.found.cells)
    together = any(
        len(members) > 1 and crossing.beside(side, members) is None
        for side, lines in (
            (crossing.cross.rows, crossing.found.rows),
            (crossing.cross.columns, crossing.found.columns),
        )
        for members in lines
    )
    return CrossPage(
        crossing.title,
        choices,
        chosen,
        _picture(crossing, chosen) if shown else None,
        _table(crossing, chosen) if shown else None,
        "" if shown else crossing.t(NOTHING_SHOWN),
        crossing.threshold,
        together,
    )


def _picture(crossing: Crossing, chosen: Choice) -> Picture | None:
    """The chart of a figure; None of a ranking, and where no cell shows the figure."""
    figure = crossed_figures(crossing).get(chosen.what)
    # A question that is called like an indicator has no chart in a cross.
    if figure is None or (chosen.name.startswith("item/") and figure.path[0] != "items"):
        return None
    return picture(crossing.results, crossing.questionnaire, chosen.what, crossing.t, crossing.cross.id)


def _choices(crossing: Crossing) -> dict[str, tuple[Choice, ...]]:
    t, questionnaire = crossing.t, crossing.questionnaire
    profiles = [one for one in questionnaire.indicators if isinstance(one, Profile)]
    plain = (one for one in questionnaire.indicators if not isinstance(one, Profile))
    found = {
        t("Figures"): (
            Choice(RESPONSE, t("Response"), lambda part: _response(part, t), RESPONSE),
            *(_indicator(one, crossing) for one in plain),
        ),
        t("Dimensions"): tuple(
            _dimension(profile, one.id, t.choose(one.label), crossing)
            for profile in profiles
            for one in profile.dimensions
        ),
        t("Questions"): tuple(_item(item, crossing) for item in questionnaire.items if item.scale),
    }
    return {heading: some for heading, some in found.items() if some}


def _response(part: PartResults, t: Language) -> Cell:
    response = part.response
    return Cell(t.number(response.responses), response_rate(response.rr2, response, t))


def _indicator(indicator: Indicator, crossing: Crossing) -> Choice:
    asked = Asked(indicator, crossing.questionnaire, crossing.threshold, crossing.t)

    def cell(part: PartResults) -> Cell:
        figure = part.indicators[indicator.id]
        said = headline(figure, asked)
        if said.value == DASH:
            return Cell(DASH, said.unit)
        return Cell(
            said.value, _n(getattr(figure, "n", None), getattr(figure, "presentation", None), crossing.t)
        )

    return Choice(indicator.id, label(indicator, crossing.questionnaire, crossing.t), cell, indicator.id)


def _dimension(profile: Profile, dimension: str, title: str, crossing: Crossing) -> Choice:
    def cell(part: PartResults) -> Cell:
        figure = part.indicators[profile.id]
        found = figure.dimensions[dimension] if isinstance(figure, ProfileFigure) else None
        if found is None or found.mean is None:
            return withheld(found.reason if found else None, crossing.threshold, crossing.t)
        return _mean(found.mean, found.n, found.presentation, crossing.t)

    return Choice(f"{profile.id}/{dimension}", title, cell, f"{profile.id}-{dimension}")


def _item(item: Item, crossing: Crossing) -> Choice:
    def cell(part: PartResults) -> Cell:
        found = part.items[item.id]
        if found.mean is None:
            return withheld(found.reason, crossing.threshold, crossing.t)
        return _mean(found.mean, found.n, found.presentation, crossing.t)

    return Choice(f"item/{item.id}", crossing.t.choose(item.text), cell, item.id)


def _mean(mean: float, n: int | None, presentation: str | None, t: Language) -> Cell:
    return Cell(number_cell(mean, t, 2).text, _n(n, presentation, t))


def _n(n: int | None, presentation: str | None, t: Language) -> str:
    """n = 34*, the star where the answers are few: a word of warning in every cell would widen the table."""
    star = "*" if presentation == "caution" else ""
    return "" if n is None else f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{t.number(n)}{star}"


def _table(crossing: Crossing, chosen: Choice) -> Table:
    """The whole wave's figure in the corner, each column's and row's own beside it, then the cells."""
    t, cross = crossing.t, crossing.cross
    rows = []
    for name, members, cells in zip(crossing.rows, crossing.found.rows, crossing.found.cells, strict=True):
        said = (
            chosen.cell(one) if isinstance(one, PartResults) else withheld(one.reason, crossing.threshold, t)
            for one in cells
        )
        rows.append((Cell(name), _alone(crossing, chosen, cross.rows, members), *said))
    first: Row = (
        Cell(t("All")),
        chosen.cell(crossing.results.whole),
        *(_alone(crossing, chosen, cross.columns, members) for members in crossing.found.columns),
    )
    sides = [t.choose(crossing.questionnaire.breakdown(side).label) for side in (cross.rows, cross.columns)]
    header = (" / ".join(sides), t("All"), *crossing.columns)
    every = (first, *rows)
    starred = any(cell.note.endswith("*") for row in every for cell in row)
    note = t("* 30 to 59 answers: few, to be read with caution.") if starred else ""
    return Table(chosen.title, header, every, note)


def _alone(crossing: Crossing, chosen: Choice, side: str, members: tuple[str, ...]) -> Cell:
    part = crossing.beside(side, members)
    return Cell(DASH, crossing.t(TOGETHER)) if part is None else chosen.cell(part)
