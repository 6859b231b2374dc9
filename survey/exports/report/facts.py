"""What a report is made from, and the documents whose places its sentences cite."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from survey.changes import WaveChanges
from survey.changes.paired import PairedChanges
from survey.charts.crossing import fewest
from survey.counts import Reason
from survey.definitions.model import Kind, Questionnaire
from survey.indicators.measures import measured
from survey.indicators.model import CrossedResults, PartResults, Results
from survey.indicators.results import to_json
from survey.indicators.statistics import FEWEST_FOR_INTERVAL, FEWEST_FOR_SCORE
from survey.language import Text
from survey.pairs import FEWEST_PER_STATUS
from survey.release import Hidden

FEWEST_FOR_PERCENT = 30
FEWEST_WITHOUT_CAUTION = 60


@dataclass(frozen=True)
class Facts:
    """A closed wave as it may be reported.

    `results` are those that may be published (see `public`). `opens` and `closes` are days, `closed` the
    moment by the clock of the wave's time zone. `population` is how it was stated: "invited", "total",
    "strata" or "unknown". `organizer` is who asked (""  where nobody is named), `program` the program's
    version. `open_links` is what is to be known of open links. `changes` compares with the baseline, whose
    release is `earlier_id`; None where there is none. `paired` is what changed in the people who answered
    both, where a study linked the two, and `paired_id` what that is cited by. Identifiers are SHA-256 in
    hexadecimal digits.
    """

    results: Results
    questionnaire: Questionnaire
    release_id: str
    definition_id: str
    opens: date | None
    closes: date | None
    closed: datetime
    population: str
    organizer: str
    program: str
    open_links: Text | None = None
    by_open_links: int | None = None
    changes: WaveChanges | None = None
    earlier_id: str = ""
    paired: PairedChanges | None = None
    paired_id: str = ""


def documents(facts: Facts) -> Mapping[str, Any]:
    """Every figure and fact that a report may state, as plain values under names.

    `results` is the public JSON of the wave (`docs/results-format.md`).
    """
    found, of = facts.changes, facts.questionnaire
    return {
        "results": to_json(facts.results),
        "changes": _changes(found) if found else None,
        "paired": _paired(facts.paired) if facts.paired else None,
        "wave": {
            "opens": facts.opens and facts.opens.isoformat(),
            "closes": facts.closes and facts.closes.isoformat(),
            "closed": facts.closed.date().isoformat(),
            "by_open_links": facts.by_open_links,
            "year": str(facts.closed.year),
        },
        "definition": {
            "version": str(of.version),
            "complete_from": of.complete_from,
            "partial_from": of.partial_from,
            "scales": {
                item.id: {"lowest": item.scale.lowest, "highest": item.scale.highest}
                for item in of.items
                if item.scale
            },
            "items": [item.id for item in of.items],
            "comments": [item.id for item in of.items if item.kind is Kind.TEXT],
        },
        "release": {"id": facts.release_id, "short": facts.release_id[:12], "definition": facts.definition_id,
                    "earlier": facts.earlier_id, "study": facts.paired_id},
        "program": {"version": facts.program},
        "groups": _groups(facts.results),
        "crosses": {name: _cells(cross, facts.results) for name, cross in facts.results.crosses.items()},
        "rules": dict(RULES),
    }  # fmt: skip


def _changes(found: WaveChanges) -> Mapping[str, Any]:
    return {
        "closed": datetime.fromisoformat(found.earlier.results.closed).date().isoformat(),
        "indicators": {"/".join(path): asdict(change) for path, change in found.indicators.items()},
        "compositions": {mix.breakdown: {"apart": mix.apart} for mix in found.compositions},
    }


def _paired(found: PairedChanges) -> Mapping[str, Any]:
    of = found.release
    return {
        "linked": {"linked": of.linked, "only_earlier": of.only_earlier, "only_later": of.only_later},
        "threshold": of.threshold,
        "withheld": sum(
            one.difference is None for one in (*found.dimensions.values(), *found.items.values())
        ),
        "dimensions": {"/".join(path): asdict(one) for path, one in found.dimensions.items()},
        "items": {name: asdict(one) for name, one in found.items.items()},
        "numbers": {name: asdict(one) for name, one in found.numbers.items()},
        "options": {
            name: {option: asdict(one) for option, one in told.items()}
            for name, told in found.options.items()
        },
        "moves": {name: {"n": one.n, "stayed": one.stayed} for name, one in found.moves.items()},
    }


def _groups(results: Results) -> Mapping[str, int]:
    """How many groups each breakdown shows (pools too), and how many it does not show alone, by reason."""
    found: dict[str, int] = {}
    for by, divided in results.by.items():
        shown = [part for part in divided.groups.values() if isinstance(part, PartResults)]
        found[by] = len(shown) + len(divided.others)
        for part in divided.groups.values():
            if not isinstance(part, PartResults):
                why = f"{by}:{part.reason if isinstance(part, Hidden) else 'pooled'}"
                found[why] = found.get(why, 0) + 1
    return found


def _cells(cross: CrossedResults, results: Results) -> Mapping[str, Any]:
    """Of a cross the cells in which anybody answered, how many show each figure, from how many answers on."""
    every = [cell for row in cross.cells for cell in row]
    told = [measured(cell.indicators) for cell in every if isinstance(cell, PartResults)]
    shown = {
        "-".join(path): sum(one[path].reason is None and bool(one[path].n) for one in told)
        for path in measured(results.whole.indicators)
    }
    return {
        "fewest": fewest(results),
        "cells": sum(isinstance(one, PartResults) or one.reason is not Reason.NO_ANSWERS for one in every),
        "shown": shown,
    }


RULES: Mapping[str, int | float] = {
    "interval": FEWEST_FOR_INTERVAL,
    "score": FEWEST_FOR_SCORE,
    "per_status": FEWEST_PER_STATUS,
    "percent": FEWEST_FOR_PERCENT,
    "caution": FEWEST_WITHOUT_CAUTION - 1,
    "share": 0.95,
    "half": 0.5,
    "none": 0,
}
"""The program's own numbers that sentences name: thresholds of wording, the level of intervals."""
