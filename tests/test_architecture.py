"""Who may import whom: the table of the rooms, held against the code."""

import ast
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SURVEY = ROOT / "survey"

FIGURES = {"definitions", "indicators", "release", "counts", "narrative"}
STORING = {"answering", "cells", "counts", "definitions", "keys", "store", "submission", "tokens"}

MAY_IMPORT: dict[str, set[str]] = {
    "language": set(),
    "settings": set(),
    "counts": set(),
    "tokens": set(),
    "numerals": set(),
    "cells": {"counts", "definitions"},
    "tables": set(),
    "rows": {"cells", "definitions", "submission", "tables", "tokens"},
    "people": {"cells", "counts", "definitions", "rows", "tables"},
    "simulating": {"cells", "counts", "definitions", "disclosure"},
    "uploads": set(),
    "population": set(),
    "mail": {"settings"},
    "reaching": {"mail", "store", "tokens"},
    "composing": {"definitions", "mail", "settings", "store", "tokens"},
    "mailing": {"answering", "composing", "mail", "monitoring", "reaching", "store", "tokens"},
    "courier": {
        *("answering", "composing", "inviting", "keys", "mail", "mailing", "reaching", "settings"),
        *("store", "tokens"),
    },
    "demonstration": set(),
    "definitions": set(),
    "keys": {"settings", "tokens"},
    "submission": {"definitions", "numerals"},
    "counting": {"definitions", "counts"},
    "disclosure": {"definitions", "counts"},
    "release": {"counts"},
    "merging": {"counts", "definitions", "pairs", "release"},
    "pairs": set(),
    "indicators": {"pairs", "definitions", "counts", "release"},
    "changes": {"counts", "definitions", "indicators"},
    "narrative": {"changes", "pairs", "definitions", "counts", "indicators"},
    "charts": FIGURES | {"changes", "rates"},
    "gallery": {"charts", "definitions"},
    "preview": {"definitions", "narrative"},
    "store": {"cells", "counts", "definitions", "mail", "population", "release"},
    "answering": STORING - {"answering", "cells", "counts"},
    "drafting": {"answering", "cells", "definitions", "store", "submission"},
    "notice": {"definitions", "settings", "store"},
    "reopening": {"answering", "cells", "counts", "definitions", "drafting", "store"},
    "inviting": STORING,
    "codes": set(),
    "throttling": set(),
    "paper": {"definitions", "tables"},
    "handing": STORING | {"codes", "inviting", "paper", "settings", "throttling"},
    "keying": STORING | {"codes", "handing", "inviting"},
    "importing": STORING | {"inviting", "rows"},
    "enrolling": STORING - {"answering", "submission"}
    | {"inviting", "people", "rows", "simulating", "tables"},
    "coarsening": {"cells", "counts", "definitions"},
    "releasing": {"pairs", "cells", "counts", "definitions", "disclosure", "release", "store"},
    "publishing": STORING | {"coarsening", "counting", "inviting", "release", "releasing"},
    "rates": set(),
    "monitoring": {"answering", "counting", "counts", "definitions", "rates", "store"},
    "versions": {"definitions", "store"},
    "shelf": {"definitions"},
    "preparing": {
        *(
            "answering",
            "definitions",
            "inviting",
            "monitoring",
            "notice",
            "population",
            "publishing",
            "store",
        ),
        "versions",
    },
    "closing": {"keys", "publishing", "settings", "store"},
    "admitting": {"mail", "settings", "store", "tokens"},
    "web.public": {
        *("answering", "codes", "counts", "definitions", "drafting", "handing", "notice", "reaching"),
        *("settings", "store", "submission", "tokens"),
    },
    "web.access": {
        *(
            "definitions",
            "gallery",
            "indicators",
            "keys",
            "release",
            "settings",
            "store",
            "tokens",
            "uploads",
        ),
        "web.sessions",
    },
    "web.knocking": {"admitting", "mail", "settings", "store"},
    "web.trying": {
        *("answering", "definitions", "preparing", "shelf", "store", "submission"),
        *("web.access", "web.evaluators", "web.public"),
    },
    "web.sessions": set(),
    "web.problems": {
        "answering",
        "definitions",
        "handing",
        "settings",
        "store",
        "submission",
        "tokens",
        "web.public",
        "web.evaluators",
    },
    "web.evaluators": FIGURES
    | {
        *("admitting", "closing", "notice", "preparing", "preview", "shelf", "web.knocking"),
        "answering",
        "cells",
        "changes",
        *("composing", "mail", "mailing", "reaching"),
        "charts",
        "codes",
        "enrolling",
        "gallery",
        "handing",
        "inviting",
        "keying",
        "keys",
        "paper",
        "submission",
        "monitoring",
        "publishing",
        "rates",
        "settings",
        "simulating",
        "store",
        "tables",
        "tokens",
        "uploads",
        "web.access",
    },
}
EVERYTHING = {"cli", "web"}
PURE = {
    *("codes", "paper", "throttling"),
    *("cells", "changes", "coarsening", "counting", "counts", "definitions", "demonstration", "disclosure"),
    *(
        "indicators",
        "language",
        "merging",
        "narrative",
        "numerals",
        "pairs",
        "population",
        "preview",
        "release",
    ),
    *("people", "rates", "releasing", "rows", "simulating", "submission", "tables", "tokens", "uploads"),
}
OUTSIDE = {
    "itsdangerous": {"tokens"},
    "jsonschema": {"definitions"},
    "numpy": {"counts", "counting", "disclosure", "indicators", "simulating"},
    "openpyxl": {"tables"},
    "email_validator": {"people"},
    "matplotlib": {"charts"},
    "sqlite3": {"store"},
    "sqlite_utils": {
        "store",
        "answering",
        "drafting",
        "reopening",
        "handing",
        "inviting",
        "importing",
        "enrolling",
        "publishing",
        "monitoring",
        *("composing", "courier", "mailing", "reaching"),
    },
    "flask": {
        *("web", "web.sessions", "web.public", "web.evaluators", "web.access", "web.problems", "web.trying"),
        "cli",
    },
    "flask_wtf": {"web.evaluators"},
    "segno": {"paper"},
    "docx": {"paper"},
    "xlsxwriter": {"paper"},
    "wtforms": {"web.evaluators"},
    "smtplib": {"mail"},
    "babel": {"language"},
    "waitress": {"cli"},
    "click": {"cli"},
}


def room(module: str) -> str:
    """`survey.web.public.pages` -> `web.public`; `survey.store.waves` -> `store`."""
    parts = module.split(".")[1:]
    if parts[:1] == ["web"] and len(parts) > 1:
        return ".".join(parts[:2])
    return parts[0] if parts else ""


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            packages = base in ("survey", "survey.web", "survey.cli")
            found |= {f"{base}.{alias.name}" for alias in node.names} if packages else {base}
    return found


FILES = sorted(SURVEY.rglob("*.py"))
MODULES = {
    path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES
}


@pytest.mark.parametrize("path", FILES, ids=MODULES.get)
def test_a_room_imports_only_what_the_table_allows(path: Path) -> None:
    own = room(MODULES[path])
    if own in EVERYTHING or not own:
        return
    used = {room(name) for name in imports(path) if name.startswith("survey.")} - {own, "language", ""}
    assert used <= MAY_IMPORT[own], f"{MODULES[path]} imports {used - MAY_IMPORT[own]}"


@pytest.mark.parametrize("path", FILES, ids=MODULES.get)
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    own = room(MODULES[path])
    for name in imports(path):
        allowed = OUTSIDE.get(name.split(".")[0])
        assert allowed is None or own in allowed, f"{MODULES[path]} imports {name}"


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_rooms_never_look_at_the_clock(name: str) -> None:
    for path, module in MODULES.items():
        if room(module) == name:
            text = path.read_text(encoding="utf-8")
            assert not any(clock in text for clock in (".now(", ".today(", "time.time", "utcnow")), module


def test_sql_lives_in_the_store() -> None:
    for path, module in MODULES.items():
        if room(module) != "store":
            text = path.read_text(encoding="utf-8")
            assert not any(word in text for word in ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM")), (
                module
            )


def test_nothing_imports_the_pages_or_the_command() -> None:
    for path, module in MODULES.items():
        if room(module).split(".")[0] not in EVERYTHING:
            assert not {name for name in imports(path) if room(name).split(".")[0] in EVERYTHING}, module


def test_no_import_cycle_between_rooms() -> None:
    for name, allowed in MAY_IMPORT.items():
        if not name.startswith("web"):
            assert not any(name in MAY_IMPORT.get(other, set()) for other in allowed), name


def test_serving_respondents_never_loads_matplotlib() -> None:
    code = "import sys, survey.web; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_package_is_installed() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    packages = {module for path, module in MODULES.items() if path.name == "__init__.py"}
    assert listed == packages | {"survey.questionnaires"}


def test_the_map_names_every_room() -> None:
    described = (SURVEY / "__init__.py").read_text(encoding="utf-8")
    rooms = {
        entry.name for entry in SURVEY.iterdir() if entry.suffix == ".py" or (entry / "__init__.py").exists()
    }
    assert [name for name in sorted(rooms - {"__init__.py"}) if name not in described] == []
