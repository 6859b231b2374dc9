"""The page of a cross and the page of comments, as evaluators use them."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from survey import commenting
from survey.charts import Frame, chart, render
from survey.definitions.model import Mode
from survey.exports.results import bundle, reading, verifying
from survey.exports.results.bundle import Evidence
from survey.exports.results.packing import packed
from survey.exports.results.rows import rows
from survey.indicators.results import results
from survey.language import language
from survey.public import public
from tests import crossed
from tests.cast import Instance, questionnaire
from tests.crossed import LIKED, WAVE
from tests.test_crossing import exported
from tests.web.evaluators.conftest import Office, csrf_token, office_of
from tests.web.evaluators.test_files import HERE, digit_changed, resummed

CROSS = f"/waves/{WAVE}?by=alliance,service"
COMMENTS = f"/waves/{WAVE}/comments"


@pytest.fixture(scope="module")
def office(with_crosses: Instance) -> Iterator[Office]:
    made = office_of(with_crosses)
    yield made
    made.app.extensions["rooms"].store.close()


@pytest.fixture(scope="module")
def client(office: Office) -> FlaskClient:
    return office.evaluator("en")


def said(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def test_a_cross_is_a_table_with_reasons_and_totals(client: FlaskClient) -> None:
    whole = client.get(f"/waves/{WAVE}").text
    assert "by=alliance,service" in whole and "By alliance and service" in whole
    page = client.get(CROSS).text
    table = said(page[page.index("<table") : page.index("</table>")])
    assert table.startswith("Alliance / Service All S1 S2 S3 All 3.0")
    n = "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}".replace("\N{NO-BREAK SPACE}", " ")
    assert f"A1 3.0 {n}95 3.0 {n}40*" in table and "A2 3." in table
    assert "— it would give away single answers — fewer than 10 answers" in table
    assert f"All 3.0 {n}227 3.0 {n}105" in table and f"{n}56*" in table
    assert "from 10 answers" in said(page) and "stand together" not in said(page)
    assert '<option value="usefulness" selected>' in page


def test_any_figure_can_be_chosen_and_merged_groups_have_no_total(client: FlaskClient) -> None:
    page = client.get(f"/waves/{WAVE}?by=alliance,gender&figure=response").text
    table = said(page[page.index("<table") : page.index("</table>")])
    assert table.startswith("Alliance / Gender All Female Male and Other All 227")
    assert "A1 95 84% 48 47" in table
    assert "its groups stand together in this cross only" in table
    assert "Small groups stand together here" in said(page)
    assert "item/utility" in page
    item = said(client.get(f"/waves/{WAVE}?by=alliance,gender&figure=item/utility").text)
    assert "Was it useful?" in item
    assert client.get(f"/waves/{WAVE}?by=alliance,gender&figure=nothing").status_code == 200
    assert client.get(f"/waves/{WAVE}?by=gender,alliance").status_code == 404


def test_the_chart_stands_over_its_table_and_is_kept_and_taken(client: FlaskClient, office: Office) -> None:
    page = client.get(CROSS).text
    address = f"/waves/{WAVE}/charts/usefulness.svg?lang=en&amp;by=alliance,service"
    assert page.index(f'<img src="{address}"') < page.index("<table")
    assert 'alt="Chart: Usefulness. Crossed · by alliance and service · 227 valid answers.' in page
    assert f"/waves/{WAVE}/charts/usefulness.pdf?lang=en&amp;take=1&amp;by=alliance,service" in page
    assert client.get(f"/waves/{WAVE}/charts/usefulness/download?by=alliance,service").status_code == 200
    assert "charts/utility.svg" in client.get(f"{CROSS}&figure=item/utility").text
    drawn = client.get(html.unescape(address))
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    assert "some are high or low by chance" in drawn.text and len(drawn.data) < 60_000
    kept = office.instance.settings.charts / WAVE
    (file,) = kept.glob("usefulness.alliance,service.en.*.svg")
    assert file.read_bytes() == drawn.data
    file.write_bytes(b"<svg/>")  # nothing is drawn twice
    assert client.get(html.unescape(address)).data == b"<svg/>"
    file.write_bytes(drawn.data)
    again = client.get(html.unescape(address), headers={"If-None-Match": drawn.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(html.unescape(address).replace("usefulness", "nothing")).status_code == 404


def test_files_hold_every_cell_and_the_bundle_computes_them_again(
    with_crosses: Instance, tmp_path: Path
) -> None:
    told, of, t = exported(with_crosses), questionnaire("crossed"), language("it")
    evidence = Evidence.of(told, t)
    found = evidence.results
    table = {row.key: row for row in rows(found, of, t)}
    assert len(table) == len(list(rows(found, of, t)))
    cell = table["alliance,service", "A1 × S1", "indicators/usefulness", "value"]
    assert (cell.value, cell.n, cell.group_label) == (3.0, 40, "A1 × S1")
    few = table["alliance,service", "A2 × S3", "", "withheld"]
    assert (few.value, few.reason_text) == (None, "meno di 10 risposte")
    assert table["alliance,gender", "A1 × m|x", "response", "responses"].group_label == "A1 × Uomo e Altro"

    def drawn(what: str, by: str | None, _lang: str, form: str, frame: Frame) -> bytes:
        return render(chart(found, of, what, t, by), form, frame)

    path = tmp_path / "evidence.zip"
    packed(bundle.files_of(evidence, drawn, HERE), path, sums=True)
    files = reading.read(str(path))
    assert {f"charts/by-{one}/usefulness.{form}" for one in found.crosses for form in ("svg", "csv")} <= set(
        files
    )
    assert verifying.verify(files, HERE, None).problems == ()
    for name, before in (
        ("results.csv", "A1 × S1,A1 × S1,value,".encode()),
        ("results.json", b'"cells": ['),
        ("charts/by-alliance,service/usefulness.csv", b"A1,S1,"),
    ):
        spoilt = resummed(files, name, digit_changed(files[name], before))
        wrong = verifying.verify(spoilt, HERE, None).problems
        assert [one.file for one in wrong] == [name]
    book = openpyxl.load_workbook(io.BytesIO(files["results.xlsx"]))
    _, first, *_ = (row for row in book["Alleanza e servizio"].values if row[0] == "A1")
    assert first[2:7] == (pytest.approx(3.0), pytest.approx(3.0), pytest.approx(3.0), 95, 40)


def test_nothing_of_a_cross_of_a_named_wave_is_published(with_crosses: Instance) -> None:
    """Evaluators see every cell of one; reports and open data hold none."""
    told = exported(with_crosses)
    named, asked = replace(told.release, mode=Mode.NAMED), told.questionnaire
    found = results(named, asked)
    assert any(row.breakdown in found.crosses for row in rows(found, asked, language("en")))
    shown = public(named, asked).published.results(asked)
    assert shown.crosses == {}
    assert {row.breakdown for row in rows(shown, asked, language("en"))} == {""}


def test_comments_are_searched_without_a_script_and_escaped(client: FlaskClient) -> None:
    page = client.get(COMMENTS).text
    assert "<script" not in page and "<b>nothing</b>" not in page
    assert "really <b>nothing</b>" in html.unescape(page)
    assert "12 comments" in page and "A room" not in page
    assert "Fewer than 10 comments" in page
    found = client.get(f"{COMMENTS}?q=CAFFE").text
    assert "1 comment holds “CAFFE”" in found and LIKED[0] in found and "remark" not in found
    assert "remark 3" not in client.get(f"{COMMENTS}?from=200").text
    assert client.get(f"{COMMENTS}/liked/99999").status_code == 404
    assert client.get(f"{COMMENTS}/missed/0").status_code == 404


def test_redacting_asks_and_then_overwrites(instance: Instance) -> None:
    crossed.close(instance)
    office = office_of(instance)
    client = office.evaluator("en")
    one = commenting.comments(instance.store, WAVE, "rossi")[0].comments
    assert one
    address = f"{COMMENTS}/liked/{one[0].place}"
    page = client.get(address)
    token = csrf_token(page)
    assert "nobody can bring it back" in page.text and LIKED[0] in page.text
    form = {"what": "part", "part": "Rossi", "csrf_token": token}
    refused = client.post(address, data=form)
    assert refused.status_code == 422 and "cannot be brought back" in refused.text
    for part, why in (("Bianchi", "does not hold"), ("", "rite here what")):
        answer = client.post(address, data=form | {"part": part, "sure": "y"})
        assert answer.status_code == 422 and why in answer.text
    for what, why in (("whole", "a part is written here"), ("", "whether a part or the whole")):
        answer = client.post(address, data=form | {"what": what, "sure": "y"})
        assert answer.status_code == 422 and why[1:] in answer.text
    assert client.post(address, data=form | {"sure": "y", "csrf_token": "x"}).status_code == 400
    done = client.post(address, data=form | {"sure": "y"}, follow_redirects=True)
    assert "The comment was overwritten." in done.text and "signora […]" in done.text
    assert "comment redacted" in client.get(f"/waves/{WAVE}/log").text
    client.post(address, data={"what": "whole", "sure": "y", "csrf_token": token})
    assert "signora" not in client.get(COMMENTS).text
    office.app.extensions["rooms"].store.close()
