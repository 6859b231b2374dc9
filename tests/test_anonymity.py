"""What `survey verify anonymity` finds in a database, and in one that somebody has tampered with."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey import studying
from survey.anonymity import examined
from survey.cli import main
from survey.language import language
from survey.store.anonymity import NoDatabase
from tests.cast import NOW, Instance, make_instance

EN = language("en")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """An open wave, a closed one, a named one, and one of a study that has ended."""
    made = make_instance(tmp_path_factory.mktemp("anonymity") / "instance")
    for wave in ("now", "past"):
        for invitation in made.wave(wave, "all_kinds", invited=12)[:8]:
            made.answer(invitation, utility="4", comment="Grazie")
    made.close("past")
    for invitation in made.wave("panel", "panel", invited=12, study="s")[:8]:
        made.answer(invitation, utility="4")
    made.close("panel")
    studying.end(made.store, made.mark_keys, "s", "me", NOW)
    made.wave("firms", "named_required", groups=[{"organization": "O1"}])
    made.store.close()
    return made


def found(path: Path) -> list[str]:
    return [f"{one.wave}: {EN(one.what)}" for one in examined(path).findings]


def test_nothing_is_found_in_what_the_program_stores(kept: Instance, tmp_path: Path) -> None:
    path, env = kept.settings.database, {"SURVEY_INSTANCE": str(kept.settings.instance)}
    before = path.read_bytes()
    said = CliRunner().invoke(main, ["verify", "anonymity"], env=env)
    assert (said.exit_code, said.stdout) == (0, "")
    assert "3 waves with 24 answers" in said.stderr
    kept.mark_keys.make("past")
    said = CliRunner().invoke(main, ["verify", "anonymity"], env=env)
    assert said.exit_code == 1
    assert said.stdout.startswith("past: the wave is closed, and its mark key is still there")
    kept.mark_keys.destroy("past")
    assert path.read_bytes() == before
    (tmp_path / "text.db").write_text("no database")
    for name in ("text.db", "nothing.db"):
        with pytest.raises(NoDatabase, match=name):
            examined(tmp_path / name)
    shutil.copy(path, tmp_path / "old.db")
    with sqlite3.connect(tmp_path / "old.db") as conn:
        conn.execute("PRAGMA user_version=3")
    conn.close()
    with pytest.raises(NoDatabase, match=r"old\.db has schema 3, this program"):
        examined(tmp_path / "old.db")


FILLED = "substr(answers, 1, 1) <> ' '"
TAMPERED = {
    "a column": ("ALTER TABLE response ADD COLUMN at TEXT", ": the table response is not as this program"),
    "a trigger": (
        "CREATE TRIGGER spy AFTER UPDATE ON mark BEGIN UPDATE wave SET notice = new.mark; END",
        ": the table mark is not as this program",
    ),
    "a table": ("CREATE TABLE diary(invitation BLOB, slot INTEGER)", ": the table diary is not as"),
    "a log": ("PRAGMA journal_mode=WAL", ": changes are written into a log (WAL)"),
    "deleted content": (
        "PRAGMA secure_delete=OFF; DELETE FROM comment",
        "of the file that",
    ),
    "a time in an answer": (
        f'UPDATE response SET answers = replace(answers, \'{{"cell"\', \'{{"at":9,"cell"\') '
        f"WHERE wave = 'now' AND {FILLED}",
        "now: 8 answers hold something beside their cell",
    ),
    "another width": (
        "UPDATE response SET answers = answers || ' ' WHERE slot = 1 AND wave = 'now'",
        "now: 1 slot is not",
    ),
    "a wide comment": (
        "UPDATE comment SET body = body || ' ' WHERE wave = 'now' AND slot = 1",
        "not as wide",
    ),
    "a mark more": (
        "UPDATE mark SET done = 1 WHERE wave = 'now'",
        "now: the numbers of stored answers (8) and of used links (12) are not the same",
    ),
    "marks of a closed wave": (
        "INSERT INTO mark(mark, wave, done) VALUES (x'00', 'past', 1)",
        "past: the wave is closed, and 1 mark is left",
    ),
    "a place": (
        "UPDATE invitation SET cell = 0 WHERE wave = 'past'",
        "past: the wave is closed, and 12 invitations",
    ),
    "a person": (
        "UPDATE invitation SET person = id WHERE wave = 'panel'",
        "panel: 12 invitations know who somebody",
    ),
    "a code": (
        f"UPDATE response SET answers = replace(answers, '....', 'abcd') WHERE wave = 'panel' AND {FILLED}",
        "panel: 8 answers hold something beside",
    ),
    "an answer with its invitation": (
        "INSERT INTO named_answer SELECT id, wave, '{}', '{}', '', 0 FROM invitation WHERE wave = 'now'",
        "now: 12 answers or drafts stand with their invitation",
    ),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_what_must_not_be_is_found_in_a_copy(kept: Instance, tmp_path: Path, case: str) -> None:
    statements, said = TAMPERED[case]
    copy = tmp_path / "copy.db"
    shutil.copy(kept.settings.database, copy)
    with sqlite3.connect(copy) as conn:
        conn.executescript(statements)
    conn.close()
    assert any(said in one for one in found(copy)), found(copy)
    done = CliRunner().invoke(main, ["verify", "anonymity", str(copy)])
    assert done.exit_code == 1
    assert said.lstrip(": ") in done.stdout


def test_a_journal_that_was_left_is_found(kept: Instance, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(kept.settings.database, copy)
    assert found(copy) == []
    (tmp_path / "copy.db-journal").write_bytes(bytes(600))
    assert [one for one in found(copy) if "the journal of a change lies beside the file" in one]
