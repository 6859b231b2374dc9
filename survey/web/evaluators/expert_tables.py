"""What only experts look at: weighted figures, the worst case, reliability, tests. Pure."""

from collections.abc import Iterator

from survey.charts import asking as charts
from survey.definitions.model import Indicator, Profile, Questionnaire, StatusChange
from survey.indicators.measures import Measured, Path, measured, value_of
from survey.indicators.model import (
    Comparison,
    PartResults,
    ProfileFigure,
    Results,
    StatusChangeFigure,
    Weighted,
    WorstCase,
)
from survey.language import Language
from survey.narrative.words import figure_label
from survey.web.evaluators.technical import DIGITS
from survey.web.evaluators.words import Cell, Row, Table, interval_cell, number_cell, withheld


def expert_tables(
    indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language
) -> list[Table]:
    """The further technical details of an indicator of the whole wave; a table without rows is left out."""
    tables = [beside_the_raw_figures(indicator, results, questionnaire, t)]
    if isinstance(indicator, Profile):
        tables.append(reliabilities(indicator, results, t))
    if isinstance(indicator, StatusChange):
        tables.append(status_tests(indicator, results, questionnaire, t))
    return [table for table in tables if table.rows]


def beside_the_raw_figures(
    indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language
) -> Table:
    """Each mean and share as it is, in the worst case, and weighted by each breakdown of the invitation."""
    told = [breakdown for breakdown in questionnaire.invited_by if breakdown.id in results.by]
    weighted = (t("Weighted by {breakdown}", breakdown=_lower(t.choose(one.label))) for one in told)
    header = (t("Figure"), t("Value"), t("Worst case"), *weighted)
    rows = tuple(
        (
            Cell(figure_label(path, questionnaire, t)),
            number_cell(value_of(figure)[0], t, DIGITS),
            _worst_case(figure.worst_case, results.threshold, t),
            *(_weighted((figure.weighted or {}).get(one.id), results.threshold, t) for one in told),
        )
        for path, figure in _figures_of(indicator, results).items()
        if figure.reason is None
    )
    note = t(
        "Worst case: everybody who gave no answer gave the lowest, or the highest. Weighted: each group "
        "counts as much as its people, however many of them answered; n_eff is how many answers of equal "
        "weight would be as exact."
    )
    return Table(t("Worst case and weighted figures"), header, rows, note)


def _figures_of(indicator: Indicator, results: Results) -> dict[Path, Measured]:
    return measured({indicator.id: results.whole.indicators[indicator.id]})


def weights(results: Results, by: str, questionnaire: Questionnaire, t: Language) -> Table:
    """Every mean and share of the whole wave as it was answered, and weighted by one breakdown."""
    name = _lower(t.choose(questionnaire.breakdown(by).label))
    header = (t("Figure"), t("As answered"), t("n"), t("Weighted by {breakdown}", breakdown=name))
    rows = tuple(
        (
            Cell(figure_label(path, questionnaire, t)),
            number_cell(value_of(figure)[0], t, DIGITS),
            number_cell(figure.n, t),
            _weighted((figure.weighted or {}).get(by), results.threshold, t),
        )
        for path, figure in measured(results.whole.indicators).items()
        if figure.reason is None
    )
    note = t(
        "Weighted: each group counts as much as its people, however many of them answered; n_eff is how many "
        "answers of equal weight would be as exact."
    )
    return Table(t("The figures as answered and weighted"), header, rows, note)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _worst_case(figure: WorstCase | None, threshold: int, t: Language) -> Cell:
    if figure is None or figure.low is None or figure.high is None:
        return withheld(figure.reason if figure else None, threshold, t)
    return interval_cell((figure.low, figure.high), t, DIGITS)


def _weighted(figure: Weighted | None, threshold: int, t: Language) -> Cell:
    if figure is None or figure.value is None:
        return withheld(figure.reason if figure else None, threshold, t)
    about = t(
        "n_eff {n_eff}; {percent} of the people invited",
        n_eff=t.number(figure.n_eff or 0, 1),
        percent=t.percent(figure.covered or 0),
    )
    return Cell(t.number(figure.value, DIGITS), about)


def reliabilities(profile: Profile, results: Results, t: Language) -> Table:
    """The reliability of each dimension of two items or more."""
    header = (t("Dimension"), t("Measure"), t("Value"), t("n"), t("95% interval"))
    note = t("From the people who answered every question of the dimension.")
    return Table(t("Reliability of the dimensions"), header, tuple(_reliabilities(profile, results, t)), note)


def _reliabilities(profile: Profile, results: Results, t: Language) -> Iterator[Row]:
    figure = results.whole.indicators[profile.id]
    dimensions = figure.dimensions if isinstance(figure, ProfileFigure) else {}
    kinds = {"alpha": t("Cronbach’s alpha"), "spearman_brown": t("Spearman-Brown")}
    for dimension in profile.dimensions:
        found = dimensions[dimension.id].reliability if dimension.id in dimensions else None
        if found is not None:
            hidden = found.value is None
            yield (
                Cell(t.choose(dimension.label)),
                Cell(kinds[found.kind]),
                withheld(found.reason, results.threshold, t)
                if hidden
                else number_cell(found.value, t, DIGITS),
                number_cell(found.n, t),
                interval_cell(found.interval, t, DIGITS),
            )


def status_tests(
    indicator: StatusChange, results: Results, questionnaire: Questionnaire, t: Language
) -> Table:
    """The tests of all statuses together and of each of them."""
    figure = results.whole.indicators[indicator.id]
    labels = questionnaire.item(indicator.before).labels
    names = {code: t.choose(said) for code, said in labels.items()}
    rows: tuple[Row, ...] = ()
    if isinstance(figure, StatusChangeFigure):
        rows = (*_together(figure, results.threshold, t), *_each(figure, names, t))
    header = (t("Test"), t("Came"), t("Left"), t("Chi-square (df)"), t("p"), t("p, adjusted"))
    note = t("Adjusted for the number of statuses (Holm).")
    return Table(t("Tests of the change of status"), header, rows, note)


def _together(figure: StatusChangeFigure, threshold: int, t: Language) -> Iterator[Row]:
    found = figure.stuart_maxwell
    if found is None:
        return
    name, dash = Cell(t("All statuses (Stuart-Maxwell)")), number_cell(None, t)
    if found.chi2 is None or found.df is None:
        yield name, withheld(found.reason, threshold, t), dash, dash, dash, dash
    else:
        chi2 = f"{t.number(found.chi2, DIGITS)} ({found.df})"
        yield name, dash, dash, Cell(chi2), number_cell(found.p, t, DIGITS), dash


def _each(figure: StatusChangeFigure, names: dict[str, str], t: Language) -> Iterator[Row]:
    for status, found in (figure.mcnemar or {}).items():
        yield (
            Cell(t("{status} (McNemar, exact)", status=names[status])),
            number_cell(found.gained, t),
            number_cell(found.lost, t),
            number_cell(None, t),
            number_cell(found.p, t, DIGITS),
            number_cell(found.p_holm, t, DIGITS),
        )


def comparisons(
    indicator: Indicator, results: Results, by: str, questionnaire: Questionnaire, t: Language
) -> list[Table]:
    """For each mean and share of an indicator the groups of one breakdown beside everybody else."""
    parts = {
        name: measured({indicator.id: part.indicators[indicator.id]})
        for name, part in results.by[by].groups.items()
        if isinstance(part, PartResults)
    }
    paths = _figures_of(indicator, results) if parts else {}
    asked = charts.Asked(results, questionnaire, t, by)
    header = (asked.head, t("n"), t("Difference"), t("95% interval"), t("p"), t("p, adjusted"))
    return [
        Table(
            figure_label(path, questionnaire, t),
            header,
            tuple(
                _compared(asked.group(name), figures[path], results.threshold, t)
                for name, figures in parts.items()
            ),
        )
        for path in paths
    ]


def _compared(group: str, figure: Measured, threshold: int, t: Language) -> Row:
    found = figure.against_rest or Comparison()
    n = number_cell(figure.n, t)
    if found.difference is None:
        return Cell(group), n, withheld(found.reason, threshold, t), *[number_cell(None, t)] * 3
    return (
        Cell(group),
        n,
        Cell(t.signed(found.difference, DIGITS)),
        interval_cell(found.interval, t, DIGITS),
        number_cell(found.p, t, DIGITS),
        number_cell(found.p_holm, t, DIGITS),
    )
