"""Pages in the form of gzip: also those that differ from reader to reader in one word."""

import gzip
import subprocess
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.web.public.packing import Page

GAP = "RECE-IPTR"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300).filter(lambda said: GAP not in said)
"""Any text that HTML in UTF-8 can hold."""


@given(TEXTS, st.text("ABC234-", max_size=40), TEXTS)
def test_a_filled_page_unpacks_to_itself(before: str, word: str, after: str) -> None:
    page = Page(before + GAP + after, "it", "policy", lasting=True, gap=GAP).filled(word)
    assert page.html == before + word + after
    assert gzip.decompress(page.packed) == page.plain == page.html.encode()


def test_every_word_has_a_page_of_its_own() -> None:
    page = Page(f"<p>{GAP}</p>", "it", "policy", gap=GAP)
    first, second = page.filled("one"), page.filled("two")
    assert [gzip.decompress(one.packed) for one in (first, second, first)] == [
        b"<p>one</p>", b"<p>two</p>", b"<p>one</p>"
    ]  # fmt: skip
    assert (first.language, first.policy, first.returnable) == ("it", "policy", False)


def test_it_is_one_stream_that_strict_readers_take() -> None:
    page = Page("è" * 2000 + GAP + "x" * 2000, "it", "policy", gap=GAP).filled("K7QD-XM2P")
    read = subprocess.run(["gzip", "-dc"], input=page.packed, capture_output=True, check=True)
    assert read.stdout == page.plain
    assert not read.stderr
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert unpacker.decompress(page.packed) == page.plain
    assert unpacker.eof
    assert not unpacker.unused_data


def test_a_gap_stands_in_a_page_once() -> None:
    with pytest.raises(ValueError, match="unpack"):
        _ = Page(GAP + GAP, "it", "policy", gap=GAP).filled("x").packed
