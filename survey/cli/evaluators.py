"""`survey evaluator ...`."""

from datetime import timedelta

import click

from survey import tokens
from survey.cli.common import Group, Instance, now, print_json, say, t
from survey.language import Refusal
from survey.store import evaluators as stored

LIFETIME = timedelta(minutes=15)


class BadAddress(Refusal):
    """What was given is no e-mail address."""


@click.group(cls=Group, help=t("Evaluators: who may see waves and figures."))
def evaluator() -> None:
    """Add, remove, list evaluators, and print sign-in links."""


@evaluator.command(help=t("Add an evaluator."))
@click.argument("email")
def add(email: str) -> None:
    """Addresses are kept in lower case."""
    instance = Instance()
    name, at, host = email.strip().lower().partition("@")
    if not (name and at and host) or not email.isprintable() or " " in email.strip():
        raise BadAddress(
            "{email} is no e-mail address; write for example anna@example.org", email=repr(email)
        )
    with instance.store.write() as db:
        added = stored.add(db, email.strip().lower(), now())
    if added:
        say("{email} is an evaluator; print a sign-in link with: survey evaluator link {email}", email=email)
    else:
        say("{email} is an evaluator already", email=email)


@evaluator.command(help=t("Remove an evaluator; an open session ends at once."))
@click.argument("email")
def remove(email: str) -> None:
    """Sign-in links that were printed stop working."""
    with Instance().store.write() as db:
        stored.remove(db, email.strip().lower())
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
    token = tokens.new_sign_in_token()
    moment = now()
    with instance.store.write() as db:
        stored.issue(db, email, tokens.sign_in_hash(token), moment, moment + LIFETIME)
    return f"{instance.settings.public_url}/sign-in/{token}"


@evaluator.command("list", help=t("List all evaluators."))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(as_json: bool) -> None:
    """In order of address."""
    with Instance().store.read() as db:
        found = stored.everybody(db)
    if as_json:
        print_json([{"email": email, "added": added} for email, added in found])
    else:
        for email, _ in found:
            click.echo(email)
