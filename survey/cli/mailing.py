"""`survey invite`, `remind`, `thank`, `send`, `bounces` and `survey mail ...`."""

import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import click

from survey import mailing, phrasing, posted, returning
from survey.cli.common import (
    FAILED,
    Command,
    Group,
    Instance,
    now,
    print_json,
    print_table,
    say,
    t,
    whoever,
)
from survey.composing import Desk
from survey.courier import Courier, Delivery
from survey.keys import secret_keys
from survey.language import Refusal, Text, plural_text, text
from survey.mail.kinds import INVITATION, KINDS, RESULTS
from survey.mail.sending import NoMail
from survey.mail.wording import PLACEHOLDERS, Template
from survey.mailing import Prospect
from survey.posted import KIND_NAMES, STATE_NAMES
from survey.reaching import reason_text
from survey.store import SendingElsewhere, outbox
from survey.store.contacts import Contact
from survey.store.reminding import Plan

PARTLY = 3
STAY = 30.0
"""Seconds after which a sender that stays looks for new work."""
_DRY = click.option("--dry-run", is_flag=True, help=t("say what would be sent, and send nothing"))
_LATER = click.option(
    "--queue", "later", is_flag=True, help=t("only queue; survey serve or survey send sends")
)


class UnreadableMailbox(Refusal):
    """The file of delivery reports cannot be read."""


@click.command(cls=Command, help=t("Send the invitations of a wave to everybody who has not got one."))
@click.argument("wave_id", metavar="WAVE")
@_DRY
@_LATER
def invite(wave_id: str, dry_run: bool, later: bool) -> None:
    """Repeating it sends nothing twice."""
    _order(wave_id, INVITATION, dry_run, later)


@click.command(cls=Command, help=t("Thank everybody who was invited to a wave, once it is closed."))
@click.argument("wave_id", metavar="WAVE")
@_DRY
@_LATER
def thank(wave_id: str, dry_run: bool, later: bool) -> None:
    """To everybody: nobody can tell who answered."""
    _order(wave_id, RESULTS, dry_run, later)


@click.command(cls=Command, help=t("Remind those who have not answered."))
@click.argument("wave_id", metavar="WAVE")
@_DRY
@_LATER
def remind(wave_id: str, dry_run: bool, later: bool) -> None:
    """Who is reminded is found out at the moment of sending, and stored nowhere."""
    instance = Instance()
    if dry_run:
        found = mailing.reminder_prospect(instance.store, wave_id, now())
        say("people who can be reached by mail: {n}", n=found.reachable)
        say("answers so far, of the whole wave: {n}", n=found.answered)
        say("reminders that would be sent, to those who have not answered: {n} at most", n=found.most)
        _print_passed(found.passed)
        return
    _judge_settings(instance)
    mailing.remind(instance.store, wave_id, whoever(), now())
    say("a round of reminders of the wave {wave} is ordered", wave=wave_id)
    _send_now(instance, later)


def _order(wave_id: str, kind: str, dry_run: bool, later: bool) -> None:
    instance = Instance()
    if dry_run:
        found = mailing.prospect(instance.store, wave_id, kind, now())
        say("mails that would be sent: {n}", n=len(found.to))
        _print_prospect(found)
        return
    _judge_settings(instance)
    found = mailing.queue(instance.store, wave_id, kind, whoever(), now())
    say("mails that were queued: {n}", n=len(found.to))
    _print_prospect(found)
    _send_now(instance, later)


def _print_prospect(found: Prospect) -> None:
    if found.there:
        say("people who have this mail already, or to whom it is under way: {n}", n=found.there)
    _print_passed(found.passed)


def _print_passed(passed: Iterable[tuple[Contact, str]]) -> None:
    """Who gets no mail, and why: for the terminal only."""
    for contact, reason in passed:
        click.echo(f"{contact.email or contact.name or '-'}: {t(reason_text(reason))}", err=True)


@click.command(cls=Command, help=t("Send everything that is due: queued mails, and reminders of a plan."))
@click.option("--stay", is_flag=True, help=t("go on until Ctrl-C, and send whatever becomes due"))
@click.option(
    "--unsure",
    type=click.Choice(("again", "sent")),
    help=t("mails that may have been sent: send them again, or take them for sent"),
)
def send(stay: bool, unsure: str | None) -> None:
    """For a timer of the system, or beside a server that does not send by itself."""
    instance = Instance()
    _judge_settings(instance)
    if unsure:
        n = returning.settle_unsure(instance.store, unsure == "again", whoever(), now())
        say("mails that may have been sent, settled: {n}", n=n)
    courier = instance.courier
    with _until_ended() as ended:
        done = _deliver(courier, ended)
        while stay and not ended.wait(STAY):
            if courier.has_work(now()):
                done = _deliver(courier, ended)
    _finish(done)


@click.command(cls=Command, help=t("Mark whom mail did not reach, as delivery reports say."))
@click.argument("file", metavar="MAILBOX-FILE|-")
def bounces(file: str) -> None:
    """A saved mailbox (mbox), a single message, or a mail server's pipe."""
    read = returning.read_reports(Instance().store, _mailbox(file), whoever(), now())
    for contact in read.bounced:
        click.echo(f"{contact.wave}: {contact.email}")
    say("people marked as not reached: {n}", n=len(read.bounced))
    if read.unknown:
        say("reports about nobody in an open wave: {n}", n=read.unknown)


def _mailbox(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as failure:
        raise UnreadableMailbox(
            "{path} cannot be read: {why}", path=file, why=str(failure.strerror)
        ) from failure


@click.group(cls=Group, help=t("The mails of a wave: their words, their plan, and how far they are."))
def mail() -> None:
    """Preview, change, plan, show."""


@mail.command(help=t("Show exactly the mail that one person gets; links are hidden."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--to", "email", default="", help=t("whose mail; without it, the first person's"))
@click.option("--html", "as_html", is_flag=True, help=t("the HTML part in place of the text"))
def preview(wave_id: str, kind: str, email: str, as_html: bool) -> None:
    """Whoever has a link can see whether it was used: so there is none in here."""
    instance = Instance()
    _judge_settings(instance)
    message = phrasing.preview(instance.store, _desk(instance), wave_id, kind, email)
    if not as_html:
        for name in ("From", "To", "Subject"):
            click.echo(f"{name}: {message[name]}")
        click.echo()
    click.echo(_part(message, "html" if as_html else "plain"), nl=False)


@mail.command(help=t("Show the words of a kind of mail, or change them with --file or --reset."))
@click.argument("wave_id", metavar="WAVE")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--lang", "code", required=True, help=t("the language of the words"))
@click.option("--file", metavar="FILE|-", help=t("the new words: the subject, an empty line, the text"))
@click.option("--reset", is_flag=True, help=t("take the standing words again"))
def words(wave_id: str, kind: str, code: str, file: str | None, reset: bool) -> None:
    """Placeholders such as {link} are replaced when a mail is written."""
    store = Instance().store
    if file or reset:
        subject, _, body = _text(file).partition("\n") if file else ("", "", "")
        changed = None if reset else Template(subject, body)
        phrasing.set_words(store, wave_id, kind, code, changed, whoever(), now())
    template, _ = phrasing.words(store, wave_id, kind, code)
    click.echo(f"{template.subject}\n\n{template.body}")
    for name, meaning in PLACEHOLDERS[kind].items():
        click.echo(f"{{{name}}}: {t(meaning)}", err=True)


def _text(file: str) -> str:
    return _mailbox(file).decode("utf-8-sig", "replace").replace("\r\n", "\n")


@mail.command(help=t("On which days after its first invitations a wave reminds by itself."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--days", metavar="N,N", help=t("for example 7,14; an empty text for none"))
@click.option("--pause", type=int, help=t("fewest days between two mails to one person"))
def plan(wave_id: str, days: str | None, pause: int | None) -> None:
    """Shows the plan, as it is after the change."""
    store = Instance().store
    held = posted.overview(store, wave_id).plan
    if days is not None or pause is not None:
        wanted = Plan(
            held.days if days is None else mailing.parsed_days(days), held.pause if pause is None else pause
        )
        mailing.set_plan(store, wave_id, wanted, whoever(), now())
        held = posted.overview(store, wave_id).plan
    say("days after the first invitations: {days}", days=", ".join(map(str, held.days)) or "-")
    say("fewest days between two mails: {n}", n=held.pause)


@mail.command(help=t("How far the mails of a wave are."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def show(wave_id: str, as_json: bool) -> None:
    """Reminders are one number, in the steps in which the wave tells its answers."""
    found = posted.overview(Instance().store, wave_id)
    if as_json:
        print_json({kind: {state: n[state] for state in outbox.STATES} for kind, n in found.states.items()})
        return
    header = ["", *(t(STATE_NAMES[state]) for state in outbox.STATES)]
    rows = [
        [t(KIND_NAMES[kind]), *(t.number(n[state]) for state in outbox.STATES)]
        for kind, n in found.states.items()
    ]
    print_table(header, rows)
    say("reminders sent so far: {n}", n=found.reminded)
    for contact in found.unsure:
        say("may have been sent: {email}", email=contact.email)
    for contact in found.failed:
        say("not reached: {email} ({reason})", email=contact.email, reason=contact.bounced)


def _judge_settings(instance: Instance) -> None:
    """Raise NoMail before anything is done that would need a mail server."""
    if not instance.settings.mail_from:
        raise NoMail


def _desk(instance: Instance) -> Desk:
    return Desk(instance.settings, secret_keys(instance.settings))


def _part(message: EmailMessage, kind: str) -> str:
    """The text or the HTML of a mail."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def _send_now(instance: Instance, later: bool) -> None:
    """Send what was ordered just now, and all else that is due, unless another program shall."""
    if later:
        return
    with _until_ended() as ended:
        _finish(_deliver(instance.courier, ended))


FAILED_MAILS: Mapping[str, Text] = {
    "refused": text("refused for now, tried again"),
    "bounced": text("bounced"),
    "unsure": text("may have been sent"),
}


def _finish(done: Delivery) -> None:
    """Say what became of the mails; addresses go to this terminal and nowhere else."""
    click.echo(t(plural_text("{n} mail was sent", "{n} mails were sent", done.sent)), err=True)
    for name, said in FAILED_MAILS.items():
        for failure in getattr(done, name):
            click.echo(f"{failure.wave}: {failure.email}: {t(said)} ({failure.reason})", err=True)
    for reason, n in done.skipped.items():
        say("skipped: {n} ({reason})", n=n, reason=reason_text(reason))
    if done.unsure:
        say(
            "whether a mail that may have been sent arrived, the mail server's log tells; then use "
            "survey send --unsure sent, or --unsure again; reminders are never sent again"
        )
    if done.stopped:
        click.echo(t(done.stopped.text), err=True)
    if not done.whole:
        click.get_current_context().exit(PARTLY if done.sent or not done.stopped else FAILED)


def _deliver(courier: Courier, ended: threading.Event) -> Delivery:
    """Send what is due, with a bar on a terminal; nothing where another program does."""
    try:
        if not sys.stderr.isatty():
            return courier.deliver(now, ended)
        with click.progressbar(length=courier.expected(now()), label=t("sending"), file=sys.stderr) as bar:
            return courier.deliver(now, ended, bar.update)
    except SendingElsewhere as elsewhere:
        click.echo(t(elsewhere.text), err=True)
        return Delivery()


@contextmanager
def _until_ended() -> Iterator[threading.Event]:
    """Ctrl-C or SIGTERM ends sending behind the mail that is in flight; a second Ctrl-C ends it at once."""
    ended = threading.Event()

    def end(*_: object) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
