"""The codebook as DDI: well-formed, in the order of the schema, with the release's counts and no others."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from survey import exporting
from survey.counts import Reason, item_figure
from survey.exports.answers.ddi import NAMESPACE, write_ddi
from survey.exports.answers.model import Description
from survey.exports.variables import Absence
from survey.language import language
from tests.cast import Instance
from tests.exports.conftest import FIGURES_ONLY, FIRMS, PEOPLE

IT = language("it")
ORDER = {
    "codeBook": "stdyDscr dataDscr",
    "stdyDscr": "citation stdyInfo method dataAccs",
    "citation": "titlStmt prodStmt verStmt biblCit",
    "titlStmt": "titl IDNo",
    "prodStmt": "prodDate software",
    "verStmt": "version",
    "stdyInfo": "abstract sumDscr",
    "sumDscr": "collDate anlyUnit universe dataKind",
    "method": "dataColl notes anlyInfo",
    "dataColl": "collMode resInstru",
    "anlyInfo": "respRate",
    "dataAccs": "useStmt",
    "useStmt": "restrctn citReq disclaimer",
    "dataDscr": "var",
    "var": "labl qstn valrng invalrng universe catgry varFormat",
    "qstn": "qstnLit",
    "valrng": "range",
    "invalrng": "item",
    "catgry": "catValu labl catStat",
}
"""The sequences of DDI-Codebook 2.5 (codebook.xsd), as far as these elements occur; all others are leaves."""
ATTRIBUTES = {
    "codeBook": {"version", "{http://www.w3.org/XML/1998/namespace}lang"},
    "var": {"ID", "name", "nature", "intrvl", "dcml"},
    "IDNo": {"agency"},
    "prodDate": {"date"},
    "collDate": {"date", "event"},
    "range": {"min", "max"},
    "item": {"VALUE"},
    "catgry": {"missing"},
    "catStat": {"type"},
    "varFormat": {"type"},
}
VALUES = {
    ("var", "nature"): {"nominal", "ordinal", "interval", "ratio", "percent", "other"},
    ("var", "intrvl"): {"contin", "discrete"},
    ("varFormat", "type"): {"numeric", "character"},
    ("collDate", "event"): {"start", "end", "single"},
    ("catgry", "missing"): {"Y", "N"},
    ("catStat", "type"): {"freq", "percent", "crosstab", "other"},
}
"""The values that the schema allows an attribute."""


def written(of: Description, path: Path) -> Xml.Element:
    write_ddi(of, path, IT)
    return Xml.parse(path).getroot()


def tag(element: Xml.Element) -> str:
    assert element.tag.startswith(f"{{{NAMESPACE}}}")
    return element.tag.partition("}")[2]


@pytest.mark.parametrize("wave", [PEOPLE, FIRMS, FIGURES_ONLY])
def test_elements_stand_as_the_schema_wants_them(office: Instance, tmp_path: Path, wave: str) -> None:
    assert_in_order(written(exporting.description(office.store, wave, IT), tmp_path / "ddi.xml"))


def assert_in_order(root: Xml.Element) -> None:
    """Every element and attribute of a codebook is where the schema has it."""
    assert tag(root) == "codeBook" and root.get("version") == "2.5"
    for element in root.iter():
        order = ORDER.get(tag(element), "").split()
        places = [order.index(tag(child)) for child in element]
        assert places == sorted(places), tag(element)
        assert set(element.attrib) <= ATTRIBUTES.get(tag(element), set()), tag(element)
        assert all(
            value in VALUES.get((tag(element), name), {value}) for name, value in element.attrib.items()
        ), tag(element)
        assert len(element) == 0 or not (element.text or "").strip()
    ids = [element.get("ID") for element in root.iter(f"{{{NAMESPACE}}}var")]
    assert len(set(ids)) == len(ids) > 5


def test_counts_are_those_of_the_release_and_what_it_withholds_is_absent(
    office: Instance, tmp_path: Path
) -> None:
    of = exporting.description(office.store, PEOPLE, IT)
    figures = {**of.release.whole.figures, item_figure("advice"): Reason.TOO_FEW_ANSWERS}
    withheld = replace(of, release=replace(of.release, whole=replace(of.release.whole, figures=figures)))
    root = written(withheld, tmp_path / "ddi.xml")
    shown = {}
    for variable in root.iter(f"{{{NAMESPACE}}}var"):
        categories = variable.findall(f"{{{NAMESPACE}}}catgry")
        shown[variable.get("name")] = {
            one.findtext(f"{{{NAMESPACE}}}catValu"): one.findtext(f"{{{NAMESPACE}}}catStat")
            for one in categories
        }
    tally = of.release.whole.figures[item_figure("zone")]
    assert not isinstance(tally, Reason)
    told = {"01": tally["01"], "02": tally["02"], "-9": tally[""], "-8": tally["DK"]}
    assert shown["zone"] == {code: str(n) for code, n in told.items()}
    assert set(shown["advice"].values()) == {None}
    ticks = of.release.whole.figures[item_figure("used")]
    assert not isinstance(ticks, Reason)
    assert shown["used__nursery"]["1"] == str(ticks["nursery"])
    assert shown["used__nursery"]["0"] == str(ticks[":answered"] - ticks["nursery"])
    assert {code for codes in shown.values() for code in codes} >= {"-9", "-8", "-7"}
    hidden = {v.name for v in of.variables if Absence.NOT_SHOWN in v.absences}
    assert all(shown[name].get("-6", shown[name].get("-96")) is None for name in hidden)
