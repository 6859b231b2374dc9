"""The pages of a wave in groups, in the order of the work: a row of groups, below it the current one's pages.

To add a page, write its line into the group where an evaluator would look for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for

from survey.commenting import has_comments
from survey.definitions import load
from survey.language import Text, text
from survey.store.waves import Wave

ALWAYS = ("draft", "open", "closing", "closed")
BEFORE = ("draft", "open", "closing")


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


@dataclass(frozen=True)
class Group:
    """Pages that belong to one part of the work. One that has a single page bears that page's name."""

    label: Text
    entries: tuple[Entry, ...]


def _commented(wave: Wave) -> bool:
    return has_comments(load(wave.definition, wave.questionnaire))


PEOPLE = ("preview_people", "confirm_people", "find_people", "show_person", "correct_person", "add_person")
SUPPLEMENTS = (
    "evaluators.show_supplements",
    "evaluators.ask_for_supplement",
    "evaluators.make_supplement",
)
OVERVIEW, LOG = text("Overview"), text("Log")
GROUPS = (
    Group(OVERVIEW, (Entry("evaluators.show_wave", OVERVIEW, BEFORE),)),
    Group(
        text("Preparation"),
        (
            Entry("evaluators.wave_questionnaire", text("Questionnaire")),
            Entry("evaluators.wave_settings", text("Settings")),
        ),
    ),
    Group(
        text("Invitations"),
        (
            Entry(
                "evaluators.show_people", text("People"), also=tuple(f"evaluators.{name}" for name in PEOPLE)
            ),
            Entry(
                "evaluators.show_mail", text("Mail"), also=("evaluators.show_words", "evaluators.ask_to_send")
            ),
            Entry("evaluators.partners", text("Partners and posters")),
            Entry("evaluators.letters", text("Letters and paper"), ("draft", "open")),
        ),
    ),
    Group(
        text("Collection"),
        (
            Entry("evaluators.open_wave", text("Open"), ("draft",)),
            Entry("evaluators.show_rates", text("Response rate"), ("open",)),
            Entry("evaluators.keying_page", text("Key in paper"), ("open",), ("evaluators.key",)),
            Entry("evaluators.extend_wave", text("Last day"), ("open",)),
            Entry("evaluators.close_wave", text("Close"), ("open", "closing")),
        ),
    ),
    Group(
        text("Results"),
        (
            Entry(
                "evaluators.show_wave",
                text("Figures"),
                ("closed",),
                ("evaluators.chart_download", *SUPPLEMENTS),
            ),
            Entry(
                "evaluators.choose_wave",
                text("Other waves"),
                ("closed",),
                ("evaluators.compare_waves", "evaluators.show_trend"),
            ),
            Entry(
                "evaluators.show_study",
                text("The same people"),
                ("closed",),
                ("evaluators.show_pair", "evaluators.ask_to_end_study", "evaluators.end_study"),
                lambda wave: wave.study is not None,
            ),
            Entry(
                "evaluators.show_comments",
                text("Comments"),
                ("closed",),
                ("evaluators.ask_to_redact",),
                _commented,
            ),
            Entry("evaluators.show_report", text("Report"), ("closed",)),
            Entry("evaluators.show_files", text("Files"), ("closed",), ("evaluators.wave_file",)),
            Entry("evaluators.show_answers", text("Answers"), ("closed",)),
            Entry("evaluators.partner_pages", text("Results for partners"), ("closed",)),
        ),
    ),
    Group(LOG, (Entry("evaluators.wave_log", LOG),)),
)


@dataclass(frozen=True)
class Link:
    """A link of a row; `current` is the value of its aria-current, "" elsewhere.

    `pages` are a group's pages, where one of several is shown.
    """

    address: str
    label: Text
    current: str
    pages: tuple["Link", ...] = ()


def wave_pages(wave: Wave) -> list[Link]:
    """The groups of pages that a wave has now, in order; each leads to the first of its pages."""
    return [_group(group.label, pages) for group in GROUPS if (pages := _pages(group, wave))]


def _group(label: Text, pages: tuple[Link, ...]) -> Link:
    if len(pages) == 1:
        return pages[0]
    here = any(page.current for page in pages)
    return Link(pages[0].address, label, "true" if here else "", pages if here else ())


def _pages(group: Group, wave: Wave) -> tuple[Link, ...]:
    return tuple(
        Link(
            url_for(entry.endpoint, wave_id=wave.id),
            entry.label,
            "page" if request.endpoint in (entry.endpoint, *entry.also) else "",
        )
        for entry in group.entries
        if wave.state in entry.states and entry.fits(wave)
    )
