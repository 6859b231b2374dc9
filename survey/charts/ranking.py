"""The options of a several-choice item, the most ticked first; by groups, one panel for each group.

The base is the people who answered the item, so that the shares may together exceed 1. An exclusive
option ("none of these") stands apart at the end.
"""

from collections.abc import Sequence

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.charts.multiples import multiples
from survey.charts.options import axis
from survey.definitions.model import Item, Ranking
from survey.indicators.model import ItemFigure, RankedOption, RankingFigure
from survey.narrative.words import AS_COUNTS

Told = Sequence[tuple[Shown, RankingFigure]]


def ranking_chart(
    asked: Asked, indicator: Ranking, figures: Sequence[RankingFigure], title: str, caption: str
) -> Chart:
    """The ranking of the whole wave; groups keep its order."""
    t, told = asked.t, list(zip(asked.parts, figures, strict=True))
    item = asked.questionnaire.item(indicator.item)
    shares = [option.share for figure in figures for option in (figure.options or {}).values()]
    width = axis(asked, max(shares, default=0))
    order = _order(item, figures[0])
    text = asked.words(item.text)
    panels = [_panel(asked, item, order, part, figure, width) for part, figure in told]
    return compose(
        asked,
        title,
        base=asked.base(ItemFigure(item.kind, n=figures[0].n, reason=figures[0].reason)),
        panels=multiples(panels),
        table=_table(asked, item, order, told),
        notes=[
            *([] if title == text else [t("Question: {question}", question=text)]),
            t("Of those who answered the question. Several answers were possible: the shares may exceed 100% "
              "together."),
            *([] if all(map(_is_few, figures)) else [t("Line: interval (95%), which covers chance only.")]),
            *asked.counts_note(figures),
            *asked.star_note(figures),
        ],
        caption=caption,
        lead=t("Bars, one for each possible answer, the most ticked first."),
        across=2 if asked.by else 1,
    )  # fmt: skip


def _order(item: Item, whole: RankingFigure) -> tuple[str, ...]:
    """The options by the whole wave's rank; those of the definition where it has none."""
    return tuple(whole.options) if whole.options else item.codes


def _panel(
    asked: Asked, item: Item, order: Sequence[str], part: Shown, figure: RankingFigure, width: Axis
) -> Panel:
    options = figure.options if figure.n else None
    exclusive = [option.value for option in item.options if option.exclusive]
    rows = [
        _row(asked, asked.words(item.labels[code]), figure, (options or {}).get(code), code in exclusive[:1])
        for code in order
    ]
    named = part.label if options is None else asked.t("{label} · n {n}", label=part.label, n=asked.n(figure))
    return Panel(
        Mark.BAR,
        tuple(rows),
        width,
        title=named if asked.by else "",
        columns=_columns(asked, figure),
        withheld="" if options is not None else asked.reason(figure.reason),
    )


def _row(asked: Asked, label: str, figure: RankingFigure, option: RankedOption | None, apart: bool) -> Row:
    if option is None:
        return Row(label, apart=apart)
    share, count = asked.share(option.count, figure), asked.t.number(option.count)
    beside = (share, count)[-len(_columns(asked, figure)) :] if asked.by is None else (share,)
    interval = None if _is_few(figure) else option.interval
    return Row(label, (option.share,), beside=beside, interval=interval, apart=apart)


def _is_few(figure: RankingFigure) -> bool:
    """Whether so few answered that there are counts in place of shares."""
    return figure.presentation in AS_COUNTS


def _columns(asked: Asked, figure: RankingFigure) -> tuple[str, ...]:
    """The heads of the cells beside the bars: of few answers there are no shares, only how many ticked."""
    share, ticked = asked.t("share"), asked.t("ticked")
    if asked.by is not None:
        return (share,)
    return (ticked,) if _is_few(figure) else (share, ticked)


def _table(asked: Asked, item: Item, order: Sequence[str], told: Told) -> Table:
    t = asked.t
    header = (t("answer"), t("rank"), t("ticked"), t("interval (95%)"), t("n"))
    if asked.by is None:
        return Table(header, tuple(_rows(asked, item, order, told[0][1])))
    rows = [(part.label, *cells) for part, figure in told for cells in _rows(asked, item, order, figure)]
    return Table((asked.head, *header), tuple(rows))


def _rows(asked: Asked, item: Item, order: Sequence[str], figure: RankingFigure) -> list[tuple[str, ...]]:
    if figure.options is None or not figure.n:
        return [(asked.t("all answers"), *withheld_cells(asked.reason(figure.reason), 4))]
    return [
        (asked.words(item.labels[code]), *_cells(asked, figure, figure.options[code]))
        for code in order
        if code in figure.options
    ]


def _cells(asked: Asked, figure: RankingFigure, option: RankedOption) -> tuple[str, ...]:
    return (
        NOTHING if option.rank is None else asked.t.number(option.rank),
        asked.cell(option.count, figure),
        NOTHING if _is_few(figure) else asked.percents(option.interval),
        asked.n(figure),
    )
