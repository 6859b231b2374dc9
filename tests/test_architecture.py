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
    "scratch": set(),
    "population": set(),
    "mail": {"settings"},
    "reaching": {"mail", "store", "tokens"},
    "composing": {"definitions", "mail", "settings", "store", "tokens"},
    "mailing": {"answering", "mail", "monitoring", "reaching", "store", "tokens"},
    "phrasing": {"composing", "mail", "store"},
    "posted": {"mail", "monitoring", "store"},
    "returning": {"answering", "mail", "reaching", "store"},
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
    "adding": {"counts", "pairs", "release"},
    "merging": {"adding", "counts", "definitions", "pairs", "release"},
    "pairs": set(),
    "indicators": {"pairs", "definitions", "counts", "release"},
    "changes": {"counts", "definitions", "indicators", "study"},
    "narrative": {"changes", "pairs", "definitions", "counts", "indicators", "study"},
    "charts": FIGURES | {"changes", "rates", "study"},
    "study": {"counting", "counts", "definitions", "pairs", "release"},
    "reporting": {
        *("changes", "charts", "definitions", "exports", "gallery", "giving", "monitoring", "settings"),
        "store",
    },
    "supplements": {"counts", "definitions", "release"},
    "supplementing": {
        *("counting", "definitions", "indicators", "publishing", "release", "releasing", "store"),
        "supplements",
    },
    "gallery": {"charts", "definitions"},
    "exports": FIGURES | {"changes", "charts", "merging", "pairs", "placing", "tables"},
    "filing": {
        *(
            "changes",
            "charts",
            "definitions",
            "exports",
            "gallery",
            "giving",
            "indicators",
            "merging",
            "release",
            "settings",
            "store",
            "study",
        )
    },
    "exporting": {
        *(
            "answering",
            "cells",
            "counts",
            "definitions",
            "exports",
            "placing",
            "release",
            "settings",
            "store",
        ),
    },
    "preview": {"definitions", "narrative"},
    "store": {
        *(
            "cells",
            "counts",
            "definitions",
            "mail",
            "merging",
            "population",
            "release",
            "study",
            "supplements",
        )
    },
    "answering": STORING - {"answering", "cells", "counts"},
    "drafting": {"answering", "cells", "definitions", "store", "submission"},
    "notice": {"definitions", "settings", "store"},
    "reopening": {"answering", "cells", "counts", "definitions", "drafting", "store"},
    "commenting": {"definitions", "store"},
    "anonymity": {"definitions", "keys", "store", "tokens"},
    "inviting": STORING,
    "codes": set(),
    "throttling": set(),
    "paper": {"definitions", "tables"},
    "handing": STORING | {"codes", "inviting", "paper", "settings", "throttling"},
    "keying": STORING | {"codes", "handing", "inviting"},
    "importing": STORING | {"inviting", "rows"},
    "recognising": {"keys", "people", "store", "tokens"},
    "enrolling": STORING - {"answering", "submission"}
    | {"inviting", "people", "recognising", "rows", "simulating", "tables"},
    "studying": {"answering", "counting", "definitions", "inviting", "keys", "store", "study", "tokens"},
    "coarsening": {"cells", "counts", "definitions"},
    "placing": {"cells", "counts", "definitions", "release"},
    "releasing": {"pairs", "cells", "counts", "definitions", "disclosure", "release", "store"},
    "publishing": STORING
    | {"coarsening", "counting", "inviting", "placing", "release", "releasing", "studying"},
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
        *("keys", "studying", "versions"),
    },
    "closing": {"keys", "publishing", "settings", "store"},
    "admitting": {"cells", "counts", "definitions", "mail", "settings", "store", "tokens"},
    "public": {"counts", "definitions", "indicators", "pairs", "release"},
    "giving": {
        *("answering", "counting", "counts", "definitions", "public", "release", "releasing", "store"),
    },
    "partnering": {"answering", "cells", "definitions", "giving", "release", "store", "tokens"},
    "web.public": {
        *("answering", "codes", "counts", "definitions", "drafting", "handing", "notice", "reaching"),
        *("settings", "store", "submission", "tokens"),
    },
    "web.sharing": {
        *("cells", "charts", "definitions", "gallery", "giving", "indicators", "monitoring", "store"),
    },
    "web.partners": {
        *("cells", "gallery", "partnering", "settings", "store", "web.sharing", "web.evaluators"),
    },
    "web.access": {
        *(
            "admitting",
            "cells",
            "definitions",
            "gallery",
            "indicators",
            "keys",
            "merging",
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
        "partnering",
        "settings",
        "store",
        "submission",
        "tokens",
        "web.public",
        "web.evaluators",
    },
    "web.evaluators": FIGURES
    | {
        *("partnering", "web.sharing"),
        *("admitting", "closing", "commenting", "notice", "preparing", "preview", "shelf", "web.knocking"),
        *("study", "studying", "supplementing"),
        "answering",
        "cells",
        "changes",
        *("composing", "mail", "mailing", "phrasing", "posted", "reaching", "returning"),
        "charts",
        *("exports", "reporting"),
        "codes",
        "enrolling",
        *("exporting", "exports", "filing", "scratch"),
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
SHARED_WITH_PARTNERS = {"survey.web.evaluators.beside", "survey.web.evaluators.words"}
"""Of the evaluators' room, what partners' pages are made of: values without Flask, guards or sessions."""
EVERYTHING = {"cli", "web"}
PURE = {
    *("codes", "exports", "paper", "throttling"),
    *("cells", "changes", "coarsening", "counting", "counts", "definitions", "demonstration", "disclosure"),
    *(
        "indicators",
        "language",
        "adding",
        "merging",
        "narrative",
        "numerals",
        "pairs",
        "population",
        "preview",
        "public",
        "release",
    ),
    *(
        "people",
        "placing",
        "rates",
        "releasing",
        "rows",
        "simulating",
        "study",
        "submission",
        "supplements",
        "tables",
        "tokens",
        "uploads",
    ),
}
OUTSIDE = {
    "itsdangerous": {"tokens"},
    "jsonschema": {"definitions"},
    "numpy": {"counts", "counting", "disclosure", "indicators", "simulating", "study"},
    "openpyxl": {"exports", "tables"},
    "email_validator": {"people"},
    "matplotlib": {"charts"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "flask": {
        *("web", "web.sessions", "web.public", "web.evaluators", "web.access", "web.problems", "web.trying"),
        "web.partners",
        "cli",
    },
    "flask_wtf": {"web.evaluators"},
    "segno": {"paper"},
    "docx": {"exports", "paper"},
    "xlsxwriter": {"exports", "paper"},
    "pyreadstat": {"exports"},
    "pandas": {"exports"},
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
            packages = base in ("survey", "survey.web", "survey.web.evaluators", "survey.cli")
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


def test_partners_share_nothing_of_the_evaluators_but_pure_modules() -> None:
    used = {module: imports(path) for path, module in MODULES.items()}
    partners = set().union(*(names for module, names in used.items() if room(module) == "web.partners"))
    waiting = {name for name in partners if room(name) == "web.evaluators"}
    assert waiting == SHARED_WITH_PARTNERS
    reached: set[str] = set()
    while waiting:
        module = waiting.pop()
        reached.add(module)
        assert not used[module] & {"flask", "flask_wtf", "survey.web.access"}, module
        waiting |= {name for name in used[module] if room(name) == "web.evaluators"} - reached


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
