"""The guide for authors: each example on the page is a questionnaire that loads."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from survey.cli import main
from survey.definitions import check, load
from survey.definitions.conditions import comparisons
from survey.definitions.model import AnyOf, Comparison, Indicator, Operator, Source
from survey.definitions.shape import SCHEMA
from survey.language import language
from tests.definitions.folders import content

PAGE = (Path(__file__).parents[2] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
EXAMPLES = {
    f"{json.loads(found)['id']}-{json.loads(found)['version']}": found
    for found in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
}
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


def objects(schema: Any) -> Iterator[Any]:
    """Every schema of an object, however deep."""
    if isinstance(schema, dict):
        if "additionalProperties" in schema and "properties" in schema:
            yield schema
        schema = list(schema.values())
    for inner in schema if isinstance(schema, list) else ():
        yield from objects(inner)


def test_every_property_is_explained() -> None:
    names = {name for schema in objects(FORMAT) for name in schema["properties"]} - {"it", "en"}
    assert {"audience", "show_if", "at_least", "any", "group", "exclusive", "reversed", "need"} <= names
    assert [name for name in names if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE] == []


def test_there_is_an_example_of_everything_new() -> None:
    examples = [load(example, name) for name, example in EXAMPLES.items()]
    items = [item for example in examples for item in example.items]
    asked = {one.operator for item in items for one in comparisons(item.show_if)}
    assert asked == set(Operator)
    assert {type(item.show_if) for item in items} >= {AnyOf, Comparison}
    assert {breakdown.source for example in examples for breakdown in example.breakdowns} == set(Source)
    assert {example.pages for example in examples} == {"one", "sections"}
    assert {example.review for example in examples} == {True, False}
    assert any(option.exclusive for item in items for option in item.options)
    assert any(item.max_choices for item in items)
    assert all(any(getattr(item, name) for item in items) for name in ("group", "unit", "help", "reversed"))
    kinds = {type(indicator) for example in examples for indicator in example.indicators}
    assert kinds == set(get_args(Indicator))


def test_the_versions_on_the_page_compare_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "nowhere"))
    Path("nursery-1.json").write_text(EXAMPLES["nursery-1"], encoding="utf-8")
    Path("nursery.json").write_text(EXAMPLES["nursery-2"], encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "nursery.json"], catch_exceptions=False)
    assert done.exit_code == 0
    assert indent(done.stdout, "    ") in PAGE


def test_the_commands_on_the_page_exist() -> None:
    for line in re.findall(r"survey (?:questionnaire )?[a-z]+", PAGE):
        words = line.split()[1:]
        assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0, line


def test_the_problem_on_the_page_is_what_the_program_says() -> None:
    (problem,) = check(content("invalid/mean_of_unknown"), "my_questionnaire.json")
    assert problem.say(language("en")) in PAGE
