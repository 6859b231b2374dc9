"""Journey: a contact of a wave and a kind of mail -> exactly the mail that this person gets.

The same code makes the mails that are sent and those that are previewed. In a preview the personal link
and the address that ends the mails are hidden: whoever has a link can see whether it was used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from functools import lru_cache

from survey import definitions
from survey.definitions.model import Mode, Questionnaire
from survey.language import DEFAULT, Language, language, plural_text
from survey.mail import building, reports, wording
from survey.mail.kinds import RESULTS
from survey.mail.wording import Occasion, Template
from survey.settings import Settings
from survey.store import contacts, invitations, mail_templates, releases, waves
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.invitations import Invitation
from survey.store.waves import Wave
from survey.tokens import Links, OptOuts, new_id

HIDDEN = "…"


@dataclass(frozen=True)
class Material:
    """All that one mail is made of. `turnout`: answers and invited people of a wave that was counted."""

    id: bytes
    kind: str
    wave: Wave
    contact: Contact
    invitation: Invitation
    template: Template
    turnout: tuple[int, int | None] | None

    @property
    def language(self) -> str:
        """The language in which this person is written to."""
        return language_of(self.wave, self.invitation.language)


def language_of(wave: Wave, asked: str | None) -> str:
    """The language of a mail: the person's own, else Italian, else the first that the questionnaire has."""
    spoken = languages(wave)
    return next((code for code in (asked, DEFAULT) if code in spoken), spoken[0])


def languages(wave: Wave) -> tuple[str, ...]:
    """The languages in which a wave's mails can be written: those of its questionnaire."""
    return _questionnaire(wave.definition, wave.id).languages


def template(db: Database, wave: Wave, kind: str, code: str) -> Template:
    """The words of a kind of mail in a language: as somebody changed them, else the standing ones."""
    changed = mail_templates.get(db, wave.id, kind, code)
    return Template(*changed) if changed else wording.standing(kind, wave.mode is Mode.NAMED, language(code))


def gathered(db: Database, wave: Wave, kind: str, contact: Contact, mail_id: bytes | None = None) -> Material:
    """What a mail to a contact is made of, as it is stored at this moment."""
    invitation = invitations.get(db, contact.invitation)
    words = template(db, wave, kind, language_of(wave, invitation.language))
    turnout = None
    if kind == RESULTS and releases.exists(db, wave.id):
        whole = releases.get(db, wave.id).whole
        turnout = (whole.responses, whole.invited) if whole.responses >= wave.threshold else None
    return Material(mail_id or new_id(), kind, wave, contact, invitation, words, turnout)


def material(db: Database, mail_id: bytes, contact_id: bytes, wave_id: str, kind: str) -> Material | None:
    """What the mail of a row of the outbox is made of; None where its contact is gone."""
    contact = contacts.get(db, contact_id)
    return gathered(db, waves.get(db, wave_id), kind, contact, mail_id) if contact else None


class Desk:
    """Writes mails under the instance's settings and keys."""

    def __init__(self, settings: Settings, keys: tuple[str, ...]) -> None:
        self._settings = settings
        self._links = Links(keys)
        self._opt_outs = OptOuts(keys)

    def message(self, of: Material, hidden: bool = False) -> EmailMessage:
        """The mail. Raises BadMail where a name or an address cannot stand in a header."""
        t = language(of.language)
        link, stop = (HIDDEN, HIDDEN) if hidden else (
            self._links.link(of.invitation.id), self._opt_outs.token(of.contact.id)
        )  # fmt: skip
        opt_out = f"{self._settings.public_url}/u/{stop}"
        mode = of.wave.mode
        occasion = Occasion(of.kind, mode is Mode.NAMED, of.wave.threshold, panel=mode is Mode.PANEL)
        values = self._values(of, f"{self._settings.public_url}/a/{link}", t)
        words = wording.written(of.template, occasion, values, opt_out, t)
        sender = building.address(self._settings.mail_from)
        headers = {
            "Message-ID": reports.message_id(of.contact.id, of.id, sender.domain),
            "Content-Language": t.code,
            "List-Unsubscribe": f"<{opt_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return building.message(
            of.contact.email, words.subject, words.text, words.html, self._settings, headers
        )

    def _values(self, of: Material, link: str, t: Language) -> Mapping[str, str]:
        """What each placeholder stands for in this mail."""
        wave, name = of.wave, building.harmless("name", of.contact.name)
        questionnaire = _questionnaire(wave.definition, wave.id)
        duration = plural_text(
            "It takes about one minute.", "It takes about {n} minutes.", questionnaire.minutes
        )
        return {
            "greeting": t("Dear {name},", name=name) if name else t("Hello,"),
            "name": name,
            "title": t.choose(wave.title),
            "organizer": self._organizer(),
            "contact": wave.contact or self._settings.contact,
            "threshold": t.number(wave.threshold),
            "link": link,
            "duration": t(duration),
            "closes": t.day(wave.closes) if wave.closes else "",
            "until": t("You can answer until {day}.", day=wave.closes) if wave.closes else "",
            "turnout": _turnout(of.turnout, t),
        }

    def _organizer(self) -> str:
        """Who asks: as configured, else the sender's name, else the sender's address."""
        sender = building.address(self._settings.mail_from)
        return self._settings.organizer or sender.display_name or sender.addr_spec


def _turnout(turnout: tuple[int, int | None] | None, t: Language) -> str:
    if turnout is None:
        return ""
    answered, invited = turnout
    if invited is None:
        return t("{answered} people answered.", answered=answered)
    return t("{answered} of {invited} invited people answered.", answered=answered, invited=invited)


@lru_cache(maxsize=16)
def _questionnaire(definition: str, name: str) -> Questionnaire:
    """A wave's questionnaire, which thousands of mails share."""
    return definitions.load(definition, name)
