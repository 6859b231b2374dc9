"""`survey results` and `survey chart`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from survey import narrative
from survey.charts import FORMATS, Frame
from survey.charts.asking import Asked
from survey.charts.crossing import NOTHING_SHOWN, Crossing
from survey.cli import supplements
from survey.cli.common import Command, print_json, say, t
from survey.cli.drawing import Choices, drawn, framed
from survey.cli.released import ENDING, by_open_links, exported, note_taken, open_links_said, released
from survey.definitions.model import Questionnaire
from survey.indicators.model import DividedResults, PartResults
from survey.indicators.results import to_json
from survey.language import INTERFACE, Refusal
from survey.release import Hidden, Pooled


class UnknownBreakdown(Refusal):
    """The questionnaire has no such breakdown."""


class BadOutput(Refusal):
    """The chart cannot be written where it was asked for."""


def judge_breakdown(questionnaire: Questionnaire, by: str | None, crosses: bool = False) -> None:
    """Raise UnknownBreakdown unless the questionnaire has the breakdown that is asked for, if any is.

    `crosses`: or the cross.
    """
    known = [one.id for one in questionnaire.breakdowns]
    known += [one.id for one in questionnaire.crosses if crosses]
    if by is not None and by not in known:
        raise UnknownBreakdown(
            "there is no breakdown {by}; the questionnaire has: {known}", by=by, known=", ".join(known) or "-"
        )


@click.command(cls=Command, help=t("Print the figures of a closed wave, or of a file with a release."))
@click.argument("asked", metavar="WAVE|FILE.json")
@click.option(
    "--by",
    metavar="BREAKDOWN",
    help=t("also for each group of this breakdown; of a cross, each cell: --by ROWS,COLUMNS"),
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=t("every figure, for programs; with --by, of breakdowns only that one"),
)
@click.option(
    "--release", "as_release", is_flag=True, help=t("the whole numbers behind the figures, for: survey merge")
)
def results(asked: str, by: str | None, as_json: bool, as_release: bool) -> None:
    """Sentences for people, or JSON with everything that any page shows."""
    if as_release:
        _print_release(asked, by, as_json)
        return
    shown = released(asked)
    found, questionnaire = shown.results, shown.questionnaire
    judge_breakdown(questionnaire, by, crosses=True)
    if as_json:
        every = {**to_json(found), "by_open_links": by_open_links(asked)}
        if not asked.endswith(ENDING) and (more := supplements.as_json(asked)):
            every |= {"supplements": more}
        note_taken(asked, "results.json")
        print_json(every | _only(every, by) if by else every)
        return
    if found.synthetic:
        click.echo(t("Synthetic data: no real answer is in these figures."))
    if found.merged:
        click.echo(t("Added up from several waves: {waves}.", waves=", ".join(found.merged)))
    for line in _sentences(found.whole, questionnaire, found.threshold):
        click.echo(line)
    if not asked.endswith(ENDING):
        for line in supplements.lines(asked):
            click.echo(line)
    said = open_links_said(asked)
    if said:
        click.echo(t(said))
    if by and by in found.crosses:
        _print_cells(Crossing(found, questionnaire, questionnaire.cross(by), t))
    elif by:
        _print_groups(Asked(found, questionnaire, t, by), found.by[by])


def _only(every: dict[str, Any], by: str) -> dict[str, Any]:
    """Of all breakdowns and crosses the one that is asked for."""
    return {key: {by: every[key][by]} if by in every[key] else {} for key in ("by", "crosses")}


def _print_release(asked: str, by: str | None, as_json: bool) -> None:
    if by or as_json:
        raise click.UsageError(t("--release goes with no other option"))
    release = exported(asked).to_json()
    note_taken(asked, "release.json")
    click.echo(release)


def _sentences(part: PartResults, questionnaire: Questionnaire, threshold: int) -> Iterator[str]:
    yield narrative.response_sentence(part.response, questionnaire.audience, t)
    for name, figure in part.indicators.items():
        indicator = questionnaire.indicator(name)
        said = narrative.sentence(figure, indicator, questionnaire, t, threshold)
        yield " ".join(filter(None, (said, narrative.comparison_sentence(figure, indicator, t))))


def _print_groups(asked: Asked, divided: DividedResults) -> None:
    questionnaire, threshold = asked.questionnaire, asked.results.threshold
    if divided.left_out:
        click.echo(f"\n{t(narrative.LEFT_OUT)}")
        return
    for group, shown in divided.groups.items():
        click.echo(f"\n{asked.group(group)}")
        if isinstance(shown, PartResults):
            _print_indented(shown, questionnaire, threshold)
        elif isinstance(shown, Pooled):
            click.echo(f"  {t('shown together with others, see below')}")
        elif isinstance(shown, Hidden):
            click.echo(f"  {t(narrative.reason_text(shown.reason, threshold))}")
    for pool in divided.others:
        around = ", ".join(filter(None, (pool.of, pool.inside)))
        members = ", ".join(asked.group(member) for member in pool.members)
        click.echo(f"\n{t('others')}{f' ({around})' if around else ''}: {members}")
        _print_indented(pool.results, questionnaire, threshold)


def _print_cells(crossing: Crossing) -> None:
    """Every cell of a cross, row by row."""
    if not crossing.found.cells:
        click.echo(f"\n{t(NOTHING_SHOWN)}")
    for row, cells in zip(crossing.rows, crossing.found.cells, strict=True):
        for column, cell in zip(crossing.columns, cells, strict=True):
            click.echo(f"\n{row} – {column}")
            if isinstance(cell, PartResults):
                _print_indented(cell, crossing.questionnaire, crossing.threshold)
            else:
                click.echo(f"  {t(narrative.reason_text(cell.reason, crossing.threshold))}")


def _print_indented(part: PartResults, questionnaire: Questionnaire, threshold: int) -> None:
    for line in _sentences(part, questionnaire, threshold):
        click.echo(f"  {line}")


@click.command(
    cls=Command,
    help=t(
        "Draw a chart of a closed wave, or of a file with a release, into a file.\n\n"
        "CHART is the id of an indicator or of a question, items (all questions on a scale), response (who "
        "answered), composition (who was invited and who answered, with --by) or, for a change of status, "
        "the indicator's id with -flows: who went from which status to which."
    ),
)
@click.argument("asked", metavar="WAVE|FILE.json")
@click.argument("what", metavar="CHART")
@click.option(
    "--out", required=True, metavar="FILE.svg|png|pdf", help=t("the file; its ending says the format")
)
@click.option(
    "--by",
    metavar="BREAKDOWN",
    help=t("for each group of this breakdown; for each cell of a cross: --by ROWS,COLUMNS"),
)
@click.option(
    "--lang", type=click.Choice(INTERFACE), default=t.code, show_default=True, help=t("the chart's language")
)
@framed
def chart(asked: str, what: str, out: str, by: str | None, lang: str, frame: Frame) -> None:
    """The same chart gives the same bytes; those of a wave are kept in the instance folder."""
    path = Path(out)
    file_format = path.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise BadOutput("{out} ends in no known format; end it in .svg, .png or .pdf", out=out)
    shown = released(asked)
    judge_breakdown(shown.questionnaire, by, crosses=True)
    body = drawn(asked, shown, Choices(what, by, lang, file_format, frame))
    try:
        path.write_bytes(body)
    except OSError as failure:
        raise BadOutput("{out} cannot be written: {why}", out=out, why=str(failure.strerror)) from failure
    note_taken(asked, ".".join(filter(None, (what, by, lang, *frame.words, file_format))))
    say("{out} is written", out=out)
