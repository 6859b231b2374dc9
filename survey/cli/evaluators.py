"""`survey evaluator ...`."""

import click

from survey import admitting
from survey.cli.common import Group, Instance, now, print_json, print_table, say, t, whoever
from survey.store import evaluators as stored
from survey.store.evaluators import Listed


@click.group(cls=Group, help=t("Evaluators: who may see waves and figures."))
def evaluator() -> None:
    """Add, limit, remove and list evaluators, and print sign-in links."""


@evaluator.command(help=t("Add an evaluator of all waves or of some; or change which an evaluator may see."))
@click.argument("email")
@click.option("--wave", "wave_ids", multiple=True, metavar="WAVE", help=t("only this wave; may be repeated"))
@click.option("--everything", is_flag=True, help=t("all waves, where it was some before"))
def add(email: str, wave_ids: tuple[str, ...], everything: bool) -> None:
    """Addresses are kept in lower case."""
    if wave_ids and everything:
        raise click.UsageError(t("--wave and --everything do not go together"))
    instance, kept, limits = Instance(), admitting.address(email), wave_ids or None
    if admitting.add(instance.store, kept, limits, whoever(), now()):
        say("{email} is an evaluator; print a sign-in link with: survey evaluator link {email}", email=kept)
    elif wave_ids or everything:
        admitting.limit(instance.store, kept, limits, whoever(), now())
        say("{email} is an evaluator, who sees from now on: {waves}",
            email=kept, waves=", ".join(wave_ids) or t("everything"))  # fmt: skip
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


@evaluator.command("list", help=t("List all evaluators, and the waves that each may see."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """In order of address."""
    with Instance().store.read() as db:
        found = stored.everybody(db)
    if as_json:
        print_json([_described(one) for one in found])
    else:
        print_table((t("evaluator"), t("sees")), [(one.email, _seen(one)) for one in found])


def _described(one: Listed) -> dict[str, object]:
    """`waves` is null for somebody who sees everything."""
    return {"email": one.email, "added": one.added, "waves": None if one.limits is None else [*one.limits]}


def _seen(one: Listed) -> str:
    return t("everything") if one.limits is None else ", ".join(one.limits) or "-"
