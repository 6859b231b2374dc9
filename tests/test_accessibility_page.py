"""docs/accessibility.md: every criterion of WCAG 2.2 at A and AA once, and no test that does not exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
CRITERIA = {
    "A": """
1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3
2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.1 4.1.2
""",
    "AA": """
1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8
3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3
""",
}
NEW = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
"""Not yet in EN 301 549 V3.2.1, which has 4.1.1 instead."""
RESULTS = {"supports", "partly", "not applicable"}

TESTS = dict(re.findall(r"^\| (\w) \| `([\w/.:]+)` \|", PAGE, re.MULTILINE))
ROWS = re.findall(r"^\| (\d\.\d\.\d+) [^|]*?(°?) \| (A+) \| ([\w ]+) \| (.*) \|$", PAGE, re.MULTILINE)


def test_each_criterion_has_one_row_with_its_level() -> None:
    assert [(number, level) for number, _, level, *_ in ROWS] == sorted(
        [(number, level) for level, numbers in CRITERIA.items() for number in numbers.split()],
        key=lambda row: [int(part) for part in row[0].split(".")],
    )
    assert {number for number, new, *_ in ROWS if new} == NEW


def test_each_row_has_a_result_and_what_it_rests_on() -> None:
    for number, _, _, result, checked in ROWS:
        assert result in RESULTS, number
        rests_on = set(checked.split(".")[0].split(", "))
        assert rests_on <= TESTS.keys() | {"M"}, number
        assert result == "not applicable" or rests_on - {"M"} or "." in checked, number


def test_each_test_that_is_named_exists() -> None:
    assert len(TESTS) > 10
    for place in TESTS.values():
        path, _, name = place.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), place


def test_it_counts_the_states() -> None:
    from tests.web.public.states import STATES

    assert f"each of the {sum(map(len, STATES.values()))} states" in PAGE
