"""The language of a request: the chosen one, else the browser's, else Italian."""

from typing import Any
from urllib.parse import urlencode

from flask import g, request, session

from survey.language import DEFAULT, INTERFACE, Language, language
from survey.web.access import SIGNED_IN
from survey.web.evaluators.navigation import wave_pages

FILES = frozenset(
    f"evaluators.{name}"
    for name in (
        *("chart_file", "own_chart", "results_file", "mail_as_html"),
        *("answers_file", "described_file"),
        *("report_file", "report_picture"),
        *("comparison_file", "pair_file", "rates_file", "supplement_file", "trend_file"),
        *("wave_file", "make_file"),
    )
)
"""Files name their own language and leave the session alone."""

CHOICES = ("by", "questionnaire", "group", "baseline", "order", "figure", "print")
"""What a page in another language keeps of the choices in its address."""


def remember() -> None:
    """Keep a language chosen by `?lang=` for the pages that follow."""
    asked = request.args.get("lang")
    if asked in INTERFACE and request.endpoint not in FILES and session.get("lang") != asked:
        session["lang"] = asked


def spoken() -> Language:
    """The language in which this request is answered."""
    chosen = session.get("lang")
    if chosen not in INTERFACE:
        chosen = request.accept_languages.best_match(INTERFACE) or DEFAULT
    return language(chosen)


def for_templates() -> dict[str, Any]:
    """What every template has: `t`, the languages to switch to, and whether somebody is signed in."""
    return {
        "t": spoken(),
        "languages": [(language(code), _address(code)) for code in INTERFACE],
        "is_signed_in": SIGNED_IN in session,
        "sees_everything": "evaluator" in g and g.evaluator.sees_everything,
        "sees_whole_waves": "evaluator" not in g or g.evaluator.own is None,
        "wave_pages": wave_pages,
    }


def _address(code: str) -> str:
    """This page in another language; of its choices only what it shows is kept."""
    kept = {name: request.args[name] for name in CHOICES if name in request.args}
    return f"{request.path}?{urlencode({**kept, 'lang': code})}"
