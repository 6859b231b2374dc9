"""A message -> the mail server, over one connection that is opened once and used again.

What the server said decides what becomes of a mail: accepted; Refused, for now (4xx) or for good (5xx);
Unreachable, when nothing was accepted; Unsure, when the connection broke after the whole mail had been
handed over and before the server's reply: it may or may not have taken it.
"""

import re
import smtplib
import ssl
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.utils import localtime
from io import BytesIO
from typing import Protocol, Self

from survey.language import Refusal
from survey.mail.building import POLICY, address
from survey.settings import MailServer

TIMEOUT = 120.0
"""Seconds that a mail server gets for one reply."""
LEAVING = 421
"""The reply with which a server ends the connection."""
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")
_DOT = re.compile(rb"(?m)^\.")


class NoMail(Refusal):
    """No mail server, or no sender, is configured."""

    def __init__(self) -> None:
        super().__init__(
            "no mail can be sent: set SURVEY_SMTP_URL (smtps://user:password@host) and SURVEY_MAIL_FROM"
        )


class Refused(Refusal):
    """The server did not take a mail. `permanent`: it never will (5xx); else later perhaps (4xx)."""

    def __init__(self, permanent: bool, code: int, reason: str) -> None:
        super().__init__("the mail server refused: {code} {reason}", code=str(code), reason=reason)
        self.permanent = permanent
        self.code = code
        self.reason = reason


class Unreachable(Refusal):
    """The server cannot be reached, or does not let us in; the mail was not accepted."""

    def __init__(self, reason: str) -> None:
        super().__init__("the mail server cannot be used: {reason}", reason=reason)
        self.reason = reason


class Unsure(Unreachable):
    """The connection broke before the reply to a whole mail: the server may have accepted it."""


class PostSettings(Protocol):
    """The settings that sending needs."""

    @property
    def mail_server(self) -> MailServer | None:
        """Where mails go; None: nowhere."""

    @property
    def mail_from(self) -> str:
        """Who sends; `anna@example.org` or `Anna <anna@example.org>`; "" for nobody."""

    @property
    def mail_bounces(self) -> str:
        """The address to which delivery reports go; empty: the sender's."""


class Postman:
    """A context: connects with the first mail, connects again where the server hung up, leaves politely."""

    def __init__(self, settings: PostSettings) -> None:
        """Raises NoMail."""
        if settings.mail_server is None or not settings.mail_from:
            raise NoMail
        self._server = settings.mail_server
        self._sender = address(settings.mail_bounces or settings.mail_from).addr_spec
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._hang_up()
            self._smtp = None

    def send(self, message: EmailMessage) -> None:
        """Hand one mail over, dated now; returns once the server has taken responsibility for it.

        Raises Refused, Unsure, or Unreachable.
        """
        if "Date" not in message:
            message["Date"] = localtime()
        for again in (True, False):
            smtp, fresh = self._connected()
            try:
                self._begin(smtp, message["To"].addresses[0].addr_spec)
                break
            except Refused as refusal:
                if refusal.code != LEAVING or fresh:
                    raise
            except (OSError, smtplib.SMTPServerDisconnected) as failure:
                self._hang_up()
                if fresh or not again:
                    raise Unreachable(_reason(failure)) from failure
        self._hand_over(smtp, _payload(message))

    def _connected(self) -> tuple[smtplib.SMTP, bool]:
        """The connection, and whether it was made just now. Raises Unreachable."""
        if self._smtp is not None:
            return self._smtp, False
        try:
            self._smtp = _connect(self._server)
        except (OSError, smtplib.SMTPException) as failure:
            raise Unreachable(_reason(failure)) from failure
        return self._smtp, True

    def _begin(self, smtp: smtplib.SMTP, recipient: str) -> None:
        """MAIL, RCPT and DATA. Raises Refused, or what smtplib raises where the connection breaks."""
        try:
            self._judge(smtp.mail(self._sender), (250,))
        except Refused as refusal:
            if refusal.permanent:  # the sender's trouble, not the recipient's
                raise Unreachable(f"{refusal.code} {refusal.reason}") from refusal
            raise
        self._judge(smtp.rcpt(recipient), (250, 251))
        self._judge(smtp.docmd("DATA"), (354,))

    def _hand_over(self, smtp: smtplib.SMTP, payload: bytes) -> None:
        try:
            smtp.send(payload)
            reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as failure:
            self._hang_up()
            raise Unsure(_reason(failure)) from failure
        self._judge(reply, (250,))

    def _judge(self, reply: tuple[int, bytes], good: tuple[int, ...]) -> None:
        """Raises Refused, and gets ready for the next mail, unless the reply is one of the good ones."""
        code, said = reply
        if code in good:
            return
        if code == LEAVING or self._smtp is None:
            self._hang_up()
        else:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._hang_up()
        raise Refused(code >= 500, code, _plain(said))

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _connect(server: MailServer) -> smtplib.SMTP:
    """A connection that is encrypted and signed in as the settings say."""
    context = ssl.create_default_context()
    if server.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.starttls:
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _payload(message: EmailMessage) -> bytes:
    """The mail as it travels: CRLF behind lines, dots before them doubled, a lone dot at the end."""
    out = BytesIO()
    BytesGenerator(out, policy=POLICY).flatten(message)
    lines = _LINE_BREAK.sub(b"\r\n", out.getvalue())
    ended = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return _DOT.sub(b"..", ended) + b".\r\n"


def _reason(failure: Exception) -> str:
    """What went wrong, in one printable line that holds no password."""
    if isinstance(failure, smtplib.SMTPResponseException):
        return f"{failure.smtp_code} {_plain(failure.smtp_error)}"
    return _plain(str(getattr(failure, "strerror", None) or failure or type(failure).__name__))


def _plain(said: bytes | str) -> str:
    written = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return "".join(letter if letter.isprintable() else " " for letter in written)[:300]
