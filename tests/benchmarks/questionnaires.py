"""The definitions that are measured: thirty items as somebody would word them, and forty to be counted."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

STATUSES = ["seeking", "unemployed", "permanent", "fixed", "self", "other"]
Json = dict[str, Any]

SENTENCES = Path(__file__).with_name("thirty_items.json")
"""Five sections with the wording of six items each."""

POINTS = [
    ("Per niente", "Not at all"),
    ("Poco", "A little"),
    ("In parte", "In part"),
    ("Molto", "Much"),
    ("Moltissimo", "Very much"),
]


def words(it: str, en: str) -> Json:
    """A text in both languages."""
    return {"it": it, "en": en}


def thirty_items() -> str:
    """An anonymous questionnaire of thirty five-point items in five sections."""
    sections = [
        {
            "id": f"s{place}",
            "title": section["title"],
            "items": [_scale_item(f"s{place}_{n}", asked) for n, asked in enumerate(section["items"])],
        }
        for place, section in enumerate(json.loads(SENTENCES.read_text(encoding="utf-8")))
    ]
    return _definition("thirty", sections, [])


def forty_items() -> str:
    """Forty five-point items, each by itself and with its mean."""
    means = [{"id": f"mean{n}", "kind": "mean", "item": f"i{n}"} for n in range(40)]
    return _definition("forty", [_numbered_section(40)], means)


def forty_items_with_gender_and_age() -> str:
    """Thirty-eight five-point items, and two demographic ones by which figures are broken down."""
    asked = {"gender": ("woman", "man", "other"), "age": ("under_30", "30-44", "45-59", "over_60")}
    choices = [
        {
            "id": item,
            "kind": "choice",
            "demographic": True,
            "text": words(item, item),
            "options": [{"value": value, "label": words(value, value)} for value in values],
        }
        for item, values in asked.items()
    ]
    you = {"id": "you", "title": words("Su di lei", "About you"), "items": choices}
    breakdowns = [{"id": item, "from": "item", "label": words(item, item)} for item in asked]
    return _definition("forty_with_people", [_numbered_section(38), you], [], breakdowns)


def forty_items_with_dimensions() -> str:
    """Thirty items in six dimensions of five, two statuses before and now, six items by themselves."""
    options = [{"value": status, "label": words(status, status)} for status in STATUSES]
    statuses = [
        {"id": f"{when}{pair}", "kind": "choice", "options": options, "text": words(when, when)}
        for pair in range(2)
        for when in ("before", "now")
    ]
    dimensions = [
        {"id": f"d{d}", "label": words(f"d{d}", f"d{d}"), "items": [f"i{5 * d + n}" for n in range(5)]}
        for d in range(6)
    ]
    indicators: list[Json] = [{"id": "profile", "kind": "profile", "dimensions": dimensions}]
    indicators += [
        {"id": f"status{pair}", "kind": "status_change", "before": f"before{pair}", "after": f"now{pair}"}
        for pair in range(2)
    ]
    sections = [_numbered_section(36), {"id": "status", "title": words("Lavoro", "Work"), "items": statuses}]
    return _definition("forty_with_dimensions", sections, indicators)


def _numbered_section(items: int) -> Json:
    asked = [_scale_item(f"i{n}", words(f"Domanda {n}", f"Question {n}")) for n in range(items)]
    return {"id": "items", "title": words("Domande", "Questions"), "items": asked}


def _scale_item(item: str, asked: Json) -> Json:
    return {"id": item, "kind": "scale", "scale": "extent", "text": asked}


def _definition(
    name: str, sections: list[Json], indicators: list[Json], answered_by: Sequence[Json] = ()
) -> str:
    points = [{"value": value, "label": words(*label)} for value, label in enumerate(POINTS, 1)]
    away = words("Non mi riguarda / non so", "Does not apply / don’t know")
    definition = {
        "id": name, "version": 1, "audience": "beneficiary", "mode": "anonymous", "languages": ["it", "en"],
        "title": words("Conciliare lavoro e vita privata", "Balancing work and private life"),
        "introduction": words(
            "Il questionario serve a capire se i servizi del piano sono stati utili e che cosa migliorare.",
            "This questionnaire is to find out whether the plan’s services were useful and what to improve.",
        ),
        "breakdowns": [
            _breakdown("alliance", words("Alleanza", "Alliance")),
            _breakdown("organization", words("Azienda", "Organization")) | {"inside": "alliance"},
            _breakdown("service", words("Servizio", "Service")),
            *answered_by,
        ],
        "scales": {"extent": {"points": points, "not_applicable": away}},
        "sections": sections,
        "indicators": indicators,
    }  # fmt: skip
    return json.dumps(definition, ensure_ascii=False, indent=1)


def _breakdown(name: str, label: Json) -> Json:
    return {"id": name, "from": "invitation", "label": label}
