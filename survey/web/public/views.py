"""The addresses of respondents' pages."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, Response, abort, current_app

from survey.answering import AlreadyAnswered, Door, NotAnsweredYet
from survey.definitions.model import Mode
from survey.web.public import drafts, handed
from survey.web.public.present import (
    answering,
    drafting,
    interface_language,
    language_for,
    language_of,
    opting_out,
    pages,
    receipts,
    sent_fields,
    show,
)
from survey.web.public.replies import redirection
from survey.web.public.walking import step

public = Blueprint("public", __name__)
handed.add_to(public)


@public.get("/a/<link>")
def questionnaire(link: str) -> Response:
    """The form, empty or with its draft. Changes nothing: mail programs open links too."""
    now = datetime.now(UTC)
    door = answering().open(link, now)
    if door.wave.mode is Mode.NAMED:
        return drafts.opened(link, door, now)
    return show(pages().form(door.wave, door.questionnaire, language_of(door)))


@public.post("/a/<link>")
def answer(link: str) -> Response:
    """Store the answers and go to the thanks, or show the form again with everything still in it."""
    now = datetime.now(UTC)
    try:
        door = answering().sent(link, now)
        return _ANSWERED[door.wave.mode](link, door, now)
    except AlreadyAnswered as refusal:
        return drafts.too_late(link, refusal)


def _answered(link: str, door: Door, now: datetime) -> Response:
    return step(link, door, language_of(door), now, sent_fields())


_ANSWERED = {Mode.ANONYMOUS: _answered, Mode.PANEL: _answered, Mode.NAMED: drafts.answered}


@public.get("/a/<link>/thanks")
def thanks(link: str) -> Response:
    """What happens next, for whoever has answered."""
    try:
        door = answering().status(link)
    except NotAnsweredYet:
        return redirection(f"/a/{link}")
    named = door.wave.mode is Mode.NAMED
    receipt = None if named else receipts().receipt(door.wave.id)
    return show(pages().thanks(door.wave, door.questionnaire, language_of(door), receipt))


@public.get("/a/<link>/copy")
def copy(link: str) -> Response:
    """What was sent by the link of a named wave, to be read and printed; nobody can tell of any other."""
    try:
        door = answering().status(link)
    except NotAnsweredYet:
        return redirection(f"/a/{link}")
    if door.wave.mode is not Mode.NAMED:
        abort(404)
    sent = drafting().sent(door)
    if sent is None:
        return redirection(f"/a/{link}")
    return show(pages().copy(door.wave, door.questionnaire, language_of(door), sent))


@public.get("/u/<token>")
def mails(token: str) -> Response:
    """The button that ends the mails. Changes nothing: mail programs open links too."""
    choice = opting_out().choice(token)
    return show(pages().opt_out(interface_language(choice.language), choice.opted_out))


@public.post("/u/<token>")
def opt_out(token: str) -> Response:
    """End the mails: by the button, or by one click in a mail program (RFC 8058)."""
    choice = opting_out().opt_out(token)
    return show(pages().opt_out(interface_language(choice.language), choice.opted_out))


@public.get("/privacy/<wave_id>")
def privacy(wave_id: str) -> Response:
    """The privacy notice of a wave that was opened, for anybody: it needs no link and uses none up."""
    wave, questionnaire = answering().asked(wave_id)
    if wave.state == "draft":
        abort(404)
    return show(pages().privacy(wave, questionnaire, language_for(None, questionnaire)))


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
