"""`survey wave ...` and `survey links`."""

import csv
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from survey import definitions, inviting, monitoring, publishing, versions
from survey.cells import group_values
from survey.cli.common import Command as SurveyCommand
from survey.cli.common import (
    Group,
    Instance,
    named_groups,
    now,
    print_json,
    print_table,
    progress,
    say,
    t,
    warn_of_small_groups,
)
from survey.cli.drawing import draw_standard
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Questionnaire
from survey.inviting import BadWave
from survey.monitoring import Standing
from survey.population import Population, from_csv, stated
from survey.store import audit, drafts, invitations
from survey.store.audit import ACTS
from survey.store.waves import Wave

FORMULA = frozenset("=+-@")
"""What a spreadsheet takes for the beginning of a formula."""
THRESHOLD = 5
"""The smallest number of answers that is shown, where nothing else is wished."""
PHASES = ("baseline", "monitoring", "final")


@click.group(cls=Group, help=t("Waves: one round of one questionnaire each."))
def wave() -> None:
    """Make, open, close, list and show waves."""


@wave.command(help=t("Make a wave as a draft."))
@click.argument("wave_id", metavar="ID")
@click.option(
    "--questionnaire",
    required=True,
    metavar="FILE-OR-ID",
    help=t("a definition: a file, or the id of one that ships"),
)
@click.option("--title", help=t("how the wave is called; without it, as the questionnaire"))
@click.option(
    "--phase",
    type=click.Choice(PHASES),
    default="final",
    show_default=True,
    help=t("where in the programme it stands"),
)
@click.option(
    "--opens",
    metavar="YYYY-MM-DD",
    help=t("the first day on which links work; without it, the day of opening"),
)
@click.option(
    "--closes",
    metavar="YYYY-MM-DD",
    help=t("the last day on which links work; without it, until the wave is closed"),
)
@click.option(
    "--threshold",
    type=int,
    default=THRESHOLD,
    show_default=True,
    help=t("the smallest number of answers that is shown; 3 at least"),
)
@click.option(
    "--population",
    metavar="N|FILE.csv|unknown",
    help=t("how many people the figures speak of; without it, those invited"),
)
def create(
    wave_id: str,
    questionnaire: str,
    title: str | None,
    phase: str,
    opens: str | None,
    closes: str | None,
    threshold: int,
    population: str | None,
) -> None:
    """The definition is stored whole with the wave."""
    instance = Instance()
    name, content = definitions.find(questionnaire)
    loaded = definitions.load(content, name)
    _judge_version(instance, loaded)
    text = content.decode("utf-8-sig")
    made = Wave(
        id=wave_id, title=dict.fromkeys(loaded.languages, title) if title else loaded.title,
        questionnaire=loaded.id, version=loaded.version, mode=loaded.mode, phase=phase, state="draft",
        opens=_day("--opens", opens), closes=_day("--closes", closes), timezone=instance.settings.timezone,
        threshold=threshold, population=_population(population, loaded), synthetic=False,
        definition=text, sha256=inviting.sha256(text),
    )  # fmt: skip
    inviting.create(instance.store, made)
    say(
        "wave {wave}: a draft of {questionnaire}, version {version}, {mode}; "
        "open it with: survey wave open {wave}",
        wave=wave_id,
        questionnaire=loaded.id,
        version=str(loaded.version),
        mode=str(loaded.mode),
    )


def _judge_version(instance: Instance, questionnaire: Questionnaire) -> None:
    """Raise BadWave where an opened wave bears the same version of other items, or a later version."""
    for judged in versions.judged(questionnaire, versions.frozen(instance.store, questionnaire.id)):
        if judged.problem:
            raise BadWave(judged.problem)


def _day(option: str, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise BadWave("{option} is {value}; write a day as YYYY-MM-DD", option=option, value=value) from None


def _population(asked: str | None, questionnaire: Questionnaire) -> Population:
    if asked is None:
        return Population()
    if asked == "unknown":
        return Population("unknown")
    path = Path(asked)
    if path.suffix.lower() != ".csv":
        return stated(asked)
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        raise BadWave("{path} cannot be read: {why}", path=asked, why=str(failure)) from failure
    return from_csv(content, asked, tuple(breakdown.id for breakdown in questionnaire.breakdowns))


@wave.command("open", help=t("Open a wave: its definition is frozen and its links take answers."))
@click.argument("wave_id", metavar="ID")
def open_(wave_id: str) -> None:
    """Deals cells, marks and slots."""
    instance = Instance()
    opened = inviting.open_wave(instance.store, instance.mark_keys, wave_id, now())
    with instance.store.read() as db:
        invited = invitations.count(db, wave_id)
    say("wave {wave} is open: {n} invitations, threshold {threshold}, definition sha256 {sha256}",
        wave=wave_id, n=invited, threshold=opened.threshold, sha256=opened.sha256)  # fmt: skip
    warn_of_small_groups(instance, wave_id)


@wave.command(help=t("Close a wave: count its answers once, for good."))
@click.argument("wave_id", metavar="ID")
def close(wave_id: str) -> None:
    """Closed means closed."""
    instance = Instance()
    with instance.store.read() as db:
        unsent = drafts.count(db, wave_id)
    release = publishing.close(instance.store, instance.mark_keys, wave_id, now(), progress)
    say("wave {wave} is closed: {responses} of {invited} answered; see: survey results {wave}",
        wave=wave_id, responses=release.whole.responses, invited=release.whole.invited)  # fmt: skip
    if unsent:
        say("drafts that were never sent, deleted now: {n}", n=unsent)
    draw_standard(instance, wave_id)


@wave.command("list", help=t("List all waves."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """While an anonymous wave is open its responses move in steps of the threshold."""
    found = monitoring.standings(Instance().store)
    if as_json:
        print_json([standing.to_json() for standing in found])
        return
    header = (
        t("wave"),
        t("questionnaire"),
        t("mode"),
        t("phase"),
        t("state"),
        t("invited"),
        t("responses"),
        t("rate"),
    )
    print_table(header, [_row(standing) for standing in found])


def _row(standing: Standing) -> tuple[str, ...]:
    wave, rate = standing.wave, standing.rate
    return (
        wave.id, wave.questionnaire, str(wave.mode), wave.phase, wave.state, t.number(standing.invited),
        t(standing.responses_said), "-" if rate is None else t.percent(rate, 1),
    )  # fmt: skip


@wave.command(help=t("Show one wave."))
@click.argument("wave_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def show(wave_id: str, as_json: bool) -> None:
    """All that is fixed about it, and how far it is."""
    standing = monitoring.standing(Instance().store, wave_id)
    described = standing.to_json()
    if as_json:
        print_json(described)
        return
    for name, value in {**described, "responses": t(standing.responses_said)}.items():
        shown = t.choose(value) if isinstance(value, dict) else "-" if value is None else value
        click.echo(f"{name}: {shown}")


@wave.command(help=t("Print what evaluators and administrators did to the answers of a wave, oldest first."))
@click.argument("wave_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def log(wave_id: str, as_json: bool) -> None:
    """Never an answer."""
    instance = Instance()
    found = instance.wave(wave_id)
    with instance.store.read() as db:
        entries = audit.of_wave(db, wave_id)
    if as_json:
        print_json([{**vars(entry), "moment": entry.moment.isoformat()} for entry in entries])
        return
    zone = ZoneInfo(found.timezone)
    print_table(
        (t("when"), t("who"), t("what"), t("about")),
        [(t.moment(one.moment.astimezone(zone)), one.who, t(ACTS[one.act]), one.about) for one in entries],
    )


@click.command(
    cls=SurveyCommand, help=t("Print the personal links of a wave; with --count, of new unnamed invitations.")
)
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--count",
    type=click.IntRange(1, 100_000),
    help=t("make so many new invitations and print their links only"),
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="BREAKDOWN=VALUE",
    help=t("the group of the new invitations; may be repeated"),
)
@click.option("--csv", "as_csv", is_flag=True, help=t("a table of links and groups"))
def links(wave_id: str, count: int | None, groups: tuple[str, ...], as_csv: bool) -> None:
    """One address a line."""
    instance = Instance()
    found = instance.wave(wave_id)
    questionnaire = definitions.load(found.definition, wave_id)
    if groups and not count:
        raise click.UsageError(t("--group goes with --count"))
    shown = _new(instance, found, questionnaire, count, groups) if count else _all(instance, wave_id)
    if as_csv:
        _print_csv(questionnaire, shown)
    else:
        for url, _ in shown:
            click.echo(url)


Shown = list[tuple[str, tuple[str, ...]]]


def _new(
    instance: Instance, wave: Wave, questionnaire: Questionnaire, count: int, groups: tuple[str, ...]
) -> Shown:
    values = group_values(questionnaire, named_groups(groups))
    added = inviting.add_invitations(instance.store, instance.mark_keys, wave.id, [values] * count)
    return [(instance.url(one), values) for one in added]


def _all(instance: Instance, wave_id: str) -> Shown:
    with instance.store.read() as db:
        everybody = invitations.of_wave(db, wave_id)
    return [(instance.url(one.id), one.groups) for one in everybody]


def _print_csv(questionnaire: Questionnaire, shown: Shown) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["link", *(breakdown.id for breakdown in questionnaire.invited_by)])
    for url, values in shown:
        table.writerow([url, *("" if value == NOT_ASSIGNED else _cell(value) for value in values)])


def _cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in FORMULA else value
