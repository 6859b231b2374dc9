"""Supplements by command and on their page: beside the results, which stay as they were."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey.cli import main
from tests.test_supplementing import MEAN, filled, later
from tests.web.evaluators.conftest import Office


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
