"""Crosses of two breakdowns: of each one figure, as a chart and a table; nothing is compared.

A report is read, and a cross has as many numbers as a page: the first figure that its cells show stands for
all of them, the others are left to the wave's page and files.
"""

from collections.abc import Iterator
from dataclasses import replace

from survey.charts.crossed_figures import CrossedFigure, Grid, Value, crossed_figures, grid
from survey.charts.crossing import NOTHING_SHOWN, TOGETHER, Crossing, crossings
from survey.charts.gridding import NOT_COMPARED, shows
from survey.counts import Reason
from survey.exports.report.desk import DASH, Desk
from survey.exports.report.dividing import small
from survey.exports.report.facts import Facts
from survey.exports.report.model import Block, Cite, Paragraph, Place, Said, Section, Table
from survey.exports.report.parts import (
    answers_cell,
    is_mean,
    lettered,
    measure_place,
    name_of,
    paths_of,
    picture,
    value_cell,
)
from survey.indicators.measures import Measured, Path
from survey.indicators.model import DividedResults, PartResults
from survey.language import text
from survey.narrative import reason_text
from survey.narrative.words import AS_COUNTS

NO_FIGURE = text("None of the figures can be shown in a cell of this cross.")
MOST_COLUMNS, MOST_ROWS = 7, 20
"""Groups of a cross whose table a page has room for; of a larger one the chart stands alone."""


def crosses(facts: Facts, desk: Desk) -> Section | None:
    """The section of the crosses; None where the questionnaire has none, or none may be reported."""
    found = list(crossings(facts.results, facts.questionnaire, desk.t))
    if not found:
        return None
    t = desk.t
    lead = Paragraph((
        Said(t("Each cell holds the people who belong to two groups at once.")),
        Said(t(NOT_COMPARED)),
    ))  # fmt: skip
    sections = tuple(_section(desk, one) for one in found)
    return Section("crosses", t("Two breakdowns at once"), (lead,), sections)


def _section(desk: Desk, of: Crossing) -> Section:
    shown = _first_shown(desk, of)
    name = f"crosses-{of.cross.rows}-{of.cross.columns}"
    if shown is None:
        why = NO_FIGURE if of.found.cells else NOTHING_SHOWN
        return Section(name, of.title, (Paragraph((Said(desk.t(why)),)),))
    return Section(name, of.title, tuple(_blocks(desk, of, *shown)))


def _first_shown(desk: Desk, of: Crossing) -> tuple[Path, CrossedFigure, Grid] | None:
    """The first figure, dimensions last, that one of the cells shows."""
    figures = crossed_figures(of)
    for path in sorted(paths_of(desk), key=len):
        figure = figures["-".join(path)]
        if shows(found := grid(of, figure)):
            return path, figure, found
    return None


def _blocks(desk: Desk, of: Crossing, path: Path, figure: CrossedFigure, found: Grid) -> Iterator[Block]:
    t, name = desk.t, name_of(desk, path)
    yield Paragraph(tuple(_said(desk, of, path, figure, found)))
    caption = Said(t("{title}, by {breakdown}", title=name, breakdown=small(of.title)))
    yield from picture(desk, figure.name, caption, of.cross.id)
    if len(of.found.columns) <= MOST_COLUMNS and len(of.found.rows) <= MOST_ROWS:
        yield _table(desk, of, path, caption)
    if len(paths_of(desk)) > 1:
        said = t("The other figures of this cross are on the wave’s page and in its files.")
        yield Paragraph((Said(said),), "note")


def _said(desk: Desk, of: Crossing, path: Path, figure: CrossedFigure, found: Grid) -> Iterator[Said]:
    """How many cells show the figure, and between which values they lie."""
    counted = ("crosses", of.cross.id)
    yield desk.say(
        "A figure of a cell is shown from {fewest} answers on, and not where single answers would follow "
        "from it: “{figure}” stands in {shown} of the {cells} cells in which anybody answered.",
        fewest=Cite("count", ((*counted, "fewest"),)),
        figure=figure.title,
        shown=Cite("count", ((*counted, "shown", figure.name),)),
        cells=Cite("count", ((*counted, "cells"),)),
    )  # fmt: skip
    ends = _ends(of, found)
    if ends is None:
        return
    one = paths_of(desk)[path]
    low, high = (value_cell(desk, measure_place(path, _cell(of, *end)), is_mean(one)) for end in ends)
    whole = value_cell(desk, measure_place(path), is_mean(one))
    fewest = Cite("count", (("rules", "percent"),))
    if low.text == high.text:
        yield desk.say(
            "In all of those with at least {n} answers it rounds to {low}; in the whole wave to {whole}.",
            n=fewest, low=low, whole=whole,
        )  # fmt: skip
        return
    yield desk.say(
        "In those with at least {n} answers it lies between {low} and {high}; in the whole wave it is "
        "{whole}. Cells of some dozens of people lie apart by chance, too.",
        n=fewest, low=low, high=high, whole=whole,
    )  # fmt: skip


def _ends(of: Crossing, found: Grid) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The cells with the lowest and the highest value, of those with enough answers for one to be said."""
    values = {
        (row, column): one.value
        for row, cells in enumerate(found.values[1:])
        for column, one in enumerate(cells[1:])
        if isinstance(one, Value) and one.value is not None and one.presentation not in AS_COUNTS
    }
    if len(values) < 2:
        return None
    return min(values, key=lambda at: values[at]), max(values, key=lambda at: values[at])


def _cell(of: Crossing, row: int, column: int) -> Place:
    return ("results", "crosses", of.cross.id, "cells", str(row), str(column))


def _table(desk: Desk, of: Crossing, path: Path, caption: Said) -> Table:
    """The cells with their number of answers, each line's own figure behind and below them."""
    everybody = desk.t("Whole wave")
    header = (" / ".join(of.heads), *of.columns, everybody)
    columns = range(len(of.columns))
    lines: list[tuple[str, list[Place | None]]] = [
        (name, [*(_cell(of, row, at) for at in columns), _alone(of, of.cross.rows, of.found.rows[row])])
        for row, name in enumerate(of.rows)
    ]
    below = [_alone(of, of.cross.columns, members) for members in of.found.columns]
    lines.append((everybody, [*below, ("results",)]))
    rows = tuple(
        (Said(name), *(_measure(desk, of, path, where) for where in places)) for name, places in lines
    )
    rows, withheld = lettered(desk, rows)
    notes = [Said(desk.t("In brackets: the number of answers.")), *withheld]
    if any("*" in cell.text for row in rows for cell in row[1:]):
        notes.append(desk.tied(desk.t("* 30 to 59 answers: few, to be read with caution.")))
    return Table(caption, tuple(map(Said, header)), rows, tuple(notes))


def _alone(of: Crossing, side: str, members: tuple[str, ...]) -> Place | None:
    """Where a line's own figures stand; None where its groups stand together in this cross only."""
    divided: DividedResults = of.results.by[side]
    if len(members) == 1 and isinstance(divided.groups.get(members[0]), PartResults):
        return ("results", "by", side, "groups", members[0])
    pools = (at for at, pool in enumerate(divided.others) if pool.members == members)
    return next((("results", "by", side, "others", str(at)) for at in pools), None)


def _why(desk: Desk, of: Crossing, reason: str) -> Said:
    said = desk.t(reason_text(Reason(reason), of.threshold))
    return replace(desk.tied(said, ("crosses", of.cross.id, "fewest")), withheld=True)


def _measure(desk: Desk, of: Crossing, path: Path, where: Place | None) -> Said:
    """3.8 (34*); why there is nothing, or a dash where nobody is in the cell."""
    if where is None:
        return Said(desk.t(TOGETHER), withheld=True)
    hidden = desk.value((*where, "hidden"))
    if hidden is not None:
        return Said(DASH) if hidden == Reason.NO_ANSWERS else _why(desk, of, str(hidden))
    figure: Measured = paths_of(desk)[path]
    place = measure_place(path, where)
    if reason := desk.value((*place, "reason")):
        return _why(desk, of, str(reason))
    value = value_cell(desk, place, is_mean(figure), "exact")
    if not value.cites or (desk.value((*place, "presentation")) in AS_COUNTS and not is_mean(figure)):
        return value
    return desk.say("{value} ({n})", value=value, n=answers_cell(desk, place))
