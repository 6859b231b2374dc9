"""Delivery reports as mail servers write them."""

from survey.mail.reports import Report, message_id, read

CONTACT, MAIL = b"\x01" * 16, b"\x02" * 16
OURS = message_id(CONTACT, MAIL, "example.org")


def dsn(
    action: str = "failed",
    *,
    returned: str = "message/rfc822",
    headers: str = f"Message-ID: {OURS}\nTo: Anna <Anna@example.org>\nSubject: x\n",
    final: str = "rfc822; forwarded@elsewhere.example.org",
) -> bytes:
    back = f"--B\nContent-Type: {returned}\n\n{headers}\n" if returned else ""
    return (
        "From: MAILER-DAEMON@mx.example.org\nTo: bounces@example.org\nSubject: Undelivered\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nI am sorry.\n"
        "--B\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: {final}\nOriginal-Recipient: rfc822;ANNA@example.org\nAction: {action}\n"
        "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <anna@example.org>: no\n  such user\n\n"
        f"{back}--B--\n"
    ).encode()


EXPECTED = Report(
    frozenset({"anna@example.org", "forwarded@elsewhere.example.org"}),
    "smtp; 550 5.1.1 <anna@example.org>: no such user",
    CONTACT,
)


def test_a_report_names_the_contact_and_the_addresses() -> None:
    assert read(dsn()) == [EXPECTED]
    assert read(dsn(returned="text/rfc822-headers")) == [EXPECTED]
    assert read(dsn().replace(b"\n", b"\r\n")) == [EXPECTED]


def test_without_the_returned_mail_only_the_addresses_are_known() -> None:
    [report] = read(dsn(returned=""))
    assert report.contact is None
    assert "anna@example.org" in report.addresses


def test_a_mailbox_holds_several_and_other_mails() -> None:
    other = b"From: a@example.org\nSubject: I am on holiday\n\nBack soon.\n"
    lines = [
        b"From - Thu Nov 26 10:00:00 2026\n" + one + b"\n" for one in (dsn(), other, dsn("delayed"), dsn())
    ]
    assert read(b"".join(lines)) == [EXPECTED, EXPECTED]


def test_delays_deliveries_and_nonsense_say_nothing() -> None:
    assert read(dsn("delayed")) == read(dsn("delivered")) == read(b"") == read(b"\xff\0" * 999) == []
    assert read(b"Content-Type: message/delivery-status\n\nAction: failed\n") != []
    assert read(b'Content-Type: multipart/report; boundary="x"\n\n--x\nContent-Type: message/rfc822\n') == []
