"""The way through a form: from page to page, a last look, another language, and sending.

Until the answers are sent nothing is stored. What other pages hold travels in the form itself,
signed; whatever is pressed, the page that comes next holds everything that was filled in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response

from survey.answering import DatabaseBusy, Door
from survey.definitions.model import Questionnaire
from survey.definitions.paging import following, page_of, pages, preceding, put_on, straight
from survey.submission import FieldProblem, InvalidSubmission, from_form, heard, problems_on
from survey.tokens import CarriedUnreadable
from survey.web.public import present
from survey.web.public.fields import CARRIED, GO, PAGE, Sent, filled
from survey.web.public.kept import NOT_KEPT, Kept
from survey.web.public.replies import FORGET, redirection
from survey.web.public.standing import Ahead, Notice, Stand, ahead
from survey.web.public.summary import summary


@dataclass(frozen=True)
class Visit:
    """Somebody who pressed a button: at which page, with all that was filled in on whatever page.

    `kept`: the browser keeps pages with answers in them; `changing`: the page was opened from the last look;
    `draft`: what the form of a named wave says of its draft.
    """

    door: Door
    link: str
    code: str
    now: datetime
    page: int
    sent: Sent
    kept: bool
    changing: bool = False
    draft: Kept = NOT_KEPT

    @property
    def questionnaire(self) -> Questionnaire:
        """The wave's questionnaire."""
        return self.door.questionnaire

    def at(self, page: int) -> "Visit":
        """The same at another page."""
        return replace(self, page=page)


def step(link: str, door: Door, code: str, now: datetime, fields: dict[str, list[str]]) -> Response:
    """What the pressed button asks for; `fields` is all that the form sent."""
    return stepped(link, door, code, now, fields, STEPS)


def stepped(
    link: str,
    door: Door,
    code: str,
    now: datetime,
    fields: dict[str, list[str]],
    steps: "Steps",
    draft: Kept = NOT_KEPT,
) -> Response:
    """What the pressed button asks for, of the buttons in `steps`."""
    go, place = (fields.pop(name, [""])[-1] for name in (GO, PAGE))
    kept = CARRIED in fields
    carried = fields.pop(CARRIED, [""])[-1]
    # Another version of the program may have made the form, with more fields of its own than this one knows.
    fields = {name: values for name, values in fields.items() if not name.startswith("_")}
    visit = Visit(door, link, code, now, _page(door.questionnaire, place), fields, kept, draft=draft)
    try:
        earlier = present.carrier().unpacked(door.invitation, door.wave.sha256, carried)
    except CarriedUnreadable:
        present.answering().unanswered(door)
        return form(visit.at(0), Notice.APART, status=422)
    if earlier:
        visit = replace(visit, sent={**_elsewhere(visit, earlier), **fields})
    wish, _, what = go.partition(":")
    if not wish:
        wish = "send" if straight(door.questionnaire) else "next"
    if wish != "send":
        present.answering().unanswered(door)
    return steps.get(wish, _again)(visit, what)


def _elsewhere(visit: Visit, carried: Sent) -> Sent:
    """What was carried of pages other than the visited one.

    A form carries nothing of its own page, but where the browser's back button came between: a tick that
    was taken away is not sent, and must not come back.
    """
    if visit.page == len(pages(visit.questionnaire)):
        return carried
    here = _stand(replace(visit, sent=carried)).items
    return {name: values for name, values in carried.items() if name not in here}


Step = Callable[[Visit, str], Response]
Steps = Mapping[str, Step]
"""The button -> what it does with a visit and with what stands behind its colon."""


def send(visit: Visit, _: str = "") -> Response:
    """Store the answers and go to the thanks, or show the page that holds the first problem."""
    try:
        answers = from_form(visit.questionnaire, visit.sent)
        present.answering().receive(visit.door, answers, visit.now)
    except InvalidSubmission as refused:
        return with_problems(visit, refused.problems)
    except DatabaseBusy:
        return form(visit, Notice.BUSY, status=503, more=present.RETRY_AFTER)
    return redirection(f"/a/{visit.link}/thanks?lang={visit.code}", FORGET if visit.kept else None)


def _next(visit: Visit, _: str) -> Response:
    return _forward(visit, following(visit.questionnaire, visit.page, heard(visit.questionnaire, visit.sent)))


def _look(visit: Visit, _: str) -> Response:
    return _forward(replace(visit, changing=True), None)


def _forward(visit: Visit, to: int | None) -> Response:
    """To a later page, or the end (None), unless something of the present one needs a change."""
    end = len(pages(visit.questionnaire))
    if visit.page < end:
        found = problems_on(visit.questionnaire, _stand(visit).items, visit.sent)
        if found:
            return form(visit, Notice.PROBLEMS, found, 422)
    return form(visit.at(end if to is None else to))


def _back(visit: Visit, _: str) -> Response:
    before = preceding(visit.questionnaire, visit.page, heard(visit.questionnaire, visit.sent))
    return form(visit.at(before or 0))


def _change(visit: Visit, item: str) -> Response:
    known = item in {one.id for one in visit.questionnaire.items}
    page = page_of(visit.questionnaire, item) if known else 0
    return form(replace(visit, page=page, changing=True))


def _in_other_words(visit: Visit, _: str) -> Response:
    """The same page in the language of the address; where nothing is filled in, the page of everybody."""
    if visit.page == 0 and not filled(visit.sent):
        return redirection(f"/a/{visit.link}?lang={visit.code}")
    return form(visit)


def _again(visit: Visit, _: str) -> Response:
    return form(visit)


STEPS: Steps = {
    "send": send,
    "next": _next,
    "look": _look,
    "back": _back,
    "change": _change,
    "language": _in_other_words,
}


def with_problems(visit: Visit, found: Sequence[FieldProblem]) -> Response:
    """The page of the first item with a problem, with its problems; those of later pages wait.

    Raises AlreadyAnswered: whoever has answered already has nothing to mend.
    """
    present.answering().unanswered(visit.door)
    items = [problem.item for problem in found if problem.item is not None]
    place = min((page_of(visit.questionnaire, item) for item in items), default=0)
    here = [one for one in found if one.item is None or page_of(visit.questionnaire, one.item) == place]
    return form(visit.at(place), Notice.PROBLEMS, here, 422)


def form(
    visit: Visit,
    notice: Notice = Notice.ASKED,
    problems: Sequence[FieldProblem] = (),
    status: int = 200,
    more: Mapping[str, str] | None = None,
) -> Response:
    """A page of the form, or the last look."""
    if visit.page == len(pages(visit.questionnaire)):
        return _end(visit, notice, status, more)
    door = visit.door
    page = present.pages().form_again(
        door.wave, visit.questionnaire, visit.code, _stand(visit), notice, problems, visit.draft
    )
    return present.show(page, status, more)


def _end(visit: Visit, notice: Notice, status: int, more: Mapping[str, str] | None) -> Response:
    try:
        answers = from_form(visit.questionnaire, visit.sent)
    except InvalidSubmission as refused:
        return with_problems(visit, refused.problems)
    looked = summary(visit.questionnaire, answers) if visit.questionnaire.review else ()
    stand = Stand(visit.page, (), Ahead.SEND, True, {}, _carried(visit, frozenset()))
    page = present.pages().end(
        visit.door.wave, visit.questionnaire, visit.code, stand, notice, looked, visit.draft
    )
    return present.show(page, status, more)


def _stand(visit: Visit) -> Stand:
    said = heard(visit.questionnaire, visit.sent)
    stand = Stand(
        page=visit.page,
        sections=put_on(visit.questionnaire, visit.page, said),
        ahead=Ahead.LOOK if visit.changing else ahead(visit.questionnaire, visit.page, said),
        back=preceding(visit.questionnaire, visit.page, said) is not None,
    )
    sent = {name: values for name, values in visit.sent.items() if name in stand.items}
    return replace(stand, sent=sent, carried=_carried(visit, stand.items))


def _carried(visit: Visit, shown: frozenset[str]) -> str:
    """What was answered to items that the page does not show, signed; empty where there is nothing."""
    others = {
        item.id: visit.sent[item.id]
        for item in visit.questionnaire.items
        if item.id not in shown and item.id in visit.sent
    }
    return present.carrier().packed(visit.door.invitation, visit.door.wave.sha256, others) if others else ""


def _page(questionnaire: Questionnaire, place: str) -> int:
    """The place of a page as a form names it; the first where it names none that is."""
    if not place:
        return 0
    places = {str(number): number for number in range(len(pages(questionnaire)) + 1)}
    return places.get(place, 0)
