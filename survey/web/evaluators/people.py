"""The people of a wave: numbers, a list to upload with its preview, one person to find, correct, withdraw.

Nothing of a list is stored until it is confirmed. Addresses never stand in an address of a page, so
that no log of a server in front holds one: whoever is searched for is sent in a form.
"""

import csv
import io
from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from survey import definitions, enrolling
from survey.cells import BadGroup
from survey.definitions.model import Mode
from survey.enrolling import CannotCorrect, NoSuchPerson
from survey.language import Text, language, text
from survey.simulating import RATE
from survey.store import contacts
from survey.store.waves import Wave
from survey.tables import LARGEST, InvalidFile, harmless
from survey.uploads import Upload
from survey.web import access
from survey.web.access import SIGNED_IN, Evaluator, known_wave, store, uploads
from survey.web.evaluators import words

LISTS = ("evaluators.preview_people",)
MOST_FOUND = 20
MOST_PROBLEMS = 50
CHANGEABLE = ("draft", "open")
SAID = {
    "imported": text("The list is stored."),
    "corrected": text("The correction is stored."),
    "added": text("The person is added."),
    "withdrawn": text("The person is withdrawn and gets no more mail. The link goes on working."),
    "discarded": text("The list was discarded; nothing of it was stored."),
}


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a wave's people, all of them guarded."""
    blueprint.get("/waves/<wave_id>/people")(show_people)
    blueprint.get("/waves/<wave_id>/people/not-reached.csv")(not_reached)
    blueprint.post("/waves/<wave_id>/people/preview")(preview_people)
    blueprint.post("/waves/<wave_id>/people/confirm")(confirm_people)
    blueprint.post("/waves/<wave_id>/people/find")(find_people)
    blueprint.post("/waves/<wave_id>/people/add")(add_person)
    blueprint.get("/waves/<wave_id>/people/<contact>")(show_person)
    blueprint.post("/waves/<wave_id>/people/<contact>")(correct_person)
    blueprint.post("/waves/<wave_id>/people/<contact>/withdraw")(withdraw_person)


def allow_lists() -> None:
    """A signed-in evaluator may send more than a respondent: a list of people."""
    if request.endpoint in LISTS and SIGNED_IN in session:
        request.max_content_length = LARGEST + 100_000


def _now() -> datetime:
    return datetime.now(UTC)


@known_wave
def show_people(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """How people can be reached, in numbers, and the forms."""
    uploads().sweep(_now())
    return _page(wave, said=SAID.get(request.args.get("done", "")))


def _page(
    wave: Wave,
    said: Text | None = None,
    problem: Text | None = None,
    found: list[contacts.Contact] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    rate = _rate()
    with store().read() as db:
        reach = contacts.reach(db, wave.id)
    return render_template(
        "evaluators/people.html", wave=wave, words=words, reach=reach, said=said, problem=problem,
        found=found, most_found=MOST_FOUND, changeable=wave.state in CHANGEABLE, rate=rate,
        forecasts=enrolling.forecasts(store(), wave.id, rate / 100) if wave.state in CHANGEABLE else [],
        questionnaire=definitions.load(wave.definition, wave.id), language_of=language,
        named=wave.mode is Mode.NAMED, told=request.form if problem else {},
    ), status  # fmt: skip


def _rate() -> float:
    """The expected rate, in percent."""
    try:
        rate = float(request.values.get("rate", "").replace(",", "."))
    except ValueError:
        return 100 * RATE
    return rate if 1 <= rate <= 100 else 100 * RATE


@known_wave
def preview_people(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """What a list will do; it waits in the instance folder if it can be confirmed."""
    sent = request.files.get("list")
    if sent is None or not sent.filename:
        return _page(wave, problem=text("choose a file first"), status=400)
    upload = Upload(sent.filename[:120], sent.read())
    try:
        looked_at = enrolling.review(store(), wave.id, upload.content, upload.name, _rate() / 100)
    except (InvalidFile, BadGroup) as invalid:
        return _page(wave, problem=invalid.text, status=400)
    token = None
    if not looked_at.problems and not looked_at.plan.nothing:
        token = uploads().keep(upload, wave.id, evaluator.email, _now())
    return render_template(
        "evaluators/people_preview.html", wave=wave, words=words, review=looked_at, token=token,
        problems=looked_at.problems[:MOST_PROBLEMS], language_of=language,
    ), 400 if looked_at.problems else 200  # fmt: skip


@known_wave
def confirm_people(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Store the list that was looked at, or discard it; either way it is not kept any longer."""
    token = request.form.get("token", "")
    upload = uploads().get(token, wave.id, evaluator.email, _now())
    done = "discarded"
    try:
        if "store" in request.form:
            enrolling.import_people(
                store(), access.mark_keys(), wave.id, upload.content, upload.name, evaluator.email, _now(),
                request.form.get("digest", ""),
            )  # fmt: skip
            done = "imported"
    finally:
        uploads().remove(token)
    return redirect(url_for("evaluators.show_people", wave_id=wave.id, done=done), 303)


@known_wave
def find_people(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Those whose address or name holds what was typed."""
    part = request.form.get("part", "").strip()
    with store().read() as db:
        found = contacts.search(db, wave.id, part, MOST_FOUND + 1) if part else []
    return _page(wave, found=found)


@known_wave
def add_person(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """One person more."""
    try:
        enrolling.add(store(), access.mark_keys(), wave.id, _told(wave), evaluator.email, _now())
    except (BadGroup, CannotCorrect) as refused:
        return _page(wave, problem=refused.text, status=400)
    return redirect(url_for("evaluators.show_people", wave_id=wave.id, done="added"), 303)


@known_wave
def show_person(evaluator: Evaluator, wave: Wave, contact: str) -> ResponseReturnValue:
    """One person, to be corrected or withdrawn. Nothing tells whether there was an answer."""
    return _person(wave, contact)


def _person(wave: Wave, contact: str, problem: Text | None = None) -> ResponseReturnValue:
    known, invitation, there = enrolling.known_one(store(), wave.id, _id(contact, wave))
    questionnaire = definitions.load(wave.definition, wave.id)
    stored = enrolling.as_told(questionnaire, known)
    return render_template(
        "evaluators/person.html", wave=wave, words=words, contact=contact, invitation=invitation,
        told=dict(request.form) if problem else stored, stored=stored, problem=problem, contacts=there,
        questionnaire=questionnaire, language_of=language, named=wave.mode is Mode.NAMED,
        changeable=wave.state in CHANGEABLE,
        frozen=wave.state != "draft" and wave.mode is not Mode.NAMED,
    ), 400 if problem else 200  # fmt: skip


@known_wave
def correct_person(evaluator: Evaluator, wave: Wave, contact: str) -> ResponseReturnValue:
    """Store what the form holds of one person."""
    known, _, _ = enrolling.known_one(store(), wave.id, _id(contact, wave))
    try:
        enrolling.correct(
            store(), access.mark_keys(), wave.id, known.invitation, _told(wave), evaluator.email, _now()
        )
    except (BadGroup, CannotCorrect) as refused:
        return _person(wave, contact, refused.text)
    return redirect(url_for("evaluators.show_people", wave_id=wave.id, done="corrected"), 303)


@known_wave
def withdraw_person(evaluator: Evaluator, wave: Wave, contact: str) -> ResponseReturnValue:
    """No more mail to one person."""
    known, _, _ = enrolling.known_one(store(), wave.id, _id(contact, wave))
    enrolling.withdraw(store(), wave.id, known.invitation, evaluator.email, _now())
    return redirect(url_for("evaluators.show_people", wave_id=wave.id, done="withdrawn"), 303)


@known_wave
def not_reached(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Those whom mail does not reach, as a CSV file for Excel in Italy."""
    with store().read() as db:
        header, rows = enrolling.listed(db, wave, bounced=True)
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(header)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    answer = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{wave.id}-not-reached.csv"'
    return answer


def _id(contact: str, wave: Wave) -> bytes:
    try:
        return bytes.fromhex(contact)
    except ValueError:
        raise NoSuchPerson("this person is not in the wave {wave} any more", wave=wave.id) from None


def _told(wave: Wave) -> dict[str, str]:
    """What a form tells of one person, as far as it has the fields."""
    questionnaire = definitions.load(wave.definition, wave.id)
    names = (*enrolling.FIELDS, *(breakdown.id for breakdown in questionnaire.invited_by))
    return {name: request.form[name].strip() for name in names if name in request.form}
