"""Every mail once: against real SMTP servers that accept, refuse, hang up, are slow, and around kills."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP

from survey import mailing, returning
from survey.courier import PAUSES, STREAK, Beside, Failure, StreakOfRefusals
from survey.language import Refusal
from survey.mail.kinds import INVITATION, REMINDER
from survey.mail.sending import Unreachable
from survey.mailing import CannotMail
from survey.reaching import OptingOut
from survey.store import SendingElsewhere, invitations, outbox, reminding
from survey.store.reminding import Plan
from tests.cast import NOW
from tests.mail_cast import WAVE, Office, address, later, office
from tests.mail_servers import Server, hang_up, smtp_server


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    """The one server, with everything forgotten."""
    for kept in (running.accepted, running.senders, running.at_rcpt, running.at_data):
        kept.clear()
    running.connections, running.after = 0, lambda n: None
    return running


@pytest.fixture
def six(tmp_path: Path, server: Server) -> Office:
    """Six people in an open wave."""
    return office(tmp_path / "instance", server)


def everybody(number: int) -> list[str]:
    return [address(one) for one in range(number)]


def test_everybody_gets_one_mail_over_one_connection(six: Office, server: Server) -> None:
    assert six.invite().sent == 6
    assert sorted(server.addresses) == everybody(6)
    assert server.connections == 1
    assert six.invite().sent == 0
    assert len(server.accepted) == 6


def test_refusals_stop_nobody_else(six: Office, server: Server) -> None:
    mailing.queue(six.instance.store, WAVE, INVITATION, "eva", NOW)
    # Mails go out in the order of their random ids. The first is taken, as a 421 on a connection that was
    # made just now is a refusal: there is nothing to connect to again.
    first, *rest = sorted(range(6), key=lambda one: six.mail(address(one)).id)
    later, unknown, leaving, never, later_too = map(address, rest)
    server.at_rcpt[later] = ["450 4.2.1 later"]
    server.at_rcpt[unknown] = ["550 5.1.1 unknown"]
    server.at_rcpt[leaving] = ["421 4.3.2 bye"]
    server.at_data[never] = ["554 5.6.0 never"]
    server.at_data[later_too] = ["451 4.3.0 later"]
    done = six.deliver()
    assert {one.email for one in done.refused} == {later, later_too}
    assert {one.email for one in done.bounced} == {unknown, never}
    assert Failure(unknown, WAVE, INVITATION, "550 5.1.1 unknown") in done.bounced
    states = [six.state(address(one)) for one in (first, *rest)]
    assert states == ["sent", "refused", "bounced", "sent", "bounced", "refused"]
    assert not done.whole
    with six.instance.store.read() as db:
        assert invitations.get(db, six.people[rest[1]].invitation).disposition == "bounced"
        assert invitations.get(db, six.people[rest[0]].invitation).disposition is None


def test_a_refusal_for_now_is_tried_again_with_growing_pauses_and_then_counts_as_bounced(
    six: Office, server: Server
) -> None:
    server.at_rcpt[address(0)] = ["450 later"] * (len(PAUSES) + 1)
    six.invite()
    now = NOW
    for pause in PAUSES:
        assert six.deliver(now + pause / 2).refused == []
        now += pause
        six.deliver(now)
    assert six.state(address(0)) == "bounced"
    assert six.contact(address(0)).bounced == "450 later"
    assert Counter(server.addresses) == Counter(everybody(6)[1:])


def test_a_connection_that_breaks_behind_a_mail_names_it_and_sends_it_never_again(
    six: Office, server: Server
) -> None:
    server.at_data[address(2)] = [hang_up]
    done = six.invite()
    assert [one.email for one in done.unsure] == [address(2)]
    assert done.sent == 5
    assert six.deliver(later(days=3)).sent == 0
    assert Counter(server.addresses) == Counter(everybody(6))
    assert returning.settle_unsure(six.instance.store, True, "eva", NOW) == 1
    assert six.deliver(later(days=3)).sent == 1


def test_a_connection_that_breaks_before_a_mail_costs_nothing(six: Office, server: Server) -> None:
    server.at_rcpt[address(2)] = [hang_up]
    six.invite()
    six.deliver()
    assert Counter(server.addresses) == Counter(everybody(6))


def test_a_server_that_cannot_be_reached_leaves_everything_queued(tmp_path: Path, server: Server) -> None:
    cut_off = office(tmp_path / "i", server, settings={"SMTP_URL": "smtp://127.0.0.1:9"})
    done = cut_off.invite()
    assert isinstance(done.stopped, Unreachable)
    assert {cut_off.state(address(one)) for one in range(6)} == {"queued"}


def test_a_server_that_refuses_one_mail_after_the_other_is_left_in_peace(
    tmp_path: Path, server: Server
) -> None:
    many = office(tmp_path / "i", server, STREAK + 5)
    server.at_rcpt |= {address(one): ["554 5.7.1 relay access denied"] for one in range(STREAK + 5)}
    done = many.invite()
    assert isinstance(done.stopped, StreakOfRefusals)
    assert Counter(many.state(address(one)) for one in range(STREAK + 5)) == {"refused": STREAK, "queued": 5}


def test_the_second_sender_leaves_it_to_the_first(six: Office, server: Server) -> None:
    mailing.queue(six.instance.store, WAVE, INVITATION, "eva", NOW)
    refused: list[Refusal] = []

    def second(n: int) -> None:
        if n == 1:
            with pytest.raises(SendingElsewhere) as caught:
                six.deliver()
            refused.append(caught.value)

    server.after = second
    assert six.deliver().sent == 6
    assert len(refused) == 1
    assert Counter(server.addresses) == Counter(everybody(6))


def test_ending_finishes_the_mail_in_flight(six: Office, server: Server) -> None:
    mailing.queue(six.instance.store, WAVE, INVITATION, "eva", NOW)
    ended = threading.Event()
    server.after = lambda n: ended.set() if n == 2 else None
    done = six.courier.deliver(lambda: NOW, ended)
    assert (done.sent, done.unsure) == (2, [])
    assert six.deliver().sent == 4


SENDER = """
import sys, threading
from datetime import UTC, datetime
from survey.courier import Courier
from survey.keys import MarkKeys, secret_keys
from survey.settings import load
from survey.store import Store
import os
settings = load(os.environ)
courier = Courier(Store(settings.database), MarkKeys(settings.mark_keys), secret_keys(settings), settings)
courier.deliver(lambda: datetime.fromisoformat(sys.argv[1]), threading.Event())
"""


def killed_sender(here: Office, server: Server, at: int, now: str) -> None:
    """A sender in a process of its own, killed (-9) while the server holds the mail of this number."""
    settings = here.instance.settings
    environ = {
        **os.environ,
        "SURVEY_INSTANCE": str(settings.instance),
        "SURVEY_SMTP_URL": settings.smtp_url,
        "SURVEY_MAIL_FROM": settings.mail_from,
    }
    arguments = [sys.executable, "-c", SENDER, now]
    sender = subprocess.Popen(arguments, env=environ, cwd=Path(__file__).parents[1])
    server.after = lambda n: os.kill(sender.pid, signal.SIGKILL) if n == at else None
    assert sender.wait(60) == -signal.SIGKILL
    server.after = lambda n: None


def test_after_a_kill_nobody_gets_a_second_mail_and_the_one_in_flight_is_named(
    tmp_path: Path, server: Server
) -> None:
    many = office(tmp_path / "i", server, 40)
    mailing.queue(many.instance.store, WAVE, INVITATION, "eva", NOW)
    named: list[str] = []
    for at in (9, 25):
        killed_sender(many, server, at, NOW.isoformat())
        in_flight = server.addresses[-1]
        with many.instance.store.read() as db:
            assert len(outbox.in_state(db, outbox.SENDING)) == 1
        if at == 25:
            done = many.deliver()
            named += [one.email for one in done.unsure]
        assert in_flight == server.addresses[at - 1]
    assert Counter(server.addresses) == Counter(everybody(40))
    assert len(named) == 1
    assert many.state(named[0]) == "unsure"
    with many.instance.store.read() as db:
        states = outbox.states(db, WAVE)[INVITATION]
    assert states == {"sent": 38, "unsure": 2}


def test_reminders_go_to_exactly_those_who_have_not_answered(six: Office, server: Server) -> None:
    six.invite()
    for person in six.people[:3]:
        six.instance.answer(person.invitation, utility="4", now=later(days=2))
    server.accepted.clear()
    assert six.remind(later(days=7)).sent == 3
    assert sorted(server.addresses) == everybody(6)[3:]
    assert six.rows() == 0
    with six.instance.store.read() as db:
        [(_, counted)] = [one for one in outbox.counts(db, WAVE).items() if one[0][0] == REMINDER]
    assert counted == {"sent": 3}


def test_nothing_in_the_database_tells_whom_a_round_reminded(tmp_path: Path, server: Server) -> None:
    """But for its counts, the database is the same whoever answered and whoever was reminded."""
    told = []
    for answered in (range(3), range(3, 6)):
        server.accepted.clear()
        here = office(tmp_path / str(answered[0]), server)
        here.invite()
        for number in answered:
            here.instance.answer(here.people[number].invitation, utility="4", now=later(days=1))
        here.remind(later(days=7))
        assert sorted(server.addresses[6:]) == [address(one) for one in range(6) if one not in answered]
        with here.instance.store.read() as db:
            rows = {
                table: sorted(
                    [value for value in row if not isinstance(value, bytes)]
                    for row in db.execute(f"SELECT * FROM {table}").fetchall()
                )
                for table in ("outbox", "mail_count", "reminding", "contact", "invitation")
            }
            people = {one.id: one.email for one in here.people}
            rows["to"] = sorted(
                [people[one], state, reason]
                for one, state, reason in db.execute("SELECT contact, state, reason FROM outbox").fetchall()
            )
            [passed] = db.execute("SELECT passed FROM reminding").fetchone()
        assert passed == b""
        told.append(rows)
    assert told[0] == told[1]


def test_whoever_opted_out_bounced_or_was_withdrawn_is_not_reminded(six: Office, server: Server) -> None:
    server.at_rcpt[address(0)] = ["550 5.1.1 unknown"]
    six.invite()
    opting = OptingOut(six.instance.store, six.opt_outs)
    assert opting.opt_out(six.opt_outs.token(six.people[1].id)).opted_out
    with six.instance.store.write() as db:
        invitations.set_dispositions(db, [(six.people[2].invitation, "withdrawn")])
        assert invitations.get(db, six.people[1].invitation).disposition == "opted_out"
    server.accepted.clear()
    six.remind(later(days=7))
    assert sorted(server.addresses) == everybody(6)[3:]
    door = six.instance.door(six.people[1].invitation, later(days=7))
    assert door.wave.id == WAVE


def test_reminders_keep_their_distance(six: Office, server: Server) -> None:
    with pytest.raises(CannotMail):
        six.remind(NOW)
    six.invite()
    with pytest.raises(CannotMail):
        six.remind(later(days=4))
    six.remind(later(days=7))
    with pytest.raises(CannotMail):
        six.remind(later(days=9))
    assert six.remind(later(days=12)).sent == 6


def test_a_plan_reminds_by_itself_in_the_morning_of_its_days_and_not_too_late(
    six: Office, server: Server
) -> None:
    mailing.set_plan(six.instance.store, WAVE, Plan((14, 7)), "eva", NOW)
    six.invite()
    for days, sent in ((6, 0), (6.9, 0), (7, 6), (7.5, 0), (13.9, 0), (18.5, 0)):
        assert six.courier.has_work(later(days=days)) == (sent > 0), days
        assert six.deliver(later(days=days)).sent == sent, days
    assert six.courier.has_work(later(days=14.1))


def test_refused_reminders_wait_few_at_a_time_and_are_dropped_in_the_end(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.courier.REMINDERS_WAITING", 2)
    many = office(tmp_path / "i", server, 12)
    many.invite()
    server.accepted.clear()
    refused = {one.email for one in many.people[:4]}
    server.at_rcpt |= {email: ["450 later"] * 9 for email in refused}
    many.remind(later(days=7))
    for minutes in (0, 5, 25, 90, 95, 115, 180):
        many.deliver(later(days=7, minutes=minutes))
        assert many.rows() <= 2
    assert many.rows() == 0
    assert sorted(server.addresses) == sorted({one.email for one in many.people} - refused)
    assert many.contact(min(refused)).bounced is None
    with many.instance.store.read() as db:
        assert reminding.rounds(db, WAVE)[0].ended


def test_a_killed_round_goes_on_where_it_was(tmp_path: Path, server: Server) -> None:
    many = office(tmp_path / "i", server, 12)
    many.invite()
    many.instance.answer(many.people[0].invitation, utility="4", now=later(days=1))
    server.accepted.clear()
    mailing.remind(many.instance.store, WAVE, "eva", later(days=7))
    killed_sender(many, server, 4, later(days=7).isoformat())
    done = many.deliver(later(days=7))
    assert [one.email for one in done.unsure] == [server.addresses[3]]
    assert Counter(server.addresses) == Counter(everybody(12)[1:])
    assert many.rows() == 0


def test_whoever_answers_while_a_reminder_waits_gets_none(six: Office, server: Server) -> None:
    six.invite()
    server.at_rcpt[address(0)] = ["450 later"]
    server.accepted.clear()
    six.remind(later(days=7))
    six.instance.answer(six.people[0].invitation, utility="4", now=later(days=7, minutes=2))
    assert six.deliver(later(days=7, hours=1)).sent == 0
    assert six.rows() == 0


def test_mails_of_a_wave_that_closed_are_passed_over(six: Office, server: Server) -> None:
    mailing.queue(six.instance.store, WAVE, INVITATION, "eva", NOW)
    six.instance.close(WAVE)
    assert six.deliver().skipped == {"closed": 6}
    assert server.accepted == []


def test_the_rate_is_kept(tmp_path: Path, server: Server) -> None:
    """A sender that waits between two mails has claimed none meanwhile."""
    slow = office(tmp_path / "i", server, 3, settings={"MAIL_RATE": "1200"})
    claimed: list[int] = []

    def step(n: int) -> None:
        with slow.instance.store.read() as db:
            claimed.append(len(outbox.in_state(db, outbox.SENDING)))

    mailing.queue(slow.instance.store, WAVE, INVITATION, "eva", NOW)
    done = slow.courier.deliver(lambda: NOW, threading.Event(), step)
    assert (done.sent, claimed) == (3, [0, 0, 0])


def test_a_courier_beside_a_server_sends_what_pages_queue(
    six: Office, server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("survey.courier.TURN", 0.01)
    caplog.set_level("INFO")
    accepted, refused = threading.Event(), threading.Event()

    def unknown(_: SMTP) -> str:
        refused.set()
        return "550 5.1.1 <p0005@example.org> unknown"

    server.at_rcpt[address(5)] = [unknown]
    server.after = lambda n: accepted.set() if n == 5 else None
    with Beside(six.courier, six.instance.settings, lambda: NOW):
        mailing.queue(six.instance.store, WAVE, INVITATION, "eva", NOW)
        # In whatever order: the mail on its way is finished before the courier ends.
        assert accepted.wait(20)
        assert refused.wait(20)
    assert sorted(server.addresses) == everybody(5)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("survey")]
    assert ours == ["mails: 5 sent, 0 refused for now, 1 bounced, 0 that may have been sent"]
