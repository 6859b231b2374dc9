"""Chart -> sheets laid out: the words above and below, the heights of the rows of panels; inches.

A chart that is too high for a size goes onto several sheets, between its panels, else between their rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from survey.charts.framing import MOST_SHEETS, SIZES, DoesNotFit, Frame, NoSuchSheet, Size
from survey.charts.geometry import (
    GAP,
    LABEL_ROOM,
    MARGIN,
    TICKS,
    Geometry,
    Legend,
    Lines,
    least_width,
    legend,
    lines,
    measure,
)
from survey.charts.measuring import width, wrap
from survey.charts.model import Chart, Mark, Panel, Row
from survey.charts.theme import GREY, INK, SMALL, TEXT, TITLE, line_height

SPACE = 0.06
TAG = 0.3
"""The height of the mark of generated data."""
MOST_NOTES = 0.3
"""The part of a sheet's height up to which every sheet has the notes; higher ones stand on the first."""
SHEET_SAID = 0.2
"""Inches that saying which sheet it is may add."""
FILLED = (0.6, 0.7, 0.8, 0.9)
"""The parts of a sheet's room that are tried, lest the last sheet hold what little is left."""
LAST = 1_000_000
"""Behind the last row of any panel."""
FEWEST_ROWS = 3
"""Rows that must have room on a sheet that has other panels, or theirs begins on the next."""
GRID_WIDTHS = (7.2, 8.5, 9.5, 10.5, 12.0, 13.5, 15.0)
"""Inches of a grid of its own size: the first at which its words have room."""
WHOLE = (Mark.MATRIX, Mark.HISTOGRAM)
"""What is not parted between rows."""
Piece = tuple[int, int, int]
"""A row of panels, and the first and last (exclusive) of the rows of these that stand on a sheet."""


@dataclass(frozen=True)
class Plan:
    """One sheet of a chart, laid out."""

    chart: Chart
    geometry: Geometry
    head: tuple[Lines, ...]
    foot: tuple[Lines, ...]
    rows: tuple[float, ...]

    @property
    def above(self) -> float:
        """Inches over the panels."""
        tag = TAG if self.chart.synthetic and not any(block.words for block in self.head) else 0.0
        return max(_height(self.head), tag) + MARGIN

    @property
    def below(self) -> float:
        """Inches under the panels."""
        return _height(self.foot) + MARGIN + SPACE

    @property
    def height(self) -> float:
        """Inches that all of it needs."""
        return self.above + sum(self.rows) + self.below


def sheet(plans: Sequence[Plan], frame: Frame) -> Plan:
    """The sheet that a frame asks for. Raises NoSuchSheet where there are fewer."""
    if not 1 <= frame.sheet <= len(plans):
        raise NoSuchSheet(frame.sheet)
    return plans[frame.sheet - 1]


def laid_out(chart: Chart, frame: Frame) -> tuple[Plan, ...]:
    """The sheets of a chart in its frame: one wherever that can be read. Raises DoesNotFit."""
    # The sheets of one chart are asked for one after the other: how it is laid out is the same for all.
    return _laid_out(chart, replace(frame, sheet=1))


@lru_cache(maxsize=2)
def _laid_out(chart: Chart, frame: Frame) -> tuple[Plan, ...]:
    size = SIZES.get(frame.size)
    if size is None:
        return (_of_own_size(chart, frame),)
    most, least = size.across if chart.across > 1 else 1, least_width(chart)
    for shown in (chart, *_numbered_heads(chart)):
        ways = [replace(shown, across=across) for across in range(most, 0, -1)]
        widths = [wide for wide in size.widths if wide >= least]
        fitting = (plan for wide in widths for way in ways for plan in _fitting(way, frame, size, wide))
        plans = tuple(islice(fitting, 1)) or _sheets(ways, frame, size)
        if plans:
            return plans
    raise DoesNotFit(frame.size)


def _of_own_size(chart: Chart, frame: Frame) -> Plan:
    """One sheet, as wide as charts are; a grid as wide as its columns need, numbered if need be."""
    if not _has_grid(chart):
        return _plan(chart, frame)
    shown, least = (chart, *_numbered_heads(chart)), least_width(chart)
    widths = [wide for wide in GRID_WIDTHS if wide >= least]
    plans = (_plan(way, frame, wide) for way in shown for wide in widths)
    clear = next((plan for plan in plans if plan.geometry.is_clear(plan.chart)), None)
    return clear or _plan(shown[-1], frame, least + LABEL_ROOM[1])


def _has_grid(chart: Chart) -> bool:
    return any(panel.mark is Mark.GRID for panel in chart.panels)


def _numbered_heads(chart: Chart) -> Iterator[Chart]:
    """The chart with numbers in place of the words over its squares, where it has such words."""
    if any(panel.mark is Mark.MATRIX for panel in chart.panels):
        yield replace(chart, panels=tuple(_numbered_panel(panel) for panel in chart.panels))
    if _has_grid(chart):
        (panel,) = chart.panels
        words = [head for _, head in panel.axis.ticks]
        ticks = tuple((place, str(at) if at else words[0]) for at, (place, _) in enumerate(panel.axis.ticks))
        named = " · ".join(f"{at} {head}" for at, head in enumerate(words) if at)
        kept = replace(panel, axis=replace(panel.axis, ticks=ticks))
        yield replace(chart, panels=(kept,), notes=(named, *chart.notes))


def _numbered_panel(panel: Panel) -> Panel:
    heads = [words for _, words in panel.axis.ticks]
    if panel.mark is not Mark.MATRIX or heads == [str(at + 1) for at in range(len(heads))]:
        return panel
    ticks = tuple((place, str(at + 1)) for at, (place, _) in enumerate(panel.axis.ticks))
    rows = tuple(
        replace(row, label=f"{at + 1} {row.label}") if at < len(heads) else row
        for at, row in enumerate(panel.rows)
    )
    return replace(panel, rows=rows, axis=replace(panel.axis, ticks=ticks))


def _fitting(chart: Chart, frame: Frame, size: Size, wide: float) -> Iterator[Plan]:
    plan = _plan(chart, frame, wide)
    if plan.height <= size.height(wide) and plan.geometry.is_clear(chart):
        yield plan


def _plan(chart: Chart, frame: Frame, wide: float | None = None) -> Plan:
    geometry = measure(chart, wide)
    rows = _row_heights(chart, geometry)
    return Plan(chart, geometry, _head(chart, geometry, frame), _foot(chart, geometry, frame), rows)


def _sheets(ways: Sequence[Chart], frame: Frame, size: Size) -> tuple[Plan, ...]:
    """Several sheets; none where some piece is always too high.

    They have the first width at which every panel is whole, else the first at which no piece is too high.
    """
    least = least_width(ways[0])
    every = (size.parted, *(wider for wider in size.widths if wider > size.parted))
    widths = [wide for wide in every if wide >= least]
    tried = [found for wide in widths for way in ways if (found := _parting(way, frame, size, wide))]
    chosen = next((one for one in tried if one.keeps_panels), tried[0] if tried else None)
    if chosen is None:
        return ()
    whole = chosen.whole
    notes = _height(whole.foot) <= MOST_NOTES * size.height(whole.geometry.width)
    later = whole.chart if notes else replace(whole.chart, notes=())
    charts = [_part(later if at else whole.chart, pieces) for at, pieces in enumerate(chosen.sheets)]
    return tuple(
        _plan(_numbered(one, at + 1, len(charts)), frame, whole.geometry.width)
        for at, one in enumerate(charts)
    )


@dataclass(frozen=True)
class _Parting:
    """A chart laid out as if it were one sheet, and what of it stands on each."""

    whole: Plan
    sheets: tuple[list[Piece], ...]

    @property
    def keeps_panels(self) -> bool:
        """Whether no panel is parted between its rows."""
        return all(start == 0 and end == LAST for pieces in self.sheets for _, start, end in pieces)


def _parting(chart: Chart, frame: Frame, size: Size, wide: float) -> _Parting | None:
    """A chart parted at a width, its sheets filled about alike; None where that cannot be."""
    whole = _plan(chart, frame, wide)
    room = size.height(wide) - whole.above - whole.below - SHEET_SAID
    if room <= 0 or not whole.geometry.is_clear(chart):
        return None
    parts = list(_parted(whole, room))
    if not all(fits for _, fits in parts) or len(parts) > MOST_SHEETS:
        return None
    for part in FILLED:
        alike = list(_parted(whole, part * room))
        if len(alike) == len(parts) and all(fits for _, fits in alike):
            parts = alike
            break
    return _Parting(whole, tuple(pieces for pieces, _ in parts))


def _numbered(chart: Chart, number: int, of: int) -> Chart:
    return replace(chart, subtitle=f"{chart.subtitle} · {number}/{of}")


def _parted(plan: Plan, room: float) -> Iterator[tuple[list[Piece], bool]]:
    """What stands on each sheet of so many inches for panels, and whether it fits."""
    pieces: list[Piece] = []
    left = room
    for at, height in enumerate(plan.rows):
        if height <= left:
            pieces, left = [*pieces, (at, 0, LAST)], left - height
        elif height <= room or _is_whole(plan, at):
            if pieces:
                yield pieces, True
            pieces, left = [(at, 0, LAST)], room - height
        else:
            for number, (piece, used) in enumerate(_rows_parted(plan, at, left if pieces else room, room)):
                if pieces and (number or not piece[2]):
                    yield pieces, True
                    pieces, left = [], room
                pieces, left = ([*pieces, piece] if piece[2] else []), left - used
    if pieces:
        yield pieces, left >= 0


def _is_whole(plan: Plan, at: int) -> bool:
    chart = plan.chart
    return any(panel.mark in WHOLE for panel in chart.panels[at * chart.across : (at + 1) * chart.across])


def _rows_parted(plan: Plan, at: int, left: float, room: float) -> Iterator[tuple[Piece, float]]:
    """The rows of one row of panels in pieces, with the inches that each takes.

    The first piece has `left` inches and is empty where it would hold hardly a row; the others have a sheet.
    The first row of all, where it is strong, stands in every piece.
    """
    first = at * plan.chart.across
    heights = plan.geometry.heights[first]
    around = plan.rows[at] - sum(heights)
    repeated = heights[0] if _has_whole(plan.chart.panels[first]) else 0.0
    start, used, most = 0, around, left
    if around + sum(heights[:FEWEST_ROWS]) > left:
        yield (at, 0, 0), 0.0
        most = room
    for row, height in enumerate(heights):
        if used + height > most and row > start:
            yield (at, start, row), used
            start, used, most = row, around + repeated, room
        used += height
    yield (at, start, LAST), used


def _has_whole(panel: Panel) -> bool:
    return bool(panel.rows) and panel.rows[0].strong


def _part(chart: Chart, pieces: Sequence[Piece]) -> Chart:
    panels = [
        replace(panel, rows=_rows(panel, start, end))
        for at, start, end in pieces
        for panel in chart.panels[at * chart.across : (at + 1) * chart.across]
    ]
    return replace(chart, panels=tuple(panels))


def _rows(panel: Panel, start: int, end: int) -> tuple[Row, ...]:
    first = panel.rows[:1] if start and _has_whole(panel) else ()
    return (*first, *panel.rows[start:end])


def _head(chart: Chart, geometry: Geometry, frame: Frame) -> tuple[Lines, ...]:
    if not frame.title:
        return ()
    room = geometry.width - 2 * MARGIN
    tag = width(chart.synthetic, TEXT, bold=True) + 0.4 if chart.synthetic else 0.0
    return (
        lines(chart.title, TITLE, INK, room - tag, bold=True),
        lines(chart.subtitle, TEXT, GREY, room),
        lines(chart.caption, TEXT, INK, room),
    )


def _foot(chart: Chart, geometry: Geometry, frame: Frame) -> tuple[Lines, ...]:
    """Notes and source; where no title says the base, it stands here."""
    room = geometry.width - 2 * MARGIN
    base = "" if frame.title else chart.subtitle
    source = chart.source if frame.caption else ""
    cited = " · ".join(filter(None, [base, source, chart.synthetic]))
    return (*(lines(note, SMALL, GREY, room) for note in chart.notes), lines(cited, SMALL, GREY, room))


def _height(blocks: Sequence[Lines]) -> float:
    return sum(block.height + SPACE for block in blocks if block.words)


def _row_heights(chart: Chart, geometry: Geometry) -> tuple[float, ...]:
    """The height of each row of panels, with legend, title and ticks."""
    heights = [
        geometry.edges(at)[-1]
        + legend_of(panel, geometry).height
        + _title_height(panel, geometry, at)
        + TICKS
        + GAP
        for at, panel in enumerate(chart.panels)
    ]
    return tuple(max(heights[at : at + chart.across]) for at in range(0, len(heights), chart.across))


def legend_of(panel: Panel, geometry: Geometry) -> Legend:
    """The legend of a panel as it is drawn."""
    return legend(panel, geometry.width - 2 * MARGIN)


def title_of(panel: Panel, geometry: Geometry, at: int) -> list[str]:
    """The lines of a panel's title."""
    room = geometry.plot + sum(geometry.beside(at))
    return wrap(panel.title, TEXT, room, bold=True) if panel.title else []


def _title_height(panel: Panel, geometry: Geometry, at: int) -> float:
    return len(title_of(panel, geometry, at)) * line_height(TEXT)
