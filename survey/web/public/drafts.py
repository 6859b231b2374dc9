"""Named waves: the form with its draft, "save and go on later", and two versions side by side.

Beside the buttons of every form (`walking.py`) there are those that save, that choose between two
versions, and that lead to the page of a question; and what sends, sends the draft. The script of the
page saves in the background.
"""

from dataclasses import replace
from datetime import datetime

from flask import Response

from survey.answering import AlreadyAnswered, DatabaseBusy, Door
from survey.definitions.paging import page_of
from survey.drafting import LONGEST_NAME, Filled, NewerDraft, TooLong, differing, fields_in
from survey.language import text
from survey.store.drafts import Draft, Fields
from survey.submission import FieldProblem, InvalidSubmission, from_form
from survey.web.public.fields import BY, CARRIED, GO, KEEP, PAGE, REVISION, Sent
from survey.web.public.kept import MINE, SAVED, Kept, Versions, local, next_open
from survey.web.public.present import (
    RETRY_AFTER,
    answering,
    drafting,
    language_of,
    pages,
    sent_fields,
    show,
)
from survey.web.public.replies import FORGET, facts, redirection
from survey.web.public.standing import Notice
from survey.web.public.walking import STEPS, Step, Steps, Visit, form, stepped, with_problems

REVISION_DIGITS = 9


def opened(link: str, door: Door, now: datetime) -> Response:
    """The empty form, or the form with what was saved, at the first question without an answer."""
    draft, code = drafting().found(door), language_of(door)
    if draft is None:
        return show(pages().form(door.wave, door.questionnaire, code))
    ahead = next_open(door.questionnaire, draft.fields)
    page = page_of(door.questionnaire, ahead) if ahead else 0
    return form(
        Visit(door, link, code, now, page, draft.fields, False, draft=Kept(draft.revision, "", draft))
    )


def answered(link: str, door: Door, now: datetime) -> Response:
    """What the pressed button asks for."""
    sent = sent_fields()
    ours = (GO, PAGE, CARRIED)
    fields = {name: values for name, values in sent.items() if name in ours or not name.startswith("_")}
    return stepped(link, door, language_of(door), now, fields, _STEPS, _typed(sent))


def too_late(link: str, refusal: AlreadyAnswered) -> Response:
    """Others have sent the answers: in a named wave what is different in this form is shown once more.

    Raises the refusal itself where there is nothing to show.
    """
    door = answering().status(link)
    sent, mine = drafting().sent(door), fields_in(door.questionnaire, sent_fields())
    items = differing(door.questionnaire, sent.fields, mine) if sent else ()
    if sent is None or not items:
        raise refusal
    versions = Versions(items, sent.fields, mine, at=sent.received_at)
    return show(pages().versions("late", door.wave, door.questionnaire, language_of(door), versions), 409)


def _save(visit: Visit, _: str) -> Response:
    return _saved(visit, _filled(visit))


def _saved(visit: Visit, filled: Filled) -> Response:
    drafting().save(visit.door, filled, visit.now)
    return redirection(f"/a/{visit.link}?lang={visit.code}", FORGET if visit.kept else None)


def _keep(visit: Visit, since: str) -> Response:
    """Save while somebody fills in; what to tell them, and the revision that their form holds by then.

    `since` is "more" where the form was saved like this before.
    """
    say = pages().sentence
    try:
        draft = drafting().save(visit.door, _filled(visit), visit.now, going_on=since == "more")
    except NewerDraft:
        return facts({"said": say(visit.code, OVERTAKEN)}, 409)
    except TooLong as refused:
        return facts({"said": say(visit.code, refused.text)}, 422)
    at = text("Saved at {time}.", time=f"{local(visit.now, visit.door.wave):%H:%M}")
    return facts({"revision": draft.revision, "said": say(visit.code, at)})


OVERTAKEN = text(
    "Not saved: somebody else has saved other answers meanwhile. "
    "Nothing is lost: press “Save and go on later” to see both."
)


def _choose(visit: Visit, _: str) -> Response:
    """Each question as it was chosen; where nothing was, both versions are shown again."""
    draft, filled = drafting().found(visit.door), _filled(visit)
    if draft is None:
        return _saved(visit, filled)
    items = differing(visit.questionnaire, draft.fields, filled.fields)
    choice = _choices(items)
    if draft.revision != filled.seen or choice.keys() != set(items):
        return _side_by_side(visit, draft, again=draft.revision == filled.seen)
    saved = {item for item in items if choice[item] == SAVED}
    fields = {item: values for item, values in filled.fields.items() if item not in saved}
    fields |= {item: values for item, values in draft.fields.items() if item in saved}
    return _saved(visit, replace(filled, fields=fields))


def _send(visit: Visit, _: str) -> Response:
    """Send what is complete; what is not becomes the draft, and its problems are shown."""
    filled = _filled(visit)
    try:
        answers = from_form(visit.questionnaire, visit.sent)
    except InvalidSubmission as refused:
        draft = drafting().save(visit.door, filled, visit.now)
        kept = Kept(draft.revision, filled.by, draft)
        return with_problems(replace(visit, draft=kept), refused.problems)
    drafting().send(visit.door, answers, filled, visit.now)
    return redirection(f"/a/{visit.link}/thanks?lang={visit.code}", FORGET if visit.kept else None)


def _to(visit: Visit, item: str) -> Response:
    """The page of a question, as it is filled in."""
    known = item in {one.id for one in visit.questionnaire.items}
    return form(visit.at(page_of(visit.questionnaire, item) if known else 0))


def _careful(step: Step, saving: bool) -> Step:
    """A step that stores something, with the page for each way in which it may not."""

    def careful(visit: Visit, what: str) -> Response:
        try:
            return step(visit, what)
        except NewerDraft as newer:
            return _side_by_side(visit, newer.draft)
        except TooLong as refused:
            there = visit.at(page_of(visit.questionnaire, refused.item))
            return form(there, Notice.PROBLEMS, [FieldProblem(refused.item, refused.text)], 422)
        except DatabaseBusy:
            busy = replace(visit, draft=replace(visit.draft, saving=saving))
            return form(busy, Notice.BUSY, status=503, more=RETRY_AFTER)

    return careful


_STEPS: Steps = {
    **STEPS,
    "send": _careful(_send, saving=False),
    "save": _careful(_save, saving=True),
    "keep": _keep,
    "choose": _careful(_choose, saving=True),
    "to": _to,
}


def _side_by_side(visit: Visit, draft: Draft, again: bool = False) -> Response:
    """Both versions of the questions that differ, with a choice for each."""
    questionnaire, filled = visit.questionnaire, _filled(visit)
    items = differing(questionnaire, draft.fields, filled.fields)
    chosen = {item: _likely(item, draft.fields, filled.fields) for item in items} | _choices(items)
    versions = Versions(items, draft.fields, filled.fields, draft.saved_at, draft, filled.by, chosen, again)
    return show(pages().versions("choose", visit.door.wave, questionnaire, visit.code, versions), 409)


def _likely(item: str, saved: Fields, mine: Fields) -> str:
    """The one version that holds anything; between two that do nobody can choose but the person."""
    if item in saved and item in mine:
        return ""
    return SAVED if item in saved else MINE


def _choices(items: tuple[str, ...]) -> dict[str, str]:
    made = {item: _one(sent_fields(), KEEP + item) for item in items}
    return {item: choice for item, choice in made.items() if choice in (SAVED, MINE)}


def _filled(visit: Visit) -> Filled:
    """All that is filled in, on whatever page."""
    fields = fields_in(visit.questionnaire, visit.sent)
    return Filled(fields, visit.draft.revision, visit.draft.by)


def _typed(sent: Sent) -> Kept:
    """What a form says of its draft; a revision that is none is older than any."""
    revision = _one(sent, REVISION)
    known = revision.isascii() and revision.isdigit() and len(revision) <= REVISION_DIGITS
    by = "".join(letter for letter in _one(sent, BY) if letter.isprintable()).strip()
    return Kept(int(revision) if known else 0, by[:LONGEST_NAME])


def _one(sent: Sent, name: str) -> str:
    return next(iter(sent.get(name, ())), "")
