"""The pages on which partners read their results: behind a signed address, without sign-in, cookie or script.

Opening one changes nothing of what is shown; that somebody opened it is noted once a day. The address is
the secret: no page is kept by caches, found by search engines, or named to other sites.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.cells import OneGroup
from survey.gallery import Gallery
from survey.language import DEFAULT, INTERFACE, Language, language
from survey.partnering import Partnering
from survey.settings import Settings
from survey.store import Store
from survey.store.partner_pages import PartnerPage
from survey.store.waves import Wave
from survey.web import sharing
from survey.web.evaluators import words
from survey.web.evaluators.beside import beside_page
from survey.web.sharing import SVG_POLICY, TYPES, Shared

partners = Blueprint("partners", __name__)

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
ROBOTS = "noindex, nofollow, noarchive"


@partners.after_request
def add_headers(response: Response) -> Response:
    """What every reply sends; one that set its own keeps it, but for what search engines may do."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Robots-Tag"] = ROBOTS
    return response


@partners.get("/p/<token>")
def page(token: str) -> ResponseReturnValue:
    """The partner's results beside the total."""
    now = datetime.now(UTC)
    found, wave = _partnering().open(token, now)
    t = _language(found)
    shared = _shared(found, wave, t)
    html = render_template(
        "partners/page.html",
        t=t, words=words, wave=wave, shared=shared, found=found, settings=_settings(),
        page=beside_page(shared.beside, shared.questionnaire, t), charts=_charts(token, t),
        languages=[language(code) for code in INTERFACE],
    )  # fmt: skip
    if request.method == "GET":
        _partnering().note(found, wave, now)
    return html


@partners.get("/p/<token>/charts/<what>.<any(svg,png,pdf):form>")
def chart_file(token: str, what: str, form: str) -> ResponseReturnValue:
    """A chart of the page, in its language or in `?lang=`."""
    found, wave = _partnering().open(token, datetime.now(UTC))
    shared = _shared(found, wave, _language(found))
    if not sharing.charted(shared, what):
        abort(404)
    body = sharing.drawn(shared, sharing.order(shared, what, form), _gallery())
    return Response(body, mimetype=TYPES[form], headers={"Content-Security-Policy": SVG_POLICY})


def _charts(token: str, t: Language) -> Callable[[str, str, bool], str]:
    """The addresses of the charts of a page."""

    def address(what: str, form: str, _take: bool) -> str:
        return url_for("partners.chart_file", token=token, what=what, form=form, lang=t.code)

    return address


def _language(found: PartnerPage) -> Language:
    """The language of `?lang=`, else the page's own, else the browser's, else Italian."""
    for code in (request.args.get("lang"), found.language):
        if code in INTERFACE:
            return language(str(code))
    return language(request.accept_languages.best_match(INTERFACE) or DEFAULT)


def _shared(found: PartnerPage, wave: Wave, t: Language) -> Shared:
    return sharing.shared(_store(), wave, OneGroup(*found.group), t)


def _partnering() -> Partnering:
    return cast(Partnering, current_app.extensions["partnering"])


def _store() -> Store:
    return cast(Store, current_app.extensions["rooms"].store)


def _gallery() -> Gallery:
    return cast(Gallery, current_app.extensions["rooms"].gallery)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["rooms"].settings)
