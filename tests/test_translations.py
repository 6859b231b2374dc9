"""Every sentence of the program is translated, with the same values, and compiled."""

import re

import pytest

from tests.catalogue import MO, catalogue, collected, compiled

VALUES = re.compile(r"\{(\w+)")
STORED = {message.id: message.string for message in catalogue() if message.id}
SENTENCES = sorted(collected(), key=str)


@pytest.mark.parametrize("sentence", SENTENCES, ids=[str(sentence)[:60] for sentence in SENTENCES])
def test_a_sentence_is_translated_with_its_values(sentence: str | tuple[str, str]) -> None:
    translated = STORED.get(sentence)
    said = [translated] if isinstance(translated, str) else list(translated or [])
    source = [sentence] if isinstance(sentence, str) else list(sentence)
    assert said and all(said), f"{sentence}: translate it in survey.po, then run make translations"
    for one, other in zip(source, said, strict=True):
        assert set(VALUES.findall(one)) - {"n"} == set(VALUES.findall(other)) - {"n"}, sentence


def test_nothing_is_left_over() -> None:
    assert set(STORED) - set(SENTENCES) == set()


def test_the_compiled_catalogue_is_up_to_date() -> None:
    assert MO.read_bytes() == compiled(catalogue())
