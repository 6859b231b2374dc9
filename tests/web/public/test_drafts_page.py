"""Named waves: saving and going on later, two versions side by side, a copy of what was sent."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine

from survey.reopening import reopen
from survey.store import connection, drafts, responses
from tests.cast import NOW, questionnaire

from .conftest import GOOD, Site

ORGANIZATIONS = [{"alliance": "A1", "organization": f"O{n}"} for n in range(1, 4)]
SOME = {"employees": "about 40", "sector": "public", "useful_actions": ["childcare", "remote_work"]}


@pytest.fixture
def address(site: Site) -> str:
    return site.wave(definition="organizations", groups=ORGANIZATIONS)[0]


def filled_in(page: str) -> dict[str, list[str]]:
    """The fields that a browser would send from a page of ours."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if facts.get("type") not in ("radio", "checkbox") or " checked" in tag:
            found.setdefault(facts["name"], []).append(html.unescape(facts["value"]))
    for name, value in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = [html.unescape(value)]
    return found


def save(site: Site, address: str, seen: int = 0, **fields: object) -> str:
    """Save a form and open the page to which that leads."""
    sent = {"_go": "save", "_revision": str(seen), **fields}
    reply = site.client.post(address + "?lang=en", data=sent)
    assert (reply.status_code, reply.headers["Location"]) == (303, address + "?lang=en")
    return site.client.get(reply.headers["Location"]).text


def stored(site: Site) -> tuple[int, int]:
    """How many drafts and how many answers the wave has."""
    with site.instance.store.read() as db:
        return drafts.count(db, "w1"), responses.named_count(db, "w1")


def test_what_is_saved_comes_back_on_any_device(site: Site, address: str):
    page = save(site, address, **SOME, comment="two\r\nlines <b>", other="x", _by=" M.\x00 R<i> ")
    assert "Saved on 20 November 2026, 10:30 by M. R&lt;i&gt;<" in page
    again = filled_in(site.app.test_client().get(address + "?lang=it").text)
    assert again["employees"] == ["about 40"]
    assert again["useful_actions"] == SOME["useful_actions"]
    assert again["comment"] == ["two\nlines <b>"]
    assert (again["_revision"], again["_by"]) == (["1"], [""])
    assert "other" not in again


def test_who_changed_what_last_is_shown(site: Site, address: str):
    save(site, address, **SOME)
    page = save(site, address, 1, **{**SOME, "employees": "41"}, relation="4", _by="MR")
    changed = page.split("Changed in the last saving:")[1].split("</p>")[0]
    assert re.findall(r'href="#item-(\w+)"', changed) == ["employees", "relation"]
    first = page.split("The first one without an answer:")[1].split("</p>")[0]
    assert re.findall(r'href="#item-(\w+)"', first) == ["needs"]


def test_an_empty_form_is_the_same_for_everybody_and_has_the_second_button(site: Site, address: str):
    page = site.client.get(address + "?lang=en").text
    assert '<button class="s" name="_go" value="save">Save and go on later</button>' in page
    assert filled_in(page)["_revision"] == ["0"]
    assert "Saved on" not in page
    assert stored(site) == (0, 0)


def test_anonymous_waves_have_none_of_it(site: Site):
    address = site.wave("a")[0]
    page = site.client.get(address).text
    assert not any(word in page for word in ("_revision", "_by", 'value="save"'))
    before = site.instance.settings.database.read_bytes()
    reply = site.client.post(address + "?lang=en", data={**GOOD, "_go": "save", "_revision": "0"})
    assert (reply.status_code, filled_in(reply.text)["hours"]) == (200, ["4,5"])
    assert site.instance.settings.database.read_bytes() == before
    assert site.client.post(address, data=GOOD).status_code == 303
    assert site.client.get(address + "/copy").status_code == 404


def test_what_is_not_complete_is_saved_and_says_what_is_missing(site: Site, address: str):
    reply = site.client.post(address + "?lang=en", data={**SOME, "_revision": "0", "_by": "MR"})
    assert reply.status_code == 422
    assert "“about 40” is not a number" in html.unescape(reply.text)
    assert "Saved on 20 November 2026, 10:30 by MR" in reply.text
    fields = filled_in(reply.text)
    assert (fields["_revision"], fields["_by"], fields["employees"]) == (["1"], ["MR"], ["about 40"])
    assert stored(site) == (1, 0)
    done = site.client.post(address, data={**fields, "employees": "40"})
    assert done.status_code == 303
    assert stored(site) == (0, 1)


def test_required_items_are_asked_for_before_sending_only(site: Site):
    address = site.wave("r", definition="named_required", groups=ORGANIZATIONS)[0]
    save(site, address, hours="3")
    reply = site.client.post(address + "?lang=en", data={"hours": "3", "_revision": "1"})
    assert reply.status_code == 422
    assert "This question needs an answer." in reply.text


@pytest.mark.parametrize("go", [{"_go": "save"}, {}], ids=["save", "send"])
def test_an_older_form_shows_both_versions_and_lets_choose(site: Site, address: str, go: dict[str, str]):
    save(site, address, employees="40", sector="public")
    save(site, address, 1, employees="41", sector="public", relation="4", _by="MR")
    mine = {"employees": "42", "sector": "public", "comment": "mine", "_revision": "1", "_by": "AB", **go}
    reply = site.client.post(address + "?lang=en", data=mine)
    assert reply.status_code == 409
    page = html.unescape(reply.text)
    assert "MR saved other answers on 20 November 2026, 10:30" in page
    assert "Saved before: 41" in page
    assert "In this form: 42" in page
    fields = filled_in(reply.text)
    assert fields["_keep.relation"] == ["saved"], "the only version that holds anything"
    assert fields["_keep.comment"] == ["mine"]
    assert "_keep.employees" not in fields, "between two answers nobody can choose but the person"
    assert "_keep.sector" not in reply.text, "the same in both"
    assert stored(site) == (1, 0)

    missing = site.client.post(address + "?lang=en", data={**fields, "_go": "choose"})
    assert missing.status_code == 409
    assert "Please choose one answer for each question" in missing.text
    fields = filled_in(missing.text) | {"_keep.employees": ["mine"], "_go": ["choose"]}
    assert site.client.post(address + "?lang=en", data=fields).status_code == 303
    kept = filled_in(site.client.get(address + "?lang=en").text)
    assert (kept["employees"], kept["relation"], kept["comment"]) == (["42"], ["4"], ["mine"])
    assert kept["_revision"] == ["3"]


def test_choosing_while_somebody_saves_again_shows_both_once_more(site: Site, address: str):
    save(site, address, employees="40")
    save(site, address, 1, employees="41")
    page = site.client.post(address, data={"employees": "42", "_revision": "1", "_go": "save"}).text
    save(site, address, 2, employees="43")
    chosen = filled_in(page) | {"_keep.employees": ["mine"], "_go": ["choose"]}
    reply = site.client.post(address + "?lang=en", data=chosen)
    assert reply.status_code == 409
    assert "Saved before: 43" in reply.text
    assert filled_in(reply.text)["_keep.employees"] == ["mine"]
    final = filled_in(reply.text) | {"_keep.employees": ["saved"], "_go": ["choose"]}
    assert site.client.post(address, data=final).status_code == 303
    assert filled_in(site.client.get(address).text)["employees"] == ["43"]


def test_a_double_click_on_save_is_no_second_version(site: Site, address: str):
    save(site, address, employees="40")
    save(site, address, 0, employees="40")


@pytest.mark.parametrize("revision", ["", "-1", "x", "²", "9" * 30, "1e3"])
def test_a_revision_that_is_none_counts_as_the_oldest(site: Site, address: str, revision: str):
    save(site, address, employees="40")
    sent = {"_go": "save", "_revision": revision, "employees": "41"}
    assert site.client.post(address, data=sent).status_code == 409


def test_what_is_too_long_is_shown_again(site: Site, address: str):
    sent = {"_go": "save", "_revision": "0", "employees": "9" * 2000, "relation": "4"}
    reply = site.client.post(address + "?lang=en", data=sent)
    assert reply.status_code == 422
    assert "This is too long to be kept." in reply.text
    assert filled_in(reply.text)["relation"] == ["4"]
    assert stored(site) == (0, 0)


def test_a_busy_database_gives_the_form_back_with_its_button(site: Site, address: str, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    foreign = connection.sqlite3.connect(site.instance.settings.database, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    sent = {"_go": "save", "_revision": "0", "_by": "MR", **SOME}
    reply = site.client.post(address + "?lang=en", data=sent)
    foreign.execute("ROLLBACK")
    foreign.close()
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "10")
    assert '<button form="answers" name="_go" value="save">Save again</button>' in reply.text
    fields = filled_in(reply.text)
    assert (fields["_by"], fields["employees"]) == (["MR"], ["about 40"])
    save(site, address, **SOME)


def test_answers_sent_meanwhile_are_told_with_what_differs(site: Site, address: str):
    assert site.client.post(address, data={"employees": "40", "_revision": "0"}).status_code == 303
    for go in ({"_go": "save"}, {}):
        late = {"employees": "41", "comment": "<mine>", "_revision": "0", **go}
        reply = site.client.post(address + "?lang=en", data=late)
        assert reply.status_code == 409
        assert "What you have just filled in was not stored" in reply.text
        assert "Sent: 40" in reply.text
        assert "In this form: &lt;mine&gt;" in reply.text
    same = site.client.post(address + "?lang=en", data={"employees": "40", "_revision": "0"})
    assert same.status_code == 409
    assert "Your answers had already arrived" in same.text
    assert f'href="{address}/copy?lang=en"' in same.text


def test_a_copy_of_what_was_sent(site: Site, address: str):
    assert site.client.get(address + "/copy").headers["Location"] == address
    sent = {"employees": "1280", "relation": "DK", "useful_actions": ["remote_work"], "comment": "a\r\n<b>"}
    reply = site.client.post(address + "?lang=en", data={**sent, "_revision": "0"})
    thanks = site.client.get(reply.headers["Location"]).text
    assert '<a href="copy?lang=en">' in thanks
    spent = site.client.get(address + "?lang=en")
    assert spent.status_code == 410
    assert f'href="{address}/copy?lang=en"' in spent.text
    copy = site.client.get(address + "/copy?lang=en")
    assert copy.status_code == 200
    assert copy.headers["Cache-Control"] == "no-store"
    assert copy.headers["Referrer-Policy"] == "no-referrer"
    asked = questionnaire("organizations")
    said = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", copy.text, re.DOTALL)
    assert said[:3] == [("Alliance", "A1"), ("Organization", "O1"),
                        ("Received", "20 November 2026, 10:30 (Europe/Rome)")]  # fmt: skip
    answers = dict(zip((item.id for item in asked.items), (dd for _, dd in said[3:]), strict=True))
    item = asked.item("useful_actions")
    assert answers["employees"].startswith("1280")
    assert answers["relation"] == html.escape(asked.item("relation").not_applicable["en"], quote=False)
    assert answers["useful_actions"] == html.escape(item.labels["remote_work"]["en"], quote=False)
    assert answers["comment"] == "a\n&lt;b&gt;"
    assert answers["sector"] == "no answer"
    site.instance.close("w1")
    assert site.client.get(address + "/copy").status_code == 200
    reply = site.client.post(address + "?lang=en", data={"employees": "3"})
    assert reply.status_code == 410


def test_a_reopened_link_works_again(site: Site, address: str):
    site.client.post(address, data={"employees": "40", "_revision": "0"})
    reopen(site.instance.store, "w1", {"organization": "O1"}, "anna", NOW)
    for path in ("/thanks", "/copy"):
        assert site.client.get(address + path).headers["Location"] == address
    page = site.client.get(address + "?lang=en").text
    assert "Reopened on 20 November 2026, 10:30" in page
    fields = filled_in(page)
    assert fields["employees"] == ["40"]
    assert site.client.post(address, data={**fields, "employees": "41"}).status_code == 303
    assert stored(site) == (0, 1)
    assert "<dd>41" in site.client.get(address + "/copy?lang=en").text


def test_a_form_behind_a_last_day_saves_nothing(site: Site):
    address = site.wave(definition="organizations", groups=ORGANIZATIONS, closes=date(2026, 11, 20))[0]
    save(site, address, employees="40")
    with time_machine.travel(NOW + timedelta(days=1)):
        reply = site.client.post(address, data={"_go": "save", "_revision": "1", "employees": "41"})
        assert reply.status_code == 410
    assert stored(site) == (1, 0)


def test_odd_fields_never_break_the_page(site: Site):
    """What nobody's browser sends is kept and shown, whatever conditions look at it."""
    address = site.wave("c", definition="named_required", groups=ORGANIZATIONS)[0]
    odd = {"used": ["yes", "a\x00"], "hours": ["x", "DK", "1e999"], "grade": ["x", "DK"]}
    sent = {"_go": "save", "_revision": "0", **odd}
    body = "&".join(f"{name}={value}" for name, values in odd.items() for value in ("%FF", "%00a", "9"))
    for data in (sent, body):
        reply = site.client.post(address, data=data, content_type="application/x-www-form-urlencoded")
        assert reply.status_code in (303, 409, 422)
        assert site.client.get(address + "?lang=it").status_code == 200
    assert site.client.post(address, data=odd).status_code in (409, 422)


def test_savings_and_sendings_at_once_lose_nothing(site: Site, address: str):
    ready = Barrier(8)

    def post(n: int) -> int:
        go = {"_go": "save"} if n % 2 else {}
        ready.wait(30)
        sent = {"employees": str(n + 1), "_revision": "0", **go}
        return site.app.test_client(use_cookies=False).post(address, data=sent).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(post, range(8)))
    assert statuses == [303] + [409] * 7
    assert sum(stored(site)) == 1


def test_pages_save_what_is_filled_in_on_all_of_them(site: Site):
    address = site.wave("p", definition="named_paged", groups=ORGANIZATIONS)[0]
    first = site.client.get(address + "?lang=en").text
    assert 'value="save"' in first
    second = site.client.post(
        address + "?lang=en", data={**filled_in(first), "used": "yes", "_go": "next"}
    ).text
    assert "_revision" in second
    fields = {**filled_in(second), "hours": "many", "_by": "MR", "_go": "save"}
    assert site.client.post(address, data=fields).status_code == 303
    with site.instance.store.read() as db:
        assert drafts.count(db, "p") == 1
    page = site.client.get(address + "?lang=en")
    assert page.headers["Cache-Control"] == "no-store"
    assert "by MR" in page.text
    assert 'value="to:used" formaction="#item-used"' in page.text, "it stands on another page"
    kept = filled_in(page.text)
    assert (kept["_page"], kept["hours"], kept["_revision"]) == (["1"], ["many"], ["1"])
    back = site.client.post(address + "?lang=en", data={**kept, "_go": "to:used"}).text
    assert filled_in(back)["used"] == ["yes"]
    refused = site.client.post(address + "?lang=en", data={**kept, "_go": "next"})
    assert refused.status_code == 422
    end = site.client.post(address + "?lang=en", data={**kept, "hours": "4", "_go": "next"})
    assert "Your answers at a glance" in end.text
    assert 'value="save"' in end.text
    other = site.client.post(address, data={"used": "no", "_revision": "0", "_go": "save"})
    assert other.status_code == 409, "this form is older than what is saved"
    done = site.client.post(address, data={**filled_in(end.text), "_go": "send"})
    assert done.status_code == 303
    assert "<dd>4</dd>" in site.client.get(address + "/copy?lang=en").text


def test_switching_the_language_keeps_the_revision_and_the_name(site: Site, address: str):
    save(site, address, employees="40")
    sent = {"employees": "41", "_revision": "1", "_by": "MR", "_go": "language"}
    page = site.client.post(address + "?lang=it", data=sent).text
    fields = filled_in(page)
    assert (fields["_revision"], fields["_by"], fields["employees"]) == (["1"], ["MR"], ["41"])
    assert stored(site) == (1, 0)


def test_saving_in_the_background_tells_its_revision_and_counts_as_one_change(site: Site, address: str):
    def keep(since: str, seen: int, **fields: object):
        return site.client.post(address + "?lang=en", data={"_go": since, "_revision": str(seen), **fields})

    first = keep("keep", 0, employees="40")
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    assert first.json == {"revision": 1, "said": "Saved at 10:30."}
    assert keep("keep:more", 1, employees="40").json["revision"] == 1
    assert keep("keep:more", 1, employees="40", comment="x", _by="MR").json["revision"] == 2
    page = site.client.get(address + "?lang=en").text
    assert "10:30 by MR" in page
    changed = page.split("Changed in the last saving:")[1].split("</p>")[0]
    assert re.findall(r'href="#item-(\w+)"', changed) == ["employees", "comment"]
    late = keep("keep:more", 1, employees="41")
    assert (late.status_code, "somebody else" in late.json["said"]) == (409, True)
    long = keep("keep:more", 2, employees="4" * 5000)
    assert (long.status_code, "too long" in long.json["said"]) == (422, True)
    assert stored(site) == (1, 0)
    assert keep("keep", 2, employees="41").json["revision"] == 3
    page = site.client.get(address + "?lang=en").text
    assert 'href="#item-employees"' in page and "by MR" not in page
