"""`python -m tests.oracles [FILE]`: print how far the figures agree, or write docs/agreements.md anew.

Exit code 1 where two programs do not agree.
"""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from shutil import which

from tests.oracles.ours import HERE, read
from tests.oracles.table import CLOSE, lines, printed, r_version


def document() -> str:
    """docs/agreements.md."""
    said = (HERE / "introduction.md").read_text(encoding="utf-8")
    said = said.replace("ROWS", str(len(read("answers_SYNTHETIC.csv")))).replace("VERSION", r_version())
    return "\n".join([said.rstrip(), *printed(lines()), ""])


def _fresh_r() -> str:
    """What R says today beside what is stored."""
    if which("Rscript") is None:
        return f"R is not installed here: its figures are the stored ones, of {r_version()}"
    done = subprocess.run(
        ["Rscript", str(HERE / "figures.R")], capture_output=True, text=True, check=True, timeout=120
    )
    (name, now), *figures = (line.split(",", 1) for line in done.stdout.splitlines()[1:])
    stored = dict(line.split(",", 1) for line in (HERE / "figures.csv").read_text().splitlines()[1:])
    apart = [one for one, value in figures if abs(float(value) - float(stored[one])) > CLOSE]
    assert name == "r_version"
    return f"computed again by {now}: {'as stored' if not apart else f'NOT as stored: {apart}'}"


def main(*files: str) -> int:
    """Print or write; 1 where something does not agree."""
    text = document()
    for file in files:
        Path(file).write_text(text, encoding="utf-8")
    print(text)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("scipy", "statsmodels", "pandas"))
    print(f"{libraries}; R: {_fresh_r()}")
    wrong = [line.name for line in lines() if line.apart >= CLOSE]
    print(f"{len(lines())} figures, {len(wrong)} of them do not agree {wrong or ''}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
