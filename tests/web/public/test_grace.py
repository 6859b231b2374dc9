"""The last day ends while somebody is writing: what was begun by then still arrives, and the pages say so."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from survey import publishing
from survey.answering import WaveClosed
from survey.inviting import BadWave
from tests.cast import NOW, answers

from .conftest import GOOD, Site

LAST_DAY = date(2026, 11, 20)
MIDNIGHT = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
"""The end of the last day in Rome."""
MINUTE = timedelta(minutes=1)
ORGANIZATION = [{"organization": "O1"}]


def closing(site: Site, **more: object) -> list[str]:
    """The paths of a wave that closes on LAST_DAY with half an hour of grace."""
    return site.wave(closes=LAST_DAY, grace=30, **more)


def test_a_form_that_was_begun_is_taken_and_no_other_one_is_begun(site: Site):
    address, other, *_ = closing(site)
    form = site.client.get(address + "?lang=en").text
    assert "until November 20, 2026. What was begun by then can still be sent for 30 minutes." in form
    with time_machine.travel(MIDNIGHT):
        late = site.client.get(other + "?lang=en")
        assert late.status_code == 410
        assert "taken until November 20, 2026." in late.text
        assert "opened by then is taken until 21 November 2026, 00:30 (Europe/Rome)" in late.text
        assert "came too late" not in late.text
        wrong = site.client.post(address + "?lang=en", data={**GOOD, "utility": ""})
        assert (wrong.status_code, "Not sent yet: one thing to check" in wrong.text) == (422, True)
        assert site.client.post(address + "?lang=it", data={**GOOD, "_go": "language"}).status_code == 200
    with time_machine.travel(MIDNIGHT + 29 * MINUTE):
        assert site.client.post(address, data=GOOD).status_code == 303
        assert site.client.get(address + "/thanks").status_code == 200
    with time_machine.travel(MIDNIGHT + 30 * MINUTE):
        too_late = site.client.post(other + "?lang=en", data=GOOD)
        assert too_late.status_code == 410
        assert "What was sent just now came too late and is not stored." in too_late.text
    assert publishing.close(
        site.instance.store, site.instance.mark_keys, "w1", MIDNIGHT + 30 * MINUTE
    ).whole.responses == 1  # fmt: skip


def test_without_grace_the_last_day_is_the_end(site: Site):
    address = site.wave(closes=LAST_DAY)[0]
    assert "can still be sent" not in site.client.get(address + "?lang=en").text
    with time_machine.travel(MIDNIGHT):
        reply = site.client.post(address + "?lang=en", data=GOOD)
    assert (reply.status_code, "opened by then" in reply.text) == (410, False)


def test_a_draft_can_be_gone_on_with_and_sent(site: Site):
    drafted, other = closing(
        site, definition="organizations", groups=[{"organization": one} for one in ("O1", "O2")]
    )
    with time_machine.travel(MIDNIGHT - MINUTE):
        assert site.client.post(drafted, data={"_go": "save", "_by": "Anna"}).status_code == 303
    with time_machine.travel(MIDNIGHT + MINUTE):
        assert "Anna" in site.client.get(drafted + "?lang=en").text
        assert site.client.get(other).status_code == 410
        saved = site.client.post(drafted, data={"_go": "save", "_by": "Berta", "_revision": "1"})
        assert saved.status_code == 303
    with time_machine.travel(MIDNIGHT + 30 * MINUTE):
        assert site.client.get(drafted).status_code == 410


def test_what_arrives_between_looking_and_storing_is_judged_again(site: Site):
    instance = site.instance
    invitation = instance.wave("w1", invited=6, closes=LAST_DAY, grace=30)[0]
    door = instance.door(invitation)
    with pytest.raises(WaveClosed):
        instance.answering.receive(door, answers(door.questionnaire, utility="4"), MIDNIGHT + 30 * MINUTE)


def test_the_grace_is_as_long_on_the_day_on_which_the_clock_is_set_back(site: Site):
    instance = site.instance
    invitation = instance.wave(
        "w1", invited=6, closes=date(2026, 10, 24), grace=240, opens=date(2026, 10, 1)
    )[0]
    link, midnight = instance.links.link(invitation), datetime(2026, 10, 24, 22, tzinfo=UTC)
    instance.answering.sent(link, midnight + timedelta(hours=4) - MINUTE)
    with pytest.raises(WaveClosed):
        instance.answering.sent(link, midnight + timedelta(hours=4))


def test_closing_by_hand_waits_for_what_was_promised_unless_told_otherwise(site: Site):
    closing(site)
    store, keys = site.instance.store, site.instance.mark_keys
    for moment in (MIDNIGHT, MIDNIGHT + 29 * MINUTE):
        with pytest.raises(publishing.StillTaken, match="00:30"):
            publishing.close(store, keys, "w1", moment)
    assert site.client.get("/privacy/w1").status_code == 200
    publishing.close(store, keys, "w1", MIDNIGHT, at_once=True)
    site.wave("w2", closes=LAST_DAY, grace=30)
    publishing.close(store, keys, "w2", NOW)


@pytest.mark.parametrize("grace", [-1, 24 * 60 + 1])
def test_a_grace_that_is_none(site: Site, grace: int):
    with pytest.raises(BadWave, match="0 to 1,440"):
        site.wave(grace=grace)
