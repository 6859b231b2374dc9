"""Journey: what evaluators order by mail -> rows in the outbox, rounds of reminders, a plan of them.

Nothing is sent here: the courier does that. Invitations and thanks are queued, one row for each contact.
Reminders are ordered as a round, which no row precedes: a queue of them would be a list of those who have
not answered. What is said of reminders to anybody is said in numbers of all contacts, and in the steps in
which an open anonymous wave tells its answers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from survey import monitoring, reaching
from survey.answering import today_of
from survey.language import Refusal, Text
from survey.mail.kinds import INVITATION, RESULTS
from survey.store import Store, audit, contacts, invitations, outbox, reminding, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.outbox import Mail
from survey.store.reminding import Plan
from survey.store.waves import STATES, Wave
from survey.tokens import new_id

MORNING = time(9)
"""When a reminder of a plan goes out at the earliest, by the clock of the wave's time zone."""
GRACE = timedelta(days=3)
LONGEST_PLAN, LATEST_DAY, LONGEST_PAUSE = 6, 365, 90


class CannotMail(Refusal):
    """Mails of this kind cannot go out now, and why."""


class BadPlan(Refusal):
    """The days of a plan of reminders cannot be used."""


@dataclass(frozen=True)
class Prospect:
    """What an order would do. `to`: who gets a mail; `passed`: who gets none, with a name of REASONS.

    `there`: how many have this mail already.
    """

    kind: str
    to: tuple[Contact, ...]
    passed: tuple[tuple[Contact, str], ...]
    there: int = 0

    @property
    def reasons(self) -> Counter[str]:
        """How many get no mail for which reason."""
        return Counter(reason for _, reason in self.passed)


@dataclass(frozen=True)
class ReminderProspect:
    """What a round of reminders would do: who can be reached at all, and how many answered so far.

    How many of those reached would get one is never said more exactly than the answers are.
    """

    reachable: int
    passed: tuple[tuple[Contact, str], ...]
    answered: Text
    most: int
    due: datetime

    @property
    def reasons(self) -> Counter[str]:
        """How many get no mail for which reason."""
        return Counter(reason for _, reason in self.passed)


def prospect(store: Store, wave_id: str, kind: str, now: datetime) -> Prospect:
    """Who would be queued for an invitation or a mail of thanks. Raises UnknownWave, CannotMail."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        _JUDGES[kind](wave, now)
        return _prospect(db, wave, kind)


def queue(store: Store, wave_id: str, kind: str, who: str, now: datetime) -> Prospect:
    """Queue that mail for everybody who has not got it. Raises UnknownWave, CannotMail.

    Who bounced or was passed over before and can be reached now is queued as well. Mails of a wave that
    opens on a later day wait for that day.
    """
    with store.write() as db:
        wave = waves.get(db, wave_id)
        _JUDGES[kind](wave, now)
        found = _prospect(db, wave, kind)
        before = outbox.of_kind(db, wave_id, kind)
        outbox.remove(db, (before[one.id].id for one in found.to if one.id in before))
        due = max(now, _at(wave, wave.opens, time.min)) if wave.opens else now
        outbox.add(db, (Mail(new_id(), wave_id, one.id, kind, outbox.QUEUED, 0, due) for one in found.to))
        if found.to:
            audit.add(db, Entry(now, who, _ACTS[kind], wave_id, str(len(found.to))))
        return found


def reminder_prospect(store: Store, wave_id: str, now: datetime) -> ReminderProspect:
    """What a round of reminders that is ordered now would do. Raises UnknownWave, CannotMail."""
    with store.read() as db:
        wave = waves.get(db, wave_id)
        due = _judge_round(db, wave, now)
        reached, passed = [], []
        for contact, reason in _standing(db, wave_id):
            if reason:
                passed.append((contact, reason))
            else:
                reached.append(contact)
    so_far = monitoring.standing(store, wave_id)
    shared = len({one.invitation for one in reached}) < len(reached)
    most = len(reached) if shared else min(len(reached), so_far.invited - so_far.responses)
    return ReminderProspect(len(reached), tuple(passed), so_far.responses_said, most, due)


def remind(store: Store, wave_id: str, who: str, now: datetime) -> datetime:
    """Order a round of reminders; from when on it goes out. Raises UnknownWave, CannotMail."""
    with store.write() as db:
        wave = waves.get(db, wave_id)
        due = _judge_round(db, wave, now)
        reminding.begin(db, wave_id, None, due)
        audit.add(db, Entry(now, who, audit.REMINDED, wave_id, ""))
        return due


def earliest_reminder(db: Database, wave: Wave) -> datetime:
    """From when on a wave may remind again: its pause after the last round, or after its first invitations.

    Raises CannotMail before any invitation was sent.
    """
    first = outbox.first_day(db, wave.id)
    if first is None:
        raise CannotMail(
            "no invitation of the wave {wave} was sent by mail yet; send them first: survey invite {wave}",
            wave=wave.id,
        )
    last = max([first, *(one.ended for one in reminding.rounds(db, wave.id) if one.ended)])
    return _at(wave, last + timedelta(days=reminding.plan(db, wave.id).pause), time.min)


def planned(db: Database, now: datetime) -> list[tuple[str, int]]:
    """The waves whose plan asks for a round of reminders now, each with the day of the plan.

    A day lapses after GRACE: a plan that is made late, or that somebody was quicker than, asks for nothing.
    """
    return [(wave.id, day) for wave in waves.all_waves(db) if (day := _planned(db, wave, now))]


def _planned(db: Database, wave: Wave, now: datetime) -> int | None:
    first, plan = outbox.first_day(db, wave.id), reminding.plan(db, wave.id)
    if first is None or not plan.days or not may_ask(wave, now):
        return None
    rounds = reminding.rounds(db, wave.id)
    if any(one.ended is None for one in rounds) or earliest_reminder(db, wave) > now:
        return None
    done = max((one.planned for one in rounds if one.planned), default=0)
    mornings = {day: _at(wave, first + timedelta(days=day), MORNING) for day in plan.days if day > done}
    due = [day for day, morning in mornings.items() if morning <= now < morning + GRACE]
    return max(due, default=None)


def _judge_round(db: Database, wave: Wave, now: datetime) -> datetime:
    """When a round that is ordered now may go out. Raises CannotMail."""
    _judge_asking(wave, now)
    if any(one.ended is None for one in reminding.rounds(db, wave.id)):
        raise CannotMail("a round of reminders of the wave {wave} is under way already", wave=wave.id)
    earliest = earliest_reminder(db, wave)
    if earliest > now:
        raise CannotMail(
            "the last mails of the wave {wave} are too recent: with {n} days between two mails, reminders "
            "can be ordered from {day} on; the number of days belongs to the plan of reminders",
            wave=wave.id, n=reminding.plan(db, wave.id).pause, day=today_of(wave, earliest),
        )  # fmt: skip
    return now.replace(microsecond=0)


def set_plan(store: Store, wave_id: str, plan: Plan, who: str, now: datetime) -> None:
    """Store on which days after its first invitations a wave reminds by itself. Raises BadPlan."""
    days = tuple(sorted(set(plan.days)))
    if len(days) > LONGEST_PLAN or any(not 1 <= day <= LATEST_DAY for day in days):
        raise BadPlan(
            "the days of the plan must be at most {n} numbers from 1 to {latest}, for example 7,14",
            n=LONGEST_PLAN, latest=LATEST_DAY,
        )  # fmt: skip
    if not 1 <= plan.pause <= LONGEST_PAUSE:
        raise BadPlan("there must be from 1 to {n} days between two mails", n=LONGEST_PAUSE)
    with store.write() as db:
        waves.get(db, wave_id)
        reminding.set_plan(db, wave_id, Plan(days, plan.pause))
        said = ", ".join(map(str, days)) or "-"
        audit.add(db, Entry(now, who, audit.PLAN_CHANGED, wave_id, f"{said}; {plan.pause}"))


def parsed_days(written: str) -> tuple[int, ...]:
    """`7, 14` as numbers; none in an empty text. Raises BadPlan."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise BadPlan("{value} are no days of a plan; write for example 7,14", value=written)
    return tuple(map(int, parts))


def _prospect(db: Database, wave: Wave, kind: str) -> Prospect:
    """A row that bounced or was skipped gives way to a new one, where the contact can be reached now."""
    rows = outbox.of_kind(db, wave.id, kind)
    again = (outbox.BOUNCED, outbox.SKIPPED)
    to, passed, there = [], [], 0
    for contact, reason in _standing(db, wave.id):
        if reason:
            passed.append((contact, reason))
        elif contact.id in rows and rows[contact.id].state not in again:
            there += 1
        else:
            to.append(contact)
    return Prospect(kind, tuple(to), tuple(passed), there)


def _standing(db: Database, wave_id: str) -> Iterable[tuple[Contact, str | None]]:
    """Every contact of a wave, with why it cannot be written to."""
    dispositions = {one.id: one.disposition for one in invitations.of_wave(db, wave_id)}
    for contact in contacts.of_wave(db, wave_id):
        yield contact, reaching.unreachable(contact, dispositions[contact.invitation])


def _judge_asking(wave: Wave, now: datetime) -> None:
    """Raise CannotMail unless the links of a wave work, now or from its opening day on."""
    if wave.state != "open":
        raise CannotMail(
            "the wave {wave} is {state}; people are asked while it is open",
            wave=wave.id,
            state=STATES[wave.state],
        )
    if wave.closes and today_of(wave, now) > wave.closes:
        raise CannotMail(
            "the wave {wave} took answers until {day}; links that were sent now would not work",
            wave=wave.id, day=wave.closes,
        )  # fmt: skip


def _judge_thanking(wave: Wave, now: datetime) -> None:
    if wave.state != "closed":
        raise CannotMail(
            "the wave {wave} is {state}; thanks go out when it is closed",
            wave=wave.id,
            state=STATES[wave.state],
        )


_JUDGES: Mapping[str, Callable[[Wave, datetime], None]] = {
    INVITATION: _judge_asking,
    RESULTS: _judge_thanking,
}
_ACTS = {INVITATION: audit.INVITED, RESULTS: audit.THANKED}


def may_ask(wave: Wave, now: datetime) -> bool:
    """Whether the links of a wave take answers, or will."""
    try:
        _judge_asking(wave, now)
    except CannotMail:
        return False
    return True


def _at(wave: Wave, day: date, hour: time) -> datetime:
    """A time of a day in the wave's time zone."""
    return datetime.combine(day, hour, ZoneInfo(wave.timezone))
