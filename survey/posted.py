"""Journey: the outbox of a wave -> how far its mails are, and how many went out on which day.

What is said of reminders is said as the answers are: a round goes to exactly those who have not answered.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from survey import monitoring
from survey.language import Text, text
from survey.mail.kinds import INVITATION, REMINDER, RESULTS
from survey.store import Store, contacts, outbox, reminding, waves
from survey.store.contacts import Contact
from survey.store.reminding import Plan
from survey.store.waves import Wave

KIND_NAMES: Mapping[str, Text] = {
    INVITATION: text("invitation"),
    REMINDER: text("reminder"),
    RESULTS: text("thanks after closing"),
}
STATE_NAMES: Mapping[str, Text] = {
    outbox.QUEUED: text("queued"),
    outbox.SENDING: text("being sent"),
    outbox.SENT: text("sent"),
    outbox.REFUSED: text("refused for now, tried again"),
    outbox.BOUNCED: text("bounced"),
    outbox.SKIPPED: text("skipped"),
    outbox.UNSURE: text("may have been sent"),
}


@dataclass(frozen=True)
class Overview:
    """How far the mails of a wave are.

    `states`: rows by kind and state, without reminders; `reminded`: accepted reminders, as can be told;
    `failed`: contacts whose mail came back, with the reason; `unsure`: those whose mail may have been sent.
    """

    states: Mapping[str, Counter[str]]
    reminded: Text
    under_way: bool
    rounds: tuple[reminding.Round, ...]
    plan: Plan
    failed: tuple[Contact, ...]
    unsure: tuple[Contact, ...]
    addresses: int


def overview(store: Store, wave_id: str) -> Overview:
    """How far the mails of a wave are. Raises UnknownWave."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        states = outbox.states(db, wave_id)
        states.pop(REMINDER)
        everybody = contacts.of_wave(db, wave_id)
        unsure = {one.contact for one in outbox.in_state(db, outbox.UNSURE) if one.kind != REMINDER}
        rounds = tuple(reminding.rounds(db, wave_id))
        reminded = sum(
            n[outbox.SENT] for (kind, _), n in outbox.counts(db, wave_id).items() if kind == REMINDER
        )
        return Overview(
            states,
            monitoring.uncounted(wave, reminded),
            any(one.ended is None for one in rounds),
            rounds,
            reminding.plan(db, wave_id),
            tuple(one for one in everybody if one.bounced is not None),
            tuple(one for one in everybody if one.id in unsure),
            sum(bool(one.email) for one in everybody),
        )


@dataclass(frozen=True)
class DayOfMails:
    """How many mails of a kind a server took on a day, in words and to reckon with: of reminders, as told."""

    day: date
    kind: str
    said: Text
    n: int


def by_day(store: Store, wave_id: str) -> tuple[DayOfMails, ...]:
    """The days on which invitations and reminders of a wave went out, in order. Raises UnknownWave.

    A round of reminders goes to exactly those who have not answered: its number is not told as long as the
    wave tells its answers in steps.
    """
    with store.read() as db:
        wave, found = waves.get(db, wave_id), outbox.counts(db, wave_id)
    went = sorted((day, kind, n[outbox.SENT]) for (kind, day), n in found.items() if kind != RESULTS)
    return tuple(_told(wave, day, kind, n) for day, kind, n in went if n)


def _told(wave: Wave, day: date, kind: str, n: int) -> DayOfMails:
    if kind == REMINDER:
        return DayOfMails(day, kind, monitoring.uncounted(wave, n), monitoring.lowered(wave, n))
    return DayOfMails(day, kind, text("{n}", n=n), n)


def went_out(days: Iterable[DayOfMails]) -> list[tuple[date, int]]:
    """What `monitoring.rates` wants to know of them."""
    return [(one.day, one.n) for one in days if one.n]
