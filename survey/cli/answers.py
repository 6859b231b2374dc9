"""`survey answers import` and `survey answers reopen`."""

import sys
from pathlib import Path

import click

from survey import importing, reopening
from survey.cli.common import Group, Instance, named_groups, now, say, t, warn_of_small_groups, whoever
from survey.tables import InvalidFile


@click.group(cls=Group, help=t("Answers from paper or from another tool."))
def answers() -> None:
    """Import answers, reopen those of an organization."""


@answers.command("import", help=t("Import a CSV of answers into an open wave: all rows or none."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("file", metavar="FILE.csv")
@click.option(
    "--ignore",
    multiple=True,
    metavar="COLUMN",
    help=t("a column to leave out; may be repeated, or hold several with commas"),
)
def import_(wave_id: str, file: str, ignore: tuple[str, ...]) -> None:
    """Columns: item ids, breakdowns, link, disposition; FILE - reads stdin."""
    instance = Instance()
    ignored = frozenset(column.strip() for entry in ignore for column in entry.split(","))
    done = importing.import_answers(
        instance.store, instance.mark_keys, instance.links, wave_id, content_of(file), file, ignored, now(),
        whoever(),
    )  # fmt: skip
    say("{answered} answers stored, {unanswered} invitations without an answer, {added} new invitations",
        answered=done.answered, unanswered=done.unanswered, added=done.added)  # fmt: skip
    if done.dropped:
        say("answers to questions that are not put to the person, left out: {n}", n=done.dropped)
    for breakdown, n in done.unplaced.items():
        say("without {breakdown}, and so in none of its groups: {n}", breakdown=breakdown, n=n)
    warn_of_small_groups(instance, wave_id)


@answers.command(
    help=t("Make what an organization sent a draft again, so that its link works once more; the log says so.")
)
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--group",
    "groups",
    multiple=True,
    required=True,
    metavar="BREAKDOWN=VALUE",
    help=t("which organization, for example organization=O1; may be repeated"),
)
def reopen(wave_id: str, groups: tuple[str, ...]) -> None:
    """Named waves only, while they take answers."""
    instance = Instance()
    entry = reopening.reopen(instance.store, wave_id, named_groups(groups), whoever(), now())
    say("{about}: the answers are a draft again and the link works; they do not count until they are sent "
        "again; what is not sent when the wave closes is deleted", about=entry.about)  # fmt: skip


def content_of(file: str) -> bytes:
    """The bytes of a file, - being stdin. Raises InvalidFile."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as failure:
        raise InvalidFile("{name} cannot be read: {why}", name=file, why=str(failure.strerror)) from failure
