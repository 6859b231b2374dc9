"""Open links and short codes: no cookie, nothing changed by looking, a double click burns nothing."""

import re

import pytest

from survey.cells import group_values
from survey.handing import batches
from survey.store.handed import Batch, Way
from tests.cast import NOW, questionnaire

from .conftest import Site


@pytest.fixture
def batch(site: Site) -> Batch:
    site.wave("w", definition="beneficiaries")
    values = group_values(questionnaire("beneficiaries"), {})
    return batches.make(site.instance.store, site.instance.mark_keys, "w", Way.OPEN, values, 2, "me", NOW)


def address(site: Site, batch: Batch) -> str:
    return "/o/" + site.app.extensions["entrances"].token(batch.id)


def number(page: str) -> str:
    found = re.search(r'name="_start" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_start_leads_to_one_questionnaire_however_often_it_is_pressed(site: Site, batch: Batch):
    before = site.instance.settings.database.read_bytes()
    page = site.client.get(address(site, batch) + "?lang=en")
    assert page.status_code == 200 and "<script" not in page.text and "Please answer only once" in page.text
    assert site.instance.settings.database.read_bytes() == before
    pressed = [site.client.post(address(site, batch), data={"_start": number(page.text)}) for _ in range(3)]
    assert {one.status_code for one in pressed} == {303} and len({one.location for one in pressed}) == 1
    for reply in (page, *pressed):
        assert "Set-Cookie" not in reply.headers and reply.headers["Cache-Control"] == "no-store"
    assert site.client.get(pressed[0].location).status_code == 200
    site.client.post(pressed[0].location, data={"utility": "4"})
    again = site.client.post(address(site, batch), data={"_start": number(page.text)})
    assert site.client.get(again.location).status_code == 410


def test_when_all_are_taken_the_page_says_so(site: Site, batch: Batch):
    pages = [site.client.get(address(site, batch)).text for _ in range(3)]
    replies = [site.client.post(address(site, batch), data={"_start": number(one)}) for one in pages]
    assert [one.status_code for one in replies] == [303, 303, 410]
    assert "sono stati consegnati" in replies[2].text
    assert site.client.get(address(site, batch)).status_code == 410


@pytest.mark.parametrize("sent", [{}, {"_start": "x"}, {"_start": "³" * 900}])
def test_a_forged_number_only_shows_the_page_again(site: Site, batch: Batch, sent: dict[str, str]):
    reply = site.client.post(address(site, batch), data=sent)
    assert reply.status_code == 422 and number(reply.text)


def test_an_altered_address_leads_nowhere(site: Site, batch: Batch):
    assert site.client.get(address(site, batch)[:-1]).status_code == 404
    personal = site.address(b"x" * 16).replace("/a/", "/o/")
    assert site.client.get(personal).status_code == 404


def test_a_code_typed_on_the_home_page(site: Site, batch: Batch):
    values = group_values(questionnaire("beneficiaries"), {})
    links = batches.make(site.instance.store, site.instance.mark_keys, "w", Way.LINKS, values, 1, "me", NOW)
    table = site.app.extensions["press"].merge_file("w", links.id, "csv", "me", NOW).decode("utf-8-sig")
    link, code = table.splitlines()[1].split(";")[:2]
    reply = site.client.post("/", data={"code": f" {code.replace('-', '').lower()} "})
    assert (reply.status_code, link.endswith(reply.location)) == (303, True)
    assert "Set-Cookie" not in reply.headers
    wrong = site.client.post("/?lang=en", data={"code": '"><b>'})
    assert wrong.status_code == 422 and "This code cannot be right" in wrong.text
    assert "&#34;&gt;&lt;b&gt;" in wrong.text
    unknown = site.app.extensions["press"]._codes.code(b"nobody")
    for _ in range(30):
        assert site.client.post("/", data={"code": unknown}).status_code == 404
    throttled = site.client.post("/", data={"code": code})
    assert throttled.status_code == 429 and throttled.headers["Retry-After"]
    assert site.client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
