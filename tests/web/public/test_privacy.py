"""The privacy notice: a page for each wave, of the program's facts and of what whoever asks has written."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from survey import notice
from survey.cli import main
from survey.settings import load
from survey.store import audit, waves
from survey.tokens import Receipts
from survey.web import create_app
from tests.cast import QUESTIONNAIRES, make_instance

from .conftest import GOOD, Site
from .test_browser import PHONE, RULES

NOTICE = """
controller = '''Comune di <Esempio>, via Roma 1, 20121 Milano
protocollo@pec.esempio.it'''
dpo = "rpd@esempio.it"

[legal_basis]
it = "Compito di interesse pubblico."
en = "A task in the public interest."

[retention]
it = "Gli elenchi degli inviti: sei mesi."
en = "Lists of invitations: six months."
"""
NAMED = {
    "ORGANIZER": "Comune di Esempio",
    "CONTACT": "ask@example.org",
    "PRIVACY_URL": "https://example.org/p",
    "ACCESSIBILITY_URL": "https://example.org/a",
    "ACCESSIBILITY_CONTACT": "access@example.org",
}


def site_of(folder: Path, written: str = "", **variables: str) -> Site:
    """A site whose instance has such a notice and such settings."""
    instance = make_instance(folder / "instance", **variables)
    if written:
        (instance.settings.instance / "notice.toml").write_text(written, encoding="utf-8")
    app = create_app(instance.settings)
    return Site(app, instance, app.test_client(use_cookies=False))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return site_of(tmp_path, NOTICE, **NAMED)


def parts(page: str) -> dict[str, str]:
    """Heading -> what stands under it."""
    return dict(re.findall(r'<h2 id="part-\d+">(.*?)</h2>\s*(.*?)</section>', page, re.DOTALL))


def test_it_says_what_the_regulation_asks_for(site: Site):
    address = site.wave(threshold=7)[0]
    form = site.client.get(address + "?lang=en").text
    (link,) = set(re.findall(r'<a href="([^"]+)" target="_blank">Privacy notice</a>', form))
    reply = site.client.get(link)
    said = parts(reply.text)
    assert list(said) == [
        "Who is responsible for the data",
        "Data protection officer",
        "What the answers are for",
        "On what legal basis",
        "What is stored, and what is not",
        "Who sees what",
        "How long it is kept",
        "Whether you have to answer",
        "Your rights",
        "Complaints",
        "What cannot be promised",
        "The whole notice of whoever asks",
        "Accessibility",
    ]
    assert (
        "Comune di &lt;Esempio&gt;, via Roma 1, 20121 Milano<br>" in said["Who is responsible for the data"]
    )
    assert '<a href="mailto:rpd@esempio.it">' in said["Data protection officer"]
    assert "A task in the public interest." in said["On what legal basis"]
    assert "which at least 7 invited people share" in said["What is stored, and what is not"]
    assert "your employer included" in said["Who sees what"]
    kept = said["How long it is kept"]
    assert kept.index("destroyed when the survey closes") < kept.index("six months")
    assert 'href="https://www.garanteprivacy.it"' in said["Complaints"]
    assert 'href="https://example.org/p"' in said["The whole notice of whoever asks"]
    assert {"https://example.org/a", "mailto:access@example.org"} <= set(
        re.findall(r'href="([^"]+)"', said["Accessibility"])
    )
    assert "sei mesi" in site.client.get(link.replace("en", "it")).text


def test_it_is_a_constant_page_that_uses_up_no_link_and_sets_no_cookie(site: Site):
    address = site.wave()[0]
    before = site.instance.settings.database.read_bytes()
    first, second = (site.client.get("/privacy/w1", headers={"Accept-Language": "en"}) for _ in "ab")
    assert first.data == second.data
    policy = first.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "script-src" not in policy
    assert "Set-Cookie" not in first.headers
    assert not re.search(r"<script|<img|url\(|style=|src=", first.text)
    assert site.instance.settings.database.read_bytes() == before
    assert site.client.post(address, data=GOOD).status_code == 303


def test_every_page_around_a_link_leads_to_it(site: Site):
    spent = site.wave()[0]
    site.client.post(spent, data=GOOD)
    late = site.wave("late", opened=True)[0]
    site.instance.close("late")
    for address, wave in ((spent, "w1"), (spent + "/thanks", "w1"), (late, "late")):
        page = site.client.get(address + "?lang=en").text
        assert f'href="/privacy/{wave}?lang=en"' in page, address
        assert 'href="https://example.org/a"' in page
    assert site.client.get("/privacy/late").status_code == 200


def test_nobody_learns_of_a_wave_that_was_not_opened(site: Site):
    early = site.wave(opened=False)[0]
    assert "/privacy/" not in site.client.get(early).text
    unknown = site.client.get("/privacy/w2?lang=en")
    assert (unknown.status_code, unknown.data) == (404, site.client.get("/privacy/w1?lang=en").data)


def test_no_heading_is_empty_where_nobody_wrote_anything(tmp_path: Path):
    site = site_of(tmp_path)
    site.wave()
    site.wave("w2", definition="organizations", groups=[{"organization": "O1"}])
    for wave in ("w1", "w2"):
        said = parts(site.client.get(f"/privacy/{wave}?lang=en").text)
        assert "Who is responsible for the data" not in said and "Accessibility" not in said
        assert all("<p>" in words for words in said.values()), wave


def test_a_named_wave_tells_what_is_stored_of_it(site: Site):
    site.wave(definition="organizations", groups=[{"organization": "O1"}])
    page = site.client.get("/privacy/w1?lang=en").text
    assert "with the name of your organization and the time" in page
    assert "nobody can: they cannot be shown to you" not in page
    assert "What cannot be promised" not in page


def test_a_waves_own_words_go_before_the_instances(site: Site):
    site.wave(notice='dpo = "dpo@other.example"\n[purpose]\nen = "To plan 2027."\n')
    said = parts(site.client.get("/privacy/w1?lang=en").text)
    assert "dpo@other.example" in said["Data protection officer"]
    assert "To plan 2027." in said["What the answers are for"]
    assert "in figures of groups" not in said["What the answers are for"]
    assert "Comune di" in said["Who is responsible for the data"]


UNUSABLE = {
    "no TOML": ("controller", "is no TOML"),
    "an unknown key": ('owner = "x"', "unknown key owner; the keys are controller, dpo"),
    "a number": ("dpo = 1", "dpo must be a text"),
    "an empty text": ('dpo = " "', "leave out what there is nothing to say about"),
    "an unknown language": ('[dpo]\nxx = "x"', "has the language xx"),
}


@pytest.mark.parametrize(("written", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_file_that_cannot_be_used_stops_the_start(tmp_path: Path, written: str, said: str):
    with pytest.raises(notice.BadNotice, match=said):
        site_of(tmp_path, written)


def test_a_file_that_is_named_must_be_there():
    with pytest.raises(notice.BadNotice, match=r"nowhere\.toml cannot be read"):
        notice.of_instance(load({"SURVEY_NOTICE": "/nowhere.toml"}))


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command, in an instance of its own."""
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(main, [*words], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    return run


def test_the_command_says_what_is_missing_and_shows_the_notice(survey, tmp_path: Path, monkeypatch):
    definition = str(QUESTIONNAIRES / "three_languages.json")
    (tmp_path / "own.toml").write_text(NOTICE, encoding="utf-8")
    survey("wave", "create", "w", "--questionnaire", definition, "--notice", "own.toml", "--grace", "60")
    lacking = survey("wave", "open", "w").stderr
    for gap in (
        "not told: who asks: set SURVEY_ORGANIZER",
        "whom to ask: set SURVEY_CONTACT",
        "SURVEY_ACCESSIBILITY_URL",
        "On what legal basis (in: de): legal_basis is not written in de",
    ):
        assert gap in lacking
    assert "Data protection officer" not in lacking
    printed = survey("wave", "notice", "w").stdout
    assert "ON WHAT LEGAL BASIS\nA task in the public interest." in printed
    assert "Alliance" in printed
    assert "SU QUALE BASE GIURIDICA" in survey("wave", "notice", "w", "--lang", "it").stdout
    (tmp_path / "other.toml").write_text('dpo = "new@example.org"\n', encoding="utf-8")
    changed = survey("wave", "notice", "w", "--file", "other.toml")
    assert "new@example.org" in changed.stdout
    assert "Who is responsible for the data: write controller into" in changed.stderr
    assert "privacy notice changed" in survey("wave", "log", "w").stdout
    survey("wave", "notice", "w", "--file", "nowhere.toml", code=1)
    for name, value in NAMED.items():
        monkeypatch.setenv(f"SURVEY_{name}", value)
    assert survey("wave", "notice", "w").stderr == ""
    assert json.loads(survey("wave", "show", "w", "--json").stdout)["grace"] == 60


def test_words_of_a_draft_are_changed_without_a_line_in_the_log(survey, tmp_path: Path):
    (tmp_path / "own.toml").write_text(NOTICE, encoding="utf-8")
    survey("wave", "create", "w", "--questionnaire", "pulse")
    survey("wave", "notice", "w", "--file", "own.toml")
    instance = make_instance(tmp_path / "instance")
    with instance.store.read() as db:
        assert [one.act for one in audit.of_wave(db, "w")] == [audit.CREATED]
        assert waves.get(db, "w").notice == NOTICE


def test_new_links_open_in_the_language_of_their_invitation(survey):
    survey("wave", "create", "w", "--questionnaire", "pulse")
    survey("links", "w", "--count", "1", "--language", "en")
    survey("links", "w", "--language", "en", code=2)
    assert "use one of: it, en" in survey("links", "w", "--count", "1", "--language", "de", code=1).stderr


def test_a_receipt_is_new_each_time_and_only_its_wave_knows_it(site: Site, survey):
    address = site.wave()[0]
    site.client.post(address, data=GOOD)
    before = site.instance.settings.database.read_bytes()
    pages = [site.client.get(address + "/thanks?lang=en").text for _ in "ab"]
    first, second = (re.search(r"<h2>Receipt: ((?:[A-Z2-7]{4}-?){4})</h2>", page)[1] for page in pages)
    assert first != second
    assert site.instance.settings.database.read_bytes() == before
    assert "genuine" in survey("wave", "receipt", "w1", first).stderr
    survey("wave", "receipt", "w1", second.replace("-", "").lower())
    site.wave("w2")
    for wave, code in (
        ("w2", first),
        ("w1", "AAAA-" * 3 + "AAAA"),
        ("w1", "1"),
        ("w1", "é"),
        ("w1", first[:-5]),
    ):
        assert "no receipt" in survey("wave", "receipt", wave, code, code=1).stderr


def test_receipts_outlive_a_change_of_keys():
    code = Receipts(("old",)).receipt("w")
    Receipts(("new", "old")).judge("w", code)


def test_a_named_wave_has_a_copy_in_place_of_a_receipt(site: Site):
    address = site.wave(definition="organizations", groups=[{"organization": "O1"}])[0]
    site.instance.answer(site.instance.links.invitation(address.removeprefix("/a/")), role="hr")
    page = site.client.get(address + "/thanks?lang=en").text
    assert "Receipt" not in page and "Read and print what was sent" in page


@pytest.mark.browser
def test_it_can_be_read_by_everybody_and_while_filling_in_the_form(site: Site, browser: Browser, served: str):
    address = served + site.wave()[0]
    for code, scheme in (("it", "light"), ("en", "dark")):
        context = browser.new_context(
            **{**PHONE, "viewport": {"width": 320, "height": 740}}, color_scheme=scheme
        )
        form = context.new_page()
        form.goto(f"{address}?lang={code}")
        form.locator("#item-utility input").first.check()
        with context.expect_page() as opened:
            form.locator("footer a[target]").tap()
        page = opened.value
        page.wait_for_load_state()
        assert page.url == f"{served}/privacy/w1?lang={code}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert form.locator("#item-utility input").first.is_checked()
        context.close()


def test_it_says_whether_evaluators_get_single_answers(site: Site):
    """They get them where the questionnaire offers a file of answers, and people read so beforehand."""
    groups = "The evaluators, too, see groups only"
    single = "The evaluators alone can read single answers"
    for wave, definition, said, not_said in (
        ("w1", "all_kinds", groups, single),
        ("w2", "exported", single, groups),
    ):
        form = site.client.get(site.wave(wave, definition=definition)[0] + "?lang=en").text
        assert said in form and not_said not in form
    told = parts(site.client.get("/privacy/w2?lang=en").text)["Who sees what"]
    assert "read the answers one by one" in told and "shown to your employer, are figures of groups" in told
    told = parts(site.client.get("/privacy/w1?lang=en").text)["Who sees what"]
    assert "Nobody sees the answers of one person" in told
