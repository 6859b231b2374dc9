"""Journey: what evaluators order by mail -> rows in the outbox, rounds of reminders, words, a plan.

Nothing is sent here: the courier does that. Invitations and thanks are queued, one row for each contact.
Reminders are ordered as a round, which no row precedes: a queue of them would be a list of those who have
not answered. What is said of reminders to anybody is said in numbers of all contacts, and in the steps in
which an open anonymous wave tells its answers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from survey import composing, monitoring, reaching
from survey.answering import today_of
from survey.composing import Desk
from survey.language import Refusal, Text, text
from survey.mail import reports, wording
from survey.mail.kinds import INVITATION, KINDS, REMINDER, RESULTS
from survey.mail.wording import Template
from survey.store import Store, audit, contacts, invitations, mail_templates, outbox, reminding, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.outbox import Mail
from survey.store.reminding import Plan
from survey.store.waves import STATES, Wave
from survey.tokens import new_id

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
MORNING = time(9)
"""When a reminder of a plan goes out at the earliest, by the clock of the wave's time zone."""
GRACE = timedelta(days=3)
LONGEST_PLAN, LATEST_DAY, LONGEST_PAUSE = 6, 365, 90


class CannotMail(Refusal):
    """Mails of this kind cannot go out now, and why."""


class BadPlan(Refusal):
    """The days of a plan of reminders cannot be used."""


class NobodyThere(Refusal):
    """There is no contact to whom a preview could be addressed."""


class NoSuchMail(Refusal):
    """There is no mail of this kind, or not in this language."""


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
            _log(db, who, _ACTS[kind], wave_id, str(len(found.to)), now)
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
        _log(db, who, audit.REMINDED, wave_id, "", now)
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
        _log(db, who, audit.PLAN_CHANGED, wave_id, f"{said}; {plan.pause}", now)


def parsed_days(written: str) -> tuple[int, ...]:
    """`7, 14` as numbers; none in an empty text. Raises BadPlan."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise BadPlan("{value} are no days of a plan; write for example 7,14", value=written)
    return tuple(map(int, parts))


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
        _log(db, who, audit.TEMPLATE_CHANGED, wave_id, f"{kind}, {code}", now)


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
            _log(db, who, audit.REPORTS_READ, wave_id, str(n), now)
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
            _log(db, who, audit.UNSURE_SETTLED, wave, str(n), now)
        return len(unsure)


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


def _judge_kind(wave: Wave, kind: str, code: str) -> None:
    if kind not in KINDS:
        raise NoSuchMail("there is no mail {kind}; the kinds are: {known}", kind=kind, known=", ".join(KINDS))
    if code not in composing.languages(wave):
        raise NoSuchMail(
            "the wave {wave} has no language {code}; it has: {known}",
            wave=wave.id, code=code, known=", ".join(composing.languages(wave)),
        )  # fmt: skip


def _at(wave: Wave, day: date, hour: time) -> datetime:
    """A time of a day in the wave's time zone."""
    return datetime.combine(day, hour, ZoneInfo(wave.timezone))


def _log(db: Database, who: str, act: str, wave_id: str, about: str, now: datetime) -> None:
    audit.add(db, Entry(now.replace(microsecond=0), who, act, wave_id, about))
