"""A study from its first wave to its end: codes, linking, and what is left when the key is gone."""

import re
from datetime import timedelta
from itertools import count

import pytest
from scipy import stats

from survey import enrolling, filing, importing, inviting, publishing, studying, tokens
from survey.answering import coded
from survey.changes.paired import paired_changes
from survey.counts import Reason
from survey.exports.results.sheets import sheets
from survey.gallery import Gallery
from survey.handing.batches import NotForNamed
from survey.inviting import BadWave, WrongState
from survey.keys import StudyKeyLost
from survey.language import language
from survey.paper import saying
from survey.paper.facts import Facts
from survey.recognising import CannotRecognise
from survey.reporting import Asked, Reporter
from survey.store import invitations, responses, studies, waves
from tests.cast import NOW, Instance, questionnaire

STUDY = "study-1"
_minutes = count()


def listed(
    instance: Instance, wave: str, rows: list[str], header: str = "email,alliance"
) -> dict[str, bytes]:
    """Import people into a wave; first cell -> invitation."""
    content = "\n".join([header, *rows]).encode()
    enrolling.import_people(instance.store, instance.mark_keys, wave, content, "people.csv", "test", NOW)
    with instance.store.read() as db:
        found = db.execute(
            "SELECT email, invitation.id FROM contact JOIN invitation ON invitation.id = invitation"
            " WHERE contact.wave = ?", [wave],
        ).fetchall()  # fmt: skip
    return dict(found)


def wave(instance: Instance, wave_id: str, people: list[str]) -> dict[str, bytes]:
    """An open wave of the study with these people, in two alliances."""
    instance.wave(wave_id, "panel", study=STUDY, opened=False)
    rows = [f"{one}@example.org,{'AB'[at % 2]}" for at, one in enumerate(people)]
    found = listed(instance, wave_id, rows)
    inviting.open_wave(instance.store, instance.mark_keys, wave_id, NOW)
    return {email.partition("@")[0]: invitation for email, invitation in found.items()}


def close(instance: Instance, wave_id: str) -> None:
    moment = NOW + timedelta(minutes=next(_minutes))
    publishing.close(instance.store, instance.mark_keys, wave_id, moment)


def bodies(instance: Instance, wave_id: str) -> list[str]:
    with instance.store.read() as db:
        return list(responses.bodies(db, wave_id))


PEOPLE = [f"p{number:02}" for number in range(60)]


def answered(instance: Instance, wave_id: str, people: dict[str, bytes], shift: int = 0) -> dict[str, int]:
    """Everybody answers; who answered what about the balance."""
    given = {one: 1 + (int(one[1:]) * 7 + shift * (int(one[1:]) % 3 > 0)) % 4 for one in people}
    for one, invitation in people.items():
        number = int(one[1:])
        instance.answer(
            invitation,
            balance=str(given[one] + shift), stress=str(5 - (number + shift) % 4),
            status=("full", "part")[(number // 2 + shift * (number % 5 == 0)) % 2], gender="fm"[number % 2],
            words="",
        )  # fmt: skip
    return {one: value + shift for one, value in given.items()}


@pytest.fixture
def study(instance: Instance) -> tuple[Instance, dict[str, int], dict[str, int]]:
    """Two closed waves: sixty people, then fifty of them and twelve others."""
    before = answered(instance, "w1", wave(instance, "w1", PEOPLE))
    close(instance, "w1")
    after = answered(instance, "w2", wave(instance, "w2", PEOPLE[10:] + [f"q{n:02}" for n in range(12)]), 1)
    close(instance, "w2")
    return instance, before, after


def test_the_same_people_are_linked_and_nobody_else(
    study: tuple[Instance, dict[str, int], dict[str, int]],
) -> None:
    instance, before, after = study
    (release,) = studying.standing(instance.store, STUDY).releases
    assert (release.earlier, release.later) == ("w1", "w2")
    assert (release.linked, release.only_earlier, release.only_later) == (50, 10, 12)
    both = [one for one in before if one in after]
    differences = [after[one] - before[one] for one in both]
    tally = release.items["balance"].differences
    assert not isinstance(tally, Reason)
    assert {int(step): n for step, n in tally.items()} == {
        step: differences.count(step) for step in set(differences)
    }
    table = release.items["status"].table
    assert not isinstance(table, Reason) and sum(table.values()) == 50
    assert (
        release.items["balance"].table is Reason.TOO_FEW_PER_STATUS
        or sum(release.items["balance"].table.values()) == 50
    )
    assert "gender" not in release.items and "words" not in release.items

    found = paired_changes(release, questionnaire("panel"))
    change = found.items["balance"]
    known = stats.ttest_rel([after[one] for one in both], [before[one] for one in both])
    interval = known.confidence_interval()
    assert change.p == pytest.approx(known.pvalue, rel=1e-9)
    assert change.interval == pytest.approx((interval.low, interval.high), rel=1e-9)
    ranked = stats.wilcoxon(differences, zero_method="wilcox", correction=False, method="asymptotic")
    assert change.wilcoxon is not None and change.wilcoxon.p == pytest.approx(ranked.pvalue, rel=1e-9)
    assert change.wilcoxon.zeros == differences.count(0)
    assert change.improved == sum(step > 0 for step in differences)
    turned = found.items["stress"]
    assert not isinstance(release.items["stress"].differences, Reason)
    assert turned.improved == sum(
        n for step, n in release.items["stress"].differences.items() if int(step) < 0
    )
    again = studying.standing(instance.store, STUDY)
    assert again.asked_again == 50


def test_after_the_end_nothing_can_be_linked_and_results_stay(
    study: tuple[Instance, dict[str, int], dict[str, int]],
) -> None:
    instance, _, _ = study
    before = studying.standing(instance.store, STUDY).releases
    sizes = {len(body.encode()) for one in ("w1", "w2") for body in bodies(instance, one)}
    codes = {code for one in ("w1", "w2") for code, _, _ in coded(bodies(instance, one))}
    assert len(codes) == 72
    key = instance.settings.mark_keys / f"{STUDY}.study"
    assert key.stat().st_mode & 0o777 == 0o600
    studying.end(instance.store, instance.mark_keys, STUDY, "test", NOW)
    studying.end(instance.store, instance.mark_keys, STUDY, "test", NOW)
    assert not key.exists()
    assert {code for one in ("w1", "w2") for code, _, _ in coded(bodies(instance, one))} == {tokens.NO_CODE}
    assert {len(body.encode()) for one in ("w1", "w2") for body in bodies(instance, one)} == sizes
    content = instance.settings.database.read_bytes()
    assert not any(code.encode() in content for code in codes)
    with instance.store.read() as db:
        assert not invitations.persons(db, "w1") | invitations.persons(db, "w2")
    assert studying.standing(instance.store, STUDY).releases == before
    with pytest.raises(BadWave, match="at an end"):
        instance.wave("w3", "panel", study=STUDY)


def test_the_database_alone_leads_from_nobody_to_a_code(instance: Instance) -> None:
    people = wave(instance, "w1", PEOPLE[:8])
    answered(instance, "w1", people)
    (code, *_), *_ = coded(bodies(instance, "w1"))
    with instance.store.read() as db:
        persons = invitations.persons(db, "w1")
    assert len(persons) == 8
    assert code not in {tokens.panel_code(one, one) for one in persons}
    key = instance.mark_keys.study(STUDY)
    assert code in {tokens.panel_code(key, one) for one in persons}
    with pytest.raises(WrongState, match="close it first"):
        studying.end(instance.store, instance.mark_keys, STUDY, "test", NOW)
    (instance.settings.mark_keys / f"{STUDY}.study").unlink()
    with pytest.raises(StudyKeyLost, match="put it back"):
        listed(instance, "w1", ["new@example.org,A"])
    fresh = instance.wave("v1", "panel", study="other", invited=5)
    (instance.settings.mark_keys / "other.study").unlink()
    with pytest.raises(StudyKeyLost):
        instance.door(fresh[0])


def test_answers_from_a_file_and_newcomers_keep_their_codes(instance: Instance) -> None:
    people = wave(instance, "w1", PEOPLE[:6])
    instance.answer(people["p00"], balance="3")
    link = instance.links.link(people["p01"])
    instance.import_answers("w1", f"link,balance\n{link},4\n,2\n".encode())
    with instance.store.read() as db:
        everybody = {one.id: one for one in invitations.of_wave(db, "w1")}
    key = instance.mark_keys.study(STUDY)
    stored = {code: answers["balance"] for code, _, answers in coded(bodies(instance, "w1"))}
    known = {tokens.panel_code(key, everybody[people[one]].person) for one in ("p00", "p01")}
    assert known < stored.keys() and sorted(stored.values()) == [2, 3, 4]
    listed(instance, "w1", ["late@example.org,A"])
    assert {code for code, _, _ in coded(bodies(instance, "w1"))} == stored.keys()


def test_who_is_the_same_person(instance: Instance) -> None:
    instance.wave("w1", "panel", study=STUDY, opened=False)
    listed(instance, "w1", ["a@example.org,7,A", "b@example.org,8,A"], "email,person,alliance")
    instance.wave("w2", "panel", study=STUDY, opened=False)
    with pytest.raises(CannotRecognise, match="needs the column"):
        listed(instance, "w2", ["a@example.org,A"])
    listed(instance, "w2", ["other@example.org,8,A", "c@example.org,,A"], "email,person,alliance")
    assert studying.standing(instance.store, STUDY).asked_again == 1
    with pytest.raises(CannotRecognise, match="already"):
        listed(instance, "w2", ["d@example.org,8,A"], "email,person,alliance")
    with pytest.raises(importing.InvalidRows):
        listed(instance, "w2", ["e@example.org,9,A", "f@example.org,9,A"], "email,person,alliance")

    told = {"email": "h@example.org", "person": "10", "alliance": "A"}
    enrolling.add(instance.store, instance.mark_keys, "w2", told, "test", NOW)
    listed(instance, "w1", ["new@example.org,10,A"], "email,person,alliance")
    assert studying.standing(instance.store, STUDY).asked_again == 2

    instance.wave("v1", "panel", study="by-address", opened=False)
    listed(instance, "v1", ["typo@example.org,A"])
    instance.wave("v2", "panel", study="by-address", opened=False)
    listed(instance, "v2", ["Right@example.org,A"])
    assert studying.standing(instance.store, "by-address").asked_again == 0
    with instance.store.read() as db:
        one = enrolling.found(db, waves.get(db, "v1"), "typo@example.org")
    told = {"email": "right@example.org"}
    enrolling.correct(instance.store, instance.mark_keys, "v1", one, told, "test", NOW)
    assert studying.standing(instance.store, "by-address").asked_again == 1
    with pytest.raises(CannotRecognise, match="leave the column of ids out"):
        listed(instance, "v2", ["g@example.org,9,A"], "email,person,alliance")


def test_what_cannot_be_a_panel_wave(instance: Instance) -> None:
    for study, definition, why in (
        (None, "panel", "name the study"),
        (STUDY, "all_kinds", "only panel waves"),
        ("../x", "panel", "cannot be used"),
    ):
        with pytest.raises(BadWave, match=re.escape(why)):
            instance.wave("w", definition, study=study)
    wave(instance, "w1", PEOPLE[:6])
    with instance.store.read() as db, pytest.raises(studies.UnknownStudy, match=STUDY):
        studies.get(db, "beyond")
    from survey.handing.batches import Way, _judge

    with instance.store.read() as db, pytest.raises(NotForNamed, match="belong to nobody"):
        _judge(waves.get(db, "w1"), Way.OPEN)


def test_print_promises_no_more_than_a_panel_keeps() -> None:
    of = questionnaire("panel")
    facts = Facts(of.title, of, None, 5, False, "", "", "https://s.example.org")
    said = f"{saying.promise(facts, language('en'))} {language('en')(saying.seen(facts))}"
    assert said.count("the same in all rounds of this study") == 2
    assert "nonymous" not in said and "traced back" not in said


def test_report_and_workbook_tell_the_change_of_the_same_people(
    study: tuple[Instance, dict[str, int], dict[str, int]],
) -> None:
    instance, before, after = study
    settings, t = instance.settings, language("en")
    making = Reporter(instance.store, Gallery(settings.charts), settings)
    made = making.make(Asked("w2", "en", baseline="w1"))
    assert made.facts.paired is not None and made.facts.paired.release.linked == 50
    which = {one.what: one for one in made.report.pictures}
    assert made.picture(which["study"]).title == "The same people in two waves"
    assert made.order(which["study"], "svg").release_id == made.facts.paired_id
    told = " ".join(said.text for said in made.report.said())
    assert "50 people answered both waves; 10 answered w1 only and 12 answered w2 only" in told
    assert "Release of the study (SHA-256)" in told
    assert making.make(Asked("w2", "en")).facts.paired is None  # no baseline was declared

    drawing = Gallery(settings.charts)
    of = filing.closed(instance.store, settings, "w2", drawing)
    assert filing.closed(instance.store, settings, "w1", drawing).paired == ()
    page = next(one for one in sheets(of.results, of.questionnaire, t, of.paired) if one.name == "w1 → w2")
    changed, moved = page.blocks
    both = [after[one] - before[one] for one in before if one in after]
    row = next(cells for cells in changed.rows if getattr(cells[1], "value", None) == len(both))
    assert row[2].value == pytest.approx(sum(both) / len(both))
    ways = [sum(step > 0 for step in both), both.count(0), sum(step < 0 for step in both)]
    assert [cell.value for cell in row[6:9]] == ways
    assert sum(cell.value for cells in moved.rows for cell in cells[1:]) == 50
    with instance.store.read() as db:
        later = waves.get(db, "w2")
    assert filing.sees_linked(instance.store, later, {"w1", "w2"})
    assert not filing.sees_linked(instance.store, later, {"w2"})
