"""Report -> HTML: one file with its style and its charts inside; or the body alone, for a page around it."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from survey.exports.report.layout import Numbers, numeric
from survey.exports.report.model import Block, Paragraph, Picture, Points, Report, Table
from survey.language import language

TEMPLATES = Path(__file__).parent / "templates"
KINDS: Mapping[type[Block], str] = {
    Paragraph: "paragraph",
    Points: "points",
    Table: "table",
    Picture: "picture",
}
"""The macro that shows each kind of block."""


def page(report: Report, pictures: Callable[[Picture], bytes]) -> str:
    """The report as one HTML file; `pictures` gives the SVG of a chart."""

    def inside(picture: Picture) -> str:
        return f"data:image/svg+xml;base64,{b64encode(pictures(picture)).decode()}"

    style = Markup((TEMPLATES / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - a file of the program
    return _render("report.html", report, inside, style=style)


def body(report: Report, address: Callable[[Picture], str]) -> Markup:
    """The sections of the report as HTML, to be put into a page; `address` is where a chart can be had."""
    return Markup(_render("body.html", report, address))  # noqa: S704 - rendered by a template that escapes


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _render(template: str, report: Report, address: Callable[[Picture], str], **values: Any) -> str:
    return (
        _templates()
        .get_template(template)
        .render(
            report=report,
            t=language(report.language),
            address=address,
            numbers=Numbers(),
            numeric=numeric,
            kind=lambda block: KINDS[type(block)],
            **values,
        )
    )
