"""The answers of a closed wave as files: what they hold and what not, the downloads, the codebook."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import wrap_file

from survey import exporting, scratch
from survey.exports.answers import formats
from survey.exports.answers.binary import is_installed
from survey.exports.answers.model import Description
from survey.exports.answers.notes import notes
from survey.exports.telling import program
from survey.exports.variables import codebook
from survey.language import Language, Text, language
from survey.store import Store
from survey.store.waves import Wave
from survey.web.access import ClosedWave, Evaluator, closed_wave, settings, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_language
from survey.web.evaluators.speaking import spoken
from survey.web.evaluators.words import Cell, Table

LARGE = 1_000_000
"""Bytes above which a file is not held in memory."""
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".zip": "application/zip",
    ".xml": "application/xml",
}
DESCRIBED = {
    f"{kind}.{form}": write
    for kind, writers in (("codebook", formats.CODEBOOK), ("ddi", formats.DDI))
    for form, write in writers.items()
}


def add_to(blueprint: Blueprint) -> None:
    """The addresses of answers and codebook."""
    blueprint.get("/waves/<wave_id>/answers")(show_answers)
    blueprint.get("/waves/<wave_id>/answers/<form>")(answers_file)
    blueprint.get("/waves/<wave_id>/described/<form>")(described_file)


@dataclass(frozen=True)
class Download:
    """One format that can be taken."""

    form: str
    label: Text


@closed_wave
def show_answers(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """What the file of answers holds and does not hold, and the downloads."""
    t, wave = spoken(), closed.wave
    refused = _refusal(closed)
    of = _description(store(), wave.id, wave.closed_at, t.code)
    number = None if refused else of.release.whole.responses
    header, *rows = codebook(of.variables, t)
    shown = [form for form, one in formats.ANSWERS.items() if is_installed() or not one.needs_extra]
    return render_template(
        "evaluators/answers.html",
        wave=wave,
        words=words,
        refused=refused,
        notes=list(notes(of, t, number)),
        codebook=_table(t("Codebook"), header, rows),
        downloads=[Download(form, formats.ANSWERS[form].label) for form in shown],
        described=list(DESCRIBED),
        complete=is_installed(),
    )


def _refusal(closed: ClosedWave) -> Text | None:
    """Why there is no file of answers; None where there is one."""
    try:
        exporting.judge(closed.wave, closed.release, closed.questionnaire)
    except (exporting.NotOffered, exporting.TooFewToTake) as refusal:
        return refusal.text
    return None


@lru_cache(maxsize=16)
def _description(of: Store, wave_id: str, _closed_at: datetime | None, lang: str) -> Description:
    """A closed wave never changes, and what its file holds takes a look at every response."""
    return exporting.description(of, wave_id, language(lang))


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return Table(caption, tuple(header), tuple(tuple(map(Cell, row)) for row in rows))


@closed_wave
def answers_file(evaluator: Evaluator, closed: ClosedWave, form: str) -> ResponseReturnValue:
    """The answers in one format, in the language `?lang=`; several files come in a ZIP."""
    if form not in formats.ANSWERS:
        abort(404)
    exporting.judge(closed.wave, closed.release, closed.questionnaire)
    t = language(asked_language())

    def write(folder: Path, stem: str) -> Path:
        made = exporting.write_apart(store(), settings(), closed.wave.id, form, folder, stem, t)
        return made[0] if len(made) == 1 else formats.packed(made, folder / f"{stem}.zip")

    return _taken(evaluator, closed, f"answers.{form}", "answers", t, write)


@closed_wave
def described_file(evaluator: Evaluator, closed: ClosedWave, form: str) -> ResponseReturnValue:
    """The codebook as CSV or XLSX, or as DDI, in the language `?lang=`."""
    if form not in DESCRIBED:
        abort(404)
    t = language(asked_language())
    kind, _, ending = form.partition(".")

    def write(folder: Path, stem: str) -> Path:
        path = folder / f"{stem}.{ending}"
        DESCRIBED[form](_description(store(), closed.wave.id, closed.wave.closed_at, t.code), path, t)
        return path

    return _taken(evaluator, closed, form, kind, t, write)


def _taken(
    evaluator: Evaluator,
    closed: ClosedWave,
    about: str,
    kind: str,
    t: Language,
    write: Callable[[Path, str], Path],
) -> Response:
    """A file that was written whole before its first byte is sent; its length is said, so a cut is seen."""
    etag = sha256(f"{closed.release_id} {about} {t.code} {program()}".encode()).hexdigest()[:32]
    if request.if_none_match.contains(etag):
        return _kept(Response(status=304), etag)
    with ExitStack() as made:
        folder = made.enter_context(scratch.folder(settings().instance, ".taken-"))
        path = write(folder, _stem(closed.wave, kind, t))
        response = _sent(path)
    exporting.note_taken(store(), closed.wave.id, about, evaluator.email, datetime.now(UTC))
    response.content_type = TYPES.get(path.suffix, "application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return _kept(response, etag)


def _sent(path: Path) -> Response:
    """A file that may be removed from its folder now: a large one is open, and read as it is sent."""
    if path.stat().st_size <= LARGE:
        return Response(path.read_bytes())
    body = path.open("rb")
    response = Response(wrap_file(request.environ, body), direct_passthrough=True)
    response.content_length = os.fstat(body.fileno()).st_size
    response.call_on_close(body.close)
    return response


def _stem(wave: Wave, kind: str, t: Language) -> str:
    return f"{wave.id}-{kind}-{t.code}"


def _kept(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
