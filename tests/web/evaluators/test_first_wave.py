"""The whole first wave as an evaluator lives it, with 40 people; `make journeys` walks it with 4,000."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.first_wave import first_wave
from tests.journeys.stage import Album


class Blind(Album):
    """Takes no pictures."""

    def take(self, page: Page, caption: str, whole: bool = False) -> None:
        """Nothing is kept."""


@pytest.mark.browser
def test_from_a_list_to_reminders_a_bounce_a_goodbye_and_a_letter(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.courier.TURN", 0.1)
    monkeypatch.setattr("tests.journeys.first_wave.LONGEST", 90)
    first_wave(browser, Blind(tmp_path, ""), 40)
