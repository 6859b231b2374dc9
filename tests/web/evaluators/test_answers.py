"""The page of answers as files: what it says, whole downloads, refusals."""

import csv
import io
import re
import zipfile

from survey.store import audit
from survey.web.evaluators import taking
from tests.web.evaluators.conftest import CLOSED, NAMED, Office


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_what_the_file_holds_and_does_not(demo: Office) -> None:
    client = demo.evaluator("en")
    html = client.get(f"/waves/{CLOSED}/answers").text
    text = plain(html)
    for said in (
        "no name, no address, no link, no time and no comment",
        "Questions not in the file gender, age_band, comment",
        "A2, A3, A4, A5: status_now; A6, others: status_now, company_trust",
        "others: not assigned",
        "Code -9 no answer", "Code -6 not shown for this group",
        "do not publish it", "How to cite", "Synthetic data",
    ):  # fmt: skip
        assert said in text, said
    for form in ("xlsx", "excel.csv", "csv", "sps", "sav", "dta", "R", "zip"):
        assert f"/answers/{form}?lang=en" in html
    named = plain(client.get(f"/waves/{NAMED}/answers").text)
    assert "what one organization answered, with its name" in named


def test_downloads_are_whole_logged_and_not_sent_twice(demo: Office) -> None:
    client = demo.evaluator("it")
    answer = client.get(f"/waves/{CLOSED}/answers/csv?lang=it")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CLOSED}-answers-it.csv"'
    assert answer.content_length == len(answer.data)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 1280 and {row["alliance"] for row in rows} >= {"A1", "A6"}
    again = client.get(
        f"/waves/{CLOSED}/answers/csv?lang=it", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    packed = client.get(f"/waves/{CLOSED}/answers/sps?lang=it")
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.namelist() == [f"{CLOSED}-answers-it.sps", f"{CLOSED}-answers-it.csv"]
    book = client.get(f"/waves/{CLOSED}/described/codebook.xlsx?lang=en")
    assert book.data.startswith(b"PK")
    with demo.instance.store.read() as db:
        taken = [one.about for one in audit.of_wave(db, CLOSED) if one.act == audit.ANSWERS_TAKEN]
    assert taken[-3:] == ["answers.csv", "answers.sps", "codebook.xlsx"]
    assert list(demo.instance.settings.instance.glob(".taken-*")) == []


def test_what_there_is_not(demo: Office) -> None:
    client = demo.evaluator("en")
    assert client.get(f"/waves/{CLOSED}/answers/doc").status_code == 404
    assert client.get(f"/waves/{CLOSED}/described/doc").status_code == 404
    demo.instance.wave("no-file", "all_kinds", invited=6)
    demo.instance.close("no-file")
    page = client.get("/waves/no-file/answers")
    assert "people were told that evaluators see figures of groups only" in plain(page.text)
    assert "/answers/csv" not in page.text and "/described/ddi.xml" in page.text
    refused = client.get("/waves/no-file/answers/csv")
    assert refused.status_code == 403 and "cannot be taken away" in refused.text


def test_a_large_file_is_sent_from_the_disk(demo: Office, monkeypatch: object) -> None:
    monkeypatch.setattr(taking, "LARGE", 0)  # type: ignore[attr-defined]
    answer = demo.evaluator("en").get(f"/waves/{CLOSED}/answers/excel.csv")
    body = answer.data
    answer.close()
    assert answer.content_length == len(body) > 100_000
