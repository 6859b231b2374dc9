"""The report on its page and as files: the Milan waves whole, every number of them checked."""

import hashlib
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from docx import Document
from playwright.sync_api import Browser
from waitress.server import create_server

from survey.changes import NotComparable
from survey.cli import main
from survey.exports.report import pages
from survey.gallery import Gallery
from survey.reporting import Asked, Reporter
from survey.store import audit, releases, waves
from survey.store.waves import UnknownWave
from tests.cast import Instance, questionnaire
from tests.exports.report import oracle
from tests.web.evaluators.conftest import CLOSED, NAMED, Office, sign_in_token
from tests.web.evaluators.test_browser import RULES
from tests.web.evaluators.test_comparing import fill
from tests.web.judging import WIDE_SPACING, judged

DOT = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"><circle r="2"/></svg>'


def reporter(instance: Instance) -> Reporter:
    return Reporter(instance.store, Gallery(instance.settings.charts), instance.settings)


@pytest.mark.parametrize(("wave", "definition"), [(CLOSED, "beneficiaries"), (NAMED, "organizations")])
def test_every_number_of_the_milan_reports_is_a_figure_of_the_release(
    demo: Office, wave: str, definition: str
) -> None:
    instance, of = demo.instance, questionnaire(definition)
    with instance.store.read() as db:
        release, stored = releases.get(db, wave), waves.get(db, wave)
    facts = {
        "opens": "2026-11-20",
        "closes": None,
        "closed": "2026-11-20",
        "by_open_links": None,
        "year": "2026",
    }
    known = oracle.known(release, of, facts, None)
    known["release"] |= {"definition": hashlib.sha256(stored.definition.encode()).hexdigest()}
    known["program"] = {"version": "0.1.0"}
    words = oracle.words_of(of, release)
    for lang in ("it", "en"):
        made = reporter(instance).make(Asked(wave, lang))
        assert oracle.wrong(made.report, known, words) == []
        text = " ".join(said.text for said in made.report.said())
        published = ("3,8", "57%", "32%") if wave == CLOSED else ("57",)
        assert lang == "en" or all(one in text for one in published)


def test_the_page_shows_the_report_and_leads_to_its_files(demo: Office) -> None:
    client = demo.evaluator("it")
    shown = client.get(f"/waves/{NAMED}/report")
    assert shown.status_code == 200
    assert "Le misure delle organizzazioni" in shown.text and "da 9 a 226" not in shown.text
    assert f"/waves/{NAMED}/report.docx?lang=en" in shown.text
    own = client.get(f"/waves/{NAMED}/charts/employees.svg?lang=it")
    picture = client.get(f"/waves/{NAMED}/report/charts/employees.svg?lang=it")
    assert " a 226" in own.text  # what evaluators see is drawn apart from what a report shows
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert "Intervallo" not in picture.text and ">226<" not in picture.text and " a 226" not in picture.text
    tag = {"If-None-Match": picture.headers["ETag"]}
    assert client.get(f"/waves/{NAMED}/report/charts/employees.svg?lang=it", headers=tag).status_code == 304
    assert client.get(f"/waves/{NAMED}/report/charts/nothing.svg").status_code == 404
    assert client.get(f"/waves/{NAMED}/report?baseline={CLOSED}").status_code == 409
    assert client.get(f"/waves/{NAMED}/report?baseline=no-such-wave").status_code == 404
    assert ">Rapporto</a>" in client.get(f"/waves/{NAMED}").text


@pytest.fixture
def silent(empty: Office) -> Office:
    """A closed wave that nobody answered: its report has no chart to be drawn."""
    empty.instance.wave("silent", "all_kinds", invited=9)
    empty.instance.close("silent")
    return empty


def test_a_download_is_logged_kept_and_the_same_as_by_command(
    silent: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = silent.evaluator(), "/waves/silent/report.docx?lang=it"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="silent-report-it.docx"'
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    other = client.get("/waves/silent/report.html?lang=en")
    assert other.headers["ETag"] != answer.headers["ETag"]
    with silent.instance.store.read() as db:
        logged = [entry for entry in audit.of_wave(db, "silent") if entry.about.startswith("report.")]
    assert [(entry.act, entry.about) for entry in logged] == [
        (audit.EXPORTED, "report.it.docx"), (audit.EXPORTED, "report.en.html"),
    ]  # fmt: skip
    settings = silent.instance.settings
    monkeypatch.setenv("SURVEY_INSTANCE", str(settings.instance))
    out, own = tmp_path / "report.docx", Document()
    command = ["report", "silent", "--lang", "it", "--out", str(out)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.stderr
    assert out.read_bytes() == answer.data
    assert {path.name for path in tmp_path.iterdir()} == {"instance", "report.docx"}
    own.sections[0].footer.paragraphs[0].text = "Direzione welfare"
    own.save(str(tmp_path / "own.docx"))
    assert CliRunner().invoke(main, [*command, "--template", str(tmp_path / "own.docx")]).exit_code == 0
    assert Document(str(out)).sections[0].footer.paragraphs[0].text == "Direzione welfare"
    own.save(str(settings.report_template))
    changed = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (changed.status_code, changed.data) == (200, out.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--out", "report.odt"], "ends in no known form"),
        (["--out", "nowhere/report.html"], "cannot be written"),
        (["--out", "report.docx", "--template", "absent.docx"], "absent.docx cannot be read"),
        (["--out", "report.docx", "--baseline", CLOSED], "only waves of one questionnaire"),
    ],
)
def test_what_cannot_be_written_says_why(
    demo: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], why: str
) -> None:
    monkeypatch.setenv("SURVEY_INSTANCE", str(demo.instance.settings.instance))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["report", NAMED, "--lang", "en", *arguments])
    assert done.exit_code == 1 and why in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_baseline_is_found_or_named_and_never_one_that_is_hidden(empty: Office) -> None:
    fill(empty.instance, "before", 30, 30, "baseline")
    fill(empty.instance, "after", 60, 15, "final")
    with empty.instance.store.write() as db:
        db.execute("UPDATE wave SET closed_at = '2026-11-21T09:30:00+00:00' WHERE id = 'after'")
        db.execute("UPDATE release SET body = replace(body, '2026-11-20T09:30', '2026-11-21T09:30') "
                   "WHERE wave = 'after'")  # fmt: skip
    making = reporter(empty.instance)
    found = making.make(Asked("after", "en"))
    assert found.facts.changes is not None and found.facts.changes.earlier.results.wave == "before"
    (chart,) = [picture for picture in found.report.pictures if picture.other]
    assert (chart.what, chart.other, found.order(chart, "svg").by) == ("changes", "before", "before")
    assert making.make(Asked("after", "en", visible={"after"})).facts.changes is None
    assert making.make(Asked("before", "en")).facts.changes is None
    with pytest.raises(NotComparable, match="a report looks back"):
        making.make(Asked("before", "en", "after"))
    with pytest.raises(UnknownWave):
        making.make(Asked("after", "en", "before", visible={"after"}))
    shown = empty.evaluator("en").get("/waves/after/report?baseline=before").text
    assert "Comparison with the baseline" in shown and "/report/charts/changes.svg?baseline=before" in shown
    with empty.instance.store.write() as db:
        db.execute("UPDATE wave SET phase = 'monitoring' WHERE id = 'before'")
    assert making.make(Asked("after", "en")).facts.changes is None


def test_a_report_of_an_open_wave_is_refused(demo: Office) -> None:
    assert demo.evaluator().get("/waves/people-2026/report").status_code == 409


@pytest.mark.browser
def test_page_and_file_are_accessible(demo: Office, browser: Browser) -> None:
    server = create_server(demo.app, host="127.0.0.1", port=0, threads=4)
    Thread(target=server.run, daemon=True).start()
    page = browser.new_context(
        locale="it", viewport={"width": 360, "height": 800}, bypass_csp=True
    ).new_page()
    page.route("**/charts/*", lambda route: route.abort())
    page.goto(f"http://127.0.0.1:{server.effective_port}/sign-in/{sign_in_token(demo.instance)}")
    page.get_by_role("button").last.click()
    page.goto(f"http://127.0.0.1:{server.effective_port}/waves/{NAMED}/report")
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert judged(page, "fit", style=WIDE_SPACING) == []
    made = reporter(demo.instance).make(Asked(NAMED, "it"))
    page.set_content(pages.page(made.report, lambda _: DOT))
    for scheme, rules in (("dark", RULES), ("light", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page, options=rules).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
    server.close()
