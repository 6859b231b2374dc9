"""Journey: what is heard of mails after they went out -> contacts that bounced, mails that are settled."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from survey import reaching
from survey.answering import today_of
from survey.mail import reports
from survey.store import Store, audit, contacts, outbox, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact
from survey.store.database import Database


@dataclass(frozen=True)
class ReportsRead:
    """What delivery reports said: contacts that are marked as bounced now, and reports that fit nobody."""

    bounced: tuple[Contact, ...]
    unknown: int


def read_reports(store: Store, content: bytes, who: str, now: datetime) -> ReportsRead:
    """Mark whoever was not reached, as a mailbox or a single delivery report says."""
    found: list[Contact] = []
    unknown = 0
    with store.write() as db:
        for report in reports.read(content):
            meant = _meant(db, report)
            unknown += not meant
            for contact in meant:
                if contact.bounced is None:
                    reaching.bounced(db, contact, report.reason)
                    found.append(contact)
        for wave_id, n in Counter(one.wave for one in found).items():
            audit.add(db, Entry(now, who, audit.REPORTS_READ, wave_id, str(n)))
    return ReportsRead(tuple(found), unknown)


def _meant(db: Database, report: reports.Report) -> list[Contact]:
    """The contacts of a report. One whose address was corrected since is not meant."""
    if report.contact is not None:
        contact = contacts.get(db, report.contact)
        return [contact] if contact and contact.email.lower() in report.addresses else []
    return [
        contact
        for address in sorted(report.addresses)
        for contact in contacts.of_address(db, address)
        if waves.get(db, contact.wave).state == "open"
    ]


def settle_unsure(store: Store, again: bool, who: str, now: datetime, wave_id: str | None = None) -> int:
    """Mails that may have been sent: queue them again, or take them for sent. How many there were."""
    with store.write() as db:
        unsure = [one for one in outbox.in_state(db, outbox.UNSURE) if wave_id in (None, one.wave)]
        for mail in unsure:
            state = outbox.QUEUED if again else outbox.SENT
            day = None if again else today_of(waves.get(db, mail.wave), now)
            outbox.settle(db, mail.id, state, now, mail.attempts, day, "")
        for wave, n in Counter(one.wave for one in unsure).items():
            audit.add(db, Entry(now, who, audit.UNSURE_SETTLED, wave, str(n)))
        return len(unsure)
