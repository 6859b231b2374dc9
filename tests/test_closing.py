"""Closing: what is left in the file, who waits meanwhile, and kills at any instant."""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from survey import monitoring, publishing
from survey.answering import unpacked
from survey.coarsening import Combinations
from survey.inviting import WrongState
from survey.language import Text
from survey.release import Release
from survey.store import invitations, releases, responses, waves
from survey.store.connection import ClosingElsewhere
from tests.cast import NOW, Instance, make_instance, questionnaire

CAST = questionnaire("conditional")
SEED = 5
PEOPLE = 60
ANSWERED = [("nursery", "woman"), ("camp", "woman"), ("camp|vouchers", "man"), ("counselling", "other")]


def rows(people: int) -> bytes:
    """Answers of people in five organizations; a few are rare."""
    drawn = Random(SEED)
    lines = ["alliance,organization,services,used,hours,time,recommend,gender,reasons"]
    for person in range(people):
        services, gender = drawn.choices(ANSWERED, [9, 5, 3, 1])[0]
        organization = drawn.choices(range(5), [9, 7, 5, 2, 1])[0]
        hours = drawn.choice(["2.5", "12", "DK", ""])
        lines.append(
            f"A{organization // 3},O{organization},{services},yes,{hours},{1 + person % 5},"
            f"{drawn.randint(1, 5)},{gender},{'Good' if person % 9 == 0 else ''}"
        )
    return "\n".join(lines).encode()


def opened(folder: Path, people: int = PEOPLE) -> Instance:
    """An instance with an open wave full of answers."""
    instance = make_instance(folder)
    instance.wave("w", "conditional")
    instance.import_answers("w", rows(people))
    return instance


def stored(instance: Instance) -> list[tuple[int, str]]:
    with instance.store.read() as db:
        return responses.filled(db, "w", 0, 2**40)


def left(instance: Instance) -> tuple[Any, ...]:
    """Everything that is stored of a wave."""
    with instance.store.read() as db:
        tables = [
            db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in ("response", "comment", "cell", "release", "mark", "coarsening", "invitation")
        ]
        return (*tables, waves.get(db, "w"))


def combinations(instance: Instance) -> Counter[Any]:
    with instance.store.read() as db:
        found = Combinations(CAST, invitations.cells(db, "w"))
    return Counter(
        (cell, found.of(cell, answers)) for cell, answers in unpacked([body for _, body in stored(instance)])
    )


def test_every_stored_combination_is_shared_by_the_threshold(tmp_path: Path) -> None:
    instance = opened(tmp_path)
    before = dict(stored(instance))
    assert min(combinations(instance).values()) < 5
    release = instance.close("w")
    assert min(combinations(instance).values()) >= 5
    after = dict(stored(instance))
    assert before.keys() == after.keys()
    assert {len(body.encode()) for body in after.values()} == {len(body.encode()) for body in before.values()}
    changed = [slot for slot in before if before[slot] != after[slot]]
    assert 0 < len(changed) < PEOPLE
    for slot in changed:
        (_, old), (_, new) = unpacked([before[slot], after[slot]])
        assert new == {item: old[item] for item in new}
        assert old.keys() - new.keys() <= {"gender", "services", "care", "obstacles"}
    hours = CAST.item("hours").id
    assert (
        sum(f'"{hours}":2.5' in body for body in after.values()) == release.whole.figures["item/hours"]["2.5"]
    )  # type: ignore[index]


def test_the_old_bodies_are_nowhere_in_the_file(tmp_path: Path) -> None:
    instance = opened(tmp_path)
    rare = b'"gender":"other"'
    instance.store.close()
    old = [body.encode().rstrip() for _, body in stored(instance)]
    assert rare in instance.store.path.read_bytes()
    instance.close("w")
    kept = {body.encode().rstrip() for _, body in stored(instance)}
    instance.store.close()
    content = instance.store.path.read_bytes()
    assert rare not in content
    assert b"=other" not in content  # as the plan names it
    gone = [body for body in old if body not in kept]
    assert gone and not any(body in content for body in gone)
    assert instance.store.path.with_name("riscontro.db-journal").stat().st_size == 0


def test_a_long_response_leaves_nothing_behind_either(instance: Instance) -> None:
    """One that does not fit into a page of the file but goes on in others."""
    instance.wave("w", invited=9)
    wide = 9000
    long = [(slot, f'{{"cell":0,"answers":{{"rare":"{"r" * 8000}"}}}}') for slot in range(9)]
    short = [(slot, '{"cell":0,"answers":{}}') for slot in range(9)]
    for bodies, found in ((long, True), (short, False)):
        with instance.store.write() as db:
            responses.overwrite(db, "w", bodies, wide)
        instance.store.close()
        assert (b"r" * 100 in instance.store.path.read_bytes()) is found


def test_named_answers_stay_as_they_are(instance: Instance) -> None:
    instance.wave("w", "organizations")
    instance.import_answers("w", b"alliance,organization,employees\nA1,O1,12\nA1,O2,7\n")
    with instance.store.read() as db:
        before = list(responses.named(db, "w"))
    instance.close("w")
    with instance.store.read() as db:
        assert [one[1:] for one in responses.named(db, "w")] == [one[1:] for one in before]
        assert db.execute("SELECT count(*) FROM coarsening").fetchone() == (0,)


def test_others_are_served_between_two_stretches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "CHUNK", 16)
    instance = opened(tmp_path)
    others = instance.wave("other", "all_kinds", invited=200)
    steps: Counter[str] = Counter()

    def answering(some: Iterable[Any], _number: int, what: Text) -> Iterable[Any]:
        for one in some:
            if steps[str(what.message)] % 20 == 0:
                instance.answer(others.pop(), utility="3")
            steps[str(what.message)] += 1
            yield one

    publishing.close(instance.store, instance.mark_keys, "w", NOW, answering)
    assert steps["counting"] == PEOPLE
    assert steps["coarsening what is stored"] == -(-responses.slots_for(PEOPLE) // 16)
    with instance.store.read() as db:
        assert responses.spent_count(db, "other") == 200 - len(others)


def undisturbed(template: Path, folder: Path) -> tuple[tuple[Any, ...], int, int]:
    """What an undisturbed close leaves, how many statements it took, and how many steps inside these."""
    shutil.copytree(template, folder)
    instance = make_instance(folder)
    statements, steps = [0], [0]
    watch(instance, statements, steps, 2**60, 2**60)
    instance.close("w")
    took = statements[0], steps[0]
    found = left(instance)
    instance.store.close()
    return found, *took


def watch(instance: Instance, statements: list[int], steps: list[int], last: int, last_step: int) -> None:
    """Count SQLite's statements and steps (of its machine); at the last one the process kills itself."""
    connection = instance.store._mine().db.conn

    def statement(_sql: str) -> None:
        statements[0] += 1
        if statements[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def step() -> int:
        steps[0] += 1
        if steps[0] == last_step:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    connection.set_trace_callback(statement)
    connection.set_progress_handler(step, 20)


def killed(folder: Path, last: int, last_step: int) -> None:
    """Close in a process of its own, which is killed in the middle of it."""
    child = os.fork()
    if not child:
        instance = make_instance(folder)
        watch(instance, [0], [0], last, last_step)
        instance.close("w")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


KILLS = 12


def test_a_close_that_is_killed_and_repeated_is_an_undisturbed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "CHUNK", 16)
    template = tmp_path / "template"
    opened(template).store.close()
    expected, statements, steps = undisturbed(template, tmp_path / "undisturbed")
    instants = [(1 + n * (statements - 1) // KILLS, 2**60) for n in range(KILLS)] + [(statements, 2**60)]
    instants += [(2**60, 1 + n * (steps - 1) // KILLS) for n in range(KILLS)]
    phases: Counter[tuple[str, bool]] = Counter()
    for number, (last, last_step) in enumerate(instants):
        folder = tmp_path / f"killed{number}"
        shutil.copytree(template, folder)
        killed(folder, last, last_step)
        instance = make_instance(folder)
        with instance.store.read() as db:
            state, frozen = waves.get(db, "w").state, releases.exists(db, "w")
        phases[state, frozen] += 1
        assert not frozen or not list(instance.settings.mark_keys.iterdir())
        instance.close("w")
        assert left(instance) == expected, (last, last_step)
        instance.store.close()
    assert phases["open", False] and phases["closing", False] and phases["closing", True]


def test_a_close_that_is_killed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "CHUNK", 16)
    template = tmp_path / "template"
    opened(template).store.close()
    expected, statements, _ = undisturbed(template, tmp_path / "undisturbed")
    shutil.copytree(template, tmp_path / "killed")
    # The second close takes up what the first has left, in fewer statements.
    killed(tmp_path / "killed", statements * 2 // 3, 2**60)
    killed(tmp_path / "killed", statements // 6, 2**60)
    instance = make_instance(tmp_path / "killed")
    instance.close("w")
    assert left(instance) == expected
    instance.store.close()


def test_a_bar_on_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    instance = opened(tmp_path)
    instance.store.close()
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "survey.cli", "wave", "close", "w"]
    environment = {**os.environ, "SURVEY_INSTANCE": str(tmp_path), "SURVEY_LANGUAGE": "en"}
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=terminal)
    os.close(terminal)
    said = b""
    with suppress(OSError):  # what a terminal answers once its other end is closed
        while chunk := os.read(reader, 4096):
            said += chunk
    os.close(reader)
    assert child.wait() == 0
    for step in (b"counting", b"coarsening what is stored"):
        assert re.search(step + rb"  \[#+\]  100%", said), said
    assert b"wave w is closed" in said


def test_a_later_close_keeps_the_hour_of_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = opened(tmp_path)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_finish", cut)
        with pytest.raises(KeyboardInterrupt):
            instance.close("w")
    standing = monitoring.standing(instance.store, "w")
    assert (standing.wave.state, standing.responses) == ("closing", PEOPLE)
    found: Release = publishing.close(instance.store, instance.mark_keys, "w", NOW.replace(year=2031))
    with instance.store.read() as db:
        assert waves.get(db, "w").closed_at == NOW
    assert found.closed == NOW.isoformat(timespec="seconds")


def test_two_programs_do_not_close_at_once(instance: Instance) -> None:
    """The second is refused at once and changes nothing; the first one goes on."""
    invited = instance.wave("w", invited=9)
    for one in invited[:6]:
        instance.answer(one, utility="4")
    refused = []

    def meanwhile(some: Iterable[Any], number: int, what: Text) -> Iterable[Any]:
        with pytest.raises(ClosingElsewhere, match="another program is closing"):
            publishing.close(instance.store, instance.mark_keys, "w", NOW)
        refused.append(what)
        return some

    release = publishing.close(instance.store, instance.mark_keys, "w", NOW, meanwhile)
    assert release.whole.responses == 6 and refused
    with pytest.raises(WrongState):
        instance.close("w")
