"""Links are canonical, keys rotate, purposes do not mix."""

import string
from datetime import UTC, datetime

import pytest
import time_machine

from survey.tokens import (
    CarriedUnreadable,
    Carrier,
    Links,
    PartnerLinks,
    UnknownLink,
    mark,
    new_id,
    new_key,
    new_sign_in_token,
    sign_in_hash,
)

LINKS = Links(("first", "second"))


def test_a_link_gives_back_its_invitation() -> None:
    invitation = new_id()
    assert LINKS.invitation(LINKS.link(invitation)) == invitation


def test_the_first_key_signs_and_all_are_accepted() -> None:
    invitation = new_id()
    assert LINKS.link(invitation) == Links(("first",)).link(invitation)
    assert LINKS.invitation(Links(("second",)).link(invitation)) == invitation
    with pytest.raises(UnknownLink):
        Links(("first",)).invitation(Links(("second",)).link(invitation))


def test_a_partners_address_and_a_personal_link_do_not_open_each_other() -> None:
    page = new_id()
    partners = PartnerLinks(("first",))
    assert partners.page(partners.token(page)) == page
    for wrong, read in ((LINKS.link(page), partners.page), (partners.token(page), LINKS.invitation)):
        with pytest.raises(UnknownLink):
            read(wrong)


def test_every_other_spelling_of_a_link_is_refused() -> None:
    link = LINKS.link(new_id())
    others = [
        link[:place] + letter + link[place + 1 :] for place in range(len(link)) for letter in string.printable
    ]
    for other in {*others, link + "=", link + "\n", " " + link, link.upper(), link[:-1], "", "³" * 66} - {
        link
    }:
        with pytest.raises(UnknownLink):
            LINKS.invitation(other)


def test_a_mark_depends_on_the_invitation_and_on_the_waves_key() -> None:
    key, invitation = new_key(), new_id()
    assert mark(key, invitation) == mark(key, invitation)
    assert len({mark(key, invitation), mark(key, new_id()), mark(new_key(), invitation)}) == 3


def test_a_sign_in_token_is_stored_as_its_hash_only() -> None:
    token = new_sign_in_token()
    assert token not in sign_in_hash(token)
    assert sign_in_hash(token) == sign_in_hash(token)
    assert len(sign_in_hash("\udcff")) == 64


def test_what_earlier_programs_signed_is_read_for_ever() -> None:
    """Links that were sent, and forms that are open, when a new version of the program is installed."""
    keys, invitation = ("golden key of a test",), bytes(range(16))
    link = "AAECAwQFBgcICQoLDA0ODw.0oii1KsPhg6xFVV1DmdhEQIg7RUPBQhMPEizm1JyJbs"
    assert (Links(keys).link(invitation), Links(keys).invitation(link)) == (link, invitation)
    carried = "eyJ1c2VkIjpbInllcyJdfQ.awATGA.4wyiQPENes-HumaZOABDKaZ5Cka7e5XKzwtExPjyMDg"
    with time_machine.travel(datetime(2026, 11, 20, 9, 30, tzinfo=UTC)):
        assert Carrier(keys).unpacked(invitation, "f" * 64, carried) == {"used": ["yes"]}


def test_carried_answers_come_back_under_rotated_keys_and_for_their_own_only() -> None:
    invitation = new_id()
    sent = {"comment": ["è\r\nvero"], "used": ["a", "b"], "none": []}
    carried = Carrier(("old" * 20,)).packed(invitation, "f" * 64, sent)
    both = Carrier(("new" * 20, "old" * 20))
    assert both.unpacked(invitation, "f" * 64, carried) == sent
    assert both.unpacked(invitation, "f" * 64, "") == {}
    for other, definition in ((new_id(), "f" * 64), (invitation, "e" * 64)):
        with pytest.raises(CarriedUnreadable):
            both.unpacked(other, definition, carried)
    with pytest.raises(CarriedUnreadable):
        Carrier(("new" * 20,)).unpacked(invitation, "f" * 64, carried)
