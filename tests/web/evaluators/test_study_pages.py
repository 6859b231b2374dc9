"""Pages of trends, of the same people and of supplements in a real browser: accessible, narrow, on paper."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from survey import shelf
from tests import study_cast
from tests.cast import make_instance
from tests.serving import serving
from tests.web.evaluators.conftest import Office, csrf_token, office_of
from tests.web.evaluators.test_browser import RULES, Outline, signed_in
from tests.web.judging import WIDE_SPACING, judged

ADD = "/waves/p2/supplements/add/panel_kinds-3.json/hours_summary"
PAGES = {
    "/waves/p4/trend": "Altre rilevazioni",
    "/waves/p4/compare": "Altre rilevazioni",
    "/waves/p4/compare/p1": "Altre rilevazioni",
    "/waves/p4/study": "Le stesse persone",
    "/waves/p4/study/p1": "Le stesse persone",
    "/waves/p4/end-study": "Le stesse persone",
    "/waves/p1/supplements": "Indicatori",
    "/waves/p2/supplements": "Indicatori",
    ADD: "Indicatori",
}
"""Each with the page of the second row that it belongs to."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    instance = make_instance(tmp_path_factory.mktemp("study") / "instance", MAIL_COURIER="off")
    study_cast.study(instance, 80)
    shelf.keep(instance.settings.questionnaires, study_cast.version(3), "panel.json")
    made = office_of(instance)
    yield made
    made.app.extensions["rooms"].store.close()
    instance.store.close()


@pytest.fixture(scope="module")
def address(office: Office) -> Iterator[str]:
    with serving(office.app) as served:
        yield served


def test_the_outline_of_each_page_and_its_place(office: Office) -> None:
    client = office.evaluator("it")
    for path, place in PAGES.items():
        html = client.get(path).text
        page = Outline(html)
        assert (page.tags["h1"], page.tags["main"], page.tags["title"], page.tags["script"]) == (1, 1, 1, 0)
        assert max(Counter(page.ids).values()) == 1 and page.targets <= set(page.ids), path
        assert page.levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(page.levels))
        assert re.findall(r'aria-current="page">([^<]+)<', html)[-1] == place, path
        assert re.search(r"<title>\s*\S", html)
    posted = client.post(ADD, data={"csrf_token": csrf_token(client.get(ADD))})
    assert posted.status_code == 422 and 'aria-invalid="true"' in posted.text


@pytest.mark.browser
def test_no_fault_on_a_narrow_dark_screen_nor_on_paper(
    browser: Browser, office: Office, address: str
) -> None:
    page = signed_in(
        browser, office, address,
        locale="it", color_scheme="dark", viewport={"width": 320, "height": 640}, bypass_csp=True,
    )  # fmt: skip
    page.route("**/chart.*", lambda route: route.abort())
    seen = "(what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility()).length"
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        page.keyboard.press("Tab")
        # Of a box inside its label the judge expects what respondents' pages have.
        focus = () if page.query_selector("label input") else ("focus",)
        assert judged(page, "contrasts", "fit", *focus) == [], path
        assert judged(page, "fit", style=WIDE_SPACING) == [], path
    page.emulate_media(media="print")
    for path in ("/waves/p4/study/p1", "/waves/p4/trend", "/waves/p1/supplements", "/waves/p4/study"):
        page.goto(f"{address}{path}?print=all")
        for what in (".top", "nav", "figcaption", "summary", "form", ".screen", "details:not([open])"):
            assert page.evaluate(seen, what) == 0, (path, what)
        assert bool(page.evaluate(seen, "table")) == (path != "/waves/p4/study")
    page.goto(f"{address}/waves/p4/study/p1")
    assert (page.evaluate(seen, "table"), page.evaluate(seen, ".printed")) == (0, 1)
    page.context.close()
