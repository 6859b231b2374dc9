"""How the responses of a wave that is being closed are coarsened; gone once it is done."""

from survey.store.database import Database


def add(db: Database, wave_id: str, plan: str) -> None:
    """Store the plan (JSON) of a wave."""
    db.execute("INSERT INTO coarsening(wave, plan) VALUES (?, ?)", [wave_id, plan])


def get(db: Database, wave_id: str) -> str | None:
    """The plan of a wave; None where there is nothing to coarsen."""
    row = db.execute("SELECT plan FROM coarsening WHERE wave = ?", [wave_id]).fetchone()
    return row and str(row[0])


def remove(db: Database, wave_id: str) -> None:
    """Forget the plan of a wave."""
    db.execute("DELETE FROM coarsening WHERE wave = ?", [wave_id])
