"""The definitions under tests/questionnaires/."""

from pathlib import Path

QUESTIONNAIRES = Path(__file__).parent.parent / "questionnaires"
VALID = sorted((QUESTIONNAIRES / "valid").glob("*.json"))
INVALID = sorted((QUESTIONNAIRES / "invalid").glob("*.json"))
CAST = sorted(QUESTIONNAIRES.glob("*.json"))


def content(name: str) -> bytes:
    """The file of a definition, by its path below tests/questionnaires/ without the ending."""
    return (QUESTIONNAIRES / f"{name}.json").read_bytes()
