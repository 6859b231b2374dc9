"""The guide for authors: each example on the page is a questionnaire that loads."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from survey.definitions import check, load
from survey.definitions.shape import SCHEMA
from survey.language import language
from tests.definitions.folders import content

PAGE = (Path(__file__).parents[2] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
EXAMPLES = {json.loads(found)["id"]: found for found in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)}
FORMAT = json.loads((files("survey.questionnaires") / SCHEMA).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_whole_questionnaire(name: str) -> None:
    assert check(EXAMPLES[name], name) == ()
    assert load(EXAMPLES[name], name).items


def test_there_is_an_example_of_every_kind() -> None:
    examples = [load(example, name) for name, example in EXAMPLES.items()]
    items = {item.kind.value for example in examples for item in example.items}
    assert items == set(FORMAT["$defs"]["item"]["properties"]["kind"]["enum"])
    indicators = {
        entry["kind"] for example in EXAMPLES.values() for entry in json.loads(example)["indicators"]
    }
    assert indicators == set(FORMAT["$defs"]["indicator"]["properties"]["kind"]["enum"])


def test_every_property_is_explained() -> None:
    kinds = [case["then"] for group in ("item", "indicator") for case in FORMAT["$defs"][group]["allOf"]]
    names = {name for schema in (FORMAT, *kinds) for name in schema["properties"]}
    assert [name for name in names if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE] == []


def test_the_problem_on_the_page_is_what_the_program_says() -> None:
    (problem,) = check(content("invalid/mean_of_unknown"), "my_questionnaire.json")
    assert problem.say(language("en")) in PAGE
