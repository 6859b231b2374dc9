"""Mails as other programs read them; headers that nobody can add to."""

import ssl
import subprocess
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from survey.mail.building import BadMail, message
from survey.mail.sending import NoMail, Postman, Unreachable, _payload
from survey.settings import BadSettings, Settings, load
from tests.mail_servers import Server, html_of, smtp_server, text_of


def settings_of(**values: str) -> Settings:
    standing = {"MAIL_FROM": "Città <piano@èxample.org>"}
    return load({f"SURVEY_{name}": value for name, value in {**standing, **values}.items()})


SETTINGS = settings_of()
LONG = "https://" + "very-" * 20 + "long.example.org/u/" + "A" * 66


def test_what_arrives_is_what_was_written() -> None:
    made = message(
        "anna@example.org", "Perché è così", "Però\n.\n..dots\n", f"<p>{LONG}</p>", SETTINGS,
        {"List-Unsubscribe": f"<{LONG}>", "X-Empty": ""},
    )  # fmt: skip
    raw = _payload(made)
    assert raw.endswith(b"\r\n.\r\n")
    assert b"\n.\r\n" not in raw[:-5]
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert raw.isascii()
    assert f"List-Unsubscribe: <{LONG}>\r\n".encode() in raw
    read = message_from_bytes(raw[:-3].replace(b"\r\n..", b"\r\n."), policy=policy.default)
    assert read["Subject"] == "Perché è così"
    assert read["From"] == "Città <piano@xn--xample-2ua.org>"
    assert (read["Auto-Submitted"], read["X-Empty"]) == ("auto-generated", None)
    assert isinstance(read, EmailMessage)
    assert text_of(read).splitlines() == ["Però", ".", "..dots"]
    assert html_of(read).strip() == f"<p>{LONG}</p>"


@pytest.mark.parametrize(
    ("to", "subject", "headers"),
    [
        ("a@example.org\r\nBcc: b@example.org", "s", {}),
        ("a@example.org", "s\nBcc: b@example.org", {}),
        ("a@example.org", "s\u2028x", {}),
        ("a@example.org", "s", {"X-Name": "x\r\n\r\nbody"}),
        ("nobody", "s", {}),
        ("a@", "s", {}),
        ("a@example.org\0", "s", {}),
        ("a@" + "x" * 80 + ".org", "s", {}),
        ("", "s", {}),
        ("però@example.org", "s", {}),
    ],
)
def test_headers_are_refused_that_hold_more_than_one(to: str, subject: str, headers: dict[str, str]) -> None:
    with pytest.raises(BadMail):
        message(to, subject, "text", "<p>text</p>", SETTINGS, headers)


URLS = {
    "no scheme": "mail.example.org",
    "another scheme": "http://mail.example.org",
    "no port": "smtp://mail.example.org:port",
    "an unknown option": "smtp://mail.example.org?tls=1",
    "a password in the clear": "smtp://u:p@mail.example.org",
}


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_addresses_of_mail_servers_that_cannot_be_used(url: str) -> None:
    with pytest.raises(BadSettings) as caught:
        settings_of(SMTP_URL=url)
    assert "p@mail" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAIL_FROM", "nobody"), ("MAIL_REPLY_TO", "a@b\nc"), ("MAIL_RATE", "³"), ("MAIL_COURIER", "yes")],
)
def test_settings_of_mail_that_cannot_be_used(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        settings_of(**{name: value})


def test_nothing_is_sent_without_a_server() -> None:
    with pytest.raises(NoMail):
        Postman(SETTINGS)


def a_mail() -> EmailMessage:
    return message("anna@example.org", "s", "t", "<p>t</p>", SETTINGS)


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_signing_in_and_the_sender_of_the_envelope() -> None:
    with smtp_server(auth=True) as server:
        url = server.url.replace("//", "//us%40er:p%40ss@")
        with Postman(settings_of(SMTP_URL=url, MAIL_BOUNCES="bounces@example.org")) as postman:
            postman.send(a_mail())
        assert server.signed_in == [(b"us@er", b"p@ss")]
        assert server.senders == ["bounces@example.org"]
        assert server.accepted[0][1]["Date"]
        wrong = settings_of(SMTP_URL=url.replace("p%40ss", "secret"))
        with Postman(wrong) as postman, pytest.raises(Unreachable) as caught:
            postman.send(a_mail())
        assert "535" in str(caught.value)
        assert "secret" not in str(caught.value)


def test_a_refused_sender_is_nobody_elses_fault(tmp_path: Path) -> None:
    class Strict(Server):
        async def handle_MAIL(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]  # noqa: N802
            return "553 5.1.8 sender unknown"

    with (
        smtp_server(kept=Strict()) as server,
        Postman(settings_of(SMTP_URL=server.url)) as postman,
        pytest.raises(Unreachable, match="553"),
    ):
        postman.send(a_mail())


def test_starttls_and_tls_verify_the_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = self_signed(tmp_path)
    with smtp_server(tls_context=context, require_starttls=True) as server:
        settings = settings_of(SMTP_URL=f"{server.url.replace('127.0.0.1', 'localhost')}?starttls=1")
        with Postman(settings) as postman, pytest.raises(Unreachable, match="certificate"):
            postman.send(a_mail())
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        with Postman(settings) as postman:
            postman.send(a_mail())
        assert len(server.accepted) == 1
    with smtp_server(ssl_context=context) as server:
        url = server.url.replace("smtp://127.0.0.1", "smtps://localhost")
        with Postman(settings_of(SMTP_URL=url)) as postman:
            postman.send(a_mail())
        assert len(server.accepted) == 1


def self_signed(folder: Path) -> ssl.SSLContext:
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem"),
            *("-out", folder / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
