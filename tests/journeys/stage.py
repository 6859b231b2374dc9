"""A real server with waves to answer, devices that reach it, and an album of what they show."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from survey.web import create_app
from tests.cast import Instance, make_instance, questionnaire

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True,
         "device_scale_factor": 2}  # fmt: skip
DESK = {"viewport": {"width": 1280, "height": 800}}
SAID = {
    "ORGANIZER": "Agenzia di prova per la conciliazione",
    "CONTACT": "welfare@example.org",
    "PRIVACY_URL": "https://example.org/privacy",
    "ACCESSIBILITY_URL": "https://example.org/accessibility",
}
STOPS = 200
GLOW = 400
"""Milliseconds for which what was tapped glows."""


@dataclass
class Album:
    """The pictures of one journey, numbered as they are taken, and a page that shows them in a row."""

    folder: Path
    title: str
    captions: list[str] = field(default_factory=list)

    def take(self, page: Page, caption: str, whole: bool = False) -> None:
        """Keep what the page shows: the part in sight, or the whole of it."""
        self.captions.append(caption)
        page.wait_for_timeout(GLOW)
        page.screenshot(path=self.folder / f"{len(self.captions):02}.png", full_page=whole)

    def bind(self) -> None:
        """Write the page that shows them all."""
        figures = "".join(
            f'<figure><img src="{number:02}.png" alt=""><figcaption>{number}. {escape(caption)}</figcaption>'
            "</figure>\n"
            for number, caption in enumerate(self.captions, 1)
        )
        style = "figure{display:inline-block;vertical-align:top;width:20rem}img{width:100%}"
        page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(self.title)}</title>'
        page += f"<style>{style}</style><h1>{escape(self.title)}</h1>\n{figures}"
        (self.folder / "index.html").write_text(page, encoding="utf-8")


@dataclass
class Stage:
    """The server, its instance, and the browser."""

    address: str
    instance: Instance
    browser: Browser
    waves: int = 0

    def link(self, definition: str, **more: Any) -> str:
        """A personal address of a new wave of a questionnaire."""
        self.waves += 1
        by = [one.id for one in questionnaire(definition).invited_by]
        groups = [
            {one: f"{one.title()} {n if one == 'organization' else 1}" for one in by} for n in range(1, 8)
        ]
        first = self.instance.wave(f"{definition}-{self.waves}", definition, groups=groups, **more)[0]
        return f"{self.address}/a/{self.instance.links.link(first)}"

    def device(self, kind: dict[str, Any], locale: str, **more: Any) -> Page:
        """A page on a device of its own that speaks a language."""
        return self.browser.new_context(**kind, locale=locale, **more).new_page()


@contextmanager
def staged(browser: Browser) -> Iterator[Stage]:
    """A server on a free port over an instance that is gone afterwards."""
    with TemporaryDirectory() as folder:
        instance = make_instance(Path(folder) / "instance", **SAID)
        server = create_server(create_app(instance.settings), host="127.0.0.1", port=0, threads=4)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        yield Stage(f"http://127.0.0.1:{server.effective_port}", instance, browser)
        server.trigger.pull_trigger(server.close)
        server.task_dispatcher.shutdown()
        thread.join(5)
        instance.store.close()


def press(page: Page, button: str, title: str) -> None:
    """Press the button with this text, and wait for the page with this title."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_title(title)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element that matches a selector has the focus."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.locator(wanted).evaluate_all("all => all.some(one => one === document.activeElement)"):
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")
