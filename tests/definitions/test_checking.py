"""`check` on anything at all: bytes, sizes, nesting, encodings, and definitions mutated at random."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.definitions import check, load
from survey.definitions.locating import LONGEST
from survey.definitions.problems import dotted, listed, shown
from survey.definitions.wording import only_if
from survey.language import language
from tests.definitions.folders import CAST, VALID, content

ENGLISH, ITALIAN = language("en"), language("it")
ALL_KINDS = json.loads(content("all_kinds"))
CONDITIONAL = json.loads(content("conditional"))


@pytest.mark.parametrize("path", [*VALID, *CAST], ids=lambda path: path.stem)
def test_a_valid_file_has_no_problem(path: Any) -> None:
    assert check(path.read_bytes(), path.name) == ()
    assert load(path.read_bytes(), path.name).items


def test_a_problem_is_one_line_that_an_editor_can_jump_to() -> None:
    source = content("valid/mean").decode().replace('"item": "utility"', '"item": "benefit"')
    problem = check(source, "surveys/mean.json")[0]
    assert problem.say(ENGLISH) == (
        'surveys/mean.json:29:59: indicators[0].item: there is no item "benefit"; use one of these: "utility"'
    )
    assert (problem.line, problem.column, problem.path) == (29, 59, "indicators[0].item")


REFUSED_WHOLE = {
    "nothing": (b"", "1:1: $: a value is missing"),
    "too large": (b" " * (LONGEST + 1), "1:1: $: the file is larger than 1,000,000 bytes"),
    "deep lists": (b"[" * 900_000, "1:33: $: objects and lists are nested"),
    "deep objects": (b'{"a":' * 150_000, "1:161: $: objects and lists are nested"),
    "an endless text": (b'"' + b'\\"' * 400_000, "1:1: $: the text that begins here has no end"),
    "Latin 1": ("\n{è".encode("latin-1"), "2:2: $: the file is not written in UTF-8"),
    "Latin 1 after a mark": (b"\xef\xbb\xbf{\xe8", "1:2: $: the file is not written in UTF-8"),
    "a comma too many": ("{,}", "1:2: $: a key in double quotes"),
    "single quotes": ("{'id': 1}", "1:2: $: a key in double quotes"),
    "null": ("null", "1:1: $: null stands where an object belongs"),
    "not a number": ("NaN", "1:1: $: this is not a finite number"),
    "an open list": ("[1, 2", "1:6: $: a comma or a closing bracket"),
}


@pytest.mark.parametrize(("source", "start"), REFUSED_WHOLE.values(), ids=REFUSED_WHOLE)
def test_what_is_no_definition_at_all_is_refused_in_one_sentence(source: Any, start: str) -> None:
    (problem,) = check(source, "f")
    assert problem.say(ENGLISH).startswith(f"f:{start}")


def test_one_file_may_be_bytes_or_text_with_or_without_a_mark() -> None:
    source = content("invalid/unknown_scale")
    expected = check(source, "f")
    text = source.decode()
    assert check(text, "f") == check(b"\xef\xbb\xbf" + source, "f") == check("\ufeff" + text, "f") == expected


def test_a_language_that_is_declared_wrongly_is_said_once() -> None:
    data = {**ALL_KINDS, "languages": ["it", "en", "klingon"]}
    assert [problem.path for problem in check(json.dumps(data), "f")] == ["languages[2]"]


PATHS = {
    "$": (),
    "id": ("id",),
    "$schema": ("$schema",),
    "scales.0-10.points[0]": ("scales", "0-10", "points", 0),
    'scales["two words"].top2': ("scales", "two words", "top2"),
    'scales[""]': ("scales", ""),
    'scales["a\\nb"]': ("scales", "a\nb"),
    "[3]": (3,),
}


@pytest.mark.parametrize(("text", "path"), PATHS.items(), ids=PATHS)
def test_a_path_reads_as_one_writes_it(text: str, path: tuple[str | int, ...]) -> None:
    assert dotted(path) == text


def test_values_are_shown_short_and_on_one_line() -> None:
    assert shown("è") == '"è"'
    assert shown("a\u2028\ud800") == '"a\\u2028\\ud800"'
    assert shown("x" * 500) == '"' + "x" * 58 + "…"
    assert listed(range(31)).endswith("29, …")
    assert listed([]) == "—"


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(below for step, entry in steps for below in paths(entry, (*path, step)))]


def parent(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        data = data[step]
    return data


JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        4.5,
        1e300,
        10**19,
        "",
        "utility",
        "it",
        "\x00",
        [],
        [1, "1"],
        ["yes", "DK"],
        {"item": "used", "not_in": ["yes"]},
        {"any": [{"all": [{"item": "services", "in": ["camp"]}]}]},
        {},
        {"it": "x"},
        [[]],
        [{}],
    ]
)
ACTIONS = st.sampled_from(["delete", "replace", "move", "double", "rename"])


def mutate(data: Any, draw: Any) -> None:
    path = draw(st.sampled_from(paths(data)[1:]))
    place, step = parent(data, path), path[-1]
    other = draw(st.sampled_from(paths(data)[1:]))
    match draw(ACTIONS):
        case "delete":
            del place[step]
        case "replace":
            place[step] = copy.deepcopy(draw(JUNK))
        case "move":
            place[step] = copy.deepcopy(parent(data, other)[other[-1]])
        case "double" if isinstance(place, list):
            place.append(copy.deepcopy(place[step]))
        case _ if isinstance(place, dict):
            place[draw(st.sampled_from(["id", "kind", "title", "x y", "items"]))] = place.pop(step)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_changed_check_finds_it_or_load_reads_it(draws: st.DataObject) -> None:
    data = copy.deepcopy(draws.draw(st.sampled_from([ALL_KINDS, CONDITIONAL])))
    for _ in range(draws.draw(st.integers(1, 4))):
        if len(data) > 1:
            mutate(data, draws.draw)
    source = json.dumps(data)
    problems = check(source, "f")
    for problem in problems:
        assert "; " in problem.say(ENGLISH) and "\n" not in problem.say(ITALIAN)
        problem.say(ENGLISH).encode()
    if not problems:
        read = load(source, "f")
        assert read.items
        for item in read.items:
            assert item.show_if is None or ITALIAN(only_if(read, item.show_if))


@given(st.text() | st.binary())
@settings(deadline=None)
def test_any_text_and_any_bytes_are_judged(source: str | bytes) -> None:
    assert all(problem.line >= 1 and problem.column >= 1 for problem in check(source, "f"))
    assert check(source, "f")
