"""Waves in a row on one page, and by command: chosen waves, the same sentences, the chart."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey import admitting
from survey.cli import main
from tests.cast import NOW
from tests.web.evaluators.conftest import CLOSED, NAMED, Office, sign_in
from tests.web.evaluators.test_comparing import fill


@pytest.fixture
def office(empty: Office) -> Office:
    fill(empty.instance, "before", 20, 20, "baseline")
    fill(empty.instance, "middle", 24, 16, "monitoring")
    fill(empty.instance, "after", 30, 12, "final")
    return empty


def test_the_page_the_chart_and_the_command(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.evaluator("en")
    chosen = client.get("/waves/after/compare").text
    assert "/waves/after/trend" in chosen and "perceived change" not in chosen
    every = client.get("/waves/after/trend").text
    assert re.search(r"before [\d.]+ \(n 40, [^;]+; middle [^;]+; after ", " ".join(every.split()))
    assert "is not a baseline" not in every and every.count(" checked>") == 3
    two = client.get("/waves/after/trend?wave=after&wave=middle&wave=beyond").text
    assert "is not a baseline" in two and "perceived change" in two and two.count(" checked>") == 2
    assert "Choose at least two waves" in client.get("/waves/after/trend?wave=after").text
    address = re.search(r'src="([^"]+/trend/chart\.svg[^"]+)"', two)
    svg = client.get(address[1].replace("&amp;", "&") if address else "")
    words = " ".join(ET.fromstring(svg.data).itertext())
    assert "middle → after" in words and "before" not in words.split("Figures from wave to wave")[1][:20]

    admitting.add(office.instance.store, "half@example.org", ["after", "before"], "test", NOW)
    half = office.app.test_client()
    sign_in(half, office.instance, "half@example.org")
    assert "middle" not in half.get("/waves/after/trend?lang=en").text

    monkeypatch.setenv("SURVEY_INSTANCE", str(office.instance.settings.instance))

    def told(*words: str) -> str:
        return CliRunner().invoke(main, ["trend", *words], catch_exceptions=False).stdout

    waves = ("after", "before", "middle")
    assert told(*waves).splitlines()[0] in re.sub(r"\s+", " ", every.replace("&#39;", "'"))
    found = json.loads(told(*waves, "--json"))
    assert [one["wave"] for one in found["waves"]] == ["before", "middle", "after"]
    assert [one["joined"] for one in found["indicators"]["utility_mean"]["points"]] == [False, True, True]
    out = tmp_path / "trend.svg"
    told(*waves, "--out", str(out), "--figure", "utility_mean", "--lang", "it")
    assert "Fonte: rilevazioni before, middle, after" in " ".join(ET.parse(out).getroot().itertext())


def test_a_wave_that_stands_alone_has_no_row(demo: Office) -> None:
    client = demo.evaluator("en")
    assert "nothing to set in a row yet" in client.get(f"/waves/{NAMED}/trend").text
    assert "is perceived change" in client.get(f"/waves/{CLOSED}/compare").text
