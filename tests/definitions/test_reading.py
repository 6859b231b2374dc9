"""What a definition becomes: each field of the model, from `all_kinds.json` and the small fixtures."""

import pytest

from survey.definitions import InvalidDefinition, load
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Breakdown,
    Comparison,
    Condition,
    Dimension,
    Export,
    Group,
    JointShare,
    Kind,
    Mean,
    Mode,
    Operator,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Share,
    Source,
    StatusChange,
    Summary,
)
from survey.language import language
from tests.definitions.folders import content


def read(name: str) -> Questionnaire:
    return load(content(name), f"{name}.json")


ALL = read("all_kinds")
SOME = read("conditional")


def test_the_frame() -> None:
    assert (ALL.id, ALL.version, ALL.audience, ALL.mode) == ("all_kinds", 1, "beneficiary", Mode.ANONYMOUS)
    assert ALL.languages == ("it", "en")
    assert ALL.title["en"] == "Every kind of question"
    assert ALL.introduction["it"].startswith("Le domande")
    assert [section.id for section in ALL.sections] == ["service_use", "impact", "you"]
    assert (ALL.complete_from, ALL.partial_from) == (0.8, 0.4)


def test_breakdowns() -> None:
    assert [(breakdown.id, breakdown.inside) for breakdown in ALL.breakdowns] == [
        ("alliance", None),
        ("organization", "alliance"),
        ("service", None),
    ]
    assert ALL.breakdown("service") == Breakdown("service", {"it": "Servizio", "en": "Service"})


def test_a_scale_item_has_its_scale_and_the_scale_s_not_applicable() -> None:
    utility = ALL.item("utility")
    assert utility.kind is Kind.SCALE and utility.scale is not None
    assert (utility.scale.lowest, utility.scale.highest) == (1, 5)
    assert (utility.scale.top2, utility.scale.bottom2) == ((4, 5), (1, 2))
    assert utility.not_applicable == {"it": "Non so", "en": "Don't know"}
    assert utility.required and not utility.reversed and utility.help
    assert ALL.item("stress").reversed
    assert ALL.item("recommend").not_applicable is None
    assert ALL.item("recommend").codes == tuple(map(str, range(11)))


def test_choice_and_choices_have_options_in_order() -> None:
    assert ALL.item("again").codes == ("yes", "no")
    assert ALL.item("again").not_applicable == {"it": "Non so", "en": "Don't know"}
    assert ALL.item("used").kind is Kind.CHOICES
    assert ALL.item("used").labels["camp"]["en"] == "Summer camp"
    assert ALL.item("age_band").demographic and not ALL.item("age_band").counts_for_completeness


def test_number_and_text() -> None:
    hours, comment = ALL.item("hours"), ALL.item("comment")
    assert (hours.minimum, hours.maximum, hours.decimals) == (0, 40.5, 1)
    assert hours.not_applicable is not None
    assert comment.max_length == 200
    assert read("valid/text").item("comment").max_length == 400
    assert read("valid/number").item("hours").decimals == 0


INDICATORS = {
    "utility_mean": Mean("utility_mean", "utility", {"it": "Utilità percepita", "en": "Perceived utility"}),
    "useful": Share("useful", "utility", ("4", "5")),
    "use_again": Share("use_again", "again", ("yes",)),
    "recommendation": Recommendation(
        "recommendation", "recommend", ("7", "8", "9", "10"), ("9", "10"), ("7", "8"), tuple("0123456")
    ),
    "employment": StatusChange("employment", "status_before", "status_now"),
    "dimensions": Profile(
        "dimensions",
        (
            Dimension("time", {"it": "Tempo", "en": "Time"}, ("time_saving", "time_balance")),
            Dimension("well_being", {"it": "Benessere", "en": "Well-being"}, ("confidence", "stress")),
        ),
    ),
    "hours_saved": Summary("hours_saved", "hours"),
}


@pytest.mark.parametrize("name", INDICATORS)
def test_indicators(name: str) -> None:
    assert ALL.indicator(name) == INDICATORS[name]


def test_there_are_no_other_indicators() -> None:
    assert [indicator.id for indicator in ALL.indicators] == list(INDICATORS)


USERS = Comparison("used", Operator.IN, ("yes",))
CONDITIONS = {
    "services": None,
    "hours": USERS,
    "obstacles": AllOf(
        (
            Comparison("used", Operator.NOT_IN, ("yes", "DK")),
            Comparison("services", Operator.NOT_IN, ("none",)),
        )
    ),
    "time": USERS,
    "care": AllOf(
        (
            USERS,
            AnyOf(
                (
                    Comparison("services", Operator.IN, ("nursery", "camp")),
                    Comparison("hours", Operator.AT_LEAST, least=2.5),
                )
            ),
        )
    ),
    "recommend": None,
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_conditions_hold_codes_as_texts_and_a_group_s_joins_its_item_s(name: str) -> None:
    condition: Condition | None = CONDITIONS[name]
    assert SOME.item(name).show_if == condition


def test_codes_of_a_scale_in_a_condition_are_texts() -> None:
    show_if = read("valid/show_if_scale").item("why").show_if
    assert show_if == AnyOf(
        (
            Comparison("utility", Operator.IN, ("1", "DK")),
            Comparison("utility", Operator.AT_LEAST, least=3),
        )
    )


def test_items_of_a_group_lie_flat_among_the_others() -> None:
    impact = SOME.sections[1]
    assert [item.id for item in impact.items] == ["time", "stress", "care", "recommend", "reasons"]
    group = Group(
        "effects",
        {"it": "Grazie ai servizi…", "en": "Thanks to the services…"},
        {"it": "Pensi agli ultimi dodici mesi.", "en": "Think of the last twelve months."},
    )
    assert [item.group for item in impact.items] == [group, group, group, None, None]
    assert {item.kind for item in impact.items[:3]} == {Kind.SCALE}
    assert all(item.scale == SOME.item("recommend").scale for item in impact.items[:3])
    assert [item.required for item in impact.items[:3]] == [True, False, False]
    assert SOME.item("stress").reversed
    assert [item.required for item in read("valid/group_show_if").items] == [False, True, True]


def test_several_choice_knows_its_maximum_and_what_goes_alone() -> None:
    services = SOME.item("services")
    assert services.max_choices == 3
    assert [option.value for option in services.options if option.exclusive] == ["none"]
    assert SOME.item("obstacles").max_choices == 0


def test_a_number_knows_its_unit() -> None:
    assert SOME.item("hours").unit == {"it": "ore alla settimana", "en": "hours a week"}
    assert ALL.item("hours").unit is None


def test_breakdowns_from_items_stand_apart_from_those_of_the_invitation() -> None:
    assert [breakdown.id for breakdown in SOME.invited_by] == ["alliance", "organization"]
    assert [breakdown.id for breakdown in SOME.answered_by] == ["gender", "services"]
    assert SOME.breakdown("gender") == Breakdown(
        "gender", {"it": "Genere", "en": "Gender"}, None, Source.ITEM
    )


def test_the_other_indicators() -> None:
    assert SOME.indicator("known") == Ranking("known", "services")
    assert SOME.indicator("helped") == JointShare("helped", ("time", "care"), ("4", "5"), "any")
    both = {"it": "Più tempo e consiglierebbero", "en": "More time and would recommend"}
    assert SOME.indicator("better") == JointShare("better", ("time", "recommend"), ("4", "5"), "all", both)
    assert SOME.indicator("users") == Share("users", "used", ("yes",))
    assert SOME.indicator("hours_saved") == Summary("hours_saved", "hours", None, (0, 2.5, 10, 20))


def test_pages() -> None:
    assert (ALL.pages, SOME.pages, read("valid/pages").pages) == ("one", "one", "sections")


def test_last_look() -> None:
    assert (ALL.review, read("paged").review) == (False, True)


def test_what_is_left_out_has_its_default() -> None:
    plain = read("valid/scale")
    assert (plain.complete_from, plain.partial_from) == (0.7, 0.3)
    item = plain.item("utility")
    assert (item.required, item.demographic, item.reversed, item.help, item.not_applicable) == (
        (False,) * 3 + (None,) * 2
    )
    assert read("valid/completeness_one").partial_from == 0.3
    assert read("valid/recommendation_plain").indicator("figure").promoters == ()  # type: ignore[union-attr]


def test_modes() -> None:
    assert read("valid/named").mode is Mode.NAMED
    assert read("valid/panel").mode is Mode.PANEL


def test_the_refusal_names_the_file_how_many_and_the_first() -> None:
    with pytest.raises(InvalidDefinition) as refusal:
        load(content("invalid/many_faults"), "many.json")
    assert language("en")(refusal.value.text) == (
        "many.json has 47 problems and cannot be used; the first is: "
        'many.json:3:9: id: "Many" cannot be an id; '
        "use lower-case letters, digits, _ and -, a letter first"
    )


def test_the_file_of_answers() -> None:
    declared = read("valid/export")
    assert declared.export == Export("organization")
    assert [item.id for item in declared.items if item.export] == ["age"]
    assert read("valid/export_items_only").export == Export(None)
    assert read("valid/scale").export is None
