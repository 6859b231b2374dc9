"""A link opens one door, once; what is stored is the answer and nothing about who gave it."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from survey import submission
from survey.answering import AlreadyAnswered, NotAnsweredYet, NotYetOpen, UnknownLink, WaveClosed, unpacked
from survey.keys import MarkKeyLost
from survey.store import responses
from survey.tokens import new_id
from tests.cast import NOW, Instance, answers

SAID = {"utility": "4", "recommend": "9", "used": "", "comment": "Good"}


def stored(instance: Instance, wave: str = "w") -> list[dict[str, object]]:
    """All responses of a wave, decoded."""
    with instance.store.read() as db:
        return [answers for _, answers in unpacked(list(responses.bodies(db, wave)))]


def test_an_answer_is_stored_once(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    instance.answer(one, utility="4", recommend="9", comment="Good")
    assert stored(instance) == [{"utility": 4, "recommend": 9}]
    with instance.store.read() as db:
        assert responses.text_bodies(db, "w") == {"comment": ["Good"]}
    with pytest.raises(AlreadyAnswered):
        instance.door(one)


def test_opening_a_link_changes_no_byte(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    before = instance.store.path.read_bytes()
    for _ in range(3):
        instance.door(one)
    assert instance.store.path.read_bytes() == before


def test_the_invitation_is_never_touched(instance: Instance) -> None:
    one, *_ = instance.wave("w", groups=[{"alliance": "A1"}] * 6)

    def invitations() -> list[tuple[object, ...]]:
        with instance.store.read() as db:
            return db.execute("SELECT * FROM invitation ORDER BY id").fetchall()

    before = invitations()
    instance.answer(one, utility="5")
    assert invitations() == before


def test_many_posts_of_one_link_store_one_answer(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    door = instance.door(one)
    said = answers(door.questionnaire, utility="4")

    def post(_: int) -> str:
        try:
            instance.answering.receive(door, said, NOW)
        except AlreadyAnswered:
            return "again"
        return "stored"

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(post, range(32)))
    assert sorted(outcomes) == ["again"] * 31 + ["stored"]
    assert len(stored(instance)) == 1


def test_many_links_at_once_are_all_stored(instance: Instance) -> None:
    invited = instance.wave("w", invited=48)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda one: instance.answer(one, utility="3"), invited))
    assert len(stored(instance)) == 48


DAYS = {
    "the day before it opens": (date(2026, 11, 21), None, NotYetOpen),
    "the day on which it opens": (date(2026, 11, 20), None, None),
    "the last day": (None, date(2026, 11, 20), None),
    "the day after": (None, date(2026, 11, 19), WaveClosed),
}


@pytest.mark.parametrize("opens, closes, refusal", DAYS.values(), ids=DAYS)
def test_days(
    instance: Instance, opens: date | None, closes: date | None, refusal: type[Exception] | None
) -> None:
    one, *_ = instance.wave("w", invited=5, opens=opens or date(2026, 11, 1), closes=closes)
    if refusal is None:
        instance.door(one)
        return
    with pytest.raises(refusal):
        instance.door(one)


def test_days_end_in_the_waves_time_zone(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5, closes=date(2026, 11, 20))
    midnight_in_rome = NOW.replace(hour=23, minute=0)
    instance.door(one, midnight_in_rome - timedelta(minutes=1))
    with pytest.raises(WaveClosed):
        instance.door(one, midnight_in_rome)


def test_a_draft_is_not_open_and_a_closed_wave_is_closed(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5, opened=False)
    with pytest.raises(NotYetOpen):
        instance.door(one)
    late, *_ = instance.wave("v", invited=5)
    door = instance.door(late)
    instance.close("v")
    with pytest.raises(WaveClosed):
        instance.door(late)
    with pytest.raises(WaveClosed):
        instance.answering.receive(door, answers(door.questionnaire, utility="4"), NOW)


def test_a_link_of_no_invitation_is_unknown(instance: Instance) -> None:
    instance.wave("w", invited=5)
    with pytest.raises(UnknownLink):
        instance.door(new_id())


def test_thanks_are_said_only_for_what_was_received(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    link = instance.links.link(one)
    with pytest.raises(NotAnsweredYet):
        instance.answering.status(link)
    instance.answer(one, utility="4")
    assert instance.answering.status(link).invitation == one


def test_a_named_answer_carries_its_invitation_and_time(instance: Instance) -> None:
    one, *_ = instance.wave("w", "organizations", groups=[{"organization": f"O{n}"} for n in range(3)])
    instance.answer(one, employees="12", comment="Grazie")
    with instance.store.read() as db:
        row = db.execute("SELECT invitation, answers, texts, received_at FROM named_answer").fetchone()
        assert db.execute("SELECT count(*) FROM mark").fetchone() == (0,)
    assert row[0] == one
    assert json.loads(row[1]) == {"employees": 12}
    assert json.loads(row[2]) == {"comment": "Grazie"}
    assert row[3].startswith("2026-11-20T09:30")
    with pytest.raises(AlreadyAnswered):
        instance.door(one)


def test_the_largest_answer_fits_its_slot(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    door = instance.door(one)
    body = json.dumps("x" * (submission.largest_json(door.questionnaire) - 2))
    with instance.store.read() as db:
        width = db.execute("SELECT DISTINCT length(CAST(answers AS BLOB)) FROM response").fetchall()
    assert len(body) == submission.largest_json(door.questionnaire)
    assert width == [(door.wave.width,)]
    assert door.wave.width >= len(body) + len('{"cell":9999999,"answers":}')


def test_waves_side_by_side_tell_each_link_whether_it_was_used(instance: Instance) -> None:
    """One statement tells it where the latest wave was guessed right, another one where it was not."""
    used = {name: instance.wave(name, invited=5)[0] for name in ("v", "w")}
    fresh = {name: instance.wave(f"{name}-more", invited=5)[0] for name in used}
    for one in used.values():
        instance.answer(one, utility="5")
    for name in ("v", "v", "w", "w", "v"):
        for _ in range(2):
            with pytest.raises(AlreadyAnswered):
                instance.door(used[name])
            assert instance.answering.status(instance.links.link(used[name])).wave.id == name
            with pytest.raises(NotAnsweredYet):
                instance.answering.status(instance.links.link(fresh[name]))
            assert instance.door(fresh[name]).wave.id == f"{name}-more"
    instance.close("w")
    with pytest.raises(WaveClosed):
        instance.door(used["w"])
    assert instance.door(fresh["v"]).wave.id == "v-more"


def test_whoever_comes_after_the_latest_wave_has_closed_gets_in(instance: Instance) -> None:
    (one, *_), (other, *_) = instance.wave("v", invited=5), instance.wave("w", invited=5)
    instance.door(other)
    instance.close("w")
    assert instance.door(one).wave.id == "v"


def test_a_lost_mark_key_is_said(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    instance.mark_keys._known.clear()
    (instance.settings.mark_keys / "w.key").unlink()
    with pytest.raises(MarkKeyLost, match=r"w\.key"):
        instance.door(one)


def test_nobody_is_thanked_after_closing_for_what_was_never_sent(instance: Instance) -> None:
    one, two, *_ = instance.wave("w", invited=6)
    instance.answer(one, utility="4")
    instance.close("w")
    for invitation in (one, two):
        with pytest.raises(WaveClosed):
            instance.answering.status(instance.links.link(invitation))
    first, second = instance.wave(
        "n", "organizations", groups=[{"organization": "O1"}, {"organization": "O2"}]
    )
    instance.answer(first, employees="12")
    instance.close("n")
    assert instance.answering.status(instance.links.link(first)).invitation == first
    with pytest.raises(NotAnsweredYet):
        instance.answering.status(instance.links.link(second))


def test_a_closed_wave_no_longer_tells_who_was_in_which_cell(instance: Instance) -> None:
    one, *_ = instance.wave("w", groups=[{"alliance": "A1"}] * 6)
    instance.answer(one, utility="4")
    instance.close("w")
    with instance.store.read() as db:
        assert db.execute("SELECT DISTINCT cell FROM invitation").fetchall() == [(None,)]
