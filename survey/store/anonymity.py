"""What a database file, or a copy of one, says of itself: its schema, its journal, what of a wave it holds.

For `survey.anonymity`, which judges it. The file is read only, by a connection of its own: a copy may come
from anywhere, and nothing is written beside it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from survey.language import Refusal
from survey.store import migrations
from survey.store.database import Database

_WAL = 2
"""The number of a write-ahead log in the two bytes of a database's head that name its journal."""
_HEAD = 100


class NoDatabase(Refusal):
    """A file is no database of the program's, or cannot be read."""


@dataclass(frozen=True)
class Held:
    """What a database holds of one wave whose answers must not lead to people.

    `marks` and `spent` are how many there are and how many are set; `filled` the answers; `odd` the slots of
    answers, and of comments, that are wider or narrower than the others; `named` the rows of tables that are
    for named waves; `placed` the invitations that know their cell, `persons` those that know who they are in
    its study; `ended` says whether that study has ended.
    """

    wave: str
    mode: str
    state: str
    definition: str
    marks: int
    spent: int
    filled: int
    odd: int
    named: int
    placed: int
    persons: int
    ended: int


@dataclass(frozen=True)
class Opened:
    """A database that is being looked at."""

    path: Path
    conn: sqlite3.Connection

    def foreign_schema(self) -> list[str]:
        """The tables, columns, triggers and views that the program did not make, by table or name."""
        with sqlite3.connect(":memory:") as fresh:
            migrations.apply(Database(fresh))
            known = {row[1] for row in _schema(fresh)}
        fresh.close()
        return sorted({name for name, sql in _schema(self.conn) if sql not in known})

    def keeps_a_diary(self) -> bool:
        """Whether changes are written into a log of their own, in the order in which they came."""
        with self.path.open("rb") as file:
            head = file.read(_HEAD)
        return _WAL in head[18:20] or self._left_beside("-wal")

    def left_in_the_journal(self) -> bool:
        """Whether the journal of the last change is still there, with what stood in the file before."""
        return self._left_beside("-journal")

    def _left_beside(self, ending: str) -> bool:
        beside = self.path.with_name(self.path.name + ending)
        return beside.exists() and beside.stat().st_size > 0

    def deleted_pages_with_content(self) -> int:
        """How many pages that are in use no more still hold what stood in them."""
        size = int(self.conn.execute("PRAGMA page_size").fetchone()[0])
        with self.path.open("rb") as file:
            file.seek(32)
            trunk, left = int.from_bytes(file.read(4)), 0
            while trunk:
                file.seek((trunk - 1) * size)
                page = file.read(size)
                trunk, n = int.from_bytes(page[:4]), int.from_bytes(page[4:8])
                for at in range(8, 8 + 4 * n, 4):
                    file.seek((int.from_bytes(page[at : at + 4]) - 1) * size)
                    left += any(file.read(size))
        return left

    def waves(self) -> Iterator[Held]:
        """Every wave that is not named, as far as it was opened."""
        for row in self.conn.execute(_HELD).fetchall():
            held = Held(*row)
            yield replace(held, odd=held.odd + self._odd_comments(held.wave))

    def _odd_comments(self, wave: str) -> int:
        """Slots of comments that are not as wide as the widest of their question."""
        found = self.conn.execute(
            "SELECT item, length(CAST(body AS BLOB)) AS width, count(*) FROM comment WHERE wave = ? "
            "GROUP BY item, width ORDER BY item, width",
            [wave],
        ).fetchall()
        widest: dict[str, int] = {item: n for item, _, n in found}
        return sum(int(n) for _, _, n in found) - sum(widest.values())

    def bodies(self, wave: str) -> Iterator[str]:
        """The answers of a wave as they are stored, without the blank slots."""
        found = self.conn.execute(
            "SELECT answers FROM response WHERE wave = ? AND substr(answers, 1, 1) <> ' '", [wave]
        )
        yield from (body for (body,) in found)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """A database file to be looked at, as it is at this moment. Raises NoDatabase."""
    try:
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            conn.execute("BEGIN")
            conn.execute("SELECT id FROM wave").fetchall()
            _judge_version(path, int(conn.execute("PRAGMA user_version").fetchone()[0]))
            yield Opened(path, conn)
        finally:
            conn.close()
    except sqlite3.Error as failure:
        raise NoDatabase(
            "{path} is no database of this program, or cannot be read: {why}",
            path=str(path),
            why=str(failure),
        ) from failure


def _judge_version(path: Path, found: int) -> None:
    """Raise NoDatabase where the schema is not that of this program."""
    if found != len(migrations.MIGRATIONS):
        raise NoDatabase(
            "{path} has schema {found}, this program looks through schema {known}: use the program that it "
            "belongs to, or let this one bring it up to date in an instance first (survey health)",
            path=str(path), found=found, known=len(migrations.MIGRATIONS),
        )  # fmt: skip


def _schema(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    found = conn.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return [(name, " ".join(sql.split())) for name, sql in found]


_HELD = """
SELECT w.id, w.mode, w.state, w.definition,
    (SELECT count(*) FROM mark WHERE wave = w.id),
    (SELECT count(*) FROM mark WHERE wave = w.id AND done = 1),
    (SELECT count(*) FROM response WHERE wave = w.id AND substr(answers, 1, 1) <> ' '),
    (SELECT count(*) FROM response WHERE wave = w.id AND length(CAST(answers AS BLOB)) <> w.width),
    (SELECT count(*) FROM named_answer WHERE wave = w.id) + (SELECT count(*) FROM draft WHERE wave = w.id),
    (SELECT count(*) FROM invitation WHERE wave = w.id AND cell IS NOT NULL),
    (SELECT count(*) FROM invitation WHERE wave = w.id AND person IS NOT NULL),
    (SELECT count(*) FROM study WHERE id = w.study AND ended IS NOT NULL)
FROM wave AS w WHERE w.mode <> 'named' AND w.state <> 'draft' ORDER BY w.id
"""
