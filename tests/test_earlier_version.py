"""What version 0.1.0 left behind is read on: its database, its open links, its releases (format 1).

`data/version_0_1_0/` was written by that version: a closed, an open, a named and a draft wave, and the
results that it printed of the closed one.
"""

import json
import math
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey.answering import AlreadyAnswered
from survey.indicators.results import results, to_json
from survey.store import migrations, releases, waves
from tests.cast import DATA, NOW, Instance, answers, make_instance, questionnaire

LEFT = DATA / "version_0_1_0"
SECRET = "only for this test: forty characters long!"
SPENT = "qN_Lrhn4gFu3AFv-b4jAfw.tYe3c7DE9aLL0r5uYXgg_iRz0EYNQNoQ8yHY6Derob4"
UNSPENT = "bXznptTrGAC0Tx_Fe5oefg.n0Xn8GOPubGg7SaVvaSYL_kxjXWjtS7XzjHIBKijYiI"
NAMED = "PPyscPqV94bhBQYwDm5uDw.3Z2qRl0wTW-mHKD9kw6ka9khXCV6_9v8AA34BLwko5c"
HIDDEN_SINCE = {"movers", "net_interval"}
"""Of the pairs of a group in which a status has few people: they tell too much, and are null by now."""


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Instance]:
    """The instance that version 0.1.0 left, opened by this program."""
    folder = tmp_path / "instance"
    (folder / "keys").mkdir(parents=True)
    shutil.copy(LEFT / "open.key", folder / "keys")
    database = sqlite3.connect(folder / "riscontro.db")
    database.executescript((LEFT / "database.sql").read_text(encoding="utf-8"))
    assert database.execute("PRAGMA user_version").fetchone() == (1,)
    database.close()
    made = make_instance(folder, SECRET_KEY=SECRET)
    yield made
    made.store.close()


def _changed(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """The paths of what was said and is not said any more, or is said otherwise."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            yield from _changed(value, new.get(key, "gone"), f"{path}/{key}")
    elif isinstance(old, float) and isinstance(new, float):
        if not math.isclose(old, new, rel_tol=1e-12):
            yield path
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, value in enumerate(old):
            yield from _changed(value, new[place], path)
    elif old != new:
        yield path


def test_its_results_are_the_same_figures(left: Instance) -> None:
    with left.store.read() as db:
        release = releases.get(db, "closed")
    found = json.loads(json.dumps(to_json(results(release, questionnaire("all_kinds")))))
    said = json.loads((LEFT / "results.json").read_text(encoding="utf-8"))
    changed = set(_changed(said, found))
    pairs = {path for path in changed if path.startswith("/by/")}
    assert {path.rsplit("/", 1)[1] for path in pairs} == HIDDEN_SINCE
    assert {path.rsplit("/", 1)[0] for path in changed - pairs} == {"/items/comment"}


def test_its_waves_go_on(left: Instance) -> None:
    said = {"utility": "4", "recommend": "9"}
    with pytest.raises(AlreadyAnswered):
        left.answering.open(SPENT, NOW)
    for link, cells in ((UNSPENT, said), (NAMED, {})):
        door = left.answering.open(link, NOW)
        cells = cells or {item.id: item.codes[0] for item in door.questionnaire.items if item.required}
        left.answering.receive(door, answers(door.questionnaire, **cells), NOW)
    assert left.close("open").whole.responses == 8
    assert left.close("named").whole.responses == 5
    with left.store.read() as db:
        assert waves.get(db, "draft").state == "draft"
        assert migrations.schema_version(db) == len(migrations.MIGRATIONS)
