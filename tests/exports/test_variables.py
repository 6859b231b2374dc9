"""Variables of a file of answers: names for every program, codes that no answer can be, the codebook."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from survey import definitions
from survey.definitions.model import Questionnaire
from survey.exports.naming import LONGEST, RESERVED, column
from survey.exports.variables import Absence, GroupColumn, Level, Variable, codebook, variables
from survey.language import language

FOLDER = Path(__file__).parent.parent / "questionnaires"
IT, EN = language("it"), language("en")


def read(name: str) -> Questionnaire:
    return definitions.load((FOLDER / f"{name}.json").read_bytes(), name)


def by_name(*held: Variable) -> dict[str, Variable]:
    return {variable.name: variable for variable in held}


def test_each_kind_of_item_gets_its_level_codes_and_labels_in_the_language_asked_for() -> None:
    groups = [GroupColumn("alliance", "Alleanza", [("A1", "A1"), ("others", "altri")])]
    found = by_name(*variables(read("all_kinds"), IT, groups, withheld=["again"]))
    assert list(found)[:3] == ["alliance", "utility", "recommend"]
    assert [(c.code, c.label) for c in found["alliance"].values] == [("A1", "A1"), ("others", "altri")]
    assert found["utility"].level is Level.ORDINAL
    assert found["utility"].values[0].label == "Per niente d'accordo"
    assert (found["utility"].missing, found["utility"].not_applicable) == ("-9", "-8")
    assert found["recommend"].not_applicable is None
    again = found["again"]
    assert [c.code for c in again.values] == ["yes", "no"] and not again.numeric and again.width == 3
    assert again.absences[Absence.NOT_SHOWN].code == "-6"
    assert again.absences[Absence.NOT_APPLICABLE].label == "Non so"
    assert found["used__camp"].label == "Quali servizi ha usato? – Centro estivo"
    assert (found["used__camp"].item, found["used__camp"].option) == ("used", "camp")
    assert [c.code for c in found["used__camp"].values] == ["0", "1"]
    assert (found["hours"].level, found["hours"].decimals, found["hours"].values) == (Level.SCALE, 1, ())
    assert (found["comment"].level, found["comment"].missing) == (Level.TEXT, None)
    english = by_name(*variables(read("all_kinds"), EN))
    assert english["again"].label == "Would you use it again?"


def test_codes_of_no_answer_are_below_every_answer() -> None:
    """A scale from -100 or a number from -7 makes room for them."""
    text = (FOLDER / "all_kinds.json").read_text(encoding="utf-8")
    low = definitions.load(text.replace('"minimum": 0', '"minimum": -7'), "low")
    hours = by_name(*variables(low, EN))["hours"]
    assert (hours.missing, hours.not_applicable) == ("-99", "-98")


def test_the_codebook_says_every_code_of_every_variable() -> None:
    held = variables(read("all_kinds"), EN)
    header, *rows = codebook(held, EN)
    assert header[0] == "Variable" and all(len(row) == len(header) for row in rows)
    assert {row[0] for row in rows} == {variable.name for variable in held}
    assert ("again", "", "", "-8", "Don't know", "no answer", ".a") in rows
    assert ("again", "", "", "no", "No", "answer", "2") in rows
    assert ("recommend", "", "", "0", "Not at all likely", "answer", "") in rows


ITEMS = some.from_regex(r"[a-z][a-z0-9_]{0,59}", fullmatch=True)
OPTIONS = some.none() | some.from_regex(r"[A-Za-z0-9][A-Za-z0-9_+-]{0,20}", fullmatch=True)
NEAR = some.sampled_from(["a", "a_", "a__b", "a__B", "if", "str8", "long", "b__x00000000"])


@given(some.lists(some.tuples(ITEMS | NEAR, OPTIONS), unique=True, max_size=30))
def test_names_are_legal_everywhere_and_never_shared(ids: list[tuple[str, str | None]]) -> None:
    names = [column(item, option) for item, option in ids]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]|[a-z]", name) and len(name) <= LONGEST
        assert name not in RESERVED and not re.fullmatch(r"str\d+", name)


def test_a_name_depends_on_its_id_alone() -> None:
    assert column("time_saving") == "time_saving"
    assert column("used", "nursery") == "used__nursery"
    assert column("used", "Nursery") == "used__nursery__x" + column("used", "Nursery")[-8:]
    assert column("a_", "b") != column("a", "_b") and column("a__b") != column("a", "b")
