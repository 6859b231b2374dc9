"""Scale items as stacked bars that diverge from the middle of the scale.

The lower half of the points stands to the left of zero, the upper half to the right; an odd
scale's middle point is halved by zero. "Don't know" and missing answers are outside the base.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from survey.charts.asking import NOTHING, Asked, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.definitions.model import Item, Scale
from survey.indicators.model import ItemFigure
from survey.language import Language

GRID = 0.25


def starts(shares: Sequence[float]) -> tuple[float, ...]:
    """Where each part of a bar begins, zero being the middle of the scale; unit: shares."""
    half, odd = divmod(len(shares), 2)
    lower = sum(shares[:half]) + (shares[half] / 2 if odd else 0)
    return tuple(accumulate(shares[:-1], initial=-lower))


def axis(rows: Sequence[Row], t: Language) -> Axis:
    """An axis just as wide as the rows need, at least a quarter to each side; no ticks without values."""
    drawn = [(starts(row.values)[0], starts(row.values)[-1] + row.values[-1]) for row in rows if row.values]
    if not drawn:
        return Axis(-GRID, GRID, ())
    lowest = min([-GRID, *(left for left, _ in drawn)])
    highest = max([GRID, *(right for _, right in drawn)])
    steps = [step for step in range(-4, 5) if lowest <= step * GRID <= highest]
    return Axis(lowest, highest, tuple((step * GRID, t.percent(abs(step) * GRID)) for step in steps))


def row(asked: Asked, label: str, item: Item, figure: ItemFigure, value: str, strong: bool = False) -> Row:
    """The bar of one item in one part of the wave, or the reason why there is none."""
    if figure.counts is None or not figure.n:
        return Row(label, withheld=asked.reason(figure.reason), strong=strong)
    counts = [figure.counts.get(code, 0) for code in item.codes]
    return Row(
        label,
        values=tuple(count / figure.n for count in counts),
        said=tuple(asked.share(count, figure) for count in counts),
        beside=(value, asked.n(figure)),
        strong=strong,
    )


def cells(asked: Asked, item: Item, figure: ItemFigure, value: str) -> tuple[str, ...]:
    """The cells of `row` in the table: each point, what is outside the base, n and the value."""
    if figure.counts is None or not figure.n:
        return withheld_cells(asked.reason(figure.reason), len(item.codes) + 4)
    outside = (figure.not_applicable if item.not_applicable else None, figure.missing)
    return (
        *(asked.cell(figure.counts.get(code, 0), figure) for code in item.codes),
        *(NOTHING if count is None else asked.t.number(count) for count in outside),
        asked.n(figure),
        value,
    )


def header(asked: Asked, first: str, scale: Scale, value: str) -> tuple[str, ...]:
    """The header over `cells`."""
    t = asked.t
    outside = asked.words(scale.not_applicable) if scale.not_applicable else t("don't know")
    points = tuple(asked.words(point.label) for point in scale.points)
    return (first, *points, outside, t("not answered"), t("n"), value)


def mean_of(asked: Asked, figure: ItemFigure | None, digits: int = 1) -> str:
    """A mean as it is printed beside a bar."""
    return NOTHING if figure is None or figure.mean is None else asked.t.number(figure.mean, digits)


def items_chart(asked: Asked) -> Chart:
    """All scale items of the whole wave, one panel for each scale."""
    t, figures = asked.t, asked.results.whole.items
    items = [item for item in asked.questionnaire.items if item.scale and item.id in figures]
    told = [figures[item.id] for item in items]
    by_scale: dict[str, list[Item]] = {}
    for item in items:
        by_scale.setdefault(item.scale.id if item.scale else "", []).append(item)
    response = asked.results.whole.response
    return compose(
        asked,
        title=t("The answers to each question"),
        base=t.plural("{n} answer", "{n} answers", response.responses),
        panels=[_items_panel(asked, group) for group in by_scale.values()],
        table=_items_table(asked, list(by_scale.values())),
        notes=[asked.left_out(), *asked.counts_note(told), *asked.star_note(told)],
        lead=t("Stacked bars, one for each question, from the lowest point of the scale to the highest."),
    )


def _items_panel(asked: Asked, items: Sequence[Item]) -> Panel:
    figures = asked.results.whole.items
    rows = [
        row(asked, asked.words(item.text), item, figures[item.id], mean_of(asked, figures[item.id]))
        for item in items
    ]
    return panel(asked, items[0], rows, asked.t("mean"))


def items_by_groups_chart(asked: Asked) -> Chart:
    """All scale items by groups: one panel for each item, in which the groups are rows."""
    t = asked.t
    parts = asked.parts
    items = [item for item in asked.questionnaire.items if item.scale and item.id in parts[0].results.items]
    told = {
        item.id: [part.results.items.get(item.id, ItemFigure("scale")) for part in parts] for item in items
    }
    every = [figure for figures in told.values() for figure in figures]
    heads = (asked.head, t("question"), t("answers"), t("don't know"), t("not answered"), t("n"), t("mean"))
    return compose(
        asked,
        title=t("The answers to each question"),
        base=t.plural("{n} answer", "{n} answers", asked.results.whole.response.responses),
        panels=_groups_panels(asked, items, told),
        table=Table(
            heads,
            tuple(
                (part.label, *_named_points(asked, item, figure))
                for item in items
                for part, figure in zip(parts, told[item.id], strict=True)
            ),
        ),
        notes=[asked.left_out(), *asked.counts_note(every), *asked.star_note(every)],
        lead=t("Stacked bars, one for each group, from the lowest point of the scale to the highest."),
    )


def _groups_panels(
    asked: Asked, items: Sequence[Item], told: Mapping[str, Sequence[ItemFigure]]
) -> list[Panel]:
    """One panel for each item, all of them over one axis."""
    rows = {
        item.id: [
            row(asked, part.label, item, figure, mean_of(asked, figure), part.whole)
            for part, figure in zip(asked.parts, told[item.id], strict=True)
        ]
        for item in items
    }
    common = axis([row for drawn in rows.values() for row in drawn], asked.t)
    return [
        replace(panel(asked, item, rows[item.id], asked.t("mean")), title=asked.words(item.text), axis=common)
        for item in items
    ]


def panel(asked: Asked, item: Item, rows: Sequence[Row], value: str) -> Panel:
    """Rows of one scale with its legend."""
    points = item.scale.points if item.scale else ()
    return Panel(
        Mark.STACKED,
        tuple(rows),
        axis(rows, asked.t),
        columns=(value, asked.t("n")),
        legend=tuple(asked.words(point.label) for point in points),
    )


def _items_table(asked: Asked, scales: Sequence[Sequence[Item]]) -> Table:
    """One table for all scales: with several of them the cells name their points themselves."""
    t, figures = asked.t, asked.results.whole.items
    if len(scales) == 1 and (scale := scales[0][0].scale):
        told = [
            cells(asked, item, figures[item.id], mean_of(asked, figures[item.id], 2)) for item in scales[0]
        ]
        labels = [asked.words(item.text) for item in scales[0]]
        rows = tuple((label, *row_cells) for label, row_cells in zip(labels, told, strict=True))
        return Table(header(asked, t("question"), scale, t("mean")), rows)
    heads = (t("question"), t("answers"), t("don't know"), t("not answered"), t("n"), t("mean"))
    return Table(
        heads, tuple(_named_points(asked, item, figures[item.id]) for items in scales for item in items)
    )


def _named_points(asked: Asked, item: Item, figure: ItemFigure) -> tuple[str, ...]:
    told = cells(asked, item, figure, mean_of(asked, figure, 2))
    if figure.counts is None or not figure.n:
        return (asked.words(item.text), *withheld_cells(told[0], 5))
    count = len(item.codes)
    labels = [asked.words(label) for label in item.labels.values()]
    answers = "; ".join(f"{label} {cell}" for label, cell in zip(labels, told[:count], strict=True))
    return (asked.words(item.text), answers, *told[count:])


def item_chart(
    asked: Asked,
    item: Item,
    title: str,
    caption: str = "",
    head: str = "",
    values: Sequence[str] = (),
) -> Chart:
    """One scale item, for the whole wave or by groups; beside each bar its mean, else `values`."""
    t, parts, text, head = asked.t, asked.parts, asked.words(item.text), head or asked.t("mean")
    first = _first_label(asked, title, text)
    figures = [part.results.items.get(item.id, ItemFigure("scale")) for part in parts]
    short, exact = ([mean_of(asked, figure, digits) for figure in figures] for digits in (1, 2))
    rows = [
        row(asked, first or part.label, item, figure, value, part.whole and bool(asked.by))
        for part, figure, value in zip(parts, figures, values or short, strict=True)
    ]
    told = [
        (part.label, *cells(asked, item, figure, value))
        for part, figure, value in zip(parts, figures, values or exact, strict=True)
    ]
    group_notes = [] if title == text or first else [t("Question: {question}", question=text)]
    return compose(
        asked,
        title,
        base=asked.base(figures[0]),
        panels=[panel(asked, item, rows, head)],
        table=Table(header(asked, asked.head, _scale(item), head), tuple(told)),
        notes=[
            *group_notes,
            asked.outside(figures[0]),
            *asked.counts_note(figures),
            *asked.star_note(figures),
        ],
        caption=caption,
        lead=t("Stacked bars from the lowest point of the scale to the highest."),
    )


def _scale(item: Item) -> Scale:
    return item.scale if item.scale else Scale(item.id, ())


def _first_label(asked: Asked, title: str, text: str) -> str:
    """The label of a single bar: the question, unless the title has it already."""
    return text if asked.by is None and title != text else ""
