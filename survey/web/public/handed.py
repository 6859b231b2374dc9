"""Ways to a questionnaire without a personal link: an open link, and a code typed on the home page.

Neither page sets a cookie; opening one changes nothing.
"""

from datetime import UTC, datetime
from time import monotonic
from typing import cast

from flask import Blueprint, Response, current_app, request

from survey.codes import MistypedCode
from survey.handing.codes import TooManyCodes, TypedCodes, UnknownCode
from survey.handing.open_links import Entrance, Entrances
from survey.tokens import Links, StartTooOld
from survey.web.public import fields
from survey.web.public.present import RETRY_AFTER, interface_language, pages, show
from survey.web.public.replies import redirection
from survey.web.public.speaking import choose

WRONG = {MistypedCode: 422, UnknownCode: 404, TooManyCodes: 429}
"""A refusal of a typed code -> the status of the home page that says it."""


def add_to(blueprint: Blueprint) -> None:
    """The addresses of these ways."""
    blueprint.get("/o/<token>")(entrance)
    blueprint.post("/o/<token>")(start)
    blueprint.get("/")(home)
    blueprint.post("/")(typed_code)


def entrances() -> Entrances:
    """The journey of this application's open links."""
    return cast(Entrances, current_app.extensions["entrances"])


def entrance(token: str) -> Response:
    """What is asked, and a start button."""
    return _entrance(entrances().open(token, datetime.now(UTC)))


def start(token: str) -> Response:
    """Go to the personal link that this page's button takes, the same one however often it is pressed."""
    opened = entrances().open(token, datetime.now(UTC))
    try:
        invitation = entrances().start(opened, request.form.get(fields.START, ""), monotonic())
    except StartTooOld:
        return _entrance(opened, again=True)
    return _to(invitation, _language(opened))


def home() -> Response:
    """What this site is, and where a code can be typed."""
    return show(pages().home(interface_language(None)))


def typed_code() -> Response:
    """Go to the questionnaire of the code that was typed, or say what is wrong with it."""
    spoken = interface_language(None)
    typed = request.form.get(fields.CODE, "")[:100]
    try:
        found = cast(TypedCodes, current_app.extensions["typed_codes"]).invitation(typed, monotonic())
    except (MistypedCode, UnknownCode, TooManyCodes) as refused:
        page = pages().home_again(spoken, typed, refused.text)
        more = RETRY_AFTER if isinstance(refused, TooManyCodes) else None
        return show(page, WRONG[type(refused)], more)
    return _to(found, request.args.get("lang", ""))


def _entrance(opened: Entrance, again: bool = False) -> Response:
    page = pages().start(
        opened.wave, opened.questionnaire, _language(opened), entrances().fresh(opened), again
    )
    return show(page, 422 if again else 200)


def _language(opened: Entrance) -> str:
    accepted = request.headers.get("Accept-Language", "")
    return choose(request.args.get("lang"), None, accepted, opened.questionnaire.languages)


def _to(invitation: bytes, spoken: str) -> Response:
    """The personal link; the language that was chosen here goes with it."""
    link = cast(Links, current_app.extensions["links"]).link(invitation)
    chosen = f"?lang={spoken}" if spoken.isalpha() and spoken.isascii() and request.args.get("lang") else ""
    return redirection(f"/a/{link}{chosen}")
