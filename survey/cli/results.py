"""`survey results` and `survey chart`."""

from collections.abc import Iterator
from pathlib import Path

import click

from survey import definitions, narrative
from survey.cli.common import Command, Instance, print_json, say, t
from survey.definitions.model import Questionnaire
from survey.indicators.model import DividedResults, PartResults, Results
from survey.indicators.results import results as results_of
from survey.indicators.results import to_json
from survey.language import INTERFACE, Refusal, language
from survey.release import Hidden, Pooled
from survey.store import releases

FORMATS = ("svg", "png", "pdf")


class UnknownBreakdown(Refusal):
    """The questionnaire has no such breakdown."""


class BadOutput(Refusal):
    """The chart cannot be written where it was asked for."""


def _released(wave_id: str) -> tuple[Results, Questionnaire]:
    """The figures of a closed wave and its questionnaire. Raises UnknownWave or NotClosedYet."""
    instance = Instance()
    wave = instance.wave(wave_id)
    with instance.store.read() as db:
        release = releases.get(db, wave_id)
    questionnaire = definitions.load(wave.definition, wave_id)
    return results_of(release, questionnaire), questionnaire


def _judge_breakdown(questionnaire: Questionnaire, by: str | None) -> None:
    known = [breakdown.id for breakdown in questionnaire.breakdowns]
    if by is not None and by not in known:
        raise UnknownBreakdown(
            "there is no breakdown {by}; the questionnaire has: {known}", by=by, known=", ".join(known) or "-"
        )


@click.command(cls=Command, help=t("Print the figures of a closed wave."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--by", metavar="BREAKDOWN", help=t("also for each group of this breakdown"))
@click.option("--json", "as_json", is_flag=True, help=t("every figure, for programs"))
def results(wave_id: str, by: str | None, as_json: bool) -> None:
    """Sentences for people, or JSON with everything that any page shows."""
    found, questionnaire = _released(wave_id)
    _judge_breakdown(questionnaire, by)
    if as_json:
        shown = to_json(found)
        print_json(shown | {"by": {by: shown["by"][by]}} if by else shown)
        return
    if found.synthetic:
        click.echo(t("Synthetic data: no real answer is in these figures."))
    for line in _sentences(found.whole, questionnaire, found.threshold):
        click.echo(line)
    if by:
        _print_groups(found.by[by], questionnaire, found.threshold)


def _sentences(part: PartResults, questionnaire: Questionnaire, threshold: int) -> Iterator[str]:
    yield narrative.response_sentence(part.response, questionnaire.audience, t)
    for name, figure in part.indicators.items():
        yield narrative.sentence(figure, questionnaire.indicator(name), questionnaire, t, threshold)


def _print_groups(divided: DividedResults, questionnaire: Questionnaire, threshold: int) -> None:
    for group, shown in divided.groups.items():
        click.echo(f"\n{group}")
        if isinstance(shown, PartResults):
            _print_indented(shown, questionnaire, threshold)
        elif isinstance(shown, Pooled):
            click.echo(f"  {t('shown together with others, see below')}")
        elif isinstance(shown, Hidden):
            click.echo(f"  {t(narrative.reason_text(shown.reason, threshold))}")
    for pool in divided.others:
        inside = f" ({pool.inside})" if pool.inside else ""
        click.echo(f"\n{t('others')}{inside}: {', '.join(pool.members)}")
        _print_indented(pool.results, questionnaire, threshold)


def _print_indented(part: PartResults, questionnaire: Questionnaire, threshold: int) -> None:
    for line in _sentences(part, questionnaire, threshold):
        click.echo(f"  {line}")


@click.command(cls=Command, help=t("Draw a chart of a closed wave into a file."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("what", metavar="INDICATOR|items")
@click.option(
    "--out", required=True, metavar="FILE.svg|png|pdf", help=t("the file; its ending says the format")
)
@click.option("--by", metavar="BREAKDOWN", help=t("for each group of this breakdown"))
@click.option(
    "--lang", type=click.Choice(INTERFACE), default=t.code, show_default=True, help=t("the chart's language")
)
def chart(wave_id: str, what: str, out: str, by: str | None, lang: str) -> None:
    """The same chart gives the same bytes."""
    # Imported here because drawing costs 64 MB and most of a second, which no other command needs.
    from survey import charts

    path = Path(out)
    file_format = path.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise BadOutput("{out} ends in no known format; end it in .svg, .png or .pdf", out=out)
    found, questionnaire = _released(wave_id)
    _judge_breakdown(questionnaire, by)
    drawn = charts.render(charts.chart(found, questionnaire, what, language(lang), by), file_format)
    try:
        path.write_bytes(drawn)
    except OSError as failure:
        raise BadOutput("{out} cannot be written: {why}", out=out, why=str(failure.strerror)) from failure
    say("{out} is written", out=out)
