"""What the present request works with: the pages, the journeys, what was sent, the language."""

from collections.abc import Mapping
from typing import cast

from flask import Response, current_app, request

from survey.answering import Answering, Door
from survey.definitions.model import Questionnaire
from survey.drafting import Drafting
from survey.reaching import OptingOut
from survey.tokens import Carrier, Receipts
from survey.web.public.packing import AnyPage
from survey.web.public.pages import Pages
from survey.web.public.replies import reply
from survey.web.public.speaking import choose

RETRY_AFTER = {"Retry-After": "10"}


def pages() -> Pages:
    """The pages of this application."""
    return cast(Pages, current_app.extensions["pages"])


def answering() -> Answering:
    """The journey of this application's respondents."""
    return cast(Answering, current_app.extensions["answering"])


def drafting() -> Drafting:
    """The journey of drafts of this application."""
    return cast(Drafting, current_app.extensions["drafting"])


def opting_out() -> OptingOut:
    """What ends the mails to somebody."""
    return cast(OptingOut, current_app.extensions["opting_out"])


def carrier() -> Carrier:
    """What packs answers that travel in a form."""
    return cast(Carrier, current_app.extensions["carrier"])


def receipts() -> Receipts:
    """What makes receipts."""
    return cast(Receipts, current_app.extensions["receipts"])


def show(page: AnyPage, status: int = 200, more: Mapping[str, str] | None = None) -> Response:
    """A page as the response to the present request."""
    return reply(page, status, more)


def sent_fields() -> dict[str, list[str]]:
    """The fields of the form that was sent: name -> every value, in order."""
    return request.form.to_dict(flat=False)


def interface_language(invited: str | None) -> str:
    """The language of a page that belongs to no questionnaire."""
    spoken = pages().spoken
    offered = spoken if invited in (None, *spoken) else (*spoken, str(invited))
    return choose(request.args.get("lang"), invited, request.headers.get("Accept-Language", ""), offered)


def language_of(door: Door) -> str:
    """The language of a page of this questionnaire, for whoever came by a link."""
    return language_for(door.language, door.questionnaire)


def language_for(invited: str | None, questionnaire: Questionnaire) -> str:
    """The language of a page of a questionnaire; `invited` is the invitation's."""
    accepted = request.environ.get("HTTP_ACCEPT_LANGUAGE", "")
    asked = request.args.get("lang") if request.query_string else None
    return choose(asked, invited, accepted, questionnaire.languages)
