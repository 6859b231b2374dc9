"""Comments of closed waves: which are shown, in what order, searched and redacted for good."""

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner

from survey import commenting
from survey.cli import main
from survey.commenting import REDACTED, CannotRedact, NoSuchComment
from survey.definitions.model import Kind
from survey.store import audit
from survey.store.releases import NotClosedYet
from tests import crossed
from tests.cast import NOW, Instance, questionnaire
from tests.crossed import LIKED, WAVE

WHO = "valutatrice@example.org"


def texts(instance: Instance, search: str = "") -> Mapping[str, list[str] | None]:
    found = commenting.comments(instance.store, WAVE, search)
    return {one.item.id: None if one.comments is None else [c.text for c in one.comments] for one in found}


def test_comments_are_shown_from_ten_up_and_in_an_order_of_their_own(with_crosses: Instance) -> None:
    shown = texts(with_crosses)
    assert shown["missed"] is None
    assert sorted(shown["liked"] or ()) == sorted(LIKED)
    assert shown["liked"] != LIKED and shown == texts(with_crosses)
    few = commenting.comments(with_crosses.store, WAVE)[1]
    assert (few.n, few.fewest) == (None, 10)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("CAFFE", [LIKED[0]]),
        ("caffè con  la", [LIKED[0]]),
        ("<B>", [LIKED[1]]),
        ("%", []),
        ("remark 8", [LIKED[-1]]),
    ],
)
def test_the_search_knows_no_case_and_no_accents(
    with_crosses: Instance, search: str, found: list[str]
) -> None:
    assert texts(with_crosses, search)["liked"] == found
    assert texts(with_crosses, "room")["missed"] is None


def test_what_is_redacted_is_gone_from_the_file_and_slots_keep_their_width(instance: Instance) -> None:
    crossed.close(instance)
    widths = "SELECT DISTINCT item, length(CAST(body AS BLOB)) FROM comment ORDER BY 1"
    with instance.store.read() as db:
        before = db.execute(widths).fetchall()
    one, other = (
        commenting.comments(instance.store, WAVE, said)[0].comments for said in ("rossi", "children")
    )
    assert one and other
    with pytest.raises(CannotRedact):
        commenting.redact(instance.store, WAVE, "liked", one[0].place, "Bianchi", WHO, NOW)
    done = commenting.redact(instance.store, WAVE, "liked", one[0].place, "ROSSI", WHO, NOW)
    assert done.text == f"Il caffè con la signora {REDACTED}"
    commenting.redact(instance.store, WAVE, "liked", other[0].place, None, WHO, NOW)
    shown = texts(instance)["liked"] or []
    assert len(shown) == len(LIKED) and shown.count(REDACTED) == 1
    with instance.store.read() as db:
        assert db.execute(widths).fetchall() == before
        assert len(before) == 2
        entries = [entry for entry in audit.of_wave(db, WAVE) if entry.act == audit.COMMENT_REDACTED]
    assert [(entry.who, entry.about) for entry in entries] == [(WHO, "liked")] * 2
    stored = instance.settings.database.read_bytes()
    assert b"signora" in stored and b"Rossi" not in stored and b"children" not in stored


def test_nothing_below_ten_is_redacted_or_told(with_crosses: Instance) -> None:
    for item, place in (("missed", "0"), ("liked", "100000"), ("liked", "x"), ("utility", "0")):
        with pytest.raises(NoSuchComment):
            commenting.redact(with_crosses.store, WAVE, item, place, None, WHO, NOW)


def test_comments_are_read_when_the_wave_is_closed(instance: Instance) -> None:
    instance.wave("open", "crossed", invited=20)
    with pytest.raises(NotClosedYet):
        commenting.comments(instance.store, "open")


def test_in_a_named_wave_comments_carry_the_organization(instance: Instance) -> None:
    groups = [{"organization": "Rossi & C"}, {"organization": "Verdi"}]
    first, second = instance.wave("firms", "organizations", groups=groups)
    item = next(item.id for item in questionnaire("organizations").items if item.kind is Kind.TEXT)
    instance.answer(first, **{item: "Thanks to Anna"})
    instance.answer(second, **{item: "More of it"})
    instance.close("firms")
    found = commenting.comments(instance.store, "firms", "anna")
    own = next(one for one in found if one.item.id == item)
    assert own.n == 2 and own.comments
    assert [(c.who, c.text) for c in own.comments] == [("Rossi & C", "Thanks to Anna")]
    done = commenting.redact(instance.store, "firms", item, own.comments[0].place, "anna", WHO, NOW)
    assert done.text == f"Thanks to {REDACTED}"
    assert b"Anna" not in instance.settings.database.read_bytes()


def test_the_command(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    crossed.close(instance)
    monkeypatch.setenv("SURVEY_INSTANCE", str(instance.settings.instance))

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        done = CliRunner().invoke(main, ["comments", *arguments], input=typed)
        return done.exit_code, done.stdout, done.stderr

    code, said, _ = run(WAVE, "--search", "caffe")
    assert code == 0 and "Il caffè" in said and "remark" not in said
    assert "fewer than 10 comments: not shown" in said and "A room" not in said
    liked, missed = json.loads(run(WAVE, "--json")[1])
    assert (liked["n"], len(liked["comments"])) == (12, 12)
    assert missed == {"item": "missed", "n": None, "comments": None, "reason": "too_few_answers"}
    place = next(c["place"] for c in liked["comments"] if "caffè" in c["text"])
    assert run("redact", WAVE, "liked", place, "--part", "Rossi", typed="n\n")[0] == 1
    assert "Rossi" in run("list", WAVE)[1]
    code, _, said = run("redact", WAVE, "liked", place, "--part", "Rossi", "--yes")
    assert code == 0 and f"signora {REDACTED}" in said
    assert "Rossi" not in run(WAVE)[1]
    assert run("redact", WAVE, "liked", place, "--part", "Rossi", "--yes")[0] == 1
