"""A file of answers is stored whole or refused whole, and every problem is named with its row."""

from dataclasses import replace

import pytest

from survey.cells import BadGroup
from survey.importing import Imported
from survey.inviting import WrongState
from survey.monitoring import standing
from survey.rows import InvalidFile, InvalidRows
from survey.store import invitations, responses
from survey.tokens import Links
from tests.cast import Instance

HEADER = "alliance,organization,service,disposition,link,utility,recommend,used,hours,comment\n"


def rows(*lines: str) -> bytes:
    return (HEADER + "\n".join(lines) + "\n").encode()


def test_rows_become_invitations_and_answers(instance: Instance) -> None:
    instance.wave("w", threshold=3)
    content = rows(
        "A1,O1,S,complete,,4,9,,,Good", "A1,O1,S,no_reply,,,,,,", "A1,O1,S,bounced,,,,,,", "A1,O1,S,,,DK,,,,"
    )
    assert numbers(instance.import_answers("w", content)) == Imported(2, 2, 4)
    with instance.store.read() as db:
        assert invitations.count(db, "w") == 4
        assert responses.spent_count(db, "w") == 2
        assert len(list(responses.bodies(db, "w"))) == 2
        assert responses.text_bodies(db, "w") == {"comment": ["Good"]}
        assert [c.values for c in invitations.cells(db, "w")] == [("A1", "O1", "S")]
        assert db.execute("SELECT count(*) FROM invitation WHERE disposition = 'bounced'").fetchone() == (1,)


def test_a_row_with_a_link_uses_it_up(instance: Instance) -> None:
    one, two, *_ = instance.wave("w", invited=5)
    link = instance.links.link(one)
    assert numbers(instance.import_answers("w", rows(f",,,,https://example.org/a/{link},4,,,,"))) == Imported(
        1, 0, 0
    )
    with pytest.raises(InvalidRows) as refused:
        instance.import_answers("w", rows(f",,,,{link},4,,,,", f",,,,{instance.links.link(two)},5,,,,"))
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(2, "link")]
    assert standing(instance.store, "w").invited == 5


PROBLEMS = {
    "a code that is none": ("A1,,,,,6,,,,", 2, "utility", "6"),
    "another digit": ("A1,,,,,³,,,,", 2, "utility", "³"),
    "a decimal comma": ('A1,,,,,"4,5",,,,', 2, "utility", "4,5"),
    "a number that is none": ("A1,,,,,,,,many,", 2, "hours", "many"),
    "an unknown disposition": ("A1,,,moved,,,,,,", 2, "disposition", "moved"),
    "answers of somebody who bounced": ("A1,,,bounced,,4,,,,", 2, "disposition", "bounced"),
    "no answers of somebody complete": ("A1,,,complete,,,,,,", 2, "disposition", "complete"),
    "an altered link": (",,,,nonsense,4,,,,", 2, "link", "not known"),
    "too few cells": ("A1,,,", 2, "", "4 cells"),
    "a reserved group": ("not_assigned,,,,,4,,,,", 2, "", "not_assigned"),
}


def numbers(done: Imported) -> Imported:
    """How many of each, whatever their groups."""
    return replace(done, unplaced={})


@pytest.mark.parametrize("line, number, column, said", PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_names_row_column_and_value(
    instance: Instance, line: str, number: int, column: str, said: str
) -> None:
    instance.wave("w", invited=4)
    before = instance.store.path.read_bytes()
    with pytest.raises(InvalidRows) as refused:
        instance.import_answers("w", rows(line))
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (number, column)
    assert said in str(Refused(problem))
    assert instance.store.path.read_bytes() == before


class Refused:
    """A problem as an English sentence."""

    def __init__(self, problem: object) -> None:
        self.problem = problem

    def __str__(self) -> str:
        from survey.language import language

        return language("en")(self.problem.text)  # type: ignore[attr-defined]


FILES = {
    "unknown columns": (b"utility,colour\n4,red\n", "colour"),
    "doubled columns": (b"utility,utility\n4,4\n", "doubled"),
    "nothing": (b"", "empty"),
    "another encoding": ("utility,comment\n4,perché\n".encode("cp1252"), "UTF-8"),
    "NUL": (b"utility\n4\0\n", "NUL"),
    "an open quotation mark": (b'utility,comment\n4,"open\n', "CSV"),
    "no column left": (b"colour\nred\n", "no column"),
}


@pytest.mark.parametrize("content, said", FILES.values(), ids=FILES)
def test_a_file_that_is_no_table_of_answers(instance: Instance, content: bytes, said: str) -> None:
    instance.wave("w")
    ignore = ("colour",) if said == "no column" else ()
    with pytest.raises(InvalidFile, match=said):
        instance.import_answers("w", content, *ignore)


def test_ignored_columns_semicolons_and_a_byte_order_mark(instance: Instance) -> None:
    instance.wave("w")
    content = "\ufeffcolour;utility;used\r\nred;4;\r\n\r\nblue;5;\r\n".encode()
    assert numbers(instance.import_answers("w", content, "colour")) == Imported(2, 0, 2)


def test_a_group_lies_inside_one_parent(instance: Instance) -> None:
    instance.wave("w")
    with pytest.raises(BadGroup, match="O1"):
        instance.import_answers("w", rows("A1,O1,,,,4,,,,", "A2,O1,,,,4,,,,"))
    assert standing(instance.store, "w").invited == 0


def test_a_named_wave_takes_each_organization_once(instance: Instance) -> None:
    instance.wave("w", "organizations", groups=[{"alliance": "A1", "organization": "O1"}])
    assert numbers(instance.import_answers("w", b"alliance,organization,employees\nA1,O2,7\n")) == Imported(
        1, 0, 1
    )
    with pytest.raises(BadGroup, match="O2"):
        instance.import_answers("w", b"alliance,organization,employees\nA1,O2,8\n")
    with instance.store.read() as db:
        assert responses.named_count(db, "w") == 1


def test_only_an_open_wave_takes_answers(instance: Instance) -> None:
    instance.wave("draft", opened=False)
    with pytest.raises(WrongState, match="draft"):
        instance.import_answers("draft", rows("A1,,,,,4,,,,"))
    instance.wave("closed", invited=5)
    instance.close("closed")
    with pytest.raises(WrongState, match="closed"):
        instance.import_answers("closed", rows("A1,,,,,4,,,,"))


def test_the_register_may_know_the_gender_of_those_who_did_not_answer(instance: Instance) -> None:
    instance.wave("w", "beneficiaries")
    content = b"disposition,gender,utility\nno_reply,woman,\ncomplete,woman,4\n"
    assert numbers(instance.import_answers("w", content)) == Imported(1, 1, 2)
    with pytest.raises(InvalidRows):
        instance.import_answers("w", b"disposition,gender,utility\nno_reply,woman,4\n")


def test_a_link_of_another_instance_is_refused(instance: Instance) -> None:
    one, *_ = instance.wave("w", invited=5)
    with pytest.raises(InvalidRows, match="1 problem"):
        instance.import_answers("w", rows(f",,,,{Links(('other',)).link(one)},4,,,,"))


def test_a_row_of_empty_cells_is_an_invitation_without_an_answer(instance: Instance) -> None:
    instance.wave("w")
    assert numbers(instance.import_answers("w", b"utility,used\n5,\n,\n,\n\n4,\n")) == Imported(2, 2, 4)


def test_an_unknown_column_is_told_what_it_may_mean(instance: Instance) -> None:
    instance.wave("w")
    with pytest.raises(InvalidFile, match=r"Alliance; the columns can be alliance: rename"):
        instance.import_answers("w", b"Alliance,utility\nA1,5\n")


def test_a_late_newcomer_never_has_a_cell_alone(instance: Instance) -> None:
    invited = instance.wave("w", groups=[{"alliance": "A1"}] * 6 + [{"alliance": "A2"}] * 6)
    instance.answer(invited[0], utility="4")
    instance.import_answers("w", b"alliance,utility\nA3,5\n")
    with instance.store.read() as db:
        assert sorted(cell.invited for cell in invitations.cells(db, "w")) == [6, 7]


def test_answers_of_a_file_to_items_not_put_to_the_person_are_dropped(instance: Instance) -> None:
    instance.wave("w", "conditional")
    content = b"alliance,gender,used,hours,time,obstacles\nA1,woman,no,many,5,cost\nA1,man,yes,2.5,5,cost\n"
    assert numbers(instance.import_answers("w", content)) == Imported(2, 0, 2, dropped=4)
    with instance.store.read() as db:
        assert sorted(body.rstrip() for body in responses.bodies(db, "w")) == [
            '{"cell":0,"answers":{"used":"no","gender":"woman"}}',
            '{"cell":0,"answers":{"used":"yes","hours":2.5,"time":5,"gender":"man"}}',
        ]
        assert [len(cell.values) for cell in invitations.cells(db, "w")] == [2]


def test_options_that_do_not_go_together_are_told_with_their_row(instance: Instance) -> None:
    instance.wave("w", "conditional")
    content = b"services,used\nnursery|none,no\nnursery|camp|vouchers|counselling,no\ncamp,no\n"
    with pytest.raises(InvalidRows) as refused:
        instance.import_answers("w", content)
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [
        (2, "services"),
        (3, "services"),
    ]


def test_a_breakdown_from_an_item_is_no_group_of_an_invitation(instance: Instance) -> None:
    with pytest.raises(BadGroup, match="gender"):
        instance.wave("w", "conditional", groups=[{"gender": "woman"}])


def test_new_invitations_without_a_group_are_told(instance: Instance) -> None:
    instance.wave("w")
    done = instance.import_answers("w", b"alliance,service,utility\nA1,,5\nA1,care,4\n,,3\n")
    assert done.unplaced == {"alliance": 1, "organization": 3, "service": 2}
