"""Rounds of reminders: which are due and how far each has come, never to whom one went.

A round goes through all contacts of its wave in the order of their random ids, those who answered
included; stored is the id it has passed, so that it can be taken up again after a kill.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from survey.store.contacts import Contact
from survey.store.contacts import of_row as contact_of_row
from survey.store.database import Database

PAUSE_DAYS = 5
"""Fewest days between two mails of a wave to one person, where nothing else is wished."""


@dataclass(frozen=True)
class Plan:
    """When a wave reminds by itself: days after its first invitations; `pause`: days between two mails."""

    days: tuple[int, ...] = ()
    pause: int = PAUSE_DAYS


@dataclass(frozen=True)
class Round:
    """One round; `planned`: the day of the plan that began it (None: somebody did). `passed`: see above."""

    wave: str
    number: int
    planned: int | None
    due: datetime
    passed: bytes
    ended: date | None


def plan(db: Database, wave_id: str) -> Plan:
    """The plan of a wave; without days where none was made."""
    row = db.execute("SELECT days, pause FROM reminding_plan WHERE wave = ?", [wave_id]).fetchone()
    return Plan(tuple(json.loads(row[0])), row[1]) if row else Plan()


def set_plan(db: Database, wave_id: str, plan: Plan) -> None:
    """Store the plan of a wave."""
    db.execute(
        "INSERT INTO reminding_plan(wave, days, pause) VALUES (?, ?, ?)"
        " ON CONFLICT(wave) DO UPDATE SET days = excluded.days, pause = excluded.pause",
        [wave_id, json.dumps(list(plan.days)), plan.pause],
    )


def rounds(db: Database, wave_id: str) -> list[Round]:
    """The rounds of a wave, the first one first."""
    rows = db.execute(f"{_SELECT} WHERE wave = ? ORDER BY number", [wave_id])
    return [_round(row) for row in rows.fetchall()]


def running(db: Database, now: datetime) -> list[Round]:
    """The rounds of all waves that are due and not at their end."""
    rows = db.execute(
        f"{_SELECT} WHERE ended IS NULL AND due <= ? ORDER BY wave, number",
        [_moment(now)],
    )
    return [_round(row) for row in rows.fetchall()]


def begin(db: Database, wave_id: str, planned: int | None, due: datetime) -> None:
    """Make the next round of a wave."""
    db.execute(
        "INSERT INTO reminding(wave, number, planned, due, passed, ended)"
        " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, x'', NULL FROM reminding WHERE wave = ?1",
        [wave_id, planned, _moment(due)],
    )


def move(db: Database, of: Round, passed: bytes) -> None:
    """The round has come past this contact."""
    db.execute("UPDATE reminding SET passed = ? WHERE wave = ? AND number = ?", [passed, of.wave, of.number])


def end(db: Database, of: Round, day: date) -> None:
    """The round is over; where it had come to is forgotten."""
    db.execute(
        "UPDATE reminding SET passed = x'', ended = ? WHERE wave = ? AND number = ?",
        [day.isoformat(), of.wave, of.number],
    )


def ahead(db: Database, of: Round, most: int) -> Sequence[Contact]:
    """The next contacts that the round comes to, `most` at most; empty at its end."""
    rows = db.execute(
        "SELECT id, invitation, wave, email, name, role, bounced, opted_out FROM contact"
        " WHERE wave = ? AND id > ? ORDER BY id LIMIT ?",
        [of.wave, of.passed, most],
    )
    return [contact_of_row(row) for row in rows.fetchall()]


def left(db: Database, of: Round) -> int:
    """How many contacts the round has still before it."""
    row = db.execute("SELECT count(*) FROM contact WHERE wave = ? AND id > ?", [of.wave, of.passed])
    return int(row.fetchone()[0])


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


_SELECT = "SELECT wave, number, planned, due, passed, ended FROM reminding"


def _round(row: tuple[str, int, int | None, str, bytes, str | None]) -> Round:
    wave, number, planned, due, passed, ended = row
    return Round(
        wave,
        number,
        planned,
        datetime.fromisoformat(due),
        passed,
        date.fromisoformat(ended) if ended else None,
    )
