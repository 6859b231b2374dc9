"""The outbox: one row for each mail, claimed by whoever sends it; and how many mails went out on each day.

A row is queued; sending from its claim on until its outcome is known; then sent, refused (for now: it is
due again), bounced (for good), skipped (somebody no mail may go to), or unsure (it may have been sent).
Rows of reminders exist from claim to outcome only, or while the server refuses them for now: they tell
who has not answered. `secure_delete` overwrites them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from survey.mail.kinds import INVITATION, KINDS, REMINDER
from survey.store.database import Database

QUEUED, SENDING, SENT, REFUSED = "queued", "sending", "sent", "refused"
BOUNCED, SKIPPED, UNSURE = "bounced", "skipped", "unsure"
STATES = (QUEUED, SENDING, SENT, REFUSED, BOUNCED, SKIPPED, UNSURE)


@dataclass(frozen=True)
class Mail:
    """One row: a mail of a kind to a contact. `attempts`: how often a server has refused it for now.

    `due`: not before this moment (UTC); `day`: when a server took it; `reason`: why it is in its state.
    """

    id: bytes
    wave: str
    contact: bytes
    kind: str
    state: str
    attempts: int
    due: datetime
    day: date | None = None
    reason: str = ""


def add(db: Database, mails: Iterable[Mail]) -> None:
    """Store new rows; a contact has one of each kind at most."""
    db.conn.executemany(
        "INSERT INTO outbox(id, wave, contact, kind, state, attempts, due, day, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                one.id, one.wave, one.contact, one.kind, one.state, one.attempts, _moment(one.due),
                one.day and one.day.isoformat(), one.reason,
            )
            for one in mails
        ),
    )  # fmt: skip


def get(db: Database, mail_id: bytes) -> Mail | None:
    """The row of an id, or None."""
    return _first(db.execute(f"{_SELECT} WHERE id = ?", [mail_id]).fetchall())


def of_contact(db: Database, contact_id: bytes, kind: str) -> Mail | None:
    """The mail of a kind to a contact, or None."""
    return _first(db.execute(f"{_SELECT} WHERE contact = ? AND kind = ?", [contact_id, kind]).fetchall())


def of_kind(db: Database, wave_id: str, kind: str) -> dict[bytes, Mail]:
    """The mails of a kind in a wave, by contact."""
    rows = db.execute(f"{_SELECT} WHERE wave = ? AND kind = ?", [wave_id, kind])
    return {mail.contact: mail for mail in map(_mail, rows.fetchall())}


def in_state(db: Database, state: str) -> list[Mail]:
    """All rows in a state, of every wave."""
    return [_mail(row) for row in db.execute(f"{_SELECT} WHERE state = ?", [state]).fetchall()]


def next_due(db: Database, now: datetime) -> Mail | None:
    """A mail that can be sent now: one that was refused before, else one that is queued; or None."""
    for state in (REFUSED, QUEUED):
        rows = db.execute(
            f"{_SELECT} WHERE state = ? AND due <= ? ORDER BY due, id LIMIT 1", [state, _moment(now)]
        ).fetchall()
        if rows:
            return _mail(rows[0])
    return None


def count_due(db: Database, now: datetime) -> int:
    """How many rows can be sent now."""
    row = db.execute(
        "SELECT count(*) FROM outbox WHERE state IN (?, ?) AND due <= ?", [REFUSED, QUEUED, _moment(now)]
    ).fetchone()
    return int(row[0])


def earliest(db: Database) -> datetime | None:
    """When the next row that waits is due; None where none waits."""
    row = db.execute("SELECT min(due) FROM outbox WHERE state IN (?, ?)", [REFUSED, QUEUED]).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def settle(
    db: Database, mail_id: bytes, state: str, due: datetime, attempts: int, day: date | None, reason: str
) -> None:
    """Give a row another state."""
    db.execute(
        "UPDATE outbox SET state = ?, due = ?, attempts = ?, day = coalesce(?, day), reason = ? WHERE id = ?",
        [state, _moment(due), attempts, day and day.isoformat(), reason, mail_id],
    )


def remove(db: Database, mail_ids: Iterable[bytes]) -> None:
    """Delete rows."""
    db.conn.executemany("DELETE FROM outbox WHERE id = ?", [(one,) for one in mail_ids])


def waiting_reminders(db: Database, wave_id: str) -> int:
    """How many reminders of a wave have a row now."""
    row = db.execute("SELECT count(*) FROM outbox WHERE wave = ? AND kind = ?", [wave_id, REMINDER])
    return int(row.fetchone()[0])


def states(db: Database, wave_id: str) -> dict[str, Counter[str]]:
    """How many rows of a wave are in each state, by kind."""
    found = {kind: Counter[str]() for kind in KINDS}
    for kind, state, n in db.execute(
        "SELECT kind, state, count(*) FROM outbox WHERE wave = ? GROUP BY kind, state", [wave_id]
    ).fetchall():
        found[kind][state] = n
    return found


def count(db: Database, wave_id: str, kind: str, day: date, outcome: str) -> None:
    """Count one more mail of this outcome (a state) on a day."""
    db.execute(
        "INSERT INTO mail_count(wave, kind, day, outcome, n) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT(wave, kind, day, outcome) DO UPDATE SET n = n + 1",
        [wave_id, kind, day.isoformat(), outcome],
    )


def invited_by_mail(db: Database, wave_id: str) -> int:
    """How many invitations of a wave were sent, or may have been, to one address at least."""
    found = db.execute(
        "SELECT count(DISTINCT contact.invitation) FROM outbox JOIN contact ON contact.id = outbox.contact"
        " WHERE outbox.wave = ? AND outbox.kind = ? AND outbox.day IS NOT NULL",
        [wave_id, INVITATION],
    ).fetchone()
    return int(found[0])


def delivered(db: Database, wave_id: str) -> Counter[int | None]:
    """How many invitations of each cell the mail server took for an address that has not bounced since."""
    rows = db.execute(
        "SELECT cell, count(DISTINCT invitation.id) FROM outbox"
        " JOIN contact ON contact.id = outbox.contact JOIN invitation ON invitation.id = contact.invitation"
        " WHERE outbox.wave = ? AND outbox.kind = ? AND outbox.state = 'sent' AND contact.bounced IS NULL"
        " GROUP BY cell",
        [wave_id, INVITATION],
    )
    return Counter(dict(rows.fetchall()))


def counts(db: Database, wave_id: str) -> Mapping[tuple[str, date], Counter[str]]:
    """How many mails of a kind had which outcome on which day, in order of kind and day."""
    found: dict[tuple[str, date], Counter[str]] = {}
    for kind, day, outcome, n in db.execute(
        "SELECT kind, day, outcome, n FROM mail_count WHERE wave = ? ORDER BY kind, day", [wave_id]
    ).fetchall():
        found.setdefault((kind, date.fromisoformat(day)), Counter())[outcome] = n
    return found


def first_day(db: Database, wave_id: str) -> date | None:
    """The day on which the first invitation of a wave was sent; None before."""
    row = db.execute(
        "SELECT min(day) FROM mail_count WHERE wave = ? AND kind = ? AND outcome = ?",
        [wave_id, INVITATION, SENT],
    ).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


_SELECT = "SELECT id, wave, contact, kind, state, attempts, due, day, reason FROM outbox"
_Row = tuple[bytes, str, bytes, str, str, int, str, str | None, str]


def _mail(row: _Row) -> Mail:
    day = date.fromisoformat(row[7]) if row[7] else None
    return Mail(*row[:6], datetime.fromisoformat(row[6]), day, row[8])


def _first(rows: list[_Row]) -> Mail | None:
    return _mail(rows[0]) if rows else None


def _moment(moment: datetime) -> str:
    """Times are stored in UTC, so that their texts sort as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
