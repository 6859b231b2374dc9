"""Files of answers as other programs read them: PSPP, R, LibreOffice, openpyxl, pyreadstat."""

import csv
import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from openpyxl import load_workbook

from survey import exporting
from survey.exports.answers.formats import write_answers
from survey.exports.answers.model import Table
from survey.exports.answers.workbook import TooManyRows
from survey.language import language
from tests.cast import Instance
from tests.exports.conftest import FIRMS, NAMES, PEOPLE, WORDS

IT, EN = language("it"), language("en")
FLAT = " ".join(WORDS.split())


def run(program: str, *words: str, folder: Path) -> str:
    """What another program says; where it is missing, the tests fail in CI and say so elsewhere."""
    found = shutil.which(program)
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"NO {program}: run .ci/readers")
    assert found, f"{program} is missing: run .ci/readers"
    done = subprocess.run(
        [found, *words], cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "HOME": str(folder), "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tables(office: Instance) -> dict[str, Table]:
    """The people's answers in Italian, the firms' in English."""
    return {
        PEOPLE: exporting.table(office.store, PEOPLE, IT),
        FIRMS: exporting.table(office.store, FIRMS, EN),
    }


def rows_of(table: Table) -> list[dict[str, Any]]:
    names = [variable.name for variable in table.variables]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


def column(table: Table, name: str) -> list[Any]:
    return [row[name] for row in rows_of(table)]


def camp(table: Table) -> str:
    return next(variable.name for variable in table.variables if variable.option == "Camp+1")


def test_csv_for_programs_and_for_excel_in_italy(tables: dict[str, Table], tmp_path: Path) -> None:
    for form, wave, t in (("csv", FIRMS, EN), ("excel.csv", FIRMS, EN), ("excel.csv", PEOPLE, IT)):
        write_answers(tables[wave], form, tmp_path, f"{wave}-{form}", t)
    with (tmp_path / "firms-csv.csv").open(encoding="utf-8", newline="") as lines:
        plain = list(csv.DictReader(lines))
    assert [row["organization"] for row in plain] == sorted(NAMES)
    assert {row["comment"] for row in plain} == {WORDS}
    body = (tmp_path / "firms-excel.csv.csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf") and b"\r\n" in body
    with (tmp_path / "firms-excel.csv.csv").open(encoding="utf-8-sig", newline="") as lines:
        shown = list(csv.DictReader(lines, delimiter=";"))
    assert {row["organization"] for row in shown} == {"'=SUM(A1:A9)", "L'Aquila – Città", "007", "'+39 «Sì»"}
    assert all(row["comment"].startswith("'=") for row in shown)
    with (tmp_path / "people-excel.csv.csv").open(encoding="utf-8-sig", newline="") as lines:
        people = list(csv.DictReader(lines, delimiter=";"))
    asked = zip(column(tables[PEOPLE], "hours"), people, strict=True)
    words = {-99: "", -98: "Non so", -96: "non mostrata per questo gruppo"}
    assert all(row["hours"] == words.get(cell, str(cell).replace(".", ",")) for cell, row in asked)
    assert {row["zone"] for row in people} <= {"01", "02", "Non pertinente", "", words[-96]}


def test_pspp_reads_the_syntax_with_labels_and_missing_codes(
    tables: dict[str, Table], tmp_path: Path
) -> None:
    for wave, t in ((PEOPLE, IT), (FIRMS, EN)):
        table = tables[wave]
        write_answers(table, "sps", tmp_path, wave, t)
        with (tmp_path / f"{wave}.sps").open("a", encoding="utf-8") as syntax:
            syntax.write(f"SAVE OUTFILE='{wave}.sav'.\n")
        assert "error" not in run("pspp", f"{wave}.sps", folder=tmp_path)
        assert_sav(table, tmp_path / f"{wave}.sav")


def assert_sav(table: Table, path: Path) -> None:
    """Every cell, label, level and missing code of a file of SPSS."""
    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    assert list(frame) == [variable.name for variable in table.variables]
    for variable in table.variables:
        cells = column(table, variable.name)
        found = list(frame[variable.name])
        assert meta.column_names_to_labels[variable.name] == variable.label
        assert meta.variable_measure[variable.name] == {"text": "nominal"}.get(variable.level, variable.level)
        if variable.numeric:
            assert found == [float(cell) for cell in cells], variable.name
            assert len(meta.missing_ranges[variable.name]) == 1
        else:
            assert found == [" ".join(str(cell).split()) for cell in cells], variable.name
        labels = {
            str(code).removesuffix(".0"): label for code, label in labels_of(meta, variable.name).items()
        }
        said = [*variable.values, *variable.absences.values()]
        assert labels == {one.code: one.label for one in said}, variable.name


def labels_of(meta: Any, name: str) -> dict[Any, str]:
    labels: dict[Any, str] = meta.variable_value_labels.get(name, {})
    return labels


def test_spss_and_stata_files_say_the_same(tables: dict[str, Table], tmp_path: Path) -> None:
    table = tables[PEOPLE]
    write_answers(table, "sav", tmp_path, "a", IT)
    assert_sav(table, tmp_path / "a.sav")
    write_answers(table, "dta", tmp_path, "a", IT)
    frame, meta = pyreadstat.read_dta(tmp_path / "a.dta", user_missing=True)
    zones = {"-9": None, "-8": "a", "-6": "c", "01": 1, "02": 2}
    for cell, found in zip(column(table, "zone"), frame["zone"], strict=True):
        assert (found if isinstance(found, str) else None if found != found else int(found)) == zones[cell]
    assert labels_of(meta, "zone") == {1: "Città", 2: "=Fuori", "a": "Non pertinente"}
    assert labels_of(meta, "hours")["c"] == "non mostrata per questo gruppo"
    write_answers(tables[FIRMS], "dta", tmp_path, "f", EN)
    firms, _ = pyreadstat.read_dta(tmp_path / "f.dta")
    assert list(firms["organization"]) == sorted(NAMES)
    assert list(firms["comment"]) == [WORDS] * 4


def test_r_reads_values_labels_and_what_is_missing(tables: dict[str, Table], tmp_path: Path) -> None:
    table = tables[PEOPLE]
    write_answers(table, "R", tmp_path, "people", IT)
    write_answers(tables[FIRMS], "R", tmp_path, "firms", EN)
    (tmp_path / "ask.R").write_text(
        'source("people.R")\n'
        'tell <- function(x) cat(paste(ifelse(is.na(x), "NA", as.character(x)), collapse = "|"), "\\n")\n'
        "tell(answers$zone); tell(labelled$utility); tell(absent$hours); tell(answers$hours)\n"
        'tell(class(labelled$utility)); tell(attr(answers$utility, "label")); tell(labelled$CAMP)\n'
        'source("firms.R")\ntell(answers$organization); tell(nchar(answers$comment))\n'.replace(
            "CAMP", camp(table)
        ),
        encoding="utf-8",
    )
    told = [line.strip().split("|") for line in run("Rscript", "ask.R", folder=tmp_path).splitlines()]
    zones = column(table, "zone")
    assert told[0] == [cell if cell in ("01", "02") else "NA" for cell in zones]
    words = {"1": "Per niente d'accordo", "2": "Né sì né no", "3": "Più che d'accordo"}
    assert told[1] == [words.get(str(cell), "NA") for cell in column(table, "utility")]
    hours = column(table, "hours")
    why = {-99: "nessuna risposta", -98: "Non so", -96: "non mostrata per questo gruppo"}
    assert told[2] == [why.get(cell, "NA") for cell in hours]
    assert told[3] == ["NA" if cell in why else str(cell) for cell in hours]
    assert told[4] == ["ordered", "factor"] and told[5] == ["È stato utile, un po' almeno."]
    assert told[6] == [{0: "non scelta", 1: "scelta"}.get(cell, "NA") for cell in column(table, camp(table))]
    assert told[7] == sorted(NAMES) and told[8] == [str(len(WORDS))] * 4


def test_a_workbook_holds_numbers_as_numbers_and_no_formula(tables: dict[str, Table], tmp_path: Path) -> None:
    write_answers(tables[PEOPLE], "xlsx", tmp_path, "people", IT)
    write_answers(tables[FIRMS], "xlsx", tmp_path, "firms", EN)
    book = load_workbook(tmp_path / "people.xlsx")
    assert book.sheetnames == ["Risposte", "Codifica delle variabili", "Note"]
    sheet = book["Risposte"]
    assert sheet.freeze_panes == "A2"
    header = [cell.value for cell in sheet[1]]
    for cells, row in zip(sheet.iter_rows(min_row=2), rows_of(tables[PEOPLE]), strict=True):
        shown = dict(zip(header, cells, strict=True))
        hours = shown["hours"]
        assert hours.data_type == ("n" if row["hours"] not in (-98, -96) else "s")
        assert row["hours"] in (-99, -98, -96) or hours.value == float(row["hours"])
        assert shown["zone"].value == {"-9": None, "-8": "Non pertinente"}.get(
            row["zone"], shown["zone"].value
        )
    notes = {row[0].value: row[1].value for row in book["Note"].iter_rows()}
    assert notes["Soglia"] == "5 risposte" and tables[PEOPLE].of.release_id in notes.values()
    firms = load_workbook(tmp_path / "firms.xlsx")["Answers"]
    assert {cell.data_type for row in firms.iter_rows() for cell in row} <= {"s", "n"}
    assert [row[1].value for row in firms.iter_rows(min_row=2)] == sorted(NAMES)
    all_sheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    run("soffice", "--headless", "--convert-to", all_sheets, "people.xlsx", "firms.xlsx", folder=tmp_path)
    with (tmp_path / "firms-Answers.csv").open(encoding="utf-8", newline="") as lines:
        read = list(csv.DictReader(lines))
    assert [row["organization"] for row in read] == sorted(NAMES)
    assert {row["comment"] for row in read} == {WORDS}
    assert [row["employees"] for row in read] == [str(c) for c in column(tables[FIRMS], "employees")]
    with (tmp_path / "people-Risposte.csv").open(encoding="utf-8", newline="") as lines:
        zones = [row["zone"] for row in csv.DictReader(lines)]
    assert [z for z in zones if z in ("01", "02")] == [
        z for z in column(tables[PEOPLE], "zone") if z in ("01", "02")
    ]


def test_a_sheet_that_is_too_short_is_refused(tables: dict[str, Table], tmp_path: Path) -> None:
    with pytest.raises(TooManyRows, match="1,048,575 rows and there are 2,000,000"):
        write_answers(replace(tables[PEOPLE], number=2_000_000), "xlsx", tmp_path, "a", EN)
    assert list(tmp_path.iterdir()) == []


def test_everything_in_one_archive(tables: dict[str, Table], tmp_path: Path) -> None:
    (made,) = write_answers(tables[PEOPLE], "zip", tmp_path, "people", EN)
    shutil.unpack_archive(made, tmp_path / "unpacked")
    names = {path.name for path in (tmp_path / "unpacked").iterdir()}
    endings = (".csv", "-spss.csv", ".sps", ".R", "-codebook.csv", "-ddi.xml", "-notes.txt")
    assert names == {f"people{ending}" for ending in endings}
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["people.zip"]
    assert "FILE='people-spss.csv'" in (tmp_path / "unpacked" / "people.sps").read_text(encoding="utf-8")
    assert json.dumps(sorted(names))
