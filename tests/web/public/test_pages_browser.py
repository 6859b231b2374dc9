"""Pages and the last look in a browser without scripts: back, forward, reload, two tabs."""

import pytest
from playwright.sync_api import Error, Page, expect

from .conftest import Site
from .test_browser import phone  # noqa: F401 - a fixture

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
