"""The pages of a wave's mails: words, previews, orders; and the address that ends the mails."""

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from aiosmtpd.smtp import SMTP
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from survey import mailing
from survey.mail.kinds import INVITATION
from survey.store import audit, outbox
from survey.web import create_app
from tests.cast import NOW
from tests.mail_cast import WAVE, Office, address, later, office
from tests.mail_servers import OK, Server, html_of, smtp_server
from tests.web.evaluators.conftest import csrf_token, sign_in

MAIL = f"/waves/{WAVE}/mail"
GREETING = "Hi <u>\n\n{link}"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def six(tmp_path: Path, server: Server) -> Office:
    server.accepted.clear()
    return office(tmp_path / "i", server, names=("Anna Rossi", "<b>Bob</b>"))


@pytest.fixture
def eva(six: Office, clock: time_machine.Traveller) -> Iterator[FlaskClient]:
    app = create_app(six.instance.settings)
    client = app.test_client()
    client.environ_base["HTTP_HOST"] = "s.example.org"
    client.environ_base["wsgi.url_scheme"] = "https"
    client.environ_base["HTTP_REFERER"] = "https://s.example.org/"
    sign_in(client, six.instance)
    client.get("/waves/?lang=en")
    yield client
    app.extensions["rooms"].store.close()


def post(eva: FlaskClient, at: str, **fields: str) -> TestResponse:
    return eva.post(at, data={"csrf_token": csrf_token(eva.get(at)), **fields})


def test_a_slow_mail_server_keeps_nobody_waiting(eva: FlaskClient, six: Office, server: Server) -> None:
    """While it thinks about a mail, pages open and answers are stored; it gets all mails in the end."""
    mailing.queue(six.instance.store, WAVE, INVITATION, "eva", NOW)
    thinking, go_on = queue.SimpleQueue[None](), queue.SimpleQueue[None]()
    happened: list[str] = []

    def think(_: SMTP) -> str:
        thinking.put(None)
        go_on.get(timeout=60)
        happened.append("a mail is taken")
        return OK

    server.at_data |= {address(number): [think] for number in range(6)}
    with ThreadPoolExecutor(1) as sender:
        done = sender.submit(six.deliver)
        for person in six.people:
            thinking.get(timeout=60)
            assert "being sent" in eva.get(MAIL).text
            door = "/a/" + six.instance.links.link(person.invitation)
            assert eva.post(door, data={"utility": "4"}).status_code == 303
            happened.append("somebody has answered")
            go_on.put(None)
        assert done.result(60).sent == 6
    assert happened == ["somebody has answered", "a mail is taken"] * 6
    assert sorted(server.addresses) == [address(number) for number in range(6)]


def test_words_are_written_looked_at_and_saved(eva: FlaskClient, six: Office) -> None:
    at = f"{MAIL}/invitation"
    assert "Gentile Anna Rossi," in eva.get(f"{at}?words=it&to={address(0)}").text
    bad = post(eva, at, act="save", words="it", subject="S", body="{link} {surname}")
    assert (bad.status_code, "{surname} stands for nothing" in bad.text) == (400, True)
    assert "{link} {surname}" in bad.text
    looked = post(eva, at, act="look", words="it", to=address(1), subject="<i>{name}", body="{{7*7}} {link}")
    assert looked.status_code == 400
    looked = post(eva, at, act="look", words="it", to=address(1), subject="<i>{name}", body=GREETING)
    assert "&lt;i&gt;&lt;b&gt;Bob&lt;/b&gt;" in looked.text
    assert "not saved yet" in looked.text
    assert "Le chiediamo" in eva.get(at + "?words=it").text
    assert post(eva, at, act="save", words="it", subject="Ciao {name}", body=GREETING).status_code == 303
    page = eva.get(f"{at}?words=it&to={address(0)}").text
    assert "Ciao Anna Rossi" in page
    assert "/a/…" in page
    assert six.instance.links.link(six.people[0].invitation) not in page
    html = eva.get(f"{at}/preview.html?words=it")
    assert "Hi &lt;u&gt;" in html.text
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert "nobody with the address" in eva.get(f"{at}?to=x@example.org").text
    assert post(eva, at, act="reset", words="it").status_code == 303
    assert "Le chiediamo" in eva.get(at + "?words=it").text


def test_sending_is_asked_about_queued_and_done_by_the_courier(eva: FlaskClient, six: Office) -> None:
    at = f"{MAIL}/invitation/send"
    assert "Queue 6 mails" in eva.get(at).text
    with six.instance.store.read() as db:
        assert outbox.of_kind(db, WAVE, "invitation") == {}
    assert eva.post(at).status_code == 400
    assert post(eva, at).status_code == 303
    assert six.courier.deliver(lambda: NOW, threading.Event()).sent == 6
    assert "<dt>sent</dt><dd>6</dd>" in eva.get(MAIL).text
    assert "Queue" not in eva.get(at).text
    rates = eva.get(f"/waves/{WAVE}/rates").text
    assert "<td>invitation<td>6" in "".join(rates.split())
    assert "<dt>Deliveredbymail</dt><dd>6</dd>" in "".join(rates.split())
    with six.instance.store.read() as db:
        *_, entry = audit.of_wave(db, WAVE)
    assert (entry.act, entry.about) == (audit.INVITED, "6")


def test_the_pages_never_say_how_many_exactly_answered(
    eva: FlaskClient, six: Office, clock: time_machine.Traveller
) -> None:
    six.invite()
    clock.move_to(later(days=7))
    sign_in(eva, six.instance)
    eva.get("/waves/?lang=en")
    for person in six.people[:2]:
        six.instance.answer(person.invitation, utility="4")
    page = eva.get(f"{MAIL}/reminder/send").text
    assert "fewer than 5" in page
    assert "<dt>Reminders at most</dt><dd>6</dd>" in page
    assert post(eva, f"{MAIL}/reminder/send").status_code == 303
    assert six.deliver(later(days=7)).sent == 4
    assert "<dt>sent</dt><dd>told when the wave is closed</dd>" in eva.get(MAIL).text


def test_the_plan_and_what_may_have_been_sent(eva: FlaskClient, six: Office) -> None:
    assert post(eva, MAIL, act="plan", days="7, 14", pause="3").status_code == 303
    assert 'value="7, 14"' in eva.get(MAIL).text
    bad = post(eva, MAIL, act="plan", days="soon", pause="3")
    assert (bad.status_code, 'value="soon"' in bad.text) == (400, True)
    six.invite()
    with six.instance.store.write() as db:
        mail = outbox.of_contact(db, six.people[1].id, "invitation")
        assert mail
        outbox.settle(db, mail.id, outbox.UNSURE, NOW, 0, None, "")
    page = eva.get(MAIL).text
    assert "p0001@example.org (&lt;b&gt;Bob&lt;/b&gt;)" in page
    assert post(eva, MAIL, act="sent").status_code == 303
    assert six.state(address(1)) == "sent"


def test_one_click_ends_the_mails_and_leaves_the_link(eva: FlaskClient, six: Office) -> None:
    six.invite()
    stranger = create_app(six.instance.settings).test_client()
    at, person = f"/u/{six.opt_outs.token(six.people[0].id)}", six.people[0]
    host = {"base_url": "https://s.example.org"}
    opened = stranger.get(at, **host)  # type: ignore[arg-type]
    assert (opened.status_code, "<button>" in opened.text) == (200, True)
    assert not six.contact(address(0)).opted_out
    done = stranger.post(at, data={"List-Unsubscribe": "One-Click"}, **host)  # type: ignore[arg-type]
    assert done.status_code == 200
    assert "Set-Cookie" not in opened.headers
    assert "Set-Cookie" not in done.headers
    assert six.contact(address(0)).opted_out
    assert stranger.post(at, **host).status_code == 200  # type: ignore[arg-type]
    assert "<button>" not in stranger.get(at, **host).text  # type: ignore[arg-type]
    link = six.instance.links.link(person.invitation)
    assert stranger.get(f"/u/{link}", **host).status_code == 404  # type: ignore[arg-type]
    assert stranger.get(f"/a/{at[3:]}", **host).status_code == 404  # type: ignore[arg-type]
    assert stranger.get(f"/a/{link}", **host).status_code == 200  # type: ignore[arg-type]
    stranger.application.extensions["rooms"].store.close()


@pytest.mark.browser
def test_a_mail_as_people_see_it(browser: Browser, six: Office, server: Server) -> None:
    six.invite()
    html = html_of(dict(server.accepted)[address(0)])
    loaded: list[str] = []
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 700})
        page.on("request", lambda request: loaded.append(request.url))
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        button = page.get_by_role("link", name="Apri il questionario")
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert page.locator("html").get_attribute("lang") == "it"
        page.close()
    assert loaded == []
