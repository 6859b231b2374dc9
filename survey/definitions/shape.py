"""Data against the JSON Schema that ships with the definitions; each keyword speaks plain words.

The schema is the one that editors use. Here four things are read in our own way: a whole
number has no decimal point (`1.0` would become a code of its own), a pattern's `$` is the very end
(Python's also matches before a last line break), each missing property is an error of its own, and
entries are compared in linear time.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from survey.definitions.problems import Fault, listed, shown, written
from survey.language import Text, text

SCHEMA = "questionnaire.schema.json"


def shape_faults(data: Any) -> Iterator[Fault]:
    """Every fault of the shape of `data`: names, types, ranges, what is missing, what is too much."""
    for error in _validator().iter_errors(data):
        yield from _FAULTS[str(error.validator)](error)


def schema() -> str:
    """The text of the JSON Schema, as it ships."""
    return (files("survey.questionnaires") / SCHEMA).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _validator() -> Any:
    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole_number)
    keywords = {"pattern": _pattern, "required": _required, "uniqueItems": _unique_items}
    return extend(Draft202012Validator, keywords, type_checker=checker)(json.loads(schema()))  # type: ignore[no-untyped-call]


def _is_whole_number(_checker: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _pattern(_validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError("pattern")


def _required(_validator: Any, names: list[str], value: Any, _schema: Any) -> Iterator[ValidationError]:
    for name in names if isinstance(value, dict) else ():
        if name not in value:
            yield ValidationError(name)


def _unique_items(_validator: Any, _unique: bool, value: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(value, list) and len({written(entry) for entry in value}) < len(value):
        yield ValidationError("uniqueItems")


def _at_value(sentence: Callable[[Any, Any], Text]) -> Callable[[ValidationError], Iterator[Fault]]:
    """A keyword whose sentence needs the value that is there and what the schema asks of it."""

    def faults(error: ValidationError) -> Iterator[Fault]:
        yield Fault(tuple(error.absolute_path), sentence(error.instance, error.validator_value))

    return faults


def _missing(error: ValidationError) -> Iterator[Fault]:
    problem = text("{name} is missing; add it here", name=shown(error.message))
    yield Fault(tuple(error.absolute_path), problem)


def _not_known(error: ValidationError) -> Iterator[Fault]:
    """One fault for each property that the format does not have here."""
    allowed = cast(Mapping[str, Any], error.schema)["properties"]
    for name in cast(dict[str, Any], error.instance):
        if name in allowed:
            continue
        if name in BELONGS:
            problem = text(
                "{name} is for items of kind {kind} only; remove it here",
                name=shown(name),
                kind=shown(BELONGS[name]),
            )
        else:
            problem = text(
                "{name} is not known here; remove it, or use one of {allowed}",
                name=shown(name),
                allowed=listed(allowed),
            )
        yield Fault((*error.absolute_path, name), problem, at_key=True)


BELONGS = {"exclusive": "choices", "max_choices": "choices", "unit": "number"}
"""Properties that authors look for in items of another kind, too."""


def _type(found: Any, wanted: str | list[str]) -> Text:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if kinds == ["integer", "string"]:
        return text("{value} cannot be a value; write a whole number or a text", value=shown(found))
    return _TYPES[kinds[0]](shown(found))


_TYPES: Mapping[str, Callable[[str], Text]] = {
    "object": lambda value: text("{value} stands where an object belongs; write {{...}}", value=value),
    "array": lambda value: text("{value} stands where a list belongs; write [...]", value=value),
    "string": lambda value: text('{value} stands where a text belongs; write "..."', value=value),
    "integer": lambda value: text(
        "{value} is not a whole number; write one without quotes and decimals", value=value
    ),
    "number": lambda value: text("{value} is not a number; write one without quotes", value=value),
    "boolean": lambda value: text("{value} is neither true nor false; write one of the two", value=value),
}


def _pattern_sentence(found: str, pattern: str) -> Text:
    return _PATTERNS[pattern](shown(found))


_PATTERNS: Mapping[str, Callable[[str], Text]] = {
    r"\S": lambda value: text("the text is empty; write it"),
    "^[a-z][a-z0-9_-]*$": lambda value: text(
        "{value} cannot be an id; use lower-case letters, digits, _ and -, a letter first", value=value
    ),
    "^[a-z][a-z0-9_]*$": lambda value: text(
        "{value} cannot be an id; use lower-case letters, digits and _, a letter first", value=value
    ),
    "^[A-Za-z0-9][A-Za-z0-9_+-]*$": lambda value: text(
        "{value} cannot be a value; use letters without accents, digits, _, + and -, a letter or digit first",
        value=value,
    ),
    "^[a-z]{2,3}$": lambda value: text(
        "{value} is not the code of a language; write one such as it or en", value=value
    ),
}

_FAULTS: Mapping[str, Callable[[ValidationError], Iterator[Fault]]] = {
    "required": _missing,
    "additionalProperties": _not_known,
    "enum": _at_value(
        lambda found, allowed: text(
            "{value} is not possible here; use one of {allowed}", value=shown(found), allowed=listed(allowed)
        )
    ),
    "type": _at_value(_type),
    "pattern": _at_value(_pattern_sentence),
    "not": _at_value(
        lambda found, _: text('{value} means "does not apply"; choose another value', value=shown(found))
    ),
    "minimum": _at_value(
        lambda found, limit: text(
            "{value} is too small; write at least {limit}", value=shown(found), limit=shown(limit)
        )
    ),
    "maximum": _at_value(
        lambda found, limit: text(
            "{value} is too large; write at most {limit}", value=shown(found), limit=shown(limit)
        )
    ),
    "minItems": _at_value(
        lambda _, limit: text("the list has too few entries; the fewest is {limit}", limit=limit)
    ),
    "maxItems": _at_value(
        lambda _, limit: text("the list has too many entries; the most is {limit}", limit=limit)
    ),
    "minProperties": _at_value(
        lambda _found, _: text(
            "there is nothing to compare with; add one of in, not_in and at_least, "
            "or join several conditions with all or any"
        )
    ),
    "maxProperties": _at_value(
        lambda found, limit: text(
            "one comparison says too much: {names}; join several with all or any", names=listed(found)
        )
    ),
    "uniqueItems": _at_value(
        lambda found, _: text(
            "the list says something twice; keep each entry once: {list}", list=listed(found)
        )
    ),
    "maxLength": _at_value(
        lambda found, limit: text(
            "{value} is longer than {limit} characters; shorten it", value=shown(found), limit=limit
        )
    ),
}
