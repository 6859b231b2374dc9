"""The tables that set the groups of one breakdown side by side: one row each, the whole wave first. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from survey.charts import asking as charts
from survey.counts import Reason
from survey.definitions.model import Profile, Questionnaire
from survey.indicators.comparing import Average
from survey.indicators.measures import Path, measure, measured
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
from survey.indicators.representation import Representation, answered, representation
from survey.indicators.statistics import presentation
from survey.language import Language
from survey.narrative import label, verdict_text
from survey.narrative.representation import points
from survey.narrative.words import AS_COUNTS
from survey.release import Hidden
from survey.web.evaluators.headlines import Asked, first_place, headline
from survey.web.evaluators.words import (
    DASH,
    Cell,
    Row,
    Table,
    count_of,
    number_cell,
    response_rate,
    withheld,
)

FEW = "*"
"""What marks a figure of 30 to 59 answers: the words would fill a table of eighty groups."""


@dataclass(frozen=True)
class Grouped:
    """What the tables are made from; `order` is the figure by whose value groups stand, None: by name."""

    results: Results
    questionnaire: Questionnaire
    by: str
    t: Language
    order: Path | None = None

    @property
    def charted(self) -> charts.Asked:
        """The words of groups, as charts have them."""
        return charts.Asked(self.results, self.questionnaire, self.t, self.by)

    @property
    def shown(self) -> list[tuple[str, PartResults]]:
        """The groups that are shown, by the names that people know, in the order asked for."""
        groups = [
            (self.charted.group(name), part)
            for name, part in self.results.by[self.by].groups.items()
            if isinstance(part, PartResults)
        ]
        return groups if self.order is None else sorted(groups, key=lambda pair: self._place(pair[1]))

    def _place(self, part: PartResults) -> float:
        """From the highest value down; what is withheld stands last."""
        figure = measured(part.indicators).get(self.order or ())
        found = Reason.NO_ANSWERS if figure is None else measure(figure)
        if isinstance(found, Reason):
            return float("inf")
        return -(found.mean if isinstance(found, Average) else found.count / found.n)


def groups(of: Grouped) -> Table | None:
    """Each indicator that has one number, by groups; None where there is none."""
    t, shown = of.t, [one for one in of.questionnaire.indicators if not isinstance(one, Profile)]

    def row(name: Cell, part: PartResults) -> Row:
        figures = (
            _group_cell(part.indicators[one.id], Asked(one, of.questionnaire, of.results.threshold, t))
            for one in shown
        )
        return (name, *figures)

    header = (of.charted.head, *(label(indicator, of.questionnaire, t) for indicator in shown))
    return _table(of, t("Figures by group"), header, row) if shown else None


def profile_groups(of: Grouped, profile: Profile) -> Table:
    """The means of one profile's dimensions by group, n beside each."""

    def row(name: Cell, part: PartResults) -> Row:
        figure = part.indicators[profile.id]
        dimensions = figure.dimensions if isinstance(figure, ProfileFigure) else {}
        cells = (
            _dimension_cell(dimensions.get(one.id), of.results.threshold, of.t) for one in profile.dimensions
        )
        return (name, *cells)

    header = (of.charted.head, *(of.t.choose(dimension.label) for dimension in profile.dimensions))
    return _table(of, label(profile, of.questionnaire, of.t), header, row)


def who_answered(of: Grouped) -> Table:
    """The people invited and the answers of each group, and what these are of the whole wave."""
    t, whole = of.t, of.results.whole.response
    if whole.invited is None or of.questionnaire.breakdown(of.by) not in of.questionnaire.invited_by:
        header: tuple[str, ...] = (of.charted.head, t("Answers"))
        return _table(
            of,
            t("Answers by group"),
            header,
            lambda name, part: (name, number_cell(answered(part.response), t)),
        )

    def row(name: Cell, part: PartResults) -> Row:
        response = part.response
        rate = response_rate(response.rr2, response, t) or DASH
        counts = (number_cell(response.invited, t), number_cell(answered(response), t), Cell(rate))
        return (name, *counts, *_composition_cells(representation(response, whole), t))

    header = (of.charted.head, t("Invited"), t("Answers"), t("Response rate"),
              t("Of the invited"), t("Of the answers"), t("Points"))  # fmt: skip
    note = t(
        "Answers: complete and partial ones. Points: a group’s share of the answers less its share of the "
        "people invited. Groups that are not shown are part of neither, so that shares need not sum to 100%."
    )
    return _table(of, t("Response and composition by group"), header, row, note)


def _composition_cells(found: Representation | None, t: Language) -> Row:
    if found is None:
        return (Cell(DASH),) * 3
    of_invited = Cell(t.percent(found.of_invited, 1))
    if presentation(found.all_answers) in AS_COUNTS:
        return of_invited, Cell(count_of(found.answers, found.all_answers, t)), Cell(DASH)
    return of_invited, Cell(t.percent(found.of_answers, 1)), Cell(points(found.gap, t))


def _table(
    of: Grouped,
    caption: str,
    header: tuple[str, ...],
    row: Callable[[Cell, PartResults], Row],
    note: str = "",
) -> Table:
    """The whole wave, the shown groups, pools, then hidden groups with their reason."""
    t, divided = of.t, of.results.by[of.by]
    hidden = [
        (Cell(of.charted.group(name)), withheld(part.reason, of.results.threshold, t),
         *[Cell(DASH)] * (len(header) - 2))
        for name, part in divided.groups.items()
        if isinstance(part, Hidden)
    ]  # fmt: skip
    rows = (
        row(Cell(t("Whole wave")), of.results.whole),
        *(row(Cell(name), part) for name, part in of.shown),
        *(row(_pool_name(of, pool), pool.results) for pool in divided.others),
        *hidden,
    )
    starred = any(FEW in cell.note for one in rows for cell in one)
    notes = (note, t("* 30 to 59 answers: few, to be read with caution.") if starred else "")
    return Table(caption, header, rows, " ".join(filter(None, notes)))


def _pool_name(of: Grouped, pool: OthersResults) -> Cell:
    """others (n = 57), or others in A1 (n = 57), with the groups in small print."""
    n = answered(pool.results.response)
    name = of.t("others (n = {n})", n=n)
    if pool.inside is not None:
        name = of.t("others in {parent} (n = {n})", parent=pool.inside, n=n)
    return Cell(name, of.t.listing([of.charted.group(member) for member in pool.members]))


def _group_cell(figure: Figure, asked: Asked) -> Cell:
    said = headline(figure, asked)
    if said.value == DASH:
        return Cell(DASH, said.unit)
    if isinstance(figure, StatusChangeFigure) and figure.movers is not None:
        changed = count_of(figure.movers, figure.n or 0, asked.t)
        return Cell(changed, asked.t("changed status") + _star(figure.presentation))
    value = said.value
    if isinstance(figure, RankingFigure):
        value = f"{first_place(figure, asked)} {value}"
    n, worded = getattr(figure, "n", 0), getattr(figure, "presentation", None)
    return _compared(Cell(value, _n(n, worded, asked.t)), figure, asked.t)


def _dimension_cell(figure: DimensionFigure | None, threshold: int, t: Language) -> Cell:
    if figure is None or figure.mean is None:
        return withheld(figure.reason if figure else None, threshold, t)
    return _compared(Cell(t.number(figure.mean, 2), _n(figure.n, figure.presentation, t)), figure, t)


def _compared(cell: Cell, figure: Figure | DimensionFigure, t: Language) -> Cell:
    """The cell with what the comparison with everybody else says, where there is one."""
    comparison: Comparison | None = getattr(figure, "against_rest", None)
    said = verdict_text(comparison)
    if comparison is None or said is None:
        return cell
    return Cell(cell.text, cell.note, t(said), comparison.verdict != "too_close")


def _n(n: int | None, worded: str | None, t: Language) -> str:
    """n = 338, on one line, with a star where the answers are few."""
    return f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{t.number(n or 0)}{_star(worded)}"


def _star(worded: str | None) -> str:
    return FEW if worded == "caution" else ""
