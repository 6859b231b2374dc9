"""Files of results: what they hold is what the release gives, read back by other programs."""

import csv
import fcntl
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from click.testing import CliRunner

from survey import filing
from survey.charts import Chart, Frame, chart, render
from survey.cli import main
from survey.exports.results import bundle, reading, verifying
from survey.exports.results.bundle import Evidence, Maker
from survey.exports.results.opendata import About
from survey.exports.results.packing import SUMS, packed
from survey.exports.results.picturing import IN_WORKBOOK
from survey.exports.results.plain import as_csv, as_excel_csv
from survey.exports.results.reading import BadBundle
from survey.exports.results.rows import HEADER, rows
from survey.exports.results.sheets import sheets
from survey.exports.results.workbook import Picture, workbook
from survey.filing import Closed, Wanted
from survey.indicators.model import DividedResults
from survey.language import language
from survey.public import public
from survey.release import Hidden
from survey.reporting import Asked, Reporter
from survey.store import waves as stored_waves
from survey.web.sharing import shared, ways
from tests import charts_samples as samples
from tests.cast import make_instance
from tests.web.evaluators.conftest import CLOSED, NAMED, Office, csrf_token, office_of

ENGLISH, ITALIAN = language("en"), language("it")
NASTY = '=cmd|"/c calc"!A1'
HERE = Maker("these sources", "this library")


SMALL = "small-2026"
"""A wave with few charts: drawing takes the time of these tests."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A closed anonymous wave of three questions and two groups, one of them with a number."""
    instance = make_instance(tmp_path_factory.mktemp("small") / "instance")
    groups = [{"alliance": alliance} for alliance in ("A1", "A2") for _ in range(12)]
    for at, invitation in enumerate(instance.wave(SMALL, "few_kinds", groups=groups)):
        if at % 6:
            instance.answer(invitation, utility=str(at % 5 + 1), hours=str(at % 7), used="nursery")
    instance.close(SMALL)
    made = office_of(instance)
    yield made
    made.app.extensions["rooms"].store.close()
    instance.store.close()


@pytest.fixture(scope="module")
def waves(demo: Office, small: Office) -> Mapping[str, Closed]:
    of = {CLOSED: demo, NAMED: demo, SMALL: small}
    return {
        one: filing.closed(
            office.instance.store, office.instance.settings, one, office.app.extensions["rooms"].gallery
        )
        for one, office in of.items()
    }


def nasty() -> DividedResults:
    """Groups with names that a spreadsheet would run, or that have accents; one is hidden."""
    divided = samples.results(groups=2).by["alliance"]
    one, other, *_ = divided.groups.values()
    hidden = {"Perù": Hidden(samples.Reason.TOO_FEW_INVITED)}
    return replace(divided, groups={NASTY: one, "Società dell’Adda": other} | hidden)


RESULTS = replace(samples.results(groups=2), by={"alliance": nasty()}, release="1b" * 32, opens="2026-10-01")


def test_the_long_table_has_a_row_for_each_value_and_a_reason_for_each_that_is_withheld(
    waves: Mapping[str, Closed],
) -> None:
    of = waves[CLOSED]
    table = {row.key: row for row in rows(of.results, of.questionnaire, ENGLISH)}
    told = list(rows(of.results, of.questionnaire, ENGLISH))
    assert len(table) == len(told)
    mean = table["", "", "indicators/utility", "value"]
    assert (mean.value, mean.n, mean.base) == (4790 / 1260, 1260, "valid answers to the question")
    assert table["", "", "response", "rr2"].value == 0.32
    assert table["", "", "indicators/employment", "net.permanent"].value == 1
    for row in told:
        assert (row.value is None) == bool(row.reason)
        assert bool(row.reason) == bool(row.reason_text)
    groups = of.results.by["organization"].groups
    hidden = [name for name, group in groups.items() if isinstance(group, Hidden)]
    assert hidden
    assert all(table["organization", name, "", "withheld"].reason for name in hidden)


def test_csv_is_read_back_and_no_cell_runs_in_excel() -> None:
    table = list(rows(RESULTS, samples.QUESTIONNAIRE, ITALIAN))
    plain = list(csv.DictReader(io.StringIO(as_csv(table).decode(), newline="")))
    assert tuple(plain[0]) == HEADER
    assert [float(row["value"]) if row["value"] else None for row in plain] == [row.value for row in table]
    assert {row["group"] for row in plain} >= {NASTY, "Società dell’Adda", "Perù"}
    body = as_excel_csv(table)
    assert body.startswith(b"\xef\xbb\xbf")
    excel = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert {row["group"] for row in excel} >= {f"'{NASTY}", "Società dell’Adda"}
    assert not any(cell.startswith(("=", "@", "+")) for row in excel for cell in row.values())
    shares = [row["value"] for row in excel if row["statistic"] == "rr2" and row["value"]]
    assert shares
    assert all(re.fullmatch(r"\d,\d+|\d", share) for share in shares)


def test_the_workbook_has_numbers_reasons_pictures_and_headers_that_stay() -> None:
    drawn = render(chart(RESULTS, samples.QUESTIONNAIRE, "utility", ITALIAN), "png", IN_WORKBOOK)
    found = {(None, "utility"): [2.0], ("alliance", "utility"): [9.0, 3.0, 3.0, 4.5]}

    def pictures(what: str, by: str | None) -> list[Picture]:
        return [Picture(drawn, "Utilità", high) for high in found.get((by, what), [])]

    pages = sheets(RESULTS, samples.QUESTIONNAIRE, ITALIAN)
    body = workbook(RESULTS, pages, pictures, ITALIAN)
    assert body == workbook(RESULTS, pages, pictures, ITALIAN)
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert len(book.worksheets) == len(pages) + len(found) >= 8
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    groups = next(sheet for sheet in book if "Perù" in _column(sheet))
    assert NASTY in _column(groups)
    hidden, *_ = [row for row in groups.iter_rows(values_only=True) if row[0] == "Perù"]
    assert isinstance(hidden[1], str)
    assert not any(isinstance(cell, int | float) for cell in hidden)
    headline = book.worksheets[1]
    mean = next(row for row in headline.iter_rows() if row[1].value == ITALIAN("mean"))
    assert mean[2].value == pytest.approx(RESULTS.whole.indicators["utility"].value)
    assert mean[2].number_format == "#,##0.00"
    hung = [sheet for sheet in book if sheet.title.startswith(ITALIAN("Charts – {sheet}", sheet=""))]
    told = [sheet for sheet in book if sheet not in hung]
    assert all(sheet.freeze_panes == "B3" and sheet.page_setup.orientation == "landscape" for sheet in told)
    assert len(hung) == len(found) and all(sheet.page_setup.orientation != "landscape" for sheet in hung)
    assert all((sheet.oddFooter.right.text or "").strip().startswith("1b1b1b1b1b1b ·") for sheet in book)
    by_groups = hung[-1]
    begins = [one.anchor._from.row for one in by_groups._images]
    breaks = [one.id for one in by_groups.row_breaks.brk]
    assert breaks == [begins[1], begins[3]], "a page for the tall one, one for two, one for what is left"
    drawing = zipfile.ZipFile(io.BytesIO(body)).read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Utilità"' in drawing


def _column(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[object]:
    return [cell.value for cell in sheet["A"]]


def open_data(of: Closed) -> dict[str, bytes]:
    """The files of the package that evaluators take away."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        filing.write(of, Wanted("open-data.zip", "it"), path, lambda some, n, _: some)
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("wave", [NAMED, CLOSED])
def test_report_open_data_and_partners_say_the_same_of_a_wave(
    demo: Office, waves: Mapping[str, Closed], wave: str
) -> None:
    of, store = waves[wave], demo.instance.store
    lines = csv.DictReader(io.StringIO(open_data(of)["results-en.csv"].decode(), newline=""))
    table = {(row["figure"], row["statistic"]): row["value"] for row in lines if row["breakdown"] == ""}
    reporter = Reporter(store, of.gallery, demo.instance.settings)
    report = reporter.make(Asked(wave, "en")).facts.results
    with store.read() as db:
        stored = stored_waves.get(db, wave)
    partner = shared(store, stored, next(iter(ways(store, stored))), ENGLISH)
    assert {report.release, partner.release_id} == {of.results.release}
    assert partner.beside.results.whole.items == report.whole.items
    assert (report.by == {}) is (wave == NAMED)
    for found in (report, partner.beside.results):
        whole = [row for row in rows(found, of.questionnaire, ENGLISH) if row.breakdown == ""]
        said = {(row.figure, row.statistic): row.value for row in whole}
        compared = 0
        for place, value in said.items():
            written = table.get(place)
            if place[1].startswith(("median", "histogram")) and not written:
                continue  # a file of a release has sums of numbers; it says less, and nothing else
            if written or value is not None:
                compared += 1
                assert float(written or "nan") == pytest.approx(value, rel=1e-12), place
        assert compared > 100


def test_open_data_of_a_named_wave_holds_no_organization_and_no_single_number(
    waves: Mapping[str, Closed],
) -> None:
    of = waves[NAMED]
    assert any(row.breakdown == "organization" for row in rows(of.results, of.questionnaire, ENGLISH))
    about = About("Città metropolitana", "CC-BY-4.0", "Milano")
    files = open_data(replace(of, about=about))
    table = list(csv.DictReader(io.StringIO(files["results-en.csv"].decode(), newline="")))
    assert {row["breakdown"] for row in table} == {""}
    statistics = {row["statistic"]: row["value"] for row in table if row["figure"] == "items/employees"}
    assert statistics["mean"] == "57.0"
    assert not {"min", "max", "counts.226"} & set(statistics)
    described = json.loads(files["datapackage.json"])
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert (described["spatial"], described["version"]) == ("Milano", of.results.release[:12])
    for resource in described["resources"]:
        body = files[resource["path"]]
        assert resource["hash"] == f"sha256:{sha256(body).hexdigest()}"
        assert tuple(field["name"] for field in resource["schema"]["fields"]) == HEADER
    assert "Licenza" in files["README.it.md"].decode()
    strict = public(replace(of.exported.release, threshold=18), of.questionnaire).results(of.questionnaire)
    values = {row.statistic for row in rows(strict, of.questionnaire, ENGLISH) if row.value is not None}
    assert values <= {"invited", "population", "responses", "complete", "partial", "rr1", "rr2"}


@pytest.fixture(scope="module")
def evidence(waves: Mapping[str, Closed], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a bundle."""
    of = waves[SMALL]
    found = Evidence.of(of.exported, ITALIAN)
    draw = of.draw(found.results, "told")
    path = tmp_path_factory.mktemp("bundle") / "evidence.zip"
    with of.gallery.open():
        packed(bundle.files_of(found, draw, HERE), path, sums=True)
    return reading.read(str(path))


def problems(files: Mapping[str, bytes], draw: Callable[[Chart], bytes] | None = None) -> list[str]:
    """What is wrong with a bundle; charts are drawn again where it is said how."""
    found = verifying.verify(files, HERE, draw)
    return [
        f"{one.file} {one.figure} {ENGLISH(one.what)} {one.expected} {one.found}" for one in found.problems
    ]


def resummed(files: Mapping[str, bytes], name: str, body: bytes) -> dict[str, bytes]:
    """The files with one changed by somebody who mends the checksum, too."""
    changed = {**files, name: body}
    lines = [f"{sha256(b).hexdigest()}  {n}\n" for n, b in changed.items() if n != SUMS]
    return changed | {SUMS: "".join(lines).encode()}


def digit_changed(body: bytes, before: bytes) -> bytes:
    """The file with the first digit behind some bytes changed."""
    at = body.index(before) + len(before)
    found = re.compile(rb"[0-9]").search(body, at)
    assert found
    return body[: found.start()] + (b"7" if found[0] != b"7" else b"8") + body[found.end() :]


ALTERED = [
    ("results.json", b'"mean": ', "items."),
    ("results.csv", b"items/hours,", "items/hours"),
    ("codebook.csv", b"utility", "codebook.csv"),
    ("charts/whole/response.csv", b",", "charts/whole/response.csv 2:"),
    ("charts/whole/response.svg", b"<desc", "charts/whole/response.svg"),
    ("charts/whole/response.svg", b"</desc>", "drawn again"),
    ("manifest.json", b'"definition_sha256": "', "definition_sha256"),
    ("definition.json", b'"version": ', "definition.json"),
]


def test_an_untouched_bundle_holds(evidence: dict[str, bytes]) -> None:
    assert problems(evidence, verifying.redrawn) == []
    told = json.loads(evidence["manifest.json"])
    release = json.loads(evidence["release.json"])["release"]
    said = json.dumps(release, ensure_ascii=False, separators=(",", ":"))
    assert sha256(said.encode()).hexdigest() == told["release"]


@pytest.mark.parametrize(("name", "before", "figure"), ALTERED)
def test_a_digit_that_was_changed_is_named_with_its_file_and_figure(
    evidence: dict[str, bytes], name: str, before: bytes, figure: str
) -> None:
    body = digit_changed(evidence[name], before)
    (first, *_) = problems({**evidence, name: body})
    assert first.startswith(f"{name} SHA-256 the file is not the one")
    assert sha256(evidence[name]).hexdigest() in first
    assert sha256(body).hexdigest() in first
    picture = (lambda made: evidence[name]) if "drawn" in figure else None
    files = resummed(evidence, name, body)
    if picture:
        files = {n: b for n, b in files.items() if not n.endswith(".svg") or n == name}
        files = resummed(files, name, body)
    found = problems(files, picture)
    assert any(figure in one and name in one for one in found), found


def test_a_digit_of_the_workbook_or_of_the_release_is_found(evidence: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(evidence["results.xlsx"]))
    sheet = book.worksheets[0]
    assert sheet["B3"].value == 24
    sheet["B3"] = 81
    out = io.BytesIO()
    book.save(out)
    (one,) = problems(resummed(evidence, "results.xlsx", out.getvalue()))
    assert "B3" in one
    assert one.endswith("24 81")
    release = digit_changed(evidence["release.json"], b'"item/hours"')
    found = problems(resummed(evidence, "release.json", release))
    assert any(one.startswith("manifest.json release the release is not") for one in found)
    assert any(one.startswith("results.csv") and "items/hours" in one for one in found)


def test_of_a_bundle_of_another_program_the_figures_are_compared(evidence: dict[str, bytes]) -> None:
    changed = digit_changed(evidence["results.csv"], b"items/hours,")
    files = resummed(resummed(evidence, "results.csv", changed), "codebook.csv", b"other,words\n")
    found = verifying.verify(files, Maker("other sources", HERE.library), verifying.redrawn)
    assert found.made_by == "Riscontro 0.1.0, this library"
    assert {one.file for one in found.problems} == {"results.csv"}
    told = {part.what.message: str(part.how) for part in found.parts}
    assert told == {
        "manifest, release and definition": "computed_again",
        "figures: JSON and long table": "numbers_computed_again",
        "workbook and codebook": "checksum_only",
        "numbers of the charts": "checksum_only",
        "pictures of the charts": "checksum_only",
        "all other files": "checksum_only",
    }
    assert sum(part.files for part in found.parts) == found.files == len(files)
    # The same program with another drawing library: all but the strokes is compared.
    other = digit_changed(evidence["charts/whole/response.svg"], b"</desc>")
    files = resummed(evidence, "charts/whole/response.svg", other)
    found = verifying.verify(files, Maker(HERE.sources, "another library"), verifying.redrawn)
    assert (found.problems, found.made_by) == ((), "Riscontro 0.1.0, this library")
    assert [str(part.how) for part in found.parts] == [
        *["computed_again"] * 4, "words_compared", "checksum_only",
    ]  # fmt: skip
    assert verifying.verify(evidence, HERE, verifying.redrawn).made_by == ""


def test_missing_and_added_files_are_named_and_what_cannot_be_computed_is_refused(
    evidence: dict[str, bytes],
) -> None:
    less = {name: body for name, body in evidence.items() if name != "results.csv"}
    assert [one for one in problems(less) if "missing" in one] == ["results.csv  the file is missing  "]
    assert any("in no list" in one for one in problems({**evidence, "more.txt": b""}))
    assert any("cannot be read" in one for one in problems(resummed(evidence, "results.json", b"[" * 9)))
    for name in ("manifest.json", "release.json"):
        with pytest.raises(Exception, match=name) as refused:
            verifying.verify({**evidence, name: b"{}"}, HERE, verifying.redrawn)
        assert refused.value.text


def zipped(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(name, body)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", "a\\b", ".hidden", "a//b"])
def test_a_bundle_with_a_file_that_would_lie_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(BadBundle, match="which no bundle has"):
        reading.unpacked(zipped((name, b"x")), "b.zip")


def test_a_bundle_that_unpacks_to_too_much_or_is_cut_is_refused() -> None:
    with pytest.raises(BadBundle, match="unpacks to more"):
        reading.unpacked(zipped(("a", bytes(3_000_000)), ("b", bytes(3_000_000))), "b.zip", 5_000_000)
    whole = zipped(("a", b"x" * 1000))
    for broken in (whole[:40], b"", b"PK", whole[:-9]):
        with pytest.raises(BadBundle):
            reading.unpacked(broken, "b.zip")


def test_the_zip_of_all_charts_has_each_with_its_numbers_and_the_same_bytes(
    waves: Mapping[str, Closed], tmp_path: Path
) -> None:
    of = waves[SMALL]
    wanted, seen = Wanted("charts.zip", "it", "svg", Frame(title=False)), []
    for name in ("one.zip", "two.zip"):
        filing.write(of, wanted, tmp_path / name, lambda some, n, _: seen.append(n) or some)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    names = zipfile.ZipFile(tmp_path / "one.zip").namelist()
    assert len(names) == len(set(names)) > seen[0]
    assert {"whole/response.svg", "whole/response.csv", "by-alliance/response.svg"} <= set(names)
    pictures = {name.split(".")[0] for name in names if name.endswith(".svg")}
    assert {name.split(".")[0] for name in names if name.endswith(".csv")} == pictures
    assert wanted.name == "charts-untitled-svg-it.zip"


def test_files_of_the_page_are_made_once_and_taken(small: Office) -> None:
    client, files = small.evaluator("it"), f"/waves/{SMALL}/files"
    assert "Prepara lo ZIP" in client.get(files).text
    first = client.get(f"{files}/results.csv?lang=en")
    assert first.headers["Content-Disposition"] == f'attachment; filename="{SMALL}-results-en.csv"'
    again = client.get(f"{files}/results.csv?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    charts = f"{files}/charts.zip?format=svg&size=page&lang=it"
    waiting = client.get(charts)
    assert (waiting.status_code, waiting.mimetype) == (200, "text/html")
    token = csrf_token(waiting)
    begun = client.post(charts, data={"csrf_token": token})
    assert begun.status_code == 303
    (lock,) = (small.instance.settings.files / SMALL).glob(".charts-page-svg-it.*.lock")
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # until the process that makes it has ended
    assert (
        "Download" in client.get(f"{begun.location}&lang=en").text
        or "Scarica" in client.get(begun.location).text
    )
    body = client.get(charts)
    assert body.headers["Content-Disposition"].endswith(f'{SMALL}-charts-page-svg-it.zip"')
    assert zipfile.ZipFile(io.BytesIO(body.data)).testzip() is None
    assert "charts-page-svg-it.zip" in client.get(f"/waves/{SMALL}/log").text


@pytest.mark.parametrize(
    "address", ["nothing.zip", "charts.zip?format=gif", "charts.zip?size=huge", "results.csv?lang=xx"]
)
def test_what_is_no_file_is_not_found(demo: Office, address: str) -> None:
    assert demo.evaluator().get(f"/waves/{CLOSED}/files/{address}").status_code == 404


@pytest.mark.parametrize("query", ["size=huge", "title=2", "caption=no", "sheet=0", "size=slide&sheet=7"])
def test_what_is_no_frame_of_a_chart_is_not_found(demo: Office, query: str) -> None:
    assert demo.evaluator().get(f"/waves/{CLOSED}/charts/utility.svg?{query}").status_code == 404


def test_each_frame_has_its_own_file_and_tag(demo: Office) -> None:
    client, address = demo.evaluator(), f"/waves/{CLOSED}/charts/utility.svg?lang=en"
    found = [client.get(f"{address}{more}") for more in ("", "&size=slide", "&title=0", "&caption=0")]
    assert len({one.headers["ETag"] for one in found}) == 4
    assert b"Release " in found[0].data
    assert b"Release " not in found[3].data


def test_the_commands_write_whole_files_and_say_what_does_not_hold(
    small: Office, evidence: dict[str, bytes], tmp_path: Path
) -> None:
    told = {"SURVEY_INSTANCE": str(small.instance.settings.instance)}

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, words, env=told)
        return done.exit_code, done.output

    out = tmp_path / "r.csv"
    assert run("export", SMALL, "--what", "results", "--out", str(out))[0] == 0
    assert out.read_text().startswith("figure,label,")
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]
    assert run("charts", SMALL, "--out", "charts.tar")[0] == 1
    png = tmp_path / "c.png"
    assert run("chart", SMALL, "response", "--size", "slide", "--no-title", "--out", str(png))[0] == 0
    packed(evidence.items(), path := tmp_path / "good.zip")
    code, said = run("verify", "bundle", str(path))
    assert (code, "the bundle holds" in said) == (0, True)
    changed = digit_changed(evidence["results.csv"], b"items/hours,")
    packed({**evidence, "results.csv": changed}.items(), path)
    code, said = run("verify", "bundle", str(path))
    assert code == 1
    assert "results.csv:" in said
    assert "expected" in said
