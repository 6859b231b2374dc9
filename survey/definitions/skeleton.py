"""A new questionnaire to start from: short, whole, and without a problem."""

import json
from collections.abc import Sequence
from typing import Any

from survey.definitions.model import Mode
from survey.definitions.shape import SCHEMA
from survey.language import INTERFACE, Text, language, text

WIDTH = 100
"""Up to how many characters an object or a list stands on one line."""

_TITLE = text("(Title of the questionnaire)")
_INTRODUCTION = text(
    "(What it is about, which period it asks about, and what the answers are for. "
    "How answers are kept is said by the page itself.)"
)
_LABELS = (
    text("Not at all useful"),
    text("Of little use"),
    text("Partly useful"),
    text("Useful"),
    text("Very useful"),
)
_QUESTIONS = {
    "beneficiary": text("In the last twelve months, how useful was the service to you?"),
    "organization": text("In the last twelve months, how useful was the service to your organization?"),
}
AUDIENCES = tuple(_QUESTIONS)


def skeleton(questionnaire_id: str, languages: Sequence[str], mode: Mode, audience: str) -> str:
    """The text of a definition with one scale item, one text item and one figure.

    Its sentences are in every language that the program speaks, and in English for others. `load` judges
    the id and the languages.
    """

    def words(said: Text) -> dict[str, str]:
        return {code: language(code if code in INTERFACE else "en")(said) for code in languages}

    points = [{"value": value, "label": words(label)} for value, label in enumerate(_LABELS, 1)]
    data = {
        "$schema": SCHEMA,
        "id": questionnaire_id,
        "version": 1,
        "audience": audience,
        "mode": str(mode),
        "languages": list(languages),
        "title": words(_TITLE),
        "introduction": words(_INTRODUCTION),
        "breakdowns": [{"id": "organization", "from": "invitation", "label": words(text("Organization"))}],
        "scales": {
            "usefulness": {
                "points": points,
                "not_applicable": words(text("Does not apply / don’t know")),
                "top2": [4, 5],
                "bottom2": [1, 2],
            }
        },
        "sections": [
            {"id": "service", "title": words(text("The service")), "items": _items(words, audience)}
        ],
        "indicators": [
            {"id": "utility", "kind": "mean", "item": "utility", "label": words(text("Perceived usefulness"))}
        ],
    }
    return laid_out(data) + "\n"


def _items(words: Any, audience: str) -> list[dict[str, Any]]:
    return [
        {"id": "utility", "kind": "scale", "scale": "usefulness", "text": words(_QUESTIONS[audience])},
        {"id": "comment", "kind": "text", "text": words(text("Would you like to add anything?"))},
    ]


def laid_out(value: Any, indent: int = 0) -> str:
    """Data as JSON for people: what is short stands on one line."""
    line = json.dumps(value, ensure_ascii=False)
    fits = indent > 0 and len(line) + indent <= WIDTH
    if fits or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + 2
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {laid_out(one, inner)}" for key, one in value.items()
        ]
    else:
        parts = [laid_out(one, inner) for one in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n" + ",\n".join(" " * inner + part for part in parts) + f"\n{' ' * indent}{closing}"
