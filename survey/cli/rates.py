"""`survey wave rates`: how many have answered so far."""

from dataclasses import asdict

import click

from survey import definitions, monitoring, posted
from survey.charts import answers_said, group_said
from survey.cli.common import Command, Instance, now, print_json, print_table, t
from survey.cli.results import judge_breakdown
from survey.rates import Forecast, Rate, Rates


@click.command(
    cls=Command, help=t("How many have answered so far, in an open wave, and where the rate is heading.")
)
@click.argument("wave_id", metavar="ID")
@click.option("--by", metavar="BREAKDOWN", help=t("for each group of this breakdown"))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def rates(wave_id: str, by: str | None, as_json: bool) -> None:
    """In an anonymous wave answers move in steps of the threshold."""
    instance = Instance()
    questionnaire = definitions.load(instance.wave(wave_id).definition, wave_id)
    judge_breakdown(questionnaire, by)
    days = posted.went_out(posted.by_day(instance.store, wave_id))
    found = monitoring.rates(instance.store, wave_id, days, now())
    if as_json:
        print_json(_plain(found))
        return
    header = (
        t("group"),
        t("invited"),
        t("delivered by mail"),
        t("not reached"),
        t("no more mail"),
        t("answers"),
        "RR2",
    )
    print_table(header, [_row(rate, found) for rate in (found.whole, *(found.by[by] if by else ()))])
    if found.forecast:
        click.echo(_foretold(found.forecast))
        basis = monitoring.basis(instance.store, wave_id)
        if basis:
            click.echo(t(basis))


def _plain(found: Rates) -> dict[str, object]:
    plain = asdict(found)
    if found.forecast:
        plain["forecast"]["day"] = found.forecast.day.isoformat()
    return plain


def _foretold(ahead: Forecast) -> str:
    return t(
        "If nothing more is sent, about {rate} will have answered by {day} (between {low} and {high}).",
        rate=t.percent(ahead.expected),
        low=t.percent(ahead.low),
        high=t.percent(ahead.high),
        day=ahead.day,
    )


def _row(rate: Rate, found: Rates) -> tuple[str, ...]:
    few = t("fewer than {n}", n=found.step)
    return (
        group_said(rate.name, t) or t("Whole wave"),
        t.number(rate.invited),
        t.number(rate.delivered),
        t.number(rate.bounced + rate.withdrawn),
        t.number(rate.opted_out),
        few if rate.answers is None else answers_said(rate.answers, found.step, t),
        "-" if rate.rr2 is None else t.percent(rate.rr2, 1),
    )
