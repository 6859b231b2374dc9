"""Nothing of the evaluators' area is seen by anybody else."""

from dataclasses import replace

import pytest
from flask import Flask

from survey.store import evaluators
from survey.web import create_app
from tests.cast import Instance
from tests.web.evaluators.conftest import (
    CLOSED,
    CONTACT,
    EMAIL,
    NAMED,
    OPEN,
    Office,
    csrf_token,
    sign_in,
    sign_in_token,
)

BEFORE_THE_GUARDS = {
    "evaluators.sign_in_page",
    "evaluators.sign_in_link",
    "evaluators.sign_in",
    "evaluators.ask_for_link",
    "evaluators.sign_out",
    "evaluators.static",
}
SAMPLES = {
    "wave_id": CLOSED,
    "what": "items",
    "form": "svg",
    "other": NAMED,
    "batch_id": "00" * 16,
    "contact": CONTACT.hex(),
    "key": "pulse",
    "kind": "invitation",
    "item": "comment",
    "place": "none",
    "number": 1,
    "indicator": "recommendation",
}
SPECIAL = {
    "evaluators.paper_file": {"form": "html"},
    "evaluators.answers_file": {"form": "csv"},
    "evaluators.described_file": {"form": "ddi.xml"},
    "evaluators.report_file": {"form": "html", "wave_id": NAMED},
    "evaluators.show_rates": {"wave_id": OPEN},
    "evaluators.wave_file": {"what": "results.xlsx"},
    "evaluators.rates_file": {"wave_id": OPEN},
}
"""Arguments of addresses that the samples do not fit."""
REFUSED = {
    "evaluators.compare_waves": 409,
    "evaluators.comparison_file": 409,
    "evaluators.trend_file": 409,
    "evaluators.show_study": 404,
    "evaluators.ask_to_end_study": 404,
    "evaluators.ask_for_supplement": 409,
    "evaluators.supplement_file": 404,
    "evaluators.show_pair": 404,
    "evaluators.pair_file": 404,
    "evaluators.answers_file": 403,
    "evaluators.new_wave": 303,
    "evaluators.open_wave": 409,
    "evaluators.close_wave": 303,
    "evaluators.show_own": 404,
    "evaluators.own_chart": 404,
    "evaluators.ask_to_redact": 404,
}
"""What addresses answer that the samples cannot be right for; those with a batch: 404."""


def guarded_addresses(app: Flask) -> dict[str, str]:
    """Every address that can be fetched, by its endpoint."""
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        return {
            rule.endpoint: adapter.build(
                rule.endpoint,
                {name: SPECIAL.get(rule.endpoint, {}).get(name, SAMPLES[name]) for name in rule.arguments},
            )
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith(("evaluators.", "trying."))
            and rule.endpoint not in BEFORE_THE_GUARDS
            and "GET" in (rule.methods or ())
        }


def test_every_page_sends_a_stranger_to_the_sign_in_page(demo: Office) -> None:
    addresses = guarded_addresses(demo.app)
    assert len(addresses) >= 4
    for address in addresses.values():
        answer = demo.app.test_client().get(address)
        assert (answer.status_code, answer.location) == (303, "/sign-in"), address


def test_the_same_pages_open_for_an_evaluator(demo: Office) -> None:
    client = demo.evaluator()
    for endpoint, address in guarded_addresses(demo.app).items():
        expected = 404 if SAMPLES["batch_id"] in address else REFUSED.get(endpoint, 200)
        assert client.get(address).status_code == expected, address


def test_an_evaluator_who_was_removed_is_out_at_the_next_request(empty: Office) -> None:
    client = empty.evaluator()
    with empty.instance.store.write() as db:
        evaluators.remove(db, EMAIL)
    assert client.get("/waves/").location == "/sign-in"


def test_a_stranger_does_not_learn_which_waves_exist(demo: Office) -> None:
    client = demo.app.test_client()
    known, unknown = client.get(f"/waves/{CLOSED}"), client.get("/waves/no-such-wave")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)


def test_a_forged_session_is_nobody(demo: Office) -> None:
    client = demo.app.test_client()
    client.set_cookie("session", "eyJldmFsdWF0b3IiOiJ2YWx1dGF0cmljZUBleGFtcGxlLm9yZyJ9.aaaa.bbbb")
    assert client.get("/waves/").status_code == 303


@pytest.mark.parametrize("address", ["/sign-in", "/waves/", f"/waves/{CLOSED}", "/waves/nothing"])
def test_headers_of_every_page(demo: Office, address: str) -> None:
    headers = demo.evaluator().get(address).headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("public_url", "secure"), [("https://s.example.org", True), ("http://127.0.0.1", False)]
)
def test_the_session_cookie(instance: Instance, public_url: str, secure: bool) -> None:
    app = create_app(replace(instance.settings, public_url=public_url))
    client = app.test_client()
    base = public_url
    address = f"/sign-in/{sign_in_token(instance)}"
    form = {"csrf_token": csrf_token(client.get(address, base_url=base))}
    answer = client.post(address, data=form, base_url=base, headers={"Referer": base + address})
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure
    assert app.permanent_session_lifetime.total_seconds() == 12 * 3600
    app.extensions["rooms"].store.close()


def test_respondents_pages_set_no_cookie_and_ask_for_no_token(demo: Office) -> None:
    invitation = demo.instance.wave("cookies", "beneficiaries", invited=30)[0]
    client = demo.app.test_client()
    address = "/a/" + demo.instance.links.link(invitation)
    for answer in (client.get("/"), client.get(address), client.post(address, data={"utility": "4"})):
        assert answer.status_code in (200, 303)
        assert "Set-Cookie" not in answer.headers


def test_signing_out_ends_the_session(demo: Office) -> None:
    client = demo.evaluator()
    answer = client.post("/sign-out", data={"csrf_token": csrf_token(client.get("/waves/"))})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert client.get("/waves/").status_code == 303


def test_signing_in_starts_a_fresh_session_and_keeps_the_language(demo: Office) -> None:
    client = demo.app.test_client()
    client.get("/sign-in?lang=en")
    with client.session_transaction() as session:
        session["left_over"] = "by somebody else"
    sign_in(client, demo.instance)
    with client.session_transaction() as session:
        assert (session.get("lang"), session.get("left_over")) == ("en", None)
