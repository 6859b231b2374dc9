"""Conditions in words: what a respondent reads, in English and Italian."""

import pytest

from survey.definitions import load
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
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
from survey.definitions.wording import only_if, rest, shared
from survey.language import language
from tests.definitions.folders import content

WORDS = {"en": "word", "it": "parola"}
YES_NO = (Option("yes", {"en": "Yes", "it": "Sì"}), Option("no", {"en": "No", "it": "No"}))
FORGOT = {"en": "I forgot", "it": "Non ricordo"}
LONG = Scale("long", tuple(Point(n, {"en": str(n), "it": str(n)}) for n in range(11)))
MANY = tuple(Option(f"o{n}", {"en": f"Option {n}", "it": f"Opzione {n}"}) for n in range(1, 7))
ITEMS = (
    Item("used", Kind.CHOICE, WORDS, options=YES_NO, not_applicable=FORGOT),
    Item("likely", Kind.SCALE, WORDS, scale=LONG),
    Item("places", Kind.CHOICE, WORDS, options=MANY),
    Item("ticks", Kind.CHOICES, WORDS, options=MANY),
    Item("born", Kind.NUMBER, WORDS, minimum=1900, maximum=2020),
    Item("hours", Kind.NUMBER, WORDS, minimum=0, maximum=40, unit={"en": "hours", "it": "ore"}),
    Item("staff", Kind.NUMBER, WORDS, minimum=0, maximum=100_000, decimals=1),
)
ASKED = Questionnaire(
    "q", 1, "beneficiary", Mode.ANONYMOUS, ("en", "it"), WORDS, WORDS, (), (Section("all", WORDS, ITEMS),), ()
)


def one(item: str, *codes: str) -> Comparison:
    return Comparison(item, Operator.IN, codes)


def other(item: str, *codes: str) -> Comparison:
    return Comparison(item, Operator.NOT_IN, codes)


def least(item: str, number: float) -> Comparison:
    return Comparison(item, Operator.AT_LEAST, least=number)


USED, LIKELY, BORN = one("used", "yes"), least("likely", 9), least("born", 2000)
SAID: dict[str, tuple[Condition, str, str]] = {
    "one answer": (
        USED,
        "Only if you answered “Yes” to question 1.",
        "Solo se alla domanda 1 ha risposto «Sì».",
    ),
    "several, in the order of the page": (
        one("used", "DK", "no"),
        "Only if you answered “No” or “I forgot” to question 1.",
        "Solo se alla domanda 1 ha risposto «No» o «Non ricordo».",
    ),
    "any answer": (
        one("used", "yes", "no", "DK"),
        "Only if you answered question 1.",
        "Solo se ha risposto alla domanda 1.",
    ),
    "not, where the others are few": (
        other("used", "yes"),
        "Only if you answered “No” or “I forgot” to question 1.",
        "Solo se alla domanda 1 ha risposto «No» o «Non ricordo».",
    ),
    "not, where the others are many": (
        other("places", "o2"),
        "Only if you answered something other than “Option 2” to question 3.",
        "Solo se alla domanda 3 ha dato una risposta diversa da «Opzione 2».",
    ),
    "a point or higher, few of them": (
        LIKELY,
        "Only if you answered “9” or “10” to question 2.",
        "Solo se alla domanda 2 ha risposto «9» o «10».",
    ),
    "a point or higher, many of them": (
        least("likely", 5.5),
        "Only if you answered “6” or higher to question 2.",
        "Solo se alla domanda 2 ha risposto «6» o un valore più alto.",
    ),
    "ticked": (
        one("ticks", "o1", "o3"),
        "Only if you chose “Option 1” or “Option 3” in question 4.",
        "Solo se alla domanda 4 ha scelto «Opzione 1» o «Opzione 3».",
    ),
    "did not tick": (
        other("ticks", "o6"),
        "Only if you answered question 4 without choosing “Option 6”.",
        "Solo se ha risposto alla domanda 4 senza scegliere «Opzione 6».",
    ),
    "a year": (
        BORN,
        "Only if your answer to question 5 is at least 2000.",
        "Solo se la risposta alla domanda 5 è almeno 2000.",
    ),
    "a number with its unit": (
        least("hours", 2),
        "Only if your answer to question 6 is at least 2 hours.",
        "Solo se la risposta alla domanda 6 è di almeno 2 ore.",
    ),
    "numbers as the reader writes them": (
        least("staff", 12_000.5),
        "Only if your answer to question 7 is at least 12,000.5.",
        "Solo se la risposta alla domanda 7 è almeno 12.000,5.",
    ),
    "and": (
        AllOf((USED, BORN)),
        "Only if you answered “Yes” to question 1, and your answer to question 5 is at least 2000.",
        "Solo se alla domanda 1 ha risposto «Sì» e la risposta alla domanda 5 è almeno 2000.",
    ),
    "or": (
        AnyOf((USED, LIKELY)),
        "Only if you answered “Yes” to question 1, or you answered “9” or “10” to question 2.",
        "Solo se alla domanda 1 ha risposto «Sì» oppure alla domanda 2 ha risposto «9» o «10».",
    ),
    "or inside and, in brackets": (
        AllOf((BORN, AnyOf((USED, LIKELY)))),
        "Only if your answer to question 5 is at least 2000, and "
        "(you answered “Yes” to question 1, or you answered “9” or “10” to question 2).",
        "Solo se la risposta alla domanda 5 è almeno 2000 e "
        "(alla domanda 1 ha risposto «Sì» oppure alla domanda 2 ha risposto «9» o «10»).",
    ),
    "and inside or": (
        AnyOf((AllOf((USED, LIKELY)), BORN)),
        "Only if (you answered “Yes” to question 1, and you answered “9” or “10” to question 2), "
        "or your answer to question 5 is at least 2000.",
        "Solo se (alla domanda 1 ha risposto «Sì» e alla domanda 2 ha risposto «9» o «10») "
        "oppure la risposta alla domanda 5 è almeno 2000.",
    ),
    "and inside and is one row": (
        AllOf((AllOf((USED,)), AnyOf((BORN,)))),
        "Only if you answered “Yes” to question 1, and your answer to question 5 is at least 2000.",
        "Solo se alla domanda 1 ha risposto «Sì» e la risposta alla domanda 5 è almeno 2000.",
    ),
}


@pytest.mark.parametrize(("condition", "english", "italian"), SAID.values(), ids=SAID)
def test_a_condition_in_words(condition: Condition, english: str, italian: str) -> None:
    said = only_if(ASKED, condition)
    assert (language("en")(said), language("it")(said)) == (english, italian)


def test_what_a_group_has_in_common_is_said_once() -> None:
    asked = load(content("conditional"), "conditional.json")
    effects = [item for item in asked.items if item.group]
    common = shared(effects)
    assert common == one("used", "yes")
    assert [rest(item, common) for item in effects[:2]] == [None, None]
    assert rest(effects[2], common) == AnyOf((one("services", "nursery", "camp"), least("hours", 2.5)))


def test_items_that_have_nothing_in_common_share_no_condition() -> None:
    asked = load(content("conditional"), "conditional.json")
    assert shared([asked.item("time"), asked.item("recommend")]) is None
    assert rest(asked.item("time"), None) == one("used", "yes")
