"""The questionnaire in a real browser: a phone, touch and keyboard, without scripts."""

from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.cast import questionnaire

from .conftest import GOOD, Site

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The address of the site, served on a free port."""
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(**PHONE, java_script_enabled=False, base_url=served, locale="en-GB")
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_answering_by_touch(site: Site, phone: Page):
    address = site.wave(definition="beneficiaries", groups=[{"alliance": "A1"}] * 6)[0]
    asked = questionnaire("beneficiaries")
    requests = []
    phone.on("request", lambda request: requests.append(request.url))
    phone.goto(address)
    assert len(requests) == 1
    for item in asked.items:
        if item.codes:
            phone.locator(f"#item-{item.id} .o label").last.tap()
    chosen = phone.locator("input:checked").evaluate_all("all => all.map(one => one.value)")
    assert chosen == [item.codes[-1] for item in asked.items if item.codes]
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you: your answers have arrived")


def test_answering_by_keyboard(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    first = phone.locator("#item-utility input").first
    first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    assert phone.locator("#item-utility input:checked").get_attribute("value") == "3"
    phone.locator("#item-comment textarea").focus()
    phone.keyboard.type("Grazie")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone).to_have_title("Thank you: your answers have arrived")


def test_problems_lead_to_their_items_and_keep_the_rest(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    phone.get_by_role("radiogroup", name="Would you recommend the service?").get_by_label("7").check()
    phone.get_by_label("How many hours a week did you save?").fill("many")
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone).to_have_title("Please check: Every kind of question")
    summary = phone.get_by_role("region", name="Not sent yet: 2 things to check")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Question 5").tap()
    hours = phone.get_by_label("How many hours a week did you save?")
    expect(hours).to_be_in_viewport()
    expect(hours).to_have_accessible_description(
        "A number from 0 to 40.5, with at most one decimal. "
        "“many” is not a number. Please write it in digits."
    )
    expect(phone.locator("#item-recommend input:checked")).to_have_value("7")
    hours.fill("3,5")
    phone.get_by_role("radiogroup", name="The service was useful to me.").get_by_label(
        "Agree", exact=True
    ).check()
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone).to_have_title("Thank you: your answers have arrived")


def test_a_filter_changed_after_its_follow_up(site: Site, phone: Page):
    address = site.wave(definition="conditional")[0]
    phone.goto(address)
    phone.get_by_role("group", name="Which of these services do you know?").get_by_label("Nursery").check()
    used = phone.get_by_role("radiogroup", name="Did you use any of the services")
    hours = phone.get_by_role("textbox", name="How much time do the services save you?")
    expect(hours).to_have_accessible_name(
        "How much time do the services save you? (required) "
        "Only if you answered “Yes” to question 2. hours a week"
    )
    used.get_by_label("Yes").check()
    hours.fill("a lot")
    phone.get_by_role("button").tap()
    expect(phone.get_by_role("region", name="Not sent yet: 2 things to check")).to_be_focused()
    expect(hours).to_have_value("a lot")
    phone.get_by_role("radiogroup", name="Did you use any of the services").get_by_label(
        "No", exact=True
    ).check()
    phone.get_by_role("button").tap()
    expect(phone).to_have_title("Thank you: your answers have arrived")
    phone.goto(address)
    expect(phone).to_have_title("This link has already been used")


def test_the_text_of_a_group_is_heard_with_each_of_its_items(site: Site, phone: Page):
    phone.goto(site.wave(definition="conditional")[0])
    stress = phone.locator("#item-stress")
    expect(stress).to_have_role("radiogroup")
    expect(stress).to_have_accessible_name("Thanks to the services… I feel under pressure.")
    expect(stress).to_have_accessible_description(
        "Only if you answered “Yes” to question 2. Think of the last twelve months."
    )
    assert phone.get_by_text("Thanks to the services…").count() == 1


def test_going_back_and_sending_twice(site: Site, phone: Page):
    address = site.wave()[0]
    phone.goto(address)
    phone.locator("#item-utility input").first.check()
    second = phone.context.new_page()
    second.goto(address)
    second.locator("#item-utility input").last.check()
    phone.get_by_role("button").tap()
    expect(phone).to_have_title("Thank you: your answers have arrived")
    phone.go_back()
    expect(phone).to_have_title("This link has already been used")
    second.get_by_role("button").tap()
    expect(second).to_have_title("Your answers had already arrived")


def test_language_switch(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    phone.get_by_role("link", name="Italiano").tap()
    expect(phone.locator("html")).to_have_attribute("lang", "it")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tutti i tipi di domanda")


@pytest.mark.parametrize("definition", ["all_kinds", "beneficiaries", "organizations", "conditional"])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_everything_fits_in_320_pixels_with_targets_of_44(
    site: Site, browser: Browser, served, definition, size
):
    group = {"organization": "O1"} if definition == "organizations" else {}
    page = browser.new_page(viewport={"width": 320, "height": 640}, base_url=served)
    page.goto(site.wave(definition=definition, groups=[group])[0] + "?lang=it")
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sides = "all => all.map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"
    assert min(page.locator("label, button, .x").evaluate_all(sides)) >= 44
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    assert page.locator("label span, legend, h1, h2, p").evaluate_all(cut) == []
    page.close()


def test_no_point_of_a_long_scale_is_favoured(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    points = phone.locator("#item-recommend .t > label")
    assert [points.nth(end).inner_text()[:3] for end in (0, 10)] == ["0 –", "10 "]
    inner = phone.locator("#item-recommend .t > label:not(.z)")
    assert len(set(inner.evaluate_all("all => all.map(one => one.offsetWidth)"))) == 1


def states(site: Site) -> dict[str, str]:
    """Every kind of page a respondent can see, as paths."""
    form, problems, spent = site.wave("open")[:3]
    site.client.post(spent, data=GOOD)
    some = site.wave("some", definition="conditional")[0]
    named = site.wave("named", definition="organizations", groups=[{"organization": "O1"}])[0]
    early = site.wave("early", opened=False)[0]
    late = site.wave("late")[0]
    site.instance.close("late")
    return {
        "form": form, "some": some, "some problems": some, "problems": problems,
        "thanks": spent + "/thanks", "spent": spent, "named": named,
        "early": early, "late": late, "unknown": form[:-1], "home": "/", "nowhere": "/nowhere",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["it", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violations(site: Site, browser: Browser, served, code, scheme):
    # axe needs scripts of its own, which the pages' policy would refuse
    context = browser.new_context(**PHONE, color_scheme=scheme, base_url=served, bypass_csp=True)
    page = context.new_page()
    for name, path in states(site).items():
        page.goto(f"{path}?lang={code}")
        if name == "form":
            page.locator("#item-again input").first.check()
        if name == "some problems":
            page.locator("#item-services label").first.click()
            page.locator("#item-services label").last.click()
            page.locator("#item-used label").first.click()
            page.locator("#item-hours .n label").click()
            page.get_by_role("button").click()
            page.wait_for_selector("#problems")
        if name == "problems":
            page.locator("#item-hours input").first.fill("many")
            page.get_by_role("button").click()
            page.wait_for_selector("#problems")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
    context.close()
