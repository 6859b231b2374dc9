"""Waves to be reported, counted plainly: answers that people of the tests' definitions could have given."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from survey.changes import Side, WaveChanges, changes
from survey.changes.paired import paired_changes
from survey.counting import count
from survey.counts import Cell, Reason
from survey.definitions.model import Mode, Questionnaire, Share
from survey.exports.report import Facts
from survey.population import Population
from survey.public import public
from survey.release import Divided, Hidden, Others, Part, Pooled, Release
from survey.releasing import released as closed
from survey.store.waves import Wave
from survey.study import Pairs, StudyRelease
from tests import cast, shapes
from tests import crossed as crossing
from tests.indicators import samples

Row = Mapping[str, str]
CLOSED = datetime(2026, 12, 18, 22, 30, tzinfo=UTC)
DAYS = {"opens": "2026-11-02", "closes": "2026-12-18", "closed": "2026-12-18", "year": "2026",
        "by_open_links": None}  # fmt: skip


@dataclass(frozen=True)
class Reported:
    """A wave with everything that its report is made from; `study` links it with the earlier one."""

    release: Release
    of: Questionnaire
    facts: Facts
    study: StudyRelease | None = None


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


def reported(
    release: Release, of: Questionnaire, earlier: Release | None = None, study: StudyRelease | None = None
) -> Reported:
    """The wave ready to be reported."""
    shown = public(release, of).published.results(of)
    found: WaveChanges | None = None
    if earlier is not None:
        found = changes(Side(public(earlier, of).published.results(of), of), Side(shown, of))
    facts = Facts(
        results=shown, questionnaire=of, release_id=sha256(release.to_json().encode()).hexdigest(),
        definition_id="d" * 64, opens=date(2026, 11, 2), closes=date(2026, 12, 18), closed=CLOSED,
        population="invited", organizer="Regione Esempio", program="0.1.0", changes=found,
        earlier_id=sha256(earlier.to_json().encode()).hexdigest() if earlier else "",
        paired=paired_changes(study, of) if study else None,
        paired_id=sha256(study.to_json().encode()).hexdigest() if study else "",
    )  # fmt: skip
    return Reported(release, of, facts, study)


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


def linked(n: int) -> Reported:
    """A panel wave and its baseline, answered by the same people and by twenty others each."""
    of = samples.questionnaire(mode=Mode.PANEL)
    before, after = drawn(of, n + 20, seed=3), drawn(of, n + 20, seed=4, shift=0.8)
    both = list(zip(before[:n], after[:n], strict=True))
    items = {item.id: _pairs(item, both) for item in of.items if item.scale or item.kind == "choice"}
    last = next(reversed(items))
    earlier = replace(
        released(of, before, wave="base-2024", mode=Mode.PANEL, phase="baseline"),
        closed="2024-12-18T22:30:00+00:00",
    )
    study = StudyRelease(
        study="panel", questionnaire=of.id, earlier="base-2024", later="final-2026",
        closed=CLOSED.isoformat(), threshold=5, synthetic=True, linked=n, only_earlier=20, only_later=20,
        items={**items, last: Pairs(Reason.PROTECTS_ANOTHER, Reason.PROTECTS_ANOTHER)},
        measures=dict(_measures(of, both)),
        options={item.id: _options(item, both) for item in of.items if item.kind == "choices"},
    )  # fmt: skip
    return reported(released(of, after, mode=Mode.PANEL), of, earlier, study)


def _pairs(item: Any, both: Sequence[tuple[Row, Row]]) -> Pairs:
    valid = [(old[item.id], new[item.id]) for old, new in both if old[item.id] and new[item.id]]
    steps = Counter(str(int(new) - int(old)) for old, new in valid) if item.scale else Reason.NOT_DEFINED
    return Pairs(Counter(f"{old}>{new}" for old, new in valid), steps)


def _measures(of: Questionnaire, both: Sequence[tuple[Row, Row]]) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Numbers in halves, and dimensions in as many parts as they have questions."""
    for item in of.items:
        if item.kind == "number":
            pairs = [(float(a[item.id]), float(b[item.id])) for a, b in both if a[item.id] and b[item.id]]
            yield f"item/{item.id}", _summed([round(2 * (new - old)) for old, new in pairs], 2)
    for profile, dimension in of.dimensions():
        items = [of.item(name) for name in dimension.items]
        steps = [
            sum((int(b[i.id]) - int(a[i.id])) * (-1 if i.reversed else 1) for i in items)
            for a, b in both
            if all(a[i.id] and b[i.id] for i in items)
        ]
        yield f"dimension/{profile.id}/{dimension.id}", _summed(steps, len(items))


def _summed(steps: Sequence[int], unit: int) -> dict[str, int]:
    ways = {"rose": sum(one > 0 for one in steps), "same": sum(not one for one in steps),
            "fell": sum(one < 0 for one in steps)}  # fmt: skip
    return {"n": len(steps), "unit": unit, "sum": sum(steps), "squares": sum(one**2 for one in steps), **ways}


def _options(item: Any, both: Sequence[tuple[Row, Row]]) -> dict[str, dict[str, int]]:
    ticked = [(a[item.id].split("|"), b[item.id].split("|")) for a, b in both if a[item.id] and b[item.id]]
    ways = {"kept": (True, True), "gained": (False, True), "lost": (True, False), "neither": (False, False)}
    return {
        option.value: {
            way: sum((option.value in a, option.value in b) == when for a, b in ticked)
            for way, when in ways.items()
        }
        for option in item.options
    }


def crossed(*indicators: Any) -> Reported:
    """The wave of `tests.crossed` with its two crosses, reported by these indicators, or by its own."""
    of = cast.questionnaire("crossed")
    rows = crossing.rows()
    cells = {values: number for number, values in enumerate(crossing.SIZES)}
    sizes = {values: n + crossing.SILENT for values, n in crossing.SIZES.items()}
    stored = [
        (cells[row["alliance"], row["service"]], {"utility": int(row["utility"]), "gender": row["gender"]})
        for row in rows
        if row["utility"]
    ]
    counts = count(of, [Cell(number, values, sizes[values]) for values, number in cells.items()], stored)
    wave = Wave(
        id="final-2026", title={"it": "Il servizio", "en": "The service"}, questionnaire=of.id, version=1,
        mode=Mode.ANONYMOUS, phase="final", state="closing", opens=None, closes=None,
        timezone="Europe/Rome", threshold=5, population=Population(), synthetic=True, definition="",
        sha256="d" * 64,
    )  # fmt: skip
    invited = {(*values, ""): n for values, n in sizes.items()}
    release = closed(wave, of, counts, {"liked": 12, "missed": 2}, invited, CLOSED)
    return reported(release, replace(of, indicators=indicators or of.indicators))


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


USEFUL = Share("useful", "utility", ("4", "5"), {"it": "Utile o molto utile", "en": "Useful or more"})


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
        "linked people": linked(120),
        "few linked people": linked(9),
        "crossed": crossed(),
        "crossed shares": crossed(USEFUL),
        "crossed in vain": crossed(replace(USEFUL, item="gender", values=("x",))),
        "sixty offices": shaped("shapes_sixty_offices"),
        "routing": shaped("shapes_routing"),
        "silence": shaped("shapes_silence"),
    }
