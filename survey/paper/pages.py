"""Letters, posters and sheets as HTML: one file with its style inside, each letter on a page of its own."""

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.language import INTERFACE, Language, language
from survey.paper import qr, saying
from survey.paper.facts import Addressee, Facts, Poster
from survey.paper.sheet import parts

TEMPLATES = Path(__file__).parent / "templates"


def letters(facts: Facts, addressees: Sequence[Addressee]) -> str:
    """A letter a page, each in its person's language."""
    return _render("letters.html", _of(facts), facts=facts, addressees=addressees)


def sheets(facts: Facts, spoken: str, addressees: Sequence[Addressee], give_back: str) -> str:
    """The questionnaire to be filled in by hand: one for each addressee with the code, or (none) a blank one.

    `spoken` is the language of a blank one, `give_back` says where it goes ("": a line to write on).
    """
    copies: Sequence[Addressee | None] = addressees or [None]
    known = {one.language if one else spoken for one in copies}
    bodies = {code: parts(facts.questionnaire, language(code)) for code in known}
    return _render(
        "sheets.html", spoken, facts=facts, copies=copies, spoken=spoken, bodies=bodies, give_back=give_back
    )


def poster(facts: Facts, poster: Poster) -> str:
    """One page in every language of the questionnaire, with the QR code of the open link."""
    speaking = [language(code) for code in facts.questionnaire.languages]
    return _render("poster.html", speaking[0].code, facts=facts, poster=poster, speaking=speaking)


def policy() -> str:
    """The Content-Security-Policy under which these pages are shown: their own style, and nothing else."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def _of(facts: Facts) -> str:
    return facts.questionnaire.languages[0]


@lru_cache(maxsize=1)
def _style() -> str:
    return (TEMPLATES / "print.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals.update(style=_style(), language=language, qr=qr.inline, say=saying, rule="_" * 30)
    return made


def _render(template: str, code: str, **values: Any) -> str:
    spoken: Language = language(code if code in INTERFACE else "en")
    return _templates().get_template(template).render(t=spoken, **values)
