"""Two closed waves on one page, and by command: the same sentences, the cautions first."""

import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from click.testing import CliRunner

from survey import admitting
from survey.cli import main
from tests.cast import NOW, Instance
from tests.web.evaluators.conftest import CLOSED, NAMED, Office, sign_in


def fill(instance: Instance, wave: str, high: int, low: int, phase: str) -> None:
    """A closed wave of two alliances, one of which finds it more useful than the other."""
    random = np.random.default_rng(high)
    invited = instance.wave(wave, groups=[{"alliance": "A1"}] * high + [{"alliance": "A2"}] * low)
    with instance.store.write() as db:
        db.execute("UPDATE wave SET phase = ? WHERE id = ?", [phase, wave])
    for place, one in enumerate(invited):
        mark = random.choice(["4", "5"] if place < high else ["1", "2", "3"])
        instance.answer(
            one, utility=mark, recommend=str(random.integers(11)), again=str(random.choice(["yes", "no"]))
        )
    instance.close(wave)


@pytest.fixture
def office(empty: Office) -> Office:
    fill(empty.instance, "before", 60, 60, "baseline")
    fill(empty.instance, "after", 120, 30, "final")
    return empty


def test_the_page_says_what_changed_and_who_answered(office: Office) -> None:
    client = office.evaluator("en")
    assert "before" in client.get("/waves/after/compare").text
    said = client.get("/waves/after/compare/before")
    assert said.status_code == 200
    text = " ".join(said.text.split())
    assert "is not a baseline" not in text
    assert "not necessarily because of the programme" in text
    assert "different mixes of people: 30% of the answers would have to come from other groups" in text
    assert "With the earlier wave&#39;s mix by alliance:" in text
    assert "higher than can be explained by chance" in text
    turned = client.get("/waves/before/compare/after").text.replace(
        "/waves/before/compare/after", "/waves/after/compare/before"
    )
    assert said.text.split('<div class="head">')[1] == turned.split('<div class="head">')[1]


def test_a_wave_that_is_hidden_is_no_wave_to_compare_with(office: Office) -> None:
    admitting.add(office.instance.store, "half@example.org", ["after"], "test", NOW)
    client = office.app.test_client()
    sign_in(client, office.instance, "half@example.org")
    client.get("/waves/?lang=en")
    chosen = client.get("/waves/after/compare")
    assert chosen.status_code == 200 and "/compare/before" not in chosen.text
    hidden, unknown = (client.get(f"/waves/after/compare/{other}") for other in ("before", "beyond"))
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.text == unknown.text.replace("beyond", "before")
    assert client.get("/waves/after/compare/before/chart.svg").status_code == 404


def test_a_final_wave_leads_to_its_baseline_or_says_that_there_is_none(office: Office) -> None:
    final = office.evaluator("en").get("/waves/after").text
    assert 'href="/waves/after/compare/before"' in final and "There is no baseline" not in final
    assert "baseline to compare" not in office.evaluator("en").get("/waves/before").text
    admitting.add(office.instance.store, "half@example.org", ["after"], "test", NOW)
    client = office.app.test_client()
    sign_in(client, office.instance, "half@example.org")
    hidden = client.get("/waves/after?lang=en").text
    assert "compare/before" not in hidden
    assert "There is no baseline here" in hidden and "perceived change" in hidden


def test_its_chart_says_it_too(office: Office) -> None:
    svg = office.evaluator("it").get("/waves/after/compare/before/chart.svg")
    words = " ".join(ET.fromstring(svg.data).itertext())
    assert "Cambiamenti fra due rilevazioni" in words and "Medie, in punti della scala" in words


def test_what_cannot_be_compared_says_why(demo: Office) -> None:
    client = demo.evaluator("en")
    refused = client.get(f"/waves/{CLOSED}/compare/{NAMED}")
    assert refused.status_code == 409 and "only waves of one questionnaire can be compared" in refused.text
    assert client.get(f"/waves/{CLOSED}/compare/no-such").status_code == 404
    assert (
        "There is no other closed wave of this questionnaire" in client.get(f"/waves/{CLOSED}/compare").text
    )


def test_the_command_prints_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_INSTANCE", str(office.instance.settings.instance))

    def told(*words: str) -> str:
        return CliRunner().invoke(main, ["compare", "after", "before", *words], catch_exceptions=False).stdout

    assert told().startswith("From before to after.\n")
    assert "higher than can be explained by chance" in told()
    found = json.loads(told("--json"))
    assert found["composition"]["alliance"]["differs"] is True
    assert found["indicators"]["utility_mean"]["verdict"] == "higher"
