"""Real SMTP servers on loopback for the tests: they accept, refuse, hang up and remember."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

Answer = str | Callable[[SMTP], str]
OK = "250 OK"


def hang_up(server: SMTP) -> str:
    """Close the connection without a word."""
    assert server.transport is not None
    server.transport.close()
    return OK


class Server:
    """Keeps what it accepted. `at_rcpt` and `at_data`: what it says to a recipient instead of 250.

    A recipient's list of answers is used up one by one; then the server accepts.
    """

    def __init__(self) -> None:
        self.accepted: list[tuple[str, EmailMessage]] = []
        self.senders: list[str] = []
        self.at_rcpt: dict[str, list[Answer]] = {}
        self.at_data: dict[str, list[Answer]] = {}
        self.connections = 0
        self.signed_in: list[tuple[bytes, bytes]] = []
        self.url = ""
        self.after: Callable[[int], None] = lambda n: None
        self.left: Callable[[], None] = lambda: None

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = _said(self.at_rcpt, address, server)
        if said == OK:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        said = _said(self.at_data, address, server)
        if said == OK:
            assert isinstance(envelope.content, bytes)
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.accepted.append((address, parsed))
            self.senders.append(str(envelope.mail_from))
            self.after(len(self.accepted))
        return said

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.left()
        return "221 Bye"

    @property
    def addresses(self) -> list[str]:
        """Whom mails were accepted for, in order."""
        return [address for address, _ in self.accepted]

    def authenticate(
        self, server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        """Let in whoever knows the password."""
        self.signed_in.append((data.login, data.password))
        return AuthResult(success=data.password == b"p@ss", handled=False)


class _Controller(Controller):
    """Takes whichever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _said(answers: Mapping[str, list[Answer]], address: str, server: SMTP) -> str:
    waiting = answers.get(address) or [OK]
    answer = waiting.pop(0)
    if callable(answer):
        return answer(server)
    if answer.startswith("421"):
        server.loop.call_soon(server.transport.close)  # type: ignore[union-attr]
    return answer


@contextmanager
def smtp_server(kept: Server | None = None, **options: Any) -> Iterator[Server]:
    """A server on a free port; `options` are aiosmtpd's."""
    kept = kept or Server()
    if options.pop("auth", False):
        options |= {"authenticator": kept.authenticate, "auth_required": True, "auth_require_tls": False}
    controller = _Controller(kept, hostname="127.0.0.1", port=0, **options)
    controller.start()
    kept.url = f"smtp://127.0.0.1:{controller.port}"
    yield kept
    controller.stop()


def text_of(message: EmailMessage) -> str:
    """The text part of a mail."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(message: EmailMessage) -> str:
    """The HTML part of a mail."""
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())
