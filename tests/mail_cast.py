"""People to write to, a courier, and what the tests ask of both."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from survey import mailing
from survey.courier import Courier, Delivery
from survey.keys import secret_keys
from survey.mail.kinds import INVITATION
from survey.store import contacts, outbox
from survey.store.contacts import Contact
from survey.store.outbox import Mail
from survey.tokens import OptOuts, new_id
from tests.cast import NOW, Instance, make_instance
from tests.mail_servers import Server

FROM = "Piano Conciliazione <piano@example.org>"
WAVE = "w"


@dataclass(frozen=True)
class Office:
    """An instance that can send, its courier, and the contacts of its one wave in order of address."""

    instance: Instance
    courier: Courier
    people: tuple[Contact, ...]

    def invite(self, now: datetime = NOW) -> Delivery:
        """Queue the invitations and send what is due."""
        mailing.queue(self.instance.store, WAVE, INVITATION, "eva", now)
        return self.deliver(now)

    def remind(self, now: datetime) -> Delivery:
        """Order a round of reminders and send what is due."""
        mailing.remind(self.instance.store, WAVE, "eva", now)
        return self.deliver(now)

    def deliver(self, now: datetime = NOW) -> Delivery:
        """Send what is due at a moment."""
        return self.courier.deliver(lambda: now, threading.Event())

    def contact(self, email: str) -> Contact:
        """The contact of an address as it is stored now."""
        with self.instance.store.read() as db:
            return next(one for one in contacts.of_wave(db, WAVE) if one.email == email)

    def mail(self, email: str, kind: str = INVITATION) -> Mail | None:
        """The row of a mail to an address."""
        contact = self.contact(email)
        with self.instance.store.read() as db:
            return outbox.of_contact(db, contact.id, kind)

    def state(self, email: str) -> str:
        """The state of the invitation to an address."""
        mail = self.mail(email)
        return mail.state if mail else "none"

    def rows(self) -> int:
        """How many rows of reminders there are."""
        with self.instance.store.read() as db:
            return outbox.waiting_reminders(db, WAVE)

    @property
    def opt_outs(self) -> OptOuts:
        """Tokens that end the mails."""
        return OptOuts(secret_keys(self.instance.settings))


def later(**delta: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(**delta)


def address(number: int) -> str:
    """The address of a person."""
    return f"p{number:04d}@example.org"


def office(
    folder: Path,
    server: Server,
    people: int = 6,
    *,
    definition: str = "beneficiaries",
    names: Sequence[str] = (),
    settings: dict[str, str] | None = None,
    **wave: Any,
) -> Office:
    """An open wave of so many people with addresses."""
    made = make_instance(
        folder, **{"SMTP_URL": server.url, "MAIL_FROM": FROM, "PUBLIC_URL": "https://s.example.org"}
        | (settings or {})
    )  # fmt: skip
    invited = made.wave(WAVE, definition, **({"invited": people} if "groups" not in wave else {}), **wave)
    found = tuple(
        Contact(new_id(), one, WAVE, address(number), names[number] if number < len(names) else "")
        for number, one in enumerate(invited)
    )
    with made.store.write() as db:
        contacts.add(db, found)
    courier = Courier(made.store, made.mark_keys, secret_keys(made.settings), made.settings)
    return Office(made, courier, found)
