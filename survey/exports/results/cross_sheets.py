"""Crosses -> sheets of a workbook: of each figure its cells as numbers, and beside them how many answers."""

from collections.abc import Iterator

from survey.charts.crossed_figures import (
    COUNT,
    MEAN,
    SHARE,
    CrossedFigure,
    Grid,
    Value,
    crossed_figures,
    grid,
)
from survey.charts.crossing import NOTHING_SHOWN, Crossing, crossings
from survey.charts.gridding import shows
from survey.exports.results import cells
from survey.exports.results.cells import Block, Cell, Number, Sheet
from survey.narrative import reason_text
from survey.narrative.words import AS_COUNTS

FORMS = {MEAN: cells.DECIMAL, SHARE: cells.SHARE, COUNT: cells.COUNT}


def cross_sheets(of: cells.Cells) -> Iterator[Sheet]:
    """One sheet for each cross: the figures that one of its cells shows; pictures of its main figures."""
    for crossing in crossings(of.results, of.questionnaire, of.t):
        figures = crossed_figures(crossing).values()
        told = [(figure, found) for figure in figures if shows(found := grid(crossing, figure))]
        blocks = tuple(_block(crossing, figure, found) for figure, found in told)
        pictures = tuple(
            (figure.name, crossing.cross.id)
            for figure, _ in told
            if figure.path[0] != "items" and "dimensions" not in figure.path
        )
        yield Sheet(crossing.title, blocks or (_nothing(crossing),), pictures)


def _nothing(crossing: Crossing) -> Block:
    t = crossing.t
    return Block(crossing.title, (t("what"), t("said")), ((crossing.title, t(NOTHING_SHOWN)),))


def _block(crossing: Crossing, figure: CrossedFigure, found: Grid) -> Block:
    """A figure: left its numbers, right of them n of each."""
    t = crossing.t
    counted = figure.kind != COUNT
    heads = tuple(t("n: {group}", group=name) for name in found.columns) if counted else ()
    rows = tuple(
        (
            name,
            *(_cell(crossing, figure, one) for one in values),
            *(_n(one) for one in values if counted),
        )
        for name, values in zip(found.rows, found.values, strict=True)
    )
    return Block(figure.title, (" / ".join(crossing.heads), *found.columns, *heads), rows)


def _cell(crossing: Crossing, figure: CrossedFigure, one: Value | str | None) -> Cell:
    """The number, few answers in words, or why there is none."""
    if not isinstance(one, Value):
        return one or ""
    if one.value is None:
        return crossing.t(reason_text(one.reason, crossing.threshold)) if one.reason else ""
    if figure.kind == SHARE and one.presentation in AS_COUNTS:
        return figure.said(one, crossing.t)
    return Number(one.value, FORMS[figure.kind])


def _n(one: Value | str | None) -> Cell:
    return Number(one.n, cells.COUNT) if isinstance(one, Value) and one.n is not None else ""
