"""How the people of a wave are reached: addresses and names, apart from their invitations.

Apart, so that they can be erased (`erase contacts`) while invitations and rates stay, and so that no page
that only needs groups ever reads a name. Nothing here tells who answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.store.database import Database


@dataclass(frozen=True)
class Contact:
    """One address of an invitation. `role`: first, or colleague (named waves: shares the questionnaire).

    `email` is normalised and may be "" (a person who can only get a letter), `bounced` says why mail did
    not arrive (None: it did, or none was sent), `opted_out` that no mail is wanted: the link still works.
    """

    id: bytes
    invitation: bytes
    wave: str
    email: str
    name: str
    role: str = "first"
    bounced: str | None = None
    opted_out: bool = False


def add(db: Database, contacts: Iterable[Contact]) -> None:
    """Store new contacts."""
    db.conn.executemany(
        "INSERT INTO contact(id, invitation, wave, email, name, role, bounced, opted_out)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (one.id, one.invitation, one.wave, one.email, one.name, one.role, one.bounced, int(one.opted_out))
            for one in contacts
        ],
    )


def get(db: Database, contact_id: bytes) -> Contact | None:
    """The contact of an id, or None."""
    row = db.execute(f"{_SELECT} WHERE id = ?", [contact_id]).fetchone()
    return of_row(row) if row else None


def of_wave(db: Database, wave_id: str) -> list[Contact]:
    """All contacts of a wave, in order of address."""
    rows = db.execute(f"{_SELECT} WHERE wave = ? ORDER BY email, id", [wave_id])
    return [of_row(row) for row in rows.fetchall()]


def of_invitation(db: Database, invitation_id: bytes) -> list[Contact]:
    """All contacts of an invitation, in order of address."""
    rows = db.execute(f"{_SELECT} WHERE invitation = ? ORDER BY email, id", [invitation_id])
    return [of_row(row) for row in rows.fetchall()]


def of_address(db: Database, email: str) -> list[Contact]:
    """The contacts of an address, in all waves."""
    # Naming the waves lets the index of wave and address serve.
    rows = db.execute(f"{_SELECT} WHERE wave IN (SELECT id FROM wave) AND email = ? ORDER BY id", [email])
    return [of_row(row) for row in rows.fetchall()]


def set_bounced(db: Database, contact_id: bytes, reason: str) -> None:
    """Mail to this contact did not arrive."""
    db.execute("UPDATE contact SET bounced = ? WHERE id = ?", [reason, contact_id])


def set_opted_out(db: Database, contact_id: bytes) -> None:
    """This contact wants no more mails."""
    db.execute("UPDATE contact SET opted_out = 1 WHERE id = ?", [contact_id])


def of_invitations(db: Database, invitations: Iterable[bytes]) -> list[Contact]:
    """All contacts of some invitations, the first one of each before its colleagues."""
    found = []
    for one in invitations:
        rows = db.execute(f"{_SELECT} WHERE invitation = ? ORDER BY role DESC, email, id", [one])
        found += [of_row(row) for row in rows.fetchall()]
    return found


def search(db: Database, wave_id: str, part: str, most: int) -> list[Contact]:
    """At most `most` contacts whose address or name holds `part`, without regard to (ASCII) case."""
    rows = db.execute(
        f"{_SELECT} WHERE wave = ? AND (instr(lower(email), lower(?)) OR instr(lower(name), lower(?)))"
        " ORDER BY email, id LIMIT ?",
        [wave_id, part, part, most],
    )
    return [of_row(row) for row in rows.fetchall()]


def by_email(db: Database, wave_id: str, email: str) -> list[Contact]:
    """The contacts of a wave with an address, without regard to case."""
    rows = db.execute(f"{_SELECT} WHERE wave = ? AND lower(email) = lower(?) ORDER BY id", [wave_id, email])
    return [of_row(row) for row in rows.fetchall()]


def set_address(db: Database, contact_id: bytes, email: str, name: str) -> None:
    """Correct a contact; what was known of mails to another address before is forgotten."""
    db.execute(
        "UPDATE contact SET bounced = CASE WHEN email = ? THEN bounced END, email = ?, name = ? WHERE id = ?",
        [email, email, name, contact_id],
    )


def remove(db: Database, contact_ids: Iterable[bytes]) -> None:
    """Forget some contacts; their invitations stay."""
    db.conn.executemany("DELETE FROM contact WHERE id = ?", [(one,) for one in contact_ids])


def remove_all(db: Database, wave_id: str) -> int:
    """Forget every contact of a wave; returns how many there were."""
    return int(db.execute("DELETE FROM contact WHERE wave = ?", [wave_id]).rowcount)


@dataclass(frozen=True)
class Reach:
    """How the invitations of a wave can be reached, in numbers of invitations.

    `mail`: some address of theirs takes mail; `letter`: a contact without an address; `unnamed`: no
    contact at all; `bounced`, `opted_out`, `withdrawn`: by disposition, which comes first.
    """

    invited: int
    mail: int
    letter: int
    unnamed: int
    bounced: int
    opted_out: int
    withdrawn: int


def reach(db: Database, wave_id: str) -> Reach:
    """The numbers of a wave. Nothing of who answered."""
    rows = db.execute(
        "SELECT coalesce(disposition, CASE WHEN best IS NULL THEN 'unnamed' WHEN best = '' THEN 'letter'"
        " ELSE 'mail' END) AS how, count(*) FROM invitation LEFT JOIN"
        " (SELECT invitation AS whose, max(email) AS best FROM contact WHERE wave = ? GROUP BY invitation)"
        " ON whose = invitation.id WHERE wave = ? GROUP BY how",
        [wave_id, wave_id],
    )
    n = dict(rows.fetchall())
    names = ("mail", "letter", "unnamed", "bounced", "opted_out", "withdrawn")
    return Reach(sum(n.values()), *(n.get(name, 0) for name in names))


_SELECT = "SELECT id, invitation, wave, email, name, role, bounced, opted_out FROM contact"


def of_row(row: tuple[bytes, bytes, str, str, str, str, str | None, int]) -> Contact:
    """A contact from the columns of its table, in their order."""
    return Contact(*row[:7], opted_out=bool(row[7]))
