"""Evaluators, the waves and the groups that each may see, and their one-time sign-in links."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime

from survey.cells import OneGroup
from survey.language import Refusal
from survey.store.database import Database
from survey.store.waves import EVERYTHING


class UnknownEvaluator(Refusal):
    """There is no evaluator of this address."""


class SignInRefused(Refusal):
    """The sign-in link is unknown, was used, or is too old."""

    def __init__(self) -> None:
        super().__init__("this sign-in link was used already or is older than 15 minutes; ask for a new one")


@dataclass(frozen=True)
class Rights:
    """What an evaluator may see: these waves, whole or (`only`) nothing but some groups beside the total."""

    waves: Container[str]
    only: tuple[OneGroup, ...] = ()

    @property
    def limits(self) -> tuple[str, ...] | None:
        """The ids of the waves in order; None for somebody who sees everything."""
        return tuple(sorted(self.waves)) if isinstance(self.waves, frozenset) else None


@dataclass(frozen=True)
class Listed(Rights):
    """An evaluator and what this person may see, since when."""

    email: str = ""
    added: str = ""


def add(db: Database, email: str, now: datetime, everything: bool = True) -> bool:
    """Add an evaluator of everything, or of no wave yet; False where the address is there already."""
    done = db.execute(
        "INSERT INTO evaluator(email, added_at, everything) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [email, _iso(now), int(everything)],
    )
    return bool(done.rowcount == 1)


def limit(db: Database, email: str, wave_ids: Iterable[str] | None) -> None:
    """Let an evaluator see these waves only, or everything (None)."""
    db.execute("UPDATE evaluator SET everything = ? WHERE email = ?", [int(wave_ids is None), email])
    db.execute("DELETE FROM evaluator_wave WHERE email = ?", [email])
    for wave_id in wave_ids or ():
        grant(db, email, wave_id)


def narrow(db: Database, email: str, only: Iterable[OneGroup]) -> None:
    """Let an evaluator see nothing but some groups of the waves; whole waves where none is named."""
    db.execute("DELETE FROM evaluator_group WHERE email = ?", [email])
    db.conn.executemany(
        "INSERT INTO evaluator_group(email, breakdown, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(email, *group) for group in only],
    )


def grant(db: Database, email: str, wave_id: str) -> None:
    """Let an evaluator see one more wave; nothing changes for somebody who sees everything."""
    db.execute(
        "INSERT INTO evaluator_wave(email, wave)"
        " SELECT email, ? FROM evaluator WHERE email = ? AND NOT everything ON CONFLICT DO NOTHING",
        [wave_id, email],
    )


def visible(db: Database, email: str) -> Container[str]:
    """The ids of the waves that an evaluator may see. Raises UnknownEvaluator."""
    row = db.execute("SELECT everything FROM evaluator WHERE email = ?", [email]).fetchone()
    if row is None:
        raise _unknown(email)
    if row[0]:
        return EVERYTHING
    found = db.execute("SELECT wave FROM evaluator_wave WHERE email = ?", [email]).fetchall()
    return frozenset(wave_id for (wave_id,) in found)


def rights(db: Database, email: str) -> Rights:
    """All that an evaluator may see. Raises UnknownEvaluator."""
    found = db.execute(
        "SELECT breakdown, value FROM evaluator_group WHERE email = ? ORDER BY breakdown, value", [email]
    )
    return Rights(visible(db, email), tuple(OneGroup(*row) for row in found.fetchall()))


def remove(db: Database, email: str) -> None:
    """Remove an evaluator and the sign-in links. Raises UnknownEvaluator."""
    if db.execute("DELETE FROM evaluator WHERE email = ?", [email]).rowcount == 0:
        raise _unknown(email)


def exists(db: Database, email: str) -> bool:
    """Whether this is an evaluator's address."""
    return db.execute("SELECT 1 FROM evaluator WHERE email = ?", [email]).fetchone() is not None


def everybody(db: Database) -> list[Listed]:
    """Every evaluator, in order of address."""
    rows = db.execute("SELECT email, added_at FROM evaluator ORDER BY email").fetchall()
    found = [(email, added_at, rights(db, email)) for email, added_at in rows]
    return [Listed(may.waves, may.only, email, added_at) for email, added_at, may in found]


def issue(db: Database, email: str, token_hash: str, now: datetime, expires: datetime) -> None:
    """Store the hash of a sign-in token, and forget those that are too old. Raises UnknownEvaluator."""
    if not exists(db, email):
        raise _unknown(email)
    db.execute("DELETE FROM sign_in WHERE expires <= ?", [_iso(now)])
    db.execute(
        "INSERT INTO sign_in(hash, email, expires) VALUES (?, ?, ?)", [token_hash, email, _iso(expires)]
    )


def peek(db: Database, token_hash: str, now: datetime) -> bool:
    """Whether the sign-in token would be accepted; uses nothing up."""
    row = db.execute(
        "SELECT 1 FROM sign_in WHERE hash = ? AND expires > ?", [token_hash, _iso(now)]
    ).fetchone()
    return row is not None


def redeem(db: Database, token_hash: str, now: datetime) -> str:
    """Use a sign-in token up and return its evaluator's address. Raises SignInRefused."""
    rows = db.execute(
        "DELETE FROM sign_in WHERE hash = ? AND expires > ? RETURNING email", [token_hash, _iso(now)]
    ).fetchall()
    if not rows:
        raise SignInRefused
    return str(rows[0][0])


def _iso(moment: datetime) -> str:
    """Times are stored in UTC, so that their texts sort as the times do."""
    return moment.isoformat(timespec="seconds")


def _unknown(email: str) -> UnknownEvaluator:
    return UnknownEvaluator(
        "there is no evaluator {email}; add one with: survey evaluator add {email}", email=email
    )
