"""The files of a report, opened by other programs: python-docx, LibreOffice, an HTML parser."""

import io
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from survey.charts import chart, render
from survey.exports.report import Report, report
from survey.exports.report.model import Picture
from survey.exports.report.pages import page
from survey.exports.report.styles import BadTemplate
from survey.exports.report.word import word
from survey.language import language
from tests.exports.report import waves

NAME = "baseline"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def whole() -> Report:
    return report(waves.cases()[NAME].facts, language("it"))


@pytest.fixture(scope="module")
def drawing() -> bytes:
    """One real chart, which stands for all: what the charts show is tested elsewhere."""
    case = waves.cases()[NAME]
    return render(chart(case.facts.results, case.of, "usefulness", language("it")), "png")


@pytest.fixture(scope="module")
def docx(whole: Report, drawing: bytes) -> bytes:
    return word(whole, lambda _: drawing)


def test_word_has_headings_captions_and_fields(whole: Report, docx: bytes) -> None:
    made = Document(io.BytesIO(docx))
    headings = [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [section.title for section in whole.every()]
    assert [p.style.name for p in made.paragraphs[:2]] == ["Title", "Subtitle"]
    fields = [text.text.split() for text in made.element.iter(f"{W}instrText")]
    assert ["SEQ", "Figura"] in [one[:2] for one in fields] and ["SEQ", "Tabella"] in [
        one[:2] for one in fields
    ]
    assert [one[0] for one in fields].count("TOC") == 1
    begins = [one.get(qn("w:fldCharType")) for one in made.element.iter(f"{W}fldChar")]
    assert begins.count("begin") == begins.count("separate") == begins.count("end") == len(fields)
    captions = [p.text for p in made.paragraphs if p.style.name == "Caption"]
    numbered = [text for text in captions if text.startswith("Figura")]
    assert [text.split(".")[0] for text in numbered] == [f"Figura {n}" for n in range(1, len(numbered) + 1)]
    anchors = {link.get(qn("w:anchor")) for link in made.element.iter(f"{W}hyperlink")}
    marks = {mark.get(qn("w:name")) for mark in made.element.iter(f"{W}bookmarkStart")}
    assert anchors and anchors <= marks


def test_word_tables_repeat_their_headers_and_pictures_are_told(whole: Report, docx: bytes) -> None:
    made = Document(io.BytesIO(docx))
    assert made.tables
    for table in made.tables:
        assert table.style.name == "Report table"
        headers = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
        assert headers == [True, *[False] * (len(headers) - 1)]
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
    told = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert told == [picture.alt for picture in whole.pictures] and all(told)
    wide = made.sections[0].page_width - made.sections[0].left_margin - made.sections[0].right_margin
    assert all(shape.width <= wide for shape in made.inline_shapes)


def test_word_says_what_it_is(whole: Report, docx: bytes) -> None:
    made = Document(io.BytesIO(docx))
    core = made.core_properties
    assert (core.title, core.author, core.language) == (whole.title, "Regione Esempio", "it-IT")
    assert core.identifier == whole.release_id
    assert (core.created, core.modified) == (whole.made, whole.made)
    spoken = made.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert spoken.get(qn("w:val")) == "it-IT"
    foot = made.sections[0].footer.paragraphs[0]
    assert whole.release_id[:12] in foot.text
    assert [text.text.strip() for text in foot._p.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_the_same_report_gives_the_same_bytes(whole: Report, docx: bytes, drawing: bytes) -> None:
    assert word(whole, lambda _: drawing) == docx
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        assert "docProps/thumbnail.jpeg" not in packed.namelist()  # it shows the library's own template
        assert {part.date_time for part in packed.infolist()} == {(2026, 12, 18, 22, 30, 0)}
    assert page(whole, lambda _: drawing) == page(whole, lambda _: drawing)


def test_a_template_gives_its_styles_margins_and_foot(whole: Report, drawing: bytes) -> None:
    own = Document()
    own.styles["Heading 1"].font.name = "Georgia"
    own.sections[0].left_margin = own.sections[0].right_margin = 1_440_180
    own.sections[0].footer.paragraphs[0].text = "Regione Esempio, Direzione welfare"
    for lacking in ("List Bullet", "Caption", "Heading 2", "Subtitle"):
        own.styles[lacking].delete()
    own.add_paragraph("What the template's author wrote to try it.")
    buffer = io.BytesIO()
    own.save(buffer)
    made = Document(io.BytesIO(word(whole, lambda _: drawing, buffer.getvalue(), "own.docx")))
    assert made.styles["Heading 1"].font.name == "Georgia"
    headings = [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [section.title for section in whole.every()]
    assert any(p.text.startswith("• ") for p in made.paragraphs if p.style.name == "List Bullet")
    assert made.sections[0].left_margin == 1_440_180
    assert made.sections[0].footer.paragraphs[0].text == "Regione Esempio, Direzione welfare"
    assert not any("to try it" in paragraph.text for paragraph in made.paragraphs)
    assert all(shape.width <= made.sections[0].page_width - 2_880_360 for shape in made.inline_shapes)
    # A report is a template, too: the next one takes over what was changed in it.
    again = word(whole, lambda _: drawing, word(whole, lambda _: drawing), "report.docx")
    assert len(Document(io.BytesIO(again)).tables) == len(made.tables)


def test_what_is_no_word_document_is_refused_by_name(whole: Report, drawing: bytes) -> None:
    with pytest.raises(BadTemplate, match=r"old\.doc cannot be used as a template"):
        word(whole, lambda _: drawing, b"\xd0\xcf\x11\xe0 an old .doc", "old.doc")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_it(docx: bytes, whole: Report, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(docx)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "report.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = PdfReader(tmp_path / "report.pdf").pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert len(pages) > 5
    for section in whole.every():
        assert section.title in text
    for number, picture in enumerate(whole.pictures, 1):
        assert " ".join(f"Figura {number}. {picture.caption.text}".split()) in text
    assert any(len(one.images) for one in pages)


class Outline(HTMLParser):
    """Tags and attributes of a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in tags]


def test_html_is_one_whole_file(whole: Report, drawing: bytes) -> None:
    def other(picture: Picture) -> bytes:
        return b"<svg/>"

    text = page(whole, other)
    found = Outline(text)
    assert found.of("html") == [{"lang": "it"}]
    assert [one["src"].split(",")[0] for one in found.of("img")] == ["data:image/svg+xml;base64"] * len(
        whole.pictures
    )
    assert all(one["alt"] for one in found.of("img"))
    assert not found.of("script", "link") and "http" not in text.replace("https://", "http")
    levels = [int(tag[1]) for tag, _ in found.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in found.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {one["href"][1:] for one in found.of("a")} <= set(ids)
    assert all(one.get("scope") in ("col", "row") for one in found.of("th"))


def test_words_of_a_definition_stay_words(drawing: bytes) -> None:
    case = waves.cases()["many"]
    sly = waves.replace(case.release, title={"it": "<script>alert(1)</script> & Co"})
    made = report(waves.reported(sly, case.of).facts, language("it"))
    assert "<script>" not in page(made, lambda _: drawing)
    assert (
        "<script>alert(1)</script> & Co"
        in Document(io.BytesIO(word(made, lambda _: drawing))).paragraphs[0].text
    )
