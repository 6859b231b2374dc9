"""Positions of values and keys: decoding the text from a position gives the value of that path."""

import json
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.definitions.locating import Place, parsed, places
from tests.definitions.folders import CAST, VALID

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


def check_positions(source: str) -> None:
    lines = source.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found, data = places(source), parsed(source)
    for path, place in found.values.items():
        value: Any = data
        for step in path:
            value = value[step]
        decoded, _ = json.JSONDecoder().raw_decode(source, starts[place.line - 1] + place.column - 1)
        assert decoded == value
    for path, place in found.keys.items():
        assert source.startswith('"', starts[place.line - 1] + place.column - 1)
        assert path in found.values


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_every_value_is_where_it_is_said_to_be(value: Any, indent: int | None, plain: bool) -> None:
    source = json.dumps(value, indent=indent, ensure_ascii=plain)
    check_positions(source)
    assert parsed(source) == value


@pytest.mark.parametrize("path", [*VALID, *CAST], ids=lambda path: path.stem)
def test_every_value_of_the_fixtures_is_where_it_is_said_to_be(path: Any) -> None:
    check_positions(path.read_text(encoding="utf-8-sig"))


def test_lines_and_columns_count_from_one_and_in_characters() -> None:
    found = places('{"è": [1,\r\n  {"a": "}\\"{"}],\n"b":2}')
    assert found.values == {
        (): Place(1, 1),
        ("è",): Place(1, 7),
        ("è", 0): Place(1, 8),
        ("è", 1): Place(2, 3),
        ("è", 1, "a"): Place(2, 9),
        ("b",): Place(3, 5),
    }
    assert found.keys[("è", 1, "a")] == Place(2, 4)


def test_of_a_key_given_twice_the_last_counts_and_the_repetition_is_a_fault() -> None:
    source = '{"a": 1,\n "a": 2}'
    assert parsed(source) == {"a": 2}
    (fault,) = places(source).faults
    assert places(source).of(fault) == Place(2, 2)
    assert places(source).values[("a",)] == Place(2, 7)
