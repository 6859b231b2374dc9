"""The technical details of an indicator: its numbers to four decimals, with what they rest on. Pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from survey.definitions.model import Indicator, Questionnaire
from survey.indicators.model import Interval, Results
from survey.language import Language
from survey.narrative import label
from survey.web.evaluators.words import DASH, Cell, Row, Table, interval_cell, number_cell, withheld

DIGITS = 4


def in_full(indicator: Indicator, results: Results, questionnaire: Questionnaire, t: Language) -> Table:
    """One row for each number behind an indicator."""
    header = (t("Figure"), t("Value"), t("n"), t("Population"), t("Standard deviation"), t("95% interval"))
    figure = results.whole.indicators[indicator.id]
    title = label(indicator, questionnaire, t)
    rows: tuple[Row, ...] = ((Cell(title), withheld(figure.reason, results.threshold, t), *[Cell(DASH)] * 4),)
    if figure.reason is None:
        rows = tuple(ROWS[figure.kind](title, indicator, figure, questionnaire, t))
    return Table(t("In full"), header, rows)


def _row(
    name: str,
    value: float | None,
    t: Language,
    of: Any,
    interval: Interval | None,
    population: int | None,
    note: str = "",
) -> Row:
    return (
        Cell(name, note),
        number_cell(value, t, DIGITS),
        number_cell(of.n, t),
        number_cell(population, t),
        number_cell(getattr(of, "sd", None), t, DIGITS),
        interval_cell(interval, t, DIGITS),
    )


def _plain(
    title: str, indicator: Indicator, figure: Any, questionnaire: Questionnaire, t: Language
) -> Iterator[Row]:
    value = figure.mean if figure.kind == "summary" else figure.value
    yield _row(title, value, t, figure, figure.interval, figure.population)


def _recommendation(
    title: str, indicator: Indicator, figure: Any, questionnaire: Questionnaire, t: Language
) -> Iterator[Row]:
    would, score = figure.would_recommend, figure.score
    yield _row(title, would.share, t, would, would.interval, figure.population, _mapping(figure, t))
    if score is not None and score.value is not None:
        yield _row(t("Score, −100 to 100"), score.value, t, score, score.interval, None)


def _mapping(figure: Any, t: Language) -> str:
    names = {
        "would": t("would recommend"),
        "promoters": t("promoters"),
        "passives": t("passives"),
        "detractors": t("detractors"),
    }
    parts = [f"{names[name]} = {', '.join(codes)}" for name, codes in figure.mapping.items() if codes]
    return t("scale {scale}: {mapping}", scale=figure.scale, mapping="; ".join(parts))


def _status_change(
    title: str, indicator: Any, figure: Any, questionnaire: Questionnaire, t: Language
) -> Iterator[Row]:
    labels = questionnaire.item(indicator.before).labels
    for code, net in figure.net.items():
        name = t("{title}, net of {status}", title=title, status=t.choose(labels[code]))
        interval = (figure.net_interval or {}).get(code)
        yield _row(name, net, t, figure, interval, None)


def _profile(
    title: str, indicator: Any, figure: Any, questionnaire: Questionnaire, t: Language
) -> Iterator[Row]:
    for dimension in indicator.dimensions:
        one = figure.dimensions[dimension.id]
        yield _row(
            t.choose(dimension.label), one.mean, t, one, one.interval, one.population, ", ".join(one.items)
        )


def _ranking(
    title: str, indicator: Any, figure: Any, questionnaire: Questionnaire, t: Language
) -> Iterator[Row]:
    labels = questionnaire.item(indicator.item).labels
    for code, option in figure.options.items():
        place = t("place {rank}", rank=option.rank) if option.rank else t("not ranked")
        name = t("{title}: {option}", title=title, option=t.choose(labels[code]))
        yield _row(name, option.share, t, figure, option.interval, figure.population, place)


ROWS: Mapping[str, Callable[[str, Any, Any, Questionnaire, Language], Iterator[Row]]] = {
    "mean": _plain,
    "share": _plain,
    "ranking": _ranking,
    "summary": _plain,
    "recommendation": _recommendation,
    "status_change": _status_change,
    "profile": _profile,
}
