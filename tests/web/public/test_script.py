"""The questionnaire with its script, in a real browser: what it adds, and that nothing needs it."""

import gzip
import json
import re
from collections.abc import Iterator
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Route, expect

from survey.web.public.scripting import squeezed_scripts
from tests.cast import questionnaire
from tests.scripts import SOURCES, checksums

from .conftest import GOOD, Site
from .test_browser import PHONE, RULES

pytestmark = pytest.mark.browser

THANKS = "Thank you: your answers have arrived"
KEEP = "Keep my answers on this device"


@pytest.fixture
def context(browser: Browser, served: str) -> Iterator[BrowserContext]:
    made = browser.new_context(**PHONE, base_url=served, locale="en-GB")
    yield made
    assert made.cookies() == []
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no error of the script happens, and nothing that the policy refuses."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda one: wrong.append(one.text) if "Security Policy" in one.text else None)
    yield page
    assert wrong == []


def point(page: Page, item: str, value: object):
    return page.locator(f"#item-{item} [value='{value}']")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my answers").click()


def kept(page: Page) -> int:
    """How many drafts this browser keeps."""
    return page.evaluate("localStorage.length")


# What it may weigh, and that it is not needed.


def test_the_scripts_are_small_and_squeezed_as_they_are_written() -> None:
    assert json.loads(SOURCES.read_text(encoding="utf-8")) == checksums(), "run: make scripts"
    for name, script in squeezed_scripts().items():
        assert len(gzip.compress(script.encode(), 9)) <= 2.6 * 1024, name
        assert "</" not in script and "<!" not in script


ADDED = "#keep, #need, #alarm, #saved"


def without(browser: Browser, served: str, how: str) -> BrowserContext:
    """A context whose pages run no script."""
    made = browser.new_context(**PHONE, base_url=served, locale="en-GB", java_script_enabled=how != "off")

    def spoilt(route: Route) -> None:
        reply = route.fetch(max_redirects=0)
        headers, body = dict(reply.headers), reply.text()
        policy = headers.pop("content-security-policy", "")
        if how == "blocked":
            headers["content-security-policy"] = re.sub("script-src [^;]*", "script-src 'none'", policy)
        else:
            body = body.replace('("answers")', '("nothing")')
        route.fulfill(status=reply.status, headers=headers, body=body)

    if how != "off":
        made.route("**/a/*", spoilt)
    return made


@pytest.mark.parametrize("how", ["off", "blocked", "broken"])
def test_nothing_needs_it_and_nothing_is_shown_that_does_not_work(site: Site, browser: Browser, served, how):
    context = without(browser, served, how)
    page = context.new_page()
    page.goto(site.wave(definition="conditional")[0])
    expect(page.locator("fieldset:visible")).to_have_count(len(questionnaire("conditional").items))
    expect(page.locator(".f:visible").first).to_be_visible()
    assert [one for one in page.locator(ADDED).all() if one.is_visible()] == []
    point(page, "used", "no").check()
    send(page)
    expect(page.get_by_role("region", name="Not sent yet: one thing to check")).to_be_visible()
    assert [one for one in page.locator(ADDED).all() if one.is_visible()] == []
    point(page, "services", "camp").check()
    send(page)
    expect(page).to_have_title(THANKS)
    context.close()


# How far it is, what is missing, whom a question is put to.


def test_progress_is_said_and_what_is_missing_is_led_to(site: Site, page: Page):
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.goto(site.wave(definition="conditional")[0])
    state, need, bar = page.locator("#state"), page.locator("#need"), page.locator("progress").first
    expect(need).to_have_text("Questions that still need an answer: 2. Go to the first one")
    assert state.get_attribute("aria-live") == "off"
    assert bar.evaluate("bar => bar.value") == 0
    point(page, "used", "no").check()
    expect(need).to_contain_text("answer: 1.")
    assert 0 < bar.evaluate("bar => bar.value") < 1
    expect(state).to_contain_text("1 of")
    assert state.get_attribute("aria-live") == "off"
    send(page)
    expect(page.locator("#item-services input").first).to_be_focused()
    expect(page.get_by_role("alert")).to_have_text("This question needs an answer.")
    expect(page.locator("#item-services").get_by_role("alert")).to_be_in_viewport()
    page.locator("#item-services input").first.check()
    expect(page.get_by_role("alert")).to_be_empty()
    expect(need).to_be_hidden()
    expect(state).to_contain_text("2 of")
    assert state.get_attribute("aria-live") == "polite"
    assert posts == []
    send(page)
    expect(page).to_have_title(THANKS)


def test_questions_come_and_go_with_their_condition_and_keep_their_answers(site: Site, page: Page):
    page.goto(site.wave(definition="conditional")[0])
    hours = page.get_by_role("textbox", name="How much time do the services save you?")
    expect(hours).to_be_hidden()
    point(page, "used", "yes").check()
    expect(hours).to_be_visible()
    expect(hours).to_have_accessible_name("How much time do the services save you? (required) hours a week")
    hours.fill("3")
    point(page, "used", "no").check()
    expect(hours).to_be_hidden()
    assert page.get_by_role("group", name="Thanks to the services").count() == 0
    point(page, "used", "no").press("Tab")
    expect(page.locator(":focus")).not_to_have_attribute("name", "hours")
    point(page, "used", "yes").check()
    expect(hours).to_have_value("3")
    expect(page.locator("#item-stress")).to_have_accessible_description("Think of the last twelve months.")
    asked = [item.id for item in questionnaire("conditional").items]
    counted = page.evaluate(
        """() => [...document.querySelectorAll('.q')]
        .filter(one => getComputedStyle(one).display != 'none').map(one => one.id.slice(5))"""
    )
    assert counted == asked, "the numbers of questions must stay"


def test_conditions_and_missing_answers_in_a_form_of_several_pages(site: Site, page: Page):
    page.goto(site.wave(definition="paged")[0])
    following = page.locator("form > .d button").first
    following.click()
    expect(page.get_by_role("alert")).to_have_text("This question needs an answer.")
    expect(page.locator("#item-which")).to_be_hidden()
    point(page, "used", "yes").check()
    expect(page.locator("#item-which")).to_be_visible()
    point(page, "used", "no").check()
    page.context.set_offline(True)
    following.click()
    expect(page.get_by_role("alert")).to_contain_text("the server cannot be reached")
    expect(point(page, "used", "no")).to_be_checked()
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator("nav + #alarm, #alarm")).to_contain_text("the server cannot be reached")
    page.context.set_offline(False)
    following.click()
    expect(page).to_have_title("Part 3 of 4: The services, part by part")
    page.locator("[name=wish][value=no]").check()
    page.locator("form .d button").first.click()
    page.locator("[name=reason]").fill("Basta")
    page.get_by_role("button", name="Look over").click()
    expect(page).to_have_title(re.compile("Your answers at a glance"))
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Not sent")
    page.context.set_offline(False)
    send(page)
    expect(page).to_have_title(THANKS)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()


# Keys.


def test_digits_choose_and_the_focus_stays(site: Site, page: Page):
    page.goto(site.wave()[0])
    point(page, "utility", 1).focus()
    page.keyboard.press("4")
    expect(point(page, "utility", 4)).to_be_checked()
    expect(point(page, "utility", 4)).to_be_focused()
    page.keyboard.press("9")
    expect(point(page, "utility", 4)).to_be_checked()
    page.keyboard.press("Control+5")
    expect(point(page, "utility", 4)).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(point(page, "utility", 5)).to_be_checked()
    point(page, "recommend", 3).focus()
    for keys, value in (("7", 7), ("0", 0), ("1", 1), ("0", 10), ("0", 0)):
        page.keyboard.press(keys)
        expect(point(page, "recommend", value)).to_be_checked()
    page.locator("#item-used input").first.focus()
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.keyboard.press("2")
    assert page.locator("#item-used :checked").evaluate_all("all => all.map(one => one.value)") == [
        questionnaire("all_kinds").item("used").codes[0]
    ]
    page.locator("#item-hours .x").press("5")
    expect(page.locator("#item-hours .x")).to_have_value("5")


# Nothing is lost: kept on the device.


def fill(page: Page) -> None:
    point(page, "utility", 4).check()
    page.locator("#item-used input").last.check()
    page.locator("#item-hours .x").fill("4,5")
    page.locator("#item-comment textarea").fill("Due\nrighe & altro")


def filled(page: Page) -> list[str]:
    values = "all => all.filter(f => /radio|checkbox/.test(f.type) ? f.checked : f.value).map(f => f.value)"
    return page.locator(".q input, .q textarea").evaluate_all(values)


def test_answers_are_kept_only_when_asked_and_erased_when_sent(site: Site, context, page: Page):
    address = site.wave()[0]
    page.goto(address)
    fill(page)
    assert kept(page) == 0
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#keep")).to_contain_text("Your answers are kept on this device")
    point(page, "recommend", 9).check()
    before = filled(page)
    page.close()
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#keep")).to_contain_text("are back in place")
    assert filled(again) == before
    names = again.evaluate("Object.keys(localStorage)")
    assert len(names) == 1 and address.split("/")[-1] not in names[0]
    send(again)
    expect(again).to_have_title(THANKS)
    again.wait_for_function("localStorage.length == 0")


def test_what_is_kept_is_erased_on_demand(site: Site, page: Page):
    page.goto(site.wave()[0])
    page.get_by_role("button", name=KEEP).click()
    point(page, "utility", 4).check()
    assert kept(page) == 1
    page.get_by_role("button", name="Erase them from this device").click()
    expect(page.locator("#keep")).to_contain_text("Need a break?")
    assert kept(page) == 0
    point(page, "utility", 5).check()
    assert kept(page) == 0


@pytest.mark.parametrize("end", ["closed", "used"])
def test_what_is_kept_is_erased_once_nothing_can_be_sent(site: Site, page: Page, end):
    address, other, *_ = site.wave()
    for one in (address, other):
        page.goto(one)
        page.get_by_role("button", name=KEEP).click()
        point(page, "utility", 4).check()
    assert kept(page) == 2
    if end == "closed":
        site.instance.close("w1")
    else:
        site.client.post(address, data=GOOD)
    page.goto(address)
    page.wait_for_function("localStorage.length == 1")
    page.goto(address[:-1])
    assert kept(page) == 1


def test_nothing_is_offered_that_cannot_be_kept(site: Site, browser: Browser, served):
    for broken in (
        "Object.defineProperty(crypto, 'subtle', {value: undefined})",
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden') }})",
    ):
        context = browser.new_context(**PHONE, base_url=served, locale="en-GB")
        context.add_init_script(broken)
        page = context.new_page()
        page.goto(site.wave(f"w{len(broken)}")[0])
        expect(page.locator("#keep")).to_be_hidden()
        point(page, "utility", 4).check()
        send(page)
        expect(page).to_have_title(THANKS)
        context.close()


def test_full_storage_is_said(site: Site, context: BrowserContext, page: Page):
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page.goto(site.wave()[0])
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#keep")).to_contain_text("could not be kept")


# Back and on again: what later pages hold goes along within the tab.


def left(page: Page) -> int:
    """How much this tab holds of pages that were left."""
    return page.evaluate("sessionStorage.length")


def on(page: Page, title: str) -> None:
    page.locator("form > .d button, form .c > .d button").first.click()
    expect(page).to_have_title(re.compile(title))


def test_going_on_from_where_the_browser_s_back_button_led_finds_the_later_pages(site: Site, page: Page):
    page.on("dialog", Dialog.accept)
    page.goto(site.wave(definition="paged")[0])
    point(page, "used", "yes").check()
    point(page, "which", "camp").check()
    on(page, "Part 2")
    page.locator("#item-hours .x").fill("2,5")
    point(page, "calm", 2).check()
    on(page, "Part 3")
    page.locator("[name=comment]").fill("Grazie")
    page.go_back()
    page.go_back()
    expect(point(page, "used", "yes")).to_be_checked()
    expect(page.locator("form > p[hidden] input")).not_to_have_count(0)
    point(page, "which", "camp").uncheck()
    on(page, "Part 2")
    expect(page.locator("#item-hours .x")).to_have_value("2,5")
    expect(point(page, "calm", 2)).to_be_checked()
    on(page, "Part 3")
    expect(page.locator("[name=comment]")).to_have_value("Grazie")
    point(page, "wish", "yes").check()
    on(page, "at a glance")
    expect(page.get_by_role("main")).to_contain_text(re.compile("2.5.*Grazie", re.DOTALL))
    expect(page.get_by_role("main")).not_to_contain_text("Summer camp")
    page.go_back()
    on(page, "at a glance")
    expect(page.get_by_role("main")).to_contain_text("Grazie")
    send(page)
    expect(page).to_have_title(THANKS)
    assert (left(page), kept(page)) == (0, 0)


# Nothing is lost: leaving, and sending.


def test_leaving_with_unsent_answers_warns(site: Site, page: Page):
    warned: list[str] = []

    def asked(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", asked)
    address = site.wave()[0]
    page.goto(address)
    page.goto(address)
    assert warned == []
    point(page, "utility", 4).check()
    page.goto(address)
    assert warned == ["beforeunload"]
    page.get_by_role("button", name=KEEP).click()
    point(page, "utility", 4).check()
    page.goto(address)
    send(page)
    expect(page).to_have_title(THANKS)
    assert warned == ["beforeunload"]


def busy(status: int, route: Route) -> None:
    route.fulfill(status=status, body="busy")


def lose(route: Route) -> None:
    """What is asked for happens, but the reply is lost."""
    route.fetch(max_redirects=0)
    route.abort()


def test_whatever_fails_leaves_everything_in_place_and_there_is_one_answer(site: Site, page: Page):
    """No connection, a server that cannot take them, then a lost reply: each time the truth is said."""
    page.goto(site.wave()[0])
    fill(page)
    before = filled(page)
    alert = page.get_by_role("alert")
    page.context.set_offline(True)
    send(page)
    expect(alert).to_contain_text("Not sent: the server cannot be reached.")
    expect(alert).to_be_in_viewport()
    page.context.set_offline(False)
    for status in (502, 503):
        page.route("**/a/*", partial(busy, status), times=1)
        send(page)
        expect(alert).to_contain_text("Not sent: the server cannot be reached.")
    assert filled(page) == before

    page.route("**/a/*", lose, times=1)
    page.locator("#item-hours .x").press("Enter")
    expect(alert).to_contain_text("Not sent")
    expect(alert).to_be_in_viewport()
    send(page)
    expect(page).to_have_title("Your answers had already arrived")


def test_pages_of_the_server_are_shown_as_they_are(site: Site, page: Page):
    address, other, *_ = site.wave()
    page.goto(address)
    point(page, "utility", 4).check()
    page.locator("#item-hours .x").fill("many")
    send(page)
    expect(page).to_have_title("Please check: Every kind of question")
    page.locator("#item-hours .x").fill("4")
    send(page)
    expect(page).to_have_title(THANKS)
    page.goto(other)
    point(page, "utility", 4).check()
    page.locator("#item-comment textarea").fill("A long thought")
    site.instance.close("w1")
    send(page)
    expect(page).to_have_title("This questionnaire has closed")
    expect(page.locator("dl")).to_contain_text("A long thought")


def test_a_double_click_and_two_tabs_are_one_answer(site: Site, context, page: Page):
    address = site.wave()[0]
    second = context.new_page()
    posts = []
    for one in (page, second):
        one.goto(address)
        point(one, "utility", 4).check()
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.get_by_role("button", name="Send my answers").evaluate("one => { one.click(); one.click(); }")
    expect(page).to_have_title(THANKS)
    assert len(posts) == 1
    send(second)
    expect(second).to_have_title("Your answers had already arrived")
    page.go_back()
    expect(page).to_have_title("This link has already been used")


# Named waves: what is filled in is saved by itself.


def test_named_waves_save_by_themselves_and_overwrite_nothing(site: Site, context, page: Page):
    address = site.wave(definition="organizations", groups=[{"organization": "O1"}])[0]
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.goto(address)
    assert page.get_by_role("button", name=KEEP).count() == 0
    saved = page.locator("#saved")
    expect(saved).to_have_text("What you change is saved by itself.")
    page.locator("#item-employees .x").fill("about 40")
    context.set_offline(True)
    expect(saved).to_contain_text("Not saved just now")
    context.set_offline(False)
    expect(saved).to_have_text("Saved at 10:30.")
    page.locator("#item-comment textarea").fill("First of two")
    page.locator("#by").fill("MR")
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        pass
    assert page.evaluate("localStorage.length") == 0
    second = context.new_page()
    second.goto(address)
    expect(second.get_by_role("region", name="Saved on 20 November 2026, 10:30 by MR")).to_be_visible()
    expect(second.locator("#item-employees .x")).to_have_value("about 40")
    changed = second.get_by_text("Changed in the last saving:").locator("a")
    expect(changed).to_have_count(2)
    page.locator("#item-employees .x").fill("40")
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        pass
    second.locator("#item-employees .x").fill("41")
    expect(second.locator("#saved")).to_contain_text("somebody else has saved other answers meanwhile")
    second.get_by_role("button", name="Save and go on later").click()
    expect(second).to_have_title("Which answers shall stay?")
    second.get_by_label("In this form: 41").check()
    second.get_by_role("button", name="Save what I chose").click()
    expect(second.locator("#item-employees .x")).to_have_value("41")
    page.goto(address)
    assert warned == []
    expect(page.locator("#item-employees .x")).to_have_value("41")
    context.set_offline(True)
    page.locator("#item-employees .x").fill("42")
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.get_by_role("alert")).to_contain_text("the server cannot be reached")
    context.set_offline(False)
    send(page)
    expect(page).to_have_title(THANKS)
    second.locator("#item-employees .x").fill("43")
    expect(second.locator("#saved")).to_contain_text("to see why")
    second.get_by_role("button", name="Save and go on later").click()
    expect(second).to_have_title("The answers had already been sent")
    expect(second.locator("main")).to_contain_text("In this form: 43")


# For everybody.


MOVED = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 100);
})"""


def in_states(site: Site, page: Page) -> Iterator[str]:
    """The states of the page that only the script makes; the page is in each while its name is out."""
    page.goto(f"{site.wave('b', definition='conditional')[0]}?lang=it")
    assert page.evaluate(MOVED) == 0
    point(page, "used", "yes").check()
    yield "conditions"
    page.goto(f"{site.wave('a')[0]}?lang=it")
    assert page.evaluate(MOVED) == 0
    page.locator("#item-recommend input").nth(4).check()
    page.locator("#keep button").click()
    page.locator("form .d button").first.click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    yield "kept, and one missing"
    point(page, "utility", 3).check()
    page.context.set_offline(True)
    page.locator("form .d button").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Non inviato")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#keep")).to_contain_text("di nuovo al loro posto")
    yield "restored"


def test_no_accessibility_violations_and_nothing_moves(site: Site, browser: Browser, served):
    small = {"width": 320, "height": 640}
    context = browser.new_context(viewport=small, base_url=served, bypass_csp=True, color_scheme="dark")
    page = context.new_page()
    for state in in_states(site, page):
        for size in ("200%", "100%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, state
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], state
    context.close()
