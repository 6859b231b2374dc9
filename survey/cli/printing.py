"""`survey letters`, `survey paper` and `survey open-link`."""

from pathlib import Path

import click

from survey import definitions
from survey.cells import group_values
from survey.cli.common import Command, Instance, named_groups, now, say, t, whoever, write_file
from survey.handing import batches
from survey.handing.letters import PEOPLE, NobodyToWriteTo
from survey.handing.printing import Order
from survey.store import handed
from survey.store.handed import Way

LANG = click.option(
    "--lang", default=t.code, show_default=True, help=t("the language, where a person has none")
)
GIVE_BACK = click.option("--give-back", default="", help=t("where filled-in sheets go, as they shall say"))


def _ending(out: str) -> str:
    return Path(out).suffix.lower().removeprefix(".")


@click.command(cls=Command, help=t("Print letters with link, QR code and short code, one page each."))
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--whom",
    type=click.Choice([*PEOPLE, "links", "paper"]),
    default="unreachable",
    show_default=True,
    help=t("people whom mail does not reach, everybody, or unnamed invitations for links or paper"),
)
@click.option(
    "--sheets", is_flag=True, help=t("print the questionnaire on paper, each with a code, not letters")
)
@click.option(
    "--out", required=True, metavar="FILE.html|docx", help=t("the file; its ending says the format")
)
@LANG
@GIVE_BACK
def letters(wave_id: str, whom: str, sheets: bool, out: str, lang: str, give_back: str) -> None:
    """An act in the log."""
    instance = Instance()
    what = "sheets" if sheets else "letters"
    chosen = [whom] if whom in PEOPLE else _batches(instance, wave_id, Way(whom))
    for number, one in enumerate(chosen):
        order = Order(what, one, lang, _ending(out), give_back)
        path = Path(out) if len(chosen) == 1 else Path(out).with_stem(f"{Path(out).stem}-{number + 1}")
        write_file(str(path), instance.press.letters(wave_id, order, whoever(), now()))


def _batches(instance: Instance, wave_id: str, way: Way) -> list[str]:
    """The batches of a way. Raises UnknownWave, and NobodyToWriteTo where there is none."""
    instance.wave(wave_id)
    with instance.store.read() as db:
        found = [one.id.hex() for one in handed.of_wave(db, wave_id) if one.way is way]
    if not found:
        raise NobodyToWriteTo("nobody is left to whom these letters would go; choose others")
    return found


@click.command(cls=Command, help=t("Print the blank questionnaire to be filled in by hand."))
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--out", required=True, metavar="FILE.html|docx", help=t("the file; its ending says the format")
)
@LANG
@GIVE_BACK
@click.option(
    "--count", type=click.IntRange(1, 100_000), help=t("also make so many places for sheets without a code")
)
@click.option(
    "--group", "groups", multiple=True, metavar="BREAKDOWN=VALUE", help=t("the group of these places")
)
def paper(
    wave_id: str, out: str, lang: str, give_back: str, count: int | None, groups: tuple[str, ...]
) -> None:
    """Places are unnamed invitations that wait for sheets."""
    instance = Instance()
    if groups and not count:
        raise click.UsageError(t("--group goes with --count"))
    body = instance.press.sheet(wave_id, lang, _ending(out), give_back)
    if count:
        _made(instance, wave_id, Way.PAPER, count, groups)
    write_file(out, body)


@click.command("open-link", cls=Command, help=t("Make an open link with unnamed invitations behind it."))
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--count", type=click.IntRange(1, 100_000), required=True, help=t("how many people can start by it")
)
@click.option("--group", "groups", multiple=True, metavar="BREAKDOWN=VALUE", help=t("the group of the new "
              "invitations; may be repeated"))  # fmt: skip
@click.option("--out", metavar="FILE.html|svg|png", help=t("a poster to print, or the QR code alone"))
def open_link(wave_id: str, count: int, groups: tuple[str, ...], out: str | None) -> None:
    """Prints its address."""
    instance = Instance()
    batch = _made(instance, wave_id, Way.OPEN, count, groups)
    click.echo(instance.press.address(batch))
    if out:
        write_file(out, instance.press.poster(wave_id, batch, _ending(out)))


def _made(instance: Instance, wave_id: str, way: Way, count: int, groups: tuple[str, ...]) -> handed.Batch:
    wave = instance.wave(wave_id)
    values = group_values(definitions.load(wave.definition, wave_id), named_groups(groups))
    made = batches.make(instance.store, instance.mark_keys, wave_id, way, values, count, whoever(), now())
    say("{n} unnamed invitations made", n=made.made)
    return made
