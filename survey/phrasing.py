"""Journey: the words of a wave's mails -> stored, or shown as somebody would get them."""

from datetime import datetime
from email.message import EmailMessage

from survey import composing
from survey.composing import Desk
from survey.language import Refusal
from survey.mail import wording
from survey.mail.kinds import KINDS
from survey.mail.wording import Template
from survey.store import Store, audit, contacts, invitations, mail_templates, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.waves import Wave


class NobodyThere(Refusal):
    """There is no contact to whom a preview could be addressed."""


class NoSuchMail(Refusal):
    """There is no mail of this kind, or not in this language."""


def words(store: Store, wave_id: str, kind: str, code: str) -> tuple[Template, bool]:
    """The words of a kind of mail in a language, and whether somebody changed them. Raises NoSuchMail."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        _judge_kind(wave, kind, code)
        changed = mail_templates.get(db, wave_id, kind, code) is not None
        return composing.template(db, wave, kind, code), changed


def set_words(
    store: Store, wave_id: str, kind: str, code: str, template: Template | None, who: str, now: datetime
) -> None:
    """Change the words of a kind of mail in a language; None: the standing ones hold again.

    Raises NoSuchMail, BadTemplate.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _judge_kind(wave, kind, code)
        if template is None:
            mail_templates.remove(db, wave_id, kind, code)
        else:
            judged = wording.judged(kind, template)
            mail_templates.put(db, wave_id, kind, code, judged.subject, judged.body)
        audit.add(db, Entry(now, who, audit.TEMPLATE_CHANGED, wave_id, f"{kind}, {code}"))


def preview(
    store: Store, desk: Desk, wave_id: str, kind: str, email: str = "", template: Template | None = None,
    code: str = "",
) -> EmailMessage:  # fmt: skip
    """The mail that the contact of an address gets (without one: the first who would be written to).

    `template` stands in place of the stored words; `code`: prefer somebody who is written to in this
    language. Links are hidden. Raises NobodyThere, NoSuchMail.
    """
    with store.read() as db:
        wave = waves.get(db, wave_id)
        _judge_kind(wave, kind, code or composing.languages(wave)[0])
        found = composing.gathered(db, wave, kind, _sample(db, wave, email.strip().lower(), code))
    if template is not None:
        found = composing.Material(**{**vars(found), "template": template})
    return desk.message(found, hidden=True)


def _sample(db: Database, wave: Wave, email: str, code: str) -> Contact:
    able = [one for one in contacts.of_wave(db, wave.id) if one.email and email in ("", one.email.lower())]
    if not able and email:
        raise NobodyThere("the wave {wave} has nobody with the address {email}", wave=wave.id, email=email)
    if not able:
        raise NobodyThere("the wave {wave} has nobody with an address yet; import people first", wave=wave.id)
    if code and not email:
        spoken = {one.id: one.language for one in invitations.of_wave(db, wave.id)}
        alike = (one for one in able if composing.language_of(wave, spoken[one.invitation]) == code)
        return next(alike, able[0])
    return able[0]


def _judge_kind(wave: Wave, kind: str, code: str) -> None:
    if kind not in KINDS:
        raise NoSuchMail("there is no mail {kind}; the kinds are: {known}", kind=kind, known=", ".join(KINDS))
    if code not in composing.languages(wave):
        raise NoSuchMail(
            "the wave {wave} has no language {code}; it has: {known}",
            wave=wave.id, code=code, known=", ".join(composing.languages(wave)),
        )  # fmt: skip
