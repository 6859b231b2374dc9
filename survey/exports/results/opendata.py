"""What of a wave may be published -> a package for an open-data portal.

A Frictionless Data Package (https://specs.frictionlessdata.io/data-package/, version 1): `datapackage.json`
describes the CSV files, their columns and where they come from; a README says the same to people, in Italian
and in English. The CSV is the long table, once with Italian and once with English labels.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from survey.definitions.model import Questionnaire
from survey.exports.results.notes import notes
from survey.exports.results.plain import as_csv
from survey.exports.results.rows import HEADER, NUMBERS, rows
from survey.exports.telling import closed_on, program
from survey.indicators.model import Results
from survey.language import INTERFACE, Language, Text, language, text
from survey.release import short

PROFILE = "tabular-data-package"
LICENSES: Mapping[str, tuple[str, str]] = {
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "IODL-2.0": ("Italian Open Data License 2.0", "https://www.dati.gov.it/iodl/2.0/"),
    "ODbL-1.0": (
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
}
COLUMNS: Mapping[str, Text] = {
    "figure": text("what is measured: response, a question (items/...) or an indicator (indicators/...)"),
    "label": text("the same in words"),
    "breakdown": text("by what the wave is divided; empty: the whole wave"),
    "group": text("the group; others|... are groups shown together"),
    "group_label": text("the group in words"),
    "statistic": text("which number of the figure: mean, share, interval.low, counts.CODE, ..."),
    "answer": text("the answer that a code stands for"),
    "value": text(
        "the number, not rounded; shares are 0 to 1; empty: withheld, for the reason that stands beside"
    ),
    "n": text("how many people the figure speaks of"),
    "base": text("who these people are"),
    "presentation": text("how it may be worded: counts, counts_interval, caution (few answers) or full"),
    "verdict": text("a group beside everybody else: higher, lower or too_close to call"),
    "reason": text("why there is no value, as a code"),
    "reason_text": text("why there is no value, in words"),
}


@dataclass(frozen=True)
class About:
    """What an instance says of its packages: publisher, licence, area; "" is unstated."""

    publisher: str = ""
    license: str = ""
    area: str = ""


def package(results: Results, questionnaire: Questionnaire, about: About) -> Iterator[tuple[str, bytes]]:
    """The files of a package. `results` are those that may be published (`survey.public`)."""
    data = {f"results-{code}.csv": as_csv(rows(results, questionnaire, language(code))) for code in INTERFACE}
    described = json.dumps(_described(results, data, about), ensure_ascii=False, indent=1)
    yield "datapackage.json", described.encode()
    for code in INTERFACE:
        yield f"README.{code}.md", _readme(results, questionnaire, about, language(code)).encode()
    yield from data.items()


def _described(results: Results, data: Mapping[str, bytes], about: About) -> dict[str, Any]:
    english = language("en")
    title = english.choose(results.title)
    package = {
        "profile": PROFILE,
        "name": re.sub(r"[^a-z0-9._-]", "-", f"{results.wave}-results".lower()),
        "id": results.release,
        "version": short(results.release),
        "title": title,
        "description": _description(results, english),
        "created": results.closed,
        "licenses": _licenses(about.license),
        "sources": [{"title": _source(results, english)}],
        "contributors": [{"title": about.publisher, "role": "publisher"}] if about.publisher else [],
        "keywords": ["survey", "work-life balance", "corporate welfare", results.questionnaire],
        "temporal": {"start": results.opens or None, "end": closed_on(results).isoformat()},
        "spatial": about.area or None,
        "synthetic": results.synthetic,
        "resources": [_resource(name, body) for name, body in data.items()],
    }
    return {key: value for key, value in package.items() if value not in ([], None)}


def _description(results: Results, t: Language) -> str:
    return t(
        "The published figures of the wave {wave}, by its groups. A figure that could tell what somebody "
        "answered is withheld, with the reason in place of the value.",
        wave=results.wave,
    )


def _source(results: Results, t: Language) -> str:
    return t(
        "Wave {wave}, questionnaire {questionnaire} version {version}",
        wave=results.wave,
        questionnaire=results.questionnaire,
        version=str(results.version),
    )


def _licenses(asked: str) -> list[dict[str, str]]:
    if not asked:
        return []
    title, path = LICENSES.get(asked, ("", asked if asked.startswith(("http://", "https://")) else ""))
    license = {"name": "" if path == asked else asked, "path": path, "title": title}
    return [{key: value for key, value in license.items() if value}]


def _resource(name: str, body: bytes) -> dict[str, Any]:
    english = language("en")
    fields = [
        {
            "name": column,
            "type": "integer" if column == "n" else "number" if column in NUMBERS else "string",
            "description": english(COLUMNS[column]),
        }
        for column in HEADER
    ]
    return {
        "profile": "tabular-data-resource",
        "name": name.removesuffix(".csv"),
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{sha256(body).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _readme(results: Results, questionnaire: Questionnaire, about: About, t: Language) -> str:
    stated = about.license or t("none is stated: ask whoever publishes before you use these data again")
    told = [
        *notes(results, questionnaire, t),
        (t("Published by"), about.publisher),
        (t("Area"), about.area),
        (t("Licence"), stated),
    ]
    return "\n".join(
        [
            f"# {t.choose(results.title)}",
            "",
            _description(results, t),
            "",
            *(f"- **{what}**: {said}" for what, said in told if said),
            "",
            f"## {t('Columns')}",
            "",
            *(f"- `{column}`: {t(COLUMNS[column])}" for column in HEADER),
            "",
            t("Cite: {title}, wave {wave}, release {release}. Made with {program}.",
              title=t.choose(results.title), wave=results.wave, release=short(results.release),
              program=program()),
            "",
        ]
    )  # fmt: skip
