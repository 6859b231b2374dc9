"""Results given back to partners: pages made and revoked by evaluators, read behind a signed address."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from survey import giving, partnering
from survey.cells import OneGroup
from survey.gallery import NAME
from survey.indicators.beside import Shows
from survey.language import language
from survey.partnering import BadPartnerPage, Partnering
from survey.store import audit, partner_pages, waves
from survey.store.partner_pages import PartnerPage
from survey.store.releases import NotClosedYet
from survey.web.problems import MASK
from survey.web.sharing import order, shared, ways
from tests.cast import NOW, Instance
from tests.serving import serving
from tests.web.evaluators.conftest import CLOSED, NAMED, OPEN, Office, csrf_token
from tests.web.evaluators.test_browser import RULES, Outline
from tests.web.evaluators.test_own import OTHERS, restricted
from tests.web.judging import judged

A1, O05 = OneGroup("alliance", "A1"), OneGroup("organization", "O05")
FORM = f"/waves/{CLOSED}/partner-pages"


def made(office: Office, group: OneGroup, wave: str = CLOSED, **choices: object) -> tuple[PartnerPage, str]:
    """A new page and the path of its address."""
    now = datetime.now(UTC)
    page = partnering.make(office.instance.store, wave, group, "test", now, **choices)  # type: ignore[arg-type]
    partnering_: Partnering = office.app.extensions["partnering"]
    return page, f"/p/{partnering_.token(page.id)}"


def acts(office: Office) -> list[tuple[str, str, str]]:
    with office.instance.store.read() as db:
        return [(one.act, one.who, one.about) for one in audit.of_wave(db, CLOSED)]


def test_a_partner_reads_the_own_results_beside_the_total(demo: Office) -> None:
    _, path = made(demo, A1)
    with demo.app.test_client() as client:
        answer = client.get(path + "?lang=en")
        text = answer.text
        assert answer.status_code == 200
        for said in (
            *("Results of A1", "344 of 1,040 invited", "1,280 of 4,000 invited", "338 answers"),
            *(
                "Means of the dimensions, from 1 to 5",
                "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}342",
                "fewer than 5 answers",
            ),
            *("The answers are anonymous", "How to cite"),
        ):
            assert said in text, said
        assert not OTHERS.search(text) and "<script" not in text
        assert "Risultati di A1" in client.get(path + "?lang=it").text
        chart = client.get(f"{path}/charts/utility.svg?lang=en")
        assert chart.mimetype == "image/svg+xml" and "A1" in chart.text and not OTHERS.search(chart.text)
        assert client.get(f"{path}/charts/nothing.svg").status_code == 404
        assert client.get(f"{path}/charts/response.svg").status_code == 404
        for one in (answer, chart, client.get(path + "x")):
            assert "Set-Cookie" not in one.headers
            assert one.headers["X-Robots-Tag"].startswith("noindex")
            assert one.headers["Cache-Control"] == "no-store"
            assert one.headers["Referrer-Policy"] == "no-referrer"
            assert "script" not in one.headers["Content-Security-Policy"]
        assert client.post(path).status_code == 405


def test_each_group_has_charts_of_its_own(demo: Office) -> None:
    store = demo.instance.store
    with store.read() as db:
        wave = waves.get(db, CLOSED)
    orders = [
        order(shared(store, wave, one, language(code)), "utility", "svg")
        for one in (A1, OneGroup("alliance", "A2"), O05)
        for code in ("it", "en")
    ]
    assert len({one.etag for one in orders}) == len({one.choices for one in orders}) == 6
    assert all(NAME.fullmatch(one.choices) for one in orders)


def test_where_a_group_is_pooled_or_hidden_the_page_says_so(demo: Office) -> None:
    client = demo.app.test_client()
    pooled = client.get(made(demo, O05, language="en")[1]).text
    assert "Results of O05 together with others" in pooled and "11 answers in all" in pooled
    assert not OTHERS.search(pooled)
    hidden = client.get(made(demo, OneGroup("organization", "O02"), language="en")[1]).text
    assert "Nothing of O02 can be shown (no answers)" in hidden
    assert '<p class="sentence">Perceived usefulness 3.8' in hidden


@pytest.mark.parametrize("place", [0, 10, 21, 22, 23, 40, 65])
def test_an_altered_address_is_unknown(demo: Office, place: int) -> None:
    token = made(demo, A1)[1].removeprefix("/p/")
    altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    answer = demo.app.test_client().get(f"/p/{altered}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404 and "This address does not work" in answer.text


def test_an_address_is_of_no_use_for_anything_else(demo: Office) -> None:
    page, path = made(demo, A1)
    client, token = demo.app.test_client(), path.removeprefix("/p/")
    for other in (f"/a/{token}", f"/o/{token}", f"/u/{token}", f"/sign-in/{token}"):
        assert client.get(other).status_code in (403, 404), other
    assert client.get(f"/p/{demo.instance.links.link(page.id)}").status_code == 404


def test_a_revoked_and_an_expired_page_say_what_they_are(demo: Office) -> None:
    client = demo.app.test_client()
    page, path = made(demo, A1, expires=datetime.now(UTC).date() + timedelta(days=3))
    with time_machine.travel(datetime.now(UTC) + timedelta(days=5), tick=False):
        expired = client.get(path + "?lang=en")
    assert (expired.status_code, client.get(path).status_code) == (410, 200)
    assert "This page has expired" in expired.text and "A1" not in expired.text
    partnering.revoke(demo.instance.store, CLOSED, page.id, "test", NOW)
    partnering.revoke(demo.instance.store, CLOSED, page.id, "test", NOW)
    for where in (path, f"{path}/charts/utility.svg"):
        revoked = client.get(where + "?lang=it")
        assert revoked.status_code == 410 and "Questa pagina è stata ritirata" in revoked.text
        assert revoked.headers["X-Robots-Tag"].startswith("noindex")
    ended = [one for one in acts(demo) if one[0] == audit.PARTNER_PAGE_REVOKED]
    assert ended[-1:] == [(audit.PARTNER_PAGE_REVOKED, "test", "alliance=A1")]


def test_the_log_tells_the_first_opening_of_a_day_and_no_address(demo: Office) -> None:
    page, path = made(demo, OneGroup("alliance", "A2"))
    client, before = demo.app.test_client(), len(acts(demo))
    client.head(path)
    assert acts(demo)[before:] == []
    for days in (0, 0, 1, 1):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=False):
            client.get(path)
    assert acts(demo)[before:] == [(audit.PARTNER_PAGE_OPENED, audit.PROGRAM, "alliance=A2")] * 2
    assert (audit.PARTNER_PAGE_MADE, "test", f"alliance=A2, {page.expires}") in acts(demo)
    assert not any(path[3:25] in "".join(one) for one in acts(demo))


def test_addresses_are_masked_in_logs() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "GET /p/secret.part/charts/a.svg failed", (), None)
    MASK.filter(record)
    assert record.getMessage() == "GET /p/.../charts/a.svg failed"


def test_an_evaluator_makes_and_withdraws_a_page(demo: Office) -> None:
    client = demo.evaluator("en")
    token = csrf_token(client.get(FORM))
    last = (datetime.now(UTC) + timedelta(days=30)).date()
    sent = {"csrf_token": token, "group": "alliance=A3", "expires": str(last), "language": "it"}
    assert client.post(FORM, data=sent).status_code == 303
    listed = client.get(FORM).text
    found = re.findall(r'value="http://[^"]+(/p/[^"]+)"', listed)
    assert "Alliance: A3" in listed and "never opened" in listed
    with demo.instance.store.read() as db:
        page = next(one for one in partner_pages.of_wave(db, CLOSED) if one.group.value == "A3")
    path = f"/p/{demo.app.extensions['partnering'].token(page.id)}"
    assert path in found and (page.expires, page.language) == (last, "it")
    assert "Risultati di A3" in demo.app.test_client().get(path).text
    for wrong in (
        {"group": ""}, {"group": "alliance"}, {"group": "gender=woman"}, {"group": "alliance=<b>"},
        {"expires": "2020-01-01"}, {"expires": "2099-01-01"}, {"expires": "<b>soon"}, {"language": "de"},
    ):  # fmt: skip
        refused = client.post(FORM, data={**sent, **wrong})
        assert refused.status_code == 422 and 'role="alert"' in refused.text, wrong
        assert "<b>" not in refused.text
    end = f"{FORM}/{page.id.hex()}/revoke"
    assert client.post(end).status_code == 400
    assert client.post(f"/waves/{NAMED}/partner-pages/{page.id.hex()}/revoke", data=sent).status_code == 404
    assert client.post(f"{FORM}/zz/revoke", data=sent).status_code == 404
    assert client.post(end, data=sent).status_code == 303
    assert demo.app.test_client().get(path).status_code == 410
    assert client.get(f"/waves/{OPEN}/partner-pages").status_code == 409


def test_the_outlines_of_these_pages(demo: Office) -> None:
    own = restricted(demo, "outline@example.org", A1, O05)
    pages = [(demo.evaluator(), FORM), (demo.app.test_client(), made(demo, A1)[1]),
             (own, f"/waves/{CLOSED}/own"), (own, "/waves/")]  # fmt: skip
    for client, path in pages:
        page = Outline(client.get(path).text)
        assert (page.tags["h1"], page.tags["main"], page.tags["title"], page.tags["script"]) == (1, 1, 1, 0)
        assert max(Counter(page.ids).values()) == 1, path
        assert page.targets <= set(page.ids), path


def test_only_closed_waves_have_results_to_give(instance: Instance) -> None:
    instance.wave("w", "beneficiaries", groups=[{"alliance": "A1"}] * 10)
    with pytest.raises(NotClosedYet):
        partnering.make(instance.store, "w", A1, "test", NOW)
    instance.close("w")
    with pytest.raises(BadPartnerPage, match="alliance=A1"):
        partnering.make(instance.store, "w", OneGroup("alliance", "A2"), "test", NOW)
    with pytest.raises(BadPartnerPage, match="alliance="):
        partnering.make(instance.store, "w", OneGroup("nothing", "A1"), "test", NOW)
    assert partnering.make(instance.store, "w", A1, "test", NOW).expires == date(2027, 5, 19)


def test_the_release_rule_holds_for_partners_of_a_named_wave(instance: Instance) -> None:
    sizes = {"A1": 8, "A2": 7, "A3": 2}
    groups = [{"alliance": a, "organization": f"{a}{n}"} for a, many in sizes.items() for n in range(many)]
    for place, one in enumerate(instance.wave("w", "organizations", groups=groups)):
        instance.answer(one, employees=str(10 + place), relation=str(3 + place % 3), sector="care")
    instance.close("w")
    with instance.store.read() as db:
        wave = waves.get(db, "w")
    told = giving.public_of(instance.store, "w")
    release = told.release
    shown = {str(group): how for group, how in ways(instance.store, wave).items()}
    assert shown["alliance=A1"] is Shows.ALONE
    assert shown["alliance=A2"] is shown["alliance=A3"] is Shows.TOGETHER
    # One organization alone is never shown: by itself it would be its own answers.
    assert Shows.ALONE not in {how for group, how in shown.items() if group.startswith("organization")}
    assert release.by["alliance"].others[0].part.responses == 9
    assert (release.mode, release.closed) == ("anonymous", NOW.isoformat(timespec="seconds"))
    assert giving.public_of(instance.store, "w") == told


@pytest.fixture
def address(demo: Office) -> Iterator[str]:
    with serving(demo.app) as served:
        yield f"{served}{made(demo, O05, language='en')[1]}"


@pytest.mark.browser
def test_the_page_is_accessible_and_whole_on_a_narrow_screen(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark").new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.route("**/charts/*", lambda route: route.fulfill(body="<svg xmlns='http://www.w3.org/2000/svg'/>"))
    page.goto(address)
    assert complaints == []
    # One of each kind: a table under a chart, a question.
    page.evaluate("document.querySelector('details').open = document.querySelector('.question').open = true")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Tab")
    assert judged(page, "fit", "focus", "contrasts") == []
    assert page.context.cookies() == []
    page.context.close()
