"""Which invitation a short code stands for: kept is what finds it again, not the code (`survey.codes`)."""

from collections.abc import Iterable

from survey.store.database import Database


def known(db: Database, lookups: Iterable[bytes]) -> dict[bytes, bytes]:
    """Those of some look-ups that are taken -> their invitations."""
    found = {}
    for lookup in lookups:
        row = db.execute("SELECT invitation FROM short_code WHERE lookup = ?", [lookup]).fetchone()
        if row:
            found[lookup] = row[0]
    return found


def add(db: Database, codes: Iterable[tuple[bytes, bytes]]) -> None:
    """Store codes as (look-up, invitation)."""
    db.conn.executemany("INSERT INTO short_code(lookup, invitation) VALUES (?, ?)", list(codes))
