"""A codebook as DDI-Codebook 2.5: the study, its universe, variables, categories with their counts.

The order of elements is that of the schema, https://ddialliance.org/Specification/DDI-Codebook/2.5/.
Counts are those of the release for the whole wave; what it withholds is not there.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

from survey.counts import MISSING, NOT_APPLICABLE, NOT_ASKED, TICKED_ANY, Reason, item_figure
from survey.definitions.model import Mode
from survey.exports.answers.model import Description
from survey.exports.answers.notes import citation
from survey.exports.telling import MODES, program
from survey.exports.variables import Absence, Category, Level, Variable
from survey.language import Language, text

NAMESPACE = "ddi:codebook:2_5"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NATURES = {Level.NOMINAL: "nominal", Level.ORDINAL: "ordinal", Level.SCALE: "interval", Level.TEXT: "other"}
TALLIED: Mapping[Absence, str] = {
    Absence.NO_ANSWER: MISSING,
    Absence.NOT_APPLICABLE: NOT_APPLICABLE,
    Absence.NOT_ASKED: NOT_ASKED,
}
UNIVERSES = {
    "beneficiary": text("People who had access to the services of the programme and were invited to answer"),
    "organization": text("Organizations of the programme that were invited to answer"),
}
UNITS = {"beneficiary": text("person"), "organization": text("organization")}


def write_ddi(of: Description, path: Path, t: Language) -> None:
    """The codebook as XML, in one language."""
    Xml.register_namespace("", NAMESPACE)
    book = Xml.Element(_name("codeBook"), {"version": "2.5", LANG: t.code})
    _study(_add(book, "stdyDscr"), of, t)
    data = _add(book, "dataDscr")
    for variable in of.variables:
        _variable(data, variable, of, t)
    Xml.indent(book)
    Xml.ElementTree(book).write(path, encoding="utf-8", xml_declaration=True)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent: Xml.Element, tag: str, said: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, _name(tag), attributes)
    element.text = said
    return element


def _study(study: Xml.Element, of: Description, t: Language) -> None:
    _citation(_add(study, "citation"), of, t)
    scope = _add(study, "stdyInfo")
    _add(scope, "abstract", t.choose(of.questionnaire.introduction))
    _scope(_add(scope, "sumDscr"), of, t)
    _method(_add(study, "method"), of, t)
    use = _add(_add(study, "dataAccs"), "useStmt")
    if of.release.mode != Mode.NAMED:
        _add(use, "restrctn", t("The single answers are for evaluators only; published are the results."))
    _add(use, "citReq", citation(of, t))
    if of.release.synthetic:
        _add(use, "disclaimer", t("Synthetic data: nobody gave these answers."))


def _citation(cited: Xml.Element, of: Description, t: Language) -> None:
    title = _add(cited, "titlStmt")
    _add(title, "titl", t.choose(of.release.title))
    _add(title, "IDNo", of.release.wave)
    _add(title, "IDNo", of.release_id, agency="SHA-256")
    made = _add(cited, "prodStmt")
    _add(made, "prodDate", _day(of), date=_day(of))
    _add(made, "software", program())
    _add(_add(cited, "verStmt"), "version", str(of.release.version))
    _add(cited, "biblCit", citation(of, t))


def _day(of: Description) -> str:
    return datetime.fromisoformat(of.release.closed).date().isoformat()


def _scope(scope: Xml.Element, of: Description, t: Language) -> None:
    if of.opens:
        _add(scope, "collDate", of.opens, date=of.opens, event="start")
    _add(scope, "collDate", _day(of), date=_day(of), event="end")
    _add(scope, "anlyUnit", t(UNITS[of.questionnaire.audience]))
    _add(scope, "universe", t(UNIVERSES[of.questionnaire.audience]))
    _add(scope, "dataKind", t("survey data"))


def _method(method: Xml.Element, of: Description, t: Language) -> None:
    collection = _add(method, "dataColl")
    _add(collection, "collMode", t("self-administered questionnaire by a personal link"))
    _add(collection, "resInstru", t("structured questionnaire"))
    _add(method, "notes", t("Mode: {mode}", mode=t(MODES[Mode(of.release.mode)])))
    whole = of.release.whole
    if whole.invited:
        rate = t.percent(whole.responses / whole.invited, 1)
        said = t(
            "{responses} of {invited} ({rate})", responses=whole.responses, invited=whole.invited, rate=rate
        )
        _add(_add(method, "anlyInfo"), "respRate", said)


def _variable(data: Xml.Element, variable: Variable, of: Description, t: Language) -> None:
    attributes = {"ID": f"V_{variable.name}", "name": variable.name, "nature": NATURES[variable.level]}
    attributes["intrvl"] = "contin" if variable.level is Level.SCALE else "discrete"
    if variable.decimals:
        attributes["dcml"] = str(variable.decimals)
    element = _add(data, "var", None, **attributes)
    _add(element, "labl", variable.label)
    if variable.question:
        _add(_add(element, "qstn"), "qstnLit", variable.question)
    _ranges(element, variable, of)
    _add(element, "universe", _asked(variable, t))
    counts = dict(_counts(variable, of))
    for category in variable.values:
        _category(element, category, counts)
    for category in variable.absences.values():
        _category(element, category, counts, missing="Y")
    _add(element, "varFormat", None, type="numeric" if variable.numeric else "character")


def _ranges(element: Xml.Element, variable: Variable, of: Description) -> None:
    if variable.level is Level.SCALE:
        item = of.questionnaire.item(variable.item)
        _add(_add(element, "valrng"), "range", None, min=_plain(item.minimum), max=_plain(item.maximum))
    if variable.absences:
        invalid = _add(element, "invalrng")
        for category in variable.absences.values():
            _add(invalid, "item", None, VALUE=category.code)


def _plain(number: float) -> str:
    return f"{number:f}".rstrip("0").rstrip(".")


def _asked(variable: Variable, t: Language) -> str:
    asked_of_some = Absence.NOT_ASKED in variable.absences
    return t("those to whom the question was put") if asked_of_some else t("everybody who answered")


def _category(element: Xml.Element, category: Category, counts: Mapping[str, int], **attributes: str) -> None:
    found = _add(element, "catgry", None, **attributes)
    _add(found, "catValu", category.code)
    _add(found, "labl", category.label)
    if category.code in counts:
        _add(found, "catStat", str(counts[category.code]), type="freq")


def _counts(variable: Variable, of: Description) -> Iterator[tuple[str, int]]:
    """Code -> people in the whole wave, as far as the release shows the question."""
    tally = of.release.whole.figures.get(item_figure(variable.item))
    if tally is None or isinstance(tally, Reason) or variable.level is Level.TEXT:
        return
    if variable.option is not None:
        ticked = tally.get(variable.option, 0)
        yield from (("1", ticked), ("0", tally[TICKED_ANY] - ticked))
    else:
        yield from ((one.code, tally.get(one.code, 0)) for one in variable.values)
    for absence, name in TALLIED.items():
        if absence in variable.absences:
            yield variable.absences[absence].code, tally.get(name, 0)
