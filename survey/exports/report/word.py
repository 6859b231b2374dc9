"""Report -> DOCX: real headings, numbered captions, contents; the same bytes for the same report."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu

from survey.exports.report import fields
from survey.exports.report.layout import Numbers, numeric, widths
from survey.exports.report.model import Block, Paragraph, Picture, Points, Report, Said, Section, Table
from survey.exports.report.styles import ALERT, CELL, NOTE, TABLE, blank
from survey.language import language

LANGUAGES = {"it": "it-IT", "en": "en-GB"}
HEADINGS = 3
CONTENTS = 2
"""Levels of headings in the table of contents."""
HIGHEST = 0.78
"""The part of the page's height that a chart may take, so that its caption stands below it."""
KEPT_TOGETHER = 14
"""Rows up to which a table is kept on one page."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a ZIP file can name as the earliest time."""
STYLES = {"plain": "Normal", "note": NOTE, "alert": ALERT}


def word(
    report: Report, pictures: Callable[[Picture], bytes], template: bytes | None = None, name: str = ""
) -> bytes:
    """The report as a Word document.

    `pictures` gives the PNG of a chart; `template` is a .docx whose styles, margins, headers and footers are
    taken, called `name` in the BadTemplate that is raised where it cannot be used.
    """
    writer = _Writer(report, pictures, blank(template, name))
    writer.write()
    out = io.BytesIO()
    writer.document.save(out)
    return _fixed(out.getvalue(), report)


class _Writer:
    """A document that a report is written into, from its title to its last table."""

    def __init__(self, report: Report, pictures: Callable[[Picture], bytes], document: Any) -> None:
        self.report, self.pictures, self.document = report, pictures, document
        self.t = language(report.language)
        self.numbers = Numbers()
        self.styles = {style.name: style.style_id for style in document.styles}
        # A template may have no such style, or one without a list behind it.
        bullets = document.styles["List Bullet"].element
        self.bullet = "" if next(bullets.iter(qn("w:numPr")), None) is not None else "• "
        self.marks = {section.id: f"_Toc{number:08}" for number, section in enumerate(report.every(), 1)}

    def write(self) -> None:
        self._properties()
        self._foot()
        self._paragraph(self.report.title, "Title")
        self._paragraph(self.report.subtitle.text, "Subtitle")
        for name, said in self.report.facts:
            self._paragraph(f"{name}: {said.text}", NOTE)
        for alert in self.report.alerts:
            self._block(alert)
        self._contents()
        for section in self.report.sections:
            self._section(section, 1)

    def _properties(self) -> None:
        """What the file says of itself, its language in the styles, too."""
        core, spoken = self.document.core_properties, LANGUAGES.get(self.t.code, self.t.code)
        core.title, core.subject = self.report.title, self.report.subtitle.text
        core.author = core.last_modified_by = self.report.author
        core.language, core.identifier = spoken, self.report.release_id
        core.keywords = core.comments = core.category = ""
        core.created = core.modified = self.report.made.astimezone(UTC).replace(tzinfo=None)
        core.revision = 1
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        properties = None if defaults is None else defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for place in (properties, self.document.styles["Normal"].element.get_or_add_rPr()):
            if place is not None:
                for old in place.findall(qn("w:lang")):
                    place.remove(old)
                place.append(fields.element("w:lang", val=spoken))

    def _foot(self) -> None:
        """Title, release and page number, unless the template has a foot of its own."""
        footer = self.document.sections[-1].footer
        if any(paragraph.text.strip() for paragraph in footer.paragraphs):
            return
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = NOTE
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(f"{self.report.foot.text} · ")
        fields.add_field(paragraph, "PAGE", "1")
        paragraph.add_run(" / ")
        fields.add_field(paragraph, "NUMPAGES", "1")

    def _contents(self) -> None:
        """A field that the word processor fills; until then the headings, as links."""
        self._paragraph(self.t("Contents"), "TOC Heading")
        entries = [
            (section, level)
            for top in self.report.sections
            for section, level in _levels(top)
            if level <= CONTENTS
        ]
        for position, (section, level) in enumerate(entries):
            paragraph = self._paragraph("", f"toc {level}")
            if position == 0:
                fields.begin_field(paragraph, f'TOC \\o "1-{CONTENTS}" \\h \\z \\u')
            run = paragraph.add_run(section.title)
            fields.link(paragraph, self.marks[section.id]).append(run._r)
            if position == len(entries) - 1:
                fields.end_field(paragraph)

    def _section(self, section: Section, level: int) -> None:
        heading = self._paragraph(section.title, f"Heading {min(level, HEADINGS)}")
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.page_break_before = section.apart
        mark = self.marks[section.id]
        fields.bookmark(heading, mark, int(mark.removeprefix("_Toc")))
        for block in section.blocks:
            self._block(block)
        for inner in section.sections:
            self._section(inner, level + 1)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block.text, STYLES[block.kind])
        elif isinstance(block, Points):
            for item in block.items:
                self._paragraph(f"{self.bullet}{item.text}", "List Bullet")
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._table(block)

    def _paragraph(self, said: str, style: str) -> Any:
        paragraph = self.document.add_paragraph(said)
        self._styled(paragraph, style)
        return paragraph

    def _styled(self, paragraph: Any, style: str) -> None:
        """Set a style by its id: python-docx looks through all styles for a name, each time."""
        paragraph._p.style = self.styles[style]

    def _caption(self, named: str, number: int, said: Said, above: bool) -> None:
        """Figure 3. What it shows: the number is a field, so that captions put in between count, too."""
        paragraph = self._paragraph("", "Caption")
        paragraph.paragraph_format.keep_with_next = above
        before, _, after = named.partition(str(number))
        paragraph.add_run(before)
        fields.add_field(paragraph, f"SEQ {before.strip()} \\* ARABIC", str(number))
        paragraph.add_run(f"{after}. {said.text}")

    def _picture(self, picture: Picture) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(self.pictures(picture)))
        section = self.document.sections[-1]
        wide = section.page_width - section.left_margin - section.right_margin
        high = (section.page_height - section.top_margin - section.bottom_margin) * HIGHEST
        scale = min(1.0, wide / shape.width, high / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        number = self.numbers.figure()
        properties = shape._inline.docPr
        properties.set("descr", picture.alt)
        properties.set("title", picture.caption.text)
        properties.set("id", str(number))
        named = self.t("Figure {n}", n=str(number))
        self._caption(named, number, picture.caption, above=False)

    def _table(self, table: Table) -> None:
        number = self.numbers.table()
        self._caption(self.t("Table {n}", n=str(number)), number, table.caption, above=True)
        section = self.document.sections[-1]
        wide = section.page_width - section.left_margin - section.right_margin
        columns = [Emu(int(wide * share)) for share in widths(table)]
        made = self.document.add_table(rows=0, cols=len(columns))
        made.style, made.alignment, made.autofit = TABLE, WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(made.columns, columns, strict=True):
            column.width = width
        right, whole = numeric(table), len(table.rows) <= KEPT_TOGETHER
        for position, row in enumerate((table.header, *table.rows)):
            last = position == len(table.rows) and not table.notes
            self._row(made, row, columns, right, together=(whole or not position) and not last)
        fields.repeat_header(made.rows[0])
        for note in table.notes:
            self._paragraph(note.text, NOTE).paragraph_format.keep_with_next = note is not table.notes[-1]
        self._paragraph("", CELL)

    def _row(
        self, table: Any, cells: Sequence[Said], columns: Sequence[Any], right: Sequence[bool], together: bool
    ) -> None:
        row = table.add_row()
        fields.keep_whole(row)
        for cell, said, width, to_the_right in zip(row.cells, cells, columns, right, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            self._styled(paragraph, CELL)
            paragraph.add_run(said.text)
            paragraph.paragraph_format.keep_with_next = together
            if to_the_right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _levels(section: Section, level: int = 1) -> list[tuple[Section, int]]:
    inner = [pair for one in section.sections for pair in _levels(one, level + 1)]
    return [(section, level), *inner]


def _fixed(body: bytes, report: Report) -> bytes:
    """The same file, each of its parts bearing the moment at which the wave closed."""
    made = report.made.astimezone(UTC)
    moment = max(EARLIEST, (made.year, made.month, made.day, made.hour, made.minute, made.second))
    out = io.BytesIO()
    with ZipFile(io.BytesIO(body)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            fresh = ZipInfo(part.filename, moment)
            fresh.compress_type, fresh.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(fresh, old.read(part))
    return out.getvalue()
