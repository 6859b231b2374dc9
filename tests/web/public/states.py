"""Every state of every page that a respondent can see, each with the way to it.

`STATES` is the table: walk -> state -> status and English title. A walk leads a browser's page from state to
state, so that most pages are loaded once; it yields a state's name when the page shows it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from unittest.mock import patch

from playwright.sync_api import Page, expect

from survey.reopening import reopen
from survey.store import connection
from tests.cast import NOW, questionnaire

from .conftest import GOOD, Site

SEND = "form > .c:last-child button >> nth=0"
NEXT = "form > .d button >> nth=0"
SAVE = "form button[value=save]"
MANY = 12
PAST_SCRIPTS = """wish => {
    const form = document.forms[0]
    if (wish) form.append(Object.assign(document.createElement("input"), {name: "_go", value: wish}))
    HTMLFormElement.prototype.submit.call(form)
}"""


@dataclass
class Rounds:
    """Waves made when they are first asked for, and their links, each given away once."""

    site: Site
    left: dict[str, list[str]] = field(default_factory=dict)

    def link(self, definition: str, wave_id: str = "", **more: object) -> str:
        """A link that nobody has used, of the wave `wave_id` (else one called like the definition)."""
        wave_id = wave_id or definition.replace("_", "-")
        if wave_id not in self.left:
            named = questionnaire(definition).mode == "named"
            groups = [{"organization": f"O{n}"} if named else {} for n in range(MANY)]
            self.left[wave_id] = self.site.wave(wave_id, definition=definition, groups=groups, **more)
        return self.left[wave_id].pop()


@dataclass(frozen=True)
class Visitor:
    """A browser's page in one language, and the waves behind it."""

    page: Page
    code: str
    rounds: Rounds

    @property
    def site(self) -> Site:
        """The site."""
        return self.rounds.site

    def open(self, path: str) -> None:
        """Go to an address, in the visitor's language."""
        self.page.goto(f"{path}?lang={self.code}")

    def press(self, button: str) -> None:
        """Press a button, and wait until another page is there."""
        with self.leaving():
            self.page.locator(button).first.click()

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Wait until what is done inside has led to another page."""
        self.page.evaluate("document.querySelector('h1').dataset.left = ''")
        yield
        expect(self.page.locator("h1:not([data-left])")).to_be_attached()
        self.page.wait_for_load_state()

    def slip(self, wish: str = "") -> None:
        """Send the form as the button with this wish does, unseen by any script of the page."""
        with self.leaving():
            self.page.evaluate(PAST_SCRIPTS, wish)

    def check(self, **answers: str) -> None:
        """Choose a code for each item."""
        for item, code in answers.items():
            self.page.locator(f"[name={item}][value='{code}']").check()

    def fill(self, **answers: str) -> None:
        """Type into the field of each item."""
        for item, typed in answers.items():
            self.page.locator(f".x[name={item}]").fill(typed)

    def post(self, path: str, **fields: object) -> None:
        """What somebody else sends meanwhile."""
        assert self.site.client.post(path, data=fields).status_code == 303


@contextmanager
def busy(site: Site, lock: str = "IMMEDIATE") -> Iterator[None]:
    """The database, held by another program."""
    with patch.object(connection, "BUSY_SECONDS", 0.05):
        site.app.extensions["rooms"].store.close()
        other = connection.sqlite3.connect(site.instance.settings.database, isolation_level=None)
        other.execute(f"BEGIN {lock}")
        yield
        other.execute("ROLLBACK")
        other.close()


def one_page(at: Visitor) -> Iterator[str]:
    """All kinds of questions on one page, up to the thanks and what comes behind them."""
    link = at.rounds.link("all_kinds")
    at.open(link)
    yield "empty"
    at.slip()
    yield "nothing filled in"
    at.check(recommend="7", again="yes", used="nursery", time_saving="DK", age_band="35_49")
    at.fill(hours="many", comment="Grazie\n<b>")
    yield "filled in, with problems"
    at.slip()
    yield "problems"
    at.check(utility="4")
    at.fill(hours="3,5")
    at.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    yield "mended"
    with busy(at.site):
        at.slip()
    yield "server busy, answers in the form"
    with busy(at.site, "EXCLUSIVE"):
        at.slip()
    yield "server busy, answers in a button"
    at.press("main button")
    yield "thanks"
    at.open(link)
    yield "spent"
    at.open(at.rounds.link("all_kinds", "demonstration", synthetic=True, closes=date(2026, 11, 30)))
    at.page.locator("summary").click()
    yield "demonstration"


def conditions(at: Visitor) -> Iterator[str]:
    """Conditions and groups, a choice too many, another language, and a second tab."""
    link = at.rounds.link("conditional")
    at.open(link)
    at.page.locator("#item-services label").first.click()
    at.page.locator("#item-services label").last.click()
    at.page.locator("#item-used label").first.click()
    at.page.locator("#item-hours .n label").click()
    yield "conditions"
    at.slip()
    yield "conditions, problems"
    at.post(link, services=["nursery"], used="no", obstacles=["cost"])
    at.check(services="camp")
    at.slip()
    yield "conditions, already arrived"
    other = {"it": "en", "en": "it"}[at.code]
    at.page.goto(f"{at.rounds.link('all_kinds')}?lang={other}")
    at.check(recommend="0")
    at.fill(comment="Grazie")
    at.press(f"nav button[lang={at.code}]")
    yield "another language"
    at.open(at.rounds.link("beneficiaries"))
    for item in questionnaire("beneficiaries").items:
        if item.codes:
            at.check(**{item.id: item.codes[-1]})
    yield "thirty questions, filled in"


def several_pages(at: Visitor) -> Iterator[str]:
    """A page for each part, and a last look."""
    at.open(at.rounds.link("paged"))
    yield "first page"
    at.slip()
    yield "first page, problem"
    at.check(used="yes", which="nursery")
    at.press(NEXT)
    yield "second page"
    at.fill(hours="many")
    at.slip()
    yield "second page, problem"
    at.fill(hours="3")
    at.press(NEXT)
    at.check(wish="no")
    at.press(NEXT)
    yield "last page"
    at.fill(reason="Due\nrighe")
    at.press(SEND)
    yield "last look"
    with busy(at.site):
        at.slip("send")
    yield "last look, server busy"
    at.press("[value='change:hours']")
    yield "change"
    at.page.evaluate("document.querySelector('[name=_carried]').value = 'x'")
    at.press(SEND)
    yield "other pages unreadable"


def drafts(at: Visitor) -> Iterator[str]:
    """A named wave: drafts, two versions, sent meanwhile, a copy, reopened."""
    link = at.rounds.link("organizations")
    at.open(link)
    yield "named"
    at.fill(employees="40", comment="C")
    at.page.locator("#by").fill("MR")
    at.press(SAVE)
    yield "saved"
    at.fill(employees="many")
    at.press(SEND)
    yield "saved, problems"
    with busy(at.site):
        at.slip("save")
    yield "saving, server busy"
    at.post(link, _go="save", _revision="2", employees="7", _by="AB")
    at.fill(employees="8")
    at.press(SAVE)
    yield "two versions"
    at.press("button[value=choose]")
    yield "two versions, none chosen"
    at.page.locator("fieldset label").first.click()
    at.press("button[value=choose]")
    at.press(SEND)
    yield "named, thanks"
    at.open(link)
    yield "named, spent"
    at.press("main a")
    yield "copy"
    reopen(at.site.instance.store, "organizations", {"organization": f"O{MANY - 1}"}, "anna", NOW)
    at.open(link)
    yield "reopened"
    at.post(link, employees="7", _revision=at.page.locator("[name=_revision]").input_value())
    at.fill(employees="8")
    at.press(SEND)
    yield "sent meanwhile"
    at.open(at.rounds.link("named_paged"))
    at.check(used="yes")
    at.press(SAVE)
    yield "named page"


def refusals(at: Visitor) -> Iterator[str]:
    """Whatever leads to no questionnaire."""
    at.open("/")
    yield "home"
    form = "document.createElement('form'), {method: 'post', action: '/healthz'}"
    at.page.evaluate(f"document.body.append(Object.assign({form}))")
    with at.leaving():
        at.page.evaluate("document.forms[document.forms.length - 1].submit()")
    yield "not allowed"
    at.open("/nowhere")
    yield "no such page"
    link = at.rounds.link("all_kinds")
    at.open(link[:-1])
    yield "unknown link"
    at.open(link)
    at.page.locator("textarea").evaluate("one => { one.value = 'x'.repeat(1100000) }")
    at.slip()
    yield "too much"
    at.open(at.rounds.link("all_kinds", "some-day", opened=False))
    yield "not open"
    at.open(at.rounds.link("all_kinds", "next-month", opens=date(2026, 12, 1)))
    yield "early"
    at.open(at.rounds.link("all_kinds", "last-week", opens=date(2026, 11, 1), closes=date(2026, 11, 13)))
    yield "late"
    at.open(link)
    at.site.instance.close("all-kinds")
    at.fill(comment="Grazie")
    at.slip()
    yield "closed meanwhile"
    link = at.rounds.link("conditional")
    with busy(at.site, "EXCLUSIVE"):
        at.open(link)
    yield "server busy"
    broken = at.rounds.link("conditional", "broken")
    (at.site.instance.settings.mark_keys / "broken.key").unlink()
    at.open(broken)
    yield "fault"
    at.page.goto(at.page.url.replace("127.0.0.1", "elsewhere.localhost"))
    yield "foreign host"


Walk = Callable[[Visitor], Iterator[str]]
KINDS = "Every kind of question"
WAYS = "The services, part by part"
BOND = "Work-life-balance services"
FIRM = "Workplace welfare as your organization sees it"

STATES: Mapping[Walk, Mapping[str, tuple[int, str]]] = {
    one_page: {
        "empty": (200, KINDS),
        "nothing filled in": (422, f"Please check: {KINDS}"),
        "filled in, with problems": (422, f"Please check: {KINDS}"),
        "problems": (422, f"Please check: {KINDS}"),
        "mended": (422, f"Please check: {KINDS}"),
        "server busy, answers in the form": (503, KINDS),
        "server busy, answers in a button": (503, "Please send your answers again"),
        "thanks": (200, "Thank you: your answers have arrived"),
        "spent": (410, "This link has already been used"),
        "demonstration": (200, KINDS),
    },
    conditions: {
        "conditions": (200, BOND),
        "conditions, problems": (422, f"Please check: {BOND}"),
        "conditions, already arrived": (409, "Your answers had already arrived"),
        "another language": (200, KINDS),
        "thirty questions, filled in": (200, "The service and what it changed for you"),
    },
    several_pages: {
        "first page": (200, WAYS),
        "first page, problem": (422, f"Please check: {WAYS}"),
        "second page": (200, f"Part 2 of 4: {WAYS}"),
        "second page, problem": (422, f"Please check: Part 2 of 4: {WAYS}"),
        "last page": (200, f"Part 4 of 4: {WAYS}"),
        "last look": (200, f"Your answers at a glance: {WAYS}"),
        "last look, server busy": (503, f"Your answers at a glance: {WAYS}"),
        "change": (200, f"Part 2 of 4: {WAYS}"),
        "other pages unreadable": (422, WAYS),
    },
    drafts: {
        "named": (200, FIRM),
        "saved": (200, FIRM),
        "saved, problems": (422, f"Please check: {FIRM}"),
        "saving, server busy": (503, FIRM),
        "two versions": (409, "Which answers shall stay?"),
        "two versions, none chosen": (409, "Which answers shall stay?"),
        "named, thanks": (200, "Thank you: your answers have arrived"),
        "named, spent": (410, "This link has already been used"),
        "copy": (200, f"Copy of the answers: {FIRM}"),
        "reopened": (200, FIRM),
        "sent meanwhile": (409, "The answers had already been sent"),
        "named page": (200, "Part 2 of 2: On two pages, under one's name"),
    },
    refusals: {
        "home": (200, "Riscontro"),
        "not allowed": (405, "This cannot be done here"),
        "no such page": (404, "There is no page here"),
        "unknown link": (404, "This link does not work"),
        "too much": (413, "This is too much to receive"),
        "not open": (403, "This questionnaire is not open yet"),
        "early": (403, "This questionnaire is not open yet"),
        "late": (410, "This questionnaire has closed"),
        "closed meanwhile": (410, "This questionnaire has closed"),
        "server busy": (503, "Please try again shortly"),
        "fault": (500, "Something went wrong on our side"),
        "foreign host": (400, "This request could not be read"),
    },
}
__all__ = ["GOOD", "NEXT", "SAVE", "SEND", "STATES", "Rounds", "Visitor", "Walk", "busy"]
