"""The files of a closed wave: results, all charts, open data, evidence; made, shown how far, taken."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import wrap_file

from survey import filing
from survey.charts import FORMATS, ORDINARY, OWN, SIZES
from survey.exports.results.opendata import About
from survey.filing import FILES, WITH_FRAME, Closed, HowFar, Wanted
from survey.language import INTERFACE, Text, language, text
from survey.store import audit
from survey.web.access import ClosedWave, Evaluator, closed_wave, gallery, log, settings, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_frame, asked_language
from survey.web.evaluators.speaking import spoken

LOOK_AGAIN = 3
"""Seconds after which the page of a file that is being made looks again by itself."""
LARGE = 1_000_000
"""Bytes above which a file is not held in memory."""
TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
}
SIZE_LABELS: dict[str, Text] = {
    OWN: text("as each chart needs"),
    **{name: one.label for name, one in SIZES.items()},
}


def add_to(blueprint: Blueprint) -> None:
    """The addresses of files."""
    blueprint.get("/waves/<wave_id>/files")(show_files)
    blueprint.get("/waves/<wave_id>/files/<what>")(wave_file)
    blueprint.post("/waves/<wave_id>/files/<what>")(make_file)


@dataclass(frozen=True)
class Order:
    """A file as it was asked for, its tag, and where it is kept."""

    wanted: Wanted
    tag: str
    path: Path


@closed_wave
def show_files(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """Everything of the wave that can be taken away."""
    return render_template(
        "evaluators/files.html",
        wave=closed.wave,
        words=words,
        sizes=[(name, spoken()(label)) for name, label in SIZE_LABELS.items()],
        formats=[(form, form.upper()) for form in FORMATS],
        spoken_in=[(code, language(code).name) for code in INTERFACE],
        release_id=closed.release_id,
        license=settings().open_license,
    )


@closed_wave
def wave_file(evaluator: Evaluator, closed: ClosedWave, what: str) -> ResponseReturnValue:
    """A file, where it is made or quickly made; else how far its making is, and the button that begins it."""
    asked = _order(evaluator, closed, what)
    if request.if_none_match.contains(asked.tag):
        return _kept(Response(status=304), asked.tag)
    if not asked.path.exists() and not FILES[what].long:
        filing.made(_closed(closed), settings(), asked.wanted, asked.tag, lambda some, _n, _what: some)
    if asked.path.exists() and "look" not in request.args:
        response = _sent(asked, closed)
        log(evaluator, audit.EXPORTED, closed.wave, asked.wanted.name)
        return response
    return _waiting(closed, asked, filing.how_far(asked.path))


@closed_wave
def make_file(evaluator: Evaluator, closed: ClosedWave, what: str) -> ResponseReturnValue:
    """Begin to make a file, unless it is there or being made."""
    asked = _order(evaluator, closed, what)
    if FILES[what].long and not asked.path.exists():
        filing.begin(settings(), closed.wave.id, asked.wanted, asked.path)
    return redirect(_address(closed, asked, look=1), 303)


def _order(evaluator: Evaluator, closed: ClosedWave, what: str) -> Order:
    """What is asked for by the address; 404 for what there is not."""
    form = request.values.get("format", "png")
    if what not in FILES or form not in FORMATS:
        abort(404)
    frame = asked_frame() if what in WITH_FRAME else ORDINARY
    linked = filing.sees_linked(store(), closed.wave, evaluator.waves)
    wanted = Wanted(what, asked_language(), form if what in WITH_FRAME else "png", frame, linked)
    tag = filing.etag(wanted, closed.release_id, _about())
    return Order(wanted, tag, filing.place(settings(), closed.wave.id, wanted, tag))


def _about() -> About:
    return About(settings().organizer, settings().open_license, settings().open_area)


def _closed(closed: ClosedWave) -> Closed:
    return filing.closed(store(), settings(), closed.wave.id, gallery())


def _address(closed: ClosedWave, asked: Order, **more: int) -> str:
    wanted, frame = asked.wanted, asked.wanted.frame
    values: dict[str, Any] = {"wave_id": closed.wave.id, "what": wanted.what, "lang": wanted.lang, **more}
    if wanted.what in WITH_FRAME:
        values |= {"format": wanted.form, "size": frame.size}
        values |= {"title": int(frame.title), "caption": int(frame.caption)}
    return url_for("evaluators.wave_file", **values)


def _waiting(closed: ClosedWave, asked: Order, far: HowFar) -> Response:
    """How far it is; looks again by itself, unless `?still=1` asks for quiet."""
    still, ready = "still" in request.args, asked.path.exists()
    page = render_template(
        "evaluators/file.html",
        wave=closed.wave,
        words=words,
        kind=FILES[asked.wanted.what],
        name=f"{closed.wave.id}-{asked.wanted.name}",
        far=far,
        ready=ready,
        still=still,
        seconds=LOOK_AGAIN,
        address=_address(closed, asked),
        again=_address(closed, asked, look=1, still=1),
        size=asked.path.stat().st_size if ready else 0,
    )
    response = make_response(page)
    if far.busy and not ready and not still:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def _sent(asked: Order, closed: ClosedWave) -> Response:
    """The file; a large one is read as it is sent. Its length is said, so that a cut is seen."""
    size = asked.path.stat().st_size
    if size <= LARGE:
        response = Response(asked.path.read_bytes())
    else:
        body = asked.path.open("rb")
        response = Response(wrap_file(request.environ, body), direct_passthrough=True)
        response.content_length = size
        response.call_on_close(body.close)
    response.content_type = TYPES[asked.path.suffix]
    name = f"{closed.wave.id}-{asked.wanted.name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept(response, asked.tag)


def _kept(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
