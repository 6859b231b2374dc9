"""Fixtures that all tests share."""

import os

# Before anything of ours is imported: the command speaks the language that the terminal has at its start.
os.environ["SURVEY_LANGUAGE"] = "en"

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright

from survey.web import create_app
from tests import crossed
from tests.cast import Instance, make_instance
from tests.serving import serving

# Every instance of the tests would list the machine's fonts anew.
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "riscontro-tests-fonts"))

# Every application of the tests has environments of its own, and would compile the same templates anew.
_compile = jinja2.Environment.compile
_compiled: dict[Any, Any] = {}


def _compiled_once(
    of: jinja2.Environment, source: Any, name: Any = None, filename: Any = None, raw: Any = False,
    defer_init: Any = False,
) -> Any:  # fmt: skip
    judged = getattr(of.autoescape, "__func__", of.autoescape)
    alike = (judged, of.trim_blocks, of.lstrip_blocks, type(of))
    key = (source, name, filename, raw, defer_init, alike)
    if key not in _compiled:
        _compiled[key] = _compile(of, source, name, filename, raw, defer_init)
    return _compiled[key]


jinja2.Environment.compile = _compiled_once  # type: ignore[method-assign, assignment]

# Speed is not tested here; in CI the same examples are drawn every time.
settings.register_profile("riscontro", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("riscontro")


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    """A fresh instance: a real SQLite file, freshly migrated."""
    made = make_instance(tmp_path / "instance")
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def with_crosses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance whose one wave is `tests.crossed`, closed; for tests that only read it."""
    made = make_instance(tmp_path_factory.mktemp("crossed") / "instance", MAIL_COURIER="off")
    crossed.close(made)
    yield made
    made.store.close()


def chromium(playwright: Playwright) -> str | None:
    """The browser that `.ci/browser` made sure of, or None."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    own = next(filter(None, map(shutil.which, names)), None)
    playwrights = playwright.chromium.executable_path
    return own or (playwrights if Path(playwrights).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all browser tests."""
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None and not os.environ.get("CI"):
            pytest.skip("NO BROWSER: install Chromium or name it with CHROMIUM=/path")
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@dataclass(frozen=True)
class Site:
    """A running server on loopback, and the instance behind it."""

    address: str
    instance: Instance

    def link(self, invitation: bytes) -> str:
        """The personal address of an invitation."""
        return f"{self.address}/a/{self.instance.links.link(invitation)}"


@pytest.fixture
def site(instance: Instance) -> Iterator[Site]:
    """The whole application behind a real waitress, in a thread of this process."""
    with serving(create_app(instance.settings)) as served:
        yield Site(served, instance)
