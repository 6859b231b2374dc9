"""Crosses of two breakdowns -> a grid of cells: the number written in each, shaded over the whole scale.

Shades go over the whole scale of a figure, not from its lowest to its highest cell: cells of some dozens of
people differ by chance alone, and a stretched scale would paint that as a pattern.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, log10

from survey.charts.asking import NOTHING, Asked, compose
from survey.charts.crossed_figures import COUNT, MEAN, RESPONSE, SHARE, Grid, Value, crossed_figures, grid
from survey.charts.crossed_figures import CrossedFigure as Figure
from survey.charts.crossing import NOTHING_SHOWN, Crossing
from survey.charts.model import Axis, Chart, Mark, NoChart, Panel, Row, Table, Tile, UnknownChart
from survey.definitions.model import StatusChange
from survey.language import text
from survey.narrative import reason_text
from survey.narrative.words import AS_COUNTS

KIND_WORDS = {MEAN: text("mean"), SHARE: text("share"), COUNT: text("answers")}
"""The head of the numbers of a figure, in the table."""


def cross_chart(asked: Asked, what: str) -> Chart:
    """One figure of the cross `asked.by`.

    Raises UnknownChart for a name that its figures do not bear, and NoChart where no cell shows it.
    """
    crossing = _crossing(asked)
    figures = crossed_figures(crossing)
    if what not in figures:
        raise UnknownChart(
            text(
                "There is no figure “{what}” in this cross; there are: {known}.",
                what=what, known=", ".join(figures),
            )
        )  # fmt: skip
    figure = figures[what]
    found = grid(crossing, figure)
    if not shows(found):
        raise NoChart(NOTHING_SHOWN if not crossing.found.cells else NOT_IN_A_CELL)
    return _composed(replace(asked, by=None), crossing, figure, found)


NOT_COMPARED = text(
    "Cells are not compared with one another: of so many, some are high or low by chance alone."
)
NOT_IN_A_CELL = text("This figure cannot be shown in any cell of the cross.")


def crossed_charts(asked: Asked) -> tuple[str, ...]:
    """The names of the charts of a cross: every figure that one of its cells shows."""
    crossing = _crossing(asked)
    return tuple(name for name, figure in crossed_figures(crossing).items() if shows(grid(crossing, figure)))


def shows(found: Grid) -> bool:
    """Whether one of the cells, lines of everybody aside, has a number."""
    return any(
        isinstance(one, Value) and one.value is not None for row in found.values[1:] for one in row[1:]
    )


def _crossing(asked: Asked) -> Crossing:
    questionnaire = asked.questionnaire
    return Crossing(asked.results, questionnaire, questionnaire.cross(asked.by or ""), asked.t)


def _composed(asked: Asked, crossing: Crossing, figure: Figure, found: Grid) -> Chart:
    t = asked.t
    sides = t("by {breakdown}", breakdown=crossing.title[:1].lower() + crossing.title[1:])
    values = [one for row in found.values for one in row if isinstance(one, Value)]
    return compose(
        asked,
        figure.title,
        base=" · ".join(filter(None, (sides, _base(asked, figure)))),
        panels=[_panel(crossing, figure, found)],
        table=_table(crossing, figure, found),
        notes=list(_notes(asked, figure, values)),
        lead=t("A grid of cells, one for each pair of groups."),
    )


def _base(asked: Asked, figure: Figure) -> str:
    t, whole = asked.t, figure.of(asked.results.whole)
    if figure.name == RESPONSE:
        if whole.n is None:
            return t.plural("{n} answer", "{n} answers", int(whole.value or 0))
        return t("{count} of {n} invited", count=whole.count, n=whole.n)
    if not whole.n:
        return ""
    if _is_dimension(figure) or _is_status_change(asked, figure):
        return t.plural("{n} answer", "{n} answers", whole.n)
    return t.plural("{n} valid answer", "{n} valid answers", whole.n)


def _is_dimension(figure: Figure) -> bool:
    return "dimensions" in figure.path


def _is_status_change(asked: Asked, figure: Figure) -> bool:
    changes = (one.id for one in asked.questionnaire.indicators if isinstance(one, StatusChange))
    return figure.path[0] == "indicators" and figure.name in changes


def _notes(asked: Asked, figure: Figure, values: list[Value]) -> Iterator[str]:
    t = asked.t
    shades = t("Shades go over the whole scale, so that small differences look small.")
    yield f"{shades} {t(NOT_COMPARED)}"
    if figure.name == RESPONSE:
        yield t("What those who did not answer think is not known.")
        if figure.kind == SHARE and any(one.presentation in AS_COUNTS for one in values):
            yield t("Fewer than 30 invitations: counts are shown instead of percentages.")
        return
    if _is_dimension(figure):
        yield t("n: those who answered at least half of the dimension's questions.")
    elif _is_status_change(asked, figure):
        yield t(
            "Only those who gave both statuses. The changes happened during the programme, not necessarily "
            "because of it."
        )
    else:
        yield asked.left_out()
    if figure.kind == SHARE:
        yield from asked.counts_note(values)
    yield from asked.star_note(values)


def _panel(crossing: Crossing, figure: Figure, found: Grid) -> Panel:
    ends, counted = _ends(figure, found), figure.kind == COUNT
    reasons = _reasons(crossing, found)
    rows = tuple(
        Row(
            label,
            strong=not at,
            apart=at == 1,
            tiles=tuple(
                _tile(crossing, figure, one, ends if (at and column) or not counted else None, reasons)
                for column, one in enumerate(values)
            ),
        )
        for at, (label, values) in enumerate(zip(found.rows, found.values, strict=True))
    )
    axis = Axis(0, len(found.columns), tuple((at + 0.5, head) for at, head in enumerate(found.columns)))
    hidden = (crossing.t("not shown: {reason}", reason=reason) for reason in reasons)
    return Panel(Mark.GRID, rows, axis, legend=(*_shades(crossing, figure, ends), *hidden))


def _ends(figure: Figure, found: Grid) -> tuple[float, float]:
    """The ends of the scale; of a number without any 0 and a round number over the highest cell."""
    if figure.ends is not None:
        return figure.ends
    values = [one.value for row in found.values[1:] for one in row[1:] if isinstance(one, Value)]
    shown = [value for value in values if value is not None]
    step = 10 ** int(log10(max(*shown, 1.0)))
    return min(0.0, *shown), ceil(max(*shown, 1.0) / step) * float(step)


def _shades(crossing: Crossing, figure: Figure, ends: tuple[float, float]) -> Iterator[str]:
    """The lowest, the middle and the highest value of the scale, in words."""
    t = crossing.t
    for place in (ends[0], (ends[0] + ends[1]) / 2, ends[1]):
        whole = float(place).is_integer()
        yield t.percent(place) if figure.kind == SHARE else t.number(place, 0 if whole else 1)


def _why(crossing: Crossing, one: Value | str | None) -> str | None:
    """Why a cell has no number; None where it has one, or nobody is in it."""
    if one is None or isinstance(one, str):
        return one
    if one.value is not None:
        return None
    return None if one.reason is None else crossing.t(reason_text(one.reason, crossing.threshold))


def _reasons(crossing: Crossing, found: Grid) -> tuple[str, ...]:
    said = (_why(crossing, one) for row in found.values for one in row)
    return tuple(dict.fromkeys(reason for reason in said if reason is not None))


def _tile(
    crossing: Crossing,
    figure: Figure,
    one: Value | str | None,
    ends: tuple[float, float] | None,
    reasons: tuple[str, ...],
) -> Tile:
    """A cell; without `ends` one that has no shade, as sums of counts have none on the scale of the cells."""
    if (why := _why(crossing, one)) is not None:
        return Tile(hidden=reasons.index(why))
    if not isinstance(one, Value) or one.value is None:
        return Tile(said=NOTHING)
    shade = None if ends is None else min(1.0, max(0.0, (one.value - ends[0]) / (ends[1] - ends[0])))
    t = crossing.t
    if figure.kind == SHARE and one.presentation in AS_COUNTS:
        return Tile(shade, t.number(one.count or 0), t("of {n}", n=t.number(one.n or 0)))
    small = "" if one.n is None else t("n {n}", n=_n(crossing, figure, one))
    return Tile(shade, figure.said(one, t), small)


def _n(crossing: Crossing, figure: Figure, one: Value) -> str:
    """The number of answers, with a star where they are few; of a rate the people invited."""
    star = "*" if one.presentation == "caution" and figure.name != RESPONSE else ""
    return f"{crossing.t.number(one.n or 0)}{star}"


def _table(crossing: Crossing, figure: Figure, found: Grid) -> Table:
    """A row for each cell, everybody's lines first: its two groups, the number, n."""
    header = (*crossing.heads, crossing.t(KIND_WORDS[figure.kind]), crossing.t("n"))
    rows = tuple(
        (row, column, *_cells(crossing, figure, one))
        for row, values in zip(found.rows, found.values, strict=True)
        for column, one in zip(found.columns, values, strict=True)
    )
    return Table(header, rows)


def _cells(crossing: Crossing, figure: Figure, one: Value | str | None) -> tuple[str, str]:
    t = crossing.t
    if not isinstance(one, Value) or one.value is None:
        return _why(crossing, one) or NOTHING, NOTHING
    n = NOTHING if one.n is None else _n(crossing, figure, one)
    if figure.kind == SHARE:
        said = t.number(one.count or 0)
        return said if one.presentation in AS_COUNTS else f"{said} ({figure.said(one, t)})", n
    return t.number(one.value, 2 if figure.kind == MEAN else 0), n
