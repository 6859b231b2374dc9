"""Forms and rows -> Answers or every problem; stored JSON and back."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.definitions.conditions import put_to
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Comparison,
    Item,
    Kind,
    Mode,
    Operator,
    Option,
    Point,
    Questionnaire,
    Scale,
    Section,
)
from survey.language import language
from survey.submission import (
    NOT_APPLICABLE,
    Answers,
    InvalidSubmission,
    codes_of,
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


@pytest.mark.parametrize("field", ["change", "again"])
def test_an_answer_that_was_taken_back_is_none(field):
    assert from_form(ALL, {"utility": ["4"], field: [""]}).values == {"utility": 4}
    assert problems(from_form, ALL, {"utility": ["4"], field: ["", ""]}).keys() == {field}


REFUSED_FORMS = {
    **{
        f"scale {code!r}": ("utility", [code])
        for code in ("³", "４", "04", " 4", "4.0", "+4", "0", "6", " ", "dk")
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


@pytest.mark.parametrize("alone", ["none", "none_of_these_at_all"])
def test_the_longest_choices_are_those_that_may_be_ticked_together(alone):
    lonely = Option(alone, WORDS, exclusive=True)
    few = of(item("used", Kind.CHOICES, options=(*OPTIONS, lonely), max_choices=2))
    cells = ["yes", "yes|no", "yes|a+b", "no|a+b", alone]
    assert max(len(to_json(from_row(few, {"used": cell}))) for cell in cells) == largest_json(few)
    wide = of(replace(few.items[0], max_choices=0))
    cells += ["yes|no|a+b"]
    assert max(len(to_json(from_row(wide, {"used": cell}))) for cell in cells) == largest_json(wide)


NONE = Option("none", {"en": "None of these", "it": "Nessuno"}, exclusive=True)
TICKS = of(item("used", Kind.CHOICES, options=(*OPTIONS, NONE), max_choices=2))
TOGETHER = {
    "none of these and another": (
        ["yes", "none"],
        "“None of these” goes with no other answer: please untick it, or the others.",
        "none in “yes|none” goes with no other code",
    ),
    "too many": (
        ["yes", "no", "a+b"],
        "3 answers are ticked, but at most 2 can be: please untick some.",
        "“yes|no|a+b” holds more than 2 codes",
    ),
}


@pytest.mark.parametrize(("codes", "form", "file"), TOGETHER.values(), ids=TOGETHER)
def test_options_that_do_not_go_together_are_refused(codes, form, file):
    assert problems(from_form, TICKS, {"used": codes}) == {"used": form}
    assert problems(from_row, TICKS, {"used": "|".join(codes)}) == {"used": file}


def test_options_that_go_together_are_taken():
    for codes in (["none"], ["yes", "no"]):
        assert from_form(TICKS, {"used": codes}).values == {"used": tuple(codes)}
        assert from_row(TICKS, {"used": "|".join(codes)}).values == {"used": tuple(codes)}


def only(item_id: str, *codes: str) -> Comparison:
    return Comparison(item_id, Operator.IN, codes)


def at_least(item_id: str, least: float) -> Comparison:
    return Comparison(item_id, Operator.AT_LEAST, least=least)


FILTERED = of(
    replace(ITEMS[2], required=True),
    replace(ITEMS[5], show_if=only("again", "yes"), required=True),
    replace(ITEMS[0], show_if=at_least("hours", 4.5)),
    replace(ITEMS[3], show_if=AnyOf((Comparison("again", Operator.NOT_IN, ("yes",)), only("utility", "DK")))),
    replace(ITEMS[6], show_if=AllOf((only("used", "no"), only("again", "no", "DK")))),
    ITEMS[4],
)
"""again -> hours (required) -> utility -> used -> comment; staff for everybody."""

DROPPED = {
    "not for this person": ({"again": "no", "hours": "9"}, {"again"}),
    "for this person": ({"again": "yes", "hours": "9"}, {"again", "hours"}),
    "does not apply is another answer": ({"again": "DK", "used": "no"}, {"again", "used"}),
    "no answer meets nothing, not even not_in": ({"hours": "9", "used": "yes", "staff": "1"}, {"staff"}),
    "a number on its bound": (
        {"again": "yes", "hours": "4.5", "utility": "2"},
        {"again", "hours", "utility"},
    ),
    "a number below it": ({"again": "yes", "hours": "4.49", "utility": "2"}, {"again", "hours"}),
    "what was dropped meets nothing later": (
        {"again": "no", "hours": "9", "utility": "DK", "used": "yes"},
        {"again", "used"},
    ),
    "or": (
        {"again": "yes", "hours": "9", "utility": "DK", "used": "yes"},
        {"again", "hours", "utility", "used"},
    ),
    "and, half of it": ({"again": "no", "used": "yes", "comment": "a"}, {"again", "used"}),
    "and": ({"again": "no", "used": "yes|no", "comment": "a"}, {"again", "used", "comment"}),
}


def as_form(cells: dict[str, str]) -> dict[str, list[str]]:
    return {name: cell.split("|") if name == "used" else [cell] for name, cell in cells.items()}


@pytest.mark.parametrize(("cells", "kept"), DROPPED.values(), ids=DROPPED)
def test_answers_to_items_that_are_not_put_to_the_person_are_dropped(cells, kept):
    assert from_row(FILTERED, cells).values.keys() == kept
    if "again" in cells:
        assert from_form(FILTERED, as_form(cells)) == from_row(FILTERED, cells)


def test_a_required_item_is_required_of_those_to_whom_it_is_put():
    assert problems(from_form, FILTERED, {"again": ["yes"]}).keys() == {"hours"}
    assert from_form(FILTERED, {"again": ["no"], "hours": [""]}).values == {"again": "no"}
    assert problems(from_form, FILTERED, {"staff": ["1"]}).keys() == {"again"}


def test_what_is_dropped_anyway_has_no_problem():
    sent = {"again": ["no"], "hours": ["many"], "utility": ["4", "5"]}
    assert from_form(FILTERED, sent).values == {"again": "no"}
    assert from_row(FILTERED, {"again": "no", "hours": "many"}).values == {"again": "no"}
    assert problems(from_form, FILTERED, {**sent, "again": ["yes"]}).keys() == {"hours"}


def test_answers_to_others_questions_alone_are_said_to_be_so():
    asked = of(ITEMS[2], replace(ITEMS[0], show_if=only("again", "yes")))
    said = problems(from_form, asked, {"utility": ["4"]})
    assert said.keys() == {None} and said[None].startswith("You answered only questions that are for other")


LOOSE = st.fixed_dictionaries(
    {},
    optional={
        "utility": st.sampled_from(["1", "5", "DK", "6"]),
        "again": st.sampled_from(["yes", "no", "a+b", "DK", "maybe"]),
        "used": st.lists(st.sampled_from(["yes", "no", "a+b"]), unique=True, min_size=1).map("|".join),
        "staff": st.sampled_from(["1", "none"]),
        "hours": st.sampled_from(["4.4", "4.5", "40", "41"]),
        "comment": st.sampled_from(["good", "much too long a text"]),
    },
)


@given(LOOSE)
def test_whatever_is_sent_what_is_stored_was_put_to_the_person(cells):
    for read, sent in ((from_row, cells), (from_form, as_form(cells))):
        try:
            answers = read(FILTERED, sent)
        except InvalidSubmission:
            continue
        asked = put_to(FILTERED, codes_of(answers))
        assert answers.values.keys() <= asked
        assert {
            one.id for one in FILTERED.items if one.id in asked and one.id in cells
        } <= answers.values.keys()
        if read is from_form:
            assert {one.id for one in FILTERED.items if one.required} & asked <= answers.values.keys()
        again = Answers({**from_json(FILTERED, to_json(answers)).values, **texts(answers)})
        assert codes_of(again) == codes_of(answers)
