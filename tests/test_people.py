"""Lists of people as spreadsheets save them: read, judged, or refused with row, column, value and remedy."""

import io
from datetime import datetime

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from survey import tables
from survey.language import Refusal, language
from survey.people import BadAddress, Columns, Identity, Judged, judged, normalised
from survey.tables import InvalidFile
from tests.cast import questionnaire

BENEFICIARIES, ORGANIZATIONS = questionnaire("beneficiaries"), questionnaire("organizations")
ITALIAN = (
    "Nome;Cognome;Indirizzo e-mail;Lingua;Alleanza;Organizzazione;Servizio;Telefono\r\n"
    "Niccolò;D’Angiò;N.Angio@Esempio.IT;Italiano;A1;Città di Mantova;S1;02 1234\r\n"
    ";;;;;;;\r\n"
    "Zoë;Müller;zoe@example.org;inglese;A1;Città di Mantova;;\r\n"
)
EN = language("en")


def read(content: bytes, of: object = BENEFICIARIES) -> Judged:
    table = tables.read(content, "f.csv")
    return judged(of, table, Columns.of(table.header, of, "f.csv"), Identity(of).of)  # type: ignore[arg-type]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def as_sheet() -> bytes:
    rows = [line.split(";") for line in ITALIAN.splitlines()]
    return workbook(*(tuple(cell or None for cell in row) for row in rows))


@pytest.mark.parametrize(
    "content",
    [
        ITALIAN.encode("cp1252"),
        ITALIAN.encode("utf-8-sig"),
        ITALIAN.replace("\r\n", "\n").encode(),
        ITALIAN.replace("\r\n", "\r").encode(),
        ITALIAN.replace(";", "\t").encode("utf-16"),
        ITALIAN.replace(";", ",").encode(),
        b"sep=;\r\n" + ITALIAN.encode("cp1252"),
        as_sheet(),
    ],
    ids=["cp1252", "bom", "lf", "cr", "utf-16", "commas", "sep", "xlsx"],
)
def test_one_list_in_every_dress(content: bytes) -> None:
    found = read(content)
    first, second = found.people
    assert (first.email, first.name, first.language) == ("N.Angio@esempio.it", "Niccolò D’Angiò", "it")
    assert first.groups == ("A1", "Città di Mantova", "S1")
    assert (second.language, second.groups[2]) == ("en", "not_assigned")
    assert found.columns.left_out == ("Telefono",)
    assert (found.problems, second.line - first.line) == ([], 2)


def test_numbers_days_and_formulas_of_a_workbook_are_text() -> None:
    content = workbook(
        ("email", "name", "alliance", "organization"),
        ("a@example.org", "=1+1", 12.0, datetime(2026, 11, 30)),
        ("b@example.org", "'=HYPERLINK(1)", 12, True),
    )
    first, second = read(content).people
    assert first.name == ""  # no spreadsheet has computed it
    assert (first.groups[:2], second.groups[:2]) == (("12", "2026-11-30"), ("12", "True"))
    assert second.name == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("anna,A,", "email", "“anna” is no e-mail address: it has no @; write it like"),
        ("a@b.it c@d.it,A,", "email", "here goes one address"),
        ("à@example.org,A,", "email", "letters with accents before the @"),
        ("a@intranet,A,", "email", "a dot is missing"),
        ('a@example.org,"A\nBcc: x@example.org",', "name", "holds a line break or a control character"),
        ("a@example.org,A\u202eB,", "name", "holds a line break or a control character"),
        ("a@example.org,A,klingon", "language", "“klingon” is no language of this questionnaire; use it, en"),
        (",,it", "email", "neither an address nor a name"),
        ("a@example.org,A,it,too many", "", "more cells than the header"),
        (f"a@example.org,{'x' * 201},", "name", "longer than 200 characters"),
        ("ONE@Example.org,One again,", "email", "“ONE@example.org” stands in row 2 already"),
    ],
)
def test_a_problem_names_row_column_value_and_remedy(row: str, column: str, said: str) -> None:
    found = read(f"email,name,language\none@example.org,One,\n{row}\n".encode())
    (problem,) = found.problems
    assert (problem.column, said in EN(problem.text)) == (column, True), EN(problem.text)
    assert problem.line >= 3


def test_a_group_lies_in_one_parent_and_look_alikes_are_asked_about() -> None:
    head = b"email,alliance,organization\n"
    (problem,) = read(head + b"a@x.it,A1,O1\nb@x.it,A2,O1\n").problems
    assert "O1 lies in A2 here and in A1 in row 2" in EN(problem.text)
    remarks = [EN(one) for one in read(head + b"a@x.it,A1,ACME\nb@x.it,A1,Acme \nc@x.it,A1,\n").remarks]
    assert "Organization: are these one group? ACME / Acme" in remarks
    assert "Organization: people in none of its groups: 1" in remarks


def test_colleagues_of_a_named_wave_and_one_row_for_each_organization() -> None:
    head = b"organizzazione;referente;email;colleghi\n"
    found = read(head + b"O1;Anna;a@x.it;b@x.it, c@x.it\nO2;Anna;a@x.it;\n", ORGANIZATIONS)
    assert [one.colleagues for one in found.people] == [("b@x.it", "c@x.it"), ()]
    (problem,) = read(head + b"O1;A;a@x.it;\nO1;B;b@x.it;\n", ORGANIZATIONS).problems
    assert "the organization O1 stands in row 2 already" in EN(problem.text)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"email\na\0@x.it\n", "holds NUL characters"),
        (
            "email;nome\na@x.it;è\n".encode() + "b@x.it;è\n".encode("cp1252"),
            "f.csv:2: here the file is neither",
        ),
        (b'email\n"a@x.it\n', "this is no CSV"),
        (b"email\n" + b"x" * 1_000_000, "this is no CSV"),
        (b"nothing,useful\n1,2\n", "there is no column “email”"),
        (b"email,mail\na@x.it,b@x.it\n", "“email” and “mail” hold the same"),
        (
            b"email,organizzazone\na@x.it,O1\n",
            "the column “organizzazone” is not known; is “organization” meant?",
        ),
        (b"\xd0\xcf\x11\xe0 old", "is an old Excel file"),
        (b"PK\x03\x04 no zip", "is no .xlsx that can be read (BadZipFile)"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, said: str) -> None:
    with pytest.raises(InvalidFile) as refused:
        read(content)
    assert said in str(refused.value)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_bytes_raise_anything_but_a_refusal(content: bytes) -> None:
    for whole in (content, b"email;nome\n" + content, b"PK\x03\x04" + content):
        try:
            read(whole)
        except Refusal as refusal:
            EN(refusal.text)


NAMES = st.text(st.characters(codec="cp1252", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(["utf-8-sig", "utf-16", "utf-8"]))
def test_names_come_through_as_they_were_written(names: list[str], codec: str) -> None:
    import csv
    import unicodedata

    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(
        [("email", "nome"), *((f"p{n}@x.it", name) for n, name in enumerate(names))]
    )
    found = read(out.getvalue().encode(codec))
    assert [one.name for one in found.people] == [unicodedata.normalize("NFC", name) for name in names]


def test_addresses_are_normalised_without_asking_the_network() -> None:
    assert normalised(" \u200bAnna.Rossi@CITTÀ.it ") == "Anna.Rossi@xn--citt-3na.it"
    with pytest.raises(BadAddress):
        normalised("a@x.it\r\nBcc: b@x.it")


def test_a_cell_that_looks_like_a_formula_is_made_harmless() -> None:
    assert [tables.harmless(cell) for cell in ("=1", "@x", "a@x", "")] == ["'=1", "'@x", "a@x", ""]


@given(
    st.text("aZ0.+-_'\" @é", min_size=0, max_size=12)
    | st.sampled_from(["anna", "a" * 63, "a" * 64, "a..b", ".a"]),
    st.sampled_from(
        ["x.it", "X.IT", "città.it", "x", "x..it", "-x.it", "localhost", "x.test", f"{'d' * 60}.it"]
    ),
)
def test_the_short_way_of_judging_an_address_says_what_the_library_says(local: str, domain: str) -> None:
    typed = f"{local}@{domain}".strip()
    try:
        whole = validate_email(typed, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        with pytest.raises(BadAddress):
            normalised(typed)
    else:
        assert normalised(typed) == whole
