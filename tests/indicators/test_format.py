"""The public JSON form of results: its keys are the documented ones, its values are plain JSON."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from survey.counts import Reason
from survey.definitions.model import Cross, Mode
from survey.indicators.results import results, to_json
from survey.release import Crossed, Divided, Hidden, Others, Pooled
from tests.indicators.samples import answers, moves, part, questionnaire, release

DOCUMENT = Path(__file__).parents[2] / "docs" / "results-format.md"

FULL = {
    "utility": "4", "recommend": "5", "recommend_0_10": "9", "would": "yes", "status_before": "seeking",
    "status_now": "permanent", "services": "a|b", "calm": "4", "stress": "2", "time_1": "3", "time_2": "5",
    "time_3": "4", "employees": "12.5", "comment": "well", "reasons": "time|near", "hours": "12",
}  # fmt: skip


def rows(n):
    low = FULL | {
        "utility": "2",
        "calm": "3",
        "would": "no",
        "recommend": "1",
        "status_now": "seeking",
        "time_1": "1",
    }
    return [FULL] * n + [low] * n


def summed(of):
    """A part as a merged release has it: sums in place of an anonymous wave's numbers."""
    numbers = {"item/employees": {":n": 40, ":sum": 5000, ":squares": 625000}}
    return replace(of, figures={**of.figures, **numbers})


def form(mode=Mode.ANONYMOUS):
    cross = Cross("alliance", "service")
    of = replace(questionnaire(), crosses=(cross,))
    withheld = dict.fromkeys(part(of, []).figures, Reason.TOO_FEW_ANSWERS)
    groups = {
        "A1": part(of, rows(3)),
        "A2": Pooled(),
        "A3": Hidden(Reason.PARENT_NOT_SHOWN),
        "A4": part(of, [], withheld=withheld),
        "A5": part(of, moves({("seeking", "permanent"): 1})),
        "A6": part(of, answers("would", {"no": 50}), population=None, invited=0),
        "A7": part(of, rows(6), invited=12),
        "A8": summed(part(of, rows(20))),
    }
    others = (Others(None, ("A2", "A8"), part(of, rows(20))),)
    whole = part(of, rows(50), population=None)
    cells = ((groups["A1"], Hidden(Reason.TOO_FEW_ANSWERS)),)
    crosses = {cross.id: Crossed((("A1",),), (("S1",), ("S2", "S3")), cells)}
    closed = release(whole, mode, {"alliance": Divided(groups, others)})
    return to_json(results(replace(closed, crosses=crosses), of))


def parts(data):
    divided = data["by"]["alliance"]
    groups = [g for g in divided["groups"].values() if "response" in g]
    return [data, *groups, *divided["others"]]


def figures(data, *path):
    """All objects at a path of keys in every part; `*` stands for every value."""
    found = parts(data)
    for key in path:
        if key == "*":
            found = [inner for outer in found for inner in outer.values()]
        else:
            found = [outer[key] for outer in found if outer and outer.get(key) is not None]
    return found


def documented(heading, level="##"):
    section = DOCUMENT.read_text(encoding="utf-8").split(f"\n{level} {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def indicators(kind):
    return lambda data: [f for f in figures(data, "indicators", "*") if f["kind"] == kind]


OBJECTS = {
    "Top level": lambda data: [data],
    "Response": lambda data: figures(data, "response"),
    "Item": lambda data: figures(data, "items", "*"),
    "Share": lambda data: [
        *figures(data, "items", "*", "top2"),
        *figures(data, "indicators", "nps", "would_recommend"),
    ],
    "Indicator of kind mean": indicators("mean"),
    "Indicator of kind share": indicators("share"),
    "Indicator of kind recommendation": indicators("recommendation"),
    "Score": lambda data: [f["score"] for f in indicators("recommendation")(data)],
    "Indicator of kind ranking": indicators("ranking"),
    "RankedOption": lambda data: figures(data, "indicators", "why", "options", "*"),
    "Indicator of kind status_change": indicators("status_change"),
    "StuartMaxwell": lambda data: figures(data, "indicators", "employment", "stuart_maxwell"),
    "McNemar": lambda data: figures(data, "indicators", "employment", "mcnemar", "*"),
    "Indicator of kind profile": indicators("profile"),
    "Dimension": lambda data: figures(data, "indicators", "impact", "dimensions", "*"),
    "Indicator of kind summary": indicators("summary"),
    "Band": lambda data: [band for f in indicators("summary")(data) for band in f["histogram"] or ()],
    "Comparison": lambda data: figures(data, "indicators", "*", "against_rest"),
    "Weighted": lambda data: figures(data, "indicators", "*", "weighted", "alliance"),
    "WorstCase": lambda data: figures(data, "indicators", "*", "worst_case"),
    "Reliability": lambda data: figures(data, "indicators", "impact", "dimensions", "*", "reliability"),
    "By": lambda data: data["by"]["alliance"]["others"],
    "Cross": lambda data: list(data["crosses"].values()),
}  # fmt: skip


@pytest.mark.parametrize("heading", OBJECTS)
def test_the_keys_are_the_documented_ones(heading):
    keys = documented(heading)
    everywhere = [key for key in keys if not key.endswith("reason")]
    found = [of for mode in (Mode.ANONYMOUS, Mode.NAMED) for of in OBJECTS[heading](form(mode))]
    assert found
    assert {key for one in found for key in one} == set(keys)
    for one in found:
        assert [key for key in one if not key.endswith("reason")] == everywhere


def test_every_reason_and_presentation_is_documented():
    assert set(documented("Reasons")) == set(map(str, Reason))
    assert documented("Presentation") == ["counts", "counts_interval", "caution", "full"]


def test_the_form_is_plain_json_without_nan():
    for mode in Mode:
        data = form(mode)
        assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_groups_that_are_not_shown():
    groups = form()["by"]["alliance"]["groups"]
    assert (groups["A2"], groups["A3"]) == ({"pooled": True}, {"hidden": "parent_not_shown"})


def test_a_withheld_figure_is_null_with_its_reason_and_keeps_its_shape():
    withheld = form()["by"]["alliance"]["groups"]["A4"]
    nps, utility = withheld["indicators"]["nps"], withheld["items"]["utility"]
    assert (nps["reason"], nps["n"], nps["score"]["value"]) == ("too_few_answers", None, None)
    assert nps["would_recommend"] == {
        "count": None, "share": None, "interval": None, "n": None, "reason": "too_few_answers",
    }  # fmt: skip
    assert (utility["reason"], utility["mean"], utility["counts"]) == ("too_few_answers", None, None)


def test_values_in_the_form():
    data = form(Mode.NAMED)
    assert data["items"]["utility"]["counts"] == {"1": 0, "2": 50, "3": 0, "4": 50, "5": 0}
    assert data["items"]["services"]["counts"] == {"a": 100, "b": 100, "c": 0}
    assert data["indicators"]["nps"]["mapping"]["promoters"] == ["9", "10"]
    assert data["indicators"]["employment"]["transitions"]["seeking"]["permanent"] == 50
    assert data["by"]["alliance"]["others"][0]["members"] == ["A2", "A8"]
    low, high = data["items"]["utility"]["interval"]
    assert low < data["items"]["utility"]["mean"] == 3.0 < high
