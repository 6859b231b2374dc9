"""The evaluators' pages: sign in, the list of waves, a wave's figures and charts.

    signing.py    sign in by a one-time link, sign out, sessions
    questionnaires.py  choose a questionnaire, add one, read it
    preparing.py  a new wave, its settings
    turning.py    a wave is opened, its last day moved, closed
    logs.py       who did what
    forms.py      the forms of these pages
    waves.py      the list, a wave's standing or its results, and its JSON
    showing.py    the results of a closed wave as a page
    charting.py   the charts of a closed wave, shown and taken away
    commenting.py the comments of a closed wave: read, searched, redacted
    files.py      results, charts, open data and evidence as files
    comparing.py  two closed waves side by side
    reporting.py  the report: preview and files
    trending.py   closed waves of one questionnaire in a row
    supplements.py  figures that a later definition added to a closed wave
    studies.py    what changed in the people who answered two waves of a study
    rating.py     the response rate of an open wave, by group, with its chart
    own.py        what evaluators of single groups see; beside.py is the page as values
    partner_pages.py  results for partners: their pages made and revoked, which `survey.web.partners` shows
    partners.py   unnamed invitations, posters, letters and paper
    keying.py     answers on paper, keyed in
    taking.py     the answers of a closed wave as files
    mailing.py    the mails of a wave: how far they are, words, preview, sending, plan
    speaking.py   the language of a request
    people.py     the people of a wave: import, search, correct, withdraw
    navigation.py the pages of a wave, as links under its name
    page.py       results -> the page of a wave as values: parts of blocks; group_page.py the same by groups
    dividing.py   many groups: an overview, and a page for each figure
    blocks.py     one figure or question: headlines, pictures, tables, technical details, words are beside it
    crossing.py   a cross of two breakdowns as a page
    drawing.py    the files of charts, from the gallery

Every address but those of signing in stands behind a guard of `survey.web.access`.
"""

from datetime import timedelta

from flask import Blueprint, Flask, Response
from flask_wtf.csrf import CSRFProtect

from survey.web.evaluators import (
    charting,
    commenting,
    comparing,
    files,
    keying,
    logs,
    mailing,
    own,
    partner_pages,
    partners,
    people,
    preparing,
    questionnaires,
    rating,
    refusals,
    reporting,
    signing,
    speaking,
    studies,
    supplements,
    taking,
    trending,
    turning,
    waves,
)

csrf = CSRFProtect()
blueprint = Blueprint("evaluators", __name__, static_folder="../static", static_url_path="/static")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # Flask-WTF wants a referrer over HTTPS; "no-referrer" would refuse every form.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def register(app: Flask) -> None:
    """Put the evaluators' pages into an application that has its rooms in `app.extensions`."""
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # respondents' forms carry no token; ours are checked below
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.extensions["rooms"].settings.public_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    csrf.init_app(app)
    app.register_blueprint(blueprint)


# Before the form is read, which the check below does.
blueprint.before_request(people.allow_lists)


@blueprint.before_request
def check_form() -> None:
    """Refuse a form that did not come from one of our pages."""
    csrf.protect()


@blueprint.after_request
def add_headers(response: Response) -> Response:
    """What every page sends; a view that set its own keeps it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


blueprint.before_request(speaking.remember)
blueprint.context_processor(speaking.for_templates)
signing.add_to(blueprint)
questionnaires.add_to(blueprint)
preparing.add_to(blueprint)
turning.add_to(blueprint)
logs.add_to(blueprint)
waves.add_to(blueprint)
charting.add_to(blueprint)
files.add_to(blueprint)
comparing.add_to(blueprint)
reporting.add_to(blueprint)
commenting.add_to(blueprint)
trending.add_to(blueprint)
studies.add_to(blueprint)
supplements.add_to(blueprint)
rating.add_to(blueprint)
own.add_to(blueprint)
partner_pages.add_to(blueprint)
partners.add_to(blueprint)
keying.add_to(blueprint)
people.add_to(blueprint)
mailing.add_to(blueprint)
taking.add_to(blueprint)
refusals.add_to(blueprint)
