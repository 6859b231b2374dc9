"""The rates of an open wave: bars of answers so far among the invited, and the target as a line."""

from collections.abc import Sequence

from survey.charts.asking import NOTHING
from survey.charts.model import Axis, Chart, Mark, Panel, Row, Table
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Words
from survey.language import Language
from survey.rates import Rate, Rates

GRID = 0.25


def rates_chart(
    title: Words, rates: Rates, groups: Sequence[Rate], said: str, day: str, t: Language
) -> Chart:
    """The whole wave, then `groups`, called by the breakdown `said` ("" for none), as of a day in words."""
    shown = [(t("Whole wave"), rates.whole), *((group_said(rate.name, t), rate) for rate in groups)]
    rows = tuple(
        _row(rate, rates, label, at == 0 and bool(groups), t) for at, (label, rate) in enumerate(shown)
    )
    table = Table(
        (said or t("group"), t("invited"), t("answers"), "RR2"),
        tuple(
            (row.label, row.beside[1], row.beside[0], row.said[0] if row.said else NOTHING) for row in rows
        ),
    )
    notes = _notes(rates, t)
    subtitle = " · ".join(
        filter(None, [t.choose(title), said and t("by {breakdown}", breakdown=said.lower()), day])
    )
    said_rows = [f"{row.label}: {cells[3]}." for row, cells in zip(rows, table.rows, strict=True)]
    return Chart(
        language=t.code,
        title=t("Response rate so far"),
        subtitle=subtitle,
        caption="",
        panels=(
            Panel(
                Mark.PARTS,
                rows,
                _axis(rates, shown, t),
                columns=(t("answers"), t("invited")),
                line=rates.target,
            ),
        ),
        notes=notes,
        source="",
        description=" ".join([t("Response rate so far"), f"{subtitle}.", *said_rows, *notes]),
        table=table,
    )


def group_said(name: str, t: Language) -> str:
    """The name of a group; invitations whose group nobody may be told have none."""
    return t("not assigned") if name == NOT_ASSIGNED else name


def _row(rate: Rate, rates: Rates, label: str, strong: bool, t: Language) -> Row:
    few = t("fewer than {n}", n=rates.step)
    beside = (
        few if rate.answers is None else answers_said(rate.answers, rates.step, t),
        t.number(rate.invited),
    )
    if rate.rr2 is None:
        return Row(label, beside=beside, withheld=few if rate.answers is None else NOTHING, strong=strong)
    return Row(label, (rate.rr2,), (t.percent(rate.rr2),), beside, strong=strong)


def answers_said(answers: int, step: int, t: Language) -> str:
    """How many answers, as far as it may be told: at least so many, where they move in steps."""
    return t.number(answers) if step == 1 else t("at least {n}", n=answers)


def _axis(rates: Rates, shown: Sequence[tuple[str, Rate]], t: Language) -> Axis:
    highest = max([rate.rr2 or 0 for _, rate in shown] + [rates.target or 0])
    steps = max(1, -int(-highest // GRID))
    return Axis(0, steps * GRID, tuple((at * GRID, t.percent(at * GRID)) for at in range(steps + 1)))


def _notes(rates: Rates, t: Language) -> tuple[str, ...]:
    notes = [t("Of all invited (AAPOR RR2): complete and partial answers so far.")]
    if rates.step > 1:
        notes.append(t("Answers move in steps of {n}, and a group's are told from {n} up.", n=rates.step))
    if rates.target is not None:
        notes.append(t("Line: the target, {rate}.", rate=t.percent(rates.target)))
    return tuple(notes)
