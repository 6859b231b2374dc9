"""The report of a closed wave: its preview, and its files in Word and HTML, in both languages."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.exports.report.model import Picture
from survey.exports.report.pages import body
from survey.language import INTERFACE, language
from survey.reporting import FORMS, Asked, Made, Reporter
from survey.store import audit
from survey.web.access import ClosedWave, Evaluator, closed_wave, gallery, log, settings, store
from survey.web.evaluators import words
from survey.web.evaluators.drawing import asked_language, file_reply
from survey.web.evaluators.speaking import spoken

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The file carries its style and its charts inside, and loads nothing."""


def add_to(blueprint: Blueprint) -> None:
    """The addresses of the report."""
    blueprint.get("/waves/<wave_id>/report")(show_report)
    blueprint.get("/waves/<wave_id>/report.<any(docx,html):form>")(report_file)
    blueprint.get("/waves/<wave_id>/report/charts/<what>.svg")(report_picture)


def reporter() -> Reporter:
    """What makes the reports of this instance."""
    return Reporter(store(), gallery(), settings())


def _asked(evaluator: Evaluator, closed: ClosedWave, lang: str) -> Asked:
    return Asked(closed.wave.id, lang, request.args.get("baseline") or None, evaluator.waves)


@closed_wave
def show_report(evaluator: Evaluator, closed: ClosedWave) -> ResponseReturnValue:
    """The preview in the page's language, with the files and the choice of the wave to compare with."""
    asked = _asked(evaluator, closed, spoken().code)
    made = reporter().make(asked)

    def address(which: Picture) -> str:
        return url_for(
            "evaluators.report_picture", wave_id=closed.wave.id, what=which.what, by=which.by,
            baseline=asked.baseline, lang=asked.lang,
        )  # fmt: skip

    return render_template(
        "evaluators/report.html",
        wave=closed.wave,
        words=words,
        report=made.report,
        body=body(made.report, address),
        files=[(language(code), form) for code in INTERFACE for form in FORMS],
        baselines=reporter().baselines(asked),
        baseline=asked.baseline,
        compared=made.facts.changes.earlier.results.wave if made.facts.changes else "",
    )


@closed_wave
def report_file(evaluator: Evaluator, closed: ClosedWave, form: str) -> ResponseReturnValue:
    """The report as a file, in the language `?lang=`, compared with `?baseline=`; each download is logged."""
    making, lang = reporter(), asked_language()
    made = making.make(_asked(evaluator, closed, lang))
    etag = making.etag(made, form)
    if request.if_none_match.contains(etag):
        return _kept(Response(status=304), etag)
    response = Response(making.file(made, form), content_type=TYPES[form])
    name = f"{closed.wave.id}-report-{lang}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    log(evaluator, audit.EXPORTED, closed.wave, f"report.{lang}.{form}")
    return _kept(response, etag)


@closed_wave
def report_picture(evaluator: Evaluator, closed: ClosedWave, what: str) -> ResponseReturnValue:
    """A chart of the report as it stands in it."""
    making = reporter()
    made = making.make(_asked(evaluator, closed, asked_language()))
    which = _picture(made, what, request.args.get("by"))
    etag = made.order(which, "svg").etag
    if request.if_none_match.contains(etag):
        return _kept(file_reply(b"", "svg"), etag, 304)
    return _kept(file_reply(making.picture(made, which, "svg"), "svg"), etag)


def _picture(made: Made, what: str, by: str | None) -> Picture:
    """The report's figure of that name; 404 where it has none."""
    found = [one for one in made.report.pictures if (one.what, one.by) == (what, by)]
    return found[0] if found else abort(404)


def _kept(response: Response, etag: str, status: int | None = None) -> Response:
    response.status_code = status or response.status_code
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers.setdefault("Content-Security-Policy", POLICY)
    return response
