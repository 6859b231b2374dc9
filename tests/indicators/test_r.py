"""One small wave: every figure is that of R, scipy and statsmodels from the same rows (tests/oracles)."""

from pathlib import Path

import pytest

from tests.oracles import ours, table
from tests.oracles.__main__ import document

DOCS = Path(__file__).parents[2] / "docs"
R = {row["figure"]: row["value"] for row in ours.read("figures.csv")}


def test_every_figure_is_that_of_the_other_programs() -> None:
    assert table.r_version().startswith("R version ")
    found = {line.name: line for line in table.lines()}
    assert set(found) == set(R) - {"r_version", "time.median", "wellbeing.median"}
    for line in found.values():
        assert (line.r, line.python) == pytest.approx((line.ours, line.ours), rel=1e-9, abs=1e-12), line.name


def test_the_table_in_the_docs_is_that_of_the_program() -> None:
    assert (DOCS / "agreements.md").read_text(encoding="utf-8") == document(), "run: make oracles"
