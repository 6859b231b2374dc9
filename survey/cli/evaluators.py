"""`survey evaluator ...`."""

import click

from survey import admitting
from survey.admitting import Wish
from survey.cli.common import Group, Instance, now, one_group, print_json, print_table, say, t, whoever
from survey.store import evaluators as stored
from survey.store import sessions as browsing
from survey.store.evaluators import Listed, Rights


@click.group(cls=Group, help=t("Evaluators: who may see waves and figures."))
def evaluator() -> None:
    """Add, limit, remove and list evaluators, and print sign-in links."""


@evaluator.command(
    help=t("Add an evaluator of everything, of some waves or groups; or change what one may see.")
)
@click.argument("email")
@click.option("--wave", "wave_ids", multiple=True, metavar="WAVE", help=t("only this wave; may be repeated"))
@click.option("--only", "pairs", multiple=True, metavar="BREAKDOWN=VALUE", help=t("only this group beside "
              "the whole, such as alliance=A1; may be repeated"))  # fmt: skip
@click.option("--whole", is_flag=True, help=t("whole waves, where it was some groups before"))
@click.option("--everything", is_flag=True, help=t("all waves, whole, where it was less before"))
def add(email: str, wave_ids: tuple[str, ...], pairs: tuple[str, ...], whole: bool, everything: bool) -> None:
    """Addresses are kept in lower case."""
    if everything and (wave_ids or pairs):
        raise click.UsageError(t("--everything goes with neither --wave nor --only"))
    if whole and pairs:
        raise click.UsageError(t("--whole and --only do not go together"))
    only = tuple(one_group(pair, "--only") for pair in pairs)
    instance, kept, wish = Instance(), admitting.address(email), Wish(wave_ids, only, everything, whole)
    if admitting.add(instance.store, kept, wave_ids or None, whoever(), now(), only):
        say("{email} is an evaluator; print a sign-in link with: survey evaluator link {email}", email=kept)
    elif wish:
        rights = admitting.change(instance.store, kept, wish, whoever(), now())
        say("{email} is an evaluator, who sees from now on: {rights}", email=kept, rights=_seen(rights))
    else:
        say("{email} is an evaluator already", email=kept)


@evaluator.command(help=t("Remove an evaluator; an open session ends at once."))
@click.argument("email")
def remove(email: str) -> None:
    """Sign-in links that were printed stop working."""
    admitting.remove(Instance().store, email.strip().lower(), whoever(), now())
    say("{email} is no evaluator any more", email=email)


@evaluator.command(help=t("Print a sign-in link that works once, for 15 minutes."))
@click.argument("email")
def link(email: str) -> None:
    """Only the link's hash is stored."""
    instance = Instance()
    click.echo(sign_in_url(instance, email.strip().lower()))
    say("the link works once, for 15 minutes")


def sign_in_url(instance: Instance, email: str) -> str:
    """A fresh sign-in address. Raises UnknownEvaluator."""
    return admitting.link(instance.store, instance.settings.public_url, email, now())


@evaluator.command("list", help=t("List all evaluators, and what each may see."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """In order of address."""
    with Instance().store.read() as db:
        found = stored.everybody(db)
    if as_json:
        print_json([_described(one) for one in found])
    else:
        print_table((t("evaluator"), t("sees")), [(one.email, _seen(one)) for one in found])


@evaluator.command(help=t("List the sessions of an evaluator that are not over, or end them."))
@click.argument("email")
@click.option("--end", is_flag=True, help=t("end all of them: signed out in every browser"))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def sessions(email: str, end: bool, as_json: bool) -> None:
    """The latest first. Raises UnknownEvaluator."""
    store, kept = Instance().store, email.strip().lower()
    with store.write() if end else store.read() as db:
        stored.visible(db, kept)
        found = browsing.of_evaluator(db, kept, now())
        if end:
            browsing.end_all(db, kept)
    if as_json:
        print_json([{"started": one.started.isoformat(), "browser": one.browser} for one in found])
    else:
        rows = [(t.moment(one.started), one.browser or "-") for one in found]
        print_table((t("since"), t("browser")), rows)
    if end:
        say("sessions that were ended: {n}", n=len(found))


def _described(one: Listed) -> dict[str, object]:
    """`waves` is null for somebody who sees all waves, `only` for somebody who sees them whole."""
    return {
        "email": one.email,
        "added": one.added,
        "waves": None if one.limits is None else [*one.limits],
        "only": [{"breakdown": of.breakdown, "group": of.value} for of in one.only] or None,
    }


def _seen(one: Rights) -> str:
    """The waves, then the groups if it is not all of them."""
    limits = one.limits
    if limits is None and not one.only:
        return t("everything")
    seen = t("all waves") if limits is None else ", ".join(limits) or "-"
    groups = ", ".join(map(str, one.only))
    return t("{waves}, there only {groups}", waves=seen, groups=groups) if groups else seen
