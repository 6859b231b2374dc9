"""The pieces of WordprocessingML that python-docx has no words for: fields, bookmarks, repeated headers."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, **attributes: str) -> Any:
    """An element such as `w:tblHeader`; attributes are of the same namespace."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_field(paragraph: Any, code: str, shown: str, dirty: bool = False) -> None:
    """A field with what it shows until it is computed again; `dirty`: when the file is opened."""
    _begin(paragraph, code, dirty)
    paragraph.add_run(shown)
    end_field(paragraph)


def _begin(paragraph: Any, code: str, dirty: bool) -> None:
    begin = element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    paragraph.add_run()._r.append(begin)
    instruction = element("w:instrText")
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def begin_field(paragraph: Any, code: str) -> None:
    """The beginning of a field whose result spans paragraphs; `end_field` ends it."""
    _begin(paragraph, code, dirty=True)


def end_field(paragraph: Any) -> None:
    """The end of a field."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make the whole paragraph a place that links and fields can name."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    end = element("w:bookmarkEnd", id=str(number))
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def link(paragraph: Any, anchor: str) -> Any:
    """A link to a bookmark; runs moved into it belong to it."""
    made = element("w:hyperlink", anchor=anchor, history="1")
    paragraph._p.append(made)
    return made


def repeat_header(row: Any) -> None:
    """The row stands again at the top of each page that the table goes on to."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """The row is not broken over two pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
