"""The tests' own arithmetic of a report: every number in its text, computed again from the release.

Nothing of `survey.exports` is used but the report's plain values; numbers are written here by other means.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any

from scipy import stats
from statsmodels.stats.multitest import multipletests

from survey.changes import WaveChanges
from survey.definitions.model import Questionnaire
from survey.exports.report import Report
from survey.exports.report.model import Cite, Said
from survey.indicators.results import to_json
from survey.public import public
from survey.release import Release, from_json

NUMBER = re.compile(r"(?<![\w.,])[+−]?\d+(?:[.,]\d+)*%?(?!\w)")
MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"],
    "it": ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
           "ottobre", "novembre", "dicembre"],
}  # fmt: skip


def number(value: Any, digits: int, lang: str) -> str:
    """1280 -> 1,280 or 1.280; half up."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    plain = f"{abs(rounded):,.{digits}f}"
    plain = plain.translate(str.maketrans(",.", ".,")) if lang == "it" else plain
    return ("-" if rounded < 0 else "") + plain


def signed(value: float, digits: int, lang: str) -> str:
    said = number(abs(value), digits, lang)
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return ("+" if rounded > 0 else "−" if rounded < 0 else "") + said


def percent(part: float, whole: float, lang: str) -> str:
    said = number(100 * part / whole, 0, lang)
    if said == "100" and part < whole:
        said = "99"
    if said == "0" and part > 0:
        said = "1"
    return f"{said}%"


def day(text: str, lang: str) -> str:
    that = date.fromisoformat(text)
    month = MONTHS[lang][that.month - 1]
    return f"{that.day} {month} {that.year}" if lang == "it" else f"{month} {that.day}, {that.year}"


def short(value: float, lang: str) -> str:
    one = number(value, 1, lang)
    return one.removesuffix(",0" if lang == "it" else ".0")


def plain(value: Any, lang: str) -> str:
    """As many decimals as the value has."""
    exact = Decimal(repr(value)).normalize()
    return number(value, max(0, -int(exact.as_tuple().exponent)), lang)


WRITTEN: Mapping[str, Callable[[list[Any], str], str]] = {
    "count": lambda v, lang: number(v[0], 0, lang),
    "length": lambda v, lang: number(len(v[0]), 0, lang),
    "sum": lambda v, lang: number(sum(v), 0, lang),
    "less": lambda v, lang: number(v[0] - sum(v[1:]), 0, lang),
    "part": lambda v, lang: percent(sum(v[:-1]), v[-1], lang),
    "rest": lambda v, lang: percent(v[-1] - sum(v[:-1]), v[-1], lang),
    "share": lambda v, lang: percent(v[0], 1, lang),
    "percent": lambda v, lang: f"{number(100 * v[0], 0, lang)}%",
    "mean": lambda v, lang: number(v[0], 1, lang),
    "exact": lambda v, lang: number(v[0], 2, lang),
    "p": lambda v, lang: ("less than " if v[0] < 0.0001 else "") + number(max(v[0], 0.0001), 4, lang),
    "full": lambda v, lang: number(v[0], 4, lang),
    "plain": lambda v, lang: plain(v[0], lang),
    "short": lambda v, lang: short(v[0], lang),
    "net": lambda v, lang: signed(v[0], 0, lang),
    "score": lambda v, lang: signed(v[0], 1, lang),
    "difference": lambda v, lang: signed(v[0], 2, lang),
    "points": lambda v, lang: signed(100 * v[0], 1, lang),
    "day": lambda v, lang: day(v[0], lang),
    "text": lambda v, lang: str(v[0]),
}


def known(release: Release, of: Questionnaire, wave: Mapping[str, Any], changes: WaveChanges | None) -> Any:
    """What a report may state, computed from the stored form of the release."""
    body = release.to_json()
    shown = to_json(public(from_json(body), of).published.results(of))
    return {
        "results": shown,
        "changes": changes and {
            "closed": changes.earlier.results.closed[:10],
            "indicators": {"/".join(path): asdict(one) for path, one in changes.indicators.items()},
            "compositions": {mix.breakdown: {"apart": mix.apart} for mix in changes.compositions},
        },
        "wave": wave,
        "definition": {
            "version": str(of.version), "complete_from": of.complete_from, "partial_from": of.partial_from,
            "scales": {i.id: {"lowest": i.scale.points[0].value, "highest": i.scale.points[-1].value}
                       for i in of.items if i.scale},
        },
        "release": {"id": sha256(body.encode()).hexdigest(), "short": sha256(body.encode()).hexdigest()[:12]},
        "groups": dict(_groups(shown["by"])),
        "crosses": {name: _cells(cross["cells"]) for name, cross in shown["crosses"].items()},
        "rules": {"interval": 10, "score": 30, "per_status": 10, "percent": 30, "caution": 59, "share": 0.95,
                  "half": 0.5, "none": 0},
    }  # fmt: skip


def _groups(by: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for name, divided in by.items():
        groups = list(divided["groups"].values())
        yield name, sum("response" in one for one in groups) + len(divided["others"])
        whys = ["pooled" if "pooled" in one else one.get("hidden") for one in groups]
        yield from ((f"{name}:{why}", whys.count(why)) for why in set(whys) - {None})


def _cells(cells: list[list[Any]]) -> Mapping[str, Any]:
    """Of a cross: from how many answers on, the cells with answers, and how many show each figure."""
    every = [cell for row in cells for cell in row if cell.get("hidden") != "no_answers"]
    figures = [{**cell["indicators"]} for cell in every if "indicators" in cell]
    names = {name for one in figures for name in one}
    shown = {name: sum(one[name].get("value") is not None for one in figures) for name in names}
    return {"fewest": 10, "cells": len(every), "shown": shown}


def paired(body: str, of: Questionnaire) -> Mapping[str, Any]:
    """What changed in the same people, computed by SciPy and statsmodels from the stored study release."""
    study = json.loads(body)
    told = {item.id: item for item in of.items}
    items: dict[str, Any] = {}
    for name, pairs in study["items"].items():
        if told[name].scale:
            items[name] = _change(pairs["differences"].get("tally"), told[name].reversed)
    numbers = {i.id: _sums(study["measures"][f"item/{i.id}"]) for i in of.items if i.kind == "number"}
    options = {
        name: {option: _ticks(said.get("tally")) for option, said in told.items()}
        for name, told in study["options"].items()
    }
    dimensions = {
        f"{profile.id}/{one.id}": _sums(study["measures"][f"dimension/{profile.id}/{one.id}"])
        for profile, one in of.dimensions()
    }
    _adjust(
        [*items.values(), *numbers.values(), *(one for told in options.values() for one in told.values())]
    )
    _adjust(list(dimensions.values()))
    tables = {name: pairs["table"].get("tally") for name, pairs in study["items"].items()}
    return {
        "linked": {key: study[key] for key in ("linked", "only_earlier", "only_later")},
        "threshold": study["threshold"],
        "withheld": sum("difference" not in one for one in (*items.values(), *dimensions.values())),
        "items": items,
        "numbers": numbers,
        "options": options,
        "dimensions": dimensions,
        "moves": {
            name: {
                "n": sum(table.values()),
                "stayed": sum(n for pair, n in table.items() if len(set(pair.split(">"))) == 1),
            }
            for name, table in tables.items()
            if name not in items and table
        },
    }


def _adjust(family: list[dict[str, Any]]) -> None:
    tested = [one for one in family if one.get("p") is not None]
    adjusted = multipletests([one["p"] for one in tested], method="holm")[1] if tested else []
    for one, p in zip(tested, adjusted, strict=True):
        one["p_holm"] = float(p)


def _sums(said: Mapping[str, Any]) -> dict[str, Any]:
    """A number or a dimension, of which the sums of the differences are known."""
    tally = said["tally"]
    n, unit = tally["n"], tally["unit"]
    mean = tally["sum"] / unit / n
    spread = ((tally["squares"] / unit**2 - n * mean**2) / (n - 1)) ** 0.5
    found = {"n": n, "difference": mean, "improved": tally["rose"], "same": tally["same"],
             "worsened": tally["fell"]}  # fmt: skip
    if n < 10:
        return found
    error = spread / n**0.5
    ends = stats.t.interval(0.95, n - 1, loc=mean, scale=error)
    return found | {"p": float(2 * stats.t.sf(abs(mean) / error, n - 1)), "interval": list(map(float, ends))}


def _ticks(tally: Mapping[str, int] | None) -> dict[str, Any]:
    if tally is None:
        return {}
    found: dict[str, Any] = {
        "n": sum(tally.values()),
        **{key: tally[key] for key in ("kept", "gained", "lost")},
    }
    moved = tally["gained"] + tally["lost"]
    if found["n"] >= 10 and moved:
        found["p"] = float(stats.binomtest(tally["gained"], moved).pvalue)
    return found


def _change(tally: Mapping[str, int] | None, turned: bool) -> dict[str, Any]:
    if tally is None:
        return {}
    steps = [int(step) for step, people in tally.items() for _ in range(people)]
    rose, fell = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    found: dict[str, Any] = {
        "n": len(steps), "difference": sum(steps) / len(steps), "same": steps.count(0),
        "improved": fell if turned else rose, "worsened": rose if turned else fell,
    }  # fmt: skip
    if len(steps) >= 10:
        test = stats.ttest_1samp(steps, 0)
        found |= {"p": float(test.pvalue), "interval": list(map(float, test.confidence_interval()))}
    if rose + fell >= 10:
        ranks = stats.wilcoxon(steps, zero_method="wilcox", correction=False, method="asymptotic")
        found["wilcoxon"] = {"p": float(ranks.pvalue), "changed": rose + fell, "zeros": steps.count(0)}
    return found


def words_of(of: Questionnaire, release: Release, *more: str) -> list[str]:
    """Words that may hold digits without being figures: the definition's, groups, waves, identifiers."""
    found = {
        "SHA-256",
        *more,
        release.wave,
        release.questionnaire,
        *release.title.values(),
        *of.title.values(),
    }
    for section in of.sections:
        found |= set(section.title.values())
        for item in section.items:
            found |= {text for words in (item.text, *item.labels.values()) for text in words.values()}
    for indicator in of.indicators:
        found |= set((indicator.label or {}).values())
    for divided in release.by.values():
        found |= set(divided.groups) | {name for pool in divided.others for name in pool.members}
    with_digits = [word for word in found if any(letter.isdigit() for letter in word)]
    return sorted(with_digits, key=len, reverse=True)


def value(documents: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        documents = documents[int(key)] if isinstance(documents, list | tuple) else documents[key]
    return documents


def wrong(report: Report, documents: Any, words: list[str]) -> list[tuple[str, str]]:
    """Every number of the report's text that is none of the figures which its sentence cites."""
    return [
        (said.text, one)
        for said in report.said()
        for one in unfounded(said, documents, words, report.language)
    ]


def unfounded(said: Said, documents: Any, words: list[str], lang: str) -> list[str]:
    """The numbers of a sentence that it cites no figure for, and those that it cites and does not state."""
    text = said.text
    for word in words:
        # A label may be a bare number (the points of a scale): such a one is a word only in quotes.
        ends = ("[“«]", "[”»]") if NUMBER.fullmatch(word) else (r"(?<![\w.,])", r"(?![\w]|[.,]\d)")
        text = re.sub(ends[0] + re.escape(word) + ends[1], " ", text)
    stated = set(NUMBER.findall(text))
    cited = {one for cite in said.cites for one in NUMBER.findall(_written(cite, documents, lang))}
    return sorted(stated ^ cited)


def _written(cite: Cite, documents: Any, lang: str) -> str:
    return WRITTEN[cite.form]([value(documents, place) for place in cite.places], lang)
