"""What opening and answering cost in a wave of a million responses, against one of a thousand."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from survey import tokens
from survey.store import invitations
from survey.store.invitations import Invitation
from tests.benchmarks.filling import fill
from tests.benchmarks.pages import JOURNEY, spent
from tests.benchmarks.questionnaires import thirty_items
from tests.benchmarks.servers import running
from tests.benchmarks.table import Line
from tests.cast import Instance, make_instance

FEW, MANY = 1_000, 1_000_000
ROUNDS, REQUESTS = 15, 16
"""A wave of a thousand has 250 people who did not answer yet."""


def run(folder: Path) -> Iterator[Line]:
    """The lines of this benchmark; it takes 1.5 GB of disk meanwhile."""
    links: dict[int, list[str]] = {}
    used: dict[int, list[dict[str, float]]] = {FEW: [], MANY: []}
    with ExitStack() as opened:
        servers = {}
        for number in used:
            instance = make_instance(folder / f"grown-{number}")
            fill(instance, "wave", thirty_items(), number)
            links[number] = _unspent(instance, (ROUNDS + 1) * REQUESTS)
            instance.store.close()
            servers[number] = opened.enter_context(running("ours", instance.settings.instance))
        for turn in range(ROUNDS + 1):
            for number, server in servers.items():
                some = links[number][turn * REQUESTS : (turn + 1) * REQUESTS]
                used[number].append(spent(server, some))
    for what in JOURNEY:
        few, many = ([one[what] for one in used[number][1:]] for number in (FEW, MANY))
        ratio = median(much / little for much, little in zip(many, few, strict=True))
        yield Line(
            f"CPU of {what}, 1,000,000 responses against 1,000",
            1000 * median(many), "ms", 1000 * median(few), ratio, 1.1,
        )  # fmt: skip


def _unspent(instance: Instance, number: int) -> list[str]:
    """The paths of links of more invitations, whose marks are real ones: `fill` makes random ones."""
    ids = [tokens.new_id() for _ in range(number)]
    key = instance.mark_keys.get("wave")
    with instance.store.write() as db:
        row = db.execute("SELECT cell FROM invitation WHERE wave = 'wave' LIMIT 1").fetchone()
        invitations.add(db, [Invitation(one, "wave", (), cell=row[0]) for one in ids])
        db.conn.executemany(
            "INSERT INTO mark(mark, wave, done) VALUES (?, 'wave', 0)",
            [(tokens.mark(key, one),) for one in ids],
        )
    return [f"/a/{instance.links.link(one)}" for one in ids]
