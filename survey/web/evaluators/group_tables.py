"""The tables that set the groups of one breakdown side by side. Pure."""

from collections.abc import Callable

from survey.charts import asking as charts
from survey.definitions.model import Profile, Questionnaire
from survey.indicators.model import (
    Comparison,
    DimensionFigure,
    Figure,
    OthersResults,
    PartResults,
    ProfileFigure,
    RankingFigure,
    Results,
    StatusChangeFigure,
)
from survey.language import Language
from survey.narrative import label, verdict_text
from survey.release import Hidden
from survey.web.evaluators.headlines import Asked, first_place, headline
from survey.web.evaluators.words import (
    DASH,
    Cell,
    Row,
    Table,
    caution,
    count_of,
    number_cell,
    response_rate,
    withheld,
)


def groups(results: Results, by: str, questionnaire: Questionnaire, t: Language) -> Table:
    """The groups of one breakdown side by side: response, then each indicator that has one number."""
    shown = [indicator for indicator in questionnaire.indicators if not isinstance(indicator, Profile)]

    def row(name: Cell, part: PartResults) -> Row:
        figures = (
            _group_cell(part.indicators[one.id], Asked(one, questionnaire, results.threshold, t))
            for one in shown
        )
        return (name, *_response_cells(part, t), *figures)

    header = (
        t.choose(questionnaire.breakdown(by).label),
        t("Invited"),
        t("Answers"),
        t("Response rate"),
        *(label(indicator, questionnaire, t) for indicator in shown),
    )
    rows = _group_rows(charts.Asked(results, questionnaire, t, by), row, len(header))
    return Table(t("Response and indicators by group"), header, rows)


def profile_groups(
    results: Results, by: str, profile: Profile, questionnaire: Questionnaire, t: Language
) -> Table:
    """The means of one profile's dimensions by group, n beside each."""

    def row(name: Cell, part: PartResults) -> Row:
        figure = part.indicators[profile.id]
        dimensions = figure.dimensions if isinstance(figure, ProfileFigure) else {}
        return (
            name,
            *(_dimension_cell(dimensions.get(one.id), results.threshold, t) for one in profile.dimensions),
        )

    by_label = t.choose(questionnaire.breakdown(by).label)
    header = (by_label, *(t.choose(dimension.label) for dimension in profile.dimensions))
    rows = _group_rows(charts.Asked(results, questionnaire, t, by), row, len(header))
    return Table(label(profile, questionnaire, t), header, rows)


def _group_rows(asked: charts.Asked, row: Callable[[Cell, PartResults], Row], width: int) -> tuple[Row, ...]:
    """Shown groups in order of name, pools, hidden groups with their reason, the whole wave last."""
    t, divided = asked.t, asked.results.by[asked.by or ""]
    shown = [
        row(Cell(asked.group(name)), part)
        for name, part in divided.groups.items()
        if isinstance(part, PartResults)
    ]
    pools = [row(_pool_name(asked, pool), pool.results) for pool in divided.others]
    hidden = [
        (
            Cell(asked.group(name)),
            withheld(part.reason, asked.results.threshold, t),
            *[Cell(DASH)] * (width - 2),
        )
        for name, part in divided.groups.items()
        if isinstance(part, Hidden)
    ]
    return (*shown, *pools, *hidden, row(Cell(t("Whole wave")), asked.results.whole))


def _pool_name(asked: charts.Asked, pool: OthersResults) -> Cell:
    """others (A3, A5), or others in A1 (12 groups) with the groups in small print."""
    name = asked.others(pool)
    if len(pool.members) <= charts.NAMED_MEMBERS:
        return Cell(name)
    return Cell(name, asked.t.listing([asked.group(member) for member in pool.members]))


def _response_cells(part: PartResults, t: Language) -> Row:
    response = part.response
    rate = response_rate(response.rr2, response, t)
    return number_cell(response.invited, t), Cell(t.number(response.responses)), Cell(rate or DASH)


def _group_cell(figure: Figure, asked: Asked) -> Cell:
    said = headline(figure, asked)
    if said.value == DASH:
        return Cell(DASH, said.unit)
    if isinstance(figure, StatusChangeFigure) and figure.movers is not None:
        changed = count_of(figure.movers, figure.n or 0, asked.t)
        return Cell(changed, _noted(asked.t("changed status"), said.warning))
    value = said.value
    if isinstance(figure, RankingFigure):
        value = f"{first_place(figure, asked)} {value}"
    n = _n(getattr(figure, "n", 0), asked.t)
    return Cell(value, _noted(n, said.warning, _verdict(figure, asked.t)))


def _dimension_cell(figure: DimensionFigure | None, threshold: int, t: Language) -> Cell:
    if figure is None or figure.mean is None:
        return withheld(figure.reason if figure else None, threshold, t)
    warning = caution(figure.presentation, t)
    return Cell(t.number(figure.mean, 2), _noted(_n(figure.n, t), warning, _verdict(figure, t)))


def _verdict(figure: Figure | DimensionFigure, t: Language) -> str:
    """Whether the group stands out from everybody else; the note above the table says what silence means."""
    comparison: Comparison | None = getattr(figure, "against_rest", None)
    said = verdict_text(comparison) if comparison and comparison.verdict != "too_close" else None
    return t(said) if said else ""


def _n(n: int | None, t: Language) -> str:
    """n = 338, on one line."""
    return f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{t.number(n or 0)}"


def _noted(*notes: str) -> str:
    return "; ".join(note for note in notes if note)
