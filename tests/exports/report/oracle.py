"""The tests' own arithmetic of a report: every number in its text, computed again from the release.

Nothing of `survey.exports` is used but the report's plain values; numbers are written here by other means.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any

from survey.changes import WaveChanges
from survey.definitions.model import Questionnaire
from survey.exports.report import Report, public
from survey.exports.report.model import Cite, Said
from survey.indicators.results import results, to_json
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
    shown = to_json(public(results(from_json(body), of)))
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
        "rules": {"interval": 10, "score": 30, "per_status": 10, "percent": 30, "caution": 59, "share": 0.95,
                  "half": 0.5, "none": 0},
    }  # fmt: skip


def _groups(by: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for name, divided in by.items():
        groups = list(divided["groups"].values())
        yield name, sum("response" in one for one in groups) + len(divided["others"])
        whys = ["pooled" if "pooled" in one else one.get("hidden") for one in groups]
        yield from ((f"{name}:{why}", whys.count(why)) for why in set(whys) - {None})


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
