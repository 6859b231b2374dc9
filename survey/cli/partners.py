"""`survey partner ...`: results are given back to partners, by a page for each."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import click

from survey import definitions, giving, partnering
from survey.cells import OneGroup
from survey.cli.common import Group, Instance, now, one_group, print_json, print_table, say, t, whoever
from survey.indicators.beside import SHOWN, Shows, how_shown
from survey.indicators.model import Results
from survey.keys import secret_keys
from survey.language import INTERFACE, Text, text
from survey.partnering import BadPartnerPage, Partnering, UnknownPartnerPage
from survey.store.partner_pages import PartnerPage

DAY = "%Y-%m-%d"


class _Pages:
    """The pages of one closed wave."""

    def __init__(self, wave_id: str) -> None:
        """Raises UnknownWave, NotClosedYet, and what an Instance raises."""
        self.instance = Instance()
        self.wave = self.instance.wave(wave_id)
        self._public = giving.public_of(self.instance.store, wave_id)

    @cached_property
    def _results(self) -> Results:
        return self._public.results(definitions.load(self.wave.definition, self.wave.id))

    @cached_property
    def _links(self) -> Partnering:
        return Partnering(self.instance.store, secret_keys(self.instance.settings))

    def address(self, page: PartnerPage) -> str:
        return f"{self.instance.settings.public_url}/p/{self._links.token(page.id)}"

    def shows(self, page: PartnerPage) -> Shows:
        return how_shown(self._results, *page.group)

    def works(self, page: PartnerPage) -> bool:
        return page.revoked is None and not partnering.is_over(page, self.wave, now())

    def state(self, page: PartnerPage) -> Text:
        if self.works(page):
            return text("works")
        return text("expired") if page.revoked is None else text("withdrawn")

    def all(self) -> Sequence[PartnerPage]:
        return partnering.of_wave(self.instance.store, self.wave.id)


@click.group(cls=Group, help=t("Results for partners: pages with the results of one group beside the total."))
def partner() -> None:
    """Make, list and revoke."""


@partner.command(help=t("Make a page for one group of a closed wave, and print its address."))
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--group", "pair", required=True, metavar="BREAKDOWN=VALUE", help=t("for whom, such as alliance=A1")
)
@click.option(
    "--expires",
    type=click.DateTime([DAY]),
    metavar="DAY",
    help=t("the last day on which it can be read; 180 days from now unless given"),
)
@click.option("--lang", type=click.Choice(INTERFACE), help=t("the page’s language; else the reader’s"))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def add(wave_id: str, pair: str, expires: datetime | None, lang: str | None, as_json: bool) -> None:
    """Whoever has the address can read the page."""
    pages, group = _Pages(wave_id), one_group(pair, "--group")
    last = expires.date() if expires else None
    made = partnering.make(pages.instance.store, wave_id, group, whoever(), now(), last, lang or "")
    if as_json:
        print_json(_described(pages, made))
        return
    click.echo(pages.address(made))
    say("the page shows: {what}; it can be read until {day}", what=SHOWN[pages.shows(made)], day=made.expires)


@partner.command("list", help=t("List the pages of a wave, their groups, and until when they can be read."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--json", "as_json", is_flag=True, help=t("for programs, with the addresses"))
def list_(wave_id: str, as_json: bool) -> None:
    """By group."""
    pages = _Pages(wave_id)
    if as_json:
        print_json([_described(pages, one) for one in pages.all()])
        return
    header = (t("page"), t("group"), t("shows"), t("until"), t("state"), t("last opened"))
    print_table(header, [_row(pages, one) for one in pages.all()])


@partner.command(help=t("Withdraw the pages of a group, or one page, for good."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--group", "pair", metavar="BREAKDOWN=VALUE", help=t("all pages of this group"))
@click.option("--page", "page_id", metavar="PAGE", help=t("this page, as the list names it"))
def revoke(wave_id: str, pair: str | None, page_id: str | None) -> None:
    """Their addresses say so from now on."""
    if (pair is None) == (page_id is None):
        raise click.UsageError(t("say either --group or --page"))
    pages = _Pages(wave_id)
    chosen = _of_group(pages, one_group(pair, "--group")) if pair else [_one(page_id or "")]
    for one in chosen:
        partnering.revoke(pages.instance.store, wave_id, one, whoever(), now())
    say("pages withdrawn: {n}", n=len(chosen))


def _of_group(pages: _Pages, group: OneGroup) -> list[bytes]:
    found = [one.id for one in pages.all() if one.group == group and one.revoked is None]
    if not found:
        raise BadPartnerPage(
            "no page of {group} can be withdrawn; survey partner list {wave} names those there are",
            group=str(group), wave=pages.wave.id,
        )  # fmt: skip
    return found


def _one(page_id: str) -> bytes:
    try:
        return bytes.fromhex(page_id)
    except ValueError:
        raise UnknownPartnerPage from None


def _described(pages: _Pages, page: PartnerPage) -> dict[str, object]:
    """`shows` is alone, together or withheld; days are ISO days, `opened` the last on which it was."""
    return {
        "page": page.id.hex(),
        "address": pages.address(page),
        "breakdown": page.group.breakdown,
        "group": page.group.value,
        "shows": str(pages.shows(page)),
        "language": page.language or None,
        "made": page.made.isoformat(timespec="seconds"),
        "expires": page.expires.isoformat(),
        "works": pages.works(page),
        "revoked": page.revoked and page.revoked.isoformat(),
        "opened": page.opened and page.opened.isoformat(),
    }


def _row(pages: _Pages, page: PartnerPage) -> tuple[str, ...]:
    shows = t(SHOWN[pages.shows(page)])
    opened = page.opened.isoformat() if page.opened else "-"
    return page.id.hex(), str(page.group), shows, page.expires.isoformat(), t(pages.state(page)), opened
