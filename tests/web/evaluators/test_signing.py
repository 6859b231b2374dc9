"""The one-time link: opening it changes nothing, pressing its button signs in, once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.web.evaluators.conftest import Office, csrf_token, sign_in_token


def test_the_sign_in_page_tells_how_to_get_a_link(empty: Office) -> None:
    answer = empty.app.test_client().get("/sign-in?lang=en")
    assert answer.status_code == 200
    assert "survey evaluator link" in answer.text


def test_scanners_may_open_the_link_as_often_as_they_like(empty: Office) -> None:
    address = f"/sign-in/{sign_in_token(empty.instance)}"
    for _ in range(3):
        scanner = empty.app.test_client()
        assert scanner.get(address).status_code == 200
        assert scanner.head(address).status_code == 200
        assert scanner.get("/waves/").status_code == 303
    person = empty.app.test_client()
    form = {"csrf_token": csrf_token(person.get(address))}
    assert person.post(address, data=form).location == "/waves/"
    assert person.get("/waves/").status_code == 200


def test_a_link_signs_in_once(empty: Office) -> None:
    address = f"/sign-in/{sign_in_token(empty.instance)}"
    first, second = empty.app.test_client(), empty.app.test_client()
    forms = [{"csrf_token": csrf_token(client.get(address))} for client in (first, second)]
    assert first.post(address, data=forms[0]).status_code == 303
    refused = second.post(address, data=forms[1])
    assert refused.status_code == 403
    assert "survey evaluator link" in refused.text
    assert second.get("/waves/").status_code == 303


@pytest.mark.parametrize("kind", ["old", "unknown", "strange"])
def test_a_link_that_is_of_no_use(empty: Office, kind: str) -> None:
    token = {
        "old": sign_in_token(empty.instance, minutes=-1),
        "unknown": "A" * 43,
        "strange": "%F0%9F%92%A9'--",
    }[kind]
    client = empty.app.test_client()
    answer = client.get(f"/sign-in/{token}")
    assert answer.status_code == 403
    assert "survey evaluator link" in answer.text
    form = {"csrf_token": csrf_token(client.get(f"/sign-in/{sign_in_token(empty.instance)}"))}
    assert client.post(f"/sign-in/{token}", data=form).status_code == 403


@pytest.mark.parametrize("form", [{}, {"csrf_token": "forged"}])
def test_a_form_from_elsewhere_is_refused_and_uses_nothing_up(empty: Office, form: dict[str, str]) -> None:
    address = f"/sign-in/{sign_in_token(empty.instance)}"
    client = empty.app.test_client()
    client.get(address)
    refused = client.post(address, data=form)
    assert refused.status_code == 400
    assert "<h1>" in refused.text
    assert client.get(address).status_code == 200


def test_a_form_stays_good_as_long_as_the_session(empty: Office) -> None:
    client = empty.evaluator()
    form = {"csrf_token": csrf_token(client.get("/waves/"))}
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=11), tick=False):
        assert client.post("/sign-out", data=form).status_code == 303


@pytest.mark.parametrize("aim", ["next", "url", "return_to"])
def test_nothing_in_the_address_chooses_where_signing_in_leads(empty: Office, aim: str) -> None:
    client = empty.app.test_client()
    address = f"/sign-in/{sign_in_token(empty.instance)}?{aim}=https://elsewhere.example"
    form = {"csrf_token": csrf_token(client.get(address)), aim: "//elsewhere.example"}
    assert client.post(address, data=form).location == "/waves/"
