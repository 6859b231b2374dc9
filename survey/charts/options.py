"""Choice items as bars, one for each option; by groups, small multiples.

The base is the people who answered the item, so that the shares of a several-choice item may
together exceed 1.
"""

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.charts.multiples import multiples
from survey.definitions.model import Item, Kind
from survey.indicators.model import ItemFigure

GRID = 0.25


def options_chart(
    asked: Asked, item: Item, title: str, caption: str = "", chosen: frozenset[str] = frozenset()
) -> Chart:
    """The answers to a choice or choices item; the options in `chosen` are set off from the others."""
    t, parts = asked.t, asked.parts
    figures = [_figure(part, item) for part in parts]
    highest = max(
        (n / figure.n for figure in figures if figure.n for n in (figure.counts or {}).values()), default=0
    )
    text = asked.words(item.text)
    notes = [] if title == text else [t("Question: {question}", question=text)]
    if item.kind is Kind.CHOICES:
        notes.append(t("Several answers were possible: the shares may exceed 100% together."))
    return compose(
        asked,
        title,
        base=asked.base(figures[0]),
        panels=multiples([_panel(asked, part, item, axis(asked, highest), chosen) for part in parts]),
        table=_table(asked, item),
        notes=[*notes, asked.outside(figures[0]), *asked.counts_note(figures), *asked.star_note(figures)],
        caption=caption,
        lead=t("Bars, one for each possible answer."),
        across=2 if asked.by else 1,
    )


def axis(asked: Asked, highest: float) -> Axis:
    """Percentages from 0 to the quarter above the highest share, at most 100 %."""
    quarters = max(1, min(4, -int(-highest // GRID)))
    ticks = tuple((step * GRID, asked.t.percent(step * GRID)) for step in range(quarters + 1))
    return Axis(0, quarters * GRID, ticks)


def _figure(part: Shown, item: Item) -> ItemFigure:
    return part.results.items.get(item.id, ItemFigure(item.kind))


def _panel(asked: Asked, part: Shown, item: Item, axis: Axis, chosen: frozenset[str]) -> Panel:
    figure = _figure(part, item)
    counts = figure.counts if figure.n and figure.counts is not None else None
    rows = [
        Row(
            asked.words(label),
            values=(counts.get(code, 0) / figure.n,) if counts is not None and figure.n else (),
            said=(asked.share(counts.get(code, 0), figure),) if counts is not None else (),
            strong=code in chosen,
        )
        for code, label in item.labels.items()
    ]
    said = (
        asked.t("{label} · n {n}", label=part.label, n=asked.n(figure)) if counts is not None else part.label
    )
    withheld = "" if counts is not None else asked.reason(figure.reason)
    return Panel(Mark.BAR, tuple(rows), axis, title=said if asked.by else "", withheld=withheld)


def _table(asked: Asked, item: Item) -> Table:
    t = asked.t
    labels = tuple(asked.words(label) for label in item.labels.values())
    outside = asked.words(item.not_applicable) if item.not_applicable else t("don't know")
    rows = tuple((part.label, *_cells(asked, item, _figure(part, item))) for part in asked.parts)
    return Table((asked.head, *labels, outside, t("not answered"), t("n")), rows)


def _cells(asked: Asked, item: Item, figure: ItemFigure) -> tuple[str, ...]:
    if figure.counts is None or not figure.n:
        return withheld_cells(asked.reason(figure.reason), len(item.codes) + 3)
    outside = (figure.not_applicable if item.not_applicable else None, figure.missing)
    return (
        *(asked.cell(figure.counts.get(code, 0), figure) for code in item.codes),
        *(NOTHING if count is None else asked.t.number(count) for count in outside),
        asked.n(figure),
    )
