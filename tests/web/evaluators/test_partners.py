"""Partners, letters and keying in the evaluators' pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from survey.store import audit, handed, responses
from survey.store.handed import Batch, Way
from tests.cast import Instance, questionnaire
from tests.conftest import Site
from tests.web.evaluators.conftest import csrf_token, office_of, sign_in_token

WAVE = "/waves/w"
GROUP = {"group.alliance": "A1", "group.organization": "=<b>O1</b>"}


@dataclass(frozen=True)
class Desk:
    """A signed-in evaluator in front of one open wave with all kinds of questions."""

    instance: Instance
    client: FlaskClient
    token: str

    def post(self, path: str, **data: str) -> TestResponse:
        return self.client.post(WAVE + path, data={"csrf_token": self.token, **data})

    def make(self, way: Way, count: int = 3) -> Batch:
        assert self.post("/partners", way=way, count=str(count), **GROUP).status_code == 303
        with self.instance.store.read() as db:
            return next(one for one in handed.of_wave(db, "w") if one.way is way)

    def stored(self) -> list[str]:
        with self.instance.store.read() as db:
            return [one.rstrip() for one in responses.bodies(db, "w")]

    def code(self) -> str:
        table = self.post(f"/partners/{self.make(Way.LINKS, 1).id.hex()}/links", form="csv").text
        return table.splitlines()[1].split(";")[1]


@pytest.fixture
def desk(instance: Instance) -> Iterator[Desk]:
    instance.wave("w", "beneficiaries", invited=6)
    office = office_of(instance)
    client = office.evaluator("en")
    yield Desk(instance, client, csrf_token(client.get(f"{WAVE}/partners")))
    office.app.extensions["rooms"].store.close()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def test_the_page_of_partners(desk: Desk) -> None:
    batch = desk.make(Way.OPEN, 8)
    page = desk.client.get(f"{WAVE}/partners").text
    assert "=&lt;b&gt;O1&lt;/b&gt;" in page and "<b>O1" not in page and "fewer than 5 of 8" in page
    poster = desk.client.get(f"{WAVE}/partners/{batch.id.hex()}/poster.html")
    assert "sha256-" in poster.headers["Content-Security-Policy"]
    assert desk.post(f"/partners/{batch.id.hex()}/add", count="2").status_code == 303
    assert desk.post(f"/partners/{batch.id.hex()}/withdraw").status_code == 303
    assert "withdrawn" in desk.client.get(f"{WAVE}/partners").text
    for bad in ("0", "³", "-1", "1e3", ""):
        assert desk.post("/partners", way="open", count=bad).status_code == 400
    assert desk.post("/partners/zz/add", count="1").status_code == 404
    assert desk.client.post(f"{WAVE}/partners", data={"way": "open", "count": "1"}).status_code == 400


def test_letters_and_sheets_are_files(desk: Desk) -> None:
    batch = desk.make(Way.PAPER, 2)
    shown = desk.post("/letters", what="sheets", whom=batch.id.hex(), language="it", form="html")
    assert shown.text.count("<article") == 2 and "sha256-" in shown.headers["Content-Security-Policy"]
    saved = desk.post("/letters", what="letters", whom=batch.id.hex(), language="it", form="docx")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="w-letters.docx"'
    assert desk.post("/letters", what="letters", whom="unreachable", form="html").status_code == 400
    assert desk.client.get(f"{WAVE}/paper.docx?lang=it").data[:2] == b"PK"


def test_a_sheet_keyed_twice_with_a_difference_is_stored_once_and_nowhere_else(desk: Desk) -> None:
    code = desk.code()
    with desk.instance.store.read() as db:
        before = audit.of_wave(db, "w")
    size = desk.instance.settings.database.stat().st_size
    begun = desk.post("/keying", step="begin", typed=code.lower(), twice="1").text
    sheet = hidden(begun, "sheet")
    typed = {"item.utility": "4"}
    first = hidden(desk.post("/keying", step="key", sheet=sheet, twice="1", first="", **typed).text, "first")
    assert desk.stored() == []
    keyed = {"item.utility": "5", "item.recommend": "3"}
    differ = desk.post("/keying", step="key", sheet=sheet, twice="1", first=first, **keyed)
    assert "The two keyings differ in 2 questions" in differ.text
    second = hidden(differ.text, "second")
    both = {"step": "choose", "sheet": sheet, "twice": "1", "first": first, "second": second}
    assert desk.post("/keying", **both, **{"chosen.utility": "first"}).status_code == 422
    chosen = {"chosen.utility": "first", "chosen.recommend": "second"}
    assert desk.post("/keying", **both, **chosen).status_code == 303
    assert [one.partition(",")[2] for one in desk.stored()] == ['"answers":{"utility":4,"recommend":3}}']
    assert desk.post("/keying", step="begin", typed=code).status_code == 409
    with desk.instance.store.read() as db:
        assert audit.of_wave(db, "w") == before
    assert desk.instance.settings.database.stat().st_size == size


def test_paper_without_a_code_uses_up_the_places_of_its_group(desk: Desk) -> None:
    batch = desk.make(Way.PAPER, 2)
    sheet = f"batch:{batch.id.hex()}"
    replies = [desk.post("/keying", step="key", sheet=sheet, **{"item.utility": "2"}) for _ in range(3)]
    assert [one.status_code for one in replies] == [303, 303, 422]
    assert len(desk.stored()) == 2 and "no invitation is left" in replies[2].text.lower()


@pytest.mark.parametrize(
    "sent", [{}, {"item.utility": "6"}, {"item.utility": "³"}, {"item.nothing": "1"}], ids=str
)
def test_what_a_browser_could_not_send_cannot_be_keyed(desk: Desk, sent: dict[str, str]) -> None:
    sheet = hidden(desk.post("/keying", step="begin", typed=desk.code()).text, "sheet")
    assert desk.post("/keying", step="key", sheet=sheet, **sent).status_code == 422
    assert desk.stored() == []


def test_required_questions_may_be_empty_on_paper_after_a_second_look(instance: Instance, desk: Desk) -> None:
    (link,) = [instance.links.link(one) for one in instance.wave("r", invited=6)[:1]]
    items = questionnaire("all_kinds").items
    optional = next(item for item in items if item.codes and not item.required and not item.show_if)
    sent = {"csrf_token": desk.token, "step": "key", "sheet": link}
    sent |= {f"item.{optional.id}": optional.codes[0]}
    asked = desk.client.post("/waves/r/keying", data=sent)
    assert asked.status_code == 422 and 'name="as_it_is"' in asked.text
    assert desk.client.post("/waves/r/keying", data={**sent, "as_it_is": "1"}).status_code == 303


def test_a_code_of_another_wave_and_a_forged_first_keying(instance: Instance, desk: Desk) -> None:
    (link,) = [instance.links.link(one) for one in instance.wave("other", "beneficiaries", invited=1)]
    assert "not one of this wave" in desk.post("/keying", step="begin", typed=link).text
    sheet = hidden(desk.post("/keying", step="begin", typed=desk.code()).text, "sheet")
    forged = desk.post("/keying", step="key", sheet=sheet, twice="1", first="x", **{"item.utility": "4"})
    assert forged.status_code == 400 and desk.stored() == []


@pytest.mark.browser
def test_partners_letters_and_keying_are_accessible_and_work_without_a_script(
    browser: Browser, site: Site
) -> None:
    site.instance.wave("w", "beneficiaries", invited=6)
    page = browser.new_context(locale="it", viewport={"width": 320, "height": 700}).new_page()
    page.goto(f"{site.address}/sign-in/{sign_in_token(site.instance)}")
    page.click("main button")
    page.goto(f"{site.address}{WAVE}/partners")
    page.check('[value="paper"]')
    page.fill("#count", "5")
    page.click("main button.main")
    for path in ("/partners", "/letters", "/keying"):
        page.goto(site.address + WAVE + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
        assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
    page.check('[name="sheet"]:not([value=""])')
    page.click("main button.main")
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()
    page.check('[name="item.utility"][value="4"]')
    page.click("main button.main")
    assert page.get_by_role("status").inner_text() == "Il foglio è salvato."
    page.context.close()
