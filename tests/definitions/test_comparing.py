"""Two versions of a questionnaire: which items are comparable, which are a break, and why."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from survey.definitions import load
from survey.definitions.comparing import Comparison, Outcome, compare
from survey.definitions.differing import Change, around
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Group,
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
from survey.definitions.model import Comparison as Condition
from survey.language import language
from tests.definitions.folders import CAST, VALID

YES = Condition("used", Operator.IN, ("yes",))
SCALE = Scale("agreement", tuple(Point(n, {"it": f"Punto {n}", "en": f"Point {n}"}) for n in (1, 2, 3)))


def words(it: str, en: str) -> dict[str, str]:
    return {"it": it, "en": en}


def options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, words(value, value)) for value in values)


USED = Item("used", Kind.CHOICE, words("Lo ha usato?", "Did you use it?"), options=options("yes", "no"))
UTILITY = Item(
    "utility", Kind.SCALE, words("Quanto è utile?", "How useful is it?"), words("Finora.", "So far."),
    scale=SCALE, not_applicable=words("Non so", "Don't know"), show_if=YES,
    group=Group("g", words("Pensi al servizio", "Think of the service")),
)  # fmt: skip
PARTS = Item(
    "parts", Kind.CHOICES, words("Quali parti?", "Which parts?"), options=options("a", "b", "none"),
    max_choices=2, show_if=AllOf((YES, AnyOf((YES, Condition("utility", Operator.AT_LEAST, least=2))))),
)  # fmt: skip
HOURS = Item(
    "hours", Kind.NUMBER, words("Quante ore?", "How many hours?"), minimum=0, maximum=40,
    unit=words("ore", "hours"),
)  # fmt: skip
COMMENT = Item("comment", Kind.TEXT, words("Altro?", "Anything else?"), max_length=400)
ITEMS = (USED, UTILITY, PARTS, HOURS, COMMENT)


def made(*items: Item, languages: tuple[str, ...] = ("it", "en"), **facts: Any) -> Questionnaire:
    return Questionnaire(
        **{
            "id": "q", "version": 1, "audience": "beneficiary", "mode": Mode.ANONYMOUS,
            "languages": languages, "title": words("T", "T"), "introduction": words("I", "I"),
            "breakdowns": (), "indicators": (), "sections": (Section("s", words("S", "S"), items),), **facts,
        }
    )  # fmt: skip


def against(*items: Item, **facts: Any) -> Comparison:
    return compare(made(*ITEMS), made(*items, **facts))


def with_(item: Item, **changes: Any) -> tuple[Item, ...]:
    return tuple(replace(one, **changes) if one.id == item.id else one for one in ITEMS)


def scale(**changes: Any) -> dict[str, Any]:
    return {"scale": replace(SCALE, **changes)}


def relabelled(point: int, it: str) -> dict[str, Any]:
    points = [
        replace(one, label=words(it, one.label["en"])) if one.value == point else one for one in SCALE.points
    ]
    return scale(points=tuple(points))


BREAKS: dict[str, tuple[Item, dict[str, Any], set[Change]]] = {
    "a typo": (COMMENT, {"text": words("Altro?", "Anithing else?")}, {Change.WORDING}),
    "one language": (HOURS, {"text": words("Quante ore al mese?", "How many hours?")}, {Change.WORDING}),
    "other help": (UTILITY, {"help": words("Finora.", "Until today.")}, {Change.HELP}),
    "help gone": (UTILITY, {"help": None}, {Change.HELP}),
    "help new": (HOURS, {"help": words("Circa.", "About.")}, {Change.HELP}),
    "other group": (UTILITY, {"group": Group("g", words("Pensi a oggi", "Of today"))}, {Change.WORDING}),
    "no group": (UTILITY, {"group": None}, {Change.WORDING}),
    "help of the group": (
        UTILITY, {"group": replace(UTILITY.group, help=words("Tutto", "All"))}, {Change.HELP}),
    "an option more": (USED, {"options": options("yes", "no", "partly")}, {Change.OPTIONS}),
    "an option less": (PARTS, {"options": options("a", "none")}, {Change.OPTIONS}),
    "options exchanged": (USED, {"options": options("no", "yes")}, {Change.OPTIONS}),
    "an option reworded": (
        USED, {"options": (Option("yes", words("Sì", "yes")), *options("no"))}, {Change.OPTIONS}),
    "exclusive": (
        PARTS, {"options": (*PARTS.options[:2], Option("none", words("none", "none"), True))},
        {Change.OPTIONS}),
    "a point more": (
        UTILITY, scale(points=(*SCALE.points, Point(4, words("Punto 4", "Point 4")))), {Change.SCALE}),
    "a point reworded": (UTILITY, relabelled(2, "Così così"), {Change.SCALE}),
    "no answer apart": (UTILITY, {"not_applicable": None}, {Change.NOT_APPLICABLE}),
    "another answer apart": (
        UTILITY, {"not_applicable": words("Non so", "No idea")}, {Change.NOT_APPLICABLE}),
    "turned round": (UTILITY, {"reversed": True}, {Change.REVERSED}),
    "another range": (HOURS, {"maximum": 168}, {Change.RANGE}),
    "decimals": (HOURS, {"decimals": 1}, {Change.RANGE}),
    "another unit": (HOURS, {"unit": words("giorni", "days")}, {Change.UNIT}),
    "no unit": (HOURS, {"unit": None}, {Change.UNIT}),
    "another maximum": (PARTS, {"max_choices": 3}, {Change.MAXIMUM}),
    "no maximum": (PARTS, {"max_choices": 0}, {Change.MAXIMUM}),
    "a longer text": (COMMENT, {"max_length": 500}, {Change.MAXIMUM}),
    "another kind": (
        HOURS, {"kind": Kind.TEXT, "max_length": 40, "minimum": 0, "maximum": 0, "unit": None},
        {Change.KIND, Change.UNIT}),
    "a condition": (HOURS, {"show_if": YES}, {Change.CONDITION}),
    "no condition": (PARTS, {"show_if": None}, {Change.CONDITION}),
    "another value": (
        PARTS, {"show_if": Condition("used", Operator.IN, ("no",))}, {Change.CONDITION}),
    "any for all": (PARTS, {"show_if": AnyOf(PARTS.show_if.parts)}, {Change.CONDITION}),
    "another operator": (PARTS, {"show_if": replace(YES, operator=Operator.NOT_IN)}, {Change.CONDITION}),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_and_its_kinds(name: str) -> None:
    item, changes, kinds = BREAKS[name]
    found = against(*with_(item, **changes)).of(item.id)
    assert found.outcome is Outcome.BREAK
    assert {difference.change for difference in found.differences} == kinds
    said = [language(code)(difference.text) for difference in found.differences for code in ("it", "en")]
    assert len(set(said)) == len(said)


def shuffled(item: Item) -> Item:
    parts = AnyOf(tuple(reversed(PARTS.show_if.parts[1].parts)))
    return replace(item, show_if=AllOf((parts, YES)))


SAME: dict[str, Callable[[], Comparison]] = {
    "nothing": lambda: against(*ITEMS),
    "another language": lambda: compare(made(*ITEMS, languages=("it",)), made(*ITEMS)),
    "a language less": lambda: compare(made(*ITEMS), made(*ITEMS, languages=("en",))),
    "blanks": lambda: against(*with_(HOURS, text=words("Quante  ore?\n", "How many hours?"))),
    "an accent in two characters": lambda: against(
        *with_(UTILITY, text=words("Quanto e\u0300 utile?", "How useful is it?"))
    ),
    "the order of items": lambda: against(USED, HOURS, UTILITY, COMMENT, PARTS),
    "other sections": lambda: against(
        sections=(Section("x", words("X", "X"), ITEMS[:2]), Section("y", words("Y", "Y"), ITEMS[2:]))
    ),
    "required": lambda: against(*with_(HOURS, required=True, demographic=True)),
    "the name of a scale": lambda: against(*with_(UTILITY, **scale(id="likert", top2=(3,), bottom2=(1,)))),
    "the name of a group": lambda: against(*with_(UTILITY, group=replace(UTILITY.group, id="other"))),
    "the order of a condition": lambda: against(
        *(shuffled(item) if item.id == "parts" else item for item in ITEMS)
    ),
    "the frame": lambda: against(
        *ITEMS, version=2, title=words("Altro", "Other"), complete_from=0.5, pages="sections"
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_no_break(name: str) -> None:
    found = SAME[name]()
    assert found.not_comparable == ()
    assert set(found.comparable) == {item.id for item in ITEMS}


def test_an_item_asked_by_answers_to_a_break_is_one_too() -> None:
    found = against(*with_(USED, options=options("yes", "no", "partly")))
    assert [one.item for one in found.not_comparable] == ["used", "utility", "parts"]
    for item in ("utility", "parts"):
        assert {one.change for one in found.of(item).differences} == {Change.CONDITION}


def test_items_that_came_and_went_are_told_apart_from_those_that_took_another_id() -> None:
    renamed = replace(HOURS, id="hours_saved", text=words("Quante ore!", "How many  hours, please?"))
    new = Item("again", Kind.TEXT, words("Lo userebbe di nuovo?", "Would you use it again?"), max_length=40)
    found = against(USED, UTILITY, PARTS, renamed, new)
    assert [(one.item, one.outcome, one.alike) for one in found.not_comparable] == [
        ("hours_saved", Outcome.ADDED, "hours"),
        ("again", Outcome.ADDED, None),
        ("hours", Outcome.REMOVED, "hours_saved"),
        ("comment", Outcome.REMOVED, None),
    ]
    assert found.comparable == ("used", "utility", "parts")


def test_without_a_common_language_nothing_is_comparable() -> None:
    spoken = {"de": "Wie viele Stunden?"}
    german = replace(HOURS, text=spoken, unit={"de": "Stunden"})
    found = compare(made(HOURS), made(german, languages=("de",)))
    assert [one.change for one in found.of("hours").differences] == [Change.WORDING]


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("a b c d e f g", "a b c X e f g", "… b c X e f …"),
        ("a b c", "a b c d", "… b c d"),
        ("a b c d", "a b c", "… b c"),
        ("a a a", "a a", "a a"),
        ("one", "two", "two"),
        ("x b c d", "b c d", "b c …"),
    ],
)
def test_only_what_differs_is_shown(was: str, now: str, shown: str) -> None:
    assert around(now, was) == shown


@pytest.mark.parametrize("path", [*VALID, *CAST], ids=lambda path: path.stem)
def test_every_definition_is_comparable_with_itself(path: Path) -> None:
    one = load(path.read_bytes(), path.name)
    assert compare(one, load(path.read_bytes(), path.name)).not_comparable == ()
