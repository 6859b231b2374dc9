"""Sign in by a one-time link that the command prints; sign out.

Opening the link changes nothing, because mail scanners open every link: only its button signs in.
"""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from survey import tokens
from survey.store import evaluators
from survey.store.evaluators import SignInRefused
from survey.web import access


def add_to(blueprint: Blueprint) -> None:
    """The addresses of signing in and out, which alone stand before the guards."""
    blueprint.get("/sign-in")(sign_in_page)
    blueprint.get("/sign-in/<token>")(sign_in_link)
    blueprint.post("/sign-in/<token>")(sign_in)
    blueprint.post("/sign-out")(sign_out)


def sign_in_page() -> ResponseReturnValue:
    """How to get a sign-in link."""
    return render_template("evaluators/sign_in.html")


def sign_in_link(token: str) -> ResponseReturnValue:
    """The button that signs in, or why the link is of no use any more."""
    with access.store().read() as db:
        if not evaluators.peek(db, tokens.sign_in_hash(token), datetime.now(UTC)):
            raise SignInRefused
    return render_template("evaluators/sign_in_link.html")


def sign_in(token: str) -> ResponseReturnValue:
    """Use the link up and start a session."""
    with access.store().write() as db:
        email = evaluators.redeem(db, tokens.sign_in_hash(token), datetime.now(UTC))
    access.sign_in(email)
    return redirect(url_for("evaluators.list_waves"), 303)


def sign_out() -> ResponseReturnValue:
    """End the session."""
    access.sign_out()
    return redirect(url_for("evaluators.sign_in_page"), 303)
