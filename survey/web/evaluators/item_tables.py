"""The questions of a wave as tables: a section at a glance, and one question in full. Pure."""

from collections.abc import Iterator

from survey.definitions.model import Item, Kind, Section
from survey.indicators.model import ItemFigure, Results, ShareFigure
from survey.language import Language
from survey.web.evaluators.technical import DIGITS
from survey.web.evaluators.words import (
    DASH,
    Cell,
    Row,
    Table,
    caution,
    interval_cell,
    number_cell,
    share_cell,
    share_interval_cell,
    withheld,
)


def section_table(section: Section, results: Results, t: Language) -> Table | None:
    """The scale questions of a section side by side; None where it has fewer than two."""
    items = [item for item in section.items if item.kind is Kind.SCALE]
    if len(items) < 2:
        return None
    header = (
        t("Question"),
        t("Answers"),
        t("Mean"),
        t("Two highest"),
        t("Two lowest"),
        t("Don’t know"),
        t("No answer"),
    )
    rows = tuple(_scale_row(item, results.whole.items[item.id], results.threshold, t) for item in items)
    return Table(t("These questions side by side"), header, rows)


def _scale_row(item: Item, figure: ItemFigure, threshold: int, t: Language) -> Row:
    asked = Cell(t.choose(item.text))
    if figure.reason is not None:
        return (asked, withheld(figure.reason, threshold, t), *[Cell(DASH)] * 5)
    return (
        Cell(asked.text, t("reversed: low answers are the favourable ones") if item.reversed else ""),
        Cell(number_cell(figure.n, t).text, caution(figure.presentation, t)),
        number_cell(figure.mean, t, 2),
        share_cell(figure.top2, figure.presentation, t),
        share_cell(figure.bottom2, figure.presentation, t),
        number_cell(figure.not_applicable, t),
        Cell(number_cell(figure.missing, t).text, not_asked(figure, t)),
    )


def not_asked(figure: ItemFigure, t: Language) -> str:
    """How many people the question was not put to; nothing where it was put to everybody."""
    return t("not asked: {n}", n=figure.not_asked) if figure.not_asked else ""


def item_in_full(item: Item, figure: ItemFigure, t: Language) -> tuple[Table, ...]:
    """What the answers to one question rest on; no table of texts, which are stored apart."""
    if figure.reason is not None or item.kind is Kind.TEXT:
        return ()
    return (Table(t("In full"), (), (*_base(item, figure, t), *_values(item, figure, t))),)


def _base(item: Item, figure: ItemFigure, t: Language) -> Iterator[Row]:
    yield Cell(t("Answers")), number_cell(figure.n, t)
    if item.not_applicable:
        yield Cell(t.choose(item.not_applicable)), number_cell(figure.not_applicable, t)
    yield Cell(t("No answer")), Cell(number_cell(figure.missing, t).text, not_asked(figure, t))
    yield Cell(t("Population")), number_cell(figure.population, t)


def _values(item: Item, figure: ItemFigure, t: Language) -> Iterator[Row]:
    if figure.mean is None:
        return
    yield Cell(t("Mean")), number_cell(figure.mean, t, DIGITS)
    yield Cell(t("95% interval of the mean")), interval_cell(figure.interval, t, DIGITS)
    yield Cell(t("Standard deviation")), number_cell(figure.sd, t, DIGITS)
    yield Cell(t("Median")), number_cell(figure.median, t, 1)
    for name, share in ((t("Two highest"), figure.top2), (t("Two lowest"), figure.bottom2)):
        if share is not None:
            yield Cell(name), _share_with_interval(share, figure.presentation, t)


def _share_with_interval(share: ShareFigure, presentation: str | None, t: Language) -> Cell:
    said = share_cell(share, presentation, t)
    return Cell(said.text, share_interval_cell(share, presentation, t).text)
