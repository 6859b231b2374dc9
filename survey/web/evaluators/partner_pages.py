"""Results for partners: for each group a page of its own, made, looked up and revoked here.

Not to be confused with the links that a partner hands out (`partners.py`): those ask, these answer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import partnering
from survey.answering import today_of
from survey.cells import OneGroup
from survey.definitions.model import Questionnaire
from survey.indicators.beside import SHOWN
from survey.language import INTERFACE, Language, Text, language, text
from survey.partnering import BadPartnerPage, Partnering, UnknownPartnerPage
from survey.store.partner_pages import PartnerPage
from survey.store.waves import Wave
from survey.web import sharing
from survey.web.access import ClosedWave, Evaluator, closed_wave, settings, store
from survey.web.evaluators import words
from survey.web.evaluators.speaking import spoken

NO_GROUP = text("choose for whom the page is")


@dataclass(frozen=True)
class Choice:
    """A group to choose: its value in the form, its name, and what its page would show."""

    value: str
    name: str
    shows: Text


@dataclass(frozen=True)
class Row:
    """A page as it is listed: its id in hexadecimal, address, group, what it shows, whether it works.

    `ended` is the day on which it was withdrawn.
    """

    id: str
    address: str
    name: str
    shows: Text
    page: PartnerPage
    works: bool
    ended: date | None
    language: str


def add_to(blueprint: Blueprint) -> None:
    """The addresses, all of them guarded."""
    blueprint.get("/waves/<wave_id>/partner-pages")(partner_pages)
    blueprint.post("/waves/<wave_id>/partner-pages")(make_partner_page)
    blueprint.post("/waves/<wave_id>/partner-pages/<page_id>/revoke")(revoke_partner_page)


@closed_wave
def partner_pages(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The pages that were made, and a form to make one."""
    return _page(closed)


@closed_wave
def make_partner_page(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """Make a page; what cannot be used comes back with its problem."""
    wave, asked = closed.wave, request.form
    breakdown, _, value = asked.get("group", "").partition("=")
    if not value:
        return _page(closed, NO_GROUP), 422
    try:
        partnering.make(
            store(), wave.id, OneGroup(breakdown, value), evaluator.email, datetime.now(UTC),
            _day(asked.get("expires", "")), asked.get("language", ""),
        )  # fmt: skip
    except BadPartnerPage as refusal:
        return _page(closed, refusal.text), 422
    return redirect(url_for("evaluators.partner_pages", wave_id=wave.id), 303)


@closed_wave
def revoke_partner_page(evaluator: Evaluator, closed: ClosedWave, page_id: str) -> ResponseReturnValue:
    """End a page."""
    try:
        known = bytes.fromhex(page_id)
    except ValueError:
        raise UnknownPartnerPage from None
    partnering.revoke(store(), closed.wave.id, known, evaluator.email, datetime.now(UTC))
    return redirect(url_for("evaluators.partner_pages", wave_id=closed.wave.id), 303)


def _page(closed: ClosedWave, problem: Text | None = None) -> str:
    wave, t, now = closed.wave, spoken(), datetime.now(UTC)
    today = today_of(wave, now)
    return render_template(
        "evaluators/partner_pages.html",
        wave=wave,
        words=words,
        problem=problem,
        typed=request.form,
        choices=_choices(wave, closed.questionnaire, t),
        rows=[_row(one, closed, now, t) for one in partnering.of_wave(store(), wave.id)],
        first=today.isoformat(),
        usual=(today + partnering.USUAL).isoformat(),
        last=(today + partnering.LONGEST).isoformat(),
        written=[language(code) for code in INTERFACE],
    )


def _choices(wave: Wave, questionnaire: Questionnaire, t: Language) -> list[tuple[str, list[Choice]]]:
    """The groups of each breakdown, by its label."""
    shows = sharing.ways(store(), wave)
    return [
        (
            t.choose(breakdown.label),
            [
                Choice(str(group), group.value, SHOWN[way])
                for group, way in shows.items()
                if group.breakdown == breakdown.id
            ],
        )
        for breakdown in questionnaire.invited_by
    ]


def _row(page: PartnerPage, closed: ClosedWave, now: datetime, t: Language) -> Row:
    token = cast(Partnering, current_app.extensions["partnering"]).token(page.id)
    label = t.choose(closed.questionnaire.breakdown(page.group.breakdown).label)
    return Row(
        id=page.id.hex(),
        address=f"{settings().public_url}/p/{token}",
        name=f"{label}: {page.group.value}",
        shows=SHOWN[sharing.ways(store(), closed.wave)[page.group]],
        page=page,
        ended=page.revoked and today_of(closed.wave, page.revoked),
        works=page.revoked is None and not partnering.is_over(page, closed.wave, now),
        language=language(page.language).name if page.language else t("the reader’s"),
    )


def _day(typed: str) -> date | None:
    """A day as browsers send it; None where none was chosen. Raises BadPartnerPage."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise BadPartnerPage("{day} is no day; write it as 2026-12-31", day=repr(typed[:20])) from None
