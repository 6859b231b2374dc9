"""Supplements by command and on their page: beside the results, which stay as they were."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey import shelf
from survey.cli import main
from survey.store import audit
from tests.test_supplementing import JOINT, MEAN, filled, later
from tests.web.evaluators.conftest import EMAIL, Office, csrf_token


def test_the_command_and_the_page(empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = empty.instance
    filled(instance, "w")
    client = empty.evaluator("en")
    assert "This wave has none" in client.get("/waves/w/supplements").text
    monkeypatch.setenv("SURVEY_INSTANCE", str(instance.settings.instance))
    file = tmp_path / "later.json"
    file.write_bytes(later(MEAN)[1])

    def told(*words: str) -> str:
        return CliRunner().invoke(main, words, catch_exceptions=False).stdout

    before = json.loads(told("results", "w", "--json"))
    assert "Time saved" in told("supplement", "w", str(file), "saving_mean")
    after = json.loads(told("results", "w", "--json"))
    (more,) = after.pop("supplements")
    assert after == before and more["figure"]["n"] == 80
    assert more["by"]["alliance"]["groups"]["A0"]["n"] == 40
    assert "Supplement 1" in told("results", "w")
    assert json.loads(told("supplements", "w", "--json"))[0]["verified"] == "from_release"
    page = client.get("/waves/w/supplements").text
    assert "Time saved" in page and more["sha256"] in page
    assert client.get("/waves/w/supplements/1/chart.svg").status_code == 200
    assert client.get("/waves/w/supplements/2/chart.svg").status_code == 404


def test_a_figure_is_added_by_the_pages_alone(empty: Office) -> None:
    instance = empty.instance
    filled(instance, "w", rare=True)
    client = empty.evaluator("en")
    assert "No definition of this questionnaire has a figure" in client.get("/waves/w/supplements").text
    shelf.keep(instance.settings.questionnaires, later(MEAN, JOINT)[1], "later.json")
    page = client.get("/waves/w/supplements").text
    assert 'aria-current="page">Figures<' in page and "has to be counted" in page

    mean, joint = (f"/waves/w/supplements/add/all_kinds-2.json/{one}" for one in ("saving_mean", "both"))
    assert f'href="{mean}"' in page and f'href="{joint}"' in page
    asked = client.get(mean)
    assert "no answer is counted again" in asked.text and "never removed" in asked.text
    told = {"csrf_token": csrf_token(asked)}
    assert client.post(mean, data={"sure": "y"}).status_code == 400
    unsure = client.post(mean, data=told)
    assert unsure.status_code == 422 and "Tick this box first" in unsure.text
    assert client.post(mean, data=told | {"sure": "y"}).location == "/waves/w/supplements"
    page = client.get("/waves/w/supplements").text
    assert "Supplement 1" in page and f'href="{mean}"' not in page
    refused = client.post(joint, data=told | {"sure": "y"})
    assert refused.status_code == 422 and "stand out are dropped" in refused.text
    assert client.get(mean).status_code == 409
    assert client.get("/waves/w/supplements/add/nothing.json/both").status_code == 404
    with instance.store.read() as db:
        (entry,) = [one for one in audit.of_wave(db, "w") if one.act == audit.SUPPLEMENTED]
    assert (entry.who, entry.about) == (EMAIL, "saving_mean")
