"""An evaluator's first wave, from a list of people to reminders, a bounce, a goodbye and a letter.

Everything is real but the distance: a browser, the server with its courier beside it, a mail server that
keeps what it gets, a delivery report as a pipe hands it over, and a letter that is read by a scanner.
"""

import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import time_machine
import zxingcpp
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from survey import admitting
from survey.cli import main
from survey.courier import Beside, Courier
from survey.keys import secret_keys
from survey.web import create_app
from tests.cast import Instance, make_instance
from tests.journeys.stage import DESK, PHONE, SAID, Album, press
from tests.mail_servers import Server, smtp_server, text_of

WAVE, EVALUATOR = "first-wave", "eva.bianchi@example.org"
GONE, MOVED = "persona.0002@azienda2.example.it", "maria.nuova@example.org"
"""The address of somebody to whom no mail gets, and the one where she can be reached."""
LONGEST = 900
"""Seconds in which all mails of a round must have arrived."""
NAMES = ("Niccolò Perù", "Anna D’Amico", "Zoë Müller", "Maria Rossi", "Jean-Luc Ébène")


@dataclass
class Sink(Server):
    """A mail server that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._more = threading.Condition()
        self.after = self._tell

    def _tell(self, n: int) -> None:
        with self._more:
            self._more.notify_all()

    def wait_for(self, n: int) -> None:
        """Until so many mails have arrived since the start."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.accepted) >= n, LONGEST), len(self.accepted)

    def newest(self, address: str) -> EmailMessage:
        """The last mail to an address."""
        return next(mail for to, mail in reversed(self.accepted) if to == address)


@dataclass
class Walk:
    """The site, the mail server and the evaluator's browser."""

    address: str
    instance: Instance
    sink: Sink
    browser: Browser
    album: Album
    page: Page

    def see(self, caption: str, page: Page | None = None, whole: bool = True) -> None:
        """A picture, of a page that does not scroll sideways."""
        shown = page or self.page
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert shown.evaluate(wide) <= 0, f"{caption}: scrolls sideways"
        self.album.take(shown, caption, whole)

    def press(self, button: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).first.click()

    def follow(self, *links: str) -> None:
        """Follow one link after the other."""
        for one in links:
            with self.page.expect_navigation():
                self.page.get_by_role("link", name=one).first.click()

    def go(self, group: str, page: str) -> None:
        """To a page of the wave, by its navigation."""
        self.follow(group, page)


def rows(people: int) -> list[tuple[str, ...]]:
    """A list of people as an office keeps it; the last one has no address."""
    offices = max(2, people // 50)
    listed = [
        (
            f"persona.{n:04}@azienda{n % offices}.example.it",
            NAMES[n % len(NAMES)],
            "inglese" if n % 8 == 1 else "italiano",
            f"Alleanza {n % offices % 4 + 1}",
            f"Azienda {n % offices:02}",
            ("Nido", "Navetta")[n // offices % 2],
        )
        for n in range(people)
    ]
    listed[2] = (GONE, *listed[2][1:])
    return [*listed, ("", "Ada Senzaposta", "italiano", *listed[0][3:])]


def as_excel_saves(people: Sequence[tuple[str, ...]]) -> bytes:
    """Semicolons, Windows-1252, CRLF."""
    header = ("E-mail", "Nome", "Lingua", "Alleanza", "Organizzazione", "Servizio")
    return "".join(";".join(row) + "\r\n" for row in (header, *people)).encode("cp1252")


@contextmanager
def walking(browser: Browser, album: Album) -> Iterator[Walk]:
    """A site with its courier, its mail server and an evaluator who is not signed in yet."""
    with TemporaryDirectory() as folder, smtp_server(Sink()) as sink, socket.socket() as listening:
        assert isinstance(sink, Sink)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        instance = make_instance(
            Path(folder) / "instance", PUBLIC_URL=address, SMTP_URL=sink.url,
            MAIL_FROM="Piano Conciliazione <piano@example.org>", **SAID,
        )  # fmt: skip
        admitting.add(instance.store, EVALUATOR, None, "test", datetime.now(UTC))
        server = create_server(create_app(instance.settings), sockets=[listening], threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        keys = secret_keys(instance.settings)
        courier = Courier(instance.store, instance.mark_keys, keys, instance.settings)
        page = browser.new_context(**DESK, locale="en-GB").new_page()
        try:
            with Beside(courier, instance.settings, lambda: datetime.now(UTC)):
                yield Walk(address, instance, sink, browser, album, page)
        finally:
            page.context.close()
            server.trigger.pull_trigger(server.close)
            server.task_dispatcher.shutdown()
            thread.join(5)
            instance.store.close()


def first_wave(browser: Browser, album: Album, people: int) -> None:
    """The whole way with so many people."""
    with walking(browser, album) as walk:
        everybody = [row[0] for row in rows(people) if row[0]]
        _signs_in(walk)
        _makes_a_wave(walk)
        _imports(walk, people)
        _opens_and_invites(walk, everybody)
        answered = _three_answer(walk, people)
        _corrects_a_bounce(walk, len(everybody))
        leaving = everybody[-1]
        _leaves_with_one_click(walk, leaving)
        _scans_a_letter(walk)
        others = {MOVED if one == GONE else one for one in everybody} - {leaving, *answered}
        _reminds_the_others(walk, others)
        with time_machine.travel(_days_later(14, hour=13)):
            _signs_in(walk)
            _reads_what_was_done(walk, everybody)


def _signs_in(walk: Walk) -> None:
    page, before = walk.page, len(walk.sink.accepted)
    page.goto(f"{walk.address}/sign-in")
    page.fill("#email", EVALUATOR)
    walk.see("Signing in: the address is typed")
    walk.press("Mail me a link")
    walk.see("A link is on its way")
    walk.sink.wait_for(before + 1)
    page.goto(_found(rf"{walk.address}/sign-in/\S+", text_of(walk.sink.newest(EVALUATOR))))
    walk.see("The link of the mail is opened")
    walk.press("Sign in as evaluator")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def _makes_a_wave(walk: Walk) -> None:
    page = walk.page
    walk.follow("Questionnaires")
    walk.see("The questionnaires")
    walk.follow("The service and what it changed for you")
    walk.follow("Make a wave of it")
    page.fill("#id", WAVE)
    page.fill("#closes", str((datetime.now(UTC) + timedelta(days=30)).date()))
    page.fill("#target", "40")
    walk.see("A new wave")
    walk.press("Make the wave")
    walk.see("The draft, and what is to be done")


def _imports(walk: Walk, people: int) -> None:
    page, listed = walk.page, rows(people)
    walk.go("Invitations", "People")
    walk.see("Nobody yet")
    faulty = [listed[0], ("no address", *listed[1][1:]), *listed[2:], listed[5]]
    _upload(walk, "people.csv", as_excel_saves(faulty))
    expect(page.get_by_role("alert")).to_contain_text("2 problems; nothing was stored.")
    walk.see("Two mistakes in the list")
    walk.follow("Back to the people")
    _upload(walk, "people (2).csv", as_excel_saves(listed))
    expect(page.locator("main")).to_contain_text(f"{people + 1:,}")
    walk.see("The list is in order: what will be stored")
    walk.press("Store all of it")
    expect(page.get_by_role("status")).to_be_visible()
    walk.see("The people are stored")


def _upload(walk: Walk, name: str, content: bytes) -> None:
    walk.page.set_input_files("#list", {"name": name, "mimeType": "text/csv", "buffer": content})
    walk.press("Look at the list")


def _opens_and_invites(walk: Walk, everybody: Sequence[str]) -> None:
    page, before = walk.page, len(walk.sink.accepted)
    walk.go("Invitations", "Mail")
    walk.follow("words and preview (invitation)")
    walk.see("The words of the invitation, and what one person gets")
    walk.follow("Open")
    page.check("#sure")
    walk.see("Before opening")
    walk.press("Open the wave now")
    walk.see("The wave is open")
    walk.go("Invitations", "Mail")
    page.fill("#days", "14")
    walk.press("Save the plan")
    _send(walk, "invitation", f"Queue {len(everybody):,} mails", "Invitations: who gets one")
    walk.see("The invitations are queued")
    walk.sink.wait_for(before + len(everybody))
    arrived = walk.sink.addresses[before:]
    assert Counter(arrived) == Counter(everybody), "everybody one invitation"
    _settled(walk)
    walk.see("The invitations were sent")


def _send(walk: Walk, kind: str, button: str, caption: str) -> None:
    walk.follow(f"send… ({kind})")
    walk.see(caption)
    walk.press(button)


def _settled(walk: Walk) -> None:
    """Look again until the last mail's outcome is recorded."""

    def look() -> bool:
        walk.follow("show it anew")
        shown = walk.page.locator("section").first.inner_text().lower()
        return not any(word in shown for word in ("queued\n", "being sent", "under way"))

    _until(look)


def _until(happened: Callable[[], bool]) -> None:
    waited = threading.Event()
    for _ in range(10 * LONGEST):
        if happened():
            return
        waited.wait(0.1)
    raise AssertionError("nothing has changed")


def _three_answer(walk: Walk, people: int) -> set[str]:
    """An Italian on a phone, an English speaker at night, an Italian without script: by their mails."""
    ways = (
        ("italiano", {**PHONE, "locale": "it-IT"}),
        ("inglese", {**PHONE, "locale": "en-GB", "color_scheme": "dark"}),
        ("italiano", {**DESK, "locale": "it-IT", "java_script_enabled": False}),
    )
    taken: list[str] = []
    for language, device in ways:
        chosen = next(row[0] for row in rows(people) if row[2] == language and row[0] not in (GONE, *taken))
        taken.append(chosen)
        _answers(walk, walk.sink.newest(chosen), device, f"{language}, {len(taken)} of 3")
    return set(taken)


def _answers(walk: Walk, mail: EmailMessage, device: dict[str, object], who: str) -> None:
    page = walk.browser.new_context(**device).new_page()  # type: ignore[arg-type]
    html = mail.get_body(("html",))
    assert html is not None
    page.set_content(html.get_content())
    walk.album.take(page, f"{who}: the mail", whole=True)
    page.goto(_found(rf"{walk.address}/a/\S+", text_of(mail)))
    walk.album.take(page, f"{who}: its link is opened")
    page.locator("fieldset:has(input[type=radio])").evaluate_all(
        "all => all.forEach(one => one.querySelectorAll('label')[2].click())"
    )
    english = "Send" in page.locator("form button").last.inner_text()
    button, title = (
        ("Send my answers", "Thank you: your answers have arrived")
        if english
        else ("Invia le risposte", "Grazie: le sue risposte sono arrivate")
    )
    press(page, button, title)
    walk.album.take(page, f"{who}: answered")
    page.context.close()


def _corrects_a_bounce(walk: Walk, invited: int) -> None:
    page, before = walk.page, len(walk.sink.accepted)
    said = _survey(walk, "bounces", "-", given=report(walk.sink.newest(GONE)))
    assert f"{WAVE}: {GONE}" in said
    walk.go("Invitations", "People")
    walk.see("A delivery report was read: one person is not reached")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download those who are not reached (CSV)").click()
    assert GONE in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.fill("#part", GONE)
    walk.press("Find")
    walk.see("The person is found")
    walk.follow(GONE)
    walk.see("Mail bounced")
    page.fill("#email", MOVED)
    walk.press("Store the correction")
    walk.go("Invitations", "Mail")
    _send(walk, "invitation", "Queue 1 mail", "One mail more, to the corrected address")
    walk.sink.wait_for(before + 1)
    assert walk.sink.addresses[before:] == [MOVED]
    _settled(walk)
    walk.see("It was sent")


def report(mail: EmailMessage) -> bytes:
    """The delivery report (RFC 3464) that a mail server sends back for a mail to nobody."""
    returned = "".join(f"{name}: {mail[name]}\n" for name in ("Message-ID", "From", "To", "Subject"))
    return (
        "From: MAILER-DAEMON@mx.example.it\nTo: piano@example.org\nSubject: Undelivered Mail\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nThe mail system could not deliver your message.\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.it\n\n"
        f"Final-Recipient: rfc822; {mail['To']}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\n{returned}\n--B--\n"
    ).encode()


def _leaves_with_one_click(walk: Walk, address: str) -> None:
    """As a mail program does it (RFC 8058): one POST without cookies. The link goes on working."""
    mail = walk.sink.newest(address)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    where = _found(r"<(http\S+)>", mail["List-Unsubscribe"])
    with urlopen(Request(where, data=b"List-Unsubscribe=One-Click", method="POST"), timeout=20) as said:
        assert (said.status, said.headers["Set-Cookie"]) == (200, None)
    page = walk.browser.new_context(**PHONE, locale="it-IT").new_page()
    page.goto(where)
    walk.see("Unsubscribed by one click: what the person sees there", page)
    page.goto(_found(rf"{walk.address}/a/\S+", text_of(mail)))
    expect(page.locator("form fieldset").first).to_be_visible()
    page.context.close()
    walk.go("Invitations", "People")
    walk.see("One wants no mail")


def _scans_a_letter(walk: Walk) -> None:
    page = walk.page
    walk.go("Invitations", "Letters and paper")
    page.get_by_label("People whom mail does not reach").check()
    walk.see("Letters for those whom mail does not reach")
    walk.press("To print")
    expect(page.locator("article")).to_have_count(1)
    walk.see("The letter")
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot(full_page=True))))
    assert code.text.startswith(f"{walk.address}/a/")
    phone = walk.browser.new_context(**PHONE, locale="it-IT").new_page()
    phone.goto(code.text)
    walk.see("Its QR code, scanned", phone, whole=False)
    phone.goto(f"{walk.address}/")
    phone.fill("input[name=code]", page.locator(".code").inner_text())
    walk.see("Or its short code, typed", phone)
    with phone.expect_navigation():
        phone.locator("main form button").click()
    expect(phone).to_have_url(re.compile(r"/a/"))
    assert phone.url.split("?")[0] == code.text
    phone.context.close()
    page.goto(f"{walk.address}/waves/{WAVE}")


def _reminds_the_others(walk: Walk, others: set[str]) -> None:
    """A round by hand after a week; after two, the plan's by itself, less one who has answered meanwhile."""
    with time_machine.travel(_days_later(7)):
        _signs_in(walk)
        before = len(walk.sink.accepted)
        walk.page.goto(f"{walk.address}/waves/{WAVE}/mail")
        _send(walk, "reminder", "Remind them", "A week later: reminders, to nobody knows whom")
        walk.sink.wait_for(before + len(others))
        _settled(walk)
        assert Counter(walk.sink.addresses[before:]) == Counter(others), "the others one reminder each"
        walk.see("The reminders were sent")
        late = sorted(others)[-1]
        _answers(walk, walk.sink.newest(late), {**PHONE, "locale": "it-IT"}, "Reminded")
    with time_machine.travel(_days_later(14)):
        before = len(walk.sink.accepted)
        walk.sink.wait_for(before + len(others) - 1)
        _signs_in(walk)
        walk.page.goto(f"{walk.address}/waves/{WAVE}/mail")
        _settled(walk)
        arrived = [one for one in walk.sink.addresses[before:] if one != EVALUATOR]
        assert Counter(arrived) == Counter(others - {late}), "the plan reminds whoever is left"
        walk.see("Two weeks later: the plan has reminded by itself")


def _days_later(days: int, hour: int = 12) -> datetime:
    """An hour of a later day by the clock of the wave."""
    return datetime.now(ZoneInfo("Europe/Rome")).replace(hour=hour) + timedelta(days=days)


def _reads_what_was_done(walk: Walk, everybody: Sequence[str]) -> None:
    """The rates by group; and the log of acts and numbers, without addresses of those invited and links."""
    walk.page.goto(f"{walk.address}/waves/{WAVE}/rates?by=alliance")
    drawn = walk.page.locator("figure img")
    drawn.scroll_into_view_if_needed()
    expect(drawn).to_have_js_property("complete", True, timeout=1000 * LONGEST)
    walk.see("The response rate")
    walk.page.goto(f"{walk.address}/waves/{WAVE}/log")
    expect(walk.page.locator("tbody")).to_contain_text("delivery reports read")
    walk.see("The log")
    said = walk.page.content()
    assert not any(one in said for one in (*everybody, MOVED, "/a/"))


def _survey(walk: Walk, *words: str, given: bytes) -> str:
    """The output of a command that must succeed."""
    environ = {"SURVEY_INSTANCE": str(walk.instance.settings.instance)}
    done = CliRunner().invoke(main, words, input=given, env=environ)
    assert done.exit_code == 0, done.output
    return done.stdout


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[found.re.groups]
