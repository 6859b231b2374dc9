"""A panel wave from its form to the pages of its study: declared, stated, linked, shown, ended."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey import admitting, enrolling, inviting, publishing, shelf
from survey.cli import main
from survey.store import waves
from tests.cast import NOW, QUESTIONNAIRES, Instance, answers, questionnaire
from tests.web.evaluators.conftest import EMAIL, Office, csrf_token, sign_in

OF = questionnaire("panel")


def filled(instance: Instance, wave: str, numbers: range, shift: int) -> None:
    """An open wave whose people have answered, closed again; answers come as a file, which is quicker."""
    rows = "".join(f"p{at}@example.org,A\n" for at in numbers)
    content = f"email,alliance\n{rows}".encode()
    enrolling.import_people(instance.store, instance.mark_keys, wave, content, "p.csv", "test", NOW)
    inviting.open_wave(instance.store, instance.mark_keys, wave, NOW)
    with instance.store.read() as db:
        found = db.execute("SELECT email, invitation FROM contact WHERE wave = ?", [wave]).fetchall()
    lines = ["link,balance,stress,status"]
    for email, invitation in found:
        at = int(email[1:].partition("@")[0])
        moved = shift * (at % 3 > 0)
        link = instance.links.link(invitation)
        lines.append(f"{link},{1 + at % 4 + moved},{5 - at % 4 - moved},{('full', 'part')[(at // 2) % 2]}")
    instance.import_answers(wave, "\n".join(lines).encode())


def made(office: Office, wave: str, study: str) -> int:
    """Make a wave of the panel questionnaire by the form; the status of the answer."""
    client = office.evaluator("en")
    address = "/waves/new?questionnaire=panel-1.json"
    page = client.get(address)
    assert "known again by a code" in page.text
    told = {
        "csrf_token": csrf_token(page),
        "id": wave,
        "study": study,
        "threshold": "5",
        "timezone": "Europe/Rome",
    }
    return client.post(address, data=told).status_code


@pytest.fixture
def office(empty: Office) -> Office:
    shelf.keep(
        empty.instance.settings.questionnaires, (QUESTIONNAIRES / "panel.json").read_bytes(), "panel.json"
    )
    return empty


def test_a_study_from_its_first_wave_to_its_end(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = office.instance
    assert made(office, "w1", "") == 422
    assert made(office, "w1", "s1") == 303
    filled(instance, "w1", range(60), 0)

    # What respondents are told, in both languages.
    public, late = office.app.test_client(), b"email,alliance\nlate@example.org,A\n"
    enrolling.import_people(instance.store, instance.mark_keys, "w1", late, "p.csv", "test", NOW)
    with instance.store.read() as db:
        one = enrolling.found(db, waves.get(db, "w1"), "late@example.org")
    link = instance.links.link(one)
    form = public.get(f"/a/{link}?lang=en").text
    assert "under a code that is the same in all rounds of this study" in form and "destroyed" in form
    assert "Anonymous:" not in form
    assert "sotto un codice uguale in tutte le rilevazioni" in public.get(f"/a/{link}?lang=it").text
    notice = public.get("/privacy/w1?lang=en").text
    assert "holds the key" in notice or "holds it" in notice
    door = instance.answering.open(link, NOW)
    instance.answering.receive(door, answers(OF, balance="2"), NOW)

    client = office.evaluator("en")
    publishing.close(instance.store, instance.mark_keys, "w1", NOW)
    assert "No two waves of it are closed yet" in client.get("/waves/w1/study").text
    assert made(office, "w2", "s1") == 303
    filled(instance, "w2", range(10, 80), 1)
    publishing.close(instance.store, instance.mark_keys, "w2", NOW.replace(hour=11))

    assert "/waves/w2/study/w1" in client.get("/waves/w2/study").text
    page = " ".join(client.get("/waves/w2/study/w1").text.split())
    assert "50 people answered both waves; 11 answered w1 only and 20 answered w2 only" in page
    assert re.search(r"I can balance work and family: \+0\.68 points on average \(between", page)
    assert "I feel under pressure: −0.68" in page and "34 improved, 16 stayed the same" in page
    svg = client.get("/waves/w2/study/w1/chart.svg?lang=it")
    assert "migliorati" in " ".join(ET.fromstring(svg.data).itertext())
    assert client.get("/waves/w1/study/w1").status_code == 404
    assert "the study tells" in client.get("/waves/w1/compare/w2?lang=en").text

    admitting.add(instance.store, "half@example.org", ["w2"], "test", NOW)
    half = office.app.test_client()
    sign_in(half, instance, "half@example.org")
    assert half.get("/waves/w2/study/w1").status_code == 404

    monkeypatch.setenv("SURVEY_INSTANCE", str(instance.settings.instance))

    def told(*words: str) -> str:
        return CliRunner().invoke(main, ["study", *words], catch_exceptions=False).stdout

    assert told("results", "s1").splitlines()[1] in page.replace("&#39;", "'")
    found = json.loads(told("results", "s1", "--json"))
    assert found["linked"] == 50 and found["items"]["stress"]["improved"] == 34
    assert json.loads(told("list", "--json"))[0]["asked_again"] == 50
    told("results", "s1", "--out", str(tmp_path / "same.svg"))
    assert (tmp_path / "same.svg").stat().st_size > 1000
    assert "study.json" in CliRunner().invoke(main, ["wave", "log", "w2"]).stdout
    end = "/waves/w2/end-study"
    assert "End the study …" in client.get("/waves/w2/study").text
    assert "End the study …" not in half.get("/waves/w2/study").text and half.get(end).status_code == 404
    form = {"csrf_token": csrf_token(client.get(end)), "sure": "y"}
    assert client.post(end, data={"sure": "y"}).status_code == 400
    assert client.post(end, data={**form, "sure": ""}).status_code == 422
    made(office, "w3", "s1")
    filled(instance, "w3", range(10, 40), 1)
    assert "first close w3" in client.get(end).text and client.post(end, data=form).status_code == 409
    publishing.close(instance.store, instance.mark_keys, "w3", NOW.replace(hour=12))
    for other in ("w1", "w2"):
        assert "The same people in" in client.get(f"/waves/w3/study/{other}").text
    assert 'aria-current="page">The same people<' in (asked := client.get(end).text)
    assert "3 comparisons of two waves" in asked and "Backups of the keys" in asked

    assert client.post(end, data=form).location == "/waves/w2/study"
    assert not (instance.settings.mark_keys / "s1.study").exists()
    assert json.loads(told("show", "s1", "--json"))["ended"]
    assert "at an end" in client.get("/waves/w2/study").text
    assert "50 people answered both waves" in client.get("/waves/w2/study/w1").text
    assert client.get(end).status_code == client.post(end, data=form).status_code == 404
    assert "study ended" in (log := CliRunner().invoke(main, ["log"]).stdout) and EMAIL in log
