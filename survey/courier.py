"""Journey: rows of the outbox and rounds of reminders -> the mail server, each mail once.

A mail is claimed in one transaction, handed over, and its outcome recorded in the next one, which claims
the following mail. Only one program of an instance sends at a time (a lock that dies with it), so a claim
that is found without an outcome is what was in flight when a sender was killed: it may have been sent, is
named, and is never sent again by itself.

Reminders have no rows that wait: a round goes through the contacts in the order of their random ids and
asks at each, under the wave's mark key, whether its link was used. Its row exists from claim to outcome.
"""

import logging
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Self

from survey import composing, inviting, mailing, reaching
from survey.answering import today_of
from survey.composing import Desk, Material
from survey.keys import MarkKeys
from survey.language import Refusal
from survey.mail.building import BadMail
from survey.mail.kinds import INVITATION, REMINDER, RESULTS
from survey.mail.sending import Postman, Refused, Unreachable, Unsure
from survey.settings import Settings
from survey.store import DatabaseBusy, SendingElsewhere, Store, outbox, reminding, waves
from survey.store.contacts import Contact
from survey.store.database import Database
from survey.store.outbox import Mail
from survey.store.reminding import Round
from survey.store.waves import Wave
from survey.tokens import new_id

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""How long a mail waits after each refusal for now; after the last one it counts as bounced."""
REMINDER_PAUSES = PAUSES[:3]
"""The same for reminders, whose rows tell something as long as they are there; then they are dropped."""
REMINDERS_WAITING = 50
"""How many refused reminders of a wave may wait; a round stands still until there are fewer."""
STREAK = 20
"""After so many refusals for now in a row the trouble is the server's own, and sending stops."""
STRETCH = 100
"""How many contacts of a round are looked at in one transaction."""
PATIENCE = 6
"""How often an outcome is recorded again where the database is busy."""
TURN, LONGEST_PAUSE, LONGEST_LEAVE = 3.0, 900.0, 10.0
"""Seconds between two looks for work, between two tries of a server that cannot be used, and for leaving."""
POLICY = "5.7."
"""The enhanced status of a refusal that is about us (relaying, reputation), not about the address."""
ABOUT_US = frozenset({530, 534, 535, 538})
LOG = logging.getLogger("survey.courier")
CLOSED, UNUSABLE = "closed", "unusable"


@dataclass(frozen=True)
class Failure:
    """A mail that did not go through: whose, of which wave and kind, and what was said."""

    email: str
    wave: str
    kind: str
    reason: str


@dataclass
class Delivery:
    """What became of the mails of one turn; `stopped`: why sending ended before everything was sent."""

    sent: int = 0
    refused: list[Failure] = field(default_factory=list)
    bounced: list[Failure] = field(default_factory=list)
    unsure: list[Failure] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    stopped: Refusal | None = None

    @property
    def whole(self) -> bool:
        """Whether every mail that was tried went through."""
        return not (self.refused or self.bounced or self.unsure or self.stopped)


@dataclass(frozen=True)
class _Claim:
    """A mail that this sender alone may hand over now."""

    mail: Mail
    material: Material
    passed: int = 1


@dataclass(frozen=True)
class _Looking:
    """A round was looked at for a stretch without finding whom to remind; there is more of it."""

    passed: int


_Claimed = _Claim | _Looking | None
Clock = Callable[[], datetime]


class StreakOfRefusals(Refusal):
    """The mail server refuses one mail after the other for now."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "the mail server refused {n} mails in a row, so sending stops; what is queued stays queued. "
            "It said: {reason}",
            n=STREAK, reason=reason,
        )  # fmt: skip


class Courier:
    """Sends what is due. Made from an instance's parts; `deliver` may be called from any thread."""

    def __init__(self, store: Store, mark_keys: MarkKeys, keys: tuple[str, ...], settings: Settings) -> None:
        self._store = store
        self._mark_keys = mark_keys
        self._desk = Desk(settings, keys)
        self._settings = settings
        self._interval = 60 / settings.mail_rate if settings.mail_rate else 0.0

    def expected(self, now: datetime) -> int:
        """How many mails are due at most, and contacts that rounds of reminders have before them."""
        with self._store.read() as db:
            rounds = sum(reminding.left(db, one) for one in reminding.running(db, now))
            return outbox.count_due(db, now) + rounds

    def has_work(self, now: datetime) -> bool:
        """Whether anything is due, was left behind by a sender that was killed, or is planned."""
        with self._store.read() as db:
            return bool(
                outbox.next_due(db, now)
                or outbox.in_state(db, outbox.SENDING)
                or reminding.running(db, now)
                or mailing.planned(db, now)
            )

    def deliver(
        self, clock: Clock, ended: threading.Event, told: Callable[[int], None] = lambda n: None
    ) -> Delivery:
        """Send everything that is due, until nothing is or `ended`.

        `told` hears after each step how many mails, or contacts of a round, were dealt with in it.
        Raises NoMail, SendingElsewhere; a server that cannot be used ends the turn, and the Delivery says so.
        """
        done = Delivery()
        with self._store.sending_alone(), Postman(self._settings) as postman:
            with self._store.write() as db:
                self._take_stock(db, done, clock())
                claimed = self._claim(db, done, clock())
            streak = 0
            while claimed:
                outcome: Refusal | None = None
                if isinstance(claimed, _Claim):
                    outcome = _handed_over(postman, self._desk, claimed)
                    streak = streak + 1 if isinstance(outcome, Refused) and not _bounces(outcome) else 0
                    done.stopped = _reason_to_stop(outcome, streak)
                passed = claimed.passed
                over = ended.is_set() or done.stopped is not None
                claimed = self._record(claimed, outcome, done, clock, go_on=not (over or self._interval))
                told(passed)
                if self._interval and not over and not ended.wait(self._interval):
                    with self._store.write() as db:
                        claimed = self._claim(db, done, clock())
        return done

    def _take_stock(self, db: Database, done: Delivery, now: datetime) -> None:
        """Name what was in flight when a sender was killed, and begin the rounds that are planned."""
        for mail in outbox.in_state(db, outbox.SENDING):
            material = composing.material(db, mail.id, mail.contact, mail.wave, mail.kind)
            if material:
                failure = Unsure("the sender was interrupted")
                self._settle(db, _Claim(mail, material), failure, done, now)
        for wave_id, day in mailing.planned(db, now):
            reminding.begin(db, wave_id, day, now)

    def _record(
        self, claimed: _Claim | _Looking, outcome: Refusal | None, done: Delivery, clock: Clock, go_on: bool
    ) -> _Claimed:
        """Record what became of a mail and claim the next one; as often as the database is busy."""
        for tries_left in reversed(range(PATIENCE)):
            tried = Delivery()
            try:
                with self._store.write() as db:
                    if isinstance(claimed, _Claim):
                        self._settle(db, claimed, outcome, tried, clock())
                    following = self._claim(db, tried, clock()) if go_on else None
            except DatabaseBusy:
                if not tries_left:
                    raise
                continue
            _add(done, tried)
            return following
        raise AssertionError

    def _settle(
        self, db: Database, claim: _Claim, outcome: Refusal | None, done: Delivery, now: datetime
    ) -> None:
        """What becomes of a claimed mail."""
        mail, contact = claim.mail, claim.material.contact
        today = today_of(claim.material.wave, now)
        said = _said(outcome)
        failure = Failure(contact.email, mail.wave, mail.kind, said)
        if outcome is None:
            done.sent += 1
            self._end(db, mail, outbox.SENT, today, now)
        elif isinstance(outcome, BadMail):
            done.skipped[UNUSABLE] += 1
            self._end(db, mail, outbox.SKIPPED, today, now, UNUSABLE)
        elif isinstance(outcome, Unsure):
            done.unsure.append(failure)
            self._end(db, mail, outbox.UNSURE, today, now, said)
        elif isinstance(outcome, Unreachable):
            outbox.settle(db, mail.id, outbox.QUEUED, now, mail.attempts, None, said)
        elif isinstance(outcome, Refused) and not _bounces(outcome):
            done.refused.append(failure)
            self._refused(db, mail, contact, outcome, today, now)
        else:
            done.bounced.append(failure)
            self._bounced(db, mail, contact, said, today)

    def _end(
        self, db: Database, mail: Mail, state: str, today: date, now: datetime, reason: str = ""
    ) -> None:
        """A mail has come to its end: counted, and the row of a reminder deleted."""
        outbox.count(db, mail.wave, mail.kind, today, state)
        if mail.kind == REMINDER:
            outbox.remove(db, [mail.id])
        else:
            day = today if state in (outbox.SENT, outbox.UNSURE) else None
            outbox.settle(db, mail.id, state, now, mail.attempts, day, reason)

    def _refused(
        self, db: Database, mail: Mail, contact: Contact, refusal: Refused, today: date, now: datetime
    ) -> None:
        """Later again; after the last pause it is given up."""
        pauses = REMINDER_PAUSES if mail.kind == REMINDER else PAUSES
        said = _said(refusal)
        if mail.attempts < len(pauses):
            due = now + pauses[mail.attempts]
            outbox.settle(db, mail.id, outbox.REFUSED, due, mail.attempts + 1, None, said)
        elif mail.kind == REMINDER:
            self._end(db, mail, outbox.REFUSED, today, now)
        else:
            self._bounced(db, mail, contact, said, today)

    def _bounced(self, db: Database, mail: Mail, contact: Contact, said: str, today: date) -> None:
        outbox.count(db, mail.wave, mail.kind, today, outbox.BOUNCED)
        reaching.bounced(db, contact, said)

    def _claim(self, db: Database, done: Delivery, now: datetime) -> _Claimed:
        """The next mail that may go out, marked as this sender's."""
        while mail := outbox.next_due(db, now):
            material = composing.material(db, mail.id, mail.contact, mail.wave, mail.kind)
            reason = self._obstacle(db, material, now) if material else CLOSED
            if material and reason is None:
                outbox.settle(db, mail.id, outbox.SENDING, mail.due, mail.attempts, None, "")
                return _Claim(mail, material)
            self._pass_over(db, mail, str(reason), done, now)
        return self._next_reminder(db, done, now)

    def _pass_over(self, db: Database, mail: Mail, reason: str, done: Delivery, now: datetime) -> None:
        """A mail that may not go out any more; nothing is counted that would tell who answered."""
        if mail.kind == REMINDER:
            outbox.remove(db, [mail.id])
            return
        done.skipped[reason] += 1
        outbox.settle(db, mail.id, outbox.SKIPPED, now, mail.attempts, None, reason)

    def _obstacle(self, db: Database, of: Material, now: datetime) -> str | None:
        """Why a mail may not go out, or None."""
        if (reason := reaching.unreachable(of.contact, of.invitation.disposition)) is not None:
            return reason
        if of.kind == RESULTS:
            return None
        if not mailing.may_ask(of.wave, now):
            return CLOSED
        answered = of.kind == REMINDER and self._answered(db, of.wave, of.invitation.id)
        return CLOSED if answered else None

    def _answered(self, db: Database, wave: Wave, invitation: bytes) -> bool:
        return inviting.is_answered(db, wave, self._mark_keys, invitation)

    def _next_reminder(self, db: Database, done: Delivery, now: datetime) -> _Claimed:
        """The next contact of the first round that may go on, claimed."""
        for one in reminding.running(db, now):
            wave = waves.get(db, one.wave)
            if not mailing.may_ask(wave, now):
                reminding.end(db, one, today_of(wave, now))
            elif outbox.waiting_reminders(db, wave.id) < REMINDERS_WAITING:
                return self._look(db, one, wave, now)
        return None

    def _look(self, db: Database, one: Round, wave: Wave, now: datetime) -> _Claimed:
        ahead = reminding.ahead(db, one, STRETCH)
        latest = today_of(wave, now) - timedelta(days=reminding.plan(db, wave.id).pause)
        for place, contact in enumerate(ahead, 1):
            if not self._is_due(db, contact, latest):
                continue
            material = composing.gathered(db, wave, REMINDER, contact, new_id())
            if self._obstacle(db, material, now) is None:
                mail = Mail(material.id, wave.id, contact.id, REMINDER, outbox.SENDING, 0, now)
                reminding.move(db, one, contact.id)
                outbox.add(db, [mail])
                return _Claim(mail, material, place)
        if ahead:
            reminding.move(db, one, ahead[-1].id)
        else:
            reminding.end(db, one, today_of(wave, now))
        return _Looking(len(ahead))

    def _is_due(self, db: Database, contact: Contact, latest: date) -> bool:
        """Whether somebody was invited by mail, on the day `latest` or before, and is not being reminded."""
        invited = outbox.of_contact(db, contact.id, INVITATION)
        if invited is None or invited.day is None or invited.day > latest:
            return False
        return outbox.of_contact(db, contact.id, REMINDER) is None


class Beside:
    """A context: a courier in a thread of its own, beside a server, for as long as the block lasts.

    Nothing happens where no mail server is configured, or the settings leave sending to `survey send`. What
    the log hears of are numbers and the mail server's state, never an address.
    """

    def __init__(self, courier: Courier, settings: Settings, clock: Clock) -> None:
        self._courier = courier
        self._clock = clock
        self._ended = threading.Event()
        wanted = settings.mail_server is not None and settings.mail_from and settings.mail_courier == "on"
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True) if wanted else None

    def __enter__(self) -> Self:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """The mail in flight is finished, unless the mail server takes too long."""
        self._ended.set()
        if self._thread:
            self._thread.join(LONGEST_LEAVE)

    def _run(self) -> None:
        pause = TURN
        while not self._ended.wait(pause):
            try:
                trouble = self._turn()
            except SendingElsewhere:
                trouble = False
            except Exception as failure:  # the message of a failure might hold an address: it is left out
                where = "".join(traceback.format_tb(failure.__traceback__))
                LOG.error("sending mails failed: %s\n%s", type(failure).__name__, where)
                trouble = True
            pause = min(2 * pause, LONGEST_PAUSE) if trouble else TURN

    def _turn(self) -> bool:
        """Send what is due; whether the mail server could not be used."""
        if not self._courier.has_work(self._clock()):
            return False
        done = self._courier.deliver(self._clock, self._ended)
        LOG.info("mails: %d sent, %d refused for now, %d bounced, %d that may have been sent",
                 done.sent, len(done.refused), len(done.bounced), len(done.unsure))  # fmt: skip
        if done.stopped:
            # What a server says of recipients may name them; what it says of us does not.
            why = (
                done.stopped.reason
                if isinstance(done.stopped, Unreachable)
                else "it refused one after another"
            )
            LOG.warning("sending mails stopped: %s", why)
        return done.stopped is not None


def _handed_over(postman: Postman, desk: Desk, claim: _Claim) -> Refusal | None:
    """None where the server took the mail, else why not."""
    try:
        postman.send(desk.message(claim.material))
    except (BadMail, Refused, Unreachable) as outcome:
        return outcome
    return None


def _said(outcome: Refusal | None) -> str:
    """What the mail server said, with its code."""
    if isinstance(outcome, Refused):
        return f"{outcome.code} {outcome.reason}"
    return outcome.reason if isinstance(outcome, Unreachable) else ""


def _bounces(refusal: Refused) -> bool:
    """Whether a refusal is for good and about the address."""
    about_us = refusal.code in ABOUT_US or refusal.reason.startswith(POLICY)
    return refusal.permanent and not about_us


def _reason_to_stop(outcome: Refusal | None, streak: int) -> Refusal | None:
    if isinstance(outcome, Unreachable) and not isinstance(outcome, Unsure):
        return outcome
    if isinstance(outcome, Refused) and streak >= STREAK:
        return StreakOfRefusals(_said(outcome))
    return None


def _add(done: Delivery, more: Delivery) -> None:
    done.sent += more.sent
    done.refused += more.refused
    done.bounced += more.bounced
    done.unsure += more.unsure
    done.skipped += more.skipped
