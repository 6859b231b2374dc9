"""A cross of two breakdowns as a page: one figure at a time, its cells in rows and columns. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.charts.crossing import NOTHING_SHOWN, Crossing
from survey.definitions.model import Indicator, Item, Profile
from survey.indicators.model import PartResults, ProfileFigure
from survey.language import Language, text
from survey.narrative import label
from survey.web.evaluators.headlines import Asked, headline
from survey.web.evaluators.words import (
    DASH,
    Cell,
    Row,
    Table,
    number_cell,
    response_rate,
    withheld,
)

RESPONSE = "response"
Shown = Callable[[PartResults], Cell]
"""What a cell says of the people in it."""

TOGETHER = text("shown together in this cross only")


@dataclass(frozen=True)
class Choice:
    """A figure that can be chosen: its name in the address, what it is called, what a cell says."""

    name: str
    title: str
    cell: Shown


@dataclass(frozen=True)
class CrossPage:
    """The choices by heading, the one chosen, and its table; `nothing`: why there is none."""

    label: str
    choices: Mapping[str, tuple[Choice, ...]]
    chosen: Choice
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
        _table(crossing, chosen) if shown else None,
        "" if shown else crossing.t(NOTHING_SHOWN),
        crossing.threshold,
        together,
    )


def _choices(crossing: Crossing) -> dict[str, tuple[Choice, ...]]:
    t, questionnaire = crossing.t, crossing.questionnaire
    profiles = [one for one in questionnaire.indicators if isinstance(one, Profile)]
    plain = (one for one in questionnaire.indicators if not isinstance(one, Profile))
    found = {
        t("Figures"): (
            Choice(RESPONSE, t("Response"), lambda part: _response(part, t)),
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

    return Choice(indicator.id, label(indicator, crossing.questionnaire, crossing.t), cell)


def _dimension(profile: Profile, dimension: str, title: str, crossing: Crossing) -> Choice:
    def cell(part: PartResults) -> Cell:
        figure = part.indicators[profile.id]
        found = figure.dimensions[dimension] if isinstance(figure, ProfileFigure) else None
        if found is None or found.mean is None:
            return withheld(found.reason if found else None, crossing.threshold, crossing.t)
        return _mean(found.mean, found.n, found.presentation, crossing.t)

    return Choice(f"{profile.id}/{dimension}", title, cell)


def _item(item: Item, crossing: Crossing) -> Choice:
    def cell(part: PartResults) -> Cell:
        found = part.items[item.id]
        if found.mean is None:
            return withheld(found.reason, crossing.threshold, crossing.t)
        return _mean(found.mean, found.n, found.presentation, crossing.t)

    return Choice(f"item/{item.id}", crossing.t.choose(item.text), cell)


def _mean(mean: float, n: int | None, presentation: str | None, t: Language) -> Cell:
    return Cell(number_cell(mean, t, 2).text, _n(n, presentation, t))


def _n(n: int | None, presentation: str | None, t: Language) -> str:
    """n = 34*, the star where the answers are few: a word of warning in every cell would widen the table."""
    star = "*" if presentation == "caution" else ""
    return "" if n is None else f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{t.number(n)}{star}"


def _table(crossing: Crossing, chosen: Choice) -> Table:
    """The cells, then each row's and column's own figure, and the whole wave's in the corner."""
    t, cross = crossing.t, crossing.cross
    rows = []
    for name, members, cells in zip(crossing.rows, crossing.found.rows, crossing.found.cells, strict=True):
        said = (
            chosen.cell(one) if isinstance(one, PartResults) else withheld(one.reason, crossing.threshold, t)
            for one in cells
        )
        rows.append((Cell(name), *said, _alone(crossing, chosen, cross.rows, members)))
    last: Row = (
        Cell(t("All")),
        *(_alone(crossing, chosen, cross.columns, members) for members in crossing.found.columns),
        chosen.cell(crossing.results.whole),
    )
    sides = [t.choose(crossing.questionnaire.breakdown(side).label) for side in (cross.rows, cross.columns)]
    header = (" / ".join(sides), *crossing.columns, t("All"))
    every = (*rows, last)
    starred = any(cell.note.endswith("*") for row in every for cell in row)
    note = t("* 30 to 59 answers: few, to be read with caution.") if starred else ""
    return Table(chosen.title, header, every, note)


def _alone(crossing: Crossing, chosen: Choice, side: str, members: tuple[str, ...]) -> Cell:
    part = crossing.beside(side, members)
    return Cell(DASH, crossing.t(TOGETHER)) if part is None else chosen.cell(part)
