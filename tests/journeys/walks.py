"""The five journeys. Each takes a picture of every step that a person would see."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.stage import DESK, PHONE, Album, Stage, press, tab_to

WEEK = timedelta(days=7)
SERVICE_IT, SERVICE_EN = "Il servizio e i suoi effetti per lei", "The service and what it changed for you"
FIRM_EN = "Workplace welfare as your organization sees it"
PARTS = "I servizi, parte per parte"


def phone_italian(stage: Stage, album: Album) -> None:
    """On the bus: opens the link, reads who asks, answers by touch, sends, and opens the link again."""
    page = stage.device(PHONE, "it-IT")
    link = stage.link("beneficiaries", closes=date.today() + WEEK)
    page.goto(link)
    album.take(page, "The link is opened")
    page.locator("summary").first.tap()
    album.take(page, "Who asks, and who sees what")
    page.locator("#item-services_used label").nth(1).tap()
    album.take(page, "The first answer")
    for item in ("utility", "recommend", "status_before", "status_now"):
        page.locator(f"#item-{item} .o label").nth(2).tap()
    page.locator("#item-status_before").scroll_into_view_if_needed()
    album.take(page, "Before and now")
    rest = page.locator("fieldset:has(input[type=radio])").evaluate_all("all => all.map(one => one.id)")
    for item in rest[4:]:
        page.locator(f"#{item} .o label").last.tap()
    page.locator("textarea").fill("Il nido vicino al lavoro mi ha cambiato le giornate.")
    album.take(page, "A comment")
    album.take(page, "The whole page, filled in", whole=True)
    page.locator("footer").scroll_into_view_if_needed()
    album.take(page, "Before sending")
    press(page, "Invia le risposte", "Grazie: le sue risposte sono arrivate")
    album.take(page, "Sent")
    page.goto(link)
    expect(page).to_have_title("Questo link è già stato usato")
    album.take(page, "The link is opened again")


def phone_english_dark(stage: Stage, album: Album) -> None:
    """At night, on an Italian invitation: changes the language, makes a mistake, mends it, sends."""
    page = stage.device(PHONE, "it-IT", color_scheme="dark")
    page.goto(stage.link("beneficiaries", synthetic=True))
    page.locator("#item-utility label").nth(3).tap()
    album.take(page, "In Italian, one answer given")
    press(page, "English", SERVICE_EN)
    album.take(page, "In English")
    page.locator("#item-utility").scroll_into_view_if_needed()
    expect(page.locator("#item-utility input").nth(3)).to_be_checked()
    album.take(page, "The answer is still there")
    page.locator("#item-services_used label").first.tap()
    page.locator("#item-services_used label").last.tap()
    album.take(page, "Two answers that exclude one another")
    press(page, "Send my answers", f"Please check: {SERVICE_EN}")
    album.take(page, "What to check")
    page.get_by_role("link", name="Question 1").tap()
    expect(page.locator("#item-services_used")).to_be_in_viewport()
    album.take(page, "At the question")
    page.locator("#item-services_used label").last.tap()
    page.locator("#item-utility .n label").first.tap()
    album.take(page, "Mended; another answer does not apply")
    press(page, "Send my answers", "Thank you: your answers have arrived")
    album.take(page, "Sent")


def keyboard(stage: Stage, album: Album) -> None:
    """At a desk without a mouse: Tab, arrows, space and Enter."""
    page = stage.device(DESK, "en-GB")
    page.goto(stage.link("pulse"))
    page.keyboard.press("Tab")
    album.take(page, "The first stop")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    album.take(page, "Who asks, and who sees what")
    tab_to(page, "[name=utility]")
    album.take(page, "At the first question")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    album.take(page, "Chosen with the arrows")
    tab_to(page, "[name=recommend]")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    album.take(page, "The next question")
    tab_to(page, "textarea")
    page.keyboard.type("A shuttle from the station would help.")
    album.take(page, "A comment")
    tab_to(page, "form > .c:last-child button")
    album.take(page, "At the button")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Thank you: your answers have arrived")
    album.take(page, "Sent")


def no_script(stage: Stage, album: Album) -> None:
    """On an old, small phone that runs no script: parts, back, another language, a last look, a change."""
    small = {**PHONE, "viewport": {"width": 320, "height": 568}}
    page = stage.device(small, "it-IT", java_script_enabled=False)
    page.goto(stage.link("paged"))
    album.take(page, "The first part", whole=True)
    press(page, "Parte successiva", f"Da controllare: {PARTS}")
    album.take(page, "Something is missing")
    page.locator("#item-used label").first.tap()
    page.locator("#item-which label").first.tap()
    press(page, "Parte successiva", f"Parte 2 di 4: {PARTS}")
    page.locator("#item-hours .x").fill("2,5")
    page.locator("#item-time label").nth(3).tap()
    album.take(page, "The second part", whole=True)
    press(page, "Indietro", PARTS)
    page.locator("#item-which").scroll_into_view_if_needed()
    album.take(page, "Back: nothing is lost")
    press(page, "English", "The services, part by part")
    album.take(page, "In English")
    press(page, "Italiano", PARTS)
    press(page, "Parte successiva", f"Parte 2 di 4: {PARTS}")
    press(page, "Parte successiva", f"Parte 3 di 4: {PARTS}")
    page.locator("#item-wish label").first.tap()
    page.locator("[name=comment]").fill("Orari più lunghi.")
    album.take(page, "The third part", whole=True)
    press(page, "Parte successiva", f"Le sue risposte in breve: {PARTS}")
    album.take(page, "The last look", whole=True)
    page.locator("[value='change:hours']").tap()
    expect(page).to_have_title(f"Parte 2 di 4: {PARTS}")
    album.take(page, "A change")
    page.locator("#item-hours .x").fill("3")
    press(page, "Rivedi le risposte", f"Le sue risposte in breve: {PARTS}")
    album.take(page, "The last look again")
    press(page, "Invia le risposte", "Grazie: le sue risposte sono arrivate")
    album.take(page, "Sent")


def manager(stage: Stage, album: Album) -> None:
    """A week at a desk, with a colleague's phone: saving, both at once, choosing, sending, a copy."""
    desk, phone = stage.device(DESK, "en-GB"), stage.device(PHONE, "en-GB")
    link = stage.link("organizations", closes=date.today() + WEEK)
    desk.goto(link)
    album.take(desk, "Desk: the link is opened")
    desk.locator("#item-employees .x").fill("about 40")
    desk.locator("#item-sector label").nth(2).click()
    desk.locator("#by").fill("Maria R.")
    album.take(desk, "Desk: to be gone on with later")
    desk.get_by_role("button", name="Save and go on later").click()
    expect(desk.get_by_role("region", name="Saved on")).to_be_visible()
    album.take(desk, "Desk: saved")
    phone.goto(link)
    album.take(phone, "Phone: a colleague opens the same link")
    phone.locator("#item-employees .x").fill("41")
    phone.locator("#item-relation .o label").nth(3).tap()
    phone.locator("#by").fill("Paolo B.")
    phone.get_by_role("button", name="Save and go on later").tap()
    expect(phone.get_by_role("region", name="Paolo B.")).to_be_visible()
    album.take(phone, "Phone: saved")
    desk.locator("#item-employees .x").fill("40")
    desk.get_by_role("button", name="Send my answers", exact=True).click()
    expect(desk).to_have_title("Which answers shall stay?")
    album.take(desk, "Desk: two versions", whole=True)
    desk.locator("fieldset:has([name='_keep.employees']) label").last.click()
    desk.get_by_role("button", name="Save what I chose and go on").click()
    expect(desk).to_have_title(FIRM_EN)
    album.take(desk, "Desk: chosen")
    press(desk, "Send my answers", "Thank you: your answers have arrived")
    album.take(desk, "Desk: sent")
    desk.get_by_role("link", name="Read and print what was sent").click()
    expect(desk).to_have_title(f"Copy of the answers: {FIRM_EN}")
    album.take(desk, "Desk: a copy", whole=True)
    phone.locator("#item-employees .x").fill("44")
    phone.get_by_role("button", name="Save and go on later").tap()
    expect(phone).to_have_title("The answers had already been sent")
    album.take(phone, "Phone: too late")


WALKS: Mapping[str, Callable[[Stage, Album], None]] = {
    "1-phone-italian": phone_italian,
    "2-phone-english-dark": phone_english_dark,
    "3-keyboard": keyboard,
    "4-no-script": no_script,
    "5-manager": manager,
}
