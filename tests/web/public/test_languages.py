"""A third language by a catalogue alone, and which language a page speaks."""

import re
from datetime import date
from pathlib import Path

import pytest

from survey import inviting
from survey.cells import group_values
from survey.language import BadCatalogue, Languages
from survey.web import create_app
from tests.cast import HERE, make_instance, questionnaire

from .conftest import Site

TRANSLATIONS = HERE / "translations"
GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose instance has a German catalogue in a folder of its own."""
    instance = make_instance(tmp_path / "instance", TRANSLATIONS=str(TRANSLATIONS))
    app = create_app(instance.settings)
    return Site(app, instance, app.test_client(use_cookies=False))


def invited_in(site: Site, language: str | None) -> str:
    """The path of a link of the wave w1 whose invitation names a language."""
    values = group_values(questionnaire("three_languages"), {})
    keys = site.instance.mark_keys
    return site.address(inviting.add_invitations(site.instance.store, keys, "w1", [values], language)[0])


def test_a_whole_journey_in_a_language_that_the_program_does_not_have(site: Site):
    address = site.wave(definition="three_languages", invited=8)[0]
    page = site.client.get(address, headers=GERMAN).text
    assert '<html lang="de">' in page
    for said in (
        "<h1>Ihre Arbeitszeit</h1>",
        "Es dauert etwa eine Minute.",
        "Keine Antwort lässt sich zu Ihnen zurückverfolgen.",
        "Gruppen mit mindestens 5 Antworten",
        "Nur wenn Sie auf Frage 1 „Ja“ geantwortet haben.",
        "Eine Zahl von 0 bis 40,5, mit höchstens einer Nachkommastelle.",
        "Höchstens 200 Zeichen.",
        'lang="it">Italiano</button>',
        ">Meine Antworten abschicken</button>",
    ):
        assert said in page
    refused = site.client.post(address, headers=GERMAN, data={"saved": "viel"})
    assert (refused.status_code, "Bitte prüfen Sie 2 Stellen" in refused.text) == (422, True)
    assert "Diese Frage braucht eine Antwort." in refused.text
    english = site.client.post(address + "?lang=en", data={"used": "yes", "_go": "language"})
    assert ">Deutsch</button>" in english.text
    sent = site.client.post(address, headers=GERMAN, data={"used": "yes", "saved": "2,5"})
    assert (sent.status_code, sent.headers["Location"]) == (303, address + "/thanks?lang=de")
    assert "Vielen Dank" in site.client.get(sent.headers["Location"]).text
    assert "Dieser Link wurde schon benutzt" in site.client.get(address, headers=GERMAN).text
    notice = site.client.get("/privacy/w1", headers=GERMAN).text
    assert "<h1>Datenschutzhinweise</h1>" in notice and "Bündnis" in notice


def test_dates_and_numbers_are_written_as_that_language_writes_them():
    german = Languages(TRANSLATIONS)("de")
    assert german("You can answer until {day}.", day=date(2026, 12, 1)) == (
        "Sie können bis zum 1. Dezember 2026 antworten."
    )
    assert (german.number(1280.5, 1), german.minutes(30), german.minutes(120)) == (
        "1.280,5",
        "30 Minuten",
        "2 Stunden",
    )


def test_what_the_catalogue_lacks_is_said_in_english():
    assert Languages(TRANSLATIONS)("de")("Save and go on later") == "Save and go on later"


ORDER = {
    "the address before the invitation": ("de", "?lang=en", "it", "en"),
    "the invitation before the browser": ("de", "", "en", "de"),
    "the browser where the invitation names none": (None, "", "de", "de"),
    "the browser where the invitation names one that is not offered": ("fr", "", "en", "en"),
    "Italian where the browser's is not offered": (None, "", "fr", "it"),
}


@pytest.mark.parametrize(("invited", "query", "browser", "code"), ORDER.values(), ids=ORDER)
def test_the_order_in_which_a_language_is_chosen(site: Site, invited, query, browser, code):
    site.wave(definition="three_languages")
    address = invited_in(site, invited)
    before = site.instance.settings.database.read_bytes()
    reply = site.client.get(address + query, headers={"Accept-Language": browser})
    assert f'<html lang="{code}">' in reply.text
    assert site.instance.settings.database.read_bytes() == before


def test_pages_of_no_questionnaire_speak_it_too(site: Site):
    home = site.client.get("/", headers=GERMAN).text
    assert re.findall(r'<a href="\?lang=(\w+)"', home) == ["it", "en"]
    assert "Dieser Link funktioniert nicht" in site.client.get("/a/x", headers=GERMAN).text


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
UNUSABLE = {
    "a value that its sentence does not have": ("de", PO + 'msgid "Back"\nmsgstr "{x}"\n', ":4: .* holds x"),
    "a brace alone": ("de", PO + 'msgid "Back"\nmsgstr "Zur{ück"\n', "holds Zur"),
    "no catalogue": ("de", "Zurück", "cannot be read"),
    "no language": ("xx", PO, "xx, which is no language"),
}


@pytest.mark.parametrize(("code", "content", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_catalogue_that_could_break_a_page_stops_the_start(tmp_path: Path, code, content, said):
    instance = make_instance(tmp_path / "instance")
    path = instance.settings.catalogues / code / "LC_MESSAGES" / "survey.po"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadCatalogue, match=said):
        create_app(instance.settings)


def test_single_sentences_of_the_programs_own_can_be_replaced(tmp_path: Path):
    path = tmp_path / "it" / "LC_MESSAGES" / "survey.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO + 'msgid "Privacy notice"\nmsgstr "Informativa"\n', encoding="utf-8")
    italian = Languages(tmp_path)("it")
    assert (italian("Privacy notice"), italian("Back")) == ("Informativa", "Indietro")
