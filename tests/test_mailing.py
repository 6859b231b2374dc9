"""Orders, words, previews and delivery reports: one journey behind pages and commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey import enrolling, mailing, phrasing, posted, returning
from survey.composing import Desk
from survey.keys import secret_keys
from survey.language import language
from survey.mail.kinds import INVITATION, REMINDER, RESULTS
from survey.mail.reports import message_id
from survey.mail.wording import BadTemplate, Template
from survey.mailing import BadPlan, CannotMail
from survey.phrasing import NobodyThere, NoSuchMail
from survey.store import audit, contacts, invitations, outbox
from survey.store.reminding import Plan
from tests.cast import NOW
from tests.mail.test_reports import dsn
from tests.mail_cast import WAVE, Office, address, later, office
from tests.mail_servers import Server, html_of, smtp_server, text_of


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def six(tmp_path: Path, server: Server) -> Office:
    server.accepted.clear()
    return office(tmp_path / "i", server, names=("Anna Rossi", "<b>Bob</b>", "Eve\nBcc: x@example.org"))


def desk(of: Office) -> Desk:
    return Desk(of.instance.settings, secret_keys(of.instance.settings))


def test_a_mail_bears_its_links_and_how_to_get_no_more(six: Office, server: Server) -> None:
    done = six.invite()
    assert (done.sent, done.skipped) == (5, {"unusable": 1})
    sent = dict(server.accepted)
    mail, person = sent[address(0)], six.people[0]
    link = f"https://s.example.org/a/{six.instance.links.link(person.invitation)}"
    stop = f"https://s.example.org/u/{six.opt_outs.token(person.id)}"
    assert mail["List-Unsubscribe"] == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail["Content-Language"], mail["Bcc"]) == ("it", None)
    for part in (text_of(mail), html_of(mail)):
        assert link in part
        assert stop in part
        assert "Gentile Anna Rossi," in part
    assert "&lt;b&gt;Bob&lt;/b&gt;" in html_of(sent[address(1)])


def test_a_preview_is_the_mail_with_hidden_links(six: Office, server: Server) -> None:
    with six.instance.store.write() as db:
        db.execute("UPDATE invitation SET language = 'en' WHERE id = ?", [six.people[0].invitation])
    shown = phrasing.preview(six.instance.store, desk(six), WAVE, INVITATION, address(0).upper())
    six.invite()
    mail, person = dict(server.accepted)[address(0)], six.people[0]
    hidden = text_of(mail)
    for secret in (six.instance.links.link(person.invitation), six.opt_outs.token(person.id)):
        assert secret in hidden
        hidden = hidden.replace(secret, "…")
    assert text_of(shown).splitlines() == hidden.splitlines()
    assert [shown[name] for name in ("From", "To", "Subject")] == [
        mail[name] for name in ("From", "To", "Subject")
    ]
    assert "Dear Anna Rossi," in hidden
    with pytest.raises(NobodyThere):
        phrasing.preview(six.instance.store, desk(six), WAVE, INVITATION, "nobody@example.org")


def test_words_are_changed_for_one_wave_kind_and_language(six: Office, server: Server) -> None:
    store, standing = six.instance.store, phrasing.words(six.instance.store, WAVE, INVITATION, "it")
    new = Template("Ciao {name}", "Un saluto da {organizer}.\n\n{link}")
    phrasing.set_words(store, WAVE, INVITATION, "it", new, "eva", NOW)
    assert phrasing.words(store, WAVE, INVITATION, "it") == (new, True)
    assert phrasing.words(store, WAVE, INVITATION, "en")[1] is False
    six.invite()
    assert dict(server.accepted)[address(0)]["Subject"] == "Ciao Anna Rossi"
    phrasing.set_words(store, WAVE, INVITATION, "it", None, "eva", NOW)
    assert phrasing.words(store, WAVE, INVITATION, "it") == standing
    for refused in (Template("s", "{link} {surname}"), Template("s\nBcc: x", "{link}")):
        with pytest.raises(BadTemplate):
            phrasing.set_words(store, WAVE, REMINDER, "it", refused, "eva", NOW)
    for kind, code in (("postcard", "it"), (INVITATION, "fr")):
        with pytest.raises(NoSuchMail):
            phrasing.words(store, WAVE, kind, code)


def test_who_gets_no_invitation_is_named_with_the_reason(six: Office) -> None:
    with six.instance.store.write() as db:
        contacts.set_bounced(db, six.people[0].id, "550")
        contacts.set_opted_out(db, six.people[1].id)
        invitations.set_dispositions(db, [(six.people[3].invitation, "withdrawn")])
        db.execute("UPDATE contact SET email = '' WHERE id = ?", [six.people[4].id])
    found = mailing.prospect(six.instance.store, WAVE, INVITATION, NOW)
    assert dict(found.reasons) == {"bounced": 1, "opted_out": 1, "withdrawn": 1, "no_address": 1}
    assert [one.id for one in found.to] == [six.people[2].id, six.people[5].id]
    with six.instance.store.read() as db:
        assert outbox.of_kind(db, WAVE, INVITATION) == {}


def test_a_dry_run_of_reminders_says_one_number_in_steps(six: Office) -> None:
    six.invite()
    for answered, said, most in ((4, "fewer than 5", 6), (5, "at least 5", 1)):
        for person in six.people[answered - 1 if answered == 5 else 0 : answered]:
            six.instance.answer(person.invitation, utility="4", now=later(days=1))
        found = mailing.reminder_prospect(six.instance.store, WAVE, later(days=7))
        assert (found.reachable, found.most) == (6, most)
        assert said in str(found.answered.message).format(**found.answered.values)
    assert posted.overview(six.instance.store, WAVE).reminded.message == "none yet"


def test_reports_mark_whom_mail_did_not_reach_until_the_address_is_corrected(
    six: Office, server: Server
) -> None:
    six.invite()
    person, mail = six.people[0], six.mail(address(0))
    assert mail
    back = f"Message-ID: {message_id(person.id, mail.id, 'example.org')}\nTo: {address(0)}\n"
    report = dsn(headers=back)
    read = returning.read_reports(six.instance.store, report, "eva", later(days=1))
    assert [one.email for one in read.bounced] == [address(0)]
    assert six.state(address(0)) == "bounced"
    assert returning.read_reports(six.instance.store, report, "eva", NOW).bounced == ()
    with six.instance.store.write() as db:
        assert invitations.get(db, person.invitation).disposition == "bounced"
        db.execute("UPDATE contact SET email = 'right@example.org', bounced = NULL WHERE id = ?", [person.id])
    assert returning.read_reports(six.instance.store, report, "eva", NOW) == returning.ReportsRead((), 1)
    server.accepted.clear()
    assert six.invite(later(days=1)).sent == 1
    assert server.addresses == ["right@example.org"]
    unmatched = dsn(returned="", final=f"rfc822; {address(1)}").replace(b"ANNA@example.org", b"")
    read = returning.read_reports(six.instance.store, unmatched, "eva", NOW)
    assert [one.email for one in read.bounced] == [address(1)]
    with six.instance.store.read() as db:
        acts = [(one.act, one.about) for one in audit.of_wave(db, WAVE)]
    assert (audit.REPORTS_READ, "1") in acts
    assert "example.org" not in str(acts)


def test_thanks_go_to_everybody_once_the_wave_is_closed(six: Office, server: Server) -> None:
    with pytest.raises(CannotMail):
        mailing.queue(six.instance.store, WAVE, RESULTS, "eva", NOW)
    for person in six.people:
        six.instance.answer(person.invitation, utility="4")
    six.instance.close(WAVE)
    with pytest.raises(CannotMail):
        six.invite()
    mailing.queue(six.instance.store, WAVE, RESULTS, "eva", NOW)
    assert six.deliver().sent == 5
    assert "Hanno risposto 6 delle 6 persone invitate." in text_of(server.accepted[0][1])
    assert "/a/" not in text_of(server.accepted[0][1])


def test_colleagues_share_the_link_of_an_organization(tmp_path: Path, server: Server) -> None:
    server.accepted.clear()
    groups = [{"organization": f"O{number}"} for number in range(2)]
    named = office(tmp_path / "n", server, definition="organizations", groups=groups)
    first = named.people[0]
    with named.instance.store.write() as db:
        contacts.add(db, [type(first)(b"c" * 16, first.invitation, WAVE, "col@example.org", "", "colleague")])
    named.invite()
    assert len(server.accepted) == 3
    link = named.instance.links.link(first.invitation)
    assert [link in text_of(mail) for _, mail in server.accepted].count(True) == 2
    assert "Non anonimo:" in text_of(server.accepted[0][1])
    server.at_rcpt[address(0)] = ["550 5.1.1 no"]
    named.remind(later(days=7))
    with named.instance.store.read() as db:
        assert invitations.get(db, first.invitation).disposition is None


def test_plans_that_cannot_be_used(six: Office) -> None:
    for days, pause in (((0,), 5), ((400,), 5), (tuple(range(1, 9)), 5), ((7,), 0), ((7,), 91)):
        with pytest.raises(BadPlan):
            mailing.set_plan(six.instance.store, WAVE, Plan(days, pause), "eva", NOW)
    with pytest.raises(BadPlan):
        mailing.parsed_days("7;14")
    assert mailing.parsed_days(" 14, 7 ,") == (14, 7)


def test_days_of_mails_tell_reminders_in_steps_and_go_with_the_contacts(six: Office) -> None:
    store = six.instance.store
    assert posted.by_day(store, WAVE) == ()
    six.invite()
    six.remind(later(days=6))
    told, said = posted.by_day(store, WAVE), language("en")
    assert [(one.kind, said(one.said), one.n) for one in told] == [
        (INVITATION, "5", 5), (REMINDER, "told when the wave is closed", 5),
    ]  # fmt: skip
    assert posted.went_out(told) == [(one.day, 5) for one in told]
    six.instance.answer(six.people[0].invitation)
    six.remind(later(days=12))
    later_on = [(said(one.said), one.n) for one in posted.by_day(store, WAVE)][2:]
    assert later_on == [("told when the wave is closed", 0)]
    assert len(posted.went_out(posted.by_day(store, WAVE))) == 2
    mailing.queue(store, WAVE, INVITATION, "eva", later(days=12))
    enrolling.erase_contacts(store, WAVE, "eva", later(days=12), open_too=True)
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
    assert six.deliver(later(days=12)).sent == 0
    assert len(posted.by_day(store, WAVE)) == 3
