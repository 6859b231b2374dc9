"""Invitations that reach people by other ways than mail: codes, batches, open links, what is printed."""

import io
import json
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import zxingcpp
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from survey import tokens
from survey.answering import WaveClosed
from survey.cells import group_values
from survey.codes import ALPHABET, Codes, MistypedCode, canonical
from survey.handing import batches
from survey.handing.batches import BadCount, NotForNamed, UnknownBatch
from survey.handing.codes import BURST, TooManyCodes, TypedCodes, UnknownCode
from survey.handing.open_links import AllTaken, Entrances, TooManyStarts, UnknownOpenLink
from survey.handing.printing import Order, Press, UnknownForm
from survey.keys import secret_keys
from survey.monitoring import standing
from survey.paper import pages
from survey.store import audit, contacts, invitations
from survey.store.contacts import Contact
from survey.store.handed import Batch, Way
from survey.throttling import Throttle
from survey.tokens import StartTooOld
from tests.cast import NOW, Instance, questionnaire

WHO = "anna@example.org"
CODE = Codes(("key",)).code(bytes(16))


@given(st.binary(min_size=16, max_size=16), st.integers(0, 11), st.sampled_from(ALPHABET))
def test_a_code_is_read_as_it_is_typed_and_a_wrong_character_is_noticed(
    invitation: bytes, place: int, other: str
) -> None:
    code = Codes(("key",)).code(invitation)
    assert canonical(f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ") == code
    plain = code.replace("-", "")
    if plain[place] != other:
        with pytest.raises(MistypedCode):
            canonical(plain[:place] + other + plain[place + 1 :])
    swapped = plain[: place - 1] + plain[place] + plain[place - 1] + plain[place + 1 :] if place else plain
    if swapped != plain:
        with pytest.raises(MistypedCode):
            canonical(swapped)


@pytest.mark.parametrize("typed", ["", "XXXX", CODE + "0", CODE[:-1], "U" * 12, "³" * 12, "\x00" * 12])
def test_what_is_no_code(typed: str) -> None:
    with pytest.raises(MistypedCode):
        canonical(typed)


def test_a_throttle_fills_again() -> None:
    throttle = Throttle(2, 1.0)
    assert [throttle.take("a", 0.0) for _ in range(3)] == [True, True, False]
    assert throttle.take("b", 0.0)
    assert (throttle.take("a", 0.5), throttle.take("a", 1.0)) == (False, True)


Made = Callable[..., Batch]


@pytest.fixture
def made(instance: Instance) -> Made:
    instance.wave("w", "beneficiaries", invited=6)

    def make(way: Way, count: int = 5, **groups: str) -> Batch:
        values = group_values(questionnaire("beneficiaries"), groups)
        return batches.make(instance.store, instance.mark_keys, "w", way, values, count, WHO, NOW)

    return make


@pytest.fixture
def press(instance: Instance) -> Press:
    return Press(instance.store, instance.settings, secret_keys(instance.settings))


def entrances(instance: Instance) -> Entrances:
    return Entrances(instance.store, secret_keys(instance.settings))


def log(instance: Instance) -> list[tuple[str, str]]:
    with instance.store.read() as db:
        return [(one.act, one.about) for one in audit.of_wave(db, "w") if one.act != audit.OPENED]


def test_links_for_a_partner_are_text_in_a_workbook_and_the_log_tells_how_many(
    instance: Instance, made: Made, press: Press
) -> None:
    batch = made(Way.LINKS, 3, alliance="A1", organization="=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO(press.merge_file("w", batch.id, "xlsx", WHO, NOW)))
    rows = list(book.active.iter_rows())
    assert [cell.value for cell in rows[0]] == ["link", "code", "alliance", "organization", "service"]
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    table = press.merge_file("w", batch.id, "csv", WHO, NOW).decode("utf-8-sig").splitlines()
    assert table[1].split(";")[:2] == [rows[1][0].value, rows[1][1].value]
    assert "'=HYPERLINK(1)" in table[1]
    assert log(instance) == [
        ("links_made", "3, alliance=A1, organization==HYPERLINK(1)"),
        *[("links_listed", "3, alliance=A1, organization==HYPERLINK(1)")] * 2,
    ]
    assert standing(instance.store, "w").invited == 9
    link = rows[1][0].value.rpartition("/")[2]
    instance.answering.open(link, NOW)
    with pytest.raises(UnknownForm):
        press.merge_file("w", batch.id, "exe", WHO, NOW)


def test_places_of_open_links_and_paper_are_listed_nowhere(instance: Instance, made: Made) -> None:
    made(Way.LINKS, 2), made(Way.OPEN, 3), made(Way.PAPER, 4)
    assert len(batches.listed(instance.store, "w", None, WHO, NOW)) == 6 + 2


def test_no_batch_of_another_wave_and_no_mad_number(instance: Instance, made: Made) -> None:
    batch = made(Way.LINKS)
    instance.wave("other", "beneficiaries", invited=5)
    with pytest.raises(UnknownBatch):
        batches.listed(instance.store, "other", batch.id, WHO, NOW)
    with pytest.raises(BadCount):
        made(Way.LINKS, 0)
    instance.wave("named", "organizations")
    with pytest.raises(NotForNamed):
        batches.make(instance.store, instance.mark_keys, "named", Way.OPEN, ("a",), 1, WHO, NOW)


def test_a_code_finds_its_invitation_under_an_old_key_too_and_guessing_is_slow(
    instance: Instance, made: Made, press: Press
) -> None:
    batch = made(Way.LINKS, 2)
    row = press.merge_file("w", batch.id, "csv", WHO, NOW).decode("utf-8-sig").splitlines()[1]
    link, code = row.split(";")[:2]
    rotated = TypedCodes(instance.store, Codes(("new", *secret_keys(instance.settings))))
    assert rotated.invitation(code.lower(), 0.0) == instance.links.invitation(link.rpartition("/")[2])
    with pytest.raises(UnknownCode):
        TypedCodes(instance.store, Codes(("stolen database",))).invitation(code, 0.0)
    assert code.encode() not in instance.settings.database.read_bytes()
    for number in range(BURST):
        with pytest.raises(UnknownCode):
            rotated.invitation(Codes(("x",)).code(number.to_bytes(16, "big")), 0.0)
    with pytest.raises(TooManyCodes):
        rotated.invitation(code, 0.0)
    rotated.invitation(code, 5.0)


def test_a_double_click_takes_one_place_and_all_are_handed_out_once(instance: Instance, made: Made) -> None:
    batch, doors = made(Way.OPEN, 3, alliance="A1"), entrances(instance)
    opened = doors.open(doors.token(batch.id), NOW)
    first, second, third = (doors.fresh(opened) for _ in range(3))
    one = doors.start(opened, first, 0.0)
    assert doors.start(opened, first, 0.0) == one
    assert len({one, doors.start(opened, second, 0.0), doors.start(opened, third, 0.0)}) == 3
    with pytest.raises(AllTaken):
        doors.fresh(doors.open(doors.token(batch.id), NOW))
    with pytest.raises(AllTaken):
        doors.start(opened, doors.fresh(opened), 0.0)
    assert doors.start(opened, first, 0.0) == one
    with pytest.raises(StartTooOld):
        doors.start(opened, "A" + first, 0.0)


def test_opening_an_open_link_changes_nothing(instance: Instance, made: Made) -> None:
    batch, doors = made(Way.OPEN), entrances(instance)
    before = instance.settings.database.read_bytes()
    doors.fresh(doors.open(doors.token(batch.id), NOW))
    assert instance.settings.database.read_bytes() == before


def test_starts_are_few_at_a_time(instance: Instance, made: Made) -> None:
    batch, doors = made(Way.OPEN, 130), entrances(instance)
    opened = doors.open(doors.token(batch.id), NOW)
    with pytest.raises(TooManyStarts):
        for _ in range(130):
            doors.start(opened, doors.fresh(opened), 0.0)
    doors.start(opened, doors.fresh(opened), 1.0)


def test_a_withdrawn_link_and_a_closed_wave_hand_nothing_out(instance: Instance, made: Made) -> None:
    batch, other, doors = made(Way.OPEN, 4), made(Way.OPEN, 4, alliance="A2"), entrances(instance)
    opened = doors.open(doors.token(batch.id), NOW)
    taken = doors.start(opened, doors.fresh(opened), 0.0)
    batches.withdraw(instance.store, "w", batch.id, WHO, NOW)
    with pytest.raises(AllTaken):
        doors.start(opened, doors.fresh(opened), 0.0)
    instance.answer(taken, utility="4")
    with instance.store.read() as db:
        withdrawn = [one for one in invitations.of_wave(db, "w") if one.disposition == "withdrawn"]
    assert len(withdrawn) == 3
    instance.close("w")
    with pytest.raises(WaveClosed):
        doors.open(doors.token(other.id), NOW)
    with pytest.raises(UnknownOpenLink):
        doors.open(instance.links.link(batch.id), NOW)


def test_open_links_stand_beside_the_results_in_steps_while_the_wave_is_open(
    instance: Instance, made: Made
) -> None:
    assert standing(instance.store, "w").open_links_said is None
    batch, doors = made(Way.OPEN, 8), entrances(instance)
    opened = doors.open(doors.token(batch.id), NOW)
    for _ in range(6):
        doors.start(opened, doors.fresh(opened), 0.0)
    assert standing(instance.store, "w").to_json()["by_open_links"] == 5
    instance.close("w")
    said = standing(instance.store, "w").open_links_said
    assert said is not None and (said.values["all"], said.values["n"].values["n"]) == (14, 6)


def qr_in(image: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image)))
    return str(found.text)


def add_people(instance: Instance) -> None:
    with instance.store.write() as db:
        ids = [one.id for one in invitations.of_wave(db, "w")][:4]
        people = (("", "Anna <b>Rossi</b> & {{ 1 }}", None, False), ("b@example.org", "Bo", "550", False),
                  ("c@example.org", "Cy", None, False), ("", "Di", None, True))  # fmt: skip
        contacts.add(db, [
            Contact(tokens.new_id(), one, "w", email, name, bounced=bounced, opted_out=out)
            for one, (email, name, bounced, out) in zip(ids, people, strict=True)
        ])  # fmt: skip


def test_letters_hold_link_and_code_and_their_qr_codes_can_be_scanned(
    instance: Instance, made: Made, press: Press
) -> None:
    add_people(instance)
    with instance.store.write() as db:
        db.execute("UPDATE wave SET contact = 'own@example.org' WHERE id = 'w'")
    html = press.letters("w", Order("letters", "unreachable", "it", "html"), WHO, NOW).decode()
    assert "own@example.org" in html
    assert html.count("<article") == 2
    assert "Anna &lt;b&gt;Rossi&lt;/b&gt; &amp; {{ 1 }}" in html and "<b>Rossi" not in html
    assert "Gentile Bo," in html and "<script" not in html and 'style="' not in html
    body = press.letters("w", Order("letters", "unreachable", "en", "docx"), WHO, NOW)
    document = Document(io.BytesIO(body))
    said = [one.text for one in document.paragraphs]
    assert "Dear Anna <b>Rossi</b> & {{ 1 }}," in said
    links = [one for one in said if "/a/" in one]
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        pictures = [packed.read(name) for name in sorted(packed.namelist()) if name.endswith(".png")]
    assert sorted(map(qr_in, pictures)) == sorted(links) and len(links) == 2
    codes = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", html)
    assert codes == [one for one in said if re.fullmatch(r"[0-9A-Z-]{14}", one)]
    found = TypedCodes(instance.store, Codes(secret_keys(instance.settings))).invitation(codes[0], 0.0)
    assert press.link(found) in html
    assert log(instance)[-1] == ("letters_made", "2")


def test_a_name_is_torn_off_an_anonymous_sheet(instance: Instance, made: Made, press: Press) -> None:
    add_people(instance)
    html = press.letters("w", Order("sheets", "unreachable", "en", "html"), WHO, NOW).decode()
    for sheet in html.split("<article")[1:]:
        strip, below = sheet.split("<h1>")
        assert "tear it off" in strip
        assert not any(name in below for name in ("Rossi", "Bo<"))
    body = press.letters("w", Order("sheets", "unreachable", "en", "docx"), WHO, NOW)
    said = [one.text for one in Document(io.BytesIO(body)).paragraphs]
    assert said[0] in ("Anna <b>Rossi</b> & {{ 1 }}", "Bo") and "tear it off" in said[1]
    [named] = instance.wave("n", "organizations", groups=[{"organization": "O1"}])
    with instance.store.write() as db:
        contacts.add(db, [Contact(tokens.new_id(), named, "n", "", "Office 1")])
    sheet = press.letters("n", Order("sheets", "unreachable", "en", "html"), WHO, NOW).decode()
    assert "tear it off" not in sheet and "<p>Office 1</p>" in sheet


def test_a_poster_speaks_both_languages_and_its_code_leads_to_the_open_link(
    instance: Instance, made: Made, press: Press
) -> None:
    batch = made(Way.OPEN, 5, alliance="<A1>")
    address = press.address(batch)
    assert qr_in(press.poster("w", batch, "png")) == address
    assert press.poster("w", batch, "svg").startswith(b"<?xml")
    html = press.poster("w", batch, "html").decode()
    assert address in html and "Prema «Inizia»" in html and "Press “Start”" in html and "&lt;A1&gt;" in html
    digest = re.search(r"sha256-([^']+)", pages.policy())
    assert digest and entrances(instance).open(address.rpartition("/")[2], NOW).batch == batch


@pytest.mark.parametrize("name", ["conditional", "all_kinds", "organizations"])
def test_the_sheet_holds_every_question_condition_and_box(
    instance: Instance, press: Press, name: str
) -> None:
    instance.wave("p", name, opened=False)
    asked = questionnaire(name)
    html = press.sheet("p", "en", "html", "the desk <i>").decode()
    document = Document(io.BytesIO(press.sheet("p", "en", "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    word = "\n".join([*(one.text for one in document.paragraphs), *cells])
    boxes = sum(len(item.labels) + bool(item.not_applicable) for item in asked.items)
    assert html.count('class="x"') == word.count("\u2610") == boxes
    assert "the desk &lt;i&gt;" in html
    for item in asked.items:
        english = item.text.get("en") or next(iter(item.text.values()))
        assert english in word, json.dumps(item.text)
    conditions = sum(item.show_if is not None for item in asked.items)
    assert bool(conditions) == ("Only if" in html) == ("Only if" in word)
