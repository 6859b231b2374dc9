"""Folders in which files are made before they take their final names; none outlives who made it for long.

A process that is killed cannot clear up: answers of people would stay in a hidden folder. So each folder is
locked while it is in use, and whoever makes one removes those beside it that nobody holds any more.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder(beside: Path, prefix: str) -> Iterator[Path]:
    """A new folder in the folder `beside`, for its owner alone, gone in the end. Raises OSError."""
    clear(beside, prefix)
    made, held = _locked(beside, prefix)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(held)


def clear(beside: Path, prefix: str) -> None:
    """Remove the folders that a process left which was killed; what cannot be removed stays."""
    for found in beside.glob(f"{prefix}*/"):
        try:
            held = os.open(found, os.O_RDONLY)
        except OSError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(found, ignore_errors=True)
        except OSError:
            continue
        finally:
            os.close(held)


def _locked(beside: Path, prefix: str) -> tuple[Path, int]:
    """A new folder and what holds its lock; made anew where somebody cleared it before it was locked."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
        try:
            held = os.open(made, os.O_RDONLY)
        except FileNotFoundError:
            continue
        fcntl.flock(held, fcntl.LOCK_EX)
        if made.exists():
            return made, held
        os.close(held)
