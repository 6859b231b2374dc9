"""Every sentence of the program is translated, with the same values, and compiled."""

import gettext
import io
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


def sentences_of(content: bytes) -> dict[object, str]:
    """What gettext reads in a compiled catalogue, but for the header, which names Babel's version."""
    read = gettext.GNUTranslations(io.BytesIO(content))._catalog  # type: ignore[attr-defined]
    return {message: said for message, said in read.items() if message}


def test_the_compiled_catalogue_is_up_to_date() -> None:
    assert sentences_of(MO.read_bytes()) == sentences_of(compiled(catalogue()))
