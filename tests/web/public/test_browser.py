"""The questionnaire in a real browser: a phone, touch and keyboard, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import questionnaire

from .conftest import Site

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


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
    phone.locator("form > .c button").tap()
    expect(phone.get_by_role("region", name="Not sent yet: 2 things to check")).to_be_focused()
    expect(hours).to_have_value("a lot")
    phone.get_by_role("radiogroup", name="Did you use any of the services").get_by_label(
        "No", exact=True
    ).check()
    phone.locator("form > .c button").tap()
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
    phone.locator("form > .c button").tap()
    expect(phone).to_have_title("Thank you: your answers have arrived")
    phone.go_back()
    expect(phone).to_have_title("This link has already been used")
    second.locator("form > .c button").tap()
    expect(second).to_have_title("Your answers had already arrived")


def test_language_switch(site: Site, phone: Page):
    address = site.wave()[0]
    phone.goto(address)
    phone.get_by_role("button", name="Italiano").tap()
    expect(phone.locator("html")).to_have_attribute("lang", "it")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tutti i tipi di domanda")
    assert phone.url.endswith(f"{address}?lang=it")


def test_switching_the_language_keeps_the_answers_and_back_too(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    phone.locator("#item-utility input").nth(3).check()
    hours = phone.locator("#item-hours .x")
    hours.fill("4,5")
    phone.get_by_role("button", name="Italiano").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tutti i tipi di domanda")
    expect(phone.locator("#item-utility input").nth(3)).to_be_checked()
    expect(hours).to_have_value("4,5")
    comment = phone.locator("#item-comment textarea")
    comment.fill("Grazie")
    phone.get_by_role("button", name="English").tap()
    expect(comment).to_have_value("Grazie")
    phone.go_back()
    expect(phone.locator("html")).to_have_attribute("lang", "it")
    expect(comment).to_have_value("Grazie")
    hours.press("Enter")
    expect(phone).to_have_title("Grazie: le sue risposte sono arrivate")


def test_an_optional_answer_can_be_taken_back(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    again = phone.locator("#item-again")
    nothing = again.get_by_role("radio", name="No answer")
    expect(nothing).to_be_hidden()
    again.locator("label").first.tap()
    expect(again.locator("input").first).to_be_checked()
    again.locator(".m label").tap()
    expect(nothing).to_be_checked()
    expect(again.locator(":checked")).to_have_value("")
    phone.locator("#item-recommend .o input").first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowUp")
    expect(phone.locator("#item-recommend").get_by_role("radio", name="No answer")).to_be_checked()
    expect(phone.locator("#item-utility .m")).to_have_count(0)


def test_no_point_of_a_long_scale_is_favoured(site: Site, phone: Page):
    phone.goto(site.wave()[0])
    points = phone.locator("#item-recommend .t > label")
    assert [points.nth(end).inner_text()[:3] for end in (0, 10)] == ["0 –", "10 "]
    inner = phone.locator("#item-recommend .t > label:not(.z)")
    assert len(set(inner.evaluate_all("all => all.map(one => one.offsetWidth)"))) == 1


def test_a_managers_week_over_two_devices_by_keyboard_and_touch(
    site: Site, browser: Browser, served, phone: Page
):
    """Begun at the desk by keyboard alone, gone on with by a colleague's phone, both at once, and sent."""
    address = site.wave(definition="organizations", groups=[{"organization": "O1"}])[0]
    context = browser.new_context(java_script_enabled=False, base_url=served, locale="en-GB")
    desk = context.new_page()
    desk.goto(address)
    desk.locator("#item-employees .x").focus()
    desk.keyboard.type("about 40")
    desk.get_by_label("Your name or initials (optional)").focus()
    desk.keyboard.type("MR")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Save and go on later")).to_be_focused()
    desk.keyboard.press("Enter")
    saved = desk.get_by_role("region", name="Saved on 20 November 2026, 10:30 by MR")
    expect(saved).to_be_focused()
    expect(desk.locator("#item-employees .x")).to_have_value("about 40")

    phone.goto(address)
    expect(phone.get_by_role("region", name="by MR")).to_be_focused()
    phone.get_by_role("link", name="Question 2").tap()
    expect(phone.locator("#item-sector")).to_be_in_viewport()
    phone.locator("#item-sector label").first.tap()
    phone.locator("#item-employees .x").fill("41")
    phone.get_by_role("button", name="Save and go on later").tap()
    expect(phone.get_by_role("region", name="Saved on")).to_contain_text("Question 1, Question 2")

    desk.locator("#item-employees .x").fill("40")
    desk.get_by_role("button", name="Send my answers").focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_title("Which answers shall stay?")
    expect(desk.get_by_role("region", name="Other answers were saved")).to_be_focused()
    choice = desk.get_by_role("radiogroup", name="Question 1: How many employees")
    expect(desk.get_by_role("radiogroup", name="Question 2").get_by_label("Saved before")).to_be_checked()
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowDown")
    expect(choice.get_by_label("In this form: 40")).to_be_checked()
    desk.get_by_role("button", name="Save what I chose and go on").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#item-employees .x")).to_have_value("40")
    expect(desk.locator("#item-sector input").first).to_be_checked()
    desk.get_by_role("button", name="Send my answers").focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_title("Thank you: your answers have arrived")
    desk.get_by_role("link", name="Read and print what was sent").click()
    expect(desk.get_by_role("definition").filter(has_text="40")).to_be_visible()

    phone.locator("#item-employees .x").fill("44")
    phone.get_by_role("button", name="Save and go on later").tap()
    expect(phone).to_have_title("The answers had already been sent")
    context.close()


def test_enter_in_a_named_form_saves_and_never_sends(site: Site, phone: Page):
    phone.goto(site.wave(definition="organizations", groups=[{"organization": "O1"}])[0])
    phone.locator("#item-employees .x").fill("40")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("region", name="Saved on")).to_be_focused()


def test_a_failed_sending_leads_to_the_problems_not_to_the_draft(site: Site, phone: Page):
    phone.goto(site.wave(definition="organizations", groups=[{"organization": "O1"}])[0])
    phone.locator("#item-employees .x").fill("many")
    phone.get_by_role("button", name="Save and go on later").tap()
    phone.get_by_role("button", name="Send my answers").tap()
    expect(phone.get_by_role("region", name="Not sent yet: one thing to check")).to_be_focused()
