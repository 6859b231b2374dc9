"""The three questionnaires `shapes_*.json`, closed: every page in both languages, every file read back.

0-10 scales, reversed items, 60 groups, conditions, 55 % of the answers missing: what the shipped
questionnaires do not have.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as Xml

import openpyxl
import pyreadstat
import pytest
from click.testing import CliRunner
from docx import Document
from flask.testing import FlaskClient

from survey import exporting, filing
from survey.charts import Frame, NoChart, NoSuchSheet, chart, render
from survey.cli import main
from survey.exports.report.pages import page as report_page
from survey.exports.report.word import word
from survey.exports.results import bundle, verifying
from survey.exports.results.bundle import Evidence, Maker
from survey.exports.results.packing import SUMS
from survey.exports.results.picturing import wanted
from survey.exports.results.sheets import sheets
from survey.exports.results.workbook import workbook
from survey.indicators.results import to_json
from survey.language import language
from survey.reporting import Asked, Reporter
from tests import shapes
from tests.cast import make_instance
from tests.catalogue import catalogue
from tests.exports.test_describing import assert_in_order
from tests.exports.test_read_back import assert_sav, column, run
from tests.web.evaluators.conftest import Office, office_of

WAVES = {"offices": "sixty_offices", "routing": "routing", "silence": "silence"}
OFFERED = {"offices": {"breakdown": "office"}, "silence": {"breakdown": "alliance"}}
"""What a file of answers says beside the items. It costs the results by further groups, so that the two waves
that have such results are there once more with it; `routing` offers it itself."""
LANGUAGES = ("it", "en")
FILES = (
    *((form, "answers") for form in ("csv", "xlsx", "sav", "dta", "sps", "R")),
    *((form, "codebook") for form in ("csv", "xlsx")),
    *((form, "results") for form in ("csv", "json")),
    ("xml", "ddi"),
    ("zip", "open-data"),
)
HERE = Maker("these sources", "this library")
SHORTEST = 12
"""Letters of a sentence that is looked for: shorter ones are alike in both languages, or names."""


@pytest.fixture(scope="module")
def shaped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The three waves, closed, in one instance."""
    instance = make_instance(tmp_path_factory.mktemp("shaped") / "instance", MAIL_COURIER="off")
    for wave, name in WAVES.items():
        instance.wave(wave, f"shapes_{name}", synthetic=True)
        instance.import_answers(wave, getattr(shapes, name)().to_csv(index=False).encode())
        instance.close(wave)
        if wave in OFFERED:
            rows = rows_of(wave)
            instance.wave(rows, f"shapes_{name}", synthetic=True, export=OFFERED[wave])
            instance.import_answers(rows, getattr(shapes, name)().to_csv(index=False).encode())
            instance.close(rows)
    made = office_of(instance)
    yield made
    made.app.extensions["rooms"].store.close()
    instance.store.close()


def rows_of(wave: str) -> str:
    """The wave of the same answers that offers them as a file."""
    return f"{wave}-rows" if wave in OFFERED else wave


class Page(HTMLParser):
    """The addresses that a page leads to, its title, its language and its pieces of text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.said: list[str] = []
        self.tag = self.title = self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tag = tag
        self.lang = (told.get("lang") or "") if tag == "html" else self.lang
        self.links += [told.get("href") or ""] if tag == "a" else []

    def handle_data(self, data: str) -> None:
        self.title += data if self.tag == "title" else ""
        if data.strip() and self.tag not in ("style", "script"):
            self.said.append(" ".join(data.split()))


def asked_in(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def kind_of(address: str) -> tuple[str, ...]:
    """Pages that differ in more than by what their groups are ordered, or how they are printed."""
    asked = asked_in(address)
    return (urlsplit(address).path, asked.get("by", ""), *sorted(set(asked) - {"lang", "by"})[:1])


def pages_of(client: FlaskClient, wave: str, lang: str) -> dict[str, Page]:
    """Every page in a language that can be reached from a wave's, each kind once."""
    todo, seen, found = [f"/waves/{wave}"], set[tuple[str, ...]](), dict[str, Page]()
    while todo:
        address = todo.pop()
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.mimetype != "text/html":
            continue
        found[address] = page = Page(answer.text)
        reached = (urldefrag(urljoin(f"http://site{address}", link)).url for link in page.links)
        todo += [
            urlsplit(one)._replace(scheme="", netloc="").geturl()
            for one in reached
            if urlsplit(one).path.startswith(f"/waves/{wave}")
            and "." not in urlsplit(one).path
            and asked_in(one).get("lang", lang) == lang
        ]
    return found


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence of the program without values, in English and in Italian."""
    for message in catalogue():
        several = isinstance(message.id, tuple)
        pairs = zip(message.id, message.string, strict=True) if several else [(message.id, message.string)]
        yield from (
            (one, other) for one, other in pairs if len(one) >= SHORTEST and "{" not in one and one != other
        )


@pytest.mark.parametrize("wave", WAVES)
def test_every_page_is_there_and_speaks_one_language(shaped: Office, wave: str) -> None:
    english, italian = (set(words) for words in zip(*sentences(), strict=True))
    kinds = []
    for lang, foreign in (("it", english - italian), ("en", italian - english)):
        found = pages_of(shaped.evaluator(lang), wave, lang)
        kinds.append({kind_of(address) for address in found})
        for address, page in found.items():
            assert page.lang == lang and len(page.title) > 12 and "None" not in page.title, address
            assert set(page.said) & foreign == set(), address
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) > 25


@pytest.fixture(scope="module", params=WAVES)
def folder(request: pytest.FixtureRequest, shaped: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is called as the wave, with all its files, written by command in Italian."""
    wave = request.param
    made = tmp_path_factory.mktemp("files") / wave
    made.mkdir()
    told = {"SURVEY_INSTANCE": str(shaped.instance.settings.instance)}
    for form, what in FILES:
        of = rows_of(wave) if what in ("answers", "codebook", "ddi") else wave
        words = ("export", of, "--what", what, "--lang", "it", "--out", str(made / f"{what}.{form}"))
        done = CliRunner().invoke(main, words, env=told)
        assert done.exit_code == 0, (words, done.output)
    there = filing.closed(
        shaped.instance.store, shaped.instance.settings, wave, shaped.app.extensions["rooms"].gallery
    )
    t = language("it")
    book = workbook(there.results, sheets(there.results, there.questionnaire, t), lambda _what, _by: (), t)
    (made / "results.xlsx").write_bytes(book)
    return made


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_other_programs_read_every_file(shaped: Office, folder: Path) -> None:
    t = language("it")
    table = exporting.table(shaped.instance.store, rows_of(folder.name), t)
    names = [variable.name for variable in table.variables]
    answers = rows_in(folder / "answers.csv")
    assert len(answers) == table.number > 500 and list(answers[0]) == names
    assert_sav(table, folder / "answers.sav")
    with (folder / "answers.sps").open("a", encoding="utf-8") as syntax:
        syntax.write("SAVE OUTFILE='pspp.sav'.\n")
    assert "error" not in run("pspp", "answers.sps", folder=folder)
    assert_sav(table, folder / "pspp.sav")
    frame, meta = pyreadstat.read_dta(folder / "answers.dta")
    assert (len(frame), list(frame)) == (table.number, names)
    assert meta.column_labels == [variable.label for variable in table.variables]
    numeric = next(one.name for one in table.variables if one.numeric and one.values)
    valid = [float(cell) for cell in column(table, numeric) if float(cell) >= 0]
    (folder / "ask.R").write_text(
        f'source("answers.R")\ncat(nrow(answers), ncol(answers), sprintf("%.12g", '
        f"mean(answers${numeric}, na.rm = TRUE)))\n"
    )
    told = run("Rscript", "ask.R", folder=folder).split()
    assert [int(one) for one in told[:2]] == [table.number, len(names)]
    assert float(told[2]) == pytest.approx(sum(valid) / len(valid))
    sheet = openpyxl.load_workbook(folder / "answers.xlsx")["Risposte"]
    assert sum(1 for _ in sheet.iter_rows()) == table.number + 1
    codebook = openpyxl.load_workbook(folder / "codebook.xlsx").worksheets[0]
    header, *listed = codebook.iter_rows(values_only=True)
    lines = rows_in(folder / "codebook.csv")
    assert [str(cell) for cell in header] == list(lines[0]) and len(listed) == len(lines)
    assert set(names) <= {row[0] for row in listed}
    assert_in_order(Xml.parse(folder / "ddi.xml").getroot())


def test_every_file_of_results_says_the_same_figures(shaped: Office, folder: Path) -> None:
    found = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    lines = rows_in(folder / "results.csv")
    with zipfile.ZipFile(folder / "open-data.zip") as archive:
        package = json.loads(archive.read("datapackage.json"))
        for resource in package["resources"]:
            assert resource["hash"] == f"sha256:{sha256(archive.read(resource['path'])).hexdigest()}"
        opened = list(csv.DictReader(io.StringIO(archive.read("results-it.csv").decode(), newline="")))
    place = ("breakdown", "group", "figure", "statistic")
    figures, written = (
        {tuple(row[key] for key in place): row["value"] for row in some if row["value"]}
        for some in (lines, opened)
    )
    assert written.items() <= figures.items()
    missing = {key[-1].partition(".")[0] for key in figures.keys() - written.keys()}
    assert missing <= {"median", "histogram"}  # of numbers the file of a release has sums alone
    whole = {(row["figure"], row["statistic"]): row["value"] for row in lines if not row["breakdown"]}
    means = {name: item["mean"] for name, item in found["items"].items() if item["mean"] is not None}
    assert {name: float(whole[f"items/{name}", "mean"]) for name in means} == means != {}
    assert len(lines) > 300
    if folder.name == "offices":
        assert_libreoffice_reads(folder, f"{found['response']['responses']}")


def assert_libreoffice_reads(folder: Path, responses: str) -> None:
    """Every sheet of the workbook, with the number of responses on the first."""
    run("soffice", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,"
        "false,false,false,-1", "results.xlsx", folder=folder)  # fmt: skip
    titles = openpyxl.load_workbook(folder / "results.xlsx").sheetnames
    read = {path.name for path in folder.glob("results-*.csv")}
    assert read == {f"results-{title}.csv" for title in titles} and len(titles) > 5
    first = (folder / f"results-{titles[0]}.csv").read_text(encoding="utf-8")
    assert responses in first.replace(".", "").replace(",", "")


def nothing_drawn(_what: str, _by: str | None, _lang: str, _form: str, frame: Frame) -> bytes:
    """A picture of one sheet."""
    if frame.sheet > 1:
        raise NoSuchSheet(1)
    return b""


def test_every_chart_is_made_and_the_bundle_holds(shaped: Office, folder: Path) -> None:
    store, settings = shaped.instance.store, shaped.instance.settings
    of = filing.closed(store, settings, folder.name, shaped.app.extensions["rooms"].gallery)
    evidence = Evidence.of(of.exported, language("it"))
    made = 0
    for lang, results in zip(LANGUAGES, (evidence.results, of.results), strict=True):
        for one in wanted(results, of.questionnaire, language("it")):
            try:
                drawn = chart(results, of.questionnaire, one.what, language(lang), one.by)
            except NoChart:
                continue
            assert drawn.title and drawn.description and drawn.table.rows, one
            made += 1
    assert made > 20
    assert render(drawn, "svg").startswith(b"<?xml")
    # Drawing takes the time of a bundle, and has tests of its own: here it has no pictures.
    files = {
        name: body
        for name, body in bundle.files_of(evidence, nothing_drawn, HERE)
        if not name.endswith(".svg")
    }
    files[SUMS] = "".join(f"{sha256(b).hexdigest()}  {n}\n" for n, b in files.items()).encode()
    found = verifying.verify(files, HERE, None)
    assert (found.problems, found.release) == ((), of.results.release)
    assert found.values > 5000
    assert to_json(of.results)["release"] == found.release


def test_among_sixty_groups_a_note_says_once_why_most_have_no_score(shaped: Office) -> None:
    store, settings = shaped.instance.store, shaped.instance.settings
    of = filing.closed(store, settings, "offices", shaped.app.extensions["rooms"].gallery)
    made = chart(of.results, of.questionnaire, "nps", language("en"), "office")
    scores = {row.label: row.withheld for row in made.panels[1].rows}
    assert (scores["All answers"], scores["U07"], scores["U00"]) == ("", "", "–")
    assert [note for note in made.notes if note.startswith("–: ")] == [
        "–: fewer than 30 answers, too few for a score."
    ]
    gender = chart(of.results, of.questionnaire, "nps", language("en"), "gender")
    assert "fewer than 30 answers, too few for a score" in {row.withheld for row in gender.panels[1].rows}


def test_the_report_is_whole_in_both_forms_and_languages(shaped: Office, folder: Path) -> None:
    store, settings = shaped.instance.store, shaped.instance.settings
    reporter = Reporter(store, shaped.app.extensions["rooms"].gallery, settings)
    one = reporter.make(Asked(folder.name, "it"))
    picture = render(one.picture(one.report.pictures[0]), "png")
    for lang in LANGUAGES:
        made = reporter.make(Asked(folder.name, lang))
        pictures = [made.picture(one) for one in made.report.pictures]
        assert len(pictures) > 4 and all(one.description for one in pictures)
        document = Document(io.BytesIO(word(made.report, lambda _: picture)))
        headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
        assert headings == [section.title for section in made.report.every()]
        assert report_page(made.report, lambda _: b"<svg/>").count("<img ") == len(pictures)
