"""Marks, slots and named answers: where answers are stored.

Marks and blank slots are written before anybody answers, and overwritten in place: the same answers
in the same slots give the same file, whatever the order in which they came. A blank begins with a
space; a filled slot is padded with spaces to the fixed width in bytes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from survey.store.database import Database

BLANK = " "


@dataclass(frozen=True)
class Slots:
    """The slots of a wave: how many, how wide (bytes), and the width of each text item's slots."""

    number: int
    width: int
    texts: Mapping[str, int]


class NoBlankSlot(Exception):
    """Every slot of the wave is taken, which cannot be while there is one for each invitation."""


class TooWide(Exception):
    """A response is wider than its slot, which the width of the largest possible one rules out."""


def slots_for(invited: int) -> int:
    """A quarter more slots than invitations, so that a blank one is found quickly to the end."""
    return invited + invited // 4 + 8


def padded(body: str, width: int) -> str:
    """`body` filled with spaces to exactly `width` bytes of UTF-8. Raises TooWide."""
    missing = width - len(body.encode("utf-8"))
    if missing < 0:
        raise TooWide
    return body + BLANK * missing


def deal(
    db: Database,
    wave_id: str,
    marks: Mapping[bytes, bool],
    slots: Slots,
    responses: list[str],
    texts: Mapping[str, list[str]],
    random: Random,
) -> None:
    """Write all marks (mark -> answered) and all slots of a wave anew, everything at random places."""
    _write_marks(db, wave_id, marks)
    placed = _shuffled(responses, slots.number, slots.width, random)
    db.execute("DELETE FROM response WHERE wave = ?", [wave_id])
    db.conn.executemany(
        "INSERT INTO response(wave, slot, answers) VALUES (?, ?, ?)",
        ((wave_id, slot, body) for slot, body in enumerate(placed)),
    )
    db.execute("DELETE FROM comment WHERE wave = ?", [wave_id])
    for item, width in slots.texts.items():
        placed = _shuffled([f".{body}" for body in texts.get(item, [])], slots.number, width, random)
        db.conn.executemany(
            "INSERT INTO comment(wave, item, slot, body) VALUES (?, ?, ?, ?)",
            [(wave_id, item, slot, body) for slot, body in enumerate(placed)],
        )


def _write_marks(db: Database, wave_id: str, marks: Mapping[bytes, bool]) -> None:
    db.execute("DELETE FROM mark WHERE wave = ?", [wave_id])
    db.conn.executemany(
        "INSERT INTO mark(mark, wave, done) VALUES (?, ?, ?)",
        ((mark, wave_id, int(done)) for mark, done in sorted(marks.items())),
    )


def _shuffled(bodies: list[str], number: int, width: int, random: Random) -> list[str]:
    """`bodies` at random places among `number` slots; the rest blank."""
    filled = [padded(body, width) for body in bodies]
    filled += [BLANK * width] * (number - len(filled))
    random.shuffle(filled)
    return filled


def spend(db: Database, mark: bytes) -> bool:
    """Set a mark from 0 to 1; False where it was set already (or does not exist)."""
    return bool(db.execute("UPDATE mark SET done = 1 WHERE mark = ? AND done = 0", [mark]).rowcount == 1)


def is_spent(db: Database, mark: bytes) -> bool:
    """Whether the mark is set."""
    return db.conn.execute("SELECT 1 FROM mark WHERE mark = ? AND done = 1", [mark]).fetchone() is not None


def fill(db: Database, wave_id: str, slots: Slots, body: str, random: Random) -> None:
    """Overwrite one uniformly random blank response slot."""
    statement = "UPDATE response SET answers = ? WHERE wave = ? AND slot = ? AND substr(answers, 1, 1) = ' '"
    answers = padded(body, slots.width)
    for slot in _tries(slots.number, random):
        if db.execute(statement, [answers, wave_id, slot]).rowcount == 1:
            return
    raise NoBlankSlot


def fill_text(db: Database, wave_id: str, item: str, slots: Slots, text: str, random: Random) -> None:
    """Overwrite one random blank slot of a text item, apart from the response it came with."""
    statement = (
        "UPDATE comment SET body = ? WHERE wave = ? AND item = ? AND slot = ? AND substr(body, 1, 1) = ' '"
    )
    body = padded(f".{text}", slots.texts[item])
    for slot in _tries(slots.number, random):
        if db.execute(statement, [body, wave_id, item, slot]).rowcount == 1:
            return
    raise NoBlankSlot


def _tries(number: int, random: Random) -> Iterator[int]:
    """Random slots, then every slot: a blank one is found wherever it is."""
    for _ in range(200):
        yield random.randrange(number)
    yield from random.sample(range(number), number)


def spent_marks(db: Database, wave_id: str) -> frozenset[bytes]:
    """The marks of a wave that are set."""
    rows = db.execute("SELECT mark FROM mark WHERE wave = ? AND done = 1", [wave_id])
    return frozenset(mark for (mark,) in rows.fetchall())


def spent_count(db: Database, wave_id: str) -> int:
    """How many marks of a wave are set."""
    rows = db.execute("SELECT count(*) FROM mark WHERE wave = ? AND done = 1", [wave_id])
    return int(rows.fetchone()[0])


def bodies(db: Database, wave_id: str, first: int = 0, end: int = 2**62) -> Iterator[str]:
    """The stored responses of an anonymous wave in slots `first` to before `end`: JSON, padded."""
    rows = db.execute(
        "SELECT answers FROM response WHERE wave = ? AND slot >= ? AND slot < ?"
        " AND substr(answers, 1, 1) <> ' ' ORDER BY slot",
        [wave_id, first, end],
    )
    for (body,) in rows:
        yield body


def filled(db: Database, wave_id: str, first: int, end: int) -> list[tuple[int, str]]:
    """(slot, padded JSON) of the stored responses of an anonymous wave in slots `first` to before `end`."""
    rows = db.execute(
        "SELECT slot, answers FROM response WHERE wave = ? AND slot >= ? AND slot < ?"
        " AND substr(answers, 1, 1) <> ' ' ORDER BY slot",
        [wave_id, first, end],
    )
    return list(rows.fetchall())


def overwrite(db: Database, wave_id: str, bodies: Iterable[tuple[int, str]], width: int) -> None:
    """Put other responses (slot, JSON) into slots of a wave, in place."""
    db.conn.executemany(
        "UPDATE response SET answers = ? WHERE wave = ? AND slot = ?",
        ((padded(body, width), wave_id, slot) for slot, body in bodies),
    )


def text_bodies(db: Database, wave_id: str) -> dict[str, list[str]]:
    """The stored texts of an anonymous wave by item."""
    rows = db.execute(
        "SELECT item, body FROM comment WHERE wave = ? AND substr(body, 1, 1) <> ' ' ORDER BY item, slot",
        [wave_id],
    )
    found: dict[str, list[str]] = {}
    for item, body in rows.fetchall():
        found.setdefault(item, []).append(body.rstrip(BLANK).removeprefix("."))
    return found


def text_counts(db: Database, wave_id: str) -> dict[str, int]:
    """How many texts of an anonymous wave are stored, by item; items without any are left out."""
    rows = db.execute(
        "SELECT item, count(*) FROM comment WHERE wave = ? AND substr(body, 1, 1) <> ' ' GROUP BY item",
        [wave_id],
    )
    return dict(rows.fetchall())


def forget_marks(db: Database, wave_id: str, after: bytes, most: int) -> bytes | None:
    """Delete `most` marks of a wave that is being closed, from the first one after `after` on.

    Returns the last that was deleted; None where there was none.
    """
    rows = db.execute(
        "SELECT max(mark) FROM (SELECT mark FROM mark WHERE wave = ? AND mark > ? ORDER BY mark LIMIT ?)",
        [wave_id, after, most],
    )
    last: bytes | None = rows.fetchone()[0]
    if last is not None:
        db.execute("DELETE FROM mark WHERE wave = ? AND mark > ? AND mark <= ?", [wave_id, after, last])
    return last


@dataclass(frozen=True)
class NamedAnswer:
    """What an organization sent: JSON of its answers, its texts, and when (ISO time).

    `revision`, which storing gives, is above that of every draft that its link had, see
    `survey.store.drafts`.
    """

    invitation: bytes
    answers: str
    texts: Mapping[str, str]
    received_at: str
    revision: int = 0


def add_named(db: Database, wave_id: str, answers: Iterable[NamedAnswer]) -> None:
    """Store named answers; the drafts of their links are at an end."""
    rows = [(one.invitation, wave_id, one.answers, _dumped(one.texts), one.received_at) for one in answers]
    db.conn.executemany(
        "INSERT INTO named_answer(invitation, wave, answers, texts, received_at, revision) SELECT"
        " ?1, ?2, ?3, ?4, ?5, 1 + coalesce((SELECT revision FROM draft WHERE invitation = ?1), 0)",
        rows,
    )
    db.conn.executemany("DELETE FROM draft WHERE invitation = ?", [(row[0],) for row in rows])


def get_named(db: Database, invitation_id: bytes) -> NamedAnswer | None:
    """What was sent by this invitation's link; None where nothing was."""
    row = db.execute(
        "SELECT invitation, answers, texts, received_at, revision FROM named_answer WHERE invitation = ?",
        [invitation_id],
    ).fetchone()
    return NamedAnswer(row[0], row[1], json.loads(row[2]), row[3], row[4]) if row else None


def remove_named(db: Database, invitation_id: bytes) -> None:
    """Take back what was sent by this invitation's link."""
    db.execute("DELETE FROM named_answer WHERE invitation = ?", [invitation_id])


def _dumped(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False)


def has_named(db: Database, invitation_id: bytes) -> bool:
    """Whether this invitation's answers were received."""
    rows = db.execute("SELECT 1 FROM named_answer WHERE invitation = ?", [invitation_id])
    return rows.fetchone() is not None


def named_count(db: Database, wave_id: str) -> int:
    """How many named answers a wave has."""
    return int(db.execute("SELECT count(*) FROM named_answer WHERE wave = ?", [wave_id]).fetchone()[0])


def named(db: Database, wave_id: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """(cell, answers as JSON, texts) of every named answer."""
    rows = db.execute(
        "SELECT cell, answers, texts FROM named_answer JOIN invitation ON id = invitation"
        " WHERE named_answer.wave = ? ORDER BY invitation",
        [wave_id],
    )
    for cell, answers, texts in rows.fetchall():
        yield cell, answers, json.loads(texts)


def named_with_groups(db: Database, wave_id: str) -> list[tuple[tuple[str, ...], str, dict[str, str]]]:
    """(what the invitation says of its groups, answers as JSON, texts) of every named answer.

    A closed wave's invitations know their cell no more.
    """
    rows = db.execute(
        "SELECT groups, answers, texts FROM named_answer JOIN invitation ON id = invitation"
        " WHERE named_answer.wave = ? ORDER BY invitation",
        [wave_id],
    )
    return [
        (tuple(json.loads(groups)), answers, json.loads(texts)) for groups, answers, texts in rows.fetchall()
    ]


def named_invitations(db: Database, wave_id: str) -> frozenset[bytes]:
    """The invitations of a named wave that were answered."""
    rows = db.execute("SELECT invitation FROM named_answer WHERE wave = ?", [wave_id])
    return frozenset(invitation for (invitation,) in rows.fetchall())
