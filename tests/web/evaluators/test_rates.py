"""The page of rates: what an evaluator of an open wave sees of it, and what nobody sees."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.test_rates import FULL
from tests.web.evaluators.conftest import CLOSED, Office


@pytest.fixture
def office(empty: Office) -> Office:
    groups = [{"alliance": "A1"}] * 20 + [{"alliance": "A<2>"}] * 20
    closes = NOW.date() + timedelta(days=20)
    invited = empty.instance.wave("w", groups=groups, closes=closes)
    for one in (*invited[:12], *invited[20:24]):
        empty.instance.answer(one, **FULL)
    with empty.instance.store.write() as db:
        db.execute("UPDATE wave SET target = 0.6 WHERE id = 'w'")
    return empty


def test_the_page_tells_steps_a_target_and_a_forecast(office: Office) -> None:
    with time_machine.travel(NOW + timedelta(days=1)):
        said = office.evaluator("en").get("/waves/w/rates?by=alliance")
    assert said.status_code == 200
    assert "at least 15 of 40 invited" in said.text
    assert "9 more answers are needed for the target of 60%." in said.text
    assert (
        "If nothing more is sent, about 8" in said.text
    )  # 15 * (1 - 2^-(21/2.5)) / (1 - 2^-(2/2.5)) / 40 = 0.88
    assert "No invitation was mailed from here" in said.text
    table = said.text.split('id="table-groups"')[1].split("</table>")[0]
    assert table.count("<tr>") == 3 and "fewer than 5" in table and "A&lt;2&gt;" in table
    sizes_apart = re.sub("<option.*?</option>", "", said.text.split("<main", 1)[1])
    assert "16" not in sizes_apart


def test_the_chart_holds_its_words_and_the_line(office: Office) -> None:
    client = office.evaluator("en")
    svg = client.get("/waves/w/rates.svg?by=alliance&lang=it")
    words = " ".join(ET.fromstring(svg.data).itertext())
    assert "Tasso di risposta finora" in words and "almeno 15" in words and "60%" in words
    kept = office.instance.settings.charts / "w"
    assert client.get("/waves/w/rates.svg?by=alliance&lang=it").data == svg.data
    drawn = {one: one.stat().st_mtime_ns for one in kept.glob("rates.*")}
    client.get("/waves/w/rates.svg?by=alliance&lang=it")
    assert {one: one.stat().st_mtime_ns for one in kept.glob("rates.*")} == drawn, "drawn once a day and step"
    assert client.get("/waves/w/rates.svg?by=gender").status_code == 404
    assert client.get("/waves/w/rates.svg?lang=xx").status_code == 404


def test_a_wave_that_has_invited_nobody_has_a_page_and_a_chart(empty: Office) -> None:
    empty.instance.wave("w")
    client = empty.evaluator("en")
    for address in ("rates", "rates?by=alliance", "rates.svg"):
        assert client.get(f"/waves/w/{address}").status_code == 200, address
    assert "fewer than 5 of 0 invited" in client.get("/waves/w/rates").text


def test_a_closed_wave_has_its_figures_instead(demo: Office) -> None:
    answer = demo.evaluator("en").get(f"/waves/{CLOSED}/rates")
    assert answer.status_code == 409
    assert "only an open wave has rates that still move" in answer.text
