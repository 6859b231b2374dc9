"""The scripts of respondents' pages, and what of a questionnaire they are told.

Each kind of page has one script, put together from the parts in templates/public/script. They are
squeezed beforehand, as catalogues are compiled beforehand: `make scripts`.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from survey.definitions.model import AllOf, AnyOf, Condition, Item, Mode, Operator, Section

PARTS = Path(__file__).parents[1] / "templates" / "public" / "script"
SQUEEZED = PARTS / "squeezed"

BEFORE = """
(() => {
  const root = document.documentElement;
  root.className = "js";
  document.addEventListener("DOMContentLoaded", () => {
    try {
"""
AFTER = """
    } catch {
      root.className = "";
    }
  });
})();
"""
"""Around the parts: the page is marked before anything is drawn, and no more if anything fails."""

KEEPING: Mapping[str, tuple[str, ...]] = {
    "preview": (),
    Mode.ANONYMOUS.value: ("key", "device"),
    Mode.NAMED.value: ("draft",),
}
"""What keeps unsent answers, by kind of form."""

KEPT_AS: Mapping[Mode, str] = {
    Mode.ANONYMOUS: Mode.ANONYMOUS.value,
    Mode.PANEL: Mode.ANONYMOUS.value,
    Mode.NAMED: Mode.NAMED.value,
}
"""The kind of form of each mode."""

SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "over": ("key", "over"),
    "choice": ("form", "keys", "sending"),
    **{kind: ("form", *keeping, "keys", "sending") for kind, keeping in KEEPING.items()},
    **{f"{kind}-if": ("form", "conditions", *parts, "keys", "sending") for kind, parts in KEEPING.items()},
    "anonymous-pages": ("form", "key", "device", "pages", "keys", "sending"),
    "anonymous-if-pages": ("form", "conditions", "key", "device", "pages", "keys", "sending"),
}
"""The scripts and their parts: where nothing can be sent any more, where two versions stand side by side,
and where a form stands, with conditions ("-if") or without, as one of several pages ("-pages") or alone."""


def source(name: str) -> str:
    """A script as it is written."""
    parts = [(PARTS / f"{part}.js").read_text(encoding="utf-8") for part in SCRIPTS[name]]
    return "\n".join([BEFORE, *parts, AFTER])


def squeezed_scripts() -> dict[str, str]:
    """Every script by name, as pages carry it."""
    return {name: (SQUEEZED / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS}


def form_script(kind: str, sections: Iterable[Section], alone: bool) -> str:
    """The name of the script for a form with these sections; `kind` is a mode, or "preview".

    `alone`: the form has no other page. Named waves keep what other pages hold on the server.
    """
    conditional = any(item.show_if for section in sections for item in section.items)
    paged = not alone and kind == Mode.ANONYMOUS.value
    return f"{kind}{'-if' * conditional}{'-pages' * paged}"


def as_json(condition: Condition) -> str:
    """A condition as compact JSON.

    `[item, [codes]]` for IN, `[item, [codes], 1]` for NOT_IN, `[item, least]` for AT_LEAST, and
    `{"all": [...]}` or `{"any": [...]}` over others.
    """
    return json.dumps(_data(condition), separators=(",", ":"))


def _data(condition: Condition) -> Any:
    if isinstance(condition, AllOf | AnyOf):
        return {JOINED[type(condition)]: [_data(part) for part in condition.parts]}
    if condition.operator is Operator.AT_LEAST:
        return [condition.item, condition.least]
    negated = [1] if condition.operator is Operator.NOT_IN else []
    return [condition.item, list(condition.codes), *negated]


JOINED: dict[type[AllOf | AnyOf], str] = {AllOf: "all", AnyOf: "any"}


def never_for_all(items: Iterable[Item]) -> bool:
    """Whether every one of some items has a condition, so that their heading may stand above nothing."""
    return all(item.show_if for item in items)
