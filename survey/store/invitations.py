"""Invitations and the cells of an opened wave."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from survey.cells import Values
from survey.counts import Cell
from survey.store.database import Database
from survey.store.waves import STAMP


@dataclass(frozen=True)
class Invitation:
    """One person or organization asked in a wave; `groups` follow the breakdowns that invitations tell.

    `person` stands for the person in all waves of a study, see `tokens.person`.
    """

    id: bytes
    wave: str
    groups: Values
    cell: int | None = None
    language: str | None = None
    disposition: str | None = None
    person: bytes | None = None


def add(db: Database, invitations: Iterable[Invitation]) -> None:
    """Store new invitations."""
    db.conn.executemany(
        "INSERT INTO invitation(id, wave, groups, cell, language, disposition, person)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (one.id, one.wave, _dumped(one.groups), one.cell, one.language, one.disposition, one.person)
            for one in invitations
        ),
    )


class Asked(NamedTuple):
    """What opening a link needs: the invitation's wave, cell and language, and the wave's stamp.

    `spent` is whether the mark that was asked for along with it is set.
    """

    wave: str
    cell: int | None
    language: str | None
    spent: bool
    stamp: tuple[object, ...]


def asked(db: Database, invitation_id: bytes, mark: bytes = b"") -> Asked | None:
    """The invitation of an id in one statement, with which every page of a respondent begins; or None."""
    row = db.conn.execute(_ASKED, [mark, invitation_id]).fetchone()
    return Asked(row[0], row[1], row[2], bool(row[3]), row[4:]) if row else None


def groups_of(db: Database, invitation_id: bytes) -> Values:
    """The breakdown values of an invitation that exists."""
    row = db.execute("SELECT groups FROM invitation WHERE id = ?", [invitation_id]).fetchone()
    return tuple(json.loads(row[0]))


def person_of(db: Database, invitation_id: bytes) -> bytes | None:
    """What stands for the person of an invitation in its study; None where the study cannot know it again."""
    row = db.execute("SELECT person FROM invitation WHERE id = ?", [invitation_id]).fetchone()
    return bytes(row[0]) if row and row[0] is not None else None


def set_person(db: Database, invitation_id: bytes, person: bytes) -> None:
    """The person of an invitation is known by something else from now on."""
    db.execute("UPDATE invitation SET person = ? WHERE id = ?", [person, invitation_id])


def persons(db: Database, wave_id: str) -> frozenset[bytes]:
    """What stands for the people of a wave in its study."""
    rows = db.execute("SELECT person FROM invitation WHERE wave = ? AND person IS NOT NULL", [wave_id])
    return frozenset(person for (person,) in rows.fetchall())


def forget_persons(db: Database, wave_id: str) -> None:
    """Nothing leads from an invitation of the wave to one of another wave any more."""
    db.execute("UPDATE invitation SET person = NULL WHERE wave = ? AND person IS NOT NULL", [wave_id])


def of_wave(db: Database, wave_id: str) -> list[Invitation]:
    """All invitations of a wave, in order of their random id."""
    return [_invitation(row) for row in db.execute(f"{_SELECT} WHERE wave = ? ORDER BY id", [wave_id])]


def count(db: Database, wave_id: str) -> int:
    """How many invitations a wave has."""
    return int(db.execute("SELECT count(*) FROM invitation WHERE wave = ?", [wave_id]).fetchone()[0])


def dispositions(db: Database, wave_id: str) -> Counter[tuple[int | None, str]]:
    """Invitations that were not reached or want no mail, by cell and what became of them."""
    rows = db.execute(
        "SELECT cell, disposition, count(*) FROM invitation WHERE wave = ? AND disposition IS NOT NULL"
        " GROUP BY cell, disposition",
        [wave_id],
    )
    return Counter({(cell, disposition): n for cell, disposition, n in rows.fetchall()})


def group_sizes(db: Database, wave_id: str, unassigned: bool = False) -> Counter[Values]:
    """Invitations by combination of breakdown values, as invited; `unassigned`: those without a cell."""
    rows = db.execute(
        "SELECT groups, count(*) FROM invitation WHERE wave = ? AND (cell IS NULL OR NOT ?) GROUP BY groups",
        [wave_id, unassigned],
    )
    return Counter({tuple(json.loads(groups)): n for groups, n in rows.fetchall()})


def has_group(db: Database, wave_id: str, place: int, value: str) -> bool:
    """Whether somebody was invited whose breakdown at a place (from 0) has this value."""
    row = db.execute(
        "SELECT EXISTS(SELECT 1 FROM invitation WHERE wave = ? AND json_extract(groups, ?) = ?)",
        [wave_id, f"$[{place}]", value],
    ).fetchone()
    return bool(row[0])


def assign(db: Database, wave_id: str, told: Mapping[Values, int]) -> None:
    """Give every invitation without a cell the cell of its combination of values."""
    number = {_dumped(values): cell for values, cell in told.items()}
    # One look-up for each invitation: one for each combination would go through all of them every time.
    rows = db.execute("SELECT id, groups FROM invitation WHERE wave = ? AND cell IS NULL", [wave_id])
    db.conn.executemany(
        "UPDATE invitation SET cell = ? WHERE id = ?",
        [(number[groups], invitation_id) for invitation_id, groups in rows.fetchall()],
    )


def get(db: Database, invitation_id: bytes) -> Invitation:
    """The invitation of an id that exists."""
    return _invitation(db.execute(f"{_SELECT} WHERE id = ?", [invitation_id]).fetchone())


def redescribe(db: Database, changed: Iterable[tuple[bytes, str | None, Values]]) -> None:
    """Give invitations (id, language, groups) another language or other groups.

    Their cells stay: whoever changes groups has them assigned anew.
    """
    db.conn.executemany(
        "UPDATE invitation SET language = ?, groups = ? WHERE id = ?",
        [(language, _dumped(groups), invitation_id) for invitation_id, language, groups in changed],
    )


def set_dispositions(db: Database, dispositions: Iterable[tuple[bytes, str | None]]) -> None:
    """Record what became of invitations that were not answered; None: they are as any other."""
    db.conn.executemany(
        "UPDATE invitation SET disposition = ? WHERE id = ?",
        [(disposition, invitation_id) for invitation_id, disposition in dispositions],
    )


def forget_places(db: Database, wave_id: str, after: bytes, most: int) -> bytes | None:
    """`most` invitations of a wave, from the first one after `after` on, know their cell no more.

    Returns the last of them; None where there was none.
    """
    rows = db.execute(
        "SELECT max(id) FROM (SELECT id FROM invitation WHERE wave = ? AND id > ? ORDER BY id LIMIT ?)",
        [wave_id, after, most],
    )
    last: bytes | None = rows.fetchone()[0]
    if last is not None:
        db.execute(
            "UPDATE invitation SET cell = NULL WHERE wave = ? AND id > ? AND id <= ?", [wave_id, after, last]
        )
    return last


def forget_cells(db: Database, wave_id: str) -> None:
    """Take all cells of a wave back; nothing stored may name one."""
    db.execute("UPDATE invitation SET cell = NULL WHERE wave = ?", [wave_id])
    db.execute("DELETE FROM cell WHERE wave = ?", [wave_id])


def set_cells(db: Database, wave_id: str, cells: Iterable[tuple[int, Values]]) -> None:
    """Store what each cell of a wave tells (number, values)."""
    db.conn.executemany(
        "INSERT INTO cell(wave, number, told) VALUES (?, ?, ?)"
        " ON CONFLICT(wave, number) DO UPDATE SET told = excluded.told",
        [(wave_id, number, _dumped(told)) for number, told in cells],
    )


def cells(db: Database, wave_id: str) -> tuple[Cell, ...]:
    """The cells of a wave by number, with how many invited people each has."""
    # People are counted once, then joined: joined first, all of them would be gone through for each cell.
    rows = db.execute(
        "SELECT number, told, coalesce(invited, 0) FROM cell LEFT JOIN"
        " (SELECT cell AS place, count(*) AS invited FROM invitation WHERE wave = ? GROUP BY cell)"
        " ON place = number WHERE wave = ? ORDER BY number",
        [wave_id, wave_id],
    )
    return tuple(Cell(number, tuple(json.loads(told)), invited) for number, told, invited in rows.fetchall())


_ASKED = (
    "SELECT invitation.wave, cell, language, EXISTS(SELECT 1 FROM mark WHERE mark = ? AND done = 1),"
    f" {', '.join(STAMP)} FROM invitation"
    " JOIN wave INDEXED BY wave_stamp ON wave.id = invitation.wave WHERE invitation.id = ?"
)
_SELECT = "SELECT id, wave, groups, cell, language, disposition, person FROM invitation"


def _invitation(
    row: tuple[bytes, str, str, int | None, str | None, str | None, bytes | None],
) -> Invitation:
    return Invitation(row[0], row[1], tuple(json.loads(row[2])), *row[3:])


def _dumped(values: Values) -> str:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
