"""Pages and the last look in a browser without scripts: back, forward, reload, two tabs, keyboard, axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect

from .conftest import Site
from .test_browser import PHONE, RULES, phone, served  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser

NEXT = "form > .d button >> nth=0"


@pytest.fixture
def address(site: Site) -> str:
    return site.wave(definition="paged")[0]


def to_the_third_page(page: Page, address: str) -> None:
    """Fill in two pages and open the third."""
    page.goto(address)
    page.locator("[name=used][value=yes]").check()
    page.locator("[name=which][value=nursery]").check()
    page.locator(NEXT).click()
    page.locator("#item-hours .x").fill("2,5")
    page.locator("[name=calm][value='2']").check()
    page.locator(NEXT).click()
    expect(page).to_have_title("Part 3 of 4: The services, part by part")


def test_back_forward_and_reload_keep_everything(phone: Page, address: str):  # noqa: F811
    to_the_third_page(phone, address)
    phone.locator("[name=comment]").fill("Grazie")
    phone.go_back()
    expect(phone).to_have_title("Part 2 of 4: The services, part by part")
    expect(phone.locator("[name=calm][value='2']")).to_be_checked()
    phone.go_back()
    expect(phone.locator("[name=used][value=yes]")).to_be_checked()
    phone.go_forward()
    phone.go_forward()
    expect(phone.locator("[name=comment]")).to_have_value("Grazie")
    phone.reload()
    expect(phone).to_have_title("Part 3 of 4: The services, part by part")
    phone.get_by_role("button", name="Back").tap()
    expect(phone.locator("#item-hours .x")).to_have_value("2,5")
    expect(phone.locator("[name=calm][value='2']")).to_be_checked()


def test_once_sent_the_browser_has_forgotten_the_answers(phone: Page, address: str):  # noqa: F811
    to_the_third_page(phone, address)
    phone.locator("[name=wish][value=yes]").check()
    phone.locator(NEXT).click()
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone).to_have_title("Thank you: your answers have arrived")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        phone.go_back()


def test_two_tabs_are_two_sheets_of_which_one_counts(phone: Page, address: str):  # noqa: F811
    to_the_third_page(phone, address)
    second = phone.context.new_page()
    to_the_third_page(second, address)
    for tab in (phone, second):
        tab.locator("[name=wish][value=yes]").check()
        tab.locator(NEXT).click()
        expect(tab).to_have_title("Your answers at a glance: The services, part by part")
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone).to_have_title("Thank you: your answers have arrived")
    second.get_by_role("button", name="Send my answers").tap()
    expect(second).to_have_title("Your answers had already arrived")


def tab_to(page: Page, focused: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{focused}:focus").count():
            return
    raise AssertionError(f"{focused} cannot be reached")


def test_by_keyboard_alone(phone: Page, address: str):  # noqa: F811
    phone.goto(address)
    tab_to(phone, "[name=used]")
    phone.keyboard.press("Space")
    tab_to(phone, "button")
    phone.keyboard.press("Enter")
    tab_to(phone, "[name=hours].x")
    phone.keyboard.type("3")
    phone.keyboard.press("Enter")
    expect(phone).to_have_title("Part 3 of 4: The services, part by part")
    tab_to(phone, "[name=wish]")
    phone.keyboard.press("Space")
    tab_to(phone, "form .d button")
    phone.keyboard.press("Enter")
    expect(phone).to_have_title("Your answers at a glance: The services, part by part")
    change = phone.get_by_role("button", name="Change the answer to question 3")
    tab_to(phone, "[value='change:hours']")
    expect(change).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("#item-hours")).to_be_in_viewport()
    assert phone.url.endswith("#item-hours")
    phone.keyboard.press("Tab")
    expect(phone.locator("#item-hours .x")).to_be_focused()
    expect(phone.locator("#item-hours .x")).to_have_value("3")
    phone.keyboard.press("Enter")
    expect(phone).to_have_title("Your answers at a glance: The services, part by part")
    tab_to(phone, "form .d button")
    phone.keyboard.press("Enter")
    expect(phone).to_have_title("Thank you: your answers have arrived")


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page that it leads to: a click does not wait for what it begins."""
    with page.expect_navigation():
        page.locator(button).first.click()


def states(page: Page, address: str) -> Iterator[str]:
    """Every state of the way, each open in the page when its name is yielded."""
    page.goto(address)
    yield "first page"
    press(page, NEXT)
    yield "problem on the first page"
    page.locator("[name=used][value=yes]").check()
    press(page, NEXT)
    yield "second page"
    page.locator("#item-hours .x").fill("3")
    press(page, NEXT)
    page.locator("[name=wish][value=no]").check()
    press(page, NEXT)
    yield "last page"
    page.locator("[name=reason]").fill("Due\nrighe")
    press(page, "form > .c button")
    yield "last look"
    page.evaluate("document.querySelector('[name=_carried]').value = 'x'")
    press(page, "form > .c button")
    yield "answers of the other pages unreadable"


@pytest.mark.parametrize("code", ["it", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violations(browser: Browser, served, address, code, scheme):  # noqa: F811
    context = browser.new_context(**PHONE, color_scheme=scheme, base_url=served, bypass_csp=True)
    page = context.new_page()
    for name in states(page, f"{address}?lang={code}"):
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
    context.close()


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_everything_fits_in_320_pixels(browser: Browser, served, address, size):  # noqa: F811
    page = browser.new_page(viewport={"width": 320, "height": 640}, base_url=served)
    sides = "all => all.map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"
    for name in states(page, f"{address}?lang=it"):
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert (
            min(page.locator("label:visible, button:not(.v):visible, .x:visible").evaluate_all(sides)) >= 44
        ), name
    page.close()
