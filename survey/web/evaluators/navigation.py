"""The pages of a wave, as the row of links under its name: one entry for each page, by the wave's state."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for

from survey.language import Text, text
from survey.store.waves import Wave

ALWAYS = ("draft", "open", "closing", "closed")


@dataclass(frozen=True)
class Entry:
    """A page: its endpoint (which takes `wave_id`), what it is called, in which states and waves it stands.

    `also` names further endpoints that belong to the page.
    """

    endpoint: str
    label: Text
    states: tuple[str, ...] = ALWAYS
    also: tuple[str, ...] = ()
    fits: Callable[[Wave], bool] = lambda wave: True


PEOPLE = ("preview_people", "confirm_people", "find_people", "show_person", "correct_person", "add_person")
ENTRIES = (
    Entry("evaluators.show_wave", text("Overview")),
    Entry("evaluators.wave_questionnaire", text("Questionnaire")),
    Entry("evaluators.wave_settings", text("Settings")),
    Entry("evaluators.show_people", text("People"), also=tuple(f"evaluators.{name}" for name in PEOPLE)),
    Entry("evaluators.show_mail", text("Mail"), also=("evaluators.show_words", "evaluators.ask_to_send")),
    Entry("evaluators.partners", text("Partners and posters")),
    Entry("evaluators.letters", text("Letters and paper"), ("draft", "open")),
    Entry("evaluators.open_wave", text("Open"), ("draft",)),
    Entry("evaluators.keying_page", text("Key in paper"), ("open",), ("evaluators.key",)),
    Entry("evaluators.show_rates", text("Response rate"), ("open",)),
    Entry("evaluators.extend_wave", text("Last day"), ("open",)),
    Entry("evaluators.close_wave", text("Close"), ("open", "closing")),
    Entry("evaluators.wave_log", text("Log")),
)


@dataclass(frozen=True)
class Link:
    """A link of the row; `current` where it is the page that is shown."""

    address: str
    label: Text
    current: bool


def wave_pages(wave: Wave) -> list[Link]:
    """The pages that a wave has now, in order."""
    return [
        Link(
            url_for(entry.endpoint, wave_id=wave.id),
            entry.label,
            request.endpoint in (entry.endpoint, *entry.also),
        )
        for entry in ENTRIES
        if wave.state in entry.states and entry.fits(wave)
    ]
