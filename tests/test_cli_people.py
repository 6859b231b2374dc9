"""`survey people`, `survey wave simulate` and `survey erase`, from a file to the log."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import main


def survey(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, [*words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def test_people_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.chdir(tmp_path)
    survey("wave", "create", "w", "--questionnaire", "beneficiaries")
    rows = "".join(f"p{n}@example.org;=P{n};A1;O{n % 3}\r\n" for n in range(30))
    Path("people.csv").write_bytes(("email;nome;alleanza;organizzazione\r\n" + rows).encode("cp1252"))
    tried = survey("people", "import", "w", "people.csv", "--dry-run").stderr
    assert "30 added, 0 changed, 0 as they were" in tried
    assert "threshold 5, 30 % answering: " in tried
    assert json.loads(survey("people", "list", "w", "--json").stdout) == []
    survey("people", "import", "w", "people.csv")
    assert survey("people", "list", "w").stdout.splitlines()[1] == "p0@example.org,'=P0,,A1,O0,,"
    Path("list.csv").write_text(survey("people", "list", "w").stdout, encoding="utf-8")
    assert (
        "0 added, 0 changed, 30 as they were"
        in survey("people", "import", "w", "list.csv", "--dry-run").stderr
    )
    assert "choose others" in survey("letters", "w", "--whom", "paper", "--out", "x.html", code=1).stderr
    survey("people", "correct", "w", "P1@example.org", "--email", "new@example.org")
    survey("people", "withdraw", "w", "new@example.org")
    survey(
        "people",
        "add",
        "w",
        "--email",
        "z@example.org",
        "--group",
        "alliance=A1",
        "--group",
        "organization=O1",
    )
    assert "p1@example.org: 0" in survey("people", "correct", "w", "p1@example.org", code=1).stderr
    (five,) = (one for one in json.loads(survey("wave", "simulate", "w", "--rate", "100", "--json").stdout)
               if one["threshold"] == 5)  # fmt: skip
    assert five["by"]["organization"] == {"groups": 3, "reportable": 3, "low": 3, "high": 3, "pooled": []}
    Path("bad.csv").write_text("email\nnobody\n")
    refused = survey("people", "import", "w", "bad.csv", code=1).stderr
    assert "bad.csv:2: email: “nobody” is no e-mail address" in refused
    assert "contacts erased: 31" in survey("erase", "contacts", "w").stderr
    log = survey("wave", "log", "w").stdout
    assert "example.org" not in log
    assert log.count("people imported") == 2
