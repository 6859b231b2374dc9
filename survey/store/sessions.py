"""Sessions of evaluators: hashes of the tokens that browsers hold, so that the server can end any of them."""

from dataclasses import dataclass
from datetime import datetime

from survey.store.database import Database


@dataclass(frozen=True)
class Session:
    """A session by the hash of its token: whose it is, since when (UTC), in which family of browsers."""

    hash: str
    email: str
    started: datetime
    browser: str


def start(db: Database, session: Session, expires: datetime) -> None:
    """Store a session until `expires`, and forget those that are over."""
    db.execute("DELETE FROM session WHERE expires <= ?", [_iso(session.started)])
    db.execute(
        "INSERT INTO session(hash, email, started, expires, browser) VALUES (?, ?, ?, ?, ?)",
        [session.hash, session.email, _iso(session.started), _iso(expires), session.browser],
    )


def whose(db: Database, token_hash: str, now: datetime) -> str | None:
    """The address of the evaluator whose session this is; None where there is none, or not any more."""
    found = db.execute(
        "SELECT email FROM session WHERE hash = ? AND expires > ?", [token_hash, _iso(now)]
    ).fetchone()
    return found and str(found[0])


def of_evaluator(db: Database, email: str, now: datetime) -> list[Session]:
    """The sessions of an evaluator that are not over, the latest first."""
    rows = db.execute(
        "SELECT hash, email, started, browser FROM session WHERE email = ? AND expires > ?"
        " ORDER BY started DESC, hash",
        [email, _iso(now)],
    )
    return [Session(one, whose, datetime.fromisoformat(at), browser) for one, whose, at, browser in rows]


def end(db: Database, email: str, token_hash: str) -> None:
    """End a session of this evaluator; nothing happens where it is somebody else's, or over."""
    db.execute("DELETE FROM session WHERE hash = ? AND email = ?", [token_hash, email])


def end_all(db: Database, email: str) -> int:
    """End every session of an evaluator; how many there were."""
    return int(db.execute("DELETE FROM session WHERE email = ?", [email]).rowcount)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
