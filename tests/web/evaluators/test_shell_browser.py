"""The whole way in a real browser: choose, read, try, make, open, extend, close by a process of its own."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.conftest import Site
from tests.web.evaluators.conftest import sign_in_token

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.mark.browser
def test_from_a_questionnaire_to_results(browser: Browser, site: Site) -> None:
    page = browser.new_context(locale="en", viewport={"width": 360, "height": 800}).new_page()

    def sound(where: str) -> None:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{where} scrolls sideways: {width}"

    page.set_default_timeout(8_000)
    page.goto(f"{site.address}/sign-in/{sign_in_token(site.instance)}")
    page.click("main button")
    for where in ("/sessions", "/log", "/questionnaires/"):
        page.goto(site.address + where)
        sound(where)
    page.click("text=Three questions about the service")
    sound("the questionnaire")
    page.click("text=Try it (English)")
    expect(page.locator("header")).to_contain_text("Trial")
    for fieldset in page.locator("fieldset").all():
        if fieldset.locator("input[type=radio]").count():
            fieldset.locator("label").first.evaluate("label => label.click()")
    page.click("text=Send my answers")
    expect(page.locator("h1")).to_contain_text("Thank you")
    expect(page.locator("header")).to_contain_text("Trial")
    page.click("text=End the trial")
    page.click("text=Make a wave of it")
    page.fill("#id", "w")
    page.fill("#threshold", "2")
    sound("a new wave")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]")).to_contain_text("Threshold")
    sound("a new wave with a problem")
    page.fill("#threshold", "5")
    page.click("text=Make the wave")
    sound("a draft")
    page.click("nav.pages >> text=Preparation")
    page.click("nav.pages >> text=Settings")
    sound("settings")
    page.click("nav.pages >> text=Open")
    page.check("#sure")
    sound("opening")
    page.click("text=Open the wave now")
    page.click("nav.pages >> text=Collection")
    page.click("nav.pages >> text=Last day")
    page.fill("#closes", "2090-01-31")
    sound("the last day")
    page.click("main button")
    expect(page.locator(".head")).to_contain_text("2090")
    page.click("nav.pages >> text=Collection")
    page.click("nav.pages >> text=Close")
    sound("closing")
    page.check("#sure")
    page.click("text=Close the wave now")
    # The page looks again by itself until the child has closed the wave.
    page.wait_for_url(f"{site.address}/waves/w", timeout=60_000)
    expect(page.locator(".badge").first).to_contain_text("closed")
    page.click("nav.pages >> text=Log")
    expect(page.locator("table")).to_contain_text("wave closed")
    sound("the log")
    page.context.close()
