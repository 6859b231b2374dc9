"""The mails of a wave: how far they are, their words with a preview, sending, the plan of reminders.

Nothing is sent by a page: it queues, and the courier beside the server or `survey send` sends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import cast

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import composing, mailing, phrasing, posted, returning
from survey.composing import Desk
from survey.language import Refusal, Text, language
from survey.mail.kinds import REMINDER
from survey.mail.wording import PLACEHOLDERS, BadTemplate, Template, judged
from survey.mailing import CannotMail
from survey.posted import KIND_NAMES, STATE_NAMES
from survey.reaching import REASONS
from survey.store import outbox
from survey.store.reminding import Plan
from survey.store.waves import Wave
from survey.web.access import Evaluator, known_wave, store
from survey.web.evaluators import words
from survey.web.evaluators.speaking import spoken

KIND = "<any(invitation,reminder,results):kind>"
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A mail's own HTML carries its styles inline; nothing in it may be loaded, sent or run."""


def add_to(blueprint: Blueprint) -> None:
    """The addresses of a wave's mails, all of them guarded."""
    blueprint.get("/waves/<wave_id>/mail")(show_mail)
    blueprint.post("/waves/<wave_id>/mail")(change_mail)
    blueprint.get(f"/waves/<wave_id>/mail/{KIND}")(show_words)
    blueprint.post(f"/waves/<wave_id>/mail/{KIND}")(change_words)
    blueprint.get(f"/waves/<wave_id>/mail/{KIND}/send")(ask_to_send)
    blueprint.post(f"/waves/<wave_id>/mail/{KIND}/send")(send_mail)
    blueprint.get(f"/waves/<wave_id>/mail/{KIND}/preview.html")(mail_as_html)


@known_wave
def show_mail(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """How far the mails of a wave are, what can be done, and the plan of reminders."""
    return _mail_page(wave, None)


def _mail_page(wave: Wave, problem: Text | None) -> str:
    settings = current_app.extensions["rooms"].settings
    return render_template(
        "evaluators/mail.html",
        wave=wave,
        words=words,
        found=posted.overview(store(), wave.id),
        problem=problem,
        days=request.form.get("days"),
        pause=request.form.get("pause"),
        kinds=KIND_NAMES,
        states=STATE_NAMES,
        shown=outbox.STATES,
        able=settings.mail_server is not None and bool(settings.mail_from),
        by_itself=settings.mail_courier == "on",
    )


@known_wave
def change_mail(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Store the plan, or settle the mails that may have been sent."""
    now = datetime.now(UTC)
    act = request.form.get("act")
    try:
        if act == "plan":
            plan = Plan(
                mailing.parsed_days(request.form.get("days", "")), _number(request.form.get("pause", ""))
            )
            mailing.set_plan(store(), wave.id, plan, evaluator.email, now)
        elif act in ("again", "sent"):
            returning.settle_unsure(store(), act == "again", evaluator.email, now, wave.id)
    except mailing.BadPlan as refusal:
        return _mail_page(wave, refusal.text), 400
    return redirect(url_for("evaluators.show_mail", wave_id=wave.id), 303)


def _number(written: str) -> int:
    """A small number as typed; 0, which no plan takes, for anything else."""
    plain = written.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 4 else 0


@known_wave
def show_words(evaluator: Evaluator, wave: Wave, kind: str) -> ResponseReturnValue:
    """The words of a kind of mail in one language, and what one real person gets."""
    code = _code(wave)
    template, changed = phrasing.words(store(), wave.id, kind, code)
    return _words_page(wave, kind, code, template, changed, None)


@known_wave
def change_words(evaluator: Evaluator, wave: Wave, kind: str) -> ResponseReturnValue:
    """Store the words, take the standing ones again, or only look at what was typed."""
    code, act = _code(wave), request.form.get("act")
    typed = Template(request.form.get("subject", ""), request.form.get("body", ""))
    try:
        if act == "look":
            looked = judged(kind, typed)
            return _words_page(wave, kind, code, looked, True, None, looked)
        new = None if act == "reset" else typed
        phrasing.set_words(store(), wave.id, kind, code, new, evaluator.email, datetime.now(UTC))
    except BadTemplate as refusal:
        return _words_page(wave, kind, code, typed, True, refusal.text), 400
    return redirect(url_for("evaluators.show_words", wave_id=wave.id, kind=kind, words=code), 303)


def _words_page(
    wave: Wave,
    kind: str,
    code: str,
    template: Template,
    changed: bool,
    problem: Text | None,
    unsaved: Template | None = None,
) -> str:
    to = request.values.get("to", "")
    return render_template(
        "evaluators/mail_words.html",
        wave=wave,
        words=words,
        kind=kind,
        kind_name=KIND_NAMES[kind],
        code=code,
        codes=[(one, language(one).name) for one in composing.languages(wave)],
        template=template,
        changed=changed,
        problem=problem,
        unsaved=unsaved is not None,
        placeholders=PLACEHOLDERS[kind],
        to=to,
        preview=None if problem else _previewed(wave, kind, to, unsaved, code),
    )


@dataclass(frozen=True)
class Preview:
    """A mail as the page shows it; `problem`: why there is none."""

    headers: Mapping[str, str]
    text: str
    problem: Text | None = None


def _previewed(wave: Wave, kind: str, to: str, unsaved: Template | None, code: str) -> Preview:
    try:
        mail = phrasing.preview(store(), _desk(), wave.id, kind, to, unsaved, code)
    except Refusal as refusal:
        return Preview({}, "", refusal.text)
    return Preview({name: str(mail[name]) for name in ("From", "To", "Subject")}, _part(mail, "plain"))


@known_wave
def mail_as_html(evaluator: Evaluator, wave: Wave, kind: str) -> ResponseReturnValue:
    """The HTML part of the mail that one real person gets, by itself."""
    mail = phrasing.preview(store(), _desk(), wave.id, kind, request.args.get("to", ""), code=_code(wave))
    response = Response(_part(mail, "html"), mimetype="text/html")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


@known_wave
def ask_to_send(evaluator: Evaluator, wave: Wave, kind: str) -> ResponseReturnValue:
    """What sending would do, and the button; or why it cannot be done now."""
    now, prospect, reminders, obstacle = datetime.now(UTC), None, None, None
    try:
        if kind == REMINDER:
            reminders = mailing.reminder_prospect(store(), wave.id, now)
        else:
            prospect = mailing.prospect(store(), wave.id, kind, now)
    except CannotMail as refusal:
        obstacle = refusal.text
    return render_template(
        "evaluators/mail_send.html",
        wave=wave,
        words=words,
        kind=kind,
        kind_name=KIND_NAMES[kind],
        prospect=prospect,
        reminders=reminders,
        obstacle=obstacle,
        reasons=REASONS,
    )


@known_wave
def send_mail(evaluator: Evaluator, wave: Wave, kind: str) -> ResponseReturnValue:
    """Queue the mails, or order the round of reminders. Raises CannotMail."""
    now = datetime.now(UTC)
    if kind == REMINDER:
        mailing.remind(store(), wave.id, evaluator.email, now)
    else:
        mailing.queue(store(), wave.id, kind, evaluator.email, now)
    return redirect(url_for("evaluators.show_mail", wave_id=wave.id), 303)


def _code(wave: Wave) -> str:
    """The language of the words: the one asked for, else the reader's, else the questionnaire's first."""
    spoken_by_wave = composing.languages(wave)
    asked = request.values.get("words", spoken().code)
    return asked if asked in spoken_by_wave else spoken_by_wave[0]


def _desk() -> Desk:
    return cast(Desk, current_app.extensions["desk"])


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
