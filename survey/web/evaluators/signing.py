"""Sign in by a one-time link, mailed or printed by the command; sign out; the sessions of an evaluator.

Opening the link changes nothing, because mail scanners open every link: only its button signs in.
"""

from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import tokens
from survey.admitting import BadAddress
from survey.store import evaluators, sessions
from survey.store.evaluators import SignInRefused
from survey.web import access
from survey.web.access import Evaluator, anybody
from survey.web.evaluators import forms
from survey.web.evaluators.forms import SignInForm
from survey.web.evaluators.speaking import spoken
from survey.web.knocking import WITHIN, Doorbell


def add_to(blueprint: Blueprint) -> None:
    """The addresses of signing in and out, which alone stand before the guards, and those of sessions."""
    blueprint.get("/sign-in")(sign_in_page)
    blueprint.post("/sign-in")(ask_for_link)
    blueprint.get("/sign-in/<token>")(sign_in_link)
    blueprint.post("/sign-in/<token>")(sign_in)
    blueprint.post("/sign-out")(sign_out)
    blueprint.get("/sessions")(list_sessions)
    blueprint.post("/sessions")(end_session)


def _doorbell() -> Doorbell:
    return cast(Doorbell, current_app.extensions["doorbell"])


def sign_in_page() -> ResponseReturnValue:
    """How to get a sign-in link."""
    return _page(SignInForm())


def _page(form: SignInForm, **values: bool) -> str:
    return render_template("evaluators/sign_in.html", form=form, mails=_doorbell().works, **values)


def ask_for_link() -> ResponseReturnValue:
    """Have a link mailed. The reply is the same, whoever is asked for; too many questions are refused."""
    form = SignInForm()
    if not _doorbell().works:
        return _page(form)
    try:
        rung = _doorbell().ring(form.email.data or "", request.remote_addr or "", spoken())
    except BadAddress as refusal:
        forms.tell(form, {"email": refusal.text}, spoken())
        return _page(form), 422
    if not rung:
        return _page(form, too_often=True), 429, {"Retry-After": str(int(WITHIN.total_seconds()))}
    return _page(form, asked=True)


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


@anybody
def list_sessions(evaluator: Evaluator) -> ResponseReturnValue:
    """Where the evaluator is signed in, since when, each with a button that ends it."""
    with access.store().read() as db:
        found = sessions.of_evaluator(db, evaluator.email, datetime.now(UTC))
    zone = ZoneInfo(access.settings().timezone)
    started = [(one, one.started.astimezone(zone)) for one in found]
    return render_template("evaluators/sessions.html", started=started, evaluator=evaluator)


@anybody
def end_session(evaluator: Evaluator) -> ResponseReturnValue:
    """End one of the evaluator's sessions; the present one by signing out."""
    ended = request.form.get("session", "")
    if ended == evaluator.session:
        return sign_out()
    with access.store().write() as db:
        sessions.end(db, evaluator.email, ended)
    return redirect(url_for("evaluators.list_sessions"), 303)
