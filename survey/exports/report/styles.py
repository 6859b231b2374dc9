"""The styles of a Word report: those of its template, and what a template lacks."""

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from survey.exports.report.fields import element
from survey.language import Refusal

TABLE = "Report table"
NOTE, ALERT, CELL = "Report note", "Report alert", "Report cell"
FONT = "Arial"
WIDTH = Mm(170)
"""The width of the text on the page of the program's own template."""
OWN_SIZES = {"Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 1": 17, "Heading 2": 13.5,
             "Heading 3": 11.5, "Caption": 9.5, "List Bullet": 10.5}  # fmt: skip
TABLE_XML = """
<w:style {names} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{name}"/>{based}<w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="404040"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="404040"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C8C8C8"/>
  </w:tblBorders>
  <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
    <w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/></w:tcPr></w:tblStylePr>
</w:style>"""


OWN_SPACES = {"Title": (0, 4), "Subtitle": (0, 12), "Heading 1": (22, 6), "Heading 2": (16, 4),
              "Heading 3": (12, 4), "Caption": (4, 12), "List Bullet": (0, 4)}  # fmt: skip
"""Points before and after."""
BEHIND_A_FRAME = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
"""What stands behind a frame among a paragraph's properties, whose order is fixed."""


class BadTemplate(Refusal):
    """The Word template of reports cannot be used."""


def blank(template: bytes | None, name: str = "") -> Any:
    """An empty document with every style that a report needs: the template's own, else the program's.

    Of a template everything stays but the text of its pages: styles, margins, headers, footers. Raises
    BadTemplate, which calls it `name`.
    """
    made = Document() if template is None else _opened(template, name)
    if template is None:
        _own(made)
    else:
        _emptied(made)
    _complete(made)
    _without_thumbnail(made)
    return made


def _without_thumbnail(document: Any) -> None:
    """Without the small picture of another document's first page."""
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/metadata/thumbnail")]:
        relations.pop(name)


def _opened(template: bytes, name: str) -> Any:
    try:
        return Document(io.BytesIO(template))
    except Exception as failure:  # python-docx raises whatever its parsers do
        raise BadTemplate(
            "{name} cannot be used as a template ({why}); save it in Word as a .docx document",
            name=name, why=type(failure).__name__,
        ) from failure  # fmt: skip


def _emptied(document: Any) -> None:
    """Without the text of the template's pages; the last section's page layout stays."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)


def _own(document: Any) -> None:
    """The program's own look: A4, Arial, dark headings."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    for name, size in OWN_SIZES.items():
        _plain(document.styles[name], size)
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    document.styles["Normal"].paragraph_format.space_after = Pt(7)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15


def _plain(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    heading = style.name.startswith(("Heading", "Title"))
    style.font.color.rgb = RGBColor(0x1F, 0x3A, 0x5F) if heading else RGBColor(0x1A, 0x1A, 0x1A)
    style.font.bold = heading or style.name == "Caption"
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    if style.name in OWN_SPACES:
        before, after = OWN_SPACES[style.name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _complete(document: Any) -> None:
    """Make the styles that a report needs and the document has not, in the program's own look."""
    known = {style.name for style in document.styles}
    for name, size in OWN_SIZES.items():
        if name not in known:
            _built_in(document, name, size)
    for name in (NOTE, ALERT, CELL, "TOC Heading", "toc 1", "toc 2"):
        if name not in known:
            _own_style(document, name)
    if TABLE not in known:
        document.styles.element.append(parse_xml(_table_xml(document)))


def _built_in(document: Any, name: str, size: float) -> None:
    """A style that Word knows by name, with a heading's level in the outline."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if name != "Normal":
        style.base_style = document.styles["Normal"]
    _plain(style, size)
    if name.startswith("Heading"):
        style.paragraph_format.keep_with_next = True
        level = element("w:outlineLvl", val=str(int(name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)


def _table_xml(document: Any) -> str:
    """The style of tables, based on the document's default one, whatever that is called there."""
    default = document.styles.default(WD_STYLE_TYPE.TABLE)
    based = f'<w:basedOn w:val="{default.style_id}"/>' if default is not None else ""
    return TABLE_XML.format(names=nsdecls("w"), name=TABLE, based=based)


def _own_style(document: Any, name: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    form = style.paragraph_format
    if name in (NOTE, CELL):
        style.font.size = Pt(9)
        form.space_before = form.space_after = Pt(2 if name == NOTE else 0)
        form.line_spacing = 1.0
    elif name == ALERT:
        style.font.bold = True
        form.space_before = form.space_after = Pt(8)
        style.element.get_or_add_pPr().insert_element_before(_frame(), *BEHIND_A_FRAME)
    elif name == "TOC Heading":
        style.font.size, style.font.bold = Pt(13.5), True
        form.keep_with_next = True
    else:
        form.space_after = Pt(2)
        form.left_indent = Mm(0 if name == "toc 1" else 6)
        form.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _frame() -> Any:
    """A frame around a paragraph."""
    frame = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(f"w:{side}", val="single", sz="8", space="4", color="7A4B00"))
    return frame
