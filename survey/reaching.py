"""Journey: what is known of an address -> its contact, the mails to it, and what became of its invitation.

A contact that bounced or opted out gets no more mails; the link of its invitation stays as it was. An
invitation none of whose contacts can be written to says so itself, which the rates' composition counts.
"""

from dataclasses import dataclass

from survey.language import Text, text
from survey.mail.kinds import KINDS, REMINDER
from survey.store import Store, contacts, invitations, outbox
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.tokens import OptOuts

NO_ADDRESS, BOUNCED, OPTED_OUT, WITHDRAWN = "no_address", "bounced", "opted_out", "withdrawn"
REASONS = {
    NO_ADDRESS: text("has no address"),
    BOUNCED: text("mail to this address came back"),
    OPTED_OUT: text("wants no more mails"),
    WITHDRAWN: text("was withdrawn"),
    "closed": text("the links of the wave take no answers any more"),
    "unusable": text("a name or an address that cannot stand in a mail"),
}
"""Why somebody gets no mail."""
WRITTEN_TO = (outbox.SENT, outbox.REFUSED, outbox.QUEUED, outbox.UNSURE)


def unreachable(contact: Contact, disposition: str | None) -> str | None:
    """Why a contact of an invitation gets no mail (a name of REASONS), or None."""
    if disposition == WITHDRAWN:
        return WITHDRAWN
    if contact.opted_out:
        return OPTED_OUT
    if contact.bounced is not None:
        return BOUNCED
    return None if contact.email else NO_ADDRESS


def reason_text(reason: str) -> Text:
    """A reason in words; one that is not in REASONS is a mail server's own."""
    return REASONS.get(reason) or text("{n}", n=reason)


def bounced(db: Database, contact: Contact, reason: str) -> None:
    """Mail to a contact did not arrive, and will not. `reason`: what the mail server said.

    Whichever mail it was, the invitation's bears it: nobody shall tell that it was a reminder.
    """
    contacts.set_bounced(db, contact.id, reason)
    for kind in KINDS:
        mail = outbox.of_contact(db, contact.id, kind)
        if mail and kind == REMINDER:
            outbox.remove(db, [mail.id])
        elif mail and mail.state in (*WRITTEN_TO, outbox.SENDING):
            outbox.settle(db, mail.id, outbox.BOUNCED, mail.due, mail.attempts, mail.day, reason)
    settle(db, contact.invitation)


def opted_out(db: Database, contact: Contact) -> None:
    """A contact wants no more mails."""
    contacts.set_opted_out(db, contact.id)
    settle(db, contact.invitation)


def settle(db: Database, invitation_id: bytes) -> None:
    """Bring an invitation's disposition into step with its contacts; `withdrawn` stays."""
    before = invitations.get(db, invitation_id).disposition
    if before == WITHDRAWN:
        return
    reasons = [unreachable(one, None) for one in contacts.of_invitation(db, invitation_id)]
    lost = [reason for reason in reasons if reason in (BOUNCED, OPTED_OUT)]
    now = None if not lost or None in reasons else OPTED_OUT if OPTED_OUT in lost else BOUNCED
    if now != before:
        invitations.set_dispositions(db, [(invitation_id, now)])


@dataclass(frozen=True)
class Choice:
    """Whether somebody gets no more mails, as an erased contact does not; the language of the invitation."""

    opted_out: bool
    language: str | None


class OptingOut:
    """What the address in every mail leads to; it knows contacts by their token, and nobody's answers."""

    def __init__(self, store: Store, opt_outs: OptOuts) -> None:
        self._store = store
        self._opt_outs = opt_outs

    def choice(self, token: str) -> Choice:
        """How it is now; changes nothing. Raises UnknownLink."""
        contact_id = self._opt_outs.contact(token)
        with self._store.read() as db:
            contact = contacts.get(db, contact_id)
            return Choice(contact is None or contact.opted_out, _language(db, contact))

    def opt_out(self, token: str) -> Choice:
        """End the mails; doing it again changes nothing. Raises UnknownLink."""
        contact_id = self._opt_outs.contact(token)
        with self._store.write() as db:
            contact = contacts.get(db, contact_id)
            if contact is not None and not contact.opted_out:
                opted_out(db, contact)
            return Choice(True, _language(db, contact))


def _language(db: Database, contact: Contact | None) -> str | None:
    return invitations.get(db, contact.invitation).language if contact else None
