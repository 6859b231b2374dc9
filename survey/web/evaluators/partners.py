"""Partners, posters, letters and paper: unnamed invitations and everything that is printed of a wave.

Whatever makes links, or lists them, is a POST, because it is an act in the log; posters and blank sheets
hold nothing secret and are simply fetched.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey import definitions
from survey.cells import Values, group_values
from survey.counts import NOT_ASSIGNED
from survey.definitions.model import Mode, Questionnaire
from survey.handing import batches
from survey.handing.batches import BadCount
from survey.handing.letters import PEOPLE
from survey.handing.printing import LETTER_FILES, POSTER_FILES, Order, Press
from survey.language import Language, Text, language, text
from survey.paper import pages as printed
from survey.store import contacts, handed, invitations
from survey.store.handed import Batch, Way
from survey.store.waves import Wave
from survey.web.access import Evaluator, known_wave, store
from survey.web.evaluators import words
from survey.web.evaluators.speaking import spoken

TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
SHOWN = frozenset({"html"})
"""What is shown; everything else is saved as a file."""
GROUP = "group."
"""Before a breakdown's id: the field of its value."""
WAYS: Mapping[Way, Text] = {
    Way.LINKS: text("links for a partner"),
    Way.OPEN: text("open link"),
    Way.PAPER: text("paper without a code"),
}


@dataclass(frozen=True)
class Row:
    """A batch as the page shows it: its id in hexadecimal, its groups in words, the address of its poster."""

    id: str
    batch: Batch
    groups: str
    started: Text


def add_to(blueprint: Blueprint) -> None:
    """The addresses of these pages, all of them guarded."""
    blueprint.get("/waves/<wave_id>/partners")(partners)
    blueprint.post("/waves/<wave_id>/partners")(make_batch)
    blueprint.post("/waves/<wave_id>/partners/<batch_id>/add")(enlarge_batch)
    blueprint.post("/waves/<wave_id>/partners/<batch_id>/withdraw")(withdraw_batch)
    blueprint.post("/waves/<wave_id>/partners/<batch_id>/links")(links_file)
    blueprint.get("/waves/<wave_id>/partners/<batch_id>/poster.<form>")(poster_file)
    blueprint.get("/waves/<wave_id>/letters")(letters)
    blueprint.post("/waves/<wave_id>/letters")(letters_file)
    blueprint.get("/waves/<wave_id>/paper.<form>")(paper_file)


def press() -> Press:
    """What prints for this application."""
    return cast(Press, current_app.extensions["press"])


@known_wave
def partners(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Links for partners, open links and paper: what was made, and forms to make more."""
    questionnaire = definitions.load(wave.definition, wave.id)
    return render_template(
        "evaluators/partners.html",
        wave=wave,
        words=words,
        rows=batch_rows(wave, questionnaire, spoken()),
        columns=_columns(wave, questionnaire),
        ways=WAYS if wave.mode is Mode.ANONYMOUS else {Way.LINKS: WAYS[Way.LINKS]},
        takes=wave.state in ("draft", "open"),
    )


@known_wave
def make_batch(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Make unnamed invitations of one group."""
    way = next((one for one in Way if one == request.form.get("way")), None)
    if way is None:
        abort(400)
    groups = _groups(definitions.load(wave.definition, wave.id))
    keys = current_app.extensions["rooms"].mark_keys
    batches.make(store(), keys, wave.id, way, groups, _count(), evaluator.email, datetime.now(UTC))
    return _back(wave)


@known_wave
def enlarge_batch(evaluator: Evaluator, wave: Wave, batch_id: str) -> ResponseReturnValue:
    """Add invitations to a batch."""
    keys = current_app.extensions["rooms"].mark_keys
    batches.enlarge(store(), keys, wave.id, _id(batch_id), _count(), evaluator.email, datetime.now(UTC))
    return _back(wave)


@known_wave
def withdraw_batch(evaluator: Evaluator, wave: Wave, batch_id: str) -> ResponseReturnValue:
    """Withdraw an open link."""
    batches.withdraw(store(), wave.id, _id(batch_id), evaluator.email, datetime.now(UTC))
    return _back(wave)


@known_wave
def links_file(evaluator: Evaluator, wave: Wave, batch_id: str) -> ResponseReturnValue:
    """The links of a batch for a mail merge."""
    form, now = request.form.get("form", ""), datetime.now(UTC)
    body = press().merge_file(wave.id, _id(batch_id), form, evaluator.email, now)
    return _file(body, f"{wave.id}-links", form)


@known_wave
def poster_file(evaluator: Evaluator, wave: Wave, batch_id: str, form: str) -> ResponseReturnValue:
    """The poster of an open link, or its QR code."""
    if form not in POSTER_FILES:
        abort(404)
    with store().read() as db:
        batch = batches.of_wave(db, wave.id, _id(batch_id))
    if batch.way is not Way.OPEN:
        abort(404)
    return _file(press().poster(wave.id, batch, form), f"{wave.id}-poster", form)


@known_wave
def letters(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Choose whom letters, or sheets with codes, go to; fetch the blank sheet."""
    questionnaire = definitions.load(wave.definition, wave.id)
    with store().read() as db:
        people = bool(contacts.of_wave(db, wave.id))
    rows = [row for row in batch_rows(wave, questionnaire, spoken()) if row.batch.way is not Way.OPEN]
    return render_template(
        "evaluators/letters.html",
        wave=wave,
        words=words,
        people=PEOPLE if people else {},
        rows=rows,
        ways=WAYS,
        offered=questionnaire.languages,
        forms=LETTER_FILES,
        language_of=language,
    )


@known_wave
def letters_file(evaluator: Evaluator, wave: Wave) -> ResponseReturnValue:
    """Letters, or sheets with codes."""
    asked = request.form
    order = Order(
        what="sheets" if asked.get("what") == "sheets" else "letters",
        whom=asked.get("whom", ""),
        language=asked.get("language", ""),
        form=asked.get("form", ""),
        give_back=asked.get("give_back", "").strip()[:200],
    )
    body = press().letters(wave.id, order, evaluator.email, datetime.now(UTC))
    return _file(body, f"{wave.id}-{order.what}", order.form)


@known_wave
def paper_file(evaluator: Evaluator, wave: Wave, form: str) -> ResponseReturnValue:
    """The blank questionnaire for paper, in the language `?lang=`."""
    if form not in LETTER_FILES:
        abort(404)
    code = request.args.get("lang", spoken().code)
    where = request.args.get("give_back", "").strip()[:200]
    return _file(press().sheet(wave.id, code, form, where), f"{wave.id}-paper-{code}", form)


def batch_rows(wave: Wave, questionnaire: Questionnaire, t: Language) -> list[Row]:
    """The batches of a wave, as pages show them."""
    with store().read() as db:
        found = handed.of_wave(db, wave.id)
    return [
        Row(one.id.hex(), one, _named(one.groups, questionnaire, t), _started(one, wave)) for one in found
    ]


def _named(groups: Values, questionnaire: Questionnaire, t: Language) -> str:
    named = [
        f"{t.choose(column.label)}: {value}"
        for column, value in zip(questionnaire.invited_by, groups, strict=True)
        if value != NOT_ASSIGNED
    ]
    return ", ".join(named) or t(text("no group"))


def _started(batch: Batch, wave: Wave) -> Text:
    """How many were handed out; while the wave is open in steps of the threshold, as answers are."""
    if wave.state == "closed":
        return text("{n} of {made}", n=batch.started, made=batch.made)
    steps = batch.started // wave.threshold * wave.threshold
    if not steps:
        return text("fewer than {n} of {made}", n=wave.threshold, made=batch.made)
    return text("at least {n} of {made}", n=steps, made=batch.made)


def _columns(wave: Wave, questionnaire: Questionnaire) -> list[tuple[str, Mapping[str, str], list[str]]]:
    """(id, label, values that occur) of every breakdown that invitations tell."""
    with store().read() as db:
        sizes = invitations.group_sizes(db, wave.id)
    return [
        (column.id, column.label, sorted({values[place] for values in sizes} - {NOT_ASSIGNED}))
        for place, column in enumerate(questionnaire.invited_by)
    ]


def _groups(questionnaire: Questionnaire) -> Values:
    """The group in a form; raises BadGroup."""
    asked = {column.id: request.form.get(GROUP + column.id, "") for column in questionnaire.invited_by}
    return group_values(questionnaire, {name: value for name, value in asked.items() if value.strip()})


def _count() -> int:
    """How many; raises BadCount."""
    typed = request.form.get("count", "").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 9):
        raise BadCount("{n} is no number of invitations; write a number from 1 to {most}",
                       n=repr(typed[:20]), most=batches.MOST_AT_ONCE)  # fmt: skip
    return int(typed)


def _id(batch_id: str) -> bytes:
    try:
        return bytes.fromhex(batch_id)
    except ValueError:
        raise batches.UnknownBatch from None


def _back(wave: Wave) -> ResponseReturnValue:
    return redirect(url_for("evaluators.partners", wave_id=wave.id), 303)


def _file(body: bytes, name: str, form: str) -> Response:
    """A page for printing under its own policy, or a file to be saved."""
    answer = Response(body, content_type=TYPES[form])
    if form in SHOWN:
        answer.headers["Content-Security-Policy"] = printed.policy()
    else:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
