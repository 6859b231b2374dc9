"""The comments of a closed wave: read, searched, redacted for good behind a tick."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import commenting
from survey.commenting import CannotRedact
from survey.language import Text, text
from survey.web.access import ClosedWave, Evaluator, closed_wave, store
from survey.web.evaluators import forms, words
from survey.web.evaluators.forms import RedactForm
from survey.web.evaluators.speaking import spoken

ON_A_PAGE = 200
LONGEST_SEARCH = 200
UNSURE = text("tick this box first: what is overwritten cannot be brought back")
NO_CHOICE = text("choose whether a part or the whole comment is overwritten")
PART_AND_WHOLE = text(
    "a part is written here, but the whole comment is chosen; empty this, or choose the part"
)
PART, WHOLE = "part", "whole"
NO_PART = text("write here what should be redacted, as it stands in the comment")


def add_to(blueprint: Blueprint) -> None:
    """The addresses of comments."""
    blueprint.get("/waves/<wave_id>/comments")(show_comments)
    blueprint.get("/waves/<wave_id>/comments/<item>/<place>")(ask_to_redact)
    blueprint.post("/waves/<wave_id>/comments/<item>/<place>")(redact)


@closed_wave
def show_comments(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The comments by question, those with `?q=` in them; `?from=` begins further down in the list."""
    sought = request.args.get("q", "")[:LONGEST_SEARCH]
    found = commenting.comments(store(), closed.wave.id, sought, evaluator.waves)
    start = max(0, request.args.get("from", 0, type=int))
    number = sum(len(one.comments or ()) for one in found)
    return render_template(
        "evaluators/comments.html", wave=closed.wave, words=words, sought=sought, number=number,
        asked=_page(found, start), start=start, step=ON_A_PAGE, done="done" in request.args,
        named=closed.wave.mode == "named",
    )  # fmt: skip


def _page(
    found: list[commenting.Asked], start: int
) -> list[tuple[commenting.Asked, list[commenting.Comment]]]:
    """Each question with those of its comments that are on the page which begins at `start`."""
    every = [comment for one in found for comment in one.comments or ()][start : start + ON_A_PAGE]
    return [(one, [comment for comment in every if comment.item == one.item.id]) for one in found]


@closed_wave
def ask_to_redact(evaluator: Evaluator, closed: ClosedWave, item: str, place: str) -> ResponseReturnValue:
    """One comment, and what redacting it does."""
    return _asked(evaluator, closed, item, place, RedactForm())


@closed_wave
def redact(evaluator: Evaluator, closed: ClosedWave, item: str, place: str) -> ResponseReturnValue:
    """With the tick the comment, or a part of it, is overwritten."""
    form = RedactForm()
    part = (form.part.data or "").strip()
    problems = _problems(form, part)
    if not problems:
        try:
            commenting.redact(
                store(),
                closed.wave.id,
                item,
                place,
                part if form.what.data == PART else None,
                evaluator.email,
                datetime.now(UTC),
            )
            return redirect(url_for("evaluators.show_comments", wave_id=closed.wave.id, done=1), 303)
        except CannotRedact as refusal:
            problems["part"] = refusal.text
    return _asked(evaluator, closed, item, place, form, problems)


def _problems(form: RedactForm, part: str) -> dict[str, Text]:
    """What is missing or contradicts itself: there is no way back from a misunderstanding."""
    found = {} if form.sure.data else {"sure": UNSURE}
    if form.what.data not in (PART, WHOLE):
        found["what"] = NO_CHOICE
    elif (form.what.data == PART) != bool(part):
        found["part"] = NO_PART if form.what.data == PART else PART_AND_WHOLE
    return found


def _asked(
    evaluator: Evaluator,
    closed: ClosedWave,
    item: str,
    place: str,
    form: RedactForm,
    problems: dict[str, Text] | None = None,
) -> ResponseReturnValue:
    comment = commenting.comment(store(), closed.wave.id, item, place, evaluator.waves)
    if problems:
        forms.tell(form, problems, spoken())
    page = render_template(
        "evaluators/redact.html", wave=closed.wave, words=words, form=form, comment=comment,
        question=closed.questionnaire.item(item),
    )  # fmt: skip
    return page, 422 if problems else 200
