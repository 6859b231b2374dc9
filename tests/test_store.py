"""The file keeps its promises: durable, migrated, locked, and the same whatever the order of answers."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path
from random import Random

import pytest

from survey.store import NoInstance, Store, invitations, migrations, responses
from survey.store.connection import DatabaseBusy, FifoLock
from survey.store.migrations import NewerDatabase
from tests.cast import Instance, make_instance, queued

PRAGMAS = {"journal_mode": "truncate", "synchronous": 3, "secure_delete": 1, "foreign_keys": 1}


@pytest.mark.parametrize("pragma, value", PRAGMAS.items())
def test_every_connection_is_set_up(instance: Instance, pragma: str, value: object) -> None:
    with instance.store.read() as db:
        assert db.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_the_schema_is_what_the_migrations_say(instance: Instance) -> None:
    with instance.store.read() as db:
        tables = {
            row[0]: row[1] for row in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        }
    assert set(tables) == {
        *("wave", "invitation", "cell", "mark", "response", "comment", "named_answer", "release"),
        *("coarsening", "draft", "audit", "contact"),
        *("batch", "handed", "short_code"),
        *("mail_template", "outbox", "mail_count", "reminding", "reminding_plan"),
        *("evaluator", "evaluator_wave", "evaluator_group", "sign_in", "session"),
        *("partner_page", "partner_release", "study", "study_release", "supplement"),
    }
    assert all(sql.endswith("STRICT, WITHOUT ROWID") for sql in tables.values())


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "riscontro.db"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match="99"):
        Store(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "riscontro.db").write_bytes(b"not a database" * 100)
    with pytest.raises(NoInstance, match="riscontro"):
        Store(tmp_path / "riscontro.db")
    (tmp_path / "file").write_text("")
    with pytest.raises(NoInstance, match="SURVEY_INSTANCE"):
        Store(tmp_path / "file" / "riscontro.db")


def _migrate(path: Path) -> None:
    Store(path).close()


def test_many_processes_migrate_one_file(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_migrate, args=(tmp_path / "riscontro.db",)) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 6


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (*migrations.MIGRATIONS, "CREATE TABLE extra(x TEXT) STRICT; CREATE TABLE wave(x TEXT) STRICT")
    path = tmp_path / "riscontro.db"
    Store(path).close()
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(NoInstance, match="wave"):
        Store(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(broken) - 1,)
        assert db.execute("SELECT name FROM sqlite_schema WHERE name = 'extra'").fetchone() is None
    db.close()


def test_a_failed_block_stores_nothing(instance: Instance) -> None:
    with pytest.raises(ZeroDivisionError), instance.store.write() as db:
        db.execute("INSERT INTO evaluator(email, added_at) VALUES ('a@b', 'now')")
        raise ZeroDivisionError
    with instance.store.read() as db:
        assert db.execute("SELECT count(*) FROM evaluator").fetchone() == (0,)


def test_a_database_that_another_program_holds_is_busy(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.store.connection.BUSY_SECONDS", 0.05)
    impatient = Store(instance.store.path)
    other = sqlite3.connect(instance.store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy), impatient.write():
        raise AssertionError("unreachable")
    other.execute("ROLLBACK")
    other.close()
    impatient.close()


def test_whoever_opens_a_link_does_not_read_the_definition(instance: Instance) -> None:
    """It fills pages of the file, and the columns that were added later lie behind it."""
    said: list[str] = []
    with instance.store.read() as db:
        db.conn.set_trace_callback(said.append)
        invitations.asked(db, b"x")
        db.conn.set_trace_callback(None)
        plan = db.execute(f"EXPLAIN QUERY PLAN {said[0]}").fetchall()
    assert [row[3] for row in plan if "wave" in row[3]] == [
        "SEARCH wave USING COVERING INDEX wave_stamp (id=?)"
    ]


def test_the_lock_is_handed_over_in_order() -> None:
    lock, order, started = FifoLock(), [], []

    def work(number: int) -> None:
        with queued(lock, 30):
            order.append(number)

    with queued(lock, 30):
        for number in range(20):
            thread = threading.Thread(target=work, args=(number,))
            thread.start()
            started.append(thread)
            while len(lock._waiting) <= number:
                pass
    for thread in started:
        thread.join()
    assert order == list(range(20))


class Scripted(Random):
    """Draws the slots that it is told, then fails."""

    def __init__(self, slots: list[int]) -> None:
        super().__init__(0)
        self.slots = slots

    def randrange(self, *args: int) -> int:  # type: ignore[override]
        return self.slots.pop(0)


COUNTERS = (slice(24, 28), slice(92, 96))
"""SQLite's file change counter and its version-valid-for number."""


def _file_after(folder: Path, template: Path, order: list[int]) -> bytes:
    folder.mkdir()
    for name in ("riscontro.db", "secret_key"):
        (folder / name).write_bytes((template / name).read_bytes())
    (folder / "keys").mkdir()
    (folder / "keys" / "w.key").write_bytes((template / "keys" / "w.key").read_bytes())
    instance = make_instance(folder)
    with instance.store.read() as db:
        invited = [row[0] for row in db.execute("SELECT id FROM invitation ORDER BY id").fetchall()]
    for number in order:
        instance.answering._random = Scripted([3 * number, 3 * number])
        said = {"comment": f"comment {number}"} if number % 2 else {}
        instance.answer(invited[number], scale_1_5=str(1 + number % 5), **said)
    instance.store.close()
    content = bytearray((folder / "riscontro.db").read_bytes())
    for counter in COUNTERS:
        content[counter] = b"\0" * 4
    return bytes(content)


def test_the_same_answers_give_the_same_file_in_any_order(tmp_path: Path) -> None:
    template = make_instance(tmp_path / "template")
    template.wave("w", "store_order", invited=60)
    template.store.close()
    numbers = list(range(24))
    shuffled = Random(4).sample(numbers, len(numbers))
    files = [
        _file_after(tmp_path / name, tmp_path / "template", order)
        for name, order in (("forth", numbers), ("back", numbers[::-1]), ("shuffled", shuffled))
    ]
    assert files[0] == files[1] == files[2]
    assert not (tmp_path / "forth" / "riscontro.db-wal").exists()


def test_a_slot_is_never_widened(instance: Instance) -> None:
    with pytest.raises(responses.TooWide):
        responses.padded("é" * 6, 11)
    assert len(responses.padded("é", 11).encode()) == 11


def test_a_blank_slot_is_found_to_the_last(instance: Instance) -> None:
    invited = instance.wave("w", "store_order", invited=12)
    for one in invited:
        instance.answer(one, scale_1_5="3")
    with instance.store.read() as db:
        assert len(list(responses.bodies(db, "w"))) == 12
        assert responses.spent_count(db, "w") == 12


def test_an_older_database_is_brought_up_to_date_with_all_its_rows(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    invited = instance.wave("w", "store_order", invited=12)
    for one in invited[:9]:
        instance.answer(one, scale_1_5="3", comment="Good")
    tables = ("wave", "invitation", "cell", "mark", "response", "comment")
    before = _rows(instance, *tables)
    newer = _aged(instance, monkeypatch)
    assert _rows(newer, *tables) == before
    with newer.store.read() as db:
        assert migrations.schema_version(db) == len(migrations.MIGRATIONS)
        assert db.execute("SELECT count(*) FROM coarsening").fetchone() == (0,)
    assert newer.close("w").whole.responses == 9
    newer.store.close()


def test_a_wave_that_an_older_program_was_closing_is_closed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in instance.wave("w", "store_order", invited=12)[:9]:
        instance.answer(one, scale_1_5="3")
    with instance.store.write() as db:
        db.execute("UPDATE wave SET state = 'closing'")
    instance.mark_keys.destroy("w")
    newer = _aged(instance, monkeypatch)
    assert newer.close("w").whole.responses == 9
    newer.store.close()


def _aged(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Instance:
    """The instance opened anew after its database has become one of the first schema, with the same rows."""
    instance.store.close()
    path = instance.settings.database
    rows = path.rename(path.with_name("rows.db"))
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        Store(path)
    older = sqlite3.connect(path, isolation_level=None)
    older.execute("ATTACH ? AS new", [str(rows)])
    for (table,) in older.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        columns = ", ".join(name for _, name, *_ in older.execute(f"PRAGMA main.table_info({table})"))
        older.execute(f"INSERT INTO main.{table}({columns}) SELECT {columns} FROM new.{table}")
    older.close()
    return make_instance(instance.settings.instance)


def _rows(of: Instance, *tables: str) -> list[object]:
    with of.store.read() as db:
        return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
