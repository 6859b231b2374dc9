"""`survey export`: whole files under their names or none, every format, the log."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey import exporting, scratch
from survey.cli import main
from survey.language import language
from tests.cast import Instance
from tests.exports.conftest import FIGURES_ONLY, FIRMS, PEOPLE


@pytest.fixture
def survey(office: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("SURVEY_INSTANCE", str(office.settings.instance))
    monkeypatch.chdir(tmp_path)

    def run(*words: str, code: int = 0) -> Result:
        done = CliRunner().invoke(main, [*words], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done

    return run


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_files_of_every_format(survey: Callable[..., Result], tmp_path: Path) -> None:
    survey("export", PEOPLE, "--out", "a.csv", "--lang", "it")
    survey("export", PEOPLE, "--out", "b.csv", "--excel")
    survey("export", PEOPLE, "--out", "c.sps")
    survey("export", PEOPLE, "--out", "d.R")
    survey("export", FIRMS, "--out", "e.zip")
    survey("export", FIGURES_ONLY, "--what", "codebook", "--out", "f.xlsx")
    survey("export", FIGURES_ONLY, "--what", "ddi", "--out", "g.xml")
    written = {"a.csv", "b.csv", "c.sps", "c.csv", "d.R", "d.csv", "e.zip", "f.xlsx", "g.xml"}
    assert names(tmp_path) == written
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "d.csv").read_bytes()
    log = survey("wave", "log", PEOPLE, "--json").stdout
    assert [e["about"] for e in json.loads(log) if e["act"] == "answers_taken"][-4:] == [
        "answers.csv", "answers.excel.csv", "answers.sps", "answers.R",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((PEOPLE, "--out", "a.doc"), "a.doc ends in no known format of answers"),
        ((PEOPLE, "--out", "a.xlsx", "--excel"), "--excel goes with .csv"),
        ((PEOPLE, "--out", "a.csv", "--what", "ddi"), "end it in one of .xml"),
        ((FIGURES_ONLY, "--out", "a.csv"), "people were told that evaluators see figures of groups only"),
        ((PEOPLE, "--out", "nowhere/a.csv"), "nowhere/a.csv cannot be written"),
        (("nothing", "--out", "a.csv"), "there is no wave nothing"),
    ],
)
def test_what_cannot_be_leaves_nothing(
    survey: Callable[..., Result], tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in survey("export", *words, code=1).output
    assert names(tmp_path) == set()


CUT = """
import os, sys
from survey.cli import main
from survey.exports.answers import plain

def cut(table, path, t):
    path.write_text("half a file")
    os._exit(9)

from survey.exports.answers import formats
formats.ANSWERS["csv"].files[".csv"] = lambda table, path, t, stem: cut(table, path, t)
main(["export", sys.argv[1], "--out", "a.csv"])
"""


def test_an_export_that_is_killed_leaves_nothing_once_another_is_made(
    survey: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("the one of yesterday")
    done = subprocess.run([sys.executable, "-c", CUT, PEOPLE], cwd=tmp_path, check=False)
    assert done.returncode == 9
    assert (tmp_path / "a.csv").read_text() == "the one of yesterday"
    (left,) = names(tmp_path) - {"a.csv"}
    assert (tmp_path / left / "a.csv").read_text() == "half a file"
    with scratch.folder(tmp_path, ".export-") as used:
        (used / "mine").touch()
        assert names(tmp_path) == {"a.csv", used.name}
        survey("export", PEOPLE, "--out", "a.csv")
        assert names(tmp_path) == {"a.csv", used.name}
        assert names(used) == {"mine"}
    assert names(tmp_path) == {"a.csv"}


def test_a_large_file_is_written_by_a_process_of_its_own(
    office: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (office.store, office.settings, PEOPLE, "zip", tmp_path, "a", language("en"))
    (here,) = exporting.write_apart(*asked)
    body = here.read_bytes()
    here.unlink()
    monkeypatch.setattr(exporting, "LARGE", 0)
    (apart,) = exporting.write_apart(*asked)
    assert apart.read_bytes() == body
