"""A page for each section, and the last look: nothing is stored before the end."""

import html
import json
import re
from datetime import timedelta
from random import Random
from string import printable

import pytest
import time_machine

from survey.answering import decoded
from survey.store import connection, responses
from survey.web import create_app
from tests.benchmarks.filling import open_wave
from tests.cast import NOW, definition_text, make_instance

from .conftest import Site

USE = {"used": "yes", "which": ["nursery"]}
EFFECTS = {"hours": "2,5", "time": "4"}
WISHES = {"wish": "yes", "nursery_wish": "Più posti", "comment": "<b>"}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def shown(page: str) -> list[str]:
    """The items of a page."""
    return re.findall(r'<fieldset [^>]*id="item-(\w+)"', page)


class Walk:
    """A browser that sends the page it has, with what is filled in on it."""

    def __init__(self, site: Site, address: str) -> None:
        self.site, self.address = site, address
        self.reply = site.client.get(address + "?lang=en")

    @property
    def page(self) -> str:
        return self.reply.text

    def press(self, go: str, **filled: object) -> "Walk":
        data = {**hidden(self.page), **filled, "_go": go}
        self.reply = self.site.client.post(self.address + "?lang=en", data=data)
        return self


@pytest.fixture
def walk(site: Site) -> Walk:
    return Walk(site, site.wave(definition="paged", invited=8)[0])


def stored(site: Site) -> list[object]:
    with site.instance.store.read() as db:
        return [decoded(body)["answers"] for body in responses.bodies(db, "w1")]


def test_page_by_page_to_the_end(walk: Walk):
    before = walk.site.instance.settings.database.read_bytes()
    assert shown(walk.page) == ["used", "which"]
    assert walk.reply.headers["Cache-Control"] == "private, no-cache"
    assert shown(walk.press("next", **USE).page) == ["hours", "time", "calm"]
    assert "Part 2 of 4" in walk.page and "Only if" not in walk.page
    assert shown(walk.press("next", **EFFECTS).page) == ["wish", "nursery_wish", "comment"]
    assert re.findall(r"Only if .*?\.", walk.page) == ["Only if you answered “Yes” to question 6."]
    walk.press("next", **WISHES)
    assert walk.reply.status_code == 200
    assert "Your answers at a glance" in walk.page
    assert walk.site.instance.settings.database.read_bytes() == before
    walk.press("send")
    assert (walk.reply.status_code, walk.reply.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert stored(walk.site) == [
        {"used": "yes", "which": ["nursery"], "hours": "2.5", "time": 4, "wish": "yes"}
    ]


def test_a_last_look_says_question_and_answer_in_words(walk: Walk):
    for filled in (USE, EFFECTS, WISHES):
        walk.press("next", **filled)
    lines = re.findall(r"<h3>(.*?)</h3>\s*(?:<ul>\s*)?<\w+(?: class=\"\w\")?>(.*?)</", walk.page)
    assert lines == [
        ("1. Did you use a service?", "Yes"),
        ("2. Which ones?", "Nursery"),
        ("3. How much time do you save?", "2.5 hours a week"),
        ("4. I have more time.", "Agree"),
        ("5. I am calmer.", "No answer"),
        ("6. Would you use other services?", "Yes"),
        ("7. What does the nursery lack?", "Più posti"),
        ("8. Would you like to add anything?", "&lt;b&gt;"),
    ]
    assert 'value="change:time" formaction="#item-time"' in walk.page


def test_changing_an_answer_leads_to_its_page_with_everything_kept(walk: Walk):
    for filled in (USE, EFFECTS, WISHES):
        walk.press("next", **filled)
    walk.press("change:time")
    assert (walk.reply.status_code, shown(walk.page)) == (200, ["hours", "time", "calm"])
    assert 'value="2,5"' in walk.page and 'name="time" value="4" checked' in walk.page
    refused = walk.press("look", hours="many", time="5")
    assert (refused.reply.status_code, shown(walk.page)) == (422, ["hours", "time", "calm"])
    walk.press("look", hours="3", time="5")
    assert "Your answers at a glance" in walk.page
    walk.press("send")
    assert stored(walk.site)[0]["time"] == 5


def test_back_checks_nothing_and_keeps_what_is_wrong(walk: Walk):
    walk.press("next", **USE).press("back", hours="a lot")
    assert (walk.reply.status_code, shown(walk.page)) == (200, ["used", "which"])
    assert 'name="used" value="yes" checked' in walk.page
    walk.press("next", **USE)
    assert 'value="a lot"' in walk.page and "is not a number" not in walk.page


def test_leaving_a_page_forward_checks_it(walk: Walk):
    walk.press("next", which=["camp"])
    assert (walk.reply.status_code, shown(walk.page)) == (422, ["used", "which"])
    assert re.findall(r'<a href="#item-(\w+)">', walk.page) == ["used"]
    walk.press("next", **USE).press("next", hours="many")
    assert re.findall(r'<a href="#item-(\w+)">', walk.page) == ["hours"]
    assert hidden(walk.page)["_carried"]


def test_a_changed_filter_drops_at_the_end_and_keeps_what_was_typed_until_then(walk: Walk):
    walk.press("next", **USE).press("next", **EFFECTS).press("back").press("back", **EFFECTS)
    walk.press("next", used="no")
    assert shown(walk.page) == ["wish", "comment"]
    walk.press("back").press("next", used="yes", which=["nursery"])
    assert 'value="2,5"' in walk.page and 'name="time" value="4" checked' in walk.page
    walk.press("back").press("next", used="no").press("next", wish="yes")
    assert "save" not in walk.page.split("<form")[1] and "more time" not in walk.page
    walk.press("send")
    assert stored(walk.site) == [{"used": "no", "wish": "yes"}]


def test_a_section_that_this_page_may_still_ask_for_follows(walk: Walk):
    walk.press("next", used="no").press("next", wish="no")
    assert shown(walk.page) == ["reason"]
    assert "Look over my answers" in walk.page


def test_another_language_on_a_later_page(walk: Walk):
    walk.press("next", **USE)
    data = {**hidden(walk.page), **EFFECTS, "_go": "language"}
    reply = walk.site.client.post(walk.address + "?lang=it", data=data)
    assert (reply.status_code, shown(reply.text)) == (200, ["hours", "time", "calm"])
    assert "Parte 2 di 4" in reply.text and 'value="2,5"' in reply.text


def spoilt(walk: Walk) -> dict[str, str]:
    carried = hidden(walk.page)["_carried"]
    return {**hidden(walk.page), "_carried": carried[:-3] + ("AAA" if carried[-3:] != "AAA" else "BBB")}


def foreign(walk: Walk) -> dict[str, str]:
    other = Walk(walk.site, walk.site.address(walk.site.instance.wave("w2", "paged", invited=1)[0]))
    return hidden(other.press("next", **USE).page)


def invented(_: Walk) -> dict[str, str]:
    return {"_carried": "x", "_page": "1"}


UNREADABLE = {
    "altered": spoilt,
    "of another link": foreign,
    "invented": invented,
}


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("go", ["next", "send"])
def test_unreadable_answers_of_other_pages(walk: Walk, make, go):
    walk.press("next", **USE)
    data = {**make(walk), **EFFECTS, "_go": go}
    walk.reply = walk.site.client.post(walk.address + "?lang=en", data=data)
    assert (walk.reply.status_code, shown(walk.page)) == (422, ["used", "which"])
    assert "please fill in the other parts again" in walk.page
    assert stored(walk.site) == []
    walk.press("next", **USE)
    assert 'value="2,5"' in walk.page and 'name="time" value="4" checked' in walk.page


def test_answers_travel_for_thirty_days(walk: Walk):
    walk.press("next", **USE)
    with time_machine.travel(NOW + timedelta(days=29)):
        assert shown(walk.press("language", **EFFECTS).page) == ["hours", "time", "calm"]
    with time_machine.travel(NOW + timedelta(days=60)):
        assert walk.press("next", **EFFECTS).reply.status_code == 422


def test_sending_before_the_end_leads_to_the_first_problem(walk: Walk):
    walk.reply = walk.site.client.post(
        walk.address + "?lang=en", data={"_page": "2", "wish": "no", "_go": "send"}
    )
    assert (walk.reply.status_code, shown(walk.page)) == (422, ["used", "which"])
    assert stored(walk.site) == []


@pytest.mark.parametrize("data", [{"_page": "99"}, {"_page": "x", "_go": "fly"}, {"_go": "change:nothing"}])
def test_invented_wishes_harm_nothing(walk: Walk, data):
    reply = walk.site.client.post(walk.address, data={"used": "yes", **data})
    assert reply.status_code in (200, 422)
    assert 'name="used" value="yes" checked' in reply.text or "hours" in shown(reply.text)


def test_busy_database_keeps_the_last_look(walk: Walk, monkeypatch):
    for filled in (USE, EFFECTS, WISHES):
        walk.press("next", **filled)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    foreign = connection.sqlite3.connect(walk.site.instance.settings.database, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    walk.press("send")
    foreign.execute("ROLLBACK")
    foreign.close()
    assert walk.reply.status_code == 503
    assert "please send again" in walk.page and "Più posti" in walk.page
    assert walk.press("send").reply.status_code == 303


def test_the_first_page_is_the_same_for_everybody(site: Site):
    first, second = site.wave(definition="paged")[:2]
    page = site.client.get(first).text
    assert page == site.client.get(second).text
    assert hidden(page) == {}


def test_a_hundred_items_of_the_longest_texts_travel(tmp_path):
    instance = make_instance(tmp_path / "long")
    text = json.loads(definition_text("paged"))
    text["sections"] = [
        {
            "id": f"s{part}",
            "title": {"it": "Parte", "en": "Part"},
            "items": [long_text(n) for n in range(part, part + 20)],
        }
        for part in range(0, 100, 20)
    ]
    invitation = open_wave(instance, "long", json.dumps(text), 1)[0]
    site = Site(app := create_app(instance.settings), instance, app.test_client(use_cookies=False))
    walk, random = Walk(site, site.address(invitation)), Random(1)
    for part in range(0, 100, 20):
        words = ["".join(random.choices(printable[:94] + "àèìòù", k=2000)) for _ in range(20)]
        walk.press("next", **{f"i{part + n}": said for n, said in enumerate(words)})
        assert walk.reply.status_code == 200
    assert "Your answers at a glance" in walk.page
    assert walk.press("send").reply.status_code == 303
    instance.store.close()


def long_text(number: int) -> dict[str, object]:
    """An item that takes the longest text there is."""
    asked = {"it": "Che cosa?", "en": "What?"}
    return {"id": f"i{number}", "kind": "text", "max_length": 2000, "text": asked}
