"""The page of a questionnaire as a file: what respondents will see, and nothing that could be sent."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from survey.cli import main
from survey.definitions import shipped
from survey.store import waves
from survey.web.public import Pages
from tests.cast import QUESTIONNAIRES, Instance, questionnaire

from .test_browser import PHONE, RULES

pytestmark = pytest.mark.browser

SHOWN = [*shipped(), str(QUESTIONNAIRES / "conditional.json")]


def written(folder: Path, asked: str, code: str) -> str:
    """The address of the page that the command writes."""
    out = folder / "preview.html"
    words = ["questionnaire", "show", asked, "--lang", code, "--out", str(out)]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    return out.as_uri()


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An instance folder that does not exist."""
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "nowhere"))


def test_nothing_is_loaded_and_nothing_is_sent(tmp_path: Path, browser: Browser) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    address = written(tmp_path, str(QUESTIONNAIRES / "all_kinds.json"), "en")
    page.goto(address)
    expect(page.locator(".b")).to_have_text("Preview: nothing is sent or stored here")
    page.locator("#item-utility input").first.check()
    page.get_by_role("button").tap()
    page.locator("#item-hours input").first.fill("3")
    page.locator("#item-hours input").first.press("Enter")
    expect(page.locator("#item-utility input").first).to_be_checked()
    expect(page).to_have_url(address)
    assert requests == [address]
    context.close()
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("code", ["it", "en"])
def test_no_accessibility_violations(tmp_path: Path, browser: Browser, code: str) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    for asked in SHOWN:
        page.goto(written(tmp_path, asked, code))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], asked
    context.close()


def test_but_for_its_marks_it_is_the_page_of_respondents(instance: Instance) -> None:
    instance.wave("w", invited=1)
    pages = Pages(instance.settings)
    with instance.store.read() as db:
        wave = waves.get(db, "w")
    loaded = questionnaire("all_kinds")
    shown, real = (getattr(pages, kind)(wave, loaded, "en").html for kind in ("preview", "form"))
    kept = re.sub(r"<aside .*?</aside>", "", real, flags=re.DOTALL)
    assert shown.split("<h1>")[1].replace('method="dialog"', 'method="post"') == kept.split("<h1>")[1]
