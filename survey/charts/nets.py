"""Status changes as signed bars: how many more people a status has now than before."""

from collections.abc import Mapping, Sequence

from survey.charts.asking import NOTHING, Asked, Shown, compose, withheld_cells
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.charts.multiples import multiples
from survey.charts.numbers import next_step
from survey.definitions.model import StatusChange, Words
from survey.indicators.model import StatusChangeFigure
from survey.language import Language

TICKS_EACH_SIDE = 3
TICKS_OF_GROUPS = 2


def nets_chart(asked: Asked, indicator: StatusChange, title: str, caption: str) -> Chart:
    """The nets of the whole wave; by groups, small multiples over one common axis."""
    t, parts = asked.t, asked.parts
    labels = asked.questionnaire.item(indicator.before).labels
    figures = asked.figures(indicator.id, StatusChangeFigure)
    ends = [end for figure in figures for end in _ends(figure)]
    axis = net_axis(ends, t, TICKS_OF_GROUPS if asked.by else TICKS_EACH_SIDE)
    return compose(
        asked,
        title,
        base=_base(asked, figures[0]),
        panels=multiples(
            [
                _panel(asked, part.label, labels, figure, axis)
                for part, figure in zip(parts, figures, strict=True)
            ]
        ),
        table=_table(asked, labels, list(zip(parts, figures, strict=True))),
        notes=[
            t("Net change: how many have the status now minus how many had it before; the nets sum to 0."),
            t("Only those who gave both statuses. Line: interval (95%), which covers chance only."),
            *asked.star_note(figures),
        ],
        caption=caption,
        lead=t("Signed bars, one for each status."),
        across=3 if asked.by else 1,
    )


def _base(asked: Asked, figure: StatusChangeFigure) -> str:
    if not figure.n:
        return asked.reason(figure.reason)
    return asked.t.plural("{n} answer with both statuses", "{n} answers with both statuses", figure.n)


def _ends(figure: StatusChangeFigure) -> list[float]:
    intervals = [interval for interval in (figure.net_interval or {}).values() if interval]
    return [*(figure.net or {}).values(), *(end for interval in intervals for end in interval)]


def net_axis(values: Sequence[float], t: Language, each_side: int = TICKS_EACH_SIDE) -> Axis:
    """A symmetric axis of whole people around zero, with so many ticks to each side at most."""
    highest = max([1.0, *(abs(value) for value in values)])
    step, exponent = 1.0, 0
    while highest / step > each_side:
        step, exponent = next_step(step, exponent)
    count = -int(-highest // step)
    ticks = tuple((at * step, t.signed(at * step)) for at in range(-count, count + 1))
    return Axis(-count * step, count * step, ticks)


def _panel(
    asked: Asked, label: str, labels: Mapping[str, Words], figure: StatusChangeFigure, axis: Axis
) -> Panel:
    t, net, intervals = asked.t, figure.net, figure.net_interval or {}
    rows = tuple(
        Row(
            asked.words(words),
            values=() if net is None else (net.get(code, 0),),
            said=() if net is None else (t.signed(net.get(code, 0)),),
            beside=() if net is None else (t.signed(net.get(code, 0)),),
            interval=intervals.get(code),
        )
        for code, words in labels.items()
    )
    withheld = asked.reason(figure.reason) if net is None or not figure.n else ""
    title = t("{label} · n {n}", label=label, n=asked.n(figure))
    if figure.movers is not None:
        title = t("{label} · n {n}, {movers} changed", label=label, n=asked.n(figure), movers=figure.movers)
    named = label if withheld else title
    columns = (t("net change"),) if not asked.by else (t("net"),)
    return Panel(Mark.NET, rows, axis, named if asked.by else "", columns, withheld=withheld)


def _table(
    asked: Asked, labels: Mapping[str, Words], parts: Sequence[tuple[Shown, StatusChangeFigure]]
) -> Table:
    t = asked.t
    header = (t("status"), t("before"), t("now"), t("net change"), t("interval (95%)"))
    if asked.by is None:
        return Table(header, tuple(_rows(asked, labels, parts[0][1])))
    rows = [
        (part.label, asked.n(figure), *cells)
        for part, figure in parts
        for cells in _rows(asked, labels, figure)
    ]
    return Table((asked.head, t("n"), *header), tuple(rows))


def _rows(asked: Asked, labels: Mapping[str, Words], figure: StatusChangeFigure) -> list[tuple[str, ...]]:
    if figure.net is None or not figure.n:
        return [(asked.t("all statuses"), *withheld_cells(asked.reason(figure.reason), 4))]
    t, intervals = asked.t, figure.net_interval or {}
    return [
        (
            asked.words(words),
            *(
                NOTHING if side is None else t.number(side.get(code, 0))
                for side in (figure.before, figure.after)
            ),
            t.signed(figure.net.get(code, 0)),
            _interval(asked, intervals.get(code)),
        )
        for code, words in labels.items()
    ]


def _interval(asked: Asked, interval: tuple[float, float] | None) -> str:
    if interval is None:
        return NOTHING
    return asked.t("{low} to {high}", low=asked.t.signed(interval[0]), high=asked.t.signed(interval[1]))
