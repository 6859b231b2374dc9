"""Links and requests that lead nowhere: each its own clear page, in the right language and status."""

import logging
from datetime import date

import pytest

from .conftest import GOOD, Site

UNKNOWN = "/a/" + "A" * 22 + "." + "B" * 43


def altered(address: str) -> str:
    return address[:-5] + ("A" if address[-5] != "A" else "B") + address[-4:]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "change", [altered, lambda _: UNKNOWN, lambda a: a + "=", lambda _: "/a/x", lambda _: "/a/é"]
)
def test_unknown_link(site: Site, change, method):
    reply = getattr(site.client, method)(change(site.wave()[0]), headers={"Accept-Language": "en"})
    assert reply.status_code == 404
    assert "<h1>This link does not work</h1>" in reply.text
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "post"])
def test_early_link_names_the_day(site: Site, method):
    reply = getattr(site.client, method)(site.wave(opens=date(2026, 12, 1))[0] + "?lang=en")
    assert reply.status_code == 403
    assert "from December 1, 2026 on" in reply.text


def test_draft_wave_opens_some_day(site: Site):
    reply = site.client.get(site.wave(opened=False)[0] + "?lang=en")
    assert reply.status_code == 403
    assert "as soon as it opens" in reply.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_late_link_names_the_day(site: Site, method):
    address = site.wave(opens=date(2026, 11, 1), closes=date(2026, 11, 19))[0]
    reply = getattr(site.client, method)(address + "?lang=en")
    assert reply.status_code == 410
    assert "until November 19, 2026" in reply.text


def test_closed_wave_names_the_day_on_which_it_was_closed(site: Site):
    address = site.wave(closes=date(2026, 11, 30))[0]
    site.instance.close("w1")
    reply = site.client.post(address + "?lang=en", data=GOOD)
    assert reply.status_code == 410
    assert "until November 20, 2026" in reply.text


def test_thanks_of_an_unknown_link(site: Site):
    assert site.client.get(UNKNOWN + "/thanks").status_code == 404


REQUESTS = {
    "no such page": ("get", "/nowhere", {}, 404),
    "slash too many": ("get", "/a/x/y", {}, 404),
    "method": ("put", "/", {}, 405),
    "large body": ("post", UNKNOWN, {"data": b"x" * 1_000_001, "content_type": "text/plain"}, 404),
    "foreign host": ("get", "/", {"base_url": "http://evil.example"}, 400),
}


@pytest.mark.parametrize(("method", "path", "more", "status"), REQUESTS.values(), ids=REQUESTS)
def test_bad_requests(site: Site, method, path, more, status):
    reply = getattr(site.client, method)(path, headers={"Accept-Language": "en"}, **more)
    assert reply.status_code == status
    assert "<h1>" in reply.text
    assert "Set-Cookie" not in reply.headers


def test_method_not_allowed_names_those_that_are(site: Site):
    assert "POST" in site.client.delete(UNKNOWN).headers["Allow"]


@pytest.mark.parametrize("size", [1_000_001, 10_000_000])
def test_huge_answers_are_too_much(site: Site, size):
    address = site.wave()[0]
    assert site.client.post(address, data={"comment": "x" * size}).status_code == 413
    assert site.client.post(address, data=GOOD).status_code == 303


BODIES = {
    "nothing": (b"", "application/x-www-form-urlencoded"),
    "no text at all": (b"\xff\xfe\x00utility=4", "application/x-www-form-urlencoded"),
    "broken escapes": (b"utility=%ff%zz%00&%00=4&=&&;", "application/x-www-form-urlencoded"),
    "JSON": (b'{"utility": 4}', "application/json"),
    "multipart without parts": (b"--x--", "multipart/form-data; boundary=x"),
    "multipart without boundary": (b"utility=4", "multipart/form-data"),
    "no type": (b"utility=4", ""),
}


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES)
def test_malformed_body_is_refused_and_the_link_stays_open(site: Site, body, kind):
    address = site.wave()[0]
    assert site.client.post(address, data=body, content_type=kind).status_code == 422
    assert site.client.post(address, data=GOOD).status_code == 303


def test_thirty_thousand_fields_are_refused_at_once(site: Site):
    reply = site.client.post(site.wave()[0], data={f"f{n}": "1" for n in range(30_000)})
    assert reply.status_code == 422
    assert len(reply.data) < 40_000


def test_fault_shows_a_page_and_its_log_holds_no_link(site: Site, caplog):
    address = site.wave()[0]
    for key in site.instance.settings.mark_keys.iterdir():
        key.unlink()
    with caplog.at_level(logging.ERROR):
        reply = site.client.get(address + "?lang=en")
    assert reply.status_code == 500
    assert "Something went wrong on our side" in reply.text
    assert str(site.instance.settings.instance) not in reply.text
    assert caplog.records


def test_unforeseen_fault_is_logged_without_the_link(site: Site, caplog):
    address = site.wave()[0]
    del site.app.extensions["pages"]._templates.globals["range_of"]
    reply = site.client.get(address)
    assert reply.status_code == 500
    assert "/a/..." in caplog.text
    assert address not in caplog.text


def test_what_was_typed_is_shown_when_the_wave_has_closed_meanwhile(site: Site):
    address, organization = site.wave()[0], {"organization": "O1"}
    named = site.wave("w2", definition="organizations", groups=[organization])[0]
    for wave in ("w1", "w2"):
        site.instance.close(wave)
    reply = site.client.post(address + "?lang=en", data={**GOOD, "comment": "Two\r\nlines <b>"})
    assert reply.status_code == 410
    assert "came too late and is not stored" in reply.text
    assert "<dd>Two\nlines &lt;b&gt;</dd>" in reply.text and "<dd>4,5</dd>" in reply.text
    reply = site.client.post(named + "?lang=en", data={"_go": "save", "_revision": "0", "employees": "40"})
    assert (reply.status_code, "<dd>40" in reply.text) == (410, True)
    assert "<dl>" not in site.client.post(address, data={"_go": "save"}).text
