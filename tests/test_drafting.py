"""Drafts of named waves: kept whole, never overwritten unseen, gone when sent; reopened with a log."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Barrier

import pytest

from survey.answering import AlreadyAnswered, Door, WaveClosed
from survey.cells import BadGroup
from survey.drafting import (
    LONGEST_SHORT,
    Drafting,
    Filled,
    NewerDraft,
    TooLong,
    differing,
    fields_in,
)
from survey.reopening import CannotReopen, reopen
from survey.store import audit, drafts, responses
from survey.store.audit import Entry
from survey.store.waves import UnknownWave
from tests.cast import NOW, Instance, answers, make_instance, questionnaire

LATER = NOW + timedelta(hours=2)
ORGANIZATIONS = [{"alliance": "A1", "organization": f"O{n}"} for n in range(1, 4)]


@pytest.fixture
def drafting(instance: Instance) -> Drafting:
    return Drafting(instance.store, instance.answering)


@pytest.fixture
def door(instance: Instance) -> Door:
    return instance.door(instance.wave("w", "organizations", groups=ORGANIZATIONS)[0])


def filled(seen: int = 0, by: str = "", **fields: str) -> Filled:
    """A form with one value in each field."""
    return Filled({item: (value,) for item, value in fields.items()}, seen, by)


def count(instance: Instance, table: str) -> int:
    """How many rows a table has."""
    with instance.store.read() as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_what_is_filled_in_is_kept_as_it_was_typed(drafting: Drafting, door: Door) -> None:
    assert drafting.found(door) is None
    first = drafting.save(door, filled(employees="about 40", comment="half a sent"), NOW)
    assert (first.revision, first.changed) == (1, ("employees", "comment"))
    second = drafting.save(door, filled(1, "MR", employees="41", comment="half a sent"), LATER)
    assert drafting.found(door) == second
    assert (second.revision, second.changed, second.by, second.saved_at) == (2, ("employees",), "MR", LATER)


def test_saving_what_is_saved_already_changes_nothing(drafting: Drafting, door: Door) -> None:
    first = drafting.save(door, filled(employees="40"), NOW)
    assert drafting.save(door, filled(0, "MR", employees="40"), LATER) == first


def test_who_saves_signs_what_was_saved_in_the_background(drafting: Drafting, door: Door) -> None:
    drafting.save(door, filled(employees="40"), NOW)
    assert drafting.save(door, filled(0, "Paolo", employees="40"), LATER).by == "", "his form is older"
    signed = drafting.save(door, filled(1, "Maria", employees="40"), LATER)
    assert (signed.by, signed.revision, signed.saved_at) == ("Maria", 1, NOW)
    assert drafting.found(door) == signed
    assert drafting.save(door, filled(1, "Paolo", employees="40"), LATER).by == "Maria"


def test_a_newer_change_is_never_overwritten_unseen(drafting: Drafting, door: Door) -> None:
    drafting.save(door, filled(employees="40"), NOW)
    theirs = drafting.save(door, filled(1, employees="41"), NOW)
    with pytest.raises(NewerDraft) as refused:
        drafting.save(door, filled(1, employees="42"), LATER)
    assert refused.value.draft == theirs
    said = answers(door.questionnaire, employees="42")
    with pytest.raises(NewerDraft):
        drafting.send(door, said, filled(1, employees="42"), LATER)
    assert drafting.found(door) == theirs
    drafting.send(door, said, filled(2, employees="42"), LATER)
    assert drafting.found(door) is None


def test_a_form_that_says_the_same_may_be_sent_whatever_it_was_shown_with(
    instance: Instance, drafting: Drafting, door: Door
) -> None:
    drafting.save(door, filled(employees="40"), NOW)
    drafting.send(door, answers(door.questionnaire, employees="40"), filled(0, employees="40"), NOW)
    assert (count(instance, "draft"), count(instance, "named_answer")) == (0, 1)


def test_what_is_too_long_is_refused_with_its_item(drafting: Drafting, door: Door) -> None:
    fitting = filled(employees="9" * LONGEST_SHORT, comment="x" * 1600)
    drafting.save(door, fitting, NOW)
    for item, words in (("employees", "9" * (LONGEST_SHORT + 1)), ("comment", "x" * 20_000)):
        with pytest.raises(TooLong) as refused:
            drafting.save(door, filled(1, **{item: words}), NOW)
        assert refused.value.item == item


def test_only_fields_of_the_questionnaire_are_kept() -> None:
    asked = questionnaire("organizations")
    sent = {"employees": ["", " "], "comment": ["\r\na\r\nb "], "other": ["x"], "useful_actions": ["a", "b"]}
    assert fields_in(asked, sent) == {"comment": ("a\nb ",), "useful_actions": ("a", "b")}


def test_ticks_in_another_order_are_no_difference() -> None:
    asked = questionnaire("organizations")
    one, other = {"useful_actions": ("a", "b")}, {"useful_actions": ("b", "a")}
    assert differing(asked, one, other) == ()
    assert differing(asked, one, {}) == ("useful_actions",)


def test_halves_of_characters_and_controls_are_kept_too(drafting: Drafting, door: Door) -> None:
    typed = "a\x00\x1b\ud83d"
    drafting.save(door, filled(comment=typed), NOW)
    found = drafting.found(door)
    assert found is not None
    assert found.fields == {"comment": (typed,)}


def test_anonymous_waves_keep_nothing_before_the_end(instance: Instance, drafting: Drafting) -> None:
    door = instance.door(instance.wave("a", invited=6)[0])
    before = instance.store.path.read_bytes()
    assert drafting.found(door) is None
    assert drafting.sent(door) is None
    with pytest.raises(ValueError, match="named"):
        drafting.save(door, filled(utility="4"), NOW)
    assert instance.store.path.read_bytes() == before


def test_closing_forgets_drafts_of_its_wave_only(instance: Instance, drafting: Drafting, door: Door) -> None:
    other = instance.door(instance.wave("v", "organizations", groups=ORGANIZATIONS)[0])
    drafting.save(door, filled(employees="40"), NOW)
    drafting.save(other, filled(employees="40"), NOW)
    instance.close("w")
    assert count(instance, "draft") == 1
    with pytest.raises(WaveClosed):
        drafting.save(door, filled(1, employees="41"), NOW)


def test_nothing_can_be_saved_behind_sent_answers(drafting: Drafting, door: Door) -> None:
    drafting.send(door, answers(door.questionnaire, employees="40"), filled(employees="40"), NOW)
    with pytest.raises(AlreadyAnswered):
        drafting.save(door, filled(employees="41"), NOW)


def test_answers_from_a_file_end_the_draft(instance: Instance, drafting: Drafting, door: Door) -> None:
    drafting.save(door, filled(employees="40"), NOW)
    link = instance.links.link(door.invitation)
    instance.import_answers("w", f"link,employees\n{link},50\n".encode())
    assert count(instance, "draft") == 0
    reopen(instance.store, "w", {"organization": "O1"}, "anna", NOW)
    found = drafting.found(door)
    assert found is not None
    assert found.revision == 3, "above the draft's, which was 1"


# Reopening.


def sent(instance: Instance, drafting: Drafting, door: Door) -> None:
    """Send some answers of every kind."""
    said = answers(
        door.questionnaire, employees="40", sector="public", relation="DK", comment="Grazie\nmille"
    )
    drafting.send(door, said, filled(employees="40"), NOW)


def test_reopened_answers_are_a_draft_again(instance: Instance, drafting: Drafting, door: Door) -> None:
    draft = drafting.save(door, filled(employees="39"), NOW)
    said = answers(door.questionnaire, employees="40", sector="public", relation="DK", comment="Grazie")
    drafting.send(door, said, filled(draft.revision, employees="40"), NOW)
    entry = reopen(instance.store, "w", {"organization": "O1"}, "anna", LATER)
    assert entry == Entry(LATER, "anna", audit.REOPENED, "w", "organization=O1")
    with instance.store.read() as db:
        assert audit.of_wave(db, "w")[1:] == [entry]
    found = drafting.found(instance.door(door.invitation))
    assert found is not None
    assert found.reopened
    assert found.revision > draft.revision, "a form of before must not pass for a newer one"
    assert found.fields == {
        "employees": ("40",), "sector": ("public",), "relation": ("DK",), "comment": ("Grazie",),
    }  # fmt: skip
    assert count(instance, "named_answer") == 0
    with pytest.raises(NewerDraft):
        drafting.save(door, filled(draft.revision, employees="38"), LATER)


REFUSED: dict[str, tuple[Callable[[Instance], object], dict[str, str], type[Exception], str]] = {
    "unknown wave": (lambda _: None, {"organization": "O1"}, UnknownWave, "x"),
    "unknown breakdown": (lambda one: named(one), {"office": "O1"}, BadGroup, "office"),
    "nobody": (lambda one: named(one), {"organization": "O9"}, CannotReopen, "^0 invitations"),
    "several": (lambda one: named(one), {"alliance": "A1"}, CannotReopen, "^3 invitations"),
    "nothing sent": (lambda one: named(one), {"organization": "O1"}, CannotReopen, "sent nothing"),
    "draft wave": (lambda one: named(one, opened=False), {"organization": "O1"}, CannotReopen, "a draft"),
    "last day over": (
        lambda one: named(one, opens=date(2026, 11, 1), closes=date(2026, 11, 19)),
        {"organization": "O1"}, CannotReopen, "November 19, 2026",
    ),
    "closed": (lambda one: (named(one), one.close("x")), {"organization": "O1"}, CannotReopen, "is closed"),
    "anonymous": (lambda one: one.wave("x", invited=6), {"alliance": "A1"}, CannotReopen, "anonymous"),
}  # fmt: skip


def named(instance: Instance, **more: object) -> list[bytes]:
    """A named wave x."""
    return instance.wave("x", "organizations", groups=ORGANIZATIONS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("make, groups, refusal, words", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_reopened(
    instance: Instance,
    make: Callable[[Instance], object],
    groups: dict[str, str],
    refusal: type[Exception],
    words: str,
) -> None:
    make(instance)
    with pytest.raises(refusal, match=words):
        reopen(instance.store, "x", groups, "anna", NOW)
    with instance.store.read() as db:
        assert audit.REOPENED not in [one.act for one in audit.everything(db)]


# Several at once.


def outcome(act: Callable[[], object]) -> str:
    """What became of an act: done, or the name of its refusal."""
    try:
        act()
    except (NewerDraft, AlreadyAnswered, WaveClosed, CannotReopen) as refusal:
        return type(refusal).__name__
    return "done"


def at_once(*acts: Callable[[], object]) -> list[str]:
    """The outcomes of acts that begin together, each in a thread of its own."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        ready.wait(30)
        return outcome(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_many_savings_at_once_one_is_kept_and_the_others_see_it(
    instance: Instance, drafting: Drafting, door: Door
) -> None:
    acts = [lambda n=n: drafting.save(door, filled(employees=str(n)), NOW) for n in range(1, 17)]
    outcomes = at_once(*acts)
    assert sorted(outcomes) == ["NewerDraft"] * 15 + ["done"]
    kept = drafting.found(door)
    assert kept is not None
    assert kept.fields == {"employees": (str(outcomes.index("done") + 1),)}


def test_a_saving_and_a_sending_at_once(instance: Instance, drafting: Drafting) -> None:
    for n, invitation in enumerate(
        instance.wave("w", "organizations", groups=[{"organization": f"O{n}"} for n in range(12)])
    ):
        door = instance.door(invitation)
        said = answers(door.questionnaire, employees="40")
        saved, went = at_once(
            lambda door=door: drafting.save(door, filled(employees="39"), NOW),
            lambda door=door, said=said: drafting.send(door, said, filled(employees="40"), NOW),
        )
        assert (saved, went) in {("AlreadyAnswered", "done"), ("done", "NewerDraft")}, n
        with instance.store.read() as db:
            assert responses.has_named(db, invitation) is (went == "done")
            assert (drafts.get(db, invitation) is not None) is (saved == "done")


def test_sending_while_an_evaluator_closes(instance: Instance, drafting: Drafting) -> None:
    for n in range(6):
        wave = f"w{n}"
        doors = [instance.door(one) for one in instance.wave(wave, "organizations", groups=ORGANIZATIONS)]
        said = answers(doors[0].questionnaire, employees="40")
        *went, closed = at_once(
            *(
                lambda door=door: drafting.send(door, said, filled(employees="40"), NOW)  # noqa: B023
                for door in doors
            ),
            lambda wave=wave: instance.close(wave),
        )
        assert closed == "done"
        assert set(went) <= {"done", "WaveClosed"}
        with instance.store.read() as db:
            assert responses.named_count(db, wave) == went.count("done")


def test_reopening_and_closing_at_once(instance: Instance, drafting: Drafting) -> None:
    for n in range(6):
        wave = f"w{n}"
        door = instance.door(instance.wave(wave, "organizations", groups=ORGANIZATIONS)[0])
        sent(instance, drafting, door)
        reopened, closed = at_once(
            lambda wave=wave: reopen(instance.store, wave, {"organization": "O1"}, "anna", NOW),
            lambda wave=wave: instance.close(wave),
        )
        assert closed == "done"
        with instance.store.read() as db:
            assert responses.named_count(db, wave) == (reopened == "CannotReopen")
            assert drafts.count(db, wave) == 0


def _save_on(folder: str, link: str, end: Connection) -> None:
    """A process that saves one draft after the other, and tells each that is kept."""
    instance = make_instance(Path(folder))
    drafting = Drafting(instance.store, instance.answering)
    revision = 0
    while True:
        door = instance.answering.open(link, NOW)
        revision = drafting.save(door, filled(revision, employees=str(revision + 1)), NOW).revision
        end.send(revision)


def test_what_was_kept_survives_a_kill(instance: Instance, drafting: Drafting, door: Door) -> None:
    ours, theirs = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    folder, link = str(instance.settings.instance), instance.links.link(door.invitation)
    child = spawn.Process(target=_save_on, args=(folder, link, theirs), daemon=True)
    child.start()
    theirs.close()
    told = [ours.recv() for _ in range(5)]
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(30)
    while True:
        try:
            told.append(ours.recv())
        except EOFError:
            break
    kept = drafting.found(door)
    assert kept is not None
    assert kept.revision >= told[-1]
    assert kept.fields == {"employees": (str(kept.revision),)}
