"""Evaluators of single groups: their own figures beside the total, and nothing else of the application."""

import html
import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from survey import admitting
from survey.admitting import UnknownGroup, Wish
from survey.cells import OneGroup
from survey.store import audit, evaluators, releases, waves
from survey.store.waves import EVERYTHING
from tests.cast import NOW
from tests.test_rates import FULL
from tests.web.evaluators.conftest import (
    CLOSED,
    CONTACT,
    DRAFT,
    NAMED,
    OPEN,
    Office,
    csrf_token,
    sign_in,
)

A1, A2, POOLED = OneGroup("alliance", "A1"), OneGroup("alliance", "A2"), OneGroup("organization", "O05")
OTHERS = re.compile(r"\b(A[2-6]|O(?!05\b)\d\d)\b")
"""The names of all groups but the own ones."""
RANDOM = re.compile(r'"csrf_token" value="[^"]*"')
ADMITTED = {
    "evaluators.list_waves", "evaluators.list_sessions", "evaluators.show_own", "evaluators.own_chart",
}  # fmt: skip
OPEN_TO_ALL = {
    *("evaluators.sign_in_page", "evaluators.static", "evaluators.ask_for_link"),
    *("public.home", "public.typed_code", "public.alive", "public.ready", "public.privacy"),
}
"""What needs no sign-in, and holds no figure."""
VALUES = {
    "wave_id": CLOSED, "what": "utility", "form": "svg", "other": NAMED, "batch_id": "00" * 16,
    "contact": CONTACT.hex(), "key": "pulse", "kind": "invitation", "page_id": "00" * 16,
    "filename": "evaluators.css", "number": 1,
}  # fmt: skip
FITTING = {
    "evaluators.paper_file": {"form": "html"},
    "evaluators.report_file": {"form": "html"},
}
"""Arguments of addresses that the values do not fit."""


def restricted(
    office: Office, email: str, *only: OneGroup, limits: tuple[str, ...] | None = None
) -> FlaskClient:
    """A signed-in client who sees some groups only."""
    admitting.add(office.instance.store, email, limits, "test", NOW, only)
    client = office.app.test_client()
    sign_in(client, office.instance, email)
    client.get("/waves/?lang=en")
    return client


def main_of(page: str) -> str:
    """A page without its head, whose form has a random token."""
    return page.split("<main", 1)[1]


@pytest.fixture(scope="module")
def client(demo: Office) -> Iterator[FlaskClient]:
    """Somebody who sees the alliance A1 and the organization O05, which is shown with others only."""
    yield restricted(demo, "own@example.org", A1, POOLED)
    with demo.instance.store.write() as db:
        evaluators.remove(db, "own@example.org")


def address(office: Office, rule: Rule) -> str:
    with office.app.test_request_context():
        adapter = office.app.url_map.bind("localhost")
        values = VALUES | FITTING.get(rule.endpoint, {})
        return adapter.build(rule.endpoint, {name: values.get(name, "x") for name in rule.arguments})


def test_every_address_of_the_application_but_the_own_ones_is_refused(
    demo: Office, client: FlaskClient
) -> None:
    token = csrf_token(client.get("/waves/"))
    opened = set()
    for rule in demo.app.url_map.iter_rules():
        for method in {"GET", "POST"} & (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule.endpoint in ("evaluators.sign_out", "evaluators.end_session"):
                continue
            for wave in (
                (CLOSED, OPEN, DRAFT) if method == "GET" and "wave_id" in rule.arguments else (CLOSED,)
            ):
                path = address(demo, rule).replace(f"/{CLOSED}", f"/{wave}", 1)
                form = {"csrf_token": token} if method == "POST" else None
                with client.open(path, method=method, data=form) as answer:
                    if answer.status_code in (200, 302, 303):
                        opened.add(rule.endpoint)
                    found = OTHERS.search(RANDOM.sub("", answer.text))
                    assert found is None, (path, found)
    assert opened - OPEN_TO_ALL == ADMITTED


def numbers(value: object) -> Iterator[str]:
    """Every whole number above 99 in a release, as pages write it: smaller ones are in any page by chance."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, int) and not isinstance(value, bool) and value > 99:
        yield f"{value:,}"


def test_no_figure_of_another_group_is_on_the_page(demo: Office, client: FlaskClient) -> None:
    with demo.instance.store.read() as db:
        release = json.loads(releases.get(db, CLOSED).to_json())
    text = main_of(client.get(f"/waves/{CLOSED}/own").text)
    groups = release["by"]["alliance"]["groups"]
    known = {*numbers(release["whole"]), *numbers(groups["A1"])}
    foreign = {n for name, group in groups.items() if name != "A1" for n in numbers(group)} - known
    assert len(foreign) > 10
    said = set(re.findall(r"(?<![\w,.])\d[\d,]*(?![\w.])", text))
    assert not said & foreign
    assert "338 answers" in text and "1,260 answers" in text and "344 of 1,040 invited" in text


def test_a_pooled_group_is_called_so_and_names_nobody_else(client: FlaskClient) -> None:
    text = client.get(f"/waves/{CLOSED}/own?group=organization=O05").text
    assert "O05 together with others" in text and "11 answers in all" in text
    assert "Compared with everybody else" not in text
    chart = client.get(f"/waves/{CLOSED}/own/charts/utility.svg?group=organization=O05&lang=en")
    assert "O05 together with others" in chart.text and not OTHERS.search(chart.text)
    etag = {"If-None-Match": chart.headers["ETag"]}
    again = client.get(f"/waves/{CLOSED}/own/charts/utility.svg?group=organization=O05&lang=en", headers=etag)
    assert again.status_code == 304
    other = client.get(f"/waves/{CLOSED}/own/charts/utility.svg?group=alliance=A1&lang=en", headers=etag)
    assert other.status_code == 200 and "O05" not in other.text


@pytest.mark.parametrize("asked", ["alliance=A2", "organization=O01", "gender=woman", "alliance=", "x"])
def test_another_group_cannot_be_asked_for(client: FlaskClient, asked: str) -> None:
    for path in ("", "/charts/utility.svg"):
        assert client.get(f"/waves/{CLOSED}/own{path}?group={asked}").status_code == 404


def test_the_list_and_the_way_through_the_pages(demo: Office, client: FlaskClient) -> None:
    listed = client.get("/waves/").text
    for wave in (CLOSED, NAMED):
        assert f"/waves/{wave}/own" in listed
    # Nobody of these groups is invited in the open wave, and of a draft nothing is to be seen.
    assert OPEN not in listed and DRAFT not in listed
    for nav in ("/questionnaires/", "/log", "/settings", "New wave"):
        assert nav not in listed + client.get(f"/waves/{CLOSED}/own").text
    hidden, unknown = (client.get(f"/waves/{wave}/own") for wave in (OPEN, "nothere"))
    assert hidden.status_code == unknown.status_code == 404
    said = [RANDOM.sub("", one.text) for one in (hidden, unknown)]
    assert said[0].replace(OPEN, "nothere") == said[1]
    refused = client.get(f"/waves/{CLOSED}")
    assert refused.status_code == 403 and "your own groups" in refused.text
    assert client.get("/waves/nothere").status_code == 403
    assert demo.evaluator().get(f"/waves/{CLOSED}/own").status_code == 404


def test_links_and_pictures_of_the_pages_lead_to_the_own_group(client: FlaskClient) -> None:
    listed = re.findall(r'href="(/waves/[^"]+)"', main_of(client.get("/waves/").text))
    assert len(listed) == 4
    pages = [main_of(client.get(html.unescape(one)).text) for one in listed]
    assert all("Whole survey" in one for one in pages)
    switch = re.findall(r'href="([^"]*/own\?[^"]+)"', pages[-1])
    assert [client.get(html.unescape(one)).status_code for one in switch] == [200, 200]
    pictures = [
        one for one in re.findall(r'(?:src|href)="([^"]*/charts/utility[^"]+)"', pages[-1]) if "svg" in one
    ]
    assert {client.get(html.unescape(one)).status_code for one in pictures} == {200} and len(pictures) == 2


def test_partners_rules_hold_in_a_named_wave(client: FlaskClient) -> None:
    text = client.get(f"/waves/{NAMED}/own?group=alliance=A1").text
    assert "Nothing of A1 can be shown (fewer than 5 answers)" in text
    assert "Smallest and largest" not in text and "17 of 80" in text


def test_what_is_taken_away_is_logged(demo: Office, client: FlaskClient) -> None:
    client.get(f"/waves/{CLOSED}/own/charts/utility.svg?group=alliance=A1&lang=en&take=1")
    with demo.instance.store.read() as db:
        last = audit.of_wave(db, CLOSED)[-1]
    assert (last.who, last.act, last.about) == (
        "own@example.org",
        audit.EXPORTED,
        "utility.alliance=A1.en.svg",
    )


def test_the_response_rate_while_a_wave_is_open(empty: Office) -> None:
    invited = empty.instance.wave("w", groups=[{"alliance": "A1"}] * 20 + [{"alliance": "A<2>"}] * 20)
    for one in (*invited[:12], *invited[20:24]):
        empty.instance.answer(one, **FULL)
    client = restricted(empty, "own@example.org", A1)
    assert "Response rate of A1" in client.get("/waves/").text
    text = main_of(client.get("/waves/w/own").text)
    assert "at least 10 of 20 invited" in text and "at least 15 of 40 invited" in text
    assert not any(told in text for told in ("2&gt;", "16", "12"))
    other = restricted(empty, "two@example.org", OneGroup("alliance", "A<2>"))
    second = main_of(other.get("/waves/w/own").text)
    assert "fewer than 5 of 20 invited" in second and "<2>" not in second and "A1" not in second
    assert client.get("/waves/w/own/charts/utility.svg?lang=en").status_code == 409
    with empty.instance.store.write() as db:
        waves.set_closing(db, "w")
    counting = client.get("/waves/w/own").text
    assert "being counted" in counting and "at least" not in counting


def test_rights_are_changed_one_by_one_and_never_widened_by_oversight(empty: Office) -> None:
    store = empty.instance.store
    for wave in ("w", "v"):
        empty.instance.wave(wave, "beneficiaries", groups=[{"alliance": "A1"}, {"alliance": "A2"}] * 5)

    def seen() -> tuple[object, tuple[OneGroup, ...]]:
        with store.read() as db:
            rights = evaluators.rights(db, "r@example.org")
        return ("all" if rights.waves is EVERYTHING else rights.waves), rights.only

    def wish(**wanted: object) -> None:
        admitting.change(store, "r@example.org", Wish(**wanted), "test", NOW)  # type: ignore[arg-type]

    assert admitting.add(store, "r@example.org", ["w"], "test", NOW, (A1,))
    assert seen() == ({"w"}, (A1,))
    wish(waves=("v",))
    assert seen() == ({"v"}, (A1,))
    wish(only=(A2,))
    assert seen() == ({"v"}, (A2,))
    for slip in ("A7", "", "not_assigned"):
        with pytest.raises(UnknownGroup, match="alliance="):
            wish(only=(OneGroup("alliance", slip),))
    assert seen() == ({"v"}, (A2,))
    wish(whole=True)
    assert seen() == ({"v"}, ())
    wish(only=(A1,))
    wish(everything=True)
    assert seen() == ("all", ())
    with store.read() as db:
        assert [one.about for one in audit.everything(db) if one.wave is None][:2] == [
            "r@example.org: w; alliance=A1", "r@example.org: v; alliance=A1",
        ]  # fmt: skip
