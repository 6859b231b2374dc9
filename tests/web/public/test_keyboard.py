"""Whole journeys without a mouse, and all that a screen reader is told on the way.

`Listener` reads Chromium's accessibility tree: what stands there, screen readers get. With a script and
without one: a script may add stops and words, so a transcript is compared by what it must hold, in order.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import questionnaire

from .conftest import Site
from .states import PAST_SCRIPTS

pytestmark = pytest.mark.browser

STOPS = 120
AROUND = ("radiogroup", "group", "region")
STATES = ("checked", "required", "invalid", "expanded")


class Listener:
    """A person with a keyboard and a screen reader."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        self._tree = page.context.new_cdp_session(page)

    def tree(self) -> list[dict[str, Any]]:
        """The accessibility tree of the page, from top to bottom."""
        return [one for one in self._tree.send("Accessibility.getFullAXTree")["nodes"] if not one["ignored"]]

    def focused(self) -> str:
        """What is said of the element with the focus: its group, role, name, states and description."""
        root = self._tree.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        node = self._tree.send("DOM.querySelector", {"nodeId": root, "selector": ":focus"})["nodeId"]
        if not node:
            return "the page"
        told = self._tree.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": True})
        nodes = {one["nodeId"]: one for one in told["nodes"]}
        one = above = told["nodes"][0]
        while above := nodes.get(above.get("parentId", "")):
            if not above["ignored"] and above["role"]["value"] in AROUND and said(above, "name"):
                return f"{', '.join(told_of(above))} | {role(one)}"
        return role(one)

    def press(self, *keys: str) -> str:
        """Press keys; what is heard then."""
        for key in keys:
            self.page.keyboard.press(key)
        self.heard.append(self.focused())
        return self.heard[-1]

    def tab_to(self, wanted: str, key: str = "Tab") -> None:
        """Press Tab until something is heard that holds these words."""
        for _ in range(STOPS):
            if wanted in self.press(key):
                return
        raise AssertionError(f"{wanted} is never heard: {self.heard[-STOPS:]}")

    def must_have_heard(self, *wanted: str) -> None:
        """Whether all this was heard, in this order."""
        left = iter(self.heard)
        for one in wanted:
            assert any(one == heard for heard in left), (one, self.heard)


def told_of(node: dict[str, Any]) -> list[str]:
    """A node's name, states and description."""
    found = {state["name"]: state["value"].get("value") for state in node.get("properties", ())}
    states = (name for name in STATES if found.get(name) in (True, "true"))
    return [part for part in (said(node, "name"), *states, said(node, "description")) if part]


def role(node: dict[str, Any]) -> str:
    """A node's role before what is told of it."""
    return f"{node['role']['value']}: {', '.join(told_of(node))}"


def said(node: dict[str, Any], what: str) -> str:
    """A node's name or description."""
    return str(node.get(what, {}).get("value", "")).strip()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def reader(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Listener]:
    context = browser.new_context(java_script_enabled=request.param, base_url=served, locale="en-GB")
    yield Listener(context.new_page())
    context.close()


def names(reader: Listener, *roles: str) -> list[str]:
    """The names of all that has one of these roles, in order."""
    return [said(one, "name") for one in reader.tree() if one["role"]["value"] in roles]


def test_one_page(site: Site, reader: Listener):
    page = reader.page
    page.goto(site.wave()[0])
    reader.tab_to("radio")
    assert reader.press("Space", "ArrowDown", "ArrowDown").endswith("Neither agree nor disagree, checked")
    reader.tab_to("Would you recommend")
    assert reader.press("Space", "ArrowUp").endswith("radio: No answer, checked")
    assert reader.press("ArrowDown").endswith("radio: 0 – Not at all likely, checked")
    reader.tab_to("Summer camp")
    assert reader.press("Space").endswith("checkbox: Summer camp, checked")
    reader.tab_to("textbox")
    page.keyboard.type("many")
    reader.tab_to("Send my answers")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Please check: Every kind of question")
    assert reader.press() == "region: Not sent yet: one thing to check"
    reader.press("Tab")
    page.keyboard.press("Enter")
    reader.tab_to("textbox")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3,5")
    reader.tab_to("Send my answers")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Thank you: your answers have arrived")
    numbers = "A number from 0 to 40.5, with at most one decimal."
    hours = "5. How many hours a week did you save?"
    reader.must_have_heard(
        "1. The service was useful to me. (required), required, Think of the last twelve months."
        " | radio: Strongly disagree",
        "2. Would you recommend the service? | radio: 0 – Not at all likely, checked",
        "4. Which services did you use? | checkbox: Summer camp, checked",
        f"{hours} | textbox: {hours}, {numbers}",
        "button: Send my answers",
        "region: Not sent yet: one thing to check",
        "Not sent yet: one thing to check | link: Question 5",
        f"{hours} | textbox: {hours}, invalid, {numbers} “many” is not a number. Please write it in digits.",
        "button: Send my answers",
    )


def test_several_pages_and_a_last_look(site: Site, reader: Listener):
    page = reader.page
    page.goto(site.wave(definition="paged")[0])
    reader.tab_to("button: Next part")
    page.evaluate(PAST_SCRIPTS, "")
    expect(page).to_have_title("Please check: The services, part by part")
    reader.press()
    reader.tab_to("radio")
    reader.press("Space")
    reader.tab_to("button: Next part")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Part 2 of 4: The services, part by part")
    reader.tab_to("textbox")
    page.keyboard.type("3")
    reader.tab_to("I am calmer.")
    reader.press("Space", "ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Part 3 of 4: The services, part by part")
    reader.tab_to("radio")
    reader.press("Space")
    reader.tab_to("button: Next part")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Your answers at a glance: The services, part by part")
    assert names(reader, "heading")[:4] == [
        "Your answers at a glance", "Use", "1. Did you use a service?", "2. Which ones?",
    ]  # fmt: skip
    reader.tab_to("Change the answer to question 3")
    page.keyboard.press("Enter")
    expect(page.locator("#item-hours")).to_be_in_viewport()
    assert page.url.endswith("#item-hours")
    reader.press("Tab")
    expect(page.locator("#item-hours .x")).to_have_value("3")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Your answers at a glance: The services, part by part")
    reader.tab_to("button: Send my answers")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Thank you: your answers have arrived")
    hours = "3. How much time do you save? (required)"
    reader.must_have_heard(
        "button: Next part",
        "region: Not sent yet: one thing to check",
        "1. Did you use a service? (required), required, invalid, This question needs an answer."
        " | radio: Yes",
        f"{hours} | textbox: {hours} hours a week, required,"
        " A number from 0 to 40, with at most one decimal.",
        "Thanks to the services… 5. I am calmer. | radio: Disagree, checked",
        "button: Send my answers",
    )


def test_a_named_form_with_its_draft(site: Site, reader: Listener):
    page = reader.page
    address = site.wave(definition="organizations", groups=[{"organization": "O1"}])[0]
    page.goto(address)
    reader.tab_to("textbox: 1.")
    page.keyboard.type("40")
    reader.tab_to("textbox: Your name or initials (optional)")
    page.keyboard.type("MR")
    reader.tab_to("button: Save and go on later")
    page.keyboard.press("Enter")
    # The script may have saved the answer by itself while the name was not typed yet.
    region = page.get_by_role("region", name="Saved on 20 November 2026, 10:30")
    expect(region).to_be_focused()
    saved = region.get_by_role("heading").inner_text()
    reader.press()
    revision = page.locator("[name=_revision]").input_value()
    other = {"_go": "save", "_revision": revision, "employees": "41", "_by": "AB"}
    assert site.client.post(address, data=other).status_code == 303
    reader.tab_to("textbox: 1.")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("42")
    reader.tab_to("button: Send my answers")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Which answers shall stay?")
    reader.press()
    reader.press("Tab")
    reader.press("ArrowDown")
    reader.tab_to("button: Save what I chose and go on")
    page.keyboard.press("Enter")
    expect(page.locator("#item-employees .x")).to_have_value("42")
    reader.tab_to("button: Send my answers")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Thank you: your answers have arrived")
    reader.tab_to("link: Read and print what was sent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("definition").filter(has_text="42")).to_be_visible()
    reader.must_have_heard(
        "button: Save and go on later",
        f"region: {saved}",
        "region: AB saved other answers on 20 November 2026, 10:30",
        "link: Read and print what was sent",
    )


def test_each_question_names_its_answers(site: Site, reader: Listener):
    """The groups of a screen reader are the questions, in their order; each answer stands in one."""
    for definition in ("beneficiaries", "organizations"):
        asked = questionnaire(definition)
        reader.page.goto(
            site.wave(definition, definition=definition, groups=[{"organization": "O1"}])[0] + "?lang=en"
        )
        groups = [name for name in names(reader, "radiogroup", "group") if name]
        assert len(groups) == len(asked.items)
        for number, (name, item) in enumerate(zip(groups, asked.items, strict=True), 1):
            question = f"{number}. {item.text['en']}"
            assert name.endswith(question) or name.endswith(f"{question} (required)"), name
