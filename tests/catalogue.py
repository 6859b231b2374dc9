"""Collects the program's sentences into the Italian catalogue and compiles it: `make translations`.

A sentence is the first string given to `t`, `text` or `say`, to a Refusal, or the first two given to
`plural` or `plural_text`; in templates to `t` or `t.plural`. New sentences come in untranslated, unused
ones go; the tests fail until every one is translated and the compiled catalogue is up to date.
"""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

SURVEY = Path(__file__).parent.parent / "survey"
PO = SURVEY / "translations" / "it" / "LC_MESSAGES" / "survey.po"
MO = PO.with_suffix(".mo")
SINGLE = {"t", "text", "say"}
PLURAL = {"plural", "plural_text"}
Message = str | tuple[str, str]
PLURALS = "nplurals=2; plural=(n != 1);"
"""Newer versions of Babel give Italian a third form, for whole millions, which no sentence here needs."""


def collected() -> dict[Message, list[str]]:
    """Every sentence of the program -> the files that say it."""
    found: dict[Message, list[str]] = {}
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SURVEY.rglob("*.py"))}
    refusals = _refusals(list(trees.values()))
    for path, tree in trees.items():
        for message in _in_python(tree, refusals):
            found.setdefault(message, []).append(str(path.relative_to(SURVEY.parent)))
    for path in sorted(SURVEY.rglob("templates/**/*.html")):
        for message in _in_template(path.read_text(encoding="utf-8")):
            found.setdefault(message, []).append(str(path.relative_to(SURVEY.parent)))
    return found


def _refusals(trees: list[ast.Module]) -> set[str]:
    """The names of Refusal and everything derived from it."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    names = {"Refusal"}
    while grown := {name for name, above in bases.items() if above & names} - names:
        names |= grown
    return names


def _in_python(tree: ast.Module, refusals: set[str]) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _called(
                _name(node.func), [_literal(one) for one in node.args], refusals | {"__init__"}
            )


def _called(name: str, strings: list[str | None], refusals: set[str]) -> Iterator[Message]:
    if name in SINGLE | refusals and strings[:1] and strings[0]:
        yield strings[0]
    if name in PLURAL and len(strings) > 1 and strings[0] and strings[1]:
        yield strings[0], strings[1]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _in_template(source: str) -> Iterator[Message]:
    for call in Environment().parse(source).find_all(nodes.Call):
        target = call.node
        name = target.attr if isinstance(target, nodes.Getattr) else getattr(target, "name", "")
        strings = [one.value if isinstance(one, nodes.Const) else None for one in call.args]
        yield from _called(name, strings, set())


def catalogue() -> Catalog:
    """The Italian catalogue as it is stored."""
    if not PO.exists():
        return Catalog("it", domain="survey")
    with PO.open("rb") as file:
        return read_po(file, locale="it", domain="survey")


def brought_up_to_date() -> Catalog:
    """The stored translations of exactly the sentences that the program says."""
    known, fresh = catalogue(), Catalog("it", project="Riscontro", domain="survey", fuzzy=False)
    fresh.mime_headers = [("Plural-Forms", PLURALS)]
    for message, files in sorted(collected().items(), key=str):
        before = known.get(message if isinstance(message, str) else message[0])
        empty: str | tuple[str, str] = "" if isinstance(message, str) else ("", "")
        fresh.add(
            message, before.string if before else empty, locations=[(file, 0) for file in sorted(set(files))]
        )
    return fresh


def compiled(of: Catalog) -> bytes:
    """The bytes that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, of)
    return buffer.getvalue()


def main() -> None:
    """Write both files and say what is left to translate."""
    fresh = brought_up_to_date()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False, include_lineno=False)
    MO.write_bytes(compiled(catalogue()))
    missing = [message.id for message in fresh if message.id and not any(message.string)]
    print(f"{len(fresh)} sentences, {len(missing)} without a translation", *missing, sep="\n  ")


if __name__ == "__main__":
    main()
