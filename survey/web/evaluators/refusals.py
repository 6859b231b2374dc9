"""What the evaluators' pages say when something cannot be had: a page with the reason and the way on."""

from collections.abc import Mapping

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from survey.changes import NotComparable
from survey.charts import DoesNotFit, NoChart, NoSuchSheet, UnknownBreakdown, UnknownChart
from survey.commenting import NoSuchComment
from survey.enrolling import NoSuchPerson, PlanChanged
from survey.exporting import Elsewhere, NotOffered, TooFewToTake
from survey.exports.answers.binary import ExtraMissing
from survey.exports.answers.workbook import TooManyRows
from survey.exports.report.styles import BadTemplate
from survey.filing import UnknownFile
from survey.gallery import DrawingBusy, DrawingFailed
from survey.handing.batches import UnknownBatch
from survey.indicators.beside import NoSuchGroup
from survey.inviting import WrongState
from survey.language import Refusal, Text, text
from survey.partnering import UnknownPartnerPage
from survey.shelf import UnknownQuestionnaire
from survey.store import DatabaseBusy
from survey.store.connection import ClosingElsewhere
from survey.store.evaluators import SignInRefused
from survey.store.releases import NotClosedYet
from survey.store.waves import UnknownWave
from survey.supplementing import CannotSupplement
from survey.uploads import UploadGone
from survey.web.access import WholeWavesOnly
from survey.web.evaluators.drawing import TooManySheets
from survey.web.evaluators.speaking import spoken

STATUS: Mapping[type[Refusal], int] = {
    UnknownWave: 404,
    NoSuchGroup: 404,
    UnknownQuestionnaire: 404,
    WrongState: 409,
    ClosingElsewhere: 409,
    UnknownChart: 404,
    UnknownBreakdown: 404,
    NoChart: 404,
    DoesNotFit: 409,
    NoSuchSheet: 404,
    TooManySheets: 409,
    UnknownFile: 404,
    UnknownBatch: 404,
    UnknownPartnerPage: 404,
    NotClosedYet: 409,
    NotComparable: 409,
    CannotSupplement: 409,
    BadTemplate: 500,
    SignInRefused: 403,
    WholeWavesOnly: 403,
    NoSuchPerson: 404,
    NoSuchComment: 404,
    PlanChanged: 409,
    UploadGone: 410,
    NotOffered: 403,
    TooFewToTake: 403,
    ExtraMissing: 501,
    TooManyRows: 409,
    Elsewhere: 503,
    DatabaseBusy: 503,
    DrawingBusy: 503,
    DrawingFailed: 500,
}
UNKNOWN_PAGE = text("this page does not exist; the list of waves leads to all that do")
TOO_LARGE = text("what was sent is too large to be taken; a list of people may have 20 MB: split it")
FOREIGN_FORM = text(
    "the form was not accepted, because your browser did not send back the cookie of this site or the page "
    "was older than your session; allow the cookie, open the page again and repeat"
)


def add_to(blueprint: Blueprint) -> None:
    """The pages for everything that the views below refuse."""
    blueprint.register_error_handler(Refusal, _refused)
    blueprint.register_error_handler(NotFound, lambda _: _page(UNKNOWN_PAGE, 404))
    blueprint.register_error_handler(RequestEntityTooLarge, lambda _: _page(TOO_LARGE, 413))
    blueprint.register_error_handler(CSRFError, lambda _: _page(FOREIGN_FORM, 400))


def _refused(refusal: Refusal) -> ResponseReturnValue:
    status = next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 400)
    return _page(refusal.text, status, new_link=isinstance(refusal, SignInRefused))


def _page(why: Text, status: int, new_link: bool = False) -> ResponseReturnValue:
    said = spoken()(why)
    return render_template(
        "evaluators/refused.html", why=said[:1].upper() + said[1:], new_link=new_link
    ), status
