"""Evaluators and their one-time sign-in links."""

from datetime import datetime

from sqlite_utils import Database

from survey.language import Refusal


class UnknownEvaluator(Refusal):
    """There is no evaluator of this address."""


class SignInRefused(Refusal):
    """The sign-in link is unknown, was used, or is too old."""

    def __init__(self) -> None:
        super().__init__("this sign-in link was used already or is older than 15 minutes; ask for a new one")


def add(db: Database, email: str, now: datetime) -> bool:
    """Add an evaluator; False where the address is there already."""
    done = db.execute("INSERT INTO evaluator VALUES (?, ?) ON CONFLICT DO NOTHING", [email, _iso(now)])
    return bool(done.rowcount == 1)


def remove(db: Database, email: str) -> None:
    """Remove an evaluator and the sign-in links. Raises UnknownEvaluator."""
    if db.execute("DELETE FROM evaluator WHERE email = ?", [email]).rowcount == 0:
        raise _unknown(email)


def exists(db: Database, email: str) -> bool:
    """Whether this is an evaluator's address."""
    return db.execute("SELECT 1 FROM evaluator WHERE email = ?", [email]).fetchone() is not None


def everybody(db: Database) -> list[tuple[str, str]]:
    """(address, added at) of every evaluator, in order of address."""
    rows = db.execute("SELECT email, added_at FROM evaluator ORDER BY email").fetchall()
    return [(email, added_at) for email, added_at in rows]


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
