"""Whom a letter goes to: people by their contact, or the unnamed invitations of a batch, with their codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.cells import Values
from survey.codes import Codes
from survey.handing import codes as short
from survey.handing.batches import of_wave, told
from survey.language import Refusal, Text, text
from survey.store import Store, audit, contacts, handed, invitations, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.handed import Way
from survey.store.invitations import Invitation
from survey.store.waves import Wave


class NobodyToWriteTo(Refusal):
    """The choice holds nobody."""


@dataclass(frozen=True)
class Recipient:
    """One letter: the invitation, the person's name ("" where unknown), language, groups, and the code."""

    invitation: bytes
    name: str
    language: str | None
    groups: Values
    code: str


def _unreachable(contact: Contact) -> bool:
    """Mail does not reach the person."""
    return not contact.email or contact.bounced is not None


PEOPLE: Mapping[str, Text] = {
    "unreachable": text("people whom mail does not reach: without an address, or bounced"),
    "everybody": text("everybody in the list of people"),
}
"""Choices of named people; any other choice is the id of a batch, in hexadecimal."""
_WANTED: Mapping[str, Callable[[Contact], bool]] = {
    "unreachable": _unreachable,
    "everybody": lambda contact: True,
}


def recipients(
    store: Store, codes: Codes, wave_id: str, whom: str, who: str, now: datetime
) -> list[Recipient]:
    """Who gets a letter, by name. An act in the log; codes that are new are stored.

    Whoever was withdrawn or opted out gets none; who has answered is not looked at, since a pile of letters
    would tell.
    Raises UnknownWave, UnknownBatch and NobodyToWriteTo.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        named = _named(db, wave, whom) if whom in PEOPLE else _of_batch(db, wave, whom)
        if not named:
            raise NobodyToWriteTo("nobody is left to whom these letters would go; choose others")
        made = short.given(db, codes, [one.id for one, _ in named])
        audit.add(db, Entry(now, who, audit.LETTERS_MADE, wave_id, told(wave, (), len(named))))
    return [Recipient(one.id, name, one.language, one.groups, made[one.id]) for one, name in named]


def _named(db: Database, wave: Wave, whom: str) -> list[tuple[Invitation, str]]:
    there = _present(db, wave)
    wanted = [
        (there[one.invitation], one.name)
        for one in contacts.of_wave(db, wave.id)
        if one.role == "first" and one.invitation in there and not one.opted_out and _WANTED[whom](one)
    ]
    return sorted(wanted, key=lambda entry: (entry[1].casefold(), entry[0].id))


def _of_batch(db: Database, wave: Wave, whom: str) -> list[tuple[Invitation, str]]:
    """The unnamed invitations of a batch; those behind an open link are nobody's yet."""
    try:
        batch = of_wave(db, wave.id, bytes.fromhex(whom))
    except ValueError:
        raise NobodyToWriteTo("{whom} is no choice of people", whom=repr(whom[:40])) from None
    if batch.way is Way.OPEN:
        return []
    there = _present(db, wave)
    return [(there[one], "") for one in handed.members(db, batch.id) if one in there]


def _present(db: Database, wave: Wave) -> dict[bytes, Invitation]:
    """The invitations of a wave that were not withdrawn."""
    return {one.id: one for one in invitations.of_wave(db, wave.id) if one.disposition != "withdrawn"}
