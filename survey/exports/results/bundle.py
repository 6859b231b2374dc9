"""Everything that makes the published figures of a wave, with checksums: an evidence bundle.

    manifest.json       what the bundle is of, and which program made it
    definition.json     the definition as the wave froze it
    release.json        the whole numbers behind the figures, as `survey results --release` writes them
    results.json        every figure
    results.csv         the same as one long table
    results.xlsx        the same as a workbook, without pictures
    codebook.csv        the questionnaire's variables with their codes
    charts/             each chart as SVG, and its numbers as CSV
    README.txt          how to check all this
    SHA256SUMS          a checksum of each of these files

All of it is computed from release.json, so that whoever has the bundle can compute it again. A number item of
an anonymous wave has its sums there and no single values, therefore no median.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from survey.charts import ORDINARY, standard
from survey.charts.kinds import COMPOSITION, ITEMS
from survey.definitions.model import Questionnaire
from survey.exports.results.picturing import Draw, Wanted, crossed, files
from survey.exports.results.plain import as_csv, words_csv
from survey.exports.results.rows import rows
from survey.exports.results.sheets import sheets
from survey.exports.results.workbook import workbook
from survey.exports.telling import program
from survey.exports.variables import codebook, variables
from survey.indicators.model import Results
from survey.indicators.results import results, to_json
from survey.language import Language
from survey.merging import Exported

FORMAT = 1
CHARTS = "charts"
FORM = "svg"
MANIFEST, DEFINITION, RELEASE, README = "manifest.json", "definition.json", "release.json", "README.txt"
RESULTS, TABLE, WORKBOOK, CODEBOOK = "results.json", "results.csv", "results.xlsx", "codebook.csv"


@dataclass(frozen=True)
class Maker:
    """What makes or checks a bundle: the program's sources and its drawing library, each in one word."""

    sources: str
    library: str


@dataclass(frozen=True)
class Evidence:
    """A release whose figures are computed once, in the language of their words."""

    exported: Exported
    questionnaire: Questionnaire
    results: Results
    t: Language

    @classmethod
    def of(cls, exported: Exported, t: Language) -> "Evidence":
        """The figures of a release as it may leave the database."""
        questionnaire = exported.questionnaire
        return cls(exported, questionnaire, results(exported.release, questionnaire, exported.identifier), t)

    @property
    def charts(self) -> tuple[Wanted, ...]:
        """The charts of a bundle: of the whole wave, of each breakdown that shows something, each cross."""
        told = {one.id for one in self.questionnaire.invited_by}
        names = standard(self.questionnaire)
        divided = (
            Wanted(what, by)
            for by in (None, *(by for by, divided in self.results.by.items() if not divided.left_out))
            for what in (*names, *([COMPOSITION] if by in told else []))
            if by is None or what != ITEMS
        )
        questions = {item.id for item in self.questionnaire.items} - set(names)
        cells = crossed(self.results, self.questionnaire, self.t)
        return (*divided, *(one for one in cells if one.what not in questions))


def files_of(evidence: Evidence, draw: Draw, maker: Maker) -> Iterator[tuple[str, bytes]]:
    """The files of a bundle, but for the checksums."""
    exported, t = evidence.exported, evidence.t
    yield MANIFEST, _json(manifest(evidence, maker))
    yield DEFINITION, exported.definition.encode()
    yield RELEASE, f"{exported.to_json()}\n".encode()
    yield from computed(evidence).items()
    for one in evidence.charts:
        for name, body in files(evidence.results, evidence.questionnaire, one, draw, FORM, ORDINARY, t):
            yield f"{CHARTS}/{name}", body
    yield README, how_to(evidence.results, t).encode()


def how_to(results: Results, t: Language) -> str:
    """How whoever gets a bundle checks it."""
    return t(
        "This bundle holds the figures of the wave {wave} and everything that they are computed from.\n\n"
        "Check the files:       sha256sum -c SHA256SUMS\n"
        "Compute all again:     survey verify bundle FILE.zip\n\n"
        "The release is cited as {release}. That is the SHA-256 of what stands under “release” in "
        "release.json, as JSON without blanks; whoever has a printed figure with this identifier can see "
        "that it is this one.\n",
        wave=results.wave,
        release=results.release,
    )


def computed(evidence: Evidence) -> dict[str, bytes]:
    """The files of figures: all that is computed from the release alone, but for charts."""
    found, questionnaire, t = evidence.results, evidence.questionnaire, evidence.t
    header, *lines = codebook(variables(questionnaire, t), t)
    return {
        RESULTS: _json(to_json(found)),
        TABLE: as_csv(rows(found, questionnaire, t)),
        WORKBOOK: workbook(found, sheets(found, questionnaire, t), lambda _what, _by: (), t),
        CODEBOOK: words_csv(header, lines),
    }


def manifest(evidence: Evidence, maker: Maker) -> dict[str, Any]:
    """What a bundle says of itself."""
    release = evidence.exported.release
    return {
        "format": FORMAT,
        "program": program(),
        "sources": maker.sources,
        "library": maker.library,
        "wave": release.wave,
        "release": evidence.results.release,
        "definition_sha256": release.definition_sha256,
        "closed": release.closed,
        "synthetic": release.synthetic,
        "language": evidence.t.code,
    }


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()
