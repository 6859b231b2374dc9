"""POST /a/<link>: stored once, or shown again with everything still in it."""

import html
import re

import pytest

from survey.answering import decoded
from survey.store import connection, responses
from survey.submission import from_form
from tests.cast import questionnaire

from .conftest import GOOD, Site


def stored(site: Site, wave_id: str = "w1") -> int:
    """How many responses the closed wave counts."""
    return site.instance.close(wave_id).whole.responses


def test_good_answers_are_stored_and_thanked(site: Site):
    address = site.wave(invited=8)[0]
    reply = site.client.post(address + "?lang=en", data=GOOD)
    assert (reply.status_code, reply.headers["Location"]) == (303, address + "/thanks?lang=en")
    thanks = site.client.get(reply.headers["Location"])
    assert thanks.status_code == 200
    assert "Thank you" in thanks.text
    assert "at least 5 answers" in thanks.text
    assert "Set-Cookie" not in (*reply.headers.keys(), *thanks.headers.keys())
    assert stored(site) == 1


def test_named_answers_are_stored(site: Site):
    address = site.wave(definition="organizations", groups=[{"organization": "O1"}])[0]
    asked = questionnaire("organizations")
    sent = {item.id: item.codes[-1] for item in asked.items if item.codes}
    sent |= {item.id: "12" for item in asked.items if item.kind == "number"}
    assert site.client.post(address, data=sent).status_code == 303
    assert stored(site) == 1


def test_second_post_gets_already_received_and_changes_nothing(site: Site):
    address = site.wave()[0]
    site.client.post(address, data=GOOD)
    before = site.instance.settings.database.read_bytes()
    again = site.client.post(address + "?lang=en", data={**GOOD, "utility": "1"})
    assert again.status_code == 409
    assert "already arrived" in again.text
    assert site.instance.settings.database.read_bytes() == before


@pytest.mark.parametrize(
    "more", [{"utility": "99"}, {"_go": "next"}, {"_go": "language"}, {"_carried": "altered"}], ids=str
)
def test_used_link_says_so_before_anything_else_is_said(site: Site, more: dict[str, str]):
    address = site.wave()[0]
    site.client.post(address, data=GOOD)
    again = site.client.post(address + "?lang=en", data={**GOOD, **more})
    assert (again.status_code, "already arrived" in again.text) == (409, True)


def test_spent_link_says_so(site: Site):
    address = site.wave()[0]
    site.client.post(address, data=GOOD)
    reply = site.client.get(address + "?lang=en")
    assert reply.status_code == 410
    assert "It was not you?" in reply.text


def test_thanks_before_answering_leads_to_the_form(site: Site):
    address = site.wave()[0]
    reply = site.client.get(address + "/thanks")
    assert (reply.status_code, reply.headers["Location"]) == (303, address)


def test_problems_are_shown_beside_the_kept_answers(site: Site):
    sent = {**GOOD, "hours": "<99>", "again": "yes", "comment": 'so "so"</textarea><b>'}
    del sent["utility"]
    address = site.wave()[0]
    reply = site.client.post(address + "?lang=en", data=sent)
    page = reply.text
    assert reply.status_code == 422
    assert "<title>Please check" in page
    assert re.findall(r'<a href="#item-(\w+)">', page) == ["utility", "hours"]
    assert {"e-utility", "e-hours"} <= set(re.findall(r'id="([\w-]+)"', page))
    assert html.escape('so "so"</textarea><b>', quote=False) in page.replace("&#34;", '"')
    assert "<b>" not in page
    kept = set(re.findall(r'name="(\w+)" value="([^"]+)" checked', page))
    assert kept == {("recommend", "10"), ("again", "yes"), ("used", "nursery")}
    assert 'value="&lt;99&gt;"' in page
    assert site.client.post(address, data=GOOD).status_code == 303


def test_empty_form_is_shown_again_with_its_sentence(site: Site):
    reply = site.client.post(site.wave()[0] + "?lang=en")
    assert reply.status_code == 422
    assert "Nothing is answered yet" in reply.text


def test_control_characters_are_refused_and_left_out_of_the_page(site: Site):
    reply = site.client.post(site.wave()[0], data={**GOOD, "comment": "a\x00\x1bb"})
    assert reply.status_code == 422
    assert ">ab</textarea>" in reply.text


def test_both_number_and_tick_are_kept(site: Site):
    reply = site.client.post(site.wave()[0], data={"utility": "4", "hours": ["12", "DK"]})
    assert reply.status_code == 422
    assert 'name="hours" value="DK" checked' in reply.text
    assert re.search(r'name="hours" inputmode[^>]* value="12">', reply.text)


def test_form_sent_as_it_was_shown_is_taken(site: Site):
    """What the page's own fields send is what `from_form` reads: every code of every item."""
    asked = questionnaire("all_kinds")
    page = site.client.get(site.wave()[0]).text
    fields = re.findall(r'type="(radio|checkbox)" name="(\w+)" value="([^"]+)"', page)
    assert {(name, code) for _, name, code in fields} >= {(i.id, c) for i in asked.items for c in i.codes}
    for _, name, code in fields:
        assert from_form(asked, {"utility": ["4"], name: [code]}).values.keys() == {"utility", name}


@pytest.fixture
def _impatient(monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)


def test_busy_database_gives_the_filled_form_back(_impatient, site: Site):
    address = site.wave()[0]
    foreign = connection.sqlite3.connect(site.instance.settings.database, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    reply = site.client.post(address + "?lang=en", data=GOOD)
    foreign.execute("ROLLBACK")
    foreign.close()
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "10")
    assert "Send my answers again" in reply.text
    assert "Grazie &lt;b&gt;" in reply.text
    assert site.client.post(address, data=GOOD).status_code == 303


def test_database_busy_at_opening_lets_the_answers_be_sent_again(_impatient, site: Site):
    address = site.wave()[0]
    foreign = connection.sqlite3.connect(site.instance.settings.database, isolation_level=None)
    foreign.execute("BEGIN EXCLUSIVE")
    reply = site.client.post(address + "?lang=en", data=GOOD)
    foreign.execute("ROLLBACK")
    foreign.close()
    assert reply.status_code == 503
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', reply.text)
    assert ("used", "nursery") in hidden
    sent = {name: html.unescape(value) for name, value in hidden}
    assert sent == {name: value[0] if isinstance(value, list) else value for name, value in GOOD.items()}
    assert site.client.post(address, data=sent).status_code == 303


SOME = {"services": ["nursery"], "used": "yes", "hours": "2,5", "time": "4", "obstacles": ["cost"]}


def test_only_answers_to_items_put_to_the_person_are_stored(site: Site):
    addresses = site.wave(definition="conditional")
    assert site.client.post(addresses[0], data=SOME).status_code == 303
    assert site.client.post(addresses[1], data={**SOME, "used": "no", "hours": "x"}).status_code == 303
    with site.instance.store.read() as db:
        bodies = [decoded(body)["answers"] for body in responses.bodies(db, "w1")]
    assert {answers["used"]: answers for answers in bodies} == {
        "no": {"services": ["nursery"], "used": "no", "obstacles": ["cost"]},
        "yes": {"services": ["nursery"], "used": "yes", "hours": "2.5", "time": 4},
    }


def test_problems_keep_the_answers_to_items_that_do_not_apply_too(site: Site):
    sent = {**SOME, "used": "no", "hours": "many", "services": ["nursery", "none"], "stress": "2"}
    reply = site.client.post(site.wave(definition="conditional")[0] + "?lang=en", data=sent)
    assert reply.status_code == 422
    assert re.findall(r'<a href="#item-(\w+)">', reply.text) == ["services"]
    assert "“None of these” goes with no other answer" in reply.text
    kept = set(re.findall(r'name="(\w+)" value="([^"]+)" checked', reply.text))
    assert kept == {
        ("services", "nursery"),
        ("services", "none"),
        ("used", "no"),
        ("time", "4"),
        ("stress", "2"),
        ("obstacles", "cost"),
    }
    assert 'value="many"' in reply.text


def test_an_answer_that_was_taken_back_is_none(site: Site):
    address = site.wave()[0]
    page = site.client.get(address + "?lang=en").text
    taken_back = re.findall(r'<input type="radio" name="(\w+)" value=""><span>No answer<', page)
    asked = questionnaire("all_kinds").items
    assert taken_back == [item.id for item in asked if item.kind in ("scale", "choice") and not item.required]
    assert site.client.post(address, data={**GOOD, "recommend": "", "again": ""}).status_code == 303
    with site.instance.store.read() as db:
        (answers,) = [decoded(body)["answers"] for body in responses.bodies(db, "w1")]
    assert answers.keys() == {"utility", "used", "hours"}


def test_only_taken_back_answers_are_no_answers(site: Site):
    reply = site.client.post(site.wave()[0] + "?lang=en", data={"recommend": "", "utility": ""})
    assert reply.status_code == 422
    assert re.findall(r'<a href="#item-(\w+)">', reply.text) == ["utility"]


def test_another_language_keeps_everything_and_stores_nothing(site: Site):
    address = site.wave()[0]
    before = site.instance.settings.database.read_bytes()
    sent = {**GOOD, "hours": "many", "utility": "4"}
    reply = site.client.post(address + "?lang=it", data={**sent, "_go": "language"})
    assert (reply.status_code, reply.headers["Content-Language"]) == (200, "it")
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert set(re.findall(r'name="(\w+)" value="([^"]+)" checked', reply.text)) == {
        ("utility", "4"),
        ("recommend", "10"),
        ("used", "nursery"),
    }
    assert 'value="many"' in reply.text and "Grazie &lt;b&gt;</textarea>" in reply.text
    assert 'class="e"' not in reply.text and "Anonimo" in reply.text
    assert site.instance.settings.database.read_bytes() == before


def test_another_language_after_problems(site: Site):
    address = site.wave()[0]
    refused = site.client.post(address + "?lang=en", data={**GOOD, "utility": ""})
    assert re.search(r'name="_go" value="language" formaction="\?lang=it"', refused.text)
    reply = site.client.post(address + "?lang=it", data={**GOOD, "_carried": "", "_go": "language"})
    assert reply.status_code == 200
    assert "Grazie &lt;b&gt;</textarea>" in reply.text


def test_another_language_for_an_untouched_form_is_the_page_of_everybody(site: Site):
    address = site.wave()[0]
    reply = site.client.post(address + "?lang=it", data={"hours": "", "comment": " ", "_go": "language"})
    assert (reply.status_code, reply.headers["Location"]) == (303, address + "?lang=it")


def test_what_the_browser_kept_is_forgotten_once_the_answers_are_in(site: Site):
    first, second = site.wave()[:2]
    from_a_kept_page = site.client.post(first, data={**GOOD, "_carried": ""})
    assert (from_a_kept_page.status_code, from_a_kept_page.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert "Clear-Site-Data" not in site.client.post(second, data=GOOD).headers
