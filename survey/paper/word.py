"""Letters and sheets as DOCX, with real headings and the language of each text, for whoever works in Word."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.run import Run

from survey.language import Language, language
from survey.paper import qr, saying
from survey.paper.facts import Addressee, Facts
from survey.paper.sheet import Block, Part, Question, parts

BOX = "\u2610"
MODULE = 6
"""Pixels of a QR code's module: about 300 for 42 mm, which prints sharply."""
LANGUAGES = {"it": "it-IT", "en": "en-GB"}
TEAR = "– " * 46
LINE = "_" * 30


def letters(facts: Facts, addressees: Sequence[Addressee]) -> bytes:
    """A letter a page, each in its person's language."""
    made = _blank(facts)
    for number, one in enumerate(addressees):
        page = _Page(made, language(one.language))
        _letter(page, facts, one, first=not number)
    return _bytes(made)


def sheets(facts: Facts, spoken: str, addressees: Sequence[Addressee], give_back: str) -> bytes:
    """The questionnaire to be filled in by hand, see `survey.paper.pages.sheets`."""
    made = _blank(facts)
    copies: Sequence[Addressee | None] = addressees or [None]
    for number, one in enumerate(copies):
        page = _Page(made, language(one.language if one else spoken))
        _sheet(page, facts, one, give_back, first=not number)
    return _bytes(made)


class _Page:
    """A document that is written to in one language."""

    def __init__(self, document: Any, t: Language) -> None:
        self.document = document
        self.t = t

    def heading(self, said: str, level: int, new_page: bool = False) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        paragraph.paragraph_format.page_break_before = new_page
        paragraph.paragraph_format.keep_with_next = True
        self._said(paragraph.add_run(said))

    def words(self, said: str, bold: bool = False, italic: bool = False, size: float | None = None) -> Any:
        paragraph = self.document.add_paragraph()
        run = self._said(paragraph.add_run(said))
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
        return paragraph

    def together(self, *said: str) -> Any:
        """Lines of one paragraph, kept on one page."""
        paragraph = self.words(said[0])
        for line in said[1:]:
            paragraph.add_run().add_break(WD_BREAK.LINE)
            self._said(paragraph.add_run(line))
        paragraph.paragraph_format.keep_together = True
        return paragraph

    def picture(self, image: bytes, width: Mm, said: str) -> None:
        paragraph = self.document.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(image), width=width)
        shape._inline.docPr.set("descr", said)
        paragraph.paragraph_format.keep_with_next = True

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], first: int = 0) -> None:
        """A grid under a header; `first` is the width of its first column (mm; 0: as all others)."""
        table = self.document.add_table(rows=0, cols=len(header))
        table.style = "Table Grid"
        table.autofit = False
        others = (170 - first) / (len(header) - bool(first))
        for row in (header, *rows):
            cells = table.add_row().cells
            for column, said in enumerate(row):
                cells[column].width = Mm(first if first and not column else others)
                self._cell(cells[column].paragraphs[0], said, left=bool(first) and not column)
        self.words("", size=4).paragraph_format.space_after = Pt(2)

    def note(self, said: str) -> None:
        """Small print that belongs to what follows."""
        paragraph = self.words(said, italic=True, size=9.5)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)

    def question(self, said: str) -> None:
        """The words of a question, on one page with its boxes."""
        paragraph = self.words(said, bold=True)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)

    def _cell(self, paragraph: Any, said: str, left: bool) -> None:
        self._said(paragraph.add_run(said)).font.size = Pt(14 if said == BOX else 9)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = True

    def _said(self, run: Run) -> Run:
        """Mark the language of a run, so that Word checks and reads it as what it is."""
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), LANGUAGES.get(self.t.code, self.t.code))
        run._r.get_or_add_rPr().append(mark)
        return run


def _blank(facts: Facts) -> Any:
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    for name, size in (("Normal", 11), ("Heading 1", 17), ("Heading 2", 13)):
        _plain(made.styles[name], size)
    made.core_properties.title = next(iter(facts.title.values()), "")
    made.core_properties.author = facts.organizer
    made.core_properties.comments = ""
    return made


def _plain(style: Any, size: float) -> None:
    """Black Arial: the headings of the standard template are blue, in a font that few machines have."""
    style.font.name, style.font.size = "Arial", Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if style.name != "Normal":
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(6)


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _letter(page: _Page, facts: Facts, one: Addressee, first: bool) -> None:
    t = page.t
    opening = page.words(one.name, size=12)
    opening.paragraph_format.page_break_before = not first
    opening.paragraph_format.space_after = Mm(18)
    _invented(page, facts)
    page.heading(t.choose(facts.title), 1)
    page.words(saying.greeting(one.name, t))
    page.words(t.choose(facts.questionnaire.introduction))
    page.words(saying.effort(facts, t))
    page.words(t("Scan the code with the camera of your phone,")).paragraph_format.keep_with_next = True
    page.picture(qr.png(one.link, MODULE), Mm(42), t("QR code of your personal link"))
    page.words(
        t("or open {home} and type this code:", home=facts.short_home)
    ).paragraph_format.keep_with_next = True
    page.words(one.code, bold=True, size=16)
    page.words(t("or type this address:")).paragraph_format.keep_with_next = True
    page.words(one.link, size=9)
    page.words(saying.promise(facts, t))
    page.words(t(saying.yours(facts)))
    page.words(saying.foot(facts, t), size=9.5)


def _invented(page: _Page, facts: Facts) -> None:
    if facts.synthetic:
        page.words(page.t("Demonstration with invented data"), bold=True)


def _sheet(page: _Page, facts: Facts, one: Addressee | None, give_back: str, first: bool) -> None:
    t = page.t
    strip = saying.strip(one.name, facts) if one else None
    if one and strip:
        page.words(one.name, bold=True, size=14).paragraph_format.page_break_before = not first
        page.words(t(strip), italic=True, size=9.5)
        page.words(TEAR)
    page.heading(t.choose(facts.title), 1, new_page=not (first or strip))
    _invented(page, facts)
    if one:
        page.picture(qr.png(one.link, MODULE), Mm(26), t("QR code of your personal link"))
        if one.name and not strip:
            page.words(one.name, bold=True, size=14)
        page.words(one.code, bold=True, size=14)
        page.words(saying.instead(facts, t))
    page.words(t.choose(facts.questionnaire.introduction))
    for said in (
        saying.crosses(facts, t),
        t(saying.seen(facts)),
        saying.give_back(facts, give_back or LINE, t),
    ):
        page.words(said)
    for part in parts(facts.questionnaire, t):
        _part(page, part)
    page.words(f"{t('Thank you.')} {saying.foot(facts, t)}", size=9.5)


def _part(page: _Page, part: Part) -> None:
    page.heading(part.title, 2)
    for block in part.blocks:
        if block.columns:
            _block(page, block)
        else:
            _question(page, block.questions[0])


def _block(page: _Page, block: Block) -> None:
    page.question(block.text)
    for note in block.notes:
        page.note(note)
    rows = [
        (" ".join((f"{one.number}. {one.text}", *one.notes)), *[BOX] * len(block.columns))
        for one in block.questions
    ]
    page.table(("", *block.columns), rows, first=75)


def _question(page: _Page, one: Question) -> None:
    page.question(f"{one.number}. {one.text}")
    for note in one.notes:
        page.note(note)
    boxes = [*one.boxes, *([one.apart] if one.apart else [])]
    if one.row:
        page.table(boxes, [[BOX] * len(boxes)])
        return
    if one.blank is not None:
        page.words(f"{LINE} {one.blank}")
    if boxes:
        page.together(*(f"{BOX} {label}" for label in boxes))
    for _ in range(one.lines):
        page.words(LINE * 2 + LINE[:15])
