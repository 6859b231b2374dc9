"""Waves to be reported, counted plainly: answers that people of the tests' definitions could have given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from survey.changes import Side, WaveChanges, changes
from survey.counts import Reason
from survey.definitions.model import Mode, Questionnaire
from survey.exports.report import Facts, public
from survey.indicators.results import results
from survey.release import Divided, Hidden, Others, Part, Pooled, Release
from tests import cast, shapes
from tests.indicators import samples

Row = Mapping[str, str]
CLOSED = datetime(2026, 12, 18, 22, 30, tzinfo=UTC)
DAYS = {"opens": "2026-11-02", "closes": "2026-12-18", "closed": "2026-12-18", "year": "2026",
        "by_open_links": None}  # fmt: skip


@dataclass(frozen=True)
class Reported:
    """A wave with everything that its report is made from."""

    release: Release
    of: Questionnaire
    facts: Facts


def drawn(of: Questionnaire, n: int, seed: int, shift: float = 0.0) -> list[dict[str, str]]:
    """Answers of `n` people; scales lean up by `shift` points, one answer in twelve is missing."""
    random = np.random.default_rng(seed)
    rows: list[dict[str, str]] = [{} for _ in range(n)]
    for item in of.items:
        for row in rows:
            row[item.id] = "" if random.random() < 0.08 else _answer(item, random, shift)
    return rows


def _answer(item: Any, random: Any, shift: float) -> str:
    if item.scale:
        middle = (item.scale.lowest + item.scale.highest) / 2 + shift
        wide = (item.scale.highest - item.scale.lowest) / 4
        return str(int(np.clip(round(random.normal(middle, wide)), item.scale.lowest, item.scale.highest)))
    if item.kind == "choices":
        open_to_all = [option.value for option in item.options if not option.exclusive]
        return "|".join(code for code in open_to_all if random.random() < 0.4)
    if item.options:
        return str(random.choice(item.codes))
    if item.kind == "number":
        return f"{random.integers(item.minimum, min(item.maximum, 300))}.5" if item.decimals else str(
            random.integers(item.minimum, min(item.maximum, 300))
        )  # fmt: skip
    return "words"


def released(
    of: Questionnaire, rows: Sequence[Row], by: str = "", invited: int = 0, wave: str = "final-2026",
    mode: Mode = Mode.ANONYMOUS, **about: Any,
) -> Release:  # fmt: skip
    """The release of these answers; groups of `by` under ten answers stand together or are hidden."""
    invited = invited or 3 * len(rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.get(by, ""), []).append(row)
    divided = {by: _divided(of, groups)} if by else {}
    made = samples.release(samples.part(of, rows, invited), mode, divided)
    return replace(made, wave=wave, title={"it": "Il servizio", "en": "The service"}, questionnaire=of.id,
                   closed=CLOSED.isoformat(), **about)  # fmt: skip


def _divided(of: Questionnaire, groups: Mapping[str, Sequence[Row]]) -> Divided:
    shown: dict[str, Part | Pooled | Hidden] = {}
    small = [name for name, rows in groups.items() if len(rows) < 10]
    for name, rows in sorted(groups.items()):
        shown[name] = Pooled() if name in small else samples.part(of, rows, 3 * len(rows))
    shown["zzz 1"] = Hidden(Reason.TOO_FEW_INVITED)
    pooled = [row for name in small for row in groups[name]]
    pools = (Others(None, tuple(sorted(small)), samples.part(of, pooled, 3 * len(pooled))),) if pooled else ()
    return Divided(shown, pools)


def reported(release: Release, of: Questionnaire, earlier: Release | None = None) -> Reported:
    """The wave ready to be reported."""
    shown = public(results(release, of))
    found: WaveChanges | None = None
    if earlier is not None:
        found = changes(Side(public(results(earlier, of)), of), Side(shown, of))
    facts = Facts(
        results=shown, questionnaire=of, release_id=sha256(release.to_json().encode()).hexdigest(),
        definition_id="d" * 64, opens=date(2026, 11, 2), closes=date(2026, 12, 18), closed=CLOSED,
        population="invited", organizer="Regione Esempio", program="0.1.0", changes=found,
        earlier_id=sha256(earlier.to_json().encode()).hexdigest() if earlier else "",
    )  # fmt: skip
    return Reported(release, of, facts)


def sample_rows(of: Questionnaire, n: int) -> list[dict[str, str]]:
    """The answers of `sample`, each in one of three alliances."""
    rows = drawn(of, n, seed=n)
    for position, row in enumerate(rows):
        row["alliance"] = f"A{1 + (position % 7 > 2) + (position % 11 > 9)}"
    return rows


def answered(name: str) -> list[dict[str, str]]:
    """The answers behind one of the cases that `sample` made."""
    case = cases()[name]
    return sample_rows(case.of, case.release.whole.responses)


def sample(n: int, mode: Mode = Mode.ANONYMOUS, audience: str = "beneficiary") -> Reported:
    """`n` answers to the questionnaire with every kind of item and indicator."""
    of = samples.questionnaire(audience=audience, mode=mode)
    rows = sample_rows(of, n)
    return reported(released(of, rows, "alliance", mode=mode), of)


def compared(n: int, mode: Mode = Mode.ANONYMOUS) -> Reported:
    """A wave and its baseline."""
    of = samples.questionnaire(mode=mode)
    before = released(of, drawn(of, n, seed=1), wave="base-2024", mode=mode, phase="baseline")
    before = replace(before, closed="2024-12-18T22:30:00+00:00")
    return reported(released(of, drawn(of, n + 40, seed=2, shift=0.6), mode=mode), of, before)


def shaped(name: str) -> Reported:
    """One of the three questionnaires with real shapes, with its groups."""
    of = cast.questionnaire(name)
    frame = {
        "shapes_sixty_offices": shapes.sixty_offices, "shapes_routing": shapes.routing,
        "shapes_silence": shapes.silence,
    }[name]()  # fmt: skip
    by = of.invited_by[0].id
    asked = [item.id for item in of.items]
    known = frame.astype(str).replace("nan", "").to_dict("records")
    rows = [row for row in known if any(row[item] for item in asked if item in row)]
    return reported(released(of, rows, by), of)


@lru_cache(maxsize=1)
def cases() -> Mapping[str, Reported]:
    """Every wave whose report is read whole."""
    return {
        "nobody": sample(0),
        "three": sample(3),
        "twelve": sample(12),
        "forty": sample(40),
        "many": sample(400),
        "seventeen firms": sample(17, Mode.NAMED, "organization"),
        "baseline": compared(200),
        "linked baseline": compared(30, Mode.NAMED),
        "sixty offices": shaped("shapes_sixty_offices"),
        "routing": shaped("shapes_routing"),
        "silence": shaped("shapes_silence"),
    }
