"""`survey people ...` and `survey erase ...`."""

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence

import click

from survey import enrolling
from survey.cli.answers import content_of
from survey.cli.common import Group, Instance, named_groups, now, print_json, say, t, whoever
from survey.enrolling import Review
from survey.language import Text
from survey.people import Plan
from survey.people.columns import COLLEAGUES, EMAIL, LANGUAGE, NAME, PERSON
from survey.rows import InvalidRows
from survey.simulating import Forecast
from survey.tables import harmless

POOLED_SAID = 12


@click.group(cls=Group, help=t("People: who is invited, and how they are reached."))
def people() -> None:
    """Import, list, add, correct, withdraw."""


@people.command("import", help=t("Import a list of people, CSV or .xlsx, into a wave: all rows or none."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help=t("say what would be stored; store nothing"))
def import_(wave_id: str, file: str, dry_run: bool) -> None:
    """Columns: email, name, language and the breakdowns; FILE - reads stdin."""
    instance, content = Instance(), content_of(file)
    looked_at = enrolling.review(instance.store, wave_id, content, file)
    if looked_at.problems:
        raise InvalidRows(file, looked_at.problems)
    _say_review(looked_at)
    if dry_run:
        _say_plan(looked_at.plan)
        say("this was a trial: nothing was stored")
    else:
        done = enrolling.import_people(
            instance.store,
            instance.mark_keys,
            wave_id,
            content,
            file,
            whoever(),
            now(),
            looked_at.plan.digest,
        )
        _say_plan(done)
    for line in forecast_lines(looked_at.forecasts):
        click.echo(t(line), err=True)


def _say_review(looked_at: Review) -> None:
    columns = looked_at.judged.columns
    say("read as: {how}", how=looked_at.how)
    if columns.left_out:
        say("columns that are left out: {columns}", columns=", ".join(columns.left_out))
    for remark in looked_at.judged.remarks:
        click.echo(t(remark), err=True)


def _say_plan(plan: Plan) -> None:
    """What a list does to a wave, in numbers."""
    say("{added} added, {changed} changed, {same} as they were; {absent} of the wave are not in the file "
        "and stay",
        added=len(plan.added), changed=len(plan.changed), same=plan.same, absent=plan.absent)  # fmt: skip


@people.command("list", help=t("List the people of a wave as CSV. Nobody can list who answered."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--bounced", is_flag=True, help=t("only those whom mail does not reach"))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(wave_id: str, bounced: bool, as_json: bool) -> None:
    """Addresses, names, groups, and how they can be reached."""
    instance = Instance()
    wave = instance.wave(wave_id)
    with instance.store.read() as db:
        header, rows = enrolling.listed(db, wave, bounced)
    if as_json:
        print_json([dict(zip(header, row, strict=True)) for row in rows])
        return
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(header)
    table.writerows([harmless(cell) for cell in row] for row in rows)


_about = {
    EMAIL: click.option("--email", help=t("the address")),
    NAME: click.option("--name", help=t("the name")),
    LANGUAGE: click.option("--language", help=t("the language of mails and of the questionnaire")),
    COLLEAGUES: click.option("--colleagues", help=t("named waves: further addresses, one questionnaire")),
    PERSON: click.option("--person", help=t("panel waves: the id by which the study knows the person")),
    "groups": click.option(
        "--group", "groups", multiple=True, metavar="BREAKDOWN=VALUE", help=t("a group; may be repeated")
    ),
}


@people.command(help=t("Add one person to a wave."))
@click.argument("wave_id", metavar="WAVE")
@_about[EMAIL]
@_about[NAME]
@_about[LANGUAGE]
@_about[COLLEAGUES]
@_about[PERSON]
@_about["groups"]
def add(wave_id: str, groups: Sequence[str], **told: str | None) -> None:
    """Also while the wave is open."""
    instance = Instance()
    enrolling.add(instance.store, instance.mark_keys, wave_id, _told(told, groups), whoever(), now())
    say("one person added to the wave {wave}", wave=wave_id)


@people.command(help=t("Correct one person of a wave, for example an address that bounced."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("address", metavar="EMAIL")
@_about[EMAIL]
@_about[NAME]
@_about[LANGUAGE]
@_about[COLLEAGUES]
@_about["groups"]
def correct(wave_id: str, address: str, groups: Sequence[str], **told: str | None) -> None:
    """What is not told stays."""
    instance = Instance()
    changed = enrolling.correct(
        instance.store, instance.mark_keys, wave_id, _whose(instance, wave_id, address), _told(told, groups),
        whoever(), now(),
    )  # fmt: skip
    if changed:
        say("corrected: {what}", what=", ".join(t(enrolling.FIELD_NAMES[field]) for field in sorted(changed)))
    else:
        say("nothing to correct: it is as told already")


@people.command(help=t("No more mail to one person, who stays among the invited as withdrawn."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("address", metavar="EMAIL")
def withdraw(wave_id: str, address: str) -> None:
    """The link goes on working."""
    instance = Instance()
    enrolling.withdraw(instance.store, wave_id, _whose(instance, wave_id, address), whoever(), now())
    say("withdrawn: no more mail; the link goes on working, and the person stays among the invited")


def _whose(instance: Instance, wave_id: str, address: str) -> bytes:
    wave = instance.wave(wave_id)
    with instance.store.read() as db:
        return enrolling.found(db, wave, address)


def _told(told: Mapping[str, str | None], groups: Iterable[str]) -> dict[str, str]:
    return {name: value for name, value in told.items() if value is not None} | named_groups(tuple(groups))


def forecast_lines(forecasts: Iterable[Forecast]) -> Iterable[Text]:
    """What can be shown, as sentences."""
    return [line for one in forecasts for line in enrolling.said(one, POOLED_SAID)]


@click.group(cls=Group, help=t("Erase what is not needed any more."))
def erase() -> None:
    """What is erased does not come back."""


@erase.command("contacts", help=t("Erase all addresses and names of a wave; invitations and rates stay."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--yes", is_flag=True, help=t("of an open wave, too, whose people can then not be reminded"))
def erase_contacts(wave_id: str, yes: bool) -> None:
    """Links go on working."""
    erased = enrolling.erase_contacts(Instance().store, wave_id, whoever(), now(), yes)
    say("contacts erased: {n}; invitations and rates stay; backups hold them until they are deleted, too",
        n=erased)  # fmt: skip
