"""How far a wave is, told so that nobody can watch a single answer arrive."""

import pytest

from survey.language import language
from survey.monitoring import standing
from tests.cast import Instance

SAID = {0: "fewer than 5", 4: "fewer than 5", 5: "at least 5", 9: "at least 5", 10: "at least 10"}


@pytest.mark.parametrize("answered, said", SAID.items())
def test_an_open_anonymous_wave_tells_steps(instance: Instance, answered: int, said: str) -> None:
    for one in instance.wave("w", invited=12)[:answered]:
        instance.answer(one, utility="4")
    found = standing(instance.store, "w")
    assert language("en")(found.responses_said) == said
    assert found.rate == (answered // 5 * 5 / 12 or None)


def test_closed_and_named_waves_tell_the_number(instance: Instance) -> None:
    for one in instance.wave("w", invited=12)[:7]:
        instance.answer(one, utility="4")
    instance.close("w")
    assert language("en")(standing(instance.store, "w").responses_said) == "7"
    one, *_ = instance.wave("n", "organizations", groups=[{"organization": "O1"}, {"organization": "O2"}])
    instance.answer(one, employees="12")
    found = standing(instance.store, "n")
    assert (language("it")(found.responses_said), found.rate) == ("1", 0.5)


def test_the_rate_of_a_closed_wave_leaves_out_what_is_too_short(instance: Instance) -> None:
    for one in instance.wave("w", invited=10)[:6]:
        instance.answer(one, utility="4")
    instance.close("w")
    found = standing(instance.store, "w")
    assert (found.responses, found.rate) == (6, 0.0)
