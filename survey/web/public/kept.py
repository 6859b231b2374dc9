"""What pages of named waves show beside the questions: the draft, two versions, answers in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from survey.definitions.conditions import put_to
from survey.definitions.model import Item, Kind, Questionnaire
from survey.language import Language, text
from survey.store.drafts import Draft, Fields
from survey.store.waves import Wave
from survey.submission import NOT_APPLICABLE

Typed = tuple[tuple[Item, tuple[str, ...]], ...]
"""Items with what was typed or chosen, in the questionnaire's order."""

SAVED, MINE = "saved", "mine"
"""The two versions between which somebody chooses."""


@dataclass(frozen=True)
class Kept:
    """What the form says of its draft.

    `revision` is what it was shown with (0: no draft), `by` the name typed into it, `draft` what is kept;
    `saving` says that the button which failed was not the one that sends.
    """

    revision: int = 0
    by: str = ""
    draft: Draft | None = None
    saving: bool = False


NOT_KEPT = Kept()
"""Nothing to say: a form that nobody saved, or of a wave that keeps no drafts."""


@dataclass(frozen=True)
class Versions:
    """Two versions of the items in `items`: `saved` (at the moment `at`) and `mine`.

    `draft` is the draft of the saved one, None where it was sent; `by` the name typed into the form;
    `chosen` holds SAVED, MINE or "" by item; `again` says that a choice is missing.
    """

    items: tuple[str, ...]
    saved: Fields
    mine: Fields
    at: datetime
    draft: Draft | None = None
    by: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


def local(moment: datetime, wave: Wave) -> datetime:
    """A moment in the wave's time zone."""
    return moment.astimezone(ZoneInfo(wave.timezone))


def next_open(questionnaire: Questionnaire, fields: Fields) -> str | None:
    """The first item that is put to somebody who has filled in `fields` and is still without an answer."""
    said = {item.id: _codes(item, fields.get(item.id, ())) for item in questionnaire.items}
    asked = put_to(questionnaire, said)
    return next((one.id for one in questionnaire.items if one.id in asked and one.id not in fields), None)


def _codes(item: Item, values: tuple[str, ...]) -> tuple[str, ...]:
    """What of an item's fields conditions can compare: codes; a number may be typed in many ways."""
    return tuple(value for value in values if value in (*item.codes, NOT_APPLICABLE.value))


def in_words(item: Item, values: tuple[str, ...], t: Language) -> str:
    """An item's answer as a reader writes it; what was typed and is no answer, as it was typed."""
    return "; ".join(_word(item, value, t) for value in values) or t(text("no answer"))


def _word(item: Item, value: str, t: Language) -> str:
    if value == NOT_APPLICABLE.value and item.not_applicable:
        return t.choose(item.not_applicable)
    if item.kind is Kind.NUMBER:
        return f"{_number(value, t)} {t.choose(item.unit)}" if item.unit else _number(value, t)
    return t.choose(item.labels[value]) if value in item.codes else value


def _number(value: str, t: Language) -> str:
    """A decimal point as the reader writes it; whole numbers may be years and get no mark for thousands."""
    whole, point, part = value.partition(".")
    plain = whole.isascii() and whole.isdigit() and part.isascii() and part.isdigit()
    return t.number(Decimal(value), None) if point and plain else value
