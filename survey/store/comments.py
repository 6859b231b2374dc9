"""Free texts as they are read and redacted: those of anonymous waves in their slots, others with a name.

A slot is overwritten in place and keeps its width; `secure_delete` leaves nothing of what stood there.
"""

import json
from dataclasses import dataclass

from survey.cells import Values
from survey.store.database import Database
from survey.store.responses import BLANK, padded

ANSWERED = "."
"""What a filled slot begins with; a blank one begins with a space."""


@dataclass(frozen=True)
class Stored:
    """One text: its item, its place (a slot's number, or an invitation's id in hexadecimal digits), itself.

    `groups` are those of the organization that wrote it; None where nobody can tell.
    """

    item: str
    place: str
    text: str
    groups: Values | None = None


def in_slots(db: Database, wave_id: str) -> list[Stored]:
    """The texts of an anonymous wave by slot: slots were drawn at random, so their order tells nothing."""
    rows = db.execute(
        "SELECT item, slot, body FROM comment WHERE wave = ? AND substr(body, 1, 1) <> ' '"
        " ORDER BY item, slot",
        [wave_id],
    )
    return [
        Stored(item, str(slot), body.rstrip(BLANK).removeprefix(ANSWERED))
        for item, slot, body in rows.fetchall()
    ]


def named(db: Database, wave_id: str) -> list[Stored]:
    """The texts of a named wave, by the groups of the organizations that wrote them."""
    rows = db.execute(
        "SELECT invitation, groups, texts FROM named_answer JOIN invitation ON id = invitation"
        " WHERE named_answer.wave = ? ORDER BY groups, invitation",
        [wave_id],
    )
    return [
        Stored(item, invitation.hex(), said, tuple(json.loads(groups)))
        for invitation, groups, texts in rows.fetchall()
        for item, said in json.loads(texts).items()
    ]


def overwrite_slot(db: Database, wave_id: str, one: Stored, said: str) -> None:
    """Put another text into the slot of `one`, which keeps its width. Raises TooWide."""
    where = [wave_id, one.item, int(one.place)]
    (body,) = db.execute(
        "SELECT body FROM comment WHERE wave = ? AND item = ? AND slot = ?", where
    ).fetchone()
    fresh = padded(ANSWERED + said, len(body.encode("utf-8")))
    db.execute("UPDATE comment SET body = ? WHERE wave = ? AND item = ? AND slot = ?", [fresh, *where])


def overwrite_named(db: Database, one: Stored, said: str) -> None:
    """Put another text in the place of one that an organization wrote."""
    invitation = bytes.fromhex(one.place)
    (texts,) = db.execute("SELECT texts FROM named_answer WHERE invitation = ?", [invitation]).fetchone()
    fresh = json.dumps({**json.loads(texts), one.item: said}, ensure_ascii=False)
    db.execute("UPDATE named_answer SET texts = ? WHERE invitation = ?", [fresh, invitation])
