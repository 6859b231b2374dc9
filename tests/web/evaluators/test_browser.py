"""The pages in a real browser: accessible in both languages and schemes, whole at 320 pixels."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.serving import serving
from tests.web.evaluators.conftest import CLOSED, DRAFT, NAMED, OPEN, Office, sign_in_token
from tests.web.judging import WIDE_SPACING, judged

PAGES = ["/waves/", f"/waves/{CLOSED}", f"/waves/{CLOSED}?by=alliance&order=utility", f"/waves/{NAMED}",
         f"/waves/{OPEN}", f"/waves/{DRAFT}", f"/waves/{NAMED}/answers",
         f"/waves/{CLOSED}?by=organization&figure=dimensions",
         f"/waves/{CLOSED}/charts/recommendation/download?by=alliance",
         "/waves/nothing", "/sign-in"]  # fmt: skip
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}

THINNED = """() => {
    const beyond = (all, n) => [...all].slice(n).forEach((one) => one.remove())
    document.querySelectorAll(".part").forEach((part) => beyond(part.querySelectorAll(".figure"), 1))
    document.querySelectorAll("tbody").forEach((body) => beyond(body.rows, 4))
    beyond(document.querySelectorAll(".part"), 5)
}"""
"""One block of each part, four rows of each table: all come from the same macros, and axe looks at each
element for as long as at all of respondents' pages. Ids and headings of the whole are judged without it, and
each page by axe in one of the two languages and schemes; contrasts and focus in both."""


class Outline(HTMLParser):
    """The tags of a page, its ids and what refers to them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.targets: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.levels += [int(tag[1])] if tag in ("h1", "h2", "h3", "h4") else []
        said = dict(attrs)
        self.ids += [said["id"] or ""] if "id" in said else []
        self.targets |= set((said.get("aria-labelledby") or "").split())
        assert "style" not in said, "the policy of the pages forbids styles inside tags"


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_the_outline_of_a_page(demo: Office, address: str, lang: str) -> None:
    page = Outline(demo.evaluator(lang).get(address).text)
    assert (page.tags["h1"], page.tags["main"], page.tags["title"], page.tags["script"]) == (1, 1, 1, 0)
    assert max(Counter(page.ids).values()) == 1
    assert page.targets <= set(page.ids)
    assert page.levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(page.levels))


@pytest.fixture(scope="module")
def address(demo: Office) -> Iterator[str]:
    with serving(demo.app) as served:
        yield served


def signed_in(browser: Browser, demo: Office, address: str, **choices: object) -> Page:
    page = browser.new_context(**choices).new_page()  # type: ignore[arg-type]
    page.goto(f"{address}/sign-in/{sign_in_token(demo.instance)}")
    page.click("main button")
    assert page.url == f"{address}/waves/"
    return page


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "scheme"), [("it", "light"), ("en", "dark")])
def test_no_accessibility_fault(browser: Browser, demo: Office, address: str, lang: str, scheme: str) -> None:
    page = signed_in(browser, demo, address, locale=lang, color_scheme=scheme)
    page.route("**/charts/*", lambda route: route.abort())
    for place, path in enumerate(PAGES):
        page.goto(address + path)
        page.evaluate(THINNED)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        if place % 2 == (scheme == "dark"):
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        page.keyboard.press("Tab")
        assert judged(page, "contrasts", "focus") == [], path
    page.context.close()


@pytest.mark.browser
def test_a_narrow_page_does_not_scroll_sideways(browser: Browser, demo: Office, address: str) -> None:
    page = signed_in(browser, demo, address, viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.route("**/charts/*", lambda route: route.abort())
    for path in PAGES:
        page.goto(address + path)
        page.keyboard.press("Tab")
        assert judged(page, "fit", "focus") == [], path
        assert judged(page, "fit", style=WIDE_SPACING) == [], path
    page.context.close()


@pytest.mark.browser
def test_on_paper_stands_what_can_be_read_there(browser: Browser, demo: Office, address: str) -> None:
    page = signed_in(browser, demo, address, bypass_csp=True)
    page.route("**/charts/*", lambda route: route.abort())
    page.emulate_media(media="print")
    seen = "(what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility()).length"
    for path, unfolded in ((f"/waves/{CLOSED}?by=organization", False), (f"/waves/{CLOSED}?print=all", True)):
        page.goto(address + path)
        for what in (".top", "nav", "figcaption", "summary", ".back", "details:not([open])"):
            assert page.evaluate(seen, what) == 0, what
        assert page.evaluate(seen, ".contents + .printed") == (not unfolded)
        assert bool(page.evaluate(seen, ".technical table")) == unfolded
        flows = "[...document.querySelectorAll('.scroll')].map((one) => getComputedStyle(one).overflow)"
        assert set(page.evaluate(flows)) == {"visible"}
    page.goto(f"{address}/waves/{CLOSED}?by=alliance&print=charts")
    long = "document.querySelector('[aria-labelledby=part-questions]')"
    assert page.evaluate(seen, "[aria-labelledby=part-questions] > figure img") == 0
    assert page.evaluate(f"{long}.querySelector('.printed').checkVisibility()")
    assert page.evaluate(seen, "[aria-labelledby=part-questions] > details table") == 1
    assert page.evaluate(seen, "[aria-labelledby=part-questions] .figure img") == 4, "a long one is a table"
    page.context.close()


@pytest.mark.browser
def test_charts_load_and_nothing_breaks_the_policy(browser: Browser, demo: Office, address: str) -> None:
    page = signed_in(browser, demo, address, locale="it")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/waves/{CLOSED}")
    for chart in page.locator("figure img").all()[:4]:
        assert chart.evaluate(
            "one => { one.loading = 'eager'; return one.decode().then(() => one.naturalWidth) }"
        )
    assert complaints == []
    page.context.close()


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_first(browser: Browser, demo: Office, address: str) -> None:
    page = signed_in(browser, demo, address, locale="en")
    page.goto(f"{address}/waves/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()
