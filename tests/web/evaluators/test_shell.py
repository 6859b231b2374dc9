"""From a questionnaire to a closed wave on pages: rights, refusals, trial, sessions, the log."""

import io
import queue
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from survey import admitting
from survey.admitting import Wish
from survey.store import audit, invitations, responses, waves
from survey.web import create_app
from survey.web.knocking import QUESTIONS_OF_ONE_CLIENT
from tests.cast import NOW, QUESTIONNAIRES, Instance
from tests.mail_servers import smtp_server
from tests.web.evaluators.conftest import CLOSED, DRAFT, EMAIL, OPEN, Office, csrf_token, sign_in

NEW = "/waves/new?questionnaire=pulse"


def post(client: FlaskClient, address: str, **form: object):  # type: ignore[no-untyped-def]
    """Send a form of a page, with its token."""
    return client.post(address, data={"csrf_token": csrf_token(client.get(address)), **form})


def limited(office: Office, email: str, *wave_ids: str) -> FlaskClient:
    """A signed-in client who sees these waves only."""
    admitting.add(office.instance.store, email, wave_ids, "test", NOW)
    client = office.app.test_client()
    sign_in(client, office.instance, email)
    client.get("/waves/?lang=en")
    return client


def acts(instance: Instance, wave_id: str) -> list[tuple[str, str]]:
    with instance.store.read() as db:
        return [(one.act, one.who) for one in audit.of_wave(db, wave_id)]


def wave(instance: Instance, wave_id: str) -> waves.Wave:
    with instance.store.read() as db:
        return waves.get(db, wave_id)


def test_a_wave_is_made_changed_opened_and_extended(empty: Office) -> None:
    client = empty.evaluator("en")
    made = post(client, NEW, **{"id": "w1", "title.it": "Polso", "threshold": "6", "contact": "a@b.org",
                                "phase": "final", "population": "alliance,population\nA1,30\n"})  # fmt: skip
    assert made.location == "/waves/w1"
    found = wave(empty.instance, "w1")
    assert (found.title["it"], found.threshold, found.contact, found.timezone) == (
        "Polso", 6, "a@b.org", "Europe/Rome",
    )  # fmt: skip
    assert found.title["en"] == "Three questions about the service"
    assert "A1,30" in client.get("/waves/w1/settings").text
    unticked = post(client, "/waves/w1/open")
    assert unticked.status_code == 422
    assert "tick this box" in unticked.text.lower()
    assert "Nobody is invited yet" in unticked.text
    assert post(client, "/waves/w1/settings", threshold="4", phase="final", contact="").status_code == 303
    assert wave(empty.instance, "w1").contact == ""
    assert post(client, "/waves/w1/open", sure="y").location == "/waves/w1"
    assert post(client, "/waves/w1/extend", closes="2031-01-31").status_code == 303
    earlier = post(client, "/waves/w1/extend", closes="2031-01-30")
    assert earlier.status_code == 422
    assert 'value="2031-01-30"' in earlier.text
    assert [act for act, who in acts(empty.instance, "w1") if who == EMAIL] == [
        audit.CREATED, audit.CHANGED, audit.OPENED, audit.EXTENDED,
    ]  # fmt: skip
    assert "last day moved" in client.get("/waves/w1/log").text
    assert "wave made" in client.get("/log").text


def test_a_wave_in_its_grace_period_closes_with_another_tick(empty: Office) -> None:
    client, day = empty.evaluator("en"), (datetime.now(UTC) - timedelta(days=1)).date()
    post(client, NEW, **{"id": "w", "timezone": "UTC", "grace": "1440", "target": "60",
                         "notice": 'purpose = "To see whether a grace period is kept."'})  # fmt: skip
    assert (wave(empty.instance, "w").grace, wave(empty.instance, "w").target) == (1440, 0.6)
    opening = client.get("/waves/w/open").text
    assert "Who is responsible for the data" in opening
    assert not any(
        word in opening for word in ("SURVEY_", "notice.toml", str(empty.instance.settings.instance))
    )
    assert post(client, "/waves/w/settings", closes=str(day), grace="1440").status_code == 303
    assert post(client, "/waves/w/open", sure="y").status_code == 303
    assert "closing before that loses" in client.get("/waves/w/close").text
    refused = post(client, "/waves/w/close", sure="y")
    assert refused.status_code == 422 and "tick this box to close all the same" in refused.text
    assert wave(empty.instance, "w").state == "open"
    assert post(client, "/waves/w/close", sure="y", at_once="y").status_code == 303
    assert wave(empty.instance, "w").state != "open"


def test_what_cannot_be_used_is_named_at_its_field_and_stays(empty: Office) -> None:
    client = empty.evaluator("en")
    wrong = {"id": "a b", "threshold": "<b>2", "opens": "2026-02-31", "timezone": "Mars", "population": "0",
             "phase": "x", "contact": "y" * 201, "grace": "1441", "target": "0", "notice": "["}  # fmt: skip
    answer = post(client, NEW, **wrong)
    assert answer.status_code == 422
    for name in wrong:
        assert f'id="{name}-problem"' in answer.text, name
    assert 'value="&lt;b&gt;2"' in answer.text
    assert "<b>2" not in answer.text
    empty.instance.wave("taken", "pulse", opened=False)
    assert "already" in post(client, NEW, id="taken", phase="final").text
    assert post(client, NEW, id="new", phase="final").status_code == 422


def without_token(page: str) -> str:
    """A page without the token of its forms, which is another one each second."""
    return re.sub(r'name="csrf_token"[^>]*', "", page)


def test_an_evaluator_of_some_waves_sees_nothing_of_the_others(empty: Office) -> None:
    for one in ("mine", "theirs"):
        empty.instance.wave(one, "pulse", invited=5)
    client = limited(empty, "l@example.org", "mine")
    assert "theirs" not in client.get("/waves/").text
    pages = ("", "/settings", "/open", "/extend", "/close", "/log", "/questionnaire/", "/questionnaire/form")
    for page in (*pages, "/results.json", "/charts/items.svg"):
        hidden, unknown = client.get(f"/waves/theirs{page}"), client.get(f"/waves/nothere{page}")
        assert hidden.status_code == unknown.status_code == 404, page
        assert without_token(hidden.text.replace("theirs", "nothere")) == without_token(unknown.text)
        assert client.get(f"/waves/theirs{page}").status_code == 404
    assert client.get("/waves/mine/log").status_code == 200
    assert client.get("/log").status_code == 404
    assert post(client, NEW, id="made", phase="final").location == "/waves/made"
    assert client.get("/waves/made").status_code == 200
    admitting.change(empty.instance.store, "l@example.org", Wish(everything=True), "test", NOW)
    assert client.get("/waves/theirs").status_code == 200


def test_the_pages_of_a_wave_stand_in_groups_of_which_one_is_open(demo: Office) -> None:
    client = demo.evaluator("en")

    def links(address: str) -> list[list[tuple[str, str, str]]]:
        nav = client.get(address).text.split('<nav class="pages"')[1].split("</nav>")[0]
        found = r'<a href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)<'
        return [
            [(where, what, now) for where, now, what in re.findall(found, row)]
            for row in nav.split("<ul")[1:]
        ]

    def named(row: list[tuple[str, str, str]]) -> list[str]:
        return [what for _, what, _ in row]

    [groups] = links(f"/waves/{DRAFT}")
    assert named(groups) == ["Overview", "Preparation", "Invitations", "Open", "Log"]
    assert groups[0][2] == "page" and not any(now for _, _, now in groups[1:])
    groups, pages = links(f"/waves/{OPEN}/rates")
    assert named(groups) == ["Overview", "Preparation", "Invitations", "Collection", "Log"]
    assert named(pages) == ["Response rate", "Key in paper", "Last day", "Close"]
    assert [now for _, _, now in groups] == ["", "", "", "true", ""] and pages[0][2] == "page"
    groups, pages = links(f"/waves/{CLOSED}")
    assert named(groups) == ["Preparation", "Invitations", "Results", "Log"] and pages[0][1:] == (
        "Figures",
        "page",
    )
    for state in (DRAFT, OPEN, CLOSED):
        for where, _, _ in links(f"/waves/{state}")[0]:
            assert client.get(where).status_code == 200, where
            assert 'aria-current="page"' in client.get(where).text


def test_a_trial_judges_and_thanks_and_stores_nothing(empty: Office) -> None:
    empty.instance.wave("w", "pulse", invited=5)
    client = empty.evaluator("en")
    for base in ("/questionnaires/pulse", "/waves/w/questionnaire"):
        form = client.get(f"{base}/form?lang=en").text
        assert "Trial: nothing is stored" in form
        assert client.post(f"{base}/form?lang=en", data={"recommend": "99"}).status_code == 422
        name, value = re.findall(r'type="radio" name="(\w+)" value="(\d+)"', form)[0]
        sent = client.post(f"{base}/form?lang=en", data={name: value})
        if sent.status_code != 303:
            assert "Trial" in sent.text
        thanks = client.get(f"{base}/thanks?lang=en").text
        assert "Trial: nothing is stored" in thanks
        assert "Preview" in client.get(f"{base}/page?lang=en").text
    with empty.instance.store.read() as db:
        assert responses.spent_count(db, "w") == 0
        assert invitations.count(db, "w") == 5
    invitation = empty.instance.wave("real", "pulse", invited=5)[0]
    real = empty.app.test_client().get("/a/" + empty.instance.links.link(invitation))
    assert "Trial" not in real.text


def test_an_uploaded_definition_is_judged_with_line_and_remedy(empty: Office) -> None:
    client = empty.evaluator("en")
    good = (QUESTIONNAIRES / "all_kinds.json").read_bytes()
    bad = good.replace(b'"mode": "anonymous"', b'"mode": "secret"')
    refused = post(client, "/questionnaires/", file=(io.BytesIO(bad), "<i>.json"))
    assert refused.status_code == 422
    assert "Line" in refused.text
    assert "<i>.json" not in refused.text
    kept = post(client, "/questionnaires/", file=(io.BytesIO(good), "x.json"))
    assert kept.status_code == 303
    assert client.get(kept.location).status_code == 200
    other = good.replace(b'"title": {', b'"title": { ', 1)
    assert "raise the version" in post(client, "/questionnaires/", file=(io.BytesIO(other), "x.json")).text
    assert client.get("/questionnaires/..%2Friscontro.db/").status_code == 404
    folder = empty.instance.settings.questionnaires
    (folder / "broken.json").write_text("{", encoding="utf-8")
    assert "problem to mend" in client.get("/questionnaires/").text
    assert client.get("/questionnaires/broken.json/").status_code == 422


def test_a_closing_that_was_cut_short_goes_on(empty: Office) -> None:
    empty.instance.wave("w", "pulse", invited=30)
    client = empty.evaluator("en")
    unticked = post(client, "/waves/w/close")
    assert unticked.status_code == 422
    with empty.instance.store.closing_alone():
        assert post(client, "/waves/w/close", sure="y").status_code == 409
    with empty.instance.store.write() as db:
        waves.set_closing(db, "w")
    assert "was interrupted" in client.get("/waves/w/close").text
    with empty.instance.store.closing_alone():
        busy = client.get("/waves/w/close")
        assert busy.headers["Refresh"] == "5"
        assert "Refresh" not in client.get("/waves/w/close?still=1").headers


def test_sessions_are_listed_and_ended_on_the_server(empty: Office) -> None:
    here, there = empty.evaluator("en"), empty.evaluator("en")
    page = here.get("/sessions").text
    hashes = re.findall(r'name="session" value="(\w+)"', page)
    assert len(hashes) == 2
    stolen = empty.app.test_client()
    stolen.set_cookie("session", here.get_cookie("session").value)  # type: ignore[union-attr]
    ours = page.split("this one</strong>")[1]
    [other] = set(hashes) - {re.findall(r'value="(\w{64})"', ours)[0]}
    assert post(here, "/sessions", session=other).status_code == 303
    assert there.get("/waves/").status_code == 303
    assert stolen.get("/waves/").status_code == 200
    here.post("/sign-out", data={"csrf_token": csrf_token(here.get("/sessions"))})
    assert stolen.get("/waves/").status_code == 303


def test_a_link_is_mailed_and_the_reply_tells_nobody_who_is_known(instance: Instance) -> None:
    admitting.add(instance.store, EMAIL, None, "test", NOW)
    arrived: queue.Queue[int] = queue.Queue()
    with smtp_server() as server:
        server.after = arrived.put
        settings = replace(instance.settings, smtp_url=server.url, mail_from="riscontro@example.org")
        client = create_app(settings).test_client()
        client.get("/sign-in?lang=en")
        known = post(client, "/sign-in", email=EMAIL.upper())
        unknown = post(client, "/sign-in", email="nobody@example.org")
        assert known.status_code == unknown.status_code == 200
        strip = re.compile(r'name="csrf_token" value="[^"]+"|value="[^"]*@[^"]*"')
        assert strip.sub("", known.text) == strip.sub("", unknown.text)
        arrived.get(timeout=20)
        [(to, mail)] = server.accepted
        assert to == EMAIL
        link = re.search(r"/sign-in/\S+", mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
        assert link
        assert post(client, link[0]).location == "/waves/"
    assert post(client, "/sign-in", email="no address").status_code == 422


@pytest.mark.parametrize("who", [EMAIL, "nobody@example.org"])
def test_asking_too_often_is_refused_alike(instance: Instance, who: str) -> None:
    settings = replace(instance.settings, smtp_url="smtp://127.0.0.1:9", mail_from="r@example.org")
    client = create_app(settings).test_client()
    form = {"csrf_token": csrf_token(client.get("/sign-in")), "email": who}
    said = [client.post("/sign-in", data=form).status_code for _ in range(QUESTIONS_OF_ONE_CLIENT + 1)]
    assert said == [200] * QUESTIONS_OF_ONE_CLIENT + [429]
