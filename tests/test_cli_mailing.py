"""`survey invite`, `remind`, `send`, `bounces`, `mail ...` as somebody types them."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey import mailing
from survey.cli import main
from survey.mail.kinds import INVITATION
from survey.store import contacts
from survey.store.contacts import Contact
from survey.tokens import new_id
from tests.cast import make_instance
from tests.mail.test_reports import dsn
from tests.mail_cast import FROM, WAVE, address, office
from tests.mail_servers import Server, smtp_server


def test_from_the_first_look_to_the_last_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_server() as server:
        _walk(tmp_path, monkeypatch, server)


def _walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    made = make_instance(tmp_path / "i")
    invited = made.wave("w", "beneficiaries", invited=4)
    emails = ["a@example.org", "b@example.org", "c@example.org", ""]
    with made.store.write() as db:
        both = zip(invited, emails, strict=True)
        contacts.add(db, [Contact(new_id(), one, "w", email, "Anna") for one, email in both])
    made.store.close()
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "i"))

    def survey(*words: str, given: bytes | None = None) -> Result:
        return CliRunner().invoke(main, words, input=given)

    unset = survey("invite", "w")
    assert (unset.exit_code, "SURVEY_SMTP_URL" in unset.stderr) == (1, True)
    monkeypatch.setenv("SURVEY_SMTP_URL", server.url)
    monkeypatch.setenv("SURVEY_MAIL_FROM", FROM)

    dry = survey("invite", "w", "--dry-run")
    assert "mails that would be sent: 3" in dry.stderr
    assert "Anna: has no address" in dry.stderr
    assert (server.accepted, survey("remind", "w").exit_code) == ([], 1)

    shown = survey("mail", "preview", "w", "invitation", "--to", "b@example.org")
    assert "To: b@example.org" in shown.stdout
    assert "/a/…\n" in shown.stdout
    assert "<main" in survey("mail", "preview", "w", "invitation", "--html").stdout
    words = tmp_path / "words.txt"
    words.write_text("Ciao {nome}\n\n{link}\n", encoding="utf-8")
    bad = survey("mail", "words", "w", "invitation", "--lang", "it", "--file", str(words))
    assert (bad.exit_code, "{nome}" in bad.stderr) == (1, True)
    words.write_text("Ciao {name}\n\n{link}\n", encoding="utf-8")
    assert survey("mail", "words", "w", "invitation", "--lang", "it", "--file", str(words)).exit_code == 0

    server.at_rcpt = {"a@example.org": ["550 5.1.1 unknown"], "b@example.org": ["450 later"]}
    sent = survey("invite", "w")
    assert sent.exit_code == 3
    assert "w: a@example.org: bounced (550 5.1.1 unknown)" in sent.stderr
    assert "w: b@example.org: refused for now, tried again (450 later)" in sent.stderr
    assert "example.org" not in sent.stdout
    assert server.accepted[0][1]["Subject"] == "Ciao Anna"
    assert survey("send").exit_code == 0
    assert survey("send", "--unsure", "sent").exit_code == 0

    assert survey("mail", "plan", "w", "--days", "7,14", "--pause", "1").exit_code == 0
    assert survey("remind", "w").exit_code == 1
    report = dsn(returned="", final="rfc822;c@example.org").replace(b"ANNA@example.org", b"")
    assert survey("bounces", "-", given=report).stdout == "w: c@example.org\n"
    assert survey("bounces", str(tmp_path / "nothing")).exit_code == 1
    state = survey("mail", "show", "w")
    assert "not reached: c@example.org" in state.stderr
    assert '"bounced": 2' in survey("mail", "show", "w", "--json").stdout


def test_a_sender_that_stays_sends_what_comes_later_until_it_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with smtp_server() as server:
        here = office(tmp_path / "i", server, 2)
        environ = {"INSTANCE": str(tmp_path / "i"), "SMTP_URL": server.url, "MAIL_FROM": FROM}
        for name, value in environ.items():
            monkeypatch.setenv(f"SURVEY_{name}", value)
        monkeypatch.setattr("survey.cli.mailing.STAY", 0.01)
        [invited] = here.instance.wave("later", "beneficiaries", invited=1)
        with here.instance.store.write() as db:
            contacts.add(db, [Contact(new_id(), invited, "later", "late@example.org", "")])

        def left() -> None:
            mailing.queue(here.instance.store, "later", INVITATION, "eva", datetime.now(UTC))

        server.left = left
        server.after = lambda n: os.kill(os.getpid(), signal.SIGTERM) if n == 3 else None
        mailing.queue(here.instance.store, WAVE, INVITATION, "eva", datetime.now(UTC))
        ended = CliRunner().invoke(main, ["send", "--stay"])
        assert (ended.exit_code, ended.stderr) == (0, "1 mail was sent\n")
        assert sorted(server.addresses[:2]) == [address(0), address(1)]
        assert server.addresses[2:] == ["late@example.org"]
        here.instance.store.close()
