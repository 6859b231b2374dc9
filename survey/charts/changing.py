"""What changed between two waves: dots with their intervals, left and right of no change."""

import math
from collections.abc import Sequence
from datetime import datetime

from survey.changes import Change, WaveChanges
from survey.charts.asking import NOTHING
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.language import Language
from survey.narrative.changes import cautions, change_difference, change_label, change_value
from survey.narrative.comparison import VERDICTS
from survey.narrative.reasons import reason_text

UNITS = ("mean", "share")


def changes_chart(found: WaveChanges, t: Language) -> Chart:
    """Every figure that can be compared: means in points of their scale, shares in percentage points."""
    named = [
        (change_label(path, found.later.questionnaire, t), change)
        for path, change in found.indicators.items()
    ]
    panels = tuple(panel for unit in UNITS if (panel := _panel(unit, named, t)) is not None)
    earlier, later = (t.choose(side.results.title) for side in (found.earlier, found.later))
    table = changes_table([(name, change) for name, change in named], t)
    synthetic = found.earlier.results.synthetic or found.later.results.synthetic
    title, subtitle = t("Changes between two waves"), t("{earlier} → {later}", earlier=earlier, later=later)
    notes = (
        t("Dot: the later wave less the earlier one. Line: interval (95%), which covers chance only."),
        *cautions(found, t),
    )
    rows = (f"{row[0]}: {row[3]}, {row[5]}." for row in table.rows)
    return Chart(
        language=t.code,
        title=title,
        subtitle=subtitle,
        caption="",
        panels=panels,
        notes=notes,
        source=_source(found, t),
        description=" ".join([f"{title}. {subtitle}.", *rows, *notes]),
        table=table,
        synthetic=t("Synthetic data") if synthetic else "",
    )


def _panel(unit: str, named: Sequence[tuple[str, Change]], t: Language) -> Panel | None:
    """The dots of one unit; None where no figure has it."""
    chosen = [(name, change) for name, change in named if change.unit == unit]
    if not chosen:
        return None
    title = t("Shares, in percentage points") if unit == "share" else t("Means, in points of the scale")
    columns = (t("from"), t("to"))
    return Panel(Mark.DOT, tuple(_row(*one, t) for one in chosen), _axis(unit, chosen, t), title, columns)


def _row(name: str, change: Change, t: Language) -> Row:
    beside = (change_value(change.earlier, change, t), change_value(change.later, change, t))
    if change.difference is None:
        why = t(reason_text(change.reason)) if change.reason else t("no answers")
        return Row(name, beside=beside, withheld=why)
    said = change_difference(change.difference, change, t)
    return Row(name, (change.difference,), (said,), beside, change.interval)


def _axis(unit: str, chosen: Sequence[tuple[str, Change]], t: Language) -> Axis:
    """As far to either side of no change as the longest line reaches, in a round number of steps."""
    ends = [abs(end) for _, change in chosen for end in (change.difference or 0, *(change.interval or ()))]
    step = 0.1 if unit == "share" else 0.5
    steps = max(1, math.ceil(max(ends, default=0) / step))
    each = math.ceil(steps / 4)
    ticks = [at * step for at in range(-steps, steps + 1) if at % each == 0]
    said = {at: t.signed(100 * at) if unit == "share" else t.signed(at, 1) for at in ticks}
    return Axis(-steps * step, steps * step, tuple(said.items()))


def changes_table(named: Sequence[tuple[str, Change]], t: Language) -> Table:
    """Figure, both values, difference, interval, and what may be said of it."""
    header = (t("figure"), t("earlier"), t("later"), t("difference"), t("interval (95%)"), t("chance"))
    return Table(header, tuple((name, *_cells(change, t)) for name, change in named))


def _cells(change: Change, t: Language) -> tuple[str, ...]:
    pairs = ((change.earlier, change.n_earlier), (change.later, change.n_later))
    values = tuple(_counted(value, n, change, t) for value, n in pairs)
    if change.difference is None:
        why = t(reason_text(change.reason)) if change.reason else t("no answers")
        return (*values, NOTHING, NOTHING, why)
    interval = NOTHING
    if change.interval is not None:
        low, high = (change_difference(end, change, t) for end in change.interval)
        interval = t("{low} to {high}", low=low, high=high)
    return (*values, change_difference(change.difference, change, t), interval, _chance(change, t))


def _chance(change: Change, t: Language) -> str:
    """Whether chance explains the difference, or why that is not said."""
    if change.verdict:
        return t(VERDICTS[change.verdict])
    return t(reason_text(change.reason)) if change.reason else NOTHING


def _counted(value: float | None, n: int | None, change: Change, t: Language) -> str:
    """A value with its number of answers."""
    said = change_value(value, change, t)
    return said if n is None else t("{value} (n {n})", value=said, n=n)


def _source(found: WaveChanges, t: Language) -> str:
    earlier, later = found.earlier.results, found.later.results
    return t(
        "Source: waves {earlier} (closed {first}) and {later} (closed {second}), questionnaire "
        "{questionnaire}.",
        earlier=earlier.wave, first=_day(earlier.closed, t), later=later.wave, second=_day(later.closed, t),
        questionnaire=later.questionnaire,
    )  # fmt: skip


def _day(closed: str, t: Language) -> str:
    return t.day(datetime.fromisoformat(closed).date())
