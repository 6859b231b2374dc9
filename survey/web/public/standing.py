"""Where somebody stands in a form of one or several pages, as a page is told it."""

from dataclasses import dataclass, field
from enum import StrEnum

from survey.definitions.conditions import Said
from survey.definitions.model import Questionnaire, Section
from survey.definitions.paging import is_last, put_on
from survey.web.public.fields import Sent


class Notice(StrEnum):
    """Why a form comes back, said above it."""

    ASKED = ""
    """The person asked for it: nothing needs to be said."""
    PROBLEMS = "problems"
    BUSY = "busy"
    APART = "apart"
    """The answers of the other pages could not be read."""


class Ahead(StrEnum):
    """What comes after a page of the form."""

    NEXT = "next"
    LOOK = "look"
    SEND = "send"


@dataclass(frozen=True)
class Stand:
    """Where somebody stands in the form: the place of the page, what it shows and what leads away from it.

    `sent` are the answers that the page shows, `carried` those of the other pages, signed; None on the
    page that is the same for everybody.
    """

    page: int
    sections: tuple[Section, ...]
    ahead: Ahead
    back: bool = False
    sent: Sent = field(default_factory=dict)
    carried: str | None = None

    @property
    def items(self) -> frozenset[str]:
        """The ids of the items that the page shows."""
        return frozenset(item.id for section in self.sections for item in section.items)


def begin(questionnaire: Questionnaire) -> Stand:
    """The first page, the same for everybody."""
    return Stand(0, put_on(questionnaire, 0, {}), ahead(questionnaire, 0, {}))


def everything(questionnaire: Questionnaire) -> Stand:
    """All sections one below the other, whatever pages they are on."""
    return Stand(0, questionnaire.sections, Ahead.LOOK if questionnaire.review else Ahead.SEND)


def ahead(questionnaire: Questionnaire, page: int, said: Said) -> Ahead:
    """What comes after a page, where `said` holds what the other pages said."""
    if not is_last(questionnaire, page, said):
        return Ahead.NEXT
    return Ahead.LOOK if questionnaire.review else Ahead.SEND
