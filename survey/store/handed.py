"""Batches of unnamed invitations: links that a partner hands out, places behind an open link, paper.

What an open link has handed out is noted in place, in a field of fixed width that was written beforehand:
no time and no order of the starts is kept. Nothing here tells who answered.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from survey.cells import Values
from survey.store.database import Database

NOT_STARTED = bytes(32)
"""What stands in place of the digest of a start."""


class Way(StrEnum):
    """How the invitations of a batch reach people."""

    LINKS = "links"
    OPEN = "open"
    PAPER = "paper"


@dataclass(frozen=True)
class Batch:
    """Invitations made together: how many, and how many of them an open link has handed out."""

    id: bytes
    wave: str
    way: Way
    groups: Values
    withdrawn: bool
    made: int
    started: int


def add(db: Database, batch_id: bytes, wave_id: str, way: Way, groups: Values) -> None:
    """Store a new batch without invitations."""
    db.execute(
        "INSERT INTO batch(id, wave, way, groups, withdrawn) VALUES (?, ?, ?, ?, 0)",
        [batch_id, wave_id, str(way), json.dumps(list(groups), ensure_ascii=False)],
    )


def put_in(db: Database, batch_id: bytes, invitations: Iterable[bytes]) -> None:
    """Put invitations into a batch."""
    db.conn.executemany(
        "INSERT INTO handed(invitation, batch, started) VALUES (?, ?, ?)",
        [(one, batch_id, NOT_STARTED) for one in invitations],
    )


def get(db: Database, batch_id: bytes) -> Batch | None:
    """The batch of an id, or None."""
    found = db.execute(f"{_SELECT} WHERE id = ?", [NOT_STARTED, batch_id]).fetchone()
    return _batch(found) if found else None


def of_wave(db: Database, wave_id: str) -> list[Batch]:
    """The batches of a wave by way and groups."""
    rows = db.execute(f"{_SELECT} WHERE wave = ? ORDER BY way, groups, id", [NOT_STARTED, wave_id])
    return [_batch(row) for row in rows.fetchall()]


def members(db: Database, batch_id: bytes) -> list[bytes]:
    """The invitations of a batch, in order of their random id."""
    rows = db.execute("SELECT invitation FROM handed WHERE batch = ? ORDER BY invitation", [batch_id])
    return [one for (one,) in rows.fetchall()]


def reserved(db: Database, wave_id: str) -> frozenset[bytes]:
    """The invitations of a wave that wait behind open links or for paper: their links go to nobody else."""
    rows = db.execute(
        "SELECT invitation FROM handed JOIN batch ON batch.id = batch WHERE wave = ? AND way <> ?",
        [wave_id, str(Way.LINKS)],
    )
    return frozenset(one for (one,) in rows.fetchall())


def started_with(db: Database, batch_id: bytes, digest: bytes) -> bytes | None:
    """The invitation that a start led to; None where it has not been used."""
    row = db.execute("SELECT invitation FROM handed WHERE batch = ? AND started = ?", [batch_id, digest])
    found = row.fetchone()
    return found[0] if found else None


def waiting(db: Database, batch_id: bytes) -> list[bytes]:
    """The invitations behind an open link that nobody has taken yet."""
    rows = db.execute(
        "SELECT invitation FROM handed WHERE batch = ? AND started = ?", [batch_id, NOT_STARTED]
    )
    return [one for (one,) in rows.fetchall()]


def start(db: Database, invitation: bytes, digest: bytes) -> None:
    """Note that an invitation was handed out."""
    db.execute("UPDATE handed SET started = ? WHERE invitation = ?", [digest, invitation])


def withdraw(db: Database, batch_id: bytes) -> None:
    """The open link hands nothing out any more; what it handed out goes on working."""
    db.execute("UPDATE batch SET withdrawn = 1 WHERE id = ?", [batch_id])


def started_count(db: Database, wave_id: str) -> int:
    """How many invitations of a wave were handed out by open links."""
    row = db.execute(
        "SELECT count(*) FROM handed JOIN batch ON batch.id = batch WHERE wave = ? AND way = ?"
        " AND started <> ?",
        [wave_id, str(Way.OPEN), NOT_STARTED],
    )
    return int(row.fetchone()[0])


def open_count(db: Database, wave_id: str) -> int:
    """How many open links a wave has, the withdrawn ones included."""
    row = db.execute("SELECT count(*) FROM batch WHERE wave = ? AND way = ?", [wave_id, str(Way.OPEN)])
    return int(row.fetchone()[0])


_SELECT = (
    "SELECT id, wave, way, groups, withdrawn,"
    " (SELECT count(*) FROM handed WHERE batch = batch.id),"
    " (SELECT count(*) FROM handed WHERE batch = batch.id AND started <> ?) FROM batch"
)


def _batch(row: tuple[bytes, str, str, str, int, int, int]) -> Batch:
    return Batch(row[0], row[1], Way(row[2]), tuple(json.loads(row[3])), bool(row[4]), *row[5:])
