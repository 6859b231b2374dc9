"""Lists of people into waves: planned, stored whole or not at all, dealt anew; the simulator; uploads."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from survey import enrolling, simulating
from survey.cells import BadGroup
from survey.definitions.model import Breakdown
from survey.enrolling import CannotCorrect, NoSuchPerson, PlanChanged
from survey.inviting import WrongState
from survey.language import language
from survey.people import Plan
from survey.rows import InvalidRows
from survey.store import audit, contacts, invitations, responses, waves
from survey.store.audit import Entry
from survey.store.contacts import Contact, Reach
from survey.store.invitations import Invitation
from survey.uploads import Upload, UploadGone, Uploads, swept
from tests.cast import NOW, Instance

HEAD = "email,name,language,alliance,organization,service\n"
WHO = "valutatrice@example.org"


def people(*numbers: int, organization: str = "O1") -> str:
    return "".join(f"p{n}@example.org,Person {n},it,A1,{organization},S1\n" for n in numbers)


def take(instance: Instance, rows: str, wave: str = "w", head: str = HEAD, digest: str | None = None) -> Plan:
    return enrolling.import_people(
        instance.store, instance.mark_keys, wave, (head + rows).encode(), "people.csv", WHO, NOW, digest
    )


def stored(instance: Instance, wave: str = "w") -> list[Contact]:
    with instance.store.read() as db:
        return contacts.of_wave(db, wave)


def whose(instance: Instance, email: str, wave: str = "w") -> Invitation:
    with instance.store.read() as db:
        return invitations.get(db, enrolling.found(db, waves.get(db, wave), email))


def log(instance: Instance, wave: str = "w") -> list[Entry]:
    with instance.store.read() as db:
        return audit.of_wave(db, wave)


def test_a_corrected_list_is_the_same_people_with_the_same_invitations(instance: Instance) -> None:
    instance.wave("w", "beneficiaries", opened=False)
    take(instance, people(*range(10)))
    before = whose(instance, "p3@example.org").id
    rows = people(0, 1, 2) + "P3@EXAMPLE.ORG,Renamed,en,A1,O1,\n" + people(4, organization="O2") + people(99)
    review = enrolling.review(instance.store, "w", (HEAD + rows).encode(), "people.csv")
    assert [one.email for one in stored(instance)] == sorted(f"p{n}@example.org" for n in range(10))
    plan = take(instance, rows, digest=review.plan.digest)
    assert (len(plan.added), len(plan.changed), plan.same, plan.absent) == (1, 2, 3, 5)
    renamed = whose(instance, "p3@example.org")
    assert (renamed.id, renamed.language, renamed.groups) == (before, "en", ("A1", "O1", "S1"))
    assert whose(instance, "p4@example.org").groups == ("A1", "O2", "S1")
    assert [(one.act, one.about) for one in log(instance)] == [
        ("people_imported", "+10 ~0 =0"),
        ("people_imported", "+1 ~2 =3"),
    ]


def test_nothing_is_stored_of_a_list_with_a_problem_or_of_another_plan(instance: Instance) -> None:
    instance.wave("w", "beneficiaries", opened=False)
    with pytest.raises(InvalidRows) as refused:
        take(instance, people(1, 2) + "nobody,,,,,\n")
    assert [(one.line, one.column) for one in refused.value.problems] == [(4, "email")]
    with pytest.raises(PlanChanged):
        take(instance, people(1), digest="another")
    take(instance, people(1))
    for attempt in (enrolling.review, None):
        with pytest.raises(BadGroup, match="O1 lies in A1 and in A2"):
            content = HEAD + "x@example.org,,,A2,O1,\n"
            if attempt:
                attempt(instance.store, "w", content.encode(), "people.csv")
            else:
                take(instance, "x@example.org,,,A2,O1,\n")
    assert len(stored(instance)) == len(log(instance)) == 1


def test_newcomers_join_the_cells_of_an_open_wave_and_its_marks_are_dealt_anew(instance: Instance) -> None:
    first = instance.wave("w", "beneficiaries", groups=[{"alliance": "A1", "organization": "O1"}] * 10)
    instance.answer(first[0], utility="4")
    plan = take(instance, people(*range(20)))
    assert len(plan.added) == 20
    with instance.store.read() as db:
        everybody = invitations.of_wave(db, "w")
        assert all(one.cell is not None for one in everybody)
        assert (len(everybody), responses.spent_count(db, "w")) == (30, 1)
    instance.answer(whose(instance, "p7@example.org").id, utility="5")
    rows = "p7@example.org,New name,en,,,\n" + people(8, organization="O9")
    with pytest.raises(InvalidRows) as refused:
        take(instance, rows)
    (problem,) = refused.value.problems
    assert problem.line == 3
    assert "would change from O1 to O9; since the wave is open" in language("en")(problem.text)
    take(instance, "p7@example.org,New name,en,,,\n")
    assert whose(instance, "p7@example.org").language == "en"
    assert instance.close("w").whole.responses == 2


def test_a_named_wave_invites_each_organization_once_whoever_answers_for_it(instance: Instance) -> None:
    instance.wave("w", "organizations", groups=[{"alliance": "A1", "organization": "O1"}])
    head = "alleanza,organizzazione,referente,email,colleghi\n"
    take(instance, "A1,O1,Anna,a@x.it,b@x.it c@x.it\nA1,O2,Bruno,a@x.it,\n", head=head)
    with instance.store.read() as db:
        assert invitations.count(db, "w") == 2
    one = whose(instance, "b@x.it")
    with instance.store.write() as db:
        invitations.set_dispositions(db, [(one.id, "bounced")])
    take(instance, "A1,O1,Carla,carla@x.it,c@x.it d@x.it\n", head=head)
    assert (whose(instance, "carla@x.it").id, whose(instance, "d@x.it").disposition) == (one.id, None)
    of_o1 = [(c.email, c.role, c.name) for c in stored(instance) if c.invitation == one.id]
    assert of_o1 == [
        ("c@x.it", "colleague", ""),
        ("carla@x.it", "first", "Carla"),
        ("d@x.it", "colleague", ""),
    ]
    with instance.store.write() as db:
        db.execute("UPDATE contact SET bounced = '5.1.1' WHERE email = 'd@x.it'")
        wave = waves.get(db, "w")
        header, rows = enrolling.listed(db, wave, bounced=False)
        assert enrolling.listed(db, wave, bounced=True)[1] == rows[1:]
    assert rows == [
        ["a@x.it", "Bruno", "", "A1", "O2", "", "", ""],
        ["carla@x.it", "Carla", "", "A1", "O1", "c@x.it, d@x.it", "d@x.it", "bounced"],
    ]
    again = [",".join(f'"{cell}"' for cell in row) for row in (header, *rows)]
    plan = take(instance, "\n".join(again[1:]), head=again[0] + "\n")
    assert (plan.same, plan.nothing) == (2, True)


def test_one_person_is_added_corrected_withdrawn_each_with_a_line_in_the_log(instance: Instance) -> None:
    instance.wave("w", "beneficiaries", invited=10)
    keys, store = instance.mark_keys, instance.store
    enrolling.add(store, keys, "w", {"email": "a@x.it", "name": "Anna"}, WHO, NOW)
    with pytest.raises(CannotCorrect, match="in the wave w already"):
        enrolling.add(store, keys, "w", {"email": "A@x.it"}, WHO, NOW)
    one = whose(instance, "a@x.it")
    with store.write() as db:
        db.execute("UPDATE contact SET bounced = '5.1.1'")
        invitations.set_dispositions(db, [(one.id, "bounced")])
        wave = waves.get(db, "w")
        assert enrolling.listed(db, wave, bounced=True)[1][0][0] == "a@x.it"
    enrolling.add(store, keys, "w", {"email": "b@x.it"}, WHO, NOW)
    with pytest.raises(CannotCorrect, match="somebody else"):
        enrolling.correct(store, keys, "w", one.id, {"email": "b@x.it"}, WHO, NOW)
    with pytest.raises(CannotCorrect, match="do not change any more"):
        enrolling.correct(store, keys, "w", one.id, {"alliance": "A1"}, WHO, NOW)
    changed = enrolling.correct(store, keys, "w", one.id, {"email": "anna@x.it"}, WHO, NOW)
    assert (changed, whose(instance, "anna@x.it").disposition) == ({"address"}, None)
    assert [c.bounced for c in stored(instance) if c.name == "Anna"] == [None]
    enrolling.withdraw(store, "w", one.id, WHO, NOW)
    with store.read() as db:
        assert contacts.reach(db, "w") == Reach(12, 1, 0, 10, 0, 0, 1)
        assert enrolling.listed(db, wave, bounced=True)[1] == []
    assert [(e.act, e.about) for e in log(instance)] == [
        ("wave_opened", ""),
        ("people_imported", "+1"), ("people_imported", "+1"), ("person_corrected", "address"),
        ("person_withdrawn", "1"),
    ]  # fmt: skip
    with pytest.raises(NoSuchPerson):
        whose(instance, "nobody@x.it")


def test_contacts_are_erased_and_invitations_stay(instance: Instance) -> None:
    instance.wave("w", "beneficiaries", opened=False)
    take(instance, people(*range(8)))
    enrolling.erase_contacts(instance.store, "w", WHO, NOW)
    assert stored(instance) == []
    instance.wave("open", "beneficiaries", invited=8)
    with pytest.raises(WrongState, match="without contacts"):
        enrolling.erase_contacts(instance.store, "open", WHO, NOW)
    with instance.store.read() as db:
        assert invitations.count(db, "w") == 8
    content = instance.settings.database.read_bytes()
    assert b"p3@example.org" not in content
    assert log(instance)[-1].about == "8"


ORGANIZATION = (Breakdown("organization", {}),)


def test_the_simulator_deals_the_cells_and_divides_as_closing_does() -> None:
    invited = Counter({("large",): 200, **{(f"small {n}",): 6 for n in range(20)}, ("tiny",): 2})
    found = {}
    for threshold in (3, 5, 10):
        cells = simulating.dealt(invited, threshold)
        found[threshold] = simulating.forecast(
            ORGANIZATION, cells, invited, threshold, 0.3, ["organization"]
        ).outlooks[0]
    assert all(one.groups == 22 for one in found.values())
    assert found[10].typical == found[10].high == 1
    assert "tiny" in found[3].pooled
    assert found[3].typical > found[5].typical >= found[10].typical
    # P(Bin(6, 0.3) >= 3) = 0.256: about 5 of 20 small groups; a pool may take one more along.
    assert 4 <= found[3].typical <= 8


def test_if_everybody_answers_every_group_of_enough_people_is_shown(instance: Instance) -> None:
    instance.wave("w", "beneficiaries", opened=False)
    take(instance, people(*range(10)) + people(*range(10, 20), organization="O2"))
    sure, likely = (enrolling.forecasts(instance.store, "w", rate) for rate in (1.0, 0.3))
    by = {one.threshold: {o.breakdown.id: o.typical for o in one.outlooks} for one in sure}
    assert by[5] == {"alliance": 1, "organization": 2, "service": 1}
    assert [one.to_json() for one in likely] == [
        one.to_json() for one in enrolling.forecasts(instance.store, "w", 0.3)
    ]
    assert sorted(by) == [3, 5, 10]


def test_a_server_forgets_what_has_waited_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at when it starts, and again by itself."""
    monkeypatch.setattr("survey.uploads.SWEEP", 0.001)
    uploads, looks = Uploads(tmp_path / "uploads"), iter(range(2))
    path = tmp_path / "uploads" / uploads.keep(Upload("l.csv", b"email\n"), "w", WHO, NOW)
    looked = [threading.Event(), threading.Event()]

    def clock() -> datetime:
        number = next(looks, 1)
        looked[number].set()
        return NOW + timedelta(minutes=59 + 2 * number)

    with swept(uploads, clock):
        assert looked[0].wait(20) and looked[1].wait(20)
    assert not path.exists()


def test_an_upload_waits_for_its_evaluator_an_hour_and_no_longer(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    token = uploads.keep(Upload("l.csv", b"email\n"), "w", WHO, NOW)
    path = tmp_path / "uploads" / token
    assert path.stat().st_mode & 0o777 == 0o600
    assert uploads.get(token, "w", WHO, NOW) == Upload("l.csv", b"email\n")
    for other in ((token, "w", "x@x.it"), (token, "v", WHO), ("../" + token, "w", WHO)):
        with pytest.raises(UploadGone):
            uploads.get(*other, NOW)
    with pytest.raises(UploadGone):
        uploads.get(token, "w", WHO, NOW + timedelta(minutes=61))
    assert not path.exists()
