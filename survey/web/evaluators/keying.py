"""Answers on paper, keyed in: the sheet's code, the questions, once or twice, the differences, stored.

Nothing is kept between the steps but in the form itself, signed: no draft, no log, no time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import definitions, keying
from survey.answering import AlreadyAnswered, NotYetOpen, UnknownLink, WaveClosed
from survey.codes import MistypedCode
from survey.definitions.model import Item, Mode, Questionnaire
from survey.handing.batches import UnknownBatch
from survey.handing.codes import TooManyCodes, UnknownCode
from survey.keying import Fields, Keying, NoPaperLeft, NotOfWave, Sheet
from survey.language import Text, text
from survey.store.handed import Way
from survey.store.waves import Wave
from survey.submission import Answers, FieldProblem, InvalidSubmission
from survey.tokens import Carrier
from survey.web.access import Evaluator, known_wave
from survey.web.evaluators import words
from survey.web.evaluators.partners import batch_rows
from survey.web.evaluators.speaking import spoken

ITEM = "item."
"""Before an item's id: the field of its answer."""
CHOSEN = "chosen."
"""Before an item's id: which of two keyings is right."""
SAYABLE = (AlreadyAnswered, MistypedCode, NoPaperLeft, NotOfWave, NotYetOpen, TooManyCodes, UnknownBatch,
           UnknownCode, UnknownLink, WaveClosed)  # fmt: skip
"""What the page with the code says by itself."""
USED = text(
    "the answers of this link or code were received already, so this sheet is not stored: what came first "
    "counts"
)


@dataclass(frozen=True)
class Pass:
    """One step of keying: the sheet, what was typed, and what the form carries on.

    `sheet_of` is what leads to the sheet again: a link, or `batch:` and an id. `twice`: a second keying is
    wanted; `first` holds the first one, packed ("" while it is being typed).
    """

    wave: Wave
    sheet: Sheet
    sheet_of: str
    twice: bool
    first: str = ""

    @property
    def questionnaire(self) -> Questionnaire:
        """The wave's questionnaire."""
        return self.sheet.door.questionnaire


def add_to(blueprint: Blueprint) -> None:
    """The addresses of keying, all of them guarded."""
    blueprint.get("/waves/<wave_id>/keying")(keying_page)
    blueprint.post("/waves/<wave_id>/keying")(key)


def journey() -> Keying:
    """The journey of keying of this application."""
    return cast(Keying, current_app.extensions["keying"])


def carrier() -> Carrier:
    """What packs a first keying."""
    return cast(Carrier, current_app.extensions["carrier"])


@known_wave
def keying_page(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Where the code of the next sheet is typed; `?stored=` says that the last one is stored."""
    left_out = request.args.get("unasked", "")
    return _begin(wave, stored="stored" in request.args, unasked=int(left_out) if left_out.isdecimal() else 0)


@known_wave
def key(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """One step: from the code to the questions, from the first keying to the second, to what is stored."""
    form = request.form
    try:
        now = _pass(wave)
        if form.get("step") == "begin":
            return _questions(now, {})
        if form.get("step") == "choose":
            return _settle(now)
        return _keyed(now)
    except SAYABLE as refused:
        said = USED if isinstance(refused, AlreadyAnswered) else refused.text
        return _begin(wave, problem=said, status=409 if isinstance(refused, AlreadyAnswered) else 422)


def _pass(wave: Wave) -> Pass:
    """What the form leads to. Raises one of SAYABLE."""
    of = request.form.get("sheet", "") or request.form.get("typed", "")
    batch = of.removeprefix("batch:") if of.startswith("batch:") else ""
    if batch:
        sheet = journey().unnamed(wave.id, _batch_id(batch))
    else:
        sheet = journey().sheet(wave.id, of, monotonic())
        of = journey().link(sheet)
    return Pass(wave, sheet, of, bool(request.form.get("twice")), request.form.get("first", ""))


def _batch_id(batch: str) -> bytes:
    try:
        return bytes.fromhex(batch)
    except ValueError:
        raise UnknownBatch from None


def _keyed(now: Pass) -> ResponseReturnValue:
    typed = _typed(now.questionnaire, ITEM)
    as_it_is = bool(request.form.get("as_it_is"))
    try:
        answers = keying.read(now.questionnaire, typed, as_it_is)
    except InvalidSubmission as refused:
        gaps = keying.left_empty(refused, now.questionnaire, typed)
        return _questions(now, typed, refused.problems, gaps)
    if not now.twice:
        return _store(now, answers, typed)
    if not now.first:
        return _questions(_with_first(now, typed), {})
    first = _unpacked(now, now.first)
    differing = keying.differing(now.questionnaire, _read(now, first), answers)
    return _differences(now, differing, first, typed) if differing else _store(now, answers, typed)


def _settle(now: Pass) -> ResponseReturnValue:
    first, second = _unpacked(now, now.first), _unpacked(now, request.form.get("second", ""))
    differing = keying.differing(now.questionnaire, _read(now, first), _read(now, second))
    chosen = {item.id: request.form.get(CHOSEN + item.id, "") for item in differing}
    try:
        typed = keying.settled(differing, first, second, chosen)
        return _store(now, _read(now, typed), typed)
    except InvalidSubmission as refused:
        return _differences(now, differing, first, second, refused.problems, chosen)


def _read(now: Pass, typed: Fields) -> Answers:
    """Answers that were judged before: what was found empty then may be so now."""
    return keying.read(now.questionnaire, typed, as_it_is=True)


def _store(now: Pass, answers: Answers, typed: Fields) -> ResponseReturnValue:
    journey().store(now.sheet, answers, datetime.now(UTC))
    unasked = keying.unasked(answers, typed)
    told = {"stored": "1"} | ({"unasked": str(unasked)} if unasked else {})
    told |= {"batch": now.sheet_of} if now.sheet.batch else {}
    told |= {"twice": "1"} if now.twice else {}
    page = url_for("evaluators.keying_page", wave_id=now.wave.id)
    return redirect(f"{page}?{urlencode(told)}", 303)


def _with_first(now: Pass, typed: Fields) -> Pass:
    return Pass(now.wave, now.sheet, now.sheet_of, now.twice, _packed(now, typed))


def _packed(now: Pass, typed: Fields) -> str:
    return carrier().packed(now.sheet.binding, now.wave.sha256, typed)


def _unpacked(now: Pass, packed: str) -> dict[str, list[str]]:
    return carrier().unpacked(now.sheet.binding, now.wave.sha256, packed)


def _typed(questionnaire: Questionnaire, prefix: str) -> dict[str, list[str]]:
    """What was typed for each item, as a respondent's form would send it."""
    sent = {item.id: request.form.getlist(prefix + item.id) for item in questionnaire.items}
    return {name: [value for value in values if value] for name, values in sent.items() if any(values)}


def _begin(
    wave: Wave, problem: Text | None = None, status: int = 200, stored: bool = False, unasked: int = 0
) -> ResponseReturnValue:
    from_form = request.method == "POST"
    questionnaire = definitions.load(wave.definition, wave.id)
    rows = [row for row in batch_rows(wave, questionnaire, spoken()) if row.batch.way is Way.PAPER]
    said = spoken()(problem) if problem else ""
    return render_template(
        "evaluators/keying.html", wave=wave, words=words, rows=rows, problem=said[:1].upper() + said[1:],
        stored=stored, unasked=unasked, typed="",
        batch=request.form.get("sheet", "") if from_form else request.args.get("batch", ""),
        twice=bool(request.form.get("twice") if from_form else request.args.get("twice")),
        named=wave.mode is Mode.NAMED,
    ), status  # fmt: skip


def _questions(
    now: Pass, typed: Fields, problems: Sequence[FieldProblem] = (), gaps: bool = False
) -> ResponseReturnValue:
    """The questions of a sheet; after a problem with all that was typed still in place."""
    page = render_template(
        "evaluators/keying_form.html", wave=now.wave, words=words, now=now, typed=typed, gaps=gaps,
        questionnaire=now.questionnaire, numbers=_numbers(now.questionnaire),
        problems={one.item: one.text for one in problems},
    )  # fmt: skip
    return page, 422 if problems else 200


def _differences(
    now: Pass,
    differing: Sequence[Item],
    first: Fields,
    second: Fields,
    problems: Sequence[FieldProblem] = (),
    chosen: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "evaluators/keying_differences.html", wave=now.wave, words=words, now=now,
        differing=differing, first=first, second=second, numbers=_numbers(now.questionnaire),
        second_packed=_packed(now, second), problems={one.item: one.text for one in problems},
        chosen=chosen or {}, in_words=in_words,
    )  # fmt: skip
    return page, 422 if problems else 200


def in_words(item: Item, values: Sequence[str]) -> str:
    """One keyed answer as a reader sees it on the paper."""
    t = spoken()
    labels = {**item.labels, **({"DK": item.not_applicable} if item.not_applicable else {})}
    return "; ".join(t.choose(labels[one]) if one in labels else one for one in values) or t(
        text("no answer")
    )


def _numbers(questionnaire: Questionnaire) -> dict[str, int]:
    return {item.id: number for number, item in enumerate(questionnaire.items, 1)}
