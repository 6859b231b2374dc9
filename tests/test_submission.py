"""Forms and rows -> Answers or every problem; stored JSON and back."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.definitions.model import Item, Kind, Mode, Option, Point, Questionnaire, Scale, Section
from survey.language import language
from survey.submission import (
    NOT_APPLICABLE,
    Answers,
    InvalidSubmission,
    from_form,
    from_json,
    from_row,
    largest_json,
    texts,
    to_json,
)

WORDS = {"en": "word"}
AGREEMENT = Scale("agreement", tuple(Point(n, WORDS) for n in range(1, 6)), not_applicable=WORDS)
NEGATIVE = Scale("negative", tuple(Point(n, WORDS) for n in range(-5, 6)))
OPTIONS = tuple(Option(value, WORDS) for value in ("yes", "no", "a+b"))


def item(item_id: str, kind: Kind, **more: object) -> Item:
    return Item(item_id, kind, WORDS, **more)


ITEMS = (
    item("utility", Kind.SCALE, scale=AGREEMENT, not_applicable=WORDS),
    item("change", Kind.SCALE, scale=NEGATIVE),
    item("again", Kind.CHOICE, options=OPTIONS, not_applicable=WORDS),
    item("used", Kind.CHOICES, options=OPTIONS),
    item("staff", Kind.NUMBER, minimum=0, maximum=100_000, not_applicable=WORDS),
    item("hours", Kind.NUMBER, minimum=-0.5, maximum=40.5, decimals=2),
    item("comment", Kind.TEXT, max_length=10),
)


def of(*items: Item) -> Questionnaire:
    section = Section("all", WORDS, items)
    return Questionnaire("q", 1, "beneficiary", Mode.ANONYMOUS, ("en",), WORDS, WORDS, (), (section,), ())


ALL = of(*ITEMS)


def problems(call, *arguments) -> dict[str | None, str]:
    with pytest.raises(InvalidSubmission) as refused:
        call(*arguments)
    return {problem.item: language("en")(problem.text) for problem in refused.value.problems}


FORMS = {
    "scale": ("utility", ["4"], 4),
    "negative point": ("change", ["-5"], -5),
    "scale does not apply": ("utility", ["DK"], NOT_APPLICABLE),
    "choice": ("again", ["a+b"], "a+b"),
    "choices in the definition's order": ("used", ["a+b", "yes"], ("yes", "a+b")),
    "number": ("staff", ["12"], 12),
    "number does not apply": ("staff", ["", "DK"], NOT_APPLICABLE),
    "Italian thousands": ("staff", ["1.280"], 1280),
    "English thousands": ("staff", ["1,280"], 1280),
    "thousands by blanks": ("staff", [" 1 280 "], 1280),
    "thousands by no-break blanks": ("staff", ["1\u00a0280"], 1280),
    "thousands by apostrophe": ("staff", ["1'280"], 1280),
    "Italian decimals": ("hours", ["4,25"], Decimal("4.25")),
    "English decimals": ("hours", ["4.25"], Decimal("4.25")),
    "decimals of nothing": ("hours", ["4,00"], 4),
    "true minus": ("hours", ["−0,5"], Decimal("-0.5")),
    "text": ("comment", [" grazie\r\n"], "grazie"),
    "text as long as allowed, line ends counted once": ("comment", ["1234\r\n6789X"], "1234\n6789X"),
}


@pytest.mark.parametrize(("field", "sent", "answer"), FORMS.values(), ids=FORMS)
def test_form_field_becomes_an_answer(field, sent, answer):
    assert from_form(ALL, {field: sent}).values == {field: answer}


REFUSED_FORMS = {
    **{
        f"scale {code!r}": ("utility", [code])
        for code in ("³", "４", "04", " 4", "4.0", "+4", "0", "6", "", "dk")
    },
    "scale without does not apply": ("change", ["DK"]),
    "doubled scale": ("utility", ["4", "4"]),
    "unknown choice": ("again", ["maybe"]),
    "doubled choice": ("again", ["yes", "no"]),
    "unknown choices": ("used", ["yes", "maybe"]),
    "repeated choices": ("used", ["yes", "yes"]),
    "no number": ("staff", ["about ten"]),
    "digits of another script": ("staff", ["１２"]),
    "superscript": ("staff", ["³"]),
    "exponent": ("staff", ["1e3"]),
    "not a number at all": ("staff", ["NaN"]),
    "wrong groups": ("staff", ["1.28.0"]),
    "decimals of a whole number": ("staff", ["12,5"]),
    "number and does not apply": ("staff", ["12", "DK"]),
    "two numbers": ("staff", ["12", "13"]),
    "below the minimum": ("hours", ["-0.51"]),
    "above the maximum": ("hours", ["40.6"]),
    "too many decimals": ("hours", ["1.2345"]),
    "endless number": ("staff", ["1" * 5000]),
    "NUL in a text": ("comment", ["a\x00b"]),
    "escape in a text": ("comment", ["a\x1bb"]),
    "half a surrogate pair": ("comment", ["a\ud800"]),
    "long text": ("comment", ["12345678901"]),
    "doubled text": ("comment", ["a", "b"]),
}


@pytest.mark.parametrize(("field", "sent"), REFUSED_FORMS.values(), ids=REFUSED_FORMS)
def test_form_field_is_refused(field, sent):
    assert problems(from_form, ALL, {field: sent}).keys() == {field}


def test_number_that_can_be_read_in_two_ways_is_asked_back():
    weighed = of(item("kilos", Kind.NUMBER, minimum=0, maximum=5000, decimals=3))
    said = problems(from_form, weighed, {"kilos": ["1.280"]})["kilos"]
    assert "1.28 or 1,280" in said
    narrow = of(replace(weighed.items[0], maximum=5))
    assert from_form(narrow, {"kilos": ["1.280"]}).values == {"kilos": Decimal("1.28")}


def test_problem_says_how_a_number_was_understood():
    said = problems(from_form, ALL, {"staff": ["1.280.000"]})["staff"]
    assert "“1.280.000” was read as 1,280,000" in said
    assert "from 0 to 100,000" in said


def test_every_problem_is_told_at_once():
    sent = {"utility": ["9"], "again": ["x"], "hours": ["99"], "smuggled": ["1"]}
    assert problems(from_form, ALL, sent).keys() == {"utility", "again", "hours", None}


@pytest.mark.parametrize("sent", [{}, {"staff": [""], "comment": [" \r\n"]}])
def test_empty_form_is_refused(sent):
    assert problems(from_form, ALL, sent).keys() == {None}


def test_required_item_needs_an_answer_in_forms_only():
    strict = of(replace(ITEMS[0], required=True), ITEMS[3])
    assert problems(from_form, strict, {"used": ["yes"]}).keys() == {"utility"}
    assert problems(from_form, strict, {"utility": ["9"]})["utility"].startswith("This is not one of")
    assert from_row(strict, {"used": "yes"}).values == {"used": ("yes",)}


def test_unknown_field_is_named_and_cut():
    said = problems(from_form, ALL, {"utility": ["4"], "x" * 500: ["1"]})[None]
    assert "“" + "x" * 60 + "”" in said


ROWS = {
    "scale": ("utility", "4", 4),
    "does not apply": ("utility", "DK", NOT_APPLICABLE),
    "choice": ("again", "no", "no"),
    "choices by bars": ("used", "a+b|yes", ("yes", "a+b")),
    "choices by semicolons": ("used", "yes;no", ("yes", "no")),
    "number": ("hours", "4.50", Decimal("4.5")),
    "number does not apply": ("staff", "DK", NOT_APPLICABLE),
    "text": ("comment", "ok ", "ok"),
}


@pytest.mark.parametrize(("column", "cell", "answer"), ROWS.values(), ids=ROWS)
def test_cell_becomes_an_answer(column, cell, answer):
    assert from_row(ALL, {column: cell, "alliance": "A1"}).values == {column: answer}


def test_row_may_be_empty():
    assert from_row(ALL, {"utility": "", "used": "", "comment": ""}) == Answers({})


REFUSED_ROWS = {
    "zero in front": ("utility", "04"),
    "superscript": ("utility", "³"),
    "decimals": ("utility", "4.0"),
    "blank": ("utility", " 4"),
    "label": ("again", "Yes"),
    "unknown among the choices": ("used", "yes|3"),
    "empty choice between": ("used", "yes||no"),
    "repeated choice": ("used", "yes|yes"),
    "choices do not offer DK": ("used", "DK"),
    "decimals of a whole number": ("staff", "4,5"),
    "what may be thousands": ("hours", "1,000"),
    "thousands": ("staff", "1.280"),
    "plus": ("staff", "+5"),
    "range": ("staff", "100001"),
    "number does not offer DK": ("hours", "DK"),
    "endless": ("staff", "1" * 5000),
    "NUL": ("comment", "a\x00"),
}


@pytest.mark.parametrize(("column", "cell"), REFUSED_ROWS.values(), ids=REFUSED_ROWS)
def test_cell_is_refused(column, cell):
    assert problems(from_row, ALL, {column: cell}).keys() == {column}


def test_refused_code_is_shown_with_those_that_are_taken():
    assert (
        problems(from_row, ALL, {"utility": "7"})["utility"] == "“7” is none of the codes 1, 2, 3, 4, 5, DK"
    )


def test_stored_form_is_pinned():
    row = {
        "utility": "DK",
        "again": "yes",
        "used": "yes|no",
        "hours": "4.50",
        "staff": "12",
        "comment": "bene",
    }
    answers = from_row(ALL, row)
    assert to_json(answers) == '{"utility":null,"again":"yes","used":["yes","no"],"staff":12,"hours":4.5}'
    assert texts(answers) == {"comment": "bene"}


def test_no_answers_are_an_empty_object():
    assert to_json(Answers({})) == "{}"
    assert from_json(ALL, "{}   ").values == {}


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "utility": st.sampled_from(["1", "2", "3", "4", "5", "DK"]),
        "change": st.integers(-5, 5).map(str),
        "again": st.sampled_from(["yes", "no", "a+b", "DK"]),
        "used": st.lists(st.sampled_from(["yes", "no", "a+b"]), unique=True, min_size=1).map("|".join),
        "staff": st.integers(0, 100_000).map(str) | st.just("DK"),
        "hours": st.decimals(min_value="-0.5", max_value="40.5", places=2).map(str),
    },
)


@given(CELLS)
def test_stored_answers_come_back_and_fit(cells):
    answers = from_row(ALL, cells)
    body = to_json(answers)
    assert from_json(ALL, body.ljust(300)) == answers
    assert len(body.encode()) <= largest_json(ALL)


@given(CELLS.filter(bool))
def test_form_and_row_agree(cells):
    ticked = {name: cell.split("|") if name == "used" else [cell] for name, cell in cells.items()}
    assert from_form(ALL, ticked) == from_row(ALL, cells)


@given(
    st.dictionaries(st.sampled_from([one.id for one in ITEMS]), st.lists(st.text(max_size=12), max_size=3))
)
def test_any_form_is_read_or_refused(sent):
    try:
        answers = from_form(ALL, sent)
    except InvalidSubmission as refused:
        assert refused.problems
    else:
        assert from_json(ALL, to_json(answers)).values.keys() == answers.values.keys() - texts(answers).keys()


@given(st.integers(-1200, 1200), st.integers(0, 300), st.integers(0, 3), st.booleans())
def test_largest_json_is_a_bound_that_is_attained(lowest, span, decimals, may_not_apply):
    unit = Decimal(10) ** -decimals
    ends = {"minimum": float(lowest * unit), "maximum": float((lowest + span) * unit)}
    offered = WORDS if may_not_apply else None
    number = item("n", Kind.NUMBER, **ends, decimals=decimals, not_applicable=offered)
    one = of(number)
    cells = [format(step * unit, "f") for step in range(lowest, lowest + span + 1)]
    cells += ["DK"] if may_not_apply else []
    assert max(len(to_json(from_row(one, {"n": cell}))) for cell in cells) == largest_json(one)


WIDEST = {
    "a round end is shorter than its neighbour": (0, 10, 1, "9.9"),
    "a round negative end too": (-10, 0, 1, "-9.9"),
    "one value": (5, 5, 2, "5"),
    "whole numbers": (-5, 10, 0, "10"),
    "six decimals": (0, 1, 6, "0.999999"),
}


@pytest.mark.parametrize(("lowest", "highest", "decimals", "longest"), WIDEST.values(), ids=WIDEST)
def test_width_of_numbers(lowest, highest, decimals, longest):
    number = item("n", Kind.NUMBER, minimum=lowest, maximum=highest, decimals=decimals)
    assert largest_json(of(number)) == len('{"n":}') + len(longest)


def test_largest_json_is_attained_over_all_kinds():
    few = of(*ITEMS[:4])
    rows = product(["", "3", "DK"], ["-5", "5"], ["yes", "a+b", "DK"], ["yes", "yes|no|a+b"])
    written = [
        to_json(from_row(few, dict(zip(("utility", "change", "again", "used"), row, strict=True))))
        for row in rows
    ]
    assert max(map(len, written)) == largest_json(few)
