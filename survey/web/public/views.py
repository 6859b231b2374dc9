"""The addresses of respondents' pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, Response, current_app, request

from survey.answering import Answering, DatabaseBusy, Door, NotAnsweredYet
from survey.language import INTERFACE
from survey.submission import InvalidSubmission, from_form
from survey.web.public.pages import Page, Pages, Sent
from survey.web.public.replies import redirection, reply
from survey.web.public.speaking import choose

RETRY_AFTER = {"Retry-After": "10"}

public = Blueprint("public", __name__)


@public.get("/a/<link>")
def questionnaire(link: str) -> Response:
    """The empty form. Changes nothing: mail programs open links too."""
    door = _answering().open(link, datetime.now(UTC))
    return show(pages().form(door.wave, door.questionnaire, _language(door)))


@public.post("/a/<link>")
def answer(link: str) -> Response:
    """Store the answers and go to the thanks, or show the form again with everything still in it."""
    now = datetime.now(UTC)
    door = _answering().open(link, now)
    sent = sent_fields()
    code = _language(door)
    try:
        _answering().receive(door, from_form(door.questionnaire, sent), now)
    except InvalidSubmission as refused:
        again = pages().form_again(door.wave, door.questionnaire, code, sent, refused.problems)
        return show(again, 422)
    except DatabaseBusy:
        return show(pages().form_again(door.wave, door.questionnaire, code, sent), 503, RETRY_AFTER)
    return redirection(f"/a/{link}/thanks?lang={code}")


@public.get("/a/<link>/thanks")
def thanks(link: str) -> Response:
    """What happens next, for whoever has answered."""
    try:
        door = _answering().status(link)
    except NotAnsweredYet:
        return redirection(f"/a/{link}")
    return show(pages().thanks(door.wave, door.questionnaire, _language(door)))


@public.get("/")
def home() -> Response:
    """What this site is."""
    return show(pages().home(interface_language(None)))


@public.get("/healthz")
def alive() -> Response:
    """Whether the program runs at all."""
    return Response("ok\n", mimetype="text/plain")


@public.get("/readyz")
def ready() -> Response:
    """Whether the program can use its database."""
    check = cast(Callable[[], None], current_app.extensions["ready"])
    try:
        check()
    except Exception:
        current_app.logger.exception("not ready")
        return Response("not ready\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def pages() -> Pages:
    """The pages of this application."""
    return cast(Pages, current_app.extensions["pages"])


def show(page: Page, status: int = 200, more: dict[str, str] | None = None) -> Response:
    """A page as the response to the present request."""
    return reply(page, pages().style_digest, status, more)


def sent_fields() -> Sent:
    """The fields of the form that was sent: name -> every value, in order."""
    return request.form.to_dict(flat=False)


def interface_language(invited: str | None) -> str:
    """The language of a page that belongs to no questionnaire."""
    offered = INTERFACE if invited in (None, *INTERFACE) else (*INTERFACE, str(invited))
    return choose(request.args.get("lang"), invited, request.headers.get("Accept-Language", ""), offered)


def _language(door: Door) -> str:
    accepted = request.headers.get("Accept-Language", "")
    asked = request.args.get("lang") if request.query_string else None
    return choose(asked, door.language, accepted, door.questionnaire.languages)


def _answering() -> Answering:
    return cast(Answering, current_app.extensions["answering"])
