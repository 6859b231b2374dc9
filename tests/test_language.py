"""Numbers, dates and sentences as each reader writes them; half up, everywhere."""

from datetime import UTC, date, datetime

import pytest

from survey.language import Text, language, plural_text, round_half_up, text

IT, EN = language("it"), language("en")


@pytest.mark.parametrize(
    "value, digits, rounded", [(0.125, 2, "0.13"), (2.5, 0, "3"), (-2.5, 0, "-3"), (3.8016, 1, "3.8")]
)
def test_half_up(value: float, digits: int, rounded: str) -> None:
    assert str(round_half_up(value, digits)) == rounded


def test_numbers() -> None:
    assert (IT.number(1280), EN.number(1280)) == ("1.280", "1,280")
    assert (IT.number(3.8016, 2), EN.number(3.8016, 2)) == ("3,80", "3.80")
    assert (IT.number(12.50, None), EN.number(0.5704 * 100, 0)) == ("12,5", "57")
    assert (EN.signed(3), EN.signed(-5), EN.signed(0), EN.signed(-0.04, 1)) == ("+3", "−5", "0", "0.0")
    assert (EN.percent(0.125), EN.percent(0.7, 1)) == ("13%", "70.0%")


def test_dates() -> None:
    assert (IT.day(date(2026, 11, 30)), EN.day(date(2026, 11, 30))) == (
        "30 novembre 2026",
        "November 30, 2026",
    )
    assert "novembre 2026" in IT.moment(datetime(2026, 11, 30, 9, 5, tzinfo=UTC))


def test_sentences_say_their_values() -> None:
    inner = text("{n} answers", n=1280)
    assert EN(text("see: {what}", what=inner)) == "see: 1,280 answers"
    assert EN(plural_text("{n} answer", "{n} answers", 1)) == "1 answer"
    assert EN(plural_text("{n} answer", "{n} answers", 2000)) == "2,000 answers"
    assert hash(inner) == hash(Text("{n} answers", {"n": 1280}))


def test_a_language_without_catalogue_speaks_the_source() -> None:
    assert language("de")("Nothing of this is translated") == "Nothing of this is translated"


def test_words_of_a_definition_fall_back_to_its_first_language() -> None:
    assert (IT.choose({"it": "Sì", "en": "Yes"}), language("de").choose({"it": "Sì"})) == ("Sì", "Sì")


def test_enumerations() -> None:
    assert IT.listing(["a", "b", "c"]) == "a, b e c"
