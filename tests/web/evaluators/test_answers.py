"""The page of answers as files: what it says, whole downloads, refusals; the results beside such a file."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from survey.store import audit
from survey.web.evaluators import taking
from tests.cast import make_instance, questionnaire
from tests.web.evaluators.conftest import NAMED, Office, office_of

COURSE = "course-2026"


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A closed wave of two courses and of organizations across them, whose single answers can be taken."""
    instance = make_instance(tmp_path_factory.mktemp("courses") / "instance")
    groups = [{"course": f"C{n // 20}", "organization": f"O{n % 2}"} for n in range(40)]
    scales = [item for item in questionnaire("training").items if item.scale]
    for n, invitation in enumerate(instance.wave(COURSE, "training", groups=groups, synthetic=True)):
        said = {item.id: item.codes[(n + at) % len(item.codes)] for at, item in enumerate(scales)}
        more = {"use_start": "week"} if said["use"] in "45" else {"obstacles": "time"}
        if n % 7:
            instance.answer(invitation, **said, **more, prior_knowledge="well", age_band="50+")
    instance.close(COURSE)
    made = office_of(instance)
    yield made
    made.app.extensions["rooms"].store.close()
    instance.store.close()


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_what_the_file_holds_and_does_not(courses: Office, demo: Office) -> None:
    html = courses.evaluator("en").get(f"/waves/{COURSE}/answers").text
    text = plain(html)
    for said in (
        "no name, no address, no link, no time and no comment",
        "Questions not in the file change, seniority, age_band",
        "C0, C1: prior_knowledge, use_start",
        "Code -9 no answer", "Code -6 not shown for this group",
        "do not publish it", "How to cite", "Synthetic data",
    ):  # fmt: skip
        assert said in text, said
    for form in ("xlsx", "excel.csv", "csv", "sps", "sav", "dta", "R", "zip"):
        assert f"/answers/{form}?lang=en" in html
    named = plain(demo.evaluator("en").get(f"/waves/{NAMED}/answers").text)
    assert "what one organization answered, with its name" in named


def test_downloads_are_whole_logged_and_not_sent_twice(courses: Office) -> None:
    client = courses.evaluator("it")
    answer = client.get(f"/waves/{COURSE}/answers/csv?lang=it")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{COURSE}-answers-it.csv"'
    assert answer.content_length == len(answer.data)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 34
    assert {row["course"] for row in rows} == {"C0", "C1"}
    again = client.get(
        f"/waves/{COURSE}/answers/csv?lang=it", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    packed = client.get(f"/waves/{COURSE}/answers/sps?lang=it")
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.namelist() == [f"{COURSE}-answers-it.sps", f"{COURSE}-answers-it.csv"]
    book = client.get(f"/waves/{COURSE}/described/codebook.xlsx?lang=en")
    assert book.data.startswith(b"PK")
    with courses.instance.store.read() as db:
        taken = [one.about for one in audit.of_wave(db, COURSE) if one.act == audit.ANSWERS_TAKEN]
    assert taken[-3:] == ["answers.csv", "answers.sps", "codebook.xlsx"]
    assert list(courses.instance.settings.instance.glob(".taken-*")) == []


def test_what_there_is_not(courses: Office) -> None:
    client = courses.evaluator("en")
    assert client.get(f"/waves/{COURSE}/answers/doc").status_code == 404
    assert client.get(f"/waves/{COURSE}/described/doc").status_code == 404
    courses.instance.wave("no-file", "all_kinds", invited=6)
    courses.instance.close("no-file")
    page = client.get("/waves/no-file/answers")
    assert "people were told that evaluators see figures of groups only" in plain(page.text)
    assert "/answers/csv" not in page.text
    assert "/described/ddi.xml" in page.text
    refused = client.get("/waves/no-file/answers/csv")
    assert refused.status_code == 403
    assert "cannot be taken away" in refused.text


def test_a_large_file_is_sent_from_the_disk(courses: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "LARGE", 0)
    answer = courses.evaluator("en").get(f"/waves/{COURSE}/answers/excel.csv")
    body = answer.data
    answer.close()
    assert answer.content_length == len(body) > 1_000


WHY = {
    "en": "figures of the groups would tell whose they are",
    "it": "i dati dei gruppi direbbero di chi sono",
}
IN_THE_REPORT = {
    "en": "nothing is shown by “Organization”: figures of these groups would tell whose the answers are",
    "it": "non ci sono risultati per «Organizzazione»: i dati di questi gruppi direbbero di chi sono",
}


@pytest.mark.parametrize("lang", ["en", "it"])
def test_page_report_and_files_say_why_nothing_is_shown_by_other_groups(courses: Office, lang: str) -> None:
    client = courses.evaluator(lang)
    page = plain(client.get(f"/waves/{COURSE}?by=organization").text)
    assert WHY[lang] in page
    assert "O1" not in page
    assert "C1" in plain(client.get(f"/waves/{COURSE}?by=course").text)
    table = client.get(f"/waves/{COURSE}/files/results.csv?lang={lang}").text
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["breakdown"] == "organization"]
    assert [row["reason"] for row in rows] == ["answers_can_be_taken_away"] * 2
    assert not any(row["value"] or row["n"] for row in rows)
    report = client.get(f"/waves/{COURSE}/report")
    assert IN_THE_REPORT[lang] in plain(report.text)
