"""Every state of every respondents' page: accessible and whole, in both languages and schemes.

At 320 and 1280 pixels, at 200 % text and with wide spacing, with a focus that can be seen. Each
state is loaded once for a language; width, scheme and size of text change under it.
"""

from dataclasses import replace

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from survey.web import create_app
from tests.cast import Instance
from tests.web.judging import WIDE_SPACING, judged, violations

from .conftest import Site
from .states import STATES, Rounds, Visitor, Walk
from .test_browser import RULES

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
LOOKS = {
    "phone, light": (PHONE, "light"),
    "phone, dark": (PHONE, "dark"),
    "desk, dark": (DESK, "dark"),
    "desk, light": (DESK, "light"),
}
WITH_AXE = {"it": "phone, light", "en": "desk, dark"}
WHATS = ("outline", "contrasts", "fit", "targets", "focus")
TEXTS = {
    "200 %": (":root { font-size: 200% }", ["targets"]),
    "wide spacing": (WIDE_SPACING, []),
}
BAD = {
    "contrasts": "legend { color: #888 }",
    "fit": "label span { height: 1rem; min-height: 0; overflow: hidden }",
    "targets": "label span { min-height: 2.6rem; padding: 0 }",
    "focus": ":focus-visible + span { outline-color: #aaa }",
}
SAID = {
    "organizer": "Agenzia di prova",
    "contact": "welfare@example.org",
    "privacy_url": "https://example.org/privacy",
    "accessibility_url": "https://example.org/agid",
}


@pytest.fixture
def site(instance: Instance) -> Site:
    """A site of which everything is said that settings can say."""
    told = replace(instance, settings=replace(instance.settings, **SAID))
    app = create_app(told.settings)
    return Site(app, told, app.test_client(use_cookies=False))


def faults(page: Page, with_axe: str) -> dict[str, list[str]]:
    """All that is wrong with the page that is open; it is left as a phone in light colours shows it.

    axe is slow: it runs in one of the four looks, the other language in another width and scheme. `judge.js`
    looks at all of them, contrasts included.
    """
    found = {}
    page.evaluate(AXE_SCRIPT)
    page.keyboard.press("Tab")
    for look, (viewport, scheme) in LOOKS.items():
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        found[look] = (violations(page, RULES) if look == with_axe else []) + judged(page, *WHATS)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    found |= {way: judged(page, "fit", *more, style=style) for way, (style, more) in TEXTS.items()}
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize("code", ["it", "en"])
@pytest.mark.parametrize("walk", STATES, ids=lambda walk: walk.__name__)
def test_every_state_is_accessible(browser: Browser, site: Site, served: str, walk: Walk, code: str) -> None:
    # axe needs scripts of its own, which the pages' policy would refuse
    context = browser.new_context(viewport=PHONE, base_url=served, bypass_csp=True, locale=code)
    page = context.new_page()
    statuses: list[int] = []
    page.on("response", lambda reply: statuses.append(reply.status))
    wrong = {}
    seen = []
    for state in walk(Visitor(page, code, Rounds(site))):
        status, title = STATES[walk][state]
        assert (statuses[-1], page.locator("html").get_attribute("lang")) == (status, code), state
        assert (page.title() == title) == (code == "en" or title == "Riscontro"), (state, page.title())
        seen.append(state)
        if found := faults(page, WITH_AXE[code]):
            wrong[state] = found
    assert wrong == {}
    assert seen == list(STATES[walk])
    assert context.cookies() == []
    context.close()


def test_what_judges_is_not_blind(browser: Browser, site: Site, served: str) -> None:
    page = browser.new_page(viewport=PHONE, base_url=served, bypass_csp=True)
    page.goto(site.wave(definition="organizations", groups=[{"organization": "O1"}])[0] + "?lang=en")
    page.keyboard.press("Tab")
    for what, style in BAD.items():
        assert judged(page, what) == []
        assert judged(page, what, style=style), what
    page.evaluate("document.querySelector('main').append(document.querySelector('fieldset').cloneNode(true))")
    assert "twice #item-employees" in judged(page, "outline")
    page.close()
