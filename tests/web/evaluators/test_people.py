"""The people of a wave on its pages: a list is looked at, confirmed or discarded; one person is corrected."""

import io
import re
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from waitress.server import create_server
from werkzeug.test import TestResponse

from survey.store import audit, contacts, invitations
from tests.benchmarks.enrolling import as_csv
from tests.web.evaluators.conftest import Office, csrf_token, sign_in_token
from tests.web.evaluators.test_browser import RULES

HEAD = "email;nome;lingua;alleanza;organizzazione;servizio\r\n"
EVIL = "<script>alert(1)</script>{{ 7*7 }}"


@pytest.fixture
def client(empty: Office) -> FlaskClient:
    empty.instance.wave("w", "beneficiaries", opened=False)
    return empty.evaluator("en")


def post(client: FlaskClient, path: str, **data: object) -> TestResponse:
    token = csrf_token(client.get("/waves/w/people"))
    return client.post(f"/waves/w/people{path}", data={"csrf_token": token, **data})


def look(client: FlaskClient, content: bytes, name: str = "people.csv") -> TestResponse:
    return post(client, "/preview", list=(io.BytesIO(content), name))


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found
    return found[1]


def number(office: Office) -> int:
    with office.instance.store.read() as db:
        return len(contacts.of_wave(db, "w"))


def kept(office: Office) -> list[Path]:
    return list(office.instance.settings.uploads.glob("*"))


def test_a_list_is_looked_at_then_stored_whole_or_discarded(client: FlaskClient, empty: Office) -> None:
    content = (HEAD + f"a@x.it;{EVIL};it;A1;O1;S1\r\nb@x.it;Zoë;en;A1;=1+1;\r\n").encode("cp1252")
    page = look(client, content)
    assert (page.status_code, number(empty), len(kept(empty))) == (200, 0, 1)
    assert "<script>" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page.text
    assert "CSV, Windows-1252, semicolons" in page.text
    token, digest = hidden(page, "token"), hidden(page, "digest")
    gone = post(client, "/confirm", token=token, digest=digest, discard="1")
    assert (gone.location, number(empty), kept(empty)) == ("/waves/w/people?done=discarded", 0, [])
    assert post(client, "/confirm", token=token, digest=digest, store="1").status_code == 410
    page = look(client, content)
    done = post(client, "/confirm", token=hidden(page, "token"), digest=digest, store="1")
    assert (done.location, number(empty), kept(empty)) == ("/waves/w/people?done=imported", 2, [])
    again = look(client, content)
    assert "there is nothing to store" in again.text
    assert kept(empty) == []
    with empty.instance.store.read() as db:
        (entry,) = audit.of_wave(db, "w")
    assert (entry.about, entry.who) == ("+2 ~0 =0", "valutatrice@example.org")


def test_problems_come_first_and_nothing_waits(client: FlaskClient, empty: Office) -> None:
    page = look(client, (HEAD + "nobody;A;it;A1;O1;S1\r\n").encode())
    assert (page.status_code, kept(empty)) == (400, [])
    assert "1 problem; nothing was stored" in page.text
    assert "“nobody” is no e-mail address: it has no @" in page.text
    assert look(client, b"PK\x03\x04").status_code == 400
    assert look(client, b"", "").status_code == 400
    # As bytes, because the client of the tests would leave a file of such a size open.
    form, larger = {"content_type": "multipart/form-data; boundary=b"}, b"x" * (21 * 1024 * 1024)
    assert client.post("/waves/w/people/preview", data=larger, **form).status_code == 413
    stranger = empty.app.test_client()
    assert stranger.post("/waves/w/people/preview", data=larger[:2_000_000], **form).status_code == 413


def test_one_person_is_added_found_corrected_and_withdrawn(client: FlaskClient, empty: Office) -> None:
    assert post(client, "/add", email="a@x.it", name="Anna", organization="O1").status_code == 303
    refused = post(client, "/add", email="a at x", name=EVIL)
    assert refused.status_code == 400
    assert "&lt;script&gt;" in refused.text
    found = post(client, "/find", part="ANNA")
    address = re.search(r'href="/waves/w(/people/[0-9a-f]{32})"', found.text)
    assert address
    person = address[1].removeprefix("/people")
    assert post(client, "/find", part="zzz").text.count("Nobody in this wave") == 1
    assert post(client, person, email="a@x.it", name="A\nBcc: x@x.it").status_code == 400
    assert post(client, person, email="new@x.it", name="").status_code == 303
    assert post(client, f"{person}/withdraw").status_code == 303
    with empty.instance.store.read() as db:
        (one,), (invited,) = contacts.of_wave(db, "w"), invitations.of_wave(db, "w")
    assert (one.email, one.name, invited.disposition) == ("new@x.it", "", "withdrawn")
    assert client.get("/waves/w/people/nonsense").status_code == 404
    assert client.get("/waves/w/people?rate=nan").status_code == 200


def test_those_who_are_not_reached_as_a_file_for_excel(client: FlaskClient, empty: Office) -> None:
    post(client, "/add", email="a@x.it", name="=1+1")
    with empty.instance.store.write() as db:
        db.execute("UPDATE contact SET bounced = '5.1.1'")
    file = client.get("/waves/w/people/not-reached.csv")
    assert file.text.splitlines()[1] == "a@x.it;'=1+1;;;;;bounced"


@pytest.mark.browser
def test_four_thousand_people_through_a_browser(
    client: FlaskClient, empty: Office, browser: Browser, tmp_path: Path
) -> None:
    """The whole way, in Italian, on a phone, with every page free of what axe finds."""
    file = tmp_path / "dipendenti.csv"
    file.write_bytes(as_csv(0, 4000))
    server = create_server(empty.app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="it-IT", color_scheme="dark")
    page, address = context.new_page(), f"http://127.0.0.1:{server.effective_port}"
    page.goto(f"{address}/sign-in/{sign_in_token(empty.instance)}")
    page.locator("main button").click()
    page.goto(f"{address}/waves/w/people")
    assert not Axe().run(page, options=RULES).response["violations"]
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Guarda l’elenco").click()
    assert page.get_by_text("Saranno aggiunti").locator("xpath=following-sibling::dd").inner_text() == "4.000"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not Axe().run(page, options=RULES).response["violations"]
    page.get_by_role("button", name="Registra tutto").click()
    assert page.get_by_role("status").inner_text() == "L’elenco è registrato."
    page.get_by_label("Parte di un indirizzo o di un nome").fill("persona.77@")
    page.get_by_role("button", name="Cerca").click()
    with page.expect_navigation():
        page.get_by_role("link", name="persona.77@azienda77.example.it").click()
    assert not Axe().run(page, options=RULES).response["violations"]
    page.goto(f"{address}/waves/w")
    assert page.get_by_text("80 su 80").first.is_visible()
    context.close()
    server.trigger.pull_trigger(server.close)
    server.task_dispatcher.shutdown()
    thread.join(5)
    assert number(empty) == 4000
