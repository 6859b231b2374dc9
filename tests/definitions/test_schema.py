"""The schema as editors see it, and the promise that nothing of it speaks without words of its own."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from survey.definitions import shape
from tests.definitions.folders import CAST, VALID

SCHEMA = json.loads((files("survey.questionnaires") / shape.SCHEMA).read_text(encoding="utf-8"))
ANNOTATIONS = {"title", "description", "$ref", "$defs", "$schema"}
APPLICATORS = {"properties", "items", "allOf", "if", "then", "else"}


def subschemas(schema: Any, name: str = "$") -> Iterator[tuple[str, Any]]:
    """Every schema inside a schema, those of conditions left out."""
    yield name, schema
    for keyword, inner in schema.items() if isinstance(schema, dict) else ():
        if keyword in ("properties", "$defs"):
            for key, value in inner.items():
                yield from subschemas(value, f"{name}.{key}")
        elif keyword in ("items", "then", "else", "additionalProperties"):
            yield from subschemas(inner, f"{name}.{keyword}")
        elif keyword == "allOf":
            for position, value in enumerate(inner):
                yield from subschemas(value, f"{name}.{position}")


ALL = list(subschemas(SCHEMA))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_property_has_a_title_and_a_description() -> None:
    bare = [
        f"{name}.{key}"
        for name, schema in ALL
        if isinstance(schema, dict)
        for key, value in schema.get("properties", {}).items()
        if value is not True and not {"title", "description"} <= set(value)
    ]
    assert bare == []


def test_every_object_refuses_what_it_does_not_know() -> None:
    objects = [(name, schema) for name, schema in ALL if isinstance(schema, dict) and "properties" in schema]
    closed = [name for name, schema in objects if "additionalProperties" in schema]
    assert {name for name, _ in objects} - set(closed) == {"$.item", "$.indicator"}
    for kind in ("item", "indicator"):
        kinds = SCHEMA["$defs"][kind]["allOf"]
        assert all(case["then"]["additionalProperties"] is False for case in kinds)
        named = [case["if"]["properties"]["kind"]["const"] for case in kinds]
        assert named == SCHEMA["$defs"][kind]["properties"]["kind"]["enum"]


def test_every_keyword_and_every_pattern_has_its_sentence() -> None:
    keywords = {key for _, schema in ALL if isinstance(schema, dict) for key in schema}
    assert keywords - ANNOTATIONS - APPLICATORS == set(shape._FAULTS)
    patterns = {schema["pattern"] for _, schema in ALL if isinstance(schema, dict) and "pattern" in schema}
    assert patterns == set(shape._PATTERNS)


@pytest.mark.parametrize("path", [*VALID, *CAST], ids=lambda path: path.stem)
def test_an_editor_finds_the_schema_and_agrees(path: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8-sig"))
    Draft202012Validator(SCHEMA).validate(data)
    if "$schema" in data:
        assert (path.parent / data["$schema"]).resolve().name == shape.SCHEMA
        assert (path.parent / data["$schema"]).exists()
