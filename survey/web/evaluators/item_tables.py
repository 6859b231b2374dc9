"""The tables of all items of a wave. Pure."""

from collections.abc import Callable, Iterator, Mapping

from survey.definitions.model import Item, Kind, Questionnaire
from survey.indicators.model import ItemFigure, Results
from survey.language import Language
from survey.narrative.words import AS_COUNTS, percent
from survey.web.evaluators.words import (
    DASH,
    Cell,
    Row,
    Table,
    caution,
    interval_cell,
    number_cell,
    share_cell,
    withheld,
)


def scale_items(results: Results, questionnaire: Questionnaire, t: Language) -> list[Table]:
    """One table for each section, a row for each of its scale items."""
    header = (
        t("Question"),
        t("Answers"),
        t("Mean"),
        t("Mean between"),
        t("Two highest"),
        t("Two lowest"),
        t("Don’t know"),
        t("No answer"),
    )
    return [
        Table(t.choose(section.title), header, rows)
        for section in questionnaire.sections
        if (rows := _scale_rows(section.items, results, t))
    ]


def _scale_rows(items: tuple[Item, ...], results: Results, t: Language) -> tuple[Row, ...]:
    figures = results.whole.items
    return tuple(
        _scale_row(item, figures[item.id], results.threshold, t) for item in items if item.kind is Kind.SCALE
    )


def _scale_row(item: Item, figure: ItemFigure, threshold: int, t: Language) -> Row:
    asked = Cell(t.choose(item.text))
    if figure.reason is not None:
        return (asked, withheld(figure.reason, threshold, t), *[Cell(DASH)] * 6)
    return (
        Cell(asked.text, t("reversed: low answers are the favourable ones") if item.reversed else ""),
        Cell(number_cell(figure.n, t).text, caution(figure.presentation, t)),
        number_cell(figure.mean, t, 2),
        interval_cell(figure.interval, t),
        share_cell(figure.top2, figure.presentation, t),
        share_cell(figure.bottom2, figure.presentation, t),
        number_cell(figure.not_applicable, t),
        Cell(number_cell(figure.missing, t).text, not_asked(figure, t)),
    )


def not_asked(figure: ItemFigure, t: Language) -> str:
    """How many people the question was not put to; nothing where it was put to everybody."""
    return t("not asked: {n}", n=figure.not_asked) if figure.not_asked else ""


def other_items(results: Results, questionnaire: Questionnaire, t: Language) -> list[Table]:
    """One table for each item that is not a scale."""
    return [
        _other_item(item, results.whole.items[item.id], results.threshold, t)
        for item in questionnaire.items
        if item.kind is not Kind.SCALE
    ]


def _other_item(item: Item, figure: ItemFigure, threshold: int, t: Language) -> Table:
    caption = t.choose(item.text)
    if figure.reason is not None:
        return Table(caption, (), ((Cell(t("Answers")), withheld(figure.reason, threshold, t)),))
    return KINDS[item.kind](caption, item, figure, t)


def _options(caption: str, item: Item, figure: ItemFigure, t: Language) -> Table:
    counts, n = figure.counts or {}, figure.n or 0

    def share(count: int) -> Cell:
        return Cell(DASH if figure.presentation in AS_COUNTS or not n else percent(count, n, t))

    rows = [
        (Cell(t.choose(label)), number_cell(counts.get(code, 0), t), share(counts.get(code, 0)))
        for code, label in item.labels.items()
    ]
    base = [(*row, Cell("")) for row in _base(item, figure, t)]
    note = t("Several answers were possible; shares are of all who answered.")
    header = (t("Answer"), t("How many"), t("Share"))
    return Table(caption, header, (*rows, *base), note if item.kind is Kind.CHOICES else "")


def _number(caption: str, item: Item, figure: ItemFigure, t: Language) -> Table:
    values = (
        (Cell(t("Mean")), number_cell(figure.mean, t, 1)),
        (Cell(t("Median")), number_cell(figure.median, t, 1)),
    )
    return Table(caption, (), (*values, *_base(item, figure, t)))


def _text(caption: str, item: Item, figure: ItemFigure, t: Language) -> Table:
    """Comments are stored apart from the other answers, so that nobody knows who wrote none."""
    written = (Cell(t("Comments received")), number_cell(figure.n, t))
    return Table(caption, (), (written,), t("Their texts are not shown here."))


def _base(item: Item, figure: ItemFigure, t: Language) -> Iterator[Row]:
    yield Cell(t("Answers")), Cell(number_cell(figure.n, t).text, caution(figure.presentation, t))
    if figure.not_applicable:
        label = t.choose(item.not_applicable) if item.not_applicable else t("Don’t know")
        yield Cell(label), number_cell(figure.not_applicable, t)
    yield Cell(t("No answer")), Cell(number_cell(figure.missing, t).text, not_asked(figure, t))


KINDS: Mapping[Kind, Callable[[str, Item, ItemFigure, Language], Table]] = {
    Kind.CHOICE: _options,
    Kind.CHOICES: _options,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
}
