"""What went wrong -> the page that says so. Two tables: our own refusals, and HTTP's.

The evaluators' pages have refusals of their own; what nobody else answers comes here.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from survey.answering import (
    AlreadyAnswered,
    DatabaseBusy,
    NotYetOpen,
    UnknownLink,
    WaveClosed,
    today_of,
)
from survey.definitions.model import Mode
from survey.handing.open_links import AllTaken, TooManyStarts, UnknownOpenLink
from survey.language import Refusal, Text, text
from survey.partnering import PartnerPageExpired, PartnerPageRevoked, UnknownPartnerPage
from survey.store.waves import UnknownWave, Wave
from survey.web.public.fields import Sent
from survey.web.public.kept import Typed
from survey.web.public.late import typed
from survey.web.public.present import RETRY_AFTER, interface_language, pages, sent_fields, show

SEND_AGAIN = text("Send my answers again")


@dataclass(frozen=True)
class Said:
    """A status, a title and sentences.

    `sent` is what can be sent once more with a button that says `again`, `copy` the address of a copy of
    what was sent, `wave` the wave whose privacy notice the page leads to; `over`: nothing can be sent by
    this link any more; `typed` is what was sent and is not stored.
    """

    status: int
    title: Text
    lines: tuple[Text, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: Sent | None = None
    copy: str | None = None
    wave: Wave | None = None
    again: Text = SEND_AGAIN
    over: bool = False
    typed: Typed = ()


HELP = text("If you need help, reply to the message that brought you the link.")


def handle(app: Flask) -> None:
    """Give the application its error pages and keep personal links out of its log."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _failed)
    app.logger.addFilter(MASK)


def _refused(refusal: Refusal) -> Response:
    """Refusals without a page of their own are faults of the instance: respondents cannot mend them."""
    make = next((make for kind, make in REFUSALS.items() if isinstance(refusal, kind)), None)
    if make is None:
        current_app.logger.error("a personal link could not be honoured", exc_info=refusal)
    said = make(refusal) if make else FAILURES[500]
    return _page(said, getattr(refusal, "language", None))


def _failed(failure: HTTPException) -> Response:
    code = failure.code or 500
    said = FAILURES.get(code) or FAILURES[500 if code >= 500 else 400]
    kept = {name: value for name, value in failure.get_headers() if name in ("Allow", "Retry-After")}
    return _page(Said(code, said.title, said.lines, {**said.headers, **kept}))


def _page(said: Said, invited: str | None = None) -> Response:
    spoken, values = interface_language(invited), (said.sent, said.copy, said.wave, said.again)
    page = pages().message(spoken, said.title, said.lines, *values, said.over, said.typed)
    return show(page, said.status, dict(said.headers))


def _unknown_link(_: Any) -> Said:
    return Said(
        404,
        text("This link does not work"),
        (
            text("It may be incomplete: some mail programs break long links into two lines."),
            text("Please open it from the invitation again, or copy it whole into the address bar."),
            HELP,
        ),
    )


def _spent(refusal: AlreadyAnswered) -> Said:
    """410 where a used link is opened; 409 where it is used again: what was sent first stays."""
    copy = f"{request.path}/copy" if refusal.wave.mode is Mode.NAMED else None
    if request.method == "POST":
        unchanged = text(
            "They were received before; what came first counts, and nothing was changed just now."
        )
        lines = (unchanged, text("You can close this page."))
        title = text("Your answers had already arrived")
        return Said(409, title, lines, copy=copy, wave=refusal.wave, over=True)
    return Said(
        410,
        text("This link has already been used"),
        (
            text("The answers sent with it have arrived. A link works once, so nothing else is needed."),
            text("It was not you? Then somebody else has used your link: please tell us."),
            HELP,
        ),
        copy=copy,
        wave=refusal.wave,
        over=True,
    )


def _early(refusal: NotYetOpen) -> Said:
    opens = refusal.wave.opens
    when = (
        text("You can answer from {day} on, with this same link.", day=opens)
        if opens
        else text("You will be able to answer with this same link as soon as it opens.")
    )
    return Said(403, text("This questionnaire is not open yet"), (when, HELP), wave=refusal.wave)


def _closed(refusal: WaveClosed) -> Said:
    """Whoever has just sent something must not believe that it counts."""
    wave, title = refusal.wave, text("This questionnaire has closed")
    lines = (*_end(wave), text("Thank you for your interest."), HELP)
    if request.method != "POST":
        return Said(410, title, lines, wave=wave, over=True)
    late = text("What was sent just now came too late and is not stored.")
    sent = typed((request.view_args or {})["link"])
    return Said(410, title, (late, *lines), wave=wave, over=True, typed=sent)


def _end(wave: Wave) -> Iterator[Text]:
    """When answers were taken, and what was begun by then."""
    ended = _last_day(wave)
    yield text("Answers were taken until {day}.", day=ended) if ended else text("It takes no more answers.")
    if wave.state == "open" and wave.grace and wave.taken_until:
        until = wave.taken_until.astimezone(ZoneInfo(wave.timezone))
        yield text("A form that was opened by then is taken until {moment} ({zone}).",
                   moment=until, zone=wave.timezone)  # fmt: skip


def _no_such_wave(_: Any) -> Said:
    return FAILURES[404]


def _last_day(wave: Wave) -> date | None:
    """The last day on which answers were taken: the closing day, or the day it was closed earlier."""
    if wave.state == "open":
        return wave.closes
    if wave.closed_at is None:
        return None
    return min(filter(None, (wave.closes, today_of(wave, wave.closed_at))))


def _unknown_open_link(_: Any) -> Said:
    return Said(
        404,
        text("This address does not work"),
        (text("Please scan the code of the poster again, or ask whoever put it up."),),
    )


def _all_taken(_: AllTaken) -> Said:
    return Said(
        410,
        text("All questionnaires of this poster have been handed out"),
        (
            text("As many as were prepared have been started, so none is left for you. Nothing went wrong."),
            text("Would you like to answer? Please tell whoever put the poster up: more can be prepared."),
        ),
    )


def _many_starts(_: TooManyStarts) -> Said:
    waiting = text("Many people are starting at this moment. Wait a few seconds, then try again.")
    return Said(
        429, text("Please try again shortly"), (waiting,), RETRY_AFTER, sent_fields(), again=text("Start")
    )


ASK_AGAIN = text("If you still need the results, please ask whoever sent you the address.")


def _unknown_partner_page(_: Any) -> Said:
    return Said(
        404,
        text("This address does not work"),
        (
            text("It may be incomplete: some mail programs break long addresses into two lines."),
            text("Please copy it whole into the address bar."),
            ASK_AGAIN,
        ),
    )


def _expired_partner_page(refusal: PartnerPageExpired) -> Said:
    until = text("These results could be read here until {day}.", day=refusal.page.expires)
    return Said(410, text("This page has expired"), (until, ASK_AGAIN))


def _revoked_partner_page(_: Any) -> Said:
    ended = text("Whoever made it has ended it before its time.")
    return Said(410, text("This page was withdrawn"), (ended, ASK_AGAIN))


def _busy(_: Any) -> Said:
    """The answers travel in the page, so that nothing typed is lost even before the wave was looked up."""
    waiting = text("The server is busy at the moment. Please try again in a few seconds.")
    if request.method != "POST":
        return Said(503, text("Please try again shortly"), (waiting,), RETRY_AFTER)
    kept = text("Your answers are not stored yet, but nothing is lost: the button sends them again.")
    return Said(503, text("Please send your answers again"), (waiting, kept), RETRY_AFTER, sent_fields())


REFUSALS: Final[Mapping[type[Refusal], Callable[[Any], Said]]] = {
    UnknownLink: _unknown_link,
    AlreadyAnswered: _spent,
    NotYetOpen: _early,
    WaveClosed: _closed,
    UnknownWave: _no_such_wave,
    UnknownOpenLink: _unknown_open_link,
    AllTaken: _all_taken,
    TooManyStarts: _many_starts,
    UnknownPartnerPage: _unknown_partner_page,
    PartnerPageExpired: _expired_partner_page,
    PartnerPageRevoked: _revoked_partner_page,
    DatabaseBusy: _busy,
}

FAILURES: Final[Mapping[int, Said]] = {
    400: Said(
        400, text("This request could not be read"), (text("Please go back, reload the page and try again."),)
    ),
    404: Said(
        404,
        text("There is no page here"),
        (text("If you came by a personal link, please open it from the invitation again."),),
    ),
    405: Said(
        405, text("This cannot be done here"), (text("Please open the link from the invitation again."),)
    ),
    413: Said(
        413,
        text("This is too much to receive"),
        (text("What was sent is larger than any answer can be. Nothing was stored."),),
    ),
    500: Said(
        500,
        text("Something went wrong on our side"),
        (
            text("The fault is recorded and nothing of what you sent was stored by halves."),
            text("Please try again later with the same link."),
        ),
    ),
    503: Said(503, text("Please try again shortly"), (), RETRY_AFTER),
}


class MaskedLinks(logging.Filter):
    """Takes addresses that are secrets out of the log: whoever reads it must not be able to use them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask every link in the record's message; never drops a record."""
        record.msg = re.sub(r"/(a|o|u|p|sign-in)/[^/\s?]+", r"/\1/...", record.getMessage())
        record.args = ()
        return True


MASK = MaskedLinks()
